//! Products of vectors and matrices of any dtypes: in the dtype in which both meet, as typed products.

use array_core::{AnyArray, DType, Element, Result, complex64, complex128};

use super::{by_dtype, in_dtype, methods_of, typed};
use crate::functions::TensorAxes;
use crate::linear::number::Factor;
use crate::{dot, matmul, matvec, multiply, outer, vecdot, vecmat};

methods_of! { inner tensordot }

/// The dtype in which products of elements of a dtype are computed: it holds them.
fn computed_in(dtype: DType) -> DType {
    macro_rules! computed {
        ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {
            match dtype { $(DType::$variant => <<$type as Factor>::Computed as Element>::DTYPE,)* other => other }
        };
    }
    array_core::for_each_dtype!(computed)
}

/// The product of both in the dtype that products are computed in, converted to that in which they meet.
macro_rules! product {
    ($name:ident, $a:expr, $b:expr $(, $axes:expr)?) => {{
        let (a, b): (&AnyArray, &AnyArray) = ($a, $b);
        let common = a.dtype().promote(b.dtype());
        let dtypes = [a.dtype(), b.dtype()];
        let result = by_dtype!(
            computed_in(common),
            [f32 i32 u32 i64 u64 f64 complex64 complex128],
            |T| crate::$name(&typed::<T>(a)?, &typed::<T>(b)? $(, $axes)?).map(AnyArray::from),
            stringify!($name),
            &dtypes
        )?;
        in_dtype(&result, common)
    }};
}

macro_rules! any {
    ($($name:ident)*) => {$(
        impl $name {
            /// As the function, of arrays whose dtypes are known at run time only, in the dtype in which both meet.
            ///
            /// # Errors
            /// As of the function.
            ///
            /// ```
            /// use array_core::{AnyArray, Array};
            /// let a = Array::from([1i8, 2, 3, 4]).reshape([2, 2])?;
            /// let b = Array::from([0.5f32, 1.0, 1.5, 2.0]).reshape([2, 2])?;
            #[doc = concat!("let product = ufuncs::", stringify!($name), "::any(&a.clone().into(), &b.clone().into())?;")]
            #[doc = concat!("assert_eq!(product, AnyArray::from(ufuncs::", stringify!($name), "(&a, &b)?));")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn any(a: &AnyArray, b: &AnyArray) -> Result<AnyArray> {
                any!(@ $name, a, b)
            }
        }
    )*};
    // Of a number and an array it is each product.
    (@ dot, $a:ident, $b:ident) => {
        if $a.ndim() == 0 || $b.ndim() == 0 { multiply::any($a, $b) } else { product!(dot, $a, $b) }
    };
    (@ inner, $a:ident, $b:ident) => {
        if $a.ndim() == 0 || $b.ndim() == 0 { multiply::any($a, $b) } else { product!(inner, $a, $b) }
    };
    (@ outer, $a:ident, $b:ident) => {
        multiply::any($a.reshape([$a.len(), 1])?, $b.reshape([1, $b.len()])?)
    };
    (@ $name:ident, $a:ident, $b:ident) => {
        product!($name, $a, $b)
    };
}
any! { matmul matvec vecmat vecdot dot inner outer }

impl tensordot {
    /// As the function, of arrays whose dtypes are known at run time only, in the dtype in which both meet.
    ///
    /// # Errors
    /// As of the function.
    ///
    /// ```
    /// use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6i16)?.reshape([2, 3])?);
    /// let b = AnyArray::from(arange(6i64)?.reshape([2, 3])?);
    /// assert_eq!(ufuncs::tensordot::any(&a, &b, 2)?.item::<i64>()?, 55);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn any(a: &AnyArray, b: &AnyArray, axes: impl TensorAxes) -> Result<AnyArray> {
        let [of_a, of_b] = axes.pairs([a.ndim(), b.ndim()])?;
        product!(tensordot, a, b, Pairs(of_a.clone(), of_b.clone()))
    }
}

/// Axes that have been paired.
struct Pairs(Vec<isize>, Vec<isize>);

impl TensorAxes for Pairs {
    fn pairs(&self, _: [usize; 2]) -> Result<[Vec<isize>; 2]> {
        Ok([self.0.clone(), self.1.clone()])
    }
}
