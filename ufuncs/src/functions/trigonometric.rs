//! Sines and their kin: angles are in radians.

use array_core::engine::call::Single;
use array_core::{Array, Element, Result};

use crate::operand::{AsFloats, Takes};
use crate::{define, kernels};

define::unary! {
    /// Sine of an angle in radians, element by element.
    ///
    /// Largest error: 0.589 ULP for `f64`, 0.501 ULP for `f32`, over the whole range.
    sin: kernels::Sin, AsFloats, [0.0, 1.0] => [0.0, 0.8414709848078965];

    /// Cosine of an angle in radians, element by element.
    ///
    /// Largest error: 0.589 ULP for `f64`, 0.501 ULP for `f32`, over the whole range.
    cos: kernels::Cos, AsFloats, [0.0, 1.0] => [1.0, 0.5403023058681398];
}
