//! The inverse tangent by intervals.
//!
//! arctan a = arctan(q/p) + arctan t with t = (p·a - q) / (p + q·a), q/p a number in the interval of a: then
//! |t| ≤ 3/16 (`f32`: 0.079), and arctan t = t + t³·A(t²), A of degree 6, relative error 2^-57.7 (degree 1, 2^-29.5).
//! p is 1, and p·a - q exact; in the last interval, which has no end, q is 1. q is chosen so that arctan(q/p) is
//! nearly a number, relative error below 2^-60 (2^-30). In the first interval q = 0, and t is a. So the error
//! is that of the last rounding and, by its share of the result, a quarter at most, that of t, one and a half ulp.
//!
//! **f64**: 16 intervals, told by the exponent and two bits of the mantissa of a + 1/4. **f32**: 32, told by
//! those of a from 1/16 to 16.

use super::{F32x16, F64x8};

/// arctan x.
#[inline(always)]
pub(in crate::kernels) fn arctan(x: F64x8) -> F64x8 {
    let a = x.abs().min(1e300); // inf / inf is nan
    let interval = (a + 0.25).min(3.9).shift_right::<50>();
    let (p, q, base) = (interval.choose(&TABLE[0]), interval.choose(&TABLE[1]), interval.choose(&TABLE[2]));
    let t = a.mul_sub(p, q) / a.mul_add(q, p);
    let z = t * t;
    let arctan = (z * t).mul_add(z.polynomial_by_halves(z * z, TAIL), t);
    (base + arctan).xor_sign(x)
}

/// arctan x.
#[inline(always)]
pub(in crate::kernels) fn arctan_f32(x: F32x16) -> F32x16 {
    let a = x.abs().min(1e30);
    let interval = a.max(0.0625).min(15.9).shift_right::<21>();
    let (p, q, base) =
        (interval.choose(&TABLE_F32[0]), interval.choose(&TABLE_F32[1]), interval.choose(&TABLE_F32[2]));
    let t = a.mul_sub(p, q) / a.mul_add(q, p);
    let z = t * t;
    let arctan = (z * t).mul_add(z.polynomial(TAIL_F32), t);
    (base + arctan).xor_sign(x)
}

/// Of each interval p, q and arctan(q/p).
#[rustfmt::skip]
const TABLE: [[f64; 16]; 3] = [
    [
        1.0, 1.0, 1.0, 0.1569302807282375, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
    ],
    [
        1.9819657860410742, 2.481099851611448, 2.976292293512584, 1.0, 0.0, 0.0, 0.0, 0.21882428271584334,
        0.29075684455211837, 0.43512599460053786, 0.5404484775509, 0.685749413744806, 0.8648488509644581,
        1.1192107670847071, 1.3662901455132737, 1.5769174385764069,
    ],
    [
        1.103515683302617, 1.1876659371896168, 1.2466580238424623, 1.4151355857380594, 0.0, 0.0, 0.0,
        0.21542858909321264, 0.282955412232275, 0.4104160978275704, 0.4954804247088119, 0.6010976474085533,
        0.7130516714700692, 0.8415913774628566, 0.9389743751944435, 1.0056452696765257,
    ],
];

/// The same for `f32`.
#[rustfmt::skip]
const TABLE_F32: [[f32; 32]; 3] = [
    [
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.034795206, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
        1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0,
    ],
    [
        2.2272487, 2.7359142, 3.2294943, 3.739328, 4.441953, 5.456584, 6.46982, 7.4650354, 8.881364,
        10.900501, 12.90909, 1.0, 0.0, 0.085804656, 0.10137212, 0.117109075, 0.13536157, 0.17143348,
        0.20308712, 0.23473704, 0.2707604, 0.3431319, 0.40690145, 0.46874145, 0.5378948, 0.6866506,
        0.81044817, 0.9353996, 1.1166834, 1.368633, 1.5738435, 1.8667296,
    ],
    [
        1.1487873, 1.2203728, 1.2705137, 1.3094835, 1.3493618, 1.3895428, 1.417446, 1.4376312, 1.4586732,
        1.4793135, 1.4934859, 1.5360152, 0.0, 0.085595004, 0.101027004, 0.11657807, 0.1345438, 0.16978304,
        0.20036218, 0.23056275, 0.26442042, 0.3305432, 0.3864417, 0.43832955, 0.4935019, 0.6017103, 0.6810794,
        0.7520322, 0.840468, 0.9397907, 1.0047624, 1.0790012,
    ],
];

/// (arctan √z / √z - 1) / z on [0, 3²/16²].
const TAIL: [f64; 7] = [
    -0.3333333333333238,
    0.19999999999316878,
    -0.14285714118630868,
    0.11111091656723095,
    -0.09089692890960908,
    0.07650279465899365,
    -0.059041534224887796,
];

/// The same on [0, 0.0782²].
const TAIL_F32: [f32; 2] = [-0.33333102, 0.19878526];
