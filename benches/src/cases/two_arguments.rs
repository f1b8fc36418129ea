//! Functions of two arguments.

use numpypy::{complex128, scalar};

use super::Case;
use super::kinds::{binary_or_scalar, line};
use crate::plan::LARGE;
use crate::record::Layout::{self, Row, Scalar, Strided, Transposed};
use crate::{ours, values};

const LAYOUTS: &[Layout] = &[Strided, Row, Scalar, Transposed];

/// Ufuncs of two arguments of one dtype, and the numbers of each.
macro_rules! ufuncs {
    ($cases:ident: $($name:ident: $($type:ident)*, $left:ident $right:ident;)*) => {$(
        line!($cases, stringify!($name), TwoArguments, [$($type)*], &[values::$left, values::$right], LAYOUTS, true, LARGE,
              |setup, T| binary_or_scalar::<T, T, _>(
                  setup,
                  |(x, y)| ours::$name(x, y),
                  |(x, y), out| ours::$name::out(x, y, out),
                  |(x, y), out| ours::$name::out(x, *y, out),
              ));
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    ufuncs! { cases:
        add: f32 f64 i32 i64 complex128, ANY ANY;
        subtract: f32 f64 i32 i64 complex128, ANY ANY;
        multiply: f32 f64 i32 i64 complex128, ANY ANY;
        divide: f32 f64 i32 i64 complex128, ANY NOT_ZERO;
        floor_divide: f32 f64 i32 i64, ANY NOT_ZERO;
        remainder: f32 f64 i32 i64, ANY NOT_ZERO;
        fmod: f32 f64 i32 i64, ANY NOT_ZERO;
        power: f32 f64 i32 i64 complex128, POSITIVE POWER;
        float_power: f32 f64 i32 i64 complex128, POSITIVE POWER;
        hypot: f32 f64 i32 i64, ANY ANY;
        arctan2: f32 f64 i32 i64, ANY ANY;
        logaddexp: f32 f64 i32 i64, ANY ANY;
        logaddexp2: f32 f64 i32 i64, ANY ANY;
        copysign: f32 f64 i32 i64, ANY ANY;
        heaviside: f32 f64 i32 i64, ANY ANY;
        nextafter: f32 f64 i32 i64, ANY ANY;
        maximum: f32 f64 i32 i64 complex128, ANY ANY;
        minimum: f32 f64 i32 i64 complex128, ANY ANY;
        fmax: f32 f64 i32 i64 complex128, ANY ANY;
        fmin: f32 f64 i32 i64 complex128, ANY ANY;
        equal: f32 f64 i32 i64 complex128, ANY ANY;
        not_equal: f32 f64 i32 i64 complex128, ANY ANY;
        less: f32 f64 i32 i64 complex128, ANY ANY;
        less_equal: f32 f64 i32 i64 complex128, ANY ANY;
        greater: f32 f64 i32 i64 complex128, ANY ANY;
        greater_equal: f32 f64 i32 i64 complex128, ANY ANY;
        logical_and: f32 f64 i32 i64 complex128, TRUTH TRUTH;
        logical_or: f32 f64 i32 i64 complex128, TRUTH TRUTH;
        logical_xor: f32 f64 i32 i64 complex128, TRUTH TRUTH;
        bitwise_and: i32 i64, BITS BITS;
        bitwise_or: i32 i64, BITS BITS;
        bitwise_xor: i32 i64, BITS BITS;
        left_shift: i32 i64, BITS SHIFT;
        right_shift: i32 i64, BITS SHIFT;
        gcd: i32 i64, COUNTS COUNTS;
        lcm: i32 i64, COUNTS COUNTS;
    }
    line!(cases, "ldexp", TwoArguments, [f32 f64], &[values::ANY, values::EXPONENT], LAYOUTS, true, LARGE,
    |setup, T| binary_or_scalar::<T, i32, _>(
        setup,
        |(x, y)| ours::ldexp(x, y),
        |(x, y), out| ours::ldexp::out(x, y, out),
        // A number beside an array must be of its dtype.
        |(x, y), out| ours::ldexp::out(x, &scalar(*y), out),
    ));
    cases
}
