//! Values on their way across the border to the plug-in, and back.

use foreign_abi as abi;
use foreign_abi::{Pair, Slice};
use num_complex::Complex;

use crate::backend::Backend;
use crate::{Object, Value};

/// Owns the lists that lent values point to.
#[derive(Default)]
pub(super) struct Loan {
    items: Vec<Box<[abi::Value]>>,
    pairs: Vec<Box<[Pair]>>,
}

impl Loan {
    /// The value as the plug-in reads it: good for as long as both the value and the loan are.
    pub(super) fn value(&mut self, value: &Value) -> abi::Value {
        match value {
            Value::None => abi::Value::None,
            Value::Bool(value) => abi::Value::Bool(*value),
            Value::Int(value) => match i64::try_from(*value) {
                Ok(value) => abi::Value::Int(value),
                Err(_) => abi::Value::Wide([*value as u64, (*value >> 64) as u64]),
            },
            Value::Float(value) => abi::Value::Float(*value),
            Value::Complex(value) => abi::Value::Complex([value.re, value.im]),
            Value::Str(text) => abi::Value::Text(Slice::text(text)),
            Value::Bytes(bytes) => abi::Value::Bytes(Slice::new(bytes)),
            Value::List(items) => abi::Value::List(self.items(items)),
            Value::Tuple(items) => abi::Value::Tuple(self.items(items)),
            Value::Dict(entries) => {
                let pairs = entries
                    .iter()
                    .map(|(key, value)| Pair { key: self.value(key), value: self.value(value) })
                    .collect::<Box<[_]>>();
                let slice = Slice::new(&pairs);
                self.pairs.push(pairs);
                abi::Value::Dict(slice)
            }
            Value::Object(object) => abi::Value::Object(object.handle()),
        }
    }

    fn items(&mut self, items: &[Value]) -> Slice<abi::Value> {
        let items = items.iter().map(|item| self.value(item)).collect::<Box<[_]>>();
        let slice = Slice::new(&items);
        self.items.push(items);
        slice
    }
}

/// Our own copy of a value from the plug-in, which may then be released. Takes its handles over.
///
/// # Safety
/// The value must be alive, and not have been taken before.
pub(super) unsafe fn take(value: &abi::Value, backend: &'static dyn Backend) -> Value {
    // SAFETY: by this function's contract, which holds for each item as for the whole.
    unsafe {
        let items =
            |items: &Slice<abi::Value>| items.as_slice().iter().map(|item| take(item, backend)).collect();
        match value {
            abi::Value::None => Value::None,
            abi::Value::Bool(value) => Value::Bool(*value),
            abi::Value::Int(value) => Value::Int((*value).into()),
            abi::Value::Wide([low, high]) => Value::Int((u128::from(*high) << 64 | u128::from(*low)) as i128),
            abi::Value::Float(value) => Value::Float(*value),
            abi::Value::Complex([re, im]) => Value::Complex(Complex::new(*re, *im)),
            abi::Value::Text(text) => Value::Str(text.to_text()),
            abi::Value::Bytes(bytes) => Value::Bytes(bytes.as_slice().to_vec()),
            abi::Value::List(list) => Value::List(items(list)),
            abi::Value::Tuple(tuple) => Value::Tuple(items(tuple)),
            abi::Value::Dict(pairs) => {
                let pairs = pairs.as_slice().iter();
                Value::Dict(
                    pairs.map(|pair| (take(&pair.key, backend), take(&pair.value, backend))).collect(),
                )
            }
            abi::Value::Object(handle) => Value::Object(Object::keep(backend, *handle)),
        }
    }
}

/// Whether the plug-in has allocated for it.
pub(super) fn owns_memory(value: &abi::Value) -> bool {
    matches!(
        value,
        abi::Value::Text(_)
            | abi::Value::Bytes(_)
            | abi::Value::List(_)
            | abi::Value::Tuple(_)
            | abi::Value::Dict(_)
    )
}
