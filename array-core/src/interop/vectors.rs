//! From and to vectors, slices and Rust's own arrays, nested or not.

use crate::{Array, Element, Error, Result, error, fallible, layout};

/// Infallible conversions: from what is as long in every row.
macro_rules! from_each {
    ($($(#[$doc:meta])* [$($generic:tt)*] $from:ty: |$values:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        impl<T: Element, $($generic)*> From<$from> for Array<T> {
            fn from($values: $from) -> Self {
                $value
            }
        }
    )*};
}
from_each! {
    /// Copies the elements.
    [] &[T]: |values| Array::from_vec(values.to_vec());
    /// Copies the elements.
    [] &Vec<T>: |values| Array::from_vec(values.clone());
    /// Copies the elements.
    [const N: usize] &[T; N]: |values| Array::from_vec(values.to_vec());
    /// Takes the memory over, without copying.
    [] Box<[T]>: |values| Array::from_vec(values.into_vec());
    /// One axis for each level.
    [const N: usize, const M: usize] [[T; N]; M]: |values| Array::from_nested(values);
    /// One axis for each level.
    [const N: usize, const M: usize, const L: usize] [[[T; N]; M]; L]: |values| Array::from_nested(values);
    /// One axis for each level.
    [const N: usize] &[[T; N]]: |values| of_rows(values.to_vec());
}

/// A matrix over the memory of its rows.
fn of_rows<T: Element, const N: usize>(rows: Vec<[T; N]>) -> Array<T> {
    let shape = [rows.len(), N];
    let mut array = Array::from_vec(rows.into_flattened());
    array.reshape_in_place(&shape);
    array
}

/// A matrix of rows. Takes the memory over, without copying.
///
/// # Errors
/// Never. (`From` would leave open what a `Vec` of things yet unknown is made of.)
impl<T: Element, const N: usize> TryFrom<Vec<[T; N]>> for Array<T> {
    type Error = Error;
    fn try_from(rows: Vec<[T; N]>) -> Result<Self> {
        Ok(of_rows(rows))
    }
}

/// An element, or a sequence of such, which may differ in length.
trait Ragged {
    type Item: Element;
    /// How often sequences are within one another.
    const DEPTH: usize;
    /// Writes the lengths of the first sequence on each level.
    fn lengths(&self, lengths: &mut [usize]);
    /// Adds the elements, if all lengths are these; else the path to a sequence and how long that is.
    fn elements(&self, lengths: &[usize], to: &mut Vec<Self::Item>) -> Result<(), (Vec<usize>, usize)>;
}

impl<T: Element> Ragged for T {
    type Item = T;
    const DEPTH: usize = 0;
    fn lengths(&self, _: &mut [usize]) {}
    fn elements(&self, _: &[usize], to: &mut Vec<T>) -> Result<(), (Vec<usize>, usize)> {
        to.push(*self);
        Ok(())
    }
}

/// Sequences are slices of such.
macro_rules! sequences {
    ($([$($generic:tt)*] $type:ty;)*) => {$(
        impl<I: Ragged $($generic)*> Ragged for $type {
            type Item = I::Item;
            const DEPTH: usize = I::DEPTH + 1;
            fn lengths(&self, lengths: &mut [usize]) {
                lengths[0] = self.len();
                if let Some(first) = self.first() {
                    first.lengths(&mut lengths[1..]);
                }
            }
            fn elements(
                &self,
                lengths: &[usize],
                to: &mut Vec<I::Item>,
            ) -> Result<(), (Vec<usize>, usize)> {
                if self.len() != lengths[0] {
                    return Err((Vec::new(), self.len()));
                }
                for (i, item) in self.iter().enumerate() {
                    item.elements(&lengths[1..], to).map_err(|(mut path, length)| {
                        path.insert(0, i);
                        (path, length)
                    })?;
                }
                Ok(())
            }
        }
    )*};
}
sequences! {
    [] Vec<I>;
    [] &[I];
    [, const N: usize] [I; N];
}

/// The array that sequences write out, all as long as the first on their level.
fn from_ragged<R: Ragged>(values: &R) -> Result<Array<R::Item>> {
    let mut shape = vec![0; R::DEPTH];
    values.lengths(&mut shape);
    // Rows may all be the same slice, and together be more than any memory has room for.
    let mut elements = fallible::with_room(layout::element_count(&shape)?)?;
    values.elements(&shape, &mut elements).map_err(|(path, length)| {
        let of = |path: &mut dyn Iterator<Item = usize>| path.map(|i| format!("[{i}]")).collect::<String>();
        Error::shape(format!(
            "rows must be of one length: {} has {length} element(s), {} has {}",
            of(&mut path.iter().copied()),
            of(&mut path.iter().map(|_| 0)),
            shape[path.len()]
        ))
    })?;
    Array::from_vec(elements).reshape(&shape)
}

macro_rules! from_rows {
    ($($(#[$doc:meta])* $type:ty;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the lengths of rows differ; the error names a row and both lengths.
        impl<T: Element> TryFrom<$type> for Array<T> {
            type Error = Error;
            fn try_from(rows: $type) -> Result<Self> {
                from_ragged(&rows)
            }
        }
    )*};
}
from_rows! {
    /// A matrix of rows.
    ///
    /// ```
    /// # use array_core::Array;
    /// assert_eq!(Array::try_from(vec![vec![1, 2], vec![3, 4]])?, [[1, 2], [3, 4]]);
    /// let error = Array::try_from(vec![vec![1, 2], vec![3]]).unwrap_err();
    /// assert_eq!(error.to_string(), "rows must be of one length: [1] has 1 element(s), [0] has 2");
    /// # Ok::<(), array_core::Error>(())
    /// ```
    Vec<Vec<T>>;
    /// A matrix of rows.
    &[Vec<T>];
    /// A matrix of rows.
    &[&[T]];
    /// An array of three axes.
    Vec<Vec<Vec<T>>>;
    /// An array of four axes.
    Vec<Vec<Vec<Vec<T>>>>;
}

/// An error unless the array has so many axes.
fn check_ndim<T: Element>(array: &Array<T>, ndim: usize, what: &str) -> Result<()> {
    if array.ndim() == ndim {
        return Ok(());
    }
    Err(Error::shape(format!(
        "{what} is made of an array of {ndim} axes, not of {} (shape {}): reshape or ravel it",
        array.ndim(),
        error::Shape(array.shape())
    )))
}

/// The elements of an array of one axis, without copying where [`Array::into_vec`] does without.
///
/// # Errors
/// When it has not just one axis: use [`Array::into_vec`] for the elements of any array.
impl<T: Element> TryFrom<Array<T>> for Vec<T> {
    type Error = Error;
    fn try_from(array: Array<T>) -> Result<Self> {
        check_ndim(&array, 1, "a vector")?;
        array.try_into_vec()
    }
}

/// The rows of an array of two axes.
///
/// ```
/// # use array_core::array;
/// let rows: Vec<Vec<i32>> = array![[1, 2], [3, 4]].try_into()?;
/// assert_eq!(rows, [[1, 2], [3, 4]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When it has not just two axes.
impl<T: Element> TryFrom<Array<T>> for Vec<Vec<T>> {
    type Error = Error;
    fn try_from(array: Array<T>) -> Result<Self> {
        check_ndim(&array, 2, "a vector of rows")?;
        // Asked first: there may be more rows than any memory has room for, of which each is short.
        drop(fallible::with_room::<T>(array.len())?);
        let rows = array.rows()?;
        let mut vectors = fallible::with_room(rows.len())?;
        for row in rows {
            vectors.push(row.try_vec()?);
        }
        Ok(vectors)
    }
}

/// The elements of an array of one axis.
///
/// # Errors
/// When it has not just one axis, or another length.
impl<T: Element, const N: usize> TryFrom<Array<T>> for [T; N] {
    type Error = Error;
    fn try_from(array: Array<T>) -> Result<Self> {
        if array.shape() != [N] {
            return Err(Error::shape(format!(
                "an array of shape {} does not make [{}; {N}]",
                error::Shape(array.shape()),
                T::DTYPE
            )));
        }
        let mut elements = array.into_iter();
        Ok(std::array::from_fn(|_| elements.next().expect("as many as the shape has")))
    }
}

macro_rules! numbers {
    ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {$(
        /// The only element of an array: as [`Array::item`].
        ///
        /// # Errors
        /// When there is not exactly one.
        impl TryFrom<Array<$type>> for $type {
            type Error = Error;
            fn try_from(array: Array<$type>) -> Result<Self> {
                array.item()
            }
        }
    )*};
}
crate::for_each_dtype!(numbers);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, IndexItem, arange, array, scalar};

    #[test]
    fn whatever_is_as_long_in_every_row() {
        let rows = vec![[1, 2, 3], [4, 5, 6]];
        let address = rows.as_ptr() as usize;
        assert_eq!(Array::from(&rows[..]), [[1, 2, 3], [4, 5, 6]]);
        let a = Array::try_from(rows).unwrap();
        assert_eq!((a.address(), a.shape()), (address, &[2, 3][..]));
        assert_eq!(Array::from([[1, 2, 3], [4, 5, 6]]), a);
        assert_eq!(Array::from([[[1, 2, 3], [4, 5, 6]]]).shape(), [1, 2, 3]);
        assert_eq!(Array::from(&[1, 2, 3]), [1, 2, 3]);
        assert_eq!(Array::from(&[1, 2, 3][..]), [1, 2, 3]);
        assert_eq!(Array::from(&vec![1, 2, 3]), [1, 2, 3]);
        assert_eq!(Array::from(vec![1, 2, 3].into_boxed_slice()), [1, 2, 3]);
        assert_eq!(Array::try_from(Vec::<[f64; 2]>::new()).unwrap().shape(), [0, 2]);
        assert_eq!(Array::try_from(vec![[0.5; 0]; 3]).unwrap().shape(), [3, 0]);
    }

    #[test]
    fn ragged_rows_are_named() {
        let cube = vec![vec![vec![1, 2], vec![3, 4]], vec![vec![5, 6], vec![7, 8]]];
        assert_eq!(Array::try_from(cube.clone()).unwrap(), array![[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
        assert_eq!(Array::try_from(vec![cube.clone()]).unwrap().shape(), [1, 2, 2, 2]);
        let mut ragged = cube.clone();
        ragged[1][0].push(9);
        let text = Array::try_from(ragged).unwrap_err().to_string();
        assert_eq!(text, "rows must be of one length: [1][0] has 3 element(s), [0][0] has 2");
        let mut ragged = cube;
        ragged[1].pop();
        let error = Array::try_from(ragged).unwrap_err();
        assert!(error.is_shape() && error.to_string().contains("[1] has 1 element(s), [0] has 2"), "{error}");
        assert_eq!(Array::try_from(&[&[1, 2][..], &[3, 4]][..]).unwrap(), [[1, 2], [3, 4]]);
        assert_eq!(Array::<f64>::try_from(&[vec![], vec![]][..]).unwrap().shape(), [2, 0]);
        assert_eq!(Array::try_from(Vec::<Vec<f64>>::new()).unwrap().shape(), [0, 0]);
    }

    #[test]
    fn back_into_vectors_arrays_and_numbers() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert_eq!(Vec::<Vec<i64>>::try_from(a.t()).unwrap(), [[0, 3], [1, 4], [2, 5]]);
        assert_eq!(Vec::<i64>::try_from(a.ravel()).unwrap(), [0, 1, 2, 3, 4, 5]);
        let text = Vec::<i64>::try_from(a.clone()).unwrap_err().to_string();
        assert!(text.contains("of 1 axes, not of 2 (shape (2, 3))"), "{text}");
        assert_eq!(<[i64; 2]>::try_from(a.t().slice(crate::s![1]).unwrap()).unwrap(), [1, 4]);
        assert!(<[i64; 3]>::try_from(arange(4).unwrap()).unwrap_err().is_shape());
        assert_eq!(f64::try_from(scalar(2.5)).unwrap(), 2.5);
        assert!(i64::try_from(a).unwrap_err().is_shape());
        let any = crate::AnyArray::from(arange(3i64).unwrap());
        assert_eq!(Array::<i64>::try_from(any.clone()).unwrap(), [0, 1, 2]);
        assert!(Array::<f32>::try_from(any.cast(DType::Float64)).unwrap_err().is_dtype());
    }

    #[test]
    fn vectors_come_back_uncopied_if_nobody_else_holds_them() {
        let vector = Vec::from_iter(0..1000i64);
        let address = vector.as_ptr();
        let a = Array::from(vector);
        let b = a.clone();
        let copied = a.into_vec();
        assert_ne!(copied.as_ptr(), address);
        let reshaped = b.reshape([10, 100]).unwrap();
        drop(b);
        let vector = reshaped.into_vec();
        assert_eq!((vector.as_ptr(), vector.len()), (address, 1000));
        // A part that begins where the vector does; then one that does not.
        let part = |vector: Vec<i64>, item: IndexItem| {
            let part = Array::from(vector).slice([item]).unwrap();
            part.into_vec()
        };
        let vector = part(vector, IndexItem::from(..10));
        assert_eq!((vector.as_ptr(), vector.len()), (address, 10));
        assert_eq!(part(vector, IndexItem::from(7..)), [7, 8, 9]);
        // Our own blocks are aligned otherwise than a vector may be.
        assert_eq!(arange(3).unwrap().into_vec(), [0, 1, 2]);
        assert_eq!(crate::zeros::<u8>(2000).unwrap().into_vec(), [0; 2000]);
        assert_eq!(Array::<f64>::default().into_vec(), [0.0; 0]);
        let mut grown = Array::from(Vec::from_iter(0..3u8)).into_vec();
        grown.extend(0..200);
        assert_eq!(grown[3..6], [0, 1, 2]);
    }
}
