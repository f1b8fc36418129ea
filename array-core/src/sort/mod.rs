//! Sorting, searching, sets and histograms, under NumPy's names.
//!
//! All of it rests on one order of each dtype's values (`order`): NumPy's, with `nan` last. Real numbers are
//! sorted as integers (`keys`): in registers of AVX-512 (`wide`), digit by digit on other processors (`radix`), by
//! counting if they are small (`counting`). Positions are sorted together with what they belong to (`positions`).

mod bins;
mod complex;
mod counting;
mod histogram;
mod intersection;
mod joint;
mod keys;
mod lanes;
mod lookup;
mod order;
mod partition;
mod passes;
mod positions;
mod radix;
mod search;
mod sets;
mod sorting;
#[cfg(test)]
mod tests;
mod unique_axis;
mod weights;
#[cfg(target_arch = "x86_64")]
mod wide;

pub use histogram::{BinRule, Bins, Histogram, bincount, histogram, histogram_bin_edges};
pub use intersection::intersect1d_indices;
pub use joint::{JointHistogram, histogram2d, histogramdd, histogramdd_with};
pub use order::Sortable;
pub use partition::{argpartition, partition};
pub use search::{Side, digitize, searchsorted, searchsorted_with};
pub use sets::{
    Unique, intersect1d, isin, setdiff1d, setxor1d, union1d, unique, unique_all, unique_counts,
    unique_inverse, unique_values,
};
pub use sorting::{argsort, lexsort, sort};
pub use unique_axis::unique_with;
pub use weights::{Weight, bincount_with, histogram_with};
