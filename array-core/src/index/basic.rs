//! Basic indexing: integers, slices that clip, ellipsis and newaxis. Always views.
//!
//! The view is computed here, all axes at once, and not by ndarray's operations one after the other.

use ndarray::Slice;

use super::item::{IndexItem, text};
use crate::layout::PerAxis;
use crate::{Array, Element, Error, Result};

/// The position counted from the front.
pub(crate) fn position(index: isize, length: usize, axis: usize) -> Result<usize> {
    let counted = if index < 0 { index.checked_add_unsigned(length) } else { Some(index) };
    counted.and_then(|i| usize::try_from(i).ok()).filter(|&i| i < length).ok_or_else(|| {
        Error::index(format!("index {index} is out of bounds for axis {axis}, which has {length} element(s)"))
    })
}

/// Python's rule for a slice of a sequence: bounds count from the end if negative, then clip.
/// Gives ndarray's slice, whose bounds ascend whatever the sign of the step.
pub(super) fn clip(start: Option<isize>, stop: Option<isize>, step: isize, length: usize) -> Result<Slice> {
    if step == 0 {
        return Err(Error::index("the step of a slice must not be zero"));
    }
    let n = length as isize;
    // Backwards, the bounds are positions before which one stands: from n - 1 down to -1.
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let bound = |bound: isize| if bound < 0 { bound.saturating_add(n) } else { bound }.clamp(low, high);
    let (first, end) = if step > 0 {
        (start.map_or(low, bound), stop.map_or(high, bound))
    } else {
        (start.map_or(high, bound), stop.map_or(low, bound))
    };
    let (from, to) = if step > 0 { (first, end) } else { (end + 1, first + 1) };
    // A step beyond the length is as good as the length, and cannot overflow.
    Ok(Slice::new(from, Some(to.max(from)), step.clamp(-n.max(1), n.max(1))))
}

/// Checks that an index does not take more axes than there are, nor has two ellipses. Gives the number
/// of axes that it takes.
pub(super) fn axes_taken<T: Element>(a: &Array<T>, index: &[IndexItem]) -> Result<usize> {
    let (mut taken, mut ellipses) = (0, 0);
    for item in index {
        match item {
            IndexItem::Integer(_) | IndexItem::Slice { .. } | IndexItem::Integers(_) => taken += 1,
            IndexItem::Mask(mask) => taken += mask.ndim(),
            IndexItem::NewAxis => {}
            IndexItem::Ellipsis => ellipses += 1,
            IndexItem::Any(_) => unreachable!("resolved before"),
        }
    }
    if taken > a.ndim() {
        return Err(Error::index(format!(
            "too many indices: [{}] takes {taken} axes, the array has {} (shape {})",
            text(index),
            a.ndim(),
            crate::error::Shape(a.shape())
        )));
    }
    if ellipses > 1 {
        return Err(Error::index(format!("[{}] has more than one ellipsis (...)", text(index))));
    }
    Ok(taken)
}

/// The view that a basic index names.
pub(super) fn view<T: Element>(a: &Array<T>, index: &[IndexItem]) -> Result<Array<T>> {
    let taken = axes_taken(a, index)?;
    let (lengths, steps) = (a.shape(), a.strides());
    let (mut shape, mut strides) = (PerAxis::<usize>::new(), PerAxis::<isize>::new());
    let (mut axis, mut start) = (0, 0);
    for item in index {
        match *item {
            IndexItem::Integer(i) => {
                start += position(i, lengths[axis], axis)? as isize * steps[axis];
                axis += 1;
            }
            IndexItem::Slice { start: None, stop: None, step: 1 } => {
                shape.push(lengths[axis]);
                strides.push(steps[axis]);
                axis += 1;
            }
            IndexItem::Slice { start: from, stop, step } => {
                let Slice { start: from, end, step } = clip(from, stop, step, lengths[axis])?;
                let width = end.expect("clipped") - from;
                let first = if step < 0 { from + width - 1 } else { from };
                start += if width == 0 { 0 } else { first * steps[axis] };
                let length = if step == 1 {
                    width as usize
                } else {
                    width.unsigned_abs().div_ceil(step.unsigned_abs())
                };
                shape.push(length);
                // Of what does not step, no product can be too large.
                strides.push(if length <= 1 { 0 } else { step * steps[axis] });
                axis += 1;
            }
            IndexItem::NewAxis => {
                shape.push(1);
                strides.push(1);
            }
            IndexItem::Ellipsis => {
                let end = axis + a.ndim() - taken;
                shape.extend_from_slice(&lengths[axis..end]);
                strides.extend_from_slice(&steps[axis..end]);
                axis = end;
            }
            IndexItem::Integers(_) | IndexItem::Mask(_) | IndexItem::Any(_) => {
                return Err(Error::index(format!(
                    "[{}] has an array or a mask, whose elements cannot be seen as a view: use slice to copy \
                     them, assign to write them",
                    text(index)
                )));
            }
        }
    }
    shape.extend_from_slice(&lengths[axis..]);
    strides.extend_from_slice(&steps[axis..]);
    let first = a.as_ptr().wrapping_offset(start);
    // SAFETY: each axis is one of the array's, or part of one from a position within it on, or of length one. Where there
    // are no elements, the array's strides are zero, or the part begins where the array does along the axis that is empty.
    Ok(unsafe { Array::from_raw_parts(a.buffer().clone(), first, &shape, &strides) })
}
