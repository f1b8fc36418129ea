//! The functions of the table: each enters the interpreter, does one thing, and leaves.

use foreign_abi::{Form, Found, Handle, Keyword, Kind, Outcome, Slice, Value};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::extract::{self, text};
use crate::gate::enter;
use crate::make::{self, name, object};

/// Hands an object to the host.
///
/// # Safety
/// `out` must be valid for writing.
pub(crate) unsafe fn hand_out(out: *mut Found, object: Bound<'_, PyAny>) {
    let scalar = extract::plain_scalar(&object);
    let handle = Handle(object.into_ptr().cast());
    // SAFETY: by this function's contract.
    unsafe { out.write(Found { handle, value: scalar.unwrap_or(Value::Object(handle)) }) }
}

pub(crate) unsafe extern "C" fn import(module: Slice<u8>, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe {
            let module = name(py, module)?;
            hand_out(out, py.import(module)?.into_any());
        }
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn get_attr(of: Handle, attribute: Slice<u8>, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe {
            let value = object(py, of).getattr(name(py, attribute)?)?;
            hand_out(out, value);
        }
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn set_attr(of: Handle, attribute: Slice<u8>, value: *const Value) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive.
        unsafe { object(py, of).setattr(name(py, attribute)?, make::make(py, &*value)?)? };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn get_item(of: Handle, key: *const Value, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { hand_out(out, object(py, of).get_item(make::make(py, &*key)?)?) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn set_item(of: Handle, key: *const Value, value: *const Value) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive.
        unsafe { object(py, of).set_item(make::make(py, &*key)?, make::make(py, &*value)?)? };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn call(
    callee: Handle,
    method: Slice<u8>,
    arguments: Slice<Value>,
    keywords: Slice<Keyword>,
    out: *mut Found,
) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe {
            let arguments = make::arguments(py, arguments)?;
            let keywords = make::keywords(py, keywords)?;
            let callee = object(py, callee);
            let result = if method.is_empty() {
                callee.call(arguments, keywords.as_ref())?
            } else {
                callee.getattr(name(py, method)?)?.call(arguments, keywords.as_ref())?
            };
            hand_out(out, result);
        }
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn iterate(of: Handle, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { hand_out(out, object(py, of).try_iter()?.into_any()) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn next(iterator: Handle, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe {
            let mut iterator = object(py, iterator).cast::<PyIterator>().map_err(PyErr::from)?.to_owned();
            match iterator.next() {
                Some(item) => hand_out(out, item?),
                None => out.write(Found::NOTHING),
            }
        }
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn length(of: Handle, out: *mut usize) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { out.write(object(py, of).len()?) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn truth(of: Handle, out: *mut bool) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { out.write(object(py, of).is_truthy()?) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn is_callable(of: Handle, out: *mut bool) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { out.write(object(py, of).is_callable()) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn write(of: Handle, form: Form, out: *mut Value) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe {
            let of = object(py, of);
            let written = match form {
                Form::Display => of.str()?,
                Form::Debug => of.repr()?,
            };
            out.write(text(written.to_string_lossy().into_owned()));
        }
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn make(value: *const Value, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { hand_out(out, make::make(py, &*value)?) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn extract(of: Handle, kind: Kind, out: *mut Value) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, `out` can be written.
        unsafe { out.write(extract::extract(&object(py, of), kind)?) };
        Ok(())
    })
}

pub(crate) unsafe extern "C" fn finish() -> Outcome {
    enter(|py| {
        // What `Py_FinalizeEx` would do first; the rest of it NumPy does not survive.
        let handlers = py.import("atexit")?.call_method0("_run_exitfuncs");
        let system = py.import("sys")?;
        for name in ["stdout", "stderr"] {
            let stream = system.getattr(name)?;
            if !stream.is_none() && !stream.getattr("closed").is_ok_and(|c| c.is_truthy().unwrap_or(false)) {
                stream.call_method0("flush")?;
            }
        }
        handlers?;
        Ok(())
    })
}
