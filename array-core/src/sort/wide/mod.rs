//! Sorting and selecting 32- and 64-bit integers with the instructions of AVX-512.
//!
//! `vector` is a register of keys, `network` sorts up to 32 of them without a branch, `quick` splits what is
//! longer, `select` looks for one of them. Only integers with a sign are sorted here; `keys` makes them of everything else.

mod network;
mod quick;
mod select;
mod vector;

pub(super) use quick::{needs_no_scratch, sort};
pub(super) use select::{MANY, divide_from, select};
pub(super) use vector::{I32x16, I64x8, Vector};
