//! Sorting up to 32 registers of keys by a fixed network: comparisons whose outcome decides no branch.
//!
//! The registers are the rows of a matrix. First the columns are sorted, by minima and maxima of whole rows:
//! Batcher's odd-even merge sort (K. E. Batcher, "Sorting networks and their applications", 1968). Then
//! columns side by side are merged, two to a group, until one group is left, whose keys ascend along each row
//! and from row to row. Such a merge is bitonic: with its rows and lanes reversed, one half of a group
//! meets the other, minima go to the upper rows and maxima to the lower. What is left is twice the same
//! with half the rows, then single rows, whose lanes meet one another.
//!
//! A network for less than a power of two of rows is that for the power of two without the rows that are
//! not there: they would hold the largest key, which stays where it is.

use super::vector::Vector;

/// Pairs of rows: the minimum of each lane to the first, the maximum to the second.
macro_rules! exchange {
    ($rows:ident, $count:ident; $($i:literal $j:literal),*) => {$(
        if $j < $count {
            ($rows[$i], $rows[$j]) = ($rows[$i].min($rows[$j]), $rows[$i].max($rows[$j]));
        }
    )*};
}

/// Sorts at most 32 rows as one sequence.
#[inline(always)]
pub(super) fn sort<V: Vector, const R: usize>(rows: &mut [V; R]) {
    columns(rows);
    merge::<V, R, 2, 1>(rows);
    merge::<V, R, 4, 2>(rows);
    merge::<V, R, 8, 4>(rows);
    if V::LANES == 16 {
        merge::<V, R, 16, 8>(rows);
    }
}

/// Sorts each lane from row to row.
#[inline(always)]
fn columns<V: Vector, const R: usize>(rows: &mut [V; R]) {
    if R > 1 {
        exchange! { rows, R;
            0 1
        }
    }
    if R > 2 {
        exchange! { rows, R;
            2 3, 0 2, 1 3, 1 2
        }
    }
    if R > 4 {
        exchange! { rows, R;
            4 5, 6 7, 4 6, 5 7, 5 6, 0 4, 1 5, 2 6, 3 7, 2 4, 3 5, 1 2, 3 4, 5 6
        }
    }
    if R > 8 {
        exchange! { rows, R;
            8 9, 10 11, 8 10, 9 11, 9 10, 12 13, 14 15, 12 14, 13 15, 13 14, 8 12, 9 13, 10 14, 11 15,
            10 12, 11 13, 9 10, 11 12, 13 14, 0 8, 1 9, 2 10, 3 11, 4 12, 5 13, 6 14, 7 15, 4 8, 5 9,
            6 10, 7 11, 2 4, 3 5, 6 8, 7 9, 10 12, 11 13, 1 2, 3 4, 5 6, 7 8, 9 10, 11 12, 13 14
        }
    }
    if R > 16 {
        exchange! { rows, R;
            16 17, 18 19, 16 18, 17 19, 17 18, 20 21, 22 23, 20 22, 21 23, 21 22, 16 20, 17 21, 18 22,
            19 23, 18 20, 19 21, 17 18, 19 20, 21 22, 24 25, 26 27, 24 26, 25 27, 25 26, 28 29, 30 31,
            28 30, 29 31, 29 30, 24 28, 25 29, 26 30, 27 31, 26 28, 27 29, 25 26, 27 28, 29 30, 16 24,
            17 25, 18 26, 19 27, 20 28, 21 29, 22 30, 23 31, 20 24, 21 25, 22 26, 23 27, 18 20, 19 21,
            22 24, 23 25, 26 28, 27 29, 17 18, 19 20, 21 22, 23 24, 25 26, 27 28, 29 30, 0 16, 1 17,
            2 18, 3 19, 4 20, 5 21, 6 22, 7 23, 8 24, 9 25, 10 26, 11 27, 12 28, 13 29, 14 30, 15 31,
            8 16, 9 17, 10 18, 11 19, 12 20, 13 21, 14 22, 15 23, 4 8, 5 9, 6 10, 7 11, 12 16, 13 17,
            14 18, 15 19, 20 24, 21 25, 22 26, 23 27, 2 4, 3 5, 6 8, 7 9, 10 12, 11 13, 14 16, 15 17,
            18 20, 19 21, 22 24, 23 25, 26 28, 27 29, 1 2, 3 4, 5 6, 7 8, 9 10, 11 12, 13 14, 15 16,
            17 18, 19 20, 21 22, 23 24, 25 26, 27 28, 29 30
        }
    }
}

/// Merges two neighbours, groups of `HALF` columns each, to one of `GROUP`.
#[inline(always)]
fn merge<V: Vector, const R: usize, const GROUP: usize, const HALF: usize>(rows: &mut [V; R]) {
    halve::<V, R, GROUP, 32>(rows);
    halve::<V, R, GROUP, 16>(rows);
    halve::<V, R, GROUP, 8>(rows);
    halve::<V, R, GROUP, 4>(rows);
    halve::<V, R, GROUP, 2>(rows);
    for row in rows.iter_mut() {
        *row = row.min_max::<HALF>(row.reversed::<GROUP>());
        if GROUP > 8 {
            *row = row.min_max::<4>(row.exchanged::<4>());
        }
        if GROUP > 4 {
            *row = row.min_max::<2>(row.exchanged::<2>());
        }
        if GROUP > 2 {
            *row = row.min_max::<1>(row.exchanged::<1>());
        }
    }
}

/// The smaller half of the keys of each block of rows to its upper half.
#[inline(always)]
fn halve<V: Vector, const R: usize, const GROUP: usize, const BLOCK: usize>(rows: &mut [V; R]) {
    for block in 0..R.div_ceil(BLOCK) {
        for row in 0..BLOCK / 2 {
            let (upper, lower) = (block * BLOCK + row, block * BLOCK + BLOCK - 1 - row);
            if lower < R {
                let other = rows[lower].reversed::<GROUP>();
                (rows[upper], rows[lower]) = (rows[upper].min(other), rows[upper].max(other));
            }
        }
    }
}
