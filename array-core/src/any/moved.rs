//! Functions that only move elements, whatever these mean: written once for each size, not for each dtype.
//!
//! An array of any dtype is seen as one of a dtype that has the same size, and the result is seen as one of the dtype
//! again. So what indexes, reshapes and joins is compiled six times, not fourteen.

use super::AnyArray;
use crate::{Array, DType, Element, complex64, complex128};

/// An array whose elements stand for those of another dtype of their size.
pub(super) enum Moved {
    One(Array<u8>),
    Two(Array<u16>),
    Four(Array<u32>),
    Eight(Array<u64>),
    /// Beside `Eight` because its elements need be aligned to four bytes only.
    TwoFours(Array<complex64>),
    TwoEights(Array<complex128>),
}

impl Moved {
    /// The array seen by its elements' size.
    pub(super) fn of(any: AnyArray) -> Self {
        macro_rules! by_dtype {
            ($($size:ident: $($variant:ident)*;)*) => {
                // SAFETY: of any bytes these stand-ins can be made.
                match any { $($(AnyArray::$variant(array) => Moved::$size(unsafe { reinterpreted(&array) }),)*)* }
            };
        }
        by_dtype! {
            One: Bool Int8 UInt8;
            Two: Int16 UInt16 Float16;
            Four: Int32 UInt32 Float32;
            Eight: Int64 UInt64 Float64;
            TwoFours: Complex64;
            TwoEights: Complex128;
        }
    }
}

/// The array seen as one of the stand-ins that `like` is one of, which are those of its dtype.
pub(super) fn stand_in<S: Element>(any: &AnyArray, _like: &Array<S>) -> Array<S> {
    match Moved::of(any.clone()) {
        Moved::One(array) => array.same_dtype(),
        Moved::Two(array) => array.same_dtype(),
        Moved::Four(array) => array.same_dtype(),
        Moved::Eight(array) => array.same_dtype(),
        Moved::TwoFours(array) => array.same_dtype(),
        Moved::TwoEights(array) => array.same_dtype(),
    }
}

/// A stand-in seen as the dtype that it stands for.
///
/// # Safety
/// Its elements are elements of that dtype, which have this size.
pub(super) unsafe fn of_dtype<S: Element>(array: Array<S>, dtype: DType) -> AnyArray {
    macro_rules! by_dtype {
        ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
            // SAFETY: by this function's contract.
            match dtype { $(DType::$variant => AnyArray::$variant(unsafe { reinterpreted(&array) }),)* }
        };
    }
    crate::for_each_dtype!(by_dtype)
}

/// The same bytes seen as elements of another type of the same size, aligned no more strictly.
///
/// # Safety
/// The bytes of each element make an element of that type.
unsafe fn reinterpreted<A: Element, B: Element>(array: &Array<A>) -> Array<B> {
    assert!(size_of::<A>() == size_of::<B>() && align_of::<A>() >= align_of::<B>(), "one size");
    // SAFETY: by this function's contract; shape and strides are those of an array over this buffer.
    unsafe {
        Array::from_raw_parts(array.buffer().clone(), array.as_ptr().cast(), array.shape(), array.strides())
    }
}

/// `moved!(any, |array, back| value)`: the value, in which `array` is `any` seen by its elements' size, and `back` sees
/// an array whose elements are all taken from it as `any`'s dtype.
macro_rules! moved {
    ($any:expr, |$array:ident, $back:ident| $value:expr) => {
        moved!(@each $any, $array, $back, $value; One Two Four Eight TwoFours TwoEights)
    };
    (@each $any:expr, $array:ident, $back:ident, $value:expr; $($size:ident)*) => {{
        let any: $crate::AnyArray = $any;
        let dtype = any.dtype();
        match $crate::any::moved::Moved::of(any) {
            $($crate::any::moved::Moved::$size($array) => {
                // SAFETY: every use takes the elements from arrays of this dtype.
                let $back = |array| unsafe { $crate::any::moved::of_dtype(array, dtype) };
                $value
            })*
        }
    }};
}
pub(super) use moved;
