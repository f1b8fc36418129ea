//! Kernels of integers: bits set, common divisors and multiples, powers; and a choice of two.

use array_core::Element;
use array_core::engine::isa::Isa;
use array_core::engine::kernel::{Binary, Several};
use array_core::kernel;

/// The number of ones in the magnitude's bits.
#[derive(Debug)]
pub struct BitwiseCount;
/// The greatest common divisor: of magnitudes.
#[derive(Debug)]
pub struct Gcd;
/// The least common multiple: of magnitudes.
#[derive(Debug)]
pub struct Lcm;
/// The left one to the power of the right one, which is not negative.
#[derive(Debug)]
pub struct IntegerPower;
/// The left one of two if the condition holds, else the right one: of (condition, left, right).
#[derive(Debug)]
pub struct Where;

kernel! { unary BitwiseCount, 0.3:
    [bool] => u8, |a| a as u8;
    [i8 i16 i32 i64] => u8, |a| a.unsigned_abs().count_ones() as u8;
    [u8 u16 u32 u64] => u8, |a| a.count_ones() as u8;
}

macro_rules! divisors {
    ($($type:ident $word:ident, |$x:ident| $magnitude:expr;)*) => {$(
        kernel! { binary Gcd, 5.0:
            [$type] => same, |a, b| {
                let magnitude = |$x: $type| $magnitude as $word;
                euclid::$word(magnitude(a), magnitude(b)) as $type
            };
        }
        kernel! { binary Lcm, 6.0:
            [$type] => same, |a, b| {
                let magnitude = |$x: $type| $magnitude as $word;
                let (a, b) = (magnitude(a), magnitude(b));
                let divisor = euclid::$word(a, b);
                a.checked_div(divisor).unwrap_or(0).wrapping_mul(b) as $type
            };
        }
    )*};
}
divisors! {
    i8 u32, |x| x.unsigned_abs(); i16 u32, |x| x.unsigned_abs(); i32 u32, |x| x.unsigned_abs();
    i64 u64, |x| x.unsigned_abs();
    u8 u32, |x| x; u16 u32, |x| x; u32 u32, |x| x; u64 u64, |x| x;
}

/// Greatest common divisors without division, by J. Stein's method (1967): of two odd numbers the
/// difference is even, and its halves have the same odd divisors.
mod euclid {
    macro_rules! stein {
        ($($word:ident)*) => {$(
            #[inline(always)]
            pub(super) fn $word(a: $word, b: $word) -> $word {
                if a == 0 || b == 0 {
                    return a | b;
                }
                let twos = (a | b).trailing_zeros();
                let (mut a, mut b) = (a >> a.trailing_zeros(), b);
                while b != 0 {
                    b >>= b.trailing_zeros();
                    (a, b) = (a.min(b), a.abs_diff(b));
                }
                a << twos
            }
        )*};
    }
    stein! { u32 u64 }
}

macro_rules! powers {
    ($($type:ident)*) => {$(
        impl Binary<$type> for IntegerPower {
            type Output = $type;
            const COST: f32 = 0.5;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $type {
                let factor = |bit: u32, power: $type| if b >> bit & 1 == 1 { power } else { 1 };
                let square = a.wrapping_mul(a);
                let fourth = square.wrapping_mul(square);
                let eighth = fourth.wrapping_mul(fourth);
                let low = factor(0, a).wrapping_mul(factor(1, square));
                low.wrapping_mul(factor(2, fourth).wrapping_mul(factor(3, eighth)))
            }

            // Exponents are mostly below 16.
            #[inline(always)]
            fn is_rare(_: $type, b: $type) -> bool {
                b >> 4 != 0
            }

            #[cold]
            #[inline(never)]
            fn rare(a: $type, b: $type) -> $type {
                let (mut square, mut rest) = (a, b);
                let mut product = if rest & 1 == 1 { a } else { 1 };
                while rest > 1 {
                    rest >>= 1;
                    square = square.wrapping_mul(square);
                    product = if rest & 1 == 1 { product.wrapping_mul(square) } else { product };
                }
                product
            }
        }
    )*};
}
powers! { i8 i16 i32 i64 u8 u16 u32 u64 }

impl<T: Element> Several<(bool, T, T)> for Where {
    type Output = (T,);
    const COST: f32 = 0.3;
    #[inline(always)]
    fn call<I: Isa>((condition, a, b): (bool, T, T)) -> (T,) {
        (if condition { a } else { b },)
    }
}
