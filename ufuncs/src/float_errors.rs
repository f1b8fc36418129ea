//! What NumPy warns of ("divide by zero", "overflow", "invalid value"), asked for by who wants to know.
//!
//! Functions here neither warn nor keep a global state such as `numpy.errstate`: they give `inf` and
//! `nan` as the rules of floats have it. The processor does keep flags of what happened, but they
//! cannot be trusted: vectorised loops compute elements that nobody asked for and values that are
//! thrown away, and raise flags by it. So the question is put to operands and result instead.

use array_core::{Array, Element, Error, Result, broadcast_shapes};

use crate::kernels::{Isfinite, Isnan};
use crate::operand::{AsTheyAre, Takes};
use crate::{isfinite, isnan, logical_and, logical_not};

/// What happened in a function of floats, found by comparing its operands with its result.
///
/// Two of NumPy's warnings cannot be told apart, as both give infinities: "divide by zero" and
/// "overflow". "Underflow", which NumPy ignores too unless told otherwise, leaves no trace.
///
/// ```
/// use array_core::Array;
/// use ufuncs::{FloatErrors, divide};
///
/// let (a, b) = (Array::from([1.0, 0.0, f64::NAN, 1.0]), Array::from([0.0, 0.0, 1.0, 2.0]));
/// let y = divide(&a, &b)?;
/// let errors = FloatErrors::of(&[&a, &b], &y)?;
/// assert_eq!(errors, FloatErrors { invalid: 1, infinite: 1 }); // 0/0 and 1/0; not nan/1
/// assert!(errors.check().is_err());
/// # Ok::<(), array_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FloatErrors {
    /// How many results are `nan` where no operand is: NumPy's "invalid value".
    pub invalid: usize,
    /// How many results are infinite where all operands are finite: NumPy's "divide by zero" or
    /// "overflow".
    pub infinite: usize,
}

/// An array that may hold `nan` and infinities. (Those of integers and bools never do.)
pub trait MayBeFloats {
    #[doc(hidden)]
    fn shape_of(&self) -> &[usize];
    #[doc(hidden)]
    fn nan(&self) -> Array<bool>;
    #[doc(hidden)]
    fn finite(&self) -> Array<bool>;
}

impl<T: Element> MayBeFloats for Array<T>
where
    AsTheyAre: Takes<T, Isnan, Result = bool> + Takes<T, Isfinite, Result = bool>,
{
    fn shape_of(&self) -> &[usize] {
        self.shape()
    }
    fn nan(&self) -> Array<bool> {
        isnan(self)
    }
    fn finite(&self) -> Array<bool> {
        isfinite(self)
    }
}

impl FloatErrors {
    /// What happened when a function made `result` of these operands.
    ///
    /// # Errors
    /// When the operands do not broadcast to the result's shape.
    pub fn of(operands: &[&dyn MayBeFloats], result: &dyn MayBeFloats) -> Result<Self> {
        let mut shapes: Vec<&[usize]> = operands.iter().map(|operand| operand.shape_of()).collect();
        shapes.push(result.shape_of());
        if *broadcast_shapes(&shapes)? != *result.shape_of() {
            return Err(Error::broadcast(&shapes));
        }
        let mut invalid = result.nan();
        let mut infinite = logical_and(logical_not(result.finite()), logical_not(&invalid))?;
        for operand in operands {
            invalid = logical_and(invalid, logical_not(operand.nan()))?;
            infinite = logical_and(infinite, operand.finite())?;
        }
        let count = |mask: Array<bool>| mask.view().iter().filter(|&&is| is).count();
        Ok(FloatErrors { invalid: count(invalid), infinite: count(infinite) })
    }

    /// Whether nothing happened.
    pub fn is_none(&self) -> bool {
        *self == FloatErrors::default()
    }

    /// An error if anything happened: NumPy's `errstate(all="raise")`.
    ///
    /// # Errors
    /// When there are invalid or infinite results.
    pub fn check(&self) -> Result<()> {
        if self.is_none() {
            return Ok(());
        }
        Err(Error::value(format!(
            "{} result(s) are nan where no operand is, and {} infinite where all operands are finite",
            self.invalid, self.infinite
        )))
    }
}
