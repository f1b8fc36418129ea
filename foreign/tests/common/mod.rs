//! What the tests of this crate share: the real CPython, with NumPy.
#![allow(dead_code, reason = "not every test file needs all of it")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use foreign::{Object, import};

/// Starts Python with NumPy, and gives the module.
pub(crate) fn numpy() -> Object {
    foreign::require(["numpy"]).expect("the tests need a Python with NumPy, or pip to get it");
    import("numpy").expect("require() has just seen to it")
}

/// Defines Python functions and gives the module they are in.
pub(crate) fn define(source: &str) -> Object {
    let module = import("types").unwrap().call_method("ModuleType", ("test",)).unwrap();
    let scope = module.getattr("__dict__").unwrap();
    foreign::builtin("exec").unwrap().call((source, &scope)).unwrap();
    module
}

/// `Buffer::live_count` counts for the whole process, so the tests that look at it take turns, as do
/// those that make buffers. Whoever is first sees to NumPy, before anything else starts Python.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    numpy();
    turn
}
