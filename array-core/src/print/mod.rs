//! Printing as NumPy prints: `str` and `repr`, to the letter.
//!
//! The elements to be written are copied out first ([`layout::shown_elements`]), so that however
//! large the array, no others are touched. From them each dtype makes one pattern that all are
//! written to ([`Print`]); [`layout`] puts the texts into brackets and lines. The rules are those
//! of NumPy 2.5.
//!
//! One oddity is NumPy's: with `edge_items` 0 the last element is shown, in the notation and width that all
//! elements need.

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

pub use options::{FloatMode, PrintOptions, PrintSign};

use self::float::Pattern;
use self::layout::{Layout, shown_elements};
use self::real::Real;
use crate::error::Shape;
use crate::{Array, DType, Element};

/// The text of NumPy's `str(a)`, with these options: its `array_str`.
///
/// The text of a 0-d array is that of its element as a scalar, which no option changes.
///
/// ```
/// # use array_core::{array, array_str, FloatMode, PrintOptions};
/// let a = array![1.0 / 3.0, 1000.25];
/// assert_eq!(array_str(&a, &PrintOptions::default().precision(3)), "[3.333e-01 1.000e+03]");
/// assert_eq!(array_str(&a, &PrintOptions::default().precision(3).suppress(true)), "[   0.333 1000.25 ]");
/// let fixed = PrintOptions::default().precision(1).suppress(true).float_mode(FloatMode::Fixed);
/// assert_eq!(array_str(&a, &fixed), "[   0.3 1000.2]");
/// ```
pub fn array_str<T: Element>(a: &Array<T>, options: &PrintOptions) -> String {
    let mut text = String::new();
    write_str(a.view(), options, &mut text).expect("a String takes all text");
    text
}

/// The text of NumPy's `repr(a)`, with these options: its `array_repr`.
///
/// ```
/// # use array_core::{arange, array_repr, PrintOptions};
/// let options = PrintOptions::default().threshold(5).edge_items(1);
/// assert_eq!(array_repr(&arange(9i64)?, &options), "array([0, ..., 8], shape=(9,))");
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn array_repr<T: Element>(a: &Array<T>, options: &PrintOptions) -> String {
    let mut text = String::new();
    write_repr(a.view(), options, &mut text).expect("a String takes all text");
    text
}

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
    options: &PrintOptions,
) -> impl Fn(T, &mut String) + use<T> {
    let text = |item: &T| item.to_string();
    let (least, most) = (items.iter().min().map(text), items.iter().max().map(text));
    let is_negative = |text: &Option<String>| text.as_ref().is_some_and(|text| text.starts_with('-'));
    let sign = match options.sign {
        PrintSign::Space if is_negative(&least) => PrintSign::Negative,
        sign => sign,
    };
    let room = usize::from(sign != PrintSign::Negative && !is_negative(&most));
    let length = |text: Option<String>| text.map_or(0, |text| text.len());
    let width = length(least).max(length(most) + room);
    move |item, out| {
        use fmt::Write;
        match sign {
            PrintSign::Always => write!(out, "{item:+width$}"),
            _ => write!(out, "{item:width$}"),
        }
        .expect("a String takes all text");
    }
}

/// Real numbers, aligned at the point.
fn float_pattern<F: Real>(items: &[F], options: &PrintOptions) -> impl Fn(F, &mut String) + use<F> {
    let pattern = Pattern::new(items.iter().copied(), options.sign, options);
    move |item, out| pattern.write(item, out)
}

/// Complex numbers: the real and the imaginary parts are aligned each for themselves.
fn complex_pattern<F: Real>(
    items: &[Complex<F>],
    options: &PrintOptions,
) -> impl Fn(Complex<F>, &mut String) + use<F> {
    let real = Pattern::new(items.iter().map(|item| item.re), options.sign, options);
    let imaginary = Pattern::new(items.iter().map(|item| item.im), PrintSign::Always, options);
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
    let all = (edge == Some(0)).then(|| shown_elements(view, None));
    let pattern = T::pattern(all.as_ref().unwrap_or(&elements), options);
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
    // But for a sign, nothing is padded when alone: of the dtypes, that concerns bool.
    let array = if view.ndim() == 0 && T::DTYPE == DType::Bool { array.trim_start() } else { &array };
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
