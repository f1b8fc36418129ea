//! Reductions: an accumulator over some axes of an array.
//!
//! As with element-wise functions nothing is written out twice: [`kernel`] says what an accumulator
//! is, `erased` compiles its inner loops for each instruction set and makes a table of them, `plan` turns any
//! layout and choice of axes into two forms, `loops` has those two forms, written once for all tables,
//! `blocks` packs and converts for them, and this file splits the work over threads.
//!
//! The order in which elements are taken in is fixed by shape and strides (see [`kernel`]), so the
//! result's bits depend neither on the number of threads nor on the instruction set.

pub(crate) mod blocks;
pub(crate) mod erased;
pub mod kernel;
mod loops;
mod parts;
pub(crate) mod plan;
mod tree;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use smallvec::SmallVec;

use self::erased::Erased;
use self::kernel::Accumulate;
pub use self::parts::reduceat;
pub(crate) use self::parts::segments;
use self::plan::{Kept, Plan, Reduced};
use super::parallel::{self, PARTS_PER_THREAD, WORTH_SPLITTING};
use super::target::{Place, Target};
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result, fallible};

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

/// Which elements are reduced together, and the results' shape.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The axes that are reduced, as of [`AxisSet::new`].
    pub axes: Option<&'a [isize]>,
    /// Whether these are kept in the results' shape, with a length of one.
    pub keepdims: bool,
    /// Only elements are taken in where this, broadcast to their shape, is true.
    pub mask: Option<&'a Array<bool>>,
}

/// Reduces axes of `a` with an accumulator. The last argument to [`Accumulate::finish`] is made of how many elements
/// each result is made of.
///
/// # Errors
/// When an axis is out of bounds or given twice, the mask does not broadcast to `a`'s shape, the target is of another
/// shape, or the system has no memory for the result.
pub fn reduce<K: Accumulate<T>, T: Element>(
    a: &Array<T>,
    options: &Options<'_>,
    divisor: &dyn Fn(usize) -> f64,
    target: &mut Target<'_, K::Output>,
) -> Result<()> {
    // SAFETY: `a` is alive and can be read over its shape; the table is of its elements and the target's results.
    unsafe { reduce_erased(&Erased::new::<K, T>(), &Operand::new(a), options, divisor, target) }
}

/// As [`reduce`], with types erased.
///
/// # Safety
/// The elements can be read; they and the target's results are of the dtypes that the kernel is of.
unsafe fn reduce_erased(
    kernel: &Erased,
    a: &Operand<'_>,
    options: &Options<'_>,
    divisor: &dyn Fn(usize) -> f64,
    target: &mut dyn Place,
) -> Result<()> {
    let &Options { axes, keepdims, mask } = options;
    let axes = AxisSet::new(axes, a.shape.len())?;
    let mask = match mask {
        Some(mask) => Some(mask.broadcast_to(a.shape)?),
        None => None,
    };
    let shape = axes.result_shape(a.shape, keepdims);
    let results = target.place(&shape)?;
    let count: usize = a.shape.iter().product();
    // SAFETY: by this function's contract; there is room for results of this shape, each of which is written once.
    unsafe {
        if count == 0 {
            kernel.nothing(results, shape.iter().product(), divisor(0));
        } else if let Some(mask) = mask {
            run_where(kernel, a, &mask, &axes, results, divisor)?;
        } else {
            let plan = plan_of(a, results, kernel.result, &axes, keepdims, kernel.commutative);
            run(kernel, &plan, divisor(axes.count(a.shape)), count as f32 * kernel.cost);
        }
    }
    target.written();
    Ok(())
}

/// An array whose dtype is erased.
pub(crate) struct Operand<'a> {
    address: *const u8,
    shape: &'a [usize],
    strides: &'a [isize],
    item: usize,
}

impl<'a> Operand<'a> {
    pub(crate) fn new<T: Element>(a: &'a Array<T>) -> Self {
        Operand { address: a.as_ptr().cast(), shape: a.shape(), strides: a.strides(), item: size_of::<T>() }
    }
}

/// The plan of a reduction into results in row-major order, of so many bytes each.
pub(crate) fn plan_of(
    a: &Operand<'_>,
    output: *mut u8,
    item_out: usize,
    axes: &AxisSet,
    keepdims: bool,
    any_order: bool,
) -> Plan {
    let strides = Order::RowMajor.strides(&axes.result_shape(a.shape, keepdims));
    let (mut kept, mut reduced) = (SmallVec::new(), SmallVec::new());
    let mut strides = strides.iter();
    for (axis, (&length, &stride)) in a.shape.iter().zip(a.strides).enumerate() {
        let (is_reduced, input) = (axes.contains(axis), stride * a.item as isize);
        let out = if keepdims || !is_reduced { *strides.next().expect("an axis of the result") } else { 0 };
        if is_reduced {
            reduced.push(Reduced { length, stride: input });
        } else {
            kept.push(Kept { length, input, output: out * item_out as isize });
        }
    }
    Plan::new(a.address, output, kept, reduced, any_order)
}

/// Reduces a plan by an accumulator.
///
/// # Safety
/// The plan's elements can be read, its outputs written.
pub(crate) unsafe fn run_by<K: Accumulate<T>, T: Element>(plan: &Plan) {
    let (kernel, count) = (Erased::new::<K, T>(), plan.kept_count() * plan.reduced_count());
    // SAFETY: by this function's contract.
    unsafe { run(&kernel, plan, 1.0, count as f32 * kernel.cost) };
}

/// Reduces a plan, which takes so many nanoseconds on one core.
///
/// # Safety
/// As [`loops::whole`].
unsafe fn run(kernel: &Erased, plan: &Plan, divisor: f64, time: f32) {
    if time < WORTH_SPLITTING {
        // SAFETY: by this function's contract.
        unsafe { loops::whole(kernel, plan, divisor) };
    } else {
        // SAFETY: as above.
        parallel::in_pool(|| unsafe { on_threads(kernel, plan, divisor) });
    }
}

/// An error unless the mask has the shape of the elements.
pub(crate) fn check_mask(a: &Operand<'_>, mask: &Array<bool>) -> Result<()> {
    if a.shape == mask.shape() { Ok(()) } else { Err(Error::broadcast(&[a.shape, mask.shape()])) }
}

/// Reduces the elements where a mask is true into results that lie side by side.
///
/// # Errors
/// When the mask's shape is not `a`'s, or there is no memory. Then nothing has been written.
///
/// # Safety
/// The elements can be read, the results written.
unsafe fn run_where(
    kernel: &Erased,
    a: &Operand<'_>,
    mask: &Array<bool>,
    axes: &AxisSet,
    results: *mut u8,
    divisor: &dyn Fn(usize) -> f64,
) -> Result<()> {
    let mut next = results;
    taken(a, mask, axes, &mut |elements, count| {
        if count > 0 {
            let reduced = SmallVec::from_slice(&[Reduced { length: count, stride: kernel.item as isize }]);
            let plan = Plan::new(elements, next, SmallVec::new(), reduced, false);
            // SAFETY: reads the elements, writes one result.
            unsafe { loops::whole(kernel, &plan, divisor(count)) };
        } else {
            // SAFETY: one result.
            unsafe { kernel.nothing(next, 1, divisor(0)) };
        }
        next = next.wrapping_add(kernel.result);
    })
}

/// Calls `body` with where the elements of each result lie where the mask is true, and how many these are:
/// results and elements in row-major order. `a` is not empty.
///
/// # Errors
/// When the mask's shape is not `a`'s, or there is no memory for one result's elements. Then `body` has not been called.
pub(crate) fn taken(
    a: &Operand<'_>,
    mask: &Array<bool>,
    axes: &AxisSet,
    body: &mut dyn FnMut(*const u8, usize),
) -> Result<()> {
    check_mask(a, mask)?;
    let gather = match a.item {
        1 => gather::<1>,
        2 => gather::<2>,
        4 => gather::<4>,
        8 => gather::<8>,
        _ => gather::<16>,
    };
    let axis = |i: usize| (a.shape[i], [a.strides[i] * a.item as isize, mask.strides()[i]]);
    let (mut kept, mut reduced): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    (0..a.shape.len())
        .for_each(|i| if axes.contains(i) { reduced.push(axis(i)) } else { kept.push(axis(i)) });
    let (length, steps) = reduced.pop().unwrap_or((1, [0; 2]));
    // Offsets in bytes into `a` and into the mask at each index of some axes.
    let offsets = |axes: &[(usize, [isize; 2])]| -> Result<Vec<[isize; 2]>> {
        let mut offsets = vec![[0; 2]];
        for &(length, [x_step, m_step]) in axes {
            let mut longer = fallible::with_room(offsets.len().saturating_mul(length))?;
            for [x, m] in offsets {
                longer.extend((0..length as isize).map(|i| [x + x_step * i, m + m_step * i]));
            }
            offsets = longer;
        }
        Ok(offsets)
    };
    // Arrays that repeat their elements may have more than any memory holds.
    let mut elements = blocks::Lines::new();
    let elements = blocks::try_room(&mut elements, axes.count(a.shape).saturating_mul(a.item))?;
    let (groups, runs) = (offsets(&kept)?, offsets(&reduced)?);
    for group in groups {
        let mut count = 0;
        for run in &runs {
            let from = a.address.wrapping_offset(group[0] + run[0]);
            let mask = mask.as_ptr().wrapping_offset(group[1] + run[1]);
            // SAFETY: elements and mask of a run; there is room for all.
            count +=
                unsafe { gather([from, mask.cast()], steps, length, elements.wrapping_add(count * a.item)) };
        }
        body(elements, count);
    }
    Ok(())
}

/// Copies the elements of a run where its mask is true, and says how many these are.
///
/// # Safety
/// So many elements and bools can be read at these steps, and as many elements written.
unsafe fn gather<const SIZE: usize>(
    [from, mask]: [*const u8; 2],
    steps: [isize; 2],
    length: usize,
    to: *mut u8,
) -> usize {
    let to = to.cast::<[u8; SIZE]>();
    let mut count = 0;
    for i in 0..length as isize {
        // SAFETY: by this function's contract. What is not taken is written over: cheaper than a branch that
        // cannot be foreseen.
        unsafe {
            to.add(count).write(from.offset(steps[0] * i).cast::<[u8; SIZE]>().read());
            count += mask.offset(steps[1] * i).read() as usize;
        }
    }
    count
}

/// On all threads of the pool: parts with different outputs if there are enough of them, else
/// parts of each output.
///
/// # Safety
/// As [`loops::whole`].
#[cold]
unsafe fn on_threads(kernel: &Erased, plan: &Plan, divisor: f64) {
    let threads = parallel::thread_count();
    if threads == 1 {
        // SAFETY: by this function's contract.
        return unsafe { loops::whole(kernel, plan, divisor) };
    }
    let parts = threads * PARTS_PER_THREAD;
    if plan.kept_count() >= 64 * parts {
        let parts = plan.split(parts);
        // SAFETY: by this function's contract; parts write different outputs.
        return parts.par_iter().for_each(|part| unsafe { loops::whole(kernel, part, divisor) });
    }
    for unit in loops::units(kernel, plan) {
        let count = loops::block_count(kernel, &unit);
        // A power of two, so that each chunk is a subtree of the whole.
        let chunk = count.div_ceil(parts).next_power_of_two();
        let chunks = count.div_ceil(chunk);
        let slots = (unit.kept_count() * kernel.state).div_ceil(size_of::<u128>());
        let mut states = vec![0u128; chunks * slots];
        states.par_chunks_exact_mut(slots).enumerate().for_each(|(i, states)| {
            let blocks = i * chunk..count.min((i + 1) * chunk);
            // SAFETY: some blocks of one unit, with room for a state of each output.
            unsafe { loops::partial(kernel, &unit, blocks, states.as_mut_ptr().cast()) };
        });
        // SAFETY: the partial results of all chunks of one unit.
        unsafe { loops::combine(kernel, &unit, chunks, states.as_ptr().cast(), divisor) };
    }
}
