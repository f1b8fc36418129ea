//! Views with axes of length one left out or added.

use ndarray::Axis;

use crate::axes::{self, IntoAxes};
use crate::layout::PerAxis;
use crate::{Array, Element, Error, Result, error};

impl<T: Element> Array<T> {
    /// As the function [`squeeze`].
    ///
    /// ```
    /// # use array_core::zeros;
    /// assert_eq!(zeros::<f64>([1, 3, 1])?.squeeze(..)?.shape(), [3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn squeeze(&self, axes: impl IntoAxes) -> Result<Self> {
        squeeze(self, axes)
    }
}

/// Axes of length one left out: those given, or with `..` all of them. The same memory.
///
/// ```
/// # use array_core::{squeeze, zeros};
/// let a = zeros::<f64>([1, 3, 1])?;
/// assert_eq!(squeeze(&a, ..)?.shape(), [3]);
/// assert_eq!(squeeze(&a, -1)?.shape(), [1, 3]);
/// assert!(squeeze(&a, 1).is_err());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds, repeated, or not of length one.
pub fn squeeze<T: Element>(a: &Array<T>, axes: impl IntoAxes) -> Result<Array<T>> {
    let ones = || (0..a.ndim()).filter(|&axis| a.shape()[axis] == 1).collect();
    let mut axes: PerAxis<usize> = axes::normalise(axes, a.ndim())?.unwrap_or_else(ones);
    if let Some(&axis) = axes.iter().find(|&&axis| a.shape()[axis] != 1) {
        return Err(Error::shape(format!(
            "only axes of length 1 can be squeezed: axis {axis} of shape {} has length {}",
            error::Shape(a.shape()),
            a.shape()[axis]
        )));
    }
    axes.sort_unstable();
    let mut view = a.static_view();
    for &axis in axes.iter().rev() {
        view = view.index_axis_move(Axis(axis), 0);
    }
    Ok(a.with_view(view))
}

/// New axes of length one at these places of the result: the same memory.
///
/// ```
/// # use array_core::{arange, expand_dims};
/// let a = arange(3)?;
/// assert_eq!(expand_dims(&a, 0)?.shape(), [1, 3]);
/// assert_eq!(expand_dims(&a, [0, -1])?.shape(), [1, 3, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When a place is out of bounds of the result or given twice; when none is given (`..`).
pub fn expand_dims<T: Element>(a: &Array<T>, axes: impl IntoAxes) -> Result<Array<T>> {
    let Some(given) = axes.into_axes() else {
        return Err(Error::value("expand_dims needs to know where the new axes go: .. names no place"));
    };
    let mut places = axes::normalise(&given[..], a.ndim() + given.len())?.expect("axes are given");
    places.sort_unstable();
    let mut view = a.static_view();
    for &place in &places {
        view = view.insert_axis(Axis(place));
    }
    Ok(a.with_view(view))
}

/// At least one axis: a 0-d array gets one. The same memory.
///
/// ```
/// # use array_core::{atleast_1d, scalar};
/// assert_eq!(atleast_1d(&scalar(1)).shape(), [1]);
/// ```
pub fn atleast_1d<T: Element>(a: &Array<T>) -> Array<T> {
    if a.ndim() == 0 { with_axes(a, &[0]) } else { a.clone() }
}

/// At least two axes, the new ones in front: the same memory.
///
/// ```
/// # use array_core::{array, atleast_2d};
/// assert_eq!(atleast_2d(&array![1, 2]).shape(), [1, 2]);
/// ```
pub fn atleast_2d<T: Element>(a: &Array<T>) -> Array<T> {
    match a.ndim() {
        0 => with_axes(a, &[0, 1]),
        1 => with_axes(a, &[0]),
        _ => a.clone(),
    }
}

/// At least three axes; a vector of `n` becomes `(1, n, 1)`, a matrix `(m, n, 1)`. The same memory.
///
/// ```
/// # use array_core::{array, atleast_3d};
/// assert_eq!(atleast_3d(&array![1, 2]).shape(), [1, 2, 1]);
/// ```
pub fn atleast_3d<T: Element>(a: &Array<T>) -> Array<T> {
    match a.ndim() {
        0 => with_axes(a, &[0, 1, 2]),
        1 => with_axes(a, &[0, 2]),
        2 => with_axes(a, &[2]),
        _ => a.clone(),
    }
}

fn with_axes<T: Element>(a: &Array<T>, places: &[isize]) -> Array<T> {
    expand_dims(a, places).expect("places within the result")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    #[test]
    fn views_share_memory() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        for view in [expand_dims(&a, [0, 2]).unwrap(), atleast_3d(&a.ravel())] {
            assert_eq!(view.address(), a.address());
        }
    }

    #[test]
    fn bad_axes_say_why() {
        let a = zeros::<f64>([2, 1]).unwrap();
        assert!(squeeze(&a, 0).unwrap_err().is_shape());
        assert!(expand_dims(&a, 4).unwrap_err().is_index());
    }
}
