//! The real and imaginary parts of an array, in its own memory.

use std::sync::LazyLock;

use crate::layout::PerAxis;
use crate::{Array, Element, complex64, complex128, f16, scalar};

/// A dtype whose numbers have a real and an imaginary part. All have.
pub trait Parts: Element {
    /// The dtype of the parts.
    type Part: Element;
    #[doc(hidden)]
    fn real(a: &Array<Self>) -> Array<Self::Part>;
    #[doc(hidden)]
    fn imag(a: &Array<Self>) -> Array<Self::Part>;
}

impl<T: Parts> Array<T> {
    /// The real parts: of complex numbers every other number of the same memory, of real ones the array.
    ///
    /// ```
    /// # use array_core::{Array, complex128};
    /// let a = Array::from([complex128::new(1.0, 2.0), complex128::new(3.0, 4.0)]);
    /// assert_eq!(a.real(), Array::from([1.0, 3.0]));
    /// assert_eq!(a.real().address(), a.address());
    /// ```
    pub fn real(&self) -> Array<T::Part> {
        T::real(self)
    }

    /// The imaginary parts: of complex numbers every other number of the same memory, of real ones zeros.
    ///
    /// ```
    /// # use array_core::{Array, complex128};
    /// let a = Array::from([complex128::new(1.0, 2.0), complex128::new(3.0, 4.0)]);
    /// assert_eq!(a.imag(), Array::from([2.0, 4.0]));
    /// assert_eq!(a.imag().address(), a.address() + 8);
    /// assert_eq!(Array::from([1.5]).imag(), Array::from([0.0]));
    /// ```
    pub fn imag(&self) -> Array<T::Part> {
        T::imag(self)
    }
}

macro_rules! real_numbers {
    ($($type:ident)*) => {$(
        impl Parts for $type {
            type Part = $type;
            fn real(a: &Array<$type>) -> Array<$type> {
                a.clone()
            }
            fn imag(a: &Array<$type>) -> Array<$type> {
                // One zero, which stands for all, everywhere: a call should cost no more than a view.
                static ZERO: LazyLock<Array<$type>> = LazyLock::new(|| scalar($type::ZERO));
                let strides: PerAxis<isize> = PerAxis::from_elem(0, a.ndim());
                // SAFETY: every element is the one of the buffer.
                unsafe { Array::from_raw_parts(ZERO.buffer().clone(), ZERO.as_ptr(), a.shape(), &strides) }
            }
        }
    )*};
}
real_numbers! { bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 }

macro_rules! complex_numbers {
    ($($type:ident of $part:ident;)*) => {$(
        impl Parts for $type {
            type Part = $part;
            fn real(a: &Array<$type>) -> Array<$part> {
                part(a, 0)
            }
            fn imag(a: &Array<$type>) -> Array<$part> {
                part(a, 1)
            }
        }
    )*};
}
complex_numbers! { complex64 of f32; complex128 of f64; }

/// Part 0 or 1 of each number.
fn part<T: Parts>(a: &Array<T>, which: usize) -> Array<T::Part> {
    assert_eq!(size_of::<T>(), 2 * size_of::<T::Part>(), "of complex numbers");
    let strides: PerAxis<isize> = a.strides().iter().map(|stride| 2 * stride).collect();
    // Of no elements the address may be of no memory.
    let offset = if a.is_empty() { 0 } else { which };
    let pointer = a.as_ptr().cast::<T::Part>().wrapping_add(offset);
    // SAFETY: a complex number is two floats, `repr(C)`, real part first; so each element that these strides
    // reach is a part of an element of `a`, which lies in the same buffer.
    unsafe { Array::from_raw_parts(a.buffer().clone(), pointer, a.shape(), &strides) }
}
