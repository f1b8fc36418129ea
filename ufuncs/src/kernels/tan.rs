//! The tangent.
//!
//! **f64.** Sine and cosine as in [`sin_cos`](super::sin_cos), both as pairs, and their quotient with
//! its remainder; in odd quadrants -cos/sin.
//!
//! **f32.** The same reduction, with π/2 in three `f32` (72 bits): enough below 2^15, beyond which the
//! `f64` function takes over. tan r = r + r³·T(r²) on [-π/4, π/4], T of degree 6, relative
//! error 2^-29.49, as a pair; in odd quadrants the quotient of -1 and it. Where products are not
//! exact, in `f64`.

use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient, remainder};
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
        let (quadrant, high, low) = reduce::<I>(x.abs());
        with_sign_of(x, tan_of_quadrant::<I>(quadrant, high, low))
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
        let a = x.abs();
        let rounded = I::mul_add_f32(a, std::f32::consts::FRAC_2_PI, f32::ROUND);
        let n = rounded - f32::ROUND;
        // As in `sin_cos::reduce`.
        let first = remainder::<I, f32>(a, n, std::f32::consts::FRAC_PI_2);
        let (mid, mid_error) = f32::two_product::<I>(n, FRAC_PI_2_MID);
        let r = first - mid;
        let error = ((first - r) - mid) - mid_error;
        let low = I::mul_add_f32(-n, FRAC_PI_2_LOW, error);

        let z = r * r;
        let series = polynomial::<I, _, 7>(z, TAN_F32);
        let (cube, cube_error) = f32::two_product::<I>(r, z);
        let cube_error = I::mul_add_f32(r, I::mul_add_f32(r, r, -z), cube_error);
        let (tail, tail_error) = f32::two_product::<I>(cube, series);
        let tail_error = I::mul_add_f32(cube_error, series, tail_error);
        let tan = r + tail;
        let low = I::mul_add_f32(low, I::mul_add_f32(tan, tan, 1.0), tail_error); // the derivative is 1 + tan²
        let (tan, error) = fast_two_sum(r, tail);
        let low = error + low;
        // -1 / (tan + low), by the quotient of `tan` alone and what that lacks.
        let q = -1.0 / tan;
        let lacking = I::mul_add_f32(q, low, I::mul_add_f32(q, tan, 1.0));
        let cotangent = I::mul_add_f32(q, lacking, q);
        let value = if rounded.is_odd() { cotangent } else { tan + low };
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
/// π/2 = `FRAC_PI_2 + FRAC_PI_2_MID + FRAC_PI_2_LOW`, to 72 bits.
const FRAC_PI_2_MID: f32 = -4.371_139e-8;
const FRAC_PI_2_LOW: f32 = -1.715_124_5e-15;

/// (tan √z / √z - 1) / z on [0, (π/4)²].
const TAN_F32: [f32; 7] =
    [0.3333335, 0.1333267, 0.05405998, 0.021279337, 0.010847919, 6.95861e-05, 0.0043879515];
