//! Results of half precision that are computed as `f64` are rounded once: by way of `f32` some would be rounded
//! to the middle between two and then to the wrong one.

use array_core::{Array, f16};

fn halves<const N: usize>(bits: [u16; N]) -> Array<f16> {
    Array::from(bits.map(f16::from_bits))
}

#[test]
fn variances_are_rounded_once() {
    // Of 1.4346, 1.3828 and 7.2188 it is 7.501953337: just above the middle of 7.5 and 7.503906.
    let variance = ufuncs::var(&halves([15805, 15752, 18232])).unwrap();
    assert_eq!(variance.item().unwrap().to_f64(), 7.50390625);
}

#[test]
fn weights_of_quantiles_are_rounded_once() {
    // Just above the middle of 0.25 and the next.
    let q = 0.25 + 2f64.powi(-13) + 2f64.powi(-40);
    let ends = Array::from([f16::ZERO, f16::ONE]);
    let quantile = ufuncs::quantile(&ends, q).unwrap();
    assert_eq!(quantile.item().unwrap().to_f64(), 0.25 + 2f64.powi(-12));
}
