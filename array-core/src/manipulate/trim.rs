//! Zeros cut off at the ends.

use crate::axes::{self, IntoAxes};
use crate::index::IndexItem;
use crate::layout::PerAxis;
use crate::{Array, Element, Result};

/// At which ends [`trim_zeros`] cuts off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Trim {
    /// At the front: NumPy's `"f"`.
    Front,
    /// At the back: `"b"`.
    Back,
    /// At both.
    #[default]
    Both,
}

/// A view without the zeros at the ends: of more than one axis, without the outer rows, columns and so on, along these
/// axes or all, that have nothing but zeros. Of zeros alone nothing is left.
///
/// ```
/// # use array_core::{Trim, array, trim_zeros};
/// assert_eq!(trim_zeros(&array![0, 0, 1, 0, 2, 0], Trim::Both, ..)?, array![1, 0, 2]);
/// assert_eq!(trim_zeros(&array![[0, 0], [0, 5]], Trim::Front, 0)?, array![[0, 5]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds or given twice.
pub fn trim_zeros<T: Element>(a: &Array<T>, trim: Trim, axes: impl IntoAxes) -> Result<Array<T>> {
    let axes: PerAxis<usize> = axes::normalise(axes, a.ndim())?.unwrap_or_else(|| (0..a.ndim()).collect());
    let mut index = vec![IndexItem::from(..); a.ndim()];
    for axis in axes {
        let (front, back) = zeros_at_ends(a, axis)?;
        let length = a.shape()[axis];
        let start = if trim == Trim::Back && front < length { 0 } else { front };
        let stop = if trim == Trim::Front { length } else { length - back };
        index[axis] = IndexItem::from(start as isize..stop.max(start) as isize);
    }
    a.slice(index)
}

/// How many parts across an axis have nothing but zeros, before the first that has more, and behind the last.
fn zeros_at_ends<T: Element>(a: &Array<T>, axis: usize) -> Result<(usize, usize)> {
    let length = a.shape()[axis];
    let is_zero = |x: &&T| **x == T::ZERO;
    let is_all_zero = |part: &Array<T>| part.iter().all(|x| *x == T::ZERO);
    let front = match a.ndim() {
        1 => a.iter().take_while(is_zero).count(),
        _ => a.axis_iter(axis as isize)?.take_while(is_all_zero).count(),
    };
    let back = match a.ndim() {
        _ if front == length => 0,
        1 => a.iter().rev().take_while(is_zero).count(),
        _ => a.axis_iter(axis as isize)?.rev().take_while(is_all_zero).count(),
    };
    Ok((front, back))
}
