//! The functions to 65 bits and more, slowly and plainly: Taylor series in pairs of `f64`.
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

/// e^x for |x| < 1000.
pub(crate) fn exp(x: f64) -> (Pair, i32) {
    let n = (x * std::f64::consts::LOG2_E).round();
    let r = reduced(x, n, &LN_2);
    let mut sum = Pair(1.0, 0.0);
    for k in (1..26).rev() {
        sum = Pair(1.0, 0.0).plus(r.times(sum).over(Pair(f64::from(k), 0.0)));
    }
    (sum, n as i32)
}

/// log x for finite x > 0.
pub(crate) fn log(x: f64) -> (Pair, i32) {
    let (x, e) = if x < f64::MIN_POSITIVE { (scaled(x, 54), -54) } else { (x, 0) };
    let exponent = (x.to_bits() >> 52) as i32 - 1023;
    let m = scaled(x, -exponent);
    let (m, exponent) = if m > std::f64::consts::SQRT_2 { (m * 0.5, exponent + 1) } else { (m, exponent) };
    let n = f64::from(exponent + e);
    let s = Pair(m - 1.0, 0.0).over(two_sum(m, 1.0));
    let square = s.times(s);
    let mut sum = Pair(0.0, 0.0);
    for k in (0..22).rev() {
        sum = Pair(1.0, 0.0).over(Pair(f64::from(2 * k + 1), 0.0)).plus(square.times(sum));
    }
    let twice = Pair(2.0 * s.0, 2.0 * s.1);
    let rest = reduced(0.0, -n, &LN_2);
    (rest.plus(twice.times(sum)), 0)
}

/// The first 1280 bits of 2/π after the point.
const TWO_OVER_PI: &str = concat!(
    "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561",
    "b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484",
    "e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f",
    "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b",
    "3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
);
