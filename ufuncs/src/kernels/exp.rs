//! The exponential functions e^x, 2^x and e^x - 1.
//!
//! On AVX-512 there are loops with tables instead: `wide/exp.rs`.
//!
//! **f64.** `x = n·ln 2 + r` with |r| ≤ ln 2 / 2 and r as a pair of `f64`; then
//! e^r = 1 + r + r²/2 + r³·T(r), T of degree 9, relative error of e^r 2^-63.8. The rounding errors
//! of the first three terms and of r itself are carried, which leaves the last rounding and about
//! 0.02 ULP, at r = -ln 2 / 2. No table: a gathered one is slower than the longer polynomial.
//! Everything is computed twice as large, so that the factor 2^(n-1) exists for every finite
//! result. Results below 2^-1021 are rare and rounded once, to the subnormals' grid.
//!
//! For 2^x, n is x rounded and r = (x - n)·ln 2 is a pair too.
//!
//! e^x - 1 = 2^n·(e^r - 1) + (2^n - 1), where both summands are pairs: half as large, so that 2^n
//! exists. For n = 0 it is the series without its 1; else no cancellation is worse than by a factor
//! of 3.4. Its `f32` twin is the same with T of degree 4, relative error 2^-33.
//!
//! **f32**, e^x and 2^x. In `f64`, with a polynomial of degree 7, relative errors 2^-34.3 and
//! 2^-31.7. Nothing is rare: the conversion to `f32` rounds, under- and overflows as it should.
//!
//! The polynomials are minimax fits (150 bits or more), with each of the leading coefficients
//! rounded in turn and the rest fitted again.

use std::f64::consts::{LN_2, LOG2_E};

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{ROUND, polynomial, two_mul_add, two_sum};
use super::lane::{Lane, lanes};
use super::wide;

/// e to the power of x.
#[derive(Clone, Copy, Debug)]
pub struct Exp;
/// 2 to the power of x.
#[derive(Clone, Copy, Debug)]
pub struct Exp2;
/// e to the power of x, minus 1.
#[derive(Clone, Copy, Debug)]
pub struct Expm1;

/// What the exponential functions know of a float type.
pub(super) trait ExpLane: Lane {
    /// ln 2 in so few bits that products with n are exact.
    const LN_2_HIGH: Self;
    /// The rest of ln 2.
    const LN_2_LOW: Self;

    /// (e^r - 1 - r - r²/2) / r³ on [-ln 2 / 2, ln 2 / 2].
    fn exp_tail<I: Isa>(r: Self) -> Self;
}

impl ExpLane for f64 {
    const LN_2_HIGH: f64 = 0.6931471805598903; // 42 bits
    const LN_2_LOW: f64 = 5.497923018708371e-14;

    #[inline(always)]
    fn exp_tail<I: Isa>(r: f64) -> f64 {
        const TAIL: [f64; 10] = [
            0.1666666666666668,
            0.041666666666666415,
            0.008333333333319272,
            0.0013888888889032618,
            0.00019841269891825028,
            2.4801587024783768e-05,
            2.755723874944332e-06,
            2.7557528130632324e-07,
            2.5110850613212044e-08,
            2.083757884283301e-09,
        ];
        polynomial::<I, _, 10>(r, TAIL)
    }
}

impl ExpLane for f32 {
    const LN_2_HIGH: f32 = 0.693_145_75; // 15 bits
    const LN_2_LOW: f32 = 1.428_606_8e-6;

    #[inline(always)]
    fn exp_tail<I: Isa>(r: f32) -> f32 {
        polynomial::<I, _, 5>(r, [0.16666666, 0.041666456, 0.008333548, 0.0013935883, 0.00019763704])
    }
}

/// `(n + ROUND + bias, r, its error)` with x = n·ln 2 + r.
#[inline(always)]
pub(super) fn reduce<I: Isa, T: ExpLane>(x: T, bias: T) -> (T, T, T) {
    let bias = T::ROUND + bias;
    let rounded = T::mul_add::<I>(x, T::of(LOG2_E), bias);
    let n = rounded - bias;
    let exact = T::mul_add::<I>(-n, T::LN_2_HIGH, x);
    let r = T::mul_add::<I>(-n, T::LN_2_LOW, exact);
    (rounded, r, T::mul_add::<I>(-n, T::LN_2_LOW, exact - r))
}

impl Unary<f64> for Exp {
    type Output = f64;
    const COST: f32 = 0.5;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        // Written so that a nan passes. At -708.4 n is -1022, hence the factor 0; at 709.9 the
        // product is infinite.
        let x = if -708.4 > x { -708.4 } else { x };
        let x = if 709.9 < x { 709.9 } else { x };
        let (rounded, r, r_error) = reduce::<I, f64>(x, 1022.0);
        let (sum, error) = twice_exp::<I>(r, r_error);
        (sum + error) * rounded.power_of_two()
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x < -708.0 && x > -745.2
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        let (rounded, r, r_error) = reduce::<Baseline, f64>(x, 0.0);
        with_subnormals(rounded - ROUND, twice_exp::<Baseline>(r, r_error))
    }

    wide::unary! { f64, rare: wide::exp::exp }
}

impl Unary<f64> for Exp2 {
    type Output = f64;
    const COST: f32 = 0.5;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        // As in `Exp`.
        let x = if -1022.0 > x { -1022.0 } else { x };
        let x = if 1024.0 < x { 1024.0 } else { x };
        let (rounded, r, r_error) = reduce_exp2::<I>(x, 1022.0);
        let (sum, error) = twice_exp::<I>(r, r_error);
        (sum + error) * rounded.power_of_two()
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x < -1021.0 && x > -1076.0
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        let (rounded, r, r_error) = reduce_exp2::<Baseline>(x, 0.0);
        with_subnormals(rounded - ROUND, twice_exp::<Baseline>(r, r_error))
    }

    wide::unary! { f64, rare: wide::exp::exp2 }
}

/// `(n + ROUND + bias, r, its error)` with 2^x = 2^n · e^r.
#[inline(always)]
pub(super) fn reduce_exp2<I: Isa>(x: f64, bias: f64) -> (f64, f64, f64) {
    const LN_2_REST: f64 = 2.3190468138462996e-17;
    let rounded = x + (ROUND + bias);
    let rest = x - (rounded - (ROUND + bias));
    let (r, r_error) = I::two_product(rest, LN_2);
    (rounded, r, I::mul_add(rest, LN_2_REST, r_error))
}

/// 2·e^r as a pair.
#[inline(always)]
pub(super) fn twice_exp<I: Isa>(r: f64, r_error: f64) -> (f64, f64) {
    let sum = I::mul_add(2.0, r, 2.0);
    let error = I::mul_add(2.0, r, 2.0 - sum);
    let error = I::mul_add(sum, r_error, error); // the derivative, roughly, is 2 + 2r
    let (sum, square_error) = two_mul_add::<I, f64>(r, r, sum);
    let error = error + square_error;
    (sum, I::mul_add(r * r * (r + r), f64::exp_tail::<I>(r), error))
}

/// 2^(n-1) times the pair, for results that may be subnormal: rounded once.
pub(super) fn with_subnormals(n: f64, (sum, error): (f64, f64)) -> f64 {
    let n = n as i64; // -1076 ..= -1021
    // 2^(n-1) in two factors, so that neither is subnormal.
    let tiny = f64::MIN_POSITIVE; // 2^-1022
    let factor = f64::from_bits(((n + 1021 + 1023) as u64) << 52);
    let value = (sum + error) * factor * tiny;
    if value >= f64::MIN_POSITIVE {
        return value;
    }
    // Subnormal: round only once, to a multiple of 2^-1074 / 2^(n-1), by adding a number whose ulp
    // that is.
    let large = f64::from_bits(((52 - 1073 - n + 1023) as u64) << 52);
    let rounded_sum = large + sum;
    let lost = (large - rounded_sum) + sum;
    let multiple = (rounded_sum + (lost + error)) - large;
    multiple * factor * tiny
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
        (polynomial::<I, _, 8>(r, EXP_F32) * rounded.power_of_two()) as f32
    }

    wide::unary! { f32: wide::exp::exp_f32 }
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

impl Unary<f32> for Exp2 {
    type Output = f32;
    const COST: f32 = 0.3;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        let x = if -151.0 > x { -151.0 } else { x };
        exp2_f32::<I>(f64::from(if 128.0 < x { 128.0 } else { x })) as f32
    }

    wide::unary! { f32: wide::exp::exp2_f32 }
}

/// 2^x to the accuracy of `f32`, for normal results.
#[inline(always)]
pub(super) fn exp2_f32<I: Isa>(x: f64) -> f64 {
    let rounded = x + (ROUND + 1023.0);
    let r = x - (rounded - (ROUND + 1023.0));
    polynomial::<I, _, 8>(r, EXP2_F32) * rounded.power_of_two()
}

/// 2^r on [-1/2, 1/2].
const EXP2_F32: [f64; 8] = [
    1.0,
    0.6931471838157454,
    0.2402265092070711,
    0.05550400379558411,
    0.009618056913590285,
    0.0013341968779732526,
    0.00015461819499683192,
    1.3360993821339635e-05,
];

lanes! { Expm1: expm1, 0.6, 0.3, f64: wide::exp::expm1, f32: wide::exp::expm1_f32; }

#[inline(always)]
fn expm1<I: Isa, T: ExpLane>(x: T) -> T {
    // Beyond these the result is -1 or inf. Written so that a nan passes.
    let least = T::of(-0.69) * T::BIAS;
    let most = T::LN_2_HIGH * (T::BIAS + T::of(1.2));
    let a = if least > x { least } else { x };
    let a = if most < a { most } else { a };
    let (rounded, r, r_error) = reduce::<I, T>(a, T::BIAS - T::of(1.0));
    let (sum, tail) = exp_minus_one::<I, T>(r, r_error);

    let half_power = rounded.power_of_two(); // 2^(n-1)
    let (rest, rest_error) = two_sum(half_power, T::of(-0.5));
    let (high, error) = two_sum(rest, half_power * sum);
    let half = high + T::mul_add::<I>(half_power, tail, error + rest_error);
    // Where the first term of the series is all, halving it might lose a bit, or the sign of -0.
    if x.abs() < T::of(5e-17) { x } else { half + half }
}

/// e^r - 1 as a pair.
#[inline(always)]
pub(super) fn exp_minus_one<I: Isa, T: ExpLane>(r: T, r_error: T) -> (T, T) {
    let (sum, error) = two_mul_add::<I, T>(T::of(0.5) * r, r, r);
    let error = T::mul_add::<I>(r, r_error, error + r_error);
    (sum, T::mul_add::<I>(r * r * r, T::exp_tail::<I>(r), error))
}
