//! Signs, magnitudes, parts.

use array_core::{complex64, complex128, f16, kernel};

use super::half::narrow;
use super::order::Ordered;

/// -1, 0 or 1; of complex numbers the number of magnitude 1 in their direction.
#[derive(Debug)]
pub struct Sign;
/// The number itself.
#[derive(Debug)]
pub struct Positive;
/// The complex conjugate.
#[derive(Debug)]
pub struct Conjugate;
/// The magnitude of a float.
#[derive(Debug)]
pub struct Fabs;
/// The magnitude of the left one with the sign of the right one.
#[derive(Debug)]
pub struct Copysign;
/// 0 below zero, 1 above, the right operand at zero.
#[derive(Debug)]
pub struct Heaviside;

kernel! { unary Sign, 0.25:
    [i8 i16 i32 i64] => same, |a| (a >> (T::BITS - 1)) | (a != 0) as T;
    [u8 u16 u32 u64] => same, |a| (a != 0) as T;
    [f16] => same, |a| {
        // The bits of 1.0 with the sign of `a`.
        let one = 0x3c00 | (a.to_bits() & 0x8000);
        f16::from_bits(if a.nan() { a.to_bits() } else if a.truth() { one } else { 0 })
    };
    [f32 f64] => same, |a| {
        let sign = if a == 0.0 { 0.0 } else { (1.0 as T).copysign(a) };
        if a.is_nan() { a } else { sign }
    };
}
kernel! { copies Positive: [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] }
kernel! { copies Conjugate: [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] }
kernel! { unary Conjugate, 0.25:
    [bool] => i8, |a| a as i8;
    [complex64 complex128] => same, |a| T::new(a.re, -a.im);
}
kernel! { unary Fabs, 0.25:
    [f16] => same, |a| f16::from_bits(a.to_bits() & 0x7fff);
    [f32 f64] => same, |a| a.abs();
}
kernel! { binary Copysign, 0.25:
    [f16] => same, |a, b| f16::from_bits((a.to_bits() & 0x7fff) | (b.to_bits() & 0x8000));
    [f32 f64] => same, |a, b| a.copysign(b);
}
kernel! { binary Heaviside, 0.3:
    [f16] => same, |a, b| {
        let side = if a.before(f16::ZERO) { f16::ZERO } else if a.truth() { narrow(1.0) } else { b };
        if a.nan() { a } else { side }
    };
    [f32 f64] => same, |a, b| {
        let side = if a < 0.0 { 0.0 } else if a == 0.0 { b } else { 1.0 };
        if a.is_nan() { a } else { side }
    };
}
