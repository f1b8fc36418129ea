//! Exponentials and logarithms.

use array_core::engine::call::Single;
use array_core::{Array, Element, Result};

use crate::operand::{AsFloats, Takes};
use crate::{define, kernels};

define::unary! {
    /// The exponential, element by element.
    ///
    /// Largest error: 0.529 ULP for `f64`, 0.501 ULP for `f32`.
    exp: kernels::Exp, AsFloats, [0.0, 1.0] => [1.0, 2.718281828459045];

    /// The natural logarithm, element by element: `-inf` at zero, `nan` below.
    ///
    /// Largest error: 0.562 ULP for `f64`, 0.501 ULP for `f32`.
    log: kernels::Log, AsFloats, [1.0, 2.0] => [0.0, 0.6931471805599453];
}
