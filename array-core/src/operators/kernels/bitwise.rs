//! The kernels of bits: of integers, and those that make sense of bools.

use crate::kernel;

/// Bits that both have.
#[derive(Debug)]
pub struct BitwiseAnd;
/// Bits that either has.
#[derive(Debug)]
pub struct BitwiseOr;
/// Bits that one has and the other not.
#[derive(Debug)]
pub struct BitwiseXor;
/// The other bits.
#[derive(Debug)]
pub struct Invert;
/// Bits moved up, zeros following; zero when all are moved out.
#[derive(Debug)]
pub struct LeftShift;
/// Bits moved down, the sign following.
#[derive(Debug)]
pub struct RightShift;

kernel! { binary BitwiseAnd, 0.2: [bool i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a & b; }
kernel! { binary BitwiseOr, 0.2: [bool i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a | b; }
kernel! { binary BitwiseXor, 0.2: [bool i8 i16 i32 i64 u8 u16 u32 u64] => same, |a, b| a ^ b; }
kernel! { unary Invert, 0.2: [bool i8 i16 i32 i64 u8 u16 u32 u64] => same, |a| !a; }

// A negative count is a huge one.
kernel! { binary LeftShift, 0.25:
    [i8 i16 i32 i64] => same, |a, b| if b >= 0 && b < T::BITS as T { a.wrapping_shl(b as u32) } else { 0 };
    [u8 u16 u32 u64] => same, |a, b| if b < T::BITS as T { a.wrapping_shl(b as u32) } else { 0 };
    [bool] => i8, |a, b| (a as i8) << b as u8;
}
kernel! { binary RightShift, 0.25:
    [i8 i16 i32 i64] => same, |a, b| {
        a.wrapping_shr(if b >= 0 && b < T::BITS as T { b as u32 } else { T::BITS - 1 })
    };
    [u8 u16 u32 u64] => same, |a, b| if b < T::BITS as T { a.wrapping_shr(b as u32) } else { 0 };
    [bool] => i8, |a, b| (a as i8) >> b as u8;
}
