//! The one interpreter of this process, and the functions that need no object to begin with.
//!
//! It is started by whatever needs it first, once, and never ended. Starting happens under a lock,
//! but no user code runs under it.

use std::sync::{Mutex, OnceLock, PoisonError};

use crate::backend::Backend;
use crate::python::{self, Interpreter};
use crate::{Error, Object, Result};

/// What is running, and where it came from.
pub(crate) struct Running {
    pub(crate) backend: &'static dyn Backend,
    pub(crate) interpreter: Interpreter,
}

static RUNNING: OnceLock<Running> = OnceLock::new();

/// Held while starting. Holds what went wrong if starting failed where it cannot be tried again.
static STARTING: Mutex<Option<String>> = Mutex::new(None);

/// What is running already, if anything is.
pub(crate) fn running() -> Option<&'static Running> {
    RUNNING.get()
}

/// The runtime, started if it was not.
pub(crate) fn backend() -> Result<&'static dyn Backend> {
    match RUNNING.get() {
        Some(running) => Ok(running.backend),
        None => Ok(start(Interpreter::find)?.backend),
    }
}

/// Starts the interpreter that `choose` gives, unless one is running already.
pub(crate) fn start(choose: impl FnOnce() -> Result<Interpreter>) -> Result<&'static Running> {
    let mut failed = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(running) = RUNNING.get() {
        return Ok(running);
    }
    if let Some(message) = &*failed {
        return Err(Error::interpreter(format!("Python failed to start earlier:\n{message}")));
    }
    let interpreter = choose()?;
    let backend = python::start(&interpreter).map_err(|failure| {
        if failure.is_final {
            *failed = Some(failure.error.to_string());
        }
        failure.error
    })?;
    RUNNING.set(Running { backend, interpreter }).ok();
    drop(failed);
    let running = RUNNING.get().expect("set one line above");
    python::on_exit();
    Ok(running)
}

/// The interpreter of this process, which is started if it was not.
///
/// ```
/// let interpreter = foreign::interpreter()?;
/// assert!(interpreter.version() >= (3, 9, 0));
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// When none is found, or it cannot be started: see [`Interpreter::find`].
pub fn interpreter() -> Result<&'static Interpreter> {
    match RUNNING.get() {
        Some(running) => Ok(&running.interpreter),
        None => Ok(&start(Interpreter::find)?.interpreter),
    }
}

/// Imports a module: of `"a.b"`, gives `b`.
///
/// ```
/// let path = foreign::import("os.path")?;
/// assert!(path.hasattr("join")?);
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// When there is no such module (the error tells how to install it into this very interpreter),
/// when importing it raises, or when no interpreter can be started.
pub fn import(module: &str) -> Result<Object> {
    let backend = backend()?;
    match backend.import(module) {
        Ok(found) => Ok(Object::own(backend, found)),
        Err(error) => Err(explain_missing(error)),
    }
}

/// Adds to a `ModuleNotFoundError` how to get the module.
fn explain_missing(error: Error) -> Error {
    if !error.is_exception_of("ModuleNotFoundError") {
        return error;
    }
    let missing = error.exception().and_then(|e| e.getattr("name").ok()?.extract::<String>().ok());
    let (Some(missing), Some(running)) = (missing, running()) else { return error };
    let hint = match missing.split_once('.') {
        None => format!(
            "To install it: {}\n(or begin the program with foreign::require([\"{1}\"]), which \
             installs into an environment of numpypy's own)",
            running.interpreter.pip_command(&[python::package_of(&missing)]),
            python::package_of(&missing),
        ),
        Some((package, _)) => format!(
            "{package} is there, but has no module {missing}; the interpreter is {}",
            running.interpreter.executable().display()
        ),
    };
    error.with_hint(hint).about_package()
}

/// One of Python's built-in functions or types, such as `len` or `dict`.
///
/// ```
/// let length = foreign::builtin("len")?.call(("four",))?;
/// assert_eq!(length.extract::<usize>()?, 4);
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// When there is none of that name, or no interpreter can be started.
pub fn builtin(name: &str) -> Result<Object> {
    static BUILTINS: OnceLock<Object> = OnceLock::new();
    remember(&BUILTINS, || import("builtins"))?.getattr(name)
}

/// Python's `None`.
///
/// ```
/// # use foreign::none;
/// assert!(none()?.is_none());
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// When no interpreter can be started.
pub fn none() -> Result<Object> {
    static NONE: OnceLock<Object> = OnceLock::new();
    remember(&NONE, || Object::new(&crate::Value::None)).cloned()
}

fn remember<T>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T>) -> Result<&T> {
    match cell.get() {
        Some(value) => Ok(value),
        None => make().map(|value| cell.get_or_init(|| value)),
    }
}

/// Makes sure that Python packages are there, and starts an interpreter that has them.
///
/// If the interpreter that [`Interpreter::find`] would choose has them, it is started. Otherwise an
/// environment of numpypy's own is made in the user's cache directory and they are installed there:
/// once, with `pip`'s progress on stderr. An environment of yours is never touched, and an
/// interpreter that you name (by `NUMPYPY_PYTHON` or in code) is never replaced by another; then a
/// missing package is an error. With `NUMPYPY_OFFLINE=1` nothing is downloaded.
///
/// Packages are named as for `pip`, a version requirement included: `"numpy>=2"`.
///
/// ```no_run
/// foreign::require(["numpy", "matplotlib"])?;
/// let plt = foreign::import("matplotlib.pyplot")?;
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// When a package is missing and cannot or must not be installed. The error says which command
/// would install it.
pub fn require<P: AsRef<str>>(packages: impl IntoIterator<Item = P>) -> Result<()> {
    let packages: Vec<String> = packages.into_iter().map(|p| p.as_ref().to_owned()).collect();
    start(|| python::find_with(&packages))?;
    // Whichever was started, by whomever: what counts is that it has them.
    python::check_running(&packages)
}
