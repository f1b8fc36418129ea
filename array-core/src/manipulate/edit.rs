//! Positions along an axis added and taken away: always copies.

use std::ops::RangeFull;

use ndarray::{Axis, Slice};

use super::assemble::assemble;
use super::join::concat;
use super::transpose::moveaxis;
use crate::axes::{self, IntoAxes};
use crate::index::{self, IndexItem};
use crate::{Array, Element, Error, Result, argsort, compress, fallible, take};

/// Positions along an axis: one, several, a slice (`s![1..3]`) or a mask. Negative ones count from
/// the end.
pub trait Positions {
    /// The positions along an axis of `length`, one past its end allowed if `end` says so; and whether
    /// there was just one, not in an array.
    ///
    /// # Errors
    /// When one is out of bounds, or a mask is not of the axis' length.
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)>;
}

fn position(i: isize, length: usize, axis: usize, end: bool) -> Result<usize> {
    if end && i == length as isize { Ok(length) } else { index::position(i, length, axis) }
}

impl Positions for isize {
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)> {
        Ok((vec![position(self, length, axis, end)?], true))
    }
}

impl Positions for &[isize] {
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)> {
        let found: Result<_> = self.iter().map(|&i| position(i, length, axis, end)).collect();
        Ok((found?, false))
    }
}

impl<const N: usize> Positions for [isize; N] {
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)> {
        self[..].positions(length, axis, end)
    }
}

impl Positions for &Array<i64> {
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)> {
        let mut found = fallible::with_room(self.len())?;
        for &i in self.try_contiguous()?.as_slice().expect("made contiguous") {
            found.push(position(i as isize, length, axis, end)?);
        }
        Ok((found, self.ndim() == 0))
    }
}

impl Positions for &Array<bool> {
    fn positions(self, length: usize, axis: usize, _: bool) -> Result<(Vec<usize>, bool)> {
        if self.shape() != [length] {
            return Err(Error::index(format!(
                "a mask for axis {axis}, which has {length} element(s), must be of shape ({length},), not {}",
                crate::error::Shape(self.shape())
            )));
        }
        let mask = self.try_contiguous()?;
        let mask = mask.as_slice().expect("made contiguous");
        let mut positions = fallible::with_room(mask.iter().filter(|&&flag| flag).count())?;
        positions.extend((0..length).filter(|&i| mask[i]));
        Ok((positions, false))
    }
}

impl Positions for [IndexItem; 1] {
    fn positions(self, length: usize, axis: usize, end: bool) -> Result<(Vec<usize>, bool)> {
        if let [IndexItem::Integer(i)] = self {
            return i.positions(length, axis, end);
        }
        let found = crate::arange(length as i64)?.slice(self)?;
        Ok((fallible::collected(found.try_vec()?.into_iter().map(|i| i as usize))?, false))
    }
}

impl Positions for RangeFull {
    fn positions(self, length: usize, _: usize, _: bool) -> Result<(Vec<usize>, bool)> {
        Ok((fallible::collected(0..length)?, false))
    }
}

/// Positions up to which what is between them is copied as a whole.
const FEW: usize = 8;

/// The part of `a` at `range` along an axis.
fn part<T: Element>(a: &Array<T>, axis: usize, range: std::ops::Range<usize>) -> Array<T> {
    let mut view = a.static_view();
    view.slice_axis_inplace(Axis(axis), Slice::from(range));
    a.with_view(view)
}

/// `values` after the elements along an axis; over `..`, both flattened: a copy.
///
/// ```
/// # use array_core::{append, array};
/// assert_eq!(append(&array![1, 2], &array![3], ..)?.to_vec(), [1, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat).
pub fn append<T: Element>(a: &Array<T>, values: &Array<T>, axis: impl IntoAxes) -> Result<Array<T>> {
    match axis.into_axes() {
        None => concat(&[a, values], ..),
        Some(axes) => concat(&[a, values], &axes[..]),
    }
}

/// The array without some positions along an axis; over `..`, of the flattened array: a copy.
///
/// ```
/// # use array_core::{Array, arange, delete, s};
/// let a = arange(6)?;
/// assert_eq!(delete(&a, 1, 0)?.to_vec(), [0, 2, 3, 4, 5]);
/// assert_eq!(delete(&a, [0, -1], 0)?.to_vec(), [1, 2, 3, 4]);
/// assert_eq!(delete(&a, s![..;2], 0)?.to_vec(), [1, 3, 5]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When a position or the axis is out of bounds.
pub fn delete<T: Element>(a: &Array<T>, positions: impl Positions, axis: impl IntoAxes) -> Result<Array<T>> {
    let (a, axis) = axes::one("delete", a, axis)?;
    let length = a.shape()[axis];
    let (mut gone, _) = positions.positions(length, axis, false)?;
    if gone.len() > FEW {
        let mut kept = fallible::repeated(true, length)?;
        gone.into_iter().for_each(|i| kept[i] = false);
        return compress(&Array::from_vec(kept), &a, axis as isize);
    }
    gone.sort_unstable();
    gone.dedup();
    let mut shape = a.shape().to_vec();
    shape[axis] -= gone.len();
    // SAFETY: what is between the positions follows one another along the axis.
    unsafe {
        assemble(&shape, |canvas| {
            let (mut taken, mut at) = (0, 0);
            for end in gone.into_iter().chain([length]) {
                if taken < end {
                    canvas.put_along(axis, at, &part(&a, axis, taken..end));
                    at += end - taken;
                }
                taken = end + 1;
            }
        })
    }
}

/// `values` before some positions along an axis; over `..`, of the flattened array: a copy.
///
/// Before a single position come all of `values`, whose first axis counts them; before several, one
/// of `values` each, which broadcast to that shape.
///
/// ```
/// # use array_core::{Array, arange, insert, scalar};
/// let a = arange(4)?;
/// assert_eq!(insert(&a, 1, &Array::from([8, 9]), 0)?.to_vec(), [0, 8, 9, 1, 2, 3]);
/// assert_eq!(insert(&a, [0, 4], &scalar(7), 0)?.to_vec(), [7, 0, 1, 2, 3, 7]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When a position or the axis is out of bounds, or the values do not broadcast.
pub fn insert<T: Element>(
    a: &Array<T>,
    positions: impl Positions,
    values: &Array<T>,
    axis: impl IntoAxes,
) -> Result<Array<T>> {
    let (a, axis) = axes::one("insert", a, axis)?;
    let length = a.shape()[axis];
    let (mut positions, single) = positions.positions(length, axis, true)?;
    let mut new_shape = a.shape().to_vec();
    let values = if positions.len() == 1 {
        // As many as the values have; of a single position their first axis counts them.
        let mut shape = vec![1; a.ndim().saturating_sub(values.ndim())];
        shape.extend(values.shape());
        let values = values.reshape(&shape)?;
        let values = if single { moveaxis(&values, 0, axis as isize)? } else { values };
        new_shape[axis] = values.shape()[axis];
        positions = fallible::repeated(positions[0], new_shape[axis])?;
        values
    } else {
        new_shape[axis] = positions.len();
        values.clone()
    };
    let values = index::broadcast_values(&values, &new_shape)?;
    // Several before one position stay in the order given.
    let before = fallible::collected(positions.iter().map(|&i| i as i64))?;
    let order = argsort(&Array::from_vec(before), 0)?;
    let order = order.as_slice().expect("fresh").iter().map(|&i| i as usize);
    let mut shape = a.shape().to_vec();
    shape[axis] =
        length.checked_add(positions.len()).ok_or_else(|| Error::size("the array with its insertions"))?;
    if positions.len() > FEW {
        // Where in both, one behind the other, each place of the result is from.
        let mut from: Vec<i64> = fallible::with_room(shape[axis])?;
        let mut taken = 0;
        for i in order {
            from.extend(taken as i64..positions[i] as i64);
            from.push((length + i) as i64);
            taken = positions[i];
        }
        from.extend(taken as i64..length as i64);
        return take(&concat(&[&a, &values], axis as isize)?, Array::from_vec(from), axis as isize);
    }
    // SAFETY: what is between the positions, and what comes before each, follow one another.
    unsafe {
        assemble(&shape, |canvas| {
            let (mut taken, mut at) = (0, 0);
            for i in order {
                canvas.put_along(axis, at, &part(&a, axis, taken..positions[i]));
                at += positions[i] - taken;
                taken = positions[i];
                canvas.put_along(axis, at, &part(&values, axis, i..i + 1));
                at += 1;
            }
            canvas.put_along(axis, at, &part(&a, axis, taken..length));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, s, scalar};

    #[test]
    fn positions_are_checked() {
        let a = arange(3).unwrap();
        assert!(delete(&a, 3, 0).unwrap_err().is_index());
        assert!(delete(&a, &Array::from([true]), 0).unwrap_err().is_index());
        assert!(insert(&a, 4, &scalar(1), 0).unwrap_err().is_index());
        assert_eq!(insert(&a, 3, &scalar(1), 0).unwrap().to_vec(), [0, 1, 2, 1]);
        assert!(insert(&a, [0, 1], &arange(3).unwrap(), 0).unwrap_err().is_shape());
        assert_eq!(delete(&a, s![1..9], 0).unwrap().to_vec(), [0]);
        assert_eq!(delete(&a, &Array::from([true, false, true]), 0).unwrap().to_vec(), [1]);
    }

    #[test]
    fn many_come_and_go_as_one_by_one() {
        let cube = arange(24 * 5).unwrap().reshape([2, 12, 5]).unwrap();
        for a in [cube.clone(), cube.transpose(&[2, 1, 0]).unwrap(), crate::flip(&cube, ..).unwrap()] {
            let at: Vec<isize> = (0..30).map(|i| i * 7 % 12).collect();
            let mut naive = a.clone();
            for count in 0..20 {
                let gone = &at[..count];
                let kept: Vec<isize> = (0..12).filter(|i| !gone.contains(i)).collect();
                assert_eq!(delete(&a, gone, 1).unwrap(), take(&a, &kept[..], 1).unwrap());
            }
            // From the last one on, so that the others' positions stay what they are.
            let mut sorted: Vec<(isize, usize)> = at.iter().copied().zip(0..).collect();
            sorted.sort_unstable();
            let values = arange(30).unwrap().reshape([30, 1]).unwrap();
            for &(i, k) in sorted.iter().rev() {
                naive = insert(&naive, i, &scalar(k as i32), 1).unwrap();
            }
            assert_eq!(insert(&a, &at[..], &values, 1).unwrap(), naive);
            let eleven = arange(11).unwrap().reshape([11, 1, 1]).unwrap();
            let one = insert(&a, 3, &eleven, 1).unwrap();
            assert_eq!(one.slice(s![.., 3..14, ..]).unwrap().get([0, 10, 0]).unwrap(), 10);
            assert_eq!(delete(&one, s![3..14], 1).unwrap(), a);
        }
    }

    #[test]
    fn rows_and_columns_come_and_go() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert_eq!(delete(&a, 0, 1).unwrap().to_vec(), [1, 2, 4, 5]);
        assert_eq!(insert(&a, 1, &scalar(9), 1).unwrap().to_vec(), [0, 9, 1, 2, 3, 9, 4, 5]);
        assert_eq!(append(&a, &arange(3).unwrap().reshape([1, 3]).unwrap(), 0).unwrap().shape(), [3, 3]);
        assert_eq!(append(&a, &scalar(1), ..).unwrap().len(), 7);
    }
}
