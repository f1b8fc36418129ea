//! NumPy-like arrays for Rust, faster than NumPy, whose memory CPython can borrow.
//!
//! This crate only gathers what its parts offer; `ARCHITECTURE.md` tells how they fit.
//!
//! - From [`array_core`]: [`Array`], the ways to make one, indexing with [`s!`], and what rearranges, joins, sorts,
//!   prints and stores arrays.
//! - From [`ufuncs`]: what computes with their elements, such as [`sin`](fn@sin), [`add`](fn@add), [`sum`](fn@sum),
//!   [`matmul`](fn@matmul) and [`median`](fn@median).
//! - From [`foreign`] (feature `python`, on by default): [`require`], [`import`], [`py!`] and
//!   [`ToPy`], which hand arrays to CPython without a copy.
//!
//! ```
//! use numpypy::{Array, linspace, s, sin};
//!
//! let x = linspace(0.0, 1.0, 5)?;
//! let y = 2.0 * sin(&x) + 1.0;
//! assert_eq!(y.slice(s![..;-2])?.shape(), [3]);
//! # Ok::<(), numpypy::Error>(())
//! ```

pub use array_core::api::*;
pub use ufuncs::*;

#[cfg(feature = "python")]
pub use foreign;
#[cfg(feature = "python")]
pub use foreign::{ToPy, import, py, require};

/// The code in README.md, as tests.
#[cfg(all(doctest, feature = "python"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// The code that stands beside NumPy's, as a test.
#[cfg(doctest)]
#[doc = include_str!("../docs/from_numpy.md")]
struct FromNumPy;
