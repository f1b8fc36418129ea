//! Rounding, signs and parts of numbers.

use array_core::engine::call::{self, Pair, Single, Source};
use array_core::engine::function::Function;
use array_core::{Array, Element, Result, complex64, complex128, f16};

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

    /// `nan` as zero, and infinities as the largest number of their sign.
    nan_to_num: kernels::NanToNum, AsTheyAre, [f64::NAN, f64::INFINITY] => [0.0, f64::MAX];

    /// The real part: of real numbers a copy.
    real: kernels::RealPart, AsTheyAre, [-1.5, 2.0] => [-1.5, 2.0];

    /// The imaginary part: of real numbers zero.
    imag: kernels::ImaginaryPart, AsTheyAre, [-1.5, 2.0] => [0.0, 0.0];
}

define::binary! {
    /// The left number with the right one's sign, as a float.
    copysign: kernels::Copysign as AsTheirFloats, [1.5, -0.0] => -1.5;

    /// 0 where the left number is below zero, 1 where it is above, and at zero the right number.
    heaviside: kernels::Heaviside as AsTheirFloats, [0.0, 0.5] => 0.5;

    /// The next float from the left number towards the right one.
    nextafter: kernels::Nextafter as AsTheirFloats, [1.0, 2.0] => 1.0000000000000002;
}

/// NumPy's other name of [`conjugate`](fn@conjugate).
pub use conjugate as conj;

/// Dtypes that [`round`] takes.
pub trait Round: Element {
    #[doc(hidden)]
    fn round(a: Source<'_, Self>, decimals: i32) -> Result<Array<Self>>;
}

macro_rules! round {
    (floats: $($type:ident, |$power:ident| $factor:expr;)*) => {$(
        impl Round for $type {
            fn round(a: Source<'_, $type>, decimals: i32) -> Result<Array<$type>> {
                if decimals == 0 {
                    return Ok(call::unary::<kernels::Rint, $type, $type, $type>(a));
                }
                let $power = power_of_ten(decimals.unsigned_abs());
                let function = if decimals > 0 {
                    Function::binary::<kernels::RoundDecimals, $type>()
                } else {
                    Function::binary::<kernels::RoundTens, $type>()
                };
                call::several(function, &[a.argument(), Source::<$type>::Scalar($factor).argument()])
            }
        }
    )*};
    (integers: $($type:ident $kernel:ident,)*) => {$(
        impl Round for $type {
            fn round(a: Source<'_, $type>, decimals: i32) -> Result<Array<$type>> {
                if decimals >= 0 {
                    return Ok(call::unary::<kernels::Positive, $type, $type, $type>(a));
                }
                let factor = Source::Scalar(power_of_ten(decimals.unsigned_abs()));
                let function = Function::binary::<kernels::$kernel, f64>();
                call::several(function, &[a.argument(), factor.argument()])
            }
        }
    )*};
}
round! { integers:
    i8 RoundTensToInteger, i16 RoundTensToInteger, i32 RoundTensToInteger, i64 RoundTens,
    u8 RoundTensToInteger, u16 RoundTensToInteger, u32 RoundTensToInteger, u64 RoundTens,
}
round! { floats:
    f16, |power| f16::from_f64(power);
    f32, |power| power as f32;
    f64, |power| power;
    complex64, |power| complex64::new(power as f32, 0.0);
    complex128, |power| complex128::new(power, 0.0);
}

fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// The nearest number of so many decimals, halves to the even one; of a negative number of decimals,
/// the nearest multiple of ten, a hundred, ….
///
/// As in NumPy, what is rounded is the product with a power of ten, which may itself be rounded.
///
/// # Errors
/// None: what NumPy calls an error here cannot be written.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(ufuncs::round(&Array::from([2.345, -0.5]), 1)?, Array::from([2.3, -0.5]));
/// assert_eq!(ufuncs::round(&Array::from([15, 25]), -1)?, Array::from([20, 20]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn round<'a, A: Single<'a, Item: Round>>(a: A, decimals: i32) -> Result<Array<A::Item>> {
    A::Item::round(a.into_source(), decimals)
}

/// NumPy's other name of [`round`].
pub use round as around;
