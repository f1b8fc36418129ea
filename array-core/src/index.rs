//! Basic indexing by NumPy's rules: integers, slices that clip, steps of either sign, ellipsis and
//! newaxis, written with the macro [`s!`](crate::s).
//!
//! An index is lowered to ndarray's view operations, after it has been clipped here: ndarray panics
//! where NumPy clips.

use std::fmt;
use std::ops::{self, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use ndarray::{ArrayViewMutD, Axis, Slice};

use crate::engine::CastTo;
use crate::{Array, Element, Error, Result, copy, layout};

/// One item of an index: what it does to one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexItem {
    /// One position, which removes the axis; negative ones count from the end.
    Integer(isize),
    /// From `start` to before `stop` by `step`, as in Python; what is left out is the whole axis.
    Slice {
        /// Where it begins.
        start: Option<isize>,
        /// Before which it ends.
        stop: Option<isize>,
        /// How far apart; negative ones go backwards.
        step: isize,
    },
    /// A new axis of length one.
    NewAxis,
    /// As many whole axes as the other items leave.
    Ellipsis,
}

/// A new axis of length one, inside [`s!`](crate::s): NumPy's name for it.
#[allow(non_upper_case_globals, reason = "NumPy's name")]
pub const newaxis: IndexItem = IndexItem::NewAxis;

impl IndexItem {
    /// A slice with another step.
    #[must_use]
    pub fn step(self, by: isize) -> Self {
        match self {
            IndexItem::Slice { start, stop, .. } => IndexItem::Slice { start, stop, step: by },
            other => other,
        }
    }
}

/// An index for [`Array::slice`] and its kin, item by item as between NumPy's brackets.
///
/// | NumPy | here |
/// |---|---|
/// | `a[3]`, `a[-1]` | `s![3]`, `s![-1]` |
/// | `a[1:5]`, `a[:5]`, `a[1:]`, `a[:]` | `s![1..5]`, `s![..5]`, `s![1..]`, `s![..]` |
/// | `a[1:9:2]`, `a[::-1]` | `s![1..9;2]`, `s![..;-1]` |
/// | `a[..., 0]` | `s![..., 0]` |
/// | `a[:, np.newaxis]` | `s![.., newaxis]` |
///
/// ```
/// use array_core::{arange, newaxis, s};
/// let a = arange(12)?.reshape([3, 4])?;
/// assert_eq!(a.slice(s![1, ..;-1])?.to_vec(), [7, 6, 5, 4]);
/// assert_eq!(a.slice(s![..., 0])?.to_vec(), [0, 4, 8]);
/// assert_eq!(a.slice(s![1..100, newaxis, -2..])?.shape(), [2, 1, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
#[macro_export]
macro_rules! s {
    (@items [$($items:expr,)*]) => {{
        // `1..-1` is no empty range here.
        #[allow(clippy::reversed_empty_ranges)]
        let index: [$crate::IndexItem; _] = [$($items),*];
        index
    }};
    (@items [$($items:expr,)*] ... $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($items,)* $crate::IndexItem::Ellipsis,] $($($rest)*)?)
    };
    (@items [$($items:expr,)*] $range:expr ; $step:expr $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($items,)* $crate::IndexItem::from($range).step($step),] $($($rest)*)?)
    };
    (@items [$($items:expr,)*] $item:expr $(, $($rest:tt)*)?) => {
        $crate::s!(@items [$($items,)* $crate::IndexItem::from($item),] $($($rest)*)?)
    };
    ($($items:tt)*) => { $crate::s!(@items [] $($items)*) };
}

/// Integers become positions, ranges become slices.
macro_rules! items_from {
    ($($int:ty)*) => {$(
        impl From<$int> for IndexItem {
            fn from(index: $int) -> Self {
                IndexItem::Integer(saturating(index))
            }
        }
        items_from! { @ $int:
            Range<$int>, |r| Some(saturating(r.start)), Some(saturating(r.end));
            RangeFrom<$int>, |r| Some(saturating(r.start)), None;
            RangeTo<$int>, |r| None, Some(saturating(r.end));
            RangeInclusive<$int>, |r| Some(saturating(*r.start())), after(saturating(*r.end()));
            RangeToInclusive<$int>, |r| None, after(saturating(r.end));
        }
    )*};
    (@ $int:ty: $($range:ty, |$r:ident| $start:expr, $stop:expr;)*) => {$(
        impl From<$range> for IndexItem {
            fn from($r: $range) -> Self {
                IndexItem::Slice { start: $start, stop: $stop, step: 1 }
            }
        }
    )*};
}
items_from! { isize i32 i64 usize u32 }

impl From<RangeFull> for IndexItem {
    fn from(_: RangeFull) -> Self {
        IndexItem::Slice { start: None, stop: None, step: 1 }
    }
}

/// An integer as `isize`; what does not fit is out of any axis' bounds either way.
fn saturating<I: TryInto<isize> + PartialOrd + Default>(index: I) -> isize {
    let limit = if index < I::default() { isize::MIN } else { isize::MAX };
    index.try_into().unwrap_or(limit)
}

/// The exclusive end of a range that includes `last`: after -1, the last element, there is no end.
fn after(last: isize) -> Option<isize> {
    if last == -1 { None } else { Some(last.saturating_add(1)) }
}

impl fmt::Display for IndexItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = |bound: Option<isize>| bound.map_or(String::new(), |bound| bound.to_string());
        match *self {
            IndexItem::Integer(index) => write!(f, "{index}"),
            IndexItem::Slice { start, stop, step: 1 } => write!(f, "{}:{}", bound(start), bound(stop)),
            IndexItem::Slice { start, stop, step } => write!(f, "{}:{}:{step}", bound(start), bound(stop)),
            IndexItem::NewAxis => f.write_str("newaxis"),
            IndexItem::Ellipsis => f.write_str("..."),
        }
    }
}

/// The position counted from the front.
pub(crate) fn position(index: isize, length: usize, axis: usize) -> Result<usize> {
    let counted = if index < 0 { index.checked_add_unsigned(length) } else { Some(index) };
    counted.and_then(|i| usize::try_from(i).ok()).filter(|&i| i < length).ok_or_else(|| {
        Error::index(format!("index {index} is out of bounds for axis {axis}, which has {length} element(s)"))
    })
}

/// Python's rule for a slice of a sequence: bounds count from the end if negative, then clip.
/// Gives ndarray's slice, whose bounds ascend whatever the sign of the step.
fn clip(start: Option<isize>, stop: Option<isize>, step: isize, length: usize) -> Result<Slice> {
    if step == 0 {
        return Err(Error::index("the step of a slice must not be zero"));
    }
    let n = length as isize;
    // Backwards, the bounds are positions before which one stands: from n - 1 down to -1.
    let (low, high) = if step > 0 { (0, n) } else { (-1, n - 1) };
    let bound = |bound: isize| if bound < 0 { bound.saturating_add(n) } else { bound }.clamp(low, high);
    let (first, end) = if step > 0 {
        (start.map_or(low, bound), stop.map_or(high, bound))
    } else {
        (start.map_or(high, bound), stop.map_or(low, bound))
    };
    let (from, to) = if step > 0 { (first, end) } else { (end + 1, first + 1) };
    // A step beyond the length is as good as the length, and cannot overflow.
    Ok(Slice::new(from, Some(to.max(from)), step.clamp(-n.max(1), n.max(1))))
}

impl<T: Element> Array<T> {
    /// The part of the array that an index names: the same memory, seen through another view.
    ///
    /// Slices clip to the axis as in NumPy, so they never fail; integers must be within it.
    ///
    /// ```
    /// # use array_core::{arange, s};
    /// let a = arange(10)?;
    /// assert_eq!(a.slice(s![7..100])?.to_vec(), [7, 8, 9]);
    /// assert_eq!(a.slice(s![..;-3])?.to_vec(), [9, 6, 3, 0]);
    /// assert!(a.slice(s![10]).is_err());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there are more items than axes, more than one ellipsis, an integer out of bounds, or a
    /// step of zero.
    pub fn slice(&self, index: impl AsRef<[IndexItem]>) -> Result<Self> {
        let index = index.as_ref();
        let used =
            index.iter().filter(|i| matches!(i, IndexItem::Integer(_) | IndexItem::Slice { .. })).count();
        if used > self.ndim() {
            return Err(Error::index(format!(
                "too many indices: [{}] takes {used} axes, the array has {} (shape {})",
                text(index),
                self.ndim(),
                crate::error::Shape(self.shape())
            )));
        }
        if index.iter().filter(|i| **i == IndexItem::Ellipsis).count() > 1 {
            return Err(Error::index(format!("[{}] has more than one ellipsis (...)", text(index))));
        }
        let mut view = self.static_view();
        let (mut axis, mut original) = (0, 0);
        for item in index {
            match *item {
                IndexItem::Integer(i) => {
                    let i = position(i, view.len_of(Axis(axis)), original)?;
                    view = view.index_axis_move(Axis(axis), i);
                    original += 1;
                }
                IndexItem::Slice { start, stop, step } => {
                    let slice = clip(start, stop, step, view.len_of(Axis(axis)))?;
                    view.slice_axis_inplace(Axis(axis), slice);
                    axis += 1;
                    original += 1;
                }
                IndexItem::NewAxis => {
                    view = view.insert_axis(Axis(axis));
                    axis += 1;
                }
                IndexItem::Ellipsis => {
                    axis += self.ndim() - used;
                    original += self.ndim() - used;
                }
            }
        }
        Ok(self.with_view(view))
    }

    /// The part that an index names, as an ndarray view to write through. Copies the array first
    /// unless it is unique.
    ///
    /// # Errors
    /// As [`slice`](Self::slice).
    pub fn slice_mut(&mut self, index: impl AsRef<[IndexItem]>) -> Result<ArrayViewMutD<'_, T>> {
        self.make_unique();
        let part = self.slice(index)?;
        let (pointer, shape, strides) = (part.as_ptr(), part.shape().to_vec(), part.strides().to_vec());
        drop(part);
        Ok(self.view_mut_of(pointer, &shape, &strides))
    }

    /// `a[index] = values`: writes `values`, converted to this dtype and broadcast, to the part that
    /// the index names.
    ///
    /// ```
    /// # use array_core::{arange, scalar, s};
    /// let mut a = arange(6)?;
    /// a.assign(s![..;2], &scalar(0))?;
    /// assert_eq!(a.to_vec(), [0, 1, 0, 3, 0, 5]);
    /// let shifted = a.slice(s![..-1])?;
    /// a.assign(s![1..], &shifted)?; // overlap is no danger: `shifted` keeps its values
    /// assert_eq!(a.to_vec(), [0, 0, 1, 0, 3, 0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`slice`](Self::slice), or when `values` does not broadcast to that part's shape.
    pub fn assign<S: Element + CastTo<T>>(
        &mut self,
        index: impl AsRef<[IndexItem]>,
        values: &Array<S>,
    ) -> Result<()> {
        let part = self.slice(&index)?;
        if !layout::broadcast_shapes(&[values.shape(), part.shape()]).is_ok_and(|both| *both == *part.shape())
        {
            return Err(Error::shape(format!(
                "values of shape {} do not broadcast to the part of shape {} that they are assigned to",
                crate::error::Shape(values.shape()),
                crate::error::Shape(part.shape())
            )));
        }
        drop(part);
        self.make_unique();
        let part = self.slice(index)?;
        // SAFETY: `self` is unique but for `part`, and borrowed mutably; the shape was checked.
        unsafe { copy::write_part(values, &part) };
        Ok(())
    }

    /// The element at a full index; negative positions count from the end.
    ///
    /// # Errors
    /// When a position is out of bounds, or there are not as many as the array has axes.
    pub fn get(&self, index: impl AsRef<[isize]>) -> Result<T> {
        Ok(self.view()[self.full_index(index.as_ref())?.as_slice()])
    }

    /// Writes the element at a full index; copies the array first unless it is unique.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn set(&mut self, index: impl AsRef<[isize]>, value: T) -> Result<()> {
        let index = self.full_index(index.as_ref())?;
        self.view_mut()[index.as_slice()] = value;
        Ok(())
    }

    fn full_index(&self, index: &[isize]) -> Result<layout::PerAxis<usize>> {
        if index.len() != self.ndim() {
            return Err(Error::index(format!(
                "an element of an array of shape {} has {} position(s), not {}",
                crate::error::Shape(self.shape()),
                self.ndim(),
                index.len()
            )));
        }
        index.iter().zip(self.shape()).enumerate().map(|(axis, (&i, &n))| position(i, n, axis)).collect()
    }
}

impl<T: Element, const N: usize> ops::Index<[isize; N]> for Array<T> {
    type Output = T;

    /// The element at a full index.
    ///
    /// # Panics
    /// Where [`get`](Array::get) has an error, with its message.
    #[track_caller]
    fn index(&self, index: [isize; N]) -> &T {
        match self.full_index(&index) {
            Ok(index) => {
                let offset: isize = index.iter().zip(self.strides()).map(|(&i, &s)| i as isize * s).sum();
                // SAFETY: each position is within its axis, so this is an element of the view; it
                // cannot be written while `self` is borrowed.
                unsafe { &*self.as_ptr().offset(offset) }
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn text(index: &[IndexItem]) -> String {
    index.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

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

    #[test]
    #[should_panic(expected = "index 3 is out of bounds for axis 0, which has 3")]
    fn brackets_panic_with_the_same_message() {
        let _ = arange(3).unwrap()[[3]];
    }
}
