//! Where the system has no memory for what a function needs on its way, one that returns `Result` gives an error. An
//! allocator that refuses whatever is large stands for such a system; an abort ends this program without a word of
//! which call did (`--nocapture` shows them as they come).

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};

use array_core::*;

/// The system's allocator, which has no blocks larger than this.
struct Little(AtomicUsize);

// SAFETY: the system's allocator does all, or there is no memory.
unsafe impl GlobalAlloc for Little {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() > self.0.load(Ordering::Relaxed) {
            return std::ptr::null_mut();
        }
        // SAFETY: by this function's contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: by this function's contract; all blocks are the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Little = Little(AtomicUsize::new(usize::MAX));

/// Calls the function with ever more memory until it is enough.
fn survives<R: Debug>(source: &str, f: impl Fn() -> Result<R>) {
    println!("{source}");
    for limit in (14..24).map(|bits| 1 << bits) {
        ALLOCATOR.0.store(limit, Ordering::SeqCst);
        let result = f();
        ALLOCATOR.0.store(usize::MAX, Ordering::SeqCst);
        match result {
            Ok(_) => return,
            Err(error) => assert!(error.is_memory(), "{source}: {error}"),
        }
    }
    panic!("{source} is never done");
}

macro_rules! survive {
    ($($source:expr;)*) => { $(survives(stringify!($source), || $source);)* };
}

/// Numbers that are not sorted, with some more than once.
fn some<T: Element>(make: impl Fn(f64) -> T) -> Array<T> {
    from_fn([30_000], |i| make((i[0] * 7919 % 20_011) as f64)).unwrap()
}

fn all_of<T: Sortable>(make: impl Fn(f64) -> T) {
    let a = some(make);
    let rows = a.reshape([2, 15_000]).unwrap();
    println!("{}", T::DTYPE);
    survive! {
        sort(&a, 0);
        sort(&rows, 1);
        sort(&rows, 0);
        a.clone().sort(0);
        argsort(&a, 0);
        argsort(&rows, 1);
        partition(&a, [5, 17_000], 0);
        partition(&rows, 700, 1);
        argpartition(&a, [5, 17_000], 0);
        lexsort(&[&a, &a], 0);
        searchsorted(&a, &a, Side::Left);
        unique(&a);
        unique_counts(&a);
        unique_inverse(&a);
        unique_all(&a);
        unique_with(&rows, 1, true);
        union1d(&a, &a);
        setdiff1d(&a, &a);
        isin(&a, &a);
    }
}

#[test]
fn what_sorts_gives_an_error_where_there_is_no_memory() {
    // What was kept is not asked for.
    buffer::set_cache_limit(0);
    all_of(|x| x as u8);
    all_of(|x| x as i16);
    all_of(|x| x as u32);
    all_of(f16::from_f64);
    all_of(|x| x);
    all_of(|x| complex64::new(x as f32 % 3.0, x as f32));
    all_of(|x| complex128::new(if x as i64 % 5 == 0 { f64::NAN } else { x % 100.0 }, x));
    let floats = some(|x| x);
    survive! {
        histogram(&floats, &Array::from([0.0, 10.0, 30_000.0]), None);
        histogram(&floats, BinRule::Auto, None);
        histogram(&floats, 20_000, None);
    }
}
