//! Arrays of whatever can be made one: numbers, vectors and slices, nested ones, `ndarray`'s arrays, arrays of any dtype.

use ndarray::{ArrayBase, Data, Dimension, OwnedRepr};

use crate::{AnyArray, Array, Element, Error, Result, error, scalar};

/// Whether [`asarray_with`] copies: the array API standard's `copy`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CopyMode {
    /// Only what cannot be taken over or shared: `copy=None`.
    #[default]
    IfNeeded,
    /// Always: `copy=True`.
    Always,
    /// Never; where it would have to be it is an error: `copy=False`.
    Never,
}

/// What an array of `T` can be made of: see [`asarray`].
pub trait IntoArray<T: Element> {
    /// The array, which has the memory of what it is made of if that can be taken over or shared, or else copies.
    ///
    /// # Errors
    /// When nested sequences are not equally long, or there is no memory.
    fn into_array(self) -> Result<Array<T>>;

    /// Whether [`into_array`](Self::into_array) will copy.
    fn needs_copy(&self) -> bool;
}

/// An array of whatever can be made one: a number, a vector (whose memory is taken over), slices and arrays, all of these
/// nested to any depth, an `ndarray` or a view of one, an array, an array of any dtype (which is converted).
/// Iterators are collected: `values.collect::<Array<_>>()`.
///
/// ```
/// # use array_core::{AnyArray, Array, arange, asarray};
/// assert_eq!(asarray(vec![1.5, 2.5])?.shape(), [2]);
/// assert_eq!(asarray(&[[1, 2], [3, 4]][..])?.shape(), [2, 2]);
/// assert_eq!(asarray(vec![vec![1, 2, 3], vec![4, 5, 6]])?.shape(), [2, 3]);
/// assert_eq!(asarray(ndarray::array![[1, 2], [3, 4]])?.shape(), [2, 2]);
/// assert_eq!(asarray(7u8)?.ndim(), 0);
/// let any = AnyArray::from(arange(3)?);
/// let a: Array<f32> = asarray(&any)?;
/// assert_eq!(a.to_vec(), [0.0, 1.0, 2.0]);
///
/// let message = asarray(vec![vec![1, 2], vec![3]]).unwrap_err().to_string();
/// assert!(message.contains("equally long"), "{message}");
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When nested vectors or slices are not equally long, or there is no memory.
pub fn asarray<T: Element>(values: impl IntoArray<T>) -> Result<Array<T>> {
    values.into_array()
}

/// As [`asarray`], copying as `copy` has it. Arrays copy by themselves before they are written to if anyone else
/// sees their memory; so it matters only for who holds how much memory, and where.
///
/// ```
/// # use array_core::{CopyMode, arange, asarray_with};
/// let a = arange(3)?;
/// assert_eq!(asarray_with(&a, CopyMode::Never)?.address(), a.address());
/// assert_ne!(asarray_with(&a, CopyMode::Always)?.address(), a.address());
/// assert!(asarray_with(&[1.5, 2.5], CopyMode::Never).unwrap_err().is_value());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`asarray`]; when it would have to copy, and may not.
pub fn asarray_with<T: Element>(values: impl IntoArray<T>, copy: CopyMode) -> Result<Array<T>> {
    let copies = values.needs_copy();
    if copies && copy == CopyMode::Never {
        return Err(Error::value(
            "the array cannot be made without a copy: CopyMode::Never takes arrays of this dtype, vectors and \
             ndarray's arrays only",
        ));
    }
    let array = values.into_array()?;
    Ok(if copy == CopyMode::Always && !copies { crate::copy::converted(&array)? } else { array })
}

/// An item of a sequence: an element, or again a sequence, which all have to be equally long.
pub trait Sequence: Sized {
    /// The innermost elements.
    type Item: Element;
    /// How deep sequences are nested in it.
    const DEPTH: usize;
    /// Takes down its length and its items', or compares them with those of other sequences at its depth.
    ///
    /// # Errors
    /// When lengths differ.
    fn measure(&self, depth: usize, shape: &mut [Option<usize>]) -> Result<()>;
    /// Adds the elements in row-major order.
    fn push_elements(&self, elements: &mut Vec<Self::Item>);
    /// An array of a vector of such items.
    ///
    /// # Errors
    /// When lengths differ.
    fn array_of(items: Vec<Self>) -> Result<Array<Self::Item>> {
        of_items(&items)
    }
    /// Whether [`array_of`](Self::array_of) copies.
    const COPIES: bool = true;
}

impl<T: Element> Sequence for T {
    type Item = T;
    const DEPTH: usize = 0;
    const COPIES: bool = false;
    fn measure(&self, _: usize, _: &mut [Option<usize>]) -> Result<()> {
        Ok(())
    }
    fn push_elements(&self, elements: &mut Vec<T>) {
        elements.push(*self);
    }
    fn array_of(items: Vec<T>) -> Result<Array<T>> {
        Ok(Array::from_vec(items))
    }
}

macro_rules! sequences {
    ($([$($parameter:tt)*] $type:ty;)*) => {$(
        impl<I: Sequence, $($parameter)*> Sequence for $type {
            type Item = I::Item;
            const DEPTH: usize = I::DEPTH + 1;
            fn measure(&self, depth: usize, shape: &mut [Option<usize>]) -> Result<()> {
                measure(&self[..], depth, shape)
            }
            fn push_elements(&self, elements: &mut Vec<I::Item>) {
                self.iter().for_each(|item| item.push_elements(elements));
            }
        }
    )*};
}
sequences! { [] Vec<I>; [] &Vec<I>; [] &[I]; [const N: usize] [I; N]; [const N: usize] &[I; N]; }

fn measure<I: Sequence>(items: &[I], depth: usize, shape: &mut [Option<usize>]) -> Result<()> {
    match shape[depth] {
        None => shape[depth] = Some(items.len()),
        Some(length) if length == items.len() => {}
        Some(length) => {
            return Err(Error::shape(format!(
                "nested sequences must be equally long: along axis {depth} one has {length} item(s), another {}",
                items.len()
            )));
        }
    }
    items.iter().try_for_each(|item| item.measure(depth + 1, shape))
}

fn of_items<I: Sequence>(items: &[I]) -> Result<Array<I::Item>> {
    let mut shape = vec![None; I::DEPTH + 1];
    measure(items, 0, &mut shape)?;
    // Of items that there are none of no length is known.
    let shape: Vec<usize> = shape.into_iter().map(|length| length.unwrap_or(0)).collect();
    let bytes = crate::layout::byte_size::<I::Item>(&shape)?;
    let mut elements = Vec::new();
    elements.try_reserve_exact(shape.iter().product()).map_err(|_| Error::memory(bytes))?;
    items.iter().for_each(|item| item.push_elements(&mut elements));
    debug_assert_eq!(elements.len(), shape.iter().product::<usize>(), "shape {}", error::Shape(&shape));
    Array::from_vec(elements).reshape(&shape)
}

impl<T: Element> IntoArray<T> for T {
    fn into_array(self) -> Result<Array<T>> {
        Ok(scalar(self))
    }
    fn needs_copy(&self) -> bool {
        true
    }
}

impl<T: Element, I: Sequence<Item = T>> IntoArray<T> for Vec<I> {
    fn into_array(self) -> Result<Array<T>> {
        I::array_of(self)
    }
    fn needs_copy(&self) -> bool {
        I::COPIES
    }
}

macro_rules! as_arrays_of_items {
    ($([$($parameter:tt)*] $type:ty;)*) => {$(
        impl<T: Element, I: Sequence<Item = T>, $($parameter)*> IntoArray<T> for $type {
            fn into_array(self) -> Result<Array<T>> {
                of_items(&self[..])
            }
            fn needs_copy(&self) -> bool {
                true
            }
        }
    )*};
}
as_arrays_of_items! { [] &Vec<I>; [] &[I]; [const N: usize] [I; N]; [const N: usize] &[I; N]; }

impl<T: Element> IntoArray<T> for Array<T> {
    fn into_array(self) -> Result<Array<T>> {
        Ok(self)
    }
    fn needs_copy(&self) -> bool {
        false
    }
}

impl<T: Element> IntoArray<T> for &Array<T> {
    fn into_array(self) -> Result<Array<T>> {
        Ok(self.clone())
    }
    fn needs_copy(&self) -> bool {
        false
    }
}

impl<T: Element> IntoArray<T> for AnyArray {
    fn into_array(self) -> Result<Array<T>> {
        if IntoArray::<T>::needs_copy(&self) {
            self.astype_with(crate::Casting::Unsafe)
        } else {
            self.downcast()
        }
    }
    fn needs_copy(&self) -> bool {
        self.dtype() != T::DTYPE
    }
}

impl<T: Element> IntoArray<T> for &AnyArray {
    fn into_array(self) -> Result<Array<T>> {
        self.clone().into_array()
    }
    fn needs_copy(&self) -> bool {
        self.dtype() != T::DTYPE
    }
}

impl<T: Element, D: Dimension> IntoArray<T> for ArrayBase<OwnedRepr<T>, D> {
    fn into_array(self) -> Result<Array<T>> {
        Ok(Array::from(self))
    }
    fn needs_copy(&self) -> bool {
        false
    }
}

impl<T: Element, S: Data<Elem = T>, D: Dimension> IntoArray<T> for &ArrayBase<S, D> {
    fn into_array(self) -> Result<Array<T>> {
        crate::copy::of_view(self)
    }
    fn needs_copy(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, arange};

    #[test]
    fn what_is_nested_must_be_even() {
        assert_eq!(asarray(vec![[[1u8, 2]], [[3, 4]]]).unwrap().shape(), [2, 1, 2]);
        assert_eq!(asarray([&[1.5, 2.5][..], &[3.5, 4.5]]).unwrap().to_vec(), [1.5, 2.5, 3.5, 4.5]);
        assert_eq!(asarray(vec![vec![true]; 3]).unwrap().shape(), [3, 1]);
        assert_eq!(asarray(Vec::<Vec<f64>>::new()).unwrap().shape(), [0, 0]);
        assert_eq!(asarray(vec![Vec::<f64>::new(); 2]).unwrap().shape(), [2, 0]);
        assert_eq!(asarray(vec![Vec::<[i8; 3]>::new(); 2]).unwrap().shape(), [2, 0, 0]);
        let ragged = vec![vec![vec![1, 2]], vec![vec![3]]];
        assert!(asarray(ragged).unwrap_err().to_string().contains("axis 2"));
        assert!(asarray(vec![vec![1, 2], vec![]]).unwrap_err().is_shape());
    }

    #[test]
    fn memory_is_taken_over_or_shared_or_copied() {
        let vector = vec![1.0, 2.0];
        let address = vector.as_ptr() as usize;
        assert_eq!(asarray_with(vector, CopyMode::Never).unwrap().address(), address);
        let vector = vec![1.0, 2.0];
        let address = vector.as_ptr() as usize;
        let copied = asarray_with(vector.clone(), CopyMode::Always).unwrap();
        assert_ne!(copied.address(), address);

        let a = arange(4.0).unwrap();
        let any = AnyArray::from(a.clone());
        assert_eq!(asarray_with::<f64>(&any, CopyMode::Never).unwrap().address(), a.address());
        assert!(asarray_with::<f32>(&any, CopyMode::Never).is_err());
        assert_eq!(asarray::<i8>(any).unwrap().dtype(), DType::Int8);

        let matrix = ndarray::array![[1, 2], [3, 4]];
        assert!(asarray_with(&matrix, CopyMode::Never).is_err());
        assert_eq!(asarray(&matrix.t()).unwrap().to_vec(), [1, 3, 2, 4]);
        let address = matrix.as_ptr() as usize;
        assert_eq!(asarray_with(matrix, CopyMode::Never).unwrap().address(), address);
        assert!(asarray_with(2.5, CopyMode::Never).is_err());
    }
}
