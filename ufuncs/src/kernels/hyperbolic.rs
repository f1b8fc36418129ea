//! The hyperbolic sine, cosine and tangent.
//!
//! With |x| = n·ln 2 + r as in [`exp`](super::exp), A = (2^n - 2^-n)/2 and B = (2^n + 2^-n)/2, both
//! pairs,
//!
//! - sinh |x| = A·cosh r + B·sinh r,
//! - cosh x = B·cosh r + A·sinh r,
//!
//! where sinh r = r + r³·S(r²) and cosh r = 1 + r²/2 + r⁴·C(r²): no cancellation, no division, and for
//! n = 0 the series itself. S and C are of degree 4 in `f64`, relative errors 2^-61.7 and 2^-70;
//! in `f32` of degree 1, 2^-34.33 and 2^-33.28. The rounding of the first two terms is
//! carried. Everything is computed 2^-41 as large, so that 2^n and its products exist.
//!
//! tanh |x| = (e^2|x| - 1) / (e^2|x| + 1), the numerator as in [`exp`](super::exp)'s e^x - 1, a pair, and
//! the quotient with its remainder.
//!
//! For AVX-512 there are loops of their own, with tables: [`wide::sinh_cosh`](super::wide) and `wide::tanh`.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient, two_mul_add, two_sum};
use super::exp::{ExpLane, exp_minus_one, reduce};
use super::lane::lanes;

/// The hyperbolic sine.
#[derive(Clone, Copy, Debug)]
pub struct Sinh;
/// The hyperbolic cosine.
#[derive(Clone, Copy, Debug)]
pub struct Cosh;
/// The hyperbolic tangent.
#[derive(Clone, Copy, Debug)]
pub struct Tanh;

/// What the hyperbolic functions know of a float type.
pub(super) trait HyperbolicLane: ExpLane {
    /// (sinh √z / √z - 1) / z on [0, (ln 2 / 2)²].
    fn sinh_tail<I: Isa>(z: Self) -> Self;
    /// (cosh √z - 1 - z/2) / z² on [0, (ln 2 / 2)²].
    fn cosh_tail<I: Isa>(z: Self) -> Self;
}

impl HyperbolicLane for f64 {
    #[inline(always)]
    fn sinh_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 5] = [
            0.16666666666666677,
            0.008333333333321376,
            0.00019841269886865034,
            2.755724338160358e-06,
            2.5109352143267235e-08,
        ];
        polynomial::<I, _, 5>(z, TAIL)
    }
    #[inline(always)]
    fn cosh_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 5] = [
            0.041666666666666685,
            0.0013888888888873264,
            2.4801587349279153e-05,
            2.755725172441814e-07,
            2.0921807416602757e-09,
        ];
        polynomial::<I, _, 5>(z, TAIL)
    }
}

impl HyperbolicLane for f32 {
    #[inline(always)]
    fn sinh_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 3>(z, [0.16666667, 0.008333175, 0.0001997409])
    }
    #[inline(always)]
    fn cosh_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 2>(z, [0.04166646, 0.0013935453])
    }
}

lanes! {
    Sinh: sinh, 0.7, 0.3, f64: super::wide::sinh_cosh::sinh, f32: super::wide::sinh_cosh::sinh_f32;
    Cosh: cosh, 0.7, 0.3, f64: super::wide::sinh_cosh::cosh, f32: super::wide::sinh_cosh::cosh_f32;
    Tanh: tanh, 0.9, 0.35, f64: super::wide::tanh::tanh, f32: super::wide::tanh::tanh_f32;
}

/// What everything is divided by, but for a factor 2: 2^42.
const SCALE: f64 = 4_398_046_511_104.0;

/// |x| as n·ln 2 + r, with 2^n and 2^-n and the series of r.
pub(super) struct Parts<T> {
    /// (2^n - 2^-n) / 2^42, as a pair.
    odd: (T, T),
    /// (2^n + 2^-n) / 2^42, as a pair.
    even: (T, T),
    r: T,
    /// sinh r - r.
    sinh: T,
    /// r²/2.
    half_square: T,
    /// cosh r - 1 - r²/2.
    cosh: T,
}

#[inline(always)]
pub(super) fn parts<I: Isa, T: HyperbolicLane>(x: T) -> Parts<T> {
    // Beyond this the results are infinite. Written so that a nan passes.
    let most = T::LN_2_HIGH * (T::BIAS + T::of(2.25));
    let a = x.abs();
    let a = if most < a { most } else { a };
    let (rounded, r, r_error) = reduce::<I, T>(a, T::BIAS - T::of(42.0));
    let large = rounded.power_of_two(); // 2^(n-42)
    let small = large.reciprocal_power() * T::of(1.0 / SCALE / SCALE);
    let difference = large - small;
    let sum = large + small;
    let (z, z_error) = T::two_product::<I>(r, r);
    Parts {
        odd: (difference, (large - difference) - small),
        even: (sum, (large - sum) + small),
        r,
        sinh: T::mul_add::<I>(r * z, T::sinh_tail::<I>(z), r_error),
        half_square: T::of(0.5) * z,
        // With what rounding the square lost.
        cosh: T::mul_add::<I>(z * z, T::cosh_tail::<I>(z), T::of(0.5) * z_error),
    }
}

#[inline(always)]
fn sinh<I: Isa, T: HyperbolicLane>(x: T) -> T {
    let (sinh, error) = sinh_pair::<I, T>(&parts::<I, T>(x));
    // Scaling these might lose bits.
    if x.abs() < T::of(5e-17) { x } else { (sinh + error).xor_sign(x) }
}

/// sinh |x| as a pair.
#[inline(always)]
pub(super) fn sinh_pair<I: Isa, T: HyperbolicLane>(parts: &Parts<T>) -> (T, T) {
    let &Parts { odd, even, r, sinh, half_square, cosh } = parts;
    let (sum, error) = two_mul_add::<I, T>(even.0, r, odd.0);
    let error = T::mul_add::<I>(even.1, r, error + odd.1);
    let error = T::mul_add::<I>(even.0, sinh, error);
    let (sum, square_error) = two_mul_add::<I, T>(odd.0, half_square, sum);
    let error = error + square_error;
    let scale = T::of(0.5 * SCALE);
    (sum * scale, T::mul_add::<I>(odd.0, cosh, error) * scale)
}

#[inline(always)]
fn cosh<I: Isa, T: HyperbolicLane>(x: T) -> T {
    let (cosh, error) = cosh_pair::<I, T>(&parts::<I, T>(x));
    cosh + error
}

/// cosh x as a pair.
#[inline(always)]
pub(super) fn cosh_pair<I: Isa, T: HyperbolicLane>(parts: &Parts<T>) -> (T, T) {
    let &Parts { odd, even, r, sinh, half_square, cosh } = parts;
    let (sum, error) = two_mul_add::<I, T>(odd.0, r, even.0);
    let error = T::mul_add::<I>(odd.1, r, error + even.1);
    let error = T::mul_add::<I>(odd.0, sinh, error);
    let (sum, square_error) = two_mul_add::<I, T>(even.0, half_square, sum);
    let error = error + square_error;
    let scale = T::of(0.5 * SCALE);
    (sum * scale, T::mul_add::<I>(even.0, cosh, error) * scale)
}

#[inline(always)]
fn tanh<I: Isa, T: ExpLane>(x: T) -> T {
    // Beyond this the result is 1. Written so that a nan passes.
    let a = x.abs();
    let a = if T::of(22.0) < a { T::of(22.0) } else { a };
    let (rounded, r, r_error) = reduce::<I, T>(a + a, T::BIAS);
    let (sum, tail) = exp_minus_one::<I, T>(r, r_error);
    let power = rounded.power_of_two();
    let (high, error) = two_sum(power - T::of(1.0), power * sum);
    let (high, low) = fast_two_sum(high, T::mul_add::<I>(power, tail, error));
    let (divisor, divisor_error) = two_sum(high, T::of(2.0));
    let (q, rest) = quotient::<I, T>((high, low), (divisor, divisor_error + low));
    (q + rest).xor_sign(x)
}
