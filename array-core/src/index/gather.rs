//! The loops that pick elements out of an array, or put them there, by offsets found before.

use std::any::Any;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::position;
use crate::engine::parallel;
use crate::layout::Order;
use crate::{Array, Element, Result, copy, fallible};

/// Offsets, in elements from an array's first, of the elements to pick, in the order of the result.
///
/// The offset of the element at `(i, j, k)` and `r` is `outer[i] + picked[j] + inner[k] + r`. All of
/// them lie within the array that they were found for, and its layout.
pub(super) struct Offsets {
    pub(super) outer: Vec<isize>,
    /// Contiguous, of any shape.
    pub(super) picked: Array<i64>,
    pub(super) inner: Vec<isize>,
    /// How many elements that follow one another in memory are picked together.
    pub(super) run: usize,
}

/// Elements below which threads do not pay.
pub(super) const WORTH_SPLITTING: usize = 1 << 17;

/// The address of an array's first element.
pub(super) struct Base<T>(pub(super) *const T);
// SAFETY: only read through, while the array is borrowed.
unsafe impl<T: Element> Sync for Base<T> {}

impl Offsets {
    /// How many elements there are.
    pub(super) fn len(&self) -> usize {
        self.rows() * self.row_length()
    }

    fn picked(&self) -> &[i64] {
        self.picked.as_slice().expect("contiguous")
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
        let (n, all) = (self.picked.len(), self.picked());
        (from / n.max(1)..self.outer.len())
            .flat_map(move |i| {
                let skipped = from.saturating_sub(i * n);
                all[skipped.min(n)..].iter().map(move |&picked| self.outer[i] + picked as isize)
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
        assert_eq!(
            offsets.len(),
            shape.iter().product::<usize>(),
            "as many offsets as elements of the result"
        );
        let fill = |out: &mut [MaybeUninit<T>]| {
            if out.is_empty() {
                return;
            }
            let threads = parallel::thread_count();
            let rows = if out.len() < WORTH_SPLITTING || threads == 1 {
                offsets.rows()
            } else {
                (offsets.rows() / (4 * threads)).max(1)
            };
            let part = |(i, out): (usize, &mut [MaybeUninit<T>])| {
                // SAFETY: the offsets lie within the array, which is borrowed; `out` is another block.
                unsafe { gather(base.0, offsets, i * rows, out) };
            };
            if rows == offsets.rows() {
                part((0, out));
            } else {
                parallel::in_pool(|| out.par_chunks_mut(rows * row).enumerate().for_each(part));
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
        if offsets.row_length() == 1 {
            let picked = offsets.picked();
            for (&outer, values) in offsets.outer.iter().zip(values.chunks_exact(picked.len())) {
                let start = base.wrapping_offset(outer + offsets.inner[0]);
                // SAFETY: as below.
                unsafe { put(start, [1, 0], picked, values.iter().copied()) };
            }
            return;
        }
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
    if offsets.row_length() == 1 {
        let n = offsets.picked.len();
        let (mut outer, mut done, mut rest) = (from / n, from % n, out);
        while !rest.is_empty() {
            let picked = &offsets.picked()[done..];
            let (now, later) = rest.split_at_mut(picked.len().min(rest.len()));
            let base = base.wrapping_offset(offsets.outer[outer] + offsets.inner[0]);
            for (out, &picked) in now.iter_mut().zip(picked) {
                // SAFETY: by this function's contract.
                out.write(unsafe { *base.offset(picked as isize) });
            }
            (outer, done, rest) = (outer + 1, 0, later);
        }
        return;
    }
    let starts = offsets.row_offsets(from, rows);
    for (out, start) in out.chunks_exact_mut(offsets.row_length()).zip(starts) {
        for (out, &inner) in out.chunks_exact_mut(offsets.run).zip(&offsets.inner) {
            // SAFETY: by this function's contract, for each of the run's elements.
            unsafe { base.offset(start + inner).copy_to_nonoverlapping(out.as_mut_ptr().cast(), out.len()) };
        }
    }
}

/// Bytes of an array from which on its elements are fetched before they are read, and how many ahead.
const FAR: usize = 4 << 20;
pub(super) const AHEAD: usize = 64;

/// Whether some of the positions count from the end.
///
/// # Errors
/// When one is out of bounds of an axis of that length.
pub(super) fn checked(positions: &[i64], length: usize, axis: usize) -> Result<bool> {
    let n = length as i64;
    // All at once, in the sign of what is never negative otherwise.
    let (mut outside, mut negative) = (0, 0);
    for &i in positions {
        outside |= i.wrapping_add(n) | (n - 1).wrapping_sub(i);
        negative |= i;
    }
    if outside < 0 {
        positions.iter().try_for_each(|&i| position(i as isize, length, axis).map(drop))?;
    }
    Ok(negative < 0)
}

/// Writes values, which broadcast to the positions, to an array of one axis. Of several for one place the last counts.
///
/// # Errors
/// When a position is out of bounds, then nothing is written; when values do not broadcast, or there is no memory.
pub(super) fn placed<S: Element, T: Element>(
    a: &mut Array<T>,
    positions: &Array<i64>,
    values: &Array<S>,
) -> Result<()> {
    let positions = positions.contiguous()?;
    let flat = positions.as_slice().expect("made contiguous");
    checked(flat, a.len(), 0)?;
    a.try_make_unique()?;
    let steps = [a.strides()[0], a.len() as isize];
    let base = a.as_mut_ptr();
    let write = |values: &[T]| {
        assert_eq!(values.len(), flat.len(), "a value for each position");
        // SAFETY: the positions are within the array, which is unique and borrowed mutably.
        unsafe { put(base, steps, flat, values.iter().copied()) };
    };
    if values.ndim() == 0 {
        let value = copy::converted_value(values.item()?)?;
        // SAFETY: as above.
        unsafe { put(base, steps, flat, std::iter::repeat(value)) };
        return Ok(());
    }
    // The commonest as it is.
    if let Some(values) = (values as &dyn Any).downcast_ref::<Array<T>>()
        && values.shape() == positions.shape()
        && let Some(values) = values.as_slice()
    {
        write(values);
    } else {
        let values = super::broadcast_values(values, positions.shape())?;
        write(copy::as_dtype::<S, T>(&values)?.as_slice().expect("as converted"));
    }
    Ok(())
}

/// The elements of an array of one axis at these positions; negative ones count from the end.
///
/// # Errors
/// When a position is out of bounds, or there is no memory.
pub(super) fn picked<T: Element>(a: &Array<T>, positions: &Array<i64>) -> Result<Array<T>> {
    let (n, stride) = (a.shape()[0], a.strides()[0]);
    let contiguous = positions.contiguous()?;
    let flat = contiguous.as_slice().expect("made contiguous");
    let base = Base(a.as_ptr());
    let base = &base;
    let outside = AtomicBool::new(false);
    let part = |(out, positions): (&mut [MaybeUninit<T>], &[i64])| {
        // SAFETY: the array has `n` elements this far apart, and is borrowed; `out` is another block.
        if !unsafe { pick_checked(base.0, stride, n, positions, out) } {
            outside.store(true, Ordering::Relaxed);
        }
    };
    let fill = |out: &mut [MaybeUninit<T>]| {
        let threads = parallel::thread_count();
        if out.len() < WORTH_SPLITTING || threads == 1 {
            return part((out, flat));
        }
        let length = out.len().div_ceil(4 * threads).next_multiple_of(1024);
        parallel::in_pool(|| out.par_chunks_mut(length).zip(flat.par_chunks(length)).for_each(part));
    };
    // SAFETY: every element is written, by a zero if not as wanted.
    let found = unsafe { Array::build(positions.shape(), Order::RowMajor, fill) }?;
    if outside.into_inner() {
        flat.iter().try_for_each(|&i| position(i as isize, n, 0).map(drop))?;
    }
    Ok(found)
}

/// Picks from `n` elements that lie `stride` apart; negative positions count from the end. Where a position is out
/// of bounds, a zero is written and the answer is `false`.
///
/// # Safety
/// As [`pick`].
pub(super) unsafe fn pick_checked<T: Element>(
    base: *const T,
    stride: isize,
    n: usize,
    positions: &[i64],
    out: &mut [MaybeUninit<T>],
) -> bool {
    // SAFETY: by this function's contract.
    let done = unsafe { pick(base, stride, n, positions, out) };
    let mut all_inside = true;
    // From the first on that does not count from the front.
    for (out, &i) in out[done..].iter_mut().zip(&positions[done..]) {
        let i = if i < 0 { i + n as i64 } else { i };
        out.write(if (i as u64) < n as u64 {
            // SAFETY: as above; the position is one of them.
            unsafe { *base.offset(i as isize * stride) }
        } else {
            all_inside = false;
            T::ZERO
        });
    }
    all_inside
}

/// Picks from `n` elements that lie `stride` apart, until a position is not among them. Gives the number of
/// those picked.
///
/// # Safety
/// There are these elements; `out`, as long as the positions, is another block.
#[inline(always)]
unsafe fn pick<T: Element>(
    base: *const T,
    stride: isize,
    n: usize,
    positions: &[i64],
    out: &mut [MaybeUninit<T>],
) -> usize {
    let each = |stride: isize, ahead: usize, out: &mut [MaybeUninit<T>]| {
        // What is fetched on the way: beside the last ones there is nothing more.
        let soon = positions.get(ahead..).unwrap_or_default();
        let (out, last) = out.split_at_mut(soon.len());
        let (first, rest) = positions.split_at(soon.len());
        for (k, ((out, &i), &soon)) in out.iter_mut().zip(first).zip(soon).enumerate() {
            if ahead > 0 {
                fetch(base.wrapping_offset((soon as isize).wrapping_mul(stride)));
            }
            if i as u64 >= n as u64 {
                return k;
            }
            // SAFETY: by this function's contract; the position is one of them.
            out.write(unsafe { *base.offset(i as isize * stride) });
        }
        for (k, (out, &i)) in last.iter_mut().zip(rest).enumerate() {
            if i as u64 >= n as u64 {
                return first.len() + k;
            }
            // SAFETY: as above.
            out.write(unsafe { *base.offset(i as isize * stride) });
        }
        positions.len()
    };
    let far = n * stride.unsigned_abs() * size_of::<T>() >= FAR;
    match (stride, far) {
        (1, false) => each(1, 0, out),
        (1, true) => each(1, AHEAD, out),
        (_, far) => each(stride, if far { AHEAD } else { 0 }, out),
    }
}

/// Writes values, in their order, to `n` elements that lie `stride` apart from `base` on, each to the position beside it.
/// Negative positions count from the end; all are within.
///
/// # Safety
/// There are these elements, which nobody else reads or writes.
#[inline(always)]
pub(super) unsafe fn put<T: Element, V: Iterator<Item = T>>(
    base: *mut T,
    [stride, n]: [isize; 2],
    positions: &[i64],
    values: V,
) {
    let each = |stride: isize, ahead: usize, mut values: V| {
        let place = |i: i64| {
            let i = i as isize;
            base.wrapping_offset((i + (n & i >> (isize::BITS - 1))) * stride)
        };
        // What is fetched on the way: beside the last ones there is nothing more.
        let soon = positions.get(ahead..).unwrap_or_default();
        let (first, last) = positions.split_at(soon.len());
        for ((&i, &soon), value) in first.iter().zip(soon).zip(values.by_ref()) {
            if ahead > 0 {
                fetch(place(soon));
            }
            // SAFETY: by this function's contract.
            unsafe { *place(i) = value };
        }
        for (&i, value) in last.iter().zip(values) {
            // SAFETY: as above.
            unsafe { *place(i) = value };
        }
    };
    let far = n as usize * stride.unsigned_abs() * size_of::<T>() >= FAR;
    match (stride, far) {
        (1, false) => each(1, 0, values),
        (_, far) => each(stride, if far { AHEAD } else { 0 }, values),
    }
}

/// Has the processor fetch what will be read soon.
#[inline(always)]
pub(super) fn fetch<T>(from: *const T) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        // SAFETY: the instruction is the baseline's, and reads nothing that can be seen.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = from;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{complex128, from_fn, s, take};

    fn agrees<T: Element + PartialEq>(make: fn(usize) -> T) {
        for (n, count) in [(1, 5), (7, 0), (100, 1500), (3000, 2051), (600_000, WORTH_SPLITTING + 9)] {
            let all: Array<T> = from_fn([3 * n], |i| make(i[0])).unwrap();
            let mut state = n as u64;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as i64 % n as i64
            };
            for from_end in [0, n as i64] {
                let at: Vec<i64> = (0..count).map(|_| next() - from_end * (next() % 2)).collect();
                for a in
                    [all.slice(s![..n]).unwrap(), all.slice(s![..;3]).unwrap(), all.slice(s![..;-3]).unwrap()]
                {
                    let naive: Vec<T> = at.iter().map(|&i| a.get([i as isize]).unwrap()).collect();
                    assert!(take(&a, &at, 0).unwrap().to_vec() == naive, "{count} of {n} {}", T::DTYPE);
                    assert!(a.slice(s![&at[..]]).unwrap().to_vec() == naive, "{count} of {n} {}", T::DTYPE);
                }
            }
        }
    }

    #[test]
    fn elements_are_picked_as_one_by_one() {
        agrees::<u8>(|i| i as u8);
        agrees::<f32>(|i| i as f32);
        agrees::<i64>(|i| i as i64);
        agrees::<complex128>(|i| complex128::new(i as f64, -1.0));
    }

    #[test]
    fn elements_are_placed_as_one_by_one() {
        for (n, count) in [(7, 0), (7, 20), (3000, 2051), (100_000, 5000)] {
            let all = from_fn([3 * n], |i| i[0] as i32).unwrap();
            let at: Vec<i64> = (0..count as i64)
                .map(|k| k * k * 31 % n as i64 - if k % 3 == 0 { n as i64 } else { 0 })
                .collect();
            let values: Array<i32> = (0..count).map(|k| -1 - k).collect();
            for a in
                [all.slice(s![..n]).unwrap(), all.slice(s![..;3]).unwrap(), all.slice(s![..;-3]).unwrap()]
            {
                let mut naive = a.copy();
                at.iter().zip(values.to_vec()).for_each(|(&i, x)| naive.set([i as isize], x).unwrap());
                let (mut shared, mut own, before) = (a.clone(), a.copy(), a.to_vec());
                shared.assign(s![&at[..]], &values).unwrap();
                own.assign(s![&at[..]], &values).unwrap();
                assert!(shared == naive && own == naive && a.to_vec() == before, "{count} of {n}");
                let mut rows = a.reshape([1, n]).unwrap();
                rows.assign(s![0, &at[..]], &values).unwrap();
                assert_eq!(rows.reshape([n]).unwrap(), naive);
                if count > 0 {
                    let wrong = Array::from_vec([&at[..], &[n as i64]].concat());
                    assert!(own.assign(s![&wrong], &crate::scalar(0)).unwrap_err().is_index());
                    assert_eq!(own, naive, "nothing is written");
                    own.assign(s![&at[..]], &crate::scalar(0.5)).unwrap();
                    assert!(at.iter().all(|&i| own.get([i as isize]).unwrap() == 0));
                }
            }
        }
    }

    #[test]
    fn any_position_out_of_bounds_is_found() {
        let a: Array<f64> = from_fn([10], |i| i[0] as f64).unwrap();
        for wrong in [10, -11, i64::MAX, i64::MIN, i64::MAX - 9, i64::MIN + 10] {
            for place in [0, 5, 70, 2054] {
                let mut at = vec![3; 2055];
                at[100..].fill(-3);
                at[place] = wrong;
                let message = take(&a, &at, 0).unwrap_err().to_string();
                assert!(message.contains(&format!("index {wrong} is out of bounds")), "{message}");
            }
        }
        assert!(take(&a.slice(s![..0]).unwrap(), [0], 0).unwrap_err().is_index());
        assert!(take(&a.slice(s![..0]).unwrap(), [0i64; 0], 0).unwrap().is_empty());
    }
}
