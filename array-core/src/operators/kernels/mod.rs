//! The kernels behind the operators, a file per family.

mod arithmetic;
mod bitwise;
mod constant_division;
mod division;
mod float_division;
mod integer_division;

pub use arithmetic::{Add, Divide, Multiply, Negative, Subtract};
pub use bitwise::{BitwiseAnd, BitwiseOr, BitwiseXor, Invert, LeftShift, RightShift};
pub use division::{Divmod, FloorDivide, Fmod, Remainder};
