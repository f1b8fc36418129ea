//! Threads: splits a nest when its estimated time pays for it.
//!
//! Handing work to rayon's pool from outside costs 12 to 40 µs, so nothing below about 100 µs is
//! split. The time is estimated from the kernel's cost per element, not from the length alone: a
//! sine pays from some ten thousand elements on, an addition from a few hundred thousand.
//!
//! The pool is the one that the caller is in (`ThreadPool::install`), else rayon's global pool; within
//! [`with_threads`], if that has more threads than wanted, one of ours.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::nest::Nest;

/// Estimated nanoseconds of work below which one thread does it all.
pub(crate) const WORTH_SPLITTING: f32 = 100_000.0;
/// Estimated nanoseconds that a part should take at least.
const PART: f32 = 40_000.0;
/// Parts per thread: enough that a thread which is held up does not hold up the rest.
pub(crate) const PARTS_PER_THREAD: usize = 4;

thread_local! {
    /// How many threads a function called from this one may use.
    static LIMIT: Cell<usize> = const { Cell::new(usize::MAX) };
}

/// Calls a closure; array functions and operators that it calls use at most `count` threads each. Zero
/// counts as one.
///
/// With one, everything is computed on the thread that calls. Other counts come from threads that are
/// started when they are first wanted and kept for the next time. Without this, large arrays are computed
/// on all threads of the rayon pool that the caller is in, which `RAYON_NUM_THREADS` sets too; more
/// than that pool has are not used. Within one another, the smallest count holds. What the closure hands
/// to other threads itself is not limited.
///
/// Results do not depend on the number of threads.
///
/// ```
/// # use array_core::{linspace, with_threads};
/// let x = linspace(0.0, 1.0, 1_000_000)?;
/// let y = with_threads(1, || &x * &x + &x);
/// assert_eq!(y, &x * &x + &x);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn with_threads<R>(count: usize, body: impl FnOnce() -> R) -> R {
    /// Sets the limit back, even if the closure panics.
    struct Restore(usize);
    impl Drop for Restore {
        fn drop(&mut self) {
            LIMIT.set(self.0);
        }
    }
    let before = LIMIT.get();
    let _restore = Restore(before);
    LIMIT.set(count.max(1).min(before));
    body()
}

/// How many threads a function called from this one uses: what [`with_threads`] allows of the pool that the caller
/// is in.
pub fn thread_count() -> usize {
    let limit = LIMIT.get();
    if limit == 1 { 1 } else { rayon::current_num_threads().min(limit) }
}

/// Calls `body` in a pool of [`thread_count`] threads; if that is one, right here.
pub fn in_pool<R: Send>(body: impl FnOnce() -> R + Send) -> R {
    let count = thread_count();
    if count == 1 || count >= rayon::current_num_threads() {
        return body();
    }
    match pool(count) {
        Some(pool) => pool.install(body),
        // No more threads to be had: those that there are.
        None => body(),
    }
}

/// Our pool of so many threads, if they can be started.
fn pool(count: usize) -> Option<Arc<ThreadPool>> {
    static POOLS: Mutex<BTreeMap<usize, Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = pools.get(&count) {
        return Some(pool.clone());
    }
    let name = move |index| format!("numpypy-{count}-{index}");
    let pool = Arc::new(ThreadPoolBuilder::new().num_threads(count).thread_name(name).build().ok()?);
    pools.insert(count, pool.clone());
    Some(pool)
}

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
    let threads = thread_count();
    if threads == 1 {
        return body(nest);
    }
    let parts = ((time / PART) as usize).clamp(2, threads * PARTS_PER_THREAD);
    let parts = nest.split(parts);
    in_pool(|| parts.par_iter().for_each(body));
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Mutex;
    use std::thread;

    use super::*;

    /// The threads that parts of a large nest were computed on.
    fn threads_used() -> HashSet<thread::ThreadId> {
        let nest = Nest::flat(1 << 20, [std::ptr::null_mut()], [1]).unwrap();
        let found = Mutex::new(HashSet::new());
        for_each_part(&nest, 10.0, |_| {
            // Long enough for every thread of the pool to take a part.
            thread::sleep(std::time::Duration::from_millis(2));
            found.lock().unwrap().insert(thread::current().id());
        });
        found.into_inner().unwrap()
    }

    #[test]
    fn no_more_workers_than_allowed() {
        let wide = ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        wide.install(|| {
            let here = HashSet::from([thread::current().id()]);
            assert_eq!(with_threads(1, threads_used), here);
            assert_eq!(with_threads(0, threads_used), here);
            assert_eq!(with_threads(3, || with_threads(1, threads_used)), here);
            assert_eq!(with_threads(1, || with_threads(3, threads_used)), here);
            for count in [2, 3] {
                assert!(with_threads(count, threads_used).len() <= count);
                assert_eq!(with_threads(count, thread_count), count);
            }
            assert_eq!(with_threads(9, thread_count), 4);
            let panicked = std::panic::catch_unwind(|| with_threads(1, || panic!("in the closure")));
            assert!(panicked.is_err());
            assert_eq!(thread_count(), 4, "no longer limited");
        });
    }
}
