//! e^z, 2^z and e^z - 1.
//!
//! e^(x + iy) = e^x·(cos y + i sin y): a product of pairs, times a power of two in two factors, so that
//! what over- or underflows is not rare. For 2^z the angle y·ln 2 is a pair; from y = 2^30 on it is reduced as
//! [`payne_hanek`](super::super::payne_hanek) does it, with the digits of (2/π)·ln 2.
//!
//! The real part of e^z - 1 is (e^x - 1)·cos y - (1 - cos y), a difference of pairs: right relative to
//! the size of the result, and to itself unless it cancels by more than 2^8.

use std::f64::consts::LN_2;

use array_core::engine::isa::{Baseline, Isa};

use super::super::digits::Digits;
use super::super::exact::{ROUND, fast_two_sum, two_sum};
use super::super::exp::{exp_minus_one, reduce, reduce_exp2};
use super::super::lane::Lane;
use super::super::pairs::{
    Pair, exp_of_rest, far_exp, far_sin_cos, is_below, is_far, negative, power_in_two, product, scaled,
    scaled_product, sin_cos, sin_cos_of_pair, sin_cos_of_quadrant, sum, value, xor_sign,
};
use super::super::payne_hanek;

super::kernels! {
    Exp, 3.0: exp, is_rare, rare_exp;
    Exp2, 3.0: exp2, is_rare, rare_exp2;
    Expm1, 3.0: expm1, is_rare_expm1, rare_expm1;
}

/// Beyond these sizes of x the power of two needs more factors.
#[inline(always)]
fn is_rare(x: f64, y: f64) -> bool {
    is_far(y) | !is_below(x, 1300.0)
}

/// `size` · 2^(n-1) in the direction of `(sin, cos)`, given n + [`ROUND`].
#[inline(always)]
pub(super) fn in_direction<I: Isa>(size: Pair, rounded: f64, (sin, cos): (Pair, Pair)) -> (f64, f64) {
    let (a, b) = power_in_two(rounded - 1.0);
    // One factor first, as the sine may be subnormal.
    let size = scaled(size, a);
    (value(product::<I>(size, cos)) * b, value(product::<I>(size, sin)) * b)
}

#[inline(always)]
fn exp<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (rounded, r, r_error) = reduce::<I, f64>(x, 0.0);
    in_direction::<I>(exp_of_rest::<I>(r, r_error), rounded, sin_cos::<I>(y))
}

#[inline(always)]
fn exp2<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (rounded, r, r_error) = reduce_exp2::<I>(x, 0.0);
    in_direction::<I>(exp_of_rest::<I>(r, r_error), rounded, sin_cos_of_pair::<I>(times_ln_2::<I>(y)))
}

#[inline(always)]
fn times_ln_2<I: Isa>(y: f64) -> Pair {
    product::<I>((y, 0.0), (LN_2, 2.3190468138462996e-17))
}

pub(super) fn rare_exp(x: f64, y: f64) -> (f64, f64) {
    of_rare(x, y, far_exp, far_sin_cos)
}

fn rare_exp2(x: f64, y: f64) -> (f64, f64) {
    let size = |x: f64| {
        let (rounded, r, r_error) = reduce_exp2::<Baseline>(x.clamp(-3000.0, 3000.0), 0.0);
        (exp_of_rest::<Baseline>(r, r_error), (rounded - ROUND) as i64 - 1)
    };
    let direction = |y: f64| {
        if !is_far(y) {
            return sin_cos_of_pair::<Baseline>(times_ln_2::<Baseline>(y));
        }
        let (quadrant, high, low) = payne_hanek::reduce_doublings(y.abs());
        let (sin, cos) = sin_cos_of_quadrant::<Baseline>(quadrant, high, low);
        (xor_sign(sin, y), cos)
    };
    of_rare(x, y, size, direction)
}

/// What the exponentials have in common where a part is huge or not finite, given how they are computed of
/// a finite real part, as a pair and an exponent, and of a finite imaginary one, as sine and cosine.
fn of_rare(
    x: f64,
    y: f64,
    size: impl Fn(f64) -> (Pair, i64),
    direction: impl Fn(f64) -> (Pair, Pair),
) -> (f64, f64) {
    // As numbers, infinities are those that over- and underflow.
    let of_infinite = if x > 0.0 { f64::INFINITY } else { 0.0 };
    if y == 0.0 {
        let (pair, exponent) = if x.is_finite() { size(x) } else { ((x, 0.0), 0) };
        let of_finite = value(pair).ldexp(exponent);
        return (if x.is_infinite() { of_infinite } else { of_finite }, y);
    }
    if x.is_infinite() && !y.is_finite() {
        return (of_infinite, if x > 0.0 { f64::NAN } else { of_infinite.copysign(y) });
    }
    if x.is_nan() || !y.is_finite() {
        return (f64::NAN, f64::NAN);
    }
    let (sin, cos) = direction(y);
    if x.is_infinite() {
        return (of_infinite * cos.0, of_infinite * sin.0);
    }
    let (pair, exponent) = size(x);
    (scaled_product(pair, cos, exponent), scaled_product(pair, sin, exponent))
}

#[inline(always)]
fn is_rare_expm1(x: f64, y: f64) -> bool {
    is_far(y) | !is_below(x, 700.0)
}

#[inline(always)]
fn expm1<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    expm1_in_direction::<I>(x, y, sin_cos::<I>(y))
}

#[inline(always)]
fn expm1_in_direction<I: Isa>(x: f64, y: f64, (sin, cos): (Pair, Pair)) -> (f64, f64) {
    let (rounded, r, r_error) = reduce::<I, f64>(x, 1023.0);
    let power = rounded.power_of_two();
    let (less, tail) = exp_minus_one::<I, f64>(r, r_error);
    let (less, tail) = fast_two_sum(less, tail);
    let (less, tail) = (power * less, power * tail);
    let (high, low) = two_sum(power, less);
    let exp = fast_two_sum(high, low + tail);
    let (rest, rest_low) = two_sum(power, -1.0);
    let (high, low) = two_sum(rest, less);
    let expm1 = fast_two_sum(high, low + (rest_low + tail));
    let versine = sum((1.0, 0.0), negative(cos));
    let re = value(sum(product::<I>(expm1, cos), negative(versine)));
    let im = value(product::<I>(exp, sin));
    // On the real axis the series' first term may be a negative zero.
    (if (x == 0.0) & (y == 0.0) { x } else { re }, im)
}

fn rare_expm1(x: f64, y: f64) -> (f64, f64) {
    if !x.is_finite() || !y.is_finite() {
        // C99 does not have it, and so this is as NumPy writes it.
        let half_sine = (0.5 * y).sin();
        return (x.exp_m1() * y.cos() - 2.0 * half_sine * half_sine, x.exp() * y.sin());
    }
    if x.abs() < 700.0 {
        return expm1_in_direction::<Baseline>(x, y, far_sin_cos(y));
    }
    let (re, im) = rare_exp(x, y);
    (re - 1.0, im)
}
