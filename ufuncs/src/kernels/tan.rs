//! The tangent.
//!
//! **f64.** Sine and cosine as in [`sin_cos`](super::sin_cos), both as pairs, and their quotient with
//! its remainder; in odd quadrants -cos/sin.
//!
//! **f32.** The same reduction, with π/2 in three `f32` (72 bits): enough below 2^15, beyond which the
//! `f64` function takes over. On [-π/4, π/4] tan r = r + r³/2 + r³·T(r²), T of degree 6, relative
//! error 2^-29.5; in odd quadrants -cot r = -1/r + r/3 + r³·C(r²), C of degree 3, 2^-33. One polynomial
//! is computed, with the coefficients of either: T is small once a half is taken off, so that its
//! roundings do not matter, and what is lost is those of r² and of the sums. Where products are not
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
        let odd = rounded.is_odd();
        // As in `sin_cos::reduce`, but that `first - r` is exact, too.
        let first = remainder::<I, f32>(a, n, std::f32::consts::FRAC_PI_2);
        let r = first - n * FRAC_PI_2_MID;
        let low = I::mul_add_f32(-n, FRAC_PI_2_MID, first - r);
        let low = I::mul_add_f32(-n, FRAC_PI_2_LOW, low);

        let z = r * r;
        let coefficients: [f32; 7] = std::array::from_fn(|i| if odd { COTANGENT_F32[i] } else { TAN_F32[i] });
        let series = polynomial::<I, _, 7>(z, coefficients);
        let series = I::mul_add_f32(z, series, if odd { THIRD } else { 0.0 });
        let half = 0.5 * z;
        // The derivative of the tangent is 1 + tan², about.
        let tan_low = I::mul_add_f32(half, low + (low + low), low);
        let q = -1.0 / r;
        // How far `q` is from -1 / (r + low), by `q`.
        let lacking = I::mul_add_f32(q, low, I::mul_add_f32(q, r, 1.0));
        let tail = I::mul_add_f32(series, r, if odd { 0.0 } else { tan_low });
        let tail = I::mul_add_f32(if odd { q } else { half }, if odd { lacking } else { r }, tail);
        let value = if odd { q } else { r } + tail;
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

/// (tan √z / √z - 1) / z - 1/2 on [0, (π/4)²].
const TAN_F32: [f32; 7] =
    [-0.16666651, 0.13332663, 0.054059934, 0.021282105, 0.010836021, 8.927748e-05, 0.0043764];
/// ((1 / √z - cot √z) / √z - 1/3) / z there.
const COTANGENT_F32: [f32; 7] = [0.022222081, 0.0021174245, 0.00020843028, 2.587713e-05, 0.0, 0.0, 0.0];
const THIRD: f32 = 1.0 / 3.0;
