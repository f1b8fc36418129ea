//! The order of values that sorting and searching go by.

use std::cmp::Ordering;

use crate::{Element, complex64, complex128, f16};

/// A dtype whose values have an order: all have. Numbers by size, `false` before `true`, complex numbers
/// by their real and then their imaginary parts; `nan` after everything else. Zeros of either sign are equal.
pub trait Sortable: Element {
    /// The order of two values.
    fn order(&self, other: &Self) -> Ordering;

    /// Whether it stands after all numbers: `nan`, or a complex number with one.
    fn is_last(&self) -> bool {
        false
    }

    /// Sorts values, none of which is last, by their order; which of two equal ones comes first is open.
    fn sort_numbers(values: &mut [Self]) {
        values.sort_unstable_by(Self::order);
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        impl Sortable for $type {
            #[inline(always)]
            fn order(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }
            fn sort_numbers(values: &mut [Self]) {
                values.sort_unstable();
            }
        }
    )*};
}
integers! { bool i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! floats {
    ($($type:ty)*) => {$(
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
            fn sort_numbers(values: &mut [Self]) {
                values.sort_unstable_by(<$type>::total_cmp);
            }
        }
    )*};
}
floats! { f16 f32 f64 }

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
        }
    )*};
}
complex! { complex64 complex128 }

/// Sorts values by their order, what is last at the end.
pub(super) fn sort_values<T: Sortable>(values: &mut [T]) {
    let mut numbers = values.len();
    if values.iter().any(T::is_last) {
        // What is last goes to the end, in the order it has among itself.
        let mut i = 0;
        while i < numbers {
            if values[i].is_last() {
                numbers -= 1;
                values.swap(i, numbers);
            } else {
                i += 1;
            }
        }
        values[numbers..].sort_by(T::order);
    }
    T::sort_numbers(&mut values[..numbers]);
}
