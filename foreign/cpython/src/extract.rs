//! Python objects, made into values for the host.

use foreign_abi::{Handle, Kind, Pair, Slice, Value};
use pyo3::exceptions::{PyOverflowError, PyRecursionError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyComplex, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple,
};

use crate::make::DEEPEST;
use crate::trouble::Trouble;

/// The value that an object holds, of the kind asked for.
pub(crate) fn extract(object: &Bound<'_, PyAny>, kind: Kind) -> Result<Value, Trouble> {
    match kind {
        Kind::Any => Ok(any(object, 0)?),
        Kind::Bool => bool(object)?.ok_or_else(|| unfit(object, "a bool")),
        Kind::Int => int(object)?.ok_or_else(|| unfit(object, "an int")),
        Kind::Float => float(object)?.ok_or_else(|| unfit(object, "a float")),
        Kind::Complex => complex(object)?.ok_or_else(|| unfit(object, "a complex number")),
        Kind::Text => match object.cast::<PyString>() {
            Ok(string) => Ok(text(string.to_cow()?.into_owned())),
            Err(_) => Err(unfit(object, "a str")),
        },
        Kind::Bytes => bytes(object).ok_or_else(|| unfit(object, "bytes")),
        Kind::List => list(object),
    }
}

/// The value of an object that is exactly a `None`, `bool`, `float`, or `int` of up to 64 bits: what
/// can be told within a few nanoseconds.
pub(crate) fn plain_scalar(object: &Bound<'_, PyAny>) -> Option<Value> {
    if let Ok(number) = object.cast_exact::<PyFloat>() {
        return Some(Value::Float(number.value()));
    }
    if let Ok(integer) = object.cast_exact::<PyInt>() {
        return small_integer(integer);
    }
    if let Ok(flag) = object.cast_exact::<PyBool>() {
        return Some(Value::Bool(flag.is_true()));
    }
    object.is_none().then_some(Value::None)
}

/// Text as a value that owns it.
pub(crate) fn text(text: String) -> Value {
    Value::Text(Slice::from_boxed(text.into_bytes().into_boxed_slice()))
}

fn unfit(object: &Bound<'_, PyAny>, wanted: &str) -> Trouble {
    const LONGEST: usize = 60;
    let kind = object.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
    let mut written =
        object.repr().map_or_else(|_| "…".to_owned(), |repr| repr.to_string_lossy().into_owned());
    if written.chars().count() > LONGEST {
        written = written.chars().take(LONGEST).chain(['…']).collect();
    }
    Trouble::Conversion(format!("expected {wanted}, found {kind}: {written}"))
}

/// Whatever fits best. Subclasses count: an `IntEnum` is an int, a named tuple a tuple.
fn any(object: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    if depth > DEEPEST {
        return Err(PyRecursionError::new_err(format!(
            "an object nested more than {DEEPEST} deep, or within itself, has no value"
        )));
    }
    if object.is_none() {
        return Ok(Value::None);
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if let Ok(integer) = object.cast::<PyInt>() {
        // One of more than 128 bits stays what it is.
        return Ok(integer_value(integer)?.unwrap_or_else(|| keep(object)));
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Value::Float(number.value()));
    }
    if let Ok(string) = object.cast::<PyString>() {
        return Ok(text(string.to_cow()?.into_owned()));
    }
    if let Ok(number) = object.cast::<PyComplex>() {
        return Ok(Value::Complex([number.real(), number.imag()]));
    }
    if let Some(bytes) = bytes(object) {
        return Ok(bytes);
    }
    if let Ok(list) = object.cast::<PyList>() {
        return Ok(Value::List(collect(list.iter().map(Ok), list.len(), depth)?));
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return Ok(Value::Tuple(collect(tuple.iter().map(Ok), tuple.len(), depth)?));
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        return pairs(dict, depth);
    }
    if is_numpy_scalar(object)? {
        let plain = object.call_method0("item")?;
        // A `longdouble` and a `clongdouble` have no plain equal and give themselves.
        if is_numpy_scalar(&plain)? {
            let value = if is_complex(&plain) { complex(&plain)? } else { float(&plain)? };
            return Ok(value.unwrap_or_else(|| keep(&plain)));
        }
        return any(&plain, depth + 1);
    }
    Ok(keep(object))
}

fn keep(object: &Bound<'_, PyAny>) -> Value {
    Value::Object(Handle(object.clone().into_ptr().cast()))
}

fn bool(object: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Some(Value::Bool(flag.is_true())));
    }
    if is_numpy_scalar(object)?
        && let Ok(flag) = object.call_method0("item")?.cast::<PyBool>()
    {
        return Ok(Some(Value::Bool(flag.is_true())));
    }
    Ok(None)
}

fn int(object: &Bound<'_, PyAny>) -> Result<Option<Value>, Trouble> {
    let py = object.py();
    let plain = match object.cast::<PyInt>() {
        Ok(integer) => integer.clone(),
        Err(_) if object.hasattr("__index__")? => {
            // SAFETY: attached, and the object is alive; null means that an exception is set.
            let index = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Index(object.as_ptr())) };
            // An array that holds more than one element has the method but no index.
            let Ok(index) = index else { return Ok(None) };
            index.cast_into::<PyInt>().map_err(PyErr::from)?
        }
        Err(_) => return Ok(None),
    };
    match integer_value(&plain)? {
        Some(value) => Ok(Some(value)),
        None => Err(Trouble::Conversion(format!(
            "an int of {} bits does not fit into 128",
            plain.call_method0("bit_length")?
        ))),
    }
}

/// `None` when it takes more than 64 bits.
fn small_integer(integer: &Bound<'_, PyInt>) -> Option<Value> {
    let mut overflow = 0;
    // SAFETY: attached, and the object is an int; so it fails in no other way than by overflow.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(integer.as_ptr(), &mut overflow) };
    (overflow == 0).then_some(Value::Int(value))
}

/// `None` when it takes more than 128 bits.
fn integer_value(integer: &Bound<'_, PyInt>) -> PyResult<Option<Value>> {
    if let Some(value) = small_integer(integer) {
        return Ok(Some(value));
    }
    match integer.extract::<i128>() {
        Ok(wide) => Ok(Some(Value::Wide([wide as u64, (wide >> 64) as u64]))),
        Err(error) if error.is_instance_of::<PyOverflowError>(integer.py()) => Ok(None),
        Err(error) => Err(error),
    }
}

fn float(object: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Some(Value::Float(number.value())));
    }
    // NumPy would drop the imaginary part, with a mere warning.
    if is_complex(object) {
        return Ok(None);
    }
    // SAFETY: attached, and the object is alive. Accepts what has `__float__` or `__index__`.
    let value = unsafe { ffi::PyFloat_AsDouble(object.as_ptr()) };
    if value == -1.0
        && let Some(error) = PyErr::take(object.py())
    {
        // An int too large for a float says so itself.
        return if error.is_instance_of::<PyOverflowError>(object.py()) { Err(error) } else { Ok(None) };
    }
    Ok(Some(Value::Float(value)))
}

fn complex(object: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    if let Ok(number) = object.cast::<PyComplex>() {
        return Ok(Some(Value::Complex([number.real(), number.imag()])));
    }
    if object.hasattr("__complex__")? {
        let plain = object.call_method0("__complex__")?;
        if let Ok(number) = plain.cast::<PyComplex>() {
            return Ok(Some(Value::Complex([number.real(), number.imag()])));
        }
    }
    Ok(match float(object)? {
        Some(Value::Float(real)) => Some(Value::Complex([real, 0.0])),
        _ => None,
    })
}

/// Whether it is a complex number, or an array of them.
fn is_complex(object: &Bound<'_, PyAny>) -> bool {
    let kind = || object.getattr("dtype")?.getattr("kind");
    object.is_instance_of::<PyComplex>()
        || kind().is_ok_and(|kind| kind.cast::<PyString>().is_ok_and(|kind| kind == "c"))
}

fn bytes(object: &Bound<'_, PyAny>) -> Option<Value> {
    let bytes = if let Ok(bytes) = object.cast::<PyBytes>() {
        bytes.as_bytes().to_vec()
    } else {
        object.cast::<PyByteArray>().ok()?.to_vec()
    };
    Some(Value::Bytes(Slice::from_boxed(bytes.into_boxed_slice())))
}

fn list(object: &Bound<'_, PyAny>) -> Result<Value, Trouble> {
    let wanted = "something to iterate over";
    if object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() {
        return Err(unfit(object, "a list"));
    }
    let Ok(items) = object.try_iter() else {
        return Err(unfit(object, wanted));
    };
    // How many there will be is not asked: whatever answers may be far out.
    Ok(Value::List(collect(items, 0, 0)?))
}

fn collect<'py>(
    items: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
    at_least: usize,
    depth: usize,
) -> PyResult<Slice<Value>> {
    let mut values = Unfinished(Vec::with_capacity(at_least));
    for item in items {
        values.0.push(any(&item?, depth + 1)?);
    }
    Ok(Slice::from_boxed(values.take()))
}

fn pairs(dict: &Bound<'_, PyDict>, depth: usize) -> PyResult<Value> {
    // A list of its own: the dictionary may change while its items are looked at.
    let items = dict.items();
    // Keys and values in turn, so that one list owns all that has been made so far.
    let mut values = Unfinished(Vec::with_capacity(2 * items.len()));
    for item in items.iter() {
        values.0.push(any(&item.get_item(0)?, depth + 1)?);
        values.0.push(any(&item.get_item(1)?, depth + 1)?);
    }
    let values = values.take();
    let pairs = values.chunks_exact(2).map(|pair| Pair { key: pair[0], value: pair[1] }).collect();
    Ok(Value::Dict(Slice::from_boxed(pairs)))
}

/// Values that are freed, with the objects in them, unless taken: when a later one fails.
struct Unfinished(Vec<Value>);

impl Unfinished {
    fn take(mut self) -> Box<[Value]> {
        std::mem::take(&mut self.0).into_boxed_slice()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for value in self.0.drain(..) {
            // SAFETY: made here, never handed out, and we are attached, as all of this file is.
            unsafe { free(value, true) };
        }
    }
}

/// Whether it is one of NumPy's scalars. If NumPy was never imported, nothing is.
fn is_numpy_scalar(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let modules = py.import("sys")?.getattr("modules")?;
    let Ok(numpy) = modules.get_item("numpy") else {
        return Ok(false);
    };
    // While NumPy is being imported it is there, but has no such type yet.
    numpy.getattr("generic").map_or(Ok(false), |generic| object.is_instance(&generic))
}

/// [`foreign_abi::Table::release_value`].
pub(crate) unsafe extern "C" fn release_value(value: *mut Value) {
    // SAFETY: by the rules of the table the value came from here, and is released once.
    unsafe { free(value.replace(Value::None), false) };
}

/// Frees what a value owns.
///
/// # Safety
/// The value must have been made by this file, and not freed before. With `objects` true the thread
/// must be attached, and the objects not have been handed out.
unsafe fn free(value: Value, objects: bool) {
    // SAFETY: by this function's contract, for each item as for the whole.
    unsafe {
        match value {
            Value::Text(slice) | Value::Bytes(slice) => drop(slice.into_boxed()),
            Value::List(slice) | Value::Tuple(slice) => {
                slice.into_boxed().into_iter().for_each(|item| free(item, objects));
            }
            Value::Dict(slice) => slice.into_boxed().into_iter().for_each(|pair| {
                free(pair.key, objects);
                free(pair.value, objects);
            }),
            Value::Object(handle) if objects => ffi::Py_DecRef(handle.0.cast()),
            _ => {}
        }
    }
}
