//! Reductions of arrays whose dtypes are known at run time only: which there is for which dtype.
//!
//! As for element-wise functions (`dynamic.rs` of the crate) that is looked up in the impls that typed calls go by:
//! where a reduction has none for a dtype, NumPy has none either, and the call is an error.

use std::convert::Infallible;
use std::marker::PhantomData;

use array_core::engine::target::fresh;
use array_core::{AnyArray, AnyOperand, DType, Element, Error, Result};

use super::over::Over;
use super::reduction::{Accumulation, Reduction, Segmentation};

/// A reduction of an array of one dtype; the name is the function's.
pub(crate) type Reduce = fn(&str, &AnyArray, Over<'_, AnyOperand<'_>>) -> Result<AnyArray>;
/// A running reduction along an axis.
pub(crate) type Accumulate = fn(&AnyArray, isize) -> Result<AnyArray>;
/// A reduction of segments of an axis; the name is the function's.
pub(crate) type Reduceat = fn(&str, &AnyArray, &[usize], isize) -> Result<AnyArray>;

/// What `W` does with elements of type `T`, if it does anything.
pub(crate) struct Of<W, T>(PhantomData<(W, T)>);

impl<W, T: Element> Of<W, T>
where
    W: Reduction<T, Initial: FromAny>,
{
    pub(crate) fn reduce() -> Option<Reduce> {
        Some(|name, a, over| {
            let Over { axes, keepdims, initial, mask, ddof } = over;
            let initial = initial.map(FromAny::from_any).transpose()?;
            let over = Over { axes, keepdims, initial, mask, ddof };
            let a = a.downcast_ref::<T>()?;
            Ok(AnyArray::of(&fresh(|target| W::reduce(name, a, over, target))?))
        })
    }
}

impl<W: Accumulation<T>, T: Element> Of<W, T> {
    pub(crate) fn accumulate() -> Option<Accumulate> {
        Some(|a, axis| {
            let a = a.downcast_ref::<T>()?;
            Ok(AnyArray::of(&fresh(|target| W::accumulate(a, axis, target))?))
        })
    }
}

impl<W: Segmentation<T>, T: Element> Of<W, T> {
    pub(crate) fn reduceat() -> Option<Reduceat> {
        Some(|name, a, indices, axis| {
            let a = a.downcast_ref::<T>()?;
            Ok(AnyArray::of(&fresh(|target| W::reduceat(name, a, indices, axis, target))?))
        })
    }
}

/// What is found where the impls above do not hold: a method of the type's own goes before a trait's.
pub(crate) trait Nothing {
    fn reduce() -> Option<Reduce> {
        None
    }
    fn accumulate() -> Option<Accumulate> {
        None
    }
    fn reduceat() -> Option<Reduceat> {
        None
    }
}
impl<W, T> Nothing for Of<W, T> {}

/// What the method of [`Of`] finds for `$by` and the dtype of `$a`, or an error that names the function.
macro_rules! find {
    ($method:ident, $by:ty, $name:expr, $a:expr) => {{
        #[allow(unused_imports, reason = "unless there is one for every dtype")]
        use crate::reduce::dynamic::Nothing as _;
        let dtype = $a.dtype();
        let found = array_core::for_each_dtype!(crate::reduce::dynamic::find_of, dtype, $method, $by;);
        crate::reduce::dynamic::or_unsupported(found, $name, dtype)?
    }};
}

macro_rules! find_of {
    ($dtype:ident, $method:ident, $by:ty; $(($variant:ident, $type:ty, $($rest:tt)*))*) => {
        match $dtype {
            $(array_core::DType::$variant => <crate::reduce::dynamic::Of<$by, $type>>::$method(),)*
            _ => None,
        }
    };
}

/// The expression, of the array with its dtype known, made an array of any dtype again; of dtypes that are not
/// listed an error that names the function.
macro_rules! of_dtypes {
    ($name:expr, $any:expr, |$a:ident| $result:expr, [$($variant:ident)*]) => {
        match $any {
            $(array_core::AnyArray::$variant($a) => Ok(array_core::AnyArray::of(&$result)),)*
            other => Err(array_core::Error::unsupported($name, &[other.dtype()])),
        }
    };
}
pub(crate) use {find, find_of, of_dtypes};

pub(crate) fn or_unsupported<F>(found: Option<F>, name: &str, dtype: DType) -> Result<F> {
    found.ok_or_else(|| Error::unsupported(name, &[dtype]))
}

/// What an initial value may be.
pub(crate) trait FromAny: Sized {
    /// A value of this type.
    ///
    /// # Errors
    /// When the value is of a higher kind, or does not fit, or is not one.
    fn from_any(value: AnyOperand<'_>) -> Result<Self>;
}

macro_rules! from_any {
    ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {$(
        impl FromAny for $type {
            fn from_any(value: AnyOperand<'_>) -> Result<Self> {
                one(value)
            }
        }
    )*};
}
array_core::for_each_dtype!(from_any);

impl FromAny for Infallible {
    fn from_any(_: AnyOperand<'_>) -> Result<Self> {
        Err(Error::value("this reduction takes no initial value"))
    }
}

fn one<T: Element>(value: AnyOperand<'_>) -> Result<T> {
    let dtype = value.dtype_beside(Some(T::DTYPE));
    // Whatever is not zero is true.
    let is_truth = T::DTYPE == DType::Bool && value.dtype().is_none();
    if !is_truth && dtype.kind() > T::DTYPE.kind() {
        return Err(Error::dtype(T::DTYPE, dtype));
    }
    value.into_array(T::DTYPE)?.cast(T::DTYPE).downcast::<T>()?.item()
}

/// What calls give for an initial value.
pub(crate) trait ToAny<'a> {
    /// Of any dtype.
    fn to_any(self) -> AnyOperand<'a>;
}

impl<'a> ToAny<'a> for AnyOperand<'a> {
    fn to_any(self) -> AnyOperand<'a> {
        self
    }
}

impl<'a> ToAny<'a> for Infallible {
    fn to_any(self) -> AnyOperand<'a> {
        match self {}
    }
}

/// The same options for any dtype.
pub(crate) fn untyped<'a, O: ToAny<'a>>(over: Over<'a, O>) -> Over<'a, AnyOperand<'a>> {
    let Over { axes, keepdims, initial, mask, ddof } = over;
    Over { axes, keepdims, initial: initial.map(ToAny::to_any), mask, ddof }
}
