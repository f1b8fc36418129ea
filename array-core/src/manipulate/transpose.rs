//! Views with the axes in another order.

use ndarray::IxDyn;

use crate::axes::{self, IntoAxes};
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, Result, error};

impl<T: Element> Array<T> {
    /// As the function [`swapaxes`].
    ///
    /// ```
    /// # use array_core::zeros;
    /// assert_eq!(zeros::<f64>([2, 3, 4])?.swapaxes(0, 2)?.shape(), [4, 3, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn swapaxes(&self, axis1: isize, axis2: isize) -> Result<Self> {
        swapaxes(self, axis1, axis2)
    }
}

/// The axes in the order given, which names each once, or with `..` in reverse order: the same memory.
///
/// ```
/// # use array_core::{transpose, zeros};
/// let a = zeros::<f64>([2, 3, 4])?;
/// assert_eq!(transpose(&a, ..)?.shape(), [4, 3, 2]);
/// assert_eq!(transpose(&a, [1, 2, 0])?.shape(), [3, 4, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is missing, repeated or out of bounds.
pub fn transpose<T: Element>(a: &Array<T>, axes: impl IntoAxes) -> Result<Array<T>> {
    match axes.into_axes() {
        None => Ok(a.t()),
        Some(axes) => a.transpose(&axes),
    }
}

/// The last two axes exchanged, of each matrix in a stack of them: the same memory.
///
/// ```
/// # use array_core::{matrix_transpose, zeros};
/// assert_eq!(matrix_transpose(&zeros::<f64>([2, 3, 4])?)?.shape(), [2, 4, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has less than two axes.
pub fn matrix_transpose<T: Element>(a: &Array<T>) -> Result<Array<T>> {
    if a.ndim() < 2 {
        return Err(Error::value(format!(
            "matrix_transpose needs an array of at least two dimensions, this one has shape {}",
            error::Shape(a.shape())
        )));
    }
    swapaxes(a, -1, -2)
}

/// The axes in the order given, which names each once: the same memory. As [`Array::transpose`].
///
/// ```
/// # use array_core::{permute_dims, zeros};
/// let a = zeros::<f64>([2, 3, 4])?;
/// assert_eq!(permute_dims(&a, &[2, 0, 1])?.shape(), [4, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is missing, repeated or out of bounds.
pub fn permute_dims<T: Element>(a: &Array<T>, axes: &[isize]) -> Result<Array<T>> {
    a.transpose(axes)
}

/// Two axes exchanged: the same memory.
///
/// ```
/// # use array_core::{swapaxes, zeros};
/// let a = zeros::<f64>([2, 3, 4])?;
/// assert_eq!(swapaxes(&a, 0, -1)?.shape(), [4, 3, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds.
pub fn swapaxes<T: Element>(a: &Array<T>, axis1: isize, axis2: isize) -> Result<Array<T>> {
    let axes = [layout::normalise_axis(axis1, a.ndim())?, layout::normalise_axis(axis2, a.ndim())?];
    let mut view = a.static_view();
    view.swap_axes(axes[0], axes[1]);
    Ok(a.with_view(view))
}

/// Some axes moved to other places, the rest in the order they were: the same memory.
///
/// ```
/// # use array_core::{moveaxis, zeros};
/// let a = zeros::<f64>([2, 3, 4])?;
/// assert_eq!(moveaxis(&a, 0, -1)?.shape(), [3, 4, 2]);
/// assert_eq!(moveaxis(&a, [0, 1], [-1, -2])?.shape(), [4, 3, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds or repeated, or there are not as many places as axes.
pub fn moveaxis<T: Element>(
    a: &Array<T>,
    source: impl IntoAxes,
    destination: impl IntoAxes,
) -> Result<Array<T>> {
    let all = || (0..a.ndim()).collect();
    let source: PerAxis<usize> = axes::normalise(source, a.ndim())?.unwrap_or_else(all);
    let destination: PerAxis<usize> = axes::normalise(destination, a.ndim())?.unwrap_or_else(all);
    if source.len() != destination.len() {
        return Err(Error::value(format!(
            "moveaxis needs as many destinations as sources: {} axes are to be moved to {} places",
            source.len(),
            destination.len()
        )));
    }
    let mut order: PerAxis<usize> = (0..a.ndim()).filter(|axis| !source.contains(axis)).collect();
    let mut moves: PerAxis<(usize, usize)> = destination.into_iter().zip(source).collect();
    moves.sort_unstable();
    for (to, from) in moves {
        order.insert(to, from);
    }
    Ok(a.with_view(a.static_view().permuted_axes(IxDyn(&order))))
}

/// An axis moved backwards until it comes before the axis `start`: the same memory. Kept, as in
/// NumPy, for old code: [`moveaxis`] says what one means.
///
/// ```
/// # use array_core::{rollaxis, zeros};
/// let a = zeros::<f64>([2, 3, 4])?;
/// assert_eq!(rollaxis(&a, 2, 0)?.shape(), [4, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis or the place is out of bounds.
pub fn rollaxis<T: Element>(a: &Array<T>, axis: isize, start: isize) -> Result<Array<T>> {
    let from = layout::normalise_axis(axis, a.ndim())?;
    let to = match start {
        start if start == a.ndim() as isize => a.ndim(),
        start => layout::normalise_axis(start, a.ndim())?,
    };
    let to = if from < to { to - 1 } else { to };
    moveaxis(a, from as isize, to as isize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    #[test]
    fn views_share_memory() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        for view in [swapaxes(&a, 0, 2).unwrap(), moveaxis(&a, [0, 2], [1, 0]).unwrap()] {
            assert_eq!(view.address(), a.address());
        }
    }

    #[test]
    fn bad_axes_say_why() {
        let a = zeros::<f64>([2, 1]).unwrap();
        assert!(moveaxis(&a, 0, [0, 1]).unwrap_err().is_value());
    }
}
