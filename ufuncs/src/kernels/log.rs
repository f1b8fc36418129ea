//! The natural logarithm.
//!
//! **f64.** `x = 2^e · m` with m in [√½, √2), and log m = 2 artanh((m-1)/(m+1)) =
//! q + q³·P(q²) with q = (m-1) / ((m+1)/2), P of degree 6, relative error of log m 2^-59.0 (FDLIBM's
//! `e_log.c` has the same series). The quotient is a pair of `f64`, its remainder divided by one
//! more multiplication; e·ln 2 is added with its rounding error. So nearly nothing but the last
//! rounding is lost: q³·P is below 1/100 of the result. Subnormal x are rare.
//!
//! **f32.** In `f64`, where no `f32` is subnormal, the same with P of degree 3, relative error
//! 2^-37.6, and nothing carried. (A polynomial of m - 1 saves the division but needs degree 12.)
//!
//! The polynomials are minimax fits (Remez exchange, 240 bits) with each coefficient rounded in
//! turn and the rest fitted again.

use std::f64::consts::LN_2;

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{polynomial, remainder};

/// The natural logarithm.
#[derive(Clone, Copy, Debug)]
pub struct Log;

impl Unary<f64> for Log {
    type Output = f64;
    const COST: f32 = 0.7;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        let (m, e) = split(x.to_bits());
        with_edges(x, log::<I>(m, e))
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x < f64::MIN_POSITIVE && x > 0.0
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        let (m, e) = split((x * 18_014_398_509_481_984.0).to_bits());
        log::<Baseline>(m, e - 54.0)
    }
}

const ONE: u64 = 1.0_f64.to_bits();
const SQRT_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
/// 2^52: in the binade above it the lowest bits of an `f64` are an integer.
const INTEGERS: f64 = 4_503_599_627_370_496.0;
/// ln 2 in 42 bits, so that products with e are exact, and the rest.
const LN_2_HIGH: f64 = 0.6931471805598903;
const LN_2_LOW: f64 = 5.497923018708371e-14;

/// (2 artanh(√z/2) - √z) / z^(3/2) on [0, 0.3432²].
const ARTANH: [f64; 7] = [
    0.08333333333333418,
    0.012499999999817832,
    0.002232142870459952,
    0.00043402731683814976,
    8.878692328053354e-05,
    1.8693983512899925e-05,
    4.515179781377784e-06,
];

/// `(m, e)` with x = 2^e · m and m in [√½, √2), for the bits of a normal positive x.
#[inline(always)]
fn split(bits: u64) -> (f64, f64) {
    let moved = bits.wrapping_add(ONE - SQRT_HALF);
    let m = f64::from_bits((moved & ((1 << 52) - 1)) + SQRT_HALF);
    let e = f64::from_bits(moved >> 52 | INTEGERS.to_bits()) - (INTEGERS + 1023.0);
    (m, e)
}

/// log(2^e · m).
#[inline(always)]
fn log<I: Isa>(m: f64, e: f64) -> f64 {
    let f = m - 1.0;
    let mean = I::mul_add(0.5, m, 0.5);
    let mean_error = I::mul_add(0.5, m, 0.5 - mean);
    let reciprocal = 1.0 / mean;
    let q = f * reciprocal;
    let rest = I::mul_add(-q, mean_error, remainder::<I>(f, q, mean));

    let z = q * q;
    let tail = I::mul_add(z * q, polynomial::<I, 7>(z, ARTANH), rest * reciprocal);
    let sum = I::mul_add(e, LN_2_HIGH, q);
    let error = I::mul_add(e, LN_2_HIGH, -sum) + q;
    sum + (I::mul_add(e, LN_2_LOW, error) + tail)
}

/// `log`, unless x is 0, negative, infinite or nan.
#[inline(always)]
fn with_edges(x: f64, log: f64) -> f64 {
    let log = if x > 0.0 { log } else { f64::NAN };
    let log = if x == 0.0 { f64::NEG_INFINITY } else { log };
    if x == f64::INFINITY { x } else { log }
}

impl Unary<f32> for Log {
    type Output = f32;
    const COST: f32 = 0.45;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        let wide = f64::from(x);
        let (m, e) = split(wide.to_bits());
        let q = (m - 1.0) / I::mul_add(0.5, m, 0.5);
        let z = q * q;
        let log = I::mul_add(z * q, polynomial::<I, 4>(z, ARTANH_F32), q);
        let log = I::mul_add(e, LN_2, log) as f32;
        let log = if x > 0.0 { log } else { f32::NAN };
        let log = if x == 0.0 { f32::NEG_INFINITY } else { log };
        if x == f32::INFINITY { x } else { log }
    }
}

/// As `ARTANH`.
const ARTANH_F32: [f64; 4] =
    [0.08333333206089802, 0.012500104539899502, 0.002229480284019359, 0.00046057528245200516];
