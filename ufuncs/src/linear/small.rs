//! Products of small matrices, where copying operands into panels costs more than it saves; many at a time, as what
//! comes before the first multiplication is soon more than the product itself.

use array_core::engine::isa::Isa;

use super::number::{Matrix, Number};
use super::register::has_masks;
use super::shells::Body;

/// Products of small matrices, each operand and each result so far from the next.
pub(super) struct Small<T> {
    pub(super) lengths: [usize; 3],
    pub(super) a: Matrix<*const T>,
    pub(super) b: Matrix<*const T>,
    pub(super) c: Matrix<*mut T>,
    pub(super) count: usize,
    pub(super) steps: [isize; 3],
}

impl<T: Number> Body for Small<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        match self.lengths {
            [2, 2, 2] => self.tiny::<I, 2, 2>(),
            [3, 3, 3] => self.tiny::<I, 3, 3>(),
            [4, 4, 4] => self.tiny::<I, 4, 4>(),
            [m, _, n] if m == 1 || n == 1 => {
                let products = if n == 1 { self } else { self.turned() };
                products.by_vector::<I>();
            }
            _ => self.any::<I>(),
        }
    }
}

impl<T: Number> Small<T> {
    /// The operands and the result of the `i`-th product.
    #[inline(always)]
    fn at(&self, i: usize) -> (Matrix<*const T>, Matrix<*const T>, Matrix<*mut T>) {
        let &Small { a, b, c, steps, .. } = self;
        let offset = |step: isize| i as isize * step;
        (
            Matrix { pointer: a.pointer.wrapping_offset(offset(steps[0])), ..a },
            Matrix { pointer: b.pointer.wrapping_offset(offset(steps[1])), ..b },
            Matrix { pointer: c.pointer.wrapping_offset(offset(steps[2])), ..c },
        )
    }

    /// Products of any lengths.
    #[inline(always)]
    fn any<I: Isa>(&self) {
        let [_, k, n] = self.lengths;
        // Columns that are left over are copied and padded, unless they can be read under a mask.
        let pads = !has_masks::<I>() && n % T::COLUMNS != 0;
        let mut room = Vec::new();
        for i in 0..self.count {
            let (a, b, c) = self.at(i);
            let rows = if b.column == 1 && !pads {
                (b.pointer, b.row, false)
            } else {
                let width = if pads { n.next_multiple_of(T::COLUMNS) } else { n };
                room.clear();
                // SAFETY: the maker says that these matrices can be read.
                unsafe { copy_rows(b, [k, n], width, &mut room) };
                (room.as_ptr(), width as isize, pads)
            };
            // SAFETY: as above.
            unsafe { T::small::<I>(self.lengths, a, rows, c) };
        }
    }

    /// The transposed products.
    #[inline(always)]
    fn turned(&self) -> Self {
        let &Small { lengths: [m, k, n], a, b, c, count, steps: [step_a, step_b, step_c] } = self;
        Small {
            lengths: [n, k, m],
            a: Matrix { pointer: b.pointer, row: b.column, column: b.row },
            b: Matrix { pointer: a.pointer, row: a.column, column: a.row },
            c: Matrix { pointer: c.pointer, row: c.column, column: c.row },
            count,
            steps: [step_b, step_a, step_c],
        }
    }

    /// Products with vectors.
    #[inline(always)]
    fn by_vector<I: Isa>(&self) {
        let [m, k, _] = self.lengths;
        match [m, k] {
            [2, 2] => return self.tiny::<I, 2, 1>(),
            [3, 3] => return self.tiny::<I, 3, 1>(),
            [4, 4] => return self.tiny::<I, 4, 1>(),
            _ => {}
        }
        if self.a.column == 1 || self.a.row == 1 {
            return self.by_vector_in_lanes::<I>();
        }
        for i in 0..self.count {
            let (a, b, c) = self.at(i);
            for row in 0..m as isize {
                let mut sum = T::ZERO;
                for p in 0..k as isize {
                    // SAFETY: the matrix and the vector have these elements.
                    let (x, y) = unsafe {
                        let x = *a.pointer.wrapping_offset(row * a.row + p * a.column);
                        (x, *b.pointer.wrapping_offset(p * b.row))
                    };
                    sum = T::multiply_add::<I>(x, y, sum);
                }
                // SAFETY: the result has this element.
                unsafe { *c.pointer.wrapping_offset(row * c.row) = sum };
            }
        }
    }

    /// Products with vectors, of matrices whose rows or columns lie well.
    #[inline(always)]
    fn by_vector_in_lanes<I: Isa>(&self) {
        let [m, k, _] = self.lengths;
        let mut room = Vec::new();
        for i in 0..self.count {
            let (a, b, c) = self.at(i);
            // SAFETY: the maker says that these can be read and written.
            unsafe {
                if a.column != 1 {
                    T::columns::<I>([k, m], (b.pointer, b.row), (a.pointer, a.column), (c.pointer, c.row));
                    continue;
                }
                let mut x = b.pointer;
                if b.row != 1 {
                    room.clear();
                    copy_rows(b, [k, 1], 1, &mut room);
                    x = room.as_ptr();
                }
                T::rows::<I>([m, k], (a.pointer, a.row), x, (c.pointer, c.row));
            }
        }
    }

    /// Products of square matrices with as many columns as the compiler knows: without loops, and in the same order.
    #[allow(clippy::needless_range_loop, reason = "a row and a column are places in several matrices")]
    #[inline(always)]
    fn tiny<I: Isa, const K: usize, const N: usize>(&self) {
        for i in 0..self.count {
            let (a, b, c) = self.at(i);
            let (mut x, mut y, mut sums) = ([[T::ZERO; K]; K], [[T::ZERO; N]; K], [[T::ZERO; N]; K]);
            for (row, (x, y)) in x.iter_mut().zip(&mut y).enumerate() {
                for (column, x) in x.iter_mut().enumerate() {
                    let at = row as isize * a.row + column as isize * a.column;
                    // SAFETY: the matrix has this element.
                    *x = unsafe { *a.pointer.wrapping_offset(at) };
                }
                for (column, y) in y.iter_mut().enumerate() {
                    let at = row as isize * b.row + column as isize * b.column;
                    // SAFETY: as above.
                    *y = unsafe { *b.pointer.wrapping_offset(at) };
                }
            }
            for (sums, x) in sums.iter_mut().zip(&x) {
                for (&x, y) in x.iter().zip(&y) {
                    for (sum, &y) in sums.iter_mut().zip(y) {
                        *sum = T::multiply_add::<I>(x, y, *sum);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                for (column, &sum) in sums.iter().enumerate() {
                    let at = row as isize * c.row + column as isize * c.column;
                    // SAFETY: the result has this element.
                    unsafe { *c.pointer.wrapping_offset(at) = sum };
                }
            }
        }
    }
}

/// Copies the rows of a matrix, each padded with zeros to a width.
///
/// # Safety
/// Its elements can be read.
#[inline(always)]
unsafe fn copy_rows<T: Number>(b: Matrix<*const T>, [k, n]: [usize; 2], width: usize, room: &mut Vec<T>) {
    room.reserve_exact(k * width);
    for p in 0..k {
        let start = b.pointer.wrapping_offset(p as isize * b.row);
        // SAFETY: by this function's contract.
        room.extend((0..n as isize).map(|j| unsafe { *start.wrapping_offset(j * b.column) }));
        room.resize((p + 1) * width, T::ZERO);
    }
}
