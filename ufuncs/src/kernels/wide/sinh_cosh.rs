//! The hyperbolic sine and cosine, with exponentials from a table.
//!
//! **f64.** |x| = n·ln 2 + s + r with s, of a table, near i/16·ln 2 and |r| ≤ 0.0218. P = e^s and M = e^-s · 4^-n are
//! from the same table: s is chosen so that both are nearly numbers, relative error below 2^-59.5. With A = P - M and
//! B = P + M, whose roundings are carried,
//!
//! - sinh |x| = 2^(n-1) · (A·cosh r + B·sinh r),
//! - cosh x = 2^(n-1) · (B·cosh r + A·sinh r),
//!
//! sinh r = r + r³·S(r²) and cosh r = 1 + r²·C(r²), S and C of degree 2, errors 2^-69 and 2^-66. For n = i = 0 this is
//! the series itself. The last multiplication rounds once more only where it overflows.
//!
//! **f32.** The same with thirty-seconds, |r| ≤ 0.0112, and S and C one number, errors 2^-31.5 and 2^-29.2.

use super::{F32x16, F64x8};
use crate::kernels::exp::ExpLane;

macro_rules! sinh_cosh {
    (
        $vector:ident, $number:ident: $sinh_name:ident $cosh_name:ident $parts:ident
        most $most:literal, shift $shift:literal, $table:ident $sinh:ident $cosh:ident
    ) => {
        /// What both are made of, for a ≥ 0: `(n + i/16, r, P, M, sinh r - r, cosh r - 1)`.
        #[inline(always)]
        fn $parts(a: $vector) -> [$vector; 6] {
            let shifted = a.mul_add(std::$number::consts::LOG2_E, $shift);
            let steps = shifted - $shift;
            let n = steps.floor();
            let rest = n.neg_mul_add($number::LN_2_HIGH, a) - shifted.choose(&$table[0]);
            let r = n.neg_mul_add($number::LN_2_LOW, rest);
            let minus = shifted.choose(&$table[2]).scale(steps * -2.0);
            let z = r * r;
            let (sinh, cosh) = (z.polynomial($sinh), z.polynomial($cosh));
            [steps, r, shifted.choose(&$table[1]), minus, (r * z) * sinh, z * cosh]
        }

        /// sinh x.
        #[inline(always)]
        pub(in crate::kernels) fn $sinh_name(x: $vector) -> $vector {
            let [steps, r, plus, minus, sinh, cosh] = $parts(x.abs().min($most));
            let even = plus + minus;
            let odd = plus - minus;
            let odd_low = (plus - odd) - minus;
            let sum = even.mul_add(r, odd);
            let low = even.mul_add(r, odd - sum) + odd_low;
            let low = odd.mul_add(cosh, even.mul_add(sinh, low));
            (sum + low).scale(steps - 1.0).xor_sign(x)
        }

        /// cosh x.
        #[inline(always)]
        pub(in crate::kernels) fn $cosh_name(x: $vector) -> $vector {
            let [steps, r, plus, minus, sinh, cosh] = $parts(x.abs().min($most));
            let (even, even_low) = plus.fast_two_sum(minus);
            let low = even.mul_add(cosh, (plus - minus).mul_add(r + sinh, even_low));
            (even + low).scale(steps - 1.0)
        }
    };
}

sinh_cosh! {
    F64x8, f64: sinh cosh parts
    most 711.0, shift 422_212_465_065_984.0, // 1.5 · 2^48: in the sum the lowest bits count sixteenths
    TABLE SINH COSH
}
sinh_cosh! {
    F32x16, f32: sinh_f32 cosh_f32 parts_f32
    most 90.0, shift 393_216.0, // 1.5 · 2^18
    TABLE_F32 SINH_F32 COSH_F32
}

/// Of each sixteenth i of ln 2 a number s near it, e^s and e^-s · 2^⌈i/8⌉.
#[rustfmt::skip]
const TABLE: [[f64; 16]; 3] = [
    [
        0.0, 0.04323196744181162, 0.08665391684696779, 0.1298669849284374, 0.17326328681379607,
        0.2165811917173006, 0.2600169044782663, 0.3032128513326203, 0.3464743654115482, 0.3899583174010573,
        0.43326916483837596, 0.476515396031029, 0.5198083120929324, 0.5630946704349821, 0.6064954152032954,
        0.6497972217785524,
    ],
    [
        1.0, 1.044180082542235, 1.090519204078476, 1.1386769120599203, 1.1891791590625538, 1.2418239070764296,
        1.296952010777542, 1.3542026776124894, 1.4140732441800867, 1.4769192307676293, 1.5422912954236274,
        1.610452823093598, 1.6817052562395367, 1.7560986464606498, 1.833992739885157, 1.915152438431385,
    ],
    [
        1.0, 1.9153784231649564, 1.8339887940717787, 1.7564244772311275, 1.681832367106591,
        1.6105343024910113, 1.5420771033779193, 1.4768838025974633, 1.4143538944898484, 2.708340386306026,
        2.5935437824676977, 2.483773472057507, 2.378538085172193, 2.2777763698308453, 2.1810337156789816,
        2.0886065880354776,
    ],
];

/// Likewise for `f32`, of thirty-seconds.
#[rustfmt::skip]
const TABLE_F32: [[f32; 32]; 3] = [
    [
        0.0, 0.021633249, 0.043563176, 0.06518087, 0.08651321, 0.10823337, 0.1299951, 0.15192485, 0.17343451,
        0.19471143, 0.21661834, 0.23819616, 0.2600273, 0.28153566, 0.3031475, 0.3248443, 0.34635127,
        0.36852473, 0.38985488, 0.41151887, 0.4332312, 0.45461476, 0.4767434, 0.49816567, 0.5199274,
        0.5417938, 0.56339717, 0.58507, 0.6064865, 0.6282897, 0.6495936, 0.6712089,
    ],
    [
        1.0, 1.021869, 1.044526, 1.067352, 1.0903658, 1.1143078, 1.1388228, 1.1640728, 1.1893828, 1.2149603,
        1.24187, 1.2689581, 1.2969655, 1.3251632, 1.3541142, 1.3838152, 1.4138992, 1.4456004, 1.4767665,
        1.5091082, 1.5422328, 1.5755663, 1.61082, 1.6456997, 1.6819055, 1.7190878, 1.75663, 1.7951167,
        1.8339764, 1.874402, 1.9147625, 1.9566013,
    ],
    [
        1.0, 1.9571981, 1.9147441, 1.873796, 1.8342469, 1.7948363, 1.7561995, 1.7181057, 1.6815444, 1.6461443,
        1.6104745, 1.5760962, 1.5420611, 1.509248, 1.4769803, 1.4452797, 1.414528, 2.7670164, 2.7086205,
        2.650572, 2.5936422, 2.5387697, 2.4832072, 2.430577, 2.378255, 2.3268154, 2.2770875, 2.2282674,
        2.1810532, 2.134014, 2.089032, 2.0443614,
    ],
];
/// (sinh √z / √z - 1) / z on [0, 0.0218²].
const SINH: [f64; 3] = [0.1666666666666667, 0.008333333332689666, 0.00019841514314919938];
/// (cosh √z - 1) / z on [0, 0.0218²].
const COSH: [f64; 3] = [0.5000000000000004, 0.04166666666070635, 0.0013889111268556506];
/// (sinh √z / √z - 1) / z on [0, 0.0112²].
const SINH_F32: [f32; 1] = [0.16666754];
/// (cosh √z - 1) / z on [0, 0.0112²].
const COSH_F32: [f32; 1] = [0.50000435];
