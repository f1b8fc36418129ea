//! The logarithms, to the bases e, 2 and 10, and that of 1 + z.
//!
//! log z = log(x² + y²)/2 + i·arctan2(y, x). The squares are pairs. Where their sum is near 1, 1 is
//! subtracted from the four numbers before they lose what they have in common; so the real part has all
//! its digits on the unit circle, too. For log(1 + z) that is 2x + x² + y², of five numbers.

use std::f64::consts::LN_2;

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};

use super::super::digits::Digits;
use super::super::exact::two_sum;
use super::super::log::{LogLane, log_pair};
use super::super::pairs::{
    Pair, arctan2, is_extreme, is_huge, is_tiny, product, scaled, select, sum, sum_of_five, value,
};
use super::super::{Arctan2, Log1p};

super::kernels! {
    Log, 4.0: log, is_rare, rare_log;
    Log2, 4.5: log2, is_rare, rare_log2;
    Log10, 4.5: log10, is_rare, rare_log10;
    Log1p, 4.5: log1p, is_rare_log1p, rare_log1p;
}

#[inline(always)]
fn is_rare(x: f64, y: f64) -> bool {
    is_extreme(x, y) | ((x == 0.0) & (y == 0.0))
}

/// (log(x² + y²) + n·ln 2) / 2.
#[inline(always)]
fn log_of_size<I: Isa>(x: f64, y: f64, n: f64) -> Pair {
    let (a, b) = (x.abs(), y.abs());
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    let (square, square_low) = I::two_product(large, large);
    let (other, other_low) = I::two_product(small, small);
    let near = (square > 0.4) & (square < 2.5);
    let one = if near { 1.0 } else { 0.0 };
    let (rest, rest_low) = sum_of_five([square_low, other_low, other, square, -one]);
    let (size, size_low) = two_sum(one, rest);
    scaled(log_pair::<I, f64>(size, size_low + rest_low, n), 0.5)
}

/// The logarithm's parts, the imaginary one without its sign.
#[inline(always)]
pub(super) fn log_parts<I: Isa>(x: f64, y: f64) -> (Pair, Pair) {
    (log_of_size::<I>(x, y, 0.0), arctan2::<I>((y.abs(), 0.0), (x, 0.0)))
}

#[inline(always)]
fn in_base<I: Isa>((re, im): (Pair, Pair), y: f64, factor: Pair) -> (f64, f64) {
    (value(product::<I>(re, factor)), value(product::<I>(im, factor)).copysign(y))
}

#[inline(always)]
fn log<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = log_parts::<I>(x, y);
    (value(re), value(im).copysign(y))
}

#[inline(always)]
fn log2<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    in_base::<I>(log_parts::<I>(x, y), y, f64::LOG2_E)
}

#[inline(always)]
fn log10<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    in_base::<I>(log_parts::<I>(x, y), y, f64::LOG10_E)
}

/// As [`log_parts`], of anything.
pub(super) fn any_log_parts(x: f64, y: f64) -> (Pair, Pair) {
    let size = if x.is_infinite() || y.is_infinite() {
        (f64::INFINITY, 0.0)
    } else if x.is_nan() || y.is_nan() {
        (f64::NAN, 0.0)
    } else if x == 0.0 && y == 0.0 {
        (f64::NEG_INFINITY, 0.0)
    } else {
        // Of a number of middle size; near 1 of the number itself.
        let exponent = x.abs().max(y.abs()).frexp().1;
        let exponent = if (0..2).contains(&exponent) { 0 } else { i64::from(exponent) };
        log_of_size::<Baseline>(x.ldexp(-exponent), y.ldexp(-exponent), 2.0 * exponent as f64)
    };
    (size, (<Arctan2 as Binary<f64>>::rare(y.abs(), x), 0.0))
}

fn rare_log(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = any_log_parts(x, y);
    (value(re), value(im).copysign(y))
}

fn rare_log2(x: f64, y: f64) -> (f64, f64) {
    rare_in_base(x, y, f64::LOG2_E)
}

fn rare_log10(x: f64, y: f64) -> (f64, f64) {
    rare_in_base(x, y, f64::LOG10_E)
}

fn rare_in_base(x: f64, y: f64, factor: Pair) -> (f64, f64) {
    let (re, im) = any_log_parts(x, y);
    let (re_product, im) = in_base::<Baseline>((re, im), y, factor);
    (if re.0.is_finite() { re_product } else { re.0 }, im)
}

#[inline(always)]
fn is_rare_log1p(x: f64, y: f64) -> bool {
    is_huge(x) | is_huge(y) | is_tiny(y) | is_tiny(x) | ((x == -1.0) & (y == 0.0))
}

#[inline(always)]
fn log1p<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let b = y.abs();
    let (square, square_low) = I::two_product(x, x);
    let (other, other_low) = I::two_product(y, y);
    let (rest, rest_low) = sum_of_five([square_low, other_low, other, square, 2.0 * x]);
    let (near, near_low) = two_sum(1.0, rest);
    let adjacent = two_sum(1.0, x);
    // Far from 1 it is (1 + x)² + y².
    let size = sum(product::<I>(adjacent, adjacent), (other, other_low));
    let size = select((near > 0.4) & (near < 2.5), (near, near_low + rest_low), size);
    let re = log_pair::<I, f64>(size.0, size.1, 0.0);
    let im = arctan2::<I>((b, 0.0), adjacent);
    (0.5 * value(re), value(im).copysign(y))
}

fn rare_log1p(x: f64, y: f64) -> (f64, f64) {
    if is_huge(x) || is_huge(y) {
        return rare_log(x, y);
    }
    if x == -1.0 {
        return rare_log(0.0, y);
    }
    if x.abs() < 1e-140 && y.abs() < 1e-70 {
        return (x + 0.5 * y * y, y);
    }
    if is_tiny(y) {
        // Its square is of no account.
        let re = if x > -1.0 {
            <Log1p as Unary<f64>>::call::<Baseline>(x)
        } else {
            log::<Baseline>(1.0 + x, 0.0).0
        };
        return (re, <Arctan2 as Binary<f64>>::rare(y, 1.0 + x));
    }
    log1p::<Baseline>(x, y)
}

/// The real part of log 2z.
pub(super) fn log_of_double(x: f64, y: f64) -> f64 {
    let (re, _) = any_log_parts(x, y);
    value(re) + LN_2
}
