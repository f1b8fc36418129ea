//! The exponential functions, with 2^(i/16) from a table: see [`exp`](crate::kernels::exp) for their edges.
//!
//! **f64.** e^x = 2^n · 2^(i/16) · e^r with |r| ≤ ln 2 / 32, where n + i/16 is x / ln 2 rounded to a multiple
//! of 1/16 by adding 1.5·2^48: the sum's lowest bits are i. 2^(i/16) is a pair; e^r - 1 = r + r²·P(r), P of
//! degree 5, relative error of e^r 2^-66.2; r is exact but for 2^-59. That leaves the last rounding and 0.02
//! ULP.

use super::{F32x16, F64x8};

/// Adding it rounds to a multiple of 1/16.
const SIXTEENTHS: f64 = 422_212_465_065_984.0; // 1.5 · 2^48
/// ln 2, rounded: what is left of x after a multiple of it is exact; and what rounding it lost.
const LN_2: (f64, f64) = (std::f64::consts::LN_2, 2.3190468138462996e-17);

/// 2^(i/16).
const POWERS: [f64; 16] = [
    1.0,
    1.0442737824274138,
    1.0905077326652577,
    1.1387886347566916,
    1.189207115002721,
    1.241857812073484,
    1.2968395546510096,
    1.3542555469368927,
    std::f64::consts::SQRT_2,
    1.4768261459394993,
    1.5422108254079407,
    1.6104903319492543,
    1.681792830507429,
    1.7562521603732995,
    1.8340080864093424,
    1.9152065613971474,
];
/// What rounding 2^(i/16) lost.
const POWERS_LOW: [f64; 16] = [
    0.0,
    8.551889705537965e-17,
    -3.046782079812471e-17,
    8.912812676025408e-17,
    3.982015231465646e-17,
    4.658027591836937e-17,
    2.5382502794888315e-17,
    7.70094837980299e-17,
    -9.667293313452913e-17,
    -3.483994556892796e-17,
    7.949834809697621e-17,
    2.4707192569797888e-17,
    8.199010020581497e-17,
    2.960140695448873e-17,
    3.283107224245627e-17,
    -1.0619946056195963e-16,
];
/// (e^r - 1 - r) / r² on ±ln 2 / 32.
const TAIL: [f64; 6] = [
    0.5000000000000004,
    0.16666666666666677,
    0.04166666666073501,
    0.008333333332360783,
    0.0013889110447171207,
    0.0001984156001338636,
];

/// (2^r - 1) / r on ±1/32.
const TAIL_2: [f64; 7] = [
    std::f64::consts::LN_2,
    0.24022650695910078,
    0.05550410866500075,
    0.009618129106776072,
    0.00133335546140221,
    0.00015403737265740392,
    1.545405833397921e-05,
];

/// e^x, rare where the result may be subnormal.
#[inline(always)]
pub(in crate::kernels) fn exp(x: F64x8) -> (F64x8, u8) {
    let rare = x.less(-708.0) & !x.at_most(-745.2);
    // Beyond these the result is 0 or inf.
    let x = x.max(-746.0).min(710.0);
    (exp_of_pair(x, x.of(0.0)), rare)
}

/// e^(x + x_low), for a finite x.
#[inline(always)]
pub(super) fn exp_of_pair(x: F64x8, x_low: F64x8) -> F64x8 {
    let shifted = x.mul_add(std::f64::consts::LOG2_E, SIXTEENTHS);
    let n = shifted - SIXTEENTHS;
    let r = n.neg_mul_add(LN_2.0, x) + n.neg_mul_add(LN_2.1, x_low);
    let (power, power_low) = (shifted.choose(&POWERS), shifted.choose(&POWERS_LOW));
    let square = r * r;
    let p = r.polynomial_by_halves(square, TAIL).mul_add(square, r);
    (power + power.mul_add(p, power_low)).scale(n)
}

/// 2^x, rare where the result may be subnormal.
#[inline(always)]
pub(in crate::kernels) fn exp2(x: F64x8) -> (F64x8, u8) {
    let rare = x.less(-1021.0) & !x.at_most(-1076.0);
    let r = x.rest::<4>(); // also of infinities: 0
    let shifted = x + SIXTEENTHS;
    let (power, power_low) = (shifted.choose(&POWERS), shifted.choose(&POWERS_LOW));
    let p = r * r.polynomial_by_halves(r * r, TAIL_2);
    ((power + power.mul_add(p, power_low)).scale(x - r), rare)
}

/// e^x - 1.
#[inline(always)]
pub(in crate::kernels) fn expm1(x: F64x8) -> F64x8 {
    // Beyond these the result is -1 or inf.
    let bounded = x.max(-40.0).min(710.0);
    let shifted = bounded.mul_add(std::f64::consts::LOG2_E, SIXTEENTHS);
    let n = shifted - SIXTEENTHS;
    let r = n.neg_mul_add(LN_2.0, bounded);
    let (power, power_low) = (shifted.choose(&POWERS), shifted.choose(&POWERS_LOW));
    let minus_one = x.of(-1.0).scale(x.of(15.0 / 16.0) - n); // times 2^-n
    let (rest, rest_low) = power.two_sum(minus_one);
    let high = power.mul_add(r, rest);
    let low = power_low.mul_add(r, power.mul_add(r, rest - high) + (power_low + rest_low));
    let r_low = n * -LN_2.1;
    let r = r + r_low;
    let square = r * r;
    let tail = r.polynomial_by_halves(square, TAIL).mul_add(square, r_low);
    (high + power.mul_add(tail, low)).scale(n).copysign(x)
}

/// 2^(i/32).
const POWERS_F32: [f32; 32] = [
    1.0,
    1.0218972,
    1.0442737,
    1.0671405,
    1.0905077,
    1.1143868,
    1.1387886,
    1.1637249,
    1.1892071,
    1.2152474,
    1.2418578,
    1.269051,
    1.2968396,
    1.3252367,
    1.3542556,
    1.38391,
    std::f32::consts::SQRT_2,
    1.4451808,
    1.4768262,
    1.5091645,
    1.5422108,
    1.5759809,
    1.6104903,
    1.6457555,
    1.6817929,
    1.7186193,
    1.7562522,
    1.7947091,
    1.8340081,
    1.8741677,
    1.9152066,
    1.9571441,
];
/// What rounding 2^(i/32) lost.
const POWERS_LOW_F32: [f32; 32] = [
    0.0,
    -4.81156e-8,
    4.83347e-8,
    -5.933752e-8,
    -1.307754e-8,
    -5.43554e-8,
    5.3862223e-8,
    -4.0514415e-8,
    3.7976353e-8,
    -3.267395e-8,
    4.496838e-8,
    1.4193333e-9,
    -4.0189995e-8,
    -3.4963733e-8,
    -1.0123349e-8,
    -5.8755774e-8,
    2.4203235e-8,
    3.3242e-8,
    -4.500899e-8,
    -2.4959373e-8,
    8.070905e-9,
    -5.6610254e-8,
    9.836217e-9,
    -5.124972e-8,
    -2.4755327e-8,
    -4.8496176e-8,
    -9.23577e-9,
    -1.1415045e-8,
    -1.1239278e-8,
    -4.6630056e-8,
    9.845328e-9,
    -1.7021804e-8,
];
/// (e^r - 1 - r) / r² on ±ln 2 / 64.
const TAIL_F32: [f32; 2] = [0.50000405, 0.16666761];
/// As [`TAIL_F32`], to more bits: where r is all there is.
const EXPM1_TAIL_F32: [f32; 3] = [0.5, 0.16666752, 0.04166682];
/// (2^r - 1) / r on ±1 / 64.
const EXP2_TAIL_F32: [f32; 3] = [std::f32::consts::LN_2, 0.24022844, 0.05549507];
/// Adding it rounds to a multiple of 1/32.
const PARTS_F32: f32 = 393_216.0; // 1.5 · 2^18
/// ln 2, rounded: what is left of x after a multiple of it is exact; and what rounding it lost.
const LN_2_F32: (f32, f32) = (std::f32::consts::LN_2, -1.9046543e-9);

/// `(n + i/32 + PARTS_F32, n + i/32, r)`, r exactly x less that multiple of the rounded ln 2.
#[inline(always)]
fn reduce_f32(x: F32x16) -> (F32x16, F32x16, F32x16) {
    let shifted = x.mul_add(std::f32::consts::LOG2_E, PARTS_F32);
    let n = shifted - PARTS_F32;
    (shifted, n, n.neg_mul_add(LN_2_F32.0, x))
}

/// e^x.
#[inline(always)]
pub(in crate::kernels) fn exp_f32(x: F32x16) -> F32x16 {
    // Beyond these the result is 0 or inf.
    let (shifted, n, r) = reduce_f32(x.max(-105.0).min(90.0));
    let r = n.neg_mul_add(LN_2_F32.1, r);
    let (power, power_low) = (shifted.choose(&POWERS_F32), shifted.choose(&POWERS_LOW_F32));
    let p = (r * r).mul_add(r.polynomial(TAIL_F32), r);
    (power + power.mul_add(p, power_low)).scale(n)
}

/// 2^(x + x_low), for x of ordinary size.
#[inline(always)]
pub(super) fn exp2_of_pair_f32(x: F32x16, x_low: F32x16) -> F32x16 {
    let shifted = x + PARTS_F32;
    let n = shifted - PARTS_F32;
    let r = (x - n) + x_low;
    let (power, power_low) = (shifted.choose(&POWERS_F32), shifted.choose(&POWERS_LOW_F32));
    let p = r * r.polynomial(EXP2_TAIL_F32);
    (power + power.mul_add(p, power_low)).scale(n)
}

/// 2^x.
#[inline(always)]
pub(in crate::kernels) fn exp2_f32(x: F32x16) -> F32x16 {
    let r = x.rest::<5>(); // also of infinities: 0
    let shifted = x + PARTS_F32;
    let (power, power_low) = (shifted.choose(&POWERS_F32), shifted.choose(&POWERS_LOW_F32));
    let p = r * r.polynomial(EXP2_TAIL_F32);
    (power + power.mul_add(p, power_low)).scale(x - r)
}

/// e^x - 1.
#[inline(always)]
pub(in crate::kernels) fn expm1_f32(x: F32x16) -> F32x16 {
    // Beyond these the result is -1 or inf.
    let (shifted, n, r) = reduce_f32(x.max(-20.0).min(90.0));
    let (power, power_low) = (shifted.choose(&POWERS_F32), shifted.choose(&POWERS_LOW_F32));
    let minus_one = x.of(-1.0).scale(x.of(31.0 / 32.0) - n); // times 2^-n
    let (rest, rest_low) = power.two_sum(minus_one);
    let high = power.mul_add(r, rest);
    let low = power_low.mul_add(r, power.mul_add(r, rest - high) + (power_low + rest_low));
    let tail = (r * r).mul_add(r.polynomial(EXPM1_TAIL_F32), n * -LN_2_F32.1);
    (high + power.mul_add(tail, low)).scale(n).copysign(x)
}
