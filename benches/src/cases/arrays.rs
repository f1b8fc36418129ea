//! Functions that move, sort and find elements, and compute nothing.
//!
//! Their results must be NumPy's, bit for bit: that is looked at before any time is taken.

#![allow(clippy::redundant_closure, reason = "all lines of a table have one form")]

use fastrand::Rng;
use numpypy::{Array, Element, PadMode, Result, Side, Sortable, ToPy, from_fn, s, scalar};

use super::call::{Inputs, Outputs, Results, Theirs, fresh, into};
use super::kinds::{along_axis, line, of_one, of_two};
use super::{Case, Prepared, Setup};
use crate::operands::{Operand, side};
use crate::plan::LARGE;
use crate::record::Layout::{Axis0, Axis1, Row, Strided, Transposed};
use crate::values::{self, Sample};
use crate::{Failure, ours};

/// A function of one array along an axis: the last, or that of the layout.
fn along<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    call: fn(&Array<T>, isize) -> Result<R>,
) -> Result<Prepared, Failure> {
    along_axis(setup, theirs, if setup.cell.layout == Axis0 { 0 } else { -1 }, call)
}

/// A function of as many elements as are to come out of it so many times.
fn repeated<T: Sample>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    call: fn(&Array<T>) -> Result<Array<T>>,
) -> Result<Prepared, Failure> {
    let x = setup.operands.shaped(&setup.values[0], &[setup.cell.n / TIMES], 0)?;
    fresh(setup, theirs, x.into(), call)
}

/// How often.
const TIMES: usize = 4;

/// A function of two arrays, each of half of the elements.
fn of_halves<T: Sample>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    call: fn([&Array<T>; 2]) -> Result<Array<T>>,
) -> Result<Prepared, Failure> {
    let half = |position| setup.operands.shaped(&setup.values[0], &[setup.cell.n / 2], position);
    fresh(setup, theirs, (half(0)?, half(1)?).into(), move |(x, y)| call([x, y]))
}

/// A function of an array and of another, made of so many elements.
fn with_other<T: Sample, U: Element, R: Results + 'static>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    other: impl Fn(&Array<T>, &mut Rng) -> Result<Array<U>>,
    call: fn(&(Array<T>, Array<U>)) -> Result<R>,
) -> Result<Prepared, Failure> {
    let x = setup.operand::<T>(0)?;
    let y = other(&x.array, &mut Rng::with_seed(9))?;
    fresh(setup, theirs, (x, Operand { object: y.to_py()?, array: y }).into(), call)
}

/// As many random positions as there are elements.
fn positions<T: Element>(x: &Array<T>, rng: &mut Rng) -> Result<Array<i64>> {
    let n = x.shape()[0] as i64;
    from_fn([x.len()], |_| rng.i64(0..n))
}

/// One number written where a mask is true, into an array that is there.
fn masked_in_place<T: Sample>(setup: &Setup<'_>) -> Result<Prepared, Failure> {
    let mask = setup.operand::<bool>(1)?;
    let value = scalar(T::ONE);
    let (out, theirs) = <Array<T> as Outputs>::make(setup, mask.array.shape())?;
    let mut inputs = Inputs::from((mask, Operand { object: value.to_py()?, array: value }));
    inputs.named.extend(theirs);
    let call = |(mask, value): &(Array<bool>, Array<T>), out: &mut Array<T>| out.assign(s![mask], value);
    into(setup, Theirs::same("ndarray", "out[x] = y"), inputs, out, call)
}

/// An array, the positions that sort each lane along an axis, and that axis: the last, or the layout's.
#[allow(clippy::type_complexity, reason = "named nowhere else")]
fn lanes<T: Sample + Sortable>(
    setup: &Setup<'_>,
) -> Result<(Inputs<(Array<T>, Array<i64>)>, isize), Failure> {
    let axis = if setup.cell.layout == Axis0 { 0 } else { -1 };
    let x = setup.operand::<T>(0)?;
    let at = ours::argsort(&x.array, axis)?;
    Ok((Inputs::from((x, Operand { object: at.to_py()?, array: at })), axis))
}

/// The elements at positions of their own in each lane.
fn taken_along<T: Sample + Sortable>(setup: &Setup<'_>) -> Result<Prepared, Failure> {
    let (inputs, axis) = lanes::<T>(setup)?;
    let theirs = format!("f(x, y, {axis})");
    fresh(setup, Theirs::same("take_along_axis", &theirs), inputs, move |(x, at)| {
        ours::take_along_axis(x, at, axis)
    })
}

/// Elements written to positions of their own in each lane of an array that is there.
fn put_along<T: Sample + Sortable>(setup: &Setup<'_>) -> Result<Prepared, Failure> {
    let (mut inputs, axis) = lanes::<T>(setup)?;
    let (out, theirs) = <Array<T> as Outputs>::make(setup, inputs.ours.0.shape())?;
    inputs.named.extend(theirs);
    let call =
        move |(x, at): &(Array<T>, Array<i64>), out: &mut Array<T>| ours::put_along_axis(out, at, x, axis);
    into(setup, Theirs::same("put_along_axis", &format!("f(out, y, x, {axis})")), inputs, out, call)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    // As many distinct numbers as the dtype has, so that no two are likely to be the same.
    line!(cases, "sort", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided, Axis0, Axis1], false, LARGE,
          |setup, T| along::<T, _>(setup, Theirs::same("sort", "f(x, AXIS)"), |x, axis| ours::sort(x, axis)));
    // Of equal elements, which NumPy does not keep in order, either may come first.
    line!(cases, "argsort", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided, Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        Theirs {
            function: "argsort",
            text: "f(x, AXIS)",
            check: Some("np.array_equal(*(np.take_along_axis(x, i, AXIS) for i in (a, b)))"),
        },
        |x, axis| ours::argsort(x, axis),
    ));
    line!(cases, "unique", Arrays, [f32 f64 i32 i64], &[values::COUNTS], &[Strided], false, LARGE,
          |setup, T| of_one::<T, _>(setup, Theirs::same("unique", "f(x)"), |x| ours::unique(x)));
    line!(cases, "searchsorted", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided], false, LARGE,
    |setup, T| with_other::<T, T, _>(
        setup,
        Theirs::same("searchsorted", "f(y, x)"),
        |x, _| ours::sort(x, ..),
        |(x, sorted)| ours::searchsorted(sorted, x, Side::Left),
    ));
    line!(cases, "take", Arrays, [f32 f64 i32 i64], &[values::ANY], &[Strided], false, LARGE,
          |setup, T| with_other::<T, i64, _>(setup, Theirs::same("take", "f(x, y)"), positions, |(x, at)| ours::take(x, at, ..)));
    line!(cases, "mask", Arrays, [f32 f64 i32 i64], &[values::ANY, values::TRUTH], &[Strided], false, LARGE,
          |setup, T| of_two::<T, bool, _>(setup, Theirs::same("ndarray", "x[y]"), |(x, mask)| x.slice(s![mask])));
    line!(cases, "concat", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| of_halves::<T>(setup, Theirs::same("concatenate", "f((x, y))"), |halves| ours::concat(&halves, 0)));
    line!(cases, "transpose_copy", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
    |setup, T| {
        let x = setup.operands.shaped(&setup.values[0], &[side(setup.cell.n); 2], 0)?;
        fresh(setup, Theirs::same("ndarray", "x.T.copy()"), x.into(), |x: &Array<T>| Ok(x.t().copy()))
    });
    line!(cases, "tile", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| repeated::<T>(setup, Theirs::same("tile", "f(x, 4)"), |x| ours::tile(x, TIMES)));
    line!(cases, "roll", Arrays, [f32 f64 i32 i64], &[values::ANY], &[Strided, Axis0, Axis1], false, LARGE,
          |setup, T| along::<T, _>(setup, Theirs::same("roll", "f(x, 7, AXIS)"), |x, axis| ours::roll(x, 7, axis)));
    line!(cases, "where", Arrays, [f32 f64 i32 i64], &[values::TRUTH, values::ANY, values::ANY],
    &[Strided, Row, Transposed], false, LARGE,
    |setup, T| {
        let condition = Inputs::from(setup.operand::<bool>(0)?);
        let others = Inputs::from((setup.operand::<T>(1)?, setup.operand::<T>(2)?));
        let inputs = Inputs {
            ours: (condition.ours, others.ours),
            bytes: condition.bytes + others.bytes,
            named: [("c", condition.named[0].1.clone())].into_iter().chain(others.named).collect(),
        };
        fresh(setup, Theirs::same("where", "f(c, x, y)"), inputs, |(condition, (x, y))| {
            ours::where_(condition, x, y)
        })
    });

    line!(cases, "partition", MoreArrays, [f32 f64 i32 i64], &[values::BITS], &[Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        Theirs {
            function: "partition",
            text: "f(x, 2, AXIS)",
            check: Some("np.array_equal(np.sort(a, AXIS), np.sort(b, AXIS)) \
                         and np.array_equal(np.take(a, 2, AXIS), np.take(b, 2, AXIS))"),
        },
        |x, axis| ours::partition(x, 2, axis),
    ));
    line!(cases, "isin", MoreArrays, [f32 f64 i32 i64], &[values::COUNTS], &[], false, LARGE,
    |setup, T| with_other::<T, T, _>(
        setup,
        Theirs::same("isin", "f(x, y)"),
        |x, _| x.slice(s![..1000;2]),
        |(x, some)| ours::isin(x, some),
    ));
    line!(cases, "take_along_axis", MoreArrays, [f32 f64 i32 i64], &[values::BITS], &[Axis0, Axis1], false, LARGE,
          |setup, T| taken_along::<T>(setup));
    // Always in place: there is no other way to call them.
    line!(cases, "put_along_axis", MoreArrays, [f32 f64 i32 i64], &[values::BITS], &[Axis0, Axis1], false, LARGE,
          |setup, T| put_along::<T>(setup));
    line!(cases, "mask_assign", MoreArrays, [f32 f64 i32 i64], &[values::ANY, values::TRUTH], &[], false, LARGE,
          |setup, T| masked_in_place::<T>(setup));
    line!(cases, "repeat", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| repeated::<T>(setup, Theirs::same("repeat", "f(x, 4)"), |x| ours::repeat(x, TIMES, ..)));
    line!(cases, "flip_copy", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        Theirs::same("flip", "f(x, AXIS).copy()"),
        |x, axis| Ok(ours::flip(x, axis)?.copy()),
    ));
    line!(cases, "stack", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| of_halves::<T>(setup, Theirs::same("stack", "f((x, y), -1)"), |halves| ours::stack(&halves, -1)));
    line!(cases, "pad", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[Axis1], false, LARGE,
    |setup, T| of_one::<T, _>(
        setup,
        Theirs::same("pad", "f(x, 2)"),
        |x| ours::pad(x, 2, PadMode::Constant(<T as Element>::ZERO)),
    ));
    line!(cases, "nonzero", MoreArrays, [f32 f64 i32 i64], &[values::TRUTH], &[Axis1], false, LARGE,
    |setup, T| of_one::<T, _>(
        setup,
        Theirs { function: "nonzero", text: "f(x)", check: Some("all(map(np.array_equal, a, b))") },
        |x| Ok(ours::nonzero(x)),
    ));
    line!(cases, "argwhere", MoreArrays, [f32 f64 i32 i64], &[values::TRUTH], &[Axis1], false, LARGE,
          |setup, T| of_one::<T, _>(setup, Theirs::same("argwhere", "f(x)"), |x| Ok(ours::argwhere(x))));
    // What a view costs does not depend on the elements.
    line!(cases, "slice", MoreArrays, [f64], &[values::ANY], &[], false, 10, |setup, T| of_one::<T, _>(
        setup,
        Theirs::same("ndarray", "x[2:-2]"),
        |x| x.slice(s![2..-2]),
    ));
    line!(cases, "reshape", MoreArrays, [f64], &[values::ANY], &[], false, 10, |setup, T| of_one::<T, _>(
        setup,
        Theirs::same("ndarray", "x.reshape((5, 2))"),
        |x| x.reshape([5, 2])
    ));
    cases
}
