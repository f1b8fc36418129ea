//! What typed calls give: fresh arrays, or arrays of the caller's, which are looked at before anything is
//! written and get memory of their own if somebody shares it.

use super::call::PerOperand;
use super::function::{Argument, Function};
use crate::error;
use crate::layout::{self, Order, PerAxis};
use crate::{AnyArray, Array, DType, Element, Error, Result};

mod sealed {
    /// What is written to must be arrays of the crate's own choosing.
    pub trait Sealed {}
}

impl<A: Element> sealed::Sealed for Array<A> {}
impl sealed::Sealed for AnyArray {}
impl<A: Element, B: Element> sealed::Sealed for (Array<A>, Array<B>) {}
impl<A: Out> sealed::Sealed for &mut A {}
impl<A: Out, B: Out> sealed::Sealed for (&mut A, &mut B) {}

/// An array that results are written to, its dtype known at compile time or at run time only. Sealed.
pub trait Out: Sized + sealed::Sealed {
    /// The array as an operand: to be written to if it is unique.
    #[doc(hidden)]
    fn argument(&self) -> Argument<'_>;
    /// Whether nobody else holds its memory, and no two elements share a place.
    #[doc(hidden)]
    fn is_unique(&mut self) -> bool;
    /// Another array of this dtype and shape, in row-major order or, with `operands`, in theirs.
    ///
    /// # Safety
    /// It is not initialised: all of it is written before anyone reads it.
    #[doc(hidden)]
    unsafe fn fresh(&self, operands: &[Argument<'_>]) -> Result<Self>;
}

impl<T: Element> Out for Array<T> {
    #[inline]
    fn argument(&self) -> Argument<'_> {
        Argument::new(self)
    }
    #[inline]
    fn is_unique(&mut self) -> bool {
        Array::is_unique(self)
    }
    unsafe fn fresh(&self, operands: &[Argument<'_>]) -> Result<Self> {
        like(self.shape(), operands)
    }
}

impl Out for AnyArray {
    fn argument(&self) -> Argument<'_> {
        AnyArray::argument(self)
    }
    fn is_unique(&mut self) -> bool {
        AnyArray::is_unique(self)
    }
    unsafe fn fresh(&self, operands: &[Argument<'_>]) -> Result<Self> {
        AnyArray::uninit(self.dtype(), self.shape(), &result_strides(self.shape(), operands))
    }
}

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

impl<A: Out> Outs for &mut A {
    unsafe fn overwrite(
        &mut self,
        shapes: &[&[usize]],
        results: &[DType],
        write: impl FnOnce(&[Argument<'_>]),
    ) -> Result<()> {
        check_out(shapes, results[0], *self)?;
        overwrite(*self, |out| write(&[out]))
    }
    fn prepare_to_keep(&mut self, shapes: &[&[usize]], results: &[DType]) -> Result<()> {
        check_out(shapes, results[0], *self)?;
        copy_if_shared(*self)
    }
    fn arguments(&self) -> ([Argument<'_>; 2], usize) {
        ([Out::argument(*self); 2], 1)
    }
}

impl<A: Out, B: Out> Outs for (&mut A, &mut B) {
    unsafe fn overwrite(
        &mut self,
        shapes: &[&[usize]],
        results: &[DType],
        write: impl FnOnce(&[Argument<'_>]),
    ) -> Result<()> {
        check_two_outs(shapes, results, self)?;
        // SAFETY: `write` writes all of each, before they take the arrays' places.
        let fresh = unsafe { (fresh_if_shared(self.0)?, fresh_if_shared(self.1)?) };
        write(&[
            fresh.0.as_ref().unwrap_or(self.0).argument(),
            fresh.1.as_ref().unwrap_or(self.1).argument(),
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
        ([self.0.argument(), self.1.argument()], 2)
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
pub(super) fn overwrite<A: Out>(out: &mut A, write: impl FnOnce(Argument<'_>)) -> Result<()> {
    if out.is_unique() {
        write(out.argument());
        return Ok(());
    }
    // SAFETY: all of it is written before `out` becomes it.
    let fresh = unsafe { out.fresh(&[])? };
    write(fresh.argument());
    *out = fresh;
    Ok(())
}

/// An array to take `out`'s place when it has been written, if `out` itself must not be.
///
/// # Safety
/// As [`Out::fresh`].
unsafe fn fresh_if_shared<A: Out>(out: &mut A) -> Result<Option<A>> {
    // SAFETY: by this function's contract.
    if out.is_unique() { Ok(None) } else { unsafe { out.fresh(&[]).map(Some) } }
}

/// Before some of `out` is overwritten: gives it memory of its own.
pub(super) fn copy_if_shared<A: Out>(out: &mut A) -> Result<()> {
    if !out.is_unique() {
        // SAFETY: `copy` is unique and of the same shape, and all of it is written here.
        let copy = unsafe {
            let copy = out.fresh(&[out.argument()])?;
            let dtype = out.argument().dtype();
            Function::conversion(dtype, dtype).apply(&[out.argument(), copy.argument()]);
            copy
        };
        *out = copy;
    }
    Ok(())
}

fn check_two_outs<A: Out, B: Out>(
    shapes: &[&[usize]],
    results: &[DType],
    outs: &(&mut A, &mut B),
) -> Result<()> {
    let (first, second) = (outs.0.argument(), outs.1.argument());
    if first.shape() != second.shape() {
        return Err(Error::shape(format!(
            "two out arrays must be of one shape: they are of {} and {}",
            error::Shape(first.shape()),
            error::Shape(second.shape())
        )));
    }
    check_out(shapes, results[0], outs.0)?;
    check_out(shapes, results[1], outs.1)
}

/// Whether a result of dtype `from`, of operands of these shapes, can be written to `out`.
pub(super) fn check_out(shapes: &[&[usize]], from: DType, out: &impl Out) -> Result<()> {
    let out = out.argument();
    if from.kind() > out.dtype().kind() {
        return Err(Error::out(from, out.dtype()));
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
