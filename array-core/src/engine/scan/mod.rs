//! Scans: every element joined with all that come before it along an axis (cumulative sums).
//!
//! Elements are taken in strictly one after the other, from the first to the last: so that sums of
//! floats have NumPy's bits and never go down where nothing negative is added, and neither threads
//! nor instruction sets make a difference. What can be done side by side is different rows and
//! columns.
//!
//! The kernel is a reduction's [`Accumulate`], each of whose states is written. `along` makes the
//! result and the plan of it; `loops` has the loops.

mod loops;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use smallvec::SmallVec;

use self::loops::Table;
use super::parallel::{self, PARTS_PER_THREAD, WORTH_SPLITTING};
use super::reduce::kernel::{Accumulate, Core};
use super::reduce::plan::{Kept, Plan, Reduced};
use super::target::Target;
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, Result};

/// An accumulator whose states are of a dtype, so that they can be written one after the other, and whose results
/// are states, converted by NumPy's rules of casting.
pub trait Scan<T: Element>:
    Accumulate<T, Core: Core<<Self as Accumulate<T>>::Work, State = <Self as Accumulate<T>>::Work>>
{
}

impl<T: Element, K: Accumulate<T>> Scan<T> for K where K::Core: Core<K::Work, State = K::Work> {}

/// Each element joined with all before it along an axis, by an accumulator. With `before`, the
/// result begins with that and is one longer.
///
/// # Errors
/// When the axis is out of bounds, the target is of another shape, or the system has no memory for the result.
pub fn scan<K: Scan<T>, T: Element>(
    a: &Array<T>,
    axis: isize,
    before: Option<K::Output>,
    target: &mut Target<'_, K::Output>,
) -> Result<()> {
    let Some(Along { plan, step }) = along(a, axis, before.is_some() as usize, target)? else {
        // There may be first results, and no others.
        // If there is nothing before, there are none at all.
        target.written();
        before.into_iter().for_each(|value| target.results().fill(value));
        return Ok(());
    };
    if let Some(value) = before {
        for (_, output) in plan.indices(0) {
            // SAFETY: the plan leaves out the first of each run of outputs.
            unsafe { output.wrapping_offset(-step).cast::<K::Output>().write(value) };
        }
    }
    let table = Table::new::<K, T>();
    let time = a.len() as f32 * <K::Core as Core<K::Work>>::COST.max(0.5);
    // SAFETY: `a` is alive and can be read over its shape; the target is unique, and the plan reaches
    // each of its other elements once. Parts write different outputs.
    in_parts(&plan, time, |part| unsafe { table.run(part, step) });
    target.written();
    Ok(())
}

/// Where a scan reads and writes.
pub(crate) struct Along {
    /// The axis as the only reduced one, the others as kept; outputs are those of its first index.
    pub(crate) plan: Plan,
    /// Bytes from one output to the next along the axis.
    pub(crate) step: isize,
}

/// A result of `a`'s shape, if fresh in memory order alike to it and not initialised, but longer by `more` along
/// the axis: how to fill it from index `more` on, if there is anything to fill.
///
/// # Errors
/// When the axis is out of bounds, the target is of another shape, or the system has no memory for the result.
pub(crate) fn along<T: Element, O: Element>(
    a: &Array<T>,
    axis: isize,
    more: usize,
    target: &mut Target<'_, O>,
) -> Result<Option<Along>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let mut shape: PerAxis<usize> = PerAxis::from_slice(a.shape());
    shape[axis] = shape[axis].checked_add(more).ok_or_else(|| Error::size("a longer axis"))?;
    layout::byte_size::<O>(&shape)?;
    let mut order: PerAxis<usize> = (0..shape.len()).collect();
    order.sort_by_key(|&axis| std::cmp::Reverse(a.strides()[axis].unsigned_abs()));
    let mut strides = PerAxis::from_elem(0, shape.len());
    let mut next = 1;
    for &axis in order.iter().rev() {
        strides[axis] = next;
        next *= shape[axis].max(1) as isize;
    }
    let result = target.place_anyhow(&shape, &strides)?;
    if a.is_empty() {
        return Ok(None);
    }
    let strides = PerAxis::from_slice(result.strides());
    let (item, item_out) = (size_of::<T>() as isize, size_of::<O>() as isize);
    let step = strides[axis] * item_out;
    let others = (0..shape.len()).filter(|&other| other != axis);
    let kept: SmallVec<[Kept; 4]> = others
        .map(|i| Kept { length: shape[i], input: a.strides()[i] * item, output: strides[i] * item_out })
        .collect();
    let along = Reduced { length: a.shape()[axis], stride: a.strides()[axis] * item };
    let output = result.as_mut_ptr().cast::<u8>().wrapping_offset(step * more as isize);
    let plan = Plan::new(a.as_ptr().cast(), output, kept, SmallVec::from_slice(&[along]), false);
    Ok(Some(Along { plan, step }))
}

/// Calls `body` on the plan, whole or in parts with different outputs on all threads of the pool.
///
/// `time` is the estimated nanoseconds of it all on one core.
pub(crate) fn in_parts(plan: &Plan, time: f32, body: impl Fn(&Plan) + Send + Sync) {
    let threads = parallel::thread_count();
    if time < WORTH_SPLITTING || threads == 1 || plan.kept_count() < 2 {
        return body(plan);
    }
    parallel::in_pool(|| plan.split(threads * PARTS_PER_THREAD).par_iter().for_each(body));
}
