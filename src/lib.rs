//! NumPy-like arrays for Rust, faster than NumPy, whose memory CPython can borrow.
//!
//! This crate only gathers what its parts offer; `ARCHITECTURE.md` tells how they fit.
//!
//! - From [`array_core`]: [`Array`], the ways to make one, and indexing with [`s!`].
//! - From [`ufuncs`]: the functions over arrays, such as [`sin`](fn@sin) and [`add`](fn@add).
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

pub use array_core::{
    ArangeArguments, Array, Buffer, DType, Element, Error, IndexItem, Indexing, IntoAxes, IntoIndices,
    IntoShape, Kind, Length, Nested, Order, OutOfBounds, Pad, PadMode, PadWidths, PrintOptions, Promote,
    RangeElement, Repeats, Result, Sections, ToFloat, append, arange, argwhere, array, array_split, asarray,
    atleast_1d, atleast_2d, atleast_3d, block, broadcast_arrays, broadcast_shapes, choose, column_stack,
    complex64, complex128, compress, concat, delete, diag, diag_indices, diagflat, diagonal, dsplit, dstack,
    empty, empty_like, expand_dims, extract, eye, f16, fill_diagonal, flatnonzero, flip, fliplr, flipud,
    from_fn, full, full_like, geomspace, hsplit, hstack, identity, indices, insert, ix_, linspace,
    linspace_exclusive, logspace, meshgrid, mgrid, moveaxis, newaxis, nonzero, ogrid, ones, ones_like, pad,
    permute_dims, place, put, put_along_axis, putmask, ravel_multi_index, repeat, roll, rollaxis, rot90, s,
    scalar, select, sliding_window_view, split, squeeze, stack, swapaxes, take, take_along_axis, take_with,
    tile, tri, tril, tril_indices, triu, triu_indices, unravel_index, unstack, vander, vsplit, vstack, zeros,
    zeros_like,
};
pub use ufuncs::*;

#[cfg(feature = "python")]
pub use foreign;
#[cfg(feature = "python")]
pub use foreign::{ToPy, import, py, require};

/// The code in README.md, as tests.
#[cfg(all(doctest, feature = "python"))]
#[doc = include_str!("../README.md")]
struct Readme;
