//! The default backend: CPython, found at run time and embedded into this process.
//!
//! In the order in which things happen:
//! 1. [`discover`] chooses an interpreter, which [`probe`] asks what it is;
//! 2. [`environment`] makes one of our own if packages are missing;
//! 3. [`libpython`] finds its shared library, which [`dl`] loads;
//! 4. [`embed`] starts it on its own environment;
//! 5. [`plugin`] finds and loads our plug-in, whose functions [`table`] and [`marshal`] make a
//!    `Backend` of;
//! 6. [`exit`] runs Python's exit handlers when the process ends.

mod discover;
mod dl;
mod embed;
mod environment;
mod exit;
mod libpython;
mod marshal;
mod packages;
mod plugin;
mod probe;
mod table;

pub(crate) use environment::find_with;
pub(crate) use exit::on_exit;
pub(crate) use packages::{check_running, package_of};
pub use probe::Interpreter;

use crate::Error;
use crate::backend::Backend;

/// Why starting failed.
pub(crate) struct StartError {
    pub(crate) error: Error,
    /// Whether Python had already been started half-way: then it cannot be tried again.
    pub(crate) is_final: bool,
}

/// Starts the interpreter, and loads the plug-in into it.
pub(crate) fn start(interpreter: &Interpreter) -> Result<&'static dyn Backend, StartError> {
    let retry = |error| StartError { error, is_final: false };
    let give_up = |error| StartError { error, is_final: true };
    // All that can be checked is checked before Python starts, after which there is no way back.
    let files = plugin::candidates().map_err(retry)?;
    let path = libpython::find(interpreter).map_err(retry)?;
    let library = libpython::load(&path, interpreter).map_err(retry)?;
    embed::start(&library, interpreter).map_err(give_up)?;
    let table = plugin::load(&files).map_err(give_up)?;
    let backend = table::Plugin::install(table);
    embed::settle(backend, interpreter).map_err(give_up)?;
    Ok(backend)
}
