//! The kernels of division with a whole quotient.
//!
//! NumPy's rules: the quotient is rounded down (`FloorDivide`), so that `Remainder` has the
//! divisor's sign; C's `Fmod` has the dividend's. Of integers, division by zero gives zero, and the
//! smallest number divided by -1 is itself.
//!
//! Integers of up to 32 bits are divided as floats that hold them exactly, which vector units can:
//! where `a / b` is not whole, it is farther from the next whole number than the rounding error (for
//! quotients of `n`-bit numbers by a factor of 2^-n, against 2^-24 or 2^-53), so that rounding never
//! reaches it. Those of 64 bits are divided as doubles where both are below 2^51, which the doubles hold and
//! whose products with quotients they hold too; where one is not, by the processor's division, which
//! takes ten times as long.
//!
//! By a constant integer `d`, the quotient is the high half of a product with a number made of `d`
//! once (Granlund and Montgomery, "Division by invariant integers using multiplication", 1994,
//! figures 4.1 and 6.1; the latter for divisors of either sign).

use std::marker::PhantomData;

use super::float_division::FloatDivision;
use crate::engine::isa::Isa;
use crate::engine::kernel::{Binary, Prepared, Several};
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

/// Integers as NumPy divides them.
trait Division: Copy {
    /// Whether the functions below are not right for some: those then do not count.
    const HAS_RARE: bool = false;
    /// Whether they are not right for these.
    #[inline(always)]
    fn is_rare(_a: Self, _b: Self) -> bool {
        false
    }
    /// The quotient rounded down and the remainder: both zero if `b` is.
    fn floor_and_remainder(a: Self, b: Self) -> (Self, Self);
    /// What is left after a division that is rounded towards zero: zero if `b` is.
    fn rest_towards_zero(a: Self, b: Self) -> Self;
    /// [`floor_and_remainder`](Self::floor_and_remainder) of any.
    #[inline(always)]
    fn floor_and_remainder_of_any(a: Self, b: Self) -> (Self, Self) {
        Self::floor_and_remainder(a, b)
    }
    /// [`rest_towards_zero`](Self::rest_towards_zero) of any.
    #[inline(always)]
    fn rest_towards_zero_of_any(a: Self, b: Self) -> Self {
        Self::rest_towards_zero(a, b)
    }
}

/// Of the remainder with the divisor's sign, the one with the dividend's.
macro_rules! towards_zero {
    (unsigned $a:expr, $b:expr, $remainder:expr) => {
        $remainder
    };
    (signed $a:expr, $b:expr, $remainder:expr) => {{
        let r = $remainder;
        if r != 0 && ($a < 0) != ($b < 0) { r.wrapping_sub($b) } else { r }
    }};
}

/// Integers whose quotients are taken of floats.
macro_rules! by_floats {
    ($($float:ident, |$quotient:ident| $whole:expr => $($signedness:ident $type:ident)*;)*) => {$($(
        impl Division for $type {
            #[inline(always)]
            fn floor_and_remainder(a: $type, b: $type) -> ($type, $type) {
                let $quotient = (a as $float / b as $float).floor();
                let q = if b == 0 { 0 } else { $whole as $type };
                (q, if b == 0 { 0 } else { a.wrapping_sub(q.wrapping_mul(b)) })
            }
            #[inline(always)]
            fn rest_towards_zero(a: $type, b: $type) -> $type {
                towards_zero!($signedness a, b, Self::floor_and_remainder(a, b).1)
            }
        }
    )*)*};
}

/// 1.5 · 2^52: in the lowest bits of a sum with it stands a whole number below 2^51 in magnitude.
const WHOLE: f64 = 6_755_399_441_055_744.0;

by_floats! {
    // Sums in whose lowest bits the whole number stands: cheaper than a cast, which saturates.
    f32, |q| (q + 12_582_912.0).to_bits() => signed i8 unsigned u8 signed i16 unsigned u16;
    f64, |q| (q + WHOLE).to_bits() => signed i32 unsigned u32;
}

/// Integers of 64 bits, of which most are small enough for doubles.
macro_rules! by_doubles {
    ($($type:ident, |$a:ident| $is_large:expr, |$x:ident, $y:ident| $floor:expr, $rest:expr;)*) => {$(
        impl Division for $type {
            const HAS_RARE: bool = true;
            #[inline(always)]
            fn is_rare(a: $type, b: $type) -> bool {
                let is_large = |$a: $type| $is_large;
                is_large(a) | is_large(b)
            }
            #[inline(always)]
            fn floor_and_remainder(a: $type, b: $type) -> ($type, $type) {
                let (x, y) = (to_double(a as u64), to_double(b as u64));
                let quotient = (x / y).floor();
                let (q, rest) = (from_double(quotient), from_double(x - quotient * y));
                if b == 0 { (0, 0) } else { (q as $type, rest as $type) }
            }
            #[inline(always)]
            fn rest_towards_zero(a: $type, b: $type) -> $type {
                let (x, y) = (to_double(a as u64), to_double(b as u64));
                let rest = from_double(x - (x / y).trunc() * y);
                if b == 0 { 0 } else { rest as $type }
            }
            #[inline(always)]
            fn floor_and_remainder_of_any($x: $type, $y: $type) -> ($type, $type) {
                if $y == 0 { (0, 0) } else { $floor }
            }
            #[inline(always)]
            fn rest_towards_zero_of_any($x: $type, $y: $type) -> $type {
                if $y == 0 { 0 } else { $rest }
            }
        }
    )*};
}
by_doubles! {
    i64, |a| a.wrapping_add(1 << 51) as u64 >> 52 != 0, |a, b| {
        let q = a.wrapping_div(b);
        let r = a.wrapping_sub(q.wrapping_mul(b));
        let down = r != 0 && (r < 0) != (b < 0);
        (q - down as i64, if down { r + b } else { r })
    }, a.wrapping_rem(b);
    u64, |a| a >> 51 != 0, |a, b| (a / b, a % b), a % b;
}

/// A whole number, from -2^51 to below 2^51, as a double.
#[inline(always)]
fn to_double(x: u64) -> f64 {
    f64::from_bits(x.wrapping_add(WHOLE.to_bits())) - WHOLE
}

/// A double that is a whole number, from -2^51 to 2^51.
#[inline(always)]
fn from_double(x: f64) -> u64 {
    // Of 2^51 the sum is 2^53, the bits of which follow those of the numbers below.
    (x + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits())
}

/// A divisor, and what divides by it without a division.
struct Divisor<T, Unsigned> {
    divisor: T,
    multiplier: Unsigned,
    /// The multiplier's lower and upper half, if it has 64 bits.
    halves: (u32, u32),
    /// Of signed numbers, all ones if the divisor is 1 or -1, whose multiplier would be too large.
    whole: Unsigned,
    first_shift: u32,
    second_shift: u32,
    /// All ones, or zero if the divisor is: what quotients and remainders by zero are masked with. (Of a
    /// condition the compiler would make a loop of its own.)
    mask: T,
}

/// What a kernel makes of a constant divisor.
struct By<K, D>(D, PhantomData<K>);

/// Kernels with one result: of most operands, of all, and of a constant divisor.
macro_rules! divisions {
    ($type:ident, $unsigned:ident: $(
        $kernel:ident: |$a:ident, $b:ident| $most:expr, $any:expr, |$by:ident, $of:ident| $prepared:expr;
    )*) => {$(
        impl Binary<$type> for $kernel {
            type Output = $type;
            const COST: f32 = 0.5;
            #[inline(always)]
            fn call<I: Isa>($a: $type, $b: $type) -> $type {
                $most
            }
            const HAS_RARE: bool = <$type as Division>::HAS_RARE;
            #[inline(always)]
            fn is_rare(a: $type, b: $type) -> bool {
                <$type as Division>::is_rare(a, b)
            }
            #[inline(always)]
            fn rare($a: $type, $b: $type) -> $type {
                $any
            }
            const PREPARES: bool = true;
            #[inline(always)]
            fn prepare<I: Isa>(b: $type) -> impl Prepared<$type, $type> {
                Divisor::<$type, $unsigned>::new::<Self>(b)
            }
        }
        impl Prepared<$type, $type> for By<$kernel, Divisor<$type, $unsigned>> {
            #[inline(always)]
            fn call<I: Isa>(&self, $of: $type) -> $type {
                let $by = &self.0;
                $prepared
            }
        }
    )*};
}

macro_rules! of_integers {
    ($signedness:ident: $($type:ident, $unsigned:ident, $wide:ident;)*) => {$(
        impl Divisor<$type, $unsigned> {
            #[inline(always)]
            fn new<K>(divisor: $type) -> By<K, Self> {
                let magnitude = magnitude!($signedness divisor).max(1);
                let log = <$unsigned>::BITS - (magnitude - 1).leading_zeros();
                let multiplier = multiplier!($signedness magnitude, log, $unsigned, $wide);
                let mask = if divisor == 0 { 0 } else { !0 };
                let whole = if magnitude == 1 { !0 } else { 0 };
                let (first_shift, second_shift) = (log.min(1), log.saturating_sub(1));
                let halves = halves!(multiplier, $unsigned);
                By(Divisor { divisor, multiplier, halves, whole, first_shift, second_shift, mask }, PhantomData)
            }

            /// The quotient, rounded down.
            #[allow(clippy::extra_unused_type_parameters, reason = "of 64 bits it counts")]
            #[inline(always)]
            fn floor<I: Isa>(&self, a: $type) -> $type {
                floor!($signedness self, a, I, $type, $unsigned, $wide) & self.mask
            }

            /// What is left of `a` after [`floor`](Self::floor), which gave `quotient`.
            #[inline(always)]
            fn remainder(&self, a: $type, quotient: $type) -> $type {
                a.wrapping_sub(quotient.wrapping_mul(self.divisor)) & self.mask
            }
        }

        divisions! { $type, $unsigned:
            FloorDivide: |a, b| <$type>::floor_and_remainder(a, b).0, <$type>::floor_and_remainder_of_any(a, b).0,
                |by, a| by.floor::<I>(a);
            Remainder: |a, b| <$type>::floor_and_remainder(a, b).1, <$type>::floor_and_remainder_of_any(a, b).1,
                |by, a| by.remainder(a, by.floor::<I>(a));
            Fmod: |a, b| <$type>::rest_towards_zero(a, b), <$type>::rest_towards_zero_of_any(a, b),
                |by, a| towards_zero!($signedness a, by.divisor, by.remainder(a, by.floor::<I>(a)));
        }

        impl Several<($type, $type)> for Divmod {
            type Output = ($type, $type);
            const COST: f32 = 1.0;
            #[inline(always)]
            fn call<I: Isa>((a, b): ($type, $type)) -> ($type, $type) {
                <$type>::floor_and_remainder(a, b)
            }
            const HAS_RARE: bool = <$type as Division>::HAS_RARE;
            #[inline(always)]
            fn is_rare((a, b): ($type, $type)) -> bool {
                <$type as Division>::is_rare(a, b)
            }
            #[inline(always)]
            fn rare((a, b): ($type, $type)) -> ($type, $type) {
                <$type>::floor_and_remainder_of_any(a, b)
            }
            const PREPARES: bool = true;
            #[inline(always)]
            fn prepare<I: Isa>((_, b): ($type, $type)) -> impl Prepared<($type, $type), ($type, $type)> {
                Divisor::<$type, $unsigned>::new::<Self>(b)
            }
        }
        impl Prepared<($type, $type), ($type, $type)> for By<Divmod, Divisor<$type, $unsigned>> {
            #[inline(always)]
            fn call<I: Isa>(&self, (a, _): ($type, $type)) -> ($type, $type) {
                let quotient = self.0.floor::<I>(a);
                (quotient, self.0.remainder(a, quotient))
            }
        }
    )*};
}

macro_rules! magnitude {
    (unsigned $x:expr) => {
        $x
    };
    (signed $x:expr) => {
        $x.unsigned_abs()
    };
}

/// The lowest bits of 2^(n + log) / magnitude and one; of signed numbers, 2^(n - 1 + log) / magnitude and one, but
/// zero for a magnitude of 1.
macro_rules! multiplier {
    (unsigned $magnitude:expr, $log:expr, $unsigned:ident, $wide:ident) => {{
        let power = ((1 as $wide) << $log).wrapping_sub($magnitude as $wide);
        (((power << <$unsigned>::BITS) / $magnitude as $wide) as $unsigned).wrapping_add(1)
    }};
    (signed $magnitude:expr, $log:expr, $unsigned:ident, $wide:ident) => {
        if $magnitude == 1 {
            0
        } else {
            (((1 as $wide) << (<$unsigned>::BITS - 1 + $log)) / $magnitude as $wide) as $unsigned + 1
        }
    };
}

macro_rules! floor {
    (unsigned $divisor:expr, $a:expr, $isa:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let (a, high) = ($a, high_half!($a, $divisor, $isa, $unsigned, $wide));
        high.wrapping_add(a.wrapping_sub(high) >> $divisor.first_shift) >> $divisor.second_shift
    }};
    // As -1 - x is !x, floor(a / d) is !floor(!a / d) for negative a, and for negative d, of magnitude D, it is
    // !floor((a - 1) / D) or, if a is not positive, floor(!(a - 1) / D). So what is divided is never negative and
    // at most 2^(n-1), and a multiplier of n bits is enough.
    (signed $divisor:expr, $a:expr, $isa:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let last = <$type>::BITS - 1;
        let sign = $divisor.divisor >> last;
        let a = $a.wrapping_add(sign);
        // Whether it is to be inverted: all ones where it is. (Of the smallest number, `a` has wrapped.)
        let negative = (a | $a) >> last;
        let magnitude = (a ^ negative) as $unsigned;
        let high = high_half!(magnitude, $divisor, $isa, $unsigned, $wide);
        let quotient = high.wrapping_add(magnitude & $divisor.whole) >> $divisor.second_shift;
        quotient as $type ^ negative ^ sign
    }};
}

/// The halves of a multiplier of 64 bits. The compiler must not know them for that: it would take the
/// product of halves for one of 64 bits, of which vector units have no high half.
macro_rules! halves {
    ($multiplier:ident, u64) => {
        (std::hint::black_box($multiplier as u32), std::hint::black_box(($multiplier >> 32) as u32))
    };
    ($multiplier:ident, $unsigned:ident) => {
        (0, 0)
    };
}

/// The high half of a product with a divisor's multiplier.
macro_rules! high_half {
    ($a:expr, $divisor:expr, $isa:ident, u64, $wide:ident) => {
        if cfg!(target_arch = "x86_64") && $isa::FMA {
            // Of halves: vector units multiply 32 bits by 32 bits, with AVX2 at twice the speed of one by one.
            let low = u32::MAX as u64;
            let (b0, b1) = ($divisor.halves.0 as u64, $divisor.halves.1 as u64);
            let (a0, a1) = ($a & low, $a >> 32);
            let middle = a1 * b0 + ((a0 * b0) >> 32);
            let other = a0 * b1 + (middle & low);
            a1 * b1 + (middle >> 32) + (other >> 32)
        } else {
            (($a as u128 * $divisor.multiplier as u128) >> 64) as u64
        }
    };
    ($a:expr, $divisor:expr, $isa:ident, $unsigned:ident, $wide:ident) => {
        (($a as $wide * $divisor.multiplier as $wide) >> <$unsigned>::BITS) as $unsigned
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
    [f16] => same, |a, b| {
        let (quotient, rest) = FloatDivision::floor_and_remainder::<I>(a.to_f32(), b.to_f32());
        (f16::from_f32(quotient), f16::from_f32(rest))
    };
    [f32 f64] => same, |a, b| FloatDivision::floor_and_remainder::<I>(a, b);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::isa::{Avx2, Baseline};

    /// What a constant divisor gives, against division of wider numbers.
    macro_rules! check {
        ($isa:ident: $($type:ident)*) => {$({
            let mut bits = 0x9e37_79b9_7f4a_7c15u64;
            let mut random = || {
                bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                ((bits >> 8) as $type) >> ((bits >> 3) as u32 % <$type>::BITS)
            };
            let edges = [0, 1, 2, 3, 7, 10, 64, 127, <$type>::MAX, <$type>::MAX - 1, <$type>::MIN,
                <$type>::MIN + 1, (0 as $type).wrapping_sub(1), (0 as $type).wrapping_sub(3),
                (1u64 << 51) as $type, ((1u64 << 51) - 1) as $type, (0 as $type).wrapping_sub((1u64 << 51) as $type)];
            let some: Vec<$type> = edges.into_iter().chain((0..300).map(|_| random())).collect();
            for &b in &some {
                for &a in &some {
                    let (wide_a, wide_b) = (a as i128, b as i128);
                    let (floor, rest, fmod) = if b == 0 {
                        (0, 0, 0)
                    } else {
                        let down = (wide_a % wide_b != 0 && (a > 0) != (b > 0)) as i128;
                        let floor = wide_a / wide_b - down;
                        (floor as $type, (wide_a - floor * wide_b) as $type, (wide_a % wide_b) as $type)
                    };
                    let found = (
                        <FloorDivide as Binary<$type>>::prepare::<$isa>(b).call::<$isa>(a),
                        <Remainder as Binary<$type>>::prepare::<$isa>(b).call::<$isa>(a),
                        <Fmod as Binary<$type>>::prepare::<$isa>(b).call::<$isa>(a),
                    );
                    assert_eq!(found, (floor, rest, fmod), "{a} by {b}");
                    let both = <Divmod as Several<($type, $type)>>::prepare::<$isa>((0, b));
                    assert_eq!(both.call::<$isa>((a, b)), (floor, rest), "{a} by {b}");
                    let properly = (<$type>::floor_and_remainder_of_any(a, b), <$type>::rest_towards_zero_of_any(a, b));
                    assert_eq!(properly, ((floor, rest), fmod), "{a} by {b}");
                    if !<$type as Division>::is_rare(a, b) {
                        let fast = (<$type>::floor_and_remainder(a, b), <$type>::rest_towards_zero(a, b));
                        assert_eq!(fast, properly, "{a} by {b}");
                    }
                }
            }
        })*};
    }

    #[test]
    fn constant_divisors_give_what_division_does() {
        check!(Baseline: i8 i16 i32 i64 u8 u16 u32 u64);
        // What it computes is plain arithmetic, which any processor can.
        check!(Avx2: i64 u64);
    }
}
