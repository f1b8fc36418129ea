//! NumPy-like arrays for Rust, faster than NumPy, whose memory CPython can borrow.

pub use array_core::*;
pub use ufuncs::*;
#[cfg(feature = "python")]
pub use foreign;
