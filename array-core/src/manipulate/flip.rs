//! Views with axes reversed, and turned by quarters.

use ndarray::Axis;

use crate::axes::{self, IntoAxes};
use crate::{Array, Element, Result};

impl<T: Element> Array<T> {
    /// As the function [`flip`].
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![1, 2, 3].flip(0)?.to_vec(), [3, 2, 1]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn flip(&self, axes: impl IntoAxes) -> Result<Self> {
        flip(self, axes)
    }
}

/// The elements in reverse order along these axes, or with `..` along all: the same memory.
///
/// ```
/// # use array_core::{arange, flip};
/// let a = arange(6)?.reshape([2, 3])?;
/// assert_eq!(flip(&a, 0)?.to_vec(), [3, 4, 5, 0, 1, 2]);
/// assert_eq!(flip(&a, ..)?.to_vec(), [5, 4, 3, 2, 1, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds or repeated.
pub fn flip<T: Element>(a: &Array<T>, axes: impl IntoAxes) -> Result<Array<T>> {
    let axes = axes::normalise(axes, a.ndim())?.unwrap_or_else(|| (0..a.ndim()).collect());
    let mut view = a.static_view();
    axes.iter().for_each(|&axis| view.invert_axis(Axis(axis)));
    Ok(a.with_view(view))
}

/// The rows in reverse order: [`flip`] along axis 0.
///
/// ```
/// # use array_core::{array, flipud};
/// assert_eq!(flipud(&array![[1, 2], [3, 4]])?, array![[3, 4], [1, 2]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has no axis.
pub fn flipud<T: Element>(a: &Array<T>) -> Result<Array<T>> {
    flip(a, 0)
}

/// The columns in reverse order: [`flip`] along axis 1.
///
/// ```
/// # use array_core::{array, fliplr};
/// assert_eq!(fliplr(&array![[1, 2], [3, 4]])?, array![[2, 1], [4, 3]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has less than two axes.
pub fn fliplr<T: Element>(a: &Array<T>) -> Result<Array<T>> {
    flip(a, 1)
}

/// A quarter turn, `k` times, from the first of two axes towards the second: the same memory.
///
/// ```
/// # use array_core::{arange, rot90};
/// let a = arange(4)?.reshape([2, 2])?;
/// assert_eq!(rot90(&a, 1, [0, 1])?.to_vec(), [1, 3, 0, 2]);
/// assert_eq!(rot90(&a, -1, [0, 1])?.to_vec(), [2, 0, 3, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axes are out of bounds or the same.
pub fn rot90<T: Element>(a: &Array<T>, k: isize, axes: [isize; 2]) -> Result<Array<T>> {
    let plane = axes::normalise(axes, a.ndim())?.expect("axes are given");
    let [from, to] = [plane[0], plane[1]];
    let mut view = a.static_view();
    match k.rem_euclid(4) {
        0 => {}
        2 => {
            view.invert_axis(Axis(from));
            view.invert_axis(Axis(to));
        }
        1 => {
            view.invert_axis(Axis(to));
            view.swap_axes(from, to);
        }
        _ => {
            view.swap_axes(from, to);
            view.invert_axis(Axis(to));
        }
    }
    Ok(a.with_view(view))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    #[test]
    fn views_share_memory() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        assert_eq!(flip(&a, 0).unwrap().address(), a.address() + 12 * 4);
    }

    #[test]
    fn bad_axes_say_why() {
        let a = zeros::<f64>([2, 1]).unwrap();
        assert!(flip(&a, [0, -2]).unwrap_err().to_string().contains("twice"));
        assert!(rot90(&a, 1, [0, 0]).unwrap_err().is_value());
        assert!(fliplr(&a.ravel()).unwrap_err().is_index());
    }
}
