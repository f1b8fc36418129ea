//! Reductions of every second element, which a few cores take from where they lie, against a naive loop.

use array_core::{Array, Element, IndexItem, complex128};
use fastrand::Rng;
use ufuncs::{count_nonzero, max, mean, min, nanmean, over, sum};

/// Lengths around those of lanes, pieces and blocks.
const LENGTHS: [usize; 16] = [1, 2, 7, 15, 16, 17, 33, 64, 255, 256, 1023, 1025, 4096, 4097, 8192, 20_001];

/// So many elements, each the second of memory that ends with the last of them.
fn spaced<T: Element>(
    rng: &mut Rng,
    length: usize,
    mut value: impl FnMut(&mut Rng) -> T,
) -> (Array<T>, Vec<T>) {
    let memory: Vec<T> = (0..2 * length - 1).map(|_| value(rng)).collect();
    let expected = memory.iter().copied().step_by(2).collect();
    let every_second = [IndexItem::from(..).step(2)];
    (Array::from(memory).slice(every_second).unwrap(), expected)
}

#[test]
fn extremes_and_counts() {
    let mut rng = Rng::with_seed(1);
    for length in LENGTHS {
        let (a, expected) = spaced(&mut rng, length, |rng| rng.i64(..));
        assert_eq!(max(&a, ..).unwrap().item().unwrap(), *expected.iter().max().unwrap());
        assert_eq!(min(&a, ..).unwrap().item().unwrap(), *expected.iter().min().unwrap());
        let (a, expected) = spaced(&mut rng, length, |rng| rng.u64(..));
        assert_eq!(max(&a, ..).unwrap().item().unwrap(), *expected.iter().max().unwrap());
        assert_eq!(min(&a, ..).unwrap().item().unwrap(), *expected.iter().min().unwrap());
        let (a, expected) = spaced(&mut rng, length, |rng| rng.i64(0..3));
        let found = count_nonzero(&a, ..).unwrap().item().unwrap();
        assert_eq!(found as usize, expected.iter().filter(|&&x| x != 0).count());
        let (a, expected) = spaced(&mut rng, length, |rng| *rng.choice(&[0.0, -0.0, 1.5, f64::NAN]).unwrap());
        let found = count_nonzero(&a, ..).unwrap().item().unwrap();
        assert_eq!(found as usize, expected.iter().filter(|&&x| x != 0.0).count());
    }
}

#[test]
fn sums() {
    let mut rng = Rng::with_seed(2);
    for length in LENGTHS {
        // Whole numbers, whose sums are exact in any order; what lies between them would spoil it.
        let mut whole = |rng: &mut Rng| rng.i32(-1000..1000) as f64;
        let (a, expected) = spaced(&mut rng, length, &mut whole);
        let total: f64 = expected.iter().sum();
        assert_eq!(sum(&a, ..).unwrap().item().unwrap(), total, "of {length}");
        assert_eq!(mean(&a, ..).unwrap().item().unwrap(), total / length as f64);
        assert_eq!(nanmean(&a, ..).unwrap().item().unwrap(), total / length as f64);
        let (a, expected) = spaced(&mut rng, length, |rng| complex128::new(whole(rng), whole(rng)));
        assert_eq!(sum(&a, ..).unwrap().item().unwrap(), expected.iter().sum(), "of {length}");
    }
}

#[test]
fn rows() {
    let mut rng = Rng::with_seed(3);
    for (rows, columns) in [(3, 5), (70, 17), (5, 300), (2, 5000)] {
        let memory: Vec<f64> = (0..rows * 2 * columns).map(|_| rng.i32(-1000..1000) as f64).collect();
        let expected: Vec<f64> = memory.chunks(2 * columns).map(|row| row.iter().step_by(2).sum()).collect();
        let a = Array::from(memory).reshape([rows, 2 * columns]).unwrap();
        let a = a.slice([IndexItem::from(..), IndexItem::from(..).step(2)]).unwrap();
        assert_eq!(sum(&a, over(1)).unwrap().to_vec(), expected);
        assert_eq!(sum(&a, over(..)).unwrap().item().unwrap(), expected.iter().sum::<f64>());
    }
}

#[test]
fn parts() {
    let mut rng = Rng::with_seed(4);
    let (a, whole) = spaced(&mut rng, 20_001, |rng| rng.i64(-1000..1000));
    let (f, floats) = spaced(&mut rng, 20_001, |rng| rng.i32(-1000..1000) as f64);
    for _ in 0..30 {
        let mut starts: Vec<usize> = (0..rng.usize(1..40)).map(|_| rng.usize(0..whole.len())).collect();
        if rng.bool() {
            starts.sort_unstable();
        }
        let ends = starts.iter().skip(1).copied().chain([whole.len()]);
        let ranges: Vec<_> = starts.iter().zip(ends).map(|(&from, to)| from..to.max(from + 1)).collect();
        let largest: Vec<i64> =
            ranges.iter().map(|part| *whole[part.clone()].iter().max().unwrap()).collect();
        let totals: Vec<f64> = ranges.iter().map(|part| floats[part.clone()].iter().sum()).collect();
        assert_eq!(ufuncs::maximum::reduceat(&a, &starts, 0).unwrap().to_vec(), largest);
        assert_eq!(ufuncs::add::reduceat(&f, &starts, 0).unwrap().to_vec(), totals);
    }
}
