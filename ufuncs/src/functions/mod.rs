//! The table of ufuncs: a line each, with its documentation, its kernel and an example, in a file
//! per family.

mod arithmetic;
mod exponential;
mod trigonometric;

pub use arithmetic::*;
pub use exponential::*;
pub use trigonometric::*;
