//! Squares and reciprocals.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;
use array_core::{complex64, complex128};

use super::super::{Reciprocal, Square};

macro_rules! arithmetic {
    ($($complex:ident)*) => {$(
        impl Unary<$complex> for Square {
            type Output = $complex;
            const COST: f32 = 0.3;

            #[inline(always)]
            fn call<I: Isa>(z: $complex) -> $complex {
                $complex::new(z.re * z.re - z.im * z.im, z.re * z.im + z.im * z.re)
            }
        }

        impl Unary<$complex> for Reciprocal {
            type Output = $complex;
            const COST: f32 = 0.5;

            // R. L. Smith's method ("Algorithm 116: complex division", 1962), as NumPy has it: no square
            // that could over- or underflow.
            #[inline(always)]
            fn call<I: Isa>(z: $complex) -> $complex {
                let steep = z.im.abs() > z.re.abs();
                let (small, large) = if steep { (z.re, z.im) } else { (z.im, z.re) };
                let ratio = small / large;
                let divisor = large + small * ratio;
                let (whole, part) = (1.0 / divisor, ratio / divisor);
                if steep { $complex::new(part, -whole) } else { $complex::new(whole, -part) }
            }
        }
    )*};
}
arithmetic! { complex64 complex128 }
