//! Where the largest and the smallest element are.

use std::convert::Infallible;

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::target::{fresh, into_out};
use array_core::{Array, Element, Result};

use super::define::reduction;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::over::Axes;
use crate::reduce::positions::{ArgMax, ArgMin, NanArgMax, NanArgMin};
use crate::reduce::reduction::{Reduced, Reduction};

/// Positions of extremes.
macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $value:expr;)*) => {$(
        reduction! {
            $(#[$doc])*
            ///
            /// Over `..` the position is that in the flattened array, in row-major order. Of several
            /// the first.
            ///
            /// # Errors
            /// When there are no elements, the axis is out of bounds, or there are several; when there
            /// is a mask, which it does not take.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($name), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, ..)?.item()?, ", stringify!($value), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            $name by $kernel, plain, [2]
        }
    )*};
}

positions! {
    /// The position of the largest element along an axis, or of all; a `nan` wins.
    argmax: ArgMax, [3.0, 7.0, 1.0, 7.0] => 1;

    /// The position of the smallest element along an axis, or of all; a `nan` wins.
    argmin: ArgMin, [3.0, 1.0, f64::NAN, 1.0] => 2;

    /// The position of the largest element along an axis, or of all, that is not `nan`: an error
    /// where all are.
    nanargmax: NanArgMax, [3.0, f64::NAN, 7.0, 7.0] => 2;

    /// The position of the smallest element along an axis, or of all, that is not `nan`: an error
    /// where all are.
    nanargmin: NanArgMin, [3.0, 1.0, f64::NAN, 1.0] => 1;
}
