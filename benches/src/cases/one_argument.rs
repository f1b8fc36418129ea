//! Functions of one argument.

use numpypy::complex128;

use super::Case;
use super::kinds::{line, of_one, unary};
use crate::plan::LARGE;
use crate::record::Layout::{self, Strided, Transposed};
use crate::{ours, values};

const LAYOUTS: &[Layout] = &[Strided, Transposed];

/// Ufuncs, which write into arrays that are there.
macro_rules! ufuncs {
    ($cases:ident: $($name:ident: $($type:ident)*, $values:ident;)*) => {$(
        line!($cases, stringify!($name), OneArgument, [$($type)*], &[values::$values], LAYOUTS, true, LARGE,
              |setup, T| unary::<T, _>(setup, |x| Ok(ours::$name(x)), |x, out| ours::$name::out(x, out)));
    )*};
}

/// Other functions, and how NumPy is called.
macro_rules! functions {
    ($cases:ident: $($name:literal: $($type:ident)*, $values:ident, $text:literal, |$x:ident| $call:expr;)*) => {$(
        line!($cases, $name, OneArgument, [$($type)*], &[values::$values], LAYOUTS, false, LARGE,
              |setup, T| of_one::<T, _>(setup, setup.theirs($text), |$x| $call));
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    ufuncs! { cases:
        absolute: f32 f64 i32 i64 complex128, ANY;
        negative: f32 f64 i32 i64 complex128, ANY;
        positive: f32 f64 i32 i64 complex128, ANY;
        sign: f32 f64 i32 i64 complex128, ANY;
        signbit: f32 f64 i32 i64, ANY;
        fabs: f32 f64 i32 i64, ANY;
        conjugate: f32 f64 i32 i64 complex128, ANY;
        square: f32 f64 i32 i64 complex128, ANY;
        reciprocal: f32 f64 i32 i64 complex128, NOT_ZERO;
        sqrt: f32 f64 i32 i64 complex128, POSITIVE;
        cbrt: f32 f64 i32 i64, ANY;
        floor: f32 f64 i32 i64, ANY;
        ceil: f32 f64 i32 i64, ANY;
        trunc: f32 f64 i32 i64, ANY;
        rint: f32 f64 i32 i64 complex128, ANY;
        spacing: f32 f64 i32 i64, ANY;
        isfinite: f32 f64 i32 i64 complex128, ANY;
        isinf: f32 f64 i32 i64 complex128, ANY;
        isnan: f32 f64 i32 i64 complex128, ANY;
        logical_not: f32 f64 i32 i64 complex128, TRUTH;
        invert: i32 i64, BITS;
        bitwise_count: i32 i64, BITS;
        exp: f32 f64 i32 i64 complex128, EXPONENT;
        exp2: f32 f64 i32 i64 complex128, EXPONENT;
        expm1: f32 f64 i32 i64 complex128, EXPONENT;
        log: f32 f64 i32 i64 complex128, POSITIVE;
        log2: f32 f64 i32 i64 complex128, POSITIVE;
        log10: f32 f64 i32 i64 complex128, POSITIVE;
        log1p: f32 f64 i32 i64 complex128, POSITIVE;
        sin: f32 f64 i32 i64 complex128, ANY;
        cos: f32 f64 i32 i64 complex128, ANY;
        tan: f32 f64 i32 i64 complex128, ANY;
        arcsin: f32 f64 i32 i64 complex128, UNIT;
        arccos: f32 f64 i32 i64 complex128, UNIT;
        arctan: f32 f64 i32 i64 complex128, ANY;
        sinh: f32 f64 i32 i64 complex128, EXPONENT;
        cosh: f32 f64 i32 i64 complex128, EXPONENT;
        tanh: f32 f64 i32 i64 complex128, EXPONENT;
        arcsinh: f32 f64 i32 i64 complex128, ANY;
        arccosh: f32 f64 i32 i64 complex128, FROM_ONE;
        arctanh: f32 f64 i32 i64 complex128, INSIDE_UNIT;
        degrees: f32 f64 i32 i64, ANY;
        radians: f32 f64 i32 i64, ANY;
        rad2deg: f32 f64 i32 i64, ANY;
        deg2rad: f32 f64 i32 i64, ANY;
    }
    functions! { cases:
        "sinc": f32 f64 i32 i64 complex128, ANY, "f(x)", |x| Ok(ours::sinc(x));
        "round": f32 f64 i32 i64 complex128, ANY, "f(x, 1)", |x| ours::round(x, 1);
        "nan_to_num": f32 f64 i32 i64 complex128, SOME_NAN, "f(x)", |x| Ok(ours::nan_to_num(x));
        "angle": f32 f64 i32 i64 complex128, ANY, "f(x)", |x| Ok(ours::angle(x, false));
        // Views, of which the imaginary one of real numbers is an array of zeros.
        "real": f32 f64 i32 i64 complex128, ANY, "f(x)", |x| Ok(ours::real(x));
        "imag": f32 f64 i32 i64 complex128, ANY, "f(x)", |x| Ok(ours::imag(x));
    }
    cases
}
