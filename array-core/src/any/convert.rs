//! Arrays of any dtype converted to others.

use super::AnyArray;
use crate::{Array, Casting, DType, Element, Result, copy, dtype, layout};

impl AnyArray {
    /// The elements converted to a dtype known at compile time, if `casting` allows it: [`Array::astype_with`].
    ///
    /// # Errors
    /// When it is not allowed, or there is no memory.
    pub fn astype_with<T: Element>(&self, casting: Casting) -> Result<Array<T>> {
        self.cast_with(T::DTYPE, casting)?.downcast()
    }

    /// The elements converted to a dtype known at run time, if `casting` allows it.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array, Casting, DType};
    /// let a = AnyArray::from(Array::from([1.5f32, 2.5]));
    /// assert_eq!(a.cast_with(DType::Float64, Casting::Safe)?.dtype(), DType::Float64);
    /// assert!(a.cast_with(DType::Int64, Casting::SameKind).unwrap_err().is_dtype());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is not allowed, or there is no memory.
    pub fn cast_with(&self, dtype: DType, casting: Casting) -> Result<AnyArray> {
        dtype::check(self.dtype(), dtype, casting)?;
        let result = self.converted(dtype)?;
        if casting == Casting::SameValue {
            dtype::check_values(self, &result)?;
        }
        Ok(result)
    }

    /// The elements converted to another dtype, in the memory order they are in.
    ///
    /// # Errors
    /// When there is no memory.
    pub(super) fn converted(&self, dtype: DType) -> Result<AnyArray> {
        let result =
            AnyArray::uninit(dtype, self.shape(), &layout::strides_of_copy(self.shape(), self.strides()))?;
        // SAFETY: the result is fresh, so that nobody else has seen it.
        unsafe { copy::write_arguments(self.argument(), result.argument()) };
        Ok(result)
    }
}
