//! Threads: splits a nest when its estimated time pays for it.
//!
//! Handing work to rayon's pool from outside costs 12 to 40 µs, so nothing below about 100 µs is
//! split. The time is estimated from the kernel's cost per element, not from the length alone: a
//! sine pays from some ten thousand elements on, an addition from a few hundred thousand.
//!
//! The pool is the one that the caller is in (`ThreadPool::install`), else rayon's global pool.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::nest::Nest;

/// Estimated nanoseconds of work below which one thread does it all.
pub(crate) const WORTH_SPLITTING: f32 = 100_000.0;
/// Estimated nanoseconds that a part should take at least.
const PART: f32 = 40_000.0;
/// Parts per thread: enough that a thread which is held up does not hold up the rest.
pub(crate) const PARTS_PER_THREAD: usize = 4;

/// Calls `body` on the nest, whole or in parts on several threads.
///
/// `cost` is the estimated time of one element in nanoseconds.
#[inline]
pub(crate) fn for_each_part<const N: usize>(nest: &Nest<N>, cost: f32, body: impl Fn(&Nest<N>) + Sync) {
    let time = nest.element_count() as f32 * cost;
    if time < WORTH_SPLITTING {
        return body(nest);
    }
    split(nest, time, &body);
}

#[cold]
fn split<const N: usize>(nest: &Nest<N>, time: f32, body: &(impl Fn(&Nest<N>) + Sync)) {
    let threads = rayon::current_num_threads();
    if threads == 1 {
        return body(nest);
    }
    let parts = ((time / PART) as usize).clamp(2, threads * PARTS_PER_THREAD);
    nest.split(parts).par_iter().for_each(body);
}
