//! The numbers that functions are measured on: random, and where the function is defined.

use fastrand::Rng;
use numpypy::{Element, complex128};

/// A range of numbers, drawn as floats or as integers.
#[derive(Debug)]
pub(crate) struct Values {
    /// By which operands are shared between cells.
    pub(crate) name: &'static str,
    float: fn(&mut Rng) -> f64,
    integer: fn(&mut Rng) -> i64,
}

/// A dtype that is measured.
pub(crate) trait Sample: Element {
    /// One of the numbers.
    fn draw(values: &Values, rng: &mut Rng) -> Self;
}

macro_rules! sample {
    ($($type:ty: |$values:ident, $rng:ident| $draw:expr;)*) => {$(
        impl Sample for $type {
            fn draw($values: &Values, $rng: &mut Rng) -> Self {
                $draw
            }
        }
    )*};
}
sample! {
    bool: |values, rng| (values.integer)(rng) != 0;
    i32: |values, rng| (values.integer)(rng) as i32;
    i64: |values, rng| (values.integer)(rng);
    f32: |values, rng| (values.float)(rng) as f32;
    f64: |values, rng| (values.float)(rng);
    complex128: |values, rng| complex128::new((values.float)(rng), (values.float)(rng));
}

fn between(rng: &mut Rng, least: f64, most: f64) -> f64 {
    least + (most - least) * rng.f64()
}

macro_rules! values {
    ($($(#[$doc:meta])* $name:ident: |$rng:ident| $float:expr, |$i_rng:ident| $integer:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) const $name: Values =
            Values { name: stringify!($name), float: |$rng| $float, integer: |$i_rng| $integer };
    )*};
}
values! {
    /// Of either sign.
    ANY: |rng| between(rng, -100.0, 100.0), |rng| rng.i64(-100..=100);
    /// Of either sign, never 0: what can be divided by.
    NOT_ZERO: |rng| between(rng, 0.01, 100.0).copysign(rng.f64() - 0.5), |rng| rng.i64(1..=100) * (1 - 2 * rng.i64(0..2));
    /// Above zero.
    POSITIVE: |rng| between(rng, 0.01, 100.0), |rng| rng.i64(1..=100);
    /// At least one.
    FROM_ONE: |rng| between(rng, 1.0, 100.0), |rng| rng.i64(1..=100);
    /// What is a sine or cosine.
    UNIT: |rng| between(rng, -1.0, 1.0), |rng| rng.i64(-1..=1);
    /// What is a hyperbolic tangent.
    INSIDE_UNIT: |rng| between(rng, -0.99, 0.99), |_rng| 0;
    /// What is an exponent.
    EXPONENT: |rng| between(rng, -10.0, 10.0), |rng| rng.i64(-10..=10);
    /// What is an exponent of integers, too.
    POWER: |rng| between(rng, -3.0, 3.0), |rng| rng.i64(0..=9);
    /// Bits of any kind.
    BITS: |rng| between(rng, -1e9, 1e9), |rng| rng.i64(..);
    /// How far to shift.
    SHIFT: |rng| between(rng, 0.0, 30.0), |rng| rng.i64(0..=30);
    /// Numbers with divisors.
    COUNTS: |rng| between(rng, 1.0, 1e6), |rng| rng.i64(1..=1_000_000);
    /// Zero or not, one as likely as the other.
    TRUTH: |rng| if rng.bool() { between(rng, 1.0, 2.0) } else { 0.0 }, |rng| rng.i64(0..=1);
    /// Nothing but zero, so that `any` looks at all.
    ZEROS: |_rng| 0.0, |_rng| 0;
    /// About one, so that their product stays finite.
    NEAR_ONE: |rng| between(rng, -0.01, 0.01).exp2(), |rng| rng.i64(1..=3);
    /// One in a hundred is `nan`.
    SOME_NAN: |rng| if rng.u8(..100) == 0 { f64::NAN } else { between(rng, -100.0, 100.0) }, |rng| rng.i64(-100..=100);
    /// One in a hundred is `nan`, the others are about one.
    NEAR_ONE_OR_NAN: |rng| if rng.u8(..100) == 0 { f64::NAN } else { between(rng, -0.01, 0.01).exp2() }, |rng| rng.i64(1..=3);
}
