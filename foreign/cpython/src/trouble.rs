//! What goes wrong in a call, and how it is told to the host.

use std::any::Any;

use foreign_abi::{Failure, Handle, Outcome, Reason, Slice};
use pyo3::prelude::*;

/// Why a call did not succeed, while still inside the interpreter.
pub(crate) enum Trouble {
    /// Python raised.
    Raised(PyErr),
    /// Python raised because NumPy is not there.
    NoNumpy(PyErr),
    /// An object is not of the kind that was asked for.
    Conversion(String),
}

impl From<PyErr> for Trouble {
    fn from(error: PyErr) -> Self {
        Trouble::Raised(error)
    }
}

impl Trouble {
    pub(crate) fn into_failure(self, py: Python<'_>) -> Outcome {
        match self {
            Trouble::Raised(error) => raised(py, Reason::Raised, error),
            Trouble::NoNumpy(error) => raised(py, Reason::NoNumpy, error),
            Trouble::Conversion(message) => {
                give(Reason::Conversion, Handle::NULL, String::new(), message, String::new())
            }
        }
    }
}

/// The failure for a panic in the plug-in itself.
pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Outcome {
    let message = match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => match payload.downcast::<&str>() {
            Ok(message) => message.to_string(),
            Err(_) => "a panic without a message".to_owned(),
        },
    };
    give(Reason::Panicked, Handle::NULL, String::new(), message, String::new())
}

fn raised(py: Python<'_>, reason: Reason, error: PyErr) -> Outcome {
    let value = error.value(py);
    let type_name = error.get_type(py).name().map_or_else(|_| String::new(), |name| name.to_string());
    let message = value.str().map_or_else(
        |_| "<its message cannot be written out>".to_owned(),
        |text| text.to_string_lossy().into_owned(),
    );
    let traceback = format_traceback(py, &error).unwrap_or_default();
    give(reason, Handle(value.clone().into_ptr().cast()), type_name, message, traceback)
}

fn format_traceback(py: Python<'_>, error: &PyErr) -> PyResult<String> {
    let lines = py.import("traceback")?.getattr("format_exception")?.call1((
        error.get_type(py),
        error.value(py),
        error.traceback(py),
    ))?;
    let text = pyo3::types::PyString::new(py, "").call_method1("join", (lines,))?;
    Ok(text.str()?.to_string_lossy().into_owned())
}

fn give(reason: Reason, exception: Handle, type_name: String, message: String, traceback: String) -> Outcome {
    let boxed = |text: String| Slice::from_boxed(text.into_bytes().into_boxed_slice());
    Box::into_raw(Box::new(Failure {
        reason,
        exception,
        type_name: boxed(type_name),
        message: boxed(message),
        traceback: boxed(traceback),
    }))
}

/// [`foreign_abi::Table::release_failure`].
pub(crate) unsafe extern "C" fn release_failure(failure: *mut Failure) {
    if failure.is_null() {
        return;
    }
    // SAFETY: made by `give`, and by the rules of the table released once.
    unsafe {
        let failure = Box::from_raw(failure);
        drop(failure.type_name.into_boxed());
        drop(failure.message.into_boxed());
        drop(failure.traceback.into_boxed());
    }
}
