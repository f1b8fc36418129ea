//! Sums, products, counts; whether any, whether all.

use std::convert::Infallible;

use array_core::{Array, Element, Result};

use crate::reduce::logic::{All, Any, CountNonzero};
use crate::reduce::numbers::{Numbers, OfNumbers};
use crate::reduce::over::{Axes, WithInitial};
use crate::reduce::run::{Output, masked, reduce_over, reduce_taken};
use crate::reduce::sums::{NanProduct, NanSum, Product, Sum};

/// Reductions whose result for no elements is known.
macro_rules! with_identity {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $neutral:ident, $a:expr => $all:expr, $rows:expr;)*) => {$(
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
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl Axes<'a, Output<$kernel, T>>,
        ) -> Result<Array<Output<$kernel, T>>>
        where
            T: Element,
            $kernel: WithInitial<T>,
        {
            reduce_over::<$kernel, T>(a, axes.into_over(), Some(T::$neutral))
        }
    )*};
}

with_identity! {
    /// The sum of the elements along some axes.
    ///
    /// Integers of less than 64 bits and bools are summed in 64 bits, where sums wrap; half
    /// precision is summed in `f32` and rounded once. Sums of floats are pairwise: their rounding
    /// error grows with the logarithm of the count.
    sum: Sum, ZERO, [1i64, 2, 3, 4, 5, 6] => 21, [6, 15];

    /// The product of the elements along some axes, with the dtypes of [`sum`].
    prod: Product, ONE, [1i64, 2, 3, 4, 5, 6] => 720, [6, 120];

    /// Whether any element along some axes is not zero: `nan` is not. Stops at the first.
    any: Any, ZERO, [0, 0, 0, 0, 5, 6] => true, [false, true];

    /// Whether no element along some axes is zero. Stops at the first that is.
    all: All, ONE, [1, 2, 3, 4, 0, 6] => false, [true, false];
}

/// As [`with_identity`], but `nan` is left aside.
macro_rules! of_numbers {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $neutral:ident, $a:expr => $all:expr, $rows:expr;)*) => {$(
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
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl Axes<'a, OfNumbers<$kernel, T>>,
        ) -> Result<Array<OfNumbers<$kernel, T>>>
        where
            T: Element,
            $kernel: Numbers<T, Kernel: WithInitial<T>>,
        {
            reduce_over::<<$kernel as Numbers<T>>::Kernel, T>(a, axes.into_over(), Some(T::$neutral))
        }
    )*};
}

of_numbers! {
    /// As [`sum`], with each `nan` taken for zero.
    nansum: NanSum, ZERO, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 19.0, [4.0, 15.0];

    /// As [`prod`], with each `nan` taken for one.
    nanprod: NanProduct, ONE, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 360.0, [3.0, 120.0];
}

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
pub fn count_nonzero<'a, T: Element>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<i64>> {
    let mut over = axes.into_over();
    match over.mask.take() {
        None => reduce_taken::<CountNonzero, T, _>(a, &over, |_| 1.0),
        Some(mask) => reduce_taken::<CountNonzero, T, _>(&masked(a, mask, T::ZERO)?, &over, |_| 1.0),
    }
}
