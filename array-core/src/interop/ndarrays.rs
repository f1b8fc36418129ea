//! From and to ndarray, of any dimension type.

use ndarray::{
    ArcArray, ArrayBase, ArrayRef, ArrayView, ArrayViewMut, CowArray, Data, Dimension, Ix, ShapeBuilder,
};

use crate::{Array, Buffer, Element, Error, Result, copy, error};

/// Takes the memory over, without copying, in whatever order it is. Of a view, and of an array that is shared, the
/// elements are copied.
///
/// ```
/// # use array_core::Array;
/// let theirs = ndarray::array![[1.0, 2.0], [3.0, 4.0]];
/// let address = theirs.as_ptr() as usize;
/// assert_eq!(Array::from(theirs.slice(ndarray::s![.., 0])), [1.0, 3.0]);
/// assert_eq!(Array::from(theirs).address(), address);
/// ```
impl<T: Element, S: Data<Elem = T>, D: Dimension> From<ArrayBase<S, D>> for Array<T> {
    fn from(array: ArrayBase<S, D>) -> Self {
        let array = match array.try_into_owned_nocopy() {
            Ok(owned) => owned,
            Err(shared) => return error::or_panic(copy::of_view(&shared)),
        };
        let shape: Vec<Ix> = array.shape().to_vec();
        let strides = array.strides().to_vec();
        let (vector, offset) = array.into_raw_vec_and_offset();
        let buffer = Buffer::from_vec(vector);
        let pointer = buffer.as_ptr().cast::<T>().wrapping_add(offset.unwrap_or(0));
        // SAFETY: these are ndarray's own shape, strides and first element over the vector that it
        // gave up; an empty array reaches no element.
        unsafe { Array::from_raw_parts(buffer, pointer, &shape, &strides) }
    }
}

/// Copies the elements.
impl<T: Element, S: Data<Elem = T>, D: Dimension> From<&ArrayBase<S, D>> for Array<T> {
    fn from(array: &ArrayBase<S, D>) -> Self {
        error::or_panic(copy::of_view(array))
    }
}

/// Copies the elements.
impl<T: Element, D: Dimension> From<&ArrayRef<T, D>> for Array<T> {
    fn from(array: &ArrayRef<T, D>) -> Self {
        error::or_panic(copy::of_view(array))
    }
}

/// To ndarray's arrays and views. `D` is ndarray's name of a rank: `Ix0` to `Ix6`, or `IxDyn` for any.
impl<T: Element> Array<T> {
    /// An ndarray view whose rank the compiler knows, at no cost.
    ///
    /// ```
    /// # use array_core::arange;
    /// use ndarray::{Ix1, Ix2};
    /// let a = arange(6)?.reshape([2, 3])?;
    /// assert_eq!(a.view_as::<Ix2>()?[[1, 2]], 5);
    /// let error = a.view_as::<Ix1>().unwrap_err();
    /// assert!(error.to_string().contains("2 dimension(s) (shape (2, 3)), not 1"));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array is of another rank; the error names both.
    pub fn view_as<D: Dimension>(&self) -> Result<ArrayView<'_, T, D>> {
        self.check_rank::<D>()?;
        Ok(self.view().into_dimensionality().expect("checked"))
    }

    /// As [`view_as`](Self::view_as), to write through; copies the elements first unless
    /// [`is_unique`](Self::is_unique).
    ///
    /// # Errors
    /// When the array is of another rank; the error names both. When there is no memory for a copy.
    pub fn view_mut_as<D: Dimension>(&mut self) -> Result<ArrayViewMut<'_, T, D>> {
        self.check_rank::<D>()?;
        self.try_make_unique()?;
        Ok(self.view_mut().into_dimensionality().expect("checked"))
    }

    /// An array of ndarray's. The elements are not copied if they came from a vector (or from ndarray), nobody
    /// else holds them, and they are in row-major or column-major order.
    ///
    /// ```
    /// # use array_core::arange;
    /// let theirs: ndarray::Array2<i64> = arange(6)?.reshape([2, 3])?.into_ndarray()?;
    /// assert_eq!(theirs, ndarray::array![[0, 1, 2], [3, 4, 5]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array is of another rank; the error names both. When there is no memory for a copy.
    pub fn into_ndarray<D: Dimension>(self) -> Result<ndarray::Array<T, D>> {
        self.check_rank::<D>()?;
        let shape = self.shape().to_vec();
        let is_column_major = !self.is_contiguous() && self.t().is_contiguous();
        let vector =
            if is_column_major { into_transposed(self).try_into_vec()? } else { self.try_into_vec()? };
        let array = ndarray::ArrayD::from_shape_vec(shape.set_f(is_column_major), vector);
        Ok(array.expect("as many as the shape has").into_dimensionality().expect("checked"))
    }

    fn check_rank<D: Dimension>(&self) -> Result<()> {
        match D::NDIM {
            Some(ndim) if ndim != self.ndim() => Err(Error::shape(format!(
                "the array has {} dimension(s) (shape {}), not {ndim}: reshape it, or take IxDyn for any rank",
                self.ndim(),
                error::Shape(self.shape()),
            ))),
            _ => Ok(()),
        }
    }
}

/// The axes in reverse order, without a second holder of the memory.
fn into_transposed<T: Element>(a: Array<T>) -> Array<T> {
    a.t()
}

macro_rules! try_from_arrays {
    ($($(#[$doc:meta])* [$($lifetime:lifetime)?] $from:ty => $to:ty: |$array:ident| $value:expr;)*) => {$(
        $(#[$doc])*
        impl<$($lifetime,)? T: Element, D: Dimension> TryFrom<$from> for $to {
            type Error = Error;

            /// # Errors
            /// When the array is of another rank; the error names both.
            fn try_from($array: $from) -> Result<Self> {
                $value
            }
        }
    )*};
}
try_from_arrays! {
    /// As [`Array::into_ndarray`].
    [] Array<T> => ndarray::Array<T, D>: |array| array.into_ndarray();
    /// Copies the elements.
    [] &Array<T> => ndarray::Array<T, D>: |array| array.clone().into_ndarray();
    /// As [`Array::into_ndarray`].
    [] Array<T> => ArcArray<T, D>: |array| array.into_ndarray().map(ndarray::Array::into_shared);
    /// As [`Array::view_as`].
    ['a] &'a Array<T> => ArrayView<'a, T, D>: |array| array.view_as();
    /// As [`Array::view_mut_as`].
    ['a] &'a mut Array<T> => ArrayViewMut<'a, T, D>: |array| array.view_mut_as();
    /// As [`Array::view_as`].
    ['a] &'a Array<T> => CowArray<'a, T, D>: |array| array.view_as().map(CowArray::from);
    /// As [`Array::into_ndarray`].
    ['a] Array<T> => CowArray<'a, T, D>: |array| array.into_ndarray().map(CowArray::from);
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, ArrayD, ArrayView2, Axis, Ix0, Ix1, Ix2, Ix3, IxDyn};

    use super::*;
    use crate::{arange, flip, s, scalar, zeros};

    #[test]
    fn ndarrays_keep_their_memory_and_order() {
        let rows = ndarray::array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let address = rows.as_ptr() as usize;
        let a = Array::from(rows.reversed_axes());
        assert_eq!(a.address(), address);
        assert_eq!((a.shape(), a.strides()), (&[3, 2][..], &[1, 3][..]));
        assert_eq!(a.to_vec(), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);

        let mut reversed = Array1::from_iter(0..5);
        reversed.invert_axis(Axis(0));
        assert_eq!(Array::from(reversed).to_vec(), [4, 3, 2, 1, 0]);
        assert_eq!(Array::from(Array2::<f32>::zeros((0, 3))).shape(), [0, 3]);
        assert_eq!(Array::from(ndarray::arr0(7)).item().unwrap(), 7);
        let part = Array2::<i32>::from_shape_fn((4, 5), |(i, j)| (5 * i + j) as i32);
        let part = part.slice_move(ndarray::s![1..;2, ..;-2]);
        assert_eq!(Array::from(part), [[9, 7, 5], [19, 17, 15]]);
    }

    #[test]
    fn every_kind_of_array_is_taken() {
        let owned = ndarray::array![[1i16, 2, 3], [4, 5, 6]];
        let expected = [[1, 4], [2, 5], [3, 6]];
        let mut writable = owned.clone();
        assert_eq!(Array::from(owned.t()), expected);
        assert_eq!(Array::from(&owned.t()), expected);
        assert_eq!(Array::from(writable.view_mut().reversed_axes()), expected);
        assert_eq!(Array::from(CowArray::from(owned.t())), expected);
        assert_eq!(Array::from(&*owned.t()), expected);
        assert_eq!(Array::from(owned.broadcast((2, 2, 3)).unwrap()).shape(), [2, 2, 3]);
        assert_eq!(Array::from(owned.slice(ndarray::s![..;-1, 1])), [5, 2]);
        let shared = owned.clone().into_shared();
        let (address, other) = (shared.as_ptr() as usize, shared.clone());
        assert_ne!(Array::from(shared).address(), address, "somebody else holds it");
        assert_eq!(Array::from(other).address(), address);
    }

    #[test]
    fn there_and_back_without_copying() {
        for theirs in [ndarray::array![[1, 2, 3], [4, 5, 6]], ndarray::array![[1, 4], [2, 5]].reversed_axes()]
        {
            let (address, strides) = (theirs.as_ptr(), theirs.strides().to_vec());
            let back: Array2<i32> = Array::from(theirs.clone()).try_into().unwrap();
            assert_eq!(back, theirs);
            let back: Array2<i32> = Array::from(theirs).try_into().unwrap();
            assert_eq!((back.as_ptr(), back.strides()), (address, &strides[..]));
        }
    }

    #[test]
    fn all_layouts_to_all_kinds() {
        let a = arange(12).unwrap().reshape([3, 4]).unwrap();
        let kept = a.clone();
        for mut a in [
            a.t(),
            flip(&a, ..).unwrap(),
            a.slice(s![.., ..;2]).unwrap(),
            a.slice(s![0]).unwrap().broadcast_to([3, 4]).unwrap(),
            zeros([0, 3]).unwrap(),
            a,
        ] {
            let expected = a.view().to_owned().into_dimensionality::<Ix2>().unwrap();
            assert_eq!(a.view_as::<Ix2>().unwrap(), expected);
            assert_eq!(ArrayView2::try_from(&a).unwrap(), expected);
            assert_eq!(Array2::try_from(&a).unwrap(), expected);
            assert_eq!(Array2::try_from(a.clone()).unwrap(), expected);
            assert_eq!(ArcArray::<_, Ix2>::try_from(a.clone()).unwrap(), expected);
            assert_eq!(CowArray::<_, Ix2>::try_from(&a).unwrap(), expected);
            assert_eq!(ArrayD::try_from(a.clone()).unwrap(), expected.into_dyn());
            a.view_mut_as::<Ix2>().unwrap().fill(7);
            assert!(a.iter().all(|&x| x == 7));
        }
        assert_eq!(kept, arange(12).unwrap().reshape([3, 4]).unwrap(), "left alone");
    }

    #[test]
    fn another_rank_is_an_error_that_names_both() {
        let mut a = zeros::<f64>([2, 3]).unwrap();
        let text = a.view_as::<Ix3>().unwrap_err().to_string();
        assert!(text.contains("2 dimension(s) (shape (2, 3)), not 3"), "{text}");
        assert!(a.view_mut_as::<Ix0>().unwrap_err().is_shape());
        assert!(a.clone().into_ndarray::<Ix1>().unwrap_err().is_shape());
        assert!(Array1::try_from(&a).is_err());
        assert!(a.into_ndarray::<IxDyn>().is_ok());
        assert_eq!(scalar(3).into_ndarray::<Ix0>().unwrap().into_scalar(), 3);
    }
}
