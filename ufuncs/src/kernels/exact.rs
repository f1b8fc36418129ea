//! Arithmetic that keeps what a rounding loses, and polynomials.
//!
//! Source of the identities: Muller et al., *Handbook of Floating-Point Arithmetic*, chapter 4.

use array_core::engine::isa::Isa;

/// Adding and then subtracting it rounds an `f64` below 2^51 in size to an integer, which the sum
/// holds in its lowest bits, in two's complement: 1.5 · 2^52.
pub(super) const ROUND: f64 = 6_755_399_441_055_744.0;

/// `c - a * b` with one rounding, given that `a * b` rounded is within a factor 2 of `c`, or that
/// `c` and `a * b` are multiples of an ulp of the result: the remainder of a division or reduction.
#[inline(always)]
pub(super) fn remainder<I: Isa>(c: f64, a: f64, b: f64) -> f64 {
    if I::FMA {
        return I::mul_add(-a, b, c);
    }
    let (high, low) = I::two_product(a, b);
    (c - high) - low
}

/// `a * b + c` and its rounding error, given `|a * b| <= |c|`. The error is itself rounded.
#[inline(always)]
pub(super) fn two_mul_add<I: Isa>(a: f64, b: f64, c: f64) -> (f64, f64) {
    if I::FMA {
        let sum = I::mul_add(a, b, c);
        return (sum, I::mul_add(a, b, c - sum));
    }
    let (high, low) = I::two_product(a, b);
    let sum = c + high;
    (sum, ((c - sum) + high) + low)
}

/// The polynomial with these coefficients, constant term first, by Horner's rule.
#[inline(always)]
pub(super) fn polynomial<I: Isa, const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = I::mul_add(sum, x, coefficients[i]);
    }
    sum
}
