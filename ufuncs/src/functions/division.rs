//! Division with a whole quotient, common divisors, powers of integers.

use array_core::engine::at::Indices;
use array_core::engine::call::{self, Common, Outs, Pair};
use array_core::engine::function::Function;
use array_core::engine::kernel::{Binary, Several};
use array_core::engine::{masked, outer};
use array_core::operators::kernels as division;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::pair::TakesPair;
use crate::{define, kernels};

define::binary! {
    /// The quotient, rounded down. Integers divided by zero give 0, and wrap; bools give an `i8`.
    floor_divide: division::FloorDivide, [-7, 2] => -4;

    /// What [`floor_divide`](fn@floor_divide) leaves, with the divisor's sign: as `&a % &b`. Exact.
    /// Integers divided by zero give 0, bools an `i8`.
    remainder: division::Remainder, [-7, 2] => 1;

    /// What a division that is rounded towards zero leaves, with the dividend's sign. Exact.
    /// Integers divided by zero give 0, bools an `i8`.
    fmod: division::Fmod, [-7, 2] => -1;

    /// The greatest common divisor of two integers; of zeros 0.
    gcd: kernels::Gcd, [12, -18] => 6;

    /// The least common multiple of two integers: not negative unless it wraps.
    lcm: kernels::Lcm, [4, 6] => 12;
}

/// NumPy's other name of [`remainder`](fn@remainder): `mod` is a keyword of Rust's.
pub use remainder as mod_;

/// The dtype of both results of [`divmod`](fn@divmod).
type Parts<'a, P> = <division::FloorDivide as Binary<Common<'a, P>>>::Output;

/// Quotient and remainder at once: [`floor_divide`](fn@floor_divide) and [`remainder`](fn@remainder).
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// let (quotient, rest) = ufuncs::divmod(&Array::from([-7, 7]), 2)?;
/// assert_eq!((quotient, rest), (Array::from([-4, 3]), Array::from([1, 1])));
/// # Ok::<(), array_core::Error>(())
/// ```
#[allow(clippy::type_complexity, reason = "two arrays, as NumPy gives")]
pub fn divmod<'a, A, B>(a: A, b: B) -> Result<(Array<Parts<'a, (A, B)>>, Array<Parts<'a, (A, B)>>)>
where
    (A, B): Pair<'a>,
    division::FloorDivide: Binary<Common<'a, (A, B)>>,
    division::Divmod:
        Several<(Common<'a, (A, B)>, Common<'a, (A, B)>), Output = (Parts<'a, (A, B)>, Parts<'a, (A, B)>)>,
{
    let (a, b) = (a, b).into_sources();
    let function = Function::<4>::several::<division::Divmod, (Common<'a, (A, B)>, Common<'a, (A, B)>)>();
    call::several(function, &[a.argument(), b.argument()])
}

/// The other methods of the ufunc [`divmod`](fn@divmod).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum divmod {}

impl divmod {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// As [`add::any`](crate::add::any).
    #[cfg(feature = "any")]
    pub fn any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
    ) -> Result<(AnyArray, AnyArray)> {
        Self::ANY.call(a, b)?.fresh().map(<(AnyArray, AnyArray)>::from)
    }

    #[cfg(feature = "any")]
    const ANY: dynamic::OfTwoInTwo =
        dynamic::OfTwoInTwo { name: "divmod", find: dynamic::in_two!(TwoInTwo, division::Divmod) };

    /// As [`out`](Self::out), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out`](Self::out).
    #[cfg(feature = "any")]
    pub fn out_any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
        out: (&mut AnyArray, &mut AnyArray),
    ) -> Result<()> {
        Self::ANY.call(a, b)?.out(out, None)
    }

    /// As [`out_where`](Self::out_where), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
    #[cfg(feature = "any")]
    pub fn out_where_any<'a, 'b>(
        a: impl Into<AnyOperand<'a>>,
        b: impl Into<AnyOperand<'b>>,
        out: (&mut AnyArray, &mut AnyArray),
        mask: &Array<bool>,
    ) -> Result<()> {
        Self::ANY.call(a, b)?.out(out, Some(mask))
    }

    /// As [`outer`](Self::outer), of arrays whose dtypes are known at run time only.
    ///
    /// # Errors
    /// As of [`any`](Self::any).
    #[cfg(feature = "any")]
    pub fn outer_any(a: &AnyArray, b: &AnyArray) -> Result<(AnyArray, AnyArray)> {
        Self::any(dynamic::before(a, b)?, b)
    }

    /// As the function, into two arrays that are there.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let (mut whole, mut rest) = (zeros::<i32>(2)?, zeros::<i32>(2)?);
    /// ufuncs::divmod::out(&Array::from([7, -7]), 2, (&mut whole, &mut rest))?;
    /// assert_eq!((whole, rest), (Array::from([3, -4]), Array::from([1, 1])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out<'a, A, B, R, S>(a: A, b: B, out: (&mut Array<R>, &mut Array<S>)) -> Result<()>
    where
        (A, B): Pair<'a>,
        R: Element,
        S: Element,
        division::FloorDivide: Binary<Common<'a, (A, B)>>,
        division::Divmod: Several<(Common<'a, (A, B)>, Common<'a, (A, B)>), Output = (Parts<'a, (A, B)>, Parts<'a, (A, B)>)>,
        for<'b> (&'b mut Array<R>, &'b mut Array<S>): Outs,
    {
        let (a, b) = (a, b).into_sources();
        let function = Function::<4>::several::<division::Divmod, (Common<'a, (A, B)>, Common<'a, (A, B)>)>();
        let result = <Parts<'a, (A, B)>>::DTYPE;
        call::several_out(function, &[result; 2], &[a.argument(), b.argument()], out)
    }

    /// As [`out`](Self::out), where the mask is true: elsewhere the arrays keep what they hold.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let (mut whole, mut rest) = (zeros::<i32>(2)?, zeros::<i32>(2)?);
    /// let mask = Array::from([true, false]);
    /// ufuncs::divmod::out_where(&Array::from([7, -7]), 2, (&mut whole, &mut rest), &mask)?;
    /// assert_eq!((whole, rest), (Array::from([3, 0]), Array::from([1, 0])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out_where<'a, A, B, R, S>(
        a: A,
        b: B,
        out: (&mut Array<R>, &mut Array<S>),
        mask: &Array<bool>,
    ) -> Result<()>
    where
        (A, B): Pair<'a>,
        R: Element,
        S: Element,
        division::FloorDivide: Binary<Common<'a, (A, B)>>,
        division::Divmod: Several<(Common<'a, (A, B)>, Common<'a, (A, B)>), Output = (Parts<'a, (A, B)>, Parts<'a, (A, B)>)>,
    {
        let (a, b) = (a, b).into_sources();
        let function = Function::<4>::several::<division::Divmod, (Common<'a, (A, B)>, Common<'a, (A, B)>)>();
        let result = <Parts<'a, (A, B)>>::DTYPE;
        masked::out_where(function, &[result; 2], &[a.argument(), b.argument()], out, mask)
    }

    /// Of each element of the left operand with each of the right: the results' shape is the left
    /// one's, then the right one's.
    ///
    /// ```
    /// # use array_core::array;
    /// let (whole, rest) = ufuncs::divmod::outer(&array![7, -7], &array![2, 3])?;
    /// assert_eq!((whole, rest), (array![[3, 2], [-4, -3]], array![[1, 1], [1, 2]]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for the results.
    #[allow(clippy::type_complexity, reason = "two arrays, as NumPy gives")]
    pub fn outer<'a, A, B>(a: A, b: B) -> Result<(Array<Parts<'a, (A, B)>>, Array<Parts<'a, (A, B)>>)>
    where
        (A, B): Pair<'a>,
        division::FloorDivide: Binary<Common<'a, (A, B)>>,
        division::Divmod: Several<(Common<'a, (A, B)>, Common<'a, (A, B)>), Output = (Parts<'a, (A, B)>, Parts<'a, (A, B)>)>,
    {
        let function = Function::<4>::several::<division::Divmod, (Common<'a, (A, B)>, Common<'a, (A, B)>)>();
        outer::outer(function, (a, b))
    }
}
