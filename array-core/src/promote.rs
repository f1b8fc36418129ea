//! Promotion: the dtype in which two dtypes meet, by NumPy's table, at compile time and at run time.

use crate::{DType, Element, complex64, complex128, f16};

/// The dtype in which `Self` and `B` meet, as NumPy promotes arrays: `i64` and `f32` give `f64`.
pub trait Promote<B: Element>: Element {
    /// Where they meet.
    type Output: Element;
}

macro_rules! promotion_table {
    ($($a:ident => [$($b:ident: $output:ident,)*];)*) => {
        $($(impl Promote<$b> for $a { type Output = $output; })*)*

        impl DType {
            /// The dtype in which two dtypes meet: NumPy's `promote_types`.
            ///
            /// ```
            /// # use array_core::DType;
            /// assert_eq!(DType::UInt8.promote(DType::Int8), DType::Int16);
            /// assert_eq!(DType::Int64.promote(DType::Float32), DType::Float64);
            /// ```
            pub const fn promote(self, other: DType) -> DType {
                const TABLE: [[DType; DType::ALL.len()]; DType::ALL.len()] =
                    [$([$(<$output as Element>::DTYPE),*]),*];
                TABLE[self as usize][other as usize]
            }
        }
    };
}

/// Rows and columns in the order of [`DType::ALL`].
macro_rules! promotion_rows {
    ($($a:ident => [$o0:ident $o1:ident $o2:ident $o3:ident $o4:ident $o5:ident $o6:ident
                    $o7:ident $o8:ident $o9:ident $o10:ident $o11:ident $o12:ident $o13:ident];)*) => {
        promotion_table! {$(
            $a => [bool: $o0, i8: $o1, i16: $o2, i32: $o3, i64: $o4, u8: $o5, u16: $o6, u32: $o7,
                   u64: $o8, f16: $o9, f32: $o10, f64: $o11, complex64: $o12, complex128: $o13,];
        )*}
    };
}

#[rustfmt::skip]
promotion_rows! {
    bool => [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128];
    i8   => [i8   i8  i16 i32 i64 i16 i32 i64 f64 f16 f32 f64 complex64  complex128];
    i16  => [i16  i16 i16 i32 i64 i16 i32 i64 f64 f32 f32 f64 complex64  complex128];
    i32  => [i32  i32 i32 i32 i64 i32 i32 i64 f64 f64 f64 f64 complex128 complex128];
    i64  => [i64  i64 i64 i64 i64 i64 i64 i64 f64 f64 f64 f64 complex128 complex128];
    u8   => [u8   i16 i16 i32 i64 u8  u16 u32 u64 f16 f32 f64 complex64  complex128];
    u16  => [u16  i32 i32 i32 i64 u16 u16 u32 u64 f32 f32 f64 complex64  complex128];
    u32  => [u32  i64 i64 i64 i64 u32 u32 u32 u64 f64 f64 f64 complex128 complex128];
    u64  => [u64  f64 f64 f64 f64 u64 u64 u64 u64 f64 f64 f64 complex128 complex128];
    f16  => [f16  f16 f32 f64 f64 f16 f32 f64 f64 f16 f32 f64 complex64  complex128];
    f32  => [f32  f32 f32 f64 f64 f32 f32 f64 f64 f32 f32 f64 complex64  complex128];
    f64  => [f64  f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 complex128 complex128];
    complex64  => [complex64 complex64 complex64 complex128 complex128 complex64 complex64 complex128
                   complex128 complex64 complex64 complex128 complex64 complex128];
    complex128 => [complex128 complex128 complex128 complex128 complex128 complex128 complex128 complex128
                   complex128 complex128 complex128 complex128 complex128 complex128];
}

/// The float dtype in which NumPy computes functions such as `sin` for this dtype: itself for
/// floats and complex numbers; for integers the smallest float that holds them all, at most `f64`.
pub trait ToFloat: Element {
    /// The dtype of the result.
    type Float: Element;
}

macro_rules! floats {
    ($($from:ident => $float:ident),* $(,)?) => {
        $(impl ToFloat for $from { type Float = $float; })*

        impl DType {
            /// The float dtype in which NumPy computes functions such as `sin` for this dtype: [`ToFloat`],
            /// at run time.
            pub fn to_float(self) -> DType {
                $(if self == <$from as Element>::DTYPE {
                    return <$float as Element>::DTYPE;
                })*
                self
            }
        }
    };
}
floats! {
    bool => f16, i8 => f16, u8 => f16, i16 => f32, u16 => f32, i32 => f64, u32 => f64, i64 => f64, u64 => f64,
    f16 => f16, f32 => f32, f64 => f64, complex64 => complex64, complex128 => complex128,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promotion_is_commutative_and_never_loses_a_kind() {
        for &a in DType::ALL {
            assert_eq!(a.promote(a), a);
            for &b in DType::ALL {
                let c = a.promote(b);
                assert_eq!(c, b.promote(a), "{a} and {b}");
                assert!(c.kind() >= a.kind().max(b.kind()), "{a} and {b} gave {c}");
                assert_eq!(c.promote(a), c, "{a} and {b}");
            }
        }
    }
}
