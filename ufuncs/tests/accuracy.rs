//! The kernels' values: errors over samples of every range, special values, and that instruction
//! sets with fused multiply-add agree bit for bit. `examples/accuracy` measures the same at length.

#[path = "../examples/accuracy/functions.rs"]
mod functions;
#[path = "../examples/accuracy/oracle/mod.rs"]
mod oracle;
#[path = "../examples/accuracy/shells.rs"]
mod shells;

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use functions::{DOUBLES, DOUBLES_OF_TWO, Double, Random, SINGLES, SINGLES_OF_TWO, Single};
use shells::{Level, levels};

const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

fn check_double<const N: usize>(function: &Double<N>, x: &[[f64; N]], what: &str) {
    for (level, worst) in levels().iter().zip(function.measure(&levels(), x)) {
        assert!(
            worst.error <= function.bound,
            "{} {what} {level:?}: {} ULP at {:?}",
            function.name,
            worst.error,
            worst.at
        );
    }
}

fn check_single<const N: usize>(function: &Single<N>, x: &[[f32; N]]) {
    for (level, worst) in levels().iter().zip(function.measure(&levels(), x)) {
        assert!(
            worst.error <= function.bound,
            "{} f32 {level:?}: {} ULP at {:?}",
            function.name,
            worst.error,
            worst.at
        );
    }
}

fn check_ranges<const N: usize>(function: &Double<N>) {
    for (range, draw) in function.ranges {
        let mut random = Random(1);
        let x: Vec<[f64; N]> = (0..50_000).map(|_| draw(&mut random)).collect();
        check_double(function, &x, range);
    }
}

#[test]
fn f64_errors_are_within_their_bounds() {
    DOUBLES.iter().for_each(check_ranges);
    DOUBLES_OF_TWO.iter().for_each(check_ranges);
}

#[test]
fn f32_errors_are_within_their_bounds() {
    // Every 8,009th: both signs, all exponents, nan and inf.
    let x: Vec<[f32; 1]> = (0..=u32::MAX).step_by(8009).map(|bits| [f32::from_bits(bits)]).collect();
    SINGLES.iter().for_each(|function| check_single(function, &x));
    let mut random = Random(1);
    let mut any = || [random.bits() as u32, random.bits() as u32].map(f32::from_bits);
    let mut pairs: Vec<[f32; 2]> = (0..200_000).map(|_| any()).collect();
    let mut random = Random(2);
    pairs.extend((0..200_000).map(|_| [0, 1].map(|_| random.between(-20.0, 20.0) as f32)));
    SINGLES_OF_TWO.iter().for_each(|function| check_single(function, &pairs));
}

#[test]
fn by_symmetry_the_same_errors_are_found() {
    let x: Vec<[f32; 1]> = (0..1 << 31).step_by(40_009).map(|bits| [f32::from_bits(bits)]).collect();
    let negated: Vec<[f32; 1]> = x.iter().map(|&[x]| [-x]).collect();
    for function in &SINGLES {
        let (all, positive) = (function.measure_both(&levels(), &x), function.measure(&levels(), &x));
        for ((all, positive), negative) in all.iter().zip(positive).zip(function.measure(&levels(), &negated))
        {
            assert_eq!(all.error, positive.error.max(negative.error), "{}", function.name);
        }
    }
}

#[test]
fn the_hardest_arguments() {
    // Those next to a multiple of π/2 (Muller, Elementary Functions, table 11.1, and Kahan's), the
    // ends of fast ranges, and of the range of exp.
    let hardest = [
        6381956970095103.0 * 2_f64.powi(797),
        5319372648326541.0 * 2_f64.powi(-4),
        1e22,
        f64::MAX,
        1_073_741_823.999_999_9,
        1_073_741_824.0,
        std::f64::consts::PI,
        std::f64::consts::FRAC_PI_4,
        -707.999_999_999_999_9,
        -708.0,
        -708.396_418_532_264_1,
        -708.396_418_532_264,
        -745.133_219_101_941,
        709.782_712_893_383_9,
        709.782_712_893_384,
        f64::MIN_POSITIVE,
        5e-324,
        1.0 + f64::EPSILON,
        1.0 - f64::EPSILON / 2.0,
        std::f64::consts::SQRT_2,
        std::f64::consts::FRAC_1_SQRT_2,
    ];
    let x: Vec<[f64; 1]> =
        hardest.iter().flat_map(|&x| [x, -x, x.next_up(), x.next_down()]).map(|x| [x]).collect();
    DOUBLES.iter().for_each(|function| check_double(function, &x, "hardest"));
}

/// `(name, [(x, f(x))])` as C99, annex F, has them.
const SPECIAL: [(&str, &[(f64, f64)]); 20] = [
    ("sin", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, NAN), (-INFINITY, NAN), (5e-324, 5e-324)]),
    ("cos", &[(0.0, 1.0), (-0.0, 1.0), (INFINITY, NAN), (-INFINITY, NAN), (5e-324, 1.0)]),
    ("tan", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, NAN), (-INFINITY, NAN), (5e-324, 5e-324)]),
    ("arcsin", &[(0.0, 0.0), (-0.0, -0.0), (1.5, NAN), (-1.5, NAN), (INFINITY, NAN), (-5e-324, -5e-324)]),
    ("arccos", &[(1.0, 0.0), (1.5, NAN), (-1.5, NAN), (INFINITY, NAN)]),
    ("arctan", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, FRAC_PI_2), (-INFINITY, -FRAC_PI_2), (5e-324, 5e-324)]),
    (
        "exp",
        &[
            (0.0, 1.0),
            (-0.0, 1.0),
            (INFINITY, INFINITY),
            (-INFINITY, 0.0),
            (5e-324, 1.0),
            (1e300, INFINITY),
            (-1e300, 0.0),
        ],
    ),
    (
        "exp2",
        &[
            (0.0, 1.0),
            (-0.0, 1.0),
            (10.0, 1024.0),
            (-126.0, 1.1754943508222875e-38),
            (INFINITY, INFINITY),
            (-INFINITY, 0.0),
            (1e300, INFINITY),
            (-1e300, 0.0),
        ],
    ),
    (
        "expm1",
        &[
            (0.0, 0.0),
            (-0.0, -0.0),
            (INFINITY, INFINITY),
            (-INFINITY, -1.0),
            (5e-324, 5e-324),
            (-5e-324, -5e-324),
            (1e300, INFINITY),
            (-1e300, -1.0),
        ],
    ),
    ("log", LOGARITHM),
    ("log2", LOGARITHM),
    ("log10", LOGARITHM),
    (
        "log1p",
        &[
            (0.0, 0.0),
            (-0.0, -0.0),
            (-1.0, -INFINITY),
            (-2.0, NAN),
            (-INFINITY, NAN),
            (INFINITY, INFINITY),
            (5e-324, 5e-324),
            (-5e-324, -5e-324),
        ],
    ),
    ("sinh", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, INFINITY), (-INFINITY, -INFINITY), (-5e-324, -5e-324)]),
    ("cosh", &[(0.0, 1.0), (-0.0, 1.0), (INFINITY, INFINITY), (-INFINITY, INFINITY), (1e300, INFINITY)]),
    ("tanh", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, 1.0), (-INFINITY, -1.0), (-5e-324, -5e-324)]),
    ("arcsinh", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, INFINITY), (-INFINITY, -INFINITY), (5e-324, 5e-324)]),
    ("arccosh", &[(1.0, 0.0), (0.5, NAN), (-1.0, NAN), (-INFINITY, NAN), (INFINITY, INFINITY)]),
    (
        "arctanh",
        &[(0.0, 0.0), (-0.0, -0.0), (1.0, INFINITY), (-1.0, -INFINITY), (2.0, NAN), (-INFINITY, NAN)],
    ),
    ("cbrt", &[(0.0, 0.0), (-0.0, -0.0), (27.0, 3.0), (INFINITY, INFINITY), (-INFINITY, -INFINITY)]),
];

const LOGARITHM: &[(f64, f64)] =
    &[(0.0, -INFINITY), (-0.0, -INFINITY), (1.0, 0.0), (INFINITY, INFINITY), (-1.0, NAN), (-INFINITY, NAN)];

/// x, y and f(x, y).
type Triples = &'static [(f64, f64, f64)];

/// `(name, [(x, y, f(x, y))])`, likewise.
const SPECIAL_OF_TWO: [(&str, Triples); 5] = [
    (
        "hypot",
        &[
            (0.0, -0.0, 0.0),
            (3.0, -4.0, 5.0),
            (INFINITY, NAN, INFINITY),
            (NAN, -INFINITY, INFINITY),
            (NAN, 1.0, NAN),
            (0.0, -2.0, 2.0),
        ],
    ),
    (
        "arctan2",
        &[
            (0.0, 0.0, 0.0),
            (-0.0, 0.0, -0.0),
            (0.0, -0.0, PI),
            (-0.0, -0.0, -PI),
            (0.0, -1.0, PI),
            (-0.0, -1.0, -PI),
            (0.0, 1.0, 0.0),
            (-0.0, 1.0, -0.0),
            (1.0, 0.0, FRAC_PI_2),
            (-1.0, -0.0, -FRAC_PI_2),
            (1.0, -INFINITY, PI),
            (-1.0, INFINITY, -0.0),
            (INFINITY, 1.0, FRAC_PI_2),
            (-INFINITY, -1.0, -FRAC_PI_2),
            (INFINITY, INFINITY, FRAC_PI_4),
            (-INFINITY, INFINITY, -FRAC_PI_4),
            (INFINITY, -INFINITY, 3.0 * FRAC_PI_4),
            (-INFINITY, -INFINITY, -3.0 * FRAC_PI_4),
            (NAN, 1.0, NAN),
            (1.0, NAN, NAN),
        ],
    ),
    (
        "power",
        &[
            (0.0, -1.0, INFINITY),
            (-0.0, -1.0, -INFINITY),
            (-0.0, -2.0, INFINITY),
            (-0.0, -0.5, INFINITY),
            (-0.0, -INFINITY, INFINITY),
            (0.0, 3.0, 0.0),
            (-0.0, 3.0, -0.0),
            (-0.0, 2.5, 0.0),
            (-1.0, INFINITY, 1.0),
            (-1.0, -INFINITY, 1.0),
            (1.0, NAN, 1.0),
            (1.0, INFINITY, 1.0),
            (NAN, 0.0, 1.0),
            (NAN, -0.0, 1.0),
            (INFINITY, 0.0, 1.0),
            (0.0, 0.0, 1.0),
            (NAN, 1.0, NAN),
            (2.0, NAN, NAN),
            (-2.0, 0.5, NAN),
            (-8.0, 3.0, -512.0),
            (-2.0, 2.0, 4.0),
            (0.5, -INFINITY, INFINITY),
            (2.0, -INFINITY, 0.0),
            (0.5, INFINITY, 0.0),
            (-2.0, INFINITY, INFINITY),
            (-INFINITY, -3.0, -0.0),
            (-INFINITY, -2.5, 0.0),
            (-INFINITY, 3.0, -INFINITY),
            (-INFINITY, 2.0, INFINITY),
            (INFINITY, -1.0, 0.0),
            (INFINITY, 1.0, INFINITY),
            (2.0, 1e30, INFINITY),
            (2.0, -1e30, 0.0),
            (-1.0, 1e30, 1.0),
        ],
    ),
    ("logaddexp", SUM),
    ("logaddexp2", SUM),
];

const SUM: Triples = &[
    (INFINITY, INFINITY, INFINITY),
    (-INFINITY, -INFINITY, -INFINITY),
    (INFINITY, -INFINITY, INFINITY),
    (-INFINITY, 3.0, 3.0),
    (NAN, 3.0, NAN),
    (INFINITY, NAN, NAN),
    (2000.0, 0.0, 2000.0),
];

/// Checks one value of a function of either dtype on every instruction set.
fn check_value<const N: usize>(double: &Double<N>, single: &Single<N>, x: [f64; N], expected: f64) {
    let name = double.name;
    for level in levels() {
        let mut y = [1.5];
        (double.run)(level, x.each_ref().map(std::slice::from_ref), &mut y);
        assert!(same(y[0], expected), "{name} of {x:?} = {} on {level:?}, not {expected}", y[0]);

        let mut y = [1.5];
        let x = x.map(|x| x as f32);
        (single.run)(level, x.each_ref().map(std::slice::from_ref), &mut y);
        let expected = f64::from(expected as f32);
        assert!(
            same(f64::from(y[0]), expected),
            "{name} of f32 {x:?} = {} on {level:?}, not {expected}",
            y[0]
        );
    }
}

#[test]
fn special_values() {
    for ((name, values), (double, single)) in SPECIAL.iter().zip(DOUBLES.iter().zip(&SINGLES)) {
        assert_eq!(double.name, *name);
        for &(x, expected) in *values {
            check_value(double, single, [x], expected);
        }
        // Whatever its payload and sign, a nan stays one.
        for payload in [1_u64, 0xfff, 1 << 51, (1 << 52) - 1, 0x0008_0000_0000_03ff] {
            for sign in [0, 1 << 63] {
                check_value(double, single, [f64::from_bits(sign | 0x7ff << 52 | payload)], NAN);
            }
        }
    }
    for ((name, values), (double, single)) in
        SPECIAL_OF_TWO.iter().zip(DOUBLES_OF_TWO.iter().zip(&SINGLES_OF_TWO))
    {
        assert_eq!(double.name, *name);
        for &(x, y, expected) in *values {
            check_value(double, single, [x, y], expected);
        }
    }
}

fn check_agreement<const N: usize>(function: &Double<N>, columns: [&[f64]; N]) {
    let n = columns[0].len();
    let (mut y, mut z) = (vec![0.0; n], vec![0.0; n]);
    (function.run)(Level::Avx2, columns, &mut y);
    (function.run)(Level::Avx512, columns, &mut z);
    for (i, (&y, &z)) in y.iter().zip(&z).enumerate() {
        assert!(same(y, z), "{}({:?}): {y:e} and {z:e}", function.name, columns.map(|x| x[i]));
    }
}

fn check_agreement_f32<const N: usize>(function: &Single<N>, columns: [&[f32]; N]) {
    let n = columns[0].len();
    let (mut y, mut z) = (vec![0.0; n], vec![0.0; n]);
    (function.run)(Level::Avx2, columns, &mut y);
    (function.run)(Level::Avx512, columns, &mut z);
    for (i, (&y, &z)) in y.iter().zip(&z).enumerate() {
        let at = columns.map(|x| x[i]);
        assert!(same(f64::from(y), f64::from(z)), "{} f32 {at:?}: {y:e} and {z:e}", function.name);
    }
}

#[test]
fn instruction_sets_that_fuse_agree() {
    if !levels().contains(&Level::Avx512) {
        return;
    }
    let mut random = Random(2);
    let x: Vec<f64> = (0..100_000).map(|_| f64::from_bits(random.bits())).collect();
    let x: Vec<f64> = x.iter().flat_map(|&x| [x, x % 1000.0, x % 1.0]).collect();
    let y: Vec<f64> = x.iter().rev().map(|x| x % 100.0).collect();
    // Those with a loop of their own for AVX-512 have other tables and other roundings there.
    DOUBLES.iter().filter(|f| !f.wide).for_each(|function| check_agreement(function, [&x]));
    DOUBLES_OF_TWO.iter().filter(|f| !f.wide).for_each(|function| check_agreement(function, [&x, &y]));
    let narrow = |x: &[f64]| x.iter().map(|&x| x as f32).collect::<Vec<f32>>();
    let (x, y) = (narrow(&x), narrow(&y));
    SINGLES.iter().filter(|f| !f.wide).for_each(|function| check_agreement_f32(function, [&x]));
    SINGLES_OF_TWO.iter().filter(|f| !f.wide).for_each(|function| check_agreement_f32(function, [&x, &y]));
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}
