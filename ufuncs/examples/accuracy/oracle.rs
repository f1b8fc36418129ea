//! The functions to 65 bits and more, slowly and plainly: Taylor series in pairs of `f64`, and what
//! follows from them.
//!
//! The correctly rounded functions of `core-math` cannot tell an error of 0.51 ULP from one of
//! 0.99. These can; and that their own rounding agrees with `core-math` is checked wherever they
//! are used. Each returns the value as `(pair, k)`, meaning pair · 2^k.

/// An unevaluated sum of two `f64`, the second at most half an ulp of the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair(f64, f64);

fn two_sum(a: f64, b: f64) -> Pair {
    let sum = a + b;
    let b_part = sum - a;
    Pair(sum, (a - (sum - b_part)) + (b - b_part))
}

fn two_product(a: f64, b: f64) -> Pair {
    let product = a * b;
    Pair(product, a.mul_add(b, -product))
}

impl Pair {
    fn plus(self, other: Pair) -> Pair {
        let (high, low) = (two_sum(self.0, other.0), two_sum(self.1, other.1));
        let middle = two_sum(high.0, high.1 + low.0);
        two_sum(middle.0, middle.1 + low.1)
    }

    fn times(self, other: Pair) -> Pair {
        let product = two_product(self.0, other.0);
        two_sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }

    fn over(self, divisor: Pair) -> Pair {
        let first = self.0 / divisor.0;
        let rest = self.plus(divisor.times(Pair(-first, 0.0)));
        let second = rest.0 / divisor.0;
        let rest = rest.plus(divisor.times(Pair(-second, 0.0)));
        two_sum(first, second).plus(Pair(rest.0 / divisor.0, 0.0))
    }
}

/// 2^k, for a normal result.
fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// `x` · 2^k, exact unless it under- or overflows.
fn scaled(x: f64, k: i32) -> f64 {
    let half = k / 2;
    let quarter = half / 2;
    [half - quarter, quarter, (k - half) / 2, k - half - (k - half) / 2]
        .iter()
        .fold(x, |x, &k| x * power_of_two(k))
}

/// The difference between `value` and `pair` · 2^k, in units of an ulp of the latter.
pub(crate) fn error(value: f64, (Pair(high, low), k): (Pair, i32)) -> f64 {
    let exponent = ((high.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    let ulp = power_of_two((exponent - 52).max(-1074 - k));
    (((scaled(value, -k) - high) - low) / ulp).abs()
}

const PI_HALVES: [f64; 4] =
    [std::f64::consts::FRAC_PI_2, 6.123233995736766e-17, -1.4973849048591698e-33, 5.562271104316826e-50];
const LN_2: [f64; 3] = [std::f64::consts::LN_2, 2.3190468138462996e-17, 5.707708438416212e-34];

/// `x` minus n times the sum of `parts`.
fn reduced(x: f64, n: f64, parts: &[f64]) -> Pair {
    let mut rest = Pair(x, 0.0);
    for &part in parts {
        let Pair(high, low) = two_product(-n, part);
        rest = rest.plus(Pair(high, 0.0)).plus(Pair(low, 0.0));
    }
    rest
}

/// The quadrant of `x` modulo 4 and the rest in [-π/4, π/4].
fn quadrant(x: f64) -> (i64, Pair) {
    if x.abs() < 1e9 {
        let n = (x * std::f64::consts::FRAC_2_PI).round();
        return (n as i64, reduced(x, n, &PI_HALVES));
    }
    // All of |x| * 2/π in integers, 32 bits at a time, the least significant first.
    let mantissa = u128::from((x.to_bits() & ((1 << 52) - 1)) | (1 << 52));
    let exponent = ((x.to_bits() >> 52) & 0x7ff) as usize;
    let mut product = Vec::new();
    let mut carry = 0_u128;
    for digits in TWO_OVER_PI.as_bytes().rchunks(8) {
        let digits = std::str::from_utf8(digits).unwrap();
        carry += mantissa * u128::from(u32::from_str_radix(digits, 16).unwrap());
        product.push(carry as u32);
        carry >>= 32;
    }
    product.extend([carry as u32, (carry >> 32) as u32, 0, 0]);
    let point = 1280 + 1075 - exponent;
    let bits_from = |start: usize, count: usize| {
        (0..count).fold(0_u128, |sum, i| {
            let at = start + i;
            sum | u128::from(product[at / 32] >> (at % 32) & 1) << i
        })
    };
    // The fraction as a signed number in [-1/2, 1/2), of 127 bits.
    let fraction = bits_from(point - 128, 128) as i128;
    let n = bits_from(point, 2) as i64 + i64::from(fraction < 0);
    let first = fraction as f64;
    let second = (fraction.wrapping_sub(first as i128)) as f64;
    let turns = Pair(first * power_of_two(-128), second * power_of_two(-128));
    let rest = turns.times(Pair(PI_HALVES[0], PI_HALVES[1]));
    if x < 0.0 { (-n, Pair(-rest.0, -rest.1)) } else { (n, rest) }
}

/// 1 - r²/(a(a+1))·(1 - r²/((a+2)(a+3))·(…)): cos r for a = 1, sin r / r for a = 2.
fn circular_series(r: Pair, a: i32) -> Pair {
    let square = r.times(r);
    let mut sum = Pair(1.0, 0.0);
    for k in (0..14).rev() {
        let a = f64::from(a + 2 * k);
        sum = Pair(1.0, 0.0).plus(square.times(sum).over(Pair(-a * (a + 1.0), 0.0)));
    }
    sum
}

fn sin_of_quadrant(n: i64, r: Pair) -> (Pair, i32) {
    let value = if n & 1 == 0 { r.times(circular_series(r, 2)) } else { circular_series(r, 1) };
    (if n & 2 == 0 { value } else { Pair(-value.0, -value.1) }, 0)
}

const ONE: Pair = Pair(1.0, 0.0);
/// 1 / ln 2.
const LOG2_E: Pair = Pair(std::f64::consts::LOG2_E, 2.0355273740931033e-17);
/// 1 / ln 10.
const LOG10_E: Pair = Pair(std::f64::consts::LOG10_E, 1.098319650216765e-17);

/// sin x for finite x that is not so small that its cube underflows.
pub(crate) fn sin(x: f64) -> (Pair, i32) {
    let (n, r) = quadrant(x);
    sin_of_quadrant(n, r)
}

/// cos x for finite x.
pub(crate) fn cos(x: f64) -> (Pair, i32) {
    let (n, r) = quadrant(x);
    sin_of_quadrant(n + 1, r)
}

/// tan x for finite x.
pub(crate) fn tan(x: f64) -> (Pair, i32) {
    (sin(x).0.over(cos(x).0), 0)
}

/// e to the power of a pair below 1000 in size.
fn exp_of(x: Pair) -> (Pair, i32) {
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

/// The pair times 2^k, which must not over- or underflow.
fn scaled_pair((Pair(high, low), k): (Pair, i32)) -> Pair {
    Pair(scaled(high, k), scaled(low, k))
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

fn square_root(x: Pair) -> Pair {
    if x.0 == 0.0 {
        return x;
    }
    let root = x.0.sqrt();
    let rest = x.plus(two_product(-root, root));
    two_sum(root, rest.0 / (2.0 * root))
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

/// The angle of (x, y), next to `near`: turned back by that, what is left is small.
fn angle(y: Pair, x: Pair, near: f64) -> Pair {
    let (sin, cos) = (sin(near).0, cos(near).0);
    let minus = |a: Pair| Pair(-a.0, -a.1);
    let rest = y.times(cos).plus(minus(x.times(sin))).over(x.times(cos).plus(y.times(sin)));
    Pair(near, 0.0).plus(rest)
}

/// arctan x for finite x whose cube does not underflow.
pub(crate) fn arctan(x: f64) -> (Pair, i32) {
    arctan2(x.clamp(-1e100, 1e100), 1.0)
}

/// The angle of (x, y), unless it is subnormal.
pub(crate) fn arctan2(y: f64, x: f64) -> (Pair, i32) {
    let near = core_math::atan2(y, x);
    let k = match x.abs().max(y.abs()) {
        a if a > 1e100 => 600,
        a if a < 1e-100 => -600,
        _ => 0,
    };
    (angle(Pair(scaled(y, -k), 0.0), Pair(scaled(x, -k), 0.0), near), 0)
}

/// arcsin x for |x| <= 1.
pub(crate) fn arcsin(x: f64) -> (Pair, i32) {
    let root = square_root(two_sum(1.0, -x).times(two_sum(1.0, x)));
    (angle(Pair(x, 0.0), root, core_math::asin(x)), 0)
}

/// arccos x for |x| <= 1.
pub(crate) fn arccos(x: f64) -> (Pair, i32) {
    let root = square_root(two_sum(1.0, -x).times(two_sum(1.0, x)));
    (angle(root, Pair(x, 0.0), core_math::acos(x)), 0)
}

/// The cube root of a finite x.
pub(crate) fn cbrt(x: f64) -> (Pair, i32) {
    let (x, k) = match x.abs() {
        a if a < 1e-200 => (scaled(x, 600), -200),
        a if a > 1e200 => (scaled(x, -600), 200),
        _ => (x, 0),
    };
    let root = core_math::cbrt(x);
    let cube = two_product(root, root).times(Pair(root, 0.0));
    let rest = Pair(x, 0.0).plus(Pair(-cube.0, -cube.1));
    (Pair(root, 0.0).plus(Pair(rest.0 / (3.0 * root * root), 0.0)), k)
}

/// x · 180/π, for products that do not under- or overflow.
pub(crate) fn degrees(x: f64) -> (Pair, i32) {
    of_a_factor(x, Pair(57.29577951308232, -1.9878495670576283e-15))
}

/// x · π/180, likewise.
pub(crate) fn radians(x: f64) -> (Pair, i32) {
    of_a_factor(x, Pair(0.017453292519943295, 2.9486522708701687e-19))
}

fn of_a_factor(x: f64, factor: Pair) -> (Pair, i32) {
    if x == 0.0 || !x.is_finite() {
        return (Pair(x * factor.0, if x == 0.0 { x } else { 0.0 }), 0);
    }
    let k = match x.abs() {
        a if a > 1e100 => 550,
        a if a < 1e-100 => -550,
        _ => 0,
    };
    (Pair(scaled(x, -k), 0.0).times(factor), k)
}

/// √(x² + y²) for finite x and y.
pub(crate) fn hypot(x: f64, y: f64) -> (Pair, i32) {
    let k = match x.abs().max(y.abs()) {
        a if a > 1e100 => 550,
        a if a < 1e-100 => -550,
        _ => 0,
    };
    let (x, y) = (scaled(x, -k), scaled(y, -k));
    (square_root(two_product(x, x).plus(two_product(y, y))), k)
}

/// |x|^y for finite x and y and a finite result that is not 0.
pub(crate) fn power(x: f64, y: f64) -> (Pair, i32) {
    exp_of(log(x.abs()).0.times(Pair(y, 0.0)))
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

/// The magnitude.
pub(crate) fn absolute((Pair(high, low), k): (Pair, i32)) -> (Pair, i32) {
    let sign = 1_f64.copysign(high);
    (Pair(sign * high, sign * low), k)
}

/// The nearest `f64`, of two as near the even one.
pub(crate) fn rounded((Pair(high, low), k): (Pair, i32)) -> f64 {
    let exponent = ((high.to_bits() >> 52) & 0x7ff) as i32 - 1023 + k;
    if exponent >= -1022 || high == 0.0 || !high.is_finite() {
        return scaled(high + low, k);
    }
    // In units of the least subnormal number; rounding twice could go wrong.
    let sign = 1_f64.copysign(high);
    let (units, low) = (scaled(sign * high, k + 1074), sign * low);
    let (whole, rest) = (units.floor(), units - units.floor());
    let up = rest > 0.5 || rest == 0.5 && (low > 0.0 || low == 0.0 && whole % 2.0 == 1.0);
    sign * scaled(whole + f64::from(u8::from(up)), -1074)
}

/// The first 1280 bits of 2/π after the point.
const TWO_OVER_PI: &str = concat!(
    "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561",
    "b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484",
    "e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f",
    "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b",
    "3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
);
