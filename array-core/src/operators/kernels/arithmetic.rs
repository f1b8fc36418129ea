//! The kernels of sums, products, true quotients and signs.

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
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a.wrapping_sub(b);
    [f16 f32 f64 complex64 complex128] => same, |a, b| a - b;
}
kernel! { binary Multiply, 0.25:
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a.wrapping_mul(b);
    [f16 f32 f64 complex64 complex128] => same, |a, b| a * b;
    [bool] => same, |a, b| a & b;
}
kernel! { binary Divide, 0.4:
    [i8 i16 i32 i64 u8 u16 u32 u64] => f64, |a, b| a as f64 / b as f64;
    [f16 f32 f64 complex64 complex128] => same, |a, b| a / b;
    [bool] => f64, |a, b| a as u8 as f64 / b as u8 as f64;
}
kernel! { unary Negative, 0.25:
    [i8 i16 i32 i64 u8 u16 u32 u64] => same, |a| a.wrapping_neg();
    [f16 f32 f64 complex64 complex128] => same, |a| -a;
}
