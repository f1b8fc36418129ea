//! The larger and the smaller of two, and limits.
//!
//! [`Maximum`] and [`Minimum`] give `nan` where either operand is; [`Fmax`] and [`Fmin`] give the other
//! operand. Of two that are equal, they give the left one.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Several;
use array_core::{complex64, complex128, f16, kernel};

use super::order::Ordered;

/// The larger, or `nan`.
#[derive(Debug)]
pub struct Maximum;
/// The smaller, or `nan`.
#[derive(Debug)]
pub struct Minimum;
/// The larger, leaving `nan` aside.
#[derive(Debug)]
pub struct Fmax;
/// The smaller, leaving `nan` aside.
#[derive(Debug)]
pub struct Fmin;
/// No less than a lower limit, no more than an upper one: of (x, lower, upper).
#[derive(Debug)]
pub struct Clip;

macro_rules! extremes {
    ($($kernel:ident: |$a:ident, $b:ident| $left:expr;)*) => {$(
        kernel! { binary $kernel, 0.25:
            [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] => same,
            |$a, $b| if $left { $a } else { $b };
        }
    )*};
}
extremes! {
    Maximum: |a, b| b.up_to(a) | a.nan();
    Minimum: |a, b| a.up_to(b) | a.nan();
    Fmax: |a, b| b.up_to(a) | b.nan();
    Fmin: |a, b| a.up_to(b) | b.nan();
}

impl<T: Ordered> Several<(T, T, T)> for Clip {
    type Output = (T,);
    const COST: f32 = 0.3;
    // Limits are mostly numbers.
    const PREPARES: bool = true;
    #[inline(always)]
    fn call<I: Isa>((x, lower, upper): (T, T, T)) -> (T,) {
        let x = if lower.below(x) | x.nan() { x } else { lower };
        (if x.below(upper) | x.nan() { x } else { upper },)
    }
}
