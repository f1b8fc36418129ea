//! Logarithms of `f32`.
//!
//! There are 32 intervals, chosen so that log c is a multiple of 2^-17 (2^-16 to the base 2, 2^-18 to
//! the base 10) but for 2^-32.9; log 2 is
//! in two parts, the first of which is such a multiple too. So e·log 2 + log c is exact, and what is added to
//! it is at most 1/32: r (to other bases, its product with a pair) and r²·P(r), P of degree 3, relative error
//! 2^-32. What the sum with r loses is kept. That leaves the last rounding, r's, which is 0.25 ULP (0.36 to the base
//! 2) where the result is near 1/64, and 0.1 ULP.

use super::super::F32x16;
use super::EDGES;

/// 1 / c, for the natural logarithm.
const RECIPROCALS_F32: [f32; 32] = [
    1.0, 0.9644754, 0.9307239, 0.89507526, 0.88066745, 0.8538001, 0.83203894, 0.8152427, 0.78807724,
    0.7697921, 0.7474869, 0.7354323, 0.7168849, 0.6996588, 0.6858854, 0.6745669, 1.3137834, 1.3020586,
    1.2672181, 1.2427363, 1.2249639, 1.2013626, 1.1691363, 1.1529353, 1.1314639, 1.1174376, 1.0942955,
    1.0719025, 1.0568392, 1.042083, 1.0198555, 1.0,
];
/// log c.
const LOGS_F32: [f32; 32] = [
    0.0,
    0.03617096,
    0.0717926,
    0.11084747,
    0.1270752,
    0.15805817,
    0.18387604,
    0.20426941,
    0.23815918,
    0.26163483,
    0.2910385,
    0.30729675,
    0.33283997,
    0.35716248,
    0.37704468,
    0.3936844,
    -0.27291107,
    -0.26394653,
    -0.23682404,
    -0.21731567,
    -0.20291138,
    -0.18345642,
    -0.15626526,
    -0.1423111,
    -0.12351227,
    -0.11103821,
    -0.09011078,
    -0.06943512,
    -0.055282593,
    -0.04122162,
    -0.01966095,
    0.0,
];
/// (log(1 + r) - r) / r².
const TAIL_F32: [f32; 4] = [-0.5, 0.33333468, -0.25007084, 0.19603465];
/// The leading bits of ln 2, a multiple of 2^-17, and the rest.
const LN_2_F32: (f32, f32) = (0.69314575, 1.4286068e-6);

/// 1 / c, to the base 2.
const RECIPROCALS_2_F32: [f32; 32] = [
    1.0, 0.965444, 0.9284319, 0.8970319, 0.8828942, 0.85870093, 0.82906276, 0.8036881, 0.79056156,
    0.77526784, 0.75013405, 0.7301345, 0.71641123, 0.7071816, 0.6884801, 0.6776938, 1.3189582, 1.287301,
    1.2672805, 1.2384082, 1.2124486, 1.1936427, 1.1663371, 1.1593636, 1.1355172, 1.1065997, 1.0971483,
    1.071574, 1.061714, 1.0331779, 1.0175077, 1.0,
];
/// log₂ c.
const LOGS_2_F32: [f32; 32] = [
    0.0,
    0.050735474,
    0.10713196,
    0.1567688,
    0.1796875,
    0.21977234,
    0.27044678,
    0.31529236,
    0.3390503,
    0.36723328,
    0.41477966,
    0.45376587,
    0.48114014,
    0.4998474,
    0.5385132,
    0.56129456,
    -0.3993988,
    -0.36434937,
    -0.34173584,
    -0.30848694,
    -0.27792358,
    -0.2553711,
    -0.22198486,
    -0.21333313,
    -0.18334961,
    -0.14613342,
    -0.13375854,
    -0.099731445,
    -0.08639526,
    -0.047088623,
    -0.025039673,
    0.0,
];
/// (log₂(1 + r) - r·[`LOG2_E_F32`]) / r.
const TAIL_2_F32: [f32; 5] = [1.9113827e-8, -0.7213475, 0.48090103, -0.36079052, 0.28225878];
/// 1 / ln 2.
const LOG2_E_F32: f32 = std::f32::consts::LOG2_E;

/// 1 / c, to the base 10.
const RECIPROCALS_10_F32: [f32; 32] = [
    1.0, 0.96452606, 0.927349, 0.9005302, 0.87166494, 0.847714, 0.8352965, 0.81589174, 0.7941357, 0.76614624,
    0.7486635, 0.7322097, 0.72059745, 0.7076449, 0.6911388, 0.6746265, 1.3190527, 1.2875613, 1.2608908,
    1.249447, 1.2197031, 1.1952254, 1.1708891, 1.1540418, 1.1280048, 1.1114718, 1.0908033, 1.0740228,
    1.0596297, 1.0380726, 1.0172489, 1.0,
];
/// log₁₀ c.
const LOGS_10_F32: [f32; 32] = [
    0.0,
    0.015686035,
    0.032756805,
    0.04550171,
    0.05965042,
    0.07175064,
    0.07815933,
    0.08836746,
    0.100105286,
    0.115688324,
    0.12571335,
    0.13536453,
    0.14230728,
    0.15018463,
    0.16043472,
    0.17093658,
    -0.120262146,
    -0.109767914,
    -0.10067749,
    -0.096717834,
    -0.08625412,
    -0.0774498,
    -0.06851578,
    -0.062221527,
    -0.052310944,
    -0.045898438,
    -0.03774643,
    -0.031013489,
    -0.025154114,
    -0.016227722,
    -0.0074272156,
    0.0,
];
/// (log₁₀(1 + r) - r·[`LOG10_E_F32`]) / r.
const TAIL_10_F32: [f32; 5] = [-1.014599e-8, -0.21714723, 0.1447655, -0.108627364, 0.08548228];
/// 1 / ln 10.
const LOG10_E_F32: f32 = std::f32::consts::LOG10_E;
/// The leading bits of log₁₀ 2, a multiple of 2^-18, and the rest.
const LOG10_2_F32: (f32, f32) = (0.3010292, 7.903417e-7);

/// `(e, m, 1 / c, log c)` of 2^e · m, m in [3/4, 3/2).
#[inline(always)]
fn reduce_f32(x: F32x16, reciprocals: &[f32; 32], logs: &[f32; 32]) -> (F32x16, F32x16, F32x16, F32x16) {
    let m = x.centred_mantissa_of_positive();
    let e = x.exponent() - m.exponent();
    let digits = m.shift_right::<18>();
    (e, m, digits.choose(reciprocals), digits.choose(logs))
}

/// log x.
#[inline(always)]
pub(in crate::kernels) fn log_f32(x: F32x16) -> F32x16 {
    let (e, m, reciprocal, log) = reduce_f32(x, &RECIPROCALS_F32, &LOGS_F32);
    let r = m.mul_sub(reciprocal, 1.0);
    let (high, low) = e.mul_add(LN_2_F32.0, log).fast_two_sum(r);
    let low = e.mul_add(LN_2_F32.1, low);
    let square = r * r;
    (high + square.mul_add(r.polynomial_by_halves(square, TAIL_F32), low)).except(x, EDGES)
}

/// log₂ x.
#[inline(always)]
pub(in crate::kernels) fn log2_f32(x: F32x16) -> F32x16 {
    let (e, m, reciprocal, log) = reduce_f32(x, &RECIPROCALS_2_F32, &LOGS_2_F32);
    let r = m.mul_sub(reciprocal, 1.0);
    let (product, error) = r.two_product(LOG2_E_F32);
    let (high, low) = (e + log).fast_two_sum(product);
    (high + r.mul_add(r.polynomial(TAIL_2_F32), low + error)).except(x, EDGES)
}

/// log₁₀ x.
#[inline(always)]
pub(in crate::kernels) fn log10_f32(x: F32x16) -> F32x16 {
    let (e, m, reciprocal, log) = reduce_f32(x, &RECIPROCALS_10_F32, &LOGS_10_F32);
    let r = m.mul_sub(reciprocal, 1.0);
    let (product, error) = r.two_product(LOG10_E_F32);
    let (high, low) = e.mul_add(LOG10_2_F32.0, log).fast_two_sum(product);
    let low = e.mul_add(LOG10_2_F32.1, low + error);
    (high + r.mul_add(r.polynomial(TAIL_10_F32), low)).except(x, EDGES)
}

/// log(1 + x).
#[inline(always)]
pub(in crate::kernels) fn log1p_f32(x: F32x16) -> F32x16 {
    let sum = x + 1.0;
    // Beyond 2^24 it is of no account, nor right.
    let sum_low = x - (sum - 1.0);
    let (e, m, reciprocal, log) = reduce_f32(sum, &RECIPROCALS_F32, &LOGS_F32);
    let (ratio, ratio_low) = m.two_product(reciprocal);
    // 2^-e / c, of large sums anything.
    let factor = reciprocal.add_bits(m.sub_bits(sum.min(1e30)));
    let r_low = sum_low.mul_add(factor, ratio_low);
    let (r, r_low) = (ratio - 1.0).fast_two_sum(r_low);
    let (high, low) = e.mul_add(LN_2_F32.0, log).fast_two_sum(r);
    let low = e.mul_add(LN_2_F32.1, low + r_low);
    let square = r * r;
    (high + square.mul_add(r.polynomial_by_halves(square, TAIL_F32), low)).copysign(x).except(sum, EDGES)
}
