//! Where elements are not zero.

use crate::{Array, Element};

/// The positions of the elements that are not zero (`nan` is not), an array for each axis: what
/// [`slice`](Array::slice) takes between [`s!`](crate::s)'s brackets. Of a 0-d array, as of one of one axis.
///
/// ```
/// # use array_core::{array, nonzero};
/// let found = nonzero(&array![[0, 3], [4, 0]]);
/// assert_eq!((found[0].to_vec(), found[1].to_vec()), (vec![0, 1], vec![1, 0]));
/// ```
pub fn nonzero<T: Element>(a: &Array<T>) -> Vec<Array<i64>> {
    let mut flat = flat_positions(a);
    let shape = if a.ndim() == 0 { &[1][..] } else { a.shape() };
    let mut axes = Vec::with_capacity(shape.len());
    for (i, &length) in shape.iter().enumerate().rev() {
        if i == 0 {
            axes.push(Array::from_vec(std::mem::take(&mut flat)));
        } else {
            let length = length as i64;
            axes.push(flat.iter().map(|&at| at % length).collect());
            flat.iter_mut().for_each(|at| *at /= length);
        }
    }
    axes.reverse();
    axes
}

/// The positions, in the flattened array, of the elements that are not zero.
///
/// ```
/// # use array_core::{array, flatnonzero};
/// assert_eq!(flatnonzero(&array![[0, 3], [4, 0]]).to_vec(), [1, 2]);
/// ```
pub fn flatnonzero<T: Element>(a: &Array<T>) -> Array<i64> {
    Array::from_vec(flat_positions(a))
}

/// The index of each element that is not zero, as a row.
///
/// ```
/// # use array_core::{argwhere, array};
/// assert_eq!(argwhere(&array![[0, 3], [4, 0]]), array![[0i64, 1], [1, 0]]);
/// ```
pub fn argwhere<T: Element>(a: &Array<T>) -> Array<i64> {
    let flat = flat_positions(a);
    let (count, ndim) = (flat.len(), a.ndim());
    let mut rows = vec![0; count * ndim];
    for (row, mut at) in rows.chunks_exact_mut(ndim.max(1)).zip(flat) {
        for (i, &length) in row.iter_mut().zip(a.shape()).rev() {
            *i = at % length as i64;
            at /= length as i64;
        }
    }
    Array::from_vec(rows).reshape([count, ndim]).expect("a row for each element")
}

fn flat_positions<T: Element>(a: &Array<T>) -> Vec<i64> {
    let a = a.to_contiguous();
    let elements = a.as_slice().expect("made contiguous");
    let count = elements.iter().filter(|&&x| x != T::ZERO).count();
    let mut found = vec![0i64; count];
    let (mut k, mut i) = (0, 0);
    // Without a branch for each element, as long as one too many can be written.
    while k < count {
        found[k] = i as i64;
        k += usize::from(elements[i] != T::ZERO);
        i += 1;
    }
    found
}
