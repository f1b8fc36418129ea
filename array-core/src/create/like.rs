//! Arrays with the shape of another, and its axes in memory in the same order: NumPy's order `K`.

use super::{IntoShape, full, zeros, zeros_with};
use crate::{Array, Element, Result, layout};

/// An array for values to be written to. Its elements are zeros: safe Rust shows no memory that was
/// never written, and fresh zeros cost no more.
///
/// ```
/// # use array_core::empty;
/// assert_eq!(empty::<f64>([2, 3])?.shape(), [2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn empty<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    zeros(shape)
}

/// As [`empty`], with the shape of another array, of whatever dtype.
///
/// ```
/// # use array_core::{arange, empty_like};
/// assert_eq!(empty_like::<f64>(&arange(3)?)?.shape(), [3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn empty_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    zeros_like(a)
}

/// Zeros with the shape of another array, of whatever dtype.
///
/// ```
/// # use array_core::{Array, arange, zeros_like};
/// let a: Array<f32> = zeros_like(&arange(6)?.reshape([2, 3])?.t())?;
/// assert_eq!((a.shape(), a.strides()), (&[3, 2][..], &[1, 3][..]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn zeros_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    zeros_with(a.shape(), &layout::strides_of_copy(a.shape(), a.strides()))
}

/// Ones with the shape of another array, of whatever dtype.
///
/// ```
/// # use array_core::{arange, ones_like};
/// assert_eq!(ones_like::<f64>(&arange(3)?)?.to_vec(), [1.0; 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn ones_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    full_like(a, T::ONE)
}

/// The same value everywhere, with the shape of another array, of whatever dtype.
///
/// ```
/// # use array_core::{arange, full_like};
/// assert_eq!(full_like(&arange(3)?, 7u8)?.to_vec(), [7; 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn full_like<T: Element>(a: &Array<impl Element>, value: T) -> Result<Array<T>> {
    let flat = full([a.len()], value)?;
    let strides = layout::strides_of_copy(a.shape(), a.strides());
    // SAFETY: contiguous strides, in whatever order, reach as many elements as there are.
    Ok(unsafe { Array::from_raw_parts(flat.buffer().clone(), flat.as_ptr(), a.shape(), &strides) })
}
