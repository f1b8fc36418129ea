//! Matrices with a pattern: identities, diagonals, triangles.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::zeros;
use crate::engine::isa::Baseline;
use crate::engine::kernel::Binary;
use crate::layout::Order;
use crate::operators::kernels::Multiply;
use crate::{Array, Element, Error, Result};

/// A matrix of `rows` × `columns` with ones on its `k`th diagonal (0 is the main one, positive ones lie
/// above it) and zeros elsewhere.
///
/// ```
/// # use array_core::{array, eye};
/// assert_eq!(eye::<i32>(2, 3, 1)?, array![[0, 1, 0], [0, 0, 1]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn eye<T: Element>(rows: usize, columns: usize, k: isize) -> Result<Array<T>> {
    let mut matrix = zeros([rows, columns])?;
    if matrix.is_empty() {
        return Ok(matrix);
    }
    let elements = matrix.as_slice_mut();
    for row in 0..rows {
        match row.checked_add_signed(k) {
            Some(column) if column < columns => elements[row * columns + column] = T::ONE,
            _ => {}
        }
    }
    Ok(matrix)
}

/// The square matrix with ones on its main diagonal and zeros elsewhere.
///
/// ```
/// # use array_core::{array, identity};
/// assert_eq!(identity::<i32>(2)?, array![[1, 0], [0, 1]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn identity<T: Element>(n: usize) -> Result<Array<T>> {
    eye(n, n, 0)
}

/// Of a vector, the square matrix with it on the `k`th diagonal; of a matrix, a view of that diagonal.
///
/// ```
/// # use array_core::{array, diag};
/// let m = diag(&array![1, 2], 0)?;
/// assert_eq!(m, array![[1, 0], [0, 2]]);
/// assert_eq!(diag(&m, 1)?.to_vec(), [0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has neither one axis nor two, or there is no memory.
pub fn diag<T: Element>(a: &Array<T>, k: isize) -> Result<Array<T>> {
    match a.ndim() {
        1 => {
            let side = a.len().checked_add(k.unsigned_abs());
            let side =
                side.ok_or_else(|| Error::size(format!("a matrix with a diagonal {k} off the main one")))?;
            let mut matrix = zeros([side, side])?;
            let first = if k < 0 { k.unsigned_abs() * side } else { k.unsigned_abs() };
            let elements = matrix.as_slice_mut();
            for (i, value) in a.try_vec()?.into_iter().enumerate() {
                elements[first + i * (side + 1)] = value;
            }
            Ok(matrix)
        }
        2 => crate::diagonal(a, k, 0, 1),
        n => Err(Error::value(format!("diag needs a vector or a matrix, the array has {n} axes"))),
    }
}

/// The square matrix with the flattened array on its `k`th diagonal.
///
/// ```
/// # use array_core::{array, diagflat};
/// assert_eq!(diagflat(&array![[1], [2]], 0)?, array![[1, 0], [0, 2]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn diagflat<T: Element>(a: &Array<T>, k: isize) -> Result<Array<T>> {
    diag(&a.along_one_axis()?, k)
}

/// A matrix with ones on its `k`th diagonal and below, zeros above.
///
/// ```
/// # use array_core::{array, tri};
/// assert_eq!(tri::<i32>(2, 3, 0)?, array![[1, 0, 0], [1, 1, 0]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn tri<T: Element>(rows: usize, columns: usize, k: isize) -> Result<Array<T>> {
    let fill = |elements: &mut [MaybeUninit<T>]| {
        for (row, elements) in elements.chunks_exact_mut(columns.max(1)).enumerate() {
            let (ones, zeros) = elements.split_at_mut(lower(row, columns, k));
            ones.fill(MaybeUninit::new(T::ONE));
            zeros.fill(MaybeUninit::new(T::ZERO));
        }
    };
    // SAFETY: the chunks are whole rows, each of which is filled.
    unsafe { Array::build(&[rows, columns], Order::RowMajor, fill) }
}

/// How many of the columns of a row are on its `k`th diagonal or before it.
fn lower(row: usize, columns: usize, k: isize) -> usize {
    (row as i128 + k as i128 + 1).clamp(0, columns as i128) as usize
}

/// A copy with zeros above the `k`th diagonal; of more than two axes, for each matrix of the last two.
///
/// ```
/// # use array_core::{array, tril};
/// assert_eq!(tril(&array![[1, 2], [3, 4]], 0)?, array![[1, 0], [3, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has no axis, or there is no memory.
pub fn tril<T: Element>(a: &Array<T>, k: isize) -> Result<Array<T>> {
    triangle("tril", a, |row, columns| lower(row, columns, k)..columns)
}

/// A copy with zeros below the `k`th diagonal; of more than two axes, for each matrix of the last two.
///
/// ```
/// # use array_core::{array, triu};
/// assert_eq!(triu(&array![[1, 2], [3, 4]], 0)?, array![[1, 2], [0, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array has no axis, or there is no memory.
pub fn triu<T: Element>(a: &Array<T>, k: isize) -> Result<Array<T>> {
    triangle("triu", a, |row, columns| 0..lower(row, columns, k.saturating_sub(1)))
}

/// A copy with zeros at some columns of each row.
fn triangle<T: Element>(
    name: &str,
    a: &Array<T>,
    zeros: impl Fn(usize, usize) -> Range<usize>,
) -> Result<Array<T>> {
    let mut copy = match a.ndim() {
        0 => return Err(Error::value(format!("{name} needs an array with axes, this one is 0-d"))),
        // NumPy makes a matrix of a vector: it is each of the rows.
        1 => a.broadcast_to([a.len(), a.len()])?.try_copy()?,
        _ => a.try_copy()?,
    };
    let &[.., rows, columns] = copy.shape() else { unreachable!("two axes or more") };
    if copy.is_empty() {
        return Ok(copy);
    }
    for (i, row) in copy.as_slice_mut().chunks_exact_mut(columns).enumerate() {
        row[zeros(i % rows, columns)].fill(T::ZERO);
    }
    Ok(copy)
}

/// The Vandermonde matrix of a vector: its powers as columns, the highest first, or the lowest if
/// `increasing`.
///
/// ```
/// # use array_core::{array, vander};
/// assert_eq!(vander(&array![1.0, 2.0, 3.0], 3, false)?.to_vec(), [1.0, 1.0, 1.0, 4.0, 2.0, 1.0, 9.0, 3.0, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array is no vector, or there is no memory.
pub fn vander<T>(x: &Array<T>, columns: usize, increasing: bool) -> Result<Array<T>>
where
    T: Element + std::ops::Mul<Output = T>,
    Multiply: Binary<T, Output = T>,
{
    if x.ndim() != 1 {
        return Err(Error::value(format!("vander needs a vector, the array has {} axes", x.ndim())));
    }
    let mut matrix = zeros([x.len(), columns])?;
    if columns == 0 {
        return Ok(matrix);
    }
    for (row, x) in matrix.as_slice_mut().chunks_exact_mut(columns).zip(x.try_vec()?) {
        let mut power = T::ONE;
        for i in 0..columns {
            row[if increasing { i } else { columns - 1 - i }] = power;
            power = Multiply::call::<Baseline>(power, x);
        }
    }
    Ok(matrix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, array, scalar};

    #[test]
    fn diagonals_far_off() {
        assert_eq!(eye::<u8>(2, 2, isize::MAX).unwrap().to_vec(), [0; 4]);
        assert_eq!(eye::<u8>(2, 2, -1).unwrap().to_vec(), [0, 0, 1, 0]);
        assert!(diag(&arange(2).unwrap(), isize::MIN).unwrap_err().is_memory());
        assert_eq!(diag(&array![5, 6], -1).unwrap(), array![[0, 0, 0], [5, 0, 0], [0, 6, 0]]);
        assert!(diag(&scalar(1), 0).unwrap_err().is_value());
    }

    #[test]
    fn triangles_of_stacks_and_of_nothing() {
        let a = arange(12).unwrap().reshape([2, 2, 3]).unwrap();
        assert_eq!(tril(&a, 0).unwrap().to_vec(), [0, 0, 0, 3, 4, 0, 6, 0, 0, 9, 10, 0]);
        assert_eq!(triu(&a, 1).unwrap().to_vec(), [0, 1, 2, 0, 0, 5, 0, 7, 8, 0, 0, 11]);
        assert_eq!(tril(&zeros::<f64>([2, 0]).unwrap(), 0).unwrap().shape(), [2, 0]);
        assert_eq!(tri::<i8>(2, 3, 0).unwrap().to_vec(), [1, 0, 0, 1, 1, 0]);
        assert_eq!(triu(&arange(2).unwrap(), isize::MIN).unwrap().to_vec(), [0, 1, 0, 1]);
    }
}
