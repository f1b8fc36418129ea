//! Grids of coordinates.

use std::borrow::Borrow;

use super::IntoShape;
use crate::{Array, Element, Error, Result, stack};

/// Which axis of a grid the first coordinate runs along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Indexing {
    /// The second, the second coordinate along the first: x to the right, y downwards. NumPy's `"xy"`.
    #[default]
    Xy,
    /// The first: as an array's index. NumPy's `"ij"`.
    Ij,
}

/// The coordinates at every point of the grid that these vectors span: an array for each, all of the
/// grid's shape.
///
/// They repeat their vector by strides of zero, so a grid takes no more memory than the vectors; writing
/// to one copies first.
///
/// ```
/// # use array_core::{arange, array, meshgrid, Indexing};
/// let grid = meshgrid(&[arange(3)?, arange(2)?], Indexing::Xy)?;
/// assert_eq!(grid[0], array![[0, 1, 2], [0, 1, 2]]);
/// assert_eq!(grid[1], array![[0, 0, 0], [1, 1, 1]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When one of the arrays has more than one axis, or the grid more points than an address can count.
pub fn meshgrid<T: Element, A: Borrow<Array<T>>>(vectors: &[A], indexing: Indexing) -> Result<Vec<Array<T>>> {
    let open = open_grid(vectors, indexing)?;
    let shapes: Vec<&[usize]> = open.iter().map(Array::shape).collect();
    let shape = crate::broadcast_shapes(&shapes)?;
    open.iter().map(|coordinate| coordinate.broadcast_to(&shape[..])).collect()
}

/// As [`meshgrid`] with `indexing` [`Ij`](Indexing::Ij), but each of length one along all axes but its
/// own: they broadcast to the grid. NumPy's `ogrid`, and `meshgrid` with `sparse=True`.
///
/// ```
/// # use array_core::{arange, ogrid};
/// let grid = ogrid(&[arange(2)?, arange(3)?])?;
/// assert_eq!((grid[0].shape(), grid[1].shape()), (&[2, 1][..], &[1, 3][..]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When one of the arrays has more than one axis.
pub fn ogrid<T: Element, A: Borrow<Array<T>>>(vectors: &[A]) -> Result<Vec<Array<T>>> {
    open_grid(vectors, Indexing::Ij)
}

/// As [`meshgrid`] with `indexing` [`Ij`](Indexing::Ij), stacked: the first axis counts the coordinates.
/// NumPy's `mgrid`.
///
/// ```
/// # use array_core::{arange, mgrid};
/// assert_eq!(mgrid(&[arange(2)?, arange(3)?])?.shape(), [2, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When one of the arrays has more than one axis, or there is no memory.
pub fn mgrid<T: Element, A: Borrow<Array<T>>>(vectors: &[A]) -> Result<Array<T>> {
    stack(&meshgrid(vectors, Indexing::Ij)?, 0)
}

/// The index of every element of an array of this shape: the first axis counts the axes.
///
/// ```
/// # use array_core::indices;
/// assert_eq!(indices([1, 2])?.to_vec(), [0, 0, 0, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn indices(shape: impl IntoShape) -> Result<Array<i64>> {
    shape.with_shape(|shape| {
        if shape.is_empty() {
            return crate::zeros([0]);
        }
        let vector = |&n: &usize| {
            crate::arange(i64::try_from(n).map_err(|_| Error::size(format!("indices along an axis of {n}")))?)
        };
        let vectors: Vec<Array<i64>> = shape.iter().map(vector).collect::<Result<_>>()?;
        mgrid(&vectors)
    })
}

fn open_grid<T: Element, A: Borrow<Array<T>>>(vectors: &[A], indexing: Indexing) -> Result<Vec<Array<T>>> {
    let along = |i: usize| match (indexing, i) {
        (Indexing::Xy, 0 | 1) if vectors.len() > 1 => 1 - i,
        _ => i,
    };
    let open = |(i, vector): (usize, &A)| {
        let vector = vector.borrow();
        if vector.ndim() > 1 {
            return Err(Error::value(format!(
                "a grid is spanned by vectors: array {i} has {} axes, ravel it first",
                vector.ndim()
            )));
        }
        let mut shape = vec![1; vectors.len()];
        shape[along(i)] = vector.len();
        vector.reshape(&shape)
    };
    vectors.iter().enumerate().map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

    #[test]
    fn grids_of_any_rank() {
        let vectors = [arange(2).unwrap(), arange(3).unwrap(), arange(4).unwrap()];
        let shape = |indexing| meshgrid(&vectors, indexing).unwrap()[2].shape().to_vec();
        assert_eq!((shape(Indexing::Xy), shape(Indexing::Ij)), (vec![3, 2, 4], vec![2, 3, 4]));
        assert_eq!(ogrid(&vectors).unwrap()[1].shape(), [1, 3, 1]);
        assert!(meshgrid::<i32, Array<i32>>(&[], Indexing::Xy).unwrap().is_empty());
        assert_eq!(meshgrid(&[scalar(3), arange(2).unwrap()], Indexing::Xy).unwrap()[0].shape(), [2, 1]);
        assert!(ogrid(&[zeros::<u8>([2, 2]).unwrap()]).unwrap_err().is_value());
        assert_eq!(indices([2, 0]).unwrap().shape(), [2, 2, 0]);
        assert_eq!(indices(()).unwrap().shape(), [0]);
    }
}
