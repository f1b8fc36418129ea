//! The accumulators of reductions, and the options that calls take.

pub(crate) mod bits;
#[cfg(feature = "any")]
pub(crate) mod dynamic;
pub(crate) mod extremes;
pub(crate) mod fold;
pub(crate) mod log_sums;
pub(crate) mod logic;
pub(crate) mod moments;
pub(crate) mod numbers;
pub(crate) mod over;
pub(crate) mod positions;
pub(crate) mod reduction;
pub(crate) mod run;
pub(crate) mod sums;
