//! Products of integer matrices, which wrap.
//!
//! The matrices are copied a block at a time: `b` into panels as wide as the accumulators, `a` into
//! strips of a few rows, so that the inner loop runs through both from end to end.

use array_core::engine::isa::Isa;

use super::number::Matrix;
use super::shells::{self, Body};

/// Rows of accumulators.
const ROWS: usize = 4;
/// Products added up at a time: a panel of this depth stays in the cache.
const DEPTH: usize = 256;
/// Rows of `a` copied at a time.
const STRIPS: usize = 64;

pub(super) struct Product<T> {
    lengths: [usize; 3],
    a: Matrix<*const T>,
    b: Matrix<*const T>,
    c: Matrix<*mut T>,
}

/// The product of an m × k matrix and a k × n one.
///
/// # Safety
/// As [`Number::matrices`](super::number::Number::matrices).
pub(super) unsafe fn matrices<T>(
    lengths: [usize; 3],
    a: Matrix<*const T>,
    b: Matrix<*const T>,
    c: Matrix<*mut T>,
) where
    Product<T>: Body,
{
    shells::run(Product { lengths, a, b, c });
}

/// Adds products to a row of accumulators. The four rows are written out, as the compiler keeps arrays
/// in registers only if they are short.
macro_rules! add_products {
    ($sums:ident, $x:expr, $line:ident) => {
        for j in 0..COLUMNS {
            $sums[j] = $sums[j].wrapping_add($x.wrapping_mul($line[j]));
        }
    };
}

macro_rules! products {
    ($($type:ident, $columns:literal;)*) => {$(
        impl Body for Product<$type> {
            type Output = ();
            #[inline(always)]
            fn run<I: Isa>(self) {
                const COLUMNS: usize = $columns;
                let Product { lengths: [m, k, n], a, b, c } = self;
                let mut panel = vec![[0; COLUMNS]; DEPTH.min(k)];
                let mut strips = vec![[0; ROWS]; DEPTH.min(k) * STRIPS.min(m.div_ceil(ROWS))];
                for top in (0..k).step_by(DEPTH) {
                    let depth = DEPTH.min(k - top);
                    for first in (0..m).step_by(ROWS * STRIPS) {
                        let rows = (ROWS * STRIPS).min(m - first);
                        for i in 0..rows.next_multiple_of(ROWS) {
                            for p in 0..depth {
                                let (row, column) = ((first + i) as isize, (top + p) as isize);
                                let at = a.pointer.wrapping_offset(row * a.row + column * a.column);
                                // SAFETY: `a` has this element.
                                let value = if i < rows { unsafe { *at } } else { 0 };
                                strips[i / ROWS * depth + p][i % ROWS] = value;
                            }
                        }
                        for left in (0..n).step_by(COLUMNS) {
                            let width = COLUMNS.min(n - left);
                            for (p, line) in panel[..depth].iter_mut().enumerate() {
                                let start = (top + p) as isize * b.row + left as isize * b.column;
                                for (j, value) in line[..width].iter_mut().enumerate() {
                                    // SAFETY: `b` has this element.
                                    *value = unsafe { *b.pointer.wrapping_offset(start + j as isize * b.column) };
                                }
                            }
                            for (strip, i) in (0..rows).step_by(ROWS).enumerate() {
                                let strip = &strips[strip * depth..(strip + 1) * depth];
                                let mut sums = [0 as $type; COLUMNS];
                                let (mut second, mut third, mut fourth) = (sums, sums, sums);
                                for (x, line) in strip.iter().zip(&panel[..depth]) {
                                    add_products!(sums, x[0], line);
                                    add_products!(second, x[1], line);
                                    add_products!(third, x[2], line);
                                    add_products!(fourth, x[3], line);
                                }
                                let sums = [sums, second, third, fourth];
                                for (r, sums) in sums.iter().enumerate().take(rows - i) {
                                    let start = (first + i + r) as isize * c.row + left as isize * c.column;
                                    for (j, &sum) in sums[..width].iter().enumerate() {
                                        let at = c.pointer.wrapping_offset(start + j as isize * c.column);
                                        // SAFETY: `c` has this element, which was written before if
                                        // this is not the first block of products.
                                        unsafe { *at = if top == 0 { sum } else { sum.wrapping_add(*at) } };
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    )*};
}
products! { u32, 16; u64, 8; }
