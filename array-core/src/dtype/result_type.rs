//! In which dtype several arrays, dtypes and numbers meet: NumPy's `result_type`.

use crate::any::{AnyArray, AnyOperand};
use crate::{Array, DType, Element, Error, Kind, Result, complex64, complex128, f16};

/// A number that takes the dtype of what it meets, as Python's do: its kind is all that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WeakKind {
    /// A whole number.
    Integer,
    /// A real number.
    Float,
    /// A complex number.
    Complex,
}

impl WeakKind {
    /// The dtype that such a number has beside one of dtype `other`, or beside weak ones only.
    pub(crate) fn beside(self, other: Option<DType>) -> DType {
        let (weak, kind) = match self {
            WeakKind::Integer => (DType::Int64, Kind::Signed),
            WeakKind::Float => (DType::Float64, Kind::Float),
            WeakKind::Complex => (DType::Complex128, Kind::Complex),
        };
        match other.map(|other| (other, other.kind())) {
            None => weak,
            Some((other, Kind::Unsigned)) if kind == Kind::Signed => other,
            Some((other, Kind::Float)) if kind == Kind::Complex => other.promote(DType::Complex64),
            Some((other, other_kind)) if other_kind >= kind => other,
            Some(_) => weak,
        }
    }
}

/// What counts in [`result_type`]: a dtype, that of an array, or a weak number's kind.
///
/// Rust's `i32`, `i64`, `f64` and `complex128` are weak, as Python's numbers are; so literals are. Other numbers have
/// their dtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TypeArgument {
    /// A dtype, which counts as it is.
    Strong(DType),
    /// A number that takes the dtype of the others, if they are of its kind or a later one.
    Weak(WeakKind),
}

impl From<DType> for TypeArgument {
    fn from(dtype: DType) -> Self {
        TypeArgument::Strong(dtype)
    }
}

impl<T: Element> From<&Array<T>> for TypeArgument {
    fn from(_: &Array<T>) -> Self {
        TypeArgument::Strong(T::DTYPE)
    }
}

impl From<&AnyArray> for TypeArgument {
    fn from(array: &AnyArray) -> Self {
        TypeArgument::Strong(array.dtype())
    }
}

impl From<&AnyOperand<'_>> for TypeArgument {
    fn from(operand: &AnyOperand<'_>) -> Self {
        match operand {
            AnyOperand::Integer(_) => TypeArgument::Weak(WeakKind::Integer),
            AnyOperand::Float(_) => TypeArgument::Weak(WeakKind::Float),
            AnyOperand::Complex(_) => TypeArgument::Weak(WeakKind::Complex),
            strong => TypeArgument::Strong(strong.dtype().expect("only numbers are weak")),
        }
    }
}

macro_rules! numbers {
    ([$($weak:ty, $kind:ident;)*] [$($strong:ty)*]) => {
        $(impl From<$weak> for TypeArgument {
            fn from(_: $weak) -> Self {
                TypeArgument::Weak(WeakKind::$kind)
            }
        })*
        $(impl From<$strong> for TypeArgument {
            fn from(_: $strong) -> Self {
                TypeArgument::Strong(<$strong as Element>::DTYPE)
            }
        })*
    };
}
numbers! {
    [i32, Integer; i64, Integer; f64, Float; complex128, Complex;]
    [bool i8 i16 u8 u16 u32 u64 f16 f32 complex64]
}

/// What [`result_type`] takes: a slice or array of arguments of one type, or a tuple of up to six of any.
pub trait TypeArguments {
    /// Hands the arguments over, one by one.
    fn each(self, f: impl FnMut(TypeArgument));
}

impl<A: Into<TypeArgument> + Copy> TypeArguments for &[A] {
    fn each(self, mut f: impl FnMut(TypeArgument)) {
        self.iter().for_each(|&argument| f(argument.into()));
    }
}

impl<A: Into<TypeArgument>, const N: usize> TypeArguments for [A; N] {
    fn each(self, mut f: impl FnMut(TypeArgument)) {
        self.into_iter().for_each(|argument| f(argument.into()));
    }
}

macro_rules! tuples {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: Into<TypeArgument>),*> TypeArguments for ($($name,)*) {
            #[allow(non_snake_case, reason = "each type's name is its argument's, too")]
            fn each(self, mut f: impl FnMut(TypeArgument)) {
                let ($($name,)*) = self;
                $(f($name.into());)*
            }
        }
    )*};
}
tuples! { A; A B; A B C; A B C D; A B C D E; A B C D E F; }

/// The dtype in which arrays, dtypes and numbers meet, by NumPy's rules: numbers are weak, that is they take the
/// others' dtype unless these are of an earlier kind.
///
/// ```
/// # use array_core::{Array, DType, result_type};
/// assert_eq!(result_type((DType::Int8, DType::UInt8))?, DType::Int16);
/// assert_eq!(result_type((&Array::from([1.5f32]), 2.5))?, DType::Float32);
/// assert_eq!(result_type((DType::Int8, 2.5))?, DType::Float64);
/// assert_eq!(result_type([DType::Bool, DType::Int64, DType::Float32])?, DType::Float64);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no argument.
pub fn result_type(arguments: impl TypeArguments) -> Result<DType> {
    let (mut strong, mut weak) = (None::<DType>, None::<WeakKind>);
    arguments.each(|argument| match argument {
        TypeArgument::Strong(dtype) => strong = Some(strong.map_or(dtype, |other| other.promote(dtype))),
        TypeArgument::Weak(kind) => weak = weak.max(Some(kind)),
    });
    match (strong, weak) {
        (None, None) => Err(Error::value("result_type needs at least one array, dtype or number")),
        (Some(strong), None) => Ok(strong),
        (strong, Some(weak)) => Ok(weak.beside(strong)),
    }
}

/// The smallest dtype to which both can be converted safely: [`DType::promote`] under NumPy's name.
///
/// ```
/// # use array_core::{DType, promote_types};
/// assert_eq!(promote_types(DType::Int32, DType::Float32), DType::Float64);
/// ```
pub fn promote_types(a: impl Into<DType>, b: impl Into<DType>) -> DType {
    a.into().promote(b.into())
}

/// The smallest dtype that holds a number: for integers by their value, for floats by their size only. Of an array with
/// axes its dtype.
///
/// ```
/// # use array_core::{DType, min_scalar_type, scalar};
/// assert_eq!(min_scalar_type(200), DType::UInt8);
/// assert_eq!(min_scalar_type(-200), DType::Int16);
/// assert_eq!(min_scalar_type(1e10), DType::Float32);
/// assert_eq!(min_scalar_type(scalar(u64::MAX)), DType::UInt64);
/// ```
pub fn min_scalar_type<'a>(number: impl Into<AnyOperand<'a>>) -> DType {
    let array = match number.into() {
        AnyOperand::Borrowed(array) => array.clone(),
        AnyOperand::Owned(array) => array,
        AnyOperand::Bool(_) => return DType::Bool,
        AnyOperand::Integer(value) => return smallest_integer(value.into()),
        AnyOperand::Float(value) => return smallest_float(value, value, DType::Float64),
        AnyOperand::Complex(value) => return smallest_float(value.re, value.im, DType::Complex128),
    };
    let dtype = array.dtype();
    if array.ndim() > 0 {
        return dtype;
    }
    match dtype.kind() {
        Kind::Bool => dtype,
        Kind::Unsigned => smallest_integer(array.astype::<u64>().to_vec()[0].into()),
        Kind::Signed => smallest_integer(array.astype::<i64>().to_vec()[0].into()),
        Kind::Float | Kind::Complex => {
            let value = array.astype::<complex128>().to_vec()[0];
            let imaginary = if dtype.kind() == Kind::Float { value.re } else { value.im };
            smallest_float(value.re, imaginary, dtype)
        }
    }
}

fn smallest_integer(value: i128) -> DType {
    let unsigned = [(8, DType::UInt8), (16, DType::UInt16), (32, DType::UInt32), (64, DType::UInt64)];
    let signed = [(7, DType::Int8), (15, DType::Int16), (31, DType::Int32), (63, DType::Int64)];
    let (least, table) = if value < 0 { (!value, signed) } else { (value, unsigned) };
    table.into_iter().find(|&(bits, _)| least >> bits == 0).expect("64 bits hold it").1
}

/// The smallest dtype of this one's kind, not beyond it, that both numbers do not overflow.
fn smallest_float(a: f64, b: f64, dtype: DType) -> DType {
    // NumPy's bounds, which are a little less than the largest numbers.
    let within = |bound: f64| [a, b].iter().all(|x| !x.is_finite() || x.abs() < bound);
    let smallest = if within(65000.0) {
        DType::Float16
    } else if within(3.4e38) {
        DType::Float32
    } else {
        DType::Float64
    };
    let real = if smallest.item_size() < dtype.part().item_size() { smallest } else { dtype.part() };
    if dtype.kind() == Kind::Complex { real.promote(DType::Complex64) } else { real }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scalar;

    #[test]
    fn smallest_dtypes() {
        for (value, dtype) in [
            (0, DType::UInt8),
            (255, DType::UInt8),
            (256, DType::UInt16),
            (-1, DType::Int8),
            (-128, DType::Int8),
            (-129, DType::Int16),
            (i64::MIN, DType::Int64),
            (i64::MAX, DType::UInt64),
        ] {
            assert_eq!(min_scalar_type(value), dtype, "{value}");
            assert_eq!(min_scalar_type(scalar(value)), dtype, "{value}");
        }
        assert_eq!(min_scalar_type(f64::NAN), DType::Float16);
        assert_eq!(min_scalar_type(scalar(f16::ONE)), DType::Float16);
        assert_eq!(min_scalar_type(complex128::new(1.0, 1e300)), DType::Complex128);
        assert_eq!(min_scalar_type(Array::from([1i64])), DType::Int64);
        let none: &[DType] = &[];
        assert!(result_type(none).unwrap_err().is_value());
        assert_eq!(result_type((1, 2.5, complex64::ZERO)).unwrap(), DType::Complex64);
    }
}
