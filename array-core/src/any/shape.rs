//! Shapes and axes of arrays of any dtype, as [`Array`](crate::Array) has them: views where those are views.

use super::moved::moved;
use super::{AnyArray, AnyOperand};
use crate::axes::IntoAxes;
use crate::create::IntoShape;
use crate::manipulate::{self, Repeats, Sections};
use crate::{DType, IndexItem, Result, layout};

impl AnyArray {
    /// As [`Array::reshape`](crate::Array::reshape).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?);
    /// assert_eq!(a.reshape([2, -1])?.shape(), [2, 3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the shape has another number of elements.
    pub fn reshape(&self, shape: impl IntoShape) -> Result<AnyArray> {
        shape.with_lengths(|lengths| self.reshaped(lengths))
    }

    fn reshaped(&self, lengths: &[Option<usize>]) -> Result<AnyArray> {
        moved!(self.clone(), |array, back| array.reshape(lengths).map(back))
    }

    /// As [`Array::broadcast_to`](crate::Array::broadcast_to).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?);
    /// assert_eq!(a.broadcast_to([4, 6])?.strides(), [0, 1]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the array does not broadcast to that shape.
    pub fn broadcast_to(&self, shape: impl IntoShape) -> Result<AnyArray> {
        shape.with_shape(|shape| moved!(self.clone(), |array, back| array.broadcast_to(shape).map(back)))
    }

    /// The axes in reverse order: the same memory.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?).reshape([2, 3])?;
    /// assert_eq!(a.t().shape(), [3, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn t(&self) -> AnyArray {
        moved!(self.clone(), |array, back| back(array.t()))
    }

    /// As [`Array::transpose`](crate::Array::transpose).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(24)?).reshape([2, 3, 4])?;
    /// assert_eq!(a.transpose(&[2, 0, 1])?.shape(), [4, 2, 3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is missing, repeated or out of bounds.
    pub fn transpose(&self, axes: &[isize]) -> Result<AnyArray> {
        moved!(self.clone(), |array, back| array.transpose(axes).map(back))
    }

    /// As [`swapaxes`](crate::swapaxes).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(24)?).reshape([2, 3, 4])?;
    /// assert_eq!(a.swapaxes(0, -1)?.shape(), [4, 3, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is out of bounds.
    pub fn swapaxes(&self, axis1: isize, axis2: isize) -> Result<AnyArray> {
        let mut axes: Vec<isize> = (0..self.ndim() as isize).collect();
        axes.swap(layout::normalise_axis(axis1, self.ndim())?, layout::normalise_axis(axis2, self.ndim())?);
        self.transpose(&axes)
    }

    /// As [`moveaxis`](crate::moveaxis).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(24)?).reshape([2, 3, 4])?;
    /// assert_eq!(a.moveaxis(0, -1)?.shape(), [3, 4, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice, or there are not as many in both.
    pub fn moveaxis(&self, from: impl IntoAxes, to: impl IntoAxes) -> Result<AnyArray> {
        let (from, to) = (from.into_axes(), to.into_axes());
        let (from, to) = (from.as_deref(), to.as_deref());
        moved!(self.clone(), |array, back| manipulate::moveaxis(&array, from, to).map(back))
    }

    /// As [`squeeze`](crate::squeeze).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?).reshape([1, 6, 1])?;
    /// assert_eq!((a.squeeze(0)?.shape(), a.squeeze(..)?.shape()), (&[6, 1][..], &[6][..]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is out of bounds or longer than one.
    pub fn squeeze(&self, axes: impl IntoAxes) -> Result<AnyArray> {
        let axes = axes.into_axes();
        let axes = axes.as_deref();
        moved!(self.clone(), |array, back| manipulate::squeeze(&array, axes).map(back))
    }

    /// As [`expand_dims`](crate::expand_dims).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?);
    /// assert_eq!(a.expand_dims([0, 2])?.shape(), [1, 6, 1]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a place is out of bounds or given twice.
    pub fn expand_dims(&self, axes: impl IntoAxes) -> Result<AnyArray> {
        let axes = axes.into_axes();
        let axes = axes.as_deref();
        moved!(self.clone(), |array, back| manipulate::expand_dims(&array, axes).map(back))
    }

    /// As [`flip`](crate::flip).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.flip(0)?.downcast::<i32>()?.to_vec(), [2, 1, 0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice.
    pub fn flip(&self, axes: impl IntoAxes) -> Result<AnyArray> {
        let axes = axes.into_axes();
        let axes = axes.as_deref();
        moved!(self.clone(), |array, back| manipulate::flip(&array, axes).map(back))
    }

    /// As [`roll`](crate::roll).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(4)?);
    /// assert_eq!(a.roll(1, 0)?.downcast::<i32>()?.to_vec(), [3, 0, 1, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When an axis is out of bounds, or shifts and axes do not go together.
    pub fn roll(&self, shift: impl IntoAxes, axes: impl IntoAxes) -> Result<AnyArray> {
        let (shift, axes) = (shift.into_axes(), axes.into_axes());
        let (shift, axes) = (shift.as_deref(), axes.as_deref());
        moved!(self.clone(), |array, back| manipulate::roll(&array, shift, axes).map(back))
    }

    /// As [`repeat`](crate::repeat).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.repeat(2, 0)?.downcast::<i32>()?.to_vec(), [0, 0, 1, 1, 2, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or there are neither one count nor as many as positions along it.
    pub fn repeat(&self, repeats: impl Repeats, axis: impl IntoAxes) -> Result<AnyArray> {
        let axis = axis.into_axes();
        let repeats: &dyn Repeats = &repeats;
        moved!(self.clone(), |array, back| manipulate::repeat(&array, repeats, axis.as_deref()).map(back))
    }

    /// As [`tile`](crate::tile).
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(3)?);
    /// assert_eq!(a.tile(2)?.downcast::<i32>()?.to_vec(), [0, 1, 2, 0, 1, 2]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn tile(&self, repetitions: impl IntoShape) -> Result<AnyArray> {
        repetitions.with_shape(|repetitions| {
            moved!(self.clone(), |array, back| manipulate::tile(&array, repetitions).map(back))
        })
    }

    /// As [`split`](crate::split): views.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?);
    /// let parts = a.split(2, 0)?;
    /// assert_eq!(parts[1].astype::<i32>().to_vec(), [3, 4, 5]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or its length is no multiple of the number of parts.
    pub fn split(&self, sections: impl Sections, axis: isize) -> Result<Vec<AnyArray>> {
        let axis = layout::normalise_axis(axis, self.ndim())?;
        let parts = sections.bounds(self.shape()[axis], true)?;
        let part = |(start, end)| {
            let mut index = vec![IndexItem::from(..); axis];
            index.push(IndexItem::from(start..end));
            self.slice(&index)
        };
        parts.into_iter().map(part).collect()
    }

    /// The elements in row-major order along one axis: the same memory where the strides allow it, else a copy.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?).reshape([2, 3])?;
    /// assert_eq!(a.ravel().shape(), [6]);
    /// assert_eq!(a.ravel().address(), a.address());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn ravel(&self) -> AnyArray {
        moved!(self.clone(), |array, back| back(array.ravel()))
    }

    /// As [`ravel`](Self::ravel), but always a copy.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?).reshape([2, 3])?;
    /// assert_eq!(a.flatten().shape(), [6]);
    /// assert_ne!(a.flatten().address(), a.address());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn flatten(&self) -> AnyArray {
        moved!(self.clone(), |array, back| back(array.flatten()))
    }

    /// A copy in row-major order, in a buffer of its own.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?);
    /// assert_eq!(a.copy(), a);
    /// assert_ne!(a.copy().address(), a.address());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn copy(&self) -> AnyArray {
        moved!(self.clone(), |array, back| back(array.copy()))
    }

    /// The same elements in row-major order: this array itself if it already is.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange};
    /// let a = AnyArray::from(arange(6)?).reshape([2, 3])?;
    /// assert!(!a.t().is_contiguous() && a.t().to_contiguous().is_contiguous());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn to_contiguous(&self) -> AnyArray {
        if self.is_contiguous() { self.clone() } else { self.copy() }
    }

    /// Zeros (`false` for `bool`) of a dtype known at run time: [`zeros`](crate::zeros).
    ///
    /// ```
    /// # use array_core::{AnyArray, DType};
    /// let a = AnyArray::zeros([2, 3], "float32".parse()?)?;
    /// assert_eq!((a.dtype(), a.shape()), (DType::Float32, &[2, 3][..]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn zeros(shape: impl IntoShape, dtype: DType) -> Result<AnyArray> {
        macro_rules! by_dtype {
            ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
                |shape: &[usize]| Ok(match dtype {
                    $(DType::$variant => AnyArray::from(crate::zeros::<$type>(shape)?),)*
                })
            };
        }
        shape.with_shape(crate::for_each_dtype!(by_dtype))
    }

    /// The same number everywhere, in a dtype known at run time: [`full`](crate::full).
    ///
    /// ```
    /// # use array_core::{AnyArray, Array, DType};
    /// assert_eq!(AnyArray::full(2, 7, DType::Float32)?, AnyArray::from(Array::from([7.0f32; 2])));
    /// assert!(AnyArray::full(2, 300, DType::UInt8).unwrap_err().is_value());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for it, or the dtype does not hold the number.
    pub fn full<'a>(
        shape: impl IntoShape,
        value: impl Into<AnyOperand<'a>>,
        dtype: DType,
    ) -> Result<AnyArray> {
        let mut array = AnyArray::zeros(shape, dtype)?;
        array.assign([IndexItem::Ellipsis], value)?;
        Ok(array)
    }
}
