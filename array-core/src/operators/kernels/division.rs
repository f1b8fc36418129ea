//! The kernels of division with a whole quotient.
//!
//! NumPy's rules: the quotient is rounded down (`FloorDivide`), so that `Remainder` has the
//! divisor's sign; C's `Fmod` has the dividend's. Of integers, division by zero gives zero, and the
//! smallest number divided by -1 is itself.
//!
//! Integers of up to 32 bits are divided as floats that hold them exactly, which vector units can:
//! where `a / b` is not whole, it is farther from the next whole number than the rounding error (for
//! quotients of `n`-bit numbers by a factor of 2^-n, against 2^-24 or 2^-53), so that rounding never
//! reaches it.
//!
//! By a constant integer `d`, the quotient is the high half of a product with a number made of `d`
//! once (Granlund and Montgomery, "Division by invariant integers using multiplication", 1994,
//! figures 4.1 and 6.1).

use super::float_division::FloatDivision;
use crate::engine::isa::Isa;
use crate::engine::kernel::{Binary, Several};
use crate::{f16, kernel};

/// The quotient, rounded down.
#[derive(Debug)]
pub struct FloorDivide;
/// What is left of `a` after [`FloorDivide`]: it has the sign of `b`.
#[derive(Debug)]
pub struct Remainder;
/// What is left of `a` after a division that is rounded towards zero: it has the sign of `a`.
#[derive(Debug)]
pub struct Fmod;

/// The quotient rounded down, and the remainder: [`FloorDivide`] and [`Remainder`] at once.
#[derive(Debug)]
pub struct Divmod;

/// Integers whose quotients are taken of floats.
macro_rules! by_floats {
    ($($float:ident, |$quotient:ident| $whole:expr => $($type:ident)*;)*) => {$($(
        impl Division for $type {
            #[inline(always)]
            fn floor_and_remainder(a: $type, b: $type) -> ($type, $type) {
                let $quotient = (a as $float / b as $float).floor();
                let q = if b == 0 { 0 } else { $whole as $type };
                (q, if b == 0 { 0 } else { a.wrapping_sub(q.wrapping_mul(b)) })
            }
        }
    )*)*};
}

/// Integers as NumPy divides them.
trait Division: Sized {
    /// The quotient rounded down and the remainder: both zero if `b` is.
    fn floor_and_remainder(a: Self, b: Self) -> (Self, Self);
}

by_floats! {
    // Sums in whose lowest bits the whole number stands: cheaper than a cast, which saturates.
    f32, |q| (q + 12_582_912.0).to_bits() => i8 u8 i16 u16;
    f64, |q| (q + 6_755_399_441_055_744.0).to_bits() => i32 u32;
}

impl Division for u64 {
    #[inline(always)]
    fn floor_and_remainder(a: u64, b: u64) -> (u64, u64) {
        (a.checked_div(b).unwrap_or(0), a.checked_rem(b).unwrap_or(0))
    }
}

impl Division for i64 {
    #[inline(always)]
    fn floor_and_remainder(a: i64, b: i64) -> (i64, i64) {
        if b == 0 {
            return (0, 0);
        }
        let q = a.wrapping_div(b);
        let r = a.wrapping_sub(q.wrapping_mul(b));
        let down = r != 0 && (r < 0) != (b < 0);
        (q - down as i64, if down { r + b } else { r })
    }
}

macro_rules! of_integers {
    ($signedness:ident: $($type:ident, $unsigned:ident, $wide:ident;)*) => {$(
        impl Binary<$type> for FloorDivide {
            type Output = $type;
            const COST: f32 = 0.5;
            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $type {
                <$type>::floor_and_remainder(a, b).0
            }
            #[inline(always)]
            fn call_with_constant<I: Isa>(a: $type, b: $type) -> $type {
                of_integers!(@$signedness a, b, $type, $unsigned, $wide)
            }
        }
        impl Binary<$type> for Remainder {
            type Output = $type;
            const COST: f32 = 0.5;
            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $type {
                <$type>::floor_and_remainder(a, b).1
            }
            #[inline(always)]
            fn call_with_constant<I: Isa>(a: $type, b: $type) -> $type {
                let q = FloorDivide::call_with_constant::<I>(a, b);
                if b == 0 { 0 } else { a.wrapping_sub(q.wrapping_mul(b)) }
            }
        }
        impl Binary<$type> for Fmod {
            type Output = $type;
            const COST: f32 = 0.5;
            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $type {
                towards_zero!($signedness a, b, <$type>::floor_and_remainder(a, b).1)
            }
            #[inline(always)]
            fn call_with_constant<I: Isa>(a: $type, b: $type) -> $type {
                towards_zero!($signedness a, b, Remainder::call_with_constant::<I>(a, b))
            }
        }
    )*};
    (@unsigned $a:ident, $d:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let (multiplier, first, second) = multiplier!($d, $unsigned, $wide);
        let high = high_half!($a, multiplier, $unsigned, $wide);
        let q = (high.wrapping_add($a.wrapping_sub(high) >> first)) >> second;
        if $d == 0 { 0 } else { q }
    }};
    // The quotient of magnitudes; rounded up instead of down where the signs differ.
    (@signed $a:ident, $d:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let d = $d.unsigned_abs();
        let (multiplier, first, second) = multiplier!(d, $unsigned, $wide);
        // All ones if the quotient is negative. -1 - x is !x, so that floor(a / d) = !(!a / d) for
        // negative a; and a divisor's sign is first moved to the dividend.
        let (a, sign) = ($a as $unsigned, ($d >> (<$type>::BITS - 1)) as $unsigned);
        // -a / d where d is negative: -(a) of the smallest number is 2^(n-1), as a number of n bits.
        let negative = ((($a >> (<$type>::BITS - 1)) as $unsigned) ^ sign) & (0 as $unsigned).wrapping_sub(($a != 0) as $unsigned);
        let magnitude = (a ^ sign).wrapping_sub(sign) ^ negative;
        let high = high_half!(magnitude, multiplier, $unsigned, $wide);
        let q = (high.wrapping_add(magnitude.wrapping_sub(high) >> first)) >> second;
        if $d == 0 { 0 } else { (q ^ negative) as $type }
    }};
}

/// Of the remainder with the divisor's sign, the one with the dividend's.
macro_rules! towards_zero {
    (unsigned $a:ident, $b:ident, $remainder:expr) => {
        $remainder
    };
    (signed $a:ident, $b:ident, $remainder:expr) => {{
        let r = $remainder;
        if r != 0 && ($a < 0) != ($b < 0) { r.wrapping_sub($b) } else { r }
    }};
}

/// The multiplier and the two shifts that divide by `d`.
macro_rules! multiplier {
    ($d:ident, $unsigned:ident, $wide:ident) => {{
        let d = $d.max(1); // a form in which the compiler sees that it is not zero
        let log = <$unsigned>::BITS - (d - 1).leading_zeros();
        let power = ((1 as $wide) << log).wrapping_sub(d as $wide);
        let multiplier = ((power << <$unsigned>::BITS) / d as $wide) as $unsigned;
        (multiplier.wrapping_add(1), log.min(1), log.saturating_sub(1))
    }};
}

/// The high half of a product.
macro_rules! high_half {
    ($a:expr, $b:expr, u64, $wide:ident) => {{
        // Of halves: vector units multiply 32 bits by 32 bits.
        let (a, b) = ($a, $b);
        let low = u32::MAX as u64;
        let (a0, a1, b0, b1) = (a & low, a >> 32, b & low, b >> 32);
        let middle = a1 * b0 + ((a0 * b0) >> 32);
        let other = a0 * b1 + (middle & low);
        a1 * b1 + (middle >> 32) + (other >> 32)
    }};
    ($a:expr, $b:expr, $unsigned:ident, $wide:ident) => {
        (($a as $wide * $b as $wide) >> <$unsigned>::BITS) as $unsigned
    };
}

of_integers! { unsigned: u8, u8, u16; u16, u16, u32; u32, u32, u64; u64, u64, u128; }
of_integers! { signed: i8, u8, u16; i16, u16, u32; i32, u32, u64; i64, u64, u128; }

kernel! { binary FloorDivide, 0.5:
    [bool] => i8, |a, b| (a & b) as i8;
    [f16] => same, |a, b| f16::from_f32(FloatDivision::floor_divide::<I>(a.to_f32(), b.to_f32()));
    [f32 f64] => same, |a, b| FloatDivision::floor_divide::<I>(a, b);
}
kernel! { binary Remainder, 0.5:
    [bool] => i8, |_a, _b| 0;
    [f16] => same, |a, b| f16::from_f32(FloatDivision::remainder::<I>(a.to_f32(), b.to_f32()));
    [f32 f64] => same, |a, b| FloatDivision::remainder::<I>(a, b);
}
kernel! { binary Fmod, 0.5:
    [bool] => i8, |_a, _b| 0;
    [f16] => same, |a, b| f16::from_f32(FloatDivision::fmod::<I>(a.to_f32(), b.to_f32()));
    [f32 f64] => same, |a, b| FloatDivision::fmod::<I>(a, b);
}

macro_rules! both {
    ($([$($type:ty)*] => $out:tt, |$a:ident, $b:ident| $value:expr;)*) => {$($(
        impl Several<($type, $type)> for Divmod {
            type Output = (kernel!(@output $out, $type), kernel!(@output $out, $type));
            const COST: f32 = 1.0;
            #[inline(always)]
            fn call<I: Isa>(($a, $b): ($type, $type)) -> Self::Output {
                $value
            }
        }
    )*)*};
}
both! {
    [bool] => i8, |a, b| ((a & b) as i8, 0);
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| Division::floor_and_remainder(a, b);
    [f16] => same, |a, b| {
        let (quotient, rest) = FloatDivision::floor_and_remainder::<I>(a.to_f32(), b.to_f32());
        (f16::from_f32(quotient), f16::from_f32(rest))
    };
    [f32 f64] => same, |a, b| FloatDivision::floor_and_remainder::<I>(a, b);
}
