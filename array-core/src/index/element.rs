//! Single elements: full indices, and the brackets that read and write by them.

use std::ops;

use super::item::saturating;
use super::position;
use crate::layout::PerAxis;
use crate::{Array, Element, Error, Result, error};

/// One position on each axis: an integer for a vector, an array, tuple or slice of integers for any rank.
/// Negative positions count from the end. The integers may be of any type.
///
/// Sealed.
pub trait ElementIndex: sealed::Sealed {
    /// Calls `f` with the positions.
    #[doc(hidden)]
    fn with_positions<R>(&self, f: impl FnOnce(&[isize]) -> R) -> R;
}

/// An integer as a position along an axis.
///
/// Sealed.
pub trait Position: Copy + sealed::Sealed {
    /// The position; what does not fit is out of bounds either way.
    #[doc(hidden)]
    fn position(self) -> isize;
}

mod sealed {
    /// What an index is, is decided here.
    pub trait Sealed {}
}

/// Implements [`ElementIndex`] for types: what else is generic, and how positions are found.
macro_rules! element_indices {
    ($([$($generic:tt)*] $type:ty: |$index:ident, $f:ident| $call:expr;)*) => {$(
        impl<$($generic)*> sealed::Sealed for $type {}
        impl<$($generic)*> ElementIndex for $type {
            #[inline]
            fn with_positions<R>(&self, $f: impl FnOnce(&[isize]) -> R) -> R {
                let $index = self;
                $call
            }
        }
    )*};
}

macro_rules! integers {
    ($($int:ty)*) => {$(
        impl Position for $int {
            #[inline]
            fn position(self) -> isize {
                saturating(self)
            }
        }
        element_indices! { [] $int: |index, f| f(&[index.position()]); }
    )*};
}
integers! { isize i8 i16 i32 i64 usize u8 u16 u32 u64 }

/// Positions whose number is known at run time only.
fn with_slice<I: Position, R>(index: &[I], f: impl FnOnce(&[isize]) -> R) -> R {
    let positions: PerAxis<isize> = index.iter().map(|i| i.position()).collect();
    f(&positions)
}

element_indices! {
    [] (): |_index, f| f(&[]);
    [I: Position, const N: usize] [I; N]: |index, f| f(&index.map(I::position));
    [I: Position, const N: usize] &[I; N]: |index, f| f(&index.map(I::position));
    [I: Position] &[I]: |index, f| with_slice(index, f);
    [I: Position] Vec<I>: |index, f| with_slice(index, f);
    [I: Position] &Vec<I>: |index, f| with_slice(index, f);
    [I: Position] (I,): |index, f| f(&[index.0.position()]);
    [I: Position, J: Position] (I, J): |index, f| f(&[index.0.position(), index.1.position()]);
    [I: Position, J: Position, K: Position] (I, J, K):
        |index, f| f(&[index.0.position(), index.1.position(), index.2.position()]);
    [I: Position, J: Position, K: Position, L: Position] (I, J, K, L):
        |index, f| f(&[index.0.position(), index.1.position(), index.2.position(), index.3.position()]);
}

impl<T: Element> Array<T> {
    /// The element at a full index; negative positions count from the end.
    ///
    /// ```
    /// # use array_core::arange;
    /// let a = arange(6)?.reshape([2, 3])?;
    /// assert_eq!(a.get([1, -1])?, 5);
    /// assert!(a.get([1, 3]).unwrap_err().is_index());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a position is out of bounds, or there are not as many as the array has axes.
    pub fn get(&self, index: impl ElementIndex) -> Result<T> {
        let offset = self.offset_of(&index)?;
        // SAFETY: the offset of one of the array's elements.
        Ok(unsafe { *self.as_ptr().offset(offset) })
    }

    /// Writes the element at a full index; copies the array first unless it is unique.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![[1, 2], [3, 4]];
    /// a.set([0, -1], 9)?;
    /// assert_eq!(a, array![[1, 9], [3, 4]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn set(&mut self, index: impl ElementIndex, value: T) -> Result<()> {
        *self.element_mut(&index)? = value;
        Ok(())
    }

    /// How far the element at a full index is from the first one, counted in elements.
    #[inline]
    fn offset_of(&self, index: &impl ElementIndex) -> Result<isize> {
        index.with_positions(|index| offset(index, self.shape(), self.strides()))
    }

    /// The element at a full index, to write to.
    fn element_mut(&mut self, index: &impl ElementIndex) -> Result<&mut T> {
        // A bad index copies nothing.
        self.offset_of(index)?;
        self.try_make_unique()?;
        let pointer = self.as_mut_ptr();
        // The copy may have other strides.
        let offset = self.offset_of(index)?;
        // SAFETY: the offset of one of the array's elements, which is unique as `as_mut_ptr` leaves it.
        Ok(unsafe { &mut *pointer.offset(offset) })
    }
}

/// How far the element at a full index is from the first one, in an array of this shape and these strides.
pub(crate) fn offset(index: &[isize], shape: &[usize], strides: &[isize]) -> Result<isize> {
    if index.len() != shape.len() {
        return Err(wrong_number(index.len(), shape));
    }
    let mut offset = 0;
    for (axis, &i) in index.iter().enumerate() {
        offset += position(i, shape[axis], axis)? as isize * strides[axis];
    }
    Ok(offset)
}

#[cold]
fn wrong_number(given: usize, shape: &[usize]) -> Error {
    Error::index(format!(
        "an element of an array of shape {} has {} position(s), not {given}",
        error::Shape(shape),
        shape.len(),
    ))
}

/// The element at a full index: `a[3]`, `a[-1]`, `a[[1, 2]]`, `a[(i, -1)]`, `a[()]` of an array of no axes.
///
/// ```
/// # use array_core::{arange, scalar};
/// let a = arange(6)?.reshape([2, 3])?;
/// let i = 1usize;
/// assert_eq!((a[[1, 2]], a[[-1, -1]], a[(i, -1)]), (5, 5, 5));
/// assert_eq!((arange(3)?[-1], scalar(7)[()]), (2, 7));
/// # Ok::<(), array_core::Error>(())
/// ```
impl<T: Element, I: ElementIndex> ops::Index<I> for Array<T> {
    type Output = T;

    /// # Panics
    /// Where [`get`](Array::get) has an error, with its message.
    #[inline]
    #[track_caller]
    fn index(&self, index: I) -> &T {
        let offset = error::or_panic(self.offset_of(&index));
        // SAFETY: the offset of one of the array's elements, which cannot be written while `self` is borrowed.
        unsafe { &*self.as_ptr().offset(offset) }
    }
}

/// The element at a full index, to write to; copies the array first unless it is unique.
///
/// ```
/// # use array_core::zeros;
/// let mut a = zeros::<f64>([2, 2])?;
/// let before = a.clone();
/// a[[0, -1]] += 2.5;
/// assert_eq!(a.to_vec(), [0.0, 2.5, 0.0, 0.0]);
/// assert_eq!(before[[0, 1]], 0.0);
/// # Ok::<(), array_core::Error>(())
/// ```
impl<T: Element, I: ElementIndex> ops::IndexMut<I> for Array<T> {
    /// # Panics
    /// Where [`set`](Array::set) has an error, with its message.
    #[inline]
    #[track_caller]
    fn index_mut(&mut self, index: I) -> &mut T {
        error::or_panic(self.element_mut(&index))
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{self, AssertUnwindSafe};
    use std::sync::{Arc, Mutex};
    use std::thread;

    use crate::{arange, flip, scalar};

    #[test]
    fn any_integers_any_rank_from_either_end() {
        let a = arange(24f64).unwrap().reshape([2, 3, 4]).unwrap();
        let (i, j) = (1usize, -2i64);
        // Methods of the element can be called although the integer's type is open.
        assert_eq!(a[[1, 0, 0]].sqrt(), 12f64.sqrt());
        assert_eq!((a[(i, j, 3u8)], a[&[1, 1, 3]], a[vec![1, 1, 3]]), (19.0, 19.0, 19.0));
        assert_eq!((a[&[1usize, 1, 3][..]], a[(0, 0, 0)]), (19.0, 0.0));
        assert_eq!((scalar(5)[()], arange(4).unwrap()[3], arange(4).unwrap()[-4]), (5, 3, 0));
        for i in 0..a.shape()[1] {
            let reversed = flip(&a.t(), ..).unwrap();
            assert_eq!(reversed[(0, 2 - i, 1)], a[(0, i, 3)]);
        }
        let rows = arange(3).unwrap().broadcast_to([2, 3]).unwrap();
        assert_eq!((rows[[0, 2]], rows[[1, 2]]), (2, 2));
        assert!(a.get([0, 0, u64::MAX]).unwrap_err().is_index());
        assert!(a.get([0, 0]).unwrap_err().to_string().contains("(2, 3, 4) has 3 position(s), not 2"));
    }

    #[test]
    fn writing_through_brackets_leaves_other_holders_alone() {
        let mut a = arange(6).unwrap().reshape([2, 3]).unwrap().t();
        let before = a.clone();
        a[[-1, 0]] = 9;
        assert_eq!((a[[2, 0]], before[[2, 0]]), (9, 2));
        let address = a.address();
        a[(0, 1)] -= 1;
        assert_eq!((a.address(), a[[0, 1]]), (address, 2));
        let mut rows = arange(3).unwrap().broadcast_to([2, 3]).unwrap();
        rows[[0, 0]] = 7;
        assert_eq!(rows.to_vec(), [7, 1, 2, 0, 1, 2]);
    }

    #[test]
    fn brackets_panic_with_the_message_of_the_result_at_the_callers_line() {
        let a = arange(3).unwrap();
        let mut b = a.clone();
        let expected = a.get(3).unwrap_err().to_string();
        assert!(expected.contains("index 3 is out of bounds for axis 0, which has 3"));

        let lines = Arc::new(Mutex::new(Vec::new()));
        let (told, this, before) = (lines.clone(), thread::current().id(), panic::take_hook());
        panic::set_hook(Box::new(move |info| match info.location() {
            Some(at) if thread::current().id() == this => {
                told.lock().unwrap().push((at.file().to_owned(), at.line()));
            }
            _ => before(info),
        }));
        let here = line!();
        let caught = [
            panic::catch_unwind(|| a[3]),
            panic::catch_unwind(AssertUnwindSafe(|| std::mem::replace(&mut b[3], 0))),
        ];
        let _ = panic::take_hook();
        for caught in caught {
            assert_eq!(*caught.unwrap_err().downcast::<String>().unwrap(), expected);
        }
        let file = file!().to_owned();
        assert_eq!(*lines.lock().unwrap(), [(file.clone(), here + 2), (file, here + 3)]);
    }
}
