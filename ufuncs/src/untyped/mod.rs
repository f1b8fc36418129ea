//! Products, statistics and other functions that are no ufuncs, of arrays whose dtypes are known at run time only:
//! `matmul::any`, `cov::any` and kin.
//!
//! In which dtype operands meet is found first, and they are converted to it; so each function is compiled once
//! for each dtype that it computes in, a few, and never for pairs of them. (Ufuncs have their `any` in
//! `dynamic.rs`, reductions in `reduce/dynamic.rs`.)

mod closeness;
mod differences;
mod others;
mod products;
mod statistics;

use array_core::{AnyArray, Array, Casting, DType, Element, Kind, Result};

pub use closeness::*;
pub use differences::*;
pub use others::*;
pub use products::*;
pub use statistics::*;

/// Types that have the `any` of functions without other methods.
macro_rules! methods_of {
    ($($name:ident)*) => {$(
        #[doc = concat!("[`", stringify!($name), "`](fn@crate::", stringify!($name), ") of arrays of any dtype.")]
        #[allow(non_camel_case_types, reason = "named as its function")]
        #[derive(Debug)]
        pub enum $name {}
    )*};
}

/// The expression with `$T` the type of a dtype, if it is one of these; else an error that names the function and
/// the dtypes that it was asked for.
macro_rules! by_dtype {
    ($dtype:expr, [$($type:ty)*], |$T:ident| $value:expr, $name:expr, $asked:expr) => {{
        let dtype: array_core::DType = $dtype;
        $(if dtype == <$type as array_core::Element>::DTYPE {
            type $T = $type;
            $value
        } else)* {
            Err(array_core::Error::unsupported($name, $asked))
        }
    }};
}

pub(crate) use {by_dtype, methods_of};

/// The array in a dtype: the same memory if it is of that.
pub(crate) fn in_dtype(a: &AnyArray, dtype: DType) -> Result<AnyArray> {
    if a.dtype() == dtype { Ok(a.clone()) } else { a.cast_with(dtype, Casting::Unsafe) }
}

/// As [`in_dtype`], its type known.
pub(crate) fn typed<T: Element>(a: &AnyArray) -> Result<Array<T>> {
    in_dtype(a, T::DTYPE)?.downcast()
}

/// The float that NumPy's functions which are no ufuncs compute in: integers and bools as `f64`.
pub(crate) fn default_float(dtype: DType) -> DType {
    match dtype.kind() {
        Kind::Float | Kind::Complex => dtype,
        _ => DType::Float64,
    }
}
