//! Reductions of parts of an axis: `reduceat`.
//!
//! All parts share one plan, of which only the length of the reduced axis varies. Parts of an array of one axis
//! that are a block each are taken in many at a time: their states are made and turned into results together,
//! and what has to be packed is packed for neighbours at once. So a short part costs little more than a call of
//! the core's loop.

use smallvec::SmallVec;

use super::blocks::Tile;
use super::erased::Erased;
use super::kernel::{Accumulate, BLOCK, PACKED};
use super::loops;
use super::plan::{Kept, Plan, Reduced};
use super::tree::Tree;
use crate::engine::target::Target;
use crate::layout::{self, Order};
use crate::{Array, Element, Error, Result};

/// Parts that are taken in at a time, at most.
const GROUP: usize = 64;

/// As [`reduce`](super::reduce) along one axis, in segments: for each index the elements from it to the next index,
/// or to the end of the axis; where the next is not larger, the element there. `name` is the ufunc's, for errors.
///
/// # Errors
/// When the axis or an index is out of bounds, the target is of another shape, or the system has no memory for
/// the result.
pub fn reduceat<K: Accumulate<T>, T: Element>(
    a: &Array<T>,
    name: &str,
    indices: &[usize],
    axis: isize,
    target: &mut Target<'_, K::Output>,
) -> Result<()> {
    if let Some(parts) = parts(a, name, indices, axis, target)? {
        // SAFETY: `a` is alive and can be read over its shape; the target is unique, and the parts reach each of
        // its elements once.
        unsafe { reduce_parts(&Erased::new::<K, T>(), parts) };
    }
    target.written();
    Ok(())
}

/// Calls `body` with the plan of each segment (see [`reduceat`]), whose elements can be read and whose
/// outputs can be written: all of the target's together.
pub(crate) fn segments<T: Element, O: Element>(
    a: &Array<T>,
    name: &str,
    indices: &[usize],
    axis: isize,
    target: &mut Target<'_, O>,
    body: impl FnMut(&Plan),
) -> Result<()> {
    if let Some(parts) = parts(a, name, indices, axis, target)? {
        parts.for_each(body);
    }
    target.written();
    Ok(())
}

/// The parts that make the target's results, if there are any.
fn parts<'i, T: Element, O: Element>(
    a: &Array<T>,
    name: &str,
    indices: &'i [usize],
    axis: isize,
    target: &mut Target<'_, O>,
) -> Result<Option<Parts<'i>>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let length = a.shape()[axis];
    if let Some(index) = indices.iter().find(|&&index| index >= length) {
        return Err(Error::index(format!("index {index} out-of-bounds in {name}.reduceat [0, {length})")));
    }
    let mut shape = layout::PerAxis::from_slice(a.shape());
    shape[axis] = indices.len();
    let result = target.place(&shape)?;
    if result.is_empty() {
        return Ok(None);
    }
    let strides = Order::RowMajor.strides(&shape);
    let (item, item_out) = (size_of::<T>() as isize, size_of::<O>() as isize);
    let kept: SmallVec<[Kept; 4]> = (0..shape.len())
        .filter(|&other| other != axis)
        .map(|i| Kept { length: shape[i], input: a.strides()[i] * item, output: strides[i] * item_out })
        .collect();
    let (stride, step) = (a.strides()[axis] * item, strides[axis] * item_out);
    let output = result.as_mut_ptr().cast();
    let plan = Plan::new(a.as_ptr().cast(), output, kept, SmallVec::new(), false);
    Ok(Some(Parts { plan, length, stride, step, indices }))
}

/// The parts of an axis.
struct Parts<'i> {
    /// The other axes, from the first element to the first output.
    plan: Plan,
    /// Elements along the axis, and bytes from one to the next.
    length: usize,
    stride: isize,
    /// Bytes from the outputs of one part to those of the next.
    step: isize,
    indices: &'i [usize],
}

impl Parts<'_> {
    /// Where a part begins, and how many elements it has along the axis.
    #[inline]
    fn range(&self, part: usize) -> (usize, usize) {
        let start = self.indices[part];
        let end = self.indices.get(part + 1).copied().unwrap_or(self.length);
        (start, if end > start { end - start } else { 1 })
    }

    /// Where an element along the axis is.
    fn input(&self, index: usize) -> *const u8 {
        self.plan.input.wrapping_offset(self.stride * index as isize)
    }

    /// Where the first output of a part is.
    fn output(&self, part: usize) -> *mut u8 {
        self.plan.output.wrapping_offset(self.step * part as isize)
    }

    /// Calls `body` with the plan of each part.
    fn for_each(&self, mut body: impl FnMut(&Plan)) {
        let mut plan = self.plan.clone();
        for part in 0..self.indices.len() {
            let (start, length) = self.range(part);
            plan.restart(self.input(start), self.output(part), Reduced { length, stride: self.stride });
            body(&plan);
        }
    }

    /// How many parts, from this one on, can be taken in together: each of them a block, and all within so many
    /// elements if these are to be packed. And how many elements that is.
    fn group(&self, first: usize, packs: bool) -> (usize, usize) {
        let (start, length) = self.range(first);
        let mut span = length;
        let most = if packs { PACKED } else { BLOCK };
        if span > most {
            return (0, span);
        }
        let mut count = 1;
        let last = self.indices.len().min(first + GROUP);
        for part in first + 1..last {
            let (next, length) = self.range(part);
            if length > most || packs && (next < start || next + length - start > PACKED) {
                break;
            }
            if packs {
                span = span.max(next + length - start);
            }
            count += 1;
        }
        (count, span)
    }
}

/// Reduces all parts.
///
/// # Safety
/// Their elements can be read, their outputs written.
unsafe fn reduce_parts(kernel: &Erased, parts: Parts<'_>) {
    let (mut tile, mut tree) = (Tile::new(kernel), Tree::new(kernel));
    if !parts.plan.kept.is_empty() {
        // SAFETY: by this function's contract.
        return parts.for_each(|plan| unsafe { loops::whole_by(plan, 1.0, &mut tile, &mut tree) });
    }
    let packs = !kernel.takes(parts.stride);
    let step = if packs { kernel.work as isize } else { parts.stride };
    let mut plan = parts.plan.clone();
    let mut part = 0;
    while part < parts.indices.len() {
        let (first, length) = parts.range(part);
        let (input, output) = (parts.input(first), parts.output(part));
        let (count, span) = parts.group(part, packs);
        // SAFETY: elements and outputs of some parts, by this function's contract; all between the first and the
        // last element of those that are packed together is of the array.
        unsafe {
            if count == 0 {
                plan.restart(input, output, Reduced { length, stride: parts.stride });
                loops::whole_by(&plan, 1.0, &mut tile, &mut tree);
                part += 1;
                continue;
            }
            let from = if packs {
                let from = tile.reserve(span);
                tile.place(0, input, [0, parts.stride], [1, span]);
                from
            } else {
                input
            };
            tree.clear(count);
            let states = tree.top();
            for i in 0..count {
                let (start, length) = parts.range(part + i);
                // Back, too, where elements are where they were.
                let from = from.wrapping_offset((start as isize - first as isize) * step);
                kernel.along(states.wrapping_add(i * kernel.state), 1, (from, step), 0, length, 0);
            }
            kernel.finish(states, count, output, parts.step, 1.0);
            part += count;
        }
    }
}
