//! Arrays as sets: distinct values, and what two arrays have in common.

use std::cmp::Ordering;

use super::order::Sortable;
use super::search::{Side, searchsorted};
use super::sorting::sort;
use crate::{Array, Result, concat};

/// The distinct values of an array, and where they are: what [`unique_all`] gives.
#[derive(Clone, Debug)]
pub struct Unique<T: Sortable> {
    /// The distinct values, sorted.
    pub values: Array<T>,
    /// Where each of them comes first in the flattened array.
    pub indices: Array<i64>,
    /// Which of them each element is, in the array's shape.
    pub inverse: Array<i64>,
    /// How often each of them comes.
    pub counts: Array<i64>,
}

/// The distinct values of an array, sorted. All `nan` are one value.
///
/// ```
/// # use array_core::{array, unique};
/// assert_eq!(unique(&array![[3, 1], [1, 2]])?.to_vec(), [1, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique<T: Sortable>(a: &Array<T>) -> Result<Array<T>> {
    Ok(Array::from_vec(distinct(a)))
}

/// As [`unique`], but as the array API standard has it: no two `nan` are the same value.
///
/// # Errors
/// When there is no memory.
pub fn unique_values<T: Sortable>(a: &Array<T>) -> Result<Array<T>> {
    let mut values = a.to_vec();
    T::sort_lane(&mut values);
    values.dedup_by(|a, b| same(a, b));
    Ok(Array::from_vec(values))
}

/// Whether two values are one by the array API standard: no `nan` is another.
fn same<T: Sortable>(a: &T, b: &T) -> bool {
    a.order(b) == Ordering::Equal && !a.is_last()
}

/// The distinct values, sorted, and how often each comes. No two `nan` are the same value.
///
/// # Errors
/// When there is no memory.
pub fn unique_counts<T: Sortable>(a: &Array<T>) -> Result<(Array<T>, Array<i64>)> {
    let mut sorted = a.to_vec();
    T::sort_lane(&mut sorted);
    let (mut values, mut counts): (Vec<T>, Vec<i64>) = (Vec::new(), Vec::new());
    for run in sorted.chunk_by(same) {
        values.push(run[0]);
        counts.push(run.len() as i64);
    }
    Ok((Array::from_vec(values), Array::from_vec(counts)))
}

/// The distinct values, sorted, and which of them each element is. No two `nan` are the same value.
///
/// ```
/// # use array_core::{array, unique_inverse};
/// let (values, inverse) = unique_inverse(&array![30, 10, 30])?;
/// assert_eq!((values.to_vec(), inverse.to_vec()), (vec![10, 30], vec![1, 0, 1]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique_inverse<T: Sortable>(a: &Array<T>) -> Result<(Array<T>, Array<i64>)> {
    let Unique { values, inverse, .. } = unique_all(a)?;
    Ok((values, inverse))
}

/// The distinct values, sorted, where each comes first, which of them each element is, and how often each
/// comes. No two `nan` are the same value.
///
/// # Errors
/// When there is no memory.
pub fn unique_all<T: Sortable>(a: &Array<T>) -> Result<Unique<T>> {
    unique_all_with(a, false)
}

/// As [`unique_all`]; with `equal_nan` all `nan` are one value.
pub(super) fn unique_all_with<T: Sortable>(a: &Array<T>, equal_nan: bool) -> Result<Unique<T>> {
    let elements = a.to_vec();
    let mut order = vec![0i64; elements.len()];
    T::argsort_lane(&elements, &mut order);
    let (mut values, mut indices, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let mut inverse = vec![0i64; elements.len()];
    let equal = |&a: &i64, &b: &i64| {
        let (a, b) = (&elements[a as usize], &elements[b as usize]);
        same(a, b) || equal_nan && a.is_last() && b.is_last()
    };
    for run in order.chunk_by(equal) {
        run.iter().for_each(|&i| inverse[i as usize] = values.len() as i64);
        values.push(elements[run[0] as usize]);
        indices.push(run[0]);
        counts.push(run.len() as i64);
    }
    Ok(Unique {
        values: Array::from_vec(values),
        indices: Array::from_vec(indices),
        inverse: Array::from_vec(inverse).reshape(a.shape())?,
        counts: Array::from_vec(counts),
    })
}

/// Sorted, each value once.
fn distinct<T: Sortable>(a: &Array<T>) -> Vec<T> {
    let mut values = a.to_vec();
    T::sort_lane(&mut values);
    // Complex ones with a `nan` in either part are one value too.
    values.dedup_by(|a, b| a.order(b) == Ordering::Equal || a.is_last() && b.is_last());
    values
}

/// Whether each element of `a` is among those of `test`; `nan` is not.
///
/// ```
/// # use array_core::{array, isin};
/// assert_eq!(isin(&array![1, 5, 2], &array![2, 1])?.to_vec(), [true, false, true]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn isin<T: Sortable>(a: &Array<T>, test: &Array<T>) -> Result<Array<bool>> {
    let test = Array::from_vec(distinct(test));
    let at = searchsorted(&test, a, Side::Left)?.to_vec();
    let test = test.as_slice().expect("a vector");
    let found = |(x, i): (T, i64)| test.get(i as usize).is_some_and(|y| x == *y);
    let found: Vec<bool> = a.to_vec().into_iter().zip(at).map(found).collect();
    Array::from_vec(found).reshape(a.shape())
}

/// The distinct values that are in both arrays, sorted.
///
/// # Errors
/// When there is no memory.
pub fn intersect1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    chosen(a, |a| isin(a, b), true)
}

/// The distinct values of `a` that are not in `b`, sorted.
///
/// ```
/// # use array_core::{array, setdiff1d};
/// assert_eq!(setdiff1d(&array![3, 1, 2, 1], &array![2])?.to_vec(), [1, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn setdiff1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    chosen(a, |a| isin(a, b), false)
}

/// The distinct values of `a` for which the answer is `wanted`.
fn chosen<T: Sortable>(
    a: &Array<T>,
    test: impl Fn(&Array<T>) -> Result<Array<bool>>,
    wanted: bool,
) -> Result<Array<T>> {
    let values = unique(a)?;
    let answers = test(&values)?.to_vec();
    Ok(values
        .to_vec()
        .into_iter()
        .zip(answers)
        .filter(|&(_, answer)| answer == wanted)
        .map(|(x, _)| x)
        .collect())
}

/// The distinct values of both arrays, sorted.
///
/// # Errors
/// When there is no memory.
pub fn union1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    unique(&concat(&[a, b], ..)?)
}

/// The distinct values that are in one of the arrays only, sorted.
///
/// # Errors
/// When there is no memory.
pub fn setxor1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    // No value is in both, but for `nan`, which equals none.
    sort(&concat(&[setdiff1d(a, b)?, setdiff1d(b, a)?], ..)?, ..)
}
