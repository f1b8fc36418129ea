//! Functions that pick elements by position or mask, and their counterparts that write them.

use super::advanced;
use super::item::{IndexItem, IntoIndices};
use super::mask;
use crate::axes::{self, IntoAxes};
use crate::{Array, Element, Error, Result, error, s};

/// What becomes of positions that are out of bounds: NumPy's `mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OutOfBounds {
    /// They are an error; negative ones count from the end. NumPy's `"raise"`.
    #[default]
    Error,
    /// They wrap around, as often as it takes.
    Wrap,
    /// They become the first or the last position; negative ones the first.
    Clip,
}

impl OutOfBounds {
    /// The positions, all within `length` or, if that is the mode, an error.
    pub(super) fn apply(self, positions: Array<i64>, length: usize, what: &str) -> Result<Array<i64>> {
        let n = length as i64;
        if n == 0 && !positions.is_empty() && self != OutOfBounds::Error {
            return Err(Error::index(format!("{what}: there is no element to take")));
        }
        let mapped = |f: fn(i64, i64) -> i64| -> Result<Array<i64>> {
            Array::from_vec(positions.try_vec()?.into_iter().map(|i| f(i, n)).collect())
                .reshape(positions.shape())
        };
        match self {
            OutOfBounds::Wrap => mapped(|i, n| i.rem_euclid(n)),
            OutOfBounds::Clip => mapped(|i, n| i.clamp(0, n - 1)),
            OutOfBounds::Error => {
                let flat = positions.try_contiguous()?;
                let flat = flat.as_slice().expect("made contiguous");
                match flat.iter().find(|&&i| i < -n || i >= n) {
                    Some(i) => Err(Error::index(format!(
                        "{what}: index {i} is out of bounds for {length} element(s)"
                    ))),
                    None if flat.iter().any(|&i| i < 0) => mapped(|i, n| if i < 0 { i + n } else { i }),
                    None => Ok(positions),
                }
            }
        }
    }
}

/// The elements at positions along an axis, or over `..` in the flattened array: the positions' axes take
/// the place of that one.
///
/// ```
/// # use array_core::{arange, take};
/// let a = arange(6)?.reshape([2, 3])?;
/// assert_eq!(take(&a, [2, 0], 1)?.to_vec(), [2, 0, 5, 3]);
/// assert_eq!(take(&a, 4, ..)?.item()?, 4);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis or a position is out of bounds.
pub fn take<T: Element>(a: &Array<T>, indices: impl IntoIndices, axis: impl IntoAxes) -> Result<Array<T>> {
    take_with(a, indices, axis, OutOfBounds::Error)
}

/// As [`take`], with positions out of bounds as `mode` has it.
///
/// ```
/// # use array_core::{OutOfBounds, array, take_with};
/// let a = array![10, 20, 30];
/// assert_eq!(take_with(&a, [4, -5], .., OutOfBounds::Wrap)?.to_vec(), [20, 20]);
/// assert_eq!(take_with(&a, [4, -5], .., OutOfBounds::Clip)?.to_vec(), [30, 10]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`take`]; when there is nothing to take from.
pub fn take_with<T: Element>(
    a: &Array<T>,
    indices: impl IntoIndices,
    axis: impl IntoAxes,
    mode: OutOfBounds,
) -> Result<Array<T>> {
    let (a, axis) = axes::one("take", a, axis)?;
    let mut indices = indices.into_indices()?;
    if mode != OutOfBounds::Error {
        indices = mode.apply(indices, a.shape()[axis], "take")?;
    }
    let mut index = vec![IndexItem::from(..); axis];
    index.push(indices.into());
    advanced::gather(&a, &index)
}

/// Writes values, again and again, to these positions of the flattened array: `a.flat[indices] = values`.
///
/// ```
/// # use array_core::{array, put};
/// let mut a = array![[0, 1], [2, 3]];
/// put(&mut a, [0, -1], &array![7, 8])?;
/// assert_eq!(a, array![[7, 1], [2, 8]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When a position is out of bounds; nothing is written then.
pub fn put<T: Element>(a: &mut Array<T>, indices: impl IntoIndices, values: &Array<T>) -> Result<()> {
    let indices = OutOfBounds::Error.apply(indices.into_indices()?, a.len(), "put")?;
    if values.is_empty() {
        return Ok(());
    }
    let (indices, values) = (indices.try_contiguous()?, values.try_contiguous()?);
    let values = values.as_slice().expect("made contiguous");
    let indices = indices.as_slice().expect("made contiguous");
    in_order(a, |elements| {
        for indices in indices.chunks(values.len()) {
            for (&i, &value) in indices.iter().zip(values) {
                elements[i as usize] = value;
            }
        }
    })
}

/// Gives the elements in row-major order to write to.
fn in_order<T: Element>(a: &mut Array<T>, write: impl FnOnce(&mut [T])) -> Result<()> {
    if a.is_contiguous() {
        write(a.try_slice_mut()?);
        return Ok(());
    }
    let mut copy = a.try_copy()?;
    write(copy.as_slice_mut());
    a.assign_same(&copy)
}

impl<T: Element> Array<T> {
    /// Writes the elements of an array of the same shape and dtype.
    fn assign_same(&mut self, values: &Array<T>) -> Result<()> {
        self.try_make_unique()?;
        let part = super::basic::view(self, &s![...])?;
        // SAFETY: `self` is unique but for `part`, and borrowed mutably; the shapes are the same.
        unsafe { crate::copy::write_part(values, &part) };
        Ok(())
    }
}

/// Writes values to the places where the mask, of the array's shape, is true: the first value to the
/// first such place, again and again.
///
/// ```
/// # use array_core::{array, place};
/// let mut a = array![1, 2, 3, 4];
/// place(&mut a, &array![true, false, true, true], &array![7, 8])?;
/// assert_eq!(a.to_vec(), [7, 2, 8, 7]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When shapes differ, or there are no values but places.
pub fn place<T: Element>(a: &mut Array<T>, mask: &Array<bool>, values: &Array<T>) -> Result<()> {
    let flags = checked_mask("place", a, mask)?;
    let flags = flags.as_slice().expect("made contiguous");
    let count = mask::count(flags);
    if values.is_empty() {
        return match count {
            0 => Ok(()),
            _ => Err(Error::value("place has no values to write")),
        };
    }
    let mut values = values.try_ravel()?.try_contiguous()?;
    if values.len() < count {
        values = crate::tile(&values, count.div_ceil(values.len()))?;
    }
    let values = values.as_slice().expect("made contiguous");
    in_order(a, |elements| mask::spread(elements, flags, &values[..count]))
}

/// Writes values to the places where the mask, of the array's shape, is true: to each the value at its own
/// position, again and again.
///
/// ```
/// # use array_core::{array, putmask};
/// let mut a = array![1, 2, 3, 4];
/// putmask(&mut a, &array![true, false, true, true], &array![7, 8])?;
/// assert_eq!(a.to_vec(), [7, 2, 7, 8]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When shapes differ, or there are no values but places.
pub fn putmask<T: Element>(a: &mut Array<T>, mask: &Array<bool>, values: &Array<T>) -> Result<()> {
    let flags = checked_mask("putmask", a, mask)?;
    let flags = flags.as_slice().expect("made contiguous");
    if values.is_empty() {
        return match flags.contains(&true) {
            true => Err(Error::value("putmask has no values to write")),
            false => Ok(()),
        };
    }
    let values = values.try_contiguous()?;
    let values = values.as_slice().expect("made contiguous");
    in_order(a, |elements| {
        for (elements, flags) in elements.chunks_mut(values.len()).zip(flags.chunks(values.len())) {
            for ((element, &flag), &value) in elements.iter_mut().zip(flags).zip(values) {
                *element = if flag { value } else { *element };
            }
        }
    })
}

/// The mask, contiguous.
fn checked_mask<T: Element>(name: &str, a: &Array<T>, mask: &Array<bool>) -> Result<Array<bool>> {
    if mask.shape() != a.shape() {
        return Err(Error::shape(format!(
            "{name}'s mask must be of the array's shape {}, it is of {}",
            error::Shape(a.shape()),
            error::Shape(mask.shape())
        )));
    }
    mask.try_contiguous()
}

/// The parts along an axis whose flag is set; over `..`, the elements of the flattened array. Flags that are
/// missing at the end count as false.
///
/// ```
/// # use array_core::{arange, array, compress};
/// let a = arange(6)?.reshape([2, 3])?;
/// assert_eq!(compress(&array![false, true], &a, 0)?, array![[3, 4, 5]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the flags are no vector, or one is set beyond the axis' length.
pub fn compress<T: Element>(condition: &Array<bool>, a: &Array<T>, axis: impl IntoAxes) -> Result<Array<T>> {
    if condition.ndim() != 1 {
        return Err(Error::value(format!(
            "compress needs a vector of flags, its shape is {}",
            error::Shape(condition.shape())
        )));
    }
    let (a, axis) = axes::one("compress", a, axis)?;
    if a.ndim() == 1 && condition.shape() == a.shape() {
        return advanced::gather(&a, &[condition.into()]);
    }
    let positions = super::nonzero::try_flatnonzero(condition)?;
    let mut index = vec![IndexItem::from(..); axis];
    index.push(positions.into());
    advanced::gather(&a, &index)
}

/// The elements where the condition is true, both flattened.
///
/// ```
/// # use array_core::{array, extract};
/// let odd = extract(&array![[true, false], [true, false]], &array![[1, 2], [3, 4]])?;
/// assert_eq!(odd.to_vec(), [1, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the condition is true beyond the array's length.
pub fn extract<T: Element>(condition: &Array<bool>, a: &Array<T>) -> Result<Array<T>> {
    compress(&condition.along_one_axis()?, a, ..)
}
