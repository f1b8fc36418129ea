//! Where the largest and the smallest element are.

use std::convert::Infallible;

use array_core::engine::reduce::kernel::Accumulate;
use array_core::{Array, Element, Error, Result};

use crate::reduce::numbers::Numbers;
use crate::reduce::over::{Axes, Over};
use crate::reduce::positions::{ArgMax, ArgMin, NOWHERE, NanArgMax, NanArgMin};
use crate::reduce::run::{is_empty_fold, one_axis, reduce_taken, unmasked};

/// Positions of extremes.
macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $value:expr;)*) => {$(
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
        pub fn $name<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<i64>>
        where
            T: Element,
            $kernel: Numbers<T, Kernel: Accumulate<T, Output = i64>>,
        {
            position::<<$kernel as Numbers<T>>::Kernel, T>(stringify!($name), a, axes.into_over())
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

fn position<K: Accumulate<T, Output = i64>, T: Element>(
    name: &str,
    a: &Array<T>,
    over: Over<'_, Infallible>,
) -> Result<Array<i64>> {
    let over = unmasked(name, over)?;
    let set = over.axis_set(a.ndim())?;
    let axis = one_axis(name, &over)?;
    if is_empty_fold(a, &set) {
        return Err(Error::value(format!(
            "attempt to get {} of an empty sequence: the array's shape is {:?}",
            name.trim_start_matches("nan"),
            a.shape()
        )));
    }
    // Positions count in row-major order.
    let rows = if axis.is_none() { &a.to_contiguous() } else { a };
    let found = reduce_taken::<K, T, _>(rows, &over, |_| 1.0)?;
    if name.starts_with("nan") && found.view().iter().any(|&position| position == NOWHERE) {
        return Err(Error::value(format!(
            "All-NaN slice encountered: {name} of shape {:?} over {:?}",
            a.shape(),
            over.axes
        )));
    }
    Ok(found)
}
