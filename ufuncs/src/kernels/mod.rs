//! The functions that ufuncs map over arrays, as kernels for [`array_core::engine`].
//!
//! Each is a zero-sized type that implements [`Unary`](array_core::engine::kernel::Unary) for the
//! dtypes it has, one file per family. A file's first comment gives the method, where it comes from
//! and where the error goes; the errors claimed are measured by `tests/accuracy.rs` (a sample) and
//! `examples/accuracy` (every `f32`, 10^8 `f64`).
//!
//! Two rules hold for the transcendental ones. The `f64` functions carry what the leading terms
//! lose in a second `f64`, so that nearly all of the error is the last rounding. The `f32` functions
//! either compute in `f64` and round once at the end, or, where that would be slower than NumPy, in
//! their own type in the manner of the `f64` ones: `lane` has what such a text needs.

mod arcsine;
mod arctan;
mod arctan2;
mod area;
mod bessel;
mod cbrt;
mod closeness;
mod comparison;
mod complex;
mod digits;
mod exact;
mod exp;
mod extremes;
mod half;
mod hyperbolic;
mod hypot;
mod integers;
mod lane;
mod log;
pub(crate) mod logaddexp;
mod logic;
mod order;
mod pairs;
mod payne_hanek;
mod plain;
mod power;
mod rounding;
mod signs;
mod sin_cos;
mod sinc;
mod tan;
mod wide;

pub use arcsine::{Arccos, Arcsin};
pub use arctan::Arctan;
pub use arctan2::{Angle, Arctan2};
pub use area::{Arccosh, Arcsinh, Arctanh};
pub use bessel::I0;
pub use cbrt::Cbrt;
pub use closeness::IsClose;
pub use comparison::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
pub use complex::WholePower;
pub use digits::{Frexp, Ldexp, Modf, Nextafter, Spacing};
pub use exp::{Exp, Exp2, Expm1};
pub use extremes::{Clip, Fmax, Fmin, Maximum, Minimum};
pub use hyperbolic::{Cosh, Sinh, Tanh};
pub use hypot::Hypot;
pub use integers::{BitwiseCount, Gcd, IntegerPower, Lcm, Where};
pub use log::{Log, Log1p, Log2, Log10};
pub use logaddexp::{Logaddexp, Logaddexp2};
pub use logic::{
    Iscomplex, Isfinite, Isinf, Isnan, Isneginf, Isposinf, Isreal, LogicalAnd, LogicalNot, LogicalOr,
    LogicalXor, Signbit,
};
pub use plain::{Absolute, Degrees, Radians, Reciprocal, Sqrt, Square};
pub use power::Power;
pub use rounding::{
    Ceil, Floor, NanToNum, NanToNumbers, Rint, RoundDecimals, RoundTens, RoundTensToInteger, Trunc,
};
pub use signs::{Conjugate, Copysign, Fabs, Heaviside, Positive, Sign};
pub use sin_cos::{Cos, Sin};
pub use sinc::Sinc;
pub use tan::Tan;
