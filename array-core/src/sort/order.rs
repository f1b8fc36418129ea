//! The order of values that sorting and searching go by.

use std::cmp::Ordering;
use std::mem::MaybeUninit;

use super::search::{self, Side};
use super::{complex, counting, keys, lanes, lookup, partition, positions};
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

    /// Sorts the elements of a lane.
    #[doc(hidden)]
    fn sort_lane(lane: &mut [Self]) -> Result<()>;

    /// Writes the positions that sort the elements of a lane, stably.
    #[doc(hidden)]
    fn argsort_lane(lane: &[Self], positions: &mut [i64]) -> Result<()>;

    /// Writes the positions that put the elements at some positions, which ascend, where sorting would.
    #[doc(hidden)]
    fn argpartition_lane(lane: &[Self], _kth: &[usize], positions: &mut [i64]) -> Result<()> {
        Self::argsort_lane(lane, positions)
    }

    /// Writes how many of the sorted elements come before each value.
    #[doc(hidden)]
    fn search_lane(sorted: &[Self], values: &[Self], found: &mut [i64], side: Side) {
        for (value, found) in values.iter().zip(found) {
            *found = search::by_order(sorted, value, side);
        }
    }

    /// Writes whether each value is among the wanted ones, if a table of these is not too large; whether it is not.
    #[doc(hidden)]
    fn look_up_lane(_wanted: &[Self], _values: &[Self], _found: &mut [bool]) -> Result<bool> {
        Ok(false)
    }

    /// Writes the elements of a lane, all of them, those at some positions, which ascend, where sorting would put them.
    #[doc(hidden)]
    fn partition_lane(from: &[Self], to: &mut [MaybeUninit<Self>], kth: &[usize]) -> Result<()> {
        partition::select(lanes::copied(from, to), kth, |lane, k| {
            lane.select_nth_unstable_by(k, Self::order);
        });
        Ok(())
    }
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
        fn search_lane(sorted: &[Self], values: &[Self], found: &mut [i64], side: Side) {
            search::by_comparing(sorted, values, found, side);
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
        }
    )*};
}
complex! { complex64 complex128 }
