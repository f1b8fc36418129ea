//! Arrays whose dtype is known at run time only: read from a file, or come from a foreign runtime.

use std::any::Any;
use std::fmt;

use crate::engine::function::Argument;
use crate::layout::Order;
use crate::{Array, DType, Element, Error, Kind, Result, complex128};

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
            /// An array that is still to be written, all of it, before anyone reads it.
            pub(crate) fn uninit(dtype: DType, shape: &[usize]) -> Result<Self> {
                let strides = Order::RowMajor.strides(shape);
                Ok(match dtype { $(DType::$variant => AnyArray::$variant(Array::uninit(shape, &strides)?),)* })
            }

            /// The elements converted to another dtype, as [`Array::astype`] does.
            ///
            /// # Panics
            /// When there is no memory for it.
            #[track_caller]
            pub fn cast(&self, dtype: DType) -> AnyArray {
                match dtype { $(DType::$variant => AnyArray::$variant(self.astype::<$type>()),)* }
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

impl AnyArray {
    /// The type of the elements.
    pub fn dtype(&self) -> DType {
        each!(self, array => array.dtype())
    }

    /// Lengths of the axes.
    pub fn shape(&self) -> &[usize] {
        each!(self, array => array.shape())
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
    /// # Errors
    /// When it is of another dtype.
    pub fn downcast<T: Element>(self) -> Result<Array<T>> {
        if self.dtype() != T::DTYPE {
            return Err(Error::dtype(T::DTYPE, self.dtype()));
        }
        Ok(each!(self, array => array.same_dtype()))
    }

    /// As [`downcast`](Self::downcast), borrowed.
    ///
    /// # Errors
    /// When it is of another dtype.
    pub fn downcast_ref<T: Element>(&self) -> Result<&Array<T>> {
        let array: &dyn Any = each!(self, array => array);
        array.downcast_ref().ok_or_else(|| Error::dtype(T::DTYPE, self.dtype()))
    }

    /// The elements converted to another dtype, as [`Array::astype`] does.
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn astype<T: Element>(&self) -> Array<T> {
        each!(self, array => array.astype())
    }

    /// The array as an operand of the engine.
    pub fn argument(&self) -> Argument<'_> {
        each!(self, array => Argument::new(array))
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

/// An operand of any dtype: an array, or a number of Rust's, which is weak as in Python.
#[derive(Clone, Debug)]
pub enum AnyOperand<'a> {
    /// An array that the caller keeps.
    Borrowed(&'a AnyArray),
    /// An array of its own.
    Owned(AnyArray),
    /// A truth value, which is a `bool` like any other.
    Bool(bool),
    /// A whole number, which takes the other operand's dtype, but an `i64` beside bools.
    Integer(i64),
    /// A real number, which takes the other operand's dtype if that is a float, and else is an `f64`.
    Float(f64),
    /// A complex number, of parts like the other operand's if that is a float, and else `f64`.
    Complex(complex128),
}

impl<'a> From<&'a AnyArray> for AnyOperand<'a> {
    fn from(array: &'a AnyArray) -> Self {
        AnyOperand::Borrowed(array)
    }
}

impl<'a, A: Into<AnyArray>> From<A> for AnyOperand<'a> {
    fn from(array: A) -> Self {
        AnyOperand::Owned(array.into())
    }
}

impl<'a, T: Element> From<&'a Array<T>> for AnyOperand<'a>
where
    Array<T>: Into<AnyArray>,
{
    fn from(array: &'a Array<T>) -> Self {
        AnyOperand::Owned(array.clone().into())
    }
}

macro_rules! weak {
    ($($type:ident $variant:ident;)*) => {$(
        impl From<$type> for AnyOperand<'_> {
            fn from(value: $type) -> Self {
                AnyOperand::$variant(value.into())
            }
        }
    )*};
}
weak! { bool Bool; i32 Integer; i64 Integer; f64 Float; complex128 Complex; }

impl AnyOperand<'_> {
    /// The dtype, unless it is weak.
    pub fn dtype(&self) -> Option<DType> {
        match self {
            AnyOperand::Borrowed(array) => Some(array.dtype()),
            AnyOperand::Owned(array) => Some(array.dtype()),
            AnyOperand::Bool(_) => Some(DType::Bool),
            _ => None,
        }
    }

    /// The dtype that this operand has beside one of dtype `other`; weak ones beside each other have
    /// their own: `None`.
    pub fn dtype_beside(&self, other: Option<DType>) -> DType {
        let weak = match self {
            AnyOperand::Integer(_) => DType::Int64,
            AnyOperand::Float(_) => DType::Float64,
            AnyOperand::Complex(_) => DType::Complex128,
            strong => return strong.dtype().expect("only numbers are weak"),
        };
        let Some(other) = other else { return weak };
        match (other.kind(), weak.kind()) {
            (other_kind, kind) if other_kind == kind => other,
            (Kind::Unsigned, Kind::Signed) => other,
            (Kind::Float, Kind::Complex) => other.promote(DType::Complex64),
            (other_kind, kind) if other_kind > kind => other,
            _ => weak,
        }
    }

    /// Whether it is anything but a whole number that a dtype of integers does not hold.
    pub fn fits(&self, dtype: DType) -> bool {
        let &AnyOperand::Integer(value) = self else { return true };
        match dtype.kind() {
            Kind::Signed | Kind::Unsigned => {
                let bits = 8 * dtype.item_size() as u32;
                match dtype.kind() {
                    Kind::Signed => (value >> (bits - 1)) == (value >> 63),
                    _ => value >= 0 && value.checked_shr(bits).unwrap_or(0) == 0,
                }
            }
            _ => true,
        }
    }

    /// The operand as an array; a number as one element of this dtype.
    ///
    /// # Errors
    /// When the dtype is of integers and does not hold the number.
    pub fn into_array(self, dtype: DType) -> Result<AnyArray> {
        if let AnyOperand::Integer(value) = self
            && !self.fits(dtype)
        {
            return Err(Error::value(format!(
                "integer {value} out of bounds for {dtype}: convert the array with cast"
            )));
        }
        let number: AnyArray = match self {
            AnyOperand::Borrowed(array) => return Ok(array.clone()),
            AnyOperand::Owned(array) => return Ok(array),
            AnyOperand::Bool(value) => return Ok(crate::scalar(value).into()),
            AnyOperand::Integer(value) => crate::scalar(value).into(),
            AnyOperand::Float(value) => crate::scalar(value).into(),
            AnyOperand::Complex(value) => crate::scalar(value).into(),
        };
        Ok(number.cast(dtype))
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

    #[test]
    fn numbers_are_weak() {
        let beside = |operand: AnyOperand<'_>, other: DType| operand.dtype_beside(Some(other));
        assert_eq!(beside(1.into(), DType::Int8), DType::Int8);
        assert_eq!(beside(1.into(), DType::UInt8), DType::UInt8);
        assert_eq!(beside(1.into(), DType::Bool), DType::Int64);
        assert_eq!(beside(1.into(), DType::Float16), DType::Float16);
        assert_eq!(beside(1.5.into(), DType::Float32), DType::Float32);
        assert_eq!(beside(1.5.into(), DType::Int8), DType::Float64);
        assert_eq!(beside(1.5.into(), DType::Complex64), DType::Complex64);
        let i = complex128::new(0.0, 1.0);
        assert_eq!(beside(i.into(), DType::Float16), DType::Complex64);
        assert_eq!(beside(i.into(), DType::Float64), DType::Complex128);
        assert_eq!(beside(i.into(), DType::Int8), DType::Complex128);
        assert_eq!(beside(true.into(), DType::Int8), DType::Bool);
        assert!(AnyOperand::from(300).into_array(DType::UInt8).unwrap_err().is_value());
        assert!(AnyOperand::from(-1).into_array(DType::UInt64).unwrap_err().is_value());
        for (value, fits) in [(127, true), (128, false), (-128, true), (-129, false), (i64::MAX, false)] {
            assert_eq!(AnyOperand::from(value).fits(DType::Int8), fits, "{value}");
        }
        assert!(AnyOperand::from(255).fits(DType::UInt8) && !AnyOperand::from(256).fits(DType::UInt8));
        assert!(
            AnyOperand::from(i64::MIN).fits(DType::Int64) && AnyOperand::from(i64::MAX).fits(DType::UInt64)
        );
        assert_eq!(AnyOperand::from(3).into_array(DType::Int8).unwrap().dtype(), DType::Int8);
    }
}
