//! The items of an index, and the macro [`s!`](crate::s) that writes them as between NumPy's brackets.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

use crate::{AnyArray, Array, Casting, Error, Kind, Result, copy, error};

/// One item of an index: what it does to one axis.
#[derive(Clone, Debug)]
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
    /// The elements at these positions, which broadcast with those of other axes; negative ones count
    /// from the end.
    Integers(Array<i64>),
    /// The elements where the mask is true: it stands for as many axes as it has.
    Mask(Array<bool>),
    /// Positions or a mask, by the dtype: of others it is an error to index with.
    Any(AnyArray),
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
/// | `a[[0, 2]]`, `a[rows, columns]` | `s![[0, 2]]`, `s![&rows, &columns]` |
/// | `a[mask]`, `a[a > 0]`, `a[[True, False]]` | `s![&mask]`, `s![greater(&a, 0)?]`, `s![[true, false]]` |
///
/// ```
/// use array_core::{arange, newaxis, s};
/// let a = arange(12)?.reshape([3, 4])?;
/// assert_eq!(a.slice(s![1, ..;-1])?.to_vec(), [7, 6, 5, 4]);
/// assert_eq!(a.slice(s![..., 0])?.to_vec(), [0, 4, 8]);
/// assert_eq!(a.slice(s![1..100, newaxis, -2..])?.shape(), [2, 1, 2]);
/// assert_eq!(a.slice(s![[0, 2], -1])?.to_vec(), [3, 11]);
/// assert_eq!(a.slice(s![[true, false, true], 0])?.to_vec(), [0, 8]);
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

/// Positions along an axis, as any of Rust's usual integers.
pub trait IntoIndices {
    /// The positions; one position is an array of no axes.
    ///
    /// # Errors
    /// When there is no memory for them.
    fn into_indices(self) -> Result<Array<i64>>;
}

/// Arrays, nested or not, and slices of integers are positions.
macro_rules! indices_from {
    ($($int:ty)*) => {$(
        impl IntoIndices for $int {
            fn into_indices(self) -> Result<Array<i64>> {
                Ok(crate::scalar(saturating(self) as i64))
            }
        }
        impl IntoIndices for &[$int] {
            fn into_indices(self) -> Result<Array<i64>> {
                Ok(self.iter().map(|&i| saturating(i) as i64).collect())
            }
        }
        impl<const N: usize> IntoIndices for [$int; N] {
            fn into_indices(self) -> Result<Array<i64>> {
                self[..].into_indices()
            }
        }
        impl IntoIndices for &Vec<$int> {
            fn into_indices(self) -> Result<Array<i64>> {
                self[..].into_indices()
            }
        }
        impl IntoIndices for Vec<$int> {
            fn into_indices(self) -> Result<Array<i64>> {
                self[..].into_indices()
            }
        }
        impl<const N: usize> From<[$int; N]> for IndexItem {
            fn from(positions: [$int; N]) -> Self {
                IndexItem::from(&positions[..])
            }
        }
        impl From<&[$int]> for IndexItem {
            fn from(positions: &[$int]) -> Self {
                IndexItem::Integers(positions.iter().map(|&i| saturating(i) as i64).collect())
            }
        }
        impl From<Vec<$int>> for IndexItem {
            fn from(positions: Vec<$int>) -> Self {
                IndexItem::from(&positions[..])
            }
        }
    )*};
}
indices_from! { i32 i64 isize usize }

macro_rules! indices_from_arrays {
    ($($int:ty)*) => {$(
        impl IntoIndices for &Array<$int> {
            fn into_indices(self) -> Result<Array<i64>> {
                copy::converted(self)
            }
        }
        impl IntoIndices for Array<$int> {
            fn into_indices(self) -> Result<Array<i64>> {
                copy::converted(&self)
            }
        }
        // Converted when they are used, where an error can be returned.
        impl From<&Array<$int>> for IndexItem {
            fn from(positions: &Array<$int>) -> Self {
                IndexItem::Any(positions.clone().into())
            }
        }
        impl From<Array<$int>> for IndexItem {
            fn from(positions: Array<$int>) -> Self {
                IndexItem::Any(positions.into())
            }
        }
    )*};
}
indices_from_arrays! { i8 i16 i32 u8 u16 u32 }

impl From<&Array<i64>> for IndexItem {
    fn from(positions: &Array<i64>) -> Self {
        IndexItem::Integers(positions.clone())
    }
}

impl From<Array<i64>> for IndexItem {
    fn from(positions: Array<i64>) -> Self {
        IndexItem::Integers(positions)
    }
}

impl IntoIndices for &Array<i64> {
    fn into_indices(self) -> Result<Array<i64>> {
        Ok(self.clone())
    }
}

impl IntoIndices for Array<i64> {
    fn into_indices(self) -> Result<Array<i64>> {
        Ok(self)
    }
}

impl From<&Array<bool>> for IndexItem {
    fn from(mask: &Array<bool>) -> Self {
        IndexItem::Mask(mask.clone())
    }
}

impl From<Array<bool>> for IndexItem {
    fn from(mask: Array<bool>) -> Self {
        IndexItem::Mask(mask)
    }
}

impl<const N: usize> From<[bool; N]> for IndexItem {
    fn from(mask: [bool; N]) -> Self {
        IndexItem::Mask(mask.into())
    }
}

impl From<Vec<bool>> for IndexItem {
    fn from(mask: Vec<bool>) -> Self {
        IndexItem::Mask(mask.into())
    }
}

impl From<&AnyArray> for IndexItem {
    fn from(positions: &AnyArray) -> Self {
        IndexItem::Any(positions.clone())
    }
}

impl From<AnyArray> for IndexItem {
    fn from(positions: AnyArray) -> Self {
        IndexItem::Any(positions)
    }
}

/// The index with its arrays of any dtype as what they are: positions or masks.
///
/// # Errors
/// When one is neither of integers nor `bool`.
#[cold]
pub(super) fn resolved(index: &[IndexItem]) -> Result<Cow<'_, [IndexItem]>> {
    if !index.iter().any(|item| matches!(item, IndexItem::Any(_))) {
        return Ok(Cow::Borrowed(index));
    }
    let resolve = |item: &IndexItem| match item {
        IndexItem::Any(array) => match array.dtype().kind() {
            Kind::Bool => Ok(IndexItem::Mask(array.astype_with(Casting::Unsafe)?)),
            Kind::Signed | Kind::Unsigned => Ok(IndexItem::Integers(array.astype_with(Casting::Unsafe)?)),
            _ => Err(Error::casting(format!(
                "an array that indexes must be of integers or bool, not {}: convert it with cast",
                array.dtype()
            ))),
        },
        other => Ok(other.clone()),
    };
    index.iter().map(resolve).collect::<Result<Vec<_>>>().map(Cow::Owned)
}

impl From<RangeFull> for IndexItem {
    fn from(_: RangeFull) -> Self {
        IndexItem::Slice { start: None, stop: None, step: 1 }
    }
}

/// An integer as `isize`; what does not fit is out of any axis' bounds either way.
pub(super) fn saturating<I: TryInto<isize> + PartialOrd + Default>(index: I) -> isize {
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
        match self {
            IndexItem::Integer(index) => write!(f, "{index}"),
            IndexItem::Slice { start, stop, step: 1 } => write!(f, "{}:{}", bound(*start), bound(*stop)),
            IndexItem::Slice { start, stop, step } => write!(f, "{}:{}:{step}", bound(*start), bound(*stop)),
            IndexItem::NewAxis => f.write_str("newaxis"),
            IndexItem::Ellipsis => f.write_str("..."),
            IndexItem::Integers(positions) => {
                write!(f, "integers of shape {}", error::Shape(positions.shape()))
            }
            IndexItem::Mask(mask) => write!(f, "mask of shape {}", error::Shape(mask.shape())),
            IndexItem::Any(array) => write!(f, "{} of shape {}", array.dtype(), error::Shape(array.shape())),
        }
    }
}

/// An index as its items are written, for messages.
pub(super) fn text(index: &[IndexItem]) -> String {
    index.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
