//! Functions of vectors, applied along an axis of any array.

use super::join::stack;
use super::transpose::moveaxis;
use crate::{Array, Element, Error, Result, fallible, layout};

/// What a function of vectors gives for each vector along an axis: the results' axes take the place of that one.
///
/// The function is called once for each vector, in row-major order of the other axes. What it does by itself along an
/// axis, it does faster when it is given the whole array: `sum(&a, 0)`.
///
/// ```
/// # use array_core::{Array, apply_along_axis, array, scalar, sort};
/// let a = array![[8, 1, 7], [4, 3, 9]];
/// let middle = apply_along_axis(&a, 1, |row: Array<i32>| Ok(scalar(sort(&row, 0)?.get(1)?)))?;
/// assert_eq!(middle, array![7, 4]);
/// let sorted = apply_along_axis(&a, 0, |column: Array<i32>| sort(&column, 0))?;
/// assert_eq!(sorted, array![[4, 1, 7], [8, 3, 9]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, there is no vector along it, or the results are not of one shape; the function's.
pub fn apply_along_axis<T: Element, R: Element>(
    a: &Array<T>,
    axis: isize,
    mut f: impl FnMut(Array<T>) -> Result<Array<R>>,
) -> Result<Array<R>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let lanes = a.lanes(axis as isize)?;
    let mut results: Vec<Array<R>> = fallible::with_room(lanes.len())?;
    for lane in lanes {
        results.push(f(lane)?);
    }
    let Some(first) = results.first() else {
        return Err(Error::value(format!(
            "apply_along_axis has nothing to apply the function to: an array of shape {:?} has no vectors along axis {axis}",
            a.shape()
        )));
    };
    let (added, others) = (first.ndim(), a.ndim() - 1);
    let mut shape = a.shape().to_vec();
    shape.remove(axis);
    shape.extend(first.shape());
    let stacked = stack(&results, 0)?.reshape(shape)?;
    let axes = |start: usize| (start as isize..(start + added) as isize).collect::<Vec<_>>();
    moveaxis(&stacked, &axes(others)[..], &axes(axis)[..])
}
