//! Averages with weights, covariances and correlations of arrays of any dtype.

use std::convert::Infallible;

use array_core::{AnyArray, DType, Result, complex64, complex128, f16};

use super::{by_dtype, default_float, methods_of, typed};
use crate::functions::Covariances;
use crate::{Axes, average};

methods_of! { cov corrcoef }

impl average {
    /// As the function, of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// As of the function.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::average;
    ///
    /// let a = AnyArray::from(Array::from([1i16, 2, 4]));
    /// let weights = AnyArray::from(Array::from([1u8, 1, 2]));
    /// assert_eq!(average::any(&a, .., &weights)?.item::<f64>()?, 2.75);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a>(a: &AnyArray, axes: impl Axes<'a, Infallible>, weights: &AnyArray) -> Result<AnyArray> {
        Ok(average::returned_any(a, axes, weights)?.0)
    }

    /// As [`returned`](Self::returned), of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// As of the function.
    pub fn returned_any<'a>(
        a: &AnyArray,
        axes: impl Axes<'a, Infallible>,
        weights: &AnyArray,
    ) -> Result<(AnyArray, AnyArray)> {
        let (axes, dtypes) = (axes.into_over(), [a.dtype(), weights.dtype()]);
        let dtype = default_float(a.dtype()).promote(weights.dtype());
        by_dtype!(
            dtype,
            [f16 f32 f64 complex64 complex128],
            |T| {
                let (averages, totals) = average::returned(&typed::<T>(a)?, axes, &typed::<T>(weights)?)?;
                Ok((averages.into(), totals.into()))
            },
            "average",
            &dtypes
        )
    }
}

macro_rules! any {
    ($($name:ident)*) => {$(
        impl $name {
            /// As the function, of an array whose dtype is known at run time only, as `f64` or `complex128`. Further
            /// variables in the options may be of another dtype.
            ///
            /// # Errors
            /// As of the function.
            ///
            /// ```
            /// use array_core::{AnyArray, Array};
            /// use ufuncs::Covariances;
            ///
            /// let (x, y) = (Array::from([0u8, 1, 2]), Array::from([2.0f32, 1.0, 0.0]));
            /// let (x, y) = (AnyArray::from(x), AnyArray::from(y));
            #[doc = concat!("let matrix = ufuncs::", stringify!($name), "::any(&x, Covariances::new().y(&y))?;")]
            /// assert_eq!(matrix.downcast::<f64>()?.to_vec(), [1.0, -1.0, -1.0, 1.0]);
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn any<'a>(m: &AnyArray, options: impl Into<Covariances<'a, AnyArray>>) -> Result<AnyArray> {
                let options = options.into();
                let of_y = options.y.map_or(m.dtype(), AnyArray::dtype);
                let dtype = DType::Float64.promote(m.dtype()).promote(of_y);
                by_dtype!(
                    dtype,
                    [f64 complex128],
                    |T| {
                        let y = options.y.map(typed::<T>).transpose()?;
                        crate::$name(&typed::<T>(m)?, options.with_y(y.as_ref())).map(AnyArray::from)
                    },
                    stringify!($name),
                    &[m.dtype(), of_y]
                )
            }
        }
    )*};
}
any! { cov corrcoef }
