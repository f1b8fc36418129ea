//! Floats taken apart into their digits and exponents, and the steps between neighbours.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Several;
use array_core::{Element, f16, kernel};

use super::half::{narrow, widen};

/// The next float from the left one towards the right one.
#[derive(Debug)]
pub struct Nextafter;
/// The distance to the next float away from zero; with a number's sign, but of halves always positive.
#[derive(Debug)]
pub struct Spacing;
/// The part after the decimal point, and the part before it: both with the number's sign.
#[derive(Debug)]
pub struct Modf;
/// Digits of magnitude 0.5 to 1, and the exponent of two that makes the number of them.
#[derive(Debug)]
pub struct Frexp;
/// The left one times two to the power of the right one.
#[derive(Debug)]
pub struct Ldexp;

macro_rules! neighbours {
    ($($type:ident, $bits:ident, $infinity:expr, |$a:ident| $spacing:expr;)*) => {$(
        kernel! { binary Nextafter, 0.5:
            [$type] => same, |a, b| {
                const SIGN: $bits = 1 << ($bits::BITS - 1);
                let (x, y) = (a.to_bits(), b.to_bits());
                let (size, other) = (x & !SIGN, y & !SIGN);
                let sign = x & SIGN;
                // Away from zero if `b` is farther out on the same side.
                let out = (sign == y & SIGN) & (other > size);
                let next = sign | if out { size.wrapping_add(1) } else { size.wrapping_sub(1) };
                let next = if size == 0 { (y & SIGN) | 1 } else { next };
                let next = if (x == y) | (size | other == 0) { y } else { next };
                let next = if other > $infinity { y } else { next };
                $type::from_bits(if size > $infinity { x } else { next })
            };
        }
        kernel! { unary Spacing, 0.4: [$type] => same, |$a| $spacing; }
    )*};
}
neighbours! {
    f16, u16, 0x7c00, |a| {
        // The next one up, as a number: by one bit, down in magnitude if negative.
        let bits = a.to_bits();
        let up = if bits >> 15 == 0 { bits + 1 } else { bits.wrapping_sub(1) };
        let up = if bits == 0x8000 { 1 } else { up };
        let step = widen(f16::from_bits(up)) - widen(a);
        narrow(if a.is_finite() { step } else { f32::NAN })
    };
    f32, u32, 0x7f80_0000, |a| {
        let a = if a == 0.0 { 0.0 } else { a }; // of both zeros the step is positive
        let step = f32::from_bits(a.to_bits().wrapping_add(1)) - a;
        if a.is_finite() { step } else { f32::NAN }
    };
    f64, u64, 0x7ff0_0000_0000_0000, |a| {
        let a = if a == 0.0 { 0.0 } else { a }; // of both zeros the step is positive
        let step = f64::from_bits(a.to_bits().wrapping_add(1)) - a;
        if a.is_finite() { step } else { f64::NAN }
    };
}

/// Floats that can be taken apart.
pub(crate) trait Digits: Element {
    fn modf(self) -> (Self, Self);
    fn frexp(self) -> (Self, i32);
    /// Times two to this power.
    fn ldexp(self, exponent: i64) -> Self;
    /// The powers of two that are normal numbers, the least and the largest.
    const POWERS: [i32; 2];
    /// Times one of these powers.
    fn scaled(self, exponent: i64) -> Self;
}

macro_rules! digits {
    ($($type:ident, $bits:ident, $digits:literal, $offset:literal, |$x:ident, $e:ident| $ldexp:expr;)*) => {$(
        impl Digits for $type {
            #[inline(always)]
            fn modf(self) -> ($type, $type) {
                let whole = self.trunc();
                let rest = if self.is_infinite() { 0.0 } else { self - whole };
                (rest.copysign(self), whole)
            }

            #[inline(always)]
            fn frexp(self) -> ($type, i32) {
                const EXPONENT: $bits = (2 * $offset + 1) << $digits;
                let subnormal = self.abs() < $type::MIN_POSITIVE;
                let scale = $type::from_bits(($offset + $digits + 2) << $digits);
                let x = if subnormal { self * scale } else { self };
                let exponent = ((x.to_bits() & EXPONENT) >> $digits) as i32 - ($offset - 1);
                let exponent = exponent - if subnormal { $digits + 2 } else { 0 };
                let half = $type::from_bits((x.to_bits() & !EXPONENT) | (($offset - 1) << $digits));
                let ordinary = self.is_finite() & (self != 0.0);
                if ordinary { (half, exponent) } else { (self, 0) }
            }

            #[inline(always)]
            fn ldexp(self, exponent: i64) -> $type {
                let ($x, $e) = (self, exponent);
                $ldexp
            }

            const POWERS: [i32; 2] = [1 - $offset, $offset];
            #[inline(always)]
            fn scaled(self, exponent: i64) -> $type {
                // Rounded once, be the result subnormal or not.
                self * $type::from_bits((exponent as $bits).wrapping_add($offset) << $digits)
            }
        }
    )*};
}

/// Two to a power within a normal double's range.
#[inline(always)]
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

digits! {
    f32, u32, 23, 127, |x, e| (x as f64 * power_of_two(e.clamp(-500, 500))) as f32;
    f64, u64, 52, 1023, |x, e| {
        // In three steps, of which only the last may round: while the exponent is far below, by a
        // power that leaves a normal number, or what ends as zero.
        let e = e.clamp(-2200, 2200);
        let first = e.clamp(-969, 1023);
        let second = (e - first).clamp(-969, 1023);
        let third = (e - first - second).clamp(-1022, 1023);
        ((x * power_of_two(first)) * power_of_two(second)) * power_of_two(third)
    };
}

impl Digits for f16 {
    #[inline(always)]
    fn modf(self) -> (f16, f16) {
        let (rest, whole) = widen(self).modf();
        (narrow(rest), narrow(whole))
    }
    #[inline(always)]
    fn frexp(self) -> (f16, i32) {
        let (digits, exponent) = widen(self).frexp();
        (narrow(digits), exponent)
    }
    #[inline(always)]
    fn ldexp(self, exponent: i64) -> f16 {
        // Exact in single precision, whose exponents reach farther, unless it is zero as a half.
        narrow(widen(self) * power_of_two(exponent.clamp(-100, 100)) as f32)
    }
    const POWERS: [i32; 2] = <f32 as Digits>::POWERS;
    #[inline(always)]
    fn scaled(self, exponent: i64) -> f16 {
        narrow(widen(self).scaled(exponent))
    }
}

macro_rules! kernels {
    ($($kernel:ident: $in:ty => $out:ty, |$x:pat_param| $value:expr;)*) => {$(
        impl<F: Digits> Several<$in> for $kernel {
            type Output = $out;
            const COST: f32 = 0.5;
            #[inline(always)]
            fn call<I: Isa>($x: $in) -> $out { $value }
        }
    )*};
}
kernels! {
    Modf: (F,) => (F, F), |(x,)| x.modf();
    Frexp: (F,) => (F, i32), |(x,)| x.frexp();
}

// One multiplication, unless the power of two is no normal number.
macro_rules! ldexp {
    ($($exponent:ident)*) => {$(
        impl<F: Digits> Several<(F, $exponent)> for Ldexp {
            type Output = (F,);
            const COST: f32 = 0.25;
            const HAS_RARE: bool = true;
            #[inline(always)]
            fn call<I: Isa>((x, exponent): (F, $exponent)) -> (F,) {
                (x.scaled(exponent as i64),)
            }
            #[inline(always)]
            fn is_rare((_, exponent): (F, $exponent)) -> bool {
                (exponent < F::POWERS[0] as $exponent) | (exponent > F::POWERS[1] as $exponent)
            }
            #[cold]
            #[inline(never)]
            fn rare((x, exponent): (F, $exponent)) -> (F,) {
                (x.ldexp(exponent as i64),)
            }
        }
    )*};
}
ldexp! { i32 i64 }
