//! The elements of an array, in row-major order whatever the strides.

use std::fmt;
use std::iter::FusedIterator;

use super::Unique;
use super::offsets::Offsets;
use super::parallel::Splittable;
use crate::{Array, Element};

/// What elements are read from or written to: an array that is borrowed, given away, or borrowed to be written.
///
/// Sealed.
pub trait Place: sealed::Sealed {
    /// What an element is given as.
    type Item;
    /// The element at an offset.
    ///
    /// # Safety
    /// The offset is one of the array's elements, and each is asked for once at most.
    #[doc(hidden)]
    unsafe fn at(&self, offset: isize) -> Self::Item;
    /// The same place, for other elements of it.
    #[doc(hidden)]
    fn again(&self) -> Self;
}

mod sealed {
    /// Places are memory of arrays.
    pub trait Sealed {}
}

impl<T: Element> sealed::Sealed for &Array<T> {}
impl<'a, T: Element> Place for &'a Array<T> {
    type Item = &'a T;
    #[inline(always)]
    unsafe fn at(&self, offset: isize) -> &'a T {
        // SAFETY: one of the array's elements, which is not written while it is borrowed.
        unsafe { &*self.as_ptr().offset(offset) }
    }
    fn again(&self) -> Self {
        self
    }
}

impl<T: Element> sealed::Sealed for Array<T> {}
impl<T: Element> Place for Array<T> {
    type Item = T;
    #[inline(always)]
    unsafe fn at(&self, offset: isize) -> T {
        // SAFETY: one of the array's elements, which the array keeps alive.
        unsafe { *self.as_ptr().offset(offset) }
    }
    fn again(&self) -> Self {
        self.clone()
    }
}

impl<T: Element> sealed::Sealed for Unique<'_, T> {}
impl<'a, T: Element> Place for Unique<'a, T> {
    type Item = &'a mut T;
    #[inline(always)]
    unsafe fn at(&self, offset: isize) -> &'a mut T {
        // SAFETY: one of the array's elements, which is borrowed mutably, unique, and without elements that
        // overlap; no other reference to this one is given out, as it is asked for once.
        unsafe { &mut *self.first.offset(offset) }
    }
    fn again(&self) -> Self {
        self.again()
    }
}

/// Iterator over elements in row-major order, from either end: [`Iter`], [`IterMut`] and [`IntoIter`].
#[must_use = "iterators do nothing unless asked for elements"]
pub struct Elements<P> {
    place: P,
    offsets: Offsets,
}

/// Iterator over references to an array's elements.
pub type Iter<'a, T> = Elements<&'a Array<T>>;
/// Iterator over references to an array's elements, to write to.
pub type IterMut<'a, T> = Elements<Unique<'a, T>>;
/// Iterator over an array's elements.
pub type IntoIter<T> = Elements<Array<T>>;

impl<P: Place> Iterator for Elements<P> {
    type Item = P::Item;

    #[inline]
    fn next(&mut self) -> Option<P::Item> {
        // SAFETY: `Offsets` gives those of the array's elements, each once.
        self.offsets.next().map(|offset| unsafe { self.place.at(offset) })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.offsets.len(), Some(self.offsets.len()))
    }

    fn nth(&mut self, n: usize) -> Option<P::Item> {
        self.offsets.skip(n);
        self.next()
    }

    fn count(self) -> usize {
        self.offsets.len()
    }

    fn last(mut self) -> Option<P::Item> {
        self.next_back()
    }

    /// Row by row, in loops that the compiler can turn into vector code.
    fn fold<B, F: FnMut(B, P::Item) -> B>(mut self, mut result: B, mut f: F) -> B {
        let step = self.offsets.step;
        while let Some((start, count)) = self.offsets.next_run() {
            // SAFETY: as in `next`.
            let mut take = |result: B, offset: isize| f(result, unsafe { self.place.at(offset) });
            result = match step {
                1 => (start..start + count as isize).fold(result, &mut take),
                _ => (0..count as isize).fold(result, |result, i| take(result, start + i * step)),
            };
        }
        result
    }
}

impl<P: Place> DoubleEndedIterator for Elements<P> {
    #[inline]
    fn next_back(&mut self) -> Option<P::Item> {
        // SAFETY: as in `next`.
        self.offsets.next_back().map(|offset| unsafe { self.place.at(offset) })
    }
}

impl<P: Place> ExactSizeIterator for Elements<P> {}
impl<P: Place> FusedIterator for Elements<P> {}

impl<P: Place + Send> Splittable for Elements<P> {
    fn split_at(self, index: usize) -> (Self, Self) {
        let (first, last) = self.offsets.split_at(index);
        (
            Elements { place: self.place.again(), offsets: first },
            Elements { place: self.place, offsets: last },
        )
    }
}

impl<T: Element> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Elements { place: self.place, offsets: self.offsets.clone() }
    }
}

impl<T: Element> Clone for IntoIter<T> {
    fn clone(&self) -> Self {
        Elements { place: self.place.clone(), offsets: self.offsets.clone() }
    }
}

impl<P> fmt::Debug for Elements<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Elements({} left)", self.offsets.len())
    }
}

impl<T: Element> Array<T> {
    /// The elements in row-major order, whatever the strides.
    ///
    /// Arithmetic is faster with functions of whole arrays; this is for all else.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.t().iter().copied().collect::<Vec<i32>>(), [1, 3, 2, 4]);
    /// assert_eq!(a.iter().rev().max(), Some(&4));
    /// ```
    pub fn iter(&self) -> Iter<'_, T> {
        Elements { place: self, offsets: Offsets::new(self.shape(), self.strides()) }
    }

    /// The elements in row-major order, to write to; copies them first unless unique.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![[1, 2], [3, 4]];
    /// a.iter_mut().for_each(|x| *x *= 10);
    /// assert_eq!(a.to_vec(), [10, 20, 30, 40]);
    /// ```
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        // First, as a copy may have other strides.
        self.make_unique();
        let offsets = Offsets::new(self.shape(), self.strides());
        Elements { place: Unique::new(self), offsets }
    }
}

/// The elements in row-major order.
///
/// ```
/// # use array_core::array;
/// let mut largest = 0;
/// for &x in &array![[1, 7], [3, 4]] {
///     largest = largest.max(x);
/// }
/// assert_eq!(largest, 7);
/// ```
impl<'a, T: Element> IntoIterator for &'a Array<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// The elements in row-major order, to write to; copies them first unless unique.
impl<'a, T: Element> IntoIterator for &'a mut Array<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

/// The elements in row-major order.
impl<T: Element> IntoIterator for Array<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        let offsets = Offsets::new(self.shape(), self.strides());
        Elements { place: self, offsets }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Array, arange, flip, s, scalar, zeros};

    /// The numbers from 0 in several layouts.
    fn layouts() -> Vec<Array<i64>> {
        let a = arange(24i64).unwrap().reshape([2, 3, 4]).unwrap();
        vec![
            a.t(),
            flip(&a, ..).unwrap(),
            a.slice(s![.., 1.., ..;2]).unwrap(),
            a.slice(s![..;-1, 1, 1..]).unwrap(),
            a.slice(s![0, 0, 0]).unwrap(),
            a.slice(s![.., 3..]).unwrap(),
            a.slice(s![0]).unwrap().broadcast_to([2, 3, 4]).unwrap(),
            zeros([0]).unwrap(),
            a,
        ]
    }

    #[test]
    fn all_layouts_in_row_major_order() {
        for a in layouts() {
            let expected = a.to_vec();
            assert_eq!(a.iter().copied().collect::<Vec<_>>(), expected);
            let mut folded = Vec::new();
            a.iter().for_each(|&x| folded.push(x));
            assert_eq!(folded, expected);
            let reversed: Vec<i64> = expected.iter().rev().copied().collect();
            assert_eq!((&a).into_iter().rev().copied().collect::<Vec<_>>(), reversed);
            assert_eq!(a.clone().into_iter().collect::<Vec<_>>(), expected);
            assert_eq!((a.iter().len(), a.iter().count()), (expected.len(), expected.len()));
            assert_eq!((a.iter().nth(2), a.iter().last()), (expected.get(2), expected.last()));
            assert_eq!(format!("{:?}", a.iter().clone()), format!("Elements({} left)", expected.len()));
        }
        assert_eq!(scalar(3).into_iter().next(), Some(3));
    }

    #[test]
    fn writing_copies_first_if_anyone_else_holds_the_memory() {
        for mut a in layouts() {
            let before = (a.clone(), a.to_vec());
            for x in &mut a {
                *x += 100;
            }
            a.iter_mut().rev().for_each(|x| *x += 100);
            assert_eq!(before.0.to_vec(), before.1, "left alone");
            assert_eq!(a.to_vec(), before.1.iter().map(|x| x + 200).collect::<Vec<_>>());
        }
        let mut a = arange(6).unwrap().reshape([2, 3]).unwrap().t();
        let address = a.address();
        a.iter_mut().enumerate().for_each(|(i, x)| *x = i as i64);
        assert_eq!((a.address(), a.to_vec()), (address, vec![0, 1, 2, 3, 4, 5]));
        // References to different elements live side by side.
        let mut all: Vec<&mut i64> = a.iter_mut().collect();
        all.reverse();
        all.into_iter().enumerate().for_each(|(i, x)| *x = i as i64);
        assert_eq!(a.to_vec(), [5, 4, 3, 2, 1, 0]);
    }
}
