//! What the functions in `functions/statistics.rs` and its kin are made of.
//!
//! `select` finds elements by their rank, `methods` says between which ranks a quantile lies, `quantiles`
//! brings both to the lanes of an array; `arithmetic` is what dtypes need for sums and differences of
//! whole arrays, which the element-wise functions and reductions of this crate do.

pub(crate) mod arithmetic;
pub mod methods;
pub(crate) mod options;
pub(crate) mod quantiles;
pub(crate) mod select;
