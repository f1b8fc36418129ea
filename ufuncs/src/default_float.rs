//! Which float the functions of NumPy that are not ufuncs take: integers as `f64`, however small.

use array_core::engine::function::Function;
use array_core::engine::kernel::Unary;
use array_core::{Element, ToFloat, complex64, complex128, f16};

use crate::operand::Takes;

/// As floats, for functions such as [`sinc`](fn@crate::sinc): bools and integers as `f64`, others as
/// they are. Half precision is computed in `f32`, `complex64` in `complex128`, and rounded once more.
#[derive(Debug)]
pub struct AsDefaultFloats;

/// A dtype as a float: bools and integers as `f64`.
pub trait ToDefaultFloat: Element {
    /// The dtype of the result.
    type Default: Element;
    /// The dtype that is computed in.
    type ComputedByDefault: Element;
}

macro_rules! default_floats {
    ($($float:ident in $computed:ident: $($type:ident)*;)*) => {$($(
        impl ToDefaultFloat for $type {
            type Default = $float;
            type ComputedByDefault = $computed;
        }
    )*)*};
}
default_floats! {
    f64 in f64: bool i8 i16 i32 i64 u8 u16 u32 u64 f64;
    f16 in f32: f16;
    f32 in f32: f32;
    complex64 in complex128: complex64;
    complex128 in complex128: complex128;
}

impl<T: ToDefaultFloat, K: Unary<T::ComputedByDefault>> Takes<T, K> for AsDefaultFloats {
    type Result = T::Default;
    fn function() -> Function<2> {
        Function::unary::<K, T::ComputedByDefault>()
    }
}

/// As the float that NumPy gives each dtype, but bools as `f64`: for [`angle`](fn@crate::angle).
#[derive(Debug)]
pub struct AsAngles;

/// The float of which [`AsAngles`] takes the angle.
pub trait HasAngle: Element {
    /// That float.
    type Of: Element;
}

macro_rules! angles {
    ($($type:ident)*) => {$(impl HasAngle for $type { type Of = <$type as ToFloat>::Float; })*};
}
angles! { i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
impl HasAngle for bool {
    type Of = f64;
}

impl<T: HasAngle, K: Unary<T::Of>> Takes<T, K> for AsAngles {
    type Result = K::Output;
    fn function() -> Function<2> {
        Function::unary::<K, T::Of>()
    }
}
