//! Whole numbers near a number, and numbers of so many decimals near it.
//!
//! Integers are whole as they are. Halves are rounded as single-precision numbers.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Several;
use array_core::{complex64, complex128, f16, kernel};

use super::half::{narrow, widen};

/// The next whole number below.
#[derive(Debug)]
pub struct Floor;
/// The next whole number above.
#[derive(Debug)]
pub struct Ceil;
/// The next whole number towards zero.
#[derive(Debug)]
pub struct Trunc;
/// The nearest whole number, halves to the even one.
#[derive(Debug)]
pub struct Rint;
/// The nearest number of so many decimals, given ten to their power.
#[derive(Debug)]
pub struct RoundDecimals;
/// The nearest multiple of a power of ten.
#[derive(Debug)]
pub struct RoundTens;

macro_rules! one_way {
    ($($kernel:ident $method:ident;)*) => {$(
        kernel! { copies $kernel: [bool i8 i16 i32 i64 u8 u16 u32 u64] }
        kernel! { unary $kernel, 0.25:
            [f16] => same, |a| narrow(widen(a).$method());
            [f32 f64] => same, |a| a.$method();
        }
    )*};
}
one_way! { Floor floor; Ceil ceil; Trunc trunc; }

kernel! { unary Rint, 0.25:
    [f16] => same, |a| narrow(widen(a).round_ties_even());
    [f32 f64] => same, |a| a.round_ties_even();
    [complex64 complex128] => same, |a| T::new(a.re.round_ties_even(), a.im.round_ties_even());
}

// As NumPy does it: each step is rounded, so that 2.675 to two decimals is 2.67 or 2.68 by luck.
kernel! { binary RoundDecimals, 0.4:
    [f16] => same, |a, f| {
        let scaled = narrow(widen(a) * widen(f));
        narrow(widen(scaled).round_ties_even() / widen(f))
    };
    [f32 f64] => same, |a, f| (a * f).round_ties_even() / f;
    [complex64 complex128] => same, |a, f| {
        T::new((a.re * f.re).round_ties_even() / f.re, (a.im * f.re).round_ties_even() / f.re)
    };
}
kernel! { binary RoundTens, 0.4:
    [f16] => same, |a, f| {
        let scaled = narrow(widen(a) / widen(f));
        narrow(widen(scaled).round_ties_even() * widen(f))
    };
    [f32 f64] => same, |a, f| (a / f).round_ties_even() * f;
    [complex64 complex128] => same, |a, f| {
        T::new((a.re / f.re).round_ties_even() * f.re, (a.im / f.re).round_ties_even() * f.re)
    };
}

/// The nearest multiple of a power of ten, as an integer: what narrower ones do not hold then wraps.
#[derive(Debug)]
pub struct RoundTensToInteger;

kernel! { binary RoundTensToInteger, 0.4: [f64] => i64, |a, f| ((a / f).round_ties_even() * f) as i64; }

/// `nan` as zero, infinities as the largest number of their sign.
#[derive(Debug)]
pub struct NanToNum;

kernel! { copies NanToNum: [bool i8 i16 i32 i64 u8 u16 u32 u64] }
kernel! { unary NanToNum, 0.3:
    [f16] => same, |a| {
        let size = a.to_bits() & 0x7fff;
        f16::from_bits(if size > 0x7c00 { 0 } else { size.min(0x7bff) | (a.to_bits() & 0x8000) })
    };
    [f32 f64] => same, |a| if a.is_nan() { 0.0 } else { a.clamp(T::MIN, T::MAX) };
    [complex64] => same, |a| T::new(
        <Self as array_core::engine::kernel::Unary<f32>>::call::<I>(a.re),
        <Self as array_core::engine::kernel::Unary<f32>>::call::<I>(a.im),
    );
    [complex128] => same, |a| T::new(
        <Self as array_core::engine::kernel::Unary<f64>>::call::<I>(a.re),
        <Self as array_core::engine::kernel::Unary<f64>>::call::<I>(a.im),
    );
}

/// `nan`, +∞ and -∞ as three numbers of choice: of (number, (what replaces `nan`, +∞), what replaces -∞).
#[derive(Debug)]
pub struct NanToNumbers;

macro_rules! nan_to_numbers {
    ($($type:ident, $pair:ident, |$a:ident, $nan:ident, $above:ident, $below:ident| $value:expr;)*) => {$(
        impl Several<($type, $pair, $pair)> for NanToNumbers {
            type Output = ($type,);
            const COST: f32 = 0.4;
            #[inline(always)]
            fn call<I: Isa>(($a, first, second): ($type, $pair, $pair)) -> ($type,) {
                let ($nan, $above, $below) = (first.re, first.im, second.re);
                ($value,)
            }
        }
    )*};
}
nan_to_numbers! {
    f16, complex64, |a, nan, above, below| narrow(replaced_f32(widen(a), nan, above, below));
    f32, complex64, |a, nan, above, below| replaced_f32(a, nan, above, below);
    f64, complex128, |a, nan, above, below| replaced_f64(a, nan, above, below);
    complex64, complex64, |a, nan, above, below| {
        complex64::new(replaced_f32(a.re, nan, above, below), replaced_f32(a.im, nan, above, below))
    };
    complex128, complex128, |a, nan, above, below| {
        complex128::new(replaced_f64(a.re, nan, above, below), replaced_f64(a.im, nan, above, below))
    };
}

macro_rules! replaced {
    ($($name:ident $type:ident;)*) => {$(
        #[inline(always)]
        fn $name(a: $type, nan: $type, above: $type, below: $type) -> $type {
            let a = if a == $type::INFINITY { above } else if a == $type::NEG_INFINITY { below } else { a };
            if a.is_nan() { nan } else { a }
        }
    )*};
}
replaced! { replaced_f32 f32; replaced_f64 f64; }
