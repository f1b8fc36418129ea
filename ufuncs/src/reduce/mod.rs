//! The accumulators of reductions, and the options that calls take.

pub(crate) mod extremes;
pub(crate) mod logic;
pub(crate) mod moments;
pub(crate) mod over;
pub(crate) mod positions;
pub(crate) mod sums;
