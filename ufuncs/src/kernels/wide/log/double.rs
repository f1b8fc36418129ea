//! Logarithms of `f64`.
//!
//! There are 13 intervals, around multiples of 1/16: adding 3·2^47 leaves their number in the lowest
//! bits. log c is a multiple of 2^-42 but for 2^-62, and r a pair, so that |r| ≤ 0.04; their sum is a pair too.
//! r²·P(r), P of degree 9 with relative error of r 2^-64, is below 1/50 of the result. That leaves the last
//! rounding and 0.05 ULP.

use super::super::F64x8;
use super::EDGES;

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
