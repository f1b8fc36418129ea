//! What functions of arrays of any dtype take: an array, or a number, which is weak as in Python.

use super::AnyArray;
use crate::{Array, DType, Element, Error, Kind, Result, TypeArgument, complex128};

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
        match TypeArgument::from(self) {
            TypeArgument::Strong(dtype) => dtype,
            TypeArgument::Weak(kind) => kind.beside(other),
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
