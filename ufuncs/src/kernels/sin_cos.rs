//! Sine and cosine.
//!
//! **f64.** Cody–Waite reduction: `x - n·π/2` with π/2 in three `f64` (161 bits). The first
//! difference is exact, the second keeps its rounding error, so the remainder `high + low` has
//! 65 bits even next to a multiple of π/2. On [-π/4, π/4] both
//!
//! - sin r = r + r³·S(r²), S of degree 5, relative error of sin 2^-57.8 (0.02 ULP), and
//! - cos r = 1 - r²/2 + r⁴·C(r²), C of degree 5, relative error of cos 2^-63.9,
//!
//! are computed and the quadrant selects. The leading terms are summed with their rounding errors
//! (r³ and r² as pairs too), which leaves the last rounding and that of S or C: at r = π/4 half an
//! ulp of S(r²) is 0.06 ULP of the sine. From 2^30 on the reduction is Payne and Hanek's.
//!
//! **f32.** In `f64`: remainder modulo π, and one odd polynomial on [-π/2, π/2] of degree 11,
//! relative error 2^-35.3. From 2^27 on the `f64` function takes over.
//!
//! The polynomials are minimax fits (Remez exchange, 240 bits) with each coefficient rounded in
//! turn and the rest fitted again. The arrangement of the sums is that of FDLIBM's `k_sin.c` and
//! `k_cos.c`, carried further.

use std::f64::consts::{FRAC_1_PI, FRAC_2_PI, PI};

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{ROUND, polynomial, remainder, two_mul_add};
use super::lane::Lane;
use super::payne_hanek;

/// The sine of an angle in radians.
#[derive(Clone, Copy, Debug)]
pub struct Sin;
/// The cosine of an angle in radians.
#[derive(Clone, Copy, Debug)]
pub struct Cos;

impl Unary<f64> for Sin {
    type Output = f64;
    const COST: f32 = 1.0;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        // Of |x|, because the sum of the series would lose the sign of -0.
        let (rounded, high, low) = reduce::<I, f64>(x.abs());
        with_sign_of(x, sin_of_quadrant::<I>(rounded.to_bits(), high, low))
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x.abs() >= HUGE
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        if !x.is_finite() {
            return f64::NAN;
        }
        let (quadrant, high, low) = payne_hanek::reduce(x.abs());
        with_sign_of(x, sin_of_quadrant::<Baseline>(quadrant, high, low))
    }
}

impl Unary<f64> for Cos {
    type Output = f64;
    const COST: f32 = 1.0;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        let (rounded, high, low) = reduce::<I, f64>(x);
        sin_of_quadrant::<I>(rounded.to_bits().wrapping_add(1), high, low)
    }

    #[inline(always)]
    fn is_rare(x: f64) -> bool {
        x.abs() >= HUGE
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f64) -> f64 {
        if !x.is_finite() {
            return f64::NAN;
        }
        let (quadrant, high, low) = payne_hanek::reduce(x.abs());
        sin_of_quadrant::<Baseline>(quadrant + 1, high, low)
    }
}

/// From here on, 2^30, `reduce` is not exact enough.
pub(super) const HUGE: f64 = 1_073_741_824.0;

/// (sin √z / √z - 1) / z on [0, (π/4)²].
const SIN: [f64; 6] = [
    -0.1666666666666663,
    0.00833333333332184,
    -0.00019841269829358333,
    2.7557313538085872e-06,
    -2.5050734242904226e-08,
    1.5895419876445903e-10,
];
/// (cos √z - 1 + z/2) / z² on [0, (π/4)²].
const COS: [f64; 6] = [
    0.041666666666666595,
    -0.0013888888888873342,
    2.4801587289002005e-05,
    -2.755731421698574e-07,
    2.0875705382809814e-09,
    -1.1358748157300946e-11,
];

/// What the reduction to [-π/4, π/4] knows of a float type.
pub(super) trait TurnLane: Lane {
    /// π/2 as a sum: of `f64` to 161 bits, of `f32` to 72.
    const FRAC_PI_2: [Self; 3];
}

impl TurnLane for f64 {
    const FRAC_PI_2: [f64; 3] = [std::f64::consts::FRAC_PI_2, 6.123233995736766e-17, -1.4973849048591698e-33];
}

impl TurnLane for f32 {
    const FRAC_PI_2: [f32; 3] = [std::f32::consts::FRAC_PI_2, -4.371_139e-8, -1.715_124_5e-15];
}

/// `(rounded, high, low)` with `x = quadrant · π/2 + high + low`, the lowest bits of `rounded` being those of the
/// quadrant.
#[inline(always)]
pub(super) fn reduce<I: Isa, T: TurnLane>(x: T) -> (T, T, T) {
    let [quarter, quarter_mid, quarter_low] = T::FRAC_PI_2;
    let rounded = T::mul_add::<I>(x, T::of(FRAC_2_PI), T::ROUND);
    let n = rounded - T::ROUND;
    // Exact: of `f64` a multiple of 2^-53 below 1, of `f32` of 2^-24.
    let first = remainder::<I, T>(x, n, quarter);
    // `first` is 0 or a multiple of an ulp of `mid`, so the sum's error is exact too.
    let (mid, mid_error) = T::two_product::<I>(n, quarter_mid);
    let high = first - mid;
    let error = ((first - high) - mid) - mid_error;
    (rounded, high, T::mul_add::<I>(-n, quarter_low, error))
}

/// sin(quadrant · π/2 + high + low).
#[inline(always)]
fn sin_of_quadrant<I: Isa>(quadrant: u64, high: f64, low: f64) -> f64 {
    let (sin, cos) = sin_cos_pairs::<I>(high, low);
    let value = if quadrant & 1 == 0 { sin.0 + sin.1 } else { cos.0 + cos.1 };
    f64::from_bits(value.to_bits() ^ (quadrant & 2) << 62)
}

/// Sine and cosine of high + low in [-π/4, π/4], as pairs.
#[inline(always)]
pub(super) fn sin_cos_pairs<I: Isa>(high: f64, low: f64) -> ((f64, f64), (f64, f64)) {
    let (z, z_error) = I::two_product(high, high);

    // 1 - z/2, and what rounding it lost.
    let one = I::mul_add(-0.5, z, 1.0);
    let error = I::mul_add(-0.5, z, 1.0 - one);
    let error = I::mul_add(-0.5, z_error, error);
    let error = I::mul_add(-high, low, error);
    let cos_tail = I::mul_add(z * z, polynomial::<I, _, 6>(z, COS), error);

    let series = polynomial::<I, _, 6>(z, SIN);
    let (cube, cube_error) = I::two_product(high, z);
    let cube_error = I::mul_add(high, z_error, cube_error);
    let (sum, error) = two_mul_add::<I, _>(cube, series, high);
    let error = I::mul_add(low, one, error); // the derivative, roughly, is 1 - z/2
    ((sum, I::mul_add(cube_error, series, error)), (one, cos_tail))
}

/// `value`, negated if `x` is negative.
#[inline(always)]
pub(super) fn with_sign_of(x: f64, value: f64) -> f64 {
    f64::from_bits(value.to_bits() ^ (x.to_bits() & (1 << 63)))
}

impl Unary<f32> for Sin {
    type Output = f32;
    const COST: f32 = 0.35;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        let x = f64::from(x);
        let rounded = I::mul_add(x, FRAC_1_PI, ROUND);
        let n = rounded - ROUND;
        sin_of_half_turns::<I>(x, n, rounded.to_bits())
    }

    #[inline(always)]
    fn is_rare(x: f32) -> bool {
        x.abs() >= HUGE_F32
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f32) -> f32 {
        <Sin as Unary<f64>>::rare(f64::from(x)) as f32
    }
}

impl Unary<f32> for Cos {
    type Output = f32;
    const COST: f32 = 0.35;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        // cos x = sin(x + π/2), and x + π/2 - n·π = x - (n - 1/2)·π.
        let x = f64::from(x);
        let rounded = I::mul_add(x, FRAC_1_PI, 0.5) + ROUND;
        let n = rounded - ROUND;
        sin_of_half_turns::<I>(x, n - 0.5, rounded.to_bits())
    }

    #[inline(always)]
    fn is_rare(x: f32) -> bool {
        x.abs() >= HUGE_F32
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f32) -> f32 {
        <Cos as Unary<f64>>::rare(f64::from(x)) as f32
    }
}

/// From here on, 2^27, products of n and parts of π are not exact.
const HUGE_F32: f32 = 134_217_728.0;

/// sin √z / √z on [0, (π/2)²].
pub(super) const SIN_F32: [f64; 6] = [
    1.0,
    -0.1666666662615372,
    0.008333331108694077,
    -0.00019840868217079627,
    2.7525385668287356e-06,
    -2.3888953958294865e-08,
];

/// sin(x - n·π), negated if `half_turns` is odd, for x that was an `f32`.
#[inline(always)]
fn sin_of_half_turns<I: Isa>(x: f64, n: f64, half_turns: u64) -> f32 {
    let r = if I::FMA {
        I::mul_add(-n, PI_LOW, I::mul_add(-n, PI, x))
    } else {
        ((x - n * PI_PARTS[0]) - n * PI_PARTS[1]) - n * PI_LOW
    };
    let z = r * r;
    let sin = r * polynomial::<I, _, 6>(z, SIN_F32); // -0 stays -0
    f64::from_bits(sin.to_bits() ^ half_turns << 63) as f32
}

/// π - `PI`.
const PI_LOW: f64 = 1.2246467991473532e-16;
/// `PI` as 26 and 27 bits, whose products with an integer below 2^26 are exact. All parts are
/// positive: of a negative one the product with n = 0 would be -0, and -0 - -0 is +0.
const PI_PARTS: [f64; 2] = [3.1415926218032837, 3.1786509424591713e-8];
