//! Truth: anything but zero is true, `nan` too. And what floats may be instead of numbers.

use array_core::{complex64, complex128, f16, kernel};

use super::order::Ordered;

/// Whether both are true.
#[derive(Debug)]
pub struct LogicalAnd;
/// Whether one or both are true.
#[derive(Debug)]
pub struct LogicalOr;
/// Whether one and not the other is true.
#[derive(Debug)]
pub struct LogicalXor;
/// Whether it is false.
#[derive(Debug)]
pub struct LogicalNot;
/// Whether it is not a number.
#[derive(Debug)]
pub struct Isnan;
/// Whether it is infinite.
#[derive(Debug)]
pub struct Isinf;
/// Whether it is neither infinite nor `nan`.
#[derive(Debug)]
pub struct Isfinite;
/// Whether its sign is negative, of zero and `nan` too.
#[derive(Debug)]
pub struct Signbit;

macro_rules! of_two {
    ($($kernel:ident: |$a:ident, $b:ident| $value:expr;)*) => {$(
        kernel! { binary $kernel, 0.2:
            [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] => bool,
            |a, b| { let ($a, $b) = (a.truth(), b.truth()); $value };
        }
    )*};
}
of_two! {
    LogicalAnd: |a, b| a & b;
    LogicalOr: |a, b| a | b;
    LogicalXor: |a, b| a ^ b;
}
kernel! { unary LogicalNot, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] => bool, |a| !a.truth();
}
kernel! { unary Isnan, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] => bool, |a| a.nan();
}
kernel! { unary Isinf, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64] => bool, |_a| false;
    [f16 f32 f64] => bool, |a| a.is_infinite();
    [complex64 complex128] => bool, |a| a.re.is_infinite() | a.im.is_infinite();
}
kernel! { unary Isfinite, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64] => bool, |_a| true;
    [f16 f32 f64] => bool, |a| a.is_finite();
    [complex64 complex128] => bool, |a| a.re.is_finite() & a.im.is_finite();
}
kernel! { unary Signbit, 0.2:
    [bool u8 u16 u32 u64] => bool, |_a| false;
    [i8 i16 i32 i64] => bool, |a| a < 0;
    [f16 f32 f64] => bool, |a| a.is_sign_negative();
}

/// Whether it is +∞.
#[derive(Debug)]
pub struct Isposinf;
/// Whether it is -∞.
#[derive(Debug)]
pub struct Isneginf;
/// Whether its imaginary part is zero.
#[derive(Debug)]
pub struct Isreal;
/// Whether its imaginary part is not zero.
#[derive(Debug)]
pub struct Iscomplex;

kernel! { unary Isposinf, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64] => bool, |_a| false;
    [f16] => bool, |a| a.to_bits() == 0x7c00;
    [f32 f64] => bool, |a| a == T::INFINITY;
}
kernel! { unary Isneginf, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64] => bool, |_a| false;
    [f16] => bool, |a| a.to_bits() == 0xfc00;
    [f32 f64] => bool, |a| a == T::NEG_INFINITY;
}
kernel! { unary Isreal, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] => bool, |_a| true;
    [complex64 complex128] => bool, |a| a.im == 0.0;
}
kernel! { unary Iscomplex, 0.2:
    [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] => bool, |_a| false;
    [complex64 complex128] => bool, |a| a.im != 0.0;
}
