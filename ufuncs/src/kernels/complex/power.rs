//! z to the power of w: e^(w·log z).
//!
//! The logarithm's parts, their products with those of w and their sums are pairs of relative error 2^-58
//! or so; what of it is left in the result grows with |w·log z|, as far as the result exists to 5 ULP of
//! its size or so. Whole real powers up to 100 in size are products, as in NumPy: squares of Gaussian
//! integers are Gaussian integers.
//!
//! Where z or w is infinite or `nan`, it is what the formula gives. 0 to the power of 0 is 1, of what has a
//! positive real part 0, and else `nan`, as in NumPy.

use array_core::complex128;
use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};

use super::super::exact::two_sum;
use super::super::exp::reduce;
use super::super::pairs::{
    Pair, exp_of_rest, far_exp, far_sin_cos_of_pair, is_extreme, negative, product, scaled_product, select,
    sin_cos_of_pair, sum, value, xor_sign,
};
use super::super::{Power, Reciprocal};
use super::exponential::{in_direction, rare_exp};
use super::logarithm::{any_log_parts, log_parts};

/// z to the power of w, for whole real w of at most `LARGEST_WHOLE` in size: what [`Power`] gives, without
/// a look at each.
#[derive(Debug)]
pub struct WholePower;

impl Binary<complex128> for Power {
    type Output = complex128;
    const COST: f32 = 8.0;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(z: complex128, w: complex128) -> complex128 {
        let (re, im) = exponent::<I>(w, log_parts::<I>(z.re, z.im), z.im);
        // Beyond these the result is 0 or inf.
        let inside = re.0.abs() < 1350.0;
        let re = select(inside, re, (re.0.clamp(-1350.0, 1350.0), 0.0));
        let (rounded, r, r_error) = reduce::<I, f64>(re.0, 0.0);
        let (r, r_error) = two_sum(r, r_error + re.1);
        let (re, im) = in_direction::<I>(exp_of_rest::<I>(r, r_error), rounded, sin_cos_of_pair::<I>(im));
        complex128::new(re, im)
    }

    #[inline(always)]
    fn is_rare(z: complex128, w: complex128) -> bool {
        let usual = (w.re.abs() < 1e6) & (w.im.abs() < 1e6);
        is_extreme(z.re, z.im) | ((z.re == 0.0) & (z.im == 0.0)) | whole(w).is_some() | !usual
    }

    #[cold]
    #[inline(never)]
    fn rare(z: complex128, w: complex128) -> complex128 {
        if let Some(n) = whole(w) {
            return whole_power(z, n);
        }
        if z.re == 0.0 && z.im == 0.0 {
            let of_zero = if w.re > 0.0 { 0.0 } else { f64::NAN };
            return complex128::new(of_zero, of_zero);
        }
        let (size, angle) = any_log_parts(z.re, z.im);
        let (re, im) = exponent::<Baseline>(w, (size, angle), z.im);
        if !(re.0.is_finite() && re.1.is_finite() && im.0.is_finite() && im.1.is_finite()) {
            let log = complex128::new(value(size), value(angle).copysign(z.im));
            let (re, im) = (w.re * log.re - w.im * log.im, w.re * log.im + w.im * log.re);
            let (re, im) = rare_exp(re, im);
            return complex128::new(re, im);
        }
        let (mut pair, exponent) = far_exp(re.0);
        pair.1 += pair.0 * re.1;
        let (sin, cos) = far_sin_cos_of_pair(im);
        complex128::new(scaled_product(pair, cos, exponent), scaled_product(pair, sin, exponent))
    }
}

/// Whole powers up to this are made by multiplication.
pub(crate) const LARGEST_WHOLE: f64 = 100.0;

/// w · log z, given the logarithm without the sign of its imaginary part, which is that of `y`.
#[inline(always)]
fn exponent<I: Isa>(w: complex128, (size, angle): (Pair, Pair), y: f64) -> (Pair, Pair) {
    let angle = xor_sign(angle, y);
    let (re, im) = ((w.re, 0.0), (w.im, 0.0));
    (
        sum(product::<I>(re, size), negative(product::<I>(im, angle))),
        sum(product::<I>(re, angle), product::<I>(im, size)),
    )
}

/// Of whole numbers up to that size, the number.
#[inline(always)]
fn whole(w: complex128) -> Option<i32> {
    let is_whole = (w.im == 0.0) & (w.re.abs() <= LARGEST_WHOLE) & (w.re == w.re.round_ties_even());
    is_whole.then_some(w.re as i32)
}

/// z^n by multiplication, as NumPy does it.
#[inline(always)]
fn whole_power(z: complex128, n: i32) -> complex128 {
    let mut rest = n.unsigned_abs();
    let mut square = z;
    let mut power = if rest & 1 == 1 { z } else { complex128::new(1.0, 0.0) };
    let mut begun = rest & 1 == 1;
    while rest > 1 {
        rest >>= 1;
        square = square * square;
        if rest & 1 == 1 {
            power = if begun { power * square } else { square };
            begun = true;
        }
    }
    if n < 0 { <Reciprocal as Unary<complex128>>::call::<Baseline>(power) } else { power }
}

impl Binary<complex128> for WholePower {
    type Output = complex128;
    const COST: f32 = 3.0;

    #[inline(always)]
    fn call<I: Isa>(z: complex128, w: complex128) -> complex128 {
        whole_power(z, w.re as i32)
    }

    // The common powers, without a loop in the loop.
    #[inline(always)]
    fn call_with_constant<I: Isa>(z: complex128, w: complex128) -> complex128 {
        match w.re as i32 {
            2 => z * z,
            3 => z * (z * z),
            4 => (z * z) * (z * z),
            n => whole_power(z, n),
        }
    }
}
