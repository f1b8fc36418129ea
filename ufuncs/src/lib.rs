//! NumPy's universal functions over [`Array`]s: SIMD, and all cores where it pays.
//!
//! A ufunc is a function, and a type of the same name that has its other methods:
//!
//! ```
//! use array_core::{Array, linspace, zeros};
//! use ufuncs::{add, sin};
//!
//! let x = linspace(0.0, 1.0, 5)?;
//! let y = sin(&x);              // a fresh array
//! let z = add(&x, &y)?;         // may fail: shapes must broadcast
//! let mut out: Array<f64> = zeros(5)?;
//! sin::out(&x, &mut out)?;      // into memory that is there
//! assert_eq!(out, y);
//! # Ok::<(), array_core::Error>(())
//! ```
//!
//! An operand given by value (`sin(x)`) lends its memory to the result if nobody else holds it.
//! Which functions there are, over which kernels and dtypes, is one table at the end of this file.

mod define;
#[doc(hidden)]
pub mod kernels;
mod operand;

pub use operand::{AsFloats, AsTheyAre, Real, Takes};

use array_core::engine::call::{self, Common, Pair, Single};
use array_core::engine::kernel::Binary;
use array_core::operators::kernels as arithmetic;
use array_core::{Array, Element, Result};

define::unary! {
    /// Sine of an angle in radians, element by element.
    ///
    /// Largest error: 0.589 ULP for `f64`, 0.501 ULP for `f32`, over the whole range.
    sin: kernels::Sin, AsFloats, [0.0, 1.0] => [0.0, 0.8414709848078965];

    /// Cosine of an angle in radians, element by element.
    ///
    /// Largest error: 0.589 ULP for `f64`, 0.501 ULP for `f32`, over the whole range.
    cos: kernels::Cos, AsFloats, [0.0, 1.0] => [1.0, 0.5403023058681398];

    /// The exponential, element by element.
    ///
    /// Largest error: 0.529 ULP for `f64`, 0.501 ULP for `f32`.
    exp: kernels::Exp, AsFloats, [0.0, 1.0] => [1.0, 2.718281828459045];

    /// The natural logarithm, element by element: `-inf` at zero, `nan` below.
    ///
    /// Largest error: 0.562 ULP for `f64`, 0.501 ULP for `f32`.
    log: kernels::Log, AsFloats, [1.0, 2.0] => [0.0, 0.6931471805599453];

    /// The square root, element by element, correctly rounded: `nan` below zero.
    sqrt: kernels::Sqrt, AsFloats, [4.0, 2.0] => [2.0, 1.4142135623730951];

    /// The magnitude of each element: for complex numbers the distance from zero.
    ///
    /// Integers wrap as in NumPy: the smallest `i8` stays -128.
    absolute: kernels::Absolute, AsTheyAre, [-1.5, 2.0] => [1.5, 2.0];

    /// Each element with the other sign. Unsigned integers wrap.
    negative: arithmetic::Negative, AsTheyAre, [-1.5, 2.0] => [1.5, -2.0];
}

/// NumPy's other name of [`absolute`](fn@absolute).
pub use absolute as abs;

define::binary! {
    /// The sum, element by element; of bools, "or". Integers wrap.
    add: arithmetic::Add, [7.0, 2.0] => 9.0;

    /// The difference, element by element. Integers wrap.
    subtract: arithmetic::Subtract, [7.0, 2.0] => 5.0;

    /// The product, element by element; of bools, "and". Integers wrap.
    multiply: arithmetic::Multiply, [7.0, 2.0] => 14.0;

    /// The quotient, element by element: of integers an `f64`. Division by zero gives `inf` or `nan`.
    divide: arithmetic::Divide, [7.0, 2.0] => 3.5;
}
