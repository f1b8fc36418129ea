//! The inverse hyperbolic functions: logarithms of a number w and a correction, without a division on the way.
//!
//! arcsinh x = log(a + √(a² + 1)) with a = |x|, arccosh x = log(x + √(x² - 1)), and arctanh x = log((1+a)/(1-a)) / 2.
//! w is that sum or quotient, rounded; what the rounding of it, of the root and of the radicand lost, relative to
//! w, is the correction, added at the end. w = 2^k · m with m in [1, 2); r is from a table of 16 (`f32`: 32)
//! near one over m, so that f = m·r - 1 is below 1/33 (1/58), and
//!
//! log w = (k·ln 2 - log r) + (f + f²·L(f)), L of degree 7 (1), error 2^-62.5 (2^-28),
//!
//! where -log r is a multiple of 2^-42 (2^-15), as ln 2 is but for a lower part, so that the first sum is exact.
//! (r is chosen so that this holds to 2^-59 (2^-31).)
//!
//! Near 0 the logarithm would lose the last bits. So where the result is below 3/8, arcsinh a = a + a³·S(a²),
//! S of degree 9, relative error 2^-60.0 (3, 2^-28.8); likewise arctanh with degree 10, 2^-61.7 (4, 2^-31.6); and
//! arccosh x = arcsinh √(x² - 1), with the same correction.

use super::{F32x16, F64x8};
use crate::kernels::exp::ExpLane;

macro_rules! area {
    (
        $vector:ident, $number:ident: $arcsinh_name:ident $arccosh_name:ident $arctanh_name:ident $log_name:ident
        large $large:literal, mantissa $shift:literal,
        $table:ident $log:ident $arcsinh:ident $arctanh:ident
    ) => {
        /// log w + correction, where 2^k ≤ w < 2^(k+1).
        #[inline(always)]
        fn $log_name(w: $vector, k: $vector, correction: $vector) -> $vector {
            let m = w.mantissa();
            let entry = m.shift_right::<$shift>();
            let f = m.mul_sub(entry.choose(&$table[0]), 1.0);
            let base = k.mul_add($number::LN_2_HIGH, entry.choose(&$table[1]));
            let square = f * f;
            let low = k.mul_add($number::LN_2_LOW, correction);
            base + (f + square.mul_add(f.polynomial_by_halves(square, $log), low))
        }

        /// arcsinh x.
        #[inline(always)]
        pub(in crate::kernels) fn $arcsinh_name(x: $vector) -> $vector {
            let a = x.abs();
            // There the square might overflow, and the 1 is nothing beside it. Written so that a nan is large.
            let large = !a.at_most($large);
            let sum = a.mul_add(a, 1.0);
            let sum_low = a.mul_add(a, a.of(1.0) - sum);
            let root = sum.sqrt().replace(large, 0.0);
            let (w, w_low) = root.fast_two_sum(a);
            let rest = root.neg_mul_add(root, sum) + sum_low;
            let twice = root + root;
            let correction = (twice.mul_add(w_low, rest) / (twice * w)).replace(large, 0.0);
            let k = w.exponent();
            let k = k.replace(large, k + 1.0);
            let arcsinh = $log_name(w, k, correction);

            let z = a * a;
            let small = (a * z).mul_add(z.polynomial_by_halves(z * z, $arcsinh), a);
            arcsinh.replace(a.less(0.375), small).xor_sign(x)
        }

        /// arccosh x.
        #[inline(always)]
        pub(in crate::kernels) fn $arccosh_name(x: $vector) -> $vector {
            let large = !x.at_most($large); // as above
            let distance = x - 1.0;
            let twice = distance + distance;
            let square = distance.mul_add(distance, twice); // x² - 1
            let square_low = distance.mul_add(distance, twice - square);
            let root = square.sqrt().replace(large, 0.0);
            let (w, w_low) = x.fast_two_sum(root);
            let rest = root.neg_mul_add(root, square) + square_low;
            let twice = root + root;
            // Near 1 what the root lost, else that and what the sum lost, divided by the sum.
            let near = square.less(0.14);
            let numerator = twice.mul_add(w_low.replace(near, 0.0), rest);
            let denominator = twice * w.replace(near, 1.0);
            let correction = (numerator / denominator).replace(large, 0.0);
            let k = w.exponent();
            let k = k.replace(large, k + 1.0);
            let arccosh = $log_name(w, k, correction);

            let series = square.polynomial_by_halves(square * square, $arcsinh);
            let small = root + (root * square).mul_add(series, correction);
            // 0 at 1, nan below.
            arccosh.replace(near, small).except(distance, 0x0303_0800)
        }

        /// arctanh x.
        #[inline(always)]
        pub(in crate::kernels) fn $arctanh_name(x: $vector) -> $vector {
            let a = x.abs();
            let one = a.of(1.0);
            let (u, u_low) = one.fast_two_sum(a);
            let v = one - a;
            let v_low = (one - v) - a;
            let w = u / v;
            let rest = w.neg_mul_add(v_low, w.neg_mul_add(v, u) + u_low);
            // Over u, to two percent, which is enough for what is left.
            let correction = rest * u.neg_mul_add(0.3676, 1.2239);
            let arctanh = $log_name(w, w.exponent(), correction) * 0.5;

            let z = a * a;
            let small = (a * z).mul_add(z.polynomial_by_halves(z * z, $arctanh), a);
            // inf at 1, nan beyond.
            arctanh.replace(a.less(0.36), small).except(v, 0x0303_0500).xor_sign(x)
        }
    };
}

area! {
    F64x8, f64: arcsinh arccosh arctanh log
    large 1e100, mantissa 48,
    LOG LOG_TAIL ARCSINH_TAIL ARCTANH_TAIL
}
area! {
    F32x16, f32: arcsinh_f32 arccosh_f32 arctanh_f32 log_f32
    large 1e15, mantissa 18,
    LOG_F32 LOG_TAIL_F32 ARCSINH_TAIL_F32 ARCTANH_TAIL_F32
}

/// Of each sixteenth of [1, 2) a number r near one over its middle, and -log r.
#[rustfmt::skip]
const LOG: [[f64; 16]; 2] = [
    [
        0.9696969696948088, 0.9142857142831524, 0.8648648648669612, 0.8205128205099679, 0.7804878048755541,
        0.7441860465144747, 0.7111111111144438, 0.6808510638308937, 0.6530612244900872, 0.6274509803939101,
        0.6037735849030691, 0.5818181818194702, 0.5614035087688839, 0.5423728813585543, 0.5245901639376278,
        0.5079365079346482,
    ],
    [
        0.030771658668982127, 0.08961215869248917, 0.14518200984207397, 0.19782574333339653,
        0.24783616390777752, 0.29546421289001046, 0.3409265869659066, 0.38441169890870697,
        0.42608439531045406, 0.466089729921805, 0.5045560107566871, 0.54159728243053, 0.5773153650402492,
        0.6118015411011584, 0.6451379613674817, 0.6773988235954675,
    ],
];
/// Likewise of each thirty-second.
#[rustfmt::skip]
const LOG_F32: [[f32; 32]; 2] = [
    [
        0.9828154, 0.95578045, 0.9288937, 0.9011943, 0.877475, 0.852765, 0.8296872, 0.8078253, 0.7914273,
        0.76986843, 0.752976, 0.7365666, 0.7172679, 0.7054584, 0.68844384, 0.67403704, 0.6588853, 0.6452349,
        0.6326777, 0.6217105, 0.61063516, 0.59809387, 0.58447087, 0.5770097, 0.5661948, 0.55656683, 0.546919,
        0.5375368, 0.52980095, 0.52007717, 0.51328135, 0.5040299,
    ],
    [
        0.017333984, 0.04522705, 0.07376099, 0.104034424, 0.13070679, 0.15927124, 0.18670654, 0.21340942,
        0.23391724, 0.26153564, 0.28372192, 0.30575562, 0.3323059, 0.34890747, 0.37332153, 0.3944702,
        0.4172058, 0.43814087, 0.4577942, 0.47528076, 0.49325562, 0.51400757, 0.53704834, 0.54989624,
        0.56881714, 0.585968, 0.6034546, 0.62075806, 0.6352539, 0.6537781, 0.66693115, 0.6851196,
    ],
];
/// (log(1 + f) - f) / f² on ±0.0304.
const LOG_TAIL: [f64; 8] = [
    -0.4999999999999949,
    0.3333333333333261,
    -0.25000000005336065,
    0.200000000063029,
    -0.16666649241637885,
    0.14285695984937485,
    -0.12522477066704613,
    0.11132843818358076,
];
/// (arcsinh √z / √z - 1) / z on [0, 0.1415].
const ARCSINH_TAIL: [f64; 10] = [
    -0.1666666666666657,
    0.07499999999967313,
    -0.04464285710382871,
    0.03038194212832836,
    -0.02237207980793908,
    0.0173510772757464,
    -0.013941713847248417,
    0.011345944350379517,
    -0.008595470015129813,
    0.004413394446983063,
];
/// (log(1 + f) - f) / f² on ±0.0172.
const LOG_TAIL_F32: [f32; 2] = [-0.5000615, 0.33338502];
/// (arcsinh √z / √z - 1) / z on [0, 0.1415].
const ARCSINH_TAIL_F32: [f32; 4] = [-0.16666618, 0.07496631, -0.043906555, 0.023840431];
/// (artanh √z / √z - 1) / z on [0, 0.36²].
const ARCTANH_TAIL: [f64; 11] = [
    0.3333333333333337,
    0.19999999999983908,
    0.1428571428816703,
    0.11111110924162304,
    0.09090917370757336,
    0.07692077508229789,
    0.06670843038917786,
    0.058323037597124,
    0.05653572085703243,
    0.028821221667708175,
    0.09209025690857624,
];
/// (artanh √z / √z - 1) / z on [0, 0.36²].
const ARCTANH_TAIL_F32: [f32; 5] = [0.33333343, 0.19998924, 0.14323187, 0.10549825, 0.1277224];
