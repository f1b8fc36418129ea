//! Logarithms, with log c from a table: see [`log`](crate::kernels::log).
//!
//! x = 2^e · m with m in [3/4, 3/2), and log x = e·log 2 + log c + log(1 + r) with r = m/c - 1. The table has 1/c and
//! log c for the leading digits of m; of the intervals next to 1, c is 1, so that nothing cancels there.
//! The instructions that give e and m know subnormals, nan and negative numbers.
//!
//! For log(1 + x), 1 + x is a pair, whose lower part is divided by c too; with it r is a pair.

mod double;
mod single;

pub(in crate::kernels) use double::{log, log1p, log2, log10};
pub(in crate::kernels) use single::{log_f32, log1p_f32, log2_f32, log10_f32};

/// Zeros, which give -inf, and inf, which gives itself.
const EDGES: u32 = 0x0050_0400;
