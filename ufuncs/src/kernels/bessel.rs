//! The modified Bessel function of the first kind, of order 0.
//!
//! Up to |x| = 16 its power series, Σ (x²/4)^k / k!², whose terms are all positive: 33 of them, the first 17
//! in pairs. Beyond, e^x/√x · P(1/x), P of degree 15 (a Chebyshev fit in 300 bits, relative error 2^-61.5),
//! with e^x and √x as pairs.
//!
//! **f32.** In `f64`, rounded.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::exact::{polynomial, quotient};
use super::exp::reduce;
use super::pairs::{Pair, exp_of_rest, power_in_two, product, root, square, sum, value};

/// The modified Bessel function of order 0.
#[derive(Clone, Copy, Debug)]
pub struct I0;

/// Up to here the series is taken.
const SERIES: f64 = 16.0;

impl Unary<f64> for I0 {
    type Output = f64;
    const COST: f32 = 5.0;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        let a = x.abs();
        // Written so that a nan passes.
        let near = if a > SERIES { SERIES } else { a };
        let t = square::<I>((0.5 * near, 0.0));
        let series = (polynomial::<I, _, 16>(t.0, TAIL), 0.0);
        let series = four_terms::<I>(series, t, TERMS[3]);
        let series = four_terms::<I>(series, t, TERMS[2]);
        let series = four_terms::<I>(series, t, TERMS[1]);
        let series = four_terms::<I>(series, t, TERMS[0]);
        let series = sum(product::<I>(series, t), (1.0, 0.0));

        // Beyond 720 it is infinite.
        let far = if a < SERIES { SERIES } else { a };
        let far = if far > 720.0 { 720.0 } else { far };
        let u = 1.0 / far;
        let (rounded, r, r_error) = reduce::<I, f64>(far, 0.0);
        let p = (LARGE, I::mul_add(u, polynomial::<I, _, 15>(u, LARGE_TAIL), LARGE_LOW));
        let size = quotient::<I, f64>(product::<I>(exp_of_rest::<I>(r, r_error), p), root::<I>((far, 0.0)));
        let (first, second) = power_in_two(rounded - 1.0);
        let large = value(size) * first * second;

        let i0 = if a > SERIES { large } else { value(series) };
        if a == f64::INFINITY { a } else { i0 }
    }
}

impl Unary<f32> for I0 {
    type Output = f32;
    const COST: f32 = 5.0;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        <I0 as Unary<f64>>::call::<I>(f64::from(x)) as f32
    }
}

/// Horner's rule, four steps of it: more at once the compiler leaves in a loop, which is no vector code.
#[inline(always)]
fn four_terms<I: Isa>(mut series: Pair, t: Pair, terms: [Pair; 4]) -> Pair {
    for term in terms.into_iter().rev() {
        series = sum(product::<I>(series, t), term);
    }
    series
}

/// 1/k!² from k = 1 on, and what rounding it lost.
const TERMS: [[Pair; 4]; 4] = [
    [
        (1.0, 0.0),
        (0.25, 0.0),
        (0.027777777777777776, 1.5419764230904951e-18),
        (0.001736111111111111, 9.637352644315594e-20),
    ],
    [
        (6.944444444444444e-05, 6.023345402697247e-23),
        (1.9290123456790124e-06, -4.5384234457823004e-23),
        (3.936759889140842e-08, -2.276707825756433e-24),
        (6.151187326782565e-10, -3.557355977744427e-26),
    ],
    [
        (7.594058428126624e-12, -6.186894318824439e-28),
        (7.594058428126623e-14, -6.333135460685159e-31),
        (6.276081345559193e-16, -4.761082173557928e-32),
        (4.358389823304995e-18, 1.1756839171763609e-35),
    ],
    [
        (2.5789288895295828e-20, 9.064634287733802e-37),
        (1.3157800456783586e-22, -2.5720907765988003e-39),
        (5.8479113141260385e-25, -2.979861379425958e-41),
        (2.2843403570804838e-27, -1.1640083513382648e-43),
    ],
];
/// 1/k!² from k = 17 on.
const TAIL: [f64; 16] = [
    7.904291893012054e-30,
    2.4395962632753253e-32,
    6.757884385804225e-35,
    1.6894710964510564e-37,
    3.8310002187098785e-40,
    7.915289708078262e-43,
    1.4962740468957016e-45,
    2.5976979980828152e-48,
    4.156316796932504e-51,
    6.14839762859838e-54,
    8.434015951438106e-57,
    1.0757673407446564e-59,
    1.2791526049282477e-62,
    1.4212806721424974e-65,
    1.4789601166935458e-68,
    1.4442969889585408e-71,
];
/// √(2π)/2π, what rounding it lost, and the other coefficients of P.
const LARGE: f64 = 0.3989422804014327;
const LARGE_LOW: f64 = -2.489607727136e-17;
const LARGE_TAIL: [f64; 15] = [
    0.049867785050178866,
    0.028050629091024355,
    0.02921940514583059,
    0.044742257246627296,
    0.09059599023266392,
    0.2291333676067559,
    0.6362972983075105,
    5.080646082667406,
    -84.85085644705238,
    2433.744696108194,
    -42077.8735386064,
    508237.5269593169,
    -3837837.81164168,
    16002554.965941884,
    -23828997.808199488,
];
