//! One product of two matrices, or a part of it, and the ways to compute it.

use array_core::engine::{in_pool, thread_count};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::dot::dot;
use super::number::{Matrix, Number};
use super::shells;
use super::small::Small;
use super::vectors::matrix_by_vector;

/// Products of fewer multiplications are computed without copying the operands into panels.
const SMALL: usize = 32 * 32 * 32;
/// As [`SMALL`], of a matrix with a vector.
const SMALL_MATRIX: usize = 128 * 128;
/// As [`SMALL_MATRIX`], of a matrix neither whose rows nor whose columns lie well, and how many products are then added
/// up at most: one after the other.
const TINY: usize = 128;
const SHORT: usize = 16;
/// The most rows at a time of a product with a matrix's own transpose, and rough nanoseconds of it from which on half
/// of it is copied from the other.
const HALF: usize = 96;
const LITTLE: f32 = 5000.0;
/// Up to so many vectors are multiplied with a matrix one by one.
pub(super) const FEW: usize = 4;
/// Products added up at a time where rows are long and the result is small.
const PIECE: usize = 1 << 12;
/// How long rows are then at least, and the most rows or columns of the result.
const LONG: usize = 16 * PIECE;
/// Such pieces that are computed before they are added up, at most.
const TOGETHER: usize = 256;
const NARROW: usize = 128;
/// Rough nanoseconds from which on threads pay.
const WORTH_SPLITTING: f32 = 100_000.0;
/// Bytes of a matrix that several vectors are multiplied with before the next: they stay in a cache.
const STRIP: usize = 1 << 20;

/// One product of two matrices.
#[derive(Clone, Copy)]
pub(super) struct One<T> {
    pub(super) lengths: [usize; 3],
    pub(super) a: Matrix<*const T>,
    pub(super) b: Matrix<*const T>,
    pub(super) c: Matrix<*mut T>,
    pub(super) conjugate: bool,
    pub(super) way: Way,
}

/// How a product is computed: by its own lengths, not by those of a part of it, which must have the
/// same bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Dot,
    /// A matrix times a vector.
    Rows,
    /// A vector times a matrix.
    Columns,
    Small,
    /// A few vectors times a matrix, one by one.
    FewRows,
    /// A matrix times a few vectors, one by one.
    FewColumns,
    /// Long rows times long columns, a piece of them after the other.
    Deep,
    /// A matrix times its own transpose.
    Symmetric,
    Matrices,
}

impl Way {
    pub(super) fn of<T: Number>(lengths: [usize; 3], a: Matrix<*const T>, b: Matrix<*const T>) -> Self {
        let lies_well = |x: Matrix<*const T>| x.row == 1 || x.column == 1;
        let turned = |a: Matrix<*const T>, b: Matrix<*const T>| {
            (a.pointer, a.row, a.column) == (b.pointer, b.column, b.row)
        };
        let is_small = |[m, k]: [usize; 2], x: Matrix<*const T>| {
            let products = m.saturating_mul(k);
            products <= SMALL_MATRIX && lies_well(x) || products <= TINY && k <= SHORT
        };
        match lengths {
            [1, _, 1] => Way::Dot,
            [m, k, 1] if is_small([m, k], a) => Way::Small,
            [1, k, n] if is_small([n, k], b) => Way::Small,
            [_, _, 1] => Way::Rows,
            [1, _, _] => Way::Columns,
            [m, k, n] if m.saturating_mul(k).saturating_mul(n) <= SMALL => Way::Small,
            [m, k, n] if m.max(n) <= NARROW && k >= LONG => Way::Deep,
            [m, _, n] if m <= FEW && m <= n && lies_well(b) => Way::FewRows,
            [_, _, n] if n <= FEW && lies_well(a) => Way::FewColumns,
            [m, k, n] if m == n && turned(a, b) && m as f32 * m as f32 * k as f32 * T::COST > LITTLE => {
                Way::Symmetric
            }
            _ => Way::Matrices,
        }
    }
}

// SAFETY: operands are only read, by whoever made this, and threads write different elements.
unsafe impl<T: Number> Sync for One<T> {}

impl<T: Number> One<T> {
    /// Whether the vectors of a dot product are slices.
    pub(super) fn has_rows(&self, k: usize) -> bool {
        k == 1 || (self.a.column == 1 && self.b.row == 1)
    }

    /// Keeps one of several parts of the result: of its rows or of its columns, whichever are more.
    pub(super) fn cut(&mut self, part: usize, parts: usize) {
        let [m, _, n] = self.lengths;
        let length = m.max(n);
        let step = length.div_ceil(parts).next_multiple_of(16);
        let (start, end) = ((part * step).min(length), ((part + 1) * step).min(length));
        if m >= n {
            self.a.pointer = self.a.pointer.wrapping_offset(start as isize * self.a.row);
            self.c.pointer = self.c.pointer.wrapping_offset(start as isize * self.c.row);
            self.lengths[0] = end - start;
        } else {
            self.b.pointer = self.b.pointer.wrapping_offset(start as isize * self.b.column);
            self.c.pointer = self.c.pointer.wrapping_offset(start as isize * self.c.column);
            self.lengths[2] = end - start;
        }
    }

    /// The product of a matrix and its own transpose, which is symmetric: a strip of rows from the diagonal on, and
    /// the columns from those.
    ///
    /// # Safety
    /// As [`Products::write`](super::plan::Products::write).
    unsafe fn symmetric(&self) {
        let [m, k, _] = self.lengths;
        let step = HALF.min(m.div_ceil(2).next_multiple_of(16));
        let strip = |start: usize| {
            let &One { a, b, c, .. } = self;
            let (first, rows) = (start as isize, step.min(m - start));
            let strip = Matrix { pointer: a.pointer.wrapping_offset(first * a.row), ..a };
            let right = Matrix { pointer: b.pointer.wrapping_offset(first * b.column), ..b };
            let result = Matrix { pointer: c.pointer.wrapping_offset(first * (c.row + c.column)), ..c };
            // SAFETY: by this function's contract; the elements read are those just written, and no other strip
            // writes these or their counterparts.
            unsafe {
                T::matrices([rows, k, m - start], strip, right, result);
                for j in first + 1..m as isize {
                    for i in first..j.min(first + rows as isize) {
                        let value = *c.pointer.wrapping_offset(i * c.row + j * c.column);
                        *c.pointer.wrapping_offset(j * c.row + i * c.column) = value;
                    }
                }
            }
        };
        let strips = m.div_ceil(step);
        if thread_count() == 1 || m as f32 * m as f32 * k as f32 * T::COST < WORTH_SPLITTING {
            (0..strips).for_each(|i| strip(i * step));
        } else {
            in_pool(|| (0..strips).into_par_iter().with_max_len(1).for_each(|i| strip(i * step)));
        }
    }

    /// A small product of long rows and columns: the sum of the products of their pieces.
    ///
    /// # Safety
    /// As [`Products::write`](super::plan::Products::write).
    unsafe fn deep(&self) {
        let [m, k, n] = self.lengths;
        let piece = |i: usize| {
            let (start, depth) = ((i * PIECE) as isize, PIECE.min(k - i * PIECE));
            let mut sums = vec![T::ZERO; m * n];
            let a = Matrix { pointer: self.a.pointer.wrapping_offset(start * self.a.column), ..self.a };
            let b = Matrix { pointer: self.b.pointer.wrapping_offset(start * self.b.row), ..self.b };
            let c = Matrix { pointer: sums.as_mut_ptr(), row: n as isize, column: 1 };
            let lengths = [m, depth, n];
            // SAFETY: by this function's contract; there is room for the sums.
            unsafe { One { lengths, a, b, c, way: Way::of(lengths, a, b), conjugate: false }.compute() };
            sums
        };
        let add = |mut sums: Vec<T>, more: Vec<T>| {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum = T::plus(*sum, more));
            sums
        };
        let pieces = k.div_ceil(PIECE);
        let time = (m as f32 * n as f32 * T::COST + (m + n) as f32 * 0.1) * k as f32;
        let sums = if thread_count() == 1 || time < WORTH_SPLITTING {
            (0..pieces).map(piece).reduce(add)
        } else {
            let group = |first: usize| first..(first + TOGETHER).min(pieces);
            let found = |first| group(first).into_par_iter().map(piece).collect::<Vec<Vec<T>>>();
            in_pool(|| (0..pieces).step_by(TOGETHER).flat_map(found).reduce(add))
        };
        let sums = sums.expect("at least one piece");
        for i in 0..m {
            for j in 0..n {
                let at = i as isize * self.c.row + j as isize * self.c.column;
                // SAFETY: by this function's contract.
                unsafe { *self.c.pointer.wrapping_offset(at) = sums[i * n + j] };
            }
        }
    }

    /// # Safety
    /// As [`Products::write`](super::plan::Products::write).
    pub(super) unsafe fn compute(&self) {
        let &One { lengths: [m, k, n], a, b, c, conjugate, way } = self;
        if m == 0 || n == 0 {
            return;
        }
        // SAFETY: by this function's contract, here and below.
        unsafe {
            if k == 0 {
                for i in 0..m as isize {
                    for j in 0..n as isize {
                        *c.pointer.wrapping_offset(i * c.row + j * c.column) = T::ZERO;
                    }
                }
            } else if way == Way::Dot {
                let (mut room_a, mut room_b) = (Vec::new(), Vec::new());
                let x = row(a.pointer, a.column, k, &mut room_a);
                let y = row(b.pointer, b.row, k, &mut room_b);
                *c.pointer = dot(x, y, conjugate);
            } else if way == Way::Rows {
                let mut room = Vec::new();
                let x = row(b.pointer, b.row, k, &mut room);
                matrix_by_vector([m, k], a, x, (c.pointer, c.row));
            } else if way == Way::Columns {
                let mut room = Vec::new();
                let x = row(a.pointer, a.column, k, &mut room);
                let transposed = Matrix { pointer: b.pointer, row: b.column, column: b.row };
                matrix_by_vector([n, k], transposed, x, (c.pointer, c.column));
            } else if way == Way::Small {
                shells::run(Small { lengths: [m, k, n], a, b, c, count: 1, steps: [0; 3] });
            } else if way == Way::FewRows {
                let turned =
                    |x: Matrix<*const T>| Matrix { pointer: x.pointer, row: x.column, column: x.row };
                let c = Matrix { pointer: c.pointer, row: c.column, column: c.row };
                few([n, k, m], turned(b), turned(a), c);
            } else if way == Way::FewColumns {
                few([m, k, n], a, b, c);
            } else if way == Way::Deep {
                self.deep();
            } else if way == Way::Symmetric {
                self.symmetric();
            } else {
                T::matrices([m, k, n], a, b, c);
            }
        }
    }
}

/// Elements that follow one another: where they are, or copied there from where they do not.
///
/// # Safety
/// `count` elements can be read from `first` on at this stride, for as long as the room is borrowed.
unsafe fn row<T: Copy>(first: *const T, stride: isize, count: usize, room: &mut Vec<T>) -> &[T] {
    if stride == 1 || count == 1 {
        // SAFETY: by this function's contract.
        return unsafe { std::slice::from_raw_parts(first, count) };
    }
    // SAFETY: by this function's contract.
    room.extend((0..count as isize).map(|i| unsafe { *first.wrapping_offset(i * stride) }));
    room
}

/// A matrix times a few vectors, a strip of it after the other.
///
/// # Safety
/// As [`Products::write`](super::plan::Products::write).
unsafe fn few<T: Number>([m, k, n]: [usize; 3], a: Matrix<*const T>, b: Matrix<*const T>, c: Matrix<*mut T>) {
    let mut rooms: [Vec<T>; FEW] = Default::default();
    let mut room = rooms.iter_mut();
    let vectors: Vec<&[T]> = (0..n as isize)
        .zip(&mut room)
        // SAFETY: by this function's contract.
        .map(|(j, room)| unsafe { row(b.pointer.wrapping_offset(j * b.column), b.row, k, room) })
        .collect();
    // Along columns long strips are read faster, from whichever cache the matrix is in.
    let in_cache = a.column != 1 && m.saturating_mul(k * size_of::<T>()) <= 16 * STRIP;
    let step = if in_cache { m } else { (STRIP / (k * size_of::<T>())).max(1).next_multiple_of(64) };
    for start in (0..m).step_by(step) {
        let rows = Matrix { pointer: a.pointer.wrapping_offset(start as isize * a.row), ..a };
        for (j, x) in vectors.iter().enumerate() {
            let result = c.pointer.wrapping_offset(start as isize * c.row + j as isize * c.column);
            // SAFETY: by this function's contract.
            unsafe { matrix_by_vector([step.min(m - start), k], rows, x, (result, c.row)) };
        }
    }
}
