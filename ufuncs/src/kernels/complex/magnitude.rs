//! Magnitudes, and directions: z/|z|.
//!
//! Magnitudes are the hypotenuses of [`Hypot`]: to 0.75 ULP, and those of `complex64` in `f64`.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};
use array_core::{complex64, complex128};

use super::super::{Absolute, Hypot, Sign};

impl Unary<complex128> for Absolute {
    type Output = f64;
    const COST: f32 = 0.7;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(z: complex128) -> f64 {
        <Hypot as Binary<f64>>::call::<I>(z.re, z.im)
    }

    #[inline(always)]
    fn is_rare(z: complex128) -> bool {
        <Hypot as Binary<f64>>::is_rare(z.re, z.im)
    }

    #[cold]
    #[inline(never)]
    fn rare(z: complex128) -> f64 {
        <Hypot as Binary<f64>>::rare(z.re, z.im)
    }
}

impl Unary<complex64> for Absolute {
    type Output = f32;
    const COST: f32 = 0.4;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(z: complex64) -> f32 {
        let (x, y) = (f64::from(z.re), f64::from(z.im));
        I::mul_add(x, x, y * y).sqrt() as f32
    }

    // Beside a nan there may be an infinity.
    #[inline(always)]
    fn is_rare(z: complex64) -> bool {
        z.re.is_nan() | z.im.is_nan()
    }

    #[cold]
    #[inline(never)]
    fn rare(z: complex64) -> f32 {
        if z.re.is_infinite() || z.im.is_infinite() { f32::INFINITY } else { f32::NAN }
    }
}

macro_rules! directions {
    ($($complex:ident, $real:ident, |$x:ident, $y:ident| $is_rare:expr;)*) => {$(
        impl Unary<$complex> for Sign {
            type Output = $complex;
            const COST: f32 = 1.0;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: Isa>(z: $complex) -> $complex {
                let size = <Hypot as Binary<$real>>::call::<I>(z.re, z.im);
                $complex::new(z.re / size, z.im / size)
            }

            #[inline(always)]
            fn is_rare(z: $complex) -> bool {
                let ($x, $y) = (z.re.abs(), z.im.abs());
                let rare: bool = $is_rare;
                rare | (($x == 0.0) & ($y == 0.0))
            }

            #[cold]
            #[inline(never)]
            fn rare(z: $complex) -> $complex {
                let (x, y) = (z.re, z.im);
                if x.is_infinite() && y.is_infinite() || (x.is_nan() || y.is_nan()) && !(x.is_infinite() || y.is_infinite()) {
                    return $complex::new($real::NAN, $real::NAN);
                }
                if x.is_infinite() || y.is_infinite() {
                    // As numbers beside which the other part is nothing.
                    let unit = |part: $real| if part.is_infinite() { part.signum() } else { 0.0 };
                    return $complex::new(unit(x), unit(y));
                }
                if x == 0.0 && y == 0.0 {
                    return $complex::new(0.0, 0.0);
                }
                // Of middle size, by a power of two.
                let power = if x.abs().max(y.abs()) > 1.0 { 0.0625 } else { 1.0 / $real::MIN_POSITIVE };
                let (x, y) = (x * power, y * power);
                let size = if <Hypot as Binary<$real>>::is_rare(x, y) {
                    <Hypot as Binary<$real>>::rare(x, y)
                } else {
                    <Hypot as Binary<$real>>::call::<Baseline>(x, y)
                };
                $complex::new(x / size, y / size)
            }
        }
    )*};
}
directions! {
    complex128, f64, |x, y| <Hypot as Binary<f64>>::is_rare(x, y);
    complex64, f32, |x, y| {
        let larger = if x > y { x } else { y };
        // A size that is subnormal is inexact, and one that is infinite is none.
        let usual = x < 1e38 && y < 1e38;
        !usual || larger < 1e-35
    };
}
