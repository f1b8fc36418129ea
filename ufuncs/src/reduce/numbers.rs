//! Which accumulator leaves `nan` aside: for integers and bools, which have none, the ordinary one.

use array_core::engine::reduce::kernel::Accumulate;
use array_core::{Element, complex64, complex128, f16};

use super::bits::{BitsOfAll, BitsOfAny, BitsOfOdd};
use super::extremes::{Max, Min, NanMax, NanMin};
use super::logic::{All, Any};
use super::positions::{ArgMax, ArgMin, NanArgMax, NanArgMin};
use super::sums::{NanProduct, NanSum, Product, Sum};

/// The accumulator of elements of type `T` that does what this one does of numbers.
pub trait Numbers<T: Element> {
    /// That accumulator.
    type Kernel: Accumulate<T>;
}

/// What it gives.
pub(crate) type OfNumbers<K, T> = <<K as Numbers<T>>::Kernel as Accumulate<T>>::Output;

macro_rules! numbers {
    ($($kernel:ident else $plain:ident;)*) => {$(
        numbers! { @ $kernel => $kernel: f16 f32 f64 complex64 complex128 }
        numbers! { @ $kernel => $plain: bool i8 i16 i32 i64 u8 u16 u32 u64 }
    )*};
    (@ $kernel:ident => $by:ident: $($type:ty)*) => {
        $(impl Numbers<$type> for $kernel { type Kernel = $by; })*
    };
}
/// Accumulators that leave nothing aside, and may stand where one may that does.
macro_rules! as_they_are {
    ($($kernel:ident)*) => {
        $(impl<T: Element> Numbers<T> for $kernel where $kernel: Accumulate<T> { type Kernel = $kernel; })*
    };
}
as_they_are! { Sum Product Max Min ArgMax ArgMin All Any BitsOfAll BitsOfAny BitsOfOdd }

numbers! {
    NanSum else Sum;
    NanProduct else Product;
    NanMax else Max;
    NanMin else Min;
    NanArgMax else ArgMax;
    NanArgMin else ArgMin;
}
