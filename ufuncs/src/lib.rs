//! NumPy's universal functions over [`Array`](array_core::Array)s: SIMD, and all cores where it pays.
//!
//! A ufunc is a function, and a type of the same name that has its other methods:
//!
//! ```
//! use array_core::{Array, linspace, zeros};
//! use ufuncs::{add, sin};
//!
//! let x = linspace(0.0, 1.0, 5)?;
//! let y = sin(&x);              // a fresh array
//! let z = add(&x, &y)?;         // may fail: shapes must broadcast
//! let mut out: Array<f64> = zeros(5)?;
//! sin::out(&x, &mut out)?;      // into memory that is there
//! assert_eq!(out, y);
//! # Ok::<(), array_core::Error>(())
//! ```
//!
//! An operand given by value (`sin(x)`) lends its memory to the result if nobody else holds it.
//! Which functions there are, over which kernels and dtypes, is a table: `functions`.

mod default_float;
mod define;
pub mod functions;
#[doc(hidden)]
pub mod kernels;
mod linear;
mod operand;
mod pair;
mod powers;
mod reduce;
mod statistics;

pub use default_float::{AsAngles, AsDefaultFloats, HasAngle, ToDefaultFloat};
pub use functions::*;
pub use linear::number::{Factor, Number};
pub use operand::{AsFloats, AsTheirFloats, AsTheyAre, Real, Takes};
pub use pair::{CommonFloat, Exactly, TakesPair};
pub use powers::{AsDoubles, Powers, Raise, ToDouble};
pub use reduce::over::{Axes, Over, Spread, SpreadAxes, over};
pub use statistics::arithmetic::{Arithmetic, Differs};
pub use statistics::methods;
pub use statistics::options::{OverQuantiles, Probabilities, QuantileAxes};
pub use statistics::select::{Interpolates, Ranked};
