//! Pinned storage, the array over it, and the engine that element-wise functions run on.
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
