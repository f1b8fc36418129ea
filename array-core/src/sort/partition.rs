//! Partial sorting: some elements where sorting would put them, the smaller before, the larger after.

use super::lanes::{changed, mapped};
use super::order::Sortable;
use crate::axes::{self, IntoAxes};
use crate::{Array, Result, index};

/// The elements along an axis, or over `..` of the flattened array, with those at `kth` (one position or
/// several) where sorting would put them: none before is larger, none after smaller. A copy.
///
/// ```
/// # use array_core::{array, partition};
/// let a = partition(&array![7, 1, 5, 3, 9], 2, 0)?;
/// assert_eq!(a.get([2])?, 5);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis or a position is out of bounds, or there is no memory.
pub fn partition<T: Sortable>(a: &Array<T>, kth: impl IntoAxes, axis: impl IntoAxes) -> Result<Array<T>> {
    let (a, axis) = axes::one("partition", a, axis)?;
    let kth = positions(kth, a.shape()[axis], axis)?;
    changed(&a, axis, |lane| T::partition_lane(lane, &kth))
}

/// The positions of what [`partition`] gives.
///
/// # Errors
/// As [`partition`].
pub fn argpartition<T: Sortable>(
    a: &Array<T>,
    kth: impl IntoAxes,
    axis: impl IntoAxes,
) -> Result<Array<i64>> {
    let (a, axis) = axes::one("argpartition", a, axis)?;
    let kth = positions(kth, a.shape()[axis], axis)?;
    mapped(&a, axis, |lane, positions| T::argpartition_lane(lane, &kth, positions))
}

/// Ascending positions from the front; `..` are all of them.
fn positions(kth: impl IntoAxes, length: usize, axis: usize) -> Result<Vec<usize>> {
    let Some(kth) = kth.into_axes() else { return Ok((0..length).collect()) };
    let found: Result<Vec<usize>> = kth.iter().map(|&k| index::position(k, length, axis)).collect();
    let mut found = found?;
    found.sort_unstable();
    Ok(found)
}

/// Puts each of some positions right, each among what the one before left.
pub(super) fn select<T>(mut lane: &mut [T], kth: &[usize], put_right: impl Fn(&mut [T], usize)) {
    let mut done = 0;
    for &k in kth {
        if k < done {
            continue;
        }
        put_right(lane, k - done);
        lane = &mut lane[k + 1 - done..];
        done = k + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{argsort, sort, take};

    #[test]
    fn every_position_is_put_right() {
        let a: Array<f64> =
            (0..50).map(|i| if i % 11 == 3 { f64::NAN } else { (i * 37 % 50) as f64 }).collect();
        let sorted = sort(&a, 0).unwrap();
        for k in 0..50 {
            let parted = partition(&a, [k, 20], 0).unwrap();
            let same = |x: f64, y: f64| x == y || x.is_nan() && y.is_nan();
            assert!(same(parted.get([k]).unwrap(), sorted.get([k]).unwrap()));
            assert!(same(parted.get([20]).unwrap(), sorted.get([20]).unwrap()));
            let at = argpartition(&a, k, 0).unwrap();
            assert!(same(take(&a, &at, 0).unwrap().get([k]).unwrap(), sorted.get([k]).unwrap()));
            assert_eq!(sort(&at, 0).unwrap(), argsort(&sorted, 0).unwrap());
        }
        assert!(partition(&a, 50, 0).unwrap_err().is_index());
    }
}
