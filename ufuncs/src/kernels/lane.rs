//! What the kernels ask of a float, so that one text computes `f32` and `f64`.
//!
//! The `f32` kernels run in their own type where a fused multiply-add is one instruction: twice as
//! many fit in a vector. Where it is not, [`lanes`] computes the `f64` function and rounds.

use std::ops::{Add, Div, Mul, Neg, Sub};

use array_core::engine::isa::Isa;

/// `f32` or `f64`.
pub(super) trait Lane:
    Copy
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    const INFINITY: Self;
    const NAN: Self;
    const MIN_POSITIVE: Self;
    /// 1.5 · 2^p for p + 1 bits of mantissa: see [`super::exact::ROUND`].
    const ROUND: Self;
    /// The bias of the exponent.
    const BIAS: Self;

    /// The nearest number to a constant.
    fn of(constant: f64) -> Self;
    /// `a * b + c`, as [`Isa::mul_add`].
    fn mul_add<I: Isa>(a: Self, b: Self, c: Self) -> Self;
    /// `a * b` and its rounding error, as [`Isa::two_product`].
    fn two_product<I: Isa>(a: Self, b: Self) -> (Self, Self);
    fn abs(self) -> Self;
    fn sqrt(self) -> Self;
    /// The magnitude of `self` with the sign of `sign`.
    fn copysign(self, sign: Self) -> Self;
    /// `self` with its sign changed if `sign` is negative.
    fn xor_sign(self, sign: Self) -> Self;
    /// Of a number that holds a biased exponent in its lowest bits: that power of two.
    fn power_of_two(self) -> Self;
    /// One over a power of two between the least and the greatest normal one.
    fn reciprocal_power(self) -> Self;
    /// `(m, e, 2^-e)` with `self = 2^e · m` and m in [√½, √2), for a normal positive number.
    fn split(self) -> (Self, Self, Self);
    /// Whether the lowest bit of the mantissa is 1: of an integer plus [`ROUND`](Self::ROUND),
    /// whether it is odd.
    fn is_odd(self) -> bool;
    /// `(k, 2^k)` with self / divisor within 2^±0.5861 of 2^k, for positive normal numbers of which
    /// `divisor` is the smaller: the difference of their bits is nearly that of their logarithms.
    fn ratio_power(self, divisor: Self) -> (Self, Self);
}

macro_rules! lane {
    ($type:ident, $bits:ident, $mantissa:literal, $bias:literal, $mul_add:ident, |$a:ident, $b:ident| $two_product:expr) => {
        impl Lane for $type {
            const INFINITY: Self = $type::INFINITY;
            const NAN: Self = $type::NAN;
            const MIN_POSITIVE: Self = $type::MIN_POSITIVE;
            const ROUND: Self = (3_u64 << ($mantissa - 1)) as $type;
            const BIAS: Self = $bias as $type;

            #[inline(always)]
            fn of(constant: f64) -> Self {
                constant as $type
            }
            #[inline(always)]
            fn mul_add<I: Isa>(a: Self, b: Self, c: Self) -> Self {
                I::$mul_add(a, b, c)
            }
            #[inline(always)]
            fn two_product<I: Isa>($a: Self, $b: Self) -> (Self, Self) {
                $two_product
            }
            #[inline(always)]
            fn abs(self) -> Self {
                self.abs()
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                self.sqrt()
            }
            #[inline(always)]
            fn copysign(self, sign: Self) -> Self {
                self.copysign(sign)
            }
            #[inline(always)]
            fn xor_sign(self, sign: Self) -> Self {
                $type::from_bits(self.to_bits() ^ (sign.to_bits() & (-0.0 as $type).to_bits()))
            }
            #[inline(always)]
            fn power_of_two(self) -> Self {
                $type::from_bits(self.to_bits() << $mantissa)
            }
            #[inline(always)]
            fn reciprocal_power(self) -> Self {
                $type::from_bits(((2 * $bias as $bits) << $mantissa).wrapping_sub(self.to_bits()))
            }
            #[inline(always)]
            fn split(self) -> (Self, Self, Self) {
                const ONE: $bits = (1.0 as $type).to_bits();
                const SQRT_HALF: $bits = std::$type::consts::FRAC_1_SQRT_2.to_bits();
                // In the binade above it the lowest bits of a number are an integer.
                const INTEGERS: $type = (1_u64 << $mantissa) as $type;
                let moved = self.to_bits().wrapping_add(ONE - SQRT_HALF);
                let low = (1 << $mantissa) - 1;
                let m = $type::from_bits((moved & low) + SQRT_HALF);
                let e = $type::from_bits(moved >> $mantissa | INTEGERS.to_bits()) - (INTEGERS + Self::BIAS);
                let scale = ((2 * $bias as $bits) << $mantissa).wrapping_sub(moved & !low);
                (m, e, $type::from_bits(scale))
            }
            #[inline(always)]
            fn is_odd(self) -> bool {
                self.to_bits() & 1 == 1
            }
            #[inline(always)]
            fn ratio_power(self, divisor: Self) -> (Self, Self) {
                const INTEGERS: $type = (1_u64 << $mantissa) as $type;
                let difference = self.to_bits().wrapping_sub(divisor.to_bits());
                let k = difference.wrapping_add(1 << ($mantissa - 1)) >> $mantissa;
                let power = $type::from_bits(k.wrapping_add($bias) << $mantissa);
                ($type::from_bits(k | INTEGERS.to_bits()) - INTEGERS, power)
            }
        }
    };
}
lane!(f64, u64, 52, 1023, mul_add, |a, b| I::two_product(a, b));
lane!(f32, u32, 23, 127, mul_add_f32, |a, b| {
    let high = a * b;
    if I::FMA {
        return (high, a.mul_add(b, -high));
    }
    (high, (f64::from(a) * f64::from(b) - f64::from(high)) as f32)
});

/// Kernels without rare inputs from a function generic over `Isa` and [`Lane`]: the `f64` one, and
/// the `f32` one, which computes in `f64` where products are not exact. Where AVX-512 has a loop of its own, its
/// functions follow: `Cbrt: cbrt, 0.6, 0.3, f64: wide::cbrt::cbrt, f32: wide::cbrt::cbrt_f32;`.
macro_rules! lanes {
    ($($kernel:ty: $function:ident, $cost:literal, $cost_f32:literal $(, f64: $wide:path)? $(, f32: $wide_f32:path)?;)*) => {$(
        impl Unary<f64> for $kernel {
            type Output = f64;
            const COST: f32 = $cost;

            #[inline(always)]
            fn call<I: Isa>(x: f64) -> f64 {
                $function::<I, f64>(x)
            }

            $($crate::kernels::wide::unary! { f64: $wide })?
        }

        impl Unary<f32> for $kernel {
            type Output = f32;
            const COST: f32 = $cost_f32;

            #[inline(always)]
            fn call<I: Isa>(x: f32) -> f32 {
                if I::FMA { $function::<I, f32>(x) } else { $function::<I, f64>(f64::from(x)) as f32 }
            }

            $($crate::kernels::wide::unary! { f32: $wide_f32 })?
        }
    )*};
}
pub(super) use lanes;
