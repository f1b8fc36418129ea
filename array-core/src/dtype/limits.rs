//! What numbers a dtype holds: NumPy's `finfo` and `iinfo`.
//!
//! Everything follows from two numbers of a format, its bits of mantissa and of exponent, by powers of two.

use crate::engine::CastTo;
use crate::{DType, Element, Error, Kind, Result, complex64, complex128, f16};

/// What is known of a format of floating-point numbers: NumPy's `finfo`, made by the [function](fn@finfo) of the same
/// name, for dtypes known at run time, with all numbers as `f64` (which is exact), or by [`finfo::of`], typed.
///
/// ```
/// # use array_core::{DType, complex64, f16, finfo};
/// assert_eq!(finfo(DType::Float32)?.max, f64::from(f32::MAX));
/// assert_eq!(finfo::of::<f16>().eps, f16::EPSILON);
/// assert_eq!(finfo::of::<complex64>().smallest_subnormal, 1e-45f32);
/// # Ok::<(), array_core::Error>(())
/// ```
#[allow(non_camel_case_types, reason = "NumPy's name")]
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct finfo<T = f64> {
    /// The dtype; for complex ones that of the parts.
    pub dtype: DType,
    /// Bits that one number takes.
    pub bits: u32,
    /// From 1 to the next larger number.
    pub eps: T,
    /// From 1 to the next smaller number.
    pub epsneg: T,
    /// The largest finite number.
    pub max: T,
    /// The smallest finite number: `-max`.
    pub min: T,
    /// The smallest positive number of full precision: another name of `smallest_normal`.
    pub tiny: T,
    /// The smallest positive number of full precision.
    pub smallest_normal: T,
    /// The smallest positive number.
    pub smallest_subnormal: T,
    /// 10 to the power of `-precision`, rounded to this dtype.
    pub resolution: T,
    /// Decimal digits that are kept.
    pub precision: i32,
    /// The exponent of the smallest power of two that is too large.
    pub maxexp: i32,
    /// The exponent of `smallest_normal`.
    pub minexp: i32,
    /// The exponent of `eps`.
    pub machep: i32,
    /// The exponent of `epsneg`.
    pub negep: i32,
    /// Bits of the exponent.
    pub nexp: i32,
    /// Bits of the mantissa, without the leading one.
    pub nmant: i32,
    /// Bits of the exponent, once more.
    pub iexp: i32,
}

/// A dtype of floating-point numbers, real or complex.
pub trait Inexact: Element {
    /// The dtype of the parts of complex numbers; of real ones itself.
    type Real: Element;
    #[doc(hidden)]
    fn info() -> finfo<Self::Real>;
}

macro_rules! inexact {
    ($($type:ty, $real:ty;)*) => {$(
        impl Inexact for $type {
            type Real = $real;
            fn info() -> finfo<$real> {
                of(<$real as Element>::DTYPE).expect("a float").map(|value| value.cast())
            }
        }
    )*};
}
inexact! { f16, f16; f32, f32; f64, f64; complex64, f32; complex128, f64; }

impl finfo {
    /// As the [function](fn@finfo), for a dtype known at compile time, whose numbers are of that type.
    pub fn of<T: Inexact>() -> finfo<T::Real> {
        T::info()
    }
}

impl finfo<f64> {
    fn map<R>(self, to: impl Fn(f64) -> R) -> finfo<R> {
        finfo {
            dtype: self.dtype,
            bits: self.bits,
            eps: to(self.eps),
            epsneg: to(self.epsneg),
            max: to(self.max),
            min: to(self.min),
            tiny: to(self.tiny),
            smallest_normal: to(self.smallest_normal),
            smallest_subnormal: to(self.smallest_subnormal),
            resolution: to(self.resolution),
            precision: self.precision,
            maxexp: self.maxexp,
            minexp: self.minexp,
            machep: self.machep,
            negep: self.negep,
            nexp: self.nexp,
            nmant: self.nmant,
            iexp: self.iexp,
        }
    }
}

/// What is known of the floating-point numbers of a dtype, or of an array's: NumPy's `finfo`. Of complex dtypes that of
/// the parts.
///
/// ```
/// # use array_core::{Array, DType, finfo};
/// let info = finfo(DType::Float16)?;
/// assert_eq!((info.bits, info.precision, info.max), (16, 3, 65504.0));
/// assert_eq!(finfo(&Array::from([1.5]))?.eps, f64::EPSILON);
/// assert!(finfo(DType::Int8).unwrap_err().is_value());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the dtype is of integers or `bool`.
pub fn finfo(dtype: impl Into<DType>) -> Result<finfo> {
    of(dtype.into())
}

fn of(dtype: DType) -> Result<finfo> {
    let part = dtype.part();
    let nmant: i32 = match part {
        DType::Float16 => 10,
        DType::Float32 => 23,
        DType::Float64 => 52,
        _ => return Err(Error::value(format!("{dtype} is no dtype of floating-point numbers: use iinfo"))),
    };
    let bits = 8 * part.item_size() as i32;
    let nexp = bits - 1 - nmant;
    let maxexp = 1 << (nexp - 1);
    let minexp = 2 - maxexp;
    let eps = power_of_two(-nmant);
    let max = (2.0 - eps) * power_of_two(maxexp - 1);
    let precision = (f64::from(nmant) * std::f64::consts::LOG10_2) as i32;
    let resolution = [1e-3, 1e-6, 1e-15][precision as usize / 6];
    let resolution = match part {
        DType::Float16 => f16::from_f64(resolution).to_f64(),
        DType::Float32 => f64::from(resolution as f32),
        _ => resolution,
    };
    Ok(finfo {
        dtype: part,
        bits: bits as u32,
        eps,
        epsneg: eps / 2.0,
        max,
        min: -max,
        tiny: power_of_two(minexp),
        smallest_normal: power_of_two(minexp),
        smallest_subnormal: power_of_two(minexp - nmant),
        resolution,
        precision,
        maxexp,
        minexp,
        machep: -nmant,
        negep: -nmant - 1,
        nexp,
        nmant,
        iexp: nexp,
    })
}

/// 2 to a power within the range of `f64`, subnormal numbers included.
fn power_of_two(exponent: i32) -> f64 {
    match exponent {
        -1074..=-1023 => f64::from_bits(1 << (exponent + 1074)),
        _ => f64::from_bits(((exponent + 1023) as u64) << 52),
    }
}

/// What is known of a format of integers: NumPy's `iinfo`, made by the [function](fn@iinfo) of the same name, for dtypes
/// known at run time, with numbers as `i128`, which holds all of them, or by [`iinfo::of`], typed.
///
/// ```
/// # use array_core::{DType, iinfo};
/// assert_eq!(iinfo(DType::UInt64)?.max, i128::from(u64::MAX));
/// assert_eq!(iinfo::of::<i8>().min, -128i8);
/// # Ok::<(), array_core::Error>(())
/// ```
#[allow(non_camel_case_types, reason = "NumPy's name")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct iinfo<T = i128> {
    /// The dtype.
    pub dtype: DType,
    /// Whether there are negative numbers.
    pub kind: Kind,
    /// Bits that one number takes.
    pub bits: u32,
    /// The smallest number.
    pub min: T,
    /// The largest number.
    pub max: T,
}

/// A dtype of integers.
pub trait Integer: Element {
    #[doc(hidden)]
    const INFO: iinfo<Self>;
}

macro_rules! integers {
    ($($type:ident)*) => {
        $(impl Integer for $type {
            const INFO: iinfo<$type> = iinfo {
                dtype: <$type as Element>::DTYPE,
                kind: <$type as Element>::DTYPE.kind(),
                bits: $type::BITS,
                min: $type::MIN,
                max: $type::MAX,
            };
        })*

        fn integers_of(dtype: DType) -> Option<iinfo> {
            $(if dtype == <$type as Element>::DTYPE {
                let iinfo { dtype, kind, bits, min, max } = <$type as Integer>::INFO;
                return Some(iinfo { dtype, kind, bits, min: min.into(), max: max.into() });
            })*
            None
        }
    };
}
integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

impl iinfo {
    /// As the [function](fn@iinfo), for a dtype known at compile time, whose numbers are of that type.
    pub const fn of<T: Integer>() -> iinfo<T> {
        T::INFO
    }
}

/// What is known of the integers of a dtype, or of an array's: NumPy's `iinfo`.
///
/// ```
/// # use array_core::{DType, iinfo};
/// let info = iinfo(DType::Int64)?;
/// assert_eq!((info.bits, info.min, info.max), (64, -(1 << 63), (1 << 63) - 1));
/// assert!(iinfo(DType::Bool).unwrap_err().is_value());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the dtype is not of integers.
pub fn iinfo(dtype: impl Into<DType>) -> Result<iinfo> {
    let dtype = dtype.into();
    let instead = if dtype == DType::Bool { "it holds false and true" } else { "use finfo" };
    integers_of(dtype).ok_or_else(|| Error::value(format!("{dtype} is no dtype of integers: {instead}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_rusts() {
        let half = finfo::of::<f16>();
        assert_eq!((half.max, half.min, half.eps), (f16::MAX, f16::MIN, f16::EPSILON));
        assert_eq!((half.tiny, half.smallest_subnormal), (f16::MIN_POSITIVE, f16::MIN_POSITIVE_SUBNORMAL));
        let single = finfo::of::<f32>();
        assert_eq!((single.max, single.min, single.eps), (f32::MAX, f32::MIN, f32::EPSILON));
        assert_eq!((single.tiny, single.smallest_subnormal), (f32::MIN_POSITIVE, f32::from_bits(1)));
        let double = finfo::of::<complex128>();
        assert_eq!((double.max, double.min, double.eps), (f64::MAX, f64::MIN, f64::EPSILON));
        assert_eq!((double.tiny, double.smallest_subnormal), (f64::MIN_POSITIVE, f64::from_bits(1)));
        assert_eq!((double.precision, single.precision, half.precision), (15, 6, 3));
        assert_eq!(
            (double.resolution, single.resolution, half.resolution),
            (1e-15, 1e-6, f16::from_f64(1e-3))
        );
        assert_eq!(finfo(DType::Complex64).unwrap().dtype, DType::Float32);
        assert!(finfo(DType::Bool).is_err() && iinfo(DType::Float16).is_err());
        assert_eq!(iinfo::of::<u64>().max, u64::MAX);
    }
}
