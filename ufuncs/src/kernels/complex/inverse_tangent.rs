//! The inverse hyperbolic tangent, and the inverse tangent, which is that turned by a right angle.
//!
//! For x and y that are not negative (W. Kahan, "Branch cuts for complex elementary functions", 1987)
//!
//! artanh z = log(1 + 4x/((1-x)² + y²))/4 + i·arctan2(2y, (1-x)(1+x) - y²)/2.
//!
//! Where the difference cancels it is nothing beside 2y. All are pairs.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, LN_2};

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::super::digits::Digits;
use super::super::exact::{quotient, two_sum};
use super::super::log::log1p_pair;
use super::super::pairs::{
    arctan2, far_quotient, is_extreme, is_huge, is_tiny, negative, product, square, sum, value,
};
use super::super::{Arctan, Arctanh, Log, Log1p};

super::kernels! {
    Arctanh, 6.0: arctanh, is_rare, rare_arctanh, |x, y| (x, y), |re, im| (re, im);
    Arctan, 6.0: arctanh, is_rare, rare_arctanh, |x, y| (-y, x), |re, im| (im, -re);
}

#[inline(always)]
fn is_rare(x: f64, y: f64) -> bool {
    is_extreme(x, y) | ((x.abs() == 1.0) & (y == 0.0))
}

#[inline(always)]
fn arctanh<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (a, b) = (x.abs(), y.abs());
    let (less, more) = (two_sum(1.0, -a), two_sum(1.0, a));
    let y_square = square::<I>((b, 0.0));
    let divisor = sum(square::<I>(less), y_square);
    let (q, q_low) = quotient::<I, f64>((4.0 * a, 0.0), divisor);
    let re = 0.25 * value(log1p_pair::<I, f64>(q, q_low));
    let adjacent = sum(product::<I>(less, more), negative(y_square));
    let im = 0.5 * value(arctan2::<I>((2.0 * b, 0.0), adjacent));
    (re.copysign(x), im.copysign(y))
}

fn rare_arctanh(x: f64, y: f64) -> (f64, f64) {
    let (a, b) = (x.abs(), y.abs());
    let (re, im) = if a.is_infinite() || b.is_infinite() {
        (0.0, if b.is_nan() { b } else { FRAC_PI_2 })
    } else if a.is_nan() || b.is_nan() {
        (if a == 0.0 { a } else { f64::NAN }, f64::NAN)
    } else if is_huge(a) || is_huge(b) {
        // x / |z|², of a z of middle size.
        let exponent = i64::from(a.max(b).frexp().1);
        let (c, d) = (a.ldexp(-exponent), b.ldexp(-exponent));
        let divisor = sum(square::<Baseline>((c, 0.0)), square::<Baseline>((d, 0.0)));
        (far_quotient(a, divisor, -2 * exponent), FRAC_PI_2)
    } else if a == 1.0 && b < 1e-140 {
        if b == 0.0 { (f64::INFINITY, 0.0) } else { (0.5 * (LN_2 - log(b)), FRAC_PI_4) }
    } else if is_tiny(b) {
        if a < 1.0 {
            let divisor = product::<Baseline>(two_sum(1.0, -a), two_sum(1.0, a));
            (<Arctanh as Unary<f64>>::call::<Baseline>(a), far_quotient(b, divisor, 0))
        } else {
            (0.5 * <Log1p as Unary<f64>>::call::<Baseline>(2.0 / (a - 1.0)), FRAC_PI_2)
        }
    } else if is_tiny(a) {
        let divisor = sum((1.0, 0.0), square::<Baseline>((b, 0.0)));
        (far_quotient(a, divisor, 0), <Arctan as Unary<f64>>::call::<Baseline>(b))
    } else {
        arctanh::<Baseline>(a, b)
    };
    (re.copysign(x), im.copysign(y))
}

/// Of any positive number.
fn log(x: f64) -> f64 {
    if <Log as Unary<f64>>::is_rare(x) {
        return <Log as Unary<f64>>::rare(x);
    }
    <Log as Unary<f64>>::call::<Baseline>(x)
}
