//! A matrix times a vector: along rows if their elements follow one another, else along columns.

use std::mem::MaybeUninit;

use array_core::engine::isa::Isa;

use super::number::{Matrix, Number};
use super::shells::{self, Body};

/// Bytes of the result at a time: few enough to stay in the innermost cache, and enough that what is read of a
/// row goes on over pages of memory, at whose borders the processor ceases to fetch ahead.
const STRIP: usize = 16 * 1024;

struct Rows<'a, T> {
    a: *const T,
    row: isize,
    x: &'a [T],
    y: *mut T,
    step: isize,
    count: usize,
}

impl<T: Number> Body for Rows<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let &Rows { a, row, x, y, step, count } = &self;
        // SAFETY: the maker says that these can be read and written.
        unsafe { T::rows::<I>([count, x.len()], (a, row), x.as_ptr(), (y, step)) };
    }
}

struct Columns<'a, T> {
    a: *const T,
    column: isize,
    x: &'a [T],
    y: *mut T,
    step: isize,
    count: usize,
}

impl<T: Number> Body for Columns<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        const { assert!(size_of::<T>() >= 4, "a strip has room for as many elements") };
        let mut strip = [const { MaybeUninit::<T>::uninit() }; STRIP / 4];
        let length = STRIP / size_of::<T>();
        for start in (0..self.count).step_by(length) {
            let n = length.min(self.count - start);
            let sums = zeros(&mut strip[..n]);
            // SAFETY: the matrix has this column, and in it these elements.
            let column = |k: usize| unsafe {
                let first = self.a.wrapping_offset(k as isize * self.column + start as isize);
                std::slice::from_raw_parts(first, n)
            };
            let (eights, rest) = self.x.as_chunks::<8>();
            for (group, x) in eights.iter().enumerate() {
                let [a, b, c, d, e, f, g, h] = std::array::from_fn(|i| &column(8 * group + i)[..n]);
                for i in 0..n {
                    let sum = T::multiply_add::<I>(a[i], x[0], sums[i]);
                    let sum = T::multiply_add::<I>(b[i], x[1], sum);
                    let sum = T::multiply_add::<I>(c[i], x[2], sum);
                    let sum = T::multiply_add::<I>(d[i], x[3], sum);
                    let sum = T::multiply_add::<I>(e[i], x[4], sum);
                    let sum = T::multiply_add::<I>(f[i], x[5], sum);
                    let sum = T::multiply_add::<I>(g[i], x[6], sum);
                    sums[i] = T::multiply_add::<I>(h[i], x[7], sum);
                }
            }
            for (k, &x) in rest.iter().enumerate() {
                let a = &column(8 * eights.len() + k)[..n];
                for i in 0..n {
                    sums[i] = T::multiply_add::<I>(a[i], x, sums[i]);
                }
            }
            for (i, &sum) in sums.iter().enumerate() {
                // SAFETY: `y` has this element.
                unsafe { *self.y.wrapping_offset((start + i) as isize * self.step) = sum };
            }
        }
    }
}

/// The memory, full of zeros.
#[inline(always)]
fn zeros<T: Number>(memory: &mut [MaybeUninit<T>]) -> &mut [T] {
    for element in memory.iter_mut() {
        element.write(T::ZERO);
    }
    // SAFETY: every element was just written.
    unsafe { &mut *(std::ptr::from_mut(memory) as *mut [T]) }
}

/// The product of an m × k matrix and a vector of k elements, whose products are m.
///
/// # Safety
/// The elements can be read and written; `y` shares none with the others.
pub(super) unsafe fn matrix_by_vector<T: Number>(
    [m, k]: [usize; 2],
    a: Matrix<*const T>,
    x: &[T],
    (y, step): (*mut T, isize),
) {
    if a.column == 1 || k == 1 {
        shells::run(Rows { a: a.pointer, row: a.row, x, y, step, count: m });
    } else if a.row == 1 {
        shells::run(Columns { a: a.pointer, column: a.column, x, y, step, count: m });
    } else {
        let mut row = Vec::with_capacity(k);
        for i in 0..m as isize {
            row.clear();
            // SAFETY: by this function's contract.
            row.extend(
                (0..k as isize).map(|j| unsafe { *a.pointer.wrapping_offset(i * a.row + j * a.column) }),
            );
            shells::run(Rows { a: row.as_ptr(), row: 0, x, y: y.wrapping_offset(i * step), step, count: 1 });
        }
    }
}
