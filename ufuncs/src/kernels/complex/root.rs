//! The square root: of the positive half-plane, and of pairs for what is built on it.
//!
//! With h = √(x² + y²), t = √((|x| + h)/2) and u = |y|/2t, the parts are t and u, or u and t if x is
//! negative: all terms are positive. Each is a pair.

use array_core::engine::isa::{Baseline, Isa};

use super::super::digits::Digits;
use super::super::exact::quotient;
use super::super::pairs::{Pair, abs, far_quotient, is_extreme, root, scaled, select, square, sum, value};

super::kernels! { Sqrt, 3.0: sqrt, is_rare, rare_sqrt; }

#[inline(always)]
fn is_rare(x: f64, y: f64) -> bool {
    is_extreme(x, y)
}

/// The parts of √(x + iy), for y that is not negative.
#[inline(always)]
pub(super) fn sqrt_parts<I: Isa>(x: Pair, y: f64) -> (Pair, Pair) {
    let size = abs(x);
    let hypotenuse = root::<I>(sum(square::<I>(size), square::<I>((y, 0.0))));
    let large = root::<I>(scaled(sum(size, hypotenuse), 0.5));
    let small = quotient::<I, f64>((0.5 * y, 0.0), large);
    let small = select(large.0 > 0.0, small, (0.0, 0.0));
    let forward = x.0.is_sign_positive();
    (select(forward, large, small), select(forward, small, large))
}

#[inline(always)]
fn sqrt<I: Isa>(x: f64, y: f64) -> (f64, f64) {
    let (re, im) = sqrt_parts::<I>((x, 0.0), y.abs());
    (value(re), value(im).copysign(y))
}

fn rare_sqrt(x: f64, y: f64) -> (f64, f64) {
    if y.is_infinite() {
        return (f64::INFINITY, y);
    }
    if x.is_infinite() {
        let small = if y.is_nan() { y } else { 0.0 };
        return if x > 0.0 { (x, small.copysign(y)) } else { (small, f64::INFINITY.copysign(y)) };
    }
    if x.is_nan() || y.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    let (a, b) = (x.abs(), y.abs());
    if b < a * 1e-30 {
        let half = i64::from(a.frexp().1 / 2);
        let root = root::<Baseline>((a.ldexp(-2 * half), 0.0));
        let (large, small) = (value(root).ldexp(half), far_quotient(b, root, -half - 1));
        return if x.is_sign_positive() { (large, small.copysign(y)) } else { (small, large.copysign(y)) };
    }
    // By an even power of two to the middle of the exponents.
    let half = i64::from(a.max(b).frexp().1 / 2);
    let (re, im) = sqrt::<Baseline>(x.ldexp(-2 * half), y.ldexp(-2 * half));
    (re.ldexp(half), im.ldexp(half))
}
