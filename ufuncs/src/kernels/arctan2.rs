//! The angle of a point: the inverse tangent of a quotient, in the quadrant of both signs.
//!
//! With u the smaller and v the larger of |y| and |x|, arctan u/v by [`arctan`](super::arctan)'s
//! reduction, whose fraction u/v or (u - v)/(u + v) is a pair; then from π/2 or π as the quadrant
//! asks, all of which is one multiple of π/4 and one sign. Arguments that are not finite, both zero,
//! or so large or small that the quotient's remainder could over- or underflow, are rare.
//!
//! `f32` is the same, or in `f64` where products are not exact.
//!
//! For AVX-512 there is for `f32` a loop of its own, with tables: [`wide::arctan2`](super::wide).

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};
use array_core::{complex64, complex128, f16, kernel};

use super::arctan::{ArctanLane, arctan_of_quotient};
use super::exact::two_sum;
use super::half::narrow;

/// The angle of the point (x, y), given y first.
#[derive(Clone, Copy, Debug)]
pub struct Arctan2;

impl Binary<f64> for Arctan2 {
    type Output = f64;
    const COST: f32 = 1.1;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(y: f64, x: f64) -> f64 {
        arctan2::<I, f64>(y, x)
    }

    #[inline(always)]
    fn is_rare(y: f64, x: f64) -> bool {
        let (small, large) = ordered(y.abs(), x.abs());
        // Written so that a nan is rare.
        !(large < 1e120 && large > 1e-120 && small < 1e120) || (small < 1e-140 && small > 0.0)
    }

    #[cold]
    #[inline(never)]
    fn rare(y: f64, x: f64) -> f64 {
        if y.is_nan() || x.is_nan() {
            return f64::NAN;
        }
        // Infinities are as finite numbers that dwarf all others, zeros as ones that all others dwarf.
        let (a, b) = (y.abs(), x.abs());
        let (a, b) = if a == b && (a == 0.0 || a == f64::INFINITY) {
            (if a == 0.0 && x.is_sign_positive() { 0.0 } else { 1.0 }, if a == 0.0 { 1e300 } else { 1.0 })
        } else {
            (a, b)
        };
        let quotient = a / b;
        if quotient < 1e-100 {
            return if x.is_sign_positive() { quotient } else { std::f64::consts::PI }.copysign(y);
        }
        if quotient > 1e100 {
            return std::f64::consts::FRAC_PI_2.copysign(y);
        }
        // Not far apart: scaled to the middle of the exponents.
        let power = f64::from_bits(2046_u64.saturating_sub(a.to_bits() >> 52).clamp(1, 2045) << 52);
        arctan2::<Baseline, f64>((a * power).copysign(y), (b * power).copysign(x))
    }
}

impl Binary<f32> for Arctan2 {
    type Output = f32;
    const COST: f32 = 0.5;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(y: f32, x: f32) -> f32 {
        if I::FMA { arctan2::<I, f32>(y, x) } else { arctan2::<I, f64>(f64::from(y), f64::from(x)) as f32 }
    }

    #[inline(always)]
    fn is_rare(y: f32, x: f32) -> bool {
        let (small, large) = ordered(y.abs(), x.abs());
        !(large < 1e15 && large > 1e-15 && small < 1e15) || (small < 1e-20 && small > 0.0)
    }

    #[cold]
    #[inline(never)]
    fn rare(y: f32, x: f32) -> f32 {
        let (y, x) = (f64::from(y), f64::from(x));
        if <Arctan2 as Binary<f64>>::is_rare(y, x) {
            return <Arctan2 as Binary<f64>>::rare(y, x) as f32;
        }
        arctan2::<Baseline, f64>(y, x) as f32
    }

    super::wide::binary! { f32, rare: super::wide::arctan2::arctan2_f32 }
}

/// The smaller and the larger.
#[inline(always)]
fn ordered<T: PartialOrd>(a: T, b: T) -> (T, T) {
    if a < b { (a, b) } else { (b, a) }
}

#[inline(always)]
fn arctan2<I: Isa, T: ArctanLane>(y: T, x: T) -> T {
    let (a, b) = (y.abs(), x.abs());
    let (small, large) = ordered(a, b);
    let middle = small > T::of(0.4142135623730951) * large;
    let (sum, sum_low) = two_sum(large, small);
    let (difference, difference_low) = two_sum(small, -large);
    let zero = T::of(0.0);
    let numerator = if middle { (difference, difference_low) } else { (small, zero) };
    let denominator = if middle { (sum, sum_low) } else { (large, zero) };
    let quarters = if middle { T::of(1.0) } else { zero };
    // From π/2 where |y| is the larger, then from π where x is negative; each turns the sign.
    let steep = a > b;
    let quarters = if steep { T::of(2.0) - quarters } else { quarters };
    let backward = T::of(1.0).xor_sign(x) < zero;
    let quarters = if backward { T::of(4.0) - quarters } else { quarters };
    let sign = if steep != backward { T::of(-1.0) } else { T::of(1.0) };
    let numerator = (sign * numerator.0, sign * numerator.1);
    let (high, low) = arctan_of_quotient::<I, T>(numerator, denominator, quarters);
    (high + low).xor_sign(y)
}

/// The angle of a complex number, or of a real one: 0 or π.
#[derive(Clone, Copy, Debug)]
pub struct Angle;

kernel! { unary Angle, 0.3:
    [f16] => same, |x| narrow(if x.is_nan() { f32::NAN } else if x.is_sign_negative() { std::f32::consts::PI } else { 0.0 });
    [f32] => same, |x| if x.is_nan() { x } else if x.is_sign_negative() { std::f32::consts::PI } else { 0.0 };
    [f64] => same, |x| if x.is_nan() { x } else if x.is_sign_negative() { std::f64::consts::PI } else { 0.0 };
}

macro_rules! angles {
    ($($complex:ident, $real:ident, $cost:literal;)*) => {$(
        impl Unary<$complex> for Angle {
            type Output = $real;
            const COST: f32 = $cost;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(z: $complex) -> $real {
                <Arctan2 as Binary<$real>>::call::<I>(z.im, z.re)
            }

            #[inline(always)]
            fn is_rare(z: $complex) -> bool {
                <Arctan2 as Binary<$real>>::is_rare(z.im, z.re)
            }

            #[cold]
            #[inline(never)]
            fn rare(z: $complex) -> $real {
                <Arctan2 as Binary<$real>>::rare(z.im, z.re)
            }
        }
    )*};
}
angles! { complex64, f32, 0.5; complex128, f64, 1.1; }
