//! The kernels of division with a whole quotient.
//!
//! NumPy's rules: the quotient is rounded down (`FloorDivide`), so that `Remainder` has the
//! divisor's sign; C's `Fmod` has the dividend's. How integers are divided stands in `integer_division.rs`, and by a
//! constant one in `constant_division.rs`; how floats are, in `float_division.rs`.

use std::marker::PhantomData;

use super::constant_division::Divisor;
use super::float_division::FloatDivision;
use super::integer_division::IntegerDivision;
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

/// What a kernel makes of a constant divisor.
struct By<K, D>(D, PhantomData<K>);
impl<K, D> By<K, D> {
    #[inline(always)]
    fn new(divisor: D) -> Self {
        Self(divisor, PhantomData)
    }
}

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
            const HAS_RARE: bool = <$type as IntegerDivision>::HAS_RARE;
            #[inline(always)]
            fn is_rare(a: $type, b: $type) -> bool {
                <$type as IntegerDivision>::is_rare(a, b)
            }
            #[inline(always)]
            fn rare($a: $type, $b: $type) -> $type {
                $any
            }
            const PREPARES: bool = true;
            #[inline(always)]
            fn prepare<I: Isa>(b: $type) -> impl Prepared<$type, $type> {
                By::<Self, _>::new(Divisor::<$type, $unsigned>::new(b))
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
    ($($type:ident, $unsigned:ident;)*) => {$(
        divisions! { $type, $unsigned:
            FloorDivide: |a, b| <$type>::floor_and_remainder(a, b).0, <$type>::floor_and_remainder_of_any(a, b).0,
                |by, a| by.floor::<I>(a);
            Remainder: |a, b| <$type>::floor_and_remainder(a, b).1, <$type>::floor_and_remainder_of_any(a, b).1,
                |by, a| by.remainder(a, by.floor::<I>(a));
            Fmod: |a, b| <$type>::rest_towards_zero(a, b), <$type>::rest_towards_zero_of_any(a, b),
                |by, a| <$type>::towards_zero(a, by.divisor, by.remainder(a, by.floor::<I>(a)));
        }

        impl Several<($type, $type)> for Divmod {
            type Output = ($type, $type);
            const COST: f32 = 1.0;
            #[inline(always)]
            fn call<I: Isa>((a, b): ($type, $type)) -> ($type, $type) {
                <$type>::floor_and_remainder(a, b)
            }
            const HAS_RARE: bool = <$type as IntegerDivision>::HAS_RARE;
            #[inline(always)]
            fn is_rare((a, b): ($type, $type)) -> bool {
                <$type as IntegerDivision>::is_rare(a, b)
            }
            #[inline(always)]
            fn rare((a, b): ($type, $type)) -> ($type, $type) {
                <$type>::floor_and_remainder_of_any(a, b)
            }
            const PREPARES: bool = true;
            #[inline(always)]
            fn prepare<I: Isa>((_, b): ($type, $type)) -> impl Prepared<($type, $type), ($type, $type)> {
                By::<Self, _>::new(Divisor::<$type, $unsigned>::new(b))
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

of_integers! { u8, u8; u16, u16; u32, u32; u64, u64; i8, u8; i16, u16; i32, u32; i64, u64; }

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
                    if !<$type as IntegerDivision>::is_rare(a, b) {
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
