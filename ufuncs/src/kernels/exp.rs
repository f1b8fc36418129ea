//! The exponential function.
//!
//! **f64.** `x = n·ln 2 + r` with |r| ≤ ln 2 / 2 and r as a pair of `f64`; then
//! e^r = 1 + r + r²/2 + r³·T(r), T of degree 9, relative error of e^r 2^-63.8. The rounding errors
//! of the first three terms and of r itself are carried, which leaves the last rounding and about
//! 0.02 ULP, at r = -ln 2 / 2. No table: a gathered one is slower than the longer polynomial.
//! Everything is computed twice as large, so that the factor 2^(n-1) exists for every finite
//! result. Results below 2^-1021 are rare and rounded once, to the subnormals' grid.
//!
//! **f32.** In `f64`, with a polynomial of degree 7, relative error 2^-34.3. Nothing is rare: the
//! conversion to `f32` rounds, under- and overflows as it should.
//!
//! The polynomials are minimax fits (150 bits; Lawson's weights), with each of the leading
//! coefficients rounded in turn and the rest fitted again.

use std::f64::consts::{LN_2, LOG2_E};

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{ROUND, polynomial, two_mul_add};

/// e to the power of x.
#[derive(Clone, Copy, Debug)]
pub struct Exp;

impl Unary<f64> for Exp {
    type Output = f64;
    const COST: f32 = 0.7;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        // Written so that a nan passes. At `LEAST` the factor is 0, at `MOST` the product is inf.
        let x = if LEAST > x { LEAST } else { x };
        let x = if MOST < x { MOST } else { x };
        let (rounded, sum, error) = twice_exp::<I>(x);
        (sum + error) * f64::from_bits(rounded.to_bits() << 52)
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x < -708.0 && x > -745.2
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        let (rounded, sum, error) = twice_exp::<Baseline>(x);
        let n = (rounded - BIASED_ROUND) as i64; // -1075 ..= -1021
        // 2^(n-1) in two factors, so that neither is subnormal.
        let tiny = f64::MIN_POSITIVE; // 2^-1022
        let factor = f64::from_bits(((n + 1021 + 1023) as u64) << 52);
        let value = (sum + error) * factor * tiny;
        if value >= f64::MIN_POSITIVE {
            return value;
        }
        // Subnormal: round only once, to a multiple of 2^-1074 / 2^(n-1), by adding a number whose
        // ulp that is.
        let large = f64::from_bits(((52 - 1073 - n + 1023) as u64) << 52);
        let rounded_sum = large + sum;
        let lost = (large - rounded_sum) + sum;
        let multiple = (rounded_sum + (lost + error)) - large;
        multiple * factor * tiny
    }
}

/// Rounds to an integer n and holds n + 1022 in the lowest bits: the biased exponent of 2^(n-1).
const BIASED_ROUND: f64 = ROUND + 1022.0;
/// Its n is -1022, hence its factor 0.
const LEAST: f64 = -708.4;
/// Its exponential overflows.
const MOST: f64 = 709.9;
/// ln 2 in 42 bits, so that products with n are exact, and the rest.
const LN_2_HIGH: f64 = 0.6931471805598903;
const LN_2_LOW: f64 = 5.497923018708371e-14;

/// 2·(e^r - 1 - r - r²/2) / r³ on [-ln 2 / 2, ln 2 / 2].
const TWICE_EXP: [f64; 10] = [
    2.0 * 0.1666666666666668,
    2.0 * 0.041666666666666415,
    2.0 * 0.008333333333319272,
    2.0 * 0.0013888888889032618,
    2.0 * 0.00019841269891825028,
    2.0 * 2.4801587024783768e-05,
    2.0 * 2.755723874944332e-06,
    2.0 * 2.7557528130632324e-07,
    2.0 * 2.5110850613212044e-08,
    2.0 * 2.083757884283301e-09,
];

/// `(n + BIASED_ROUND, sum, error)` with e^x = (sum + error) · 2^(n-1).
#[inline(always)]
fn twice_exp<I: Isa>(x: f64) -> (f64, f64, f64) {
    let rounded = I::mul_add(x, LOG2_E, BIASED_ROUND);
    let n = rounded - BIASED_ROUND;
    let exact = I::mul_add(-n, LN_2_HIGH, x);
    let r = I::mul_add(-n, LN_2_LOW, exact);
    let r_error = I::mul_add(-n, LN_2_LOW, exact - r);

    let sum = I::mul_add(2.0, r, 2.0);
    let error = I::mul_add(2.0, r, 2.0 - sum);
    let error = I::mul_add(sum, r_error, error); // the derivative, roughly, is 2 + 2r
    let (sum, square_error) = two_mul_add::<I>(r, r, sum);
    let error = error + square_error;
    (rounded, sum, I::mul_add(r * r * r, polynomial::<I, 10>(r, TWICE_EXP), error))
}

impl Unary<f32> for Exp {
    type Output = f32;
    const COST: f32 = 0.35;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        // Beyond these the result is 0 or inf. Written so that a nan passes.
        let x = if -104.0 > x { -104.0 } else { x };
        let x = f64::from(if 89.0 < x { 89.0 } else { x });
        let rounded = I::mul_add(x, LOG2_E, ROUND + 1023.0);
        let n = rounded - (ROUND + 1023.0);
        let r = I::mul_add(-n, LN_2, x);
        (polynomial::<I, 8>(r, EXP_F32) * f64::from_bits(rounded.to_bits() << 52)) as f32
    }
}

/// e^r on [-ln 2 / 2, ln 2 / 2].
const EXP_F32: [f64; 8] = [
    1.0,
    1.0000000002087357,
    0.5000000077169245,
    0.16666665162337146,
    0.04166627249706528,
    0.00833356917178974,
    0.0013945900786160583,
    0.00019767535117147584,
];
