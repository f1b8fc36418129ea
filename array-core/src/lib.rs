//! Pinned storage and the array over it.

pub mod buffer;
mod element;
pub mod engine;
mod error;
mod print;

pub use buffer::Buffer;
pub use element::{DType, Element, Kind, complex64, complex128};
pub use error::{Error, Result};
pub use half::f16;
