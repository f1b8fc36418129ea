//! Arithmetic that keeps what a rounding loses, and polynomials.
//!
//! Source of the identities: Muller et al., *Handbook of Floating-Point Arithmetic*, chapter 4.

use array_core::engine::isa::Isa;

use super::lane::Lane;

/// Adding and then subtracting it rounds an `f64` below 2^51 in size to an integer, which the sum
/// holds in its lowest bits, in two's complement: 1.5 · 2^52.
pub(super) const ROUND: f64 = f64::ROUND;

/// `c - a * b` with one rounding, given that `a * b` rounded is within a factor 2 of `c`, or that
/// `c` and `a * b` are multiples of an ulp of the result: the remainder of a division or reduction.
#[inline(always)]
pub(super) fn remainder<I: Isa, T: Lane>(c: T, a: T, b: T) -> T {
    if I::FMA {
        return T::mul_add::<I>(-a, b, c);
    }
    let (high, low) = T::two_product::<I>(a, b);
    (c - high) - low
}

/// `a * b + c` and its rounding error, given `|a * b| <= |c|` or `c == 0`. The error is itself
/// rounded.
#[inline(always)]
pub(super) fn two_mul_add<I: Isa, T: Lane>(a: T, b: T, c: T) -> (T, T) {
    if I::FMA {
        let sum = T::mul_add::<I>(a, b, c);
        return (sum, T::mul_add::<I>(a, b, c - sum));
    }
    let (high, low) = T::two_product::<I>(a, b);
    let sum = c + high;
    (sum, ((c - sum) + high) + low)
}

/// `a + b` and its rounding error, exactly.
#[inline(always)]
pub(super) fn two_sum<T: Lane>(a: T, b: T) -> (T, T) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// [`two_sum`] of numbers of which `a` is the larger in size, or 0.
#[inline(always)]
pub(super) fn fast_two_sum<T: Lane>(a: T, b: T) -> (T, T) {
    let sum = a + b;
    (sum, (a - sum) + b)
}

/// The quotient of two unevaluated sums, as one.
#[inline(always)]
pub(super) fn quotient<I: Isa, T: Lane>(a: (T, T), b: (T, T)) -> (T, T) {
    let reciprocal = T::of(1.0) / b.0;
    let q = a.0 * reciprocal;
    let rest = T::mul_add::<I>(-q, b.1, remainder::<I, T>(a.0, q, b.0) + a.1);
    (q, rest * reciprocal)
}

/// The square root of an unevaluated sum, positive or 0, as one.
#[inline(always)]
pub(super) fn sqrt_pair<I: Isa, T: Lane>(x: T, x_low: T) -> (T, T) {
    let root = x.sqrt();
    let low = (remainder::<I, T>(x, root, root) + x_low) * (T::of(0.5) / root);
    (root, if x > T::of(0.0) { low } else { T::of(0.0) })
}

/// The polynomial with these coefficients, constant term first, by Horner's rule.
#[inline(always)]
pub(super) fn polynomial<I: Isa, T: Lane, const N: usize>(x: T, coefficients: [T; N]) -> T {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = T::mul_add::<I>(sum, x, coefficients[i]);
    }
    sum
}

/// As [`polynomial`], in four sums of every fourth term: more operations, but a shorter chain of them,
/// where that is what takes the time.
#[inline(always)]
pub(super) fn wide_polynomial<I: Isa, T: Lane, const N: usize>(x: T, coefficients: [T; N]) -> T {
    let square = x * x;
    let fourth = square * square;
    let part = |first: usize| {
        let last = first + (N - 1 - first) / 4 * 4;
        let mut sum = coefficients[last];
        for i in (first..last).step_by(4).rev() {
            sum = T::mul_add::<I>(sum, fourth, coefficients[i]);
        }
        sum
    };
    let low = T::mul_add::<I>(part(1), x, part(0));
    T::mul_add::<I>(T::mul_add::<I>(part(3), x, part(2)), square, low)
}
