//! Values that are copied between Rust and Python, rather than referred to.

use num_complex::Complex;

use crate::Object;

/// A value that both languages have. What Rust has no equal for stays an [`Object`].
///
/// Most code needs none of this: arguments convert by [`ToPy`](crate::ToPy), results by
/// [`Object::extract`]. It serves where the type is only known at run time.
///
/// ```
/// use foreign::{Value, import};
///
/// let parsed = import("json")?.call_method("loads", (r#"{"a": [1, 2.5, null]}"#,))?;
/// let value: Value = parsed.extract()?;
/// let list = Value::List(vec![Value::Int(1), Value::Float(2.5), Value::None]);
/// assert_eq!(value, Value::Dict(vec![("a".into(), list)]));
/// # Ok::<(), foreign::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `None`
    None,
    /// A `bool`, or NumPy's.
    Bool(bool),
    /// An `int` of up to 128 bits. A larger one stays an [`Object`].
    Int(i128),
    /// A `float`, or a real NumPy scalar.
    Float(f64),
    /// A `complex`.
    Complex(Complex<f64>),
    /// A `str`.
    Str(String),
    /// `bytes` or a `bytearray`.
    Bytes(Vec<u8>),
    /// A `list`.
    List(Vec<Value>),
    /// A `tuple`.
    Tuple(Vec<Value>),
    /// A `dict`, in its order.
    Dict(Vec<(Value, Value)>),
    /// Any other object.
    Object(Object),
}

impl Value {
    /// What Python calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Value::None => "None",
            Value::Bool(_) => "a bool",
            Value::Int(_) => "an int",
            Value::Float(_) => "a float",
            Value::Complex(_) => "a complex number",
            Value::Str(_) => "a str",
            Value::Bytes(_) => "bytes",
            Value::List(_) => "a list",
            Value::Tuple(_) => "a tuple",
            Value::Dict(_) => "a dict",
            Value::Object(_) => "an object",
        }
    }
}

macro_rules! from {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Value::$variant(value.into())
            }
        }
    )*};
}

from! {
    bool => Bool,
    i8 => Int, i16 => Int, i32 => Int, i64 => Int, i128 => Int,
    u8 => Int, u16 => Int, u32 => Int, u64 => Int,
    f32 => Float, f64 => Float,
    Complex<f64> => Complex,
    &str => Str, String => Str,
    Object => Object,
}
