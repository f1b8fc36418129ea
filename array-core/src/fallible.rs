//! Copies for functions that return `Result`: where there is no memory for one, an error, not a panic or an abort.
//!
//! Arrays that repeat their elements may be larger than any memory, so a copy can fail though all that went before
//! was cheap.

use std::borrow::Cow;

use crate::layout::Order;
use crate::{Array, Element, Error, Result, copy};

/// An empty vector with room for so many elements.
///
/// # Errors
/// When there is no memory for them.
pub(crate) fn with_room<E>(count: usize) -> Result<Vec<E>> {
    let mut vector = Vec::new();
    match vector.try_reserve_exact(count) {
        Ok(()) => Ok(vector),
        Err(_) => Err(Error::memory(count.saturating_mul(size_of::<E>()))),
    }
}

/// What an iterator that knows its length gives.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn collected<E>(items: impl ExactSizeIterator<Item = E>) -> Result<Vec<E>> {
    let mut vector = with_room(items.len())?;
    vector.extend(items);
    Ok(vector)
}

/// So many times the same.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn repeated<E: Clone>(element: E, count: usize) -> Result<Vec<E>> {
    let mut vector = with_room(count)?;
    vector.resize(count, element);
    Ok(vector)
}

/// The same as without `try_`, for who must not panic where there is no memory.
impl<T: Element> Array<T> {
    /// As [`copy`](Self::copy).
    ///
    /// ```
    /// # use array_core::scalar;
    /// let endless = scalar(1.5).broadcast_to([1usize << 50])?;
    /// assert!(endless.try_copy().unwrap_err().is_memory());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn try_copy(&self) -> Result<Self> {
        copy::to_order(self, Order::RowMajor)
    }

    /// As [`to_contiguous`](Self::to_contiguous).
    ///
    /// # Errors
    /// When there is no memory for a copy.
    pub fn try_contiguous(&self) -> Result<Self> {
        if self.is_contiguous() { Ok(self.clone()) } else { self.try_copy() }
    }

    /// As [`to_contiguous`](Self::to_contiguous), without counting one more holder.
    pub(crate) fn contiguous(&self) -> Result<Cow<'_, Self>> {
        Ok(if self.is_contiguous() { Cow::Borrowed(self) } else { Cow::Owned(self.try_copy()?) })
    }

    /// As [`as_slice_mut`](Self::as_slice_mut).
    pub(crate) fn try_slice_mut(&mut self) -> Result<&mut [T]> {
        if !self.is_contiguous() || !self.is_unique() {
            *self = self.try_copy()?;
        }
        let length = self.len();
        // SAFETY: unique as checked or as freshly copied, and contiguous, so these `length`
        // elements are ours alone for as long as `self` is borrowed.
        Ok(unsafe { std::slice::from_raw_parts_mut(self.as_ptr().cast_mut(), length) })
    }

    /// As [`to_vec`](Self::to_vec).
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn try_vec(&self) -> Result<Vec<T>> {
        copy::to_vec(self)
    }

    /// As [`into_vec`](Self::into_vec).
    ///
    /// # Errors
    /// When there is no memory for a copy.
    pub fn try_into_vec(self) -> Result<Vec<T>> {
        self.into_own_vec().or_else(|array| array.try_vec())
    }

    /// As [`ravel`](Self::ravel).
    ///
    /// # Errors
    /// When there is no memory for a copy.
    pub fn try_ravel(&self) -> Result<Self> {
        self.try_contiguous()?.reshape([self.len()])
    }

    /// The elements in row-major order along one axis: the same memory where the strides allow it, else a copy.
    pub(crate) fn along_one_axis(&self) -> Result<Self> {
        self.reshape([self.len()])
    }

    /// As [`make_unique`](Self::make_unique).
    pub(crate) fn try_make_unique(&mut self) -> Result<()> {
        if !self.is_unique() {
            *self = self.try_copy()?;
        }
        Ok(())
    }
}
