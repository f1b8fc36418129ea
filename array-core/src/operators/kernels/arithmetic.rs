//! The kernels of sums, products, true quotients and signs.

use crate::engine::fold::Whole;
use crate::engine::isa::Isa;
use crate::engine::kernel::Binary;
use crate::engine::reduce::kernel::{Accumulate, Core};
use crate::{complex64, complex128, f16, kernel};

/// Sum; of bools, "or".
#[derive(Debug)]
pub struct Add;
/// Difference.
#[derive(Debug)]
pub struct Subtract;
/// Product; of bools, "and".
#[derive(Debug)]
pub struct Multiply;
/// True quotient: of integers, an `f64`.
#[derive(Debug)]
pub struct Divide;
/// The number with the other sign.
#[derive(Debug)]
pub struct Negative;

kernel! { binary Add, 0.25:
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a.wrapping_add(b);
    [f16 f32 f64 complex64 complex128] => same, |a, b| a + b;
    [bool] => same, |a, b| a | b;
}
kernel! { binary Subtract, 0.25:
    [i8 i16 u8 u16] => same, |a, b| a.wrapping_sub(b);
    [f16 f32 f64 complex64 complex128] => same, |a, b| a - b;
}
/// Differences that are folded as the first element less the sum of the others.
macro_rules! subtract {
    ($($type:ident as $work:ident)*) => {$(
        impl Binary<$type> for Subtract {
            type Output = $type;
            const COST: f32 = 0.25;
            #[inline(always)]
            fn call<I: Isa>(a: $type, b: $type) -> $type {
                a.wrapping_sub(b)
            }
            fn whole() -> Option<Whole<$type>> {
                Some(Whole::with_first::<WrappingSum>(|first, sum| first.wrapping_mul(2).wrapping_sub(sum)))
            }
        }

        impl Accumulate<$type> for WrappingSum {
            type Work = $work;
            type Core = Self;
            type Output = $type;
            fn finish(sum: $work, _: f64) -> $type {
                sum as $type
            }
        }
    )*};
}
subtract! { i32 as i32 i64 as i64 u32 as i32 u64 as i64 }

/// The sum of integers in their own dtype.
struct WrappingSum;

macro_rules! wrapping_sum {
    ($($type:ident)*) => {$(
        impl Core<$type> for WrappingSum {
            type State = $type;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            #[inline(always)]
            fn empty() -> $type {
                0
            }
            #[inline(always)]
            fn step(sum: $type, x: $type, _: usize) -> $type {
                sum.wrapping_add(x)
            }
            #[inline(always)]
            fn merge(a: $type, b: $type) -> $type {
                a.wrapping_add(b)
            }
        }
    )*};
}
wrapping_sum! { i32 i64 }

kernel! { binary Multiply, 0.25:
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a.wrapping_mul(b);
    [f16 f32 f64 complex64 complex128] => same, |a, b| a * b;
    [bool] => same, |a, b| a & b;
}
kernel! { binary Divide, 0.4:
    [i8 i16 i32 i64 u8 u16 u32 u64] => f64, |a, b| a as f64 / b as f64;
    [f16 f32 f64] => same, |a, b| a / b;
    [complex64 complex128] => same, |a, b| {
        // R. L. Smith's method ("Algorithm 116: complex division", 1962), as NumPy has it: no square that
        // could over- or underflow. By zero it is each part's quotient.
        let (x, y) = (b.re.abs(), b.im.abs());
        let steep = x < y;
        let (small, large) = if steep { (b.re, b.im) } else { (b.im, b.re) };
        let ratio = small / large;
        let scale = 1.0 / (large + small * ratio);
        let (c, d) = if steep { (a.im, a.re) } else { (a.re, a.im) };
        let re = (c + d * ratio) * scale;
        let im = if steep { a.im * ratio - a.re } else { a.im - a.re * ratio } * scale;
        let zero = (x == 0.0) & (y == 0.0);
        T::new(if zero { a.re / x } else { re }, if zero { a.im / x } else { im })
    };
    [bool] => f64, |a, b| a as u8 as f64 / b as u8 as f64;
}
kernel! { unary Negative, 0.25:
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a| a.wrapping_neg();
    [f16 f32 f64 complex64 complex128] => same, |a| -a;
}
