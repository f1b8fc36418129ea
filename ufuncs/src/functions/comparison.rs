//! Comparisons, element by element. Rust's `==` compares whole arrays.

use array_core::engine::at::Indices;
use array_core::engine::call::Pair;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::pair::{Exactly, TakesPair};
use crate::{define, kernels};

define::binary! {
    /// Whether elements are equal. `nan` equals nothing. Integers compare by value, whatever their dtypes.
    equal: kernels::Equal as Exactly, [2.0, 2.0] => true;

    /// Whether elements differ. `nan` differs from everything. Integers compare by value, whatever
    /// their dtypes.
    not_equal: kernels::NotEqual as Exactly, [2.0, 2.0] => false;

    /// Whether the left element is smaller: false where one is `nan`. Integers compare by value;
    /// complex numbers by their real parts, then by their imaginary ones.
    less: kernels::Less as Exactly, [1.0, 2.0] => true;

    /// Whether the left element is smaller or both are equal; otherwise as [`less`](fn@less).
    less_equal: kernels::LessEqual as Exactly, [2.0, 2.0] => true;

    /// Whether the left element is larger; otherwise as [`less`](fn@less).
    greater: kernels::Greater as Exactly, [1.0, 2.0] => false;

    /// Whether the left element is larger or both are equal; otherwise as [`less`](fn@less).
    greater_equal: kernels::GreaterEqual as Exactly, [2.0, 2.0] => true;

    /// The larger of two, the left one if they are equal, or `nan` where one is. Complex numbers are
    /// ordered as by [`less`](fn@less).
    maximum: kernels::Maximum, [1.0, 2.0] => 2.0;

    /// The smaller of two, or `nan` where one is; otherwise as [`maximum`](fn@maximum).
    minimum: kernels::Minimum, [1.0, 2.0] => 1.0;

    /// The larger of two, and where one is `nan`, the other; otherwise as [`maximum`](fn@maximum).
    fmax: kernels::Fmax, [1.0, f64::NAN] => 1.0;

    /// The smaller of two, and where one is `nan`, the other; otherwise as [`maximum`](fn@maximum).
    fmin: kernels::Fmin, [1.0, f64::NAN] => 1.0;
}
