//! Reductions: functions of all elements along some axes.
//!
//! The last argument says along which: `..` for all, an axis, an array of axes, or
//! [`over`](crate::over) with options. Results do not depend on the number of threads.

use std::convert::Infallible;

use array_core::engine::isa::Baseline;
use array_core::engine::kernel::Binary;
use array_core::engine::reduce;
use array_core::engine::reduce::kernel::Accumulate;
use array_core::operators::kernels::Subtract;
use array_core::{Array, Element, Error, Result};

use crate::reduce::extremes::{Max, Min, NanMax, NanMin};
use crate::reduce::logic::{All, Any, CountNonzero, CountNumbers};
use crate::reduce::moments::Moments;
use crate::reduce::over::{Axes, Over, SpreadAxes, WithInitial};
use crate::reduce::positions::{ArgMax, ArgMin};
use crate::reduce::sums::{Divide, Mean, NanProduct, NanSum, Product, Sum};
use crate::{add, multiply};

/// A reduction with an identity or an initial value, and perhaps a mask.
///
/// `neutral` is what a masked element is replaced with.
fn reduce_over<K, T>(a: &Array<T>, over: Over<'_, K::Output>, neutral: T) -> Result<Array<K::Output>>
where
    K: WithInitial<T>,
    T: Element,
{
    let axes = over.axis_set(a.ndim())?;
    let mut result = match over.mask {
        None => reduce::reduce::<K, T>(a, &axes, over.keepdims, 1.0)?,
        Some(mask) => reduce::reduce::<K, T>(&masked(a, mask, neutral)?, &axes, over.keepdims, 1.0)?,
    };
    if let Some(initial) = over.initial {
        for value in result.as_slice_mut() {
            *value = K::with_initial(initial, *value);
        }
    }
    Ok(result)
}

/// A copy of `a` with `neutral` where the mask is false.
fn masked<T: Element>(a: &Array<T>, mask: &Array<bool>, neutral: T) -> Result<Array<T>> {
    let mask = mask.broadcast_to(a.shape())?.to_contiguous();
    let mut copy = a.copy();
    let mask = mask.as_slice().expect("made contiguous");
    for (value, &taken) in copy.as_slice_mut().iter_mut().zip(mask) {
        *value = if taken { *value } else { neutral };
    }
    Ok(copy)
}

/// A reduction without an identity: an error where there are no elements and no initial value.
fn reduce_some<K, T>(name: &str, a: &Array<T>, over: Over<'_, K::Output>) -> Result<Array<K::Output>>
where
    K: WithInitial<T, Output = T>,
    T: Element,
{
    let axes = over.axis_set(a.ndim())?;
    if over.initial.is_none() {
        if over.mask.is_some() {
            return Err(Error::value(format!(
                "reduction operation '{name}' does not have an identity, so to use a where mask one has to \
                 specify 'initial'"
            )));
        }
        if axes.count(a.shape()) == 0 && !axes.result_shape(a.shape(), false).contains(&0) {
            return Err(Error::value(format!(
                "zero-size array to reduction operation {name} which has no identity: the array's shape is {:?}",
                a.shape()
            )));
        }
    }
    let neutral = K::nothing(1.0);
    reduce_over::<K, T>(a, over, neutral)
}

/// What an accumulator makes of elements of type `T`.
type Output<K, T> = <K as Accumulate<T>>::Output;

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
            reduce_over::<$kernel, T>(a, axes.into_over(), T::$neutral)
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

    /// As [`sum`], with each `nan` taken for zero.
    nansum: NanSum, ZERO, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 19.0, [4.0, 15.0];

    /// As [`prod`], with each `nan` taken for one.
    nanprod: NanProduct, ONE, [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 360.0, [3.0, 120.0];
}

/// Reductions of nothing to nothing: there must be an element, or an initial value.
macro_rules! without_identity {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $numpy:literal, $a:expr => $all:expr, $rows:expr;)*) => {$(
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
        pub fn $name<'a, T>(a: &Array<T>, axes: impl Axes<'a, T>) -> Result<Array<T>>
        where
            T: Element,
            $kernel: WithInitial<T, Output = T>,
        {
            reduce_some::<$kernel, T>($numpy, a, axes.into_over())
        }
    )*};
}

without_identity! {
    /// The largest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    max: Max, "maximum", [1, 5, 3, 4, 2, 6] => 6, [5, 6];

    /// The smallest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    min: Min, "minimum", [1, 5, 3, 4, 2, 6] => 1, [1, 2];

    /// The largest element along some axes that is not `nan`; `nan` if all are.
    nanmax: NanMax, "fmax", [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 6.0, [3.0, 6.0];

    /// The smallest element along some axes that is not `nan`; `nan` if all are.
    nanmin: NanMin, "fmin", [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 1.0, [1.0, 4.0];
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
    plain::<CountNonzero, T>(a, &axes.into_over(), T::ZERO)
}

/// A reduction that takes no initial value.
fn plain<K, T>(a: &Array<T>, over: &Over<'_, Infallible>, neutral: T) -> Result<Array<K::Output>>
where
    K: Accumulate<T>,
    T: Element,
{
    let axes = over.axis_set(a.ndim())?;
    match over.mask {
        None => reduce::reduce::<K, T>(a, &axes, over.keepdims, 1.0),
        Some(mask) => reduce::reduce::<K, T>(&masked(a, mask, neutral)?, &axes, over.keepdims, 1.0),
    }
}

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
pub fn mean<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<Output<Mean, T>>>
where
    T: Element,
    Mean: Accumulate<T>,
    Output<Mean, T>: Divide,
{
    let over = axes.into_over();
    let set = over.axis_set(a.ndim())?;
    let Some(mask) = over.mask else {
        return reduce::reduce::<Mean, T>(a, &set, over.keepdims, set.count(a.shape()) as f64);
    };
    // Each result has a count of its own.
    let taken = mask.broadcast_to(a.shape())?;
    let counts = reduce::reduce::<CountNonzero, bool>(&taken, &set, over.keepdims, 1.0)?;
    let sums = reduce::reduce::<Mean, T>(&masked(a, mask, T::ZERO)?, &set, over.keepdims, 1.0)?;
    Ok(divided(sums, &counts))
}

/// Each of these sums over its count.
fn divided<T: Divide>(mut sums: Array<T>, counts: &Array<i64>) -> Array<T> {
    let counts = counts.as_slice().expect("results are contiguous");
    for (sum, &count) in sums.as_slice_mut().iter_mut().zip(counts) {
        *sum = sum.over(count);
    }
    sums
}

/// As [`mean`], of the elements that are not `nan`; `nan` where there is none.
///
/// # Errors
/// When an axis is out of bounds or given twice, or there is a mask, which it does not take.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::nanmean;
/// assert_eq!(nanmean(&Array::from([1.0, f64::NAN, 4.0]), ..)?.item()?, 2.5);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn nanmean<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<T>>
where
    T: Divide,
    NanSum: Accumulate<T, Output = T>,
{
    let over = unmasked("nanmean", axes.into_over())?;
    let set = over.axis_set(a.ndim())?;
    let counts = reduce::reduce::<CountNumbers, T>(a, &set, over.keepdims, 1.0)?;
    let sums = reduce::reduce::<NanSum, T>(a, &set, over.keepdims, 1.0)?;
    Ok(divided(sums, &counts))
}

/// The options, unless there is a mask.
fn unmasked<'a, O>(name: &str, over: Over<'a, O>) -> Result<Over<'a, O>> {
    match over.mask {
        None => Ok(over),
        Some(_) => Err(Error::value(format!("{name} takes no where mask"))),
    }
}

/// Variances and standard deviations.
macro_rules! spreads {
    ($($(#[$doc:meta])* $name:ident: $root:literal, $skip_nan:literal, $a:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// Divided by the count, or with `over(axes).ddof(1)` by one less. Found in one pass, by
        /// blocks, each with a mean of its own; of integers and bools an `f64`, of half precision
        /// computed in `f32`.
        ///
        /// # Errors
        /// When an axis is out of bounds or given twice, or there is a mask, which it does not take.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("use ufuncs::{over, ", stringify!($name), "};")]
        #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, over(..).ddof(1))?.item()?, ", stringify!($value), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl SpreadAxes<'a>,
        ) -> Result<Array<Output<Moments<$root, $skip_nan>, T>>>
        where
            T: Element,
            Moments<$root, $skip_nan>: Accumulate<T>,
        {
            let spread = axes.into_spread();
            let over = unmasked(stringify!($name), spread.over)?;
            let set = over.axis_set(a.ndim())?;
            reduce::reduce::<Moments<$root, $skip_nan>, T>(a, &set, over.keepdims, spread.ddof)
        }
    )*};
}

spreads! {
    /// The variance along some axes: the mean of the squared distances from the mean.
    var: false, false, [1.0f64, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// The standard deviation along some axes: the root of [`var`].
    std: true, false, [1.0f64, 2.0, 6.0] => 7.0f64.sqrt();

    /// As [`var`], of the elements that are not `nan`.
    nanvar: false, true, [1.0, f64::NAN, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// As [`std`](fn@std), of the elements that are not `nan`.
    nanstd: true, true, [1.0, 2.0, f64::NAN, 6.0] => 7.0f64.sqrt();
}

/// Positions of extremes.
macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $a:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// Over `..` the position is that in the flattened array, in row-major order. Of several
        /// the first; a `nan` wins.
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
            $kernel: Accumulate<T, Output = i64>,
        {
            let over = unmasked(stringify!($name), axes.into_over())?;
            let set = over.axis_set(a.ndim())?;
            if over.axes.as_ref().is_some_and(|axes| axes.len() != 1) {
                return Err(Error::value(concat!(stringify!($name), " takes one axis, or .. for all")));
            }
            if set.count(a.shape()) == 0 && !set.result_shape(a.shape(), false).contains(&0) {
                return Err(Error::value(format!(
                    concat!("attempt to get ", stringify!($name), " of an empty sequence: the array's shape is {:?}"),
                    a.shape()
                )));
            }
            // Positions count in row-major order.
            let rows = if over.axes.is_none() { &a.to_contiguous() } else { a };
            reduce::reduce::<$kernel, T>(rows, &set, over.keepdims, 1.0)
        }
    )*};
}

positions! {
    /// The position of the largest element along an axis, or of all.
    argmax: ArgMax, [3.0, 7.0, 1.0, 7.0] => 1;

    /// The position of the smallest element along an axis, or of all.
    argmin: ArgMin, [3.0, 1.0, f64::NAN, 1.0] => 2;
}

/// Peak to peak: the largest element along some axes less the smallest. Integers wrap.
///
/// # Errors
/// As [`max`].
///
/// ```
/// # use array_core::Array;
/// assert_eq!(ufuncs::ptp(&Array::from([3, -2, 5]), ..)?.item()?, 7);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn ptp<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<T>>
where
    T: Element,
    Max: WithInitial<T, Output = T>,
    Min: WithInitial<T, Output = T>,
    Subtract: Binary<T, Output = T>,
{
    let Over { axes, keepdims, .. } = unmasked("ptp", axes.into_over())?;
    let over = Over { axes, keepdims, initial: None, mask: None };
    let mut highest = reduce_some::<Max, T>("maximum", a, over.clone())?;
    let lowest = reduce_some::<Min, T>("minimum", a, over)?;
    let lowest = lowest.as_slice().expect("results are contiguous");
    for (high, &low) in highest.as_slice_mut().iter_mut().zip(lowest) {
        *high = Subtract::call::<Baseline>(*high, low);
    }
    Ok(highest)
}

macro_rules! reduce_methods {
    ($($ufunc:ident: $function:ident, $kernel:ident;)*) => {$(
        impl $ufunc {
            #[doc = concat!("As [`", stringify!($function), "`]: this function between all elements along some axes.")]
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or a mask does not broadcast.
            pub fn reduce<'a, T>(
                a: &Array<T>,
                axes: impl Axes<'a, Output<$kernel, T>>,
            ) -> Result<Array<Output<$kernel, T>>>
            where
                T: Element,
                $kernel: WithInitial<T>,
            {
                $function(a, axes)
            }
        }
    )*};
}
reduce_methods! { add: sum, Sum; multiply: prod, Product; }
