//! Hyperbolic functions and their inverses.

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::at::Indices;
use array_core::engine::call::Single;
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsFloats, Takes};
use crate::{define, kernels};

define::unary! {
    /// Hyperbolic sine, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.65 ULP for `f64`, 0.65 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    sinh: kernels::Sinh, AsFloats, [0.0, 1.0] => [0.0, 1.1752011936438014];

    /// Hyperbolic cosine, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.60 ULP for `f64`, 0.61 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    cosh: kernels::Cosh, AsFloats, [0.0, 1.0] => [1.0, 1.5430806348152437];

    /// Hyperbolic tangent, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.75 ULP for `f64`, 0.68 ULP for `f32`.
    /// Of `complex128`, 0.71 ULP in each part.
    tanh: kernels::Tanh, AsFloats, [0.0, 1.0] => [0.0, 0.7615941559557649];

    /// Inverse hyperbolic sine, element by element.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.59 ULP for `f64`, 0.68 ULP for `f32`.
    /// Of `complex128`, 0.75 ULP in each part.
    arcsinh: kernels::Arcsinh, AsFloats, [0.0, 1.0] => [0.0, 0.881373587019543];

    /// Inverse hyperbolic cosine, element by element: `nan` below 1.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.59 ULP for `f64`, 0.68 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    arccosh: kernels::Arccosh, AsFloats, [1.0, 2.0] => [0.0, 1.3169578969248168];

    /// Inverse hyperbolic tangent, element by element: infinite at ±1, `nan` beyond.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.60 ULP for `f64`, 0.63 ULP for `f32`.
    /// Of `complex128`, 0.88 ULP in each part.
    arctanh: kernels::Arctanh, AsFloats, [0.0, 0.5] => [0.0, 0.5493061443340549];
}

/// NumPy's other name of [`arccosh`](fn@arccosh).
pub use arccosh as acosh;
/// NumPy's other name of [`arcsinh`](fn@arcsinh).
pub use arcsinh as asinh;
/// NumPy's other name of [`arctanh`](fn@arctanh).
pub use arctanh as atanh;
