//! The inverse tangent.
//!
//! arctan x = base + arctan t, with t = x below tan π/8, (x - 1)/(x + 1) and base π/4 up to tan 3π/8,
//! -1/x and base π/2 above: FDLIBM's reduction (`s_atan.c`), with one breakpoint pair less. t is a
//! pair, numerator and denominator being exact; arctan t = t + t³·A(t²), A of degree 10 in `f64`
//! (relative error 2^-59.4), of degree 4 in `f32` (2^-30.42), and base is a pair. So nearly nothing is
//! lost but the last rounding, and half an ulp of t³·A, below 1/16 of the result.
//!
//! For AVX-512 there is a loop of its own, with tables: [`wide::arctan`](super::wide).

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Unary;

use super::exact::{fast_two_sum, polynomial, quotient, two_sum, wide_polynomial};
use super::lane::{Lane, lanes};

/// The inverse tangent, in radians.
#[derive(Clone, Copy, Debug)]
pub struct Arctan;

/// What the inverse tangent knows of a float type.
pub(super) trait ArctanLane: Lane {
    /// π/4 and what rounding it lost.
    const FRAC_PI_4: (Self, Self);

    /// (arctan √z / √z - 1) / z on [0, tan² π/8].
    fn arctan_tail<I: Isa>(z: Self) -> Self;
}

impl ArctanLane for f64 {
    const FRAC_PI_4: (f64, f64) = (std::f64::consts::FRAC_PI_4, 3.061616997868383e-17);

    #[inline(always)]
    fn arctan_tail<I: Isa>(z: f64) -> f64 {
        const TAIL: [f64; 11] = [
            -0.333333333333332,
            0.1999999999995368,
            -0.1428571428020077,
            0.11111110783570471,
            -0.09090897760057273,
            0.07692060258725963,
            -0.06663104670591431,
            0.05847895053861978,
            -0.050393368728249455,
            0.03806554682367816,
            -0.01790847858739,
        ];
        wide_polynomial::<I, _, 11>(z, TAIL)
    }
}

impl ArctanLane for f32 {
    const FRAC_PI_4: (f32, f32) = (std::f32::consts::FRAC_PI_4, -2.185_569_4e-8);

    #[inline(always)]
    fn arctan_tail<I: Isa>(z: f32) -> f32 {
        polynomial::<I, _, 5>(z, [-0.33333316, 0.19998528, -0.14244391, 0.10599166, -0.060900375])
    }
}

lanes! { Arctan: arctan, 0.8, 0.3, f64: super::wide::arctan::arctan, f32: super::wide::arctan::arctan_f32; }

#[inline(always)]
fn arctan<I: Isa, T: ArctanLane>(x: T) -> T {
    let one = T::of(1.0);
    // Beyond 2^60 the result is π/2. Written so that a nan passes.
    let a = x.abs();
    let a = if T::of(1.2e18) < a { T::of(1.2e18) } else { a };
    let middle = a > T::of(0.4142135623730951);
    let above = a > T::of(2.414213562373095);
    let (sum, sum_low) = two_sum(a, one);
    let (difference, difference_low) = two_sum(a, -one);
    let zero = T::of(0.0);
    let numerator = if middle { (difference, difference_low) } else { (a, zero) };
    let numerator = if above { (-one, zero) } else { numerator };
    let denominator = if middle { (sum, sum_low) } else { (one, zero) };
    let denominator = if above { (a, zero) } else { denominator };
    let quarters = if middle { one } else { zero };
    let quarters = if above { T::of(2.0) } else { quarters };
    let (high, low) = arctan_of_quotient::<I, T>(numerator, denominator, quarters);
    (high + low).xor_sign(x)
}

/// quarters · π/4 + arctan(a / b), as a pair, for integers `quarters` and |a/b| up to tan π/8.
#[inline(always)]
pub(super) fn arctan_of_quotient<I: Isa, T: ArctanLane>(a: (T, T), b: (T, T), quarters: T) -> (T, T) {
    let (t, t_low) = quotient::<I, T>(a, b);
    let z = t * t;
    let t_low = T::mul_add::<I>(-z, t_low, t_low); // times the derivative, roughly
    let tail = T::mul_add::<I>(t * z, T::arctan_tail::<I>(z), t_low);
    // Exact but for three quarters.
    let (base, base_error) = T::two_product::<I>(quarters, T::FRAC_PI_4.0);
    let (sum, error) = fast_two_sum(base, t);
    (sum, T::mul_add::<I>(quarters, T::FRAC_PI_4.1, error + base_error) + tail)
}
