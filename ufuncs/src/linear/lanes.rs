//! Inner loops of dot products and of products of small matrices, in lanes of one vector register each.
//!
//! The four accumulators are written out, as the compiler keeps arrays in registers only if they are
//! short, and pass through a `black_box` at the end: if the compiler sees what becomes of the single lanes,
//! it takes the whole loop apart into narrower vectors. Nothing here is a closure: the compiler may make a function of one, and that would not have
//! the instruction set of the shell around these loops.

use std::hint::black_box;

use array_core::engine::isa::Isa;

use super::number::{Matrix, Number};

/// Adds products to the lanes of an accumulator.
macro_rules! add_products {
    ($sums:ident, $x:expr, $y:expr) => {
        for j in 0..LANES {
            $sums[j] = T::multiply_add::<I>($x[j], $y[j], $sums[j]);
        }
    };
}

/// The sum of the products of two slices of one length. Of integers a plain loop, which the compiler spreads
/// over vectors by itself; lanes written out it takes amiss.
#[inline(always)]
pub(super) fn dot<I: Isa, T: Number, const LANES: usize>(a: &[T], b: &[T]) -> T {
    if T::EXACT || a.len() < 8 {
        let mut sum = T::ZERO;
        for (&x, &y) in a.iter().zip(b) {
            sum = T::multiply_add::<I>(x, y, sum);
        }
        return sum;
    }
    let ((vectors_a, rest_a), (vectors_b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let ((fours_a, few_a), (fours_b, few_b)) = (vectors_a.as_chunks::<4>(), vectors_b.as_chunks::<4>());
    let mut sums = [T::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for ([x, y, z, w], [p, q, r, s]) in fours_a.iter().zip(fours_b) {
        add_products!(sums, x, p);
        add_products!(second, y, q);
        add_products!(third, z, r);
        add_products!(fourth, w, s);
    }
    for (x, y) in few_a.iter().zip(few_b) {
        add_products!(sums, x, y);
    }
    (sums, second, third, fourth) = black_box((sums, second, third, fourth));
    for j in 0..LANES {
        sums[j] = T::plus(T::plus(sums[j], third[j]), T::plus(second[j], fourth[j]));
    }
    finish::<I, T, LANES>(sums, rest_a, rest_b)
}

/// As [`dot`], of four rows with the same vector; each by itself, whatever the others.
#[inline(always)]
pub(super) fn four_dots<I: Isa, T: Number, const LANES: usize>(rows: [&[T]; 4], b: &[T]) -> [T; 4] {
    if T::EXACT {
        return [
            dot::<I, T, LANES>(rows[0], b),
            dot::<I, T, LANES>(rows[1], b),
            dot::<I, T, LANES>(rows[2], b),
            dot::<I, T, LANES>(rows[3], b),
        ];
    }
    let (vectors, rest) = b.as_chunks::<LANES>();
    let (count, start) = (vectors.len(), vectors.len() * LANES);
    let [x, y, z, w] = rows;
    let (xs, ys) = (&x.as_chunks::<LANES>().0[..count], &y.as_chunks::<LANES>().0[..count]);
    let (zs, ws) = (&z.as_chunks::<LANES>().0[..count], &w.as_chunks::<LANES>().0[..count]);
    let mut sums = [T::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for (i, vector) in vectors.iter().enumerate() {
        add_products!(sums, xs[i], vector);
        add_products!(second, ys[i], vector);
        add_products!(third, zs[i], vector);
        add_products!(fourth, ws[i], vector);
    }
    (sums, second, third, fourth) = black_box((sums, second, third, fourth));
    [
        finish::<I, T, LANES>(sums, &x[start..], rest),
        finish::<I, T, LANES>(second, &y[start..], rest),
        finish::<I, T, LANES>(third, &z[start..], rest),
        finish::<I, T, LANES>(fourth, &w[start..], rest),
    ]
}

/// The sum of lanes, after the products of what is left have been added to them.
#[inline(always)]
fn finish<I: Isa, T: Number, const LANES: usize>(mut sums: [T; LANES], a: &[T], b: &[T]) -> T {
    const { assert!(LANES >= 8) };
    let ((eights_a, a), (eights_b, b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (x, y) in eights_a.iter().zip(eights_b) {
        for j in 0..8 {
            sums[j] = T::multiply_add::<I>(x[j], y[j], sums[j]);
        }
    }
    let ((fours_a, a), (fours_b, b)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    for (x, y) in fours_a.iter().zip(fours_b) {
        for j in 0..4 {
            sums[j] = T::multiply_add::<I>(x[j], y[j], sums[j]);
        }
    }
    for ((sum, &x), &y) in sums.iter_mut().zip(a).zip(b) {
        *sum = T::multiply_add::<I>(x, y, *sum);
    }
    let mut half = LANES / 2;
    while half > 0 {
        for j in 0..half {
            sums[j] = T::plus(sums[j], sums[j + half]);
        }
        half /= 2;
    }
    sums[0]
}

/// Rows of accumulators of a small product.
const ROWS: usize = 4;

/// The product of small matrices, the second in row-major order, in tiles of a few rows and `LANES` columns.
/// What columns are left are copied, to a panel as wide as the others.
#[inline(always)]
pub(super) fn small<I: Isa, T: Number, const LANES: usize>(
    lengths: [usize; 3],
    a: Matrix<*const T>,
    b: &[T],
    c: Matrix<*mut T>,
) {
    let [m, k, n] = lengths;
    let whole = n / LANES * LANES;
    let (mut near, mut far) = ([[T::ZERO; LANES]; 12], Vec::new());
    let mut panel = &mut near[..];
    if whole < n {
        if k > panel.len() {
            far.resize(k, [T::ZERO; LANES]);
            panel = &mut far;
        }
        for (padded, line) in panel.iter_mut().zip(b[..k * n].chunks_exact(n)) {
            for (to, &x) in padded.iter_mut().zip(&line[whole..]) {
                *to = x;
            }
        }
    }
    for top in (0..m).step_by(ROWS) {
        for left in (0..whole).step_by(LANES) {
            tile::<I, T, LANES>([m, k, LANES], a, (&b[left..], n), c, [top, left]);
        }
        if whole < n {
            tile::<I, T, LANES>([m, k, n - whole], a, (panel.as_flattened(), LANES), c, [top, whole]);
        }
    }
}

/// A few rows of some columns, at most `LANES`; those of `b`, which are as many as the lanes, are so far apart.
#[inline(always)]
fn tile<I: Isa, T: Number, const LANES: usize>(
    [m, k, width]: [usize; 3],
    a: Matrix<*const T>,
    (b, step): (&[T], usize),
    c: Matrix<*mut T>,
    [top, left]: [usize; 2],
) {
    // Rows that are not there are the last one again.
    let last = (m - 1 - top) as isize;
    let first_row = a.pointer.wrapping_offset(top as isize * a.row);
    let offsets = [0, a.row * last.min(1), a.row * last.min(2), a.row * last.min(3)];
    let mut sums = [T::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    let b = &b[..(k - 1) * step + LANES];
    for p in 0..k {
        let line = &b[p * step..][..LANES];
        let at = first_row.wrapping_offset(p as isize * a.column);
        // SAFETY: the matrix has these rows, and in each this element.
        let [x, y, z, w] = unsafe {
            [
                *at,
                *at.wrapping_offset(offsets[1]),
                *at.wrapping_offset(offsets[2]),
                *at.wrapping_offset(offsets[3]),
            ]
        };
        add_products!(sums, [x; LANES], line);
        add_products!(second, [y; LANES], line);
        add_products!(third, [z; LANES], line);
        add_products!(fourth, [w; LANES], line);
    }
    for (r, sums) in black_box([sums, second, third, fourth]).iter().enumerate().take(m - top) {
        let start = (top + r) as isize * c.row + left as isize * c.column;
        for (i, &sum) in sums[..width].iter().enumerate() {
            // SAFETY: the result has this element.
            unsafe { *c.pointer.wrapping_offset(start + i as isize * c.column) = sum };
        }
    }
}
