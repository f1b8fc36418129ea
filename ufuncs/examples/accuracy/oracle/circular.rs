//! Functions of angles, and angles.

use super::pair::{Pair, power_of_two, reduced, scaled, square_root, two_sum};

const PI_HALVES: [f64; 4] =
    [std::f64::consts::FRAC_PI_2, 6.123233995736766e-17, -1.4973849048591698e-33, 5.562271104316826e-50];

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

/// tan x for finite x.
pub(crate) fn tan(x: f64) -> (Pair, i32) {
    (sin(x).0.over(cos(x).0), 0)
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

/// The first 1280 bits of 2/π after the point.
const TWO_OVER_PI: &str = concat!(
    "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561",
    "b7246e3a424dd2e006492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484",
    "e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f",
    "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b",
    "3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d",
);
