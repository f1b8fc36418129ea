//! What two arrays have in common, and where.

use super::order::Sortable;
use super::search::{Side, searchsorted};
use super::sets::intersect1d;
use super::unique_axis::unique_with;
use crate::{Array, Result, take};

/// The distinct values that are in both arrays, sorted, and where each comes first in the flattened arrays:
/// NumPy's `intersect1d` with `return_indices=True`.
///
/// ```
/// # use array_core::{array, intersect1d_indices};
/// let (values, in_a, in_b) = intersect1d_indices(&array![7, 1, 3, 1], &array![3, 1, 5])?;
/// assert_eq!(values, [1, 3]);
/// assert_eq!((in_a.to_vec(), in_b.to_vec()), (vec![1, 2], vec![1, 0]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn intersect1d_indices<T: Sortable>(
    a: &Array<T>,
    b: &Array<T>,
) -> Result<(Array<T>, Array<i64>, Array<i64>)> {
    let common = intersect1d(a, b)?;
    let places = |array: &Array<T>| -> Result<Array<i64>> {
        let distinct = unique_with(array, .., true)?;
        take(&distinct.indices, &searchsorted(&distinct.values, &common, Side::Left)?, 0)
    };
    let (in_a, in_b) = (places(a)?, places(b)?);
    Ok((common, in_a, in_b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array;

    #[test]
    fn nothing_in_common_and_nan() {
        let (values, in_a, in_b) = intersect1d_indices(&array![1, 2], &array![3]).unwrap();
        assert!(values.is_empty() && in_a.is_empty() && in_b.is_empty());
        let nan = f64::NAN;
        let (values, in_a, in_b) =
            intersect1d_indices(&array![[nan, 2.0], [1.0, -0.0]], &array![0.0, nan, 1.0]).unwrap();
        assert_eq!(values, [0.0, 1.0]);
        assert_eq!((in_a.to_vec(), in_b.to_vec()), (vec![3, 2], vec![0, 2]));
        let empty: Array<f64> = array![];
        assert!(intersect1d_indices(&empty, &empty).unwrap().1.is_empty());
    }
}
