//! The tangent.
//!
//! **f64.** Sine and cosine as in [`sin_cos`](super::sin_cos), both as pairs, and their quotient with
//! its remainder; in odd quadrants -cos/sin.
//!
//! **f32.** The same reduction, with π/2 in three `f32` (72 bits): enough below 2^15, beyond which the
//! `f64` function takes over. tan r = r/d with d = r·cot r = 1 - r²·S(r²) as a pair, S of degree 3, relative error
//! of d 2^-27.3; in odd quadrants -d/r. Rounding r² and leaving out part of r are made up for in the lower part of d.
//! The quotient keeps its remainder, which leaves the last rounding, that of S and of its error: 0.77 ULP. Where
//! products are not exact, in `f64`.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient};
use super::lane::Lane;
use super::payne_hanek;
use super::sin_cos::{HUGE, reduce, sin_cos_pairs, with_sign_of};

/// The tangent of an angle in radians.
#[derive(Clone, Copy, Debug)]
pub struct Tan;

impl Unary<f64> for Tan {
    type Output = f64;
    const COST: f32 = 0.9;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        let (rounded, high, low) = reduce::<I, f64>(x.abs());
        with_sign_of(x, tan_of_quadrant::<I>(rounded.to_bits(), high, low))
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
        with_sign_of(x, tan_of_quadrant::<Baseline>(quadrant, high, low))
    }
}

/// tan(quadrant · π/2 + high + low).
#[inline(always)]
fn tan_of_quadrant<I: Isa>(quadrant: u64, high: f64, low: f64) -> f64 {
    let (sin, cos) = sin_cos_pairs::<I>(high, low);
    let cos = fast_two_sum(cos.0, cos.1);
    let odd = quadrant & 1 == 1;
    let above = if odd { (-cos.0, -cos.1) } else { sin };
    let below = if odd { sin } else { cos };
    let (q, rest) = quotient::<I, f64>(above, below);
    q + rest
}

impl Unary<f32> for Tan {
    type Output = f32;
    const COST: f32 = 0.3;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        if !I::FMA {
            return <Tan as Unary<f64>>::call::<I>(f64::from(x)) as f32;
        }
        let (rounded, r, low) = reduce::<I, f32>(x.abs());
        let z = r * r;
        // By how much z falls short of (r + low)².
        let z_low = I::mul_add_f32(r + r, low, I::mul_add_f32(r, r, -z));
        let series = polynomial::<I, _, 4>(z, ONE_LESS_COTANGENT_F32);
        let d = I::mul_add_f32(-z, series, 1.0);
        let d_low = I::mul_add_f32(-z, series, 1.0 - d);
        let d_low = I::mul_add_f32(z_low, D_SLOPE_F32, d_low);

        let odd = rounded.is_odd();
        let above = if odd { (d, d_low) } else { (r, low) };
        let below = if odd { (-r, -low) } else { (d, d_low) };
        // As `exact::quotient`, with one rounding of its sum.
        let reciprocal = 1.0 / below.0;
        let q = above.0 * reciprocal;
        let rest = I::mul_add_f32(-q, below.0, above.0) + I::mul_add_f32(-q, below.1, above.1);
        let value = I::mul_add_f32(rest, reciprocal, q);
        value.xor_sign(x)
    }

    #[inline(always)]
    fn is_rare(x: f32) -> bool {
        x.abs() >= HUGE_F32
    }

    #[cold]
    #[inline(never)]
    fn rare(x: f32) -> f32 {
        let wide = f64::from(x);
        if <Tan as Unary<f64>>::is_rare(wide) {
            return <Tan as Unary<f64>>::rare(wide) as f32;
        }
        <Tan as Unary<f64>>::call::<Baseline>(wide) as f32
    }
}

/// From here on, 2^15, π/2 in three `f32` is not enough.
const HUGE_F32: f32 = 32768.0;

/// (1 - √z·cot √z) / z on [0, (π/4)²].
const ONE_LESS_COTANGENT_F32: [f32; 4] = [0.33333305, 0.022226537, 0.0020962786, 0.00024819782];
/// The slope of √z·cot √z there, about.
const D_SLOPE_F32: f32 = -0.36;
