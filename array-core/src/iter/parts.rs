//! The parts of an array along an axis, in chunks, and its lanes: arrays over the same memory, or views to write
//! through.

use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::Range;

use ndarray::{ArrayViewMut, Dimension, Ix1, IxDyn};

use super::Unique;
use super::cut::Cut;
use super::parallel::{Parallel, Splittable};
use crate::array::raw_view_mut;
use crate::{Array, Element, Result};

/// What parts are taken from: an array, or one borrowed to be written.
///
/// Sealed.
pub trait Source: sealed::Sealed {
    /// What a part is given as.
    type Item;
    /// The part of this shape and strides whose first element is at an offset.
    ///
    /// # Safety
    /// All elements that it reaches are the array's, and no two parts that are asked for share one.
    #[doc(hidden)]
    unsafe fn part(&self, offset: isize, shape: &[usize], strides: &[isize]) -> Self::Item;
    /// The same source, for other parts of it.
    #[doc(hidden)]
    fn again(&self) -> Self;
}

mod sealed {
    /// Sources are memory of arrays.
    pub trait Sealed {}
}

impl<T: Element> sealed::Sealed for Array<T> {}
impl<T: Element> Source for Array<T> {
    type Item = Array<T>;
    unsafe fn part(&self, offset: isize, shape: &[usize], strides: &[isize]) -> Array<T> {
        let pointer = self.as_ptr().wrapping_offset(offset);
        // SAFETY: by the caller's contract the part's elements are this array's.
        unsafe { Array::from_raw_parts(self.buffer().clone(), pointer, shape, strides) }
    }
    fn again(&self) -> Self {
        self.clone()
    }
}

/// An array borrowed to be written, whose parts are views of dimension `D`.
pub struct Writable<'a, T: Element, D> {
    memory: Unique<'a, T>,
    dimension: PhantomData<fn() -> D>,
}

impl<T: Element, D> sealed::Sealed for Writable<'_, T, D> {}
impl<'a, T: Element, D: Dimension> Source for Writable<'a, T, D> {
    type Item = ArrayViewMut<'a, T, D>;
    unsafe fn part(&self, offset: isize, shape: &[usize], strides: &[isize]) -> Self::Item {
        // SAFETY: by the caller's contract the part's elements are the array's, which is borrowed mutably, unique
        // and without elements that overlap; no other part has them.
        let view = unsafe { raw_view_mut(self.memory.first.wrapping_offset(offset), shape, strides) };
        view.into_dimensionality().expect("the rank of all parts")
    }
    fn again(&self) -> Self {
        Writable { memory: self.memory.again(), dimension: PhantomData }
    }
}

/// Iterator over the parts of an array, from either end: [`ArrayParts`] and [`PartsMut`].
#[must_use = "iterators do nothing unless asked for parts"]
pub struct Parts<S> {
    source: S,
    cut: Cut,
    left: Range<usize>,
}

/// Iterator over parts of an array: arrays over its memory.
pub type ArrayParts<T> = Parts<Array<T>>;
/// Iterator over parts of an array to write to: ndarray's views of dimension `D`.
pub type PartsMut<'a, T, D = IxDyn> = Parts<Writable<'a, T, D>>;

impl<S: Source> Parts<S> {
    fn new(source: S, cut: Cut) -> Self {
        let left = 0..cut.count();
        Parts { source, cut, left }
    }

    fn part(&self, i: usize) -> S::Item {
        let (offset, shape, strides) = self.cut.part(i);
        // SAFETY: a cut's parts consist of the array's elements and share none; `left` gives each once.
        unsafe { self.source.part(offset, &shape, strides) }
    }
}

impl<S: Source> Iterator for Parts<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        self.left.next().map(|i| self.part(i))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.left.size_hint()
    }

    fn nth(&mut self, n: usize) -> Option<S::Item> {
        self.left.nth(n).map(|i| self.part(i))
    }
}

impl<S: Source> DoubleEndedIterator for Parts<S> {
    fn next_back(&mut self) -> Option<S::Item> {
        self.left.next_back().map(|i| self.part(i))
    }
}

impl<S: Source> ExactSizeIterator for Parts<S> {}
impl<S: Source> FusedIterator for Parts<S> {}

impl<S: Source + Send> Splittable for Parts<S> {
    fn split_at(self, index: usize) -> (Self, Self) {
        let middle = self.left.start + index;
        assert!(middle <= self.left.end, "split within the parts that are left");
        let first =
            Parts { source: self.source.again(), cut: self.cut.clone(), left: self.left.start..middle };
        (first, Parts { left: middle..self.left.end, ..self })
    }
}

impl<T: Element> Clone for ArrayParts<T> {
    fn clone(&self) -> Self {
        Parts { source: self.source.clone(), cut: self.cut.clone(), left: self.left.clone() }
    }
}

impl<S> fmt::Debug for Parts<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parts({} left)", self.left.len())
    }
}

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
    /// When the axis is out of bounds.
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
    /// When the axis is out of bounds, or `size` is zero.
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
    /// When the axis is out of bounds.
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
    /// When the array has no axis.
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
        self.make_unique();
        // The copy may have other strides.
        let cut = cut(self.shape(), self.strides())?;
        Ok(Parts::new(Writable { memory: Unique::new(self), dimension: PhantomData }, cut))
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
    /// When the axis is out of bounds.
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
    /// When the axis is out of bounds, or `size` is zero.
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
    /// When the array has no axis.
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
