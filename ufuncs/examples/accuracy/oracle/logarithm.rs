//! Logarithms, and the inverse hyperbolic functions made of them.

use super::exponential::exp_of;
use super::pair::{LN_2, ONE, Pair, reduced, scaled, scaled_pair, square_root, two_product, two_sum};

/// 1 / ln 2.
const LOG2_E: Pair = Pair(std::f64::consts::LOG2_E, 2.0355273740931033e-17);
/// 1 / ln 10.
const LOG10_E: Pair = Pair(std::f64::consts::LOG10_E, 1.098319650216765e-17);

/// log x of a pair x whose first part is normal, and 2^n times it.
fn log_of(x: Pair, n: i32) -> Pair {
    let exponent = (x.0.to_bits() >> 52) as i32 - 1023;
    let m = Pair(scaled(x.0, -exponent), scaled(x.1, -exponent));
    let (m, exponent) = if m.0 > std::f64::consts::SQRT_2 {
        (Pair(m.0 * 0.5, m.1 * 0.5), exponent + 1)
    } else {
        (m, exponent)
    };
    log1p_of(m.plus(Pair(-1.0, 0.0))).plus(reduced(0.0, -f64::from(exponent + n), &LN_2))
}

/// log(1 + x) of a pair x in [√½ - 1, √2 - 1].
fn log1p_of(x: Pair) -> Pair {
    let s = x.over(x.plus(Pair(2.0, 0.0)));
    let square = s.times(s);
    let mut sum = Pair(0.0, 0.0);
    for k in (0..24).rev() {
        sum = ONE.over(Pair(f64::from(2 * k + 1), 0.0)).plus(square.times(sum));
    }
    Pair(2.0 * s.0, 2.0 * s.1).times(sum)
}

/// log x for finite x > 0.
pub(crate) fn log(x: f64) -> (Pair, i32) {
    let (x, e) = if x < f64::MIN_POSITIVE { (scaled(x, 54), -54) } else { (x, 0) };
    (log_of(Pair(x, 0.0), e), 0)
}

/// log₂ x for finite x > 0.
pub(crate) fn log2(x: f64) -> (Pair, i32) {
    (log(x).0.times(LOG2_E), 0)
}

/// log₁₀ x for finite x > 0.
pub(crate) fn log10(x: f64) -> (Pair, i32) {
    (log(x).0.times(LOG10_E), 0)
}

/// log(1 + x) for a pair greater than -1.
fn log1p_of_any(x: Pair) -> Pair {
    if x.0.abs() < 0.29 { log1p_of(x) } else { log_of(ONE.plus(x), 0) }
}

/// log(1 + x) for finite x > -1.
pub(crate) fn log1p(x: f64) -> (Pair, i32) {
    (log1p_of_any(Pair(x, 0.0)), 0)
}

/// arcsinh x for finite x.
pub(crate) fn arcsinh(x: f64) -> (Pair, i32) {
    let a = x.abs();
    let value = if a > 1e50 {
        log_of(Pair(a, 0.0), 1)
    } else {
        // √(x² + 1) - 1 as x² / (√(x² + 1) + 1).
        let square = two_product(a, a);
        log1p_of_any(Pair(a, 0.0).plus(square.over(square_root(square.plus(ONE)).plus(ONE))))
    };
    let sign = 1_f64.copysign(x);
    (Pair(sign * value.0, sign * value.1), 0)
}

/// arccosh x for finite x >= 1.
pub(crate) fn arccosh(x: f64) -> (Pair, i32) {
    if x > 1e50 {
        return (log_of(Pair(x, 0.0), 1), 0);
    }
    let root = square_root(two_sum(x, -1.0).times(two_sum(x, 1.0)));
    (log1p_of_any(two_sum(x, -1.0).plus(root)), 0)
}

/// arctanh x for |x| < 1.
pub(crate) fn arctanh(x: f64) -> (Pair, i32) {
    let a = x.abs();
    let value = log1p_of_any(Pair(2.0 * a, 0.0).over(two_sum(1.0, -a)));
    let sign = 1_f64.copysign(x);
    (Pair(sign * value.0, sign * value.1), -1)
}

/// log(e^a + e^b), and to the base whose natural logarithm is `unit`.
fn logaddexp_of(a: f64, b: f64, unit: Pair) -> Pair {
    let (most, least) = if a < b { (b, a) } else { (a, b) };
    if (most - least).is_nan() {
        return Pair(a + b, 0.0);
    }
    if most - least > 1400.0 {
        return Pair(most, 0.0);
    }
    let power = scaled_pair(exp_of(two_sum(least, -most).times(unit)));
    Pair(most, 0.0).plus(log1p_of_any(power).over(unit))
}

/// log(e^a + e^b) for a and b that differ by less than 700.
pub(crate) fn logaddexp(a: f64, b: f64) -> (Pair, i32) {
    (logaddexp_of(a, b, ONE), 0)
}

/// log₂(2^a + 2^b) for a and b that differ by less than 1000.
pub(crate) fn logaddexp2(a: f64, b: f64) -> (Pair, i32) {
    (logaddexp_of(a, b, Pair(LN_2[0], LN_2[1])), 0)
}
