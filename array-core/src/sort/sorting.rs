//! Sorted values, and the positions that sort them.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;

use super::lanes::{changed, mapped};
use super::order::Sortable;
use crate::axes::{self, IntoAxes};
use crate::{Array, Error, Result, error, layout};

/// The elements sorted along an axis, or over `..` those of the flattened array: a copy, `nan` last.
///
/// ```
/// # use array_core::{array, sort};
/// assert_eq!(sort(&array![[3, 1, 2], [5, 6, 4]], -1)?, array![[1, 2, 3], [4, 5, 6]]);
/// assert_eq!(sort(&array![[3, 1], [2, 0]], ..)?.to_vec(), [0, 1, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or there is no memory.
pub fn sort<T: Sortable>(a: &Array<T>, axis: impl IntoAxes) -> Result<Array<T>> {
    let (a, axis) = axes::one("sort", a, axis)?;
    changed(&a, axis, T::sort_lane)
}

impl<T: Sortable> Array<T> {
    /// Sorts the elements along an axis in place, as [`sort`] does; copies first unless unique.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![3, 1, 2];
    /// a.sort(0)?;
    /// assert_eq!(a.to_vec(), [1, 2, 3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory.
    pub fn sort(&mut self, axis: isize) -> Result<()> {
        let axis = layout::normalise_axis(axis, self.ndim())?;
        if self.ndim() == 1 && self.is_contiguous() {
            return T::sort_lane(self.try_slice_mut()?);
        }
        *self = changed(self, axis, T::sort_lane)?;
        Ok(())
    }
}

/// The positions that sort the elements along an axis, or over `..` those of the flattened array: for
/// [`take_along_axis`](crate::take_along_axis). Stable: equal elements stay in the order they are in.
///
/// ```
/// # use array_core::{argsort, array};
/// assert_eq!(argsort(&array![30, 10, 20, 10], 0)?.to_vec(), [1, 3, 2, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or there is no memory.
pub fn argsort<T: Sortable>(a: &Array<T>, axis: impl IntoAxes) -> Result<Array<i64>> {
    let (a, axis) = axes::one("argsort", a, axis)?;
    mapped(&a, axis, T::argsort_lane)
}

/// The positions that sort by several keys, arrays of one shape: by the last, where that is equal by the one
/// before, and so on.
///
/// ```
/// # use array_core::{array, lexsort};
/// let (first_names, surnames) = (array![2, 1, 3], array![7, 7, 5]);
/// assert_eq!(lexsort(&[first_names, surnames], -1)?.to_vec(), [2, 1, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no key, shapes differ, or the axis is out of bounds.
pub fn lexsort<T: Sortable, A: Borrow<Array<T>>>(keys: &[A], axis: isize) -> Result<Array<i64>> {
    let Some(first) = keys.first().map(Borrow::borrow) else {
        return Err(Error::value("lexsort needs at least one key"));
    };
    if let Some(i) = keys.iter().position(|key| key.borrow().shape() != first.shape()) {
        return Err(Error::shape(format!(
            "lexsort's keys must be of one shape: key 0 is of {}, key {i} of {}",
            error::Shape(first.shape()),
            error::Shape(keys[i].borrow().shape())
        )));
    }
    let along = layout::normalise_axis(axis, first.ndim())?;
    if first.ndim() == 1 && first.len() < AT_ONCE {
        let keys: Vec<Cow<'_, Array<T>>> =
            keys.iter().map(|key| key.borrow().contiguous()).collect::<Result<_>>()?;
        let lanes: Vec<&[T]> = keys.iter().map(|key| key.as_slice().expect("made contiguous")).collect();
        return lexsorted(&lanes).map(Array::from_vec);
    }
    // Stably by each key in turn, the first one first.
    let mut order = argsort(first, axis)?;
    for key in &keys[1..] {
        let sorted = crate::take_along_axis(key.borrow(), &order, axis)?;
        order = crate::take_along_axis(&order, &argsort(&sorted, along as isize)?, axis)?;
    }
    Ok(order)
}

/// Elements below which threads do not pay, and up to which positions are sorted by comparing all keys.
const AT_ONCE: usize = 1 << 14;
const FEW: usize = 24;

/// The positions that sort by several lanes, of which there is one.
fn lexsorted<T: Sortable>(keys: &[&[T]]) -> Result<Vec<i64>> {
    let length = keys[0].len();
    let mut order: Vec<i64> = (0..length as i64).collect();
    if length <= FEW {
        order.sort_by(|&a, &b| {
            let orders = keys.iter().rev().map(|key| key[a as usize].order(&key[b as usize]));
            { orders }.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        return Ok(order);
    }
    // Stably by each key in turn, the first one first.
    T::argsort_lane(keys[0], &mut order)?;
    let mut next = vec![0; length];
    for key in &keys[1..] {
        let sorted: Vec<T> = order.iter().map(|&i| key[i as usize]).collect();
        T::argsort_lane(&sorted, &mut next)?;
        next.iter_mut().for_each(|i| *i = order[*i as usize]);
        std::mem::swap(&mut order, &mut next);
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{complex128, zeros};

    #[test]
    fn nan_comes_last_and_zeros_are_equal() {
        let nan = f64::NAN;
        let a = Array::from([nan, 1.0, -nan, f64::INFINITY, 0.0, -0.0, -1.0]);
        let sorted = sort(&a, 0).unwrap().to_vec();
        assert_eq!(sorted[..5], [-1.0, 0.0, 0.0, 1.0, f64::INFINITY]);
        assert!(sorted[5].is_nan() && sorted[6].is_nan());
        assert_eq!(argsort(&a, 0).unwrap().to_vec(), [6, 4, 5, 1, 3, 0, 2]);
        let z = |re, im| complex128::new(re, im);
        let a = Array::from([z(nan, 0.0), z(1.0, nan), z(1.0, 2.0), z(1.0, -2.0), z(nan, nan)]);
        assert_eq!(argsort(&a, 0).unwrap().to_vec(), [3, 2, 1, 0, 4]);
    }

    #[test]
    fn several_keys_sort_as_by_comparing_them() {
        for length in [0, 1, 10, FEW, FEW + 1, 500] {
            let key = |many: usize| -> Array<f64> {
                (0..length).map(|i| if i % 9 == 4 { f64::NAN } else { (i * 7919 % many) as f64 }).collect()
            };
            let keys = [key(1000), key(3), key(2)];
            let rows: Vec<Array<f64>> = keys.iter().map(|key| key.reshape([1, length]).unwrap()).collect();
            let found = lexsort(&keys, 0).unwrap();
            let mut naive: Vec<i64> = (0..length as i64).collect();
            let at = |k: usize, i: i64| keys[k].get(i).unwrap();
            for k in 0..3 {
                naive.sort_by(|&a, &b| at(k, a).order(&at(k, b)));
            }
            assert_eq!(found.to_vec(), naive);
            assert_eq!(lexsort(&rows, -1).unwrap().to_vec(), naive);
        }
    }

    #[test]
    fn nothing_and_one_are_sorted() {
        assert_eq!(sort(&zeros::<f32>([3, 0]).unwrap(), 1).unwrap().shape(), [3, 0]);
        assert_eq!(sort(&crate::scalar(3), ..).unwrap().shape(), [1]);
        assert!(sort(&crate::scalar(3), 0).unwrap_err().is_index());
        let mut a = Array::from([2, 1]);
        let kept = a.clone();
        a.sort(0).unwrap();
        assert_eq!((a.to_vec(), kept.to_vec()), (vec![1, 2], vec![2, 1]));
    }
}
