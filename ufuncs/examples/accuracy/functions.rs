//! The functions under test, where to test them, and the largest error found.

use core_math as rounded;
use ufuncs::kernels::*;

use crate::oracle::{self, Pair};
use crate::shells::{Kernel, Level, One, Two, all_rare, run};

/// One function of `N` arguments of `f64`.
pub(crate) struct Double<const N: usize> {
    /// NumPy's name.
    pub(crate) name: &'static str,
    /// The kernel, over slices.
    pub(crate) run: fn(Level, [&[f64]; N], &mut [f64]),
    /// Whether it has a loop of its own for AVX-512.
    pub(crate) wide: bool,
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
    /// Whether it has a loop of its own for AVX-512.
    pub(crate) wide: bool,
    /// Whether all arguments are computed one by one, the same way with every instruction set.
    pub(crate) all_rare: fn([&[f32]; N]) -> bool,
    /// Correctly rounded.
    pub(crate) rounded: fn([f32; N]) -> f32,
    /// The correctly rounded `f64`.
    pub(crate) exact: fn([f64; N]) -> f64,
    /// What f(-x) is, so that only half of all need be compared with the exact values.
    pub(crate) symmetry: Symmetry,
    /// What the largest error may be, in ULP.
    pub(crate) bound: f64,
}

/// What the exact function has at -x, if it is known from its value at x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Symmetry {
    /// f(-x) = -f(x).
    Odd,
    /// f(-x) = f(x).
    Even,
    /// Neither.
    No,
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

/// Lines of name, kernel, symmetry, bound for `f64`, ranges, bound for `f32`, the function correctly
/// rounded for `f32` and for `f64`, and to more bits.
macro_rules! table {
    ($doubles:ident, $singles:ident, $count:literal, $arity:literal, $wrap:ident, $pattern:tt $arguments:tt:
     $($name:literal: $kernel:ident, $symmetry:ident, $bound:literal, $ranges:expr, $bound_f32:literal, $rounded_f32:expr, $rounded:expr, $exact:path;)*) => {
        /// The functions of `f64`.
        pub(crate) const $doubles: [Double<$arity>; $count] = [$(Double {
            name: $name,
            run: run::<$wrap<$kernel, f64>, $arity>,
            wide: <$wrap<$kernel, f64> as Kernel<$arity>>::WIDE,
            rounded: |$pattern| ($rounded) $arguments,
            exact: |$pattern| $exact $arguments,
            bound: $bound,
            ranges: $ranges,
        }),*];
        /// The functions of `f32`.
        pub(crate) const $singles: [Single<$arity>; $count] = [$(Single {
            name: $name,
            run: run::<$wrap<$kernel, f32>, $arity>,
            wide: <$wrap<$kernel, f32> as Kernel<$arity>>::WIDE,
            all_rare: all_rare::<$wrap<$kernel, f32>, $arity>,
            rounded: |$pattern| ($rounded_f32) $arguments,
            exact: |$pattern| ($rounded) $arguments,
            symmetry: Symmetry::$symmetry,
            bound: $bound_f32,
        }),*];
    };
}

table! { DOUBLES, SINGLES, 22, 1, One, [x] (x):
    "sin": Sin, Odd, 0.6, TURNS, 0.51, rounded::sinf, rounded::sin, oracle::sin;
    "cos": Cos, Even, 0.6, TURNS, 0.51, rounded::cosf, rounded::cos, oracle::cos;
    "tan": Tan, Odd, 0.7, TURNS, 1.0, rounded::tanf, rounded::tan, oracle::tan;
    "arcsin": Arcsin, Odd, 0.7, INTERVAL, 0.7, rounded::asinf, rounded::asin, oracle::arcsin;
    "arccos": Arccos, No, 0.7, INTERVAL, 0.7, rounded::acosf, rounded::acos, oracle::arccos;
    "arctan": Arctan, Odd, 0.9, LINE, 0.75, rounded::atanf, rounded::atan, oracle::arctan;
    "exp": Exp, No, 0.6, POWERS, 0.76, rounded::expf, rounded::exp, oracle::exp;
    "exp2": Exp2, No, 0.6, POWERS_OF_2, 0.76, rounded::exp2f, rounded::exp2, oracle::exp2;
    "expm1": Expm1, No, 0.6, POWERS, 0.7, rounded::expm1f, rounded::expm1, oracle::expm1;
    "log": Log, No, 0.6, LOGARITHMS, 0.9, rounded::logf, rounded::log, oracle::log;
    "log2": Log2, No, 0.6, LOGARITHMS, 0.9, rounded::log2f, rounded::log2, oracle::log2;
    "log10": Log10, No, 0.6, LOGARITHMS, 0.9, rounded::log10f, rounded::log10, oracle::log10;
    "log1p": Log1p, No, 0.6, &[ANY, NEAR_ZERO, SUBNORMAL, INTERVAL[1], UP_TO_1, UP_TO_100], 0.65, rounded::log1pf, rounded::log1p, oracle::log1p;
    "sinh": Sinh, Odd, 0.65, POWERS, 0.7, rounded::sinhf, rounded::sinh, oracle::sinh;
    "cosh": Cosh, Even, 0.6, POWERS, 0.7, rounded::coshf, rounded::cosh, oracle::cosh;
    "tanh": Tanh, Odd, 0.75, LINE, 0.75, rounded::tanhf, rounded::tanh, oracle::tanh;
    "arcsinh": Arcsinh, Odd, 0.6, LINE, 0.7, rounded::asinhf, rounded::asinh, oracle::arcsinh;
    "arccosh": Arccosh, No, 0.6, &[POSITIVE, NEAR_ONE, ("1 to 10", |random| [random.between(1.0, 10.0)]), UP_TO_100], 0.7, rounded::acoshf, rounded::acosh, oracle::arccosh;
    "arctanh": Arctanh, Odd, 0.6, INTERVAL, 0.7, rounded::atanhf, rounded::atanh, oracle::arctanh;
    "cbrt": Cbrt, Odd, 0.6, LINE, 0.6, rounded::cbrtf, rounded::cbrt, oracle::cbrt;
    "degrees": Degrees, Odd, 0.9, LINE, 0.51, |x: f32| oracle::rounded(oracle::degrees(f64::from(x))) as f32, |x| oracle::rounded(oracle::degrees(x)), oracle::degrees;
    "radians": Radians, Odd, 0.9, LINE, 0.51, |x: f32| oracle::rounded(oracle::radians(f64::from(x))) as f32, |x| oracle::rounded(oracle::radians(x)), oracle::radians;
}

table! { DOUBLES_OF_TWO, SINGLES_OF_TWO, 5, 2, Two, [x, y] (x, y):
    "hypot": Hypot, No, 0.76, PLANE, 0.51, rounded::hypotf, rounded::hypot, oracle::hypot;
    "arctan2": Arctan2, No, 0.7, PLANE, 0.9, rounded::atan2f, rounded::atan2, oracle::arctan2;
    "power": Power, No, 1.0, POWERS_OF_ANY, 1.0, rounded::powf, rounded::pow, oracle::power;
    "logaddexp": Logaddexp, No, 1.0, SUMS, 0.51, |x, y| oracle::rounded(oracle::logaddexp(f64::from(x), f64::from(y))) as f32, |x, y| oracle::rounded(oracle::logaddexp(x, y)), oracle::logaddexp;
    "logaddexp2": Logaddexp2, No, 1.0, SUMS, 0.51, |x, y| oracle::rounded(oracle::logaddexp2(f64::from(x), f64::from(y))) as f32, |x, y| oracle::rounded(oracle::logaddexp2(x, y)), oracle::logaddexp2;
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

/// The errors of one block of arguments, kept from one instruction set to the next: most give the same
/// values, and the exact value costs far more than all else.
struct Errors {
    /// The bits of the value that the error is of.
    values: Vec<u64>,
    errors: Vec<f64>,
}

impl Errors {
    /// None known: these bits are those of a `nan`, which is infinitely wrong where it is not right.
    fn new(n: usize) -> Self {
        Errors { values: vec![u64::MAX; n], errors: vec![f64::INFINITY; n] }
    }

    fn of(&mut self, i: usize, value: u64, find: impl FnOnce() -> f64) -> f64 {
        if self.values[i] != value {
            (self.values[i], self.errors[i]) = (value, find());
        }
        self.errors[i]
    }
}

impl<const N: usize> Double<N> {
    /// The largest error of each of `levels` over `x`. Where the kernel's value is the correctly
    /// rounded one, the error counts as a half at most and is not looked at.
    pub(crate) fn measure(&self, levels: &[Level], x: &[[f64; N]]) -> Vec<Worst<N>> {
        let rounded: Vec<f64> = x.iter().map(|&x| (self.rounded)(x)).collect();
        let columns: [Vec<f64>; N] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
        let (mut y, mut errors) = (vec![0.0; x.len()], Errors::new(x.len()));
        let worst = |&level: &Level| {
            let mut worst = Worst { error: 0.5, ..Worst::default() };
            (self.run)(level, columns.each_ref().map(Vec::as_slice), &mut y);
            for (i, ((&x, &y), &rounded)) in x.iter().zip(&y).zip(&rounded).enumerate() {
                if !same(y, rounded) {
                    worst.see(errors.of(i, y.to_bits(), || self.error(x, y, rounded)), x);
                }
            }
            worst
        };
        levels.iter().map(worst).collect()
    }

    /// The error of the value `y` at `x`, where it is not what is correctly `rounded`.
    fn error(&self, x: [f64; N], y: f64, rounded: f64) -> f64 {
        if !rounded.is_finite() || rounded == 0.0 || !y.is_finite() {
            return f64::INFINITY;
        }
        let exact = (self.exact)(x);
        let check = oracle::error(rounded.abs(), oracle::absolute(exact));
        assert!(check < 0.5 + 1e-4, "{}({x:?}): oracle and core-math differ by {check} ULP", self.name);
        oracle::error(y.abs(), oracle::absolute(exact))
    }
}

impl<const N: usize> Single<N> {
    /// The largest error of each of `levels` over `x`. Where the kernel's value is the correctly
    /// rounded one, the error counts as a half at most and is not looked at.
    pub(crate) fn measure(&self, levels: &[Level], x: &[[f32; N]]) -> Vec<Worst<N>> {
        self.measure_values(levels, x).into_iter().map(|(worst, _)| worst).collect()
    }

    /// The same, and the values.
    fn measure_values(&self, levels: &[Level], x: &[[f32; N]]) -> Vec<(Worst<N>, Vec<f32>)> {
        let rounded: Vec<f32> = x.iter().map(|&x| (self.rounded)(x)).collect();
        let columns: [Vec<f32>; N] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
        let mut errors = Errors::new(x.len());
        let worst = |&level: &Level| {
            let (mut y, mut worst) = (vec![0.0; x.len()], Worst { error: 0.5, ..Worst::default() });
            (self.run)(level, columns.each_ref().map(Vec::as_slice), &mut y);
            for (i, ((&x, &y), &rounded)) in x.iter().zip(&y).zip(&rounded).enumerate() {
                if y.to_bits() != rounded.to_bits() && !(y.is_nan() && rounded.is_nan()) {
                    let x = x.map(f64::from);
                    let error = errors.of(i, u64::from(y.to_bits()), || self.error(x, y, rounded));
                    worst.see(error, x);
                }
            }
            (worst, y)
        };
        levels.iter().map(worst).collect()
    }

    /// The error of the value `y` at `x`, where it is not what is correctly `rounded`.
    fn error(&self, x: [f64; N], y: f32, rounded: f32) -> f64 {
        if !rounded.is_finite() || rounded == 0.0 {
            return f64::INFINITY;
        }
        let exact = (self.exact)(x);
        let exponent = ((exact.to_bits() >> 52) & 0x7ff).max(1023 - 126);
        let ulp = f64::from_bits((exponent - 23) << 52);
        // The `f64` may have been rounded to just between two `f32`.
        let distance = (exact - f64::from(rounded)).abs();
        assert!(distance <= 0.5 * ulp, "{}({x:?}): {exact:e} is not rounded to {rounded:e}", self.name);
        (f64::from(y) - exact).abs() / ulp
    }
}

impl Single<1> {
    /// As [`measure`](Self::measure), of each argument and its negative: by symmetry, where there is one.
    pub(crate) fn measure_both(&self, levels: &[Level], x: &[[f32; 1]]) -> Vec<Worst<1>> {
        let negated: Vec<[f32; 1]> = x.iter().map(|&[x]| [-x]).collect();
        // What is rare is computed without regard to the instruction set.
        let rare = (self.all_rare)([x.as_flattened()]) && (self.all_rare)([negated.as_flattened()]);
        let (first, others) = levels.split_at(if rare { 1 } else { levels.len() });
        let mut measured = self.measure_either(first, x, &negated);
        measured.extend(others.iter().map(|_| measured[0]).collect::<Vec<_>>());
        measured
    }

    fn measure_either(&self, levels: &[Level], x: &[[f32; 1]], negated: &[[f32; 1]]) -> Vec<Worst<1>> {
        let mut measured = self.measure_values(levels, x);
        if self.symmetry == Symmetry::No {
            for ((worst, _), other) in measured.iter_mut().zip(self.measure(levels, negated)) {
                worst.see(other.error, other.at);
            }
        } else {
            let flip = if self.symmetry == Symmetry::Odd { 1 << 31 } else { 0 };
            let mut mirrored = vec![0.0; x.len()];
            for (&level, (worst, y)) in levels.iter().zip(&mut measured) {
                (self.run)(level, [negated.as_flattened()], &mut mirrored);
                // Where the kernel itself is not as symmetrical, there is something to look at.
                let same =
                    |(a, b): (&f32, &f32)| a.to_bits() ^ flip == b.to_bits() || a.is_nan() && b.is_nan();
                let same = y.iter().zip(&mirrored).map(same);
                let look: Vec<[f32; 1]> =
                    negated.iter().zip(same).filter(|(_, same)| !same).map(|(x, _)| *x).collect();
                for other in self.measure(&[level], &look) {
                    worst.see(other.error, other.at);
                }
            }
        }
        measured.into_iter().map(|(worst, _)| worst).collect()
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
