//! Arrays taken apart: always views of the same memory.

use ndarray::{Axis, Slice};

use crate::{Array, Element, Error, Result};
use crate::{fallible, layout};

/// Where to split: into so many parts, or before these indices (negative ones count from the end).
pub trait Sections {
    /// The bounds of the parts of an axis of this length; parts must be equal where `even` says so.
    ///
    /// # Errors
    /// When there can be no such parts.
    fn bounds(&self, length: usize, even: bool) -> Result<Vec<(usize, usize)>>;
}

impl Sections for usize {
    fn bounds(&self, length: usize, even: bool) -> Result<Vec<(usize, usize)>> {
        let count = *self;
        if count == 0 {
            return Err(Error::value("an array cannot be split into 0 parts"));
        }
        if even && !length.is_multiple_of(count) {
            return Err(Error::value(format!(
                "an axis of length {length} cannot be split into {count} equal parts; array_split makes unequal ones"
            )));
        }
        // The first parts are one longer.
        let start = |i: usize| i * (length / count) + i.min(length % count);
        fallible::collected((0..count).map(|i| (start(i), start(i + 1))))
    }
}

impl Sections for [isize] {
    fn bounds(&self, length: usize, _: bool) -> Result<Vec<(usize, usize)>> {
        let n = length as isize;
        // As slices do, bounds clip.
        let clip = |i: isize| if i < 0 { i.saturating_add(n).max(0) } else { i.min(n) } as usize;
        let starts = std::iter::once(0).chain(self.iter().map(|&i| clip(i)));
        let ends = self.iter().map(|&i| clip(i)).chain(std::iter::once(length));
        Ok(starts.zip(ends).map(|(start, end)| (start, end.max(start))).collect())
    }
}

impl<const N: usize> Sections for [isize; N] {
    fn bounds(&self, length: usize, even: bool) -> Result<Vec<(usize, usize)>> {
        self[..].bounds(length, even)
    }
}

impl<S: Sections + ?Sized> Sections for &S {
    fn bounds(&self, length: usize, even: bool) -> Result<Vec<(usize, usize)>> {
        (**self).bounds(length, even)
    }
}

/// Equal parts along an axis, or parts that begin at these indices: views.
///
/// ```
/// # use array_core::{arange, split};
/// let parts = split(&arange(6)?, 3, 0)?;
/// assert_eq!(parts[2].to_vec(), [4, 5]);
/// let parts = split(&arange(6)?, [1, 4], 0)?;
/// assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [1, 3, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or its length is no multiple of the number of parts.
pub fn split<T: Element>(a: &Array<T>, sections: impl Sections, axis: isize) -> Result<Vec<Array<T>>> {
    parts(a, &sections, axis, true)
}

/// As [`split`], but if the length is no multiple of the number of parts, the first are longer by one.
///
/// ```
/// # use array_core::{arange, array_split};
/// let parts = array_split(&arange(5)?, 2, 0)?;
/// assert_eq!((parts[0].to_vec(), parts[1].to_vec()), (vec![0, 1, 2], vec![3, 4]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds, or there are to be no parts.
pub fn array_split<T: Element>(a: &Array<T>, sections: impl Sections, axis: isize) -> Result<Vec<Array<T>>> {
    parts(a, &sections, axis, false)
}

/// [`split`] along axis 0.
///
/// ```
/// # use array_core::{array, vsplit};
/// let rows = vsplit(&array![[1, 2], [3, 4]], 2)?;
/// assert_eq!(rows[1], array![[3, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`split`]; when the array has less than two axes.
pub fn vsplit<T: Element>(a: &Array<T>, sections: impl Sections) -> Result<Vec<Array<T>>> {
    at_least("vsplit", a, 2)?;
    split(a, sections, 0)
}

/// [`split`] along axis 1, or along the only axis of a vector.
///
/// ```
/// # use array_core::{array, hsplit};
/// let columns = hsplit(&array![[1, 2], [3, 4]], 2)?;
/// assert_eq!(columns[1], array![[2], [4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`split`]; when the array has no axis.
pub fn hsplit<T: Element>(a: &Array<T>, sections: impl Sections) -> Result<Vec<Array<T>>> {
    at_least("hsplit", a, 1)?;
    split(a, sections, if a.ndim() == 1 { 0 } else { 1 })
}

/// [`split`] along axis 2.
///
/// ```
/// # use array_core::{array, dsplit};
/// let layers = dsplit(&array![[[1, 2], [3, 4]]], 2)?;
/// assert_eq!(layers[1], array![[[2], [4]]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`split`]; when the array has less than three axes.
pub fn dsplit<T: Element>(a: &Array<T>, sections: impl Sections) -> Result<Vec<Array<T>>> {
    at_least("dsplit", a, 3)?;
    split(a, sections, 2)
}

/// The array at each position along an axis, without that axis: views.
///
/// ```
/// # use array_core::{arange, unstack};
/// let columns = unstack(&arange(6)?.reshape([2, 3])?, 1)?;
/// assert_eq!((columns.len(), columns[2].to_vec()), (3, vec![2, 5]));
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the axis is out of bounds.
pub fn unstack<T: Element>(a: &Array<T>, axis: isize) -> Result<Vec<Array<T>>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let at = |i| a.with_view(a.static_view().index_axis_move(Axis(axis), i));
    fallible::collected((0..a.shape()[axis]).map(at))
}

fn parts<T: Element>(
    a: &Array<T>,
    sections: &impl Sections,
    axis: isize,
    even: bool,
) -> Result<Vec<Array<T>>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let part = |(start, end)| {
        let mut view = a.static_view();
        view.slice_axis_inplace(Axis(axis), Slice::from(start..end));
        a.with_view(view)
    };
    fallible::collected(sections.bounds(a.shape()[axis], even)?.into_iter().map(part))
}

fn at_least<T: Element>(name: &str, a: &Array<T>, ndim: usize) -> Result<()> {
    if a.ndim() >= ndim {
        return Ok(());
    }
    Err(Error::value(format!("{name} needs an array of {ndim} or more axes, this one has {}", a.ndim())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arange;

    #[test]
    fn parts_make_up_the_whole() {
        for length in 0..12usize {
            let a = arange(length as i64).unwrap();
            for count in 1..15usize {
                let parts = array_split(&a, count, 0).unwrap();
                assert_eq!(parts.len(), count);
                assert_eq!(crate::concat(&parts, 0).unwrap(), a);
                assert_eq!(split(&a, count, 0).is_ok(), length % count == 0);
            }
        }
        assert!(split(&arange(3).unwrap(), 0, 0).unwrap_err().is_value());
        assert!(vsplit(&arange(4).unwrap(), 2).unwrap_err().is_value());
    }

    #[test]
    fn indices_clip() {
        let lengths = |at: &[isize]| -> Vec<usize> {
            split(&arange(5).unwrap(), at, 0).unwrap().iter().map(Array::len).collect()
        };
        assert_eq!(lengths(&[2, 9]), [2, 3, 0]);
        assert_eq!(lengths(&[-1]), [4, 1]);
        assert_eq!(lengths(&[4, 2]), [4, 0, 3]);
        assert_eq!(lengths(&[]), [5]);
    }
}
