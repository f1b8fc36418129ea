//! What a foreign runtime must be able to do.
//!
//! Everything that users see is written against this trait, so that another runtime, or the same
//! one in a process of its own, can take the place of the embedded interpreter without any of their
//! code changing. It is object-safe, and objects are opaque [`Handle`]s.

use foreign_abi::{Form, Found, Handle, Kind, Lend};

use crate::call::Arguments;
use crate::{Result, Value};

/// A runtime, which lives as long as the process. All methods may be called from any thread.
///
/// An object that is returned belongs to the caller, until its handle is given to [`release`](Self::release);
/// one that is passed in must be alive.
pub(crate) trait Backend: Send + Sync {
    /// The module of this dotted name: the last part of it.
    fn import(&'static self, name: &str) -> Result<Found>;
    /// An attribute.
    fn get_attr(&'static self, of: Handle, name: &str) -> Result<Found>;
    /// Sets an attribute.
    fn set_attr(&'static self, of: Handle, name: &str, value: &Value) -> Result<()>;
    /// The item under a key.
    fn get_item(&'static self, of: Handle, key: &Value) -> Result<Found>;
    /// Sets the item under a key.
    fn set_item(&'static self, of: Handle, key: &Value, value: &Value) -> Result<()>;
    /// Calls the object, or, if one is named, a method of it.
    fn call(&'static self, callee: Handle, method: &str, arguments: &Arguments) -> Result<Found>;
    /// An iterator.
    fn iterate(&'static self, of: Handle) -> Result<Found>;
    /// The next item of an iterator.
    fn next(&'static self, iterator: Handle) -> Result<Option<Found>>;
    /// How many items it has.
    fn length(&'static self, of: Handle) -> Result<usize>;
    /// Whether it counts as true.
    fn truth(&'static self, of: Handle) -> Result<bool>;
    /// Whether it can be called.
    fn is_callable(&'static self, of: Handle) -> Result<bool>;
    /// Writes it out.
    fn write(&'static self, of: Handle, form: Form) -> Result<String>;
    /// An object with this value.
    fn make(&'static self, value: &Value) -> Result<Found>;
    /// The object's value.
    fn extract(&'static self, of: Handle, kind: Kind) -> Result<Value>;
    /// A read-only array over our memory. Takes the count over on success only.
    ///
    /// # Safety
    /// All that `lend` points to must be alive, the memory for as long as its owner.
    unsafe fn lend(&'static self, lend: &Lend) -> Result<Found>;
    /// Lets go of an object, without waiting for anyone.
    fn release(&'static self, handle: Handle);
    /// Runs the runtime's exit handlers and flushes its streams.
    fn finish(&'static self) -> Result<()>;
}
