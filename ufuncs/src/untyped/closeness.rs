//! Whether arrays of any dtypes are equal or as good as.

use array_core::engine::function::Function;
use array_core::engine::untyped;
use array_core::{
    AnyArray, AnyOperand, Array, DType, Result, broadcast_shapes, complex64, complex128, f16, scalar,
};

use super::{by_dtype, default_float, methods_of};
use crate::functions::Tolerance;
use crate::{all, equal, isnan, kernels, logical_and, logical_or};

methods_of! { isclose allclose array_equal array_equiv }

impl isclose {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// When the shapes do not broadcast together.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::{Tolerance, isclose};
    ///
    /// let a = AnyArray::from(Array::from([1.0f32, 1.000001, 2.0]));
    /// assert_eq!(isclose::any(&a, 1, Tolerance::default())?, Array::from([true, true, false]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
        tolerance: Tolerance,
    ) -> Result<Array<bool>> {
        let (a, b) = (a.into(), b.into());
        let right = default_float(b.dtype_beside(a.dtype()));
        let left = a.dtype_beside(Some(right));
        let function = by_dtype!(
            left.promote(right),
            [f16 f32 f64 complex64 complex128],
            |T| Ok(match tolerance.equal_nan {
                true => Function::<4>::several::<kernels::IsClose<true>, (T, T, complex128)>(),
                false => Function::<4>::several::<kernels::IsClose<false>, (T, T, complex128)>(),
            }),
            "isclose",
            &[left, right]
        )?;
        let limits = AnyArray::from(scalar(complex128::new(tolerance.rtol, tolerance.atol)));
        let (a, b) = (a.into_array(left)?, b.into_array(right)?);
        let [result] =
            untyped::call(function, [DType::Bool], &[a.argument(), b.argument(), limits.argument()])?;
        result.downcast()
    }
}

impl allclose {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// When the shapes do not broadcast together.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::{Tolerance, allclose};
    ///
    /// let (a, b) = (AnyArray::from(Array::from([1i8, 2])), AnyArray::from(Array::from([1.0, 2.000001])));
    /// assert!(allclose::any(&a, &b, Tolerance::default())?);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
        tolerance: Tolerance,
    ) -> Result<bool> {
        all(&isclose::any(a, b, tolerance)?, ..)?.item()
    }
}

impl array_equal {
    /// As the function, of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// When there is no memory for what is compared.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::array_equal;
    ///
    /// let (a, b) = (AnyArray::from(Array::from([1i8, 2])), AnyArray::from(Array::from([1.0, 2.0])));
    /// assert!(array_equal::any(&a, &b, false)?);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray, b: &AnyArray, equal_nan: bool) -> Result<bool> {
        if a.shape() != b.shape() {
            return Ok(false);
        }
        let mut same = equal::any(a, b)?;
        if equal_nan {
            same = logical_or::any(&same, &logical_and::any(&isnan::any(a)?, &isnan::any(b)?)?)?;
        }
        all(same.downcast_ref::<bool>()?, ..)?.item()
    }
}

impl array_equiv {
    /// As the function, of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// When there is no memory for what is compared.
    ///
    /// ```
    /// use array_core::{AnyArray, Array};
    /// use ufuncs::array_equiv;
    ///
    /// let (a, b) = (AnyArray::from(Array::from([1i8, 1])), AnyArray::from(Array::from([1.0])));
    /// assert!(array_equiv::any(&a, &b)?);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray, b: &AnyArray) -> Result<bool> {
        if broadcast_shapes(&[a.shape(), b.shape()]).is_err() {
            return Ok(false);
        }
        all(equal::any(a, b)?.downcast_ref::<bool>()?, ..)?.item()
    }
}
