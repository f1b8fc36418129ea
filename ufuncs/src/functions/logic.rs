//! Truth values, bits, and what a float may be instead of a number.

use array_core::engine::at::Indices;
use array_core::engine::call::{Pair, Single};
use array_core::operators::kernels as bits;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsTheyAre, Takes};
use crate::pair::TakesPair;
use crate::{define, kernels};

define::binary! {
    /// Whether both are true: anything but zero is, `nan` too.
    logical_and: kernels::LogicalAnd, [1.0, 0.0] => false;

    /// Whether one or both are true: anything but zero is, `nan` too.
    logical_or: kernels::LogicalOr, [1.0, 0.0] => true;

    /// Whether one is true and the other is not.
    logical_xor: kernels::LogicalXor, [1.0, 0.0] => true;

    /// The bits that both have, of integers or bools: as `&a & &b`.
    bitwise_and: bits::BitwiseAnd, [13, 6] => 4;

    /// The bits that either has, of integers or bools: as `&a | &b`.
    bitwise_or: bits::BitwiseOr, [13, 6] => 15;

    /// The bits that one has and the other has not, of integers or bools: as `&a ^ &b`.
    bitwise_xor: bits::BitwiseXor, [13, 6] => 11;

    /// The left integer's bits moved up by the right one, as `&a << &b`: 0 where that is more than
    /// there are, or negative. Bools give an `i8`.
    left_shift: bits::LeftShift, [5, 2] => 20;

    /// The left integer's bits moved down by the right one, as `&a >> &b`: 0, or -1 for negative
    /// numbers, where that is more than there are, or negative. Bools give an `i8`.
    right_shift: bits::RightShift, [-20, 2] => -5;
}

define::unary! {
    /// Whether it is false: only zero is.
    logical_not: kernels::LogicalNot, AsTheyAre, [0.0, 2.0] => [true, false];

    /// The other bits, of integers or bools: as `!&a`.
    invert: bits::Invert, AsTheyAre, [5, 0] => [-6, -1];

    /// How many bits of the magnitude are one, as a `u8`.
    bitwise_count: kernels::BitwiseCount, AsTheyAre, [5, -1] => [2u8, 1];

    /// Whether it is `nan`, or a part of it is.
    isnan: kernels::Isnan, AsTheyAre, [1.0, f64::NAN] => [false, true];

    /// Whether it is infinite, or a part of it is.
    isinf: kernels::Isinf, AsTheyAre, [1.0, -f64::INFINITY] => [false, true];

    /// Whether it, and each part of it, is neither infinite nor `nan`.
    isfinite: kernels::Isfinite, AsTheyAre, [1.0, f64::NAN] => [true, false];

    /// Whether it is +∞. Complex numbers are not taken.
    isposinf: kernels::Isposinf, AsTheyAre, [1.0, f64::INFINITY] => [false, true];

    /// Whether it is -∞. Complex numbers are not taken.
    isneginf: kernels::Isneginf, AsTheyAre, [1.0, -f64::INFINITY] => [false, true];

    /// Whether the sign is negative: of zero and `nan` too.
    signbit: kernels::Signbit, AsTheyAre, [1.0, -0.0] => [false, true];
}

/// NumPy's other names.
pub use {
    invert as bitwise_invert, invert as bitwise_not, left_shift as bitwise_left_shift,
    right_shift as bitwise_right_shift,
};
