//! Sums, products and means.
//!
//! Small integers and bools are accumulated in 64 bits, half precision in `f32`, the mean of
//! integers in `f64`. As in NumPy sums begin with 0, so that a sum of -0 is 0.

use array_core::engine::reduce::kernel::Accumulate;
use array_core::{Element, complex64, complex128, f16};

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

/// An accumulator that takes in elements, made into its own type, by a binary operation.
macro_rules! fold_with {
    ($kernel:ident: $($type:ty => $state:ty => $out:ty, $empty:expr, $associative:literal,
        |$x:ident| $taken:expr, |$a:ident, $b:ident| $merged:expr, |$s:ident, $d:ident| $result:expr;)*) => {$(
        impl Accumulate<$type> for $kernel {
            type State = $state;
            type Output = $out;
            const COST: f32 = 0.15;
            const ASSOCIATIVE: bool = $associative;
            #[inline(always)]
            fn empty() -> $state { $empty }
            #[inline(always)]
            fn first($x: $type) -> $state { $taken }
            #[inline(always)]
            fn step($a: $state, $x: $type, _: usize) -> $state {
                let $b: $state = $taken;
                $merged
            }
            #[inline(always)]
            fn merge($a: $state, $b: $state) -> $state { $merged }
            #[inline(always)]
            fn finish($s: $state, $d: f64) -> $out {
                let _ = $d;
                $result
            }
        }

        impl WithInitial<$type> for $kernel {
            fn with_initial($a: $out, $b: $out) -> $out { $merged }
        }
    )*};
}

macro_rules! of_integers {
    ($($type:ty => $wide:ty;)*) => {$(
        fold_with! { Sum: $type => $wide => $wide, 0, true, |x| x as $wide, |a, b| a.wrapping_add(b), |s, d| s; }
        fold_with! { Product: $type => $wide => $wide, 1, true, |x| x as $wide, |a, b| a.wrapping_mul(b), |s, d| s; }
        fold_with! { Mean: $type => f64 => f64, 0.0, false, |x| x as i64 as f64, |a, b| a + b, |s, d| s / d; }
    )*};
}
of_integers! {
    bool => i64; i8 => i64; i16 => i64; i32 => i64; i64 => i64;
    u8 => u64; u16 => u64; u32 => u64;
}
fold_with! { Sum: u64 => u64 => u64, 0, true, |x| x, |a, b| a.wrapping_add(b), |s, d| s; }
fold_with! { Product: u64 => u64 => u64, 1, true, |x| x, |a, b| a.wrapping_mul(b), |s, d| s; }
fold_with! { Mean: u64 => f64 => f64, 0.0, false, |x| x as f64, |a, b| a + b, |s, d| s / d; }

macro_rules! of_floats {
    ($($type:ty;)*) => {$(
        fold_with! { Sum: $type => $type => $type, 0.0, false, |x| x, |a, b| a + b, |s, d| s; }
        fold_with! { Product: $type => $type => $type, 1.0, false, |x| x, |a, b| a * b, |s, d| s; }
        fold_with! { Mean: $type => $type => $type, 0.0, false, |x| x, |a, b| a + b, |s, d| s / d as $type; }
        fold_with! { NanSum: $type => $type => $type, 0.0, false, |x| if x.is_nan() { 0.0 } else { x }, |a, b| a + b, |s, d| s; }
        fold_with! { NanProduct: $type => $type => $type, 1.0, false, |x| if x.is_nan() { 1.0 } else { x }, |a, b| a * b, |s, d| s; }
    )*};
}
of_floats! { f32; f64; }

fold_with! {
    Sum: f16 => f32 => f16, 0.0, false, |x| x.to_f32(), |a, b| a + b, |s, d| f16::from_f32(s);
}
fold_with! {
    Product: f16 => f32 => f16, 1.0, false, |x| x.to_f32(), |a, b| a * b, |s, d| f16::from_f32(s);
}
fold_with! {
    Mean: f16 => f32 => f16, 0.0, false, |x| x.to_f32(), |a, b| a + b, |s, d| f16::from_f32(s / d as f32);
}
fold_with! {
    NanSum: f16 => f32 => f16, 0.0, false, |x| if x.is_nan() { 0.0 } else { x.to_f32() }, |a, b| a + b, |s, d| f16::from_f32(s);
}
fold_with! {
    NanProduct: f16 => f32 => f16, 1.0, false, |x| if x.is_nan() { 1.0 } else { x.to_f32() }, |a, b| a * b, |s, d| f16::from_f32(s);
}

macro_rules! of_complex {
    ($($type:ident, $part:ty;)*) => {$(
        fold_with! {
            Sum: $type => $type => $type, $type::new(0.0, 0.0), false,
            |x| x, |a, b| a + b, |s, d| s;
        }
        fold_with! {
            Product: $type => $type => $type, $type::new(1.0, 0.0), false,
            |x| x, |a, b| a * b, |s, d| s;
        }
        fold_with! {
            Mean: $type => $type => $type, $type::new(0.0, 0.0), false,
            |x| x, |a, b| a + b, |s, d| s / d as $part;
        }
        fold_with! {
            NanSum: $type => $type => $type, $type::new(0.0, 0.0), false,
            |x| if is_nan!(x) { $type::new(0.0, 0.0) } else { x }, |a, b| a + b, |s, d| s;
        }
        fold_with! {
            NanProduct: $type => $type => $type, $type::new(1.0, 0.0), false,
            |x| if is_nan!(x) { $type::new(1.0, 0.0) } else { x }, |a, b| a * b, |s, d| s;
        }
    )*};
}
of_complex! { complex64, f32; complex128, f64; }

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
