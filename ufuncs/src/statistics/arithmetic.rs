//! Arithmetic of whole arrays of one dtype, by the element-wise functions and reductions of this crate.

use array_core::engine::CastTo;
use array_core::engine::call;
use array_core::engine::kernel::Binary;
use array_core::operators::kernels::{Add, BitwiseXor, Divide, Multiply, Subtract};
use array_core::{Array, Element, IndexItem, Promote, Result, complex64, complex128, f16, scalar};

use crate::linear::number::{Factor, Number, converted};
use crate::reduce::over::Over;
use crate::reduce::reduction::Reduction;
use crate::reduce::sums::Sum;

/// A dtype of which arrays can be averaged: floats and complex numbers.
pub trait Arithmetic: Element {
    /// `a + b`.
    fn plus(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>>;
    /// `a - b`.
    fn minus(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>>;
    /// `a * b`.
    fn times(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>>;
    /// `a / b`.
    fn over(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>>;
    /// `a / b` of a number, in the memory of `a`.
    fn over_number(a: Array<Self>, b: f64) -> Result<Array<Self>>;
    /// The sum over some axes.
    fn total(a: &Array<Self>, over: Over<'_, Self>) -> Result<Array<Self>>;
    /// Writes values to a part of an array.
    fn put(to: &mut Array<Self>, part: &[IndexItem], values: &Array<Self>) -> Result<()>;
}

impl<T> Arithmetic for T
where
    T: Promote<T, Output = T> + CastTo<T>,
    Add: Binary<T, Output = T>,
    Subtract: Binary<T, Output = T>,
    Multiply: Binary<T, Output = T>,
    Divide: Binary<T, Output = T>,
    Sum: Reduction<T, Initial = T, Output = T>,
{
    fn plus(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
        call::binary::<Add, _>((a, b))
    }
    fn minus(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
        call::binary::<Subtract, _>((a, b))
    }
    fn times(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
        call::binary::<Multiply, _>((a, b))
    }
    fn over(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
        call::binary::<Divide, _>((a, b))
    }
    fn over_number(a: Array<T>, b: f64) -> Result<Array<T>> {
        call::binary::<Divide, _>((a, &converted::<f64, T>(scalar(b))?))
    }
    fn total(a: &Array<T>, over: Over<'_, T>) -> Result<Array<T>> {
        crate::sum(a, over)
    }
    fn put(to: &mut Array<T>, part: &[IndexItem], values: &Array<T>) -> Result<()> {
        to.assign(part, values)
    }
}

/// A dtype of covariances: `f64` and `complex128`.
pub trait Correlates: Arithmetic + Number + Factor<Computed = Self> + Promote<Self, Output = Self> {
    /// Makes correlations of an n × n matrix of covariances.
    fn correlate(matrix: &mut [Self], n: usize);
}

macro_rules! correlates {
    ($($type:ident: |$x:ident| $real:expr, $clipped:expr;)*) => {$(
        impl Correlates for $type {
            fn correlate(matrix: &mut [Self], n: usize) {
                let real = |$x: $type| -> f64 { $real };
                let spreads: Vec<f64> = (0..n).map(|i| real(matrix[i * n + i]).sqrt()).collect();
                for (i, value) in matrix.iter_mut().enumerate() {
                    let $x = *value / spreads[i / n] / spreads[i % n];
                    *value = $clipped;
                }
            }
        }
    )*};
}
correlates! {
    f64: |x| x, x.clamp(-1.0, 1.0);
    complex128: |x| x.re, complex128::new(x.re.clamp(-1.0, 1.0), x.im.clamp(-1.0, 1.0));
}

/// A dtype that has differences.
pub trait Differs: Element {
    /// `a - b`; of bools whether they are different.
    fn difference(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>>;
}

impl Differs for bool {
    #[inline]
    fn difference(a: &Array<bool>, b: &Array<bool>) -> Result<Array<bool>> {
        call::binary::<BitwiseXor, _>((a, b))
    }
}

macro_rules! differs {
    ($($type:ty)*) => {$(
        impl Differs for $type {
            #[inline]
            fn difference(a: &Array<Self>, b: &Array<Self>) -> Result<Array<Self>> {
                call::binary::<Subtract, _>((a, b))
            }
        }
    )*};
}
differs! { i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128 }
