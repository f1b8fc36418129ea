//! In which dtype a function of two arguments is computed, and in which its result is given.

use array_core::engine::at::{self, AtFunction, Indices};
use array_core::engine::call::{self, Common, Pair};
use array_core::engine::function::Function;
use array_core::engine::kernel::{Binary, Several};
use array_core::engine::{masked, outer};
use array_core::{Array, DType, Element, Kind, Promote, Result, ToFloat};

use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre, Real};

/// How a kernel `K` takes a pair of operands.
#[diagnostic::on_unimplemented(
    message = "there is no such function of `{P}`",
    note = "as in NumPy; convert an array with `astype`"
)]
pub trait TakesPair<'a, P: Pair<'a>, K> {
    /// The dtype of the result.
    type Result: Element;
    /// The function that computes it, perhaps of another dtype.
    fn function() -> Function<3>;
    /// The function, in a fresh array or an operand's own memory.
    ///
    /// # Errors
    /// When the shapes do not broadcast together.
    fn call(pair: P) -> Result<Array<Self::Result>> {
        call::binary_with(Self::function(), pair)
    }
    /// The function, into an array that the caller gives.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        call::binary_out_with(Self::function(), Self::Result::DTYPE, pair, out)
    }
    /// As [`out`](Self::out), where the mask is true.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    fn out_where<R: Element>(pair: P, out: &mut Array<R>, mask: &Array<bool>) -> Result<()> {
        let (a, b) = pair.into_sources();
        let operands = [a.argument(), b.argument()];
        masked::out_where(Self::function(), &[Self::Result::DTYPE], &operands, out, mask)
    }
    /// The function, of each element of the left operand with each of the right.
    ///
    /// # Errors
    /// When there is no memory for the result.
    fn outer(pair: P) -> Result<Array<Self::Result>> {
        outer::outer(Self::function(), pair)
    }
    /// The function in place at indices. Of the pair only the right operand counts.
    ///
    /// # Errors
    /// When an index is out of bounds, or shapes or dtypes do not fit.
    fn at(a: &mut Array<P::Left>, indices: impl Indices, pair: P) -> Result<()> {
        at::binary_at(Self::at_function(), Self::Result::DTYPE, a, indices, pair)
    }
    /// The function for use in place at indices.
    fn at_function() -> AtFunction {
        Self::function().into()
    }
}

/// In the dtype that both have in common.
impl<'a, P: Pair<'a>, K: Binary<Common<'a, P>>> TakesPair<'a, P, K> for AsTheyAre {
    type Result = K::Output;
    fn function() -> Function<3> {
        Function::binary::<K, Common<'a, P>>()
    }
    fn at_function() -> AtFunction {
        AtFunction::binary::<K, Common<'a, P>>()
    }
}

/// The float that NumPy computes such functions in: that in which the floats of both meet. (Of an
/// `i8` and a `u8` it is half precision, though their common integer would need an `f32`.)
pub type CommonFloat<L, R> = <<L as ToFloat>::Float as Promote<<R as ToFloat>::Float>>::Output;

impl<'a, P, K, F, C, O> TakesPair<'a, P, K> for AsFloats
where
    P: Pair<'a, Left: ToFloat<Float: Promote<<P::Right as ToFloat>::Float, Output = F>>, Right: ToFloat>,
    F: Real<Computed = C, Float = O>,
    C: Element,
    O: Element,
    K: Binary<C, Output = C>,
{
    type Result = O;
    fn function() -> Function<3> {
        Function::binary::<K, C>()
    }
}

impl<'a, P, K, F> TakesPair<'a, P, K> for AsTheirFloats
where
    P: Pair<'a, Left: ToFloat<Float: Promote<<P::Right as ToFloat>::Float, Output = F>>, Right: ToFloat>,
    F: Element,
    K: Binary<F>,
{
    type Result = K::Output;
    fn function() -> Function<3> {
        Function::binary::<K, F>()
    }
}

/// In the dtype that both have in common, but signed integers beside `u64`, whose common dtype is a
/// float that does not hold them all, as they are: for comparisons.
#[derive(Debug)]
pub struct Exactly;

impl Exactly {
    fn function<'a, P: Pair<'a>, K>() -> Function<3>
    where
        K: Binary<Common<'a, P>>
            + Several<(i64, u64), Output = (bool,)>
            + Several<(u64, i64), Output = (bool,)>,
    {
        let (left, right) = (P::Left::DTYPE, P::Right::DTYPE);
        match (left.kind(), right.kind()) {
            (Kind::Signed, _) if right == DType::UInt64 => Function::several::<K, (i64, u64)>(),
            (_, Kind::Signed) if left == DType::UInt64 => Function::several::<K, (u64, i64)>(),
            _ => Function::binary::<K, Common<'a, P>>(),
        }
    }
}

impl<'a, P: Pair<'a>, K> TakesPair<'a, P, K> for Exactly
where
    K: Binary<Common<'a, P>, Output = bool>
        + Several<(i64, u64), Output = (bool,)>
        + Several<(u64, i64), Output = (bool,)>,
{
    type Result = bool;
    fn function() -> Function<3> {
        Exactly::function::<P, K>()
    }
}
