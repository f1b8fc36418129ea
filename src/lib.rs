//! NumPy-like arrays for Rust.
