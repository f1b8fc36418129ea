//! Differences of neighbours, gradients and integrals of arrays of any dtype.

use array_core::{AnyArray, AnyOperand, Casting, DType, Error, Result, complex64, complex128, f16, s};

use super::{by_dtype, default_float, in_dtype, methods_of, typed};
use crate::functions::{Along, Spacing};
use crate::{ediff1d, gradient, subtract};

methods_of! { diff trapezoid }

impl diff {
    /// As the function, of an array whose dtype is known at run time only. What comes before and after may be of
    /// another dtype; they meet in a common one.
    ///
    /// # Errors
    /// As of the function.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::{along, diff};
    ///
    /// let (a, end) = (AnyArray::from(Array::from([1i8, 4, 9])), AnyArray::from(Array::from([9.5f32])));
    /// assert_eq!(diff::any(&a, -1)?, AnyArray::from(Array::from([3i8, 5])));
    /// let with_end = diff::any(&a, along(-1).append(&end))?;
    /// assert_eq!(with_end, AnyArray::from(Array::from([3f32, 5.0, 0.5])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a>(a: &AnyArray, options: impl Into<Along<'a, AnyArray>>) -> Result<AnyArray> {
        let Along { axis, n, prepend, append } = options.into();
        if n == 0 {
            return Ok(a.clone());
        }
        let ends = prepend.into_iter().chain(append);
        let common = ends.fold(a.dtype(), |common, end| common.promote(end.dtype()));
        by_dtype!(
            common,
            [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128],
            |T| {
                let end = |end: Option<&AnyArray>| end.map(typed::<T>).transpose();
                let (prepend, append) = (end(prepend)?, end(append)?);
                let options = Along { axis, n, prepend: prepend.as_ref(), append: append.as_ref() };
                crate::diff(&typed::<T>(a)?, options).map(AnyArray::from)
            },
            "diff",
            &[common]
        )
    }
}

impl ediff1d {
    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// When the array is of bools; when there is no memory for the differences.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// let a = AnyArray::from(Array::from([1u16, 2, 4, 7]));
    /// assert_eq!(ufuncs::ediff1d::any(&a)?, AnyArray::from(Array::from([1u16, 2, 3])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray) -> Result<AnyArray> {
        let a = a.reshape([a.len()])?;
        subtract::any(a.slice(s![1..])?, a.slice(s![..-1])?)
    }

    /// As [`with_ends`](Self::with_ends), of arrays whose dtypes are known at run time only; the ends are converted
    /// to the array's, if that is of their kind or a higher one.
    ///
    /// # Errors
    /// As [`any`](Self::any); when an end is of a higher kind.
    pub fn with_ends_any(a: &AnyArray, to_begin: &AnyArray, to_end: &AnyArray) -> Result<AnyArray> {
        let differences = ediff1d::any(a)?;
        let end = |end: &AnyArray| end.cast_with(a.dtype(), Casting::SameKind);
        AnyArray::concat(&[end(to_begin)?, differences, end(to_end)?], ..)
    }
}

impl gradient {
    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// As of the function.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// let f = AnyArray::from(Array::from([1i32, 2, 4]));
    /// assert_eq!(ufuncs::gradient::any(&f, 0, 1.0)?, AnyArray::from(Array::from([1.0, 1.5, 2.0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a>(f: &AnyArray, axis: isize, spacing: impl Into<Spacing<'a>>) -> Result<AnyArray> {
        let spacing = spacing.into();
        by_dtype!(
            default_float(f.dtype()),
            [f16 f32 f64 complex64 complex128],
            |T| crate::gradient(&typed::<T>(f)?, axis, spacing).map(AnyArray::from),
            "gradient",
            &[f.dtype()]
        )
    }

    /// As [`all`](Self::all), of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// As of the function.
    pub fn all_any(f: &AnyArray, spacings: &[Spacing<'_>]) -> Result<Vec<AnyArray>> {
        by_dtype!(
            default_float(f.dtype()),
            [f16 f32 f64 complex64 complex128],
            |T| {
                let all = gradient::all(&typed::<T>(f)?, spacings)?;
                Ok(all.into_iter().map(AnyArray::from).collect())
            },
            "gradient",
            &[f.dtype()]
        )
    }
}

impl trapezoid {
    /// As the function, of arrays whose dtypes are known at run time only: `x` is such an array, of places, or a number,
    /// how far apart the samples are.
    ///
    /// # Errors
    /// As of the function; when the distance is a complex number.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::trapezoid;
    ///
    /// let y = AnyArray::from(Array::from([1.0f32, 2.0, 3.0]));
    /// assert_eq!(trapezoid::any(&y, 2.0, -1)?.item::<f32>()?, 8.0);
    /// assert_eq!(trapezoid::any(&y, &Array::from([4i64, 6, 8]), -1)?.item::<f64>()?, 8.0);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a>(y: &AnyArray, x: impl Into<AnyOperand<'a>>, axis: isize) -> Result<AnyArray> {
        let places = match x.into() {
            AnyOperand::Borrowed(places) => places.clone(),
            AnyOperand::Owned(places) => places,
            AnyOperand::Complex(distance) => {
                return Err(Error::value(format!(
                    "trapezoid: samples cannot be {distance} apart: give their places as an array"
                )));
            }
            distance => {
                let distance = distance.into_array(DType::Float64)?.astype::<f64>().item()?;
                return by_dtype!(
                    default_float(y.dtype()),
                    [f16 f32 f64 complex64 complex128],
                    |T| crate::trapezoid(&typed::<T>(y)?, distance, axis).map(AnyArray::from),
                    "trapezoid",
                    &[y.dtype()]
                );
            }
        };
        let common = default_float(y.dtype().promote(places.dtype()));
        let places = in_dtype(&places, common)?;
        by_dtype!(
            common,
            [f16 f32 f64 complex64 complex128],
            |T| crate::trapezoid(&typed::<T>(y)?, &typed::<T>(&places)?, axis).map(AnyArray::from),
            "trapezoid",
            &[y.dtype(), places.dtype()]
        )
    }
}
