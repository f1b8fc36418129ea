//! Kernels that are one instruction or a few: square root and magnitude.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;
use array_core::{Element, complex64, complex128, f16};
use num_traits::Float;

/// Square root, correctly rounded by the processor.
#[derive(Debug)]
pub struct Sqrt;
/// Magnitude.
#[derive(Debug)]
pub struct Absolute;

macro_rules! unary {
    ($kernel:ident, $cost:literal: $($type:ty => $out:ty, |$a:ident| $value:expr;)*) => {$(
        impl Unary<$type> for $kernel {
            type Output = $out;
            const COST: f32 = $cost;
            #[inline(always)]
            fn call<I: Isa>($a: $type) -> $out { $value }
        }
    )*};
}
impl<T: Element + Float> Unary<T> for Sqrt {
    type Output = T;
    const COST: f32 = 0.7;
    #[inline(always)]
    fn call<I: Isa>(x: T) -> T {
        x.sqrt()
    }
}

unary! { Absolute, 0.25:
    bool => bool, |x| x;
    i8 => i8, |x| x.wrapping_abs();
    i16 => i16, |x| x.wrapping_abs();
    i32 => i32, |x| x.wrapping_abs();
    i64 => i64, |x| x.wrapping_abs();
    u8 => u8, |x| x;
    u16 => u16, |x| x;
    u32 => u32, |x| x;
    u64 => u64, |x| x;
    f16 => f16, |x| f16::from_bits(x.to_bits() & 0x7fff);
    f32 => f32, |x| x.abs();
    f64 => f64, |x| x.abs();
    complex64 => f32, |z| z.re.hypot(z.im);
    complex128 => f64, |z| z.re.hypot(z.im);
}
