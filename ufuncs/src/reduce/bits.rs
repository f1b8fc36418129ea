//! The bits that all, any, or an odd number of integers or bools have: those of numbers without a sign are
//! those of all numbers of that size.

use array_core::engine::reduce::kernel::{Accumulate, Core};

use super::over::WithInitial;

/// The bits that all have.
#[derive(Debug)]
pub struct BitsOfAll;
/// The bits that any has.
#[derive(Debug)]
pub struct BitsOfAny;
/// The bits that an odd number have.
#[derive(Debug)]
pub struct BitsOfOdd;

macro_rules! bits {
    ($($kernel:ident: $empty:literal, $operator:tt;)*) => {$(
        bits! { @ $kernel, $empty, $operator, u8 u16 u32 u64 }
        bits! { @ $kernel, $operator, |x| x as _,
            i8 as u8, i16 as u16, i32 as u32, i64 as u64, u8 as u8, u16 as u16, u32 as u32, u64 as u64 }
        bits! { @ $kernel, $operator, |x| x != 0, bool as u8 }
    )*};
    (@ $kernel:ident, $empty:literal, $operator:tt, $($type:ty)*) => {$(
        impl Core<$type> for $kernel {
            type State = $type;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            #[inline(always)]
            fn empty() -> $type {
                if $empty { <$type>::MAX } else { 0 }
            }
            #[inline(always)]
            fn step(a: $type, b: $type, _: usize) -> $type {
                a $operator b
            }
            #[inline(always)]
            fn merge(a: $type, b: $type) -> $type {
                a $operator b
            }
        }
    )*};
    (@ $kernel:ident, $operator:tt, |$x:ident| $value:expr, $($type:ty as $work:ty),*) => {$(
        impl Accumulate<$type> for $kernel {
            type Work = $work;
            type Core = $kernel;
            type Output = $type;
            fn finish($x: $work, _: f64) -> $type {
                $value
            }
        }

        impl WithInitial<$type> for $kernel {
            fn with_initial(a: $type, b: $type) -> $type {
                a $operator b
            }
        }
    )*};
}
// What begins: all bits, or none.
bits! {
    BitsOfAll: true, &;
    BitsOfAny: false, |;
    BitsOfOdd: false, ^;
}
