//! The functions that ufuncs map over arrays, as kernels for [`array_core::engine`].
//!
//! Each is a zero-sized type that implements [`Unary`](array_core::engine::kernel::Unary) for the
//! dtypes it has, one file per family. A file's first comment gives the method, where it comes from
//! and where the error goes; the errors claimed are measured by `tests/accuracy.rs` (a sample) and
//! `examples/accuracy` (every `f32`, 10^8 `f64`).
//!
//! Two rules hold for the transcendental ones. The `f32` functions compute in `f64` and round once
//! at the end: accurate at no effort, and the conversions are cheap. The `f64` functions carry what
//! the leading terms lose in a second `f64`, so that nearly all of the error is the last rounding.

mod comparison;
mod digits;
mod exact;
mod exp;
mod extremes;
mod half;
mod integers;
mod log;
mod logic;
mod order;
mod payne_hanek;
mod plain;
mod rounding;
mod signs;
mod sin_cos;

pub use comparison::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
pub use digits::{Frexp, Ldexp, Modf, Nextafter, Spacing};
pub use exp::Exp;
pub use extremes::{Clip, Fmax, Fmin, Maximum, Minimum};
pub use integers::{BitwiseCount, Gcd, IntegerPower, Lcm, Where};
pub use log::Log;
pub use logic::{Isfinite, Isinf, Isnan, LogicalAnd, LogicalNot, LogicalOr, LogicalXor, Signbit};
pub use plain::{Absolute, Sqrt};
pub use rounding::{Ceil, Floor, NanToNum, Rint, RoundDecimals, RoundTens, RoundTensToInteger, Trunc};
pub use signs::{Conjugate, Copysign, Fabs, Heaviside, ImaginaryPart, Positive, RealPart, Sign};
pub use sin_cos::{Cos, Sin};
