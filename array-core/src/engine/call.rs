//! Typed calls of a [`Function`]: fresh results, results in memory that an operand no longer
//! needs, results in memory that the caller gives, and in place. `operands` says what they take, `results` what
//! they give.

use super::function::{Argument, Function};
use super::kernel::{Binary, Unary};
pub use super::operands::{Common, Pair, Single, Source};
use super::results::overwrite;
pub use super::results::{Out, Outs, Results};
pub(super) use super::results::{check_out, copy_if_shared, like};
use crate::error::or_panic;
use crate::layout::{self, PerAxis};
use crate::promote::Promote;
use crate::{Array, DType, Element, Result};

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
pub fn unary_with<T: Element, O: Element>(function: Function<2>, a: Source<'_, T>) -> Array<O> {
    or_panic(try_unary_with(function, a))
}

/// As [`unary_with`], for who must not panic.
///
/// # Errors
/// When there is no memory for the result.
pub fn try_unary_with<T: Element, O: Element>(
    function: Function<2>,
    mut a: Source<'_, T>,
) -> Result<Array<O>> {
    function.assert_inputs(1);
    let shape = PerAxis::from_slice(a.shape());
    if a.can_hold::<O>(&shape) {
        // SAFETY: `a` is unique and ours, and both input and output.
        unsafe { function.apply(&[a.argument(), a.argument()]) };
        return Ok(a.into_result());
    }
    let fresh = like(&shape, &[a.argument()])?;
    // SAFETY: `fresh` is unique and has `a`'s shape.
    unsafe { function.apply(&[a.argument(), Argument::new(&fresh)]) };
    Ok(fresh)
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
    let function = function.rounding_to(&[result]);
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
    let function = function.rounding_to(&[result]);
    // SAFETY: `a` and `b` are alive; what is written is unique, so that it shares no byte with them, and
    // of the shape that both broadcast to.
    overwrite(out, |out| unsafe { function.apply(&[a.argument(), b.argument(), out]) })
}

/// A function of any number of operands, in one fresh array or two.
///
/// # Errors
/// When the shapes do not broadcast together.
pub fn several<const N: usize, R: Results>(function: Function<N>, operands: &[Argument<'_>]) -> Result<R> {
    function.assert_inputs(operands.len());
    let shapes: PerOperand<&[usize]> = operands.iter().map(Argument::shape).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    // SAFETY: `fresh` is unique and has the shape that all broadcast to, so that all of it is written.
    unsafe {
        let fresh = R::fresh(&shape, operands)?;
        function.apply(&all_operands(operands, &fresh.arguments()[..R::COUNT]));
        Ok(fresh)
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
    let function = function.rounding_to(results);
    // SAFETY: each array that is written is unique, so that it shares no byte with another operand, and
    // of the shape that all broadcast to, so that all of it is written.
    unsafe { outs.overwrite(&shapes, results, |outs| function.apply(&all_operands(operands, outs))) }
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
        keeps(&|out| {
            let mut any = crate::AnyArray::of(out);
            let result = catch_unwind(AssertUnwindSafe(|| {
                several_out(unary, &[DType::UInt8], &[Argument::new(&a)], &mut any)
            }));
            assert_eq!(any, crate::AnyArray::of(&old));
            result.unwrap()
        });
    }
}
