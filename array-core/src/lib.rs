//! Pinned storage, the array over it, and the engine that element-wise functions run on.
//!
//! Data flows one way: [`buffer`] → `layout` → [`Array`] → [`engine`] → operators. The crate knows
//! neither the functions of `ufuncs` nor Python.

mod array;
mod axes;
pub mod buffer;
mod copy;
mod create;
mod element;
pub mod engine;
mod error;
mod index;
mod interop;
mod layout;
mod manipulate;
pub mod operators;
mod print;
mod promote;
mod shape;

pub use array::Array;
pub use axes::IntoAxes;
pub use buffer::Buffer;
pub use create::*;
pub use element::{DType, Element, Kind, complex64, complex128};
pub use error::{Error, Result};
pub use half::f16;
pub use index::*;
pub use layout::{Order, broadcast_shapes};
pub use manipulate::*;
pub use print::PrintOptions;
pub use promote::{Promote, ToFloat};
