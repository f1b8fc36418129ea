//! The hypotenuse √(x² + y²).
//!
//! **f64.** The squares are pairs, and so is the root of their sum: its rounding is all that is lost.
//! Arguments whose squares would over- or underflow are rare, and scaled.
//!
//! **f32.** In `f64`, where squares of `f32` are exact.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Binary;

use super::exact::{fast_two_sum, sqrt_pair};

/// The length of the hypotenuse over two legs.
#[derive(Clone, Copy, Debug)]
pub struct Hypot;

impl Binary<f64> for Hypot {
    type Output = f64;
    const COST: f32 = 0.7;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(a: f64, b: f64) -> f64 {
        let (a, b) = ordered(a, b);
        let (square, square_low) = I::two_product(a, a);
        let (other, other_low) = I::two_product(b, b);
        let (sum, sum_low) = fast_two_sum(square, other);
        let (root, root_low) = sqrt_pair::<I, f64>(sum, sum_low + (square_low + other_low));
        root + root_low
    }

    #[inline(always)]
    fn is_rare(a: f64, b: f64) -> bool {
        let (a, b) = ordered(a, b);
        // Written so that a nan is rare.
        !(a < 1e150 && b < 1e150) || (a < 1e-130 && a > 0.0)
    }

    #[cold]
    #[inline(never)]
    fn rare(a: f64, b: f64) -> f64 {
        if a.is_infinite() || b.is_infinite() {
            return f64::INFINITY;
        }
        if a.is_nan() || b.is_nan() {
            return f64::NAN;
        }
        let power = f64::from_bits(if a.abs().max(b.abs()) > 1.0 { 1023 - 600 } else { 1023 + 600 } << 52);
        Self::call::<Baseline>(a * power, b * power) / power
    }
}

/// The magnitudes, the larger first.
#[inline(always)]
fn ordered(a: f64, b: f64) -> (f64, f64) {
    let (a, b) = (a.abs(), b.abs());
    if a < b { (b, a) } else { (a, b) }
}

impl Binary<f32> for Hypot {
    type Output = f32;
    const COST: f32 = 0.4;

    #[inline(always)]
    fn call<I: Isa>(a: f32, b: f32) -> f32 {
        let (wide_a, wide_b) = (f64::from(a), f64::from(b));
        let hypot = I::mul_add(wide_a, wide_a, wide_b * wide_b).sqrt() as f32;
        let infinite = (a.abs() == f32::INFINITY) | (b.abs() == f32::INFINITY);
        if infinite { f32::INFINITY } else { hypot }
    }
}
