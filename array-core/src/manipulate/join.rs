//! Arrays put side by side.

use std::borrow::Borrow;
use std::mem::MaybeUninit;

use super::assemble::assemble;
use super::dimensions::{atleast_1d, atleast_2d, atleast_3d, expand_dims};
use crate::axes::{self, IntoAxes};
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result, error};

/// The arrays one after the other along an axis that they have; with `..`, all flattened.
///
/// ```
/// # use array_core::{arange, concat, ones};
/// let a = arange((0.0, 4.0))?.reshape([2, 2])?;
/// let b = ones([1, 2])?;
/// assert_eq!(concat(&[&a, &b], 0)?.to_vec(), [0.0, 1.0, 2.0, 3.0, 1.0, 1.0]);
/// assert_eq!(concat(&[a, b], ..)?.shape(), [6]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no array, the axis is out of bounds (0-d arrays have none), or shapes differ along
/// another axis.
pub fn concat<T: Element, A: Borrow<Array<T>>>(arrays: &[A], axis: impl IntoAxes) -> Result<Array<T>> {
    // Borrowed once: another time a type of the caller's might give another array, which would not cover its part.
    let arrays: Vec<&Array<T>> = arrays.iter().map(Borrow::borrow).collect();
    let Some(first) = arrays.first() else { return Err(Error::value("concat needs at least one array")) };
    let Some(axes) = axes::normalise(axis, first.ndim())? else {
        let flat: Vec<Array<T>> = arrays.iter().map(|a| a.along_one_axis()).collect::<Result<_>>()?;
        return concat(&flat, 0);
    };
    let &[axis] = &axes[..] else {
        return Err(Error::value(format!("concat takes one axis, or .. for all: {} are given", axes.len())));
    };
    let shapes: PerAxis<&[usize]> = arrays.iter().map(|a| a.shape()).collect();
    let shape = joined(&shapes, axis)?;
    if axis + 1 == shape.len()
        && (2..=4).contains(&arrays.len())
        && arrays.iter().all(|a| a.shape()[axis] == 1)
        && let Some(joined) = interleaved(&arrays, &shape)
    {
        return joined;
    }
    if axis == 0 && arrays.iter().all(|a| a.is_contiguous()) {
        let bytes = layout::byte_size::<T>(&shape)?;
        if bytes <= SMALL {
            return one_after_the_other(&arrays, &shape);
        }
    }
    // SAFETY: the arrays follow one another along the axis and have the result's length in the others.
    unsafe {
        assemble(&shape, |canvas| {
            let mut start = 0;
            for a in arrays {
                canvas.put_along(axis, start, a);
                start += a.shape()[axis];
            }
        })
    }
}

/// The shape of arrays of these shapes, of which there is one, joined along an axis.
fn joined(shapes: &[&[usize]], axis: usize) -> Result<Vec<usize>> {
    let mut shape = shapes[0].to_vec();
    let mut length = 0usize;
    for (i, &other) in shapes.iter().enumerate() {
        let fits = other.len() == shape.len() && (0..shape.len()).all(|k| k == axis || other[k] == shape[k]);
        if !fits {
            return Err(Error::shape(format!(
                "arrays joined along axis {axis} must agree in all other axes: array 0 is of shape {}, \
                 array {i} of {}",
                error::Shape(shapes[0]),
                error::Shape(other)
            )));
        }
        length = length
            .checked_add(other[axis])
            .ok_or_else(|| Error::size(format!("{} arrays joined along axis {axis}", shapes.len())))?;
    }
    shape[axis] = length;
    Ok(shape)
}

/// Bytes up to which contiguous arrays are joined right here: threads would not pay.
const SMALL: usize = 1 << 20;

/// Contiguous arrays joined along their first axis.
fn one_after_the_other<T: Element>(arrays: &[&Array<T>], shape: &[usize]) -> Result<Array<T>> {
    let fill = |mut out: &mut [MaybeUninit<T>]| {
        for a in arrays {
            let part = a.as_slice().expect("contiguous");
            let (to, rest) = out.split_at_mut(part.len());
            // SAFETY: as many elements, in a fresh block.
            unsafe { part.as_ptr().copy_to_nonoverlapping(to.as_mut_ptr().cast(), part.len()) };
            out = rest;
        }
    };
    // SAFETY: the arrays' lengths along the axis add up to the result's, and the others are the same.
    unsafe { Array::build(shape, Order::RowMajor, fill) }
}

/// Two to four arrays whose last axis is of length one, joined along it: their elements in turns. `None` if they
/// are not contiguous.
fn interleaved<T: Element>(arrays: &[&Array<T>], shape: &[usize]) -> Option<Result<Array<T>>> {
    fn turns<T: Element, const N: usize>(parts: &[&[T]], out: &mut [MaybeUninit<T>]) {
        let n = out.len() / N;
        let parts: [&[T]; N] = std::array::from_fn(|k| &parts[k][..n]);
        for (i, out) in out.as_chunks_mut::<N>().0.iter_mut().enumerate() {
            *out = std::array::from_fn(|k| MaybeUninit::new(parts[k][i]));
        }
    }
    let parts: PerAxis<Option<&[T]>> = arrays.iter().map(|a| a.as_slice()).collect();
    let parts: PerAxis<&[T]> = parts.into_iter().collect::<Option<_>>()?;
    let fill = |out: &mut [MaybeUninit<T>]| match parts.len() {
        2 => turns::<T, 2>(&parts, out),
        3 => turns::<T, 3>(&parts, out),
        _ => turns::<T, 4>(&parts, out),
    };
    // SAFETY: the result has as many rows as each part has elements, and as many columns as there are parts.
    Some(unsafe { Array::build(shape, Order::RowMajor, fill) })
}

/// The arrays, all of one shape, along a new axis at this place of the result.
///
/// ```
/// # use array_core::{arange, stack};
/// let (a, b) = (arange(3)?, arange((3, 6))?);
/// assert_eq!(stack(&[&a, &b], 0)?.shape(), [2, 3]);
/// assert_eq!(stack(&[&a, &b], -1)?.to_vec(), [0, 3, 1, 4, 2, 5]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no array, shapes differ, or the place is out of bounds.
pub fn stack<T: Element, A: Borrow<Array<T>>>(arrays: &[A], axis: isize) -> Result<Array<T>> {
    let Some(first) = arrays.first() else { return Err(Error::value("stack needs at least one array")) };
    if let Some(i) = arrays.iter().position(|a| a.borrow().shape() != first.borrow().shape()) {
        return Err(Error::shape(format!(
            "stacked arrays must be of one shape: array 0 is of {}, array {i} of {}",
            error::Shape(first.borrow().shape()),
            error::Shape(arrays[i].borrow().shape())
        )));
    }
    let layers: Vec<Array<T>> =
        arrays.iter().map(|a| expand_dims(a.borrow(), axis)).collect::<Result<_>>()?;
    concat(&layers, axis)
}

/// Above one another: along axis 0, vectors as rows.
///
/// ```
/// # use array_core::{array, vstack};
/// assert_eq!(vstack(&[array![1, 2], array![3, 4]])?, array![[1, 2], [3, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat).
pub fn vstack<T: Element, A: Borrow<Array<T>>>(arrays: &[A]) -> Result<Array<T>> {
    concat(&each(arrays, atleast_2d), 0)
}

/// Side by side: along axis 1, vectors along their only one.
///
/// ```
/// # use array_core::{arange, hstack};
/// assert_eq!(hstack(&[arange(2)?, arange(3)?])?.to_vec(), [0, 1, 0, 1, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat).
pub fn hstack<T: Element, A: Borrow<Array<T>>>(arrays: &[A]) -> Result<Array<T>> {
    let arrays = each(arrays, atleast_1d);
    let axis = if arrays.first().is_some_and(|a| a.ndim() == 1) { 0 } else { 1 };
    concat(&arrays, axis)
}

/// Behind one another: along axis 2, matrices as layers.
///
/// ```
/// # use array_core::{array, dstack};
/// assert_eq!(dstack(&[array![1, 2], array![3, 4]])?, array![[[1, 3], [2, 4]]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat).
pub fn dstack<T: Element, A: Borrow<Array<T>>>(arrays: &[A]) -> Result<Array<T>> {
    concat(&each(arrays, atleast_3d), 2)
}

/// Vectors as columns, beside the columns of matrices.
///
/// ```
/// # use array_core::{array, column_stack};
/// assert_eq!(column_stack(&[array![1, 2], array![3, 4]])?, array![[1, 3], [2, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat).
pub fn column_stack<T: Element, A: Borrow<Array<T>>>(arrays: &[A]) -> Result<Array<T>> {
    let column = |a: &Array<T>| if a.ndim() < 2 { atleast_2d(a).t() } else { a.clone() };
    concat(&each(arrays, column), 1)
}

/// A matrix made of rows of blocks: those of a row are joined along the last axis, rows along the
/// last but one. 0-d and 1-d blocks count as matrices of one row.
///
/// ```
/// # use array_core::{block, ones, zeros};
/// let (a, b) = (ones::<f64>([2, 2])?, zeros::<f64>([2, 1])?);
/// let m = block(&[&[&a, &b][..], &[&b.t(), &ones([1, 1])?][..]])?;
/// assert_eq!(m.to_vec(), [1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`concat`](fn@concat); when the blocks of a row, or the rows, do not fit together.
pub fn block<T: Element, R: AsRef<[A]>, A: Borrow<Array<T>>>(rows: &[R]) -> Result<Array<T>> {
    // Borrowed once, as in `concat`.
    let borrowed = |row: &R| row.as_ref().iter().map(|a| a.borrow().clone()).collect();
    let rows: Vec<Vec<Array<T>>> = rows.iter().map(borrowed).collect();
    let ndim = rows.iter().flatten().map(Array::ndim).max().unwrap_or(0).max(2);
    let raise = |a: &Array<T>| {
        let mut shape = vec![1; ndim - a.ndim()];
        shape.extend(a.shape());
        a.reshape(&shape)
    };
    let raised = |row: &Vec<Array<T>>| row.iter().map(raise).collect::<Result<_>>();
    let rows: Vec<Vec<Array<T>>> = rows.iter().map(raised).collect::<Result<_>>()?;
    if rows.is_empty() || rows.iter().any(Vec::is_empty) {
        return Err(Error::value("block needs at least one array in each row, and a row"));
    }
    let shape_of = |row: &Vec<Array<T>>| {
        let shapes: PerAxis<&[usize]> = row.iter().map(Array::shape).collect();
        joined(&shapes, ndim - 1)
    };
    let shapes: Vec<Vec<usize>> = rows.iter().map(shape_of).collect::<Result<_>>()?;
    let shapes: PerAxis<&[usize]> = shapes.iter().map(|shape| &shape[..]).collect();
    let shape = joined(&shapes, ndim - 2)?;
    // SAFETY: the blocks of a row follow one another along the last axis and have its lengths in the others, and so the
    // rows along the last axis but one.
    unsafe {
        assemble(&shape, |canvas| {
            let mut corner = PerAxis::from_elem(0, ndim);
            for row in &rows {
                corner[ndim - 1] = 0;
                for block in row {
                    canvas.put(&corner, block);
                    corner[ndim - 1] += block.shape()[ndim - 1];
                }
                corner[ndim - 2] += row[0].shape()[ndim - 2];
            }
        })
    }
}

fn each<T: Element, A: Borrow<Array<T>>>(arrays: &[A], f: impl Fn(&Array<T>) -> Array<T>) -> Vec<Array<T>> {
    arrays.iter().map(|a| f(a.borrow())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

    #[test]
    fn joined_arrays_must_fit() {
        let (a, b) = (zeros::<f64>([2, 3]).unwrap(), zeros::<f64>([2, 4]).unwrap());
        let message = concat(&[&a, &b], 0).unwrap_err().to_string();
        assert!(message.contains("(2, 3)") && message.contains("(2, 4)"), "{message}");
        assert_eq!(concat(&[&a, &b], 1).unwrap().shape(), [2, 7]);
        assert!(concat(&[scalar(1.0)], 0).unwrap_err().is_index());
        assert!(concat::<f64, Array<f64>>(&[], 0).unwrap_err().is_value());
        assert!(concat(&[&a], [0, 1]).unwrap_err().is_value());
        assert!(stack(&[&a, &b], 0).unwrap_err().is_shape());
        assert_eq!(stack(&[scalar(1), scalar(2)], 0).unwrap().to_vec(), [1, 2]);
        assert!(stack(&[&a], 3).unwrap_err().is_index());
    }

    #[test]
    fn an_array_that_becomes_another_leaves_no_gap() {
        /// Gives its long array for so many times, then its short one.
        struct Fickle(std::cell::Cell<usize>, [Array<u8>; 2]);
        impl Borrow<Array<u8>> for Fickle {
            fn borrow(&self) -> &Array<u8> {
                self.0.set(self.0.get().saturating_sub(1));
                &self.1[usize::from(self.0.get() == 0)]
            }
        }
        for times in 0..8 {
            // What a gap would show, as memory is used again.
            drop(Array::from([0xee_u8; 256]).copy());
            let arrays = [Array::from([1u8; 256]), Array::from([1u8; 2])];
            let joined = concat(&[Fickle(std::cell::Cell::new(times), arrays)], 0).unwrap();
            assert!(joined.to_vec().iter().all(|&x| x == 1), "{times}");
        }
    }

    #[test]
    fn elements_in_turns() {
        for rows in [0, 1, 5, 100] {
            for count in 1..6 {
                let part = |k| arange((0, rows)).unwrap() * 10 + k;
                let parts: Vec<Array<i32>> = (0..count).map(part).collect();
                let naive: Vec<i32> = (0..rows).flat_map(|i| (0..count).map(move |k| i * 10 + k)).collect();
                let found = stack(&parts, -1).unwrap();
                assert_eq!(found.shape(), [rows as usize, count as usize]);
                assert_eq!(found.to_vec(), naive);
                let (none, many) = (parts[0].slice(crate::s![..0]).unwrap(), parts[0].clone());
                assert_eq!(
                    concat(&[&none, &many], 0).unwrap(),
                    many,
                    "lengths that only add up to the number"
                );
                let reversed: Vec<Array<i32>> = parts.iter().map(|part| part.flip(0).unwrap()).collect();
                assert_eq!(stack(&reversed, -1).unwrap(), found.flip(0).unwrap());
            }
        }
    }

    #[test]
    fn parts_of_any_layout_join() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        let joined = concat(&[a.t(), a.t().flip(0).unwrap()], 1).unwrap();
        assert_eq!(joined.to_vec(), [0, 3, 2, 5, 1, 4, 1, 4, 2, 5, 0, 3]);
        assert_eq!(concat(&[&zeros::<i32>([0, 3]).unwrap(), &a], 0).unwrap(), a);
    }
}
