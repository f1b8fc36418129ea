//! Ways to make an array: from values, ranges, shapes and functions.
//!
//! Whatever allocates as much as its arguments ask for returns `Result`: sizes that no memory can
//! hold are errors, never panics.

mod asarray;
mod grids;
mod like;
mod matrices;
mod nested;
mod ranges;
mod shape;

use std::mem::MaybeUninit;

use crate::layout::{self, Order};
use crate::{Array, Buffer, Element, Result};

pub use asarray::{CopyMode, IntoArray, Sequence, asarray, asarray_with};
pub use grids::{Indexing, indices, meshgrid, mgrid, ogrid};
pub use like::{empty, empty_like, full_like, ones_like, zeros_like};
pub use matrices::{diag, diagflat, eye, identity, tri, tril, triu, vander};
pub use nested::Nested;
pub use ranges::{ArangeArguments, RangeElement, arange, geomspace, linspace, linspace_exclusive, logspace};
pub use shape::{IntoShape, Length};

/// An array of zeros (`false` for `bool`).
///
/// ```
/// use array_core::{Array, zeros};
/// let a: Array<f64> = zeros([2, 3])?;
/// assert_eq!(a.shape(), [2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn zeros<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    shape.with_shape(|shape| zeros_with(shape, &Order::RowMajor.strides(shape)))
}

/// An array of zeros, with the strides of a contiguous one whose axes are in any order.
fn zeros_with<T: Element>(shape: &[usize], strides: &[isize]) -> Result<Array<T>> {
    let buffer = Buffer::zeroed(layout::byte_size::<T>(shape)?)?;
    let pointer = buffer.as_ptr().cast();
    // SAFETY: contiguous strides stay within the block, whose zero bytes are zeros of `T`.
    Ok(unsafe { Array::from_raw_parts(buffer, pointer, shape, strides) })
}

/// An array of ones (`true` for `bool`).
///
/// ```
/// # use array_core::ones;
/// assert_eq!(ones::<f32>([2, 2])?.to_vec(), [1.0; 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn ones<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    full(shape, T::ONE)
}

/// An array whose elements are all `value`.
///
/// ```
/// use array_core::full;
/// assert_eq!(full([2, 2], 7u8)?.to_vec(), [7; 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn full<T: Element>(shape: impl IntoShape, value: T) -> Result<Array<T>> {
    shape.with_shape(|shape| from_fn_flat(shape, |_| value))
}

/// An array of no axes that holds one value.
///
/// ```
/// # use array_core::scalar;
/// assert_eq!(scalar(2.5).ndim(), 0);
/// ```
pub fn scalar<T: Element>(value: T) -> Array<T> {
    let mut array = Array::from_vec(vec![value]);
    array.reshape_in_place(&[]);
    array
}

/// An array whose elements are made from their index, in row-major order.
///
/// ```
/// use array_core::from_fn;
/// let table = from_fn([2, 3], |index| (10 * index[0] + index[1]) as f64)?;
/// assert_eq!(table.to_vec(), [0.0, 1.0, 2.0, 10.0, 11.0, 12.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn from_fn<T: Element>(shape: impl IntoShape, mut f: impl FnMut(&[usize]) -> T) -> Result<Array<T>> {
    shape.with_shape(|shape| {
        let mut index = vec![0; shape.len()];
        from_fn_flat(shape, |_| {
            let value = f(&index);
            for (i, &n) in index.iter_mut().zip(shape).rev() {
                *i += 1;
                if *i < n {
                    break;
                }
                *i = 0;
            }
            value
        })
    })
}

/// An array whose elements are made from their position in row-major order.
fn from_fn_flat<T: Element>(shape: &[usize], mut f: impl FnMut(usize) -> T) -> Result<Array<T>> {
    let fill = |elements: &mut [MaybeUninit<T>]| {
        for (i, element) in elements.iter_mut().enumerate() {
            element.write(f(i));
        }
    };
    // SAFETY: every element is written.
    unsafe { Array::build(shape, Order::RowMajor, fill) }
}

impl<T: Element> Array<T> {
    /// An array of one axis over a vector's memory, which is taken over and not copied.
    pub fn from_vec(vector: Vec<T>) -> Self {
        let length = vector.len();
        let buffer = Buffer::from_vec(vector);
        let pointer = buffer.as_ptr().cast();
        // SAFETY: the buffer holds `length` elements one after the other, valid as the vector's were.
        unsafe { Array::from_raw_parts(buffer, pointer, &[length], &[1]) }
    }
}

impl<T: Element> From<Vec<T>> for Array<T> {
    fn from(vector: Vec<T>) -> Self {
        Self::from_vec(vector)
    }
}

impl<T: Element, const N: usize> From<[T; N]> for Array<T> {
    fn from(values: [T; N]) -> Self {
        Self::from_vec(values.to_vec())
    }
}

impl<T: Element> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from_vec(values.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_that_cannot_be_are_errors() {
        assert!(zeros::<f64>([usize::MAX, 2]).unwrap_err().is_memory());
        assert!(ones::<u8>([usize::MAX]).unwrap_err().is_memory());
        assert_eq!(zeros::<f64>([0, 5]).unwrap().len(), 0);
        assert_eq!(full((), 3).unwrap().item().unwrap(), 3);
        assert_eq!(scalar(2.5).ndim(), 0);
    }
}
