//! Typed calls of a [`Function`]: fresh results, results in memory that an operand no longer
//! needs, results in memory that the caller gives, and in place.

use super::function::{Argument, Function};
use super::kernel::{Binary, Unary};
use crate::error::{self, or_panic};
use crate::layout::{self, PerAxis};
use crate::promote::Promote;
use crate::{Array, DType, Element, Error, Result};

/// An operand of a function: borrowed, given away (its memory may be reused), or one value.
pub enum Source<'a, T: Element> {
    /// An array that the caller keeps.
    Borrowed(&'a Array<T>),
    /// An array whose memory may hold the result.
    Owned(Array<T>),
    /// One value, which broadcasts to any shape.
    Scalar(T),
}

impl<T: Element> Source<'_, T> {
    /// The operand with its type erased.
    pub fn argument(&self) -> Argument<'_> {
        match self {
            Source::Borrowed(array) => Argument::new(array),
            Source::Owned(array) => Argument::new(array),
            Source::Scalar(value) => Argument::scalar(value),
        }
    }

    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Source::Borrowed(array) => array.shape(),
            Source::Owned(array) => array.shape(),
            Source::Scalar(_) => &[],
        }
    }

    /// Whether the result fits into this array's memory, which nobody else needs.
    pub(super) fn can_hold<O: Element>(&mut self, shape: &[usize]) -> bool {
        match self {
            Source::Owned(a) => O::DTYPE == T::DTYPE && a.shape() == shape && a.is_unique(),
            _ => false,
        }
    }

    /// This array, found able to hold the result and now holding it.
    pub(super) fn into_result<O: Element>(self) -> Array<O> {
        match self {
            Source::Owned(array) => array.same_dtype(),
            _ => unreachable!("only an owned operand can hold a result"),
        }
    }
}

/// An operand by itself: `&Array<T>` or `Array<T>`.
pub trait Single<'a> {
    /// The type of its elements.
    type Item: Element;
    /// The operand as the engine takes it.
    fn into_source(self) -> Source<'a, Self::Item>;
}

impl<'a, T: Element> Single<'a> for &'a Array<T> {
    type Item = T;
    fn into_source(self) -> Source<'a, T> {
        Source::Borrowed(self)
    }
}

impl<'a, T: Element> Single<'a> for Array<T> {
    type Item = T;
    fn into_source(self) -> Source<'a, T> {
        Source::Owned(self)
    }
}

/// Two operands that meet in a common dtype: two arrays, or an array and a scalar.
///
/// A scalar is weak, as in NumPy 2: it takes the array's dtype. As the array decides it, a literal
/// beside an `Array<f32>` is an `f32`.
pub trait Pair<'a> {
    /// The left operand's dtype.
    type Left: Promote<Self::Right>;
    /// The right operand's dtype.
    type Right: Element;
    /// The operands as the engine takes them.
    fn into_sources(self) -> (Source<'a, Self::Left>, Source<'a, Self::Right>);
}

/// Operands that have been taken apart already.
impl<'a, A: Promote<B>, B: Element> Pair<'a> for (Source<'a, A>, Source<'a, B>) {
    type Left = A;
    type Right = B;
    fn into_sources(self) -> (Source<'a, A>, Source<'a, B>) {
        self
    }
}

/// The dtype in which a pair's operands meet.
pub type Common<'a, P> = <<P as Pair<'a>>::Left as Promote<<P as Pair<'a>>::Right>>::Output;

macro_rules! pairs_of_arrays {
    ($($left:ty, $right:ty;)*) => {$(
        impl<'a, A: Promote<B>, B: Element> Pair<'a> for ($left, $right) {
            type Left = A;
            type Right = B;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, B>) {
                (self.0.into_source(), self.1.into_source())
            }
        }
    )*};
}
pairs_of_arrays! {
    &'a Array<A>, &'a Array<B>;
    &'a Array<A>, Array<B>;
    Array<A>, &'a Array<B>;
    Array<A>, Array<B>;
}

macro_rules! pairs_with_a_scalar {
    ($($array:ty;)*) => {$(
        impl<'a, A: Promote<A>> Pair<'a> for ($array, A) {
            type Left = A;
            type Right = A;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, A>) {
                (self.0.into_source(), Source::Scalar(self.1))
            }
        }
        impl<'a, A: Promote<A>> Pair<'a> for (A, $array) {
            type Left = A;
            type Right = A;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, A>) {
                (Source::Scalar(self.0), self.1.into_source())
            }
        }
    )*};
}
pairs_with_a_scalar! { &'a Array<A>; Array<A>; }

/// A kernel of one argument over an array, in a fresh array or the operand's own memory.
///
/// The operand's elements, of type `T`, are converted to `C`, on which the kernel works, and what it
/// gives is converted to `O`.
///
/// # Panics
/// When there is no memory for the result.
#[track_caller]
pub fn unary<K: Unary<C>, T: Element, C: Element, O: Element>(a: Source<'_, T>) -> Array<O> {
    unary_with(Function::unary::<K, C>(), a)
}

/// As [`unary`], of a function that may work on other dtypes than the operand's and the result's.
///
/// # Panics
/// As [`unary`].
#[track_caller]
pub fn unary_with<T: Element, O: Element>(function: Function<2>, mut a: Source<'_, T>) -> Array<O> {
    function.assert_inputs(1);
    let shape = PerAxis::from_slice(a.shape());
    if a.can_hold::<O>(&shape) {
        // SAFETY: `a` is unique and ours, and both input and output.
        unsafe { function.apply(&[a.argument(), a.argument()]) };
        return a.into_result();
    }
    let fresh = or_panic(like(&shape, &[a.argument()]));
    // SAFETY: `fresh` is unique and has `a`'s shape.
    unsafe { function.apply(&[a.argument(), Argument::new(&fresh)]) };
    fresh
}

/// As [`unary_with`], into an array that the caller gives. The result would be of dtype `result`.
///
/// # Errors
/// When the operand does not broadcast to `out`'s shape, or the result's dtype is of a higher kind
/// than `out`'s (a float does not go into an integer).
pub fn unary_out_with<T: Element, R: Element>(
    function: Function<2>,
    result: DType,
    a: Source<'_, T>,
    out: &mut Array<R>,
) -> Result<()> {
    function.assert_inputs(1);
    check_out(&[a.shape()], result, out)?;
    // SAFETY: `a` is alive; what is written is unique, so that it shares no byte with `a`, and of the
    // shape that `a` broadcasts to.
    overwrite(out, |out| unsafe { function.apply(&[a.argument(), out]) })
}

/// A kernel of two arguments over a pair, in a fresh array or an operand's own memory.
///
/// # Errors
/// When the shapes do not broadcast together, or there is no memory for the result.
pub fn binary<'a, K: Binary<Common<'a, P>>, P: Pair<'a>>(pair: P) -> Result<Array<K::Output>> {
    binary_with(Function::binary::<K, Common<'a, P>>(), pair)
}

/// As [`binary`], of a function that may work on other dtypes than the pair's: what it takes and
/// gives is converted.
///
/// # Errors
/// As [`binary`].
pub fn binary_with<'a, P: Pair<'a>, O: Element>(function: Function<3>, pair: P) -> Result<Array<O>> {
    function.assert_inputs(2);
    let (mut a, mut b) = pair.into_sources();
    let shape = layout::broadcast_shapes(&[a.shape(), b.shape()])?;
    if a.can_hold::<O>(&shape) {
        // SAFETY: `a` is unique and ours; `b` broadcasts to its shape.
        unsafe { function.apply(&[a.argument(), b.argument(), a.argument()]) };
        return Ok(a.into_result());
    }
    if b.can_hold::<O>(&shape) {
        // SAFETY: `b` is unique and ours; `a` broadcasts to its shape.
        unsafe { function.apply(&[a.argument(), b.argument(), b.argument()]) };
        return Ok(b.into_result());
    }
    let fresh = like(&shape, &[a.argument(), b.argument()])?;
    // SAFETY: `fresh` is unique and has the shape that both broadcast to.
    unsafe { function.apply(&[a.argument(), b.argument(), Argument::new(&fresh)]) };
    Ok(fresh)
}

/// As [`binary_with`], into an array that the caller gives. The result would be of dtype `result`.
///
/// # Errors
/// As [`binary`] and [`unary_out_with`].
pub fn binary_out_with<'a, P: Pair<'a>, R: Element>(
    function: Function<3>,
    result: DType,
    pair: P,
    out: &mut Array<R>,
) -> Result<()> {
    function.assert_inputs(2);
    let (a, b) = pair.into_sources();
    check_out(&[a.shape(), b.shape()], result, out)?;
    // SAFETY: `a` and `b` are alive; what is written is unique, so that it shares no byte with them, and
    // of the shape that both broadcast to.
    overwrite(out, |out| unsafe { function.apply(&[a.argument(), b.argument(), out]) })
}

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
    /// Fresh arrays of this shape, in memory order alike to the first operand of that shape.
    #[doc(hidden)]
    fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self>;
    /// The arrays as operands; the last stands in for what is not there.
    #[doc(hidden)]
    fn arguments(&self) -> [Argument<'_>; 2];
}

impl<A: Element> Results for Array<A> {
    const COUNT: usize = 1;
    fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self> {
        like(shape, operands)
    }
    fn arguments(&self) -> [Argument<'_>; 2] {
        [Argument::new(self); 2]
    }
}

impl<A: Element, B: Element> Results for (Array<A>, Array<B>) {
    const COUNT: usize = 2;
    fn fresh(shape: &[usize], operands: &[Argument<'_>]) -> Result<Self> {
        Ok((like(shape, operands)?, like(shape, operands)?))
    }
    fn arguments(&self) -> [Argument<'_>; 2] {
        [Argument::new(&self.0), Argument::new(&self.1)]
    }
}

/// A function of any number of operands, in one fresh array or two.
///
/// # Errors
/// When the shapes do not broadcast together.
pub fn several<const N: usize, R: Results>(function: Function<N>, operands: &[Argument<'_>]) -> Result<R> {
    function.assert_inputs(operands.len());
    let shapes: PerOperand<&[usize]> = operands.iter().map(Argument::shape).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    let fresh = R::fresh(&shape, operands)?;
    // SAFETY: `fresh` is unique and has the shape that all broadcast to.
    unsafe { function.apply(&all_operands(operands, &fresh.arguments()[..R::COUNT])) };
    Ok(fresh)
}

/// Arrays that the caller gives for the results: an array, or two in a tuple. Sealed.
pub trait Outs: sealed::Sealed {
    /// Has all of each array overwritten, in memory of its own.
    #[doc(hidden)]
    fn overwrite(
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
    fn overwrite(
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
    fn overwrite(
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

/// As [`several`], into arrays that the caller gives. The results would be of the dtypes `results`.
///
/// # Errors
/// As [`several`] and [`unary_out_with`].
pub fn several_out<const N: usize>(
    function: Function<N>,
    results: &[DType],
    operands: &[Argument<'_>],
    mut outs: impl Outs,
) -> Result<()> {
    function.assert_inputs(operands.len());
    let shapes: PerOperand<&[usize]> = operands.iter().map(Argument::shape).collect();
    // SAFETY: each array that is written is unique, so that it shares no byte with another operand, and
    // of the shape that all broadcast to.
    outs.overwrite(&shapes, results, |outs| unsafe { function.apply(&all_operands(operands, outs)) })
}

pub(super) type PerOperand<T> = smallvec::SmallVec<[T; 4]>;

/// Inputs, then outputs.
pub(super) fn all_operands<'a, const N: usize>(
    inputs: &[Argument<'a>],
    outputs: &[Argument<'a>],
) -> [Argument<'a>; N] {
    assert_eq!(inputs.len() + outputs.len(), N, "as many operands as the function has");
    std::array::from_fn(|k| if k < inputs.len() { inputs[k] } else { outputs[k - inputs.len()] })
}

/// `a = kernel(a, b)`: in place where `a` is unique.
///
/// # Errors
/// When `b` does not broadcast to `a`'s shape.
pub fn binary_in_place<T, B, K>(a: &mut Array<T>, b: Source<'_, B>) -> Result<()>
where
    T: Promote<B, Output = T>,
    B: Element,
    K: Binary<T, Output = T>,
{
    check_out(&[b.shape()], T::DTYPE, a)?;
    let function = Function::binary::<K, T>();
    if a.is_unique() {
        // SAFETY: `a` is unique, so that `b` shares no byte with it; `b` broadcasts to its shape.
        unsafe { function.apply(&[Argument::new(a), b.argument(), Argument::new(a)]) };
        return Ok(());
    }
    let fresh = like(a.shape(), &[Argument::new(a)])?;
    // SAFETY: `fresh` is unique and has `a`'s shape, to which `b` broadcasts.
    unsafe { function.apply(&[Argument::new(a), b.argument(), Argument::new(&fresh)]) };
    *a = fresh;
    Ok(())
}

/// An array for a result of this shape, not initialised, in memory order alike to the first
/// operand that is not broadcast: so that both are walked through from end to end (NumPy's
/// order `K`).
pub(super) fn like<T: Element>(shape: &[usize], operands: &[Argument<'_>]) -> Result<Array<T>> {
    let model = operands.iter().find(|operand| operand.shape() == shape);
    let mut strides = PerAxis::from_elem(0, shape.len());
    let mut axes: PerAxis<usize> = (0..shape.len()).collect();
    if let Some(model) = model.filter(|model| model.shape().len() > 1) {
        axes.sort_by_key(|&axis| std::cmp::Reverse(model.strides()[axis].unsigned_abs()));
    }
    let mut next = 1;
    for &axis in axes.iter().rev() {
        strides[axis] = next;
        next *= shape[axis].max(1) as isize;
    }
    Array::uninit(shape, &strides)
}

/// Has all of `out` overwritten, in memory of its own. If that is fresh, `out` gets it only when the values are
/// there: a function may panic, and what it has not written must not be read.
fn overwrite<T: Element>(out: &mut Array<T>, write: impl FnOnce(Argument<'_>)) -> Result<()> {
    let fresh = fresh_if_shared(out)?;
    write(Argument::new(fresh.as_ref().unwrap_or(out)));
    fresh.into_iter().for_each(|fresh| *out = fresh);
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
        return Err(Error::dtype(from, T::DTYPE));
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

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::engine::isa::Isa;

    struct Panics;

    impl Unary<u8> for Panics {
        type Output = u8;
        const COST: f32 = 1.0;
        fn call<I: Isa>(_: u8) -> u8 {
            panic!("in the kernel")
        }
    }
    impl Binary<u8> for Panics {
        type Output = u8;
        const COST: f32 = 1.0;
        fn call<I: Isa>(_: u8, _: u8) -> u8 {
            panic!("in the kernel")
        }
    }

    #[test]
    fn a_panic_leaves_a_shared_out_array_as_it_was() {
        let a = crate::zeros::<u8>([256]).unwrap();
        let old = crate::full([256], 7u8).unwrap();
        let (unary, binary) = (Function::unary::<Panics, u8>(), Function::binary::<Panics, u8>());
        let keeps = |f: &dyn Fn(&mut Array<u8>) -> Result<()>| {
            // What memory never written would show, as it is used again.
            drop(crate::full([256], 0xee_u8).unwrap());
            let mut out = old.clone();
            assert!(catch_unwind(AssertUnwindSafe(|| f(&mut out))).is_err());
            assert_eq!(out, old);
        };
        keeps(&|out| unary_out_with(unary, DType::UInt8, Source::Borrowed(&a), out));
        let pair = || (Source::Borrowed(&a), Source::Borrowed(&a));
        keeps(&|out| binary_out_with(binary, DType::UInt8, pair(), out));
        keeps(&|out| several_out(unary, &[DType::UInt8], &[Argument::new(&a)], out));
    }
}
