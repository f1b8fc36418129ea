//! How every call enters the interpreter and leaves it, and how objects are let go of.
//!
//! **Entering.** A thread's first call makes a thread state, which is kept until the thread ends:
//! taking the interpreter's lock then costs some 40 ns rather than 400.
//!
//! **Letting go** must never wait for the lock, because the thread that holds it may be in a call of
//! any length. So while any call is under way, an object that is dropped is put on a list, and
//! whoever enters or leaves the interpreter next empties the list. When no call is under way the lock is free
//! (or with a thread of Python's own, which passes it on every few milliseconds) and the object is
//! let go of at once. Each side first announces what it did and then looks at the other: one of the
//! two always sees the other, so nothing is left behind.

use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foreign_abi::{Handle, Outcome};
use pyo3::{Python, ffi};

use crate::trouble::{Trouble, panicked};

/// How many calls are under way.
static INSIDE: AtomicUsize = AtomicUsize::new(0);

/// How many objects are on the list, so that looking costs no lock. Changed under the list's.
static DROPPED: AtomicUsize = AtomicUsize::new(0);

/// Objects that were dropped while a call was under way.
static LIST: Mutex<Vec<Handle>> = Mutex::new(Vec::new());

/// Does work inside the interpreter. A panic becomes a failure, as does an exception.
pub(crate) fn enter(work: impl FnOnce(Python<'_>) -> Result<(), Trouble>) -> Outcome {
    let work = AssertUnwindSafe(|| {
        KEPT.try_with(|_| ()).ok(); // Fails while the thread ends; then attaching is merely slower.
        Python::attach(|py| {
            // What was dropped before this call is gone in it.
            empty_list(py);
            let outcome = work(py).map_err(|trouble| trouble.into_failure(py));
            empty_list(py);
            outcome
        })
    });
    INSIDE.fetch_add(1, Ordering::SeqCst);
    let outcome = panic::catch_unwind(work);
    leave();
    match outcome {
        Ok(Ok(())) => ptr::null_mut(),
        Ok(Err(failure)) => failure,
        Err(payload) => panicked(payload),
    }
}

/// Announces that a call has ended. If something was dropped after the list was emptied, goes in once
/// more to empty it; and again, for that may drop more. A loop, as one may hold the next for long.
fn leave() {
    while INSIDE.fetch_sub(1, Ordering::SeqCst) == 1 && DROPPED.load(Ordering::SeqCst) != 0 {
        INSIDE.fetch_add(1, Ordering::SeqCst);
        // There is nobody to tell of a panic, which its hook has reported.
        let _ = panic::catch_unwind(|| Python::attach(empty_list));
    }
}

/// [`foreign_abi::Table::release`].
pub(crate) unsafe extern "C" fn release(handle: Handle) {
    if INSIDE.load(Ordering::SeqCst) == 0 {
        enter(|_| {
            // SAFETY: the host owned this reference, and we are attached.
            unsafe { ffi::Py_DecRef(handle.0.cast()) };
            Ok(())
        });
        return;
    }
    let mut handles = list();
    handles.push(handle);
    DROPPED.store(handles.len(), Ordering::SeqCst);
    drop(handles);
    if INSIDE.load(Ordering::SeqCst) == 0 {
        INSIDE.fetch_add(1, Ordering::SeqCst);
        leave();
    }
}

fn list() -> MutexGuard<'static, Vec<Handle>> {
    LIST.lock().unwrap_or_else(PoisonError::into_inner)
}

fn empty_list(_py: Python<'_>) {
    if DROPPED.load(Ordering::SeqCst) == 0 {
        return;
    }
    let mut waiting = list();
    let handles = mem::take(&mut *waiting);
    DROPPED.store(0, Ordering::SeqCst);
    drop(waiting);
    for handle in handles {
        // SAFETY: a reference that the host gave up, and we are attached. It may run any code, so
        // the lock on the list is no longer held.
        unsafe { ffi::Py_DecRef(handle.0.cast()) };
    }
}

thread_local! {
    static KEPT: Kept = Kept::new();
}

/// Keeps this thread's state alive for as long as the thread lives.
struct Kept {
    /// Null when the thread already had a state that is not ours to end: the one that started the
    /// interpreter, or a thread of Python's own.
    state: *mut ffi::PyThreadState,
}

impl Kept {
    fn new() -> Self {
        // SAFETY: these may be called on any thread while the interpreter runs, which it does until
        // the process ends. A thread that has no state yet cannot hold the lock, so taking it once,
        // and detaching without giving the count back, is right; the count is given back in `drop`.
        unsafe {
            if !ffi::PyGILState_GetThisThreadState().is_null() {
                return Kept { state: ptr::null_mut() };
            }
            ffi::PyGILState_Ensure();
            Kept { state: ffi::PyEval_SaveThread() }
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The process ends with its main thread, and must do so even if the lock is never to be had.
        if self.state.is_null() || is_main_thread() {
            return;
        }
        // SAFETY: the state was saved by `new` on this same thread. This waits for the lock, but
        // whoever holds it never waits for us: code of the host's always runs detached.
        unsafe {
            ffi::PyEval_RestoreThread(self.state);
            ffi::PyGILState_Release(ffi::PyGILState_STATE::PyGILState_UNLOCKED);
        }
    }
}

fn is_main_thread() -> bool {
    // SAFETY: these only ask, and cannot fail.
    #[cfg(target_os = "linux")]
    return unsafe { libc::getpid() == libc::gettid() };
    // SAFETY: as above.
    #[cfg(target_os = "macos")]
    return unsafe { libc::pthread_main_np() != 0 };
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    return false;
}
