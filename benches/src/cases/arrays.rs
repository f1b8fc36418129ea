//! Functions that move, sort and find elements, and compute nothing.
//!
//! Their results must be NumPy's, bit for bit: that is looked at before any time is taken.

#![allow(clippy::redundant_closure, reason = "all lines of a table have one form")]

use fastrand::Rng;
use numpypy::{Array, Element, PadMode, Result, Side, ToPy, from_fn, s, scalar, zeros};

use super::kinds::{Results, fresh, into, line};
use super::{Case, Prepared, Setup};
use crate::operands::{Operand, side};
use crate::plan::LARGE;
use crate::record::Layout::{Axis0, Axis1, Row, Strided, Transposed};
use crate::values::{self, Sample};
use crate::{Failure, ours};

/// What both sides are called with.
type Named = Vec<(&'static str, numpypy::foreign::Object)>;

/// Whether two results are the same.
const SAME: &str = "a.dtype == b.dtype and np.array_equal(a, b)";

/// How NumPy is called, and what its result has in common with ours.
struct Theirs<'a> {
    /// The function, `f` in the text.
    f: &'a str,
    text: &'a str,
    named: Named,
    /// In which ours is `a` and NumPy's `b`.
    check: &'a str,
}

impl<'a> Theirs<'a> {
    fn new(f: &'a str, text: &'a str, named: Named) -> Self {
        Theirs { f, text, named, check: SAME }
    }
}

/// A call with a fresh result, which is compared first.
fn checked<R: Results + ToPy>(
    setup: &Setup<'_>,
    read: usize,
    theirs: Theirs<'_>,
    call: impl Fn() -> Result<R> + Send + 'static,
) -> Result<Prepared, Failure> {
    let Theirs { f, text, named, check } = theirs;
    setup.python.compare(f, text, &named, check, &call()?.to_py()?)?;
    fresh(setup, read, (f, text, named), call)
}

/// A function of one array.
fn of_one<T: Sample, R: Results + ToPy + 'static>(
    setup: &Setup<'_>,
    (f, text, check): (&str, &str, &str),
    call: fn(&Array<T>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    checked(setup, read, Theirs { f, text, named, check }, move || call(&x))
}

/// A function of one array along an axis: the last, or that of the layout.
fn along<T: Sample, R: Results + ToPy + 'static>(
    setup: &Setup<'_>,
    (f, text, check): (&str, &str, &str),
    call: fn(&Array<T>, isize) -> Result<R>,
) -> Result<Prepared, Failure> {
    let axis = if setup.cell.layout == Axis0 { 0 } else { -1 };
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    let (text, check) =
        (&*text.replace("AXIS", &axis.to_string()), &*check.replace("AXIS", &axis.to_string()));
    checked(setup, read, Theirs { f, text, named, check }, move || call(&x, axis))
}

/// A function of as many elements as are to come out of it so many times.
fn repeated<T: Sample>(
    setup: &Setup<'_>,
    (f, text): (&str, &str),
    call: fn(&Array<T>) -> Result<Array<T>>,
) -> Result<Prepared, Failure> {
    let x = setup.operands.shaped::<T>(&setup.values[0], &[setup.cell.n / TIMES], 0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    checked(setup, read, Theirs::new(f, text, named), move || call(&x))
}

/// How often.
const TIMES: usize = 4;

/// A function of two arrays, each of half of the elements.
fn of_halves<T: Sample>(
    setup: &Setup<'_>,
    (f, text): (&str, &str),
    call: fn([&Array<T>; 2]) -> Result<Array<T>>,
) -> Result<Prepared, Failure> {
    let half = |position| setup.operands.shaped::<T>(&setup.values[0], &[setup.cell.n / 2], position);
    let (x, y) = (half(0)?, half(1)?);
    let (read, named) = (x.bytes() + y.bytes(), vec![("x", x.object), ("y", y.object)]);
    let (x, y) = (x.array, y.array);
    checked(setup, read, Theirs::new(f, text, named), move || call([&x, &y]))
}

/// A function of an array and of another, made of so many elements.
fn with_other<T: Sample, U: Element, R: Results + ToPy + 'static>(
    setup: &Setup<'_>,
    (f, text): (&str, &str),
    other: impl Fn(&Array<T>, &mut Rng) -> Result<Array<U>>,
    call: fn(&Array<T>, &Array<U>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let y = other(&x.array, &mut Rng::with_seed(9))?;
    let read = x.bytes() + y.bytes();
    let named = vec![("x", x.object), ("y", y.to_py()?)];
    let x = x.array;
    checked(setup, read, Theirs::new(f, text, named), move || call(&x, &y))
}

/// As many random positions as there are elements.
fn positions<T: Element>(x: &Array<T>, rng: &mut Rng) -> Result<Array<i64>> {
    let n = x.shape()[0] as i64;
    from_fn([x.len()], |_| rng.i64(0..n))
}

/// An array and a mask.
fn masked<T: Sample, R: Results + ToPy + 'static>(
    setup: &Setup<'_>,
    call: fn(&Array<T>, &Array<bool>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let (x, y): (Operand<T>, Operand<bool>) = (setup.operand(0)?, setup.operand(1)?);
    let (read, named) = (x.bytes() + y.bytes(), vec![("x", x.object), ("y", y.object)]);
    let (x, y) = (x.array, y.array);
    checked(setup, read, Theirs::new("ndarray", "x[y]", named), move || call(&x, &y))
}

/// One number written where a mask is true, into an array that is there.
fn masked_in_place<T: Sample + Default>(setup: &Setup<'_>) -> Result<Prepared, Failure> {
    let mask = setup.operand::<bool>(1)?;
    let named = vec![
        ("x", setup.result::<T>(mask.array.shape(), 0)?),
        ("y", mask.object.clone()),
        ("value", scalar(T::ONE).to_py()?),
    ];
    let (mut x, mask, value): (Array<T>, _, _) = (zeros(mask.array.shape())?, mask.array, scalar(T::ONE));
    let bytes = x.bytes() + mask.bytes();
    let call = move || x.assign(s![&mask], &value);
    into(setup, bytes, ("ndarray", "x[y] = value", named), call)
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    // As many distinct numbers as the dtype has, so that no two are likely to be the same.
    line!(cases, "sort", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided, Axis0, Axis1], false, LARGE,
          |setup, T| along::<T, _>(setup, ("sort", "f(x, AXIS)", SAME), |x, axis| ours::sort(x, axis)));
    // Of equal elements, which NumPy does not keep in order, either may come first.
    line!(cases, "argsort", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided, Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        ("argsort", "f(x, AXIS)", "np.array_equal(*(np.take_along_axis(x, i, AXIS) for i in (a, b)))"),
        |x, axis| ours::argsort(x, axis),
    ));
    line!(cases, "unique", Arrays, [f32 f64 i32 i64], &[values::COUNTS], &[Strided], false, LARGE,
          |setup, T| of_one::<T, _>(setup, ("unique", "f(x)", SAME), |x| ours::unique(x)));
    line!(cases, "searchsorted", Arrays, [f32 f64 i32 i64], &[values::BITS], &[Strided], false, LARGE,
    |setup, T| with_other::<T, T, _>(
        setup,
        ("searchsorted", "f(y, x)"),
        |x, _| ours::sort(x, ..),
        |x, sorted| ours::searchsorted(sorted, x, Side::Left),
    ));
    line!(cases, "take", Arrays, [f32 f64 i32 i64], &[values::ANY], &[Strided], false, LARGE,
          |setup, T| with_other::<T, i64, _>(setup, ("take", "f(x, y)"), positions, |x, at| ours::take(x, at, ..)));
    line!(cases, "mask", Arrays, [f32 f64 i32 i64], &[values::ANY, values::TRUTH], &[Strided], false, LARGE,
          |setup, T| masked::<T, _>(setup, |x, mask| x.slice(s![mask])));
    line!(cases, "concat", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| of_halves::<T>(setup, ("concatenate", "f((x, y))"), |halves| ours::concat(&halves, 0)));
    line!(cases, "transpose_copy", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
    |setup, T| {
        let (n, matrix) = (setup.cell.n, side(setup.cell.n));
        debug_assert!(matrix * matrix <= n);
        let x = setup.operands.shaped::<T>(&setup.values[0], &[matrix, matrix], 0)?;
        let (read, named) = (x.bytes(), vec![("x", x.object)]);
        let x = x.array;
        checked(setup, read, Theirs::new("ndarray", "x.T.copy()", named), move || Ok(x.t().copy()))
    });
    line!(cases, "tile", Arrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| repeated::<T>(setup, ("tile", "f(x, 4)"), |x| ours::tile(x, TIMES)));
    line!(cases, "roll", Arrays, [f32 f64 i32 i64], &[values::ANY], &[Strided, Axis0, Axis1], false, LARGE,
          |setup, T| along::<T, _>(setup, ("roll", "f(x, 7, AXIS)", SAME), |x, axis| ours::roll(x, 7, axis)));
    line!(cases, "where", Arrays, [f32 f64 i32 i64], &[values::TRUTH, values::ANY, values::ANY],
    &[Strided, Row, Transposed], false, LARGE,
    |setup, T| {
        let (condition, x, y) =
            (setup.operand::<bool>(0)?, setup.operand::<T>(1)?, setup.operand::<T>(2)?);
        let read = condition.bytes() + x.bytes() + y.bytes();
        let named = vec![("c", condition.object), ("x", x.object), ("y", y.object)];
        let (condition, x, y) = (condition.array, x.array, y.array);
        let theirs = Theirs::new("where", "f(c, x, y)", named);
        checked(setup, read, theirs, move || ours::where_(&condition, &x, &y))
    });

    line!(cases, "partition", MoreArrays, [f32 f64 i32 i64], &[values::BITS], &[Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        ("partition", "f(x, 2, AXIS)", "np.array_equal(np.sort(a, AXIS), np.sort(b, AXIS)) \
          and np.array_equal(np.take(a, 2, AXIS), np.take(b, 2, AXIS))"),
        |x, axis| ours::partition(x, 2, axis),
    ));
    line!(cases, "isin", MoreArrays, [f32 f64 i32 i64], &[values::COUNTS], &[], false, LARGE,
    |setup, T| with_other::<T, T, _>(
        setup,
        ("isin", "f(x, y)"),
        |x, _| x.slice(s![..1000;2]),
        |x, some| ours::isin(x, some),
    ));
    // Always in place: there is no other way to call it.
    line!(cases, "mask_assign", MoreArrays, [f32 f64 i32 i64], &[values::ANY, values::TRUTH], &[], false, LARGE,
          |setup, T| masked_in_place::<T>(setup));
    line!(cases, "repeat", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| repeated::<T>(setup, ("repeat", "f(x, 4)"), |x| ours::repeat(x, TIMES, ..)));
    line!(cases, "flip_copy", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[Axis0, Axis1], false, LARGE,
    |setup, T| along::<T, _>(
        setup,
        ("flip", "f(x, AXIS).copy()", SAME),
        |x, axis| Ok(ours::flip(x, axis)?.copy()),
    ));
    line!(cases, "stack", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[], false, LARGE,
          |setup, T| of_halves::<T>(setup, ("stack", "f((x, y), -1)"), |halves| ours::stack(&halves, -1)));
    line!(cases, "pad", MoreArrays, [f32 f64 i32 i64], &[values::ANY], &[Axis1], false, LARGE,
    |setup, T| of_one::<T, _>(
        setup,
        ("pad", "f(x, 2)", SAME),
        |x| ours::pad(x, 2, PadMode::Constant(<T as Element>::ZERO)),
    ));
    line!(cases, "nonzero", MoreArrays, [f32 f64 i32 i64], &[values::TRUTH], &[Axis1], false, LARGE,
    |setup, T| of_one::<T, _>(
        setup,
        ("nonzero", "f(x)", "all(map(np.array_equal, a, b))"),
        |x| Ok(ours::nonzero(x)),
    ));
    line!(cases, "argwhere", MoreArrays, [f32 f64 i32 i64], &[values::TRUTH], &[Axis1], false, LARGE,
          |setup, T| of_one::<T, _>(setup, ("argwhere", "f(x)", SAME), |x| Ok(ours::argwhere(x))));
    // What a view costs does not depend on the elements.
    line!(cases, "slice", MoreArrays, [f64], &[values::ANY], &[], false, 10, |setup, T| of_one::<T, _>(
        setup,
        ("ndarray", "x[2:-2]", SAME),
        |x| x.slice(s![2..-2]),
    ));
    line!(cases, "reshape", MoreArrays, [f64], &[values::ANY], &[], false, 10, |setup, T| of_one::<T, _>(
        setup,
        ("ndarray", "x.reshape((5, 2))", SAME),
        |x| x.reshape([5, 2])
    ));
    cases
}
