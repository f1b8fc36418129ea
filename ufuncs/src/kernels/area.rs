//! The inverse hyperbolic functions: logarithms of pairs.
//!
//! - arcsinh x = log(1 + y) with y = |x| + (√(x² + 1) - 1),
//! - arccosh x = log(1 + y) with y = (x - 1) + √(x² - 1),
//!
//! where squares, roots and sums are pairs, so that y has all its bits however small, and
//! [`log`](super::log) takes pairs. Beyond 2^28 both are log x + ln 2.
//!
//! - arctanh x = log(u/v) / 2 with u = 1 + |x| and v = 1 - |x|, pairs: u/v = 2^k · m, and
//!   log m = 2 artanh((u - 2^k·v) / (u + 2^k·v)) takes one division. k comes from the difference of the
//!   bits of u and v, so m is in 2^±0.5861, and the polynomial of a higher degree than the logarithm's: 7
//!   in `f64` (relative error 2^-62.6), 2 in `f32` (2^-28.38).
//!
//! For AVX-512 there are loops of their own, with tables: [`wide::area`](super::wide).

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient, sqrt_pair, two_sum, wide_polynomial};
use super::lane::lanes;
use super::log::{LogLane, log_pair, plus_exponent};

/// The inverse hyperbolic sine.
#[derive(Clone, Copy, Debug)]
pub struct Arcsinh;
/// The inverse hyperbolic cosine.
#[derive(Clone, Copy, Debug)]
pub struct Arccosh;
/// The inverse hyperbolic tangent.
#[derive(Clone, Copy, Debug)]
pub struct Arctanh;

lanes! {
    Arcsinh: arcsinh, 1.2, 0.5, f64: super::wide::area::arcsinh, f32: super::wide::area::arcsinh_f32;
    Arccosh: arccosh, 1.2, 0.5, f64: super::wide::area::arccosh, f32: super::wide::area::arccosh_f32;
    Arctanh: arctanh, 0.9, 0.4, f64: super::wide::area::arctanh, f32: super::wide::area::arctanh_f32;
}

/// From here on, 2^28, 1 is nothing beside x².
const LARGE: f64 = 268_435_456.0;

#[inline(always)]
fn arcsinh<I: Isa, T: LogLane>(x: T) -> T {
    let one = T::of(1.0);
    let a = x.abs();
    let large = a > T::of(LARGE);
    let limited = if large { one } else { a };
    let (square, square_low) = T::two_product::<I>(limited, limited);
    let (sum, sum_low) = two_sum(one, square);
    let (root, root_low) = sqrt_pair::<I, T>(sum, sum_low + square_low);
    let (y, y_low) = two_sum(limited, root - one);
    let log = log_of_sum::<I, T>(large, a, y, y_low + root_low);
    if a == T::INFINITY { x } else { log.copysign(x) }
}

#[inline(always)]
fn arccosh<I: Isa, T: LogLane>(x: T) -> T {
    let one = T::of(1.0);
    let large = x > T::of(LARGE);
    let limited = if large { one } else { x };
    let (square, square_low) = T::two_product::<I>(limited, limited);
    let (difference, difference_low) = two_sum(square, -one);
    let (difference, difference_low) = fast_two_sum(difference, difference_low + square_low);
    let (root, root_low) = sqrt_pair::<I, T>(difference, difference_low);
    let (y, y_low) = two_sum(limited - one, root);
    let log = log_of_sum::<I, T>(large, x, y, y_low + root_low);
    let log = if x < one { T::NAN } else { log };
    if x == T::INFINITY { x } else { log }
}

/// log(1 + the pair y), or log 2x if x is large.
#[inline(always)]
fn log_of_sum<I: Isa, T: LogLane>(large: bool, x: T, y: T, y_low: T) -> T {
    let (sum, sum_low) = two_sum(T::of(1.0), y);
    let u = if large { x } else { sum };
    let u_low = if large { T::of(0.0) } else { sum_low + y_low };
    let doublings = if large { T::of(1.0) } else { T::of(0.0) };
    let (high, low) = log_pair::<I, T>(u, u_low, doublings);
    // Not a number if x is not, as its bits are taken apart.
    if x.abs() <= T::INFINITY { high + low } else { x }
}

/// What the inverse hyperbolic tangent knows of a float type.
trait ArctanhLane: LogLane {
    /// (2 artanh(√z/2) - √z) / z^(3/2) on [0, 0.401²].
    fn wide_artanh_tail<I: Isa>(z: Self) -> Self;
}

impl ArctanhLane for f64 {
    #[inline(always)]
    fn wide_artanh_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 8] = [
            0.08333333333333325,
            0.012500000000017816,
            0.002232142855914533,
            0.0004340278186150705,
            8.877766000640266e-05,
            1.8788025675210032e-05,
            4.020055277371545e-06,
            1.0565050549860138e-06,
        ];
        wide_polynomial::<I, _, 8>(z, TAIL)
    }
}

impl ArctanhLane for f32 {
    #[inline(always)]
    fn wide_artanh_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 3>(z, [0.083333686, 0.012486751, 0.0023723633])
    }
}

#[inline(always)]
fn arctanh<I: Isa, T: ArctanhLane>(x: T) -> T {
    let one = T::of(1.0);
    let half = T::of(0.5);
    let a = x.abs();
    let (u, u_low) = fast_two_sum(one, a);
    let (v, v_low) = fast_two_sum(one, -a);
    let (k, power) = u.ratio_power(v);
    let (v, v_low) = (v * power, v_low * power);
    let (numerator, numerator_low) = two_sum(u, -v);
    let (denominator, denominator_low) = two_sum(half * u, half * v);
    let (q, rest) = quotient::<I, T>(
        (numerator, numerator_low + (u_low - v_low)),
        (denominator, T::mul_add::<I>(half, u_low + v_low, denominator_low)),
    );
    let z = q * q;
    let tail = T::mul_add::<I>(z * q, T::wide_artanh_tail::<I>(z), rest);
    let (high, low) = plus_exponent::<I, T>((q, tail), k);
    let arctanh = (half * (high + low)).copysign(x);
    let arctanh = if a < one { arctanh } else { T::NAN };
    if a == one { T::INFINITY.copysign(x) } else { arctanh }
}
