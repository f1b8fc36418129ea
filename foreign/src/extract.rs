//! Python objects as Rust values.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use foreign_abi::Kind;
use num_complex::Complex;

use crate::to_py::for_each_tuple;
use crate::{Error, Object, Result, Value};

/// What an [`Object`] can be turned into by [`Object::extract`].
///
/// Python's own conversions apply: an `int` is also a `float`, and NumPy's scalars are what they
/// hold. A `float` is no `int`, and text is no list.
pub trait FromPy: Sized {
    /// Converts a value.
    ///
    /// # Errors
    /// When it is of another type, or out of range.
    fn from_value(value: Value) -> Result<Self>;

    /// Converts an object.
    ///
    /// # Errors
    /// As [`from_value`](Self::from_value), and when Python raises.
    fn from_py(object: &Object) -> Result<Self> {
        Self::from_value(object.value(Kind::Any)?)
    }

    /// Converts an entry of a dictionary, for a list of them. Only pairs can.
    #[doc(hidden)]
    fn from_entry(_key: Value, _value: Value) -> Result<Self> {
        Err(Error::conversion("expected a list, found a dict, which is a list of pairs only"))
    }
}

#[cold]
fn unfit<T>(wanted: &str, found: &Value) -> Result<T> {
    let found = match found {
        Value::Object(object) => format!("{object:?}"),
        Value::Dict(_) | Value::List(_) | Value::Tuple(_) => found.type_name().to_owned(),
        _ => format!("{}: {found:?}", found.type_name()),
    };
    Err(Error::conversion(format!("expected {wanted}, found {found}")))
}

impl FromPy for Value {
    fn from_value(value: Value) -> Result<Self> {
        Ok(value)
    }
}

impl FromPy for Object {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Object(object) => Ok(object),
            value => Object::new(&value),
        }
    }

    fn from_py(object: &Object) -> Result<Self> {
        Ok(object.clone())
    }
}

impl FromPy for bool {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Bool(value) => Ok(value),
            Value::Object(object) => Self::from_py(&object),
            value => unfit("a bool", &value),
        }
    }

    fn from_py(object: &Object) -> Result<Self> {
        match object.value(Kind::Bool)? {
            Value::Bool(value) => Ok(value),
            value => unfit("a bool", &value),
        }
    }
}

fn integer(value: Value) -> Result<i128> {
    match value {
        Value::Int(value) => Ok(value),
        Value::Bool(value) => Ok(value.into()),
        Value::Object(object) => match object.value(Kind::Int)? {
            Value::Int(value) => Ok(value),
            value => unfit("an int", &value),
        },
        value => unfit("an int", &value),
    }
}

macro_rules! integers {
    ($($integer:ident)*) => {$(
        impl FromPy for $integer {
            fn from_value(value: Value) -> Result<Self> {
                let value = integer(value)?;
                value.try_into().map_err(|_| {
                    Error::conversion(format!(
                        "{value} is out of the range of {}, {} to {}",
                        stringify!($integer), <$integer>::MIN, <$integer>::MAX
                    ))
                })
            }

            fn from_py(object: &Object) -> Result<Self> {
                Self::from_value(object.value(Kind::Int)?)
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl FromPy for f64 {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Float(value) => Ok(value),
            Value::Int(value) => Ok(value as f64),
            Value::Bool(value) => Ok(value.into()),
            Value::Object(object) => Self::from_py(&object),
            value => unfit("a float", &value),
        }
    }

    fn from_py(object: &Object) -> Result<Self> {
        match object.value(Kind::Float)? {
            Value::Float(value) => Ok(value),
            value => unfit("a float", &value),
        }
    }
}

/// Rounded to the nearest.
impl FromPy for f32 {
    fn from_value(value: Value) -> Result<Self> {
        Ok(f64::from_value(value)? as f32)
    }

    fn from_py(object: &Object) -> Result<Self> {
        Ok(f64::from_py(object)? as f32)
    }
}

impl FromPy for Complex<f64> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Complex(value) => Ok(value),
            Value::Object(object) => Self::from_py(&object),
            value @ (Value::Float(_) | Value::Int(_) | Value::Bool(_)) => {
                Ok(Complex::new(f64::from_value(value)?, 0.0))
            }
            value => unfit("a complex number", &value),
        }
    }

    fn from_py(object: &Object) -> Result<Self> {
        match object.value(Kind::Complex)? {
            Value::Complex(value) => Ok(value),
            value => unfit("a complex number", &value),
        }
    }
}

/// Rounded to the nearest.
impl FromPy for Complex<f32> {
    fn from_value(value: Value) -> Result<Self> {
        let Complex { re, im } = Complex::<f64>::from_value(value)?;
        Ok(Complex::new(re as f32, im as f32))
    }
}

impl FromPy for String {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Str(value) => Ok(value),
            value => unfit("a str", &value),
        }
    }

    fn from_py(object: &Object) -> Result<Self> {
        Self::from_value(object.value(Kind::Text)?)
    }
}

impl FromPy for () {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::None => Ok(()),
            Value::Tuple(items) if items.is_empty() => Ok(()),
            value => unfit("None", &value),
        }
    }
}

impl<T: FromPy> FromPy for Option<T> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::None => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// From anything that can be iterated over except text. From a dictionary, if `T` is a pair.
impl<T: FromPy> FromPy for Vec<T> {
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::List(items) | Value::Tuple(items) => items.into_iter().map(T::from_value).collect(),
            Value::Bytes(bytes) => bytes.into_iter().map(|byte| T::from_value(byte.into())).collect(),
            Value::Dict(entries) => {
                entries.into_iter().map(|(key, value)| T::from_entry(key, value)).collect()
            }
            Value::Object(object) => match object.value(Kind::List)? {
                Value::List(items) => items.into_iter().map(T::from_value).collect(),
                value => unfit("a list", &value),
            },
            value => unfit("a list", &value),
        }
    }
}

fn entries<K: FromPy, V: FromPy, M: FromIterator<(K, V)>>(value: Value) -> Result<M> {
    match value {
        Value::Dict(entries) => {
            entries.into_iter().map(|(key, value)| Ok((K::from_value(key)?, V::from_value(value)?))).collect()
        }
        value => unfit("a dict", &value),
    }
}

impl<K: FromPy + Eq + Hash, V: FromPy, S: BuildHasher + Default> FromPy for HashMap<K, V, S> {
    fn from_value(value: Value) -> Result<Self> {
        entries(value)
    }
}

impl<K: FromPy + Ord, V: FromPy> FromPy for BTreeMap<K, V> {
    fn from_value(value: Value) -> Result<Self> {
        entries(value)
    }
}

macro_rules! tuples {
    () => {}; // `()` is `None` here.
    ($($name:ident)*) => {
        /// From a tuple or list of just as many items.
        impl<$($name: FromPy),*> FromPy for ($($name,)*) {
            fn from_value(value: Value) -> Result<Self> {
                let count = [$(stringify!($name)),*].len();
                let items = match value {
                    // Such as a NumPy array: iterating over it gives the items.
                    Value::Object(object) => Vec::<Value>::from_value(Value::Object(object))?,
                    Value::Tuple(items) | Value::List(items) => items,
                    value => return unfit(&format!("a tuple of {count}"), &value),
                };
                if items.len() != count {
                    return Err(Error::conversion(format!(
                        "expected a tuple of {count}, found one of {}", items.len()
                    )));
                }
                let mut items = items.into_iter();
                Ok(($($name::from_value(items.next().expect("counted above"))?,)*))
            }

            fn from_entry(key: Value, value: Value) -> Result<Self> {
                Self::from_value(Value::Tuple(vec![key, value]))
            }
        }
    };
}

for_each_tuple!(tuples);
