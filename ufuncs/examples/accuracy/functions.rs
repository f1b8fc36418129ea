//! The functions under test, where to test them, and the largest error found.

use core_math as rounded;
use ufuncs::kernels::*;

use crate::oracle::{self, Pair};
use crate::shells::{Level, One, Two, run};

/// One function of `N` arguments of `f64`.
pub(crate) struct Double<const N: usize> {
    /// NumPy's name.
    pub(crate) name: &'static str,
    /// The kernel, over slices.
    pub(crate) run: fn(Level, [&[f64]; N], &mut [f64]),
    /// Correctly rounded.
    pub(crate) rounded: fn([f64; N]) -> f64,
    /// To more bits.
    pub(crate) exact: fn([f64; N]) -> (Pair, i32),
    /// What the largest error may be, in ULP.
    pub(crate) bound: f64,
    /// Ranges of arguments, by name; the last one is usual.
    pub(crate) ranges: &'static [(&'static str, Range<N>)],
}

/// One function of `N` arguments of `f32`.
pub(crate) struct Single<const N: usize> {
    /// NumPy's name.
    pub(crate) name: &'static str,
    /// The kernel, over slices.
    pub(crate) run: fn(Level, [&[f32]; N], &mut [f32]),
    /// The correctly rounded `f64`.
    pub(crate) exact: fn([f64; N]) -> f64,
    /// What the largest error may be, in ULP.
    pub(crate) bound: f64,
}

/// Draws arguments.
pub(crate) type Range<const N: usize> = fn(&mut Random) -> [f64; N];

const ANY: (&str, Range<1>) = ("any bits", |random| [f64::from_bits(random.bits())]);
const POSITIVE: (&str, Range<1>) = ("any positive bits", |random| [f64::from_bits(random.bits() >> 1)]);
const NEAR_ZERO: (&str, Range<1>) = ("below 1", |random| [random.magnitude(-60, 0)]);
const SUBNORMAL: (&str, Range<1>) = ("subnormal", |random| [random.magnitude(-1074, -1015)]);
const NEAR_ONE: (&str, Range<1>) = ("1 ± 2^-53..1/2", |random| [1.0 + random.magnitude(-53, -1)]);
const UP_TO_LN_2: (&str, Range<1>) = ("up to ln 2 / 2", |random| [random.between(-0.3466, 0.3466)]);
const UP_TO_1: (&str, Range<1>) = ("up to 1", |random| [random.between(-1.0, 1.0)]);
const UP_TO_10: (&str, Range<1>) = ("up to 10", |random| [random.between(-10.0, 10.0)]);
const MIDDLE: (&str, Range<1>) = ("√½ to √2", |random| [random.between(0.7, 1.42)]);
const UP_TO_100: (&str, Range<1>) = ("1/10 to 100", |random| [random.between(0.1, 100.0)]);
const EXPONENTS: (&str, Range<1>) = ("all finite results", |random| [random.between(-746.0, 711.0)]);

const TURNS: &[(&str, Range<1>)] = &[
    ANY,
    NEAR_ZERO,
    SUBNORMAL,
    ("up to π/4", |random| [random.between(-0.786, 0.786)]),
    ("up to 2^31", |random| [random.magnitude(0, 31)]),
    ("huge", |random| [random.magnitude(29, 1024)]),
    ("near kπ/2, small", |random| [random.near_quarter_turn(100.0)]),
    ("near kπ/2, large", |random| [random.near_quarter_turn(7e8)]),
    UP_TO_10,
];
const POWERS: &[(&str, Range<1>)] = &[
    ANY,
    NEAR_ZERO,
    SUBNORMAL,
    UP_TO_LN_2,
    EXPONENTS,
    ("subnormal results", |random| [random.between(-745.2, -707.0)]),
    UP_TO_10,
];
const POWERS_OF_2: &[(&str, Range<1>)] = &[
    ANY,
    NEAR_ZERO,
    ("all finite results", |random| [random.between(-1076.0, 1025.0)]),
    ("subnormal results", |random| [random.between(-1076.0, -1020.0)]),
    ("integers and halves", |random| [random.between(-1100.0, 1100.0).round() * 0.5]),
    UP_TO_10,
];
const LOGARITHMS: &[(&str, Range<1>)] = &[POSITIVE, SUBNORMAL, NEAR_ONE, MIDDLE, UP_TO_100];
const LINE: &[(&str, Range<1>)] =
    &[ANY, NEAR_ZERO, SUBNORMAL, UP_TO_1, ("of any size", |random| [random.magnitude(-30, 30)]), UP_TO_10];
const INTERVAL: &[(&str, Range<1>)] = &[
    NEAR_ZERO,
    ("near 1", |random| [(1.0 - random.magnitude(-53, -2).abs()).copysign(random.between(-1.0, 1.0))]),
    ("near 1/2", |random| [0.5 + random.magnitude(-20, -5)]),
    UP_TO_1,
];
const PLANE: &[(&str, Range<2>)] = &[
    ("any bits", |random| [f64::from_bits(random.bits()), f64::from_bits(random.bits())]),
    ("of any size", |random| [random.magnitude(-40, 40), random.magnitude(-40, 40)]),
    ("small", |random| [random.magnitude(-1074, -900), random.magnitude(-1074, -900)]),
    ("large", |random| [random.magnitude(900, 1024), random.magnitude(900, 1024)]),
    ("alike", |random| {
        let x = random.between(-10.0, 10.0);
        [x, x * (1.0 + random.magnitude(-30, -2))]
    }),
    ("up to 10", |random| [random.between(-10.0, 10.0), random.between(-10.0, 10.0)]),
];
const POWERS_OF_ANY: &[(&str, Range<2>)] = &[
    ("all finite results", |random| {
        let x = random.magnitude(-300, 300).abs();
        [x, random.between(-746.0, 711.0) / x.ln()]
    }),
    ("near 1", |random| {
        let x = 1.0 + random.magnitude(-40, -1);
        [x, random.between(-746.0, 711.0) / x.ln()]
    }),
    ("subnormal results", |random| {
        let x = random.between(0.01, 100.0);
        [x, random.between(-745.0, -700.0) / x.ln()]
    }),
    ("subnormal", |random| [random.magnitude(-1074, -1018).abs(), random.between(-1.0, 1.0)]),
    ("integers", |random| [random.between(-50.0, 50.0), random.between(-60.0, 60.0).round()]),
    ("any bits", |random| [f64::from_bits(random.bits()), f64::from_bits(random.bits())]),
    ("up to 10", |random| [random.between(0.01, 10.0), random.between(-10.0, 10.0)]),
];
const SUMS: &[(&str, Range<2>)] = &[
    ("of any size", |random| [random.magnitude(-40, 9).abs(), random.magnitude(-40, 9)]),
    ("up to 10", |random| [random.between(0.0, 10.0), random.between(-10.0, 10.0)]),
];

/// Lines of name, kernel, bound for `f64`, ranges, bound for `f32`, the function correctly rounded and
/// to more bits.
macro_rules! table {
    ($doubles:ident, $singles:ident, $count:literal, $arity:literal, $wrap:ident, $pattern:tt $arguments:tt:
     $($name:literal: $kernel:ident, $bound:literal, $ranges:expr, $bound_f32:literal, $rounded:expr, $exact:path;)*) => {
        /// The functions of `f64`.
        pub(crate) const $doubles: [Double<$arity>; $count] = [$(Double {
            name: $name,
            run: run::<$wrap<$kernel, f64>, $arity>,
            rounded: |$pattern| ($rounded) $arguments,
            exact: |$pattern| $exact $arguments,
            bound: $bound,
            ranges: $ranges,
        }),*];
        /// The functions of `f32`.
        pub(crate) const $singles: [Single<$arity>; $count] = [$(Single {
            name: $name,
            run: run::<$wrap<$kernel, f32>, $arity>,
            exact: |$pattern| ($rounded) $arguments,
            bound: $bound_f32,
        }),*];
    };
}

table! { DOUBLES, SINGLES, 20, 1, One, [x] (x):
    "sin": Sin, 0.6, TURNS, 0.51, rounded::sin, oracle::sin;
    "cos": Cos, 0.6, TURNS, 0.51, rounded::cos, oracle::cos;
    "tan": Tan, 0.7, TURNS, 1.0, rounded::tan, oracle::tan;
    "arcsin": Arcsin, 0.7, INTERVAL, 0.7, rounded::asin, oracle::arcsin;
    "arccos": Arccos, 0.7, INTERVAL, 0.7, rounded::acos, oracle::arccos;
    "arctan": Arctan, 0.7, LINE, 0.7, rounded::atan, oracle::arctan;
    "exp": Exp, 0.6, POWERS, 0.51, rounded::exp, oracle::exp;
    "exp2": Exp2, 0.6, POWERS_OF_2, 0.51, rounded::exp2, oracle::exp2;
    "expm1": Expm1, 0.6, POWERS, 0.7, rounded::expm1, oracle::expm1;
    "log": Log, 0.6, LOGARITHMS, 0.65, rounded::log, oracle::log;
    "log2": Log2, 0.6, LOGARITHMS, 0.65, rounded::log2, oracle::log2;
    "log10": Log10, 0.6, LOGARITHMS, 0.65, rounded::log10, oracle::log10;
    "log1p": Log1p, 0.6, &[ANY, NEAR_ZERO, SUBNORMAL, INTERVAL[1], UP_TO_1, UP_TO_100], 0.65, rounded::log1p, oracle::log1p;
    "sinh": Sinh, 0.65, POWERS, 0.7, rounded::sinh, oracle::sinh;
    "cosh": Cosh, 0.6, POWERS, 0.7, rounded::cosh, oracle::cosh;
    "tanh": Tanh, 0.6, LINE, 0.7, rounded::tanh, oracle::tanh;
    "arcsinh": Arcsinh, 0.6, LINE, 0.7, rounded::asinh, oracle::arcsinh;
    "arccosh": Arccosh, 0.6, &[POSITIVE, NEAR_ONE, ("1 to 10", |random| [random.between(1.0, 10.0)]), UP_TO_100], 0.7, rounded::acosh, oracle::arccosh;
    "arctanh": Arctanh, 0.6, INTERVAL, 0.7, rounded::atanh, oracle::arctanh;
    "cbrt": Cbrt, 0.6, LINE, 0.51, rounded::cbrt, oracle::cbrt;
}

table! { DOUBLES_OF_TWO, SINGLES_OF_TWO, 5, 2, Two, [x, y] (x, y):
    "hypot": Hypot, 0.76, PLANE, 0.51, rounded::hypot, oracle::hypot;
    "arctan2": Arctan2, 0.7, PLANE, 0.7, rounded::atan2, oracle::arctan2;
    "power": Power, 1.0, POWERS_OF_ANY, 0.51, rounded::pow, oracle::power;
    "logaddexp": Logaddexp, 1.0, SUMS, 0.51, |x, y| oracle::rounded(oracle::logaddexp(x, y)), oracle::logaddexp;
    "logaddexp2": Logaddexp2, 1.0, SUMS, 0.51, |x, y| oracle::rounded(oracle::logaddexp2(x, y)), oracle::logaddexp2;
}

/// The largest error so far, in ULP, and its arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Worst<const N: usize> {
    /// In units in the last place of the exact value.
    pub(crate) error: f64,
    /// Where.
    pub(crate) at: [f64; N],
}

impl<const N: usize> Default for Worst<N> {
    fn default() -> Self {
        Worst { error: 0.0, at: [f64::NAN; N] }
    }
}

impl<const N: usize> Worst<N> {
    /// Takes a new error in.
    pub(crate) fn see(&mut self, error: f64, at: [f64; N]) {
        // A nan counts as infinitely wrong.
        let error = if error.is_nan() { f64::INFINITY } else { error };
        if error > self.error {
            *self = Worst { error, at };
        }
    }
}

/// The same value: equal and of the same sign, or both nan.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

impl<const N: usize> Double<N> {
    /// The largest error of each of `levels` over `x`. Where the kernel's value is the correctly
    /// rounded one, the error counts as a half at most and is not looked at.
    pub(crate) fn measure(&self, levels: &[Level], x: &[[f64; N]]) -> Vec<Worst<N>> {
        let rounded: Vec<f64> = x.iter().map(|&x| (self.rounded)(x)).collect();
        let columns: [Vec<f64>; N] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
        let mut y = vec![0.0; x.len()];
        let worst = |&level: &Level| {
            let mut worst = Worst { error: 0.5, ..Worst::default() };
            (self.run)(level, columns.each_ref().map(Vec::as_slice), &mut y);
            for ((&x, &y), &rounded) in x.iter().zip(&y).zip(&rounded) {
                if same(y, rounded) {
                    continue;
                }
                if !rounded.is_finite() || rounded == 0.0 || !y.is_finite() {
                    worst.see(f64::INFINITY, x);
                    continue;
                }
                let exact = (self.exact)(x);
                let check = oracle::error(rounded.abs(), oracle::absolute(exact));
                assert!(
                    check < 0.5 + 1e-4,
                    "{}({x:?}): oracle and core-math differ by {check} ULP",
                    self.name
                );
                worst.see(oracle::error(y.abs(), oracle::absolute(exact)), x);
            }
            worst
        };
        levels.iter().map(worst).collect()
    }
}

impl<const N: usize> Single<N> {
    /// The largest error of each of `levels` over `x`.
    pub(crate) fn measure(&self, levels: &[Level], x: &[[f32; N]]) -> Vec<Worst<N>> {
        let wide = |x: [f32; N]| x.map(f64::from);
        let exact: Vec<f64> = x.iter().map(|&x| (self.exact)(wide(x))).collect();
        let columns: [Vec<f32>; N] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
        let mut y = vec![0.0; x.len()];
        let worst = |&level: &Level| {
            let mut worst = Worst::default();
            (self.run)(level, columns.each_ref().map(Vec::as_slice), &mut y);
            for ((&x, &y), &exact) in x.iter().zip(&y).zip(&exact) {
                let rounded = exact as f32;
                if !rounded.is_finite() || rounded == 0.0 {
                    if !same(f64::from(y), f64::from(rounded)) {
                        worst.see(f64::INFINITY, wide(x));
                    }
                    continue;
                }
                let exponent = ((exact.to_bits() >> 52) & 0x7ff).max(1023 - 126);
                let ulp = f64::from_bits((exponent - 23) << 52);
                worst.see((f64::from(y) - exact).abs() / ulp, wide(x));
            }
            worst
        };
        levels.iter().map(worst).collect()
    }
}

/// Steele, Lea and Flood's SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// Uniform.
    pub(crate) fn between(&mut self, least: f64, most: f64) -> f64 {
        least + (most - least) * ((self.bits() >> 11) as f64 * f64::EPSILON * 0.5)
    }

    /// Of either sign, the binary exponent uniform in `from..to`.
    pub(crate) fn magnitude(&mut self, from: i32, to: i32) -> f64 {
        let size = 1.0 + (self.bits() >> 12) as f64 * f64::EPSILON;
        let exponent = from + (self.bits() % (to - from) as u64) as i32;
        let sign = if self.bits() & 1 == 0 { 1.0 } else { -1.0 };
        let half = exponent / 2;
        sign * size * 2_f64.powi(half) * 2_f64.powi(exponent - half)
    }

    /// One of the `f64` next to a multiple of π/2, the multiple at most `most`.
    fn near_quarter_turn(&mut self, most: f64) -> f64 {
        let x = self.between(-most, most).round() * std::f64::consts::FRAC_PI_2;
        let ulps = self.bits() % 9;
        f64::from_bits(x.to_bits().wrapping_add(ulps).wrapping_sub(4))
    }
}
