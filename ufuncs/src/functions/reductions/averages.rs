//! Means, variances, standard deviations.

use std::convert::Infallible;

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::target::{fresh, into_out};
use array_core::{Array, Element, Result};

use super::define::reduction;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::moments::Moments;
use crate::reduce::over::{Axes, SpreadAxes};
use crate::reduce::reduction::{NanMean, Reduced, Reduction};
use crate::reduce::sums::Mean;

reduction! {
    /// The arithmetic mean along some axes: of integers and bools an `f64`; of half precision it is
    /// computed in `f32`. The mean of nothing is `nan`.
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice, or a mask does not broadcast.
    ///
    /// ```
    /// # use array_core::Array;
    /// use ufuncs::mean;
    /// let a = Array::from([1, 2, 3, 4, 5, 7]).reshape([2, 3])?;
    /// assert_eq!(mean(&a, 0)?.to_vec(), [2.5, 3.5, 5.0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    mean by Mean, plain, [2]
}

reduction! {
    /// As [`mean`](fn@mean), of the elements that are not `nan`; `nan` where there is none. The sum of half precision
    /// is rounded to it before it is divided, as NumPy does.
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice, or a mask does not broadcast.
    ///
    /// ```
    /// # use array_core::Array;
    /// use ufuncs::nanmean;
    /// assert_eq!(nanmean(&Array::from([1.0, f64::NAN, 4.0]), ..)?.item()?, 2.5);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    nanmean by NanMean, plain, [2]
}

/// Variances and standard deviations.
macro_rules! spreads {
    ($($(#[$doc:meta])* $name:ident as $type:ident: $root:literal, $skip_nan:literal, $a:expr => $value:expr;)*) => {$(
        reduction! {
            $(#[$doc])*
            ///
            /// Divided by the count, or with `over(axes).ddof(1)` by one less. Found in one pass, by
            /// blocks, each with a mean of its own; of integers and bools an `f64`, of half precision
            /// computed in `f32`, of complex numbers real.
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or a mask does not broadcast.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::{over, ", stringify!($name), "};")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(", stringify!($name), "(&a, over(..).ddof(1))?.item()?, ", stringify!($value), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            $name as $type by Moments<$root, $skip_nan>, spread, [2]
        }
    )*};
}

spreads! {
    /// The variance along some axes: the mean of the squared distances from the mean.
    var as var: false, false, [1.0f64, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// The standard deviation along some axes: the root of [`var`](fn@var). Its other methods are those of
    /// [`std_`], as a type `std` would hide Rust's crate of that name.
    std as std_: true, false, [1.0f64, 2.0, 6.0] => 7.0f64.sqrt();

    /// As [`var`](fn@var), of the elements that are not `nan`.
    nanvar as nanvar: false, true, [1.0, f64::NAN, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// As [`std`](fn@std), of the elements that are not `nan`.
    nanstd as nanstd: true, true, [1.0, 2.0, f64::NAN, 6.0] => 7.0f64.sqrt();
}
