//! An object of Python's, held from Rust.

use std::fmt;
use std::sync::Arc;

use foreign_abi as abi;
use foreign_abi::{Form, Found, Handle, Kind};

use crate::backend::Backend;
use crate::call::Arguments;
use crate::{Args, Call, FromPy, Kwargs, Result, ToPy, Value, global};

/// An object of Python's. Cheap to clone; may be used and dropped on any thread.
///
/// `{}` writes it as Python's `str` does, `{:?}` as `repr`. Two are equal if they are the same
/// object (`is` in Python).
///
/// ```
/// use foreign::{builtin, import};
///
/// let fraction = import("fractions")?.getattr("Fraction")?;
/// let third = fraction.call((1, 3))?;
/// assert_eq!(third.to_string(), "1/3");
/// assert_eq!(format!("{third:?}"), "Fraction(1, 3)");
/// assert_eq!(third.getattr("denominator")?.extract::<u8>()?, 3);
/// # Ok::<(), foreign::Error>(())
/// ```
#[derive(Clone)]
pub struct Object(Arc<Owned>);

/// A handle with its owner's duty: it is released once, at the end.
struct Owned {
    backend: &'static dyn Backend,
    handle: Handle,
    /// Its value, if that is a plain scalar, which cannot change.
    scalar: Option<Value>,
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.backend.release(self.handle);
    }
}

impl Object {
    /// Takes an object over that was handed out.
    pub(crate) fn own(backend: &'static dyn Backend, found: Found) -> Self {
        let scalar = match found.value {
            abi::Value::None => Some(Value::None),
            abi::Value::Bool(value) => Some(Value::Bool(value)),
            abi::Value::Int(value) => Some(Value::Int(value.into())),
            abi::Value::Float(value) => Some(Value::Float(value)),
            _ => None,
        };
        Object(Arc::new(Owned { backend, handle: found.handle, scalar }))
    }

    /// Takes a handle over, of whose value nothing is known.
    pub(crate) fn keep(backend: &'static dyn Backend, handle: Handle) -> Self {
        Object(Arc::new(Owned { backend, handle, scalar: None }))
    }

    pub(crate) fn new(value: &Value) -> Result<Self> {
        match value {
            Value::Object(object) => Ok(object.clone()),
            value => {
                let backend = global::backend()?;
                Ok(Self::own(backend, backend.make(value)?))
            }
        }
    }

    pub(crate) fn handle(&self) -> Handle {
        self.0.handle
    }

    fn backend(&self) -> &'static dyn Backend {
        self.0.backend
    }

    fn sibling(&self, found: Found) -> Self {
        Self::own(self.backend(), found)
    }

    pub(crate) fn value(&self, kind: Kind) -> Result<Value> {
        match (kind, &self.0.scalar) {
            (Kind::Any, Some(scalar))
            | (Kind::Int, Some(scalar @ Value::Int(_)))
            | (Kind::Float, Some(scalar @ Value::Float(_)))
            | (Kind::Bool, Some(scalar @ Value::Bool(_))) => Ok(scalar.clone()),
            _ => self.backend().extract(self.handle(), kind),
        }
    }

    pub(crate) fn call_arguments(&self, method: &str, arguments: &Arguments) -> Result<Self> {
        Ok(self.sibling(self.backend().call(self.handle(), method, arguments)?))
    }

    /// An attribute: `object.name`.
    ///
    /// ```
    /// # use foreign::import;
    /// let pi = import("math")?.getattr("pi")?;
    /// assert_eq!(pi.extract::<f64>()?, std::f64::consts::PI);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn getattr(&self, name: &str) -> Result<Object> {
        Ok(self.sibling(self.backend().get_attr(self.handle(), name)?))
    }

    /// Sets an attribute: `object.name = value`.
    ///
    /// ```
    /// # use foreign::import;
    /// let thing = import("types")?.getattr("SimpleNamespace")?.call(())?;
    /// thing.setattr("a", 1)?;
    /// assert_eq!(thing.getattr("a")?.extract::<i32>()?, 1);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the value cannot be converted, or the object refuses it.
    pub fn setattr(&self, name: &str, value: impl ToPy) -> Result<()> {
        self.backend().set_attr(self.handle(), name, &value.to_value()?)
    }

    /// Whether it has an attribute of this name.
    ///
    /// ```
    /// # use foreign::import;
    /// assert!(import("sys")?.hasattr("path")?);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When looking for it raises anything but an `AttributeError`.
    pub fn hasattr(&self, name: &str) -> Result<bool> {
        // Not by an attempt: an exception carries its traceback, which takes a while to write out.
        global::builtin("hasattr")?.call((self, name))?.extract()
    }

    /// The item under a key or index: `object[key]`. A tuple is a key too.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// let list = vec!["a", "b"].to_py()?;
    /// assert_eq!(list.get_item(-1)?.to_string(), "b");
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no such item.
    pub fn get_item(&self, key: impl ToPy) -> Result<Object> {
        Ok(self.sibling(self.backend().get_item(self.handle(), &key.to_value()?)?))
    }

    /// Sets the item under a key or index: `object[key] = value`.
    ///
    /// ```
    /// # use foreign::builtin;
    /// let dict = builtin("dict")?.call(())?;
    /// dict.set_item((1, 2), "pair")?;
    /// assert_eq!(dict.to_string(), "{(1, 2): 'pair'}");
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When either cannot be converted, or the object refuses them.
    pub fn set_item(&self, key: impl ToPy, value: impl ToPy) -> Result<()> {
        self.backend().set_item(self.handle(), &key.to_value()?, &value.to_value()?)
    }

    /// Calls it with the arguments in a tuple: `object(…)`.
    ///
    /// ```
    /// # use foreign::builtin;
    /// assert_eq!(builtin("max")?.call((3, 5))?.extract::<i32>()?, 5);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an argument cannot be converted, it cannot be called, or it raises.
    pub fn call(&self, args: impl Args) -> Result<Object> {
        args.add_to(Call::new()).of(self)
    }

    /// Calls it with keyword arguments as well.
    ///
    /// ```
    /// let sorted = foreign::builtin("sorted")?;
    /// let sorted = sorted.call_with((vec![1, 3, 2],), [("reverse", true)])?;
    /// assert_eq!(sorted.extract::<Vec<i32>>()?, [3, 2, 1]);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`call`](Self::call).
    pub fn call_with(&self, args: impl Args, kwargs: impl Kwargs) -> Result<Object> {
        kwargs.add_to(args.add_to(Call::new())).of(self)
    }

    /// Calls a method with the arguments in a tuple: `object.name(…)`.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// assert_eq!("a-b".to_py()?.call_method("upper", ())?.to_string(), "A-B");
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an argument cannot be converted, there is no such method, or it raises.
    pub fn call_method(&self, name: &str, args: impl Args) -> Result<Object> {
        args.add_to(Call::new()).method(self, name)
    }

    /// Calls a method with keyword arguments as well.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// let parts = "a-b-c".to_py()?.call_method_with("split", ("-",), [("maxsplit", 1)])?;
    /// assert_eq!(parts.to_string(), "['a', 'b-c']");
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`call_method`](Self::call_method).
    pub fn call_method_with(&self, name: &str, args: impl Args, kwargs: impl Kwargs) -> Result<Object> {
        kwargs.add_to(args.add_to(Call::new())).method(self, name)
    }

    /// Converts it to a Rust value.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// let list = vec![1, 2].to_py()?;
    /// assert_eq!(list.extract::<Vec<f64>>()?, [1.0, 2.0]);
    /// assert!(list.extract::<String>().unwrap_err().is_conversion());
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is of another type, or out of the type's range.
    pub fn extract<T: FromPy>(&self) -> Result<T> {
        T::from_py(self)
    }

    /// Goes through its items: `for item in object`.
    ///
    /// ```
    /// # use foreign::builtin;
    /// for (i, item) in builtin("range")?.call((3,))?.iter()?.enumerate() {
    ///     assert_eq!(item?.extract::<usize>()?, i);
    /// }
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it cannot be iterated over. Each item may be an error too, after which there are none.
    pub fn iter(&self) -> Result<Iter> {
        Ok(Iter { iterator: Some(self.sibling(self.backend().iterate(self.handle())?)) })
    }

    /// How many items it has: `len(object)`.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// assert_eq!("four".to_py()?.len()?, 4);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it has no length.
    pub fn len(&self) -> Result<usize> {
        self.backend().length(self.handle())
    }

    /// Whether it has no items: `len(object) == 0`.
    ///
    /// # Errors
    /// When it has no length.
    pub fn is_empty(&self) -> Result<bool> {
        Ok(self.len()? == 0)
    }

    /// Whether it counts as true: `bool(object)`.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// assert!(!Vec::<i32>::new().to_py()?.is_truthy()?);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it has no truth value, as an array of several elements.
    pub fn is_truthy(&self) -> Result<bool> {
        self.backend().truth(self.handle())
    }

    /// Whether it can be called: `callable(object)`.
    pub fn is_callable(&self) -> bool {
        self.backend().is_callable(self.handle()).unwrap_or(false)
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self.0.scalar, Some(Value::None)) || global::none().is_ok_and(|none| none == *self)
    }

    /// As Python's `str` writes it; also by `{}`.
    ///
    /// # Errors
    /// When its `__str__` raises.
    pub fn str(&self) -> Result<String> {
        self.backend().write(self.handle(), Form::Display)
    }

    /// As Python's `repr` writes it; also by `{:?}`.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// assert_eq!("it's".to_py()?.repr()?, "\"it's\"");
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When its `__repr__` raises.
    pub fn repr(&self) -> Result<String> {
        self.backend().write(self.handle(), Form::Debug)
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.handle() == other.handle()
    }
}

impl Eq for Object {}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.str() {
            Ok(text) => f.pad(&text),
            Err(error) => write!(f, "<str() raised: {}>", error.message()),
        }
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr() {
            Ok(text) => f.write_str(&text),
            Err(error) => write!(f, "<repr() raised: {}>", error.message()),
        }
    }
}

/// The items of an [`Object`], from [`Object::iter`].
#[derive(Debug)]
pub struct Iter {
    iterator: Option<Object>,
}

impl Iterator for Iter {
    type Item = Result<Object>;

    fn next(&mut self) -> Option<Self::Item> {
        let iterator = self.iterator.as_ref()?;
        match iterator.backend().next(iterator.handle()) {
            Ok(Some(item)) => Some(Ok(iterator.sibling(item))),
            Ok(None) => {
                self.iterator = None;
                None
            }
            Err(error) => {
                self.iterator = None;
                Some(Err(error))
            }
        }
    }
}

impl std::iter::FusedIterator for Iter {}
