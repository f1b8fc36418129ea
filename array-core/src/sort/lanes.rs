//! Functions of the lanes along one axis: each lane contiguous, several at a time.

use std::mem::MaybeUninit;

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use crate::engine::{in_pool, thread_count};
use crate::layout::Order;
use crate::{Array, Element, Result, moveaxis};

/// Elements below which threads do not pay.
const WORTH_SPLITTING: usize = 1 << 14;

/// Whether to share lanes of this length out among threads.
fn pays(elements: usize, length: usize) -> bool {
    elements >= WORTH_SPLITTING && length < elements && thread_count() > 1
}

/// A copy whose lanes along `axis` lie one after the other, each changed by `f`, which may lack memory.
pub(super) fn changed<T: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&mut [T]) -> Result<()> + Sync,
) -> Result<Array<T>> {
    let is_last = axis + 1 == a.ndim();
    let mut lanes = if is_last { a.try_copy()? } else { moveaxis(a, axis as isize, -1)?.try_copy()? };
    let length = a.shape()[axis];
    if !a.is_empty() {
        let elements = lanes.as_slice_mut();
        if pays(elements.len(), length) {
            in_pool(|| elements.par_chunks_exact_mut(length).try_for_each(&f))?;
        } else {
            elements.chunks_exact_mut(length).try_for_each(&f)?;
        }
    }
    if is_last { Ok(lanes) } else { moveaxis(&lanes, -1, axis as isize) }
}

/// What `f` writes for each lane along `axis`: as many elements as the lane has.
pub(super) fn mapped<T: Element, O: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&[T], &mut [O]) -> Result<()> + Sync,
) -> Result<Array<O>> {
    // SAFETY: all elements are written, zeros if nothing else.
    unsafe { written(a, axis, |from, to| f(from, zeroed(to))) }
}

/// As [`mapped`]; each lane's result is still to be written.
///
/// # Safety
/// `f` writes all elements that it is given to write, unless it gives an error.
pub(super) unsafe fn written<T: Element, O: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&[T], &mut [MaybeUninit<O>]) -> Result<()> + Sync,
) -> Result<Array<O>> {
    let is_last = axis + 1 == a.ndim();
    let lanes =
        if is_last { a.try_contiguous()? } else { moveaxis(a, axis as isize, -1)?.try_contiguous()? };
    let length = a.shape()[axis];
    let mut outcome = Ok(());
    let fill = |to: &mut [MaybeUninit<O>]| {
        if to.is_empty() {
            return;
        }
        let from = lanes.as_slice().expect("made contiguous");
        if pays(from.len(), length) {
            let lanes = from.par_chunks_exact(length).zip(to.par_chunks_exact_mut(length));
            outcome = in_pool(|| lanes.try_for_each(|(from, to)| f(from, to)));
        } else {
            let mut lanes = from.chunks_exact(length).zip(to.chunks_exact_mut(length));
            outcome = lanes.try_for_each(|(from, to)| f(from, to));
        }
        if outcome.is_err() {
            to.fill(MaybeUninit::new(O::ZERO));
        }
    };
    // SAFETY: the lanes are all there is, and each is written by this function's contract, or here.
    let result = unsafe { Array::build(lanes.shape(), Order::RowMajor, fill) }?;
    outcome?;
    if is_last { Ok(result) } else { moveaxis(&result, -1, axis as isize) }
}

/// A lane of zeros.
fn zeroed<T: Element>(lane: &mut [MaybeUninit<T>]) -> &mut [T] {
    for element in lane.iter_mut() {
        element.write(T::ZERO);
    }
    // SAFETY: all elements were written.
    unsafe { &mut *(std::ptr::from_mut(lane) as *mut [T]) }
}

/// A lane copied.
pub(super) fn copied<'a, T: Element>(from: &[T], to: &'a mut [MaybeUninit<T>]) -> &'a mut [T] {
    assert_eq!(from.len(), to.len(), "lanes of one length");
    for (to, &from) in to.iter_mut().zip(from) {
        to.write(from);
    }
    // SAFETY: all elements were written.
    unsafe { &mut *(std::ptr::from_mut(to) as *mut [T]) }
}
