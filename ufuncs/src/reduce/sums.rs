//! Sums, products and means.
//!
//! Small integers and bools are accumulated in 64 bits, half precision in `f32`, the mean of
//! integers in `f64`. So they have the cores of these dtypes. As in NumPy sums begin with 0, so that a sum of -0 is 0.

use array_core::engine::reduce::kernel::{Accumulate, Core};
use array_core::{DType, Element, complex64, complex128, f16};

use super::extremes::is_nan;
use super::over::WithInitial;

/// The sum.
#[derive(Debug)]
pub struct Sum;
/// The product.
#[derive(Debug)]
pub struct Product;
/// The sum over the count.
#[derive(Debug)]
pub struct Mean;
/// The sum of what is not `nan`.
#[derive(Debug)]
pub struct NanSum;
/// The product of what is not `nan`.
#[derive(Debug)]
pub struct NanProduct;

/// The core of sums: it adds.
#[derive(Debug)]
pub struct Adding;
/// The core of products: it multiplies.
#[derive(Debug)]
pub struct Multiplying;
/// As [`Adding`], with each `nan` taken for zero.
#[derive(Debug)]
pub struct AddingNumbers;
/// As [`Multiplying`], with each `nan` taken for one.
#[derive(Debug)]
pub struct MultiplyingNumbers;

/// A core that takes in elements by a binary operation.
macro_rules! cores {
    ($($core:ident: $type:ty, $empty:expr, $associative:literal, |$x:ident| $taken:expr, |$a:ident, $b:ident| $merged:expr $(, [$own:item])?;)*) => {$(
        impl Core<$type> for $core {
            type State = $type;
            const COST: f32 = 0.15;
            const ASSOCIATIVE: bool = $associative;
            #[inline(always)]
            fn empty() -> $type { $empty }
            #[inline(always)]
            fn first($x: $type) -> $type { $taken }
            #[inline(always)]
            fn step($a: $type, $x: $type, _: usize) -> $type {
                let $b: $type = $taken;
                $merged
            }
            #[inline(always)]
            fn merge($a: $type, $b: $type) -> $type { $merged }
            $($own)?
        }
    )*};
}

// Integers of any size: an `u64` has the same bits. An addition takes no longer than what four at a time would.
cores! {
    Adding: i64, 0, true, |x| x, |a, b| a.wrapping_add(b), [const SCANS_BY_FOUR: bool = false;];
    Multiplying: i64, 1, true, |x| x, |a, b| a.wrapping_mul(b);
}

macro_rules! of_floats {
    ($($type:ty, $zero:expr, $one:expr, |$x:ident| $is_nan:expr;)*) => {
        cores! {$(
            Adding: $type, $zero, false, |x| x, |a, b| a + b, [
                const SPACED: bool = matches!(<$type>::DTYPE, DType::Float64 | DType::Complex128);
            ];
            Multiplying: $type, $one, false, |x| x, |a, b| a * b;
            AddingNumbers: $type, $zero, false, |$x| if $is_nan { $zero } else { $x }, |a, b| a + b;
            MultiplyingNumbers: $type, $one, false, |$x| if $is_nan { $one } else { $x }, |a, b| a * b;
        )*}
    };
}
of_floats! {
    f32, 0.0, 1.0, |x| x.is_nan();
    f64, 0.0, 1.0, |x| x.is_nan();
    complex64, complex64::new(0.0, 0.0), complex64::new(1.0, 0.0), |x| is_nan!(x);
    complex128, complex128::new(0.0, 0.0), complex128::new(1.0, 0.0), |x| is_nan!(x);
}

/// Of an accumulator the core, and for each dtype in which it works, what it gives, and what that is made of.
macro_rules! accumulators {
    ($($kernel:ident by $core:ident [$($type:ty as $work:ty => $out:ty, |$s:ident, $d:ident| $result:expr;)*])*) => {
        $($(
            impl Accumulate<$type> for $kernel {
                type Work = $work;
                type Core = $core;
                type Output = $out;
                #[inline(always)]
                fn finish($s: $work, $d: f64) -> $out {
                    let _ = $d;
                    $result
                }
            }
        )*)*
    };
}

macro_rules! all_integers {
    ($($type:ty => $wide:ty;)*) => {
        accumulators! {
            Sum by Adding [$($type as i64 => $wide, |s, d| s as $wide;)*]
            Product by Multiplying [$($type as i64 => $wide, |s, d| s as $wide;)*]
            Mean by Adding [$($type as f64 => f64, |s, d| s / d;)*]
        }
        $(
            impl WithInitial<$type> for Sum {
                fn with_initial(a: $wide, b: $wide) -> $wide { a.wrapping_add(b) }
            }
            impl WithInitial<$type> for Product {
                fn with_initial(a: $wide, b: $wide) -> $wide { a.wrapping_mul(b) }
            }
        )*
    };
}
all_integers! {
    bool => i64; i8 => i64; i16 => i64; i32 => i64; i64 => i64;
    u8 => u64; u16 => u64; u32 => u64; u64 => u64;
}

macro_rules! all_floats {
    ($($type:ty as $work:ty: |$s:ident, $d:ident| $whole:expr, $quotient:expr;)*) => {
        accumulators! {
            Sum by Adding [$($type as $work => $type, |$s, $d| $whole;)*]
            Product by Multiplying [$($type as $work => $type, |$s, $d| $whole;)*]
            Mean by Adding [$($type as $work => $type, |$s, $d| $quotient;)*]
            NanSum by AddingNumbers [$($type as $work => $type, |$s, $d| $whole;)*]
            NanProduct by MultiplyingNumbers [$($type as $work => $type, |$s, $d| $whole;)*]
        }
        $(
            impl WithInitial<$type> for Sum {
                fn with_initial(a: $type, b: $type) -> $type { a + b }
            }
            impl WithInitial<$type> for Product {
                fn with_initial(a: $type, b: $type) -> $type { a * b }
            }
            impl WithInitial<$type> for NanSum {
                fn with_initial(a: $type, b: $type) -> $type { a + b }
            }
            impl WithInitial<$type> for NanProduct {
                fn with_initial(a: $type, b: $type) -> $type { a * b }
            }
        )*
    };
}
all_floats! {
    f16 as f32: |s, d| f16::from_f32(s), f16::from_f32(s / d as f32);
    f32 as f32: |s, d| s, s / d as f32;
    f64 as f64: |s, d| s, s / d;
    complex64 as complex64: |s, d| s, s / d as f32;
    complex128 as complex128: |s, d| s, s / d;
}

/// What a sum may be: it can be divided by a count.
pub trait Divide: Element {
    /// What that gives.
    type Quotient: Element;
    /// This over `count`; `nan` over nothing.
    fn over(self, count: i64) -> Self::Quotient;
}

macro_rules! divide {
    ($($type:ty => $quotient:ty: |$x:ident, $n:ident| $value:expr;)*) => {$(
        impl Divide for $type {
            type Quotient = $quotient;
            fn over(self, count: i64) -> $quotient {
                let ($x, $n) = (self, count);
                $value
            }
        }
    )*};
}
divide! {
    i64 => f64: |x, n| x as f64 / n as f64;
    u64 => f64: |x, n| x as f64 / n as f64;
    f16 => f16: |x, n| f16::from_f32(x.to_f32() / n as f32);
    f32 => f32: |x, n| x / n as f32;
    f64 => f64: |x, n| x / n as f64;
    complex64 => complex64: |x, n| x / n as f32;
    complex128 => complex128: |x, n| x / n as f64;
}
