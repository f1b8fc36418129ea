//! Functions of mathematical physics.

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::at::Indices;
use array_core::engine::call::Single;
use array_core::{Array, Element, Result};

use crate::default_float::AsDefaultFloats;
#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::Takes;
use crate::{define, kernels};

define::unary! {
    /// sin(πx)/(πx), and 1 at zero; integers as `f64`. At other whole numbers it is zero.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.57 ULP for `f64`, 0.51 ULP for `f32`.
    /// Of `complex128`, of the size of the result 2 ULP and |πy| ULP beside.
    sinc: kernels::Sinc, AsDefaultFloats, [0.0, 0.5, 2.0] => [1.0, 0.6366197723675814, 0.0];

    /// The modified Bessel function of the first kind and of order 0; integers as `f64`.
    ///
    /// Error, [as measured](crate::accuracy): at most 0.53 ULP for `f64`, 0.51 ULP for `f32`.
    i0: kernels::I0, AsDefaultFloats, [0.0, 1.0] => [1.0, 1.2660658777520084];
}
