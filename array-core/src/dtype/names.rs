//! The names of dtypes, as NumPy writes and reads them, and the kinds that the array API standard sorts them by.

use std::str::FromStr;

use crate::any::AnyArray;
use crate::{Array, DType, Element, Error, Kind, Result};

/// NumPy's letters for the dtypes, and the names beside [`DType::name`] and the short ones with sizes, by the order of
/// [`DType::ALL`].
const OTHER_NAMES: [(char, &[&str]); DType::ALL.len()] = [
    ('?', &["bool_"]),
    ('b', &["byte"]),
    ('h', &["short"]),
    ('i', &["intc"]),
    ('l', &["int", "int_", "long", "longlong", "intp", "q", "p"]),
    ('B', &["ubyte"]),
    ('H', &["ushort"]),
    ('I', &["uintc"]),
    ('L', &["uint", "ulong", "ulonglong", "uintp", "Q", "P"]),
    ('e', &["half"]),
    ('f', &["single"]),
    ('d', &["double", "float"]),
    ('F', &["csingle"]),
    ('D', &["cdouble", "complex"]),
];

impl DType {
    /// NumPy's `dtype.char`: `'d'` for `float64`, as on 64-bit Linux.
    pub const fn char(self) -> char {
        OTHER_NAMES[self as usize].0
    }

    /// NumPy's `dtype.str`, the short name with this machine's order of bytes: `"<f8"`.
    ///
    /// ```
    /// # use array_core::DType;
    /// assert_eq!(DType::UInt8.str(), "|u1");
    /// assert_eq!(DType::Float32.str().parse(), Ok(DType::Float32));
    /// ```
    pub fn str(self) -> String {
        let order = match self.item_size() {
            1 => '|',
            _ if cfg!(target_endian = "little") => '<',
            _ => '>',
        };
        format!("{order}{}", self.sized_name())
    }

    /// The letter of its kind, and its size: `f8`.
    fn sized_name(self) -> String {
        let kind = match self.kind() {
            Kind::Bool => 'b',
            Kind::Signed => 'i',
            Kind::Unsigned => 'u',
            Kind::Float => 'f',
            Kind::Complex => 'c',
        };
        format!("{kind}{}", self.item_size())
    }

    /// The parts of complex numbers; of other dtypes themselves.
    pub const fn part(self) -> DType {
        match self {
            DType::Complex64 => DType::Float32,
            DType::Complex128 => DType::Float64,
            real => real,
        }
    }
}

/// By any of NumPy's names: `"float64"`, `"double"`, `"f8"`, `"<f8"`, `"d"`; `"int"` and `"long"` have 64 bits.
///
/// ```
/// # use array_core::DType;
/// assert_eq!("int32".parse::<DType>()?, DType::Int32);
/// assert_eq!("<c16".parse::<DType>()?, DType::Complex128);
/// assert!("datetime64".parse::<DType>().unwrap_err().is_value());
/// # Ok::<(), array_core::Error>(())
/// ```
impl FromStr for DType {
    type Err = Error;

    fn from_str(name: &str) -> Result<DType> {
        let (order, sized) = match name.chars().next() {
            Some(order @ ('<' | '>' | '=' | '|')) => (Some(order), &name[1..]),
            _ => (None, name),
        };
        let is_named = |&dtype: &DType| {
            let (letter, names) = OTHER_NAMES[dtype as usize];
            sized == dtype.sized_name()
                || sized.chars().eq([letter])
                || (order.is_none() && (sized == dtype.name() || names.contains(&sized)))
        };
        let Some(dtype) = DType::ALL.iter().copied().find(is_named) else {
            let known: Vec<&str> = DType::ALL.iter().map(|dtype| dtype.name()).collect();
            return Err(Error::value(format!(
                "{name:?} is no dtype that arrays can have; these are: {}",
                known.join(", ")
            )));
        };
        let other = if cfg!(target_endian = "little") { '>' } else { '<' };
        if order == Some(other) && dtype.item_size() > 1 {
            return Err(Error::value(format!(
                "{name:?} has its bytes in the order that is not this machine's, which arrays cannot: name it {}",
                dtype.str()
            )));
        }
        Ok(dtype)
    }
}

impl<T: Element> From<&Array<T>> for DType {
    fn from(_: &Array<T>) -> DType {
        T::DTYPE
    }
}

impl From<&AnyArray> for DType {
    fn from(array: &AnyArray) -> DType {
        array.dtype()
    }
}

/// What [`isdtype`] compares with: a kind by the standard's name or as [`Kind`], a dtype, or several of them.
pub trait DTypeKinds {
    /// Whether the dtype is one of those.
    ///
    /// # Errors
    /// When there is no kind of this name.
    fn contain(&self, dtype: DType) -> Result<bool>;
}

impl DTypeKinds for str {
    fn contain(&self, dtype: DType) -> Result<bool> {
        let kind = dtype.kind();
        Ok(match self {
            "bool" => kind == Kind::Bool,
            "signed integer" => kind == Kind::Signed,
            "unsigned integer" => kind == Kind::Unsigned,
            "integral" => matches!(kind, Kind::Signed | Kind::Unsigned),
            "real floating" => kind == Kind::Float,
            "complex floating" => kind == Kind::Complex,
            "numeric" => kind != Kind::Bool,
            other => {
                return Err(Error::value(format!(
                    "{other:?} is no kind of dtypes; these are: bool, signed integer, unsigned integer, integral, \
                     real floating, complex floating, numeric"
                )));
            }
        })
    }
}

impl DTypeKinds for DType {
    fn contain(&self, dtype: DType) -> Result<bool> {
        Ok(*self == dtype)
    }
}

impl DTypeKinds for Kind {
    fn contain(&self, dtype: DType) -> Result<bool> {
        Ok(*self == dtype.kind())
    }
}

impl<K: DTypeKinds> DTypeKinds for [K] {
    fn contain(&self, dtype: DType) -> Result<bool> {
        // All are looked at: a name that there is not is an error wherever it stands.
        self.iter().try_fold(false, |found, kind| Ok(found | kind.contain(dtype)?))
    }
}

impl<K: DTypeKinds, const N: usize> DTypeKinds for [K; N] {
    fn contain(&self, dtype: DType) -> Result<bool> {
        self[..].contain(dtype)
    }
}

impl<K: DTypeKinds + ?Sized> DTypeKinds for &K {
    fn contain(&self, dtype: DType) -> Result<bool> {
        (**self).contain(dtype)
    }
}

/// Whether a dtype is of a kind: `"bool"`, `"signed integer"`, `"unsigned integer"`, `"integral"`, `"real floating"`,
/// `"complex floating"` or `"numeric"`, or is a dtype, or any of several.
///
/// ```
/// # use array_core::{DType, isdtype};
/// assert!(isdtype(DType::UInt8, "integral")?);
/// assert!(!isdtype(DType::Bool, "numeric")?);
/// assert!(isdtype(DType::Float32, ["real floating", "complex floating"])?);
/// assert!(isdtype(DType::Int8, DType::Int8)?);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no kind of this name.
pub fn isdtype(dtype: impl Into<DType>, kind: impl DTypeKinds) -> Result<bool> {
    kind.contain(dtype.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_back() {
        for &dtype in DType::ALL {
            for name in [dtype.name().to_owned(), dtype.str(), dtype.sized_name(), dtype.char().to_string()] {
                assert_eq!(name.parse(), Ok(dtype), "{name}");
            }
            assert_eq!(dtype.to_string().parse(), Ok(dtype));
        }
        for wrong in ["", "<", "float", "<float64", "float63", "é", "f", "<f9"] {
            let known = ["float", "f"].contains(&wrong);
            assert_eq!(wrong.parse::<DType>().is_ok(), known, "{wrong}");
        }
        let other = if cfg!(target_endian = "little") { ">f8" } else { "<f8" };
        assert!(other.parse::<DType>().unwrap_err().to_string().contains("f8"));
        assert!(isdtype(DType::Int8, "integer").unwrap_err().to_string().contains("signed integer"));
        assert!(isdtype(DType::Bool, ["bool", "no"]).is_err());
        assert!(isdtype(&Array::from([1u8]), [DType::Int8, DType::UInt8]).unwrap());
        assert!(isdtype(DType::Complex64, Kind::Complex).unwrap());
    }
}
