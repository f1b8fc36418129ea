//! Values that are copied across the border, rather than referred to.

use crate::{Handle, Slice};

/// A tagged value. Who owns its text and items depends on its way: see the rules of the crate.
#[repr(C, u32)]
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// Nothing.
    None,
    /// True or false.
    Bool(bool),
    /// An integer of up to 64 bits.
    Int(i64),
    /// An integer of up to 128 bits, two's complement, the lower half first.
    Wide([u64; 2]),
    /// A floating-point number.
    Float(f64),
    /// A complex number: its real and imaginary part.
    Complex([f64; 2]),
    /// Text in UTF-8.
    Text(Slice<u8>),
    /// Bytes.
    Bytes(Slice<u8>),
    /// A list.
    List(Slice<Value>),
    /// A tuple.
    Tuple(Slice<Value>),
    /// A dictionary, in its order.
    Dict(Slice<Pair>),
    /// Any other object.
    Object(Handle),
}

/// An entry of a dictionary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// What it is found by.
    pub key: Value,
    /// What is found.
    pub value: Value,
}

/// What sort of [`Value`] is wanted from an object.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whatever fits best; an object that is none of the others stays a [`Value::Object`].
    Any = 0,
    /// [`Value::Bool`].
    Bool = 1,
    /// [`Value::Int`] or [`Value::Wide`].
    Int = 2,
    /// [`Value::Float`].
    Float = 3,
    /// [`Value::Complex`].
    Complex = 4,
    /// [`Value::Text`].
    Text = 5,
    /// [`Value::Bytes`].
    Bytes = 6,
    /// [`Value::List`], from anything that can be iterated over except text and bytes.
    List = 7,
}
