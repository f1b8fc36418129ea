//! The bits that all, any, or an odd number of integers or bools have.

use array_core::engine::reduce::kernel::Accumulate;

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
    ($($kernel:ident: $empty:path, $operator:tt;)*) => { $(bits!(@ $kernel, $empty, $operator, bool i8 i16 i32 i64 u8 u16 u32 u64);)* };
    (@ $kernel:ident, $empty:path, $operator:tt, $($type:ty)*) => {$(
        impl Accumulate<$type> for $kernel {
            type State = $type;
            type Output = $type;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            #[inline(always)]
            fn empty() -> $type {
                let none = <$type>::from(false);
                $empty(none)
            }
            #[inline(always)]
            fn step(a: $type, b: $type, _: usize) -> $type {
                a $operator b
            }
            #[inline(always)]
            fn merge(a: $type, b: $type) -> $type {
                a $operator b
            }
            #[inline(always)]
            fn finish(state: $type, _: f64) -> $type {
                state
            }
        }

        impl WithInitial<$type> for $kernel {
            fn with_initial(a: $type, b: $type) -> $type {
                a $operator b
            }
        }
    )*};
}
bits! {
    BitsOfAll: std::ops::Not::not, &;
    BitsOfAny: std::convert::identity, |;
    BitsOfOdd: std::convert::identity, ^;
}
