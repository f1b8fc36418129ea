//! Sorting, searching, sets and histograms, under NumPy's names.
//!
//! All of it rests on one order of each dtype's values (`order`): NumPy's, with `nan` last.

mod histogram;
mod intersection;
mod lanes;
mod order;
mod partition;
mod search;
mod sets;
mod sorting;
mod unique_axis;

pub use histogram::{BinRule, Bins, Histogram, bincount, histogram, histogram_bin_edges};
pub use intersection::intersect1d_indices;
pub use order::Sortable;
pub use partition::{argpartition, partition};
pub use search::{Side, digitize, searchsorted};
pub use sets::{
    Unique, intersect1d, isin, setdiff1d, setxor1d, union1d, unique, unique_all, unique_counts,
    unique_inverse, unique_values,
};
pub use sorting::{argsort, lexsort, sort};
pub use unique_axis::unique_with;
