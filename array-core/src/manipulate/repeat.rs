//! Elements and whole arrays repeated.

use ndarray::Axis;

use super::assemble::assemble;
use crate::axes::{self, IntoAxes};
use crate::create::IntoShape;
use crate::{Array, Element, Error, Result};
use crate::{fallible, layout};

/// How often each element is repeated: one number for all, or one for each along the axis.
pub trait Repeats {
    /// The number for each of `length` positions.
    ///
    /// # Errors
    /// When there are neither one nor `length` numbers.
    fn counts(&self, length: usize) -> Result<Vec<usize>>;
}

impl Repeats for usize {
    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        fallible::repeated(*self, length)
    }
}

impl Repeats for [usize] {
    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        match self {
            [one] => fallible::repeated(*one, length),
            many if many.len() == length => Ok(many.to_vec()),
            many => Err(Error::shape(format!(
                "repeat needs one count, or one for each of the {length} position(s) along the axis: {} are given",
                many.len()
            ))),
        }
    }
}

impl<const N: usize> Repeats for [usize; N] {
    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        self[..].counts(length)
    }
}

impl<R: Repeats + ?Sized> Repeats for &R {
    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        (**self).counts(length)
    }
}

/// Each element along an axis several times, one after the other; over `..`, of the flattened array.
///
/// ```
/// # use array_core::{arange, repeat};
/// let a = arange(4)?.reshape([2, 2])?;
/// assert_eq!(repeat(&a, 2, ..)?.to_vec(), [0, 0, 1, 1, 2, 2, 3, 3]);
/// assert_eq!(repeat(&a, [1, 2], 0)?.to_vec(), [0, 1, 2, 3, 2, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, there is more than one, the counts do not fit, or there is no memory.
pub fn repeat<T: Element>(a: &Array<T>, repeats: impl Repeats, axis: impl IntoAxes) -> Result<Array<T>> {
    let (a, axis) = axes::one("repeat", a, axis)?;
    let counts = repeats.counts(a.shape()[axis])?;
    let total = counts.iter().try_fold(0usize, |sum, &count| sum.checked_add(count));
    let total = total.ok_or_else(|| Error::size("the repeated array"))?;
    let mut shape = a.shape().to_vec();
    shape[axis] = total;
    layout::byte_size::<T>(&shape)?;
    if counts.iter().all(|&count| count == counts[0]) && total > 0 {
        // A new axis beside it, which stands still.
        let mut wide = a.shape().to_vec();
        wide.insert(axis + 1, counts[0]);
        let layers = a.with_view(a.static_view().insert_axis(Axis(axis + 1)));
        return layers.broadcast_to(&wide)?.try_copy()?.reshape(&shape);
    }
    // SAFETY: the positions' runs follow one another along the axis.
    unsafe {
        assemble(&shape, |canvas| {
            let mut start = 0;
            for (i, &count) in counts.iter().enumerate() {
                let mut part = a.static_view();
                part.slice_axis_inplace(Axis(axis), ndarray::Slice::from(i..i + 1));
                let mut run = a.shape().to_vec();
                run[axis] = count;
                let run = a.with_view(part).broadcast_to(&run).expect("an axis of length one repeats");
                canvas.put_along(axis, start, &run);
                start += count;
            }
        })
    }
}

/// The array side by side with itself, so many times along each axis.
///
/// If there are more counts than axes, axes are added in front; if fewer, the counts are those of
/// the last axes.
///
/// ```
/// # use array_core::{arange, tile};
/// assert_eq!(tile(&arange(2)?, 3)?.to_vec(), [0, 1, 0, 1, 0, 1]);
/// assert_eq!(tile(&arange(2)?, [2, 1])?.shape(), [2, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn tile<T: Element>(a: &Array<T>, repetitions: impl IntoShape) -> Result<Array<T>> {
    repetitions.with_shape(|counts| {
        let ndim = counts.len().max(a.ndim());
        let padded = |lengths: &[usize]| -> Vec<usize> {
            std::iter::repeat_n(1, ndim - lengths.len()).chain(lengths.iter().copied()).collect()
        };
        let (counts, lengths) = (padded(counts), padded(a.shape()));
        let product = |pair: (&usize, &usize)| pair.0.checked_mul(*pair.1);
        let shape: Option<Vec<usize>> = counts.iter().zip(&lengths).map(product).collect();
        let shape = shape.ok_or_else(|| Error::size("the tiled array"))?;
        // Each axis beside one that stands still: (count, length) pairs.
        let single: Vec<usize> = lengths.iter().flat_map(|&n| [1, n]).collect();
        let wide: Vec<usize> = counts.iter().zip(&lengths).flat_map(|(&count, &n)| [count, n]).collect();
        layout::byte_size::<T>(&shape)?;
        a.reshape(&single)?.broadcast_to(&wide)?.try_copy()?.reshape(&shape)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, scalar, zeros};

    #[test]
    fn counts_must_fit() {
        let a = arange(3).unwrap();
        assert!(repeat(&a, [1, 2], 0).unwrap_err().is_shape());
        assert!(repeat(&a, usize::MAX, 0).unwrap_err().is_memory());
        assert!(tile(&a, usize::MAX).unwrap_err().is_memory());
        assert_eq!(repeat(&a, 0, 0).unwrap().shape(), [0]);
        assert_eq!(repeat(&a, [0, 2, 1], 0).unwrap().to_vec(), [1, 1, 2]);
        assert_eq!(repeat(&scalar(7), 3, ..).unwrap().to_vec(), [7, 7, 7]);
        assert_eq!(repeat(&zeros::<u8>([0, 2]).unwrap(), 3, 1).unwrap().shape(), [0, 6]);
    }

    #[test]
    fn few_times_as_one_by_one() {
        let a = arange(200).unwrap().astype::<i64>();
        for times in 0..7 {
            for part in [a.clone(), a.slice(crate::s![..;-3]).unwrap(), a.slice(crate::s![..1]).unwrap()] {
                let naive = |part: &Array<i64>| -> Vec<i64> {
                    part.to_vec().iter().flat_map(|&x| std::iter::repeat_n(x, times)).collect()
                };
                assert_eq!(repeat(&part, times, ..).unwrap().to_vec(), naive(&part));
                let (small, wide) = (part.astype::<u8>(), part.astype::<crate::complex128>());
                let found = repeat(&small, times, ..).unwrap().astype::<i64>();
                assert_eq!(found.to_vec(), naive(&small.astype()));
                assert_eq!(repeat(&wide, times, ..).unwrap().astype::<i64>().to_vec(), naive(&part));
            }
        }
    }

    #[test]
    fn tiles_of_any_rank() {
        let a = arange(4).unwrap().reshape([2, 2]).unwrap();
        assert_eq!(tile(&a.t(), [1, 2]).unwrap().to_vec(), [0, 2, 0, 2, 1, 3, 1, 3]);
        assert_eq!(tile(&a, [0, 2]).unwrap().shape(), [0, 4]);
        assert_eq!(tile(&a, ()).unwrap(), a);
        assert_eq!(tile(&scalar(1), [2, 3]).unwrap().shape(), [2, 3]);
    }
}
