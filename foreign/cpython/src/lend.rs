//! NumPy arrays over memory of the host's.
//!
//! The array is made through the table of functions that NumPy offers to C extensions, so that it is
//! a real `numpy.ndarray` and costs some 100 ns. NumPy's own headers are not needed: the few entries
//! used have been in the same place since NumPy 1.0, and in the same form in 2.x.
//!
//! The base object is a capsule that owns one count of the host's buffer. A capsule gives nobody
//! writable memory, so NumPy refuses to make the array writable.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr;

use foreign_abi::{ElementType, Found, Lend, Outcome};
use pyo3::exceptions::PyImportError;
use pyo3::ffi::{self, PyObject};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyCapsule;

use crate::calls::hand_out;
use crate::gate::enter;
use crate::trouble::Trouble;

/// The name of the capsule that owns a lent buffer.
const OWNER: &CStr = c"numpypy.buffer";

/// The functions of NumPy's that are used, with their places in its table.
struct NumPy {
    /// 2
    array_type: *mut ffi::PyTypeObject,
    /// 45
    descriptor: unsafe extern "C" fn(c_int) -> *mut PyObject,
    /// 92
    update_flags: unsafe extern "C" fn(*mut PyObject, c_int),
    /// 94
    new_array: NewFromDescr,
    /// 282
    set_base: unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> c_int,
}

/// Type, descriptor (which it takes over), axes, shape, strides, data, flags, and an unused object.
type NewFromDescr = unsafe extern "C" fn(
    *mut ffi::PyTypeObject,
    *mut PyObject,
    c_int,
    *const isize,
    *const isize,
    *mut c_void,
    c_int,
    *mut PyObject,
) -> *mut PyObject;

// SAFETY: addresses of NumPy's own code and static data, used only while attached.
unsafe impl Send for NumPy {}
// SAFETY: as above.
unsafe impl Sync for NumPy {}

/// C contiguous, F contiguous, aligned: what NumPy is to work out from shape, strides and address.
const LAYOUT_FLAGS: c_int = 0x0001 | 0x0002 | 0x0100;

static NUMPY: PyOnceLock<NumPy> = PyOnceLock::new();

impl NumPy {
    fn get(py: Python<'_>) -> Result<&NumPy, Trouble> {
        NUMPY.get_or_try_init(py, || Self::find(py).map_err(Trouble::NoNumpy))
    }

    fn find(py: Python<'_>) -> PyResult<NumPy> {
        let numpy = py.import("numpy")?;
        // NumPy 2 renamed it; the old name still works there, but warns.
        let module = match py.import("numpy._core._multiarray_umath") {
            Ok(module) => module,
            Err(_) => py.import("numpy.core._multiarray_umath")?,
        };
        drop(numpy);
        let capsule = module.getattr("_ARRAY_API")?;
        let capsule = capsule.cast::<PyCapsule>().map_err(PyErr::from)?;
        let table = capsule.pointer_checked(None)?.cast::<*mut c_void>().as_ptr();
        // SAFETY: the module keeps NumPy's table here, or something else has been put in its place:
        // any table that has a third entry can be told from it by that.
        if unsafe { table.add(2).read() } != module.getattr("ndarray")?.as_ptr().cast() {
            return Err(PyImportError::new_err("numpy's _ARRAY_API is not the table that it should be"));
        }
        // SAFETY: it is NumPy's table, whose entries are of these types at these places in every
        // release from 1.26 to 2.5; the module is never unloaded.
        Ok(unsafe {
            NumPy {
                array_type: table.add(2).read().cast(),
                descriptor: table.add(45).cast::<unsafe extern "C" fn(c_int) -> *mut PyObject>().read(),
                update_flags: table.add(92).cast::<unsafe extern "C" fn(*mut PyObject, c_int)>().read(),
                new_array: table.add(94).cast::<NewFromDescr>().read(),
                set_base: table
                    .add(282)
                    .cast::<unsafe extern "C" fn(*mut PyObject, *mut PyObject) -> c_int>()
                    .read(),
            }
        })
    }

    /// A read-only array over the memory, based on `owner`.
    ///
    /// # Safety
    /// All that `lend` points to must be alive, its memory for as long as `owner` is.
    unsafe fn array<'py>(&self, lend: &Lend, owner: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = owner.py();
        // SAFETY: attached, as `owner` shows. The type number is one of NumPy's; shape and strides
        // have the same length and are alive by the contract. `new_array` copies them, takes the
        // descriptor over even if it fails, refuses lengths that are negative as `isize` or too many,
        // and without flags gives an array that neither owns its memory nor may write to it. What it
        // gives is checked before it is used; `set_base` takes its argument over even if it fails.
        unsafe {
            let (shape, strides) = (lend.shape.as_slice(), lend.strides.as_slice());
            let descriptor = (self.descriptor)(type_number(lend.element));
            if descriptor.is_null() {
                return Err(PyErr::fetch(py));
            }
            let array = (self.new_array)(
                self.array_type,
                descriptor,
                shape.len() as c_int,
                shape.as_ptr().cast(),
                strides.as_ptr(),
                lend.address.cast_mut(),
                0,
                ptr::null_mut(),
            );
            let array = Bound::from_owned_ptr_or_err(py, array)?;
            if (self.set_base)(array.as_ptr(), owner.into_ptr()) < 0 {
                return Err(PyErr::fetch(py));
            }
            (self.update_flags)(array.as_ptr(), LAYOUT_FLAGS);
            Ok(array)
        }
    }
}

/// NumPy's number for an element type, where `long` has 64 bits.
fn type_number(element: ElementType) -> c_int {
    const LONG_IS_64: bool = size_of::<std::ffi::c_long>() == 8;
    match element {
        ElementType::Bool => 0,
        ElementType::Int8 => 1,
        ElementType::UInt8 => 2,
        ElementType::Int16 => 3,
        ElementType::UInt16 => 4,
        ElementType::Int32 => 5,
        ElementType::UInt32 => 6,
        ElementType::Int64 if LONG_IS_64 => 7,
        ElementType::UInt64 if LONG_IS_64 => 8,
        ElementType::Int64 => 9,
        ElementType::UInt64 => 10,
        ElementType::Float32 => 11,
        ElementType::Float64 => 12,
        ElementType::Complex64 => 14,
        ElementType::Complex128 => 15,
        ElementType::Float16 => 23,
    }
}

/// [`foreign_abi::Table::lend`].
pub(crate) unsafe extern "C" fn lend(lend: *const Lend, out: *mut Found) -> Outcome {
    enter(|py| {
        // SAFETY: the table's rules: what is passed in is alive, the memory for as long as its owner,
        // `out` can be written. The capsule is a live one, so setting its parts cannot fail.
        unsafe {
            let lend = &*lend;
            let numpy = NumPy::get(py)?;
            // Owns nothing until the array exists: if anything fails, the host still owns the count.
            let owner = ffi::PyCapsule_New(lend.owner.cast_mut(), OWNER.as_ptr(), None);
            let owner = Bound::from_owned_ptr_or_err(py, owner)?;
            let array = numpy.array(lend, owner.clone())?;
            ffi::PyCapsule_SetContext(owner.as_ptr(), lend.release as *mut c_void);
            ffi::PyCapsule_SetDestructor(owner.as_ptr(), Some(give_back));
            hand_out(out, array);
        }
        Ok(())
    })
}

/// Gives a lent buffer back when nothing in Python refers to it any longer.
unsafe extern "C" fn give_back(capsule: *mut PyObject) {
    const NAME: *const c_char = OWNER.as_ptr();
    // SAFETY: called by Python, attached, once, with a capsule whose pointer and context were set by
    // `lend` before this destructor was: the host's owner, and its function to release it by, which
    // does not unwind. The host may run any code in it, so it runs detached; an exception that is
    // being raised right now is put aside.
    unsafe {
        let owner = ffi::PyCapsule_GetPointer(capsule, NAME);
        let context = ffi::PyCapsule_GetContext(capsule);
        let release: unsafe extern "C" fn(*const c_void) = std::mem::transmute(context);
        let (mut kind, mut value, mut traceback) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        ffi::PyErr_Fetch(&mut kind, &mut value, &mut traceback);
        let owner = Owner(owner);
        // By PyO3's function, as it counts who is attached, and `release` may attach again.
        Python::assume_attached().detach(move || release(owner.into_inner()));
        ffi::PyErr_Restore(kind, value, traceback);
    }
}

/// What the host keeps its memory by. It may be given back on any thread.
struct Owner(*mut c_void);

// SAFETY: the host promises it: see `Lend::release`.
unsafe impl Send for Owner {}

impl Owner {
    fn into_inner(self) -> *const c_void {
        self.0
    }
}
