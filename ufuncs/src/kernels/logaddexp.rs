//! The logarithm of a sum of exponentials, to the bases e and 2.
//!
//! log(e^a + e^b) = m + log(1 + e^-d), m the larger of a and b and d their difference, a pair;
//! likewise to the base 2. The exponential and the logarithm of 1 + it are pairs, and so is their
//! sum with m, so that the error is the last rounding and, where the summands nearly cancel (the
//! result is near 0), about 2^-59. `f32` is computed in `f64`.
//!
//! Folds over many elements do not take one logarithm after the other: `reduce/log_sums.rs` adds up the
//! exponentials.

use array_core::engine::fold::Whole;
use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};

use super::exact::{ROUND, two_sum};
use super::exp::{Exp, Exp2, ExpLane, reduce, reduce_exp2, twice_exp};
use super::lane::Lane;
use super::log::{LogLane, log1p_pair, times};
use crate::reduce::log_sums::LogSum;

/// log(e^a + e^b).
#[derive(Clone, Copy, Debug)]
pub struct Logaddexp;
/// log₂(2^a + 2^b).
#[derive(Clone, Copy, Debug)]
pub struct Logaddexp2;

/// What differs with the base.
pub(crate) trait Base: 'static {
    /// Of exponents below it the power is left to `power`.
    const LEAST: f64;
    /// log 2.
    const LOG_2: f64;
    /// The power d of the base, for `LEAST <= d <= 0`, as a pair.
    fn pair<I: Isa>(d: f64, d_low: f64) -> (f64, f64);
    /// The power d of the base, for d below `LEAST`.
    fn power(d: f64) -> f64;
    /// The pair of a natural logarithm as one to this base.
    fn to_base<I: Isa>(log: (f64, f64)) -> (f64, f64);
    /// `(n, r)`: the power d <= 0 of the base is 2^n · e^r, with n an integer and |r| at most about ln 2 / 2.
    fn parts(d: f64) -> (f64, f64);
}

/// The power d of the base, d <= 0 or nan, in plain `f64` and within 2 ULP: a summand of many. No instruction is
/// fused, so that it has the same bits on all instruction sets.
#[inline(always)]
pub(crate) fn summand<B: Base>(d: f64) -> f64 {
    // Written so that a nan passes; below, the power is 0 to either base.
    let d = if -1100.0 > d { -1100.0 } else { d };
    let (n, r) = B::parts(d);
    let power = r * r * (r * f64::exp_tail::<Unfused>(r) + 0.5) + r + 1.0;
    // Two factors, as 2^n may be subnormal.
    let half = n * 0.5 + ROUND - ROUND;
    let factor = |n: f64| (n + (ROUND + 1023.0)).power_of_two();
    power * factor(half) * factor(n - half)
}

/// An [`Isa`] that fuses nothing.
#[derive(Clone, Copy)]
struct Unfused;
impl Isa for Unfused {
    const FMA: bool = false;
}

/// The logarithm of 1 + `others` times the power `most` of the base.
pub(crate) fn logarithm<B: Base>(most: f64, others: f64) -> f64 {
    if others.is_nan() || most.is_infinite() {
        return if others.is_nan() { others } else { most };
    }
    let (log, log_low) = B::to_base::<Unfused>(log1p_pair::<Unfused, f64>(others, 0.0));
    let (sum, error) = two_sum(most, log);
    sum + (error + log_low)
}

impl Base for Logaddexp {
    const LEAST: f64 = -707.0;
    const LOG_2: f64 = std::f64::consts::LN_2;

    #[inline(always)]
    fn pair<I: Isa>(d: f64, d_low: f64) -> (f64, f64) {
        let (rounded, r, r_error) = reduce::<I, f64>(d, 1022.0);
        let (r, r_error) = two_sum(r, r_error + d_low);
        scaled(rounded, twice_exp::<I>(r, r_error))
    }
    fn power(d: f64) -> f64 {
        if <Exp as Unary<f64>>::is_rare(d) { <Exp as Unary<f64>>::rare(d) } else { Exp::call::<Baseline>(d) }
    }
    #[inline(always)]
    fn to_base<I: Isa>(log: (f64, f64)) -> (f64, f64) {
        log
    }
    #[inline(always)]
    fn parts(d: f64) -> (f64, f64) {
        let n = d * f64::LOG2_E.0 + ROUND - ROUND;
        (n, (d - n * f64::LN_2_HIGH) - n * f64::LN_2_LOW)
    }
}

impl Base for Logaddexp2 {
    const LEAST: f64 = -1020.0;
    const LOG_2: f64 = 1.0;

    #[inline(always)]
    fn pair<I: Isa>(d: f64, d_low: f64) -> (f64, f64) {
        let (rounded, r, r_error) = reduce_exp2::<I>(d, 1022.0);
        let (r, r_error) = two_sum(r, I::mul_add(d_low, std::f64::consts::LN_2, r_error));
        scaled(rounded, twice_exp::<I>(r, r_error))
    }
    fn power(d: f64) -> f64 {
        if <Exp2 as Unary<f64>>::is_rare(d) {
            <Exp2 as Unary<f64>>::rare(d)
        } else {
            Exp2::call::<Baseline>(d)
        }
    }
    #[inline(always)]
    fn to_base<I: Isa>(log: (f64, f64)) -> (f64, f64) {
        times::<I, f64>(log, f64::LOG2_E)
    }
    #[inline(always)]
    fn parts(d: f64) -> (f64, f64) {
        let n = d + ROUND - ROUND;
        (n, (d - n) * std::f64::consts::LN_2)
    }
}

#[inline(always)]
fn scaled(rounded: f64, (sum, error): (f64, f64)) -> (f64, f64) {
    let factor = rounded.power_of_two();
    (sum * factor, error * factor)
}

#[inline(always)]
fn ordered(a: f64, b: f64) -> (f64, f64) {
    if a < b { (b, a) } else { (a, b) }
}

#[inline(always)]
fn call<I: Isa, B: Base>(a: f64, b: f64) -> f64 {
    let (most, least) = ordered(a, b);
    let (d, d_low) = two_sum(least, -most);
    let (d, d_low) = if d < B::LEAST { (B::LEAST, 0.0) } else { (d, d_low) };
    let (power, power_low) = B::pair::<I>(d, d_low);
    let (log, log_low) = B::to_base::<I>(log1p_pair::<I, f64>(power, power_low));
    let (sum, error) = two_sum(most, log);
    sum + (error + log_low)
}

fn rare<B: Base>(a: f64, b: f64) -> f64 {
    let (most, least) = ordered(a, b);
    if a == b {
        return a + B::LOG_2; // both infinite
    }
    if a.is_nan() || b.is_nan() {
        return f64::NAN;
    }
    if most.is_infinite() || least.is_infinite() {
        return most;
    }
    // log(1 + so small a number) is the number, over ln 2 to the base 2.
    let difference = least - most;
    most + if difference.is_finite() { B::to_base::<Baseline>((B::power(difference), 0.0)).0 } else { 0.0 }
}

macro_rules! kernels {
    ($($kernel:ident)*) => {$(
        impl Binary<f64> for $kernel {
            type Output = f64;
            const COST: f32 = 1.6;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(a: f64, b: f64) -> f64 {
                call::<I, $kernel>(a, b)
            }

            fn whole() -> Option<Whole<f64>> {
                Some(Whole::of::<LogSum<$kernel>>())
            }

            #[inline(always)]
            fn is_rare(a: f64, b: f64) -> bool {
                let usual = (a - b).abs() < -<$kernel as Base>::LEAST;
                !usual // as is a nan
            }

            #[cold]
            #[inline(never)]
            fn rare(a: f64, b: f64) -> f64 {
                rare::<$kernel>(a, b)
            }
        }

        impl Binary<f32> for $kernel {
            type Output = f32;
            const COST: f32 = 1.6;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(a: f32, b: f32) -> f32 {
                call::<I, $kernel>(f64::from(a), f64::from(b)) as f32
            }

            fn whole() -> Option<Whole<f32>> {
                Some(Whole::of::<LogSum<$kernel>>())
            }

            #[inline(always)]
            fn is_rare(a: f32, b: f32) -> bool {
                let usual = (a - b).abs() < 700.0;
                !usual
            }

            #[cold]
            #[inline(never)]
            fn rare(a: f32, b: f32) -> f32 {
                if (a - b).is_finite() { a.max(b) } else { rare::<$kernel>(f64::from(a), f64::from(b)) as f32 }
            }
        }
    )*};
}
kernels! { Logaddexp Logaddexp2 }
