//! Arrays through serde, in any format that it knows.
//!
//! The form of an [`Array`] is ndarray's, so that either reads what the other wrote: a struct of a version, the
//! shape, and the elements in row-major order, `{"v": 1, "dim": [2, 2], "data": [1, 2, 3, 4]}`. The dtype is not in
//! it, as a `Vec`'s is not; the form of an [`AnyArray`] is that of an enum whose variants are the dtypes' names,
//! `{"int64": {"v": 1, …}}`. Complex numbers are pairs, and `f16` is its bits, as their crates have it.
//!
//! What is read is not trusted: elements are taken one by one, so that memory grows as they arrive, and counted
//! against the shape.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use crate::{AnyArray, Array, DType, Element};

/// ndarray's version of the form.
const VERSION: u8 = 1;
const NAME: &str = "Array";
const FIELDS: &[&str] = &["v", "dim", "data"];

/// The elements in row-major order.
struct Elements<'a, T: Element>(&'a Array<T>);

impl<T: Element + Serialize> Serialize for Elements<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

/// As ndarray's arrays: a version, the shape, and the elements in row-major order (feature `serde`).
impl<T: Element + Serialize> Serialize for Array<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct(NAME, FIELDS.len())?;
        fields.serialize_field("v", &VERSION)?;
        fields.serialize_field("dim", self.shape())?;
        fields.serialize_field("data", &Elements(self))?;
        fields.end()
    }
}

/// From the form that [`Serialize`] gives, ours or ndarray's (feature `serde`).
impl<'de, T: Element + Deserialize<'de>> Deserialize<'de> for Array<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(NAME, FIELDS, Fields(PhantomData))
    }
}

/// Reads the three fields, in whatever order.
struct Fields<T>(PhantomData<T>);

impl<'de, T: Element + Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = Array<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of {}: its version, dim and data", T::DTYPE)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut fields: A) -> Result<Array<T>, A::Error> {
        let missing = |i| de::Error::invalid_length(i, &self);
        let version = fields.next_element()?.ok_or_else(|| missing(0))?;
        check_version(version)?;
        let shape = fields.next_element()?.ok_or_else(|| missing(1))?;
        let elements = fields.next_element()?.ok_or_else(|| missing(2))?;
        assemble(shape, elements)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Array<T>, A::Error> {
        fn once<'de, F: Deserialize<'de>, A: MapAccess<'de>>(
            field: &mut Option<F>,
            name: &'static str,
            fields: &mut A,
        ) -> Result<(), A::Error> {
            match field.replace(fields.next_value()?) {
                None => Ok(()),
                Some(_) => Err(de::Error::duplicate_field(name)),
            }
        }
        let (mut version, mut shape, mut elements) = (None, None, None);
        while let Some(Field(field)) = fields.next_key()? {
            match field {
                0 => once(&mut version, FIELDS[0], &mut fields)?,
                1 => once(&mut shape, FIELDS[1], &mut fields)?,
                _ => once(&mut elements, FIELDS[2], &mut fields)?,
            }
        }
        check_version(version.ok_or_else(|| de::Error::missing_field(FIELDS[0]))?)?;
        let shape = shape.ok_or_else(|| de::Error::missing_field(FIELDS[1]))?;
        assemble(shape, elements.ok_or_else(|| de::Error::missing_field(FIELDS[2]))?)
    }
}

fn check_version<E: de::Error>(version: u8) -> Result<(), E> {
    match version {
        VERSION => Ok(()),
        other => Err(E::custom(format!("version {other} of arrays is not known, only {VERSION}"))),
    }
}

fn assemble<T: Element, E: de::Error>(shape: Vec<usize>, elements: Vec<T>) -> Result<Array<T>, E> {
    Array::from_vec(elements).reshape(&shape).map_err(E::custom)
}

/// Which of the fields a key names.
struct Field(usize);

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(OneOf(FIELDS)).map(Field)
    }
}

/// Reads one of several names: as text, as bytes, or as its number.
struct OneOf(&'static [&'static str]);

impl Visitor<'_> for OneOf {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {}", self.0.join(", "))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<usize, E> {
        let found = usize::try_from(number).ok().filter(|&number| number < self.0.len());
        found.ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        let found = self.0.iter().position(|known| *known == name);
        found.ok_or_else(|| E::invalid_value(de::Unexpected::Str(name), &self))
    }

    fn visit_bytes<E: de::Error>(self, name: &[u8]) -> Result<usize, E> {
        self.visit_str(&String::from_utf8_lossy(name))
    }
}

macro_rules! serialize_any {
    ($(($variant:ident, $type:ty, $name:literal, $($rest:tt)*))*) => {
        /// The dtypes' names, in the order of [`DType::ALL`].
        const DTYPES: &[&str] = &[$($name),*];

        /// As an enum: the dtype's name, and the array (feature `serde`).
        impl Serialize for AnyArray {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let (number, name) = number_and_name(self.dtype());
                match self {
                    $(AnyArray::$variant(a) => {
                        serializer.serialize_newtype_variant("AnyArray", number, name, a)
                    })*
                }
            }
        }

        impl<'de> Visitor<'de> for Variants {
            type Value = AnyArray;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "the name of a dtype and an array")
            }

            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<AnyArray, A::Error> {
                let (Name(number), array) = data.variant()?;
                match DType::ALL[number] {
                    $(DType::$variant => array.newtype_variant::<Array<$type>>().map(AnyArray::$variant),)*
                }
            }
        }
    };
}
crate::for_each_dtype!(serialize_any);

/// Reads an array of the dtype that is named.
struct Variants;

/// A dtype's name, as its number in [`DType::ALL`].
struct Name(usize);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(OneOf(DTYPES)).map(Name)
    }
}

fn number_and_name(dtype: DType) -> (u32, &'static str) {
    let number = DType::ALL.iter().position(|&other| other == dtype).expect("all of them");
    (number as u32, DTYPES[number])
}

/// From the dtype's name and the array (feature `serde`).
impl<'de> Deserialize<'de> for AnyArray {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_enum("AnyArray", DTYPES, Variants)
    }
}

/// As the name of a variant: NumPy's name of the dtype (feature `serde`).
impl Serialize for DType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (number, name) = number_and_name(*self);
        serializer.serialize_unit_variant("DType", number, name)
    }
}

/// From NumPy's name of the dtype (feature `serde`).
impl<'de> Deserialize<'de> for DType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// A variant with nothing beside its name.
        struct Unit;
        impl<'de> Visitor<'de> for Unit {
            type Value = DType;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "the name of a dtype")
            }
            fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<DType, A::Error> {
                let (Name(number), rest) = data.variant()?;
                rest.unit_variant()?;
                Ok(DType::ALL[number])
            }
        }
        deserializer.deserialize_enum("DType", DTYPES, Unit)
    }
}
