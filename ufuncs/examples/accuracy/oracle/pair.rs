//! Sums of two `f64`, and what is computed with them.

/// An unevaluated sum of two `f64`, the second at most half an ulp of the first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair(pub(super) f64, pub(super) f64);

pub(super) const ONE: Pair = Pair(1.0, 0.0);

impl Pair {
    pub(super) fn plus(self, other: Pair) -> Pair {
        let (high, low) = (two_sum(self.0, other.0), two_sum(self.1, other.1));
        let middle = two_sum(high.0, high.1 + low.0);
        two_sum(middle.0, middle.1 + low.1)
    }

    pub(super) fn times(self, other: Pair) -> Pair {
        let product = two_product(self.0, other.0);
        two_sum(product.0, product.1 + (self.0 * other.1 + self.1 * other.0))
    }

    pub(super) fn over(self, divisor: Pair) -> Pair {
        let first = self.0 / divisor.0;
        let rest = self.plus(divisor.times(Pair(-first, 0.0)));
        let second = rest.0 / divisor.0;
        let rest = rest.plus(divisor.times(Pair(-second, 0.0)));
        two_sum(first, second).plus(Pair(rest.0 / divisor.0, 0.0))
    }
}

pub(super) fn two_sum(a: f64, b: f64) -> Pair {
    let sum = a + b;
    let b_part = sum - a;
    Pair(sum, (a - (sum - b_part)) + (b - b_part))
}

pub(super) fn two_product(a: f64, b: f64) -> Pair {
    let product = a * b;
    Pair(product, a.mul_add(b, -product))
}

/// 2^k, for a normal result.
pub(super) fn power_of_two(k: i32) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// `x` · 2^k, exact unless it under- or overflows.
pub(super) fn scaled(x: f64, k: i32) -> f64 {
    let half = k / 2;
    let quarter = half / 2;
    [half - quarter, quarter, (k - half) / 2, k - half - (k - half) / 2]
        .iter()
        .fold(x, |x, &k| x * power_of_two(k))
}

/// The pair times 2^k, which must not over- or underflow.
pub(super) fn scaled_pair((Pair(high, low), k): (Pair, i32)) -> Pair {
    Pair(scaled(high, k), scaled(low, k))
}

pub(super) fn square_root(x: Pair) -> Pair {
    if x.0 == 0.0 {
        return x;
    }
    let root = x.0.sqrt();
    let rest = x.plus(two_product(-root, root));
    two_sum(root, rest.0 / (2.0 * root))
}

pub(super) const LN_2: [f64; 3] = [std::f64::consts::LN_2, 2.3190468138462996e-17, 5.707708438416212e-34];

/// `x` minus n times the sum of `parts`.
pub(super) fn reduced(x: f64, n: f64, parts: &[f64]) -> Pair {
    let mut rest = Pair(x, 0.0);
    for &part in parts {
        let Pair(high, low) = two_product(-n, part);
        rest = rest.plus(Pair(high, 0.0)).plus(Pair(low, 0.0));
    }
    rest
}

/// The difference between `value` and `pair` · 2^k, in units of an ulp of the latter.
pub(crate) fn error(value: f64, (Pair(high, low), k): (Pair, i32)) -> f64 {
    let exponent = ((high.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    let ulp = power_of_two((exponent - 52).max(-1074 - k));
    (((scaled(value, -k) - high) - low) / ulp).abs()
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
