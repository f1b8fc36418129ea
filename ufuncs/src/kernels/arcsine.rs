//! The inverse sine and cosine.
//!
//! arcsin s = s + s³·P(s²) for s up to 1/2: P of degree 12 in `f64`, relative error 2^-59.85, of degree
//! 5 in `f32`, 2^-31.69. Beyond, arcsin x = π/2 - 2·arcsin √((1-x)/2), whose root is a pair; likewise
//! the inverse cosine (FDLIBM's `e_asin.c`, `e_acos.c`). Multiples of π/2 are pairs. What is lost is
//! the last rounding and half an ulp of s³·P, below 1/20 of the result.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::arctan::ArctanLane;
use super::exact::{fast_two_sum, polynomial, sqrt_pair, wide_polynomial};
use super::lane::lanes;

/// The inverse sine, in radians.
#[derive(Clone, Copy, Debug)]
pub struct Arcsin;
/// The inverse cosine, in radians.
#[derive(Clone, Copy, Debug)]
pub struct Arccos;

/// What the inverse sine knows of a float type.
trait ArcsinLane: ArctanLane {
    /// (arcsin √z / √z - 1) / z on [0, 1/4].
    fn arcsin_tail<I: Isa>(z: Self) -> Self;
}

impl ArcsinLane for f64 {
    #[inline(always)]
    fn arcsin_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 13] = [
            0.1666666666666676,
            0.07499999999970867,
            0.044642857174560305,
            0.030381942709841264,
            0.022372214938143505,
            0.017351612788409573,
            0.01398081232024003,
            0.01139897267468027,
            0.0107799450316659,
            0.003707475024526523,
            0.021705046994633322,
            -0.020995897050241616,
            0.03262676709160462,
        ];
        wide_polynomial::<I, _, 13>(z, TAIL)
    }
}

impl ArcsinLane for f32 {
    #[inline(always)]
    fn arcsin_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 6>(z, [0.1666666, 0.07500522, 0.044513363, 0.031839322, 0.014313328, 0.037699986])
    }
}

lanes! {
    Arcsin: arcsin, 0.8, 0.3;
    Arccos: arccos, 0.8, 0.3;
}

#[inline(always)]
fn arcsin<I: Isa, T: ArcsinLane>(x: T) -> T {
    let (large, s, tail) = reduced::<I, T>(x);
    let arcsin = combine::<I, T>(
        if large { T::of(2.0) } else { T::of(0.0) },
        if large { T::of(-2.0) } else { T::of(1.0) },
        (s, tail),
    );
    if x.abs() > T::of(1.0) { T::NAN } else { arcsin.xor_sign(x) }
}

#[inline(always)]
fn arccos<I: Isa, T: ArcsinLane>(x: T) -> T {
    let (large, s, tail) = reduced::<I, T>(x);
    let negative = x < T::of(0.0);
    let base = if large { T::of(0.0) } else { T::of(2.0) };
    let base = if large && negative { T::of(4.0) } else { base };
    let factor = if large { T::of(2.0) } else { T::of(-1.0) };
    let factor = if negative { -factor } else { factor };
    let arccos = combine::<I, T>(base, factor, (s, tail));
    if x.abs() > T::of(1.0) { T::NAN } else { arccos }
}

/// Whether |x| is beyond 1/2; and as a pair, the arcsine of |x|, or else of √((1-|x|)/2).
#[inline(always)]
fn reduced<I: Isa, T: ArcsinLane>(x: T) -> (bool, T, T) {
    let a = x.abs();
    let half = T::of(0.5);
    let large = a > half;
    let complement = half - half * a; // exact where it is used
    let (root, root_low) = sqrt_pair::<I, T>(complement, T::of(0.0));
    let z = if large { complement } else { a * a };
    let s = if large { root } else { a };
    let s_low = if large { root_low } else { T::of(0.0) };
    let s_low = T::mul_add::<I>(half * z, s_low, s_low); // times the derivative, roughly
    (large, s, T::mul_add::<I>(s * z, T::arcsin_tail::<I>(z), s_low))
}

/// quarters · π/4 + factor · (the pair), where the first is 0 or the larger; quarters 0, 2 or 4.
#[inline(always)]
fn combine<I: Isa, T: ArcsinLane>(quarters: T, factor: T, (s, tail): (T, T)) -> T {
    let (sum, error) = fast_two_sum(quarters * T::FRAC_PI_4.0, factor * s);
    sum + T::mul_add::<I>(factor, tail, T::mul_add::<I>(quarters, T::FRAC_PI_4.1, error))
}
