//! Powers, and the hyperbolic functions made of them.

use super::logarithm::log;
use super::pair::{LN_2, ONE, Pair, reduced, scaled_pair};

/// e to the power of a pair below 1000 in size.
pub(super) fn exp_of(x: Pair) -> (Pair, i32) {
    let n = (x.0 * std::f64::consts::LOG2_E).round();
    let r = reduced(x.0, n, &LN_2).plus(Pair(x.1, 0.0));
    let mut sum = ONE;
    for k in (1..26).rev() {
        sum = ONE.plus(r.times(sum).over(Pair(f64::from(k), 0.0)));
    }
    (sum, n as i32)
}

/// e^x for |x| < 1000.
pub(crate) fn exp(x: f64) -> (Pair, i32) {
    exp_of(Pair(x, 0.0))
}

/// 2^x for |x| < 1100.
pub(crate) fn exp2(x: f64) -> (Pair, i32) {
    let n = x.round();
    let (value, k) = exp_of(Pair(x - n, 0.0).times(Pair(LN_2[0], LN_2[1])));
    (value, k + n as i32)
}

/// e^x - 1 for a pair, divided by it if it is small.
fn expm1_of(x: Pair) -> (Pair, i32) {
    if x.0.abs() < 1.0 {
        let mut sum = ONE;
        for k in (2..30).rev() {
            sum = ONE.plus(x.times(sum).over(Pair(f64::from(k), 0.0)));
        }
        return (sum.times(x), 0);
    }
    let (value, k) = exp_of(x);
    // Beyond 2^200 the 1 is of no account.
    if k > 200 { (value, k) } else { (scaled_pair((value, k)).plus(Pair(-1.0, 0.0)), 0) }
}

/// e^x - 1 for |x| < 1000.
pub(crate) fn expm1(x: f64) -> (Pair, i32) {
    expm1_of(Pair(x, 0.0))
}

/// sinh x for |x| < 1000.
pub(crate) fn sinh(x: f64) -> (Pair, i32) {
    let (grown, k) = expm1_of(Pair(x.abs(), 0.0));
    let value = if k > 200 { grown } else { grown.plus(grown.over(grown.plus(ONE))) };
    let sign = 1_f64.copysign(x);
    (Pair(sign * value.0, sign * value.1), k - 1)
}

/// cosh x for |x| < 1000.
pub(crate) fn cosh(x: f64) -> (Pair, i32) {
    let (value, k) = exp_of(Pair(x.abs(), 0.0));
    if k > 200 {
        return (value, k - 1);
    }
    let value = scaled_pair((value, k));
    (value.plus(ONE.over(value)), -1)
}

/// tanh x.
pub(crate) fn tanh(x: f64) -> (Pair, i32) {
    if x.abs() > 50.0 {
        return (Pair(1_f64.copysign(x), 0.0), 0);
    }
    let grown = scaled_pair(expm1_of(Pair(2.0 * x, 0.0)));
    (grown.over(grown.plus(Pair(2.0, 0.0))), 0)
}

/// |x|^y for finite x and y and a finite result that is not 0.
pub(crate) fn power(x: f64, y: f64) -> (Pair, i32) {
    exp_of(log(x.abs()).0.times(Pair(y, 0.0)))
}
