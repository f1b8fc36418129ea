//! A function of each element of one operand with each of another: an element-wise function of the
//! first with axes of length one after its own, and of the second.

use super::call::{Pair, PerOperand, Results, several};
use super::function::{Argument, Function};
use crate::Result;
use crate::layout::PerAxis;

/// A function of two operands, of each element of the left with each of the right: of the shape that
/// the left's axes and then the right's make.
///
/// # Errors
/// When there is no memory for the result.
pub fn outer<'a, const N: usize, P: Pair<'a>, R: Results>(function: Function<N>, pair: P) -> Result<R> {
    let (a, b) = pair.into_sources();
    outer_after(function, &[], a.argument(), b.argument())
}

/// As [`outer`], of operands without types, and with operands that come before the two.
///
/// # Errors
/// As [`outer`].
pub fn outer_after<const N: usize, R: Results>(
    function: Function<N>,
    before: &[Argument<'_>],
    a: Argument<'_>,
    b: Argument<'_>,
) -> Result<R> {
    let (mut shape, mut strides) = (PerAxis::from_slice(a.shape), PerAxis::from_slice(a.strides));
    shape.resize(a.shape.len() + b.shape.len(), 1);
    strides.resize(shape.len(), 0);
    let mut operands = PerOperand::from_slice(before);
    operands.extend([Argument { shape: &shape, strides: &strides, ..a }, b]);
    several(function, &operands)
}
