//! Arguments, and calls that are put together piece by piece.

use std::borrow::Cow;

use crate::{Object, Result, ToPy, Value};

/// The arguments of one call.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) positional: Vec<Value>,
    pub(crate) keyword: Vec<(Cow<'static, str>, Value)>,
}

/// A call that is being put together, for arguments whose number is not known beforehand.
///
/// Where it is known, [`py!`](crate::py) and [`Object::call`] read better.
///
/// ```
/// use foreign::{Call, builtin};
///
/// let mut call = Call::new();
/// for point in [3, 1, 2] {
///     call = call.arg(&point);
/// }
/// let negative = builtin("int")?.getattr("__neg__")?;
/// let smallest = call.kwarg("key", &negative).of(&builtin("max")?)?;
/// assert_eq!(smallest.extract::<i32>()?, 1);
/// # Ok::<(), foreign::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a call happens when `of` or `method` is called"]
pub struct Call(Result<Arguments>);

impl Call {
    /// A call without arguments.
    pub fn new() -> Self {
        Call(Ok(Arguments::default()))
    }

    /// Adds a positional argument. If it cannot be converted, the call will fail.
    pub fn arg<T: ToPy + ?Sized>(mut self, value: &T) -> Self {
        if let Ok(arguments) = &mut self.0 {
            match value.to_value() {
                Ok(value) => arguments.positional.push(value),
                Err(error) => self.0 = Err(error),
            }
        }
        self
    }

    /// Adds a keyword argument. If it cannot be converted, the call will fail.
    pub fn kwarg<T: ToPy + ?Sized>(mut self, name: impl Into<Cow<'static, str>>, value: &T) -> Self {
        let name = match name.into() {
            // Rust's way to write a name that is a keyword.
            Cow::Borrowed(name) => Cow::Borrowed(name.strip_prefix("r#").unwrap_or(name)),
            name => name,
        };
        if let Ok(arguments) = &mut self.0 {
            match value.to_value() {
                Ok(value) => arguments.keyword.push((name, value)),
                Err(error) => self.0 = Err(error),
            }
        }
        self
    }

    /// Calls the object.
    ///
    /// # Errors
    /// When an argument could not be converted, the object cannot be called, or it raises.
    pub fn of(self, callee: &Object) -> Result<Object> {
        callee.call_arguments("", &self.0?)
    }

    /// Calls a method of the object.
    ///
    /// # Errors
    /// When an argument could not be converted, there is no such method, or it raises.
    pub fn method(self, object: &Object, name: &str) -> Result<Object> {
        object.call_arguments(name, &self.0?)
    }
}

impl Default for Call {
    fn default() -> Self {
        Self::new()
    }
}

/// Positional arguments: a tuple of up to twelve, or an array, slice or vector.
pub trait Args {
    /// Adds them to a call.
    fn add_to(&self, call: Call) -> Call;
}

/// Keyword arguments: an array, slice or vector of names and values.
pub trait Kwargs {
    /// Adds them to a call.
    fn add_to(&self, call: Call) -> Call;
}

impl<T: ToPy> Args for [T] {
    fn add_to(&self, call: Call) -> Call {
        self.iter().fold(call, Call::arg)
    }
}

impl<T: ToPy, const N: usize> Args for [T; N] {
    fn add_to(&self, call: Call) -> Call {
        Args::add_to(self.as_slice(), call)
    }
}

impl<T: ToPy> Args for Vec<T> {
    fn add_to(&self, call: Call) -> Call {
        Args::add_to(self.as_slice(), call)
    }
}

impl<A: Args + ?Sized> Args for &A {
    fn add_to(&self, call: Call) -> Call {
        (**self).add_to(call)
    }
}

impl<T: ToPy> Kwargs for [(&str, T)] {
    fn add_to(&self, call: Call) -> Call {
        self.iter().fold(call, |call, (name, value)| call.kwarg(name.to_string(), value))
    }
}

impl<T: ToPy, const N: usize> Kwargs for [(&str, T); N] {
    fn add_to(&self, call: Call) -> Call {
        Kwargs::add_to(self.as_slice(), call)
    }
}

impl<T: ToPy> Kwargs for Vec<(&str, T)> {
    fn add_to(&self, call: Call) -> Call {
        Kwargs::add_to(self.as_slice(), call)
    }
}

impl<K: Kwargs + ?Sized> Kwargs for &K {
    fn add_to(&self, call: Call) -> Call {
        (**self).add_to(call)
    }
}

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: ToPy),*> Args for ($($name,)*) {
            #[allow(non_snake_case, reason = "one name for the type and for the value")]
            #[allow(unused_mut, reason = "the empty tuple adds nothing")]
            fn add_to(&self, mut call: Call) -> Call {
                let ($($name,)*) = self;
                $(call = call.arg($name);)*
                call
            }
        }
    };
}

crate::to_py::for_each_tuple!(tuples);
