//! Functions of the lanes along one axis: each lane contiguous, several at a time.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use crate::{Array, Element, Result, moveaxis};

/// Elements below which threads do not pay.
const WORTH_SPLITTING: usize = 1 << 14;

/// A copy whose lanes along `axis` lie one after the other, each changed by `f`.
pub(super) fn changed<T: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&mut [T]) + Sync,
) -> Result<Array<T>> {
    let mut lanes = moveaxis(a, axis as isize, -1)?.try_copy()?;
    let length = a.shape()[axis];
    if !a.is_empty() {
        let elements = lanes.as_slice_mut();
        if elements.len() < WORTH_SPLITTING {
            elements.chunks_exact_mut(length).for_each(&f);
        } else {
            elements.par_chunks_exact_mut(length).for_each(&f);
        }
    }
    moveaxis(&lanes, -1, axis as isize)
}

/// What `f` writes for each lane along `axis`: as many elements as the lane has.
pub(super) fn mapped<T: Element, O: Element>(
    a: &Array<T>,
    axis: usize,
    f: impl Fn(&[T], &mut [O]) + Sync,
) -> Result<Array<O>> {
    let lanes = moveaxis(a, axis as isize, -1)?.try_contiguous()?;
    let length = a.shape()[axis];
    let mut result = crate::zeros(lanes.shape())?;
    if !a.is_empty() {
        let from = lanes.as_slice().expect("made contiguous");
        let to = result.as_slice_mut();
        if from.len() < WORTH_SPLITTING {
            from.chunks_exact(length).zip(to.chunks_exact_mut(length)).for_each(|(from, to)| f(from, to));
        } else {
            from.par_chunks_exact(length)
                .zip(to.par_chunks_exact_mut(length))
                .for_each(|(from, to)| f(from, to));
        }
    }
    moveaxis(&result, -1, axis as isize)
}
