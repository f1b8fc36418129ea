//! Running sums and products: of each element and all before it along an axis.

use std::convert::Infallible;

use array_core::engine::scan::{Scan, scan};
use array_core::{Array, Element, Error, Result};

use crate::reduce::numbers::{Numbers, OfNumbers};
use crate::reduce::over::{Axes, Over};
use crate::reduce::run::{Output, one_axis, unmasked};
use crate::reduce::sums::{NanProduct, NanSum, Product, Sum};

macro_rules! running {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// Over `..` that of the flattened array, in row-major order; else along one axis.
        /// Elements are taken in one after the other, so that results have NumPy's bits.
        ///
        /// # Errors
        /// When the axis is out of bounds, or there are several; when there is a mask or `keepdims`,
        /// which it does not take.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("use ufuncs::", stringify!($name), ";")]
        #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, ..)?.to_vec(), ", stringify!($value), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl Axes<'a, Infallible>,
        ) -> Result<Array<OfNumbers<$kernel, T>>>
        where
            T: Element,
            $kernel: Numbers<T, Kernel: Scan<T>>,
        {
            run::<<$kernel as Numbers<T>>::Kernel, T>(stringify!($name), a, axes.into_over(), None)
        }
    )*};
}

running! {
    /// The running sum, with the dtypes of [`sum`](crate::sum); half precision is summed in `f32`, and
    /// each sum rounded.
    cumsum: Sum, [1i64, 2, 3, 4] => [1, 3, 6, 10];

    /// The running product, with the dtypes of [`sum`](crate::sum); half precision is multiplied in `f32`,
    /// and each product rounded.
    cumprod: Product, [1i64, 2, 3, 4] => [1, 2, 6, 24];

    /// As [`cumsum`], with each `nan` taken for zero.
    nancumsum: NanSum, [1.0, f64::NAN, 3.0] => [1.0, 1.0, 4.0];

    /// As [`cumprod`], with each `nan` taken for one.
    nancumprod: NanProduct, [2.0, f64::NAN, 3.0] => [2.0, 2.0, 6.0];
}

macro_rules! cumulative {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $first:ident, $a:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the axis is out of bounds, or there are several; when it is `..` and the array has more
        /// than one; when there is a mask or `keepdims`, which it does not take.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("use ufuncs::", stringify!($name), ";")]
        #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, .., true)?.to_vec(), ", stringify!($value), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl Axes<'a, Infallible>,
            include_initial: bool,
        ) -> Result<Array<Output<$kernel, T>>>
        where
            T: Element,
            $kernel: Scan<T>,
        {
            let over = axes.into_over();
            if over.axes.is_none() && a.ndim() > 1 {
                return Err(Error::value(format!(
                    "{} of an array of {} axes needs one of them as its axis",
                    stringify!($name),
                    a.ndim()
                )));
            }
            let first = include_initial.then_some(Output::<$kernel, T>::$first);
            run::<$kernel, T>(stringify!($name), a, over, first)
        }
    )*};
}

cumulative! {
    /// [`cumsum`] of the array API standard: with `include_initial` the result begins with zero, and is
    /// one longer.
    cumulative_sum: Sum, ZERO, [1i64, 2, 3] => [0, 1, 3, 6];

    /// [`cumprod`] of the array API standard: with `include_initial` the result begins with one, and is
    /// one longer.
    cumulative_prod: Product, ONE, [2i64, 3, 4] => [1, 2, 6, 24];
}

fn run<K: Scan<T>, T: Element>(
    name: &str,
    a: &Array<T>,
    over: Over<'_, Infallible>,
    before: Option<K::Output>,
) -> Result<Array<K::Output>> {
    let over = unmasked(name, over)?;
    if over.keepdims {
        return Err(Error::value(format!("{name} keeps its axis in any case: leave out keepdims")));
    }
    match one_axis(name, &over)? {
        None => scan::<K, T>(&a.to_contiguous().reshape([a.len()])?, 0, before),
        // As in NumPy, a scalar has one axis here.
        Some(axis) if a.ndim() == 0 => scan::<K, T>(&a.reshape([1])?, axis, before),
        Some(axis) => scan::<K, T>(a, axis, before),
    }
}
