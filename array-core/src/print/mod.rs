//! Printing as NumPy prints: `str` and `repr`, to the letter.
//!
//! The elements to be written are copied out first ([`layout::shown_elements`]), so that however
//! large the array, no others are touched. From them each dtype makes one pattern that all are
//! written to ([`Print`]); [`layout`] puts the texts into brackets and lines. The rules are those
//! of NumPy 2.5 with `floatmode="maxprec"` and `sign="-"`, its defaults.
//!
//! One difference: with `edge_items` 0 one element is shown, and NumPy looks at all the others too
//! for its notation and width.

mod digits;
mod float;
mod layout;
mod natural;
mod options;
mod real;
#[cfg(test)]
mod tests;

use std::fmt;

use ndarray::ArrayViewD;
use num_complex::Complex;

pub use options::PrintOptions;

use self::float::Pattern;
use self::layout::{Layout, shown_elements};
use self::real::Real;
use crate::error::Shape;
use crate::{DType, Element};

/// How one element type prints.
pub trait Print: Copy {
    /// How to write the elements of an array of which `items` are shown: all to the same width.
    #[doc(hidden)]
    fn pattern(items: &[Self], options: &PrintOptions) -> impl Fn(Self, &mut String);

    /// The text of one element alone.
    #[doc(hidden)]
    fn scalar(self) -> String;
}

/// `bool`, whose words are aligned at the right.
fn bool_pattern(_: &[bool], _: &PrintOptions) -> impl Fn(bool, &mut String) {
    |item, out| out.push_str(if item { " True" } else { "False" })
}

fn bool_scalar(item: bool) -> String {
    if item { "True" } else { "False" }.to_owned()
}

/// Integers, aligned at the right.
fn integer_pattern<T: Copy + Ord + fmt::Display>(
    items: &[T],
    _: &PrintOptions,
) -> impl Fn(T, &mut String) + use<T> {
    let width = |item: Option<&T>| item.map_or(0, |item| item.to_string().len());
    let width = width(items.iter().min()).max(width(items.iter().max()));
    move |item, out| {
        use fmt::Write;
        write!(out, "{item:width$}").expect("a String takes all text");
    }
}

/// Real numbers, aligned at the point.
fn float_pattern<F: Real>(items: &[F], options: &PrintOptions) -> impl Fn(F, &mut String) + use<F> {
    let pattern = Pattern::new(items.iter().copied(), false, options);
    move |item, out| pattern.write(item, out)
}

/// Complex numbers: the real and the imaginary parts are aligned each for themselves.
fn complex_pattern<F: Real>(
    items: &[Complex<F>],
    options: &PrintOptions,
) -> impl Fn(Complex<F>, &mut String) + use<F> {
    let real = Pattern::new(items.iter().map(|item| item.re), false, options);
    let imaginary = Pattern::new(items.iter().map(|item| item.im), true, options);
    move |item, out| {
        real.write(item.re, out);
        imaginary.write(item.im, out);
        // The unit stands at the number, before the spaces that pad it.
        out.insert(out.trim_end().len(), 'j');
    }
}

fn complex_scalar<F: Real>(item: Complex<F>) -> String {
    if item.re.is_zero() && item.re.is_sign_positive() {
        format!("{}j", float::scalar(item.im, false, false))
    } else {
        format!("({}{}j)", float::scalar(item.re, false, false), float::scalar(item.im, true, false))
    }
}

macro_rules! impl_print {
    ($(($variant:ident, $type:ty, $name:literal, $kind:ident, $zero:expr, $one:expr))*) => {
        $(impl Print for $type {
            fn pattern(items: &[Self], options: &PrintOptions) -> impl Fn(Self, &mut String) {
                impl_print!(@pattern $kind)(items, options)
            }

            fn scalar(self) -> String {
                impl_print!(@scalar $kind, self)
            }
        })*
    };
    (@pattern Bool) => { bool_pattern };
    (@pattern Signed) => { integer_pattern };
    (@pattern Unsigned) => { integer_pattern };
    (@pattern Float) => { float_pattern };
    (@pattern Complex) => { complex_pattern };
    (@scalar Bool, $item:expr) => { bool_scalar($item) };
    (@scalar Signed, $item:expr) => { $item.to_string() };
    (@scalar Unsigned, $item:expr) => { $item.to_string() };
    (@scalar Float, $item:expr) => { float::scalar($item, false, true) };
    (@scalar Complex, $item:expr) => { complex_scalar($item) };
}
crate::for_each_dtype!(impl_print);

/// The array in brackets, each line but the first indented by `indent`, ending at `width`.
fn array_text<T: Element>(
    view: &ArrayViewD<'_, T>,
    options: &PrintOptions,
    separator: &str,
    indent: usize,
    width: isize,
) -> String {
    if view.is_empty() {
        return "[]".to_owned();
    }
    let edge = (view.len() > options.threshold).then_some(options.edge_items);
    let elements = shown_elements(view, edge);
    let pattern = T::pattern(&elements, options);
    let mut elements = elements.iter();
    let mut next = |out: &mut String| pattern(*elements.next().expect("as many as are shown"), out);
    let mut text = String::new();
    let mut layout = Layout { shape: view.shape(), edge, separator, next: &mut next };
    layout.write(0, indent + 1, width, &mut text);
    text
}

/// Writes NumPy's `str(array)`.
///
/// The text of a 0-d array is that of its element as a scalar, which no option changes.
pub(crate) fn write_str<T: Element>(
    view: ArrayViewD<'_, T>,
    options: &PrintOptions,
    f: &mut dyn fmt::Write,
) -> fmt::Result {
    match view.first() {
        Some(item) if view.ndim() == 0 => f.write_str(&item.scalar()),
        _ => f.write_str(&array_text(&view, options, " ", 0, signed(options.line_width))),
    }
}

/// Writes NumPy's `repr(array)`.
pub(crate) fn write_repr<T: Element>(
    view: ArrayViewD<'_, T>,
    options: &PrintOptions,
    f: &mut dyn fmt::Write,
) -> fmt::Result {
    const PREFIX: &str = "array(";
    let width = signed(options.line_width);
    let array = array_text(&view, options, ", ", PREFIX.len(), width - 1);
    // Only bool is padded even when alone.
    let array = if view.ndim() == 0 { array.trim_start() } else { &array };
    write!(f, "{PREFIX}{array}")?;

    let mut extras = Vec::new();
    if view.is_empty() && view.shape() != [0] || view.len() > options.threshold {
        extras.push(format!("shape={}", Shape(view.shape())));
    }
    let implied = matches!(T::DTYPE, DType::Bool | DType::Int64 | DType::Float64 | DType::Complex128);
    if !implied || view.is_empty() {
        extras.push(format!("dtype={}", T::DTYPE));
    }
    if extras.is_empty() {
        return f.write_str(")");
    }
    let extras = extras.join(", ") + ")";
    let last_line = match array.rsplit_once('\n') {
        Some((_, line)) => line.len(),
        None => PREFIX.len() + array.len(),
    } + ",".len();
    if signed(last_line + " ".len() + extras.len()) > width {
        write!(f, ",\n{:indent$}{extras}", "", indent = PREFIX.len())
    } else {
        write!(f, ", {extras}")
    }
}

/// A width that may become negative.
fn signed(width: usize) -> isize {
    isize::try_from(width).unwrap_or(isize::MAX)
}
