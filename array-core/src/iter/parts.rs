//! The iterator over parts of an array that are alike but for where they begin: arrays over the same memory, or
//! views to write through.

use std::fmt;
use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::Range;

use ndarray::{ArrayViewMut, Dimension, IxDyn};

use super::Unique;
use super::cut::Cut;
use super::parallel::Splittable;
use crate::array::raw_view_mut;
use crate::{Array, Element};

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

impl<'a, T: Element, D> Writable<'a, T, D> {
    pub(super) fn new(array: &'a mut Array<T>) -> Self {
        Writable { memory: Unique::new(array), dimension: PhantomData }
    }
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
    pub(super) fn new(source: S, cut: Cut) -> Self {
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
