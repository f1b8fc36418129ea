//! Functions with two results or three arguments.

use super::Case;
use super::kinds::{between, binary, line, of_one_and, unary};
use crate::plan::LARGE;
use crate::record::Layout::{Row, Strided, Transposed};
use crate::{ours, values};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    line!(cases, "modf", Several, [f32 f64], &[values::ANY], &[Strided, Transposed], true, LARGE,
          |setup, T| unary::<T, _>(setup, |x| Ok(ours::modf(x)), |x, (r, s)| ours::modf::out(x, (r, s))));
    line!(cases, "frexp", Several, [f32 f64], &[values::ANY], &[Strided, Transposed], true, LARGE,
          |setup, T| unary::<T, _>(setup, |x| Ok(ours::frexp(x)), |x, (r, s)| ours::frexp::out(x, (r, s))));
    line!(cases, "divmod", Several, [f32 f64 i32 i64], &[values::ANY, values::NOT_ZERO], &[Strided, Row, Transposed], true, LARGE,
    |setup, T| binary::<T, T, _>(
        setup,
        |(x, y)| ours::divmod(x, y),
        |(x, y), (r, s)| ours::divmod::out(x, y, (r, s)),
    ));
    line!(cases, "clip", Several, [f32 f64 i32 i64], &[values::ANY], &[Strided, Transposed], true, LARGE,
    |setup, T| between::<T>(
        setup,
        [-50 as T, 50 as T],
        |(x, [low, high])| ours::clip(x, *low, *high),
        |(x, [low, high]), out| ours::clip::out(x, *low, *high, out),
    ));
    line!(cases, "interp", Several, [f32 f64 i32 i64], &[values::ANY], &[Strided], false, LARGE,
    |setup, T| {
        let places = numpypy::linspace(-100.0, 100.0, 1000)?;
        let named = ("places", places.clone());
        of_one_and(setup, "f(x, places, places)", named, move |x: &numpypy::Array<T>| {
            ours::interp(x, &places, &places)
        })
    });
    cases
}
