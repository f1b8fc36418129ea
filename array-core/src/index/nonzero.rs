//! Where elements are not zero.

use std::mem::MaybeUninit;

use super::mask;
use crate::error::or_panic;
use crate::layout::Order;
use crate::{Array, Element, Result, copy};

/// The positions of the elements that are not zero (`nan` is not), an array for each axis: what
/// [`slice`](Array::slice) takes between [`s!`](crate::s)'s brackets. Of a 0-d array, as of one of one axis.
///
/// ```
/// # use array_core::{array, nonzero};
/// let found = nonzero(&array![[0, 3], [4, 0]]);
/// assert_eq!((found[0].to_vec(), found[1].to_vec()), (vec![0, 1], vec![1, 0]));
/// ```
///
/// # Panics
/// When there is no memory for them.
#[track_caller]
pub fn nonzero<T: Element>(a: &Array<T>) -> Vec<Array<i64>> {
    or_panic(try_nonzero(a))
}

/// As [`nonzero`], for who must not panic.
pub(super) fn try_nonzero<T: Element>(a: &Array<T>) -> Result<Vec<Array<i64>>> {
    let flags = copy::as_dtype::<T, bool>(a)?;
    let flags = flags.as_slice().expect("made contiguous");
    let shape = if a.ndim() == 0 { &[1][..] } else { a.shape() };
    let count = mask::count(flags);
    let mut axes: Vec<Array<i64>> =
        shape.iter().map(|_| Array::uninit(&[count], &[1])).collect::<Result<_>>()?;
    let length = *shape.last().expect("at least one axis");
    let mut parts: Vec<&mut [MaybeUninit<i64>]> = Vec::with_capacity(shape.len());
    for axis in &mut axes {
        // SAFETY: nobody else has seen the fresh array, all of whose elements are written below.
        parts.push(unsafe { std::slice::from_raw_parts_mut(axis.as_mut_ptr().cast(), count) });
    }
    let (last, before) = parts.split_last_mut().expect("at least one axis");
    if before.is_empty() {
        mask::positions(flags, 0, last);
    } else if length > 0 {
        // A row at a time: where it stands is one index for all of its elements.
        let mut place = vec![0i64; before.len()];
        let mut done = 0;
        for row in flags.chunks_exact(length) {
            let end = done + mask::count(row);
            mask::positions(row, 0, &mut last[done..end]);
            for (axis, &i) in before.iter_mut().zip(&place) {
                axis[done..end].fill(MaybeUninit::new(i));
            }
            done = end;
            for (i, &length) in place.iter_mut().zip(shape).rev() {
                *i += 1;
                if *i < length as i64 {
                    break;
                }
                *i = 0;
            }
        }
    }
    Ok(axes)
}

/// The positions, in the flattened array, of the elements that are not zero.
///
/// ```
/// # use array_core::{array, flatnonzero};
/// assert_eq!(flatnonzero(&array![[0, 3], [4, 0]]).to_vec(), [1, 2]);
/// ```
///
/// # Panics
/// When there is no memory for them.
#[track_caller]
pub fn flatnonzero<T: Element>(a: &Array<T>) -> Array<i64> {
    or_panic(try_flatnonzero(a))
}

/// As [`flatnonzero`], for who must not panic.
pub(super) fn try_flatnonzero<T: Element>(a: &Array<T>) -> Result<Array<i64>> {
    let flags = copy::as_dtype::<T, bool>(a)?;
    let flags = flags.as_slice().expect("made contiguous");
    let fill = |out: &mut [MaybeUninit<i64>]| mask::positions(flags, 0, out);
    // SAFETY: a position is written for each flag that is set.
    unsafe { Array::build(&[mask::count(flags)], Order::RowMajor, fill) }
}

/// The index of each element that is not zero, as a row.
///
/// ```
/// # use array_core::{argwhere, array};
/// assert_eq!(argwhere(&array![[0, 3], [4, 0]]), array![[0i64, 1], [1, 0]]);
/// ```
///
/// # Panics
/// When there is no memory for them.
#[track_caller]
pub fn argwhere<T: Element>(a: &Array<T>) -> Array<i64> {
    if a.ndim() == 1 {
        let found = flatnonzero(a);
        let count = found.len();
        return found.reshape([count, 1]).expect("one position for each element");
    }
    let found = if a.ndim() == 0 { Vec::new() } else { nonzero(a) };
    if found.is_empty() {
        return or_panic(crate::zeros([flatnonzero(a).len(), 0]));
    }
    or_panic(crate::stack(&found, -1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Result, from_fn, s};

    /// One element after the other.
    fn naive(a: &Array<f64>) -> Vec<Vec<i64>> {
        let indices =
            a.view().indexed_iter().filter(|pair| *pair.1 != 0.0).map(|(i, _)| i).collect::<Vec<_>>();
        indices.iter().map(|i| (0..a.ndim()).map(|k| i[k] as i64).collect()).collect()
    }

    #[test]
    fn indices_in_every_shape_and_layout() -> Result<()> {
        for shape in [&[0][..], &[1], &[130], &[3, 70], &[70, 3], &[4, 0, 2], &[2, 3, 4, 5], &[1, 200, 1]] {
            let a = from_fn(shape, |i| f64::from(u8::from(i.iter().sum::<usize>() * 7 % 3 == 1)))?;
            for a in [a.clone(), a.t(), crate::flip(&a, ..)?, a.slice(s![..;2])?] {
                let expected = naive(&a);
                let found = nonzero(&a);
                assert_eq!(found.len(), a.ndim());
                for (axis, found) in found.iter().enumerate() {
                    let expected: Vec<i64> = expected.iter().map(|i| i[axis]).collect();
                    assert_eq!(found.to_vec(), expected, "axis {axis} of {shape:?}");
                }
                assert_eq!(argwhere(&a).to_vec(), expected.concat(), "{shape:?}");
                assert_eq!(argwhere(&a).shape(), [expected.len(), a.ndim()]);
                assert_eq!(flatnonzero(&a), nonzero(&a.ravel())[0]);
            }
        }
        let (one, none) = (crate::scalar(f64::NAN), crate::scalar(0.0));
        assert_eq!((argwhere(&one).shape(), argwhere(&none).shape()), (&[1, 0][..], &[0, 0][..]));
        assert_eq!((nonzero(&one)[0].to_vec(), nonzero(&none)[0].to_vec()), (vec![0], vec![]));
        Ok(())
    }
}
