//! Sines and their kin, and their inverses: angles are in radians.

use array_core::engine::at::Indices;
use array_core::engine::call::{Pair, Single};
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsFloats, Takes};
use crate::pair::TakesPair;
use crate::{define, kernels};

define::unary! {
    /// Sine of an angle in radians, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.59 ULP for `f64`, 0.51 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    sin: kernels::Sin, AsFloats, [0.0, 1.0] => [0.0, 0.8414709848078965];

    /// Cosine of an angle in radians, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.59 ULP for `f64`, 0.51 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    cos: kernels::Cos, AsFloats, [0.0, 1.0] => [1.0, 0.5403023058681398];

    /// Tangent of an angle in radians, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.68 ULP for `f64`, 0.77 ULP for `f32`.
    /// Of `complex128`, 0.71 ULP in each part.
    tan: kernels::Tan, AsFloats, [0.0, 1.0] => [0.0, 1.5574077246549023];

    /// Inverse sine in radians, element by element: in [-π/2, π/2], and `nan` beyond ±1.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.71 ULP for `f64`, 0.64 ULP for `f32`.
    /// Of `complex128`, 0.75 ULP in each part.
    arcsin: kernels::Arcsin, AsFloats, [0.0, 1.0] => [0.0, 1.5707963267948966];

    /// Inverse cosine in radians, element by element: in [0, π], and `nan` beyond ±1.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.67 ULP for `f64`, 0.62 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    arccos: kernels::Arccos, AsFloats, [0.0, 1.0] => [1.5707963267948966, 0.0];

    /// Inverse tangent in radians, element by element: in [-π/2, π/2].
    ///
    /// Error, [as measured](crate::accuracy): at most 0.88 ULP for `f64`, 0.71 ULP for `f32`.
    /// Of `complex128`, 0.88 ULP in each part.
    arctan: kernels::Arctan, AsFloats, [0.0, 1.0] => [0.0, 0.7853981633974483];

    /// Angles in degrees as angles in radians.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.66 ULP for `f64`, 0.51 ULP for `f32`.
    radians: kernels::Radians, AsFloats, [0.0, 180.0] => [0.0, 3.141592653589793];

    /// Angles in radians as angles in degrees.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.82 ULP for `f64`, 0.51 ULP for `f32`.
    degrees: kernels::Degrees, AsFloats, [0.0, 3.141592653589793] => [0.0, 180.0];
}

define::binary! {
    /// The angle in radians of the point (x, y), y given first: in [-π, π], by the signs of both.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.69 ULP for `f64`, 0.83 ULP for `f32`.
    arctan2: kernels::Arctan2 as AsFloats, [1.0, -1.0] => 2.356194490192345;

    /// The length of the hypotenuse, √(x² + y²), without overflow on the way.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.75 ULP for `f64`, 0.51 ULP for `f32`.
    hypot: kernels::Hypot as AsFloats, [3.0, 4.0] => 5.0;
}

/// NumPy's other name of [`arccos`](fn@arccos).
pub use arccos as acos;
/// NumPy's other name of [`arcsin`](fn@arcsin).
pub use arcsin as asin;
/// NumPy's other name of [`arctan`](fn@arctan).
pub use arctan as atan;
/// NumPy's other name of [`arctan2`](fn@arctan2).
pub use arctan2 as atan2;
/// NumPy's other name of [`degrees`](fn@degrees).
pub use degrees as rad2deg;
/// NumPy's other name of [`radians`](fn@radians).
pub use radians as deg2rad;
