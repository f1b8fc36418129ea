//! Exact comparison, and what rests on it: hashing, and the array that there is by default.

use std::hash::{Hash, Hasher};

use ndarray::{ArrayBase, Axis, Data, Dimension};

use crate::create::Nested;
use crate::{Array, Element, layout};

/// Equal shapes and equal elements; `nan` equals nothing, as in IEEE 754.
impl<T: Element> PartialEq for Array<T> {
    fn eq(&self, other: &Self) -> bool {
        all(self, other, |a, b| a == b)
    }
}

/// For arrays of what is always equal to itself: integers and `bool`.
impl<T: Element + Eq> Eq for Array<T> {}

/// As many axes as the array is nested, and equal elements.
///
/// ```
/// # use array_core::array;
/// let a = array![[1, 2], [3, 4]];
/// assert_eq!(a, [[1, 2], [3, 4]]);
/// assert_ne!(a, [1, 2, 3, 4]);
/// ```
impl<T: Element, R, const N: usize> PartialEq<[R; N]> for Array<T>
where
    [R; N]: Nested<Item = T> + Clone,
{
    fn eq(&self, other: &[R; N]) -> bool {
        let mut shape = Vec::new();
        <[R; N]>::push_shape(&mut shape);
        if self.shape() != shape {
            return false;
        }
        let mut elements = Vec::with_capacity(self.len());
        other.clone().push_elements(&mut elements);
        self.iter().eq(&elements)
    }
}

/// One axis, and equal elements.
impl<T: Element> PartialEq<[T]> for Array<T> {
    fn eq(&self, other: &[T]) -> bool {
        self.shape() == [other.len()] && self.iter().eq(other)
    }
}

/// One axis, and equal elements.
impl<T: Element> PartialEq<&[T]> for Array<T> {
    fn eq(&self, other: &&[T]) -> bool {
        self == *other
    }
}

/// One axis, and equal elements.
impl<T: Element> PartialEq<Vec<T>> for Array<T> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self == other.as_slice()
    }
}

/// Equal shapes and equal elements.
impl<T: Element, S: Data<Elem = T>, D: Dimension> PartialEq<ArrayBase<S, D>> for Array<T> {
    fn eq(&self, other: &ArrayBase<S, D>) -> bool {
        self.shape() == other.shape() && self.view() == other.view().into_dyn()
    }
}

/// The shape and the elements in row-major order, whatever the strides: equal arrays hash alike. For arrays
/// of integers and `bool`.
///
/// ```
/// # use array_core::array;
/// use std::collections::HashSet;
/// let rows = array![[1, 2], [3, 4], [1, 2]];
/// let distinct: HashSet<_> = rows.axis_iter(0)?.collect();
/// assert_eq!(distinct.len(), 2);
/// # Ok::<(), array_core::Error>(())
/// ```
impl<T: Element + Eq + Hash> Hash for Array<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shape().hash(state);
        // All at once, which may differ from one by one.
        T::hash_slice(self.to_contiguous().as_slice().expect("made contiguous"), state);
    }
}

/// The empty vector, of shape `(0,)`: NumPy's `array([])`.
impl<T: Element> Default for Array<T> {
    fn default() -> Self {
        Array::from_vec(Vec::new())
    }
}

/// Elements that are compared without a branch for each, so that the compiler makes vector code of it.
const BLOCK: usize = 128;

/// Whether shapes are equal, and `f` holds for every pair of elements.
pub(super) fn all<T: Element>(a: &Array<T>, b: &Array<T>, f: impl Fn(&T, &T) -> bool) -> bool {
    if !layout::same(a.shape(), b.shape()) {
        return false;
    }
    match (a.as_slice(), b.as_slice()) {
        (Some(a), Some(b)) => {
            let ((blocks, rest), (others, other_rest)) = (a.as_chunks::<BLOCK>(), b.as_chunks::<BLOCK>());
            let mut blocks = blocks.iter().zip(others);
            let all_of = |a: &[T], b: &[T]| a.iter().zip(b).fold(true, |all, (a, b)| all & f(a, b));
            blocks.all(|(a, b)| all_of(a, b)) && all_of(rest, other_rest)
        }
        _ => {
            let (a, b) = without_repetition(a, b);
            a.iter().zip(&b).all(|(a, b)| f(a, b))
        }
    }
}

/// Two arrays of one shape without the axes along which neither moves: there the same pairs come again and again,
/// perhaps more often than anyone can wait for.
fn without_repetition<T: Element>(a: &Array<T>, b: &Array<T>) -> (Array<T>, Array<T>) {
    let (mut first, mut second) = (a.static_view(), b.static_view());
    for axis in 0..a.ndim() {
        if a.strides()[axis] == 0 && b.strides()[axis] == 0 && a.shape()[axis] > 1 {
            first.slice_axis_inplace(Axis(axis), (..1).into());
            second.slice_axis_inplace(Axis(axis), (..1).into());
        }
    }
    (a.with_view(first), b.with_view(second))
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use super::*;
    use crate::{arange, array, scalar, zeros};

    #[test]
    fn arrays_compare_by_shape_and_value() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert!(a == a.t().copy().t());
        assert!(a != a.t());
        assert!(a != arange(6).unwrap());
        assert!(scalar(f64::NAN) != scalar(f64::NAN));
        assert!(zeros::<f64>([0, 2]).unwrap() != zeros::<f64>([2, 0]).unwrap());
    }

    #[test]
    fn arrays_compare_with_what_writes_them_out() {
        let a = arange(6i64).unwrap().reshape([2, 3]).unwrap();
        assert_eq!(a, [[0, 1, 2], [3, 4, 5]]);
        assert_eq!(a.t(), [[0, 3], [1, 4], [2, 5]]);
        assert_ne!(a.t(), [[0, 3], [1, 4], [2, 6]]);
        assert_ne!(a, [0, 1, 2, 3, 4, 5]);
        assert_ne!(a, vec![0, 1, 2, 3, 4, 5]);
        assert_eq!(a.ravel(), vec![0, 1, 2, 3, 4, 5]);
        assert_eq!(arange(3).unwrap(), &[0, 1, 2][..]);
        assert_eq!(arange(3).unwrap(), [0, 1, 2][..]);
        assert_eq!(Array::<f64>::default(), [0.0; 0]);
        assert_eq!(a.t(), ndarray::array![[0, 3], [1, 4], [2, 5]]);
        assert_eq!(a, a.view());
        assert_ne!(a, ndarray::arr1(&[0, 1, 2]));
    }

    #[test]
    fn equal_arrays_hash_alike() {
        let state = std::hash::RandomState::new();
        let a = array![[1i8, 2, 3], [4, 5, 6]];
        let hash = |a: &Array<i8>| state.hash_one(a);
        assert_eq!(hash(&a), hash(&a.t().copy().t()));
        assert_ne!(hash(&a), hash(&a.t()));
        assert_ne!(hash(&a), hash(&a.ravel()));
        assert_eq!(state.hash_one(array![true, false]), state.hash_one(array![true, false]));
        fn is_eq<A: Eq>(_: A) {}
        is_eq(a);
    }
}
