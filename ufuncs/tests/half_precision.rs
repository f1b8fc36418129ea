//! Results of half precision that are computed as `f64` are rounded once: by way of `f32` some would be rounded
//! to the middle between two and then to the wrong one.

use array_core::{Array, f16};

#[test]
fn deviations_are_rounded_once() {
    // Their mean is 0, the sum of squares exact, and the root 0.880126973: just above the middle of two numbers
    // that are 2^-11 apart.
    let sample = [-1425.0, -2.0, 0.0, 2.0, 1425.0].map(|x: f32| f16::from_f32(x / 1024.0));
    let deviation = ufuncs::std(&Array::from(sample), 0).unwrap();
    assert_eq!(deviation.item().unwrap().to_f64(), 0.88037109375);
}

#[test]
fn weights_of_quantiles_are_rounded_once() {
    // Just above the middle of 0.25 and the next.
    let q = 0.25 + 2f64.powi(-13) + 2f64.powi(-40);
    let ends = Array::from([f16::ZERO, f16::ONE]);
    let quantile = ufuncs::quantile(&ends, q, 0).unwrap();
    assert_eq!(quantile.item().unwrap().to_f64(), 0.25 + 2f64.powi(-12));
}
