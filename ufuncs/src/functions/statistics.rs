//! Medians, quantiles and averages.

use std::convert::Infallible;

use array_core::engine::target::{fresh, into_out};
#[cfg(feature = "any")]
use array_core::{AnyArray, DType};
use array_core::{Array, Casting, Element, Error, Promote, Result};

use super::reductions::define::reduction;
use crate::linear::number::in_dtype;
use crate::linear::plan::shape_text;
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::over::{Axes, Over};
use crate::reduce::reduction::{Median, Reduced, Reduction};
use crate::statistics::arithmetic::Arithmetic;
use crate::statistics::methods::QuantileMethod;
use crate::statistics::options::{Probabilities, QuantileAxes};
use crate::statistics::quantiles;
use crate::statistics::select::Interpolates;

macro_rules! medians {
    ($($(#[$doc:meta])* $name:ident: $skip:literal, $a:expr => $value:expr;)*) => {$(
        reduction! {
            $(#[$doc])*
            ///
            /// Of integers and bools an `f64`; of no elements `nan`.
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or there is a mask, which it does not take.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("assert_eq!(ufuncs::", stringify!($name), "(&Array::from(", stringify!($a), "), ..)?.item()?, ", stringify!($value), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            $name by Median<$skip>, plain, [2]
        }
    )*};
}
medians! {
    /// The middle of the sorted elements along some axes, or the mean of the two in the middle; `nan` if
    /// there is one.
    median: false, [4i64, 1, 3, 2] => 2.5;

    /// As [`median`](fn@median), of the elements that are not `nan`.
    nanmedian: true, [1.0f64, f64::NAN, 4.0] => 2.5;
}

macro_rules! quantiles {
    ($($(#[$doc:meta])* $name:ident: $skip:literal, $full:literal, $a:expr, $q:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// `q` is a number or an array of them, whose axes then come first in the result. Between two
        /// elements it is interpolated, or what another of the [`methods`](crate::methods) says:
        /// `over(axes).method(methods::nearest)`.
        ///
        /// The methods that take an element give it in its own dtype. Those that interpolate give an `f64`, but
        /// for one number `q` floats keep their dtype.
        ///
        /// # Errors
        /// When `q` is out of range, there are no elements, weights do not fit or are negative, an axis is out
        /// of bounds or given twice, or there is a mask, which it does not take.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("let q = ufuncs::", stringify!($name), "(&Array::from(", stringify!($a), "), ", stringify!($q), ", ..)?;")]
        #[doc = concat!("assert_eq!(q.to_vec(), ", stringify!($value), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        #[allow(clippy::type_complexity, reason = "the method and `q` decide the dtype")]
        pub fn $name<'a, T, Q, O>(
            a: &Array<T>,
            q: Q,
            axes: O,
        ) -> Result<Array<<O::Method as QuantileMethod>::Result<T, Q>>>
        where
            T: Interpolates,
            Q: Probabilities,
            O: QuantileAxes<'a>,
        {
            quantiles::quantile(stringify!($name), a, &q, &axes.into_quantiles(), $skip, $full)
        }

        #[doc = concat!("The other methods of [`", stringify!($name), "`](fn@", stringify!($name), ").")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}

        impl $name {
            /// As the function, into an array that is there: of the result's shape, and of any dtype that NumPy takes:
            /// if `nan` is left out any, else one that holds the result's kind. It may be part of the operand.
            ///
            /// # Errors
            /// As the function; when shape or dtype do not fit. Then nothing is written.
            ///
            /// ```
            /// use array_core::{Array, zeros};
            /// let a = Array::from([3.0, 1.0, 2.0, 4.0]).reshape([2, 2])?;
            /// let mut out = zeros::<f64>(2)?;
            #[doc = concat!("ufuncs::", stringify!($name), "::out(&a, 0.5, 0, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ufuncs::", stringify!($name), "(&a, 0.5, 0)?);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn out<'a, T, Q, O, R>(a: &Array<T>, q: Q, axes: O, out: &mut Array<R>) -> Result<()>
            where
                T: Interpolates,
                Q: Probabilities,
                O: QuantileAxes<'a>,
                R: Element,
            {
                let casting = if $skip { Casting::Unsafe } else { Casting::SameKind };
                into_out(stringify!($name), out, casting, |target| target.put($name(a, q, axes)?))
            }

            /// As the function, of an array whose dtype is known at run time only; the result has NumPy's dtype.
            ///
            /// # Errors
            /// As the function; when the array is of complex numbers, or of bools and the method interpolates.
            #[cfg(feature = "any")]
            pub fn any<'a, Q, O>(a: &AnyArray, q: Q, axes: O) -> Result<AnyArray>
            where
                Q: Probabilities,
                O: QuantileAxes<'a>,
            {
                let of_bools = <O::Method as QuantileMethod>::Result::<bool, Q>::DTYPE;
                if a.dtype() == DType::Bool && of_bools != DType::Bool {
                    return Err(Error::unsupported(stringify!($name), &[DType::Bool]));
                }
                dynamic::of_dtypes!(stringify!($name), a, |a| $name(a, q, axes)?, [
                    Bool Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float16 Float32 Float64
                ])
            }
        }
    )*};
}
quantiles! {
    /// The elements, along some axes, that have such a share of the others below them; `nan` if there is one.
    quantile: false, 1.0, [1.0, 2.0, 3.0, 4.0], [0.0, 0.5] => [1.0, 2.5];

    /// As [`quantile`](fn@quantile), of shares in percent.
    percentile: false, 100.0, [1, 2, 3, 4, 5], 75.0 => [4.0];

    /// As [`quantile`](fn@quantile), of the elements that are not `nan`.
    nanquantile: true, 1.0, [1.0, f64::NAN, 3.0], 0.5 => [2.0];

    /// As [`percentile`](fn@percentile), of the elements that are not `nan`.
    nanpercentile: true, 100.0, [1.0, f64::NAN, 3.0], 50.0 => [2.0];
}

/// A dtype in which NumPy averages: floats and complex numbers in their own, others in `f64`.
pub trait Averages: Element {
    /// That dtype.
    type Base: Element;
}

macro_rules! averages {
    ($($base:ident: $($type:ident)*;)*) => {$($( impl Averages for $type { type Base = $base; } )*)*};
}
averages! {
    f64: bool i8 i16 i32 i64 u8 u16 u32 u64 f64;
    f32: f32;
}
impl Averages for array_core::f16 {
    type Base = Self;
}
impl Averages for array_core::complex64 {
    type Base = Self;
}
impl Averages for array_core::complex128 {
    type Base = Self;
}

/// The dtype of an average of elements `T` with weights `W`.
type Average<T, W> = <<T as Averages>::Base as Promote<W>>::Output;

/// The average along some axes with weights: of the array's shape, or of that of the axes.
///
/// Of integers and bools it is computed in `f64`, of others in the dtype in which they meet the weights.
/// Without weights it is the [`mean`](fn@crate::mean).
///
/// # Errors
/// When the weights' shape does not fit, or they sum to zero; when an axis is out of bounds or given twice,
/// or there is a mask, which it does not take.
///
/// ```
/// use array_core::Array;
/// use ufuncs::average;
///
/// let a = Array::from([1i64, 2, 4]);
/// assert_eq!(average(&a, .., &Array::from([1.0f64, 1.0, 2.0]))?.item()?, 2.75);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn average<'a, T, W>(
    a: &Array<T>,
    axes: impl Axes<'a, Infallible>,
    weights: &Array<W>,
) -> Result<Array<Average<T, W>>>
where
    T: Averages<Base: Promote<W>>,
    W: Element,
    Average<T, W>: Arithmetic,
{
    Ok(average::returned(a, axes, weights)?.0)
}

/// The other method of [`average`](fn@average).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum average {}

impl average {
    /// The average, and the sum of the weights in the same shape.
    ///
    /// # Errors
    /// As [`average`](fn@average).
    #[allow(clippy::type_complexity, reason = "two arrays")]
    pub fn returned<'a, T, W>(
        a: &Array<T>,
        axes: impl Axes<'a, Infallible>,
        weights: &Array<W>,
    ) -> Result<(Array<Average<T, W>>, Array<Average<T, W>>)>
    where
        T: Averages<Base: Promote<W>>,
        W: Element,
        Average<T, W>: Arithmetic,
    {
        let Over { axes, keepdims, mask, .. } = axes.into_over();
        if mask.is_some() {
            return Err(Error::value("average takes no where mask"));
        }
        let over = Over { axes, keepdims, initial: None, mask: None, ddof: 0.0 };
        let set = over.axis_set(a.ndim())?;
        let reduced: Vec<usize> = (0..a.ndim()).filter(|&axis| set.contains(axis)).collect();
        let lengths: Vec<usize> = reduced.iter().map(|&axis| a.shape()[axis]).collect();
        let weights = in_dtype::<W, Average<T, W>>(weights)?;
        let weights = if weights.shape() == a.shape() {
            weights.into_owned()
        } else if over.axes.is_some() {
            // Weights have the axes in the order in which they are given.
            let given: Vec<usize> =
                over.axes.iter().flatten().map(|axis| axis.rem_euclid(a.ndim() as isize) as usize).collect();
            let order: Vec<isize> = reduced
                .iter()
                .map(|axis| given.iter().position(|one| one == axis).expect("the same axes") as isize)
                .collect();
            let fits = weights.ndim() == given.len()
                && given.iter().zip(weights.shape()).all(|(&axis, &n)| a.shape()[axis] == n);
            if !fits {
                return Err(misfit(weights.shape(), a.shape(), &lengths));
            }
            let mut spread = vec![1; a.ndim()];
            reduced.iter().for_each(|&axis| spread[axis] = a.shape()[axis]);
            weights.transpose(&order)?.reshape(&spread)?
        } else {
            return Err(misfit(weights.shape(), a.shape(), a.shape()));
        };
        let values = in_dtype::<T, Average<T, W>>(a)?;
        let totals = Arithmetic::total(&weights.broadcast_to(a.shape())?.try_contiguous()?, over.clone())?;
        if totals.as_slice().is_some_and(|totals| totals.contains(&Element::ZERO)) {
            return Err(Error::value("average: weights sum to zero and can't be normalised"));
        }
        let products = Arithmetic::times(&values, &weights)?;
        Ok((Arithmetic::over(&Arithmetic::total(&products, over)?, &totals)?, totals))
    }
}

#[cold]
fn misfit(weights: &[usize], a: &[usize], lengths: &[usize]) -> Error {
    Error::shape(format!(
        "average: weights of shape {} do not fit an array of shape {}: they must have its shape, or that of the \
         axes, {}",
        shape_text(weights),
        shape_text(a),
        shape_text(lengths)
    ))
}
