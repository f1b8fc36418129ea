//! Calls from many threads at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use foreign::{ToPy, builtin, import, py};

mod common;
use common::define;

#[test]
fn many_threads_call_at_once() {
    let math = import("math").unwrap();
    let sum = AtomicUsize::new(0);
    thread::scope(|scope| {
        for t in 0..16u32 {
            let (math, sum) = (&math, &sum);
            scope.spawn(move || {
                for n in 0..500u32 {
                    let x = f64::from(t * 1000 + n);
                    let root: f64 = py!(math.sqrt(x * x)).unwrap().extract().unwrap();
                    assert_eq!(root, x);
                    sum.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(sum.into_inner(), 16 * 500);
}

#[test]
fn threads_that_end_leave_no_state_behind() {
    let count = || -> usize { py!((import("sys").unwrap())._current_frames()).unwrap().len().unwrap() };
    count();
    let many = 200;
    for _ in 0..many {
        thread::spawn(|| 1.to_py().unwrap()).join().unwrap();
    }
    // One for this thread, at most a few for the other tests'.
    assert!(count() < many / 2, "{} thread states", count());
}

#[test]
fn threads_that_wait_for_each_other_do_not_deadlock() {
    // This thread holds a lock of its own while it calls Python, and so does the other.
    let shared = std::sync::Mutex::new(0);
    let sleep = import("time").unwrap().getattr("sleep").unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let mut value = shared.lock().unwrap();
                    py!(sleep(0.0005)).unwrap();
                    *value += builtin("len").unwrap().call(("a",)).unwrap().extract::<i32>().unwrap();
                }
            });
        }
    });
    assert_eq!(*shared.lock().unwrap(), 80);
}

#[test]
fn python_threads_run_beside_ours() {
    let module = define(
        "import threading\ncount = 0\nstop = False\ndef work():\n  global count\n  while not stop: count += 1\n\
         t = threading.Thread(target=work, daemon=True)\nt.start()",
    );
    let before: u64 = module.getattr("count").unwrap().extract().unwrap();
    thread::sleep(std::time::Duration::from_millis(100));
    let after: u64 = module.getattr("count").unwrap().extract().unwrap();
    assert!(after > before, "nobody keeps the lock between calls");
    py!(module.stop = true).unwrap();
    py!(module.t.join()).unwrap();
}

#[test]
fn values_dropped_by_ending_threads_are_released() {
    thread_local! {
        static LAST: std::cell::RefCell<Option<foreign::Object>> = const { std::cell::RefCell::new(None) };
    }
    let weakref = import("weakref").unwrap();
    let thing = define("class A: pass\na = A()");
    let a = thing.getattr("a").unwrap();
    let reference = py!(weakref.ref(&a)).unwrap();
    thing.setattr("a", None::<i32>).unwrap();
    // Dropped by the thread's own destructors, after or before its Python state has gone.
    thread::spawn(move || LAST.set(Some(a))).join().unwrap();
    assert!(py!(reference()).unwrap().is_none());
}
