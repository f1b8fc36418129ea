//! Kernels that are one instruction or a few: square root, magnitude, square, reciprocal, and the units
//! of angles.
//!
//! An angle is multiplied by π/180 or 180/π as a pair: correctly rounded but for rare ties. In `f32`
//! the product is one of `f64`.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;
use array_core::f16;

/// Square root, correctly rounded by the processor.
#[derive(Debug)]
pub struct Sqrt;
/// Magnitude.
#[derive(Debug)]
pub struct Absolute;
/// The product with itself.
#[derive(Debug)]
pub struct Square;
/// One over it.
#[derive(Debug)]
pub struct Reciprocal;
/// Degrees to radians.
#[derive(Debug)]
pub struct Radians;
/// Radians to degrees.
#[derive(Debug)]
pub struct Degrees;

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
unary! { Sqrt, 0.7:
    f32 => f32, |x| x.sqrt();
    f64 => f64, |x| x.sqrt();
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
}

macro_rules! of_integers {
    ($($type:ty, $of_zero:expr;)*) => {$(
        unary! { Square, 0.25: $type => $type, |x| x.wrapping_mul(x); }
        // 1 divided by an integer of any size is 1, -1 or 0; by 0 what NumPy has on x86-64.
        unary! { Reciprocal, 0.25:
            $type => $type, |x| if x == 0 { $of_zero } else if x == 1 || x == (0 as $type).wrapping_sub(1) && <$type>::MIN != 0 { x } else { 0 };
        }
    )*};
}
of_integers! { i8, 0; i16, 0; i32, i32::MIN; i64, i64::MIN; u8, 0; u16, 0; u32, 0; u64, 0; }

unary! { Square, 0.25:
    bool => i8, |x| x as i8;
    f16 => f16, |x| f16::from_f32(x.to_f32() * x.to_f32());
    f32 => f32, |x| x * x;
    f64 => f64, |x| x * x;
}
unary! { Reciprocal, 0.4:
    bool => i8, |x| x as i8;
    f16 => f16, |x| f16::from_f32(1.0 / x.to_f32());
    f32 => f32, |x| 1.0 / x;
    f64 => f64, |x| 1.0 / x;
}

macro_rules! units_of_angles {
    ($($kernel:ident: $factor:expr, $lost:expr;)*) => {$(
        impl Unary<f64> for $kernel {
            type Output = f64;
            const COST: f32 = 0.25;
            #[inline(always)]
            fn call<I: Isa>(x: f64) -> f64 {
                let product = x * $factor;
                if !I::FMA {
                    return product;
                }
                let rounded = I::mul_add(x, $factor, x * $lost);
                // Where that is infinity minus infinity, or zeros of either sign.
                if (x.abs() == f64::INFINITY) | (x == 0.0) { product } else { rounded }
            }
        }
        impl Unary<f32> for $kernel {
            type Output = f32;
            const COST: f32 = 0.25;
            #[inline(always)]
            fn call<I: Isa>(x: f32) -> f32 {
                (f64::from(x) * $factor) as f32
            }
        }
    )*};
}
units_of_angles! {
    Radians: 0.017453292519943295, 2.9486522708701687e-19;
    Degrees: 57.29577951308232, -1.9878495670576283e-15;
}
