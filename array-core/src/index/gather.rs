//! The loops that pick elements out of an array, or put them there, by offsets found before.

use std::mem::MaybeUninit;

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use crate::layout::Order;
use crate::{Array, Element, Result, fallible};

/// Offsets, in elements from an array's first, of the elements to pick, in the order of the result.
///
/// The offset of the element at `(i, j, k)` and `r` is `outer[i] + picked[j] + inner[k] + r`. All of
/// them lie within the array that they were found for, and its layout.
pub(super) struct Offsets {
    pub(super) outer: Vec<isize>,
    pub(super) picked: Vec<isize>,
    pub(super) inner: Vec<isize>,
    /// How many elements that follow one another in memory are picked together.
    pub(super) run: usize,
}

/// Elements below which threads do not pay.
const WORTH_SPLITTING: usize = 1 << 17;

/// The address of an array's first element.
struct Base<T>(*const T);
// SAFETY: only read through, while the array is borrowed.
unsafe impl<T: Element> Sync for Base<T> {}

impl Offsets {
    /// How many elements there are.
    pub(super) fn len(&self) -> usize {
        self.rows() * self.row_length()
    }

    /// Pairs of an outer and a picked offset.
    fn rows(&self) -> usize {
        self.outer.len() * self.picked.len()
    }

    /// Elements for each of those.
    fn row_length(&self) -> usize {
        self.inner.len() * self.run
    }

    /// The offsets of these rows' first elements.
    fn row_offsets(&self, from: usize, count: usize) -> impl Iterator<Item = isize> {
        let n = self.picked.len();
        (from / n.max(1)..self.outer.len())
            .flat_map(move |i| {
                let skipped = from.saturating_sub(i * n);
                self.picked[skipped.min(n)..].iter().map(move |&picked| self.outer[i] + picked)
            })
            .take(count)
    }
}

impl<T: Element> Array<T> {
    /// The elements at these offsets, which were found for this array, in an array of this shape.
    pub(super) fn gathered(&self, offsets: &Offsets, shape: &[usize]) -> Result<Array<T>> {
        let base = Base(self.as_ptr());
        let base = &base;
        let row = offsets.row_length();
        assert_eq!(offsets.len(), shape.iter().product(), "as many offsets as elements of the result");
        let fill = |out: &mut [MaybeUninit<T>]| {
            if out.is_empty() {
                return;
            }
            let rows = if out.len() < WORTH_SPLITTING || rayon::current_num_threads() == 1 {
                offsets.rows()
            } else {
                (offsets.rows() / (4 * rayon::current_num_threads())).max(1)
            };
            let part = |(i, out): (usize, &mut [MaybeUninit<T>])| {
                // SAFETY: the offsets lie within the array, which is borrowed; `out` is another block.
                unsafe { gather(base.0, offsets, i * rows, out) };
            };
            if rows == offsets.rows() {
                part((0, out));
            } else {
                out.par_chunks_mut(rows * row).enumerate().for_each(part);
            }
        };
        // SAFETY: every row of the result is written, each by one call of `part`.
        unsafe { Array::build(shape, Order::RowMajor, fill) }
    }

    /// Writes `values`, in row-major order, to the elements at these offsets, which were found for this
    /// array, now unique. Of several for one place the last counts.
    pub(super) fn scatter(&mut self, offsets: &Offsets, values: &Array<T>) {
        let values = values.to_contiguous();
        let values = values.as_slice().expect("made contiguous");
        assert_eq!(values.len(), offsets.len(), "a value for each place");
        assert!(self.is_unique(), "made unique by the caller");
        if values.is_empty() {
            return;
        }
        let base = self.as_mut_ptr();
        let mut values = values.chunks_exact(offsets.run);
        for row in offsets.row_offsets(0, offsets.rows()) {
            for (&inner, values) in offsets.inner.iter().zip(&mut values) {
                // SAFETY: the offsets lie within the array, which is unique and borrowed mutably.
                unsafe { base.offset(row + inner).copy_from_nonoverlapping(values.as_ptr(), values.len()) };
            }
        }
    }
}

/// Picks as many whole rows as `out` holds, from row `from` on.
///
/// # Safety
/// The offsets lie within an array whose first element is at `base`, and which shares no byte with `out`.
unsafe fn gather<T: Element>(base: *const T, offsets: &Offsets, from: usize, out: &mut [MaybeUninit<T>]) {
    let rows = out.len() / offsets.row_length();
    if offsets.row_length() == 1 && offsets.outer.len() == 1 {
        let base = base.wrapping_offset(offsets.outer[0] + offsets.inner[0]);
        for (out, &picked) in out.iter_mut().zip(&offsets.picked[from..]) {
            // SAFETY: by this function's contract.
            out.write(unsafe { *base.offset(picked) });
        }
        return;
    }
    let starts = offsets.row_offsets(from, rows);
    if offsets.row_length() == 1 {
        for (out, start) in out.iter_mut().zip(starts) {
            // SAFETY: by this function's contract.
            out.write(unsafe { *base.offset(start + offsets.inner[0]) });
        }
        return;
    }
    for (out, start) in out.chunks_exact_mut(offsets.row_length()).zip(starts) {
        for (out, &inner) in out.chunks_exact_mut(offsets.run).zip(&offsets.inner) {
            // SAFETY: by this function's contract, for each of the run's elements.
            unsafe { base.offset(start + inner).copy_to_nonoverlapping(out.as_mut_ptr().cast(), out.len()) };
        }
    }
}

/// The elements whose flag is set, of which there are `count`.
pub(super) fn compressed<T: Element>(values: &[T], flags: &[bool], count: usize) -> Vec<T> {
    let mut found = Vec::with_capacity(count);
    let mut groups = values.chunks_exact(8).zip(flags.chunks_exact(8));
    let mut done = 0;
    // Without a branch for each element, as long as one too many can be written.
    while found.len() + 8 <= count {
        let Some((values, flags)) = groups.next() else { break };
        done += 8;
        let start = found.len();
        found.extend_from_slice(values);
        let mut kept = start;
        for (&value, &flag) in values.iter().zip(flags) {
            found[kept] = value;
            kept += usize::from(flag);
        }
        found.truncate(kept);
    }
    let rest = values[done..].iter().zip(&flags[done..]);
    found.extend(rest.filter(|&(_, &flag)| flag).map(|(&value, _)| value));
    found
}

/// The offsets of all combinations of positions along axes of these lengths and strides, in row-major order.
pub(super) fn combinations(axes: &[(usize, isize)]) -> Result<Vec<isize>> {
    let mut offsets = vec![0];
    for &(length, stride) in axes {
        let mut longer = fallible::with_room(offsets.len().saturating_mul(length))?;
        for &offset in &offsets {
            longer.extend((0..length as isize).map(|i| offset + i * stride));
        }
        offsets = longer;
    }
    Ok(offsets)
}
