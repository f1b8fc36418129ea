//! Basic indexing: integers, slices that clip, ellipsis and newaxis. Always views.
//!
//! An index is lowered to ndarray's view operations, after it has been clipped here: ndarray panics
//! where NumPy clips.

use ndarray::{Axis, Slice};

use super::item::{IndexItem, text};
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
    let mut view = a.static_view();
    let (mut axis, mut original) = (0, 0);
    for item in index {
        match *item {
            IndexItem::Integer(i) => {
                let i = position(i, view.len_of(Axis(axis)), original)?;
                view = view.index_axis_move(Axis(axis), i);
                original += 1;
            }
            IndexItem::Slice { start, stop, step } => {
                let slice = clip(start, stop, step, view.len_of(Axis(axis)))?;
                view.slice_axis_inplace(Axis(axis), slice);
                axis += 1;
                original += 1;
            }
            IndexItem::NewAxis => {
                view = view.insert_axis(Axis(axis));
                axis += 1;
            }
            IndexItem::Ellipsis => {
                axis += a.ndim() - taken;
                original += a.ndim() - taken;
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
    Ok(a.with_view(view))
}
