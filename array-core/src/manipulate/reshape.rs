//! The same elements in other shapes: flattened, reshaped, broadcast.

use std::borrow::Borrow;

use crate::create::IntoShape;
use crate::layout::{self, Order};
use crate::{Array, Element, Result, error};

impl<T: Element> Array<T> {
    /// The elements in row-major order along one axis, one after the other: the same memory where they
    /// already are, else a copy.
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![[1, 2], [3, 4]].t().ravel().to_vec(), [1, 3, 2, 4]);
    /// ```
    ///
    /// # Panics
    /// When a copy is needed and there is no memory for it.
    #[track_caller]
    pub fn ravel(&self) -> Self {
        error::or_panic(self.to_contiguous().reshape([self.len()]))
    }

    /// A copy of the elements in row-major order along one axis.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.flatten().to_vec(), [1, 2, 3, 4]);
    /// assert_ne!(a.flatten().address(), a.address());
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn flatten(&self) -> Self {
        self.copy().ravel()
    }

    /// As [`ravel`](Self::ravel), in this order of the elements: NumPy's `order`.
    ///
    /// ```
    /// # use array_core::{Order, array};
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.ravel_with(Order::ColumnMajor)?.to_vec(), [1, 3, 2, 4]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a copy is needed and there is no memory for it.
    pub fn ravel_with(&self, order: Order) -> Result<Self> {
        match order {
            Order::RowMajor => self.try_ravel(),
            Order::ColumnMajor => self.t().try_ravel(),
        }
    }

    /// As [`flatten`](Self::flatten), in this order of the elements: NumPy's `order`.
    ///
    /// ```
    /// # use array_core::{Order, array};
    /// assert_eq!(array![[0, 1], [2, 3]].flatten_with(Order::ColumnMajor)?, [0, 2, 1, 3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn flatten_with(&self, order: Order) -> Result<Self> {
        match order {
            Order::RowMajor => self.try_copy()?.try_ravel(),
            Order::ColumnMajor => self.t().try_copy()?.try_ravel(),
        }
    }
}

/// As [`Array::reshape`].
///
/// # Errors
/// As there.
pub fn reshape<T: Element>(a: &Array<T>, shape: impl IntoShape) -> Result<Array<T>> {
    a.reshape(shape)
}

/// As [`Array::ravel`].
///
/// # Panics
/// As there.
#[track_caller]
pub fn ravel<T: Element>(a: &Array<T>) -> Array<T> {
    a.ravel()
}

/// As [`Array::broadcast_to`].
///
/// # Errors
/// As there.
pub fn broadcast_to<T: Element>(a: &Array<T>, shape: impl IntoShape) -> Result<Array<T>> {
    a.broadcast_to(shape)
}

/// The arrays, each seen in the shape that all broadcast to: the same memory.
///
/// ```
/// # use array_core::{array, broadcast_arrays};
/// let both = broadcast_arrays(&[array![[1], [2]], array![3, 4]])?;
/// assert_eq!(both[0], array![[1, 1], [2, 2]]);
/// assert_eq!(both[1], array![[3, 4], [3, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the shapes do not broadcast together.
pub fn broadcast_arrays<T: Element, A: Borrow<Array<T>>>(arrays: &[A]) -> Result<Vec<Array<T>>> {
    let shapes: Vec<&[usize]> = arrays.iter().map(|a| a.borrow().shape()).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    arrays.iter().map(|a| a.borrow().broadcast_to(&shape[..])).collect()
}

#[cfg(test)]
mod tests {
    use crate::arange;

    #[test]
    fn ravel_shares_memory_and_flatten_does_not() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        assert_eq!(a.ravel().address(), a.address());
        assert_ne!(a.flatten().address(), a.address());
    }
}
