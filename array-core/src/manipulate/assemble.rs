//! A new array put together from pieces.

use crate::layout::{Order, PerAxis};
use crate::{Array, Element, Result, copy};

/// A fresh array, to be covered with pieces.
pub(crate) struct Canvas<T: Element>(Array<T>);

impl<T: Element> Canvas<T> {
    /// Writes `piece` so that its first element comes to lie at index `start`.
    ///
    /// Panics if it does not lie within the array.
    pub(crate) fn put(&mut self, start: &[usize], piece: &Array<T>) {
        let Canvas(array) = self;
        let fits = start.len() == array.ndim()
            && piece.ndim() == array.ndim()
            && (0..start.len()).all(|axis| start[axis] + piece.shape()[axis] <= array.shape()[axis]);
        assert!(fits, "a piece of shape {:?} at {start:?} within {:?}", piece.shape(), array.shape());
        if piece.is_empty() {
            return;
        }
        let offset: isize = start.iter().zip(array.strides()).map(|(&i, &s)| i as isize * s).sum();
        // SAFETY: the part lies within the array, as checked, whose elements may be written: nobody
        // else has seen it. The conversion from a dtype to itself only writes.
        unsafe {
            let corner = array.as_ptr().offset(offset);
            let part = Array::from_raw_parts(array.buffer().clone(), corner, piece.shape(), array.strides());
            copy::write_part(piece, &part);
        }
    }

    /// A view of the part of this shape at index `start`, to be read only while pieces are put elsewhere.
    ///
    /// Panics if it does not lie within the array.
    ///
    /// # Safety
    /// All of its elements have been put.
    pub(crate) unsafe fn part(&self, start: &[usize], shape: &[usize]) -> Array<T> {
        let Canvas(array) = self;
        let fits = (0..array.ndim()).all(|axis| start[axis] + shape[axis] <= array.shape()[axis]);
        assert!(fits, "a part of shape {shape:?} at {start:?} within {:?}", array.shape());
        let offset: isize = start.iter().zip(array.strides()).map(|(&i, &s)| i as isize * s).sum();
        // SAFETY: the part lies within the array, as checked.
        unsafe {
            let corner = array.as_ptr().offset(offset);
            Array::from_raw_parts(array.buffer().clone(), corner, shape, array.strides())
        }
    }

    /// As [`put`](Self::put), shifted along one axis only.
    pub(crate) fn put_along(&mut self, axis: usize, start: usize, piece: &Array<T>) {
        let mut corner = PerAxis::from_elem(0, self.0.ndim());
        corner[axis] = start;
        self.put(&corner, piece);
    }
}

/// A row-major array of `shape` that `pieces` covers.
///
/// # Errors
/// When there is no memory for it.
///
/// # Safety
/// The pieces must cover every element.
pub(crate) unsafe fn assemble<T: Element>(
    shape: &[usize],
    pieces: impl FnOnce(&mut Canvas<T>),
) -> Result<Array<T>> {
    let mut canvas = Canvas(Array::uninit(shape, &Order::RowMajor.strides(shape))?);
    pieces(&mut canvas);
    Ok(canvas.0)
}
