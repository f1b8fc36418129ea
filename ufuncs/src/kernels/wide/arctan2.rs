//! The angle of a point, of `f32`.
//!
//! With u the smaller and v the larger of |y| and |x|, arctan u/v = arctan c + arctan t, where c is 0 up to u/v = 0.3,
//! 1/2 up to 0.72, then 1, and t = u/v, (2u - v) / (2v + u) or (u - v) / (v + u): |t| ≤ 0.3. arctan t = t + t³·A(t²),
//! A of degree 3, relative error 2^-30. A table has for each octant the angle from which to turn, as a pair, and
//! which way; the quotient keeps its remainder. What rounding the divisor lost is not kept: with c = 1/2 it is a third
//! of an ulp of the result.

use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::F32x16;

/// The angle of (x, y), rare where the kernel's `is_rare` is, and a little beyond.
#[inline(always)]
pub(in crate::kernels) fn arctan2_f32(y: F32x16, x: F32x16) -> (F32x16, u16) {
    let (a, b) = (y.abs(), x.abs());
    let (u, v) = (a.min(b), a.max(b));
    // As integers, so that a nan is large, and that for u 0 is.
    let rare = !(a + b).is_between(2.1e-15, 0.99e15) | u.sub_bits(f32::from_bits(1)).is_between(0.0, 1e-20);

    let (half, one) = ((v * 0.3).less(u), (v * 0.72).less(u));
    let only_half = half & !one;
    let numerator = u.replace(only_half, u + u);
    let denominator = v.replace(only_half, v + v);
    let numerator = numerator.replace(half, numerator - v);
    let denominator = denominator.replace(half, denominator + u);

    let bits = f32::from_bits;
    let interval = u.of(0.0).replace(half, bits(1)).replace(one, bits(2));
    let steep = u.of(0.0).replace(b.less(a), bits(4));
    let entry = interval | steep | (x.shift_right::<28>() & bits(8));
    let numerator = numerator ^ entry.choose_half(&TABLE_F32[2]);

    let reciprocal = u.of(1.0) / denominator;
    let t = numerator * reciprocal;
    let t_low = t.neg_mul_add(denominator, numerator) * reciprocal;
    let z = t * t;
    let tail = (t * z).mul_add(z.polynomial(TAIL_F32), t_low);
    let (sum, error) = entry.choose_half(&TABLE_F32[0]).fast_two_sum(t);
    let low = error + entry.choose_half(&TABLE_F32[1]);
    ((sum + (low + tail)).xor_sign(y), rare)
}

/// The angle from which to turn, what rounding it lost, and the sign of the turn: by the interval, + 4 where |y|
/// is the larger, + 8 where x is negative.
#[rustfmt::skip]
const TABLE_F32: [[f32; 16]; 3] = [
    [
        0.0, 0.4636476, FRAC_PI_4, FRAC_PI_4, FRAC_PI_2, 1.1071488, FRAC_PI_4, FRAC_PI_4, PI,
        2.6779451, 2.3561945, 2.3561945, FRAC_PI_2, 2.0344439, 2.3561945, 2.3561945,
    ],
    [
        0.0, 5.0121587e-09, -2.1855694e-08, -2.1855694e-08, -4.371139e-08, -4.872355e-08, -2.1855694e-08,
        -2.1855694e-08, -8.742278e-08, -9.243494e-08, -5.9624403e-09, -5.9624403e-09, -4.371139e-08,
        8.0510056e-08, -5.9624403e-09, -5.9624403e-09,
    ],
    [
        0.0, 0.0, 0.0, 0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, -0.0, 0.0, 0.0, 0.0, 0.0,
    ],
];

/// (arctan √z / √z - 1) / z on [0, 0.3001²].
const TAIL_F32: [f32; 4] = [-0.333333, 0.19996218, -0.141566, 0.09336674];
