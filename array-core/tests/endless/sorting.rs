//! Sorting, searching, sets and counting.

use array_core::*;

use super::{MANY, fault, matrix, vector};

#[test]
fn sorting_and_counting_are_done_or_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(4.0).unwrap());
    survives! {
        sort(&v, 0);
        sort(&m, 0);
        sort(&m, ..);
        v.clone().sort(0);
        m.clone().sort(0);
        argsort(&v, 0);
        argsort(&m, ..);
        lexsort(&[&v, &v], 0);
        partition(&v, 1, 0);
        partition(&v, .., 0);
        partition(&m, 1, 0);
        argpartition(&v, 1, 0);
        argpartition(&v, .., 0);
        searchsorted(&v, &few, Side::Left);
        searchsorted(&few, &v, Side::Right);
        searchsorted_with(&v, &few, Side::Left, vector(0i64));
        searchsorted_with(&few, &v, Side::Right, [0, 1, 2, 3]);
        digitize(&v, &few, false);
        digitize(&few, &v, true);
        digitize(&v, &flip(&few, 0)?, true);
        unique(&v);
        unique_values(&v);
        unique_counts(&v);
        unique_inverse(&v);
        unique_all(&v);
        unique_with(&v, .., true);
        unique_with(&v, 0, true);
        unique_with(&m, 0, false);
        unique_with(&m, 1, false);
        unique(&m);
        isin(&v, &few);
        isin(&few, &v);
        intersect1d(&v, &few);
        intersect1d(&few, &v);
        intersect1d_indices(&few, &v);
        intersect1d_indices(&v, &few);
        setdiff1d(&v, &few);
        setdiff1d(&few, &v);
        setxor1d(&v, &few);
        union1d(&v, &few);
        bincount(vector(1i64), 0);
        bincount_with(vector(1i64), &v, 0);
        histogram(&v, 3, None);
        histogram(&v, 3, Some((0.0, 1.0)));
        histogram_with(&v, 3, None, &v);
        histogram_with(&few, MANY, None, &few);
        histogram_with(&vector(1u8), &few, None, &vector(1u8));
        histogram2d(&v, &v, [2, 3], [None; 2]);
        histogram2d(&few, &few, [1 << 24, 1 << 24], [None; 2]);
        histogramdd([&v], [2], [None]);
        histogramdd_with([&v], [2], [None], &vector(1u8));
        histogram(&v, &few, None);
        histogram(&few, &v, None);
        histogram(&few, MANY, None);
        histogram(&v, BinRule::Auto, None);
        histogram(&vector(1u8), BinRule::Scott, None);
        histogram_bin_edges(&v, 3, None);
        histogram_bin_edges(&v, &few, None);
        histogram_bin_edges(&few, &v, None);
        histogram_bin_edges(&v, BinRule::Sqrt, None);
        sort(&vector(complex64::new(1.0, 2.0)), 0);
        unique(&vector(true));
        argsort(&vector(1u8), 0);
    }
}
