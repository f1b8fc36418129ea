//! Values of the host's, made into Python objects.

use foreign_abi::{Handle, Keyword, Slice, Value};
use pyo3::exceptions::PyRecursionError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyComplex, PyDict, PyFloat, PyInt, PyList, PyNone, PyString, PyTuple};
use pyo3::{Borrowed, BoundObject};

/// Deeper nesting than this is refused rather than overflowing the stack.
pub(crate) const DEEPEST: usize = 100;

/// The object that a handle stands for.
///
/// # Safety
/// The host must own the handle for as long as the result is used.
pub(crate) unsafe fn object<'a, 'py>(py: Python<'py>, handle: Handle) -> Borrowed<'a, 'py, PyAny> {
    // SAFETY: by this function's contract the reference is alive.
    unsafe { Borrowed::from_ptr(py, handle.0.cast()) }
}

/// Text of the host's as a string.
///
/// # Safety
/// The text must be alive.
pub(crate) unsafe fn name<'py>(py: Python<'py>, text: Slice<u8>) -> PyResult<Bound<'py, PyString>> {
    // SAFETY: by this function's contract.
    PyString::from_bytes(py, unsafe { text.as_slice() })
}

/// The object that a value describes.
///
/// # Safety
/// All that the value points to must be alive, and its handles owned by the host.
pub(crate) unsafe fn make<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: by this function's contract.
    unsafe { make_nested(py, value, 0) }
}

/// # Safety
/// As [`make`].
unsafe fn make_nested<'py>(py: Python<'py>, value: &Value, depth: usize) -> PyResult<Bound<'py, PyAny>> {
    if depth > DEEPEST {
        return Err(PyRecursionError::new_err(format!("a value is nested more than {DEEPEST} deep")));
    }
    let items = |items: Slice<Value>| -> PyResult<Vec<_>> {
        // SAFETY: by `make`'s contract all slices and handles are alive, and what they point to.
        unsafe { items.as_slice().iter().map(|item| make_nested(py, item, depth + 1)).collect() }
    };
    Ok(match *value {
        Value::None => PyNone::get(py).to_owned().into_any(),
        Value::Bool(value) => value.into_pyobject(py)?.into_bound().into_any(),
        Value::Int(value) => PyInt::new(py, value).into_any(),
        Value::Wide([low, high]) => {
            let wide = (u128::from(high) << 64 | u128::from(low)) as i128;
            PyInt::new(py, wide).into_any()
        }
        Value::Float(value) => PyFloat::new(py, value).into_any(),
        Value::Complex([real, imaginary]) => PyComplex::from_doubles(py, real, imaginary).into_any(),
        // SAFETY: alive, as above.
        Value::Text(text) => unsafe { name(py, text)? }.into_any(),
        // SAFETY: alive, as above.
        Value::Bytes(bytes) => PyBytes::new(py, unsafe { bytes.as_slice() }).into_any(),
        Value::List(list) => PyList::new(py, items(list)?)?.into_any(),
        Value::Tuple(tuple) => PyTuple::new(py, items(tuple)?)?.into_any(),
        Value::Dict(pairs) => {
            let dict = PyDict::new(py);
            // SAFETY: alive, as above.
            for pair in unsafe { pairs.as_slice() } {
                // SAFETY: as above.
                let (key, value) = unsafe {
                    (make_nested(py, &pair.key, depth + 1)?, make_nested(py, &pair.value, depth + 1)?)
                };
                dict.set_item(key, value)?;
            }
            dict.into_any()
        }
        // SAFETY: owned by the host, as above.
        Value::Object(handle) => unsafe { object(py, handle) }.to_owned(),
    })
}

/// The arguments of a call.
///
/// # Safety
/// As [`make`].
pub(crate) unsafe fn arguments<'py>(py: Python<'py>, values: Slice<Value>) -> PyResult<Bound<'py, PyTuple>> {
    // SAFETY: by this function's contract.
    let values = unsafe { values.as_slice() };
    // SAFETY: as above.
    let made = |value| unsafe { make(py, value) };
    match values {
        // By far the most frequent: no list of them is needed.
        [] => Ok(PyTuple::empty(py)),
        [one] => PyTuple::new(py, [made(one)?]),
        [one, two] => PyTuple::new(py, [made(one)?, made(two)?]),
        more => PyTuple::new(py, more.iter().map(made).collect::<PyResult<Vec<_>>>()?),
    }
}

/// The keyword arguments of a call.
///
/// # Safety
/// As [`make`].
pub(crate) unsafe fn keywords<'py>(
    py: Python<'py>,
    keywords: Slice<Keyword>,
) -> PyResult<Option<Bound<'py, PyDict>>> {
    if keywords.is_empty() {
        return Ok(None);
    }
    let dict = PyDict::new(py);
    // SAFETY: by this function's contract.
    for keyword in unsafe { keywords.as_slice() } {
        // SAFETY: as above.
        let (name, value) = unsafe { (name(py, keyword.name)?, make(py, &keyword.value)?) };
        dict.set_item(name, value)?;
    }
    Ok(Some(dict))
}
