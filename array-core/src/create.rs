//! Ways to make an array: from values, ranges, shapes and functions.
//!
//! Whatever allocates as much as its arguments ask for returns `Result`: sizes that no memory can
//! hold are errors, never panics.

use std::mem::MaybeUninit;
use std::ops::Range;

use crate::engine::CastTo;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Buffer, Element, Error, Result};

/// The length of an axis, as any of Rust's usual integers: so that `[2, 3]` and `[-1, 3]` are shapes.
pub trait Length: Copy {
    /// The length; `None` if it is -1, which [`Array::reshape`] takes for "as many as there are".
    ///
    /// # Errors
    /// When it is negative otherwise.
    fn length(self) -> Result<Option<usize>>;
}

macro_rules! lengths {
    ($($int:ty)*) => {$(
        impl Length for $int {
            #[inline]
            fn length(self) -> Result<Option<usize>> {
                match usize::try_from(self) {
                    Ok(length) => Ok(Some(length)),
                    Err(_) if self.wrapping_add(1) == 0 => Ok(None),
                    Err(_) => Err(Error::value(format!("a negative length of an axis: {self}"))),
                }
            }
        }

        impl IntoShape for $int {
            fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
                f(&[self.length()?])
            }
        }
    )*};
}
lengths! { usize isize i32 i64 }

/// Lengths of axes: an array or slice of them, or one number for one axis.
pub trait IntoShape: Sized {
    /// The lengths, `None` where -1 is given.
    ///
    /// # Errors
    /// When a length is less than that, or those of `f`.
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R>;

    /// The lengths.
    ///
    /// # Errors
    /// When a length is negative, or those of `f`.
    fn with_shape<R>(self, f: impl FnOnce(&[usize]) -> Result<R>) -> Result<R> {
        self.with_lengths(|lengths| {
            let shape: Option<PerAxis<usize>> = lengths.iter().copied().collect();
            f(&shape.ok_or_else(|| Error::value("a negative length of an axis: -1 is for reshape only"))?)
        })
    }
}

impl IntoShape for () {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        f(&[])
    }
}

impl<L: Length> IntoShape for &[L] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        let lengths: Result<PerAxis<Option<usize>>> = self.iter().map(|length| length.length()).collect();
        f(&lengths?)
    }
}

impl<L: Length, const N: usize> IntoShape for [L; N] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

impl<L: Length, const N: usize> IntoShape for &[L; N] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

impl<L: Length> IntoShape for &Vec<L> {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

/// A number that ranges are made of: integers and real floats.
pub trait RangeElement: Element + CastTo<f64> {
    /// How many numbers `start`, `start + step`, … lie before `stop`, by NumPy's rule: the
    /// quotient rounded up. `None` if that is not a number or exceeds what can be addressed.
    fn count(start: Self, stop: Self, step: Self) -> Option<usize>;
    /// The number at `index`.
    fn at(start: Self, step: Self, index: usize) -> Self;
}

macro_rules! integer_ranges {
    ($($type:ty)*) => {$(
        impl RangeElement for $type {
            fn count(start: Self, stop: Self, step: Self) -> Option<usize> {
                let (start, stop, step) = (start as i128, stop as i128, step as i128);
                // Towards zero, then one more if something is left: rounded up, as the signs agree.
                let length = (stop - start) / step + i128::from((stop - start) % step != 0);
                if (stop > start) == (step > 0) { usize::try_from(length).ok() } else { Some(0) }
            }
            #[inline]
            fn at(start: Self, step: Self, index: usize) -> Self {
                start.wrapping_add(step.wrapping_mul(index as $type))
            }
        }
    )*};
}
integer_ranges! { i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! float_ranges {
    ($($type:ty)*) => {$(
        impl RangeElement for $type {
            fn count(start: Self, stop: Self, step: Self) -> Option<usize> {
                let length = ((stop as f64 - start as f64) / step as f64).ceil();
                if length.is_nan() || length > isize::MAX as f64 { None } else { Some(length as usize) }
            }
            #[inline]
            fn at(start: Self, step: Self, index: usize) -> Self {
                // NumPy adds multiples of the difference of the first two, which is not quite `step`.
                let next = (start as f64 + step as f64) as $type;
                match index {
                    0 => start,
                    1 => next,
                    _ => start + index as $type * (next - start),
                }
            }
        }
    )*};
}
float_ranges! { f32 f64 }

/// What [`arange`] takes: `stop`, `(start, stop)`, `(start, stop, step)` or a range.
pub trait ArangeArguments {
    /// The type of the numbers.
    type Item: RangeElement;
    /// As start, stop and step.
    fn start_stop_step(self) -> (Self::Item, Self::Item, Self::Item);
}

impl<T: RangeElement> ArangeArguments for T {
    type Item = T;
    fn start_stop_step(self) -> (T, T, T) {
        (T::ZERO, self, T::ONE)
    }
}

impl<T: RangeElement> ArangeArguments for (T, T) {
    type Item = T;
    fn start_stop_step(self) -> (T, T, T) {
        (self.0, self.1, T::ONE)
    }
}

impl<T: RangeElement> ArangeArguments for (T, T, T) {
    type Item = T;
    fn start_stop_step(self) -> (T, T, T) {
        self
    }
}

impl<T: RangeElement> ArangeArguments for Range<T> {
    type Item = T;
    fn start_stop_step(self) -> (T, T, T) {
        (self.start, self.end, T::ONE)
    }
}

/// Evenly spaced numbers from `start` (0) up to but not including `stop`, `step` (1) apart.
///
/// As many as `(stop - start) / step` rounded up, as in NumPy; for floats that may come to include
/// a number at `stop`, where [`linspace`] says what you mean.
///
/// ```
/// use array_core::arange;
/// assert_eq!(arange(4)?.to_vec(), [0, 1, 2, 3]);
/// assert_eq!(arange((1.0, 2.0, 0.25))?.to_vec(), [1.0, 1.25, 1.5, 1.75]);
/// assert_eq!(arange((5, 0, -2))?.to_vec(), [5, 3, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the step is zero, the length is not a number, or there is no memory for it.
pub fn arange<A: ArangeArguments>(arguments: A) -> Result<Array<A::Item>> {
    let (start, stop, step) = arguments.start_stop_step();
    if step == A::Item::ZERO {
        return Err(Error::value(format!("arange from {start} to {stop} needs a step other than zero")));
    }
    let length = A::Item::count(start, stop, step)
        .ok_or_else(|| Error::size(format!("arange from {start} to {stop} by {step}")))?;
    from_fn_flat(&[length], |i| A::Item::at(start, step, i))
}

/// `count` evenly spaced numbers from `start` to `stop`, both included.
///
/// ```
/// use array_core::linspace;
/// assert_eq!(linspace(0.0, 1.0, 5)?.to_vec(), [0.0, 0.25, 0.5, 0.75, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for `count` numbers.
pub fn linspace(start: f64, stop: f64, count: usize) -> Result<Array<f64>> {
    let intervals = count.saturating_sub(1) as f64;
    let step = (stop - start) / intervals;
    from_fn_flat(&[count], |i| match i {
        _ if i + 1 == count && i > 0 => stop,
        0 => start,
        // A step that underflows to zero: as NumPy, divide last.
        _ if step == 0.0 => i as f64 / intervals * (stop - start) + start,
        _ => i as f64 * step + start,
    })
}

/// An array of zeros (`false` for `bool`).
///
/// ```
/// use array_core::{Array, zeros};
/// let a: Array<f64> = zeros([2, 3])?;
/// assert_eq!(a.shape(), [2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn zeros<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    shape.with_shape(|shape| {
        let mut buffer = Buffer::zeroed(layout::byte_size::<T>(shape)?)?;
        let pointer = buffer.pointer_mut().expect("a fresh buffer is unique").cast_const().cast();
        // SAFETY: row-major strides stay within the block, whose zero bytes are zeros of `T`.
        Ok(unsafe { Array::from_raw_parts(buffer, pointer, shape, &Order::RowMajor.strides(shape)) })
    })
}

/// An array of ones (`true` for `bool`).
///
/// # Errors
/// When there is no memory for it.
pub fn ones<T: Element>(shape: impl IntoShape) -> Result<Array<T>> {
    full(shape, T::ONE)
}

/// An array whose elements are all `value`.
///
/// ```
/// use array_core::full;
/// assert_eq!(full([2, 2], 7u8)?.to_vec(), [7; 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn full<T: Element>(shape: impl IntoShape, value: T) -> Result<Array<T>> {
    shape.with_shape(|shape| from_fn_flat(shape, |_| value))
}

/// An array of no axes that holds one value.
pub fn scalar<T: Element>(value: T) -> Array<T> {
    let mut array = Array::from_vec(vec![value]);
    array.reshape_in_place(&[]);
    array
}

/// An array whose elements are made from their index, in row-major order.
///
/// ```
/// use array_core::from_fn;
/// let table = from_fn([2, 3], |index| (10 * index[0] + index[1]) as f64)?;
/// assert_eq!(table.to_vec(), [0.0, 1.0, 2.0, 10.0, 11.0, 12.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn from_fn<T: Element>(shape: impl IntoShape, mut f: impl FnMut(&[usize]) -> T) -> Result<Array<T>> {
    shape.with_shape(|shape| {
        let mut index = vec![0; shape.len()];
        from_fn_flat(shape, |_| {
            let value = f(&index);
            for (i, &n) in index.iter_mut().zip(shape).rev() {
                *i += 1;
                if *i < n {
                    break;
                }
                *i = 0;
            }
            value
        })
    })
}

/// An array whose elements are made from their position in row-major order.
fn from_fn_flat<T: Element>(shape: &[usize], mut f: impl FnMut(usize) -> T) -> Result<Array<T>> {
    let fill = |elements: &mut [MaybeUninit<T>]| {
        for (i, element) in elements.iter_mut().enumerate() {
            element.write(f(i));
        }
    };
    // SAFETY: every element is written.
    unsafe { Array::build(shape, Order::RowMajor, fill) }
}

impl<T: Element> Array<T> {
    /// An array of one axis over a vector's memory, which is taken over and not copied.
    pub fn from_vec(vector: Vec<T>) -> Self {
        let length = vector.len();
        let buffer = Buffer::from_vec(vector);
        let pointer = buffer.as_ptr().cast();
        // SAFETY: the buffer holds `length` elements one after the other, valid as the vector's were.
        unsafe { Array::from_raw_parts(buffer, pointer, &[length], &[1]) }
    }
}

impl<T: Element> From<Vec<T>> for Array<T> {
    fn from(vector: Vec<T>) -> Self {
        Self::from_vec(vector)
    }
}

impl<T: Element, const N: usize> From<[T; N]> for Array<T> {
    fn from(values: [T; N]) -> Self {
        Self::from_vec(values.to_vec())
    }
}

impl<T: Element> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::from_vec(values.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arange_has_numpys_length() {
        assert_eq!(arange(0).unwrap().len(), 0);
        assert_eq!(arange(-3).unwrap().len(), 0);
        assert_eq!(arange(2.5).unwrap().to_vec(), [0.0, 1.0, 2.0]);
        assert_eq!(arange((0, 10, 3)).unwrap().to_vec(), [0, 3, 6, 9]);
        assert_eq!(arange((10, 0, -3)).unwrap().to_vec(), [10, 7, 4, 1]);
        assert_eq!(arange((0, 10, -1)).unwrap().len(), 0);
        assert_eq!(arange((0u8, 255, 100)).unwrap().to_vec(), [0, 100, 200]);
        assert_eq!(arange((i64::MIN, i64::MAX, i64::MAX)).unwrap().to_vec(), [i64::MIN, -1, i64::MAX - 1]);
        // NumPy's famous one: 1.3 comes to be included.
        assert_eq!(arange((1.0, 1.3, 0.1)).unwrap().len(), 4);
        assert_eq!(arange(3..7u16).unwrap().to_vec(), [3, 4, 5, 6]);
    }

    #[test]
    fn arange_refuses_what_has_no_end() {
        assert!(arange((0, 1, 0)).unwrap_err().is_value());
        assert!(arange((0.0, f64::INFINITY, 1.0)).unwrap_err().is_memory());
        assert!(arange(f64::NAN).unwrap_err().is_memory());
        assert!(arange(1e300).unwrap_err().is_memory());
    }

    #[test]
    fn linspace_ends_where_it_is_told() {
        assert_eq!(linspace(3.0, 4.0, 0).unwrap().len(), 0);
        assert_eq!(linspace(3.0, 4.0, 1).unwrap().to_vec(), [3.0]);
        assert_eq!(linspace(0.0, 0.3, 4).unwrap().to_vec().last(), Some(&0.3));
    }

    #[test]
    fn shapes_that_cannot_be_are_errors() {
        assert!(zeros::<f64>([usize::MAX, 2]).unwrap_err().is_memory());
        assert!(ones::<u8>([usize::MAX]).unwrap_err().is_memory());
        assert_eq!(zeros::<f64>([0, 5]).unwrap().len(), 0);
        assert_eq!(full((), 3).unwrap().item().unwrap(), 3);
        assert_eq!(scalar(2.5).ndim(), 0);
    }
}
