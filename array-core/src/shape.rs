//! Other shapes over the same memory: reshape, transpose, broadcast.

use std::borrow::Cow;

use ndarray::IxDyn;

use crate::create::IntoShape;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result, error};

impl<T: Element> Array<T> {
    /// The same elements in row-major order, under another shape: the same memory where the
    /// strides allow it, else a copy. One length may be -1: as many as there are.
    ///
    /// ```
    /// # use array_core::arange;
    /// let a = arange(6)?;
    /// let b = a.reshape([2, 3])?;
    /// assert_eq!(b.address(), a.address());
    /// assert_eq!(b.reshape([3, -1])?.shape(), [3, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the shape has another number of elements; the error names both shapes.
    pub fn reshape(&self, shape: impl IntoShape) -> Result<Self> {
        shape.with_lengths(|lengths| {
            let shape = &inferred(lengths, self)?[..];
            let (held, strides) = match reshaped_strides(self, shape) {
                Some(strides) => (Cow::Borrowed(self), strides),
                None => (Cow::Owned(self.try_copy()?), Order::RowMajor.strides(shape)),
            };
            // SAFETY: `reshaped_strides` reaches the same elements, and as many; a copy is contiguous.
            Ok(unsafe { Array::from_raw_parts(held.buffer().clone(), held.as_ptr(), shape, &strides) })
        })
    }

    /// As [`reshape`](Self::reshape), of the elements in this order: NumPy's `order`. In column-major order the first
    /// index varies fastest, both where elements are read and where they are placed.
    ///
    /// ```
    /// # use array_core::{Order, array};
    /// let a = array![[0, 1, 2], [3, 4, 5]];
    /// let b = a.reshape_with([3, 2], Order::ColumnMajor)?;
    /// assert_eq!(b, [[0, 4], [3, 2], [1, 5]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    pub fn reshape_with(&self, shape: impl IntoShape, order: Order) -> Result<Self> {
        shape.with_lengths(|lengths| {
            let mut shape = inferred(lengths, self)?;
            if order == Order::RowMajor {
                return self.reshape(&shape[..]);
            }
            shape.reverse();
            Ok(self.t().reshape(&shape[..])?.t())
        })
    }

    /// Another shape whose strides this array's allow.
    pub(crate) fn reshape_in_place(&mut self, shape: &[usize]) {
        let strides = reshaped_strides(self, shape).expect("checked by the caller");
        // SAFETY: `reshaped_strides` reaches the same elements, and as many.
        *self = unsafe { Array::from_raw_parts(self.buffer().clone(), self.as_ptr(), shape, &strides) };
    }

    /// The axes in reverse order: the same memory.
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![[1, 2], [3, 4]].t(), array![[1, 3], [2, 4]]);
    /// ```
    pub fn t(&self) -> Self {
        self.with_view(self.static_view().reversed_axes())
    }

    /// The axes in the order given: the same memory. Negative axes count from the back.
    ///
    /// ```
    /// # use array_core::zeros;
    /// let a = zeros::<f64>([2, 3, 4])?;
    /// assert_eq!(a.transpose(&[1, 2, 0])?.shape(), [3, 4, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is missing, repeated or out of bounds.
    pub fn transpose(&self, axes: &[isize]) -> Result<Self> {
        let ndim = self.ndim();
        let order: Vec<usize> =
            axes.iter().map(|&axis| layout::normalise_axis(axis, ndim)).collect::<Result<_>>()?;
        let mut seen = vec![false; ndim];
        order.iter().for_each(|&axis| seen[axis] = true);
        if order.len() != ndim || seen.contains(&false) {
            return Err(Error::value(format!(
                "transpose needs each of the array's {ndim} axes once, not {axes:?}"
            )));
        }
        Ok(self.with_view(self.static_view().permuted_axes(IxDyn(&order))))
    }

    /// The same memory seen as an array of `shape`: axes of length one, and axes added in front,
    /// repeat. Writing to it copies first.
    ///
    /// ```
    /// # use array_core::arange;
    /// let rows = arange(3)?.broadcast_to([1000, 3])?;
    /// assert_eq!(rows.strides(), [0, 1]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array does not broadcast to that shape.
    pub fn broadcast_to(&self, shape: impl IntoShape) -> Result<Self> {
        shape.with_shape(|shape| {
            if *layout::broadcast_shapes(&[self.shape(), shape])? != *shape {
                return Err(Error::broadcast(&[self.shape(), shape]));
            }
            let missing = shape.len() - self.ndim();
            let mut strides: PerAxis<isize> = PerAxis::from_elem(0, shape.len());
            for (axis, &stride) in self.strides().iter().enumerate() {
                if self.shape()[axis] == shape[missing + axis] {
                    strides[missing + axis] = stride;
                }
            }
            // SAFETY: every index leads to an element of `self`, by steps of zero where it repeats.
            Ok(unsafe { Array::from_raw_parts(self.buffer().clone(), self.as_ptr(), shape, &strides) })
        })
    }
}

/// The lengths, with the one that is left open found from how many elements there are.
///
/// # Errors
/// When there are not as many elements.
fn inferred<T: Element>(lengths: &[Option<usize>], a: &Array<T>) -> Result<PerAxis<usize>> {
    let mut shape: PerAxis<usize> = PerAxis::from_elem(1, lengths.len());
    let mut open = None;
    for (axis, length) in lengths.iter().enumerate() {
        match length {
            Some(length) => shape[axis] = *length,
            None if open.replace(axis).is_none() => {}
            None => return Err(Error::value("only one length of a shape can be -1")),
        }
    }
    let count = layout::element_count(&shape)?;
    let Some(open) = open else {
        return match count == a.len() {
            true => Ok(shape),
            false => Err(Error::shape(format!(
                "an array of {} element(s) in shape {} cannot be reshaped to {}",
                a.len(),
                error::Shape(a.shape()),
                error::Shape(&shape)
            ))),
        };
    };
    if count == 0 || !a.len().is_multiple_of(count) {
        return Err(Error::shape(format!(
            "an array of {} element(s) in shape {} cannot be reshaped with the lengths {:?} and one to be found (-1)",
            a.len(),
            error::Shape(a.shape()),
            lengths.iter().flatten().collect::<Vec<_>>()
        )));
    }
    shape[open] = a.len() / count;
    Ok(shape)
}

/// The strides that show the same elements in row-major order under another shape, if there are
/// any. `to` has as many elements as `from`.
///
/// Both shapes are cut into groups of axes with as many elements; within a group the old axes must
/// follow one another evenly, and the new ones then do.
fn reshaped_strides<T: Element>(from: &Array<T>, to: &[usize]) -> Option<PerAxis<isize>> {
    if from.is_contiguous() {
        return Some(Order::RowMajor.strides(to));
    }
    let axes = from.shape().iter().copied().zip(from.strides().iter().copied());
    let old: PerAxis<(usize, isize)> = axes.filter(|&(n, _)| n != 1).collect();
    let mut result = PerAxis::from_elem(1, to.len());
    let (mut i, mut j) = (0, 0);
    while i < old.len() {
        // The smallest groups, from `i` and `j` on, with as many elements.
        let (group_i, group_j) = (i, j);
        let (mut old_count, mut new_count) = (old[i].0, to[j]);
        (i, j) = (i + 1, j + 1);
        while old_count != new_count {
            if old_count < new_count {
                old_count *= old[i].0;
                i += 1;
            } else {
                new_count *= to[j];
                j += 1;
            }
        }
        let even = old[group_i..i].windows(2).all(|pair| pair[0].1 == pair[1].1 * pair[1].0 as isize);
        if !even {
            return None;
        }
        let mut stride = old[i - 1].1;
        for axis in (group_j..j).rev() {
            result[axis] = stride;
            stride *= to[axis] as isize;
        }
    }
    Some(result)
}

#[cfg(test)]
mod tests {
    use crate::{arange, zeros};

    #[test]
    fn reshape_shares_memory_where_it_can() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        for shape in [&[24][..], &[4, 6], &[1, 2, 1, 12], &[2, 3, 2, 2]] {
            let b = a.reshape(shape).unwrap();
            assert_eq!(b.address(), a.address());
            assert_eq!(b.to_vec(), a.to_vec());
        }
        let t = a.t();
        assert_eq!(t.reshape([4, 3, 2]).unwrap().address(), a.address());
        let copied = t.reshape(24).unwrap();
        assert_ne!(copied.address(), a.address());
        assert_eq!(copied.to_vec(), t.to_vec());
        let reversed = arange(6).unwrap().flip(0).unwrap().reshape([2, 3]).unwrap();
        assert_eq!(reversed.strides(), [-3, -1]);
        assert_eq!(reversed.to_vec(), [5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn reshape_of_nothing_and_of_one() {
        assert_eq!(zeros::<f32>([0, 3]).unwrap().reshape([5, 0]).unwrap().shape(), [5, 0]);
        assert_eq!(zeros::<f32>([1, 1]).unwrap().reshape(()).unwrap().ndim(), 0);
        assert_eq!(zeros::<f32>(()).unwrap().reshape([1, 1]).unwrap().shape(), [1, 1]);
        let error = arange(6).unwrap().reshape([4]).unwrap_err();
        assert!(error.to_string().contains("(6,)") && error.to_string().contains("(4,)"), "{error}");
        assert!(arange(6).unwrap().reshape([usize::MAX, 3]).unwrap_err().is_memory());
    }

    #[test]
    fn transposes() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert_eq!(a.t().to_vec(), [0, 3, 1, 4, 2, 5]);
        assert_eq!(a.transpose(&[-1, 0]).unwrap().to_vec(), a.t().to_vec());
        assert!(a.transpose(&[0, 0]).unwrap_err().is_value());
        assert!(a.transpose(&[0]).unwrap_err().is_value());
        assert!(a.transpose(&[0, 2]).unwrap_err().is_index());
    }

    #[test]
    fn writing_to_a_broadcast_array_copies() {
        let row = arange(3).unwrap();
        let mut rows = row.broadcast_to([2, 3]).unwrap();
        rows.view_mut()[[0, 0]] = 9;
        assert_eq!(rows.to_vec(), [9, 1, 2, 0, 1, 2]);
        assert_eq!(row.to_vec(), [0, 1, 2]);
        assert!(row.broadcast_to([2, 4]).unwrap_err().is_shape());
        assert!(row.broadcast_to(()).unwrap_err().is_shape());
        assert!(row.broadcast_to([usize::MAX, 3]).unwrap_err().is_memory());
    }
}
