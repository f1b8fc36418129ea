//! Ufuncs of arrays whose dtypes are known at run time only: which function there is for which dtypes.
//!
//! That is looked up in the same impls that typed calls go by, for each dtype of the list: where a
//! function has none for a dtype, NumPy has none either, and the call is an error.

use std::marker::PhantomData;

use array_core::engine::call::Pair;
use array_core::engine::function::Function;
use array_core::engine::kernel::Several;
use array_core::engine::untyped;
use array_core::{AnyArray, AnyOperand, Array, DType, Element, Error, Kind, Result, ToFloat};

use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre, Takes};
use crate::pair::{Exactly, TakesPair};
use crate::powers::{AsDoubles, Powers};

/// A function for some dtypes, and the dtype of its result.
pub(crate) type Found<const N: usize> = Option<(Function<N>, DType)>;

/// The function of kernel `K` for elements of type `T`, if there is one.
pub(crate) struct One<W, K, T>(PhantomData<(W, K, T)>);

impl<W: Takes<T, K>, K, T: Element> One<W, K, T> {
    pub(crate) fn find() -> Found<2> {
        Some((W::function(), W::Result::DTYPE))
    }
}

/// The function of kernel `K` for elements of types `L` and `R`, if there is one.
pub(crate) struct Two<W, K, L, R>(PhantomData<(W, K, L, R)>);

impl<W, K, L: Element, R: Element> Two<W, K, L, R>
where
    (Array<L>, Array<R>): Pair<'static>,
    W: TakesPair<'static, (Array<L>, Array<R>), K>,
{
    pub(crate) fn find() -> Found<3> {
        Some((W::function(), W::Result::DTYPE))
    }
}

/// What is found where the impls above do not hold: a method of the type's own goes before a trait's.
pub(crate) trait Nothing<const N: usize> {
    fn find() -> Found<N> {
        None
    }
}
impl<W, K, T> Nothing<2> for One<W, K, T> {}
impl<W, K, L, R> Nothing<3> for Two<W, K, L, R> {}

/// In which dtype two operands meet.
pub(crate) trait Meet {
    fn common(left: DType, right: DType) -> DType;
}

impl Meet for AsTheyAre {
    fn common(left: DType, right: DType) -> DType {
        left.promote(right)
    }
}
impl Meet for Exactly {
    fn common(left: DType, right: DType) -> DType {
        left.promote(right)
    }
}
impl Meet for Powers {
    fn common(left: DType, right: DType) -> DType {
        left.promote(right)
    }
}
impl Meet for AsDoubles {
    fn common(left: DType, right: DType) -> DType {
        left.promote(right)
    }
}
impl Meet for AsFloats {
    fn common(left: DType, right: DType) -> DType {
        left.to_float().promote(right.to_float())
    }
}
impl Meet for AsTheirFloats {
    fn common(left: DType, right: DType) -> DType {
        AsFloats::common(left, right)
    }
}

/// A closure that finds the function of one operand for its dtype.
macro_rules! one {
    ($takes:ty, $kernel:ty) => {
        |dtype| {
            #[allow(unused_imports, reason = "unless there is one for every dtype")]
            use crate::dynamic::Nothing as _;
            array_core::for_each_dtype!(crate::dynamic::one_of, dtype, $takes, $kernel;)
        }
    };
}

macro_rules! one_of {
    ($dtype:ident, $takes:ty, $kernel:ty; $(($variant:ident, $type:ty, $($rest:tt)*))*) => {
        match $dtype {
            $(array_core::DType::$variant => <crate::dynamic::One<$takes, $kernel, $type>>::find(),)*
            _ => None,
        }
    };
}

/// A closure that finds the function of two operands for their dtypes.
macro_rules! two {
    ($takes:ty, $kernel:ty) => {
        |left, right| {
            #[allow(unused_imports, reason = "unless there is one for every dtype")]
            use crate::dynamic::Nothing as _;
            match crate::dynamic::mixed(left, right) {
                // They have no integer in common, and some functions need none.
                Some((true, _)) => <crate::dynamic::Two<$takes, $kernel, i64, u64>>::find(),
                Some((false, _)) => <crate::dynamic::Two<$takes, $kernel, u64, i64>>::find(),
                None => {
                    let common = <$takes as crate::dynamic::Meet>::common(left, right);
                    array_core::for_each_dtype!(crate::dynamic::two_of, common, $takes, $kernel;)
                }
            }
        }
    };
}

macro_rules! two_of {
    ($dtype:ident, $takes:ty, $kernel:ty; $(($variant:ident, $type:ty, $($rest:tt)*))*) => {
        match $dtype {
            $(array_core::DType::$variant => <crate::dynamic::Two<$takes, $kernel, $type, $type>>::find(),)*
            _ => None,
        }
    };
}
pub(crate) use {one, one_of, two, two_of};

/// Of a signed integer and a `u64`, whether the left one is signed, and whether the right one is.
pub(crate) fn mixed(left: DType, right: DType) -> Option<(bool, bool)> {
    let signed = (left.kind() == Kind::Signed, right.kind() == Kind::Signed);
    let unsigned = (left == DType::UInt64, right == DType::UInt64);
    ((signed.0 && unsigned.1) || (signed.1 && unsigned.0)).then_some(signed)
}

/// The function of kernel `K` for three elements of type `T`, if there is one.
pub(crate) struct Three<K, T>(PhantomData<(K, T)>);

impl<K: Several<(T, T, T), Output = (T,)>, T: Element> Three<K, T> {
    pub(crate) fn find() -> Found<4> {
        Some((Function::several::<K, (T, T, T)>(), T::DTYPE))
    }
}
impl<K, T> Nothing<4> for Three<K, T> {}

/// A closure that finds the function of three operands of a dtype.
macro_rules! three {
    ($kernel:ty) => {
        |dtype| {
            #[allow(unused_imports, reason = "unless there is one for every dtype")]
            use crate::dynamic::Nothing as _;
            array_core::for_each_dtype!(crate::dynamic::three_of, dtype, $kernel;)
        }
    };
}

macro_rules! three_of {
    ($dtype:ident, $kernel:ty; $(($variant:ident, $type:ty, $($rest:tt)*))*) => {
        match $dtype {
            $(array_core::DType::$variant => <crate::dynamic::Three<$kernel, $type>>::find(),)*
            _ => None,
        }
    };
}
pub(crate) use {three, three_of};

/// Calls the function that `find` finds for the dtype that all three have in common.
pub(crate) fn ternary(
    name: &str,
    find: fn(DType) -> Found<4>,
    operands: [AnyOperand<'_>; 3],
) -> Result<AnyArray> {
    // Numbers are weak beside all arrays, whichever comes first.
    let strong = operands.iter().filter_map(AnyOperand::dtype).reduce(DType::promote);
    let dtypes = operands.each_ref().map(|operand| operand.dtype_beside(strong));
    let common = dtypes.into_iter().reduce(DType::promote);
    let found = common.and_then(find);
    let (function, result) = found.ok_or_else(|| Error::unsupported(name, &dtypes))?;
    let mut arrays = Vec::with_capacity(operands.len());
    for (operand, dtype) in operands.into_iter().zip(dtypes) {
        arrays.push(operand.into_array(dtype)?);
    }
    let arguments = [arrays[0].argument(), arrays[1].argument(), arrays[2].argument()];
    let [result] = untyped::call(function, [result], &arguments)?;
    Ok(result)
}

/// A function of some dtypes with two results, and their dtypes.
pub(crate) type FoundTwo<const N: usize> = Option<(Function<N>, [DType; 2])>;

/// The function of kernel `K` with two results for an element of type `T` as a float, if there is one.
pub(crate) struct OneInTwo<K, T>(PhantomData<(K, T)>);

impl<K, T: ToFloat, A: Element, B: Element> OneInTwo<K, T>
where
    K: Several<(T::Float,), Output = (A, B)>,
{
    pub(crate) fn find() -> FoundTwo<3> {
        Some((Function::several::<K, (T::Float,)>(), [A::DTYPE, B::DTYPE]))
    }
}

/// The function of kernel `K` with two results for two elements of type `T`, if there is one.
pub(crate) struct TwoInTwo<K, T>(PhantomData<(K, T)>);

impl<K, T: Element, A: Element, B: Element> TwoInTwo<K, T>
where
    K: Several<(T, T), Output = (A, B)>,
{
    pub(crate) fn find() -> FoundTwo<4> {
        Some((Function::several::<K, (T, T)>(), [A::DTYPE, B::DTYPE]))
    }
}

/// As [`Nothing`].
pub(crate) trait NothingInTwo<const N: usize> {
    fn find() -> FoundTwo<N> {
        None
    }
}
impl<K, T> NothingInTwo<3> for OneInTwo<K, T> {}
impl<K, T> NothingInTwo<4> for TwoInTwo<K, T> {}

/// A closure that finds the function with two results for a dtype.
macro_rules! in_two {
    ($finder:ident, $kernel:ty) => {
        |dtype| {
            use crate::dynamic::NothingInTwo as _;
            array_core::for_each_dtype!(crate::dynamic::in_two_of, dtype, $finder, $kernel;)
        }
    };
}

macro_rules! in_two_of {
    ($dtype:ident, $finder:ident, $kernel:ty; $(($variant:ident, $type:ty, $($rest:tt)*))*) => {
        match $dtype {
            $(array_core::DType::$variant => <crate::dynamic::$finder<$kernel, $type>>::find(),)*
            _ => None,
        }
    };
}
pub(crate) use {in_two, in_two_of};

/// Calls the function with two results that `find` finds for this dtype.
pub(crate) fn unary_in_two(
    name: &str,
    find: fn(DType) -> FoundTwo<3>,
    a: &AnyArray,
) -> Result<(AnyArray, AnyArray)> {
    let (function, results) = find(a.dtype()).ok_or_else(|| Error::unsupported(name, &[a.dtype()]))?;
    let [first, second] = untyped::call(function, results, &[a.argument()])?;
    Ok((first, second))
}

/// Calls the function with two results that `find` finds for the dtype that both have in common.
pub(crate) fn binary_in_two(
    name: &str,
    find: fn(DType) -> FoundTwo<4>,
    a: AnyOperand<'_>,
    b: AnyOperand<'_>,
) -> Result<(AnyArray, AnyArray)> {
    let (left, right) = (a.dtype_beside(b.dtype()), b.dtype_beside(a.dtype()));
    let found = find(left.promote(right));
    let (function, results) = found.ok_or_else(|| Error::unsupported(name, &[left, right]))?;
    let (a, b) = (a.into_array(left)?, b.into_array(right)?);
    let [first, second] = untyped::call(function, results, &[a.argument(), b.argument()])?;
    Ok((first, second))
}

/// The left array with axes of one after its own, as many as the right one has: then each meets each.
pub(crate) fn before(a: &AnyArray, b: &AnyArray) -> Result<AnyArray> {
    let mut shape = a.shape().to_vec();
    shape.resize(a.ndim() + b.ndim(), 1);
    a.reshape(&shape)
}

/// Calls the function that `find` finds for this dtype.
pub(crate) fn unary(name: &str, find: fn(DType) -> Found<2>, a: &AnyArray) -> Result<AnyArray> {
    let Some((function, result)) = find(a.dtype()) else {
        return Err(Error::unsupported(name, &[a.dtype()]));
    };
    let [result] = untyped::call(function, [result], &[a.argument()])?;
    Ok(result)
}

/// Calls the function that `find` finds for the dtypes of both.
pub(crate) fn binary(
    name: &str,
    find: fn(DType, DType) -> Found<3>,
    a: AnyOperand<'_>,
    b: AnyOperand<'_>,
) -> Result<AnyArray> {
    let (mut left, mut right) = (a.dtype_beside(b.dtype()), b.dtype_beside(a.dtype()));
    let unsupported = |left, right| Error::unsupported(name, &[left, right]);
    let (mut function, mut result) = find(left, right).ok_or_else(|| unsupported(left, right))?;
    if matches!(function.input_dtypes()[0].kind(), Kind::Float | Kind::Complex) {
        // A number need not fit an integer, or a smaller float, that it is not converted to.
        (left, right) = (left.to_float().promote(result), right.to_float().promote(result));
    } else if (!a.fits(left) || !b.fits(right)) && matches!(result.kind(), Kind::Float | Kind::Bool) {
        // Of quotients and comparisons the integer's size makes no difference.
        let whole = |operand: &AnyOperand<'_>| operand.dtype().unwrap_or(DType::Int64);
        (left, right) = (whole(&a), whole(&b));
        (function, result) = find(left, right).ok_or_else(|| unsupported(left, right))?;
    }
    let (a, b) = (a.into_array(left)?, b.into_array(right)?);
    let [result] = untyped::call(function, [result], &[a.argument(), b.argument()])?;
    Ok(result)
}
