//! The order of values that sorting and searching go by.

use std::cmp::Ordering;
use std::mem::MaybeUninit;

use super::search::{self, Side};
use super::{complex, counting, keys, lanes, lookup, positions};
use crate::{Element, Result, complex64, complex128, f16};

/// A dtype whose values have an order: all have. Numbers by size, `false` before `true`, complex numbers
/// by their real and then their imaginary parts; `nan` after everything else. Zeros of either sign are equal.
pub trait Sortable: Element {
    /// The order of two values.
    fn order(&self, other: &Self) -> Ordering;

    /// Whether it stands after all numbers: `nan`, or a complex number with one.
    fn is_last(&self) -> bool {
        false
    }

    /// Whether it is before a number, or, if `EQUAL`, not after it: without a branch, as searches want it.
    #[doc(hidden)]
    fn is_before<const EQUAL: bool>(&self, number: &Self) -> bool;

    /// Sorts the elements of a lane.
    #[doc(hidden)]
    fn sort_lane(lane: &mut [Self]) -> Result<()>;

    /// Writes the positions that sort the elements of a lane, stably.
    #[doc(hidden)]
    fn argsort_lane(lane: &[Self], positions: &mut [i64]) -> Result<()>;

    /// Writes the positions that put the elements at some positions, which ascend, where sorting would.
    #[doc(hidden)]
    fn argpartition_lane(lane: &[Self], kth: &[usize], positions: &mut [i64]) -> Result<()>;

    /// Writes how many of the sorted elements come before each value.
    #[doc(hidden)]
    fn search_lane(sorted: &[Self], values: &[Self], found: &mut [i64], side: Side) {
        search::by_comparing(sorted, values, found, side);
    }

    /// Writes whether each value is among the wanted ones, if a table of these is not too large; whether it is not.
    #[doc(hidden)]
    fn look_up_lane(_wanted: &[Self], _values: &[Self], _found: &mut [bool]) -> Result<bool> {
        Ok(false)
    }

    /// Writes the elements of a lane, all of them, those at some positions, which ascend, where sorting would put them.
    #[doc(hidden)]
    fn partition_lane(from: &[Self], to: &mut [MaybeUninit<Self>], kth: &[usize]) -> Result<()>;
}

/// What values that have keys do by them.
macro_rules! by_keys {
    ($sort:path) => {
        fn sort_lane(lane: &mut [Self]) -> Result<()> {
            $sort(lane)
        }
        fn argsort_lane(lane: &[Self], positions: &mut [i64]) -> Result<()> {
            positions::sort(lane, positions);
            Ok(())
        }
        fn partition_lane(from: &[Self], to: &mut [MaybeUninit<Self>], kth: &[usize]) -> Result<()> {
            keys::partition(from, to, kth)
        }
        fn argpartition_lane(lane: &[Self], kth: &[usize], positions: &mut [i64]) -> Result<()> {
            positions::partition(lane, kth, positions);
            Ok(())
        }
        #[inline(always)]
        fn is_before<const EQUAL: bool>(&self, number: &Self) -> bool {
            if EQUAL { self <= number } else { self < number }
        }
    };
}

macro_rules! integers {
    ($($type:ty: $sort:path),*) => {$(
        impl Sortable for $type {
            #[inline(always)]
            fn order(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }
            fn look_up_lane(wanted: &[Self], values: &[Self], found: &mut [bool]) -> Result<bool> {
                lookup::look_up(wanted, values, found)
            }
            by_keys!($sort);
        }
    )*};
}
integers! {
    bool: counting::sort, i8: counting::sort, i16: counting::sort, i32: keys::sort_values, i64: keys::sort_values,
    u8: counting::sort, u16: counting::sort, u32: keys::sort_values, u64: keys::sort_values
}

macro_rules! floats {
    ($($type:ty: $sort:path),*) => {$(
        impl Sortable for $type {
            #[inline(always)]
            fn order(&self, other: &Self) -> Ordering {
                match self.partial_cmp(other) {
                    Some(order) => order,
                    None => self.is_nan().cmp(&other.is_nan()),
                }
            }
            #[inline(always)]
            fn is_last(&self) -> bool {
                self.is_nan()
            }
            by_keys!($sort);
        }
    )*};
}
floats! { f16: counting::sort, f32: keys::sort_values, f64: keys::sort_values }

macro_rules! complex {
    ($($type:ty)*) => {$(
        impl Sortable for $type {
            fn order(&self, other: &Self) -> Ordering {
                // As NumPy: numbers, those with a nan imaginary part, with a nan real part, with both.
                let nans = |z: &Self| (z.re.is_nan(), z.im.is_nan());
                nans(self).cmp(&nans(other)).then_with(|| {
                    self.re.order(&other.re).then_with(|| self.im.order(&other.im))
                })
            }
            fn is_last(&self) -> bool {
                self.re.is_nan() || self.im.is_nan()
            }
            fn sort_lane(lane: &mut [Self]) -> Result<()> {
                complex::sort(lane)
            }
            fn argsort_lane(lane: &[Self], positions: &mut [i64]) -> Result<()> {
                complex::argsort(lane, positions)
            }
            fn partition_lane(from: &[Self], to: &mut [MaybeUninit<Self>], kth: &[usize]) -> Result<()> {
                complex::partition(lanes::copied(from, to), kth, |number| *number)
            }
            fn argpartition_lane(lane: &[Self], kth: &[usize], positions: &mut [i64]) -> Result<()> {
                positions.iter_mut().zip(0..).for_each(|(position, i)| *position = i);
                complex::partition(positions, kth, |&i| lane[i as usize])
            }
            #[inline(always)]
            fn is_before<const EQUAL: bool>(&self, number: &Self) -> bool {
                let by_imag = if EQUAL { self.im <= number.im } else { self.im < number.im };
                // What has a `nan` in its imaginary part is not before any number.
                (self.re < number.re) & !self.im.is_nan() | (self.re == number.re) & by_imag
            }
        }
    )*};
}
complex! { complex64 complex128 }
