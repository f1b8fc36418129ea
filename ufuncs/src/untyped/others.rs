//! Interpolation, angles and parts of arrays of any dtype.

use array_core::{AnyArray, DType, Error, Kind, Result, complex128, f16};

use super::{by_dtype, default_float, methods_of, typed};
use crate::default_float::AsAngles;
use crate::functions::{Replacements, Unwrap};
use crate::reduce::dynamic::of_dtypes;
use crate::{degrees, dynamic, kernels};

methods_of! { interp unwrap nan_to_num_with angle real imag }

impl interp {
    /// As the function, of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// As of the function.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// let x = AnyArray::from(Array::from([0.5f32, 1.5]));
    /// let (xp, fp) = (AnyArray::from(Array::from([0i8, 1, 2])), AnyArray::from(Array::from([0u16, 10, 30])));
    /// assert_eq!(ufuncs::interp::any(&x, &xp, &fp)?, AnyArray::from(Array::from([5.0, 20.0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(x: &AnyArray, xp: &AnyArray, fp: &AnyArray) -> Result<AnyArray> {
        if x.dtype().kind() == Kind::Complex || xp.dtype().kind() == Kind::Complex {
            return Err(Error::unsupported("interp", &[x.dtype(), xp.dtype()]));
        }
        let (x, xp) = (typed::<f64>(x)?, typed::<f64>(xp)?);
        by_dtype!(
            fp.dtype().promote(DType::Float64),
            [f64 complex128],
            |T| crate::interp(&x, &xp, &typed::<T>(fp)?).map(AnyArray::from),
            "interp",
            &[fp.dtype()]
        )
    }
}

impl unwrap {
    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// As of the function; when the array is of complex numbers.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::{Unwrap, unwrap};
    ///
    /// let degrees = AnyArray::from(Array::from([0i16, 120, 240, 0, 120]));
    /// let course = unwrap::any(&degrees, Unwrap { period: 360.0, ..Unwrap::default() })?;
    /// assert_eq!(course, AnyArray::from(Array::from([0.0, 120.0, 240.0, 360.0, 480.0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(p: &AnyArray, options: Unwrap) -> Result<AnyArray> {
        by_dtype!(
            default_float(p.dtype()),
            [f16 f32 f64],
            |T| crate::unwrap(&typed::<T>(p)?, options).map(AnyArray::from),
            "unwrap",
            &[p.dtype()]
        )
    }
}

impl nan_to_num_with {
    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// When there is no memory for the result.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::{Replacements, nan_to_num_with};
    ///
    /// let a = AnyArray::from(Array::from([f32::NAN, 1.0]));
    /// let with = Replacements { nan: -1.0, ..Replacements::default() };
    /// assert_eq!(nan_to_num_with::any(&a, with)?, AnyArray::from(Array::from([-1.0f32, 1.0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray, with: Replacements) -> Result<AnyArray> {
        if !matches!(a.dtype().kind(), Kind::Float | Kind::Complex) {
            return crate::nan_to_num::any(a);
        }
        of_dtypes!("nan_to_num", a, |a| crate::nan_to_num_with(a, with), [
            Float16 Float32 Float64 Complex64 Complex128
        ])
    }
}

impl angle {
    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// When there is no memory for the result.
    ///
    /// ```
    /// use array_core::{AnyArray, Array, complex128};
    /// let z = AnyArray::from(Array::from([complex128::new(0.0, 1.0)]));
    /// assert_eq!(ufuncs::angle::any(&z, true)?, AnyArray::from(Array::from([90.0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(z: &AnyArray, deg: bool) -> Result<AnyArray> {
        let ufunc = dynamic::OfOne { name: "angle", find: dynamic::one!(AsAngles, kernels::Angle) };
        let radians = ufunc.call(z)?.array()?;
        if deg { degrees::any(&radians) } else { Ok(radians) }
    }
}

impl real {
    /// As the function, of an array whose dtype is known at run time only: real numbers are their own real parts, in
    /// the same memory.
    ///
    /// # Errors
    /// None for now.
    ///
    /// ```
    /// use array_core::{AnyArray, Array, complex64};
    /// let z = AnyArray::from(Array::from([complex64::new(2.0, 1.0)]));
    /// assert_eq!(ufuncs::real::any(&z)?, AnyArray::from(Array::from([2.0f32])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray) -> Result<AnyArray> {
        match a.dtype().kind() {
            Kind::Complex => of_dtypes!("real", a, |a| a.real(), [Complex64 Complex128]),
            _ => Ok(a.clone()),
        }
    }
}

impl imag {
    /// As the function, of an array whose dtype is known at run time only: of real numbers zeros.
    ///
    /// # Errors
    /// When there is no memory for zeros.
    ///
    /// ```
    /// use array_core::{AnyArray, Array, complex64};
    /// let z = AnyArray::from(Array::from([complex64::new(2.0, 1.0)]));
    /// assert_eq!(ufuncs::imag::any(&z)?, AnyArray::from(Array::from([1.0f32])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray) -> Result<AnyArray> {
        match a.dtype().kind() {
            Kind::Complex => of_dtypes!("imag", a, |a| a.imag(), [Complex64 Complex128]),
            _ => AnyArray::zeros(a.shape(), a.dtype()),
        }
    }
}
