//! Functions of the lanes along one axis: each lane contiguous, several at a time.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use crate::engine::{in_pool, thread_count};
use crate::{Array, Element, Result, moveaxis};

/// Elements below which threads do not pay.
const WORTH_SPLITTING: usize = 1 << 14;

/// Whether to share lanes of this length out among threads.
fn pays(elements: usize, length: usize) -> bool {
    elements >= WORTH_SPLITTING && length < elements && thread_count() > 1
}

/// A copy whose lanes along `axis` lie one after the other, each changed by `f`.
pub(super) fn changed<T: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&mut [T]) + Sync,
) -> Result<Array<T>> {
    let is_last = axis + 1 == a.ndim();
    let mut lanes = if is_last { a.try_copy()? } else { moveaxis(a, axis as isize, -1)?.try_copy()? };
    let length = a.shape()[axis];
    if !a.is_empty() {
        let elements = lanes.as_slice_mut();
        if pays(elements.len(), length) {
            in_pool(|| elements.par_chunks_exact_mut(length).for_each(&f));
        } else {
            elements.chunks_exact_mut(length).for_each(&f);
        }
    }
    if is_last { Ok(lanes) } else { moveaxis(&lanes, -1, axis as isize) }
}

/// What `f` writes for each lane along `axis`: as many elements as the lane has.
pub(super) fn mapped<T: Element, O: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&[T], &mut [O]) + Sync,
) -> Result<Array<O>> {
    let is_last = axis + 1 == a.ndim();
    let lanes =
        if is_last { a.try_contiguous()? } else { moveaxis(a, axis as isize, -1)?.try_contiguous()? };
    let length = a.shape()[axis];
    let mut result = crate::full(lanes.shape(), O::ZERO)?;
    if !a.is_empty() {
        let from = lanes.as_slice().expect("made contiguous");
        let to = result.as_slice_mut();
        if pays(from.len(), length) {
            let lanes = from.par_chunks_exact(length).zip(to.par_chunks_exact_mut(length));
            in_pool(|| lanes.for_each(|(from, to)| f(from, to)));
        } else {
            from.chunks_exact(length).zip(to.chunks_exact_mut(length)).for_each(|(from, to)| f(from, to));
        }
    }
    if is_last { Ok(result) } else { moveaxis(&result, -1, axis as isize) }
}
