//! Rare inputs among ordinary ones: each element is what it is alone, whatever its neighbours and however
//! the operands lie.

use array_core::{Array, Element};
use ufuncs::{exp, exp2, power};

const LENGTH: usize = 1000;

/// Ordinary numbers with a special one every so often.
fn mixed(special: &[f64], every: usize, ordinary: impl Fn(f64) -> f64) -> Vec<f64> {
    (0..LENGTH)
        .map(|i| {
            if i % every == 3 {
                special[i / every % special.len()]
            } else {
                ordinary(i as f64 / LENGTH as f64)
            }
        })
        .collect()
}

fn assert_same<T: Element + Into<f64>>(all: &Array<T>, alone: impl Fn(usize) -> Array<T>, what: &str) {
    for (i, value) in all.to_vec().into_iter().enumerate() {
        let (value, expected): (f64, f64) = (value.into(), alone(i).to_vec()[0].into());
        let same = value.to_bits() == expected.to_bits() || (value.is_nan() && expected.is_nan());
        assert!(same, "{what}, element {i}: {value:e}, alone {expected:e}");
    }
}

const SPECIAL: [f64; 10] =
    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 5e-324, -710.5, -744.0, 1e300, -3.0];

macro_rules! check {
    ($type:ident) => {
        let narrow = |x: &[f64]| x.iter().map(|&x| x as $type).collect::<Vec<$type>>();
        for every in [7, 61, 500] {
            let x = narrow(&mixed(&SPECIAL, every, |t| 20.0 * t - 10.0));
            let a = Array::from(x.clone());
            let one = |i: usize| Array::from(vec![x[i]]);
            assert_same(&exp(&a), |i| exp(one(i)), "exp");
            assert_same(&exp2(&a), |i| exp2(one(i)), "exp2");

            let y = narrow(&mixed(&SPECIAL, every + 1, |t| 5.0 - 10.0 * t));
            let b = Array::from(y.clone());
            let other = |i: usize| Array::from(vec![y[i]]);
            assert_same(&power(&a, &b).unwrap(), |i| power(one(i), other(i)).unwrap(), "power");
            assert_same(
                &power(a.clone().copy(), &b).unwrap(),
                |i| power(one(i), other(i)).unwrap(),
                "power, in place",
            );
            for constant in [2.0, -3.0, 0.5, 0.0, f64::INFINITY] {
                let constant = Array::from(vec![constant as $type]);
                assert_same(
                    &power(&a, &constant).unwrap(),
                    |i| power(one(i), &constant).unwrap(),
                    "power of a constant",
                );
            }
        }
    };
}

#[test]
fn of_f64() {
    check!(f64);
}

#[test]
fn of_f32() {
    check!(f32);
}
