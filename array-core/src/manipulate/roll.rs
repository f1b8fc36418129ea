//! `roll`: elements shifted along axes, put together from the runs that stay together.

use ndarray::{Axis, Slice};

use super::assemble::assemble;
use crate::axes::IntoAxes;
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, Result};

/// The elements shifted along an axis, those that leave at one end coming in at the other: a copy.
///
/// With one shift for several axes, or one for each; over `..` the flattened array is shifted.
///
/// ```
/// # use array_core::{arange, roll};
/// let a = arange(6)?.reshape([2, 3])?;
/// assert_eq!(roll(&a, 1, ..)?.to_vec(), [5, 0, 1, 2, 3, 4]);
/// assert_eq!(roll(&a, 1, 1)?.to_vec(), [2, 0, 1, 5, 3, 4]);
/// assert_eq!(roll(&a, [1, -1], [0, 1])?.to_vec(), [4, 5, 3, 1, 2, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When an axis is out of bounds, or there are neither one shift nor as many as axes.
pub fn roll<T: Element>(a: &Array<T>, shift: impl IntoAxes, axes: impl IntoAxes) -> Result<Array<T>> {
    let shifts = shift.into_axes().ok_or_else(|| Error::value("roll needs a shift: .. is none"))?;
    let Some(axes) = axes.into_axes() else {
        let total = shifts.iter().fold(0, |sum, &shift| shifted(sum, shift, a.len()));
        return rolled(&a.along_one_axis()?, &[total])?.reshape(a.shape());
    };
    let count = shifts.len().max(axes.len());
    if [shifts.len(), axes.len()].iter().any(|&n| n != 1 && n != count) {
        return Err(Error::value(format!(
            "roll needs one shift, or one for each axis: {} shift(s) for {} axes",
            shifts.len(),
            axes.len()
        )));
    }
    // An axis that is named twice is shifted twice.
    let mut along = vec![0isize; a.ndim()];
    for i in 0..count {
        let axis = layout::normalise_axis(axes[i % axes.len()], a.ndim())?;
        along[axis] = shifted(along[axis], shifts[i % shifts.len()], a.shape()[axis]);
    }
    rolled(a, &along)
}

/// The sum of two shifts, of which the first is less than the length: whole rounds do not count.
fn shifted(sum: isize, shift: isize, length: usize) -> isize {
    let length = length.max(1) as i128;
    ((sum as i128 + shift as i128).rem_euclid(length)) as isize
}

/// Shifted by so much along each axis.
fn rolled<T: Element>(a: &Array<T>, shifts: &[isize]) -> Result<Array<T>> {
    if a.is_empty() {
        return a.try_copy();
    }
    let shape = a.shape();
    // Along each axis that is shifted two runs: the last `k` elements come first.
    let moved: PerAxis<(usize, usize)> = (0..shape.len())
        .filter(|&axis| shape[axis] > 0)
        .map(|axis| (axis, shifts[axis].rem_euclid(shape[axis] as isize) as usize))
        .filter(|&(_, k)| k > 0)
        .collect();
    // SAFETY: along each axis the two runs make up the whole, and every combination is put.
    unsafe {
        assemble(shape, |canvas| {
            for choice in 0..1usize << moved.len() {
                let mut view = a.static_view();
                let mut start = PerAxis::from_elem(0, shape.len());
                for (i, &(axis, k)) in moved.iter().enumerate() {
                    let last = shape[axis] - k;
                    let wraps = choice >> i & 1 == 1;
                    start[axis] = if wraps { 0 } else { k };
                    let range = if wraps { last..shape[axis] } else { 0..last };
                    view.slice_axis_inplace(Axis(axis), Slice::from(range));
                }
                canvas.put(&start, &a.with_view(view));
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

    #[test]
    fn shifts_must_fit_the_axes() {
        let a = zeros::<f64>([2, 1]).unwrap();
        assert!(roll(&a, [1, 2, 3], [0, 1]).unwrap_err().is_value());
    }

    #[test]
    fn rolls_of_nothing_and_beyond_the_length() {
        assert_eq!(roll(&zeros::<u8>([0, 3]).unwrap(), 2, 0).unwrap().shape(), [0, 3]);
        let a = arange(5).unwrap();
        assert_eq!(roll(&a, isize::MAX, ..).unwrap(), roll(&a, isize::MAX % 5, 0).unwrap());
        assert_eq!(roll(&a, -7, 0).unwrap().to_vec(), [2, 3, 4, 0, 1]);
        assert_eq!(roll(&scalar(3), 1, ..).unwrap().item().unwrap(), 3);
    }
}
