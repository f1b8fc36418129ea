//! Where values belong in what is sorted.

use std::cmp::Ordering;

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::order::Sortable;
use super::passes::{self, Pass};
use crate::engine::{in_pool, thread_count};
use crate::index::IntoIndices;
use crate::{Array, Error, Result, error, fallible};

/// On which side of equal elements a value is to be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Side {
    /// Before them: `sorted[i - 1] < value <= sorted[i]`.
    #[default]
    Left,
    /// After them: `sorted[i - 1] <= value < sorted[i]`.
    Right,
}

/// The positions in a sorted vector before which values are to be put so that it stays sorted; `nan` comes
/// last, as sorting puts it.
///
/// ```
/// # use array_core::{array, searchsorted, Side};
/// let sorted = array![10, 20, 20, 30];
/// assert_eq!(searchsorted(&sorted, &array![20, 35], Side::Left)?.to_vec(), [1, 4]);
/// assert_eq!(searchsorted(&sorted, &array![20, 5], Side::Right)?.to_vec(), [3, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When `sorted` is no vector, or there is no memory.
pub fn searchsorted<T: Sortable>(sorted: &Array<T>, values: &Array<T>, side: Side) -> Result<Array<i64>> {
    check_vector(sorted)?;
    let (sorted, asked) = (sorted.contiguous()?, values.contiguous()?);
    let sorted = sorted.as_slice().expect("made contiguous");
    let asked = asked.as_slice().expect("made contiguous");
    let mut found = crate::full(values.shape(), 0)?;
    let places = found.as_slice_mut();
    if asked.len() < WORTH_SPLITTING || thread_count() == 1 {
        T::search_lane(sorted, asked, places, side);
    } else {
        let parts = asked.par_chunks(PART).zip(places.par_chunks_mut(PART));
        in_pool(|| parts.for_each(|(asked, places)| T::search_lane(sorted, asked, places, side)));
    }
    Ok(found)
}

fn check_vector<T: Sortable>(sorted: &Array<T>) -> Result<()> {
    if sorted.ndim() == 1 {
        return Ok(());
    }
    Err(Error::value(format!(
        "searchsorted looks in a vector, this array has {} axes (shape {})",
        sorted.ndim(),
        error::Shape(sorted.shape())
    )))
}

/// As [`searchsorted`] in what these positions make of a vector, which they sort:
/// `numpy.searchsorted(a, values, side, sorter)`.
///
/// ```
/// # use array_core::{Side, argsort, array, searchsorted_with};
/// let a = array![30, 10, 20, 20];
/// let sorter = argsort(&a, 0)?;
/// assert_eq!(searchsorted_with(&a, &array![20, 35], Side::Left, &sorter)?.to_vec(), [1, 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When `a` is no vector, the positions are not as many as its elements, one of those looked at is out of bounds (they are
/// counted from 0 on), or there is no memory.
pub fn searchsorted_with<T: Sortable>(
    a: &Array<T>,
    values: &Array<T>,
    side: Side,
    sorter: impl IntoIndices,
) -> Result<Array<i64>> {
    check_vector(a)?;
    let sorter = sorter.into_indices()?;
    if sorter.shape() != a.shape() {
        return Err(Error::shape(format!(
            "a sorter of shape {} for a vector of {} element(s): it needs a position for each",
            error::Shape(sorter.shape()),
            a.len()
        )));
    }
    let (a, sorter) = (a.contiguous()?, sorter.try_contiguous()?);
    let a = a.as_slice().expect("made contiguous");
    let sorter = sorter.as_slice().expect("made contiguous");
    let element = |&i: &i64| {
        let element = usize::try_from(i).ok().and_then(|i| a.get(i));
        element.copied().ok_or_else(|| {
            Error::index(format!("the sorter's position {i} is out of bounds for {} element(s)", a.len()))
        })
    };
    // Few values look at few elements; for many it pays to put all in order first.
    if values.len() > a.len() / MANY_OF {
        let mut sorted = fallible::with_room(a.len())?;
        for i in sorter {
            sorted.push(element(i)?);
        }
        return searchsorted(&Array::from_vec(sorted), values, side);
    }
    let mut found = fallible::with_room(values.len())?;
    for value in values.try_vec()? {
        let (mut from, mut to) = (0, sorter.len());
        while from < to {
            let middle = from + (to - from) / 2;
            match comes_before(&element(&sorter[middle])?, &value, side) {
                true => from = middle + 1,
                false => to = middle,
            }
        }
        found.push(from as i64);
    }
    Array::from_vec(found).reshape(values.shape())
}

/// Values are many if there is one of them for so many elements: each looks at some twenty, here and there in memory.
const MANY_OF: usize = 16;

/// Values from which on several threads look for them, and those that one looks for at a time.
const WORTH_SPLITTING: usize = 1 << 14;
const PART: usize = 1 << 12;

/// How many searches go on side by side, so that one waits for memory while others compare.
const TOGETHER: usize = 16;

/// Writes for each value how many elements come before it.
pub(super) fn by_comparing<T: Sortable>(sorted: &[T], values: &[T], found: &mut [i64], side: Side) {
    match side {
        Side::Left => passes::run(Halve::<T, false> { sorted, values, found }),
        Side::Right => passes::run(Halve::<T, true> { sorted, values, found }),
    }
    // What is last compares with nothing.
    for (value, found) in values.iter().zip(found).filter(|(value, _)| value.is_last()) {
        *found = by_order(sorted, value, side);
    }
}

/// How many elements come before a value.
fn by_order<T: Sortable>(sorted: &[T], value: &T, side: Side) -> i64 {
    sorted.partition_point(|element| comes_before(element, value, side)) as i64
}

/// Whether an element comes before a value.
fn comes_before<T: Sortable>(element: &T, value: &T, side: Side) -> bool {
    match side {
        Side::Left => element.order(value) == Ordering::Less,
        Side::Right => element.order(value) != Ordering::Greater,
    }
}

/// Searches by halving, without branches; elements equal to a value come before it if so said.
struct Halve<'a, T, const EQUAL: bool> {
    sorted: &'a [T],
    values: &'a [T],
    found: &'a mut [i64],
}

impl<T: Sortable, const EQUAL: bool> Halve<'_, T, EQUAL> {
    #[inline(always)]
    fn search(sorted: &[T], values: &[T; TOGETHER]) -> [i64; TOGETHER] {
        // Each search stands before the elements that may come after its value.
        let mut starts = [0usize; TOGETHER];
        let mut length = sorted.len();
        while length > 1 {
            let half = length / 2;
            for (start, value) in starts.iter_mut().zip(values) {
                // SAFETY: `start + length` is at most the number of elements, and `half` at least one.
                let element = unsafe { *sorted.get_unchecked(*start + half - 1) };
                *start += half & usize::from(element.is_before::<EQUAL>(value)).wrapping_neg();
            }
            length -= half;
        }
        let mut found = [0; TOGETHER];
        for ((found, &start), value) in found.iter_mut().zip(&starts).zip(values) {
            *found = (start + usize::from(sorted[start].is_before::<EQUAL>(value))) as i64;
        }
        found
    }
}

impl<T: Sortable, const EQUAL: bool> Pass for Halve<'_, T, EQUAL> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        if self.sorted.is_empty() {
            return self.found.fill(0);
        }
        let (values, last_values) = self.values.as_chunks::<TOGETHER>();
        let (found, last_found) = self.found.as_chunks_mut::<TOGETHER>();
        for (values, found) in values.iter().zip(found) {
            *found = Self::search(self.sorted, values);
        }
        if !last_values.is_empty() {
            let mut values = [T::ZERO; TOGETHER];
            values[..last_values.len()].copy_from_slice(last_values);
            last_found.copy_from_slice(&Self::search(self.sorted, &values)[..last_values.len()]);
        }
    }
}

/// Which bin each value belongs to: bins that ascend or descend and include their left edge, or with `right`
/// their right one.
///
/// ```
/// # use array_core::{array, digitize};
/// let bins = array![0.0, 1.0, 2.5];
/// assert_eq!(digitize(&array![0.2, 6.4, -1.0, 1.0], &bins, false)?.to_vec(), [1, 3, 0, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the bins are no vector, or neither ascend nor descend.
pub fn digitize<T: Sortable>(x: &Array<T>, bins: &Array<T>, right: bool) -> Result<Array<i64>> {
    if bins.ndim() != 1 {
        return Err(Error::value(format!(
            "digitize needs a vector of bins, this array has {} axes",
            bins.ndim()
        )));
    }
    let edges = bins.try_vec()?;
    let ordered = |wrong: Ordering| edges.windows(2).all(|pair| pair[0].order(&pair[1]) != wrong);
    let side = if right { Side::Left } else { Side::Right };
    if ordered(Ordering::Greater) {
        return searchsorted(bins, x, side);
    }
    if !ordered(Ordering::Less) {
        return Err(Error::value("digitize needs bins that ascend or descend"));
    }
    let found = searchsorted(&crate::flip(bins, 0)?, x, side)?;
    let length = edges.len() as i64;
    let found = fallible::collected(found.try_into_vec()?.into_iter().map(|i| length - i))?;
    Array::from_vec(found).reshape(x.shape())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lengths_are_searched_as_by_counting() {
        for length in 0..40i32 {
            let sorted: Array<i32> = (0..length).map(|i| i / 3 * 2).collect();
            let values: Array<i32> = (-2..30).collect();
            let count = |f: &dyn Fn(i32, i32) -> bool| -> Vec<i64> {
                let of = |v: &i32| sorted.to_vec().iter().filter(|&&x| f(x, *v)).count() as i64;
                values.to_vec().iter().map(of).collect()
            };
            assert_eq!(searchsorted(&sorted, &values, Side::Left).unwrap().to_vec(), count(&|x, v| x < v));
            assert_eq!(searchsorted(&sorted, &values, Side::Right).unwrap().to_vec(), count(&|x, v| x <= v));
        }
    }

    #[test]
    fn complex_numbers_are_searched_as_they_are_sorted() {
        use crate::complex128;
        let parts = [-1.0, 0.0, -0.0, 2.0, f64::INFINITY, f64::NAN];
        let all: Array<complex128> =
            (0..72).map(|i| complex128::new(parts[i / 6 % 6], parts[i % 6])).collect();
        let sorted = crate::sort(&all, 0).unwrap();
        for side in [Side::Left, Side::Right] {
            for length in 0..=72 {
                let sorted = sorted.slice(crate::s![..length as isize]).unwrap();
                let lane = sorted.to_vec();
                let naive: Vec<i64> = all.to_vec().iter().map(|value| by_order(&lane, value, side)).collect();
                assert_eq!(searchsorted(&sorted, &all, side).unwrap().to_vec(), naive);
            }
        }
    }

    #[test]
    fn nan_belongs_at_the_end() {
        let sorted = Array::from([1.0, 2.0, f64::NAN]);
        assert_eq!(
            searchsorted(&sorted, &Array::from([f64::NAN, 3.0]), Side::Left).unwrap().to_vec(),
            [2, 2]
        );
        assert_eq!(searchsorted(&sorted, &Array::from([f64::NAN]), Side::Right).unwrap().to_vec(), [3]);
        assert!(digitize(&sorted, &Array::from([1.0, 0.0, 2.0]), false).unwrap_err().is_value());
        assert_eq!(digitize(&sorted, &Array::from([2.0, 1.0]), true).unwrap().to_vec(), [2, 1, 0]);
    }
}
