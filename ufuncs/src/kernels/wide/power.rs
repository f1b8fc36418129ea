//! x to the power of y, with tables as [`log`](super::log) and [`exp`](super::exp) have them.
//!
//! |x| = 2^e · m, m in [3/4, 3/2), and r = m/c - 1, where 1/c is so short that r is exact; c is 1 next to 1.
//!
//! **f64.** e^(y·log|x|), |r| ≤ 0.055, next to 1 at most 1/32. e·ln 2 + log c, r and r²/2 are pairs; what is left,
//! r³·P(r), P of degree 9 with relative error of r 2^-65, is below 2^-11 of the result. So the logarithm is a pair, its
//! relative error below 2^-62. The product with y is a pair too, at most 2^9.5 where the result is finite.
//! Results that are subnormal are rounded twice. Rare are x that are subnormal or nan, and y beyond 2^64.
//!
//! **f32.** 2^(y·log₂|x|), likewise, |r| ≤ 1/32: e + log₂ c and r / ln 2 are pairs, r²·P(r), P of degree 3, is not; the
//! relative error of the logarithm is below 2^-30.5, and the product with y at most 2^7.3. Rare are nan and infinite y.
//!
//! x² is the product. What is special about x, negative, zero or infinite, is seen to where there is such.

use super::exp;
use super::{F32x16, F64x8};

/// 1 / c, in so few bits that r is exact.
const RECIPROCALS: [f64; 16] = [
    1.0, 0.9375, 0.890625, 0.84375, 0.796875, 0.765625, 0.71875, 0.6875, 0.671875, 1.0, 1.0, 1.0, 1.3125,
    1.25, 1.125, 1.0625,
];
/// The leading bits of log c, a multiple of 2^-42.
const LOGS: [f64; 16] = [
    0.0,
    0.0645385211375924,
    0.11583181552509814,
    0.16989903679541385,
    0.22705745063535687,
    0.2670627852489815,
    0.33024168687052224,
    0.3746934494413381,
    0.3976829676660145,
    0.0,
    0.0,
    0.0,
    -0.2719337154835557,
    -0.22314355131425145,
    -0.11778303565643,
    -0.06062462181648698,
];
/// The rest of log c.
const LOGS_LOW: [f64; 16] = [
    0.0,
    -2.1225608044809997e-14,
    2.3568822182038756e-14,
    -1.6376276414097503e-14,
    -1.078736749871691e-14,
    6.371947269815667e-14,
    5.4612144489920215e-14,
    7.260466149925637e-14,
    9.491339403096215e-14,
    0.0,
    0.0,
    0.0,
    -8.604306772808733e-14,
    4.169796584527195e-14,
    4.654729747598445e-14,
    5.213620639136504e-14,
];
/// (log(1 + r) - r + r²/2) / r³.
const TAIL: [f64; 10] = [
    0.3333333333333336,
    -0.2499999999999938,
    0.1999999999985973,
    -0.16666666668658447,
    0.14285714527211335,
    -0.12499997921536819,
    0.11110930714741886,
    -0.10000843785456236,
    0.09152016602663958,
    -0.0823481364195868,
];
/// The leading bits of ln 2, a multiple of 2^-42, and the rest.
const LN_2: (f64, f64) = (0.6931471805598903, 5.497923018708371e-14);
/// 1 / c, in so few bits that r is exact.
const RECIPROCALS_F32: [f32; 32] = [
    1.0, 0.953125, 0.921875, 0.90625, 0.875, 0.859375, 0.828125, 0.8125, 0.796875, 0.765625, 0.75, 0.734375,
    0.71875, 0.703125, 0.6875, 0.671875, 1.3125, 1.28125, 1.28125, 1.25, 1.21875, 1.1875, 1.1875, 1.15625,
    1.125, 1.125, 1.09375, 1.0625, 1.0625, 1.03125, 1.03125, 1.0,
];
/// The leading bits of log₂ c, a multiple of 2^-16.
const LOGS_F32: [f32; 32] = [
    0.0,
    0.06925964,
    0.11735535,
    0.14201355,
    0.19264221,
    0.21864319,
    0.27207947,
    0.29956055,
    0.32757568,
    0.38528442,
    0.41503906,
    0.44540405,
    0.47644043,
    0.5081482,
    0.5405731,
    0.57373047,
    -0.39231873,
    -0.3575592,
    -0.3575592,
    -0.32192993,
    -0.2854004,
    -0.2479248,
    -0.2479248,
    -0.2094574,
    -0.16992188,
    -0.16992188,
    -0.12928772,
    -0.08746338,
    -0.08746338,
    -0.044387817,
    -0.044387817,
    0.0,
];
/// The rest of log₂ c.
const LOGS_LOW_F32: [f32; 32] = [
    0.0,
    3.0188824e-6,
    1.6039585e-6,
    5.455068e-6,
    2.8660284e-6,
    -2.9020011e-6,
    7.7663366e-8,
    -2.650161e-7,
    -1.0255652e-6,
    5.7320567e-6,
    -1.5632212e-6,
    7.095588e-6,
    -2.3857444e-6,
    -1.2896891e-6,
    -4.7387543e-6,
    4.776548e-6,
    1.3028072e-6,
    7.1994837e-6,
    7.1994837e-6,
    1.8367533e-6,
    -1.8282373e-6,
    -2.708756e-6,
    -2.708756e-6,
    4.031832e-6,
    -3.1264424e-6,
    -3.1264424e-6,
    4.7027816e-6,
    5.376559e-7,
    5.376559e-7,
    -6.3019756e-6,
    -6.3019756e-6,
    0.0,
];
/// (log₂(1 + r) - r / ln 2) / r².
const TAIL_F32: [f32; 4] = [-0.7213475, 0.48090047, -0.36078903, 0.28266424];
/// 1 / ln 2 and what rounding it lost.
const LOG2_E_F32: (f32, f32) = (std::f32::consts::LOG2_E, 1.925963e-8);
/// Adding it rounds to a multiple of 1/16.
const SIXTEENTHS: f64 = 422_212_465_065_984.0; // 1.5 · 2^48
/// From here on y is rare.
const HUGE_POWER: f64 = 18_446_744_073_709_551_616.0; // 2^64

const NAN: i32 = 128 | 1;
const ZERO: i32 = 4 | 2;
const INFINITE: i32 = 16 | 8;
const SUBNORMAL: i32 = 32;
const NEGATIVE: i32 = 64;

/// x^y and where it is rare, of |x|^y, where y is rare, and the kinds of x that are.
macro_rules! finished {
    ($x:ident, $y:ident, $power:ident, $rare:ident, $type:ident, $rare_x:expr) => {{
        let (mut power, mut rare) = ($power, $rare);
        let squared = $y.equals(2.0);
        let special = $x.is::<{ NEGATIVE | ZERO | INFINITE | $rare_x }>();
        if (squared | special) != 0 {
            rare |= $x.is::<{ $rare_x }>();
            let (zero, infinite) = ($x.equals(0.0), $x.is::<INFINITE>());
            let (to_infinity, falling) = (infinite & !$y.at_most(0.0), $y.less(0.0));
            power = power.replace(zero | infinite, 0.0);
            power = power.replace(to_infinity | (zero & falling), $type::INFINITY);
            power = power.replace($y.equals(0.0), 1.0);
            let negative = $x.has_bits((-0.0 as $type).to_bits());
            let whole = $y.rest::<0>().equals(0.0);
            let odd = whole & !($y * 0.5).rest::<0>().equals(0.0);
            power = power.replace(negative & odd, -power);
            power = power.replace($x.less(0.0) & !$x.equals($type::NEG_INFINITY) & !whole, $type::NAN);
            power = power.replace(squared, $x * $x);
        }
        (power, rare)
    }};
}

/// x^y.
#[inline(always)]
pub(in crate::kernels) fn power(x: F64x8, y: F64x8) -> (F64x8, u8) {
    let rare = !y.abs().less(HUGE_POWER);
    let (log, log_low) = log(x);
    let (p, error) = y.two_product(log);
    let p_low = y.mul_add(log_low, error);
    // Beyond these the result is 0 or inf. What p lost is less than 2^-40 where it is not.
    let (p, p_low) = (p.max(-760.0).min(720.0), p_low.max(-1e-12).min(1e-12));
    let power = exp::exp_of_pair(p, p_low);
    finished!(x, y, power, rare, f64, SUBNORMAL | NAN)
}

/// log|x| as a pair.
#[inline(always)]
fn log(x: F64x8) -> (F64x8, F64x8) {
    let m = x.centred_mantissa();
    let e = x.exponent() - m.exponent();
    let index = m + SIXTEENTHS;
    let r = m.mul_sub(index.choose(&RECIPROCALS), 1.0);
    let low = e.mul_add(LN_2.1, index.choose(&LOGS_LOW));
    let (high, error) = e.mul_add(LN_2.0, index.choose(&LOGS)).fast_two_sum(r);
    let half = r * -0.5;
    let square = half * r;
    let square_low = half.mul_sub(r, square);
    let (high, square_error) = high.fast_two_sum(square);
    let low = low + (square_low + (error + square_error));
    // r³ as a pair: next to 1, where log c and r nearly cancel, its rounding would be seen.
    let full_square = r * r;
    let cube = full_square * r;
    let cube_low = (square_low * -2.0).mul_add(r, full_square.mul_sub(r, cube));
    let tail = r.polynomial_by_halves(full_square, TAIL);
    let low = tail.mul_add(cube, tail.mul_add(cube_low, low));
    high.fast_two_sum(low)
}

/// x^y.
#[inline(always)]
pub(in crate::kernels) fn power_f32(x: F32x16, y: F32x16) -> (F32x16, u16) {
    let rare = y.is::<{ NAN | INFINITE }>();
    let (log, log_low) = log2_f32(x);
    let (p, error) = y.two_product(log);
    let p_low = y.mul_add(log_low, error);
    // Beyond these the result is 0 or inf. What p lost is less than 2^-15 where it is not.
    let (p, p_low) = (p.max(-160.0).min(130.0), p_low.max(-1e-4).min(1e-4));
    let power = exp::exp2_of_pair_f32(p, p_low);
    finished!(x, y, power, rare, f32, NAN)
}

/// log₂|x| as a pair.
#[inline(always)]
fn log2_f32(x: F32x16) -> (F32x16, F32x16) {
    let m = x.centred_mantissa();
    let e = x.exponent() - m.exponent();
    let digits = m.shift_right::<18>();
    let r = m.mul_sub(digits.choose(&RECIPROCALS_F32), 1.0);
    let (product, product_error) = r.two_product(LOG2_E_F32.0);
    let (high, error) = (e + digits.choose(&LOGS_F32)).fast_two_sum(product);
    let low = r.mul_add(LOG2_E_F32.1, digits.choose(&LOGS_LOW_F32) + (product_error + error));
    let square = r * r;
    let low = square.mul_add(r.polynomial_by_halves(square, TAIL_F32), low);
    high.fast_two_sum(low)
}
