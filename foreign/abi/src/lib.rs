//! The C ABI between numpypy's `foreign` module and its plug-ins.
//!
//! A plug-in is a shared library that exports one function, [`SYMBOL`], which returns a [`Table`]
//! of functions. Host and plug-in may be built by different compilers at different times, so all
//! that crosses the border is `#[repr(C)]`: opaque owned [`Handle`]s, borrowed [`Slice`]s, tagged
//! [`Value`]s and a [`Failure`].
//!
//! # Rules
//! - What the host passes in is borrowed for the duration of the call.
//! - A [`Handle`] that comes out belongs to the host until it gives it to [`Table::release`].
//! - A [`Value`] that comes out owns its text and its items until it is given to
//!   [`Table::release_value`]; the handles inside pass to the host.
//! - A function returns null, or a [`Failure`] which goes back through [`Table::release_failure`].
//! - No function unwinds, and each may be called from any thread.
//!
//! # Growing
//! New functions, such as for adopting arrays or for calls back into the host, are appended to
//! [`Table`], whose `size` tells how many there are: a newer plug-in serves an older host. Anything
//! else that changes, a new kind of [`Value`] included, raises [`VERSION`].

mod slice;
mod value;

use std::ffi::{CStr, c_void};

pub use slice::Slice;
pub use value::{Kind, Pair, Value};

/// The exported function of a plug-in, of type [`Entry`].
pub const SYMBOL: &CStr = c"numpypy_plugin";

/// What [`Table::magic`] must be.
pub const MAGIC: u64 = u64::from_le_bytes(*b"numpypy\0");

/// What [`Table::version`] must be.
pub const VERSION: u32 = 1;

/// The type of the function called [`SYMBOL`]. It may be called before the runtime has started.
pub type Entry = unsafe extern "C" fn() -> *const Table;

/// An object of the foreign runtime, owned. Null only for none.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handle(pub *mut c_void);

// SAFETY: a handle is a name; only the plug-in follows it, under its own lock.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

impl Handle {
    /// No object.
    pub const NULL: Handle = Handle(std::ptr::null_mut());

    /// Whether there is no object.
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }
}

/// An object that is handed out, and its value if that is a plain scalar: most results are, and to
/// tell at once saves the host a second call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The object.
    pub handle: Handle,
    /// [`Value::None`], [`Value::Bool`], [`Value::Int`] or [`Value::Float`] if it is exactly that,
    /// else [`Value::Object`] with the same handle.
    pub value: Value,
}

impl Found {
    /// Nothing yet.
    pub const NOTHING: Found = Found { handle: Handle::NULL, value: Value::Object(Handle::NULL) };
}

/// Null for success, else a failure that the host must release.
pub type Outcome = *mut Failure;

/// Why a call did not succeed.
#[repr(C)]
#[derive(Debug)]
pub struct Failure {
    /// What sort of failure.
    pub reason: Reason,
    /// The exception itself, passed to the host, or null.
    pub exception: Handle,
    /// The exception's type, such as `ValueError`, or empty.
    pub type_name: Slice<u8>,
    /// What it says.
    pub message: Slice<u8>,
    /// The formatted traceback, or empty.
    pub traceback: Slice<u8>,
}

/// The sorts of [`Failure`].
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The runtime raised an exception.
    Raised = 1,
    /// An object is not of the kind that was asked for.
    Conversion = 2,
    /// The plug-in itself is at fault.
    Panicked = 3,
    /// An array cannot be lent because NumPy cannot be imported.
    NoNumpy = 4,
}

/// A keyword argument.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// The parameter's name, in UTF-8.
    pub name: Slice<u8>,
    /// What it is to be.
    pub value: Value,
}

/// The element types of a lent array.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are NumPy's, and say it all")]
pub enum ElementType {
    Bool = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float16 = 9,
    Float32 = 10,
    Float64 = 11,
    Complex64 = 12,
    Complex128 = 13,
}

/// Memory of the host's that the runtime is to read as an array, without a copy.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Lend {
    /// Where the element at index 0, 0, … is.
    pub address: *const c_void,
    /// What the elements are.
    pub element: ElementType,
    /// How many there are along each axis.
    pub shape: Slice<usize>,
    /// How many *bytes* apart they are along each axis; any sign.
    pub strides: Slice<isize>,
    /// Keeps the memory where it is. Owned by the plug-in once the call has succeeded.
    pub owner: *const c_void,
    /// Gives [`owner`](Self::owner) back, from any thread, with no lock of the runtime held.
    pub release: unsafe extern "C" fn(*const c_void),
}

/// How an object is to be written out.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people: `str()`.
    Display = 0,
    /// For programmers: `repr()`.
    Debug = 1,
}

/// How a plug-in was built: bits of [`Table::build`].
pub mod build {
    /// It uses the stable ABI only, so one build serves every version of CPython from 3.9 on.
    pub const STABLE: u32 = 1;
    /// It was built for PyPy.
    pub const PYPY: u32 = 2;
    /// It was built for a CPython without the global interpreter lock.
    pub const FREE_THREADED: u32 = 4;
}

/// What a plug-in can do. Every function may fail with a [`Failure`], and then leaves `out` alone.
#[repr(C)]
pub struct Table {
    /// [`MAGIC`].
    pub magic: u64,
    /// [`VERSION`].
    pub version: u32,
    /// The size of this table, in bytes: more than the host knows when the plug-in is newer.
    pub size: u32,
    /// Bits of [`build`].
    pub build: u32,
    /// Nothing.
    pub reserved: u32,
    /// The module of this dotted name: the last part of it.
    pub import: unsafe extern "C" fn(name: Slice<u8>, out: *mut Found) -> Outcome,
    /// An attribute.
    pub get_attr: unsafe extern "C" fn(Handle, name: Slice<u8>, out: *mut Found) -> Outcome,
    /// Sets an attribute.
    pub set_attr: unsafe extern "C" fn(Handle, name: Slice<u8>, value: *const Value) -> Outcome,
    /// The item under a key.
    pub get_item: unsafe extern "C" fn(Handle, key: *const Value, out: *mut Found) -> Outcome,
    /// Sets the item under a key.
    pub set_item: unsafe extern "C" fn(Handle, key: *const Value, value: *const Value) -> Outcome,
    /// Calls the object, or, unless `method` is empty, that method of it.
    pub call: unsafe extern "C" fn(
        Handle,
        method: Slice<u8>,
        arguments: Slice<Value>,
        keywords: Slice<Keyword>,
        out: *mut Found,
    ) -> Outcome,
    /// An iterator over the object.
    pub iterate: unsafe extern "C" fn(Handle, out: *mut Found) -> Outcome,
    /// The next item of an iterator, or [`Found::NOTHING`] when there is none.
    pub next: unsafe extern "C" fn(Handle, out: *mut Found) -> Outcome,
    /// How many items there are.
    pub length: unsafe extern "C" fn(Handle, out: *mut usize) -> Outcome,
    /// Whether it counts as true.
    pub truth: unsafe extern "C" fn(Handle, out: *mut bool) -> Outcome,
    /// Whether it can be called.
    pub is_callable: unsafe extern "C" fn(Handle, out: *mut bool) -> Outcome,
    /// Writes it out as [`Value::Text`].
    pub write: unsafe extern "C" fn(Handle, Form, out: *mut Value) -> Outcome,
    /// An object made from a value.
    pub make: unsafe extern "C" fn(value: *const Value, out: *mut Found) -> Outcome,
    /// A value made from an object.
    pub extract: unsafe extern "C" fn(Handle, Kind, out: *mut Value) -> Outcome,
    /// A read-only array over the host's memory.
    pub lend: unsafe extern "C" fn(*const Lend, out: *mut Found) -> Outcome,
    /// Lets go of an object. Never waits for another thread's call to end.
    pub release: unsafe extern "C" fn(Handle),
    /// Frees a value's text and items, but not the objects in it.
    pub release_value: unsafe extern "C" fn(*mut Value),
    /// Frees a failure, but not its exception.
    pub release_failure: unsafe extern "C" fn(*mut Failure),
    /// Runs the runtime's exit handlers and flushes its streams. To be called once, at the very end.
    pub finish: unsafe extern "C" fn() -> Outcome,
}
