//! Where the system has no memory for what a function needs on its way, one that returns `Result` gives an error. An
//! allocator that refuses whatever is large stands for such a system; an abort ends this program without a word of
//! which call did (`--nocapture` shows them as they come).

use std::alloc::{GlobalAlloc, Layout, System};
use std::fmt::Debug;
use std::sync::Mutex;
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

/// Held by the test that has little memory: no other is to have.
static TURN: Mutex<()> = Mutex::new(());

/// Takes a turn. What reports a panic has as much memory as it needs.
fn turn() -> impl Sized {
    let turn = TURN.lock();
    std::panic::set_hook(Box::new(|panic| {
        ALLOCATOR.0.store(usize::MAX, Ordering::SeqCst);
        eprintln!("{panic}");
    }));
    // What was kept is not asked for.
    buffer::set_cache_limit(0);
    turn
}

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
    let _turn = turn();
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

#[test]
fn what_indexes_gives_an_error_where_there_is_no_memory() {
    let _turn = turn();
    let v = some(|x| x);
    let m = v.reshape([150, 200]).unwrap();
    let positions = some(|x| x as i64);
    let few = positions.slice(s![..150]).unwrap();
    let rows = &few % 150;
    let (down, across) = (rows.reshape([150, 1]).unwrap(), &few % 200);
    let mask = (&positions % 3).astype::<bool>();
    let masks = mask.reshape([150, 200]).unwrap();
    let small = (&positions % 100).astype::<i8>();
    let below = (&positions % 150).reshape([150, 200]).unwrap();
    let parity = &positions % 2;
    let bins = arange(10_000.0).unwrap();
    survive! {
        v.slice(s![&positions]);
        v.slice(s![&small]);
        v.slice(s![&mask]);
        m.slice(s![&masks]);
        m.slice(s![&rows]);
        m.slice(s![.., &across]);
        m.slice(s![&down, &across]);
        m.slice(s![&down, ..]);
        m.t().slice(s![&masks.t()]);
        v.clone().assign(s![&positions], &v);
        v.clone().assign(s![&mask], &scalar(1.0));
        v.clone().assign(s![&positions], &scalar(1u8));
        m.clone().assign(s![&down, &across], &scalar(1.0));
        m.t().assign(s![&masks.t()], &scalar(1.0));
        take(&v, &positions, 0);
        take(&m, &across, 1);
        take_with(&v, &positions, .., OutOfBounds::Wrap);
        take_along_axis(&m, &below, 0);
        put_along_axis(&mut m.clone(), &below, &m, 0);
        put(&mut v.clone(), &positions, &v);
        place(&mut v.clone(), &mask, &v);
        putmask(&mut m.t(), &masks.t(), &v);
        compress(&mask, &v, 0);
        extract(&mask, &v);
        choose(&parity, &[&v, &v], OutOfBounds::Error);
        select(&[&mask], &[&v], &scalar(0.0));
        unravel_index(&positions, [300, 200]);
        ravel_multi_index(&[parity.clone(), parity.clone()], [150, 200]);
        insert(&v, &positions, &v, 0);
        insert(&m, 3, &scalar(1.0), 1);
        delete(&v, &positions, 0);
        delete(&v, &mask, 0);
        repeat(&v, 3, 0);
        repeat(&m, 3, 1);
        tile(&m, 2);
        roll(&m, 7, ..);
        pad(&m, 3, PadMode::Reflect);
        concat(&[&m, &m], 1);
        stack(&[&v, &v], 1);
        split(&v, 30_000, 0);
        unstack(&v, 0);
        bincount(&positions, 0);
        isin(&v, &v);
        searchsorted(&v, &v, Side::Left);
        digitize(&v, &bins, false);
        intersect1d_indices(&v, &v);
        setxor1d(&v, &v);
        v.astype_with::<f32>(Casting::SameKind);
        m.t().try_vec();
        Vec::<Vec<f64>>::try_from(m.clone());
        from_fn([30_000], |i| i[0] as f64);
        vander(&v, 3, false);
        tril(&m, 0);
        diag(&v.slice(s![..200])?, 0);
        indices([100, 200]);
        AnyArray::concat(&[&v.clone().into(), &positions.clone().into()], 0);
    }
}
