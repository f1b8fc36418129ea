//! The cube root.
//!
//! On AVX-512 there are loops with tables instead: `wide/cbrt.rs`.
//!
//! |x| = 2^3k · 2^j · m with m in [√½, √2) and j in -1, 0, 1. A polynomial of degree 3 gives
//! 1/∛m to 2^-11.95, one step of Halley's kind to 2^-33 (in `f32` to its last bits), and a step of
//! Newton's for the root itself, whose remainder m - c³ is computed with the rounding error of c²,
//! leaves nothing but the last rounding. Subnormal x are scaled.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::exact::polynomial;
use super::lane::{Lane, lanes};

/// The cube root.
#[derive(Clone, Copy, Debug)]
pub struct Cbrt;

lanes! { Cbrt: cbrt, 0.6, 0.3, f64: super::wide::cbrt::cbrt, f32: super::wide::cbrt::cbrt_f32; }

#[inline(always)]
fn cbrt<I: Isa, T: Lane>(x: T) -> T {
    let one = T::of(1.0);
    let a = x.abs();
    // 2^54, and its cube root: exact for `f32` too.
    let small = a < T::MIN_POSITIVE;
    let scaled = if small { a * T::of(18_014_398_509_481_984.0) } else { a };
    let unscale = if small { T::of(3.814697265625e-6) } else { one };

    let (m, e, _) = scaled.split();
    let rounded = T::mul_add::<I>(e, T::of(1.0 / 3.0), T::ROUND + T::BIAS);
    let k = rounded - (T::ROUND + T::BIAS);
    let j = T::mul_add::<I>(T::of(-3.0), k, e);
    let (double, halve) = (j > T::of(0.5), j < T::of(-0.5));
    let factor = if double { T::of(2.0) } else { one };
    let factor = if halve { T::of(0.5) } else { factor };
    let root_factor = if double { T::of(0.7937005259840998) } else { one };
    let root_factor = if halve { T::of(1.2599210498948732) } else { root_factor };

    let guess = polynomial::<I, T, 4>(
        m,
        [1.7307029480316516, -1.285712372479172, 0.7133221120249845, -0.15853405112565644].map(T::of),
    );
    let y = guess * root_factor;
    let m = m * factor;
    let h = T::mul_add::<I>(-(m * y), y * y, one);
    let y = T::mul_add::<I>(y * h, T::mul_add::<I>(h, T::of(2.0 / 9.0), T::of(1.0 / 3.0)), y);
    let square = y * y;
    let c = m * square;
    let (c_square, c_square_low) = T::two_product::<I>(c, c);
    let (cube, cube_low) = T::two_product::<I>(c_square, c);
    let rest = (m - cube) - T::mul_add::<I>(c_square_low, c, cube_low);
    let root = T::mul_add::<I>(rest * T::of(1.0 / 3.0), square, c);

    let root = (root * rounded.power_of_two() * unscale).copysign(x);
    if a > T::of(0.0) && a < T::INFINITY { root } else { x }
}
