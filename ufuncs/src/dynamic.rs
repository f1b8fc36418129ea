//! Ufuncs of arrays whose dtypes are known at run time only: which function there is for which dtypes.
//!
//! That is looked up in the same impls that typed calls go by, for each dtype of the list: where a
//! function has none for a dtype, NumPy has none either, and the call is an error. (How it is called: `calls.rs`.)

use std::marker::PhantomData;

use array_core::engine::call::Pair;
use array_core::engine::function::Function;
use array_core::engine::kernel::Several;
use array_core::{Array, DType, Element, Kind, ToFloat};

use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre, Takes};
use crate::pair::{Exactly, TakesPair};
use crate::powers::{AsDoubles, Powers};

mod calls;

pub(crate) use calls::{Call, OfOne, OfOneInTwo, OfTwo, OfTwoInTwo, before, of_three};

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
