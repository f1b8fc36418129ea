//! The natural logarithm, that to the base 2 and 10, and log(1 + x).
//!
//! On AVX-512 there are loops with tables instead: `wide/log.rs`.
//!
//! **f64.** `x = 2^e · m` with m in [√½, √2), and log m = 2 artanh((m-1)/(m+1)) =
//! q + q³·P(q²) with q = (m-1) / ((m+1)/2), P of degree 6, relative error of log m 2^-59.0 (FDLIBM's
//! `e_log.c` has the same series). The quotient is a pair of `f64`, its remainder divided by one
//! more multiplication; e·ln 2 is added with its rounding error. So nearly nothing but the last
//! rounding is lost: q³·P is below 1/100 of the result. Subnormal x are rare.
//!
//! For other bases the pair of log m is multiplied by another pair, log₂e or log₁₀e. For
//! log(1 + x), 1 + x is a pair whose second part is carried into the quotient's remainder: so small
//! x keep all their bits.
//!
//! **f32.** The same with P of degree 2, relative error 2^-30.21, and nothing rare.
//! Where products are not exact, in `f64`.
//!
//! The polynomials are minimax fits (Remez exchange, 200 bits or more) with each coefficient
//! rounded in turn and the rest fitted again.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient, two_sum};
use super::exp::ExpLane;
use super::lane::{Lane, lanes};
use super::wide;

/// The natural logarithm.
#[derive(Clone, Copy, Debug)]
pub struct Log;
/// The logarithm to the base 2.
#[derive(Clone, Copy, Debug)]
pub struct Log2;
/// The logarithm to the base 10.
#[derive(Clone, Copy, Debug)]
pub struct Log10;
/// The natural logarithm of 1 + x.
#[derive(Clone, Copy, Debug)]
pub struct Log1p;

/// What the logarithms know of a float type.
pub(super) trait LogLane: ExpLane {
    /// 1 / ln 2 and what rounding it lost.
    const LOG2_E: (Self, Self);
    /// 1 / ln 10 and what rounding it lost.
    const LOG10_E: (Self, Self);
    /// ln 2 / ln 10 in so few bits that products with exponents are exact, and the rest.
    const LOG10_2: (Self, Self);

    /// (2 artanh(√z/2) - √z) / z^(3/2) on [0, 0.3432²].
    fn artanh_tail<I: Isa>(z: Self) -> Self;
}

impl LogLane for f64 {
    const LOG2_E: (f64, f64) = (std::f64::consts::LOG2_E, 2.0355273740931033e-17);
    const LOG10_E: (f64, f64) = (std::f64::consts::LOG10_E, 1.098319650216765e-17);
    const LOG10_2: (f64, f64) = (0.30102999566395283, 2.8363394551044964e-14);

    #[inline(always)]
    fn artanh_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 7] = [
            0.08333333333333418,
            0.012499999999817832,
            0.002232142870459952,
            0.00043402731683814976,
            8.878692328053354e-05,
            1.8693983512899925e-05,
            4.515179781377784e-06,
        ];
        polynomial::<I, _, 7>(z, TAIL)
    }
}

impl LogLane for f32 {
    const LOG2_E: (f32, f32) = (std::f32::consts::LOG2_E, 1.925963e-8);
    const LOG10_E: (f32, f32) = (std::f32::consts::LOG10_E, -1.010305e-8);
    const LOG10_2: (f32, f32) = (0.301_025_4, 4.605039e-6);

    #[inline(always)]
    fn artanh_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 3>(z, [0.08333347, 0.012492997, 0.002333637])
    }
}

/// log(1 + f) as a pair, of a pair f in [√½ - 1, √2 - 1).
#[inline(always)]
fn log_mantissa<I: Isa, T: LogLane>(f: T, f_low: T) -> (T, T) {
    let one = T::of(1.0);
    let half = T::of(0.5);
    let mean = T::mul_add::<I>(half, f, one);
    let mean_low = T::mul_add::<I>(half, f_low, T::mul_add::<I>(half, f, one - mean));
    let (q, rest) = quotient::<I, T>((f, f_low), (mean, mean_low));
    let z = q * q;
    (q, T::mul_add::<I>(z * q, T::artanh_tail::<I>(z), rest))
}

/// `high + low + e · ln 2`, as a pair.
#[inline(always)]
pub(super) fn plus_exponent<I: Isa, T: LogLane>((high, low): (T, T), e: T) -> (T, T) {
    let sum = T::mul_add::<I>(e, T::LN_2_HIGH, high);
    let error = T::mul_add::<I>(e, T::LN_2_HIGH, -sum) + high;
    (sum, T::mul_add::<I>(e, T::LN_2_LOW, error) + low)
}

/// The logarithm to some base of a positive finite x that is not subnormal.
trait Base {
    fn log<I: Isa, T: LogLane>(m: T, e: T) -> T;
}

impl Base for Log {
    #[inline(always)]
    fn log<I: Isa, T: LogLane>(m: T, e: T) -> T {
        let (high, low) = plus_exponent::<I, T>(log_mantissa::<I, T>(m - T::of(1.0), T::of(0.0)), e);
        high + low
    }
}

impl Base for Log2 {
    #[inline(always)]
    fn log<I: Isa, T: LogLane>(m: T, e: T) -> T {
        let (high, low) = times::<I, T>(log_mantissa::<I, T>(m - T::of(1.0), T::of(0.0)), T::LOG2_E);
        let (sum, error) = fast_two_sum(e, high);
        sum + (error + low)
    }
}

impl Base for Log10 {
    #[inline(always)]
    fn log<I: Isa, T: LogLane>(m: T, e: T) -> T {
        let (high, low) = times::<I, T>(log_mantissa::<I, T>(m - T::of(1.0), T::of(0.0)), T::LOG10_E);
        let (e_high, e_low) = T::LOG10_2;
        let sum = T::mul_add::<I>(e, e_high, high);
        let error = T::mul_add::<I>(e, e_high, -sum) + high;
        sum + (T::mul_add::<I>(e, e_low, error) + low)
    }
}

/// The product of two pairs.
#[inline(always)]
pub(super) fn times<I: Isa, T: Lane>(a: (T, T), b: (T, T)) -> (T, T) {
    let (high, error) = T::two_product::<I>(a.0, b.0);
    (high, T::mul_add::<I>(a.1, b.0, T::mul_add::<I>(a.0, b.1, error)))
}

/// `log`, unless x is 0, negative, infinite or nan.
#[inline(always)]
fn with_edges<T: Lane>(x: T, log: T) -> T {
    let log = if x > T::of(0.0) { log } else { T::NAN };
    let log = if x == T::of(0.0) { -T::INFINITY } else { log };
    if x == T::INFINITY { x } else { log }
}

macro_rules! logarithms {
    ($($kernel:ident: $wide:path, $wide_f32:path;)*) => {$(
        impl Unary<f64> for $kernel {
            type Output = f64;
            const COST: f32 = 0.6;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(x: f64) -> f64 {
                let (m, e, _) = x.split();
                with_edges(x, <$kernel as Base>::log::<I, f64>(m, e))
            }

            #[inline(always)]
            fn is_rare(x: f64) -> bool {
                x < f64::MIN_POSITIVE && x > 0.0
            }

            #[cold]
            #[inline(never)]
            fn rare(x: f64) -> f64 {
                let (m, e, _) = (x * 18_014_398_509_481_984.0).split(); // 2^54
                <$kernel as Base>::log::<Baseline, f64>(m, e - 54.0)
            }

            wide::unary! { f64: $wide }
        }

        impl Unary<f32> for $kernel {
            type Output = f32;
            const COST: f32 = 0.3;

            #[inline(always)]
            fn call<I: Isa>(x: f32) -> f32 {
                if !I::FMA {
                    return <$kernel as Unary<f64>>::call::<I>(f64::from(x)) as f32;
                }
                let small = x < f32::MIN_POSITIVE;
                let (m, e, _) = (if small { x * 16_777_216.0 } else { x }).split(); // 2^24
                let e = if small { e - 24.0 } else { e };
                with_edges(x, <$kernel as Base>::log::<I, f32>(m, e))
            }

            wide::unary! { f32: $wide_f32 }
        }
    )*};
}
logarithms! {
    Log: wide::log::log, wide::log::log_f32;
    Log2: wide::log::log2, wide::log::log2_f32;
    Log10: wide::log::log10, wide::log::log10_f32;
}

lanes! { Log1p: log1p, 0.7, 0.35, f64: wide::log::log1p, f32: wide::log::log1p_f32; }

#[inline(always)]
fn log1p<I: Isa, T: LogLane>(x: T) -> T {
    let (high, low) = log1p_pair::<I, T>(x, T::of(0.0));
    let log = (high + low).copysign(x);
    let log = if x > T::of(-1.0) { log } else { T::NAN };
    let log = if x == T::of(-1.0) { -T::INFINITY } else { log };
    if x == T::INFINITY { x } else { log }
}

/// log(1 + x) as a pair, of x > -1 that is a pair itself.
#[inline(always)]
pub(super) fn log1p_pair<I: Isa, T: LogLane>(x: T, x_low: T) -> (T, T) {
    let (sum, sum_low) = two_sum(T::of(1.0), x);
    log_pair::<I, T>(sum, sum_low + x_low, T::of(0.0))
}

/// log x + n·ln 2 as a pair, of a normal x that is a pair itself.
#[inline(always)]
pub(super) fn log_pair<I: Isa, T: LogLane>(x: T, x_low: T, n: T) -> (T, T) {
    let (m, e, scale) = x.split();
    // Beyond 2^60 the lower part is of no account (and the scale may be 0).
    let m_low = if x < T::of(1.2e18) { x_low * scale } else { T::of(0.0) };
    let (f, f_low) = fast_two_sum(m - T::of(1.0), m_low);
    plus_exponent::<I, T>(log_mantissa::<I, T>(f, f_low), e + n)
}
