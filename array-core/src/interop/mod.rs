//! Where arrays meet the rest of Rust: ndarray, comparison (exact, and by `approx`), formatting.

use std::fmt;

use approx::{AbsDiffEq, RelativeEq, UlpsEq};
use ndarray::{Dimension, Ix};

use crate::print::{self, PrintOptions, PrintSign};
use crate::{Array, Buffer, Element};

/// Takes the memory over, without copying, in whatever order it is.
impl<T: Element, D: Dimension> From<ndarray::Array<T, D>> for Array<T> {
    fn from(array: ndarray::Array<T, D>) -> Self {
        let shape: Vec<Ix> = array.shape().to_vec();
        let strides = array.strides().to_vec();
        let (vector, offset) = array.into_raw_vec_and_offset();
        let buffer = Buffer::from_vec(vector);
        let pointer = buffer.as_ptr().cast::<T>().wrapping_add(offset.unwrap_or(0));
        // SAFETY: these are ndarray's own shape, strides and first element over the vector that it
        // gave up; an empty array reaches no element.
        unsafe { Array::from_raw_parts(buffer, pointer, &shape, &strides) }
    }
}

/// Equal shapes and equal elements; `nan` equals nothing, as in IEEE 754.
impl<T: Element> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        all(self, other, |a, b| a == b)
    }
}

/// Equal shapes, and elements that are equal within `epsilon`: for `assert_abs_diff_eq!`.
///
/// ```
/// # use array_core::Array;
/// let a = Array::from([1.0, 2.0]);
/// approx::assert_abs_diff_eq!(a, &a + 1e-9, epsilon = 1e-8);
/// approx::assert_relative_eq!(a, &a * 1.000001, max_relative = 1e-5);
/// ```
impl<T: Element + AbsDiffEq<Epsilon: Copy>> AbsDiffEq for Array<T> {
    type Epsilon = T::Epsilon;

    fn default_epsilon() -> T::Epsilon {
        T::default_epsilon()
    }

    fn abs_diff_eq(&self, other: &Self, epsilon: T::Epsilon) -> bool {
        all(self, other, |a, b| a.abs_diff_eq(b, epsilon))
    }
}

/// Equal shapes, and elements that are equal within `max_relative` of the larger.
impl<T: Element + RelativeEq<Epsilon: Copy>> RelativeEq for Array<T> {
    fn default_max_relative() -> T::Epsilon {
        T::default_max_relative()
    }

    fn relative_eq(&self, other: &Self, epsilon: T::Epsilon, max_relative: T::Epsilon) -> bool {
        all(self, other, |a, b| a.relative_eq(b, epsilon, max_relative))
    }
}

/// Equal shapes, and elements that are at most `max_ulps` floating-point numbers apart.
impl<T: Element + UlpsEq<Epsilon: Copy>> UlpsEq for Array<T> {
    fn default_max_ulps() -> u32 {
        T::default_max_ulps()
    }

    fn ulps_eq(&self, other: &Self, epsilon: T::Epsilon, max_ulps: u32) -> bool {
        all(self, other, |a, b| a.ulps_eq(b, epsilon, max_ulps))
    }
}

/// Whether shapes are equal, and `f` holds for every pair of elements.
fn all<T: Element>(a: &Array<T>, b: &Array<T>, f: impl Fn(&T, &T) -> bool) -> bool {
    if a.shape() != b.shape() {
        return false;
    }
    let (a, b) = (a.to_contiguous(), b.to_contiguous());
    let slices = (a.as_slice().expect("contiguous"), b.as_slice().expect("contiguous"));
    slices.0.iter().zip(slices.1).all(|(a, b)| f(a, b))
}

/// As NumPy's `str`; a precision, as in `{:.3}`, is the number of decimals, and `{:+}` asks for signs.
/// [`array_str`](crate::array_str) takes all of NumPy's options.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(Array::from([1.0, 2.5]).to_string(), "[1.  2.5]");
/// ```
impl<T: Element> fmt::Display for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::write_str(self.view(), &options(f), f)
    }
}

/// As NumPy's `repr`; a precision, as in `{:.3?}`, is the number of decimals. [`array_repr`](crate::array_repr) takes all
/// of NumPy's options.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(format!("{:?}", Array::from([1i8, 2])), "array([1, 2], dtype=int8)");
/// ```
impl<T: Element> fmt::Debug for Array<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::write_repr(self.view(), &options(f), f)
    }
}

fn options(f: &fmt::Formatter<'_>) -> PrintOptions {
    let default = PrintOptions::default();
    let sign = if f.sign_plus() { PrintSign::Always } else { default.sign };
    PrintOptions { precision: f.precision().unwrap_or(default.precision), sign, ..default }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar};

    #[test]
    fn ndarrays_keep_their_memory_and_order() {
        let rows = ndarray::array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let address = rows.as_ptr() as usize;
        let a = Array::from(rows.reversed_axes());
        assert_eq!(a.address(), address);
        assert_eq!((a.shape(), a.strides()), (&[3, 2][..], &[1, 3][..]));
        assert_eq!(a.to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);

        let mut reversed = ndarray::Array1::from_iter(0..5);
        reversed.invert_axis(ndarray::Axis(0));
        assert_eq!(Array::from(reversed).to_vec(), [4, 3, 2, 1, 0]);
        assert_eq!(Array::from(ndarray::Array2::<f32>::zeros((0, 3))).shape(), [0, 3]);
        assert_eq!(Array::from(ndarray::arr0(7)).item().unwrap(), 7);
    }

    #[test]
    fn arrays_compare_by_shape_and_value() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert!(a == a.t().copy().t());
        assert!(a != a.t());
        assert!(a != arange(6).unwrap());
        assert!(scalar(f64::NAN) != scalar(f64::NAN));
    }

    #[test]
    fn arrays_approximate() {
        let a = arange(3.0).unwrap();
        let b = &a + 1e-9;
        approx::assert_abs_diff_eq!(a, b, epsilon = 1e-8);
        assert!(approx::abs_diff_ne!(a, b, epsilon = 1e-10));
        assert!(approx::ulps_ne!(a, a.reshape([3, 1]).unwrap()));
    }
}
