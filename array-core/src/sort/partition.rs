//! Partial sorting: some elements where sorting would put them, the smaller before, the larger after.

use super::lanes::{mapped, written};
use super::order::Sortable;
use crate::axes::{self, IntoAxes};
use crate::{Array, Result, fallible, index};

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
    // SAFETY: all elements of each lane are written.
    unsafe { written(&a, axis, |from, to| T::partition_lane(from, to, &kth)) }
}

/// The positions of what [`partition`] gives.
///
/// ```
/// # use array_core::{argpartition, array};
/// let a = array![30, 10, 20];
/// let smallest = argpartition(&a, 0, 0)?.get([0])?;
/// assert_eq!(smallest, 1);
/// # Ok::<(), array_core::Error>(())
/// ```
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
    let Some(kth) = kth.into_axes() else { return fallible::collected(0..length) };
    let found: Result<Vec<usize>> = kth.iter().map(|&k| index::position(k, length, axis)).collect();
    let mut found = found?;
    found.sort_unstable();
    found.dedup();
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

    fn long<T: Sortable>(value: fn(u64) -> T) {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 16
        };
        for length in [16_383, 16_384, 16_399, 50_000] {
            for distinct in [1, 2, 40, u64::MAX] {
                for descending in [false, true] {
                    let mut values: Vec<T> = (0..length).map(|_| value(next() % distinct)).collect();
                    let mut sorted = values.clone();
                    sorted.sort_by(T::order);
                    if descending {
                        values = sorted.iter().rev().copied().collect();
                    }
                    let a = Array::from_vec(values);
                    for k in [0, 2, length / 3, length / 2, length - 20, length - 1] {
                        let found = partition(&a, k as isize, 0).unwrap().to_vec();
                        let about = format!("{k} of {length} {}, {distinct} distinct", T::DTYPE);
                        assert!(found[k].order(&sorted[k]).is_eq(), "{about}");
                        assert!(found[..k].iter().all(|x| x.order(&found[k]).is_le()), "{about}");
                        assert!(found[k..].iter().all(|x| x.order(&found[k]).is_ge()), "{about}");
                        let mut found = found;
                        found.sort_by(T::order);
                        assert!(found.iter().zip(&sorted).all(|(x, y)| x.order(y).is_eq()), "{about}");
                    }
                }
            }
        }
    }

    #[test]
    fn complex_numbers_are_parted_as_sorting_would() {
        use crate::complex128;
        for (reals, imags) in [(1, 1), (1, 100), (3, 7), (40, 1), (1000, 3)] {
            let part = |i: usize, many: usize| if i % 29 == 3 { f64::NAN } else { (i * 7919 % many) as f64 };
            let number = |i| complex128::new(part(i, reals), part(i / 2, imags));
            let a: Array<complex128> = (0..500).map(number).collect();
            let sorted = sort(&a, 0).unwrap();
            for kth in
                [vec![0], vec![499], vec![250], vec![3, 100, 101, 460, 480], (0..500).step_by(50).collect()]
            {
                let found = partition(&a, &kth[..], 0).unwrap();
                let at = argpartition(&a, &kth[..], 0).unwrap();
                let by_position = take(&a, &at, 0).unwrap();
                assert_eq!(sort(&at, 0).unwrap().to_vec(), (0..500).collect::<Vec<i64>>());
                for found in [found, by_position] {
                    let lane = found.to_vec();
                    for &k in &kth {
                        let k = k as usize;
                        assert!(lane[k].order(&sorted.get([k as isize]).unwrap()).is_eq());
                        assert!(lane[..k].iter().all(|x| x.order(&lane[k]).is_le()));
                        assert!(lane[k..].iter().all(|x| x.order(&lane[k]).is_ge()));
                    }
                    let same = |(x, y): (&complex128, &complex128)| x.order(y).is_eq();
                    assert!(sort(&found, 0).unwrap().to_vec().iter().zip(&sorted.to_vec()).all(same));
                }
            }
        }
    }

    #[test]
    fn long_lanes_are_parted_as_sorting_would() {
        long::<i32>(|bits| bits as i32);
        long::<u32>(|bits| bits as u32);
        long::<i64>(|bits| (bits << 20) as i64);
        long::<f32>(|bits| f32::from_bits(bits as u32));
        long::<f64>(|bits| f64::from_bits(bits << 20));
        long::<i16>(|bits| bits as i16);
    }
}
