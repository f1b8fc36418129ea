//! The inverse sine and cosine, and the inverse hyperbolic sine and cosine, which are these turned.
//!
//! W. Kahan's formulas ("Branch cuts for complex elementary functions", 1987): with
//! √(1 - z) = p - iq and √(1 + z) = r + is, all four positive for y > 0,
//!
//! - arcsin z = arctan2(x, pr + qs) + i·arcsinh(ps + qr),
//! - arccos z = 2·arctan2(p, r) - i·arcsinh(ps + qr):
//!
//! nothing cancels. 1 ± x, roots, sums and products are pairs. Beyond 10^140, and where a part is below
//! 10^-140, the first term of a series is enough.
//!
//! arcsinh z = -i·arcsin iz; arccosh z = ±i·arccos z, the sign such that the real part is positive.

use std::f64::consts::{FRAC_PI_2, PI};

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};

use super::super::exact::two_sum;
use super::super::pairs::{
    Pair, arcsinh, arctan2, far_quotient, is_extreme, is_huge, is_tiny, product, root, square, sum, value,
    xor_sign,
};
use super::super::{Arccos, Arccosh, Arcsin, Arcsinh, Arctan2};
use super::logarithm::log_of_double;
use super::root::sqrt_parts;

super::kernels! {
    Arcsin, 8.0: arcsin, is_extreme, rare_arcsin, |x, y| (x, y), |re, im| (re, im);
    Arccos, 8.0: arccos, is_extreme, rare_arccos, |x, y| (x, y), |re, im| (re, im);
    Arcsinh, 8.0: arcsin, is_extreme, rare_arcsin, |x, y| (y, x), |re, im| (im, re);
    Arccosh, 8.0: arccosh, is_extreme, rare_arccosh, |x, y| (x, y), |re, im| (re, im);
}

/// The parts of √(1 - z) and of √(1 + z), without their signs.
#[inline(always)]
fn roots<I: Isa>(x: f64, y: f64) -> ((Pair, Pair), (Pair, Pair)) {
    (sqrt_parts::<I>(two_sum(1.0, -x), y.abs()), sqrt_parts::<I>(two_sum(1.0, x), y.abs()))
}

/// arcsinh(ps + qr).
#[inline(always)]
fn imaginary<I: Isa>((p, q): (Pair, Pair), (r, s): (Pair, Pair)) -> f64 {
    value(arcsinh::<I>(sum(product::<I>(p, s), product::<I>(q, r))))
}

#[inline(always)]
fn arcsin<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let ((p, q), (r, s)) = roots::<I>(x, y);
    let opposite = xor_sign((x, 0.0), x);
    let re = value(arctan2::<I>(opposite, sum(product::<I>(p, r), product::<I>(q, s))));
    (re.copysign(x), imaginary::<I>((p, q), (r, s)).copysign(y))
}

/// The real part, and the size of the imaginary one.
#[inline(always)]
fn arccos_parts<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (less, more) = roots::<I>(x, y);
    (2.0 * value(arctan2::<I>(less.0, more.0)), imaginary::<I>(less, more))
}

#[inline(always)]
fn arccos<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = arccos_parts::<I>(x, y);
    (re, im.copysign(-y))
}

#[inline(always)]
fn arccosh<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = arccos_parts::<I>(x, y);
    (im, re.copysign(y))
}

/// arctan2 of anything.
fn angle(y: f64, x: f64) -> f64 {
    <Arctan2 as Binary<f64>>::rare(y, x)
}

fn rare_arcsin(x: f64, y: f64) -> (f64, f64) {
    let (a, b) = (x.abs(), y.abs());
    let (re, im) = if a.is_infinite() || b.is_infinite() {
        (angle(a, b), f64::INFINITY)
    } else if a.is_nan() || b.is_nan() {
        (if a == 0.0 { a } else { f64::NAN }, f64::NAN)
    } else if is_huge(a) || is_huge(b) {
        (angle(a, b), log_of_double(a, b))
    } else if is_tiny(b) {
        (<Arcsin as Unary<f64>>::call::<Baseline>(a.min(1.0)), beside_the_axis(a, b))
    } else if is_tiny(a) {
        let hypotenuse = root::<Baseline>(sum((1.0, 0.0), square::<Baseline>((b, 0.0))));
        (far_quotient(a, hypotenuse, 0), <Arcsinh as Unary<f64>>::call::<Baseline>(b))
    } else {
        arcsin::<Baseline>(a, b)
    };
    (re.copysign(x), im.copysign(y))
}

/// The imaginary part for a tiny b.
fn beside_the_axis(a: f64, b: f64) -> f64 {
    if a < 1.0 {
        let square = product::<Baseline>(two_sum(1.0, -a), two_sum(1.0, a));
        far_quotient(b, root::<Baseline>(square), 0)
    } else if a == 1.0 {
        b.sqrt()
    } else {
        <Arccosh as Unary<f64>>::call::<Baseline>(a)
    }
}

fn rare_arccos_parts(x: f64, y: f64) -> (f64, f64) {
    let (a, b) = (x.abs(), y.abs());
    if a.is_infinite() || b.is_infinite() {
        (angle(b, x), f64::INFINITY)
    } else if a.is_nan() || b.is_nan() {
        (if a == 0.0 { FRAC_PI_2 } else { f64::NAN }, f64::NAN)
    } else if is_huge(a) || is_huge(b) {
        (angle(b, x), log_of_double(a, b))
    } else if is_tiny(b) {
        let re = if a < 1.0 {
            <Arccos as Unary<f64>>::call::<Baseline>(x)
        } else if x < 0.0 {
            PI
        } else if x == 1.0 {
            b.sqrt()
        } else {
            let square = product::<Baseline>(two_sum(x, -1.0), two_sum(x, 1.0));
            far_quotient(b, root::<Baseline>(square), 0)
        };
        (re, beside_the_axis(a, b))
    } else if is_tiny(a) {
        (FRAC_PI_2, <Arcsinh as Unary<f64>>::call::<Baseline>(b))
    } else {
        arccos_parts::<Baseline>(x, b)
    }
}

fn rare_arccos(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = rare_arccos_parts(x, y);
    (re, im.copysign(-y))
}

fn rare_arccosh(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = rare_arccos_parts(x, y);
    (im, re.copysign(y))
}
