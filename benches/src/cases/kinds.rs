//! What functions of one shape have in common: their operands, and how both sides call them.
//!
//! Each `fn` here prepares a cell; the macro makes cases of a line of a table.

#![allow(clippy::type_complexity, reason = "what a function takes is written out where it is taken")]

use std::hint::black_box;

use numpypy::foreign::{Object, builtin};
use numpypy::{Array, Element, Result, ToPy, zeros};

use super::{Prepared, Setup};
use crate::Failure;
use crate::clock::Contender;
use crate::operands::Operand;
use crate::record::Layout;
use crate::values::Sample;

/// A result, or several.
pub(super) trait Results {
    /// Bytes that it takes to write them.
    fn bytes(&self) -> usize;
}

impl<T: Element> Results for Array<T> {
    fn bytes(&self) -> usize {
        self.len() * size_of::<T>()
    }
}

impl<A: Results, B: Results> Results for (A, B) {
    fn bytes(&self) -> usize {
        self.0.bytes() + self.1.bytes()
    }
}

impl<A: Results> Results for Vec<A> {
    fn bytes(&self) -> usize {
        self.iter().map(Results::bytes).sum()
    }
}

/// How NumPy is called: its function, the text in which that is `f`, and what else the text names.
type Theirs<'a> = (&'a str, &'a str, Vec<(&'a str, Object)>);

/// A call with fresh results.
pub(super) fn fresh<R: Results>(
    setup: &Setup<'_>,
    read: usize,
    (function, text, named): Theirs<'_>,
    mut call: impl FnMut() -> Result<R> + Send + 'static,
) -> Result<Prepared, Failure> {
    // Once before the time is taken, so that an error is one and no panic.
    let bytes = read + call()?.bytes();
    let theirs = setup.python.contender(function, text, &named)?;
    let ours = Contender::new("ours", move || drop(black_box(call().expect("it succeeded before"))));
    Ok(Prepared { ours, theirs, bytes })
}

/// A call into arrays that are there.
pub(super) fn into(
    setup: &Setup<'_>,
    bytes: usize,
    (function, text, named): Theirs<'_>,
    mut call: impl FnMut() -> Result<()> + Send + 'static,
) -> Result<Prepared, Failure> {
    call()?;
    let theirs = setup.python.contender(function, text, &named)?;
    let ours = Contender::new("ours", move || call().expect("it succeeded before"));
    Ok(Prepared { ours, theirs, bytes })
}

/// A ufunc of one argument.
pub(super) fn unary<T: Sample, R: Element>(
    setup: &Setup<'_>,
    new: fn(&Array<T>) -> Result<Array<R>>,
    out: fn(&Array<T>, &mut Array<R>) -> Result<()>,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), ("x", x.object));
    let x = x.array;
    if setup.cell.fresh {
        return fresh(setup, read, (&setup.cell.function, "f(x)", vec![named]), move || new(&x));
    }
    let theirs = setup.result::<R>(x.shape(), 0)?;
    let mut result: Array<R> = zeros(x.shape())?;
    let bytes = read + result.bytes();
    into(setup, bytes, (&setup.cell.function, "f(x, out)", vec![named, ("out", theirs)]), move || {
        out(&x, &mut result)
    })
}

/// A ufunc of one argument with two results.
pub(super) fn unary_two<T: Sample, R: Element, S: Element>(
    setup: &Setup<'_>,
    new: fn(&Array<T>) -> Result<(Array<R>, Array<S>)>,
    out: fn(&Array<T>, (&mut Array<R>, &mut Array<S>)) -> Result<()>,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), ("x", x.object));
    let x = x.array;
    if setup.cell.fresh {
        return fresh(setup, read, (&setup.cell.function, "f(x)", vec![named]), move || new(&x));
    }
    let theirs = [setup.result::<R>(x.shape(), 0)?, setup.result::<S>(x.shape(), 1)?];
    let [first, second] = theirs;
    let (mut r, mut s): (Array<R>, Array<S>) = (zeros(x.shape())?, zeros(x.shape())?);
    let bytes = read + r.bytes() + s.bytes();
    let named = vec![named, ("y", first), ("z", second)];
    into(setup, bytes, (&setup.cell.function, "f(x, y, z)", named), move || out(&x, (&mut r, &mut s)))
}

/// A ufunc of two arguments.
pub(super) fn binary<T: Sample, U: Sample, R: Element>(
    setup: &Setup<'_>,
    new: fn(&Array<T>, &Array<U>) -> Result<Array<R>>,
    out: fn(&Array<T>, &Array<U>, &mut Array<R>) -> Result<()>,
    scalar: fn(&Array<T>, U, &mut Array<R>) -> Result<()>,
) -> Result<Prepared, Failure> {
    let (x, y): (Operand<T>, Operand<U>) = (setup.operand(0)?, setup.operand(1)?);
    let (read_x, read_y) = (x.bytes(), y.bytes());
    let named = vec![("x", x.object), ("y", y.object)];
    let (x, y) = (x.array, y.array);
    if setup.cell.fresh {
        return fresh(setup, read_x + read_y, (&setup.cell.function, "f(x, y)", named), move || new(&x, &y));
    }
    let theirs = ("out", setup.result::<R>(x.shape(), 0)?);
    let mut result: Array<R> = zeros(x.shape())?;
    let written = result.bytes();
    if setup.cell.layout == Layout::Scalar {
        // A plain number of Python's.
        let number = named[1].1.call_method("__getitem__", (0,))?.call_method("item", ())?;
        let (one, named) = (y.to_vec()[0], vec![named[0].clone(), ("y", number), theirs]);
        let call = move || scalar(&x, one, &mut result);
        return into(setup, read_x + written, (&setup.cell.function, "f(x, y, out)", named), call);
    }
    let named = named.into_iter().chain([theirs]).collect();
    let call = move || out(&x, &y, &mut result);
    into(setup, read_x + read_y + written, (&setup.cell.function, "f(x, y, out)", named), call)
}

/// A ufunc of two arguments of one dtype with two results.
pub(super) fn binary_two<T: Sample, R: Element, S: Element>(
    setup: &Setup<'_>,
    new: fn(&Array<T>, &Array<T>) -> Result<(Array<R>, Array<S>)>,
    out: fn(&Array<T>, &Array<T>, (&mut Array<R>, &mut Array<S>)) -> Result<()>,
) -> Result<Prepared, Failure> {
    let (x, y): (Operand<T>, Operand<T>) = (setup.operand(0)?, setup.operand(1)?);
    let read = x.bytes() + y.bytes();
    let named = vec![("x", x.object), ("y", y.object)];
    let (x, y) = (x.array, y.array);
    if setup.cell.fresh {
        return fresh(setup, read, (&setup.cell.function, "f(x, y)", named), move || new(&x, &y));
    }
    let theirs = [("r", setup.result::<R>(x.shape(), 0)?), ("s", setup.result::<S>(x.shape(), 1)?)];
    let (mut r, mut s): (Array<R>, Array<S>) = (zeros(x.shape())?, zeros(x.shape())?);
    let bytes = read + r.bytes() + s.bytes();
    let named = named.into_iter().chain(theirs).collect();
    into(setup, bytes, (&setup.cell.function, "f(x, y, r, s)", named), move || out(&x, &y, (&mut r, &mut s)))
}

/// A ufunc of one array and two numbers.
pub(super) fn between<T: Sample>(
    setup: &Setup<'_>,
    limits: [T; 2],
    new: fn(&Array<T>, [T; 2]) -> Result<Array<T>>,
    out: fn(&Array<T>, [T; 2], &mut Array<T>) -> Result<()>,
) -> Result<Prepared, Failure> {
    let x = setup.operand::<T>(0)?;
    let (read, mut named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    for (name, limit) in [("low", limits[0]), ("high", limits[1])] {
        let number = if T::DTYPE.name().starts_with("float") { "float" } else { "int" };
        named.push((name, builtin(number)?.call((format!("{limit:?}"),))?));
    }
    if setup.cell.fresh {
        return fresh(setup, read, (&setup.cell.function, "f(x, low, high)", named), move || new(&x, limits));
    }
    named.push(("out", setup.result::<T>(x.shape(), 0)?));
    let mut result: Array<T> = zeros(x.shape())?;
    let bytes = read + result.bytes();
    into(setup, bytes, (&setup.cell.function, "f(x, low, high, out)", named), move || {
        out(&x, limits, &mut result)
    })
}

/// Any function of one array, always with fresh results, called by NumPy as in `text`.
pub(super) fn of_one<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    text: &str,
    call: fn(&Array<T>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    fresh(setup, read, (&setup.cell.function, text, named), move || call(&x))
}

/// Any function of one array, called by NumPy with another argument that has a name of its own.
pub(super) fn of_one_and<T: Sample, U: Element, R: Results + 'static>(
    setup: &Setup<'_>,
    text: &str,
    (name, argument): (&str, Array<U>),
    mut call: impl FnMut(&Array<T>) -> Result<R> + Send + 'static,
) -> Result<Prepared, Failure> {
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object), (name, argument.to_py()?)]);
    let x = x.array;
    fresh(setup, read, (&setup.cell.function, text, named), move || call(&x))
}

/// Any function of two arrays, likewise.
pub(super) fn of_two<T: Sample, U: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    text: &str,
    call: fn(&Array<T>, &Array<U>) -> Result<R>,
) -> Result<Prepared, Failure> {
    let (x, y): (Operand<T>, Operand<U>) = (setup.operand(0)?, setup.operand(1)?);
    let (read, named) = (x.bytes() + y.bytes(), vec![("x", x.object), ("y", y.object)]);
    let (x, y) = (x.array, y.array);
    fresh(setup, read, (&setup.cell.function, text, named), move || call(&x, &y))
}

/// A function of one array along all of it or an axis.
pub(super) fn along<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    whole: (&str, fn(&Array<T>) -> Result<R>),
    axis: (&str, fn(&Array<T>, isize) -> Result<R>),
) -> Result<Prepared, Failure> {
    let chosen = match setup.cell.layout {
        Layout::Axis0 => 0,
        Layout::Axis1 => 1,
        _ => return of_one(setup, whole.0, whole.1),
    };
    let (text, call) = axis;
    let x: Operand<T> = setup.operand(0)?;
    let (read, named) = (x.bytes(), vec![("x", x.object)]);
    let x = x.array;
    fresh(setup, read, (&setup.cell.function, &text.replace("AXIS", &chosen.to_string()), named), move || {
        call(&x, chosen)
    })
}

/// The cases of a line: one for each dtype.
///
/// `$T` in `$prepare` is that dtype.
macro_rules! line {
    ($cases:ident, $name:expr, $family:ident, [$($type:ident)*], $values:expr, $layouts:expr, $out:expr, $most:expr,
     |$setup:ident, $T:ident| $prepare:expr) => {$(
        $cases.push($crate::cases::Case {
            function: $name,
            dtype: <$type as numpypy::Element>::DTYPE.name(),
            family: $crate::record::Family::$family,
            values: $values,
            layouts: $layouts,
            out: $out,
            most: $most,
            prepare: {
                #[allow(non_camel_case_types, dead_code, reason = "a table's line may not need it")]
                type $T = $type;
                |$setup| $prepare
            },
        });
    )*};
}

pub(super) use line;
