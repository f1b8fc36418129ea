//! Medians and quantiles of many elements against sorting them.

use array_core::{Array, concat, full, sort, with_threads};
use fastrand::Rng;
use ufuncs::{isnan, logical_not, median, nanmedian, nanquantile, quantile};

/// What sorting gives for some ranks' quantiles, which are then elements themselves.
fn by_sorting(numbers: &Array<f64>, ranks: &[usize]) -> Vec<f64> {
    let sorted = sort(numbers, 0).unwrap();
    ranks.iter().map(|&rank| sorted.get([rank]).unwrap()).collect()
}

/// Quantiles at ranks, of numbers with so many `nan` among them.
fn check(numbers: &Array<f64>, nans: usize, rng: &mut Rng) {
    let n = numbers.len();
    let ranks = [0, 1, n / 3, n / 3 + 1, n / 2, n - 2, n - 1];
    let q: Vec<f64> = ranks.iter().map(|&rank| rank as f64 / (n - 1) as f64).collect();
    let mut mixed = concat(&[numbers, &full([nans], f64::NAN).unwrap()], 0).unwrap();
    rng.shuffle(mixed.as_slice_mut());
    let expected = by_sorting(numbers, &ranks);
    for threads in [1, 8] {
        with_threads(threads, || {
            let found = nanquantile(&mixed, &q[..], ..).unwrap().to_vec();
            let close = |(x, y): (&f64, &f64)| (x - y).abs() <= 1e-6;
            assert!(found.iter().zip(&expected).all(close), "{found:?} {expected:?} {nans}");
            let middle = median(numbers, ..).unwrap().item().unwrap();
            assert_eq!(nanmedian(&mixed, ..).unwrap().item().unwrap(), middle);
            assert_eq!(quantile(numbers, 0.5, ..).unwrap().item().unwrap(), middle);
            let is_number = logical_not(&isnan(&median(&mixed, ..).unwrap())).item().unwrap();
            assert_eq!(is_number, nans == 0);
        });
    }
}

#[test]
fn ranks_of_many_elements_are_those_of_sorting() {
    let mut rng = Rng::with_seed(1);
    for n in [2999, 3001, 40_000, 300_001] {
        for kind in 0..4 {
            let number = |i: usize| match kind {
                0 => rng.f64() - 0.5,
                1 => rng.u8(0..3) as f64,
                2 => i as f64 / n as f64,
                _ => 7.0,
            };
            let numbers: Array<f64> = (0..n).map(number).collect();
            for nans in [0, 5, n / 2, 20 * n] {
                if nans < 1_000_000 {
                    check(&numbers, nans, &mut rng);
                }
            }
        }
    }
}
