//! Arrays with the shape of another.

use super::{IntoShape, full, zeros};
use crate::{Array, Element, Result};

/// An array for values to be written to. Its elements are zeros: safe Rust shows no memory that was
/// never written, and fresh zeros cost no more.
///
/// # Errors
/// When there is no memory for it.
pub fn empty<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    zeros(shape)
}

/// As [`empty`], with the shape of another array, of whatever dtype.
///
/// # Errors
/// When there is no memory for it.
pub fn empty_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    zeros(a.shape())
}

/// Zeros with the shape of another array, of whatever dtype.
///
/// ```
/// # use array_core::{Array, arange, zeros_like};
/// let a: Array<f32> = zeros_like(&arange(3)?)?;
/// assert_eq!(a.to_vec(), [0.0; 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn zeros_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    zeros(a.shape())
}

/// Ones with the shape of another array, of whatever dtype.
///
/// # Errors
/// When there is no memory for it.
pub fn ones_like<T: Element>(a: &Array<impl Element>) -> Result<Array<T>> {
    full(a.shape(), T::ONE)
}

/// The same value everywhere, with the shape of another array, of whatever dtype.
///
/// # Errors
/// When there is no memory for it.
pub fn full_like<T: Element>(a: &Array<impl Element>, value: T) -> Result<Array<T>> {
    full(a.shape(), value)
}
