//! Sums, products, counts; whether any, whether all.

use std::convert::Infallible;

use array_core::engine::target::{fresh, into_out};
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

use super::define::reduction;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::logic::{All, Any, CountNonzero};
use crate::reduce::over::Axes;
use crate::reduce::reduction::{Initial, Reduced, Reduction};
use crate::reduce::sums::{NanProduct, NanSum, Product, Sum};

/// Reductions whose result for no elements is known.
macro_rules! with_identity {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $all:expr, $rows:expr;)*) => {$(
        reduction! {
            $(#[$doc])*
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or a mask does not broadcast.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($name), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ").reshape([2, 3])?;")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, ..)?.item()?, ", stringify!($all), ");")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, -1)?.to_vec(), ", stringify!($rows), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            $name by $kernel, initial, [2]
        }
    )*};
}

with_identity! {
    /// The sum of the elements along some axes.
    ///
    /// Integers of less than 64 bits and bools are summed in 64 bits, where sums wrap; half
    /// precision is summed in `f32` and rounded once. Sums of floats are pairwise: their rounding
    /// error grows with the logarithm of the count.
    sum: Sum, [1i64, 2, 3, 4, 5, 6] => 21, [6, 15];

    /// The product of the elements along some axes, with the dtypes of [`sum`](fn@sum).
    prod: Product, [1i64, 2, 3, 4, 5, 6] => 720, [6, 120];

    /// Whether any element along some axes is not zero: `nan` is not. Stops at the first.
    any: Any, [0, 0, 0, 0, 5, 6] => true, [false, true];

    /// Whether no element along some axes is zero. Stops at the first that is.
    all: All, [1, 2, 3, 4, 0, 6] => false, [true, false];

    /// As [`sum`](fn@sum), with each `nan` taken for zero.
    nansum: NanSum, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 19.0, [4.0, 15.0];

    /// As [`prod`](fn@prod), with each `nan` taken for one.
    nanprod: NanProduct, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 360.0, [3.0, 120.0];
}

reduction! {
    /// How many elements along some axes are not zero; `nan` is not.
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice, or a mask does not broadcast.
    ///
    /// ```
    /// # use array_core::Array;
    /// use ufuncs::count_nonzero;
    /// assert_eq!(count_nonzero(&Array::from([0, 3, 0, -1]), ..)?.item()?, 2);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    count_nonzero by CountNonzero, plain, [2]
}
