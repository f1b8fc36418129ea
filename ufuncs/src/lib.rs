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
//! | method | what it does | NumPy's |
//! |---|---|---|
//! | `add::out(&a, &b, &mut out)` | into memory that is there | `np.add(a, b, out=out)` |
//! | `add::out_where(&a, &b, &mut out, &mask)` | where the mask is true; elsewhere `out` keeps its values | `where=mask` |
//! | `add::outer(&a, &b)` | each of `a` with each of `b` | `np.add.outer(a, b)` |
//! | `add::at(&mut a, &indices, &b)` | in place, index by index, also those that come twice | `np.add.at(a, indices, b)` |
//! | `add::reduce(&a, 0)` | between all elements along axes; `accumulate`: after each; `reduceat`: in segments | `np.add.reduce(a, 0)` |
//! | `add::reduce_out(&a, 0, &mut out)` | these three into memory that is there: `accumulate_out`, `reduceat_out` | `np.add.reduce(a, 0, out=out)` |
//! | `add::any(&a, &b)` | of arrays whose dtypes are known at run time only (feature `any`); by the other methods: `out_any`, `out_where_any`, `outer_any`, `at_any`, `reduce_any` and kin | |
//!
//! Reductions are such functions and types, too: `sum(&a, 0)`, `sum::out(&a, 0, &mut out)`, `sum::any(&a, 0)`. The type
//! of [`std`](fn@std) is [`std_`], as `std` is Rust's own. Products and statistics have their `any`, too: `matmul::any`,
//! `cov::any`.
//!
//! Ufuncs of one's own are made of closures by [`vectorize`]. There are no warnings and no global state
//! of errors: [`FloatErrors`] tells afterwards what NumPy would have warned of.
//!
//! An operand given by value (`sin(x)`) lends its memory to the result if nobody else holds it.
//! Which functions there are, over which kernels and dtypes, is a table: `functions`.

pub mod accuracy;
mod default_float;
mod define;
#[cfg(feature = "any")]
mod dynamic;
mod float_errors;
pub mod functions;
#[doc(hidden)]
pub mod kernels;
mod linear;
mod operand;
mod pair;
mod powers;
mod reduce;
mod statistics;
#[cfg(feature = "any")]
mod untyped;
mod vectorize;

pub use array_core::engine::at::Indices;
pub use array_core::engine::closure::Closure;
pub use default_float::{AsAngles, AsDefaultFloats, HasAngle, ToDefaultFloat};
pub use float_errors::{FloatErrors, MayBeFloats};
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
#[cfg(feature = "any")]
pub use untyped::*;
pub use vectorize::{Operand, Vectorized, vectorize};
