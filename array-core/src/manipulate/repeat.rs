//! Elements and whole arrays repeated.

use std::mem::MaybeUninit;

use ndarray::Axis;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::axes::{self, IntoAxes};
use crate::create::IntoShape;
use crate::engine::{in_pool, thread_count};
use crate::layout::Order;
use crate::{Array, Element, Error, Result};
use crate::{fallible, layout};

/// Elements of a result from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 17;
/// Positions that one thread repeats at a time.
const PIECE: usize = 1 << 13;

/// How often each element is repeated: one number for all, or one for each along the axis.
pub trait Repeats {
    /// The number for each of `length` positions.
    ///
    /// # Errors
    /// When there are neither one nor `length` numbers.
    fn counts(&self, length: usize) -> Result<Vec<usize>>;

    /// The one number for all positions, if there is one.
    fn same(&self) -> Option<usize> {
        None
    }
}

impl Repeats for usize {
    fn same(&self) -> Option<usize> {
        Some(*self)
    }

    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        fallible::repeated(*self, length)
    }
}

impl Repeats for [usize] {
    fn same(&self) -> Option<usize> {
        match self {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        match self {
            [one] => fallible::repeated(*one, length),
            many if many.len() == length => Ok(many.to_vec()),
            many => Err(wrong_number(many.len(), length)),
        }
    }
}

#[cold]
fn wrong_number(given: usize, length: usize) -> Error {
    Error::shape(format!(
        "repeat needs one count, or one for each of the {length} position(s) along the axis: {given} are given"
    ))
}

impl<const N: usize> Repeats for [usize; N] {
    fn same(&self) -> Option<usize> {
        self[..].same()
    }

    fn counts(&self, length: usize) -> Result<Vec<usize>> {
        self[..].counts(length)
    }
}

impl<R: Repeats + ?Sized> Repeats for &R {
    fn same(&self) -> Option<usize> {
        (**self).same()
    }

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
    let length = a.shape()[axis];
    // Rows are copied as they are: as by counts of their own.
    let of_rows = a.is_contiguous() && a.shape()[axis + 1..].iter().product::<usize>() > 1;
    let (total, counts) = match repeats.same() {
        Some(count) if of_rows => (length.checked_mul(count), Some(fallible::repeated(count, length)?)),
        Some(count) => (length.checked_mul(count), None),
        None => {
            let counts = repeats.counts(length)?;
            // A type of the caller's may give what it likes.
            if counts.len() != length {
                return Err(wrong_number(counts.len(), length));
            }
            (counts.iter().try_fold(0usize, |sum, &count| sum.checked_add(count)), Some(counts))
        }
    };
    let total = total.ok_or_else(|| Error::size("the repeated array"))?;
    let mut shape = a.shape().to_vec();
    shape[axis] = total;
    layout::byte_size::<T>(&shape)?;
    if let Some(counts) = counts {
        return by_counts(&a, axis, &counts, &shape);
    }
    // A new axis beside it, which stands still.
    let mut wide = a.shape().to_vec();
    wide.insert(axis + 1, total / length.max(1));
    let layers = a.with_view(a.static_view().insert_axis(Axis(axis + 1)));
    layers.broadcast_to(&wide)?.try_copy()?.reshape(&shape)
}

/// Elements side by side in memory, as many to each position along an axis, how often each is repeated, and where.
type Part<'a, T> = (&'a [T], &'a [usize], &'a mut [MaybeUninit<T>]);

/// Each position along an axis as often as its count says, in an array of that shape.
fn by_counts<T: Element>(a: &Array<T>, axis: usize, counts: &[usize], shape: &[usize]) -> Result<Array<T>> {
    let a = a.try_contiguous()?;
    let from = a.as_slice().expect("made contiguous");
    let run: usize = shape[axis + 1..].iter().product();
    let fill = |out: &mut [MaybeUninit<T>]| {
        if out.is_empty() {
            return;
        }
        let is_split = out.len() >= WORTH_SPLITTING && thread_count() > 1;
        let mut parts: Vec<Part<'_, T>> = Vec::new();
        let mut rest = out;
        for from in from.chunks_exact(run * counts.len()) {
            for (counts, from) in counts.chunks(PIECE).zip(from.chunks(run * PIECE)) {
                let (to, later) = rest.split_at_mut(run * counts.iter().sum::<usize>());
                rest = later;
                match is_split {
                    true => parts.push((from, counts, to)),
                    false => repeat_runs(from, counts, to, run),
                }
            }
        }
        if is_split {
            in_pool(|| {
                parts.into_par_iter().for_each(|(from, counts, to)| repeat_runs(from, counts, to, run))
            });
        }
    };
    // SAFETY: the counts add up to the axis's length, so that the parts are all there is.
    unsafe { Array::build(shape, Order::RowMajor, fill) }
}

/// Writes runs of elements, each as often as its count says.
fn repeat_runs<T: Element>(from: &[T], counts: &[usize], to: &mut [MaybeUninit<T>], run: usize) {
    /// Copies of one element that are written at once, wanted or not, so that there is no branch to guess: the next
    /// element's are written over what is too much.
    const AT_ONCE: usize = 4;
    let mut rest = to;
    for (&count, from) in counts.iter().zip(from.chunks_exact(run)) {
        match *from {
            [one] if count <= AT_ONCE && rest.len() >= AT_ONCE => rest[..AT_ONCE].fill(MaybeUninit::new(one)),
            [one] => rest[..count].fill(MaybeUninit::new(one)),
            _ => rest[..count * run].chunks_exact_mut(run).for_each(|to| {
                to.iter_mut().zip(from).for_each(|(to, &x)| {
                    to.write(x);
                });
            }),
        }
        rest = &mut rest[count * run..];
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

/// The elements in row-major order, again and again, in an array of this shape: NumPy's function `resize`. Of no elements,
/// zeros.
///
/// ```
/// # use array_core::{arange, array, resize};
/// assert_eq!(resize(&arange(3)?, [2, 4])?, array![[0, 1, 2, 0], [1, 2, 0, 1]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there is no memory for it.
pub fn resize<T: Element>(a: &Array<T>, shape: impl IntoShape) -> Result<Array<T>> {
    shape.with_shape(|shape| {
        layout::byte_size::<T>(shape)?;
        let length = shape.iter().product::<usize>();
        if a.is_empty() || length == 0 {
            return crate::zeros(shape);
        }
        let flat = a.along_one_axis()?;
        let enough = if length > a.len() { tile(&flat, length.div_ceil(a.len()))? } else { flat };
        enough.slice(crate::s![..length as isize])?.try_contiguous()?.reshape(shape)
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
    fn counts_of_their_own_as_one_by_one() {
        for shape in [[40_000, 3, 1], [3, 9000, 7], [2, 5, 20_000], [2, 0, 3], [4, 3, 0]] {
            let a = crate::from_fn(shape, |i| (i[0] * 31 + i[1] * 7 + i[2]) as i32).unwrap();
            for a in [a.clone(), crate::flip(&a, ..).unwrap()] {
                for axis in 0..3 {
                    let counts: Vec<usize> = (0..shape[axis]).map(|i| i * 7 % 4).collect();
                    let positions: Vec<i64> =
                        (0..shape[axis]).flat_map(|i| std::iter::repeat_n(i as i64, counts[i])).collect();
                    let found = repeat(&a, &counts[..], axis as isize).unwrap();
                    let naive = crate::take(&a, &positions, axis as isize).unwrap();
                    assert_eq!(found, naive, "{shape:?} along {axis}");
                    assert_eq!(
                        crate::with_threads(1, || repeat(&a, &counts[..], axis as isize)).unwrap(),
                        naive
                    );
                }
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
