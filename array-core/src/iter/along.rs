//! The parts of an array along an axis, in chunks, and its lanes, one after the other or on rayon's threads.

use ndarray::{Dimension, Ix1};

use super::cut::Cut;
use super::parallel::Parallel;
use super::parts::{ArrayParts, Parts, PartsMut, Writable};
use crate::{Array, Element, Result};

impl<T: Element> Array<T> {
    /// One array for each position along an axis, which has all other axes and shares the memory: with axis 0 what
    /// Python's `for row in a` gives.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![[1, 2, 3], [4, 5, 6]];
    /// let rows: Vec<_> = a.axis_iter(0)?.collect();
    /// assert_eq!((rows[1].shape(), rows[1].to_vec()), (&[3][..], vec![4, 5, 6]));
    /// assert_eq!(a.axis_iter(-1)?.map(|column| column[0] * column[1]).collect::<Vec<_>>(), [4, 10, 18]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds.
    pub fn axis_iter(&self, axis: isize) -> Result<ArrayParts<T>> {
        Ok(Parts::new(self.clone(), Cut::along(self.shape(), self.strides(), axis)?))
    }

    /// As [`axis_iter`](Self::axis_iter), to write to; copies the array first unless unique.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![[1, 2], [3, 4]];
    /// for (i, mut column) in a.axis_iter_mut(1)?.enumerate() {
    ///     column.fill(i as i32);
    /// }
    /// assert_eq!(a, array![[0, 1], [0, 1]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory for a copy.
    pub fn axis_iter_mut(&mut self, axis: isize) -> Result<PartsMut<'_, T>> {
        self.cut_mut(|shape, strides| Cut::along(shape, strides, axis))
    }

    /// Arrays of `size` positions along an axis, the last one of as many as remain. They share the memory.
    ///
    /// ```
    /// # use array_core::arange;
    /// let a = arange(7)?;
    /// let chunks: Vec<_> = a.axis_chunks_iter(0, 3)?.map(|chunk| chunk.to_vec()).collect();
    /// assert_eq!(chunks, [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or `size` is zero.
    pub fn axis_chunks_iter(&self, axis: isize, size: usize) -> Result<ArrayParts<T>> {
        Ok(Parts::new(self.clone(), Cut::chunks(self.shape(), self.strides(), axis, size)?))
    }

    /// As [`axis_chunks_iter`](Self::axis_chunks_iter), to write to; copies the array first unless unique.
    ///
    /// # Errors
    /// When the axis is out of bounds, or `size` is zero, or there is no memory for a copy.
    pub fn axis_chunks_iter_mut(&mut self, axis: isize, size: usize) -> Result<PartsMut<'_, T>> {
        self.cut_mut(|shape, strides| Cut::chunks(shape, strides, axis, size))
    }

    /// The vectors along an axis, one for each position on all other axes, in row-major order. They share the
    /// memory.
    ///
    /// ```
    /// # use array_core::arange;
    /// let a = arange(8)?.reshape([2, 2, 2])?;
    /// let lanes: Vec<_> = a.lanes(1)?.map(|lane| lane.to_vec()).collect();
    /// assert_eq!(lanes, [[0, 2], [1, 3], [4, 6], [5, 7]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds.
    pub fn lanes(&self, axis: isize) -> Result<ArrayParts<T>> {
        Ok(Parts::new(self.clone(), Cut::lanes(self.shape(), self.strides(), axis)?))
    }

    /// As [`lanes`](Self::lanes), to write to; copies the array first unless unique.
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory for a copy.
    pub fn lanes_mut(&mut self, axis: isize) -> Result<PartsMut<'_, T, Ix1>> {
        self.cut_mut(|shape, strides| Cut::lanes(shape, strides, axis))
    }

    /// The rows of an array of any rank: its [`lanes`](Self::lanes) along the last axis.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![[[1, 2], [3, 4]], [[5, 6], [7, 8]]];
    /// assert_eq!(a.rows()?.map(|row| row[0] * row[1]).collect::<Vec<_>>(), [2, 12, 30, 56]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array has no axis.
    pub fn rows(&self) -> Result<ArrayParts<T>> {
        self.lanes(-1)
    }

    /// As [`rows`](Self::rows), to write to; copies the array first unless unique.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![[3, 1], [9, 7]];
    /// a.rows_mut()?.for_each(|mut row| row.as_slice_mut().unwrap().sort());
    /// assert_eq!(a, array![[1, 3], [7, 9]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array has no axis, or there is no memory for a copy.
    pub fn rows_mut(&mut self) -> Result<PartsMut<'_, T, Ix1>> {
        self.lanes_mut(-1)
    }

    /// The array cut into parts, to write to.
    fn cut_mut<D: Dimension>(
        &mut self,
        cut: impl Fn(&[usize], &[isize]) -> Result<Cut>,
    ) -> Result<PartsMut<'_, T, D>> {
        // A bad axis copies nothing.
        cut(self.shape(), self.strides())?;
        self.try_make_unique()?;
        // The copy may have other strides.
        let cut = cut(self.shape(), self.strides())?;
        Ok(Parts::new(Writable::new(self), cut))
    }
}

/// The same, on rayon's threads.
impl<T: Element> Array<T> {
    /// As [`axis_iter`](Self::axis_iter), on the threads of the rayon pool that the caller is in.
    ///
    /// ```
    /// use rayon::prelude::*;
    /// # use array_core::array;
    /// let a = array![[1, 2, 3], [4, 5, 6]];
    /// let sums: Vec<i32> = a.par_axis_iter(0)?.map(|row| row.iter().sum()).collect();
    /// assert_eq!(sums, [6, 15]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds.
    pub fn par_axis_iter(&self, axis: isize) -> Result<Parallel<ArrayParts<T>>> {
        self.axis_iter(axis).map(Parallel)
    }

    /// As [`axis_iter_mut`](Self::axis_iter_mut), on the threads of the rayon pool that the caller is in.
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory for a copy.
    pub fn par_axis_iter_mut(&mut self, axis: isize) -> Result<Parallel<PartsMut<'_, T>>> {
        self.axis_iter_mut(axis).map(Parallel)
    }

    /// As [`axis_chunks_iter`](Self::axis_chunks_iter), on the threads of the rayon pool that the caller is in.
    ///
    /// # Errors
    /// When the axis is out of bounds, or `size` is zero.
    pub fn par_axis_chunks_iter(&self, axis: isize, size: usize) -> Result<Parallel<ArrayParts<T>>> {
        self.axis_chunks_iter(axis, size).map(Parallel)
    }

    /// As [`axis_chunks_iter_mut`](Self::axis_chunks_iter_mut), on the threads of the rayon pool that the caller
    /// is in.
    ///
    /// # Errors
    /// When the axis is out of bounds, or `size` is zero, or there is no memory for a copy.
    pub fn par_axis_chunks_iter_mut(
        &mut self,
        axis: isize,
        size: usize,
    ) -> Result<Parallel<PartsMut<'_, T>>> {
        self.axis_chunks_iter_mut(axis, size).map(Parallel)
    }

    /// As [`rows`](Self::rows), on the threads of the rayon pool that the caller is in.
    ///
    /// # Errors
    /// When the array has no axis.
    pub fn par_rows(&self) -> Result<Parallel<ArrayParts<T>>> {
        self.rows().map(Parallel)
    }

    /// As [`rows_mut`](Self::rows_mut), on the threads of the rayon pool that the caller is in.
    ///
    /// ```
    /// use rayon::prelude::*;
    /// # use array_core::array;
    /// let mut a = array![[3, 1], [9, 7]];
    /// a.par_rows_mut()?.enumerate().for_each(|(i, mut row)| row[0] = i as i32);
    /// assert_eq!(a, array![[0, 1], [1, 7]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array has no axis, or there is no memory for a copy.
    pub fn par_rows_mut(&mut self) -> Result<Parallel<PartsMut<'_, T, Ix1>>> {
        self.rows_mut().map(Parallel)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Array, arange, array, s, scalar, zeros};

    fn vectors(parts: impl Iterator<Item = Array<i64>>) -> Vec<Vec<i64>> {
        parts.map(|part| part.to_vec()).collect()
    }

    #[test]
    fn parts_are_what_indexing_gives() {
        let a = arange(24i64).unwrap().reshape([2, 3, 4]).unwrap();
        for a in [a.t(), a.slice(s![..;-1, .., 1..;2]).unwrap(), zeros([2, 0, 3]).unwrap(), a] {
            for axis in 0..3 {
                let n = a.shape()[axis];
                let before = vec![crate::IndexItem::from(..); axis];
                let index = |item: crate::IndexItem| [&before[..], &[item]].concat();
                let parts: Vec<_> = a.axis_iter(axis as isize).unwrap().collect();
                assert_eq!(parts.len(), n);
                for (i, part) in parts.iter().enumerate() {
                    let expected = a.slice(index(i.into())).unwrap();
                    assert_eq!(part, &expected);
                    assert_eq!(part.address(), expected.address());
                }
                for size in [1, 2, 3, usize::MAX] {
                    let chunks: Vec<_> = a.axis_chunks_iter(axis as isize - 3, size).unwrap().collect();
                    assert_eq!(chunks.len(), n.div_ceil(size));
                    for (i, chunk) in chunks.iter().enumerate() {
                        let end = (i * size).saturating_add(size);
                        assert_eq!(chunk, &a.slice(index((i * size..end).into())).unwrap());
                    }
                }
                let last = crate::moveaxis(&a, axis as isize, -1).unwrap();
                let lanes = last.reshape([last.len() / n.max(1), n]).unwrap();
                if n > 0 {
                    assert_eq!(
                        vectors(a.lanes(axis as isize).unwrap()),
                        vectors(lanes.axis_iter(0).unwrap())
                    );
                }
            }
        }
    }

    #[test]
    fn from_either_end_and_of_nothing() {
        let a = arange(6i64).unwrap().reshape([3, 2]).unwrap();
        let mut rows = a.rows().unwrap();
        assert_eq!((rows.len(), rows.next_back().unwrap().to_vec()), (3, vec![4, 5]));
        assert_eq!((rows.nth(1).unwrap().to_vec(), rows.len()), (vec![2, 3], 0));
        assert!(rows.next().is_none() && rows.next_back().is_none());
        assert_eq!(zeros::<f64>([0, 3]).unwrap().rows().unwrap().count(), 0);
        assert_eq!(zeros::<f64>([3, 0]).unwrap().rows().unwrap().count(), 3);
        assert_eq!(zeros::<f64>([0]).unwrap().rows().unwrap().count(), 1);
        assert!(scalar(1).rows().unwrap_err().is_index());
        assert!(a.axis_iter(2).unwrap_err().is_index());
        assert!(a.axis_chunks_iter(0, 0).unwrap_err().is_value());
    }

    #[test]
    fn writing_parts_leaves_other_holders_alone() {
        let mut a = arange(6i64).unwrap().reshape([3, 2]).unwrap();
        let before = a.clone();
        assert!(a.axis_iter_mut(2).is_err());
        assert_eq!(a.address(), before.address(), "nothing to write, nothing to copy");
        // All parts at once, in any order.
        let mut parts: Vec<_> = a.axis_iter_mut(0).unwrap().rev().collect();
        parts.iter_mut().enumerate().for_each(|(i, part)| part.fill(i as i64));
        assert_eq!(a, array![[2, 2], [1, 1], [0, 0]]);
        assert_eq!(before, array![[0, 1], [2, 3], [4, 5]]);
        let address = a.address();
        a.axis_chunks_iter_mut(0, 2).unwrap().for_each(|mut chunk| chunk[[0, 1]] = chunk.len() as i64);
        assert_eq!((a.address(), &a), (address, &array![[2, 4], [1, 1], [0, 2]]));
        a.lanes_mut(0).unwrap().for_each(|mut column| column[2] = 7);
        assert_eq!(a, array![[2, 4], [1, 1], [7, 7]]);
        let mut rows = arange(2i64).unwrap().broadcast_to([2, 2]).unwrap();
        rows.rows_mut().unwrap().enumerate().for_each(|(i, mut row)| row[0] = i as i64);
        assert_eq!(rows, array![[0, 1], [1, 1]]);
    }
}
