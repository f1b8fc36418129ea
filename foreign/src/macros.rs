//! The macro [`py!`](crate::py): Python expressions, written as in Python.

use std::borrow::Borrow;

use crate::{Call, Object, Result, ToPy};

/// A Python expression: attributes, items and calls, one after the other, from a Rust variable on.
///
/// The first word is a Rust variable that holds an [`Object`](crate::Object), or any Rust expression
/// in parentheses. Names after a dot are Python's. Arguments and keys are Rust expressions, by value
/// or by reference (nothing is moved), and `None`. Keyword arguments are `name = value`.
/// The result is a `Result<Object>`; where the expression ends in an assignment, a `Result<()>`.
///
/// ```
/// use foreign::{builtin, import, py};
///
/// let json = import("json")?;
/// let text = py!(json.dumps(vec![1, 2], indent = None))?;
/// assert_eq!(text.to_string(), "[1, 2]");
///
/// let path = import("os.path")?;
/// assert_eq!(py!(path.join("a", "b").upper())?.to_string(), "A/B");
///
/// let dict = py!((builtin("dict")?)(a = 1))?;
/// py!(dict["b"] = 2)?;
/// assert_eq!(py!(dict["b"])?.extract::<i32>()?, 2);
/// assert_eq!(py!(text[1..-1])?.to_string(), "1, 2");
/// # Ok::<(), foreign::Error>(())
/// ```
///
/// # Errors
/// The first step that fails; the later ones are not taken.
#[macro_export]
macro_rules! py {
    // Calls: `@args` puts the arguments into a `Call`, one by one.
    (@args $call:block) => { $call };
    (@args $call:block $name:ident = None $(, $($rest:tt)*)?) => {
        $crate::py!(@args { $call.kwarg(::core::stringify!($name), &$crate::Value::None) } $($($rest)*)?)
    };
    (@args $call:block $name:ident = $value:expr $(, $($rest:tt)*)?) => {
        $crate::py!(@args { $call.kwarg(::core::stringify!($name), &$value) } $($($rest)*)?)
    };
    (@args $call:block None $(, $($rest:tt)*)?) => {
        $crate::py!(@args { $call.arg(&$crate::Value::None) } $($($rest)*)?)
    };
    (@args $call:block $value:expr $(, $($rest:tt)*)?) => {
        $crate::py!(@args { $call.arg(&$value) } $($($rest)*)?)
    };

    // Steps: `@chain` takes one after the other off the expression.
    (@chain $chain:block) => { $chain.finish() };
    (@chain $chain:block . $name:ident ( $($args:tt)* ) $($rest:tt)*) => {
        $crate::py!(@chain {
            $chain.method(::core::stringify!($name), $crate::py!(@args { $crate::Call::new() } $($args)*))
        } $($rest)*)
    };
    (@chain $chain:block . $name:ident = None) => {
        $chain.set_attr(::core::stringify!($name), &$crate::Value::None)
    };
    (@chain $chain:block . $name:ident = $value:expr) => {
        $chain.set_attr(::core::stringify!($name), &$value)
    };
    (@chain $chain:block . $name:ident $($rest:tt)*) => {
        $crate::py!(@chain { $chain.attr(::core::stringify!($name)) } $($rest)*)
    };
    (@chain $chain:block ( $($args:tt)* ) $($rest:tt)*) => {
        $crate::py!(@chain { $chain.call($crate::py!(@args { $crate::Call::new() } $($args)*)) } $($rest)*)
    };
    (@chain $chain:block [ $key:expr ] = None) => { $chain.set_item(&$key, &$crate::Value::None) };
    (@chain $chain:block [ $key:expr ] = $value:expr) => { $chain.set_item(&$key, &$value) };
    (@chain $chain:block [ $key:expr ] $($rest:tt)*) => {
        $crate::py!(@chain { $chain.item(&$key) } $($rest)*)
    };

    // Where it begins.
    ($start:ident $($rest:tt)*) => {
        $crate::py!(@chain { $crate::Chain::new(&$start) } $($rest)*)
    };
    (($start:expr) $($rest:tt)*) => {
        $crate::py!(@chain { $crate::Chain::new(&$start) } $($rest)*)
    };
}

/// The steps of a [`py!`](crate::py) expression so far. Not meant to be named.
#[doc(hidden)]
#[derive(Debug)]
pub struct Chain(Result<Object>);

#[doc(hidden)]
impl Chain {
    pub fn new<O: Borrow<Object>>(start: &O) -> Self {
        Chain(Ok(start.borrow().clone()))
    }

    pub fn attr(self, name: &str) -> Self {
        Chain(self.0.and_then(|object| object.getattr(plain(name))))
    }

    pub fn item<K: ToPy + ?Sized>(self, key: &K) -> Self {
        Chain(self.0.and_then(|object| object.get_item(key)))
    }

    pub fn call(self, call: Call) -> Self {
        Chain(self.0.and_then(|object| call.of(&object)))
    }

    pub fn method(self, name: &str, call: Call) -> Self {
        Chain(self.0.and_then(|object| call.method(&object, plain(name))))
    }

    pub fn set_attr<T: ToPy + ?Sized>(self, name: &str, value: &T) -> Result<()> {
        self.0.and_then(|object| object.setattr(plain(name), value))
    }

    pub fn set_item<K: ToPy + ?Sized, T: ToPy + ?Sized>(self, key: &K, value: &T) -> Result<()> {
        self.0.and_then(|object| object.set_item(key, value))
    }

    pub fn finish(self) -> Result<Object> {
        self.0
    }
}

/// A raw identifier's name: Python calls `r#type` just `type`.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
