//! What typed calls give: fresh arrays, or arrays of the caller's, which are looked at before anything is
//! written and get memory of their own if somebody shares it.

use super::call::PerOperand;
use super::function::{Argument, Function};
use crate::error;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, DType, Element, Error, Result};

mod sealed {
    /// What is written to must be arrays of the crate's own choosing.
    pub trait Sealed {}
}

impl<A: Element> sealed::Sealed for Array<A> {}
impl<A: Element, B: Element> sealed::Sealed for (Array<A>, Array<B>) {}
impl<A: Element> sealed::Sealed for &mut Array<A> {}
impl<A: Element, B: Element> sealed::Sealed for (&mut Array<A>, &mut Array<B>) {}

/// One result or two of a function: an array, or two in a tuple. Sealed.
pub trait Results: Sized + sealed::Sealed {
    /// How many there are.
    const COUNT: usize;
    /// Fresh arrays of this shape, in the operands' memory order.
    ///
    /// # Safety
    /// They are not initialised: all of them is written before anyone reads them.
    #[doc(hidden)]
    unsafe fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self>;
    /// The arrays as operands; the last stands in for what is not there.
    #[doc(hidden)]
    fn arguments(&self) -> [Argument<'_>; 2];
}

impl<A: Element> Results for Array<A> {
    const COUNT: usize = 1;
    unsafe fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self> {
        like(shape, operands)
    }
    fn arguments(&self) -> [Argument<'_>; 2] {
        [Argument::new(self); 2]
    }
}

impl<A: Element, B: Element> Results for (Array<A>, Array<B>) {
    const COUNT: usize = 2;
    unsafe fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self> {
        Ok((like(shape, operands)?, like(shape, operands)?))
    }
    fn arguments(&self) -> [Argument<'_>; 2] {
        [Argument::new(&self.0), Argument::new(&self.1)]
    }
}

/// Arrays that the caller gives for the results: an array, or two in a tuple. Sealed.
pub trait Outs: sealed::Sealed {
    /// Has all of each array overwritten, in memory of its own.
    ///
    /// # Safety
    /// `write` writes all of each.
    #[doc(hidden)]
    unsafe fn overwrite(
        &mut self,
        shapes: &[&[usize]],
        results: &[DType],
        write: impl FnOnce(&[Argument<'_>]),
    ) -> Result<()>;
    /// Each array's memory its own, with its old values.
    #[doc(hidden)]
    fn prepare_to_keep(&mut self, shapes: &[&[usize]], results: &[DType]) -> Result<()>;
    /// The arrays as operands, and how many they are.
    #[doc(hidden)]
    fn arguments(&self) -> ([Argument<'_>; 2], usize);
}

impl<A: Element> Outs for &mut Array<A> {
    unsafe fn overwrite(
        &mut self,
        shapes: &[&[usize]],
        results: &[DType],
        write: impl FnOnce(&[Argument<'_>]),
    ) -> Result<()> {
        check_out(shapes, results[0], self)?;
        overwrite(self, |out| write(&[out]))
    }
    fn prepare_to_keep(&mut self, shapes: &[&[usize]], results: &[DType]) -> Result<()> {
        check_out(shapes, results[0], self)?;
        copy_if_shared(self)
    }
    fn arguments(&self) -> ([Argument<'_>; 2], usize) {
        ([Argument::new(self); 2], 1)
    }
}

impl<A: Element, B: Element> Outs for (&mut Array<A>, &mut Array<B>) {
    unsafe fn overwrite(
        &mut self,
        shapes: &[&[usize]],
        results: &[DType],
        write: impl FnOnce(&[Argument<'_>]),
    ) -> Result<()> {
        check_two_outs(shapes, results, self)?;
        let fresh = (fresh_if_shared(self.0)?, fresh_if_shared(self.1)?);
        write(&[
            Argument::new(fresh.0.as_ref().unwrap_or(self.0)),
            Argument::new(fresh.1.as_ref().unwrap_or(self.1)),
        ]);
        fresh.0.into_iter().for_each(|fresh| *self.0 = fresh);
        fresh.1.into_iter().for_each(|fresh| *self.1 = fresh);
        Ok(())
    }
    fn prepare_to_keep(&mut self, shapes: &[&[usize]], results: &[DType]) -> Result<()> {
        check_two_outs(shapes, results, self)?;
        copy_if_shared(self.0)?;
        copy_if_shared(self.1)
    }
    fn arguments(&self) -> ([Argument<'_>; 2], usize) {
        ([Argument::new(self.0), Argument::new(self.1)], 2)
    }
}

/// An array for a result of this shape, not initialised, in the operands' memory order: so that all are walked
/// through from end to end (NumPy's order `K`).
pub(super) fn like<T: Element>(shape: &[usize], operands: &[Argument<'_>]) -> Result<Array<T>> {
    Array::uninit(shape, &result_strides(shape, operands))
}

/// The strides of a fresh result of this shape.
pub(super) fn result_strides(shape: &[usize], operands: &[Argument<'_>]) -> PerAxis<isize> {
    let is_row_major = |operand: &Argument<'_>| {
        let strides = operand.strides();
        operand.shape().is_empty()
            || layout::same(operand.shape(), shape)
                && strides.is_sorted_by_key(|s| std::cmp::Reverse(s.unsigned_abs()))
    };
    if shape.len() < 2 || operands.iter().all(is_row_major) {
        return Order::RowMajor.strides(shape);
    }
    let broadcast = |operand: &Argument<'_>| -> PerAxis<isize> {
        let missing = shape.len() - operand.shape().len();
        let own = operand.shape().iter().zip(operand.strides()).map(|(&n, &s)| if n == 1 { 0 } else { s });
        std::iter::repeat_n(0, missing).chain(own).collect()
    };
    let strides: PerOperand<PerAxis<isize>> = operands.iter().map(broadcast).collect();
    let strides: PerOperand<&[isize]> = strides.iter().map(|strides| &strides[..]).collect();
    layout::strides_like(shape, &strides)
}

/// Has all of `out` overwritten, in memory of its own. If that is fresh, `out` gets it only when the values are
/// there: a function may panic, and what it has not written must not be read.
pub(super) fn overwrite<T: Element>(out: &mut Array<T>, write: impl FnOnce(Argument<'_>)) -> Result<()> {
    if out.is_unique() {
        write(Argument::new(out));
        return Ok(());
    }
    let fresh = like(out.shape(), &[])?;
    write(Argument::new(&fresh));
    *out = fresh;
    Ok(())
}

/// An array to take `out`'s place when it has been written, if `out` itself must not be.
fn fresh_if_shared<T: Element>(out: &mut Array<T>) -> Result<Option<Array<T>>> {
    if out.is_unique() { Ok(None) } else { like(out.shape(), &[]).map(Some) }
}

/// Before some of `out` is overwritten: gives it memory of its own.
pub(super) fn copy_if_shared<T: Element>(out: &mut Array<T>) -> Result<()> {
    if !out.is_unique() {
        let copy = like(out.shape(), &[Argument::new(out)])?;
        // SAFETY: `copy` is unique and of the same shape.
        unsafe {
            Function::conversion(T::DTYPE, T::DTYPE).apply(&[Argument::new(out), Argument::new(&copy)])
        };
        *out = copy;
    }
    Ok(())
}

fn check_two_outs<A: Element, B: Element>(
    shapes: &[&[usize]],
    results: &[DType],
    outs: &(&mut Array<A>, &mut Array<B>),
) -> Result<()> {
    if outs.0.shape() != outs.1.shape() {
        return Err(Error::shape(format!(
            "two out arrays must be of one shape: they are of {} and {}",
            error::Shape(outs.0.shape()),
            error::Shape(outs.1.shape())
        )));
    }
    check_out(shapes, results[0], outs.0)?;
    check_out(shapes, results[1], outs.1)
}

/// Whether a result of dtype `from`, of operands of these shapes, can be written to `out`.
pub(super) fn check_out<T: Element>(shapes: &[&[usize]], from: DType, out: &Array<T>) -> Result<()> {
    if from.kind() > T::DTYPE.kind() {
        return Err(Error::out(from, T::DTYPE));
    }
    if shapes.iter().all(|shape| layout::same(shape, out.shape())) {
        return Ok(());
    }
    let shape = layout::broadcast_shapes(shapes)?;
    // The operands may broadcast to `out`, but `out` never to the operands.
    match layout::broadcast_shapes(&[&shape, out.shape()]) {
        Ok(both) if *both == *out.shape() => Ok(()),
        _ => Err(Error::shape(format!(
            "a result of shape {} does not fit into an out array of shape {}: make it with zeros({0})",
            error::Shape(&shape),
            error::Shape(out.shape())
        ))),
    }
}
