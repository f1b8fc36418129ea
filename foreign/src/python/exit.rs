//! When the process ends: Python's exit handlers run, and its streams are flushed.
//!
//! The interpreter itself is not ended, which NumPy would not survive. Should another thread hold
//! Python's lock and not give it back, the process ends without this rather than hanging.

use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::global;

/// How long to wait for Python's lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// Registers the handler. Those registered later, by the host, run before it.
pub(crate) fn on_exit() {
    // SAFETY: the handler is a function that does not unwind.
    unsafe { libc::atexit(handle) };
}

extern "C" fn handle() {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Ordering::SeqCst) {
        return;
    }
    let finished = panic::catch_unwind(|| {
        let running = global::running()?;
        if !can_enter() {
            eprintln!(
                "numpypy: a thread holds Python's lock; its exit handlers were not run and its output \
                 may be incomplete"
            );
            return None;
        }
        if let Err(error) = running.backend.finish() {
            eprintln!("numpypy: while Python was ending: {error}");
        }
        Some(())
    });
    drop(finished); // A panic has been reported by its hook, and must not cross into C.
}

/// Whether Python's lock is to be had: another thread tries, so that this one need not wait for ever.
fn can_enter() -> bool {
    let (done, told) = mpsc::channel();
    let enter = move || {
        if let Some(running) = global::running()
            && let Ok(found) = running.backend.make(&crate::Value::None)
        {
            running.backend.release(found.handle);
        }
        done.send(()).ok();
    };
    // If the system gives no thread any more, trying is all that is left.
    thread::Builder::new().spawn(enter).is_err() || told.recv_timeout(PATIENCE).is_ok()
}
