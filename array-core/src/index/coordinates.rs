//! Positions as arrays: of grids, triangles and diagonals, and to and from the flattened array.

use crate::{Array, Element, Error, IntoShape, Result, error, fallible};

use super::item::IntoIndices;
use super::nonzero::try_nonzero;
use crate::create::tri;

/// Positions along each axis, shaped so that together they index their whole grid: `a[np.ix_(..)]`.
///
/// ```
/// # use array_core::{arange, array, ix_, s};
/// let a = arange(12)?.reshape([3, 4])?;
/// let at = ix_([array![0i64, 2], array![1, 3]])?;
/// assert_eq!(a.slice(s![&at[0], &at[1]])?, array![[1, 3], [9, 11]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for them.
pub fn ix_<const N: usize>(positions: [impl IntoIndices; N]) -> Result<[Array<i64>; N]> {
    let along = |(axis, positions): (usize, _)| {
        let positions = IntoIndices::into_indices(positions)?;
        let mut shape = [1; N];
        shape[axis] = positions.len();
        positions.reshape(shape)
    };
    let found: Vec<Array<i64>> = positions.into_iter().enumerate().map(along).collect::<Result<_>>()?;
    Ok(found.try_into().expect("one for each of N"))
}

/// The index, an array for each axis, of positions in a flattened array of this shape.
///
/// ```
/// # use array_core::unravel_index;
/// let index = unravel_index([5, 0], [2, 3])?;
/// assert_eq!((index[0].to_vec(), index[1].to_vec()), (vec![1, 0], vec![2, 0]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When a position is negative or not within the shape.
pub fn unravel_index(positions: impl IntoIndices, shape: impl IntoShape) -> Result<Vec<Array<i64>>> {
    shape.with_shape(|shape| {
        let positions = positions.into_indices()?;
        let count = crate::layout::element_count(shape)?;
        let mut flat = positions.try_vec()?;
        if let Some(&i) = flat.iter().find(|&&i| i < 0 || i as usize >= count) {
            return Err(Error::index(format!(
                "position {i} is out of bounds for an array of shape {} with {count} element(s)",
                error::Shape(shape)
            )));
        }
        let mut axes = Vec::new();
        for &length in shape.iter().skip(1).rev() {
            let length = length as i64;
            let along = |at: &mut i64| {
                let whole = *at / length;
                std::mem::replace(at, whole) - whole * length
            };
            axes.push(fallible::collected(flat.iter_mut().map(along))?);
        }
        if !shape.is_empty() {
            axes.push(flat);
        }
        let mut axes: Vec<Array<i64>> = axes
            .into_iter()
            .map(|along| Array::from_vec(along).reshape(positions.shape()))
            .collect::<Result<_>>()?;
        axes.reverse();
        Ok(axes)
    })
}

/// The positions in a flattened array of this shape of what an array for each axis indexes.
///
/// ```
/// # use array_core::{array, ravel_multi_index};
/// assert_eq!(ravel_multi_index(&[array![1i64, 0], array![2, 0]], [2, 3])?.to_vec(), [5, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are not as many arrays as axes, they do not broadcast together, or a position is out of bounds.
pub fn ravel_multi_index(index: &[Array<i64>], shape: impl IntoShape) -> Result<Array<i64>> {
    shape.with_shape(|shape| {
        if index.len() != shape.len() {
            return Err(Error::index(format!(
                "an index of {} array(s) for an array of shape {}: it takes one for each axis",
                index.len(),
                error::Shape(shape)
            )));
        }
        crate::layout::element_count(shape)?;
        let index = crate::broadcast_arrays(index)?;
        let Some(first) = index.first() else { return Ok(crate::scalar(0)) };
        let mut flat = fallible::repeated(0i64, first.len())?;
        for (axis, (positions, &length)) in index.iter().zip(shape).enumerate() {
            for (flat, i) in flat.iter_mut().zip(positions.to_vec()) {
                if i < 0 || i as usize >= length {
                    return Err(Error::index(format!(
                        "position {i} is out of bounds for axis {axis}, which has {length} element(s)"
                    )));
                }
                *flat = *flat * length as i64 + i;
            }
        }
        Array::from_vec(flat).reshape(first.shape())
    })
}

/// The index of the main diagonal of an array of `ndim` axes of length `n`.
///
/// ```
/// # use array_core::diag_indices;
/// let index = diag_indices(3, 2)?;
/// assert_eq!((index[0].to_vec(), index[1].to_vec()), (vec![0, 1, 2], vec![0, 1, 2]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn diag_indices(n: usize, ndim: usize) -> Result<Vec<Array<i64>>> {
    let n = i64::try_from(n).map_err(|_| Error::size(format!("a diagonal of {n} elements")))?;
    fallible::repeated(crate::arange(n)?, ndim)
}

/// The index of the main diagonal of an array whose axes are of one length.
///
/// ```
/// # use array_core::{array, diag_indices_from, s};
/// let a = array![[1, 2], [3, 4]];
/// let index = diag_indices_from(&a)?;
/// assert_eq!(a.slice(s![&index[0], &index[1]])?, array![1, 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are fewer than two axes, or they are not of one length.
pub fn diag_indices_from<T: Element>(a: &Array<T>) -> Result<Vec<Array<i64>>> {
    match a.shape() {
        [n, _, ..] if a.shape().iter().all(|length| length == n) => diag_indices(*n, a.ndim()),
        shape => Err(Error::value(format!(
            "diag_indices_from needs an array of two axes or more, all of one length, not of shape {}",
            error::Shape(shape)
        ))),
    }
}

/// The index of the elements on the `k`th diagonal of a matrix and below it.
///
/// ```
/// # use array_core::tril_indices;
/// let index = tril_indices(2, 0, 2)?;
/// assert_eq!((index[0].to_vec(), index[1].to_vec()), (vec![0, 1, 1], vec![0, 0, 1]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn tril_indices(rows: usize, k: isize, columns: usize) -> Result<Vec<Array<i64>>> {
    try_nonzero(&tri::<bool>(rows, columns, k)?)
}

/// The index of this matrix's elements on the `k`th diagonal and below it.
///
/// ```
/// # use array_core::{array, s, tril_indices_from};
/// let a = array![[1, 2], [3, 4]];
/// let index = tril_indices_from(&a, 0)?;
/// assert_eq!(a.slice(s![&index[0], &index[1]])?, array![1, 3, 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array is no matrix.
pub fn tril_indices_from<T: Element>(a: &Array<T>, k: isize) -> Result<Vec<Array<i64>>> {
    let [rows, columns] = matrix("tril_indices_from", a)?;
    tril_indices(rows, k, columns)
}

/// The index of this matrix's elements on the `k`th diagonal and above it.
///
/// ```
/// # use array_core::{array, s, triu_indices_from};
/// let a = array![[1, 2], [3, 4]];
/// let index = triu_indices_from(&a, 0)?;
/// assert_eq!(a.slice(s![&index[0], &index[1]])?, array![1, 2, 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array is no matrix.
pub fn triu_indices_from<T: Element>(a: &Array<T>, k: isize) -> Result<Vec<Array<i64>>> {
    let [rows, columns] = matrix("triu_indices_from", a)?;
    triu_indices(rows, k, columns)
}

/// The lengths of a matrix' axes.
fn matrix<T: Element>(name: &str, a: &Array<T>) -> Result<[usize; 2]> {
    a.shape().try_into().map_err(|_| {
        Error::value(format!("{name} needs a matrix, this array is of shape {}", error::Shape(a.shape())))
    })
}

/// The index of the elements on the `k`th diagonal of a matrix and above it.
///
/// ```
/// # use array_core::triu_indices;
/// let index = triu_indices(2, 0, 2)?;
/// assert_eq!((index[0].to_vec(), index[1].to_vec()), (vec![0, 0, 1], vec![0, 1, 1]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn triu_indices(rows: usize, k: isize, columns: usize) -> Result<Vec<Array<i64>>> {
    let mut flags = tri::<bool>(rows, columns, k.saturating_sub(1))?;
    flags.as_slice_mut().iter_mut().for_each(|flag| *flag = !*flag);
    try_nonzero(&flags)
}
