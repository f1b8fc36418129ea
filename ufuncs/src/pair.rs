//! In which dtype a function of two arguments is computed, and in which its result is given.

use array_core::engine::call::{self, Common, Pair};
use array_core::engine::function::Function;
use array_core::engine::kernel::{Binary, Several};
use array_core::{Array, DType, Element, Kind, Promote, Result, ToFloat};

use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre, Real};

/// How a kernel `K` takes a pair of operands.
pub trait TakesPair<'a, P: Pair<'a>, K> {
    /// The dtype of the result.
    type Result: Element;
    /// The function, in a fresh array or an operand's own memory.
    ///
    /// # Errors
    /// When the shapes do not broadcast together.
    fn call(pair: P) -> Result<Array<Self::Result>>;
    /// The function, into an array that the caller gives.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()>;
}

/// In the dtype that both have in common.
impl<'a, P: Pair<'a>, K: Binary<Common<'a, P>>> TakesPair<'a, P, K> for AsTheyAre {
    type Result = K::Output;
    fn call(pair: P) -> Result<Array<K::Output>> {
        call::binary::<K, P>(pair)
    }
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        call::binary_out::<K, P, R>(pair, out)
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
    fn call(pair: P) -> Result<Array<O>> {
        call::binary_with(Function::binary::<K, C>(), pair)
    }
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        call::binary_out_with(Function::binary::<K, C>(), O::DTYPE, pair, out)
    }
}

impl<'a, P, K, F> TakesPair<'a, P, K> for AsTheirFloats
where
    P: Pair<'a, Left: ToFloat<Float: Promote<<P::Right as ToFloat>::Float, Output = F>>, Right: ToFloat>,
    F: Element,
    K: Binary<F>,
{
    type Result = K::Output;
    fn call(pair: P) -> Result<Array<K::Output>> {
        call::binary_with(Function::binary::<K, F>(), pair)
    }
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        call::binary_out_with(Function::binary::<K, F>(), K::Output::DTYPE, pair, out)
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
    fn call(pair: P) -> Result<Array<bool>> {
        call::binary_with(Exactly::function::<P, K>(), pair)
    }
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        call::binary_out_with(Exactly::function::<P, K>(), DType::Bool, pair, out)
    }
}
