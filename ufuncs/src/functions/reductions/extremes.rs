//! The largest, the smallest, and how far they are apart.

use std::convert::Infallible;

use array_core::engine::target::{fresh, into_out};
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

use super::define::reduction;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::extremes::{Max, Min, NanMax, NanMin};
use crate::reduce::over::Axes;
use crate::reduce::reduction::{PeakToPeak, Reduced, Reduction};

/// Reductions of nothing to nothing: there must be an element, or an initial value.
macro_rules! without_identity {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $all:expr, $rows:expr;)*) => {$(
        reduction! {
            $(#[$doc])*
            ///
            /// # Errors
            /// When there are no elements and no `initial` value, or a mask without one; when an axis is
            /// out of bounds or given twice.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($name), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ").reshape([2, 3])?;")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, ..)?.item()?, ", stringify!($all), ");")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, -1)?.to_vec(), ", stringify!($rows), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            $name by $kernel, chosen, [2]
        }
    )*};
}

without_identity! {
    /// The largest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    max: Max, [1, 5, 3, 4, 2, 6] => 6, [5, 6];

    /// The smallest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    min: Min, [1, 5, 3, 4, 2, 6] => 1, [1, 2];

    /// The largest element along some axes that is not `nan`; `nan` if all are.
    nanmax: NanMax, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 6.0, [3.0, 6.0];

    /// The smallest element along some axes that is not `nan`; `nan` if all are.
    nanmin: NanMin, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 1.0, [1.0, 4.0];
}

/// NumPy's older name of [`max`](fn@max).
pub use max as amax;
/// NumPy's older name of [`min`](fn@min).
pub use min as amin;

reduction! {
    /// Peak to peak: the largest element along some axes less the smallest. Integers wrap.
    ///
    /// # Errors
    /// As [`max`](fn@max); when there is a mask, which it does not take.
    ///
    /// ```
    /// # use array_core::Array;
    /// assert_eq!(ufuncs::ptp(&Array::from([3, -2, 5]), ..)?.item()?, 7);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ptp by PeakToPeak, plain, [2]
}
