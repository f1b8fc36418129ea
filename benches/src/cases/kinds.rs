//! What functions of one shape have in common, and the macros that make cases of lines of a table.

use numpypy::foreign::builtin;
use numpypy::{Array, Element, Result, ToPy};

use super::call::{Inputs, Outputs, Results, Theirs, fresh, ufunc};
use super::{Prepared, Setup};
use crate::Failure;
use crate::record::Layout;
use crate::values::Sample;

/// A ufunc of one argument.
pub(super) fn unary<T: Sample, R: Outputs>(
    setup: &Setup<'_>,
    new: fn(&Array<T>) -> Result<R>,
    out: fn(&Array<T>, &mut R) -> Result<()>,
) -> Result<Prepared, Failure> {
    ufunc(setup, setup.operand(0)?.into(), new, out)
}

/// A ufunc of two arguments.
pub(super) fn binary<T: Sample, U: Sample, R: Outputs>(
    setup: &Setup<'_>,
    new: fn(&(Array<T>, Array<U>)) -> Result<R>,
    out: fn(&(Array<T>, Array<U>), &mut R) -> Result<()>,
) -> Result<Prepared, Failure> {
    ufunc(setup, (setup.operand(0)?, setup.operand(1)?).into(), new, out)
}

/// A ufunc of two arguments, of which the second may be a plain number.
pub(super) fn binary_or_scalar<T: Sample, U: Sample, R: Outputs>(
    setup: &Setup<'_>,
    new: fn(&(Array<T>, Array<U>)) -> Result<R>,
    out: fn(&(Array<T>, Array<U>), &mut R) -> Result<()>,
    scalar: fn(&(Array<T>, U), &mut R) -> Result<()>,
) -> Result<Prepared, Failure> {
    if setup.cell.layout != Layout::Scalar {
        return binary(setup, new, out);
    }
    let (x, y) = (setup.operand::<T>(0)?, setup.operand::<U>(1)?);
    // A plain number of Python's.
    let number = y.object.call_method("__getitem__", (0,))?.call_method("item", ())?;
    let x = Inputs::from(x);
    let named = x.named.into_iter().chain([("y", number)]).collect();
    let inputs = Inputs { ours: (x.ours, y.array.to_vec()[0]), named, bytes: x.bytes };
    ufunc(setup, inputs, |_| unreachable!("plain numbers go into `out` only"), scalar)
}

/// A ufunc of one array and two numbers.
pub(super) fn between<T: Sample>(
    setup: &Setup<'_>,
    limits: [T; 2],
    new: fn(&(Array<T>, [T; 2])) -> Result<Array<T>>,
    out: fn(&(Array<T>, [T; 2]), &mut Array<T>) -> Result<()>,
) -> Result<Prepared, Failure> {
    let Inputs { ours, mut named, bytes } = Inputs::from(setup.operand::<T>(0)?);
    for (name, limit) in [("low", limits[0]), ("high", limits[1])] {
        let number = if T::DTYPE.name().starts_with("float") { "float" } else { "int" };
        named.push((name, builtin(number)?.call((format!("{limit:?}"),))?));
    }
    ufunc(setup, Inputs { ours: (ours, limits), named, bytes }, new, out)
}

/// Any function of one array, always with fresh results.
pub(super) fn of_one<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    call: fn(&Array<T>) -> Result<R>,
) -> Result<Prepared, Failure> {
    fresh(setup, theirs, setup.operand(0)?.into(), call)
}

/// Any function of one array, called by NumPy with another argument that has a name of its own.
pub(super) fn of_one_and<T: Sample, U: Element, R: Results + 'static>(
    setup: &Setup<'_>,
    text: &str,
    (name, argument): (&'static str, Array<U>),
    call: impl Fn(&Array<T>) -> Result<R> + Send + 'static,
) -> Result<Prepared, Failure> {
    let mut inputs = Inputs::from(setup.operand(0)?);
    inputs.named.push((name, argument.to_py()?));
    fresh(setup, setup.theirs(text), inputs, call)
}

/// Any function of two arrays, likewise.
pub(super) fn of_two<T: Sample, U: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    theirs: Theirs<'_>,
    call: fn(&(Array<T>, Array<U>)) -> Result<R>,
) -> Result<Prepared, Failure> {
    fresh(setup, theirs, (setup.operand(0)?, setup.operand(1)?).into(), call)
}

/// A function of one array along an axis, `AXIS` in NumPy's call and in what is checked.
pub(super) fn along_axis<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    Theirs { function, text, check }: Theirs<'_>,
    axis: isize,
    call: fn(&Array<T>, isize) -> Result<R>,
) -> Result<Prepared, Failure> {
    let filled = |text: &str| text.replace("AXIS", &axis.to_string());
    let (text, check) = (filled(text), check.map(filled));
    let theirs = Theirs { function, text: &text, check: check.as_deref() };
    fresh(setup, theirs, setup.operand(0)?.into(), move |x| call(x, axis))
}

/// A function of one array along all of it or an axis.
pub(super) fn along<T: Sample, R: Results + 'static>(
    setup: &Setup<'_>,
    whole: (&str, fn(&Array<T>) -> Result<R>),
    axis: (&str, fn(&Array<T>, isize) -> Result<R>),
) -> Result<Prepared, Failure> {
    let (text, call) = axis;
    match setup.cell.layout {
        Layout::Axis0 => along_axis(setup, setup.theirs(text), 0, call),
        Layout::Axis1 => along_axis(setup, setup.theirs(text), 1, call),
        _ => of_one(setup, setup.theirs(whole.0), whole.1),
    }
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

/// Lines of functions of one array along all of it or an axis: name, dtypes, numbers; how NumPy and we are
/// called for all elements, and along an axis.
macro_rules! lines_along {
    ($cases:ident, $family:ident, $layouts:expr;
     $($name:expr, $($type:ident)*, $values:ident, $text:literal |$x:ident| $whole:expr,
       $along:literal |$y:ident, $axis:ident| $part:expr;)*) => {$(
        line!($cases, $name, $family, [$($type)*], &[$crate::values::$values], $layouts, false, $crate::plan::LARGE,
              |setup, T| $crate::cases::kinds::along::<T, _>(setup, ($text, |$x| $whole), ($along, |$y, $axis| $part)));
    )*};
}

pub(super) use {line, lines_along};
