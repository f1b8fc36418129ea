//! Comparisons. A signed and an unsigned integer of 64 bits have no integer dtype in common: they are
//! compared as they are, not as floats.

use array_core::engine::isa::Isa;
use array_core::engine::kernel::Several;
use array_core::{complex64, complex128, f16, kernel};

use super::order::Ordered;

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident: |$a:ident, $b:ident| $value:expr, |$i:ident, $u:ident| $mixed:expr, $swapped:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        kernel! { binary $name, 0.2:
            [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] => bool, |$a, $b| $value;
        }
        impl Several<(i64, u64)> for $name {
            type Output = (bool,);
            const COST: f32 = 0.3;
            #[inline(always)]
            fn call<I: Isa>(($i, $u): (i64, u64)) -> (bool,) { ($mixed,) }
        }
        impl Several<(u64, i64)> for $name {
            type Output = (bool,);
            const COST: f32 = 0.3;
            #[inline(always)]
            fn call<I: Isa>(($u, $i): (u64, i64)) -> (bool,) { ($swapped,) }
        }
    )*};
}
comparisons! {
    /// Whether they are equal.
    Equal: |a, b| a.same(b), |i, u| (i >= 0) & (i as u64 == u), (i >= 0) & (i as u64 == u);
    /// Whether they differ.
    NotEqual: |a, b| !a.same(b), |i, u| (i < 0) | (i as u64 != u), (i < 0) | (i as u64 != u);
    /// Whether the left one is smaller.
    Less: |a, b| a.before(b), |i, u| (i < 0) | ((i as u64) < u), (i >= 0) & (u < i as u64);
    /// Whether the left one is smaller, or both are equal.
    LessEqual: |a, b| a.up_to(b), |i, u| (i < 0) | (i as u64 <= u), (i >= 0) & (u <= i as u64);
    /// Whether the left one is larger.
    Greater: |a, b| b.before(a), |i, u| (i >= 0) & (i as u64 > u), (i < 0) | (u > i as u64);
    /// Whether the left one is larger, or both are equal.
    GreaterEqual: |a, b| b.up_to(a), |i, u| (i >= 0) & (i as u64 >= u), (i < 0) | (u >= i as u64);
}
