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
pub(crate) mod plan;
mod tree;

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use smallvec::SmallVec;

use self::erased::Erased;
use self::kernel::{Accumulate, Core};
use self::plan::{Kept, Plan, Reduced};
use super::parallel::{self, PARTS_PER_THREAD, WORTH_SPLITTING};
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
    let (input, output) = (a.as_ptr().cast(), result.as_ptr().cast_mut().cast());
    let plan = Plan::new(input, output, kept, reduced, <K::Core as Core<K::Work>>::COMMUTATIVE);
    let time = a.len() as f32 * <K::Core as Core<K::Work>>::COST;
    // SAFETY: `a` is alive and can be read over its shape; `result` is fresh, and the plan reaches each of
    // its elements once.
    unsafe { run(&Erased::new::<K, T>(), &plan, divisor, time) };
    Ok(result)
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

/// As [`reduce`] along one axis, in segments: for each index the elements from it to the next index, or to
/// the end of the axis; where the next is not larger, the element there. `name` is the ufunc's, for errors.
///
/// # Errors
/// When the axis or an index is out of bounds, or the system has no memory for the result.
pub fn reduceat<K: Accumulate<T>, T: Element>(
    a: &Array<T>,
    name: &str,
    indices: &[usize],
    axis: isize,
) -> Result<Array<K::Output>> {
    let kernel = Erased::new::<K, T>();
    // SAFETY: by the contract of `segments`.
    segments(a, name, indices, axis, |plan| unsafe { loops::whole(&kernel, plan, 1.0) })
}

/// Calls `body` with the plan of each segment (see [`reduceat`]), whose elements can be read and whose
/// outputs, which are fresh, can be written: all of the result's together.
pub(crate) fn segments<T: Element, O: Element>(
    a: &Array<T>,
    name: &str,
    indices: &[usize],
    axis: isize,
    body: impl Fn(&Plan),
) -> Result<Array<O>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let length = a.shape()[axis];
    if let Some(index) = indices.iter().find(|&&index| index >= length) {
        return Err(Error::index(format!("index {index} out-of-bounds in {name}.reduceat [0, {length})")));
    }
    let mut shape = a.shape().to_vec();
    shape[axis] = indices.len();
    layout::byte_size::<O>(&shape)?;
    let strides = Order::RowMajor.strides(&shape);
    let result: Array<O> = Array::uninit(&shape, &strides)?;
    if result.is_empty() {
        return Ok(result);
    }
    let (item, item_out) = (size_of::<T>() as isize, size_of::<O>() as isize);
    let others = (0..shape.len()).filter(|&other| other != axis);
    let kept: SmallVec<[Kept; 4]> = others
        .map(|i| Kept { length: shape[i], input: a.strides()[i] * item, output: strides[i] * item_out })
        .collect();
    let stride = a.strides()[axis] * item;
    for (i, &start) in indices.iter().enumerate() {
        let end = indices.get(i + 1).copied().unwrap_or(length);
        let segment = Reduced { length: if end > start { end - start } else { 1 }, stride };
        let input = a.as_ptr().cast::<u8>().wrapping_offset(stride * start as isize);
        let output = result.as_ptr().cast_mut().cast::<u8>();
        let output = output.wrapping_offset(strides[axis] * item_out * i as isize);
        let reduced = SmallVec::from_slice(&[segment]);
        body(&Plan::new(input, output, kept.clone(), reduced, false));
    }
    Ok(result)
}

/// As [`reduce`], of the elements where `mask`, of `a`'s shape, is true. The last argument to
/// [`Accumulate::finish`] is made of how many these are.
///
/// # Errors
/// When the mask's shape is not `a`'s, or the system has no memory for the result.
pub fn reduce_where<K: Accumulate<T>, T: Element>(
    a: &Array<T>,
    mask: &Array<bool>,
    axes: &AxisSet,
    keepdims: bool,
    divisor: impl Fn(usize) -> f64,
) -> Result<Array<K::Output>> {
    let shape = axes.result_shape(a.shape(), keepdims);
    let mut result = crate::full(&shape, K::nothing(divisor(0)))?;
    if a.is_empty() {
        return Ok(result);
    }
    let kernel = Erased::new::<K, T>();
    let mut results = result.as_slice_mut().iter_mut();
    taken(a, mask, axes, |elements| {
        let result: *mut K::Output = results.next().expect("one for each group");
        if !elements.is_empty() {
            let along = Reduced { length: elements.len(), stride: size_of::<T>() as isize };
            let (from, reduced) = (elements.as_ptr().cast(), SmallVec::from_slice(&[along]));
            let plan = Plan::new(from, result.cast(), SmallVec::new(), reduced, false);
            // SAFETY: reads the elements, writes one result.
            unsafe { loops::whole(&kernel, &plan, divisor(elements.len())) };
        }
    })?;
    Ok(result)
}

/// Calls `body` with the elements of each result where the mask is true, results and elements in row-major
/// order. `a` is not empty.
///
/// # Errors
/// When the mask's shape is not `a`'s.
pub(crate) fn taken<T: Element>(
    a: &Array<T>,
    mask: &Array<bool>,
    axes: &AxisSet,
    mut body: impl FnMut(&[T]),
) -> Result<()> {
    if a.shape() != mask.shape() {
        return Err(Error::broadcast(&[a.shape(), mask.shape()]));
    }
    let item = size_of::<T>() as isize;
    let axis = |i: usize| (a.shape()[i] as isize, a.strides()[i] * item, mask.strides()[i]);
    let (mut kept, mut reduced): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    (0..a.ndim()).for_each(|i| if axes.contains(i) { reduced.push(axis(i)) } else { kept.push(axis(i)) });
    let inner = reduced.pop().unwrap_or((1, 0, 0));
    // Offsets in bytes into `a` and into the mask at each index of some axes.
    let offsets = |axes: &[(isize, isize, isize)]| {
        axes.iter().fold(vec![(0isize, 0isize)], |offsets, &(length, x_step, m_step)| {
            let along = |(x, m)| (0..length).map(move |i| (x + x_step * i, m + m_step * i));
            offsets.into_iter().flat_map(along).collect()
        })
    };
    let runs = offsets(&reduced);
    let mut elements: Vec<T> = Vec::with_capacity(axes.count(a.shape()));
    for group in offsets(&kept) {
        let mut count = 0;
        for run in &runs {
            for i in 0..inner.0 {
                let (x, m) = (group.0 + run.0 + inner.1 * i, group.1 + run.1 + inner.2 * i);
                // SAFETY: the same index of both arrays.
                let (x, m) = unsafe { (a.as_ptr().byte_offset(x), mask.as_ptr().byte_offset(m)) };
                // SAFETY: elements of the two arrays, which are alive; there is room for all. What is
                // not taken is written over: cheaper than a branch that cannot be foreseen.
                unsafe {
                    elements.as_mut_ptr().add(count).write(x.read());
                    count += m.read() as usize;
                }
            }
        }
        // SAFETY: so many have been written.
        body(unsafe { std::slice::from_raw_parts(elements.as_ptr(), count) });
    }
    Ok(())
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
