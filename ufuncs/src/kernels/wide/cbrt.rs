//! The cube root, with ∛c of eight intervals and three powers of 2 from a table.
//!
//! x = ±2^3k · 2^j · m with m in [1, 2) and j in 0, 1, 2, and ∛x = ±2^k · ∛(2^j·c) · ∛(1 + r) with r = m/c - 1, at
//! most 0.062 in size. Each c is chosen so that ∛c, ∛2c and ∛4c are a float but for 0.02 of its ULP; then
//! ∛(1 + r) - 1 = r·P(r). That leaves the last rounding and 0.04 ULP.
//!
//! e/3, rounded to a multiple of 1/32, is k plus 0, 11/32 or 21/32: its lowest bits and the three leading digits
//! of m are the place in the table, and `scale` ignores what is beside k.
//!
//! P has degree 3 for `f32`, relative error 2^-29, and degree 9 for `f64`, 2^-61.

use super::{F32x16, F64x8};

/// 1 / c, twice.
const RECIPROCALS_F32: [f32; 16] = [
    0.938421, 0.8422079, 0.7619061, 0.69811314, 0.63666505, 0.59204376, 0.54854095, 0.5174348, 0.938421,
    0.8422079, 0.7619061, 0.69811314, 0.63666505, 0.59204376, 0.54854095, 0.5174348,
];
/// ∛(2^j · c).
const ROOTS_F32: [f32; 32] = [
    0.0, 0.0, 0.0, 1.2868979, 1.3341466, 1.3794613, 1.4202607, 1.4645572, 1.5004634, 1.5391241, 1.569368,
    0.0, 0.0, 1.6213897, 1.6809194, 1.7380123, 1.7894163, 1.8452264, 1.8904654, 1.9391749, 1.9772798, 0.0,
    0.0, 0.0, 1.0214115, 1.0589129, 1.0948792, 1.1272616, 1.1624198, 1.1909186, 1.2216036, 1.2456082,
];
/// (∛(1 + r) - 1) / r.
const TAIL_F32: [f32; 4] = [0.3333332, -0.11111096, 0.06187276, -0.04127765];
/// Adding it rounds to a multiple of 1/32.
const PARTS_F32: f32 = 393_216.0; // 1.5 · 2^18

/// 1 / c.
const RECIPROCALS: [f64; 8] = [
    0.9403763196189485,
    0.8420013907375553,
    0.764788660959714,
    0.6939694156866386,
    0.64168275344755,
    0.5938968704929254,
    0.5517335300511106,
    0.51605640828865,
];
/// ∛(2^j · c).
const ROOTS: [f64; 32] = [
    0.0,
    0.0,
    0.0,
    1.2860053355934657,
    1.3342556860955272,
    1.3777259918693407,
    1.4230818781226746,
    1.4607297561598764,
    1.4989011275171957,
    1.536149696155518,
    1.570764003164487,
    0.0,
    0.0,
    1.620265192591328,
    1.681056824853681,
    1.7358259781434753,
    1.7929708139706881,
    1.8404041679936336,
    1.8884970822700744,
    1.9354273379759508,
    1.9790386320040743,
    0.0,
    0.0,
    0.0,
    1.0207031112788925,
    1.0589994398512959,
    1.0935018444086613,
    1.1295008351844074,
    1.1593819757847197,
    1.1896786133085584,
    1.2192428218289497,
    1.2467162155085434,
];
/// (∛(1 + r) - 1) / r.
const TAIL: [f64; 10] = [
    0.33333333333333337,
    -0.11111111111111133,
    0.06172839506144283,
    -0.04115226337373288,
    0.03017832697566067,
    -0.023472032569599757,
    0.01900082848052278,
    -0.015833864322007812,
    0.01358719819329993,
    -0.011793913361348888,
];
/// Adding it rounds to a multiple of 1/32.
const PARTS: f64 = 211_106_232_532_992.0; // 1.5 · 2^47
/// Zeros, infinities and nan are their own roots.
const THEMSELVES: u32 = 0x0011_0122;

/// ∛x.
#[inline(always)]
pub(in crate::kernels) fn cbrt_f32(x: F32x16) -> F32x16 {
    let m = x.mantissa();
    let third = x.exponent().mul_add(1.0 / 3.0, PARTS_F32);
    let digits = m.shift_right::<20>();
    let r = m.mul_sub(digits.choose_half(&RECIPROCALS_F32), 1.0);
    let root = third.add_bits(digits).choose(&ROOTS_F32);
    let root = root.mul_add(r * r.polynomial(TAIL_F32), root);
    root.scale(third - PARTS_F32).copysign(x).except(x, THEMSELVES)
}

/// ∛x.
#[inline(always)]
pub(in crate::kernels) fn cbrt(x: F64x8) -> F64x8 {
    let m = x.mantissa();
    let third = x.exponent().mul_add(1.0 / 3.0, PARTS);
    let digits = m.shift_right::<49>();
    let r = m.mul_sub(digits.choose_half(&RECIPROCALS), 1.0);
    let root = third.add_bits(digits).choose_of_32(&ROOTS);
    let root = root.mul_add(r * r.polynomial_by_halves(r * r, TAIL), root);
    root.scale(third - PARTS).copysign(x).except(x, THEMSELVES)
}
