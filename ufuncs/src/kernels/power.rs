//! x to the power of y.
//!
//! On AVX-512 there are loops with tables instead: `wide/power.rs`.
//!
//! **f64.** e^(y·log|x|), where the logarithm is a pair of relative error 2^-65: its series' quotient q,
//! q³/12 and q⁵·P(q²), P of degree 6, are pairs (see [`log`](super::log)), and only P is not. So is its
//! product with y, at most 2^9.5 where the result is finite: an error of 0.3 ULP at most beside the
//! last rounding. The exponential is [`exp`](super::exp)'s, scaled in two steps, so that subnormal results
//! are rounded twice. Rare are x that are zero, subnormal or not finite, and y beyond 2^64.
//! x² is the product, as for y = 2 people expect it.
//!
//! **f32.** 2^(y·log₂|x|) in `f64`, the logarithm to 2^-37.6.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Binary;

use super::exact::{ROUND, fast_two_sum, polynomial, quotient, two_sum, wide_polynomial};
use super::exp::{ExpLane, exp2_f32, twice_exp};
use super::lane::Lane;
use super::log::times;
use super::wide;

/// x to the power of y.
#[derive(Clone, Copy, Debug)]
pub struct Power;

impl Binary<f64> for Power {
    type Output = f64;
    const COST: f32 = 1.7;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64, y: f64) -> f64 {
        let (m, e, _) = x.abs().split();
        with_sign(x, y, power::<I>(m, e, x, y))
    }

    #[inline(always)]
    fn is_rare(x: f64, y: f64) -> bool {
        let a = x.abs();
        let usual = (f64::MIN_POSITIVE..f64::INFINITY).contains(&a) & (y.abs() < HUGE_POWER);
        !usual // as is a nan
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64, y: f64) -> f64 {
        let a = x.abs();
        if y == 0.0 || x == 1.0 || (x == -1.0 && y.is_infinite()) {
            return 1.0;
        }
        if x.is_nan() || y.is_nan() {
            return f64::NAN;
        }
        if a > 0.0 && a < f64::MIN_POSITIVE && y.abs() < HUGE_POWER {
            let (m, e, _) = (a * 18_014_398_509_481_984.0).split(); // 2^54
            return with_sign(x, y, power::<Baseline>(m, e - 54.0, x, y));
        }
        let size = if a == 1.0 {
            1.0
        } else if (a > 1.0) == (y > 0.0) {
            f64::INFINITY
        } else {
            0.0
        };
        let negative = x.is_sign_negative();
        if negative && is_odd(y) {
            -size
        } else if negative && a > 0.0 && a.is_finite() && !is_integer(y) {
            f64::NAN
        } else {
            size
        }
    }
    wide::binary! { f64, rare: wide::power::power }
}

/// Every finite y from here on, 2^64, is an even integer, and x to its power 0, 1 or infinite.
const HUGE_POWER: f64 = 18_446_744_073_709_551_616.0;
/// From here on, 2^52, every number is an integer.
const INTEGERS: f64 = 4_503_599_627_370_496.0;

#[inline(always)]
fn is_integer(y: f64) -> bool {
    let y = y.abs();
    (y >= INTEGERS) | ((y + INTEGERS) - INTEGERS == y)
}

/// Of an integer.
#[inline(always)]
fn is_odd(y: f64) -> bool {
    let y = y.abs();
    let lowest = if y >= INTEGERS { y } else { y + INTEGERS };
    is_integer(y) & (lowest.to_bits() & 1 == 1) & (y < 2.0 * INTEGERS)
}

/// |x|^y as x^y.
#[inline(always)]
fn with_sign(x: f64, y: f64, power: f64) -> f64 {
    let signed = if is_odd(y) { power.xor_sign(x) } else { power };
    if (x < 0.0) & !is_integer(y) { f64::NAN } else { signed }
}

/// |x|^y for |x| = 2^e · m with m in [√½, √2).
#[inline(always)]
fn power<I: Isa>(m: f64, e: f64, x: f64, y: f64) -> f64 {
    let (log, log_low) = log::<I>(m, e);
    let (p, p_low) = times::<I, f64>((log, log_low), (y, 0.0));
    // Beyond these the result is 0 or inf.
    let inside = (p > -760.0) & (p < 720.0);
    let p_low = if inside { p_low } else { 0.0 };
    let p = if p > -760.0 { p } else { -760.0 };
    let p = if p < 720.0 { p } else { 720.0 };

    let tiny = p < -680.0;
    let rounded = I::mul_add(p, std::f64::consts::LOG2_E, ROUND);
    let n = rounded - ROUND;
    let exact = I::mul_add(-n, f64::LN_2_HIGH, p);
    let r = I::mul_add(-n, f64::LN_2_LOW, exact);
    let r_error = I::mul_add(-n, f64::LN_2_LOW, exact - r) + p_low;
    let (r, r_error) = two_sum(r, r_error);
    let (sum, error) = twice_exp::<I>(r, r_error);
    // 2^(n-1), of tiny ones 2^(n-1+128), of infinite ones inf.
    let biased = if tiny { n + (ROUND + 1150.0) } else { n + (ROUND + 1022.0) };
    let biased = if p > 710.0 { ROUND + 2047.0 } else { biased };
    let power = (sum + error) * biased.power_of_two();
    let power = if tiny { power * 2.938735877055719e-39 } else { power }; // 2^-128
    if y == 2.0 { x * x } else { power }
}

/// log(2^e · m) as a pair, m in [√½, √2).
#[inline(always)]
fn log<I: Isa>(m: f64, e: f64) -> (f64, f64) {
    const TWELFTH: (f64, f64) = (1.0 / 12.0, 4.625929269271485e-18);
    const TAIL: [f64; 7] = [
        0.012500000000000705,
        0.0022321428570390325,
        0.0004340277835920233,
        8.877824398729303e-05,
        1.8782662641522834e-05,
        4.0456606097390394e-06,
        1.0067973497744918e-06,
    ];
    let mean = I::mul_add(0.5, m, 0.5);
    let mean_low = I::mul_add(0.5, m, 0.5 - mean);
    let (q, q_low) = quotient::<I, f64>((m - 1.0, 0.0), (mean, mean_low));
    let square = times::<I, f64>((q, q_low), (q, q_low));
    let cube = times::<I, f64>(square, (q, q_low));
    let (third, third_low) = times::<I, f64>(cube, TWELFTH);
    let fifth = times::<I, f64>(cube, square);
    let series = wide_polynomial::<I, _, 7>(square.0, TAIL);
    let (tail, tail_low) = I::two_product(fifth.0, series);
    let tail_low = I::mul_add(fifth.1, series, tail_low);
    let (sum, sum_low) = fast_two_sum(q, third);
    let (sum, tail_error) = fast_two_sum(sum, tail);
    let low = (sum_low + tail_error) + (q_low + (third_low + tail_low));
    // e · LN_2_HIGH is exact.
    let product = e * f64::LN_2_HIGH;
    let (high, error) = fast_two_sum(product, sum);
    fast_two_sum(high, error + I::mul_add(e, f64::LN_2_LOW, low))
}

impl Binary<f32> for Power {
    type Output = f32;
    const COST: f32 = 0.6;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f32, y: f32) -> f32 {
        // Where x is subnormal it is not as an f64.
        let (wide, y) = (f64::from(x), f64::from(y));
        let (m, e, _) = wide.abs().split();
        let q = (m - 1.0) / I::mul_add(0.5, m, 0.5);
        let z = q * q;
        let log = I::mul_add(z * q, polynomial::<I, _, 4>(z, LOG2_TAIL_F32), q * std::f64::consts::LOG2_E);
        let p = y * (e + log);
        let p = if p > -160.0 { p } else { -160.0 };
        let p = if p < 130.0 { p } else { 130.0 };
        let power = if y == 2.0 { wide * wide } else { exp2_f32::<I>(p) };
        with_sign(wide, y, power) as f32
    }

    #[inline(always)]
    fn is_rare(x: f32, y: f32) -> bool {
        let a = x.abs();
        let usual = (a > 0.0) & (a < f32::INFINITY) & (y.abs() < f32::INFINITY);
        !usual
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f32, y: f32) -> f32 {
        // Zeros, infinities and nan only.
        <Power as Binary<f64>>::rare(f64::from(x), f64::from(y)) as f32
    }

    wide::binary! { f32, rare: wide::power::power_f32 }
}

/// (2 artanh(√z/2) - √z) / z^(3/2) / ln 2 on [0, 0.3432²].
const LOG2_TAIL_F32: [f64; 4] = [
    0.08333333206089802 * std::f64::consts::LOG2_E,
    0.012500104539899502 * std::f64::consts::LOG2_E,
    0.002229480284019359 * std::f64::consts::LOG2_E,
    0.00046057528245200516 * std::f64::consts::LOG2_E,
];
