//! Distinct elements and distinct parts along an axis, against the real NumPy.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::*;

use common::{OF_SUMS, Outcome, numpy};

/// Few different values, so that many are equal; some of them `nan`.
fn random<T: Element>(rng: &mut Rng, value: fn(&mut Rng) -> T) -> Array<T> {
    let shape: Vec<usize> = (0..rng.usize(1..4)).map(|_| *rng.choice(&[0, 1, 2, 3, 7]).unwrap()).collect();
    let array = from_fn(&shape, |_| value(rng)).unwrap();
    match rng.u8(..3) {
        0 => array.t(),
        1 => flip(&array, ..).unwrap(),
        _ => array,
    }
}

fn check<T: Sortable>(rng: &mut Rng, value: fn(&mut Rng) -> T) -> Outcome {
    for _ in 0..60 {
        let a = random(rng, value);
        let lent = a.to_py()?;
        let is = |ours: &Unique<T>, of: &str| -> Outcome {
            let part = |i: usize| format!("np.unique(a, True, True, True, {of})[{i}]");
            common::assert_is(&ours.values, &part(0), &[("a", &lent)], OF_SUMS)?;
            common::assert_is(&ours.indices, &part(1), &[("a", &lent)], OF_SUMS)?;
            common::assert_is(&ours.inverse, &part(2), &[("a", &lent)], OF_SUMS)?;
            common::assert_is(&ours.counts, &part(3), &[("a", &lent)], OF_SUMS)
        };
        is(&unique_with(&a, .., true)?, "None")?;
        is(&unique_with(&a, .., false)?, "None, equal_nan=False")?;
        is(&unique_all(&a)?, "None, equal_nan=False")?;
        common::assert_is(&unique(&a)?, "np.unique(a)", &[("a", &lent)], OF_SUMS)?;
        let b = random(rng, value);
        let (values, in_a, in_b) = intersect1d_indices(&a, &b)?;
        let names = [("a", &lent), ("b", &b.to_py()?)];
        let source = |i| format!("np.intersect1d(a, b, return_indices=True)[{i}]");
        common::assert_is(&values, &source(0), &names, OF_SUMS)?;
        common::assert_is(&in_a, &source(1), &names, OF_SUMS)?;
        common::assert_is(&in_b, &source(2), &names, OF_SUMS)?;
        for axis in -(a.ndim() as isize)..a.ndim() as isize {
            is(&unique_with(&a, axis, true)?, &format!("{axis}"))?;
            is(&unique_with(&a, axis, false)?, &format!("{axis}, equal_nan=False"))?;
        }
    }
    Ok(())
}

#[test]
fn distinct_values_and_parts_are_numpys() -> Outcome {
    numpy();
    let rng = &mut Rng::with_seed(7);
    check(rng, |rng| rng.bool())?;
    check(rng, |rng| rng.i32(-2..2))?;
    check(rng, |rng| rng.u8(..3))?;
    check(rng, |rng| *rng.choice(&[0.0, -0.0, 1.5, -2.0, f64::NAN]).unwrap())?;
    check(rng, |rng| *rng.choice(&[0f32, 1.5, f32::NAN]).unwrap())?;
    check(rng, |rng| {
        let mut part = || *rng.choice(&[0.0, 1.0, 1.0, 1.0, f64::NAN]).unwrap();
        complex128::new(part(), part())
    })
}
