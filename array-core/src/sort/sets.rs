//! Arrays as sets: distinct values, and what two arrays have in common.

use super::order::Sortable;
use super::passes::{self, Pass};
use super::search::{Side, searchsorted};
use super::sorting::{argsort, sort};
use crate::{Array, Result, compress, concat, fallible, s};

/// The distinct values of an array, and where they are: what [`unique_all`] gives.
#[derive(Clone, Debug)]
pub struct Unique<T: Sortable> {
    /// The distinct values, sorted.
    pub values: Array<T>,
    /// Where each of them comes first in the flattened array.
    pub indices: Array<i64>,
    /// Which of them each element is, in the array's shape.
    pub inverse: Array<i64>,
    /// How often each of them comes.
    pub counts: Array<i64>,
}

/// The distinct values of an array, sorted. All `nan` are one value.
///
/// ```
/// # use array_core::{array, unique};
/// assert_eq!(unique(&array![[3, 1], [1, 2]])?.to_vec(), [1, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique<T: Sortable>(a: &Array<T>) -> Result<Array<T>> {
    let mut sorted = sort(a, ..)?;
    let lane = sorted.as_slice_mut();
    let numbers = lane.partition_point(|value| !value.is_last());
    let kept = keep_distinct(lane, numbers);
    // What comes after the numbers is one value, also complex ones with a `nan` in either part.
    let mut count = kept;
    if numbers < lane.len() {
        (lane[kept], count) = (lane[numbers], kept + 1);
    }
    front(sorted, count)
}

/// Moves the distinct ones of so many sorted numbers to the front. How many there are.
fn keep_distinct<T: Sortable>(lane: &mut [T], numbers: usize) -> usize {
    let lane = &mut lane[..numbers];
    let Some(pair) = lane.windows(2).position(|pair| pair[0] == pair[1]) else { return numbers };
    // Without branches, as nobody can tell which come more than once.
    let (mut kept, mut last) = (pair + 1, lane[pair]);
    let first = kept;
    for i in first..lane.len() {
        let value = lane[i];
        lane[kept] = value;
        kept += usize::from(value != last);
        last = value;
    }
    kept
}

/// The first elements of a vector: a view of it, or if that would keep much more memory, a copy.
fn front<T: Sortable>(vector: Array<T>, count: usize) -> Result<Array<T>> {
    if count == vector.len() {
        return Ok(vector);
    }
    let first = vector.slice(s![..count as isize])?;
    Ok(if count < vector.len() / 2 { first.try_copy()? } else { first })
}

/// As [`unique`], but as the array API standard has it: no two `nan` are the same value.
///
/// ```
/// # use array_core::{array, unique_values};
/// assert_eq!(unique_values(&array![3, 1, 3])?.to_vec(), [1, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique_values<T: Sortable>(a: &Array<T>) -> Result<Array<T>> {
    let mut sorted = sort(a, ..)?;
    let lane = sorted.as_slice_mut();
    let numbers = lane.partition_point(|value| !value.is_last());
    let kept = keep_distinct(lane, numbers);
    lane.copy_within(numbers.., kept);
    let count = kept + lane.len() - numbers;
    front(sorted, count)
}

/// The distinct values, sorted, and how often each comes. No two `nan` are the same value.
///
/// ```
/// # use array_core::{array, unique_counts};
/// let (values, counts) = unique_counts(&array![3, 1, 3])?;
/// assert_eq!((values.to_vec(), counts.to_vec()), (vec![1, 3], vec![1, 2]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique_counts<T: Sortable>(a: &Array<T>) -> Result<(Array<T>, Array<i64>)> {
    let mut values = sort(a, ..)?;
    let mut counts = crate::full([values.len()], 0)?;
    let (lane, ends) = (values.as_slice_mut(), counts.as_slice_mut());
    let mut count = 0;
    // Without branches, as in `keep_distinct`: of each run the last one and where it ends.
    for i in 0..lane.len() {
        let value = lane[i];
        (lane[count], ends[count]) = (value, i as i64 + 1);
        count += usize::from(lane.get(i + 1).is_none_or(|next| *next != value));
    }
    let mut before = 0;
    for end in &mut ends[..count] {
        (*end, before) = (*end - before, *end);
    }
    Ok((front(values, count)?, front(counts, count)?))
}

/// The distinct values, sorted, and which of them each element is. No two `nan` are the same value.
///
/// ```
/// # use array_core::{array, unique_inverse};
/// let (values, inverse) = unique_inverse(&array![30, 10, 30])?;
/// assert_eq!((values.to_vec(), inverse.to_vec()), (vec![10, 30], vec![1, 0, 1]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique_inverse<T: Sortable>(a: &Array<T>) -> Result<(Array<T>, Array<i64>)> {
    let Groups { values, inverse, .. } = Groups::of(a, false)?;
    Ok((values, inverse))
}

/// The distinct values, sorted, where each comes first, which of them each element is, and how often each
/// comes. No two `nan` are the same value.
///
/// ```
/// # use array_core::{array, unique_all};
/// let found = unique_all(&array![3, 1, 3])?;
/// assert_eq!((found.values.to_vec(), found.counts.to_vec()), (vec![1, 3], vec![1, 2]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn unique_all<T: Sortable>(a: &Array<T>) -> Result<Unique<T>> {
    unique_all_with(a, false)
}

/// As [`unique_all`]; with `equal_nan` all `nan` are one value.
pub(super) fn unique_all_with<T: Sortable>(a: &Array<T>, equal_nan: bool) -> Result<Unique<T>> {
    let Groups { values, inverse, order, starts } = Groups::of(a, equal_nan)?;
    let starts = starts.as_slice().expect("contiguous");
    let order = order.as_slice().expect("contiguous");
    let end = |i: usize| starts.get(i + 1).copied().unwrap_or(order.len() as i64);
    Ok(Unique {
        values,
        indices: fallible::collected(starts.iter().map(|&start| order[start as usize]))?.into(),
        inverse,
        counts: fallible::collected((0..starts.len()).map(|i| end(i) - starts[i]))?.into(),
    })
}

/// Positions of elements in groups of equal ones.
struct Groups<T: Sortable> {
    values: Array<T>,
    /// Which group each element is in.
    inverse: Array<i64>,
    /// The positions that sort the elements.
    order: Array<i64>,
    /// Where in those each group begins.
    starts: Array<i64>,
}

impl<T: Sortable> Groups<T> {
    fn of(a: &Array<T>, equal_nan: bool) -> Result<Self> {
        let elements = a.try_contiguous()?;
        let elements = elements.as_slice().expect("made contiguous");
        let order = argsort(a, ..)?;
        let mut values = crate::full([elements.len()], T::ZERO)?;
        let mut starts = crate::full([elements.len()], 0)?;
        let mut inverse = crate::full(a.shape(), 0)?;
        let mut count = 0;
        {
            let (values, starts) = (values.as_slice_mut(), starts.as_slice_mut());
            let inverse = inverse.as_slice_mut();
            let mut last = T::ZERO;
            for (i, &at) in order.as_slice().expect("contiguous").iter().enumerate() {
                let element = elements[at as usize];
                let is_same = element == last || equal_nan && element.is_last() && last.is_last();
                if i == 0 || !is_same {
                    (values[count], starts[count]) = (element, i as i64);
                    count += 1;
                }
                last = element;
                inverse[at as usize] = count as i64 - 1;
            }
        }
        Ok(Groups { values: front(values, count)?, inverse, order, starts: front(starts, count)? })
    }
}

/// Whether each element of `a` is among those of `test`; `nan` is not.
///
/// ```
/// # use array_core::{array, isin};
/// assert_eq!(isin(&array![1, 5, 2], &array![2, 1])?.to_vec(), [true, false, true]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn isin<T: Sortable>(a: &Array<T>, test: &Array<T>) -> Result<Array<bool>> {
    let mut found = crate::full(a.shape(), false)?;
    let values = a.contiguous()?;
    let values = values.as_slice().expect("made contiguous");
    let wanted = test.contiguous()?;
    let wanted = wanted.as_slice().expect("made contiguous");
    if T::look_up_lane(wanted, values, found.as_slice_mut())? {
        return Ok(found);
    }
    if (wanted.len() as f64) < 10.0 * (values.len() as f64).powf(0.145) {
        passes::run(Among { wanted, values, found: found.as_slice_mut() });
        return Ok(found);
    }
    let test = unique(test)?;
    let at = searchsorted(&test, a, Side::Left)?;
    let test = test.as_slice().expect("a vector");
    for ((found, x), &i) in found.as_slice_mut().iter_mut().zip(values).zip(at.as_slice().expect("fresh")) {
        *found = test.get(i as usize).is_some_and(|y| x == y);
    }
    Ok(found)
}

/// Compares all values with each of few wanted ones.
struct Among<'a, T> {
    wanted: &'a [T],
    values: &'a [T],
    found: &'a mut [bool],
}

impl<T: Sortable> Pass for Among<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        /// Values that stay in the innermost cache.
        const BLOCK: usize = 1 << 10;
        for (values, found) in self.values.chunks(BLOCK).zip(self.found.chunks_mut(BLOCK)) {
            for wanted in self.wanted {
                found.iter_mut().zip(values).for_each(|(found, value)| *found |= value == wanted);
            }
        }
    }
}

/// The distinct values that are in both arrays, sorted.
///
/// ```
/// # use array_core::{array, intersect1d};
/// assert_eq!(intersect1d(&array![3, 1, 2, 3], &array![3, 2])?.to_vec(), [2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn intersect1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    chosen(a, |a| isin(a, b), true)
}

/// The distinct values of `a` that are not in `b`, sorted.
///
/// ```
/// # use array_core::{array, setdiff1d};
/// assert_eq!(setdiff1d(&array![3, 1, 2, 1], &array![2])?.to_vec(), [1, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn setdiff1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    chosen(a, |a| isin(a, b), false)
}

/// The distinct values of `a` for which the answer is `wanted`.
fn chosen<T: Sortable>(
    a: &Array<T>,
    test: impl Fn(&Array<T>) -> Result<Array<bool>>,
    wanted: bool,
) -> Result<Array<T>> {
    let values = unique(a)?;
    let answers = test(&values)?.try_into_vec()?;
    Ok(values
        .try_vec()?
        .into_iter()
        .zip(answers)
        .filter(|&(_, answer)| answer == wanted)
        .map(|(x, _)| x)
        .collect())
}

/// The distinct values of both arrays, sorted.
///
/// ```
/// # use array_core::{array, union1d};
/// assert_eq!(union1d(&array![3, 1], &array![3, 2])?.to_vec(), [1, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn union1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    unique(&concat(&[a, b], ..)?)
}

/// The distinct values that are in one of the arrays only, sorted.
///
/// ```
/// # use array_core::{array, setxor1d};
/// assert_eq!(setxor1d(&array![3, 1], &array![3, 2])?.to_vec(), [1, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory.
pub fn setxor1d<T: Sortable>(a: &Array<T>, b: &Array<T>) -> Result<Array<T>> {
    // What is in both is there twice then; but for `nan`, which equals none.
    let sorted = sort(&concat(&[unique(a)?, unique(b)?], ..)?, ..)?;
    let all = sorted.as_slice().expect("a copy is contiguous");
    let is_single = |i: usize| {
        let differs = |other: Option<&T>| other.is_none_or(|other| *other != all[i]);
        differs(all.get(i.wrapping_sub(1))) & differs(all.get(i + 1))
    };
    let flags = fallible::collected((0..all.len()).map(is_single))?;
    compress(&Array::from_vec(flags), &sorted, 0)
}
