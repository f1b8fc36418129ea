//! Numbers in a row: evenly spaced, or with even ratios.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::from_fn_flat;
use crate::engine::CastTo;
use crate::layout::Order;
use crate::{Array, Element, Error, Result};

/// A number that ranges are made of: integers and real floats.
pub trait RangeElement: Element + CastTo<f64> {
    /// How many numbers `start`, `start + step`, … lie before `stop`, by NumPy's rule: the
    /// quotient rounded up. `None` if that is not a number or exceeds what can be addressed.
    fn count(start: Self, stop: Self, step: Self) -> Option<usize>;
    /// `count` numbers from `start` on, `step` apart.
    ///
    /// # Errors
    /// When there is no memory for them.
    fn numbers(start: Self, step: Self, count: usize) -> Result<Array<Self>>;
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
            fn numbers(start: Self, step: Self, count: usize) -> Result<Array<Self>> {
                // Added up: not all processors multiply vectors of such integers.
                let fill = move |elements: &mut [MaybeUninit<Self>]| {
                    let mut next = start;
                    for element in elements {
                        element.write(next);
                        next = next.wrapping_add(step);
                    }
                };
                // SAFETY: every element is written.
                unsafe { Array::build(&[count], Order::RowMajor, fill) }
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
            fn numbers(start: Self, step: Self, count: usize) -> Result<Array<Self>> {
                // NumPy adds multiples of the difference of the first two, which is not quite `step`.
                let next = (start as f64 + step as f64) as $type;
                let difference = next - start;
                counted(count, &[start, next], None, |i| start + i as $type * difference)
            }
        }
    )*};
}
float_ranges! { f32 f64 }

/// Numbers made of their positions as floats, but for the first ones, and perhaps the last, which are given.
fn counted<T: Element>(
    count: usize,
    first: &[T],
    last: Option<T>,
    at: impl Fn(f64) -> T,
) -> Result<Array<T>> {
    /// So many side by side, whose positions within a group the compiler knows: vector code, without conversions.
    const GROUP: usize = 8;
    let fill = |elements: &mut [MaybeUninit<T>]| {
        let (groups, rest) = elements.as_chunks_mut::<GROUP>();
        let position = (groups.len() * GROUP) as f64;
        for (group, elements) in groups.iter_mut().enumerate() {
            let position = (group * GROUP) as f64;
            for (i, element) in elements.iter_mut().enumerate() {
                element.write(at(position + i as f64));
            }
        }
        for (i, element) in rest.iter_mut().enumerate() {
            element.write(at(position + i as f64));
        }
        if let (Some(element), Some(last)) = (elements.last_mut(), last) {
            element.write(last);
        }
        for (element, &first) in elements.iter_mut().zip(first) {
            element.write(first);
        }
    };
    // SAFETY: every element is written.
    unsafe { Array::build(&[count], Order::RowMajor, fill) }
}

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
    A::Item::numbers(start, step, length)
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
    evenly(start, stop, count, count.saturating_sub(1))
}

/// `count` evenly spaced numbers from `start` on, of which the next would be `stop`: NumPy's `linspace`
/// with `endpoint=False`.
///
/// ```
/// use array_core::linspace_exclusive;
/// assert_eq!(linspace_exclusive(0.0, 1.0, 4)?.to_vec(), [0.0, 0.25, 0.5, 0.75]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for `count` numbers.
pub fn linspace_exclusive(start: f64, stop: f64, count: usize) -> Result<Array<f64>> {
    evenly(start, stop, count, count)
}

/// `count` numbers from `start` on, of so many equal intervals up to `stop`.
fn evenly(start: f64, stop: f64, count: usize, intervals: usize) -> Result<Array<f64>> {
    let (step, whole) = ((stop - start) / intervals as f64, stop - start);
    let last = (intervals < count).then_some(stop);
    match step == 0.0 {
        // A step that underflows to zero: as NumPy, divide last.
        true => counted(count, &[start], last, |i| i / intervals as f64 * whole + start),
        false => counted(count, &[start], last, |i| i * step + start),
    }
}

/// The number at `i` of so many equal intervals.
fn spaced(start: f64, stop: f64, intervals: usize, i: usize) -> f64 {
    let step = (stop - start) / intervals as f64;
    match i {
        0 => start,
        _ if i == intervals => stop,
        // A step that underflows to zero: as NumPy, divide last.
        _ if step == 0.0 => i as f64 / intervals as f64 * (stop - start) + start,
        _ => i as f64 * step + start,
    }
}

/// `count` numbers with even ratios, from `base` to the power of `start` to that of `stop`.
///
/// ```
/// use array_core::logspace;
/// assert_eq!(logspace(0.0, 3.0, 4, 10.0)?.to_vec(), [1.0, 10.0, 100.0, 1000.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for `count` numbers.
pub fn logspace(start: f64, stop: f64, count: usize, base: f64) -> Result<Array<f64>> {
    from_fn_flat(&[count], |i| base.powf(spaced(start, stop, count.saturating_sub(1), i)))
}

/// `count` numbers with even ratios from `start` to `stop`, both included exactly.
///
/// ```
/// use array_core::geomspace;
/// assert_eq!(geomspace(1.0, 256.0, 9)?.to_vec(), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]);
/// assert_eq!(geomspace(-8.0, -1.0, 4)?.to_vec(), [-8.0, -4.0, -2.0, -1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an end is zero or the ends have different signs, or there is no memory for `count` numbers.
pub fn geomspace(start: f64, stop: f64, count: usize) -> Result<Array<f64>> {
    if start == 0.0 || stop == 0.0 || (start < 0.0) != (stop < 0.0) {
        return Err(Error::value(format!(
            "a geometric sequence from {start} to {stop} needs two ends of one sign that are not zero"
        )));
    }
    // The root of the ratio: it overflows only where the ends are more than 300 decades apart.
    let root = (stop.abs().sqrt() / start.abs().sqrt()).max(f64::MIN_POSITIVE);
    from_fn_flat(&[count], |i| match i {
        0 => start,
        _ if i + 1 == count => stop,
        _ => start * root.powf(2.0 * i as f64 / (count - 1) as f64),
    })
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
}
