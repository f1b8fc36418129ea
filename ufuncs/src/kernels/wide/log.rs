//! Logarithms, with log c from a table: see [`log`](crate::kernels::log).
//!
//! x = 2^e · m with m in [3/4, 3/2), and log x = e·log 2 + log c + log(1 + r) with r = m/c - 1. The table has 1/c and
//! log c for the leading digits of m; of the intervals next to 1, c is 1, so that nothing cancels there.
//! The instructions that give e and m know subnormals, nan and negative numbers.
//!
//! **f32.** There are 32 intervals, chosen so that log c is a multiple of 2^-17 (2^-16 to the base 2, 2^-18 to
//! the base 10) but for 2^-32.9; log 2 is
//! in two parts, the first of which is such a multiple too. So e·log 2 + log c is exact, and what is added to
//! it is at most 1/32: r (to other bases, its product with a pair) and r²·P(r), P of degree 3, relative error
//! 2^-32. What the sum with r loses is kept. That leaves the last rounding, r's, which is 0.25 ULP (0.36 to the base
//! 2) where the result is near 1/64, and 0.1 ULP.
//!
//! **f64.** There are 13 intervals, around multiples of 1/16: adding 3·2^47 leaves their number in the lowest
//! bits. log c is a multiple of 2^-42 but for 2^-62, and r a pair, so that |r| ≤ 0.04; their sum is a pair too.
//! r²·P(r), P of degree 9 with relative error of r 2^-64, is below 1/50 of the result. That leaves the last
//! rounding and 0.05 ULP.
//!
//! For log(1 + x), 1 + x is a pair, whose lower part is divided by c too; with it r is a pair.

use super::{F32x16, F64x8};

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

/// Zeros, which give -inf, and inf, which gives itself.
const EDGES: u32 = 0x0050_0400;

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

/// 1 / c, for the natural logarithm.
const RECIPROCALS: [f64; 16] = [
    1.0,
    0.9405262603310958,
    0.8893110143385065,
    0.8428662106099547,
    0.7992148840936021,
    0.7623805603547424,
    0.7278390355484851,
    0.6955238338279078,
    0.6735983925737451,
    1.0,
    1.0,
    1.0,
    1.3050731150342256,
    1.230947658516906,
    1.143950627829975,
    1.0667305819295658,
];
/// log c.
const LOGS: [f64; 16] = [
    0.0,
    0.061315708960364645,
    0.11730825725067007,
    0.17094703985071646,
    0.22412542808046965,
    0.2713094249279493,
    0.317675360248586,
    0.36308999958191635,
    0.3951212023785047,
    0.0,
    0.0,
    0.0,
    -0.2662590660513615,
    -0.20778432681572667,
    -0.13448773453501417,
    -0.06459843990137415,
];
/// (log(1 + r) - r) / r².
const TAIL: [f64; 10] = [
    -0.5,
    0.33333333333333337,
    -0.24999999999995276,
    0.1999999999996039,
    -0.16666666692015128,
    0.14285714398295757,
    -0.1249995491841958,
    0.11110986043994801,
    -0.10032693667433701,
    0.09147097005722987,
];
/// 1 / c, to the base 2.
const RECIPROCALS_2: [f64; 16] = [
    1.0,
    0.9412771673809095,
    0.8889787291761724,
    0.84193472883388,
    0.8007929540131773,
    0.762152229758367,
    0.7272153565371098,
    0.6962471816211913,
    0.6742536845751861,
    1.0,
    1.0,
    1.0,
    1.3054115584704669,
    1.2299553619818786,
    1.1424249710862078,
    1.0663093932069756,
];
/// log₂ c.
const LOGS_2: [f64; 16] = [
    0.0,
    0.08730849507082894,
    0.16977919515647955,
    0.24821970249558944,
    0.32049881458829077,
    0.39184890926480875,
    0.45954542978051904,
    0.5223285123906862,
    0.5686365945498437,
    0.0,
    0.0,
    0.0,
    -0.3845047184870509,
    -0.2986059576653588,
    -0.19209941920348683,
    -0.09262610158930329,
];
/// [`TAIL`] / ln 2.
const TAIL_2: [f64; 10] = [
    -0.7213475204444817,
    0.48089834696298783,
    -0.3606737602221727,
    0.2885390081772212,
    -0.24044917384719489,
    0.2060992931797735,
    -0.18033622972139535,
    0.1602976446505778,
    -0.14474117400764708,
    0.1319647148868684,
];
/// 1 / c, to the base 10.
const RECIPROCALS_10: [f64; 16] = [
    1.0,
    0.9414024633319399,
    0.888900438145959,
    0.8426963130643399,
    0.7992514419825095,
    0.7616677025027004,
    0.7271802955311002,
    0.6951092319620762,
    0.6730319874045751,
    1.0,
    1.0,
    1.0,
    1.305897055004641,
    1.2299148118478451,
    1.1418876126556168,
    1.0656403320242018,
];
/// log₁₀ c.
const LOGS_10: [f64; 16] = [
    0.0,
    0.026224669626117247,
    0.051146879733096284,
    0.0743289061847463,
    0.09731657151610307,
    0.1182344596911662,
    0.1383578977427078,
    0.15794694345186144,
    0.1719642944340194,
    0.0,
    0.0,
    0.0,
    -0.11590894247842698,
    -0.08987503174375888,
    -0.05762336169846094,
    -0.027610649179905522,
];
/// [`TAIL`] / ln 10.
const TAIL_10: [f64; 10] = [
    -0.2171472409516259,
    0.14476482730108395,
    -0.10857362047579244,
    0.08685889638047835,
    -0.07238241376062894,
    0.062042069332256804,
    -0.054286614451090356,
    0.048254399274109835,
    -0.04357143498392155,
    0.03972533755019251,
];
/// The leading bits of ln 2, a multiple of 2^-42, and the rest.
const LN_2: (f64, f64) = (0.6931471805598903, 5.497923018708371e-14);
/// 1 / ln 2 and what rounding it lost.
const LOG2_E: (f64, f64) = (std::f64::consts::LOG2_E, 2.0355273740931033e-17);
/// The leading bits of log₁₀ 2, a multiple of 2^-42, and the rest.
const LOG10_2: (f64, f64) = (0.3010299956640665, -8.532344317057107e-14);
/// 1 / ln 10 and what rounding it lost.
const LOG10_E: (f64, f64) = (std::f64::consts::LOG10_E, 1.098319650216765e-17);
/// Adding it rounds to a multiple of 1/16.
const SIXTEENTHS: f64 = 422_212_465_065_984.0; // 1.5 · 2^48

/// `(e, r, its error, log c)` of 2^e · m, m in [3/4, 3/2).
#[inline(always)]
fn reduce(x: F64x8, reciprocals: &[f64; 16], logs: &[f64; 16]) -> [F64x8; 6] {
    let m = x.centred_mantissa_of_positive();
    let e = x.exponent() - m.exponent();
    let index = m + SIXTEENTHS;
    let reciprocal = index.choose(reciprocals);
    let (ratio, r_low) = m.two_product(reciprocal);
    [m, e, ratio - 1.0, r_low, index.choose(logs), reciprocal]
}

/// log x.
#[inline(always)]
pub(in crate::kernels) fn log(x: F64x8) -> F64x8 {
    let [_, e, r, r_low, log, _] = reduce(x, &RECIPROCALS, &LOGS);
    natural(e, r, r_low, r + r_low, log).except(x, EDGES)
}

/// e·ln 2 + log c + log(1 + r), of a pair r and its sum.
#[inline(always)]
fn natural(e: F64x8, r: F64x8, r_low: F64x8, r_sum: F64x8, log: F64x8) -> F64x8 {
    let (high, low) = e.mul_add(LN_2.0, log).fast_two_sum(r);
    let low = e.mul_add(LN_2.1, low + r_low);
    let square = r_sum * r_sum;
    high + r_sum.polynomial_by_halves(square, TAIL).mul_add(square, low)
}

/// log₂ x.
#[inline(always)]
pub(in crate::kernels) fn log2(x: F64x8) -> F64x8 {
    let [_, e, r, r_low, log, _] = reduce(x, &RECIPROCALS_2, &LOGS_2);
    let (product, error) = r.two_product(LOG2_E.0);
    let (high, low) = (e + log).fast_two_sum(product);
    let low = low + r_low.mul_add(LOG2_E.0, r.mul_add(LOG2_E.1, error));
    let r = r + r_low;
    let square = r * r;
    (high + r.polynomial_by_halves(square, TAIL_2).mul_add(square, low)).except(x, EDGES)
}

/// log₁₀ x.
#[inline(always)]
pub(in crate::kernels) fn log10(x: F64x8) -> F64x8 {
    let [_, e, r, r_low, log, _] = reduce(x, &RECIPROCALS_10, &LOGS_10);
    let (product, error) = r.two_product(LOG10_E.0);
    let (high, low) = e.mul_add(LOG10_2.0, log).fast_two_sum(product);
    let low = low + e.mul_add(LOG10_2.1, r_low.mul_add(LOG10_E.0, r.mul_add(LOG10_E.1, error)));
    let r = r + r_low;
    let square = r * r;
    (high + r.polynomial_by_halves(square, TAIL_10).mul_add(square, low)).except(x, EDGES)
}

/// log(1 + x).
#[inline(always)]
pub(in crate::kernels) fn log1p(x: F64x8) -> F64x8 {
    let sum = x + 1.0;
    // Beyond 2^53 it is of no account, nor right.
    let sum_low = x - (sum - 1.0);
    let [m, e, r, r_low, log, reciprocal] = reduce(sum, &RECIPROCALS, &LOGS);
    // 2^-e / c, of large sums anything.
    let factor = reciprocal.add_bits(m.sub_bits(sum.min(1e300)));
    let (r, r_low) = r.fast_two_sum(sum_low.mul_add(factor, r_low));
    natural(e, r, r_low, r, log).copysign(x).except(sum, EDGES)
}
