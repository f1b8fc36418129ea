//! Calls of a [`Function`] with arrays whose dtypes are known at run time only.

use super::call::{PerOperand, all_operands};
use super::function::{Argument, Function};
use super::results::result_strides;
use crate::layout;
use crate::{AnyArray, DType, Result};

/// A function of any number of operands, in fresh arrays of these dtypes, one or two.
///
/// # Errors
/// When the shapes do not broadcast together.
pub fn call<const N: usize, const R: usize>(
    function: Function<N>,
    results: [DType; R],
    operands: &[Argument<'_>],
) -> Result<[AnyArray; R]> {
    function.assert_inputs(operands.len());
    let shapes: PerOperand<&[usize]> = operands.iter().map(Argument::shape).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    let strides = result_strides(&shape, operands);
    let mut fresh = PerOperand::new();
    for dtype in results {
        fresh.push(AnyArray::uninit(dtype, &shape, &strides)?);
    }
    {
        let outputs: PerOperand<Argument<'_>> = fresh.iter().map(AnyArray::argument).collect();
        // SAFETY: `fresh` is unique and has the shape that all broadcast to.
        unsafe { function.apply(&all_operands(operands, &outputs)) };
    }
    let mut fresh = fresh.into_iter();
    Ok(std::array::from_fn(|_| fresh.next().expect("as many as results")))
}
