//! The functions under test, where to test them, and the largest error found.

use ufuncs::kernels::{Cos, Exp, Log, Sin};

use crate::oracle::{self, Pair};
use crate::shells::{Level, run};

/// One function of `f64`.
#[derive(Clone, Copy)]
pub(crate) struct Double {
    /// NumPy's name.
    pub(crate) name: &'static str,
    /// The kernel, over slices.
    pub(crate) run: fn(Level, &[f64], &mut [f64]),
    /// Correctly rounded.
    pub(crate) rounded: fn(f64) -> f64,
    /// To more bits.
    pub(crate) exact: fn(f64) -> (Pair, i32),
    /// Ranges of arguments, by name.
    pub(crate) ranges: &'static [(&'static str, Range)],
}

/// One function of `f32`.
#[derive(Clone, Copy)]
pub(crate) struct Single {
    /// NumPy's name.
    pub(crate) name: &'static str,
    /// The kernel, over slices.
    pub(crate) run: fn(Level, &[f32], &mut [f32]),
    /// The correctly rounded `f64`.
    pub(crate) exact: fn(f64) -> f64,
}

/// Draws an argument.
pub(crate) type Range = fn(&mut Random) -> f64;

const ANY: (&str, Range) = ("any bits", |random| f64::from_bits(random.bits()));
const NEAR_ZERO: (&str, Range) = ("below 1", |random| random.magnitude(-60, 0));
const SUBNORMAL: (&str, Range) = ("subnormal", |random| random.magnitude(-1074, -1015));
const TURNS: &[(&str, Range)] = &[
    ANY,
    NEAR_ZERO,
    SUBNORMAL,
    ("up to π/4", |random| random.between(-0.786, 0.786)),
    ("up to 10", |random| random.between(-10.0, 10.0)),
    ("up to 2^31", |random| random.magnitude(0, 31)),
    ("huge", |random| random.magnitude(29, 1024)),
    ("near kπ/2, small", |random| random.near_quarter_turn(100.0)),
    ("near kπ/2, large", |random| random.near_quarter_turn(7e8)),
];

/// The functions of `f64`.
pub(crate) const DOUBLES: [Double; 4] = [
    Double { name: "sin", run: run::<f64, Sin>, rounded: core_math::sin, exact: oracle::sin, ranges: TURNS },
    Double { name: "cos", run: run::<f64, Cos>, rounded: core_math::cos, exact: oracle::cos, ranges: TURNS },
    Double {
        name: "exp",
        run: run::<f64, Exp>,
        rounded: core_math::exp,
        exact: oracle::exp,
        ranges: &[
            ANY,
            NEAR_ZERO,
            ("up to ln 2 / 2", |random| random.between(-0.3466, 0.3466)),
            ("up to 10", |random| random.between(-10.0, 10.0)),
            ("all finite results", |random| random.between(-746.0, 710.0)),
            ("subnormal results", |random| random.between(-745.2, -707.0)),
        ],
    },
    Double {
        name: "log",
        run: run::<f64, Log>,
        rounded: core_math::log,
        exact: oracle::log,
        ranges: &[
            ("any positive bits", |random| f64::from_bits(random.bits() >> 1)),
            SUBNORMAL,
            ("1 ± 2^-53..1/2", |random| 1.0 + random.magnitude(-53, -1)),
            ("√½ to √2", |random| random.between(0.7, 1.42)),
            ("1/10 to 10", |random| random.between(0.1, 10.0)),
        ],
    },
];

/// The functions of `f32`.
pub(crate) const SINGLES: [Single; 4] = [
    Single { name: "sin", run: run::<f32, Sin>, exact: core_math::sin },
    Single { name: "cos", run: run::<f32, Cos>, exact: core_math::cos },
    Single { name: "exp", run: run::<f32, Exp>, exact: core_math::exp },
    Single { name: "log", run: run::<f32, Log>, exact: core_math::log },
];

/// The largest error so far, in ULP, and its argument.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Worst {
    /// In units in the last place of the exact value.
    pub(crate) error: f64,
    /// Where.
    pub(crate) at: f64,
}

impl Worst {
    /// Takes a new error in.
    pub(crate) fn see(&mut self, error: f64, at: f64) {
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

impl Double {
    /// The largest error of each of `levels` over `x`. Where the kernel's value is the correctly
    /// rounded one, the error counts as a half at most and is not looked at.
    pub(crate) fn measure(&self, levels: &[Level], x: &[f64]) -> Vec<Worst> {
        let rounded: Vec<f64> = x.iter().map(|&x| (self.rounded)(x)).collect();
        let mut y = vec![0.0; x.len()];
        let worst = |&level: &Level| {
            let mut worst = Worst { error: 0.5, at: f64::NAN };
            (self.run)(level, x, &mut y);
            for ((&x, &y), &rounded) in x.iter().zip(&y).zip(&rounded) {
                if same(y, rounded) {
                    continue;
                }
                if !rounded.is_finite() || rounded == 0.0 || !y.is_finite() {
                    worst.see(f64::INFINITY, x);
                    continue;
                }
                let exact = (self.exact)(x);
                let check = oracle::error(rounded, exact);
                assert!(
                    check < 0.5 + 1e-4,
                    "{}({x:e}): oracle and core-math differ by {check} ULP",
                    self.name
                );
                worst.see(oracle::error(y, exact), x);
            }
            worst
        };
        levels.iter().map(worst).collect()
    }
}

impl Single {
    /// The largest error of each of `levels` over `x`.
    pub(crate) fn measure(&self, levels: &[Level], x: &[f32]) -> Vec<Worst> {
        let exact: Vec<f64> = x.iter().map(|&x| (self.exact)(f64::from(x))).collect();
        let mut y = vec![0.0; x.len()];
        let worst = |&level: &Level| {
            let mut worst = Worst::default();
            (self.run)(level, x, &mut y);
            for ((&x, &y), &exact) in x.iter().zip(&y).zip(&exact) {
                let rounded = exact as f32;
                if !rounded.is_finite() || rounded == 0.0 {
                    if !same(f64::from(y), f64::from(rounded)) {
                        worst.see(f64::INFINITY, f64::from(x));
                    }
                    continue;
                }
                let exponent = ((exact.to_bits() >> 52) & 0x7ff).max(1023 - 126);
                let ulp = f64::from_bits((exponent - 23) << 52);
                worst.see((f64::from(y) - exact).abs() / ulp, f64::from(x));
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
    fn magnitude(&mut self, from: i32, to: i32) -> f64 {
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
