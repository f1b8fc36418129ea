//! The normalised sinc function, sin πx / πx.
//!
//! x is reduced to a quarter turn before it is multiplied with π, which is exact: so the zeros at whole
//! numbers are zeros. Sine and πx are pairs, and so is their quotient: what is lost is the last rounding.
//!
//! **f32.** In `f64`: of x without the nearest whole number, r, and the polynomial of the sine of `f32`, which
//! is sin πr / πr; times r/x, as π cancels.
//!
//! Of complex numbers, πy is rounded: an error of |πy|/2 ULP of the result's size, where that is more.

use std::f64::consts::PI;

use array_core::complex128;
use array_core::engine::isa::{Baseline, Isa};
use array_core::engine::kernel::Unary;

use super::Sinh;
use super::exact::{ROUND, polynomial, quotient};
use super::pairs::{Pair, negative, product, sin_cos_of_quadrant, sinh_cosh, square, sum, value};
use super::sin_cos::SIN_F32;

/// sin πx / πx.
#[derive(Clone, Copy, Debug)]
pub struct Sinc;

/// π as a pair.
const PI_PAIR: Pair = (PI, 1.2246467991473532e-16);

/// sin πx and cos πx.
#[inline(always)]
fn of_half_turns<I: Isa>(x: f64) -> (Pair, Pair) {
    let quarters = (2.0 * x).round_ties_even();
    let rest = x - 0.5 * quarters;
    let quadrant = quarters - 4.0 * (0.25 * quarters).floor();
    let angle = product::<I>((rest, 0.0), PI_PAIR);
    sin_cos_of_quadrant::<I>((quadrant + ROUND).to_bits(), angle.0, angle.1)
}

impl Unary<f64> for Sinc {
    type Output = f64;
    const COST: f32 = 2.0;

    #[inline(always)]
    fn call<I: Isa>(x: f64) -> f64 {
        // Even numbers all, whose products are within range.
        let a = x.abs();
        let limited = if a > 1e290 { 1e290 } else { a };
        let (sin, _) = of_half_turns::<I>(limited);
        let sinc = value(quotient::<I, f64>(sin, product::<I>((limited, 0.0), PI_PAIR)));
        let sinc = if a < 1e-10 { 1.0 } else { sinc };
        if a < f64::INFINITY { sinc } else { f64::NAN }
    }
}

impl Unary<f32> for Sinc {
    type Output = f32;
    const COST: f32 = 0.5;

    #[inline(always)]
    fn call<I: Isa>(x: f32) -> f32 {
        let x = f64::from(x);
        let turns = x.round_ties_even();
        // Exact, as is the half of a whole number.
        let rest = x - turns;
        let half = 0.5 * turns;
        let angle = PI * rest;
        let sinc = polynomial::<I, _, 6>(angle * angle, SIN_F32) * rest / x;
        // Around odd numbers the sine is turned over.
        let sinc = if half == half.floor() { sinc } else { -sinc };
        (if x == 0.0 { 1.0 } else { sinc }) as f32
    }
}

impl Unary<complex128> for Sinc {
    type Output = complex128;
    const COST: f32 = 5.0;
    const HAS_RARE: bool = true;

    #[inline(always)]
    fn call<I: Isa>(z: complex128) -> complex128 {
        let (sin, cos) = of_half_turns::<I>(z.re);
        let (sinh, cosh) = sinh_cosh::<I>(PI * z.im);
        let (re, im) = (product::<I>(sin, cosh), product::<I>(cos, sinh));
        let (x, y) = (product::<I>((z.re, 0.0), PI_PAIR), product::<I>((z.im, 0.0), PI_PAIR));
        let divisor = sum(square::<I>(x), square::<I>(y));
        let (a, b) = (product::<I>(re, x), product::<I>(im, y));
        let (c, d) = (product::<I>(im, x), product::<I>(re, y));
        complex128::new(
            value(quotient::<I, f64>(sum(a, b), divisor)),
            value(quotient::<I, f64>(sum(c, negative(d)), divisor)),
        )
    }

    #[inline(always)]
    fn is_rare(z: complex128) -> bool {
        let (x, y) = (z.re.abs(), z.im.abs());
        let larger = if x > y { x } else { y };
        // Written so that a nan is rare.
        !(x < 1e100 && y < 100.0 && larger > 1e-8)
    }

    #[cold]
    #[inline(never)]
    fn rare(z: complex128) -> complex128 {
        let (x, y) = (z.re.abs(), z.im.abs());
        if x < 1e-8 && y < 1e-8 {
            // 1 - (πz)²/6.
            let square = z * z * (PI * PI / 6.0);
            return complex128::new(1.0 - square.re, 0.0 - square.im);
        }
        let turned = complex128::new(-z.im * PI, z.re * PI);
        let sinh = if <Sinh as Unary<complex128>>::is_rare(turned) {
            <Sinh as Unary<complex128>>::rare(turned)
        } else {
            <Sinh as Unary<complex128>>::call::<Baseline>(turned)
        };
        complex128::new(sinh.im, -sinh.re) / (z * PI)
    }
}
