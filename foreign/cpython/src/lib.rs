//! numpypy's plug-in for CPython.
//!
//! Implements the table of `foreign-abi` over PyO3 and the stable ABI, so that one build serves
//! every CPython from 3.9 on, and building it needs no Python at all. It is never linked: the host
//! first loads a libpython with global symbols and starts it, and only then loads this library,
//! whose `Py*` symbols bind to that libpython.
//!
//! - `gate`: how every call enters the interpreter, and how objects are let go of.
//! - `calls`: the functions of the table.
//! - `make` and `extract`: values to objects, and back.
//! - `lend`: NumPy arrays over the host's memory.
//! - `trouble`: what goes wrong, as a `Failure`.

mod calls;
mod extract;
mod gate;
mod lend;
mod make;
mod trouble;

use foreign_abi::{MAGIC, Table, VERSION, build};

static TABLE: Table = Table {
    magic: MAGIC,
    version: VERSION,
    size: size_of::<Table>() as u32,
    build: how_built(),
    reserved: 0,
    import: calls::import,
    get_attr: calls::get_attr,
    set_attr: calls::set_attr,
    get_item: calls::get_item,
    set_item: calls::set_item,
    call: calls::call,
    iterate: calls::iterate,
    next: calls::next,
    length: calls::length,
    truth: calls::truth,
    is_callable: calls::is_callable,
    write: calls::write,
    make: calls::make,
    extract: calls::extract,
    lend: lend::lend,
    release: gate::release,
    release_value: extract::release_value,
    release_failure: trouble::release_failure,
    finish: calls::finish,
};

const fn how_built() -> u32 {
    let mut bits = 0;
    if cfg!(Py_LIMITED_API) {
        bits |= build::STABLE;
    }
    if cfg!(PyPy) {
        bits |= build::PYPY;
    }
    if cfg!(Py_GIL_DISABLED) {
        bits |= build::FREE_THREADED;
    }
    bits
}

/// The plug-in's one exported symbol: [`foreign_abi::SYMBOL`]. Does not touch Python.
#[unsafe(no_mangle)]
pub extern "C" fn numpypy_plugin() -> *const Table {
    &TABLE
}
