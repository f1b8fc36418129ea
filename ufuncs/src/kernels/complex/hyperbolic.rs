//! Hyperbolic sine, cosine and tangent, and the circular ones, which are these turned by a right angle.
//!
//! - sinh(x + iy) = sinh x·cos y + i cosh x·sin y,
//! - cosh(x + iy) = cosh x·cos y + i sinh x·sin y,
//! - tanh(x + iy) = (sinh x·cosh x + i sin y·cos y) / (sinh² x + cos² y),
//!
//! of pairs: products, quotients, and a sum of squares. sin z = -i sinh iz, cos z = cosh iz and
//! tan z = -i tanh iz.

use array_core::engine::isa::{Baseline, Isa};

use super::super::exact::quotient;
use super::super::pairs::{
    LARGEST_SINH, Pair, far_exp, far_sin_cos, far_sinh_cosh, is_below, is_far, product, scaled,
    scaled_product, sin_cos, sinh_cosh, square, sum, value,
};

super::kernels! {
    Sinh, 4.0: sinh, is_rare, rare_sinh, |x, y| (x, y), |re, im| (re, im);
    Cosh, 4.0: cosh, is_rare, rare_cosh, |x, y| (x, y), |re, im| (re, im);
    Tanh, 6.0: tanh, is_rare_tanh, rare_tanh, |x, y| (x, y), |re, im| (re, im);
    Sin, 4.0: sinh, is_rare, rare_sinh, |x, y| (-y, x), |re, im| (im, -re);
    Cos, 4.0: cosh, is_rare, rare_cosh, |x, y| (-y, x), |re, im| (re, im);
    Tan, 6.0: tanh, is_rare_tanh, rare_tanh, |x, y| (-y, x), |re, im| (im, -re);
}

#[inline(always)]
fn is_rare(x: f64, y: f64) -> bool {
    is_far(y) | !is_below(x, LARGEST_SINH)
}

/// Squares of the hyperbolic sine beyond this are too large.
#[inline(always)]
fn is_rare_tanh(x: f64, y: f64) -> bool {
    is_far(y) | !is_below(x, 340.0)
}

#[inline(always)]
fn sinh<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let ((sinh, cosh), (sin, cos)) = (sinh_cosh::<I>(x), sin_cos::<I>(y));
    (value(product::<I>(sinh, cos)), value(product::<I>(cosh, sin)))
}

#[inline(always)]
fn cosh<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let ((sinh, cosh), (sin, cos)) = (sinh_cosh::<I>(x), sin_cos::<I>(y));
    (value(product::<I>(cosh, cos)), value(product::<I>(sinh, sin)))
}

#[inline(always)]
fn tanh<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    tanh_of_parts::<I>(sinh_cosh::<I>(x), sin_cos::<I>(y))
}

#[inline(always)]
fn tanh_of_parts<I: Isa>((sinh, cosh): (Pair, Pair), (sin, cos): (Pair, Pair)) -> (f64, f64) {
    let divisor = sum(square::<I>(sinh), square::<I>(cos));
    let re = quotient::<I, f64>(product::<I>(sinh, cosh), divisor);
    let im = quotient::<I, f64>(product::<I>(sin, cos), divisor);
    (value(re), value(im))
}

fn rare_sinh(x: f64, y: f64) -> (f64, f64) {
    if x.is_finite() && y.is_finite() {
        let ((sinh, cosh, exponent), (sin, cos)) = (far_sinh_cosh(x), far_sin_cos(y));
        return (scaled_product(sinh, cos, exponent), scaled_product(cosh, sin, exponent));
    }
    if x.is_nan() {
        return (x, if y == 0.0 { y } else { f64::NAN });
    }
    if !y.is_finite() {
        return (if x == 0.0 || x.is_infinite() { x } else { f64::NAN }, f64::NAN);
    }
    let (sin, cos) = far_sin_cos(y);
    (x * cos.0, if y == 0.0 { y } else { x.abs() * sin.0 })
}

fn rare_cosh(x: f64, y: f64) -> (f64, f64) {
    if x.is_finite() && y.is_finite() {
        let ((sinh, cosh, exponent), (sin, cos)) = (far_sinh_cosh(x), far_sin_cos(y));
        return (scaled_product(cosh, cos, exponent), scaled_product(sinh, sin, exponent));
    }
    if x.is_nan() {
        return (x, if y == 0.0 { y } else { f64::NAN });
    }
    if !y.is_finite() {
        let re = if x.is_infinite() { f64::INFINITY } else { f64::NAN };
        return (re, if x == 0.0 { x } else { f64::NAN });
    }
    let (sin, cos) = far_sin_cos(y);
    (x.abs() * cos.0, if y == 0.0 { y.copysign(x.signum() * y.signum()) } else { x * sin.0 })
}

fn rare_tanh(x: f64, y: f64) -> (f64, f64) {
    if x.is_nan() {
        return (x, if y == 0.0 { y } else { f64::NAN });
    }
    if !y.is_finite() {
        let im = if x.is_infinite() { (0.0_f64).copysign(y) } else { f64::NAN };
        let re = if x.is_infinite() { (1.0_f64).copysign(x) } else { f64::NAN };
        return (if x == 0.0 { x } else { re }, if y.is_nan() && x.is_infinite() { 0.0 } else { im });
    }
    let (sin, cos) = far_sin_cos(y);
    if x.abs() < 340.0 {
        return tanh_of_parts::<Baseline>(sinh_cosh::<Baseline>(x), (sin, cos));
    }
    // 1 to all digits, and 4 sin y cos y e^-2|x|.
    let (small, exponent) = far_exp(-2.0 * x.abs().min(1500.0));
    let im = scaled_product(product::<Baseline>(sin, cos), scaled(small, 4.0), exponent);
    ((1.0_f64).copysign(x), im)
}
