//! Diagonals, to see and to fill.

use crate::layout;
use crate::{Array, Element, Error, Result};

/// The diagonal of two axes, `offset` above the main one: a view in which it is the last axis and the
/// two are gone.
///
/// ```
/// # use array_core::{arange, diagonal};
/// let a = arange(9)?.reshape([3, 3])?;
/// assert_eq!(diagonal(&a, 0, 0, 1)?.to_vec(), [0, 4, 8]);
/// assert_eq!(diagonal(&a, -1, 0, 1)?.to_vec(), [3, 7]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axes are out of bounds or the same.
pub fn diagonal<T: Element>(a: &Array<T>, offset: isize, axis1: isize, axis2: isize) -> Result<Array<T>> {
    let (rows, columns) =
        (layout::normalise_axis(axis1, a.ndim())?, layout::normalise_axis(axis2, a.ndim())?);
    if rows == columns {
        return Err(Error::value(format!("a diagonal has two axes: {axis1} and {axis2} are the same")));
    }
    let (m, n) = (a.shape()[rows], a.shape()[columns]);
    let skipped = offset.unsigned_abs();
    let (m, n) = if offset < 0 { (m.saturating_sub(skipped), n) } else { (m, n.saturating_sub(skipped)) };
    let length = m.min(n);
    let step = a.strides()[if offset < 0 { rows } else { columns }];
    let kept = |&axis: &usize| axis != rows && axis != columns;
    let mut shape: Vec<usize> = (0..a.ndim()).filter(kept).map(|axis| a.shape()[axis]).collect();
    let mut strides: Vec<isize> = (0..a.ndim()).filter(kept).map(|axis| a.strides()[axis]).collect();
    shape.push(length);
    strides.push(a.strides()[rows] + a.strides()[columns]);
    let start = if length == 0 { a.as_ptr() } else { a.as_ptr().wrapping_offset(step * skipped as isize) };
    // SAFETY: the elements at (i, i + offset), of which `length` are within both axes.
    Ok(unsafe { Array::from_raw_parts(a.buffer().clone(), start, &shape, &strides) })
}

/// Writes `values`, again and again, to the main diagonal; of more than two axes, to where all
/// positions are equal. With `wrap` the diagonal of a tall matrix begins anew below a row left out.
///
/// ```
/// # use array_core::{array, fill_diagonal, scalar};
/// let mut a = array![[1, 1], [1, 1]];
/// fill_diagonal(&mut a, &scalar(5), false)?;
/// assert_eq!(a, array![[5, 1], [1, 5]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are less than two axes, or more that are of different lengths, or no values.
pub fn fill_diagonal<T: Element>(a: &mut Array<T>, values: &Array<T>, wrap: bool) -> Result<()> {
    let shape = a.shape().to_vec();
    let (step, end) = match &shape[..] {
        [] | [_] => return Err(Error::value("fill_diagonal needs an array of two axes or more")),
        &[rows, columns] => {
            (columns + 1, if wrap { rows * columns } else { columns.saturating_mul(columns) })
        }
        [first, rest @ ..] => {
            if rest.iter().any(|n| n != first) {
                return Err(Error::value(format!(
                    "all axes must be of one length for a diagonal: the shape is {}",
                    crate::error::Shape(&shape)
                )));
            }
            let steps = (0..shape.len() as u32).map(|power| first.pow(power));
            (steps.sum(), a.len())
        }
    };
    if values.is_empty() {
        return Err(Error::value("fill_diagonal needs a value"));
    }
    let values = values.try_vec()?;
    let end = end.min(a.len());
    if a.is_contiguous() {
        let elements = a.try_slice_mut()?;
        (0..end).step_by(step).zip(values.iter().cycle()).for_each(|(at, &value)| elements[at] = value);
        return Ok(());
    }
    for (i, at) in (0..end).step_by(step).enumerate() {
        let mut rest = at;
        let index: Vec<isize> = shape
            .iter()
            .rev()
            .map(|&n| {
                let i = rest % n;
                rest /= n;
                i as isize
            })
            .collect();
        let index: Vec<isize> = index.into_iter().rev().collect();
        a.set(index, values[i % values.len()])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

    #[test]
    fn diagonals_are_views_with_the_diagonal_last() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        let d = diagonal(&a, 1, 1, 2).unwrap();
        assert_eq!((d.shape(), d.to_vec()), (&[2, 3][..], vec![1, 6, 11, 13, 18, 23]));
        assert_eq!(diagonal(&a, 9, 0, 1).unwrap().shape(), [4, 0]);
        assert_eq!(diagonal(&a, -1, 2, 1).unwrap().to_vec(), d.to_vec());
        assert!(diagonal(&a, 0, 1, -2).unwrap_err().is_value());
    }

    #[test]
    fn diagonals_fill() {
        let mut tall = zeros::<i32>([5, 2]).unwrap();
        fill_diagonal(&mut tall, &scalar(1), true).unwrap();
        assert_eq!(tall.to_vec(), [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
        let mut tall = zeros::<i32>([4, 2]).unwrap();
        fill_diagonal(&mut tall, &arange((1, 3)).unwrap(), false).unwrap();
        assert_eq!(tall.to_vec(), [1, 0, 0, 2, 0, 0, 0, 0]);
        let mut cube = zeros::<i32>([2, 2, 2]).unwrap().t();
        fill_diagonal(&mut cube, &scalar(3), false).unwrap();
        assert_eq!(cube.to_vec(), [3, 0, 0, 0, 0, 0, 0, 3]);
        assert!(fill_diagonal(&mut arange(3).unwrap(), &scalar(1), false).unwrap_err().is_value());
    }
}
