//! Exponentials, logarithms and powers.

use array_core::engine::at::Indices;
use array_core::engine::call::{Pair, Single};
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsFloats, Takes};
use crate::pair::TakesPair;
use crate::powers::{AsDoubles, Powers};
use crate::{define, kernels};

define::unary! {
    /// The exponential, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.56 ULP for `f64`, 0.76 ULP for `f32`.
    /// Of `complex128`, 0.58 ULP in each part.
    exp: kernels::Exp, AsFloats, [0.0, 1.0] => [1.0, 2.718281828459045];

    /// 2 to the power of each element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.57 ULP for `f64`, 0.76 ULP for `f32`.
    /// Of `complex128`, 0.57 ULP in each part.
    exp2: kernels::Exp2, AsFloats, [3.0, 0.5] => [8.0, 1.4142135623730951];

    /// The exponential minus 1, element by element, with all bits also near zero.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.61 ULP for `f64`, 0.58 ULP for `f32`.
    /// Of `complex128`, 0.73 ULP of the result's size.
    expm1: kernels::Expm1, AsFloats, [1e-20, 1.0] => [1e-20, 1.7182818284590453];

    /// The natural logarithm, element by element: `-inf` at zero, `nan` below.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.57 ULP for `f64`, 0.85 ULP for `f32`.
    /// Of `complex128`, 0.98 ULP in each part, also where |z| is near 1.
    log: kernels::Log, AsFloats, [1.0, 2.0] => [0.0, 0.6931471805599453];

    /// The logarithm to the base 2, element by element: `-inf` at zero, `nan` below.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.60 ULP for `f64`, 0.70 ULP for `f32`.
    /// Of `complex128`, 1.4 ULP in each part, also where |z| is near 1.
    log2: kernels::Log2, AsFloats, [8.0, 3.0] => [3.0, 1.584962500721156];

    /// The logarithm to the base 10, element by element: `-inf` at zero, `nan` below.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.57 ULP for `f64`, 0.79 ULP for `f32`.
    /// Of `complex128`, 1.4 ULP in each part, also where |z| is near 1.
    log10: kernels::Log10, AsFloats, [1000.0, 2.0] => [3.0, 0.3010299956639812];

    /// The natural logarithm of 1 plus each element, with all bits also near zero: `-inf` at -1, `nan`
    /// below.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.56 ULP for `f64`, 0.60 ULP for `f32`.
    /// Of `complex128`, 0.82 ULP in each part, also where |1 + z| is near 1.
    log1p: kernels::Log1p, AsFloats, [1e-20, 1.0] => [1e-20, 0.6931471805599453];
}

define::binary! {
    /// log(e^a + e^b), without overflow on the way.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.56 ULP for `f64`, 0.51 ULP for `f32`, and beside that 2^-58 where the result is near zero.
    logaddexp: kernels::Logaddexp as AsFloats, [0.0, 0.0] => 0.6931471805599453;

    /// log₂(2^a + 2^b), without overflow on the way.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.60 ULP for `f64`, 0.51 ULP for `f32`, and beside that 2^-58 where the result is near zero.
    logaddexp2: kernels::Logaddexp2 as AsFloats, [3.0, 3.0] => 4.0;

    /// x to the power of y, element by element. Of floats `nan` for negative x unless y is whole; integers
    /// wrap, and to negative powers are an error, which says where; bools give an `i8`. Complex numbers take
    /// the principal value, and whole real powers up to 100 are products, as in NumPy.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.89 ULP for `f64`, 0.82 ULP for `f32`.
    /// x² is x·x. Of `complex128`, relative to the result's size, 1.4 ULP while |y·log x| is below 50, and 11 ULP
    /// beyond.
    power: kernels::Power as Powers, by crate::powers::choose_any, [2.0, 10.0] => 1024.0;

    /// x to the power of y, element by element, always in `f64` or `complex128`, also of integers.
    ///
    /// Error: as [`power`](fn@power)'s of `f64`.
    float_power: kernels::Power as AsDoubles, [2.0, -2.0] => 0.25;
}

/// NumPy's other name of [`power`](fn@power).
pub use power as pow;
