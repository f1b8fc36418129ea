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
    /// Largest error found in samples: 0.601 ULP for `f64`, 0.582 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.550 ULP for `f64`, 0.646 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    sinh: kernels::Sinh, AsFloats, [0.0, 1.0] => [0.0, 1.1752011936438014];

    /// Hyperbolic cosine, element by element.
    ///
    /// Largest error found in samples: 0.576 ULP for `f64`, 0.609 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.563 ULP for `f64`, 0.543 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    cosh: kernels::Cosh, AsFloats, [0.0, 1.0] => [1.0, 1.5430806348152437];

    /// Hyperbolic tangent, element by element.
    ///
    /// Largest error found in samples: 0.557 ULP for `f64`, 0.539 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.722 ULP for `f64`, 0.680 ULP for `f32`.
    /// Of `complex128`, 0.71 ULP in each part.
    tanh: kernels::Tanh, AsFloats, [0.0, 1.0] => [0.0, 0.7615941559557649];

    /// Inverse hyperbolic sine, element by element.
    ///
    /// Largest error found in samples: 0.542 ULP for `f64`, 0.557 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.582 ULP for `f64`, 0.675 ULP for `f32`.
    /// Of `complex128`, 0.75 ULP in each part.
    arcsinh: kernels::Arcsinh, AsFloats, [0.0, 1.0] => [0.0, 0.881373587019543];

    /// Inverse hyperbolic cosine, element by element: `nan` below 1.
    ///
    /// Largest error found in samples: 0.533 ULP for `f64`, 0.543 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.572 ULP for `f64`, 0.660 ULP for `f32`.
    /// Of `complex128`, 0.61 ULP in each part.
    arccosh: kernels::Arccosh, AsFloats, [1.0, 2.0] => [0.0, 1.3169578969248168];

    /// Inverse hyperbolic tangent, element by element: infinite at ±1, `nan` beyond.
    ///
    /// Largest error found in samples: 0.590 ULP for `f64`, 0.622 ULP for `f32`. With AVX-512 the bits are others than on other
    /// processors, and the largest error found 0.574 ULP for `f64`, 0.606 ULP for `f32`.
    /// Of `complex128`, 0.88 ULP in each part.
    arctanh: kernels::Arctanh, AsFloats, [0.0, 0.5] => [0.0, 0.5493061443340549];
}

/// NumPy's other name of [`arccosh`](fn@arccosh).
pub use arccosh as acosh;
/// NumPy's other name of [`arcsinh`](fn@arcsinh).
pub use arcsinh as asinh;
/// NumPy's other name of [`arctanh`](fn@arctanh).
pub use arctanh as atanh;
