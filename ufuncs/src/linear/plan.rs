//! Products over batches of any shape and strides, split over threads.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use array_core::engine::{in_pool, thread_count};
use array_core::{Array, Element, Error, Order, Result, broadcast_shapes};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::dot::{BLOCK, Dots};
use super::number::{Matrix, Number};
use super::one::{FEW, One, Way};
use super::shells;
use super::small::Small;

/// Estimated nanoseconds of work below which one thread does it all.
const WORTH_SPLITTING: f32 = 100_000.0;
/// Estimated nanoseconds of the small products that are computed in one go, at least.
const WORTH_A_PIECE: f32 = 5_000.0;
/// Elements of a vector from which on it is asked first whether there is memory for copies.
const LONG: usize = 1 << 20;
/// Rows or columns of a part at least.
const PART: usize = 64;

/// A shape as NumPy writes it.
pub(crate) fn shape_text(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        many => format!("({})", many.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// Which axes of an operand or of the result are not there, but for the computation are of length one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Form {
    /// The first operand is a vector: a matrix of one row.
    pub(crate) row: bool,
    /// The second operand is a vector: a matrix of one column.
    pub(crate) column: bool,
    /// The first operand is conjugated, if both are vectors.
    pub(crate) conjugate: bool,
}

/// An operand as a matrix, or a batch of them that broadcasts.
struct Operand<T> {
    matrix: Matrix<*const T>,
    /// Strides along the batch's axes.
    strides: Vec<isize>,
}

// SAFETY: operands are only read.
unsafe impl<T: Number> Sync for Operand<T> {}

/// A batch of products of matrices, all checked: what is multiplied with what.
pub(crate) struct Products<'a, T: Element> {
    a: Operand<T>,
    b: Operand<T>,
    batch: Vec<usize>,
    lengths: [usize; 3],
    form: Form,
    borrowed: PhantomData<&'a T>,
}

impl<'a, T: Number> Products<'a, T> {
    /// Products of the matrices (or vectors) in the last axes of `a` and `b`. The operands have as many
    /// axes as the form needs, and the lengths that must agree do.
    ///
    /// # Errors
    /// When the other axes do not broadcast together.
    pub(crate) fn new(form: Form, a: &'a Array<T>, b: &'a Array<T>) -> Result<Self> {
        let (batch_a, own_a) = a.shape().split_at(a.ndim() + form.row as usize - 2);
        let (batch_b, own_b) = b.shape().split_at(b.ndim() + form.column as usize - 2);
        let batch = match (batch_a, batch_b) {
            ([], []) => Vec::new(),
            _ => broadcast_shapes(&[batch_a, batch_b])?.to_vec(),
        };
        let lengths = [if form.row { 1 } else { own_a[0] }, own_b[0], if form.column { 1 } else { own_b[1] }];
        let operand = |array: &Array<T>, axes: usize, is_row: bool, is_column: bool| {
            let (strides, own) = array.strides().split_at(axes);
            let (row, column) = match (is_row, is_column) {
                (true, _) => (0, own[0]),
                (_, true) => (own[0], 0),
                _ => (own[0], own[1]),
            };
            let strides = strides.iter().zip(array.shape()).map(|(&s, &n)| if n == 1 { 0 } else { s });
            Operand {
                matrix: Matrix { pointer: array.as_ptr(), row, column },
                strides: std::iter::repeat_n(0, batch.len() - axes).chain(strides).collect(),
            }
        };
        let products = Products {
            a: operand(a, batch_a.len(), form.row, false),
            b: operand(b, batch_b.len(), false, form.column),
            batch,
            lengths,
            form,
            borrowed: PhantomData,
        };
        products.check_room()?;
        Ok(products)
    }

    /// An error where there is no memory for vectors that are copied to lie side by side: those of arrays that repeat
    /// their elements may be longer than any memory.
    fn check_room(&self) -> Result<()> {
        let (a, b, k) = (self.a.matrix, self.b.matrix, self.lengths[1]);
        // The others copy a piece at a time.
        let copies = matches!(
            Way::of(self.lengths, a, b),
            Way::Dot | Way::Rows | Way::Columns | Way::FewRows | Way::FewColumns
        );
        if k < LONG || !copies || (a.column == 1 && b.row == 1) {
            return Ok(());
        }
        let most = k.saturating_mul(FEW);
        let room = Vec::<T>::new().try_reserve_exact(most);
        room.map_err(|_| Error::memory(most.saturating_mul(size_of::<T>())))
    }

    /// The shape of all results: that of the batch, then rows and columns.
    pub(crate) fn shape(&self) -> Vec<usize> {
        let mut shape = Vec::with_capacity(self.batch.len() + 2);
        shape.extend_from_slice(&self.batch);
        shape.extend((!self.form.row).then_some(self.lengths[0]));
        shape.extend((!self.form.column).then_some(self.lengths[2]));
        shape
    }

    /// The results in a fresh array.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub(crate) fn fresh(&self) -> Result<Array<T>> {
        let shape = self.shape();
        let strides = Order::RowMajor.strides(&shape);
        let fill = |out: &mut [MaybeUninit<T>]| {
            // SAFETY: the array is fresh, of this shape and these strides.
            unsafe { self.write(out.as_mut_ptr().cast(), &strides) };
        };
        // SAFETY: `write` writes every element.
        unsafe { Array::build(&shape, Order::RowMajor, fill) }
    }

    /// Writes the results.
    ///
    /// # Safety
    /// From `out` on, the results' shape can be written at these strides; no two elements are the
    /// same, and none is one of the operands'.
    pub(crate) unsafe fn write(&self, out: *mut T, strides: &[isize]) {
        let count: usize = self.batch.iter().product();
        let [m, k, n] = self.lengths;
        if count == 0 || m == 0 || n == 0 {
            return;
        }
        let axes = self.batch.len();
        let row = if self.form.row { 0 } else { strides[axes] };
        let column = if self.form.column { 0 } else { strides[strides.len() - 1] };
        let c = Matrix { pointer: out, row, column };
        let way = match Way::of(self.lengths, self.a.matrix, self.b.matrix) {
            // Of the first product only.
            Way::Symmetric if self.a.strides != self.b.strides => Way::Matrices,
            way => way,
        };
        let conjugate = self.form.conjugate && self.form.column;
        let whole = One { lengths: self.lengths, a: self.a.matrix, b: self.b.matrix, c, conjugate, way };
        // Products with a vector are limited by how fast memory is read.
        let cost = if m == 1 || n == 1 { 0.1 } else { T::COST };
        let time = count as f32 * m as f32 * n as f32 * (k as f32 * cost + 1.0);
        let threads = if time < WORTH_SPLITTING { 1 } else { thread_count() };
        if count == 1 && threads == 1 {
            // SAFETY: by this function's contract.
            return unsafe { whole.compute() };
        }
        let are_dots = way == Way::Dot && k > 0 && k <= BLOCK && whole.has_rows(k);
        if axes > 0 && (are_dots || way == Way::Small && k > 0) {
            // SAFETY: by this function's contract.
            return unsafe { self.little(whole, strides, count, threads, time / count as f32) };
        }
        let whole = &whole;
        let one = |index: usize, parts: usize| {
            let mut product = self.at(whole, strides, index / parts, axes);
            product.cut(index % parts, parts);
            // SAFETY: by this function's contract; parts write different elements.
            unsafe { product.compute() };
        };
        if threads == 1 {
            let last = axes - 1;
            let length = self.batch[last];
            for index in 0..count / length {
                let mut product = self.at(whole, strides, index, last);
                for _ in 0..length {
                    // SAFETY: by this function's contract.
                    unsafe { product.compute() };
                    product.a.pointer = product.a.pointer.wrapping_offset(self.a.strides[last]);
                    product.b.pointer = product.b.pointer.wrapping_offset(self.b.strides[last]);
                    product.c.pointer = product.c.pointer.wrapping_offset(strides[last]);
                }
            }
            return;
        }
        // Some products share their own work out.
        let whole_only = count >= threads || matches!(way, Way::Deep | Way::Symmetric);
        let parts = if whole_only { 1 } else { threads.min(m.max(n).div_ceil(PART)) };
        let least = (count * parts).div_ceil(threads * 8);
        in_pool(|| {
            (0..count * parts).into_par_iter().with_min_len(least).for_each(|index| one(index, parts));
        });
    }

    /// The product at an index into the first axes of the batch.
    fn at(&self, whole: &One<T>, strides: &[isize], index: usize, axes: usize) -> One<T> {
        let (mut rest, mut one) = (index, *whole);
        for axis in (0..axes).rev() {
            let i = (rest % self.batch[axis]) as isize;
            rest /= self.batch[axis];
            one.a.pointer = one.a.pointer.wrapping_offset(i * self.a.strides[axis]);
            one.b.pointer = one.b.pointer.wrapping_offset(i * self.b.strides[axis]);
            one.c.pointer = one.c.pointer.wrapping_offset(i * strides[axis]);
        }
        one
    }

    /// Dot products, or products of small matrices, many at a time along the batch's last axis; each
    /// takes so many nanoseconds.
    ///
    /// # Safety
    /// As [`write`](Self::write); if these are dot products, the vectors' elements follow one another.
    unsafe fn little(&self, whole: One<T>, strides: &[isize], count: usize, threads: usize, time: f32) {
        let last = self.batch.len() - 1;
        let length = self.batch[last];
        let least = (WORTH_A_PIECE / time) as usize;
        let step = if threads == 1 { length } else { length.div_ceil(threads).max(least) };
        let pieces = length.div_ceil(step);
        let whole = &whole;
        let piece = |index: usize| {
            let one = self.at(whole, strides, index / pieces, last);
            let start = (index % pieces) * step;
            let offset = |stride: isize| start as isize * stride;
            let [step_a, step_b, step_c] = [self.a.strides[last], self.b.strides[last], strides[last]];
            let (mut a, mut b, mut c) = (one.a, one.b, one.c);
            a.pointer = a.pointer.wrapping_offset(offset(step_a));
            b.pointer = b.pointer.wrapping_offset(offset(step_b));
            c.pointer = c.pointer.wrapping_offset(offset(step_c));
            let (lengths, count) = (self.lengths, step.min(length - start));
            if one.way == Way::Small {
                return shells::run(Small { lengths, a, b, c, count, steps: [step_a, step_b, step_c] });
            }
            shells::run(Dots {
                count,
                length: lengths[1],
                a: (a.pointer, step_a),
                b: (b.pointer, step_b),
                c: (c.pointer, step_c),
                conjugate: one.conjugate,
            });
        };
        let pieces_in_all = count / length * pieces;
        if threads == 1 {
            (0..pieces_in_all).for_each(piece);
        } else {
            in_pool(|| (0..pieces_in_all).into_par_iter().for_each(piece));
        }
    }
}

/// An error about two shapes of which two axes should be of one length.
#[cold]
pub(crate) fn mismatch(name: &str, a: &[usize], axis_a: usize, b: &[usize], axis_b: usize) -> Error {
    Error::shape(format!(
        "{name}: shapes {} and {} not aligned: {} (dim {axis_a}) != {} (dim {axis_b})",
        shape_text(a),
        shape_text(b),
        a[axis_a],
        b[axis_b]
    ))
}
