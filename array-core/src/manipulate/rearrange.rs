//! Other views of the same elements: axes moved, added, dropped and reversed; and `roll`.

use ndarray::{Axis, IxDyn};

use super::assemble::assemble;
use crate::axes::{self, IntoAxes};
use crate::create::IntoShape;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result, error};

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

    /// As the function [`swapaxes`].
    ///
    /// # Errors
    /// As there.
    pub fn swapaxes(&self, axis1: isize, axis2: isize) -> Result<Self> {
        swapaxes(self, axis1, axis2)
    }

    /// As the function [`squeeze`].
    ///
    /// # Errors
    /// As there.
    pub fn squeeze(&self, axes: impl IntoAxes) -> Result<Self> {
        squeeze(self, axes)
    }

    /// As the function [`flip`].
    ///
    /// # Errors
    /// As there.
    pub fn flip(&self, axes: impl IntoAxes) -> Result<Self> {
        flip(self, axes)
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

/// The elements shifted along an axis, those that leave at one end coming in at the other: a copy.
///
/// With one shift for several axes, or one for each; over `..` the flattened array is shifted.
///
/// ```
/// # use array_core::{arange, roll};
/// let a = arange(6)?.reshape([2, 3])?;
/// assert_eq!(roll(&a, 1, ..)?.to_vec(), [5, 0, 1, 2, 3, 4]);
/// assert_eq!(roll(&a, 1, 1)?.to_vec(), [2, 0, 1, 5, 3, 4]);
/// assert_eq!(roll(&a, [1, -1], [0, 1])?.to_vec(), [4, 5, 3, 1, 2, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds, or there are neither one shift nor as many as axes.
pub fn roll<T: Element>(a: &Array<T>, shift: impl IntoAxes, axes: impl IntoAxes) -> Result<Array<T>> {
    let shifts = shift.into_axes().ok_or_else(|| Error::value("roll needs a shift: .. is none"))?;
    let Some(axes) = axes.into_axes() else {
        let total = shifts.iter().fold(0, |sum, &shift| shifted(sum, shift, a.len()));
        return rolled(&a.along_one_axis()?, &[total])?.reshape(a.shape());
    };
    let count = shifts.len().max(axes.len());
    if [shifts.len(), axes.len()].iter().any(|&n| n != 1 && n != count) {
        return Err(Error::value(format!(
            "roll needs one shift, or one for each axis: {} shift(s) for {} axes",
            shifts.len(),
            axes.len()
        )));
    }
    // An axis that is named twice is shifted twice.
    let mut along = vec![0isize; a.ndim()];
    for i in 0..count {
        let axis = layout::normalise_axis(axes[i % axes.len()], a.ndim())?;
        along[axis] = shifted(along[axis], shifts[i % shifts.len()], a.shape()[axis]);
    }
    rolled(a, &along)
}

/// Shifted by so much along each axis.
/// The sum of two shifts, of which the first is less than the length: whole rounds do not count.
fn shifted(sum: isize, shift: isize, length: usize) -> isize {
    let length = length.max(1) as i128;
    ((sum as i128 + shift as i128).rem_euclid(length)) as isize
}

fn rolled<T: Element>(a: &Array<T>, shifts: &[isize]) -> Result<Array<T>> {
    if a.is_empty() {
        return a.try_copy();
    }
    let shape = a.shape();
    // Along each axis that is shifted two runs: the last `k` elements come first.
    let moved: PerAxis<(usize, usize)> = (0..shape.len())
        .filter(|&axis| shape[axis] > 0)
        .map(|axis| (axis, shifts[axis].rem_euclid(shape[axis] as isize) as usize))
        .filter(|&(_, k)| k > 0)
        .collect();
    // SAFETY: along each axis the two runs make up the whole, and every combination is put.
    unsafe {
        assemble(shape, |canvas| {
            for choice in 0..1usize << moved.len() {
                let mut view = a.static_view();
                let mut start = PerAxis::from_elem(0, shape.len());
                for (i, &(axis, k)) in moved.iter().enumerate() {
                    let last = shape[axis] - k;
                    let wraps = choice >> i & 1 == 1;
                    start[axis] = if wraps { 0 } else { k };
                    let range = if wraps { last..shape[axis] } else { 0..last };
                    view.slice_axis_inplace(Axis(axis), ndarray::Slice::from(range));
                }
                canvas.put(&start, &a.with_view(view));
            }
        })
    }
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
pub fn broadcast_arrays<T: Element, A: std::borrow::Borrow<Array<T>>>(arrays: &[A]) -> Result<Vec<Array<T>>> {
    let shapes: Vec<&[usize]> = arrays.iter().map(|a| a.borrow().shape()).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    arrays.iter().map(|a| a.borrow().broadcast_to(&shape[..])).collect()
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
        for view in [
            swapaxes(&a, 0, 2).unwrap(),
            moveaxis(&a, [0, 2], [1, 0]).unwrap(),
            expand_dims(&a, [0, 2]).unwrap(),
            a.ravel(),
            atleast_3d(&a.ravel()),
        ] {
            assert_eq!(view.address(), a.address());
        }
        assert_eq!(flip(&a, 0).unwrap().address(), a.address() + 12 * 4);
        assert_ne!(a.flatten().address(), a.address());
    }

    #[test]
    fn bad_axes_say_why() {
        let a = zeros::<f64>([2, 1]).unwrap();
        assert!(squeeze(&a, 0).unwrap_err().is_shape());
        assert!(flip(&a, [0, -2]).unwrap_err().to_string().contains("twice"));
        assert!(expand_dims(&a, 4).unwrap_err().is_index());
        assert!(rot90(&a, 1, [0, 0]).unwrap_err().is_value());
        assert!(moveaxis(&a, 0, [0, 1]).unwrap_err().is_value());
        assert!(roll(&a, [1, 2, 3], [0, 1]).unwrap_err().is_value());
        assert!(fliplr(&a.ravel()).unwrap_err().is_index());
    }

    #[test]
    fn rolls_of_nothing_and_beyond_the_length() {
        assert_eq!(roll(&zeros::<u8>([0, 3]).unwrap(), 2, 0).unwrap().shape(), [0, 3]);
        let a = arange(5).unwrap();
        assert_eq!(roll(&a, isize::MAX, ..).unwrap(), roll(&a, isize::MAX % 5, 0).unwrap());
        assert_eq!(roll(&a, -7, 0).unwrap().to_vec(), [2, 3, 4, 0, 1]);
        assert_eq!(roll(&crate::scalar(3), 1, ..).unwrap().item().unwrap(), 3);
    }
}
