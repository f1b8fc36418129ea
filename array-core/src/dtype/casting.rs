//! Which conversions are allowed, by NumPy's kinds of casting, and conversions that ask.

use std::fmt;

use super::same_value;
use crate::any::AnyArray;
use crate::copy;
use crate::{Array, DType, Element, Error, Result};

/// Which conversions between dtypes are allowed: NumPy's `casting`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Casting {
    /// None.
    No,
    /// To another order of bytes: as arrays have this machine's only, the same as [`No`](Self::No).
    Equiv,
    /// Those that keep every value, or the nearest `f64` of a 64-bit integer.
    Safe,
    /// Safe ones, and those within a kind or to a later one (`f64` to `f32`, `i64` to `f16`); not from signed to
    /// unsigned integers, nor from complex to real numbers.
    SameKind,
    /// All.
    Unsafe,
    /// All by which no element of the array at hand becomes another number; what becomes a `bool` always may.
    SameValue,
}

impl Casting {
    /// NumPy's name of it: `"same_kind"`.
    pub const fn name(self) -> &'static str {
        match self {
            Casting::No => "no",
            Casting::Equiv => "equiv",
            Casting::Safe => "safe",
            Casting::SameKind => "same_kind",
            Casting::Unsafe => "unsafe",
            Casting::SameValue => "same_value",
        }
    }
}

impl fmt::Display for Casting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether NumPy converts from one dtype, or the dtype of an array, to another under this rule. (By
/// [`Casting::SameValue`] the values decide, no dtype is refused.)
///
/// ```
/// # use array_core::{Casting, DType, can_cast};
/// assert!(can_cast(DType::Int32, DType::Float64, Casting::Safe));
/// assert!(!can_cast(DType::Int32, DType::Float32, Casting::Safe));
/// assert!(can_cast(DType::Float64, DType::Float32, Casting::SameKind));
/// assert!(!can_cast(DType::Float64, DType::Int64, Casting::SameKind));
/// ```
pub fn can_cast(from: impl Into<DType>, to: impl Into<DType>, casting: Casting) -> bool {
    let (from, to) = (from.into(), to.into());
    let is_safe = from.promote(to) == to;
    match casting {
        Casting::No | Casting::Equiv => from == to,
        Casting::Safe => is_safe,
        // Kinds are in NumPy's order: bool, unsigned, signed, float, complex.
        Casting::SameKind => is_safe || from.kind() <= to.kind(),
        Casting::Unsafe | Casting::SameValue => true,
    }
}

/// # Errors
/// When the conversion is not allowed.
pub(crate) fn check(from: DType, to: DType, casting: Casting) -> Result<()> {
    if can_cast(from, to, casting) {
        return Ok(());
    }
    let allowed = if can_cast(from, to, Casting::SameKind) { Casting::SameKind } else { Casting::Unsafe };
    Err(Error::casting(format!(
        "cannot cast array data from {from} to {to} according to the rule '{casting}': the strictest rule that allows \
         it is '{allowed}'"
    )))
}

impl<T: Element> Array<T> {
    /// The elements converted to another dtype, as [`astype`](Self::astype) does, if `casting` allows it: NumPy's
    /// `a.astype(dtype, casting=…)`.
    ///
    /// ```
    /// # use array_core::{Array, Casting};
    /// let a = Array::from([1i32, 2]);
    /// assert_eq!(a.astype_with::<f64>(Casting::Safe)?.to_vec(), [1.0, 2.0]);
    /// let error = a.astype_with::<f32>(Casting::Safe).unwrap_err();
    /// assert!(error.to_string().contains("from int32 to float32 according to the rule 'safe'"));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is not allowed, or there is no memory.
    pub fn astype_with<D: Element>(&self, casting: Casting) -> Result<Array<D>> {
        check(T::DTYPE, D::DTYPE, casting)?;
        let result = copy::converted_in_order(self)?;
        if casting == Casting::SameValue {
            same_value::check(&AnyArray::of(self), &AnyArray::of(&result))?;
        }
        Ok(result)
    }
}
