//! Running sums, differences and gradients: of all elements, and along an axis of a matrix.

use numpypy::complex128;

use super::Case;
use super::kinds::{line, lines_along};
use crate::ours;
use crate::record::Layout::{self, Axis0, Axis1, Strided};

const LAYOUTS: &[Layout] = &[Strided, Axis0, Axis1];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    lines_along! { cases, Scans, LAYOUTS;
        "cumsum", f32 f64 i32 i64 complex128, ANY, "f(x)" |x| ours::cumsum(x, ..), "f(x, AXIS)" |x, axis| ours::cumsum(x, axis);
        "cumprod", f32 f64 i32 i64 complex128, NEAR_ONE, "f(x)" |x| ours::cumprod(x, ..), "f(x, AXIS)" |x, axis| ours::cumprod(x, axis);
        "nancumsum", f32 f64, SOME_NAN, "f(x)" |x| ours::nancumsum(x, ..), "f(x, AXIS)" |x, axis| ours::nancumsum(x, axis);
        "nancumprod", f32 f64, NEAR_ONE_OR_NAN, "f(x)" |x| ours::nancumprod(x, ..), "f(x, AXIS)" |x, axis| ours::nancumprod(x, axis);
        "diff", f32 f64 i32 i64 complex128, ANY, "f(x)" |x| ours::diff(x, -1), "f(x, 1, AXIS)" |x, axis| ours::diff(x, axis);
        "gradient", f32 f64 i32 i64 complex128, ANY, "f(x)" |x| ours::gradient(x, 0, 1.0), "f(x, axis=AXIS)" |x, axis| ours::gradient(x, axis, 1.0);
    }
    cases
}
