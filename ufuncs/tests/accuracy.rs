//! The kernels' values: errors over samples of every range, special values, and that instruction
//! sets with fused multiply-add agree bit for bit. `examples/accuracy` measures the same at length.

#[path = "../examples/accuracy/functions.rs"]
mod functions;
#[path = "../examples/accuracy/oracle.rs"]
mod oracle;
#[path = "../examples/accuracy/shells.rs"]
mod shells;

use functions::{DOUBLES, Random, SINGLES};
use shells::{Level, levels};

const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

#[test]
fn f64_errors_are_below_0_6_ulp() {
    for function in DOUBLES {
        for (range, draw) in function.ranges {
            let mut random = Random(1);
            let x: Vec<f64> = (0..200_000).map(|_| draw(&mut random)).collect();
            for (level, worst) in levels().iter().zip(function.measure(&levels(), &x)) {
                assert!(
                    worst.error <= 0.6,
                    "{} {range} {level:?}: {} at {:e}",
                    function.name,
                    worst.error,
                    worst.at
                );
            }
        }
    }
}

#[test]
fn f32_errors_are_below_0_51_ulp() {
    for function in SINGLES {
        // Every 4,001st: both signs, all exponents, nan and inf.
        let x: Vec<f32> = (0..=u32::MAX).step_by(4001).map(f32::from_bits).collect();
        for (level, worst) in levels().iter().zip(function.measure(&levels(), &x)) {
            assert!(worst.error <= 0.51, "{} {level:?}: {} at {:e}", function.name, worst.error, worst.at);
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
    for function in DOUBLES {
        let positive = |x: &f64| function.name != "log" || *x > 0.0;
        let x: Vec<f64> =
            hardest.iter().flat_map(|&x| [x, -x, x.next_up(), x.next_down()]).filter(positive).collect();
        for (level, worst) in levels().iter().zip(function.measure(&levels(), &x)) {
            assert!(worst.error <= 0.6, "{} {level:?}: {} at {:e}", function.name, worst.error, worst.at);
        }
    }
}

/// `(name, [(x, f(x))])` as C99, annex F, has them.
const SPECIAL: [(&str, &[(f64, f64)]); 4] = [
    ("sin", &[(0.0, 0.0), (-0.0, -0.0), (INFINITY, NAN), (-INFINITY, NAN), (NAN, NAN), (5e-324, 5e-324)]),
    ("cos", &[(0.0, 1.0), (-0.0, 1.0), (INFINITY, NAN), (-INFINITY, NAN), (NAN, NAN), (5e-324, 1.0)]),
    (
        "exp",
        &[
            (0.0, 1.0),
            (-0.0, 1.0),
            (INFINITY, INFINITY),
            (-INFINITY, 0.0),
            (NAN, NAN),
            (5e-324, 1.0),
            (1e300, INFINITY),
            (-1e300, 0.0),
        ],
    ),
    (
        "log",
        &[
            (0.0, -INFINITY),
            (-0.0, -INFINITY),
            (1.0, 0.0),
            (INFINITY, INFINITY),
            (-1.0, NAN),
            (-INFINITY, NAN),
        ],
    ),
];

#[test]
fn special_values() {
    for (double, (name, values)) in DOUBLES.iter().zip(SPECIAL) {
        assert_eq!(double.name, name);
        let single = SINGLES.iter().find(|single| single.name == name).unwrap();
        for level in levels() {
            for &(x, expected) in values {
                let mut y = [1.5];
                (double.run)(level, &[x], &mut y);
                assert!(same(y[0], expected), "{name}({x}) = {} on {level:?}, not {expected}", y[0]);

                let mut y = [1.5];
                (single.run)(level, &[x as f32], &mut y);
                let expected = f64::from(expected as f32);
                assert!(
                    same(f64::from(y[0]), expected),
                    "{name}({x}_f32) = {} on {level:?}, not {expected}",
                    y[0]
                );
            }
            // Whatever its payload and sign, a nan stays one.
            for payload in [1_u64, 0xfff, 1 << 51, (1 << 52) - 1, 0x0008_0000_0000_03ff] {
                for sign in [0, 1 << 63] {
                    let mut y = [1.5];
                    (double.run)(level, &[f64::from_bits(sign | 0x7ff << 52 | payload)], &mut y);
                    assert!(y[0].is_nan(), "{name}(nan) = {} on {level:?}", y[0]);
                }
            }
        }
    }
}

#[test]
fn instruction_sets_that_fuse_agree() {
    if !levels().contains(&Level::Avx512) {
        return;
    }
    let mut random = Random(2);
    let x: Vec<f64> = (0..100_000).map(|_| f64::from_bits(random.bits())).collect();
    let x: Vec<f64> = x.iter().copied().chain(x.iter().map(|&x| x % 1000.0)).collect();
    for function in DOUBLES {
        let (mut y, mut z) = (vec![0.0; x.len()], vec![0.0; x.len()]);
        (function.run)(Level::Avx2, &x, &mut y);
        (function.run)(Level::Avx512, &x, &mut z);
        for ((&x, &y), &z) in x.iter().zip(&y).zip(&z) {
            assert!(same(y, z), "{}({x:e}): {y:e} and {z:e}", function.name);
        }
    }
}

fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}
