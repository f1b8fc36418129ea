//! Reductions: an accumulator over some axes of an array.
//!
//! As with element-wise functions nothing is written out twice: [`kernel`] says what an accumulator
//! is, `plan` turns any layout and choice of axes into two forms, `loops` has those two forms,
//! compiled for each instruction set, and this file splits the work over threads.
//!
//! The order in which elements are taken in is fixed by shape and strides (see [`kernel`]), so the
//! result's bits depend neither on the number of threads nor on the instruction set.

pub mod kernel;
mod loops;
mod plan;
mod tree;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use smallvec::SmallVec;

use self::kernel::Accumulate;
use self::loops::{Job, Run};
use self::plan::{Kept, Plan, Reduced};
use super::parallel::{PARTS_PER_THREAD, WORTH_SPLITTING};
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result};

/// Which axes of an array are reduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxisSet(PerAxis<bool>);

impl AxisSet {
    /// All axes of an array of this rank, or those given; negative ones count from the back.
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice.
    pub fn new(axes: Option<&[isize]>, ndim: usize) -> Result<Self> {
        let mut set = PerAxis::from_elem(axes.is_none(), ndim);
        for &axis in axes.unwrap_or_default() {
            let axis_from_front = layout::normalise_axis(axis, ndim)?;
            if std::mem::replace(&mut set[axis_from_front], true) {
                return Err(Error::value(format!(
                    "duplicate value in axes {:?}: axis {axis_from_front} is given twice",
                    axes.unwrap_or_default()
                )));
            }
        }
        Ok(AxisSet(set))
    }

    /// Whether an axis, counted from the front, is among them.
    pub fn contains(&self, axis: usize) -> bool {
        self.0[axis]
    }

    /// How many elements of an array of this shape make one of the result.
    pub fn count(&self, shape: &[usize]) -> usize {
        shape.iter().zip(&self.0).filter(|axis| *axis.1).map(|axis| *axis.0).product()
    }

    /// The result's shape: reduced axes left out, or kept with a length of one.
    pub fn result_shape(&self, shape: &[usize], keepdims: bool) -> Vec<usize> {
        let kept = shape.iter().zip(&self.0).filter(|axis| keepdims || !*axis.1);
        kept.map(|(&length, &reduced)| if reduced { 1 } else { length }).collect()
    }
}

/// Reduces the axes of `a` with an accumulator; reduced axes are left out of the result's shape, or
/// kept with a length of one. `divisor` goes to [`Accumulate::finish`].
///
/// # Errors
/// When the system has no memory for the result.
pub fn reduce<K: Accumulate<T>, T: Element>(
    a: &Array<T>,
    axes: &AxisSet,
    keepdims: bool,
    divisor: f64,
) -> Result<Array<K::Output>> {
    let shape = axes.result_shape(a.shape(), keepdims);
    if a.is_empty() {
        return crate::full(&shape, K::nothing(divisor));
    }
    layout::byte_size::<K::Output>(&shape)?;
    let strides = Order::RowMajor.strides(&shape);
    let result: Array<K::Output> = Array::uninit(&shape, &strides)?;
    let (item, item_out) = (size_of::<T>() as isize, size_of::<K::Output>() as isize);
    let (mut kept, mut reduced) = (SmallVec::new(), SmallVec::new());
    let mut strides = strides.iter();
    for (axis, (&length, &stride)) in a.shape().iter().zip(a.strides()).enumerate() {
        let is_reduced = axes.contains(axis);
        let out = if keepdims || !is_reduced { *strides.next().expect("an axis of the result") } else { 0 };
        if is_reduced {
            reduced.push(Reduced { length, stride: stride * item });
        } else {
            kept.push(Kept { length, input: stride * item, output: out * item_out });
        }
    }
    let plan = Plan::new(a.as_ptr().cast(), result.as_ptr().cast_mut().cast(), kept, reduced, K::COMMUTATIVE);
    let run = loops::select::<K, T>();
    let time = a.len() as f32 * K::COST;
    if time < WORTH_SPLITTING {
        // SAFETY: `a` is alive and can be read over its shape; `result` is fresh, and the plan
        // reaches each of its elements once.
        unsafe { run(&plan, &Job::Whole, divisor) };
    } else {
        // SAFETY: as above.
        unsafe { on_threads::<K, T>(&plan, run, divisor) };
    }
    Ok(result)
}

/// On all threads of the pool: parts with different outputs if there are enough of them, else
/// parts of each output.
///
/// # Safety
/// As [`Run`] for the whole plan.
#[cold]
unsafe fn on_threads<K: Accumulate<T>, T: Element>(plan: &Plan, run: Run, divisor: f64) {
    let threads = rayon::current_num_threads();
    if threads == 1 {
        // SAFETY: by this function's contract.
        return unsafe { run(plan, &Job::Whole, divisor) };
    }
    let parts = threads * PARTS_PER_THREAD;
    if plan.kept_count() >= 64 * parts {
        // SAFETY: by this function's contract; parts write different outputs.
        return plan.split(parts).par_iter().for_each(|part| unsafe { run(part, &Job::Whole, divisor) });
    }
    for unit in loops::units(plan) {
        let outputs = unit.kept_count();
        let count = loops::block_count(&unit);
        // A power of two, so that each chunk is a subtree of the whole.
        let chunk = count.div_ceil(parts).next_power_of_two();
        let mut states = vec![K::empty(); count.div_ceil(chunk) * outputs];
        states.par_chunks_exact_mut(outputs).enumerate().for_each(|(i, states)| {
            let blocks = i * chunk..count.min((i + 1) * chunk);
            let job = Job::Partial { blocks, states: states.as_mut_ptr().cast() };
            // SAFETY: some blocks of one unit, with room for an accumulator of each output.
            unsafe { run(&unit, &job, divisor) };
        });
        let job = Job::Combine { chunks: count.div_ceil(chunk), states: states.as_ptr().cast() };
        // SAFETY: the partial results of all chunks of one unit.
        unsafe { run(&unit, &job, divisor) };
    }
}
