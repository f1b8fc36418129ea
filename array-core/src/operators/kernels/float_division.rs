//! Division of floats with a whole quotient, and its remainder, which is exact.
//!
//! If the quotient's whole part `q` fits a float's digits, `a - q b` has no rounding error: it is a
//! multiple of the last digit of `a` or `b`, and smaller than `b`. Rounding may have made `q` one too
//! large, which the remainder's sign shows. `f32` does all of it in `f64`, where even products are
//! exact. Other inputs (quotients above 2^52, infinities, division by zero) go to the C library's
//! `fmod`.

use crate::engine::isa::Isa;

/// Floats as NumPy divides them.
pub(super) trait FloatDivision: Copy {
    /// The remainder with the sign of `a`: C's `fmod`.
    fn fmod<I: Isa>(a: Self, b: Self) -> Self;
    /// [`fmod`](Self::fmod) of what is rare. A call of its own: the compiler thinks `%` cheap, and
    /// would compute it always.
    fn far_fmod(a: Self, b: Self) -> Self;
    /// The quotient rounded down, and the remainder with the sign of `b`.
    fn floor_and_remainder<I: Isa>(a: Self, b: Self) -> (Self, Self);

    #[inline(always)]
    fn floor_divide<I: Isa>(a: Self, b: Self) -> Self {
        Self::floor_and_remainder::<I>(a, b).0
    }
    #[inline(always)]
    fn remainder<I: Isa>(a: Self, b: Self) -> Self {
        Self::floor_and_remainder::<I>(a, b).1
    }
}

macro_rules! float_division {
    ($($type:ident, $largest_quotient:expr, $largest_divisor:expr, |$isa:ident, $a:ident, $b:ident, $q:ident| $rest:expr;)*) => {$(
        impl FloatDivision for $type {
            #[inline(always)]
            fn fmod<$isa: Isa>(a: $type, b: $type) -> $type {
                let ($a, $b) = (a as f64, b as f64);
                let $q = ($a / $b).trunc();
                if !($q.abs() < $largest_quotient && $b.abs() < $largest_divisor) {
                    return <$type>::far_fmod(a, b);
                }
                let rest: f64 = $rest;
                let too_large = rest != 0.0 && (rest < 0.0) != ($a < 0.0);
                let rest = if too_large { rest + $b.abs().copysign($a) } else { rest };
                rest.copysign($a) as $type
            }

            #[cold]
            #[inline(never)]
            fn far_fmod(a: $type, b: $type) -> $type {
                a % b
            }

            #[inline(always)]
            fn floor_and_remainder<I: Isa>(a: $type, b: $type) -> ($type, $type) {
                let rest = Self::fmod::<I>(a, b);
                if b == 0.0 {
                    return (a / b, rest);
                }
                let opposite = rest != 0.0 && (b < 0.0) != (rest < 0.0);
                let quotient = (a - rest) / b - if opposite { 1.0 } else { 0.0 };
                let floor = quotient.floor();
                let floor = if quotient - floor > 0.5 { floor + 1.0 } else { floor };
                let floor = if quotient == 0.0 { (0.0 as $type).copysign(a / b) } else { floor };
                let remainder = if opposite { rest + b } else { rest };
                (floor, if rest == 0.0 { (0.0 as $type).copysign(b) } else { remainder })
            }
        }
    )*};
}
float_division! {
    f32, 536_870_912.0, f64::INFINITY, |I, a, b, q| a - q * b;
    // Dekker's product, where nothing fuses, overflows above 2^996.
    f64, 4_503_599_627_370_496.0, 1e290, |I, a, b, q| {
        let (high, low) = I::two_product(q, b);
        (a - high) - low
    };
}
