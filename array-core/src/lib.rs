//! Pinned storage, the array over it, and the engine that element-wise functions run on.
//!
//! [`Array`] is NumPy's array with the dtype in its type; [`AnyArray`] has a dtype that is known at run time only. Under
//! NumPy's names there are the functions that make arrays ([`zeros`], [`arange`], [`linspace`]), look at or join their
//! elements in other ways ([`transpose`], [`concat`](fn@concat)), index them ([`s!`], [`take`]), sort and search ([`sort`](fn@sort),
//! [`unique`]) and store them ([`save`]); what computes with elements is in the crate `ufuncs`, but for the operators:
//!
//! ```
//! use array_core::{arange, s};
//!
//! let a = arange(6)?.reshape([2, 3])?;
//! let last = a.slice(s![.., -1])?; // a view of the same memory
//! assert_eq!(last.to_vec(), [2, 5]);
//! assert_eq!((&last * 10 + 1).to_vec(), [21, 51]);
//! # Ok::<(), array_core::Error>(())
//! ```
//!
//! Data flows one way: [`buffer`] → `layout` → [`Array`] → [`engine`] → operators. The crate knows
//! neither the functions of `ufuncs` nor Python.

mod any;
mod array;
mod axes;
pub mod buffer;
mod copy;
mod create;
mod dtype;
mod element;
pub mod engine;
mod error;
mod fallible;
mod index;
mod interop;
pub mod iter;
mod layout;
mod manipulate;
pub mod operators;
mod parts;
mod print;
mod promote;
mod shape;
mod sort;
mod storage;

pub use api::*;

/// What a user of arrays names: all of it is at the top of this crate too, and of `numpypy`.
pub mod api {
    pub use crate::any::{AnyArray, AnyOperand, save_any, write_npy_any};
    pub use crate::array::Array;
    pub use crate::axes::IntoAxes;
    pub use crate::buffer::Buffer;
    pub use crate::create::*;
    pub use crate::dtype::{
        Casting, DTypeKinds, Inexact, Integer, TypeArgument, TypeArguments, WeakKind, can_cast, finfo, iinfo,
        isdtype, min_scalar_type, promote_types, result_type,
    };
    pub use crate::element::{DType, Element, Kind, complex64, complex128};
    pub use crate::engine::with_threads;
    pub use crate::error::{Error, Result};
    pub use crate::index::*;
    pub use crate::iter;
    pub use crate::layout::{Order, broadcast_shapes};
    pub use crate::manipulate::*;
    pub use crate::parts::Parts;
    pub use crate::print::{FloatMode, PrintOptions, PrintSign, array_repr, array_str};
    pub use crate::promote::{Promote, ToFloat};
    pub use crate::sort::*;
    pub use crate::storage::*;
    pub use crate::{array, s};
    pub use half::f16;
}
