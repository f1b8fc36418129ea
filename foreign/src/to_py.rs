//! Rust values as Python objects.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use array_core::f16;
use num_complex::Complex;

use crate::{Error, Object, Result, Value};

/// What can be an argument of a Python call.
///
/// Numbers, text and collections are copied. A range becomes a `slice`. An [`Object`] is passed as
/// it is. An
/// [`Array`](array_core::Array) is lent without a copy: Python gets a read-only `numpy.ndarray` over
/// the same memory.
///
/// ```
/// use foreign::ToPy;
///
/// let list = vec![Some(1.5), None].to_py()?;
/// assert_eq!(list.to_string(), "[1.5, None]");
/// # Ok::<(), foreign::Error>(())
/// ```
pub trait ToPy {
    /// The value to pass.
    ///
    /// # Errors
    /// When Python has no equal for it; for an array, when it cannot be lent.
    fn to_value(&self) -> Result<Value>;

    /// The Python object.
    ///
    /// # Errors
    /// As [`to_value`](Self::to_value), and when no interpreter can be started.
    fn to_py(&self) -> Result<Object> {
        Object::new(&self.to_value()?)
    }
}

impl ToPy for Value {
    fn to_value(&self) -> Result<Value> {
        Ok(self.clone())
    }
}

impl ToPy for Object {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Object(self.clone()))
    }

    fn to_py(&self) -> Result<Object> {
        Ok(self.clone())
    }
}

impl<T: ToPy + ?Sized> ToPy for &T {
    fn to_value(&self) -> Result<Value> {
        (**self).to_value()
    }

    fn to_py(&self) -> Result<Object> {
        (**self).to_py()
    }
}

impl<T: ToPy + ?Sized> ToPy for Box<T> {
    fn to_value(&self) -> Result<Value> {
        (**self).to_value()
    }
}

macro_rules! scalars {
    ($($scalar:ty)*) => {$(
        impl ToPy for $scalar {
            fn to_value(&self) -> Result<Value> {
                Ok((*self).into())
            }
        }
    )*};
}

scalars!(bool i8 i16 i32 i64 i128 u8 u16 u32 u64 f32 f64 Complex<f64>);

impl ToPy for usize {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Int(*self as i128))
    }
}

impl ToPy for isize {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Int(*self as i128))
    }
}

impl ToPy for f16 {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Float(self.to_f64()))
    }
}

impl ToPy for Complex<f32> {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Complex(Complex::new(self.re.into(), self.im.into())))
    }
}

impl ToPy for str {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Str(self.to_owned()))
    }
}

impl ToPy for String {
    fn to_value(&self) -> Result<Value> {
        self.as_str().to_value()
    }
}

impl ToPy for char {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::Str(self.to_string()))
    }
}

impl<T: ToPy + ToOwned + ?Sized> ToPy for Cow<'_, T> {
    fn to_value(&self) -> Result<Value> {
        (**self).to_value()
    }
}

impl ToPy for Path {
    fn to_value(&self) -> Result<Value> {
        let text = self.to_str().ok_or_else(|| {
            Error::conversion(format!("the path {self:?} is not UTF-8, and Python would not find it"))
        })?;
        text.to_value()
    }
}

impl ToPy for PathBuf {
    fn to_value(&self) -> Result<Value> {
        self.as_path().to_value()
    }
}

impl<T: ToPy> ToPy for Option<T> {
    fn to_value(&self) -> Result<Value> {
        self.as_ref().map_or(Ok(Value::None), T::to_value)
    }
}

impl<T: ToPy> ToPy for [T] {
    fn to_value(&self) -> Result<Value> {
        Ok(Value::List(self.iter().map(T::to_value).collect::<Result<_>>()?))
    }
}

impl<T: ToPy, const N: usize> ToPy for [T; N] {
    fn to_value(&self) -> Result<Value> {
        self.as_slice().to_value()
    }
}

impl<T: ToPy> ToPy for Vec<T> {
    fn to_value(&self) -> Result<Value> {
        self.as_slice().to_value()
    }
}

fn dict<'a, K: ToPy + 'a, V: ToPy + 'a>(entries: impl Iterator<Item = (&'a K, &'a V)>) -> Result<Value> {
    let entries = entries.map(|(key, value)| Ok((key.to_value()?, value.to_value()?)));
    Ok(Value::Dict(entries.collect::<Result<_>>()?))
}

impl<K: ToPy, V: ToPy, S> ToPy for HashMap<K, V, S> {
    fn to_value(&self) -> Result<Value> {
        dict(self.iter())
    }
}

impl<K: ToPy, V: ToPy> ToPy for BTreeMap<K, V> {
    fn to_value(&self) -> Result<Value> {
        dict(self.iter())
    }
}

/// Calls a macro with as many names as each tuple has members.
macro_rules! for_each_tuple {
    ($macro:ident) => {
        $macro!();
        $macro!(A);
        $macro!(A B);
        $macro!(A B C);
        $macro!(A B C D);
        $macro!(A B C D E);
        $macro!(A B C D E F);
        $macro!(A B C D E F G);
        $macro!(A B C D E F G H);
        $macro!(A B C D E F G H I);
        $macro!(A B C D E F G H I J);
        $macro!(A B C D E F G H I J K);
        $macro!(A B C D E F G H I J K L);
    };
}
pub(crate) use for_each_tuple;

macro_rules! tuples {
    ($($name:ident)*) => {
        impl<$($name: ToPy),*> ToPy for ($($name,)*) {
            #[allow(non_snake_case, reason = "one name for the type and for the value")]
            fn to_value(&self) -> Result<Value> {
                let ($($name,)*) = self;
                Ok(Value::Tuple(vec![$($name.to_value()?),*]))
            }
        }
    };
}

for_each_tuple!(tuples);
