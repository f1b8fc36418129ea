//! Arithmetic: sums, products, quotients, signs, roots.

use array_core::engine::at::Indices;
use array_core::engine::call::{Pair, Single};
use array_core::operators::kernels as arithmetic;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsFloats, AsTheyAre, Takes};
use crate::pair::TakesPair;
use crate::{define, kernels};

define::binary! {
    /// The sum, element by element; of bools, "or". Integers wrap.
    add: arithmetic::Add, [7.0, 2.0] => 9.0;

    /// The difference, element by element. Integers wrap.
    subtract: arithmetic::Subtract, [7.0, 2.0] => 5.0;

    /// The product, element by element; of bools, "and". Integers wrap.
    multiply: arithmetic::Multiply, [7.0, 2.0] => 14.0;

    /// The quotient, element by element: of integers an `f64`. Division by zero gives `inf` or `nan`. Complex
    /// numbers are divided by Smith's method, as in NumPy: its results to the bit.
    divide: arithmetic::Divide, [7.0, 2.0] => 3.5;
}

define::unary! {
    /// The magnitude of each element: for complex numbers the distance from zero, to 0.75 ULP.
    ///
    /// Integers wrap as in NumPy: the smallest `i8` stays -128.
    absolute: kernels::Absolute, AsTheyAre, [-1.5, 2.0] => [1.5, 2.0];

    /// Each element with the other sign. Unsigned integers wrap.
    negative: arithmetic::Negative, AsTheyAre, [-1.5, 2.0] => [1.5, -2.0];

    /// The square root, element by element, correctly rounded: `nan` below zero. Complex numbers have one in the
    /// right half-plane, to 0.51 ULP in each part.
    sqrt: kernels::Sqrt, AsFloats, [4.0, 2.0] => [2.0, 1.4142135623730951];

    /// The cube root, element by element, also of negative numbers.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.56 ULP for `f64`, 0.56 ULP for `f32`.
    cbrt: kernels::Cbrt, AsFloats, [27.0, -2.0] => [3.0, -1.2599210498948732];

    /// The product of each element with itself. Integers wrap; of bools it is an `i8`.
    square: kernels::Square, AsTheyAre, [-3.0, 0.5] => [9.0, 0.25];

    /// One over each element; of complex numbers by Smith's method. Of integers it is cut off to 1, -1 or 0; of an integer zero it is what
    /// NumPy gives on x86-64, the least `i32` or `i64` and else 0; of bools it is an `i8`.
    reciprocal: kernels::Reciprocal, AsTheyAre, [4.0, -0.5] => [0.25, -2.0];
}

/// NumPy's other name of [`absolute`](fn@absolute).
pub use absolute as abs;
/// NumPy's other name of [`divide`](fn@divide).
pub use divide as true_divide;
