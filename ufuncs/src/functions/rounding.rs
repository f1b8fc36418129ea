//! Rounding, signs and parts of numbers.

use array_core::engine::CastTo;
use array_core::engine::at::Indices;
use array_core::engine::call::{self, Pair, Single, Source};
use array_core::engine::function::{Argument, Function};
use array_core::engine::masked;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Error, Result, complex64, complex128, f16};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsTheirFloats, AsTheyAre, Takes};
use crate::pair::TakesPair;
use crate::{define, kernels};

define::unary! {
    /// The next whole number below, as a float if it was one. Integers stay what they are.
    floor: kernels::Floor, AsTheyAre, [-1.5, 2.0] => [-2.0, 2.0];

    /// The next whole number above, as a float if it was one. Integers stay what they are.
    ceil: kernels::Ceil, AsTheyAre, [-1.5, 2.0] => [-1.0, 2.0];

    /// The next whole number towards zero, as a float if it was one. Integers stay what they are.
    trunc: kernels::Trunc, AsTheyAre, [-1.5, 2.0] => [-1.0, 2.0];

    /// The nearest whole number, halves to the even one. Integers become floats.
    rint: kernels::Rint, AsTheirFloats, [2.5, -0.7] => [2.0, -1.0];

    /// -1, 0 or 1; `nan` stays. Of complex numbers the number of magnitude 1 in their direction.
    sign: kernels::Sign, AsTheyAre, [-1.5, 0.0] => [-1.0, 0.0];

    /// A copy.
    positive: kernels::Positive, AsTheyAre, [-1.5, 2.0] => [-1.5, 2.0];

    /// The complex conjugate; real numbers are their own. Bools give an `i8`.
    conjugate: kernels::Conjugate, AsTheyAre, [-1.5, 2.0] => [-1.5, 2.0];

    /// The magnitude of real numbers, as a float.
    fabs: kernels::Fabs, AsTheirFloats, [-1.5, 2.0] => [1.5, 2.0];

    /// The distance to the next float away from zero, with the number's sign (in half precision:
    /// to the next one up).
    spacing: kernels::Spacing, AsTheirFloats, [1.0, -2.0] => [2.220446049250313e-16, -4.440892098500626e-16];

    /// `nan` as zero, and infinities as the largest number of their sign. [`nan_to_num_with`](fn@nan_to_num_with) chooses others.
    nan_to_num: kernels::NanToNum, AsTheyAre, [f64::NAN, f64::INFINITY] => [0.0, f64::MAX];
}

define::binary! {
    /// The left number with the right one's sign, as a float.
    copysign: kernels::Copysign as AsTheirFloats, [1.5, -0.0] => -1.5;

    /// 0 where the left number is below zero, 1 where it is above, and at zero the right number.
    heaviside: kernels::Heaviside as AsTheirFloats, [0.0, 0.5] => 0.5;

    /// The next float from the left number towards the right one.
    nextafter: kernels::Nextafter as AsTheirFloats, [1.0, 2.0] => 1.0000000000000002;
}

/// Dtypes in which [`nan_to_num_with`](fn@nan_to_num_with) finds what to replace.
pub trait Replace: Element {
    #[doc(hidden)]
    fn replace(a: Source<'_, Self>, with: Replacements) -> Array<Self>;
}

/// What [`nan_to_num_with`](fn@nan_to_num_with) puts in the place of what is not a number. The default is what
/// [`nan_to_num`](fn@nan_to_num) puts there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Replacements {
    /// In the place of `nan`.
    pub nan: f64,
    /// In the place of +∞: the dtype's largest number if there is none.
    pub posinf: Option<f64>,
    /// In the place of -∞: the dtype's least number if there is none.
    pub neginf: Option<f64>,
}

macro_rules! replace {
    (copies: $($type:ident)*) => {$(
        impl Replace for $type {
            fn replace(a: Source<'_, $type>, _: Replacements) -> Array<$type> {
                call::unary::<kernels::NanToNum, $type, $type, $type>(a)
            }
        }
    )*};
    ($($type:ident by $pair:ident, $part:ident, $largest:expr;)*) => {$(
        impl Replace for $type {
            fn replace(a: Source<'_, $type>, with: Replacements) -> Array<$type> {
                let (above, below) = (with.posinf.unwrap_or($largest), with.neginf.unwrap_or(-$largest));
                let first = Source::Scalar($pair::new(with.nan as $part, above as $part));
                let second = Source::Scalar($pair::new(below as $part, 0.0));
                let function = Function::several::<kernels::NanToNumbers, ($type, $pair, $pair)>();
                let operands = [a.argument(), first.argument(), second.argument()];
                call::several::<4, _>(function, &operands).expect("scalars broadcast to any shape")
            }
        }
    )*};
}
replace! { copies: bool i8 i16 i32 i64 u8 u16 u32 u64 }
replace! {
    f16 by complex64, f32, 65504.0;
    f32 by complex64, f32, f64::from(f32::MAX);
    f64 by complex128, f64, f64::MAX;
    complex64 by complex64, f32, f64::from(f32::MAX);
    complex128 by complex128, f64, f64::MAX;
}

/// `nan` and infinities as numbers of choice: [`nan_to_num`](fn@nan_to_num) with options. Of complex numbers
/// each part is replaced.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::{Replacements, nan_to_num_with};
///
/// let a = Array::from([f64::NAN, f64::INFINITY, 1.0]);
/// let with = Replacements { nan: -1.0, posinf: Some(99.0), ..Replacements::default() };
/// assert_eq!(nan_to_num_with(&a, with), Array::from([-1.0, 99.0, 1.0]));
/// ```
#[track_caller]
pub fn nan_to_num_with<'a, A: Single<'a, Item: Replace>>(a: A, with: Replacements) -> Array<A::Item> {
    A::Item::replace(a.into_source(), with)
}

/// NumPy's other name of [`conjugate`](fn@conjugate).
pub use conjugate as conj;
/// NumPy's other name of [`trunc`](fn@trunc).
pub use trunc as fix;

/// Dtypes that [`round`](fn@round) takes.
pub trait Round: Element {
    /// The dtype of the result: half precision for bools, and else their own.
    type Rounded: Element;
    #[doc(hidden)]
    fn rounding(decimals: i32) -> Result<Rounding<Self>>;
}

/// How numbers of dtype `T` are rounded.
#[doc(hidden)]
#[derive(Debug)]
pub enum Rounding<T: Element> {
    Alone(Function<2>),
    By(Function<3>, T),
    ByReal(Function<3>, f64),
}

impl Round for bool {
    type Rounded = f16;
    fn rounding(decimals: i32) -> Result<Rounding<bool>> {
        if decimals != 0 {
            return Err(Error::value(format!(
                "bools have no decimals, and cannot be rounded to {decimals}: convert them with astype"
            )));
        }
        Ok(Rounding::Alone(Function::unary::<kernels::Rint, f16>()))
    }
}

macro_rules! round {
    (floats: $($type:ident, |$power:ident| $factor:expr;)*) => {$(
        impl Round for $type {
            type Rounded = $type;
            fn rounding(decimals: i32) -> Result<Rounding<$type>> {
                let $power = power_of_ten(decimals.unsigned_abs());
                Ok(match decimals {
                    0 => Rounding::Alone(Function::unary::<kernels::Rint, $type>()),
                    1.. => Rounding::By(Function::binary::<kernels::RoundDecimals, $type>(), $factor),
                    _ => Rounding::By(Function::binary::<kernels::RoundTens, $type>(), $factor),
                })
            }
        }
    )*};
    (integers: $($type:ident $kernel:ident,)*) => {$(
        impl Round for $type {
            type Rounded = $type;
            fn rounding(decimals: i32) -> Result<Rounding<$type>> {
                Ok(match decimals {
                    0.. => Rounding::Alone(Function::unary::<kernels::Positive, $type>()),
                    _ => Rounding::ByReal(
                        Function::binary::<kernels::$kernel, f64>(),
                        power_of_ten(decimals.unsigned_abs()),
                    ),
                })
            }
        }
    )*};
}
round! { integers:
    i8 RoundTensToInteger, i16 RoundTensToInteger, i32 RoundTensToInteger, i64 RoundTens,
    u8 RoundTensToInteger, u16 RoundTensToInteger, u32 RoundTensToInteger, u64 RoundTens,
}
round! { floats:
    f16, |power| CastTo::<f16>::cast(power);
    f32, |power| power as f32;
    f64, |power| power;
    complex64, |power| complex64::new(power as f32, 0.0);
    complex128, |power| complex128::new(power, 0.0);
}

fn power_of_ten(exponent: u32) -> f64 {
    // From some three hundred on it is infinite.
    (0..exponent.min(400)).fold(1.0, |power, _| power * 10.0)
}

/// The nearest number of so many decimals, halves to the even one; of a negative number of decimals,
/// the nearest multiple of ten, a hundred, ….
///
/// As in NumPy, what is rounded is the product with a power of ten, which may itself be rounded.
///
/// Bools become floats of half precision.
///
/// # Errors
/// For bools, when the number of decimals is not 0.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(ufuncs::round(&Array::from([2.345, -0.5]), 1)?, Array::from([2.3, -0.5]));
/// assert_eq!(ufuncs::round(&Array::from([15, 25]), -1)?, Array::from([20, 20]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn round<'a, A: Single<'a, Item: Round>>(
    a: A,
    decimals: i32,
) -> Result<Array<<A::Item as Round>::Rounded>> {
    let a = a.into_source();
    match A::Item::rounding(decimals)? {
        Rounding::Alone(function) => call::try_unary_with(function, a),
        Rounding::By(function, factor) => call::several(function, &[a.argument(), Argument::scalar(&factor)]),
        Rounding::ByReal(function, factor) => {
            call::several(function, &[a.argument(), Argument::scalar(&factor)])
        }
    }
}

/// The other methods of [`round`](fn@round).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum round {}

impl round {
    /// As the function, into an array that is there.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let mut out = zeros::<f64>(2)?;
    /// ufuncs::round::out(&Array::from([1.26, 2.5]), 1, &mut out)?;
    /// assert_eq!(out, Array::from([1.3, 2.5]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shape or dtype do not fit.
    pub fn out<'a, A, R>(a: A, decimals: i32, out: &mut Array<R>) -> Result<()>
    where
        A: Single<'a, Item: Round>,
        R: Element,
    {
        let (a, result) = (a.into_source(), [<A::Item as Round>::Rounded::DTYPE]);
        let a = a.argument();
        match A::Item::rounding(decimals)? {
            Rounding::Alone(function) => call::several_out(function, &result, &[a], out),
            Rounding::By(function, factor) => {
                call::several_out(function, &result, &[a, Argument::scalar(&factor)], out)
            }
            Rounding::ByReal(function, factor) => {
                call::several_out(function, &result, &[a, Argument::scalar(&factor)], out)
            }
        }
    }

    /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit. The mask broadcasts as the operand does.
    ///
    /// ```
    /// # use array_core::Array;
    /// let mut out = Array::from([9.0, 9.0]);
    /// ufuncs::round::out_where(&Array::from([1.26, 2.5]), 1, &mut out, &Array::from([true, false]))?;
    /// assert_eq!(out, Array::from([1.3, 9.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn out_where<'a, A, R>(a: A, decimals: i32, out: &mut Array<R>, mask: &Array<bool>) -> Result<()>
    where
        A: Single<'a, Item: Round>,
        R: Element,
    {
        let (a, result) = (a.into_source(), [<A::Item as Round>::Rounded::DTYPE]);
        let a = a.argument();
        match A::Item::rounding(decimals)? {
            Rounding::Alone(function) => masked::out_where(function, &result, &[a], out, mask),
            Rounding::By(function, factor) => {
                masked::out_where(function, &result, &[a, Argument::scalar(&factor)], out, mask)
            }
            Rounding::ByReal(function, factor) => {
                masked::out_where(function, &result, &[a, Argument::scalar(&factor)], out, mask)
            }
        }
    }

    /// As the function, of an array whose dtype is known at run time only.
    ///
    /// # Errors
    /// As of the function.
    #[cfg(feature = "any")]
    pub fn any(a: &AnyArray, decimals: i32) -> Result<AnyArray> {
        macro_rules! of_each {
            ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {
                match a {
                    $(AnyArray::$variant(a) => round(a, decimals).map(AnyArray::from),)*
                    _ => Err(Error::unsupported("round", &[a.dtype()])),
                }
            };
        }
        array_core::for_each_dtype!(of_each)
    }
}

/// NumPy's other name of [`round`](fn@round).
pub use round as around;
