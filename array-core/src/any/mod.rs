//! Arrays whose dtype is known at run time only: read from a file, or come from a foreign runtime.

use std::any::Any;
use std::fmt;

use crate::engine::function::Argument;
use crate::{Array, DType, Element, Error, Result, error};

pub use files::{save_any, write_npy_any};
pub use operand::AnyOperand;

macro_rules! define_any {
    ($(($variant:ident, $type:ty, $name:literal, $($rest:tt)*))*) => {
        /// An array of any dtype.
        ///
        /// ```
        /// use array_core::{AnyArray, Array, DType};
        ///
        /// let any = AnyArray::from(Array::from([1i32, 2, 3]));
        /// assert_eq!(any.dtype(), DType::Int32);
        /// assert_eq!(any.cast(DType::Float64), AnyArray::from(Array::from([1.0, 2.0, 3.0])));
        /// assert_eq!(any.downcast_ref::<i32>()?.to_vec(), [1, 2, 3]);
        /// assert!(any.downcast::<f64>().unwrap_err().is_dtype());
        /// # Ok::<(), array_core::Error>(())
        /// ```
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum AnyArray {
            $(#[doc = concat!("An array of NumPy's `", $name, "`.")] $variant(Array<$type>),)*
        }

        $(impl From<Array<$type>> for AnyArray {
            fn from(array: Array<$type>) -> Self {
                AnyArray::$variant(array)
            }
        })*

        /// The expression, of whatever array it is.
        macro_rules! each {
            ($any:expr, $array:ident => $value:expr) => {
                match $any { $(AnyArray::$variant($array) => $value,)* }
            };
        }

        impl AnyArray {
            /// An array whose dtype only its type tells: it shares the memory. Where the dtype is known, `from`
            /// does the same.
            pub fn of<T: Element>(array: &Array<T>) -> Self {
                match T::DTYPE { $(DType::$variant => AnyArray::$variant(array.clone().same_dtype()),)* }
            }

            /// An array that is still to be written, all of it, before anyone reads it.
            pub(crate) fn uninit(dtype: DType, shape: &[usize], strides: &[isize]) -> Result<Self> {
                Ok(match dtype { $(DType::$variant => AnyArray::$variant(Array::uninit(shape, strides)?),)* })
            }
        }

        impl PartialEq for AnyArray {
            /// Whether dtypes, shapes and elements are the same.
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((AnyArray::$variant(a), AnyArray::$variant(b)) => a == b,)*
                    _ => false,
                }
            }
        }
    };
}
crate::for_each_dtype!(define_any);

mod convert;
mod files;
mod index;
mod join;
mod moved;
mod operand;
mod shape;
#[cfg(feature = "any")]
mod sort;

impl AnyArray {
    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        each!(self, array => array.dtype())
    }

    /// Lengths of the axes.
    pub fn shape(&self) -> &[usize] {
        each!(self, array => array.shape())
    }

    /// How far apart neighbours along each axis are, counted in elements; may be zero or negative.
    pub fn strides(&self) -> &[isize] {
        each!(self, array => array.strides())
    }

    /// Whether the elements follow one another in row-major order.
    pub fn is_contiguous(&self) -> bool {
        each!(self, array => array.is_contiguous())
    }

    /// The address of the first element: it stays the same for as long as this buffer lives.
    pub fn address(&self) -> usize {
        each!(self, array => array.address())
    }

    /// Whether nobody else holds the memory, and no two elements share a place: [`Array::is_unique`].
    pub fn is_unique(&mut self) -> bool {
        each!(self, array => array.is_unique())
    }

    /// How many axes there are.
    pub fn ndim(&self) -> usize {
        self.shape().len()
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        each!(self, array => array.len())
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// This array, its dtype known.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.clone().downcast::<i32>()?.to_vec(), [0, 1, 2]);
    /// assert!(a.downcast::<f64>().unwrap_err().is_dtype());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is of another dtype.
    pub fn downcast<T: Element>(self) -> Result<Array<T>> {
        if self.dtype() != T::DTYPE {
            return Err(Error::dtype(T::DTYPE, self.dtype()));
        }
        Ok(each!(self, array => array.same_dtype()))
    }

    /// As [`downcast`](Self::downcast), borrowed to be written to.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let mut a = AnyArray::from(arange(3)?);
    /// a.downcast_mut::<i32>()?.set(0, 9)?;
    /// assert_eq!(a.downcast::<i32>()?.to_vec(), [9, 1, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is of another dtype.
    pub fn downcast_mut<T: Element>(&mut self) -> Result<&mut Array<T>> {
        let found = self.dtype();
        let array: &mut dyn Any = each!(self, array => array);
        array.downcast_mut().ok_or_else(|| Error::dtype(T::DTYPE, found))
    }

    /// As [`downcast`](Self::downcast), borrowed.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.downcast_ref::<i32>()?.get(-1)?, 2);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is of another dtype.
    pub fn downcast_ref<T: Element>(&self) -> Result<&Array<T>> {
        let array: &dyn Any = each!(self, array => array);
        array.downcast_ref().ok_or_else(|| Error::dtype(T::DTYPE, self.dtype()))
    }

    /// The elements converted to another dtype, as [`Array::astype`] does.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.astype::<f64>().to_vec(), [0.0, 1.0, 2.0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn astype<T: Element>(&self) -> Array<T> {
        self.cast(T::DTYPE).downcast().expect("of that dtype now")
    }

    /// As [`astype`](Self::astype), to a dtype known at run time.
    ///
    /// ```
    /// # use array_core::{AnyArray, DType, arange};
    /// let a = AnyArray::from(arange(3)?).cast(DType::Float32);
    /// assert_eq!(a.dtype(), DType::Float32);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn cast(&self, dtype: DType) -> AnyArray {
        error::or_panic(self.converted(dtype))
    }

    /// The array as an operand of the engine.
    pub fn argument(&self) -> Argument<'_> {
        each!(self, array => Argument::new(array))
    }
}

/// As [`AnyArray::downcast`].
impl<T: Element> TryFrom<AnyArray> for Array<T> {
    type Error = Error;

    fn try_from(any: AnyArray) -> Result<Array<T>> {
        any.downcast()
    }
}

impl fmt::Display for AnyArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, array => fmt::Display::fmt(array, f))
    }
}

impl fmt::Debug for AnyArray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each!(self, array => fmt::Debug::fmt(array, f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    #[test]
    fn every_dtype_there_and_back() {
        for &dtype in DType::ALL {
            let any = AnyArray::from(arange(3i64).unwrap()).cast(dtype);
            assert_eq!((any.dtype(), any.shape(), any.ndim(), any.len()), (dtype, &[3][..], 1, 3));
            assert_eq!(any, any.clone());
            assert_eq!(any.downcast_ref::<f64>().is_ok(), dtype == DType::Float64);
            assert!(dtype == DType::Bool || any.astype::<i64>().to_vec() == [0, 1, 2]);
        }
        let a = arange(2.5).unwrap();
        let any = AnyArray::from(a.clone());
        assert_eq!((any.to_string(), format!("{any:?}")), (a.to_string(), format!("{a:?}")));
        assert_eq!(any.clone().downcast::<f64>().unwrap().address(), a.address());
        assert!(any.downcast::<f32>().unwrap_err().to_string().contains("float64"));
        assert!(AnyArray::from(zeros::<i8>([0, 2]).unwrap()).is_empty());
    }
}
