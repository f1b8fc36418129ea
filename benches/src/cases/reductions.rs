//! Reductions: of all elements, and along an axis of a matrix.

use numpypy::complex128;

use super::Case;
use super::kinds::{line, lines_along};
use crate::ours;
use crate::record::Layout::{self, Axis0, Axis1, Strided, Transposed};

const LAYOUTS: &[Layout] = &[Strided, Transposed, Axis0, Axis1];

macro_rules! reductions {
    ($cases:ident: $($name:ident: $($type:ident)*, $values:ident;)*) => {$(
        lines_along! { $cases, Reductions, LAYOUTS;
            stringify!($name), $($type)*, $values, "f(x)" |x| ours::$name(x, ..), "f(x, AXIS)" |x, axis| ours::$name(x, axis);
        }
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    reductions! { cases:
        sum: f32 f64 i32 i64 complex128, ANY;
        prod: f32 f64 i32 i64 complex128, NEAR_ONE;
        max: f32 f64 i32 i64 complex128, ANY;
        min: f32 f64 i32 i64 complex128, ANY;
        mean: f32 f64 i32 i64 complex128, ANY;
        var: f32 f64 i32 i64 complex128, ANY;
        std: f32 f64 i32 i64 complex128, ANY;
        ptp: f32 f64 i32 i64, ANY;
        argmax: f32 f64 i32 i64 complex128, ANY;
        argmin: f32 f64 i32 i64 complex128, ANY;
        any: f32 f64 i32 i64 complex128, ZEROS;
        all: f32 f64 i32 i64 complex128, NOT_ZERO;
        count_nonzero: f32 f64 i32 i64 complex128, TRUTH;
        nansum: f32 f64, SOME_NAN;
        nanprod: f32 f64, NEAR_ONE_OR_NAN;
        nanmax: f32 f64, SOME_NAN;
        nanmin: f32 f64, SOME_NAN;
        nanmean: f32 f64, SOME_NAN;
        nanvar: f32 f64, SOME_NAN;
        nanstd: f32 f64, SOME_NAN;
        nanargmax: f32 f64, SOME_NAN;
        nanargmin: f32 f64, SOME_NAN;
    }
    cases
}
