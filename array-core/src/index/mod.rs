//! Indexing by NumPy's rules, written with the macro [`s!`](crate::s), and the functions that pick,
//! find and place elements.

mod advanced;
mod along;
mod basic;
mod choose;
mod coordinates;
mod diagonal;
mod element;
mod gather;
mod item;
mod mask;
mod nonzero;
mod take;

use ndarray::ArrayViewMutD;

use crate::{Array, Element, Error, Result, copy, error};
use advanced::Selection;

pub use along::{put_along_axis, take_along_axis};
pub(crate) use basic::position;
pub use choose::{choose, select};
pub use coordinates::{
    diag_indices, diag_indices_from, ix_, ravel_multi_index, tril_indices, tril_indices_from, triu_indices,
    triu_indices_from, unravel_index,
};
pub use diagonal::{diagonal, fill_diagonal};
pub(crate) use element::offset;
pub use element::{ElementIndex, Position};
pub use item::{IndexItem, IntoIndices, newaxis};
pub use nonzero::{argwhere, flatnonzero, nonzero};
pub use take::{OutOfBounds, compress, extract, place, put, putmask, take, take_with};

/// Whether an index has arrays of positions or masks, or such that may be either.
#[inline]
fn is_advanced(index: &[IndexItem]) -> bool {
    index.iter().any(|item| matches!(item, IndexItem::Integers(_) | IndexItem::Mask(_) | IndexItem::Any(_)))
}

/// Values as they are assigned to a part of this shape. As in NumPy, axes of length one in front are
/// no hindrance.
pub(crate) fn broadcast_values<S: Element>(values: &Array<S>, shape: &[usize]) -> Result<Array<S>> {
    let extra = values.ndim().saturating_sub(shape.len());
    let values = match values.shape()[..extra].iter().all(|&n| n == 1) {
        true => values.reshape(&values.shape()[extra..])?,
        false => values.clone(),
    };
    values.broadcast_to(shape).map_err(|_| {
        Error::shape(format!(
            "values of shape {} do not broadcast to the part of shape {} that they are assigned to",
            error::Shape(values.shape()),
            error::Shape(shape)
        ))
    })
}

impl<T: Element> Array<T> {
    /// The part of the array that an index names, as NumPy's `a[index]`: the same memory, seen through
    /// another view; with arrays of positions or masks a copy of the elements.
    ///
    /// Slices clip to the axis as in NumPy, so they never fail; integers must be within it.
    ///
    /// ```
    /// # use array_core::{arange, s};
    /// let a = arange(10)?;
    /// assert_eq!(a.slice(s![7..100])?.to_vec(), [7, 8, 9]);
    /// assert_eq!(a.slice(s![..;-3])?.to_vec(), [9, 6, 3, 0]);
    /// assert_eq!(a.slice(s![[8, 1, -1]])?.to_vec(), [8, 1, 9]);
    /// assert!(a.slice(s![10]).is_err());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there are more items than axes, more than one ellipsis, an integer out of bounds, a step
    /// of zero, positions that do not broadcast together, or a mask of another shape than its axes.
    pub fn slice(&self, index: impl AsRef<[IndexItem]>) -> Result<Self> {
        let index = index.as_ref();
        match is_advanced(index) {
            false => basic::view(self, index),
            true => advanced::gather(self, &item::resolved(index)?),
        }
    }

    /// The part that an index names, as an ndarray view to write through. Copies the array first
    /// unless it is unique.
    ///
    /// ```
    /// # use array_core::{array, s};
    /// let mut a = array![[1, 2], [3, 4]];
    /// a.slice_mut(s![.., 0])?.fill(9);
    /// assert_eq!(a, array![[9, 2], [9, 4]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`slice`](Self::slice); when the index has arrays of positions or masks.
    pub fn slice_mut(&mut self, index: impl AsRef<[IndexItem]>) -> Result<ArrayViewMutD<'_, T>> {
        self.try_make_unique()?;
        let part = basic::view(self, &item::resolved(index.as_ref())?)?;
        let (pointer, shape, strides) = (part.as_ptr(), part.shape().to_vec(), part.strides().to_vec());
        drop(part);
        Ok(self.view_mut_of(pointer, &shape, &strides))
    }

    /// `a[index] = values`: writes `values`, converted to this dtype and broadcast, to the part that
    /// the index names.
    ///
    /// ```
    /// # use array_core::{Array, arange, scalar, s};
    /// let mut a = arange(6)?;
    /// a.assign(s![..;2], &scalar(0))?;
    /// assert_eq!(a.to_vec(), [0, 1, 0, 3, 0, 5]);
    /// let shifted = a.slice(s![..-1])?;
    /// a.assign(s![1..], &shifted)?; // overlap is no danger: `shifted` keeps its values
    /// assert_eq!(a.to_vec(), [0, 0, 1, 0, 3, 0]);
    /// a.assign(s![[0, 0, 2]], &Array::from([7, 8, 9]))?; // of several for one place the last counts
    /// assert_eq!(a.to_vec(), [8, 0, 9, 0, 3, 0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`slice`](Self::slice), or when `values` does not broadcast to that part's shape.
    pub fn assign<S: Element>(&mut self, index: impl AsRef<[IndexItem]>, values: &Array<S>) -> Result<()> {
        let index = index.as_ref();
        if is_advanced(index) {
            let index = &item::resolved(index)?[..];
            if let Some(done) = advanced::assign_masked(self, index, values) {
                return done;
            }
            if let ([IndexItem::Integers(positions)], 1) = (index, self.ndim()) {
                return gather::placed(self, positions, values);
            }
            let mut selection = Selection::new(self, index)?;
            let values = broadcast_values(values, selection.shape())?;
            let values = copy::as_dtype::<S, T>(&values)?;
            if !self.is_unique() {
                // The copy may have other strides.
                self.try_make_unique()?;
                selection = Selection::new(self, index)?;
            }
            self.scatter(&selection.into_offsets()?, &values);
            return Ok(());
        }
        // One element, which needs no view.
        let value = || values.item().and_then(copy::converted_value);
        match (index, self.ndim(), values.ndim()) {
            ([IndexItem::Integer(i)], 1, 0) => return self.set([*i], value()?),
            ([IndexItem::Integer(i), IndexItem::Integer(j)], 2, 0) => return self.set([*i, *j], value()?),
            _ => {}
        }
        // Asked before the part is one more holder.
        let is_unique = self.is_unique();
        let mut part = basic::view(self, index)?;
        let mut lengths = values.shape().iter().rev().zip(part.shape().iter().rev());
        let fits = values.ndim() <= part.ndim() && lengths.all(|(&given, &n)| given == n || given == 1);
        let broadcast = if fits { None } else { Some(broadcast_values(values, part.shape())?) };
        let values = broadcast.as_ref().unwrap_or(values);
        if !is_unique {
            drop(part);
            self.try_make_unique()?;
            part = basic::view(self, index)?;
        }
        // SAFETY: `self` is unique but for `part`, and borrowed mutably; the shape was checked.
        unsafe { copy::write_part(values, &part) };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, newaxis, s, scalar, zeros};

    /// Python's own definition of a slice: which positions it takes.
    fn naive(start: Option<isize>, stop: Option<isize>, step: isize, n: isize) -> Vec<isize> {
        let wrap = |i: isize| if i < 0 { i.saturating_add(n) } else { i };
        let mut taken = Vec::new();
        let mut i = match start {
            Some(i) => wrap(i).clamp(if step < 0 { -1 } else { 0 }, if step < 0 { n - 1 } else { n }),
            None => {
                if step < 0 {
                    n - 1
                } else {
                    0
                }
            }
        };
        let stop = stop.map(wrap);
        while (0..n).contains(&i) && stop.is_none_or(|stop| if step < 0 { i > stop } else { i < stop }) {
            taken.push(i);
            i = i.saturating_add(step);
        }
        taken
    }

    #[test]
    fn slices_are_pythons_for_all_small_bounds_and_steps() {
        let bounds: Vec<Option<isize>> =
            (-7..=7).map(Some).chain([None, Some(isize::MIN), Some(isize::MAX)]).collect();
        for n in 0..6 {
            let a = arange(n as i64).unwrap();
            for &start in &bounds {
                for &stop in &bounds {
                    for step in [-7, -3, -2, -1, 1, 2, 3, 7, isize::MIN, isize::MAX] {
                        let found = a.slice([IndexItem::Slice { start, stop, step }]).unwrap().to_vec();
                        let expected: Vec<i64> =
                            naive(start, stop, step, n).iter().map(|&i| i as i64).collect();
                        assert_eq!(found, expected, "n = {n}, {start:?}:{stop:?}:{step}");
                    }
                }
            }
        }
    }

    #[test]
    fn items_combine() {
        let a = arange(24).unwrap().reshape([2, 3, 4]).unwrap();
        assert_eq!(a.slice(s![]).unwrap().shape(), [2, 3, 4]);
        assert_eq!(a.slice(s![...]).unwrap().shape(), [2, 3, 4]);
        assert_eq!(a.slice(s![1, ..., -1]).unwrap().to_vec(), [15, 19, 23]);
        assert_eq!(a.slice(s![..., newaxis]).unwrap().shape(), [2, 3, 4, 1]);
        assert_eq!(a.slice(s![newaxis, 0, ..;2, 1..=2]).unwrap().shape(), [1, 2, 2]);
        assert_eq!(a.slice(s![-1, -1, -1]).unwrap().item().unwrap(), 23);
        assert_eq!(a.slice(s![0]).unwrap().address(), a.address());
        let i = 1usize;
        assert_eq!(a.slice(s![i, i..i + 1, ..=-1]).unwrap().to_vec(), [16, 17, 18, 19]);
    }

    #[test]
    fn bad_indices_say_why() {
        let a = zeros::<f64>([2, 3]).unwrap();
        let message = |index: &[IndexItem]| a.slice(index).unwrap_err().to_string();
        assert!(message(&s![0, 3]).contains("index 3 is out of bounds for axis 1, which has 3"));
        assert!(message(&s![-3]).contains("index -3 is out of bounds for axis 0"));
        assert!(message(&s![0, 0, 0]).contains("too many indices"));
        assert!(message(&s![..., ...]).contains("more than one ellipsis"));
        assert!(message(&s![..;0]).contains("step"));
        assert!(a.get([0]).unwrap_err().is_index());
        assert!(a.get([0, isize::MIN]).unwrap_err().is_index());
    }

    #[test]
    fn one_element_and_values_of_more_axes_are_assigned() {
        let mut a = zeros::<f64>([2, 3]).unwrap();
        let before = a.clone();
        a.assign(s![-1, 1], &scalar(7u8)).unwrap();
        a.assign(s![0], &arange(3.0).unwrap().reshape([1, 1, 3]).unwrap()).unwrap();
        a.assign(s![1, 2], &Array::from([5.0])).unwrap();
        assert_eq!(a.to_vec(), [0.0, 1.0, 2.0, 0.0, 7.0, 5.0]);
        assert_eq!(before.to_vec(), [0.0; 6]);
        let mut vector = before.slice(s![0]).unwrap();
        vector.assign(s![-3], &scalar(true)).unwrap();
        assert_eq!((vector.to_vec(), before.to_vec()), (vec![1.0, 0.0, 0.0], vec![0.0; 6]));
        assert!(a.assign(s![2, 0], &scalar(1.0)).unwrap_err().is_index());
        assert!(vector.assign(s![3], &scalar(1.0)).unwrap_err().is_index());
        let message = a.assign(s![0, 0], &arange(2).unwrap()).unwrap_err().to_string();
        assert!(message.contains("(2,) do not broadcast to the part of shape ()"), "{message}");
    }

    #[test]
    fn masks_of_rows_of_any_layout() {
        let a = arange(600).unwrap().reshape([100, 6]).unwrap();
        let flags: Array<bool> = (0..100).map(|i| i % 3 == 1).collect();
        for a in [a.clone(), crate::flip(&a, ..).unwrap(), a.slice(s![.., ..;2]).unwrap()] {
            let expected: Vec<i64> =
                (0..100).filter(|i| i % 3 == 1).flat_map(|i| a.slice(s![i]).unwrap().to_vec()).collect();
            assert_eq!(a.slice(s![&flags]).unwrap().to_vec(), expected);
            assert_eq!(a.t().slice(s![.., &flags]).unwrap().t().to_vec(), expected);
        }
        assert_eq!(a.slice(s![zeros::<bool>([100]).unwrap()]).unwrap().shape(), [0, 6]);
    }

    #[test]
    fn writing_a_part_leaves_other_holders_alone() {
        let mut a = arange(6).unwrap();
        let before = a.clone();
        a.slice_mut(s![4..]).unwrap().fill(0);
        a.set([-6], 9).unwrap();
        assert_eq!((a[[0]], a[[-1]]), (9, 0));
        assert_eq!(before.to_vec(), [0, 1, 2, 3, 4, 5]);
        let address = a.address();
        a.assign(s![..;-1], &arange(6.0).unwrap()).unwrap();
        assert_eq!(a.address(), address, "unique: written in place");
        assert_eq!(a.to_vec(), [5, 4, 3, 2, 1, 0]);
        a.assign(s![1..3], &scalar(7)).unwrap();
        assert!(a.assign(s![1..3], &arange(3).unwrap()).unwrap_err().is_shape());
        assert_eq!(a.to_vec(), [5, 7, 7, 2, 1, 0]);
    }
}
