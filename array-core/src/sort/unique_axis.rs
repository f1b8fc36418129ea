//! Distinct parts along an axis: rows, columns, or whatever lies beside one another.

use std::cmp::Ordering;

use super::order::Sortable;
use super::sets::{Unique, unique_all_with};
use crate::axes::{self, IntoAxes};
use crate::{Array, Error, Result, fallible, moveaxis, take};

/// The distinct values of an array, or with an axis the distinct parts along it; where each comes first, which
/// of them each is, and how often each comes.
///
/// Over `..` these are the elements of the flattened array, and of a vector along its one axis too: with
/// `equal_nan` all `nan` are one value, without none is another. Other parts are sorted by their first element,
/// where that is equal by the next, and so on; one that has a `nan` is equal to no other, whatever `equal_nan`
/// says, as in NumPy.
///
/// ```
/// # use array_core::{array, unique_with};
/// let a = array![[1, 0], [3, 3], [1, 0]];
/// let rows = unique_with(&a, 0, true)?;
/// assert_eq!(rows.values, [[1, 0], [3, 3]]);
/// assert_eq!((rows.indices.to_vec(), rows.inverse.to_vec()), (vec![0, 1], vec![0, 1, 0]));
/// assert_eq!(rows.counts, [2, 1]);
///
/// let a = array![f64::NAN, 1.0, f64::NAN];
/// assert_eq!(unique_with(&a, .., true)?.counts, [1, 2]);
/// assert_eq!(unique_with(&a, .., false)?.counts, [1, 1, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, more than one is given, or there is no memory.
pub fn unique_with<T: Sortable>(a: &Array<T>, axis: impl IntoAxes, equal_nan: bool) -> Result<Unique<T>> {
    match axes::normalise(axis, a.ndim())?.as_deref() {
        None => unique_all_with(a, equal_nan),
        Some(&[_]) if a.ndim() == 1 => unique_all_with(a, equal_nan),
        Some(&[axis]) => along(a, axis as isize),
        Some(axes) => {
            Err(Error::value(format!("unique takes one axis, or .. for all: {} are given", axes.len())))
        }
    }
}

fn along<T: Sortable>(a: &Array<T>, axis: isize) -> Result<Unique<T>> {
    // Side by side: the parts as rows.
    let rows = moveaxis(a, axis, 0)?.try_contiguous()?;
    let elements = rows.as_slice().expect("made contiguous");
    let count = rows.shape()[0];
    let length = elements.len() / count.max(1);
    let row = |i: i64| &elements[i as usize * length..][..length];
    let order = |a: &[T], b: &[T]| {
        a.iter().zip(b).map(|(a, b)| a.order(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    let mut sorted = fallible::collected((0..count).map(|i| i as i64))?;
    sorted.sort_unstable_by(|&a, &b| order(row(a), row(b)).then(a.cmp(&b)));

    let (mut indices, mut counts) = (fallible::with_room(count)?, fallible::with_room(count)?);
    let mut inverse = fallible::repeated(0i64, count)?;
    // Equal numbers: so rows with a `nan` are apart.
    for run in sorted.chunk_by(|&a, &b| row(a) == row(b)) {
        run.iter().for_each(|&i| inverse[i as usize] = indices.len() as i64);
        indices.push(run[0]);
        counts.push(run.len() as i64);
    }
    let indices = Array::from_vec(indices);
    Ok(Unique {
        values: take(a, &indices, axis)?,
        indices,
        inverse: Array::from_vec(inverse),
        counts: Array::from_vec(counts),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{array, zeros};

    #[test]
    fn parts_along_any_axis() {
        let a = array![[2, 1, 2, 1], [0, 5, 0, 4]];
        let columns = unique_with(&a, -1, true).unwrap();
        assert_eq!(columns.values, [[1, 1, 2], [4, 5, 0]]);
        assert_eq!(columns.indices, [3, 1, 0]);
        assert_eq!(columns.inverse, [2, 1, 2, 0]);
        assert_eq!(columns.counts, [1, 1, 2]);
        let nan = f64::NAN;
        let rows = unique_with(&array![[nan, 1.0], [nan, 1.0], [0.0, 1.0], [-0.0, 1.0]], 0, true).unwrap();
        assert_eq!((rows.counts.to_vec(), rows.inverse.to_vec()), (vec![2, 1, 1], vec![1, 2, 0, 0]));
    }

    #[test]
    fn nothing_and_what_is_of_no_length() {
        let none = unique_with(&zeros::<f64>([0, 3]).unwrap(), 0, true).unwrap();
        assert_eq!((none.values.shape(), none.indices.len(), none.inverse.len()), (&[0, 3][..], 0, 0));
        let same = unique_with(&zeros::<f64>([4, 0]).unwrap(), 0, true).unwrap();
        assert_eq!((same.values.shape(), same.counts.to_vec()), (&[1, 0][..], vec![4]));
        let vector = array![f64::NAN, f64::NAN];
        assert_eq!(unique_with(&vector, 0, true).unwrap().counts, [2]);
        assert_eq!(unique_with(&vector, 0, false).unwrap().counts, [1, 1]);
        assert!(unique_with(&zeros::<f64>([4, 0]).unwrap(), 2, true).unwrap_err().is_index());
        assert!(unique_with(&zeros::<f64>([4, 0]).unwrap(), [0, 1], true).unwrap_err().is_value());
    }
}
