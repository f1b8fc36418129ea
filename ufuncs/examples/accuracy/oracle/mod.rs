//! The functions to 65 bits and more, slowly and plainly: Taylor series in pairs of `f64`, and what
//! follows from them.
//!
//! The correctly rounded functions of `core-math` cannot tell an error of 0.51 ULP from one of
//! 0.99. These can; and that their own rounding agrees with `core-math` is checked wherever they
//! are used. Each returns the value as `(pair, k)`, meaning pair · 2^k.

mod circular;
mod exponential;
mod logarithm;
mod pair;
mod roots;

pub(crate) use circular::{arccos, arcsin, arctan, arctan2, cos, degrees, radians, sin, tan};
pub(crate) use exponential::{cosh, exp, exp2, expm1, power, sinh, tanh};
pub(crate) use logarithm::{arccosh, arcsinh, arctanh, log, log1p, log2, log10, logaddexp, logaddexp2};
pub(crate) use pair::{Pair, absolute, error, rounded};
pub(crate) use roots::{cbrt, hypot};
