//! Formatting: `{}` as NumPy's `str`, `{:?}` as its `repr`.

use std::fmt;

use crate::print::{self, PrintOptions, PrintSign};
use crate::{Array, Element};

/// As NumPy's `str`; a precision, as in `{:.3}`, is the number of decimals, and `{:+}` asks for signs.
/// [`array_str`](crate::array_str) takes all of NumPy's options.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(Array::from([1.0, 2.5]).to_string(), "[1.  2.5]");
/// ```
impl<T: Element> fmt::Display for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::write_str(self.view(), &options(f), f)
    }
}

/// As NumPy's `repr`; a precision, as in `{:.3?}`, is the number of decimals. [`array_repr`](crate::array_repr) takes all
/// of NumPy's options.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(format!("{:?}", Array::from([1i8, 2])), "array([1, 2], dtype=int8)");
/// ```
impl<T: Element> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::write_repr(self.view(), &options(f), f)
    }
}

fn options(f: &fmt::Formatter<'_>) -> PrintOptions {
    let default = PrintOptions::default();
    let sign = if f.sign_plus() { PrintSign::Always } else { default.sign };
    PrintOptions { precision: f.precision().unwrap_or(default.precision), sign, ..default }
}
