//! Running sums and products: of each element and all before it along an axis.

use std::convert::Infallible;

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::scan::Scan;
use array_core::engine::target::{Target, fresh, into_out};
use array_core::{Array, Casting, Element, Error, Result};

use super::define::reduction;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::over::{Axes, Over};
use crate::reduce::reduction::{Reduced, Reduction, Running, running};
use crate::reduce::run::Output;
use crate::reduce::sums::{NanProduct, NanSum, Product, Sum};

macro_rules! running {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $value:expr;)*) => {$(
        reduction! {
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
            $name by Running<$kernel>, plain, [2, 2]
        }
    )*};
}

running! {
    /// The running sum, with the dtypes of [`sum`](fn@crate::sum); half precision is summed in `f32`, and
    /// each sum rounded.
    cumsum: Sum, [1i64, 2, 3, 4] => [1, 3, 6, 10];

    /// The running product, with the dtypes of [`sum`](fn@crate::sum); half precision is multiplied in `f32`,
    /// and each product rounded.
    cumprod: Product, [1i64, 2, 3, 4] => [1, 2, 6, 24];

    /// As [`cumsum`](fn@cumsum), with each `nan` taken for zero.
    nancumsum: NanSum, [1.0, f64::NAN, 3.0] => [1.0, 1.0, 4.0];

    /// As [`cumprod`](fn@cumprod), with each `nan` taken for one.
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
            let first = include_initial.then_some(Output::<$kernel, T>::$first);
            fresh(|target| cumulative::<$kernel, T>(stringify!($name), a, axes.into_over(), first, target))
        }

        #[doc = concat!("The other methods of [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// As the function, into an array that is there: of the result's shape, and of any dtype, to which the
            /// result is converted as by [`astype`](Array::astype). It may be part of the operand.
            ///
            /// # Errors
            /// As the function; when the shape does not fit. Then nothing is written.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            /// let a = Array::from([1i64, 2, 3]);
            /// let mut out = zeros::<i64>(4)?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, 0, true, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a, 0, true)?);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, T, R>(
                a: &Array<T>,
                axes: impl Axes<'a, Infallible>,
                include_initial: bool,
                out: &mut Array<R>,
            ) -> Result<()>
            where
                T: Element,
                R: Element,
                $kernel: Scan<T>,
            {
                let (name, over) = (stringify!($name), axes.into_over());
                let first = include_initial.then_some(Output::<$kernel, T>::$first);
                into_out(name, out, Casting::Unsafe, |target| {
                    cumulative::<$kernel, T>(name, a, over, first, target)
                })
            }

            /// As the function, of an array whose dtype is known at run time only; the result has NumPy's dtype.
            ///
            /// # Errors
            /// As the function.
            #[cfg(feature = "any")]
            pub fn any<'a>(
                a: &AnyArray,
                axes: impl Axes<'a, Infallible>,
                include_initial: bool,
            ) -> Result<AnyArray> {
                dynamic::of_dtypes!(stringify!($name), a, |a| $name(a, axes, include_initial)?, [
                    Bool Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float16 Float32 Float64 Complex64 Complex128
                ])
            }
        }
    )*};
}

cumulative! {
    /// [`cumsum`](fn@cumsum) of the array API standard: with `include_initial` the result begins with zero, and is
    /// one longer.
    cumulative_sum: Sum, ZERO, [1i64, 2, 3] => [0, 1, 3, 6];

    /// [`cumprod`](fn@cumprod) of the array API standard: with `include_initial` the result begins with one, and is
    /// one longer.
    cumulative_prod: Product, ONE, [2i64, 3, 4] => [1, 2, 6, 24];
}

fn cumulative<K: Scan<T>, T: Element>(
    name: &str,
    a: &Array<T>,
    over: Over<'_, Infallible>,
    before: Option<K::Output>,
    target: &mut Target<'_, K::Output>,
) -> Result<()> {
    if over.axes.is_none() && a.ndim() > 1 {
        return Err(Error::value(format!(
            "{name} of an array of {} axes needs one of them as its axis",
            a.ndim()
        )));
    }
    running::<K, T>(name, a, over, before, target)
}
