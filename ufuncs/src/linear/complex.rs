//! Products of complex numbers, as products of their parts.
//!
//! A row of m complex numbers is one of 2 m real ones. So a complex matrix times another is a real
//! matrix, as it lies in memory, times one in which each number `x + iy` has become the square
//! `[[x, y], [-y, x]]`: as many multiplications, by the fastest loop there is.

use std::hint::black_box;

use array_core::engine::isa::Isa;
use num_traits::{Float, Zero};

use super::number::{Matrix, Number};
use super::register::fetch_ahead;

/// Complex numbers as their parts.
#[inline(always)]
pub(super) fn parts<F: Float>(a: &[num_complex::Complex<F>]) -> &[F] {
    // SAFETY: a complex number is its two parts, one after the other.
    unsafe { std::slice::from_raw_parts(a.as_ptr().cast(), 2 * a.len()) }
}

/// Sums of products of parts with the same parts, then with the other parts; of real parts of `a` first,
/// then of imaginary ones. So the real part of a dot product is the difference of the first two sums.
#[inline(always)]
pub(super) fn dots<I: Isa, F: Number + Float, const LANES: usize>(a: &[F], b: &[F]) -> [[F; 2]; 2] {
    let ((vectors_a, rest_a), (vectors_b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut same = [<F as Zero>::zero(); LANES];
    let mut other = same;
    let (mut more_same, mut more_other) = (same, same);
    macro_rules! add_products {
        ($same:ident, $other:ident, $x:expr, $y:expr) => {
            for j in 0..LANES {
                $same[j] = F::multiply_add::<I>($x[j], $y[j], $same[j]);
            }
            for j in 0..LANES {
                $other[j] = F::multiply_add::<I>($x[j], $y[j ^ 1], $other[j]);
            }
        };
    }
    let ((twos_a, one_a), (twos_b, one_b)) = (vectors_a.as_chunks::<2>(), vectors_b.as_chunks::<2>());
    for ([x, y], [p, q]) in twos_a.iter().zip(twos_b) {
        fetch_ahead(x);
        fetch_ahead(y);
        fetch_ahead(p);
        fetch_ahead(q);
        add_products!(same, other, x, p);
        add_products!(more_same, more_other, y, q);
    }
    for (x, y) in one_a.iter().zip(one_b) {
        add_products!(same, other, x, y);
    }
    // As in `lanes`.
    (same, other, more_same, more_other) = black_box((same, other, more_same, more_other));
    for j in 0..LANES {
        same[j] = same[j] + more_same[j];
        other[j] = other[j] + more_other[j];
    }
    for j in 0..rest_a.len() {
        same[j] = F::multiply_add::<I>(rest_a[j], rest_b[j], same[j]);
        other[j] = F::multiply_add::<I>(rest_a[j], rest_b[j ^ 1], other[j]);
    }
    let mut half = LANES / 2;
    while half > 1 {
        for j in 0..half {
            same[j] = same[j] + same[j + half];
            other[j] = other[j] + other[j + half];
        }
        half /= 2;
    }
    [[same[0], same[1]], [other[0], other[1]]]
}

/// Complex numbers of a row, and of a column, that are multiplied at a time: the squares of so many fit
/// a cache.
const DEPTH: usize = 256;
const WIDTH: usize = 512;
/// Rows whose elements do not lie side by side, and so are copied, at a time.
const HEIGHT: usize = 1024;

/// A product of real matrices: lengths, factor, two matrices, factor, result.
type Gemm<F> = unsafe fn(
    usize,
    usize,
    usize,
    F,
    *const F,
    isize,
    isize,
    *const F,
    isize,
    isize,
    F,
    *mut F,
    isize,
    isize,
);

/// The product of an m × k matrix and a k × n one.
///
/// # Safety
/// As [`Number::matrices`].
pub(super) unsafe fn matrices<F: Float>(
    lengths: [usize; 3],
    a: Matrix<*const num_complex::Complex<F>>,
    b: Matrix<*const num_complex::Complex<F>>,
    c: Matrix<*mut num_complex::Complex<F>>,
    gemm: Gemm<F>,
) {
    let [m, k, n] = lengths;
    if c.column != 1 && c.row == 1 {
        // The transposed product, whose rows lie in memory as rows.
        let turned = |x: Matrix<_>| Matrix { pointer: x.pointer, row: x.column, column: x.row };
        let c = Matrix { pointer: c.pointer, row: c.column, column: 1 };
        // SAFETY: by this function's contract.
        return unsafe { matrices([n, k, m], turned(b), turned(a), c, gemm) };
    }
    let zero = num_complex::Complex::<F>::zero();
    let mut room = Vec::new();
    if c.column != 1 {
        room.resize(m * n, zero);
        let fresh = Matrix { pointer: room.as_mut_ptr(), row: n as isize, column: 1 };
        // SAFETY: by this function's contract; the room has as many elements.
        unsafe {
            matrices(lengths, a, b, fresh, gemm);
            for i in 0..m {
                for j in 0..n {
                    *c.pointer.wrapping_offset(i as isize * c.row + j as isize * c.column) = room[i * n + j];
                }
            }
        }
        return;
    }
    let mut squares = vec![F::zero(); 4 * DEPTH.min(k) * WIDTH.min(n)];
    let height = if a.column == 1 { m } else { HEIGHT.min(m) };
    for top in (0..k).step_by(DEPTH) {
        let depth = DEPTH.min(k - top);
        for first in (0..m).step_by(height) {
            let count = height.min(m - first);
            let start = first as isize * a.row + top as isize * a.column;
            let mut rows = Matrix { pointer: a.pointer.wrapping_offset(start), ..a };
            if a.column != 1 {
                room.clear();
                for i in 0..count as isize {
                    for p in 0..depth as isize {
                        // SAFETY: `a` has this element.
                        room.push(unsafe { *rows.pointer.wrapping_offset(i * a.row + p * a.column) });
                    }
                }
                rows = Matrix { pointer: room.as_ptr(), row: depth as isize, column: 1 };
            }
            for left in (0..n).step_by(WIDTH) {
                let width = WIDTH.min(n - left);
                for p in 0..depth {
                    let (one, other) = squares[4 * p * width..4 * (p + 1) * width].split_at_mut(2 * width);
                    let start = (top + p) as isize * b.row + left as isize * b.column;
                    for j in 0..width {
                        // SAFETY: `b` has this element.
                        let x = unsafe { *b.pointer.wrapping_offset(start + j as isize * b.column) };
                        (one[2 * j], one[2 * j + 1]) = (x.re, x.im);
                        (other[2 * j], other[2 * j + 1]) = (-x.im, x.re);
                    }
                }
                let before = if top == 0 { F::zero() } else { F::one() };
                let result = c.pointer.wrapping_offset(first as isize * c.row + left as isize);
                let wide = 2 * width;
                // SAFETY: by this function's contract, and as the squares were just made.
                unsafe {
                    gemm(
                        count,
                        2 * depth,
                        wide,
                        F::one(),
                        rows.pointer.cast(),
                        2 * rows.row,
                        1,
                        squares.as_ptr(),
                        wide as isize,
                        1,
                        before,
                        result.cast(),
                        2 * c.row,
                        1,
                    )
                };
            }
        }
    }
}
