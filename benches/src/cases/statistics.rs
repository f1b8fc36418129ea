//! Order statistics, averages, integrals, covariances.

use numpypy::{Array, Result, complex128};

use super::call::{Results, fresh};
use super::kinds::{line, lines_along, of_two};
use super::{Case, Prepared, Setup};
use crate::plan::LARGE;
use crate::record::Layout::{self, Axis0, Axis1, Strided};
use crate::values::Sample;
use crate::{Failure, ours, values};

const LAYOUTS: &[Layout] = &[Strided, Axis0, Axis1];

/// A function of four variables, of which each has a fourth of the elements.
fn of_variables<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    call: fn(&Array<T>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let x = setup.operands.shaped(&setup.values[0], &[4, setup.cell.n / 4], 0)?;
    fresh(setup, setup.theirs("f(x)"), x.into(), call)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    lines_along! { cases, Statistics, LAYOUTS;
        "median", f32 f64 i32 i64, ANY, "f(x)" |x| ours::median(x, ..), "f(x, AXIS)" |x, axis| ours::median(x, axis);
        "nanmedian", f32 f64, SOME_NAN, "f(x)" |x| ours::nanmedian(x, ..), "f(x, AXIS)" |x, axis| ours::nanmedian(x, axis);
        "percentile", f32 f64 i32 i64, ANY, "f(x, 30.0)" |x| ours::percentile(x, 30.0, ..), "f(x, 30.0, AXIS)" |x, axis| ours::percentile(x, 30.0, axis);
        "nanpercentile", f32 f64, SOME_NAN, "f(x, 30.0)" |x| ours::nanpercentile(x, 30.0, ..), "f(x, 30.0, AXIS)" |x, axis| ours::nanpercentile(x, 30.0, axis);
        "quantile", f32 f64 i32 i64, ANY, "f(x, 0.3)" |x| ours::quantile(x, 0.3, ..), "f(x, 0.3, AXIS)" |x, axis| ours::quantile(x, 0.3, axis);
        "nanquantile", f32 f64, SOME_NAN, "f(x, 0.3)" |x| ours::nanquantile(x, 0.3, ..), "f(x, 0.3, AXIS)" |x, axis| ours::nanquantile(x, 0.3, axis);
        "trapezoid", f32 f64 i32 i64 complex128, ANY, "f(x)" |x| ours::trapezoid(x, 1.0, -1), "f(x, None, 1.0, AXIS)" |x, axis| ours::trapezoid(x, 1.0, axis);
    }
    line!(cases, "average", Statistics, [f32 f64 i32 i64], &[values::ANY, values::POSITIVE], &[Strided], false, LARGE,
          |setup, T| of_two::<T, T, _>(setup, setup.theirs("f(x, None, y)"), |(x, weights)| ours::average(x, .., weights)));
    line!(cases, "cov", Statistics, [f32 f64 i32 i64 complex128], &[values::ANY], &[], false, LARGE,
          |setup, T| of_variables::<T, _>(setup, |x| ours::cov(x, ..)));
    line!(cases, "corrcoef", Statistics, [f32 f64 i32 i64 complex128], &[values::ANY], &[], false, LARGE,
          |setup, T| of_variables::<T, _>(setup, |x| ours::corrcoef(x, ..)));
    cases
}
