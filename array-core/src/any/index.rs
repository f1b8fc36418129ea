//! Parts of arrays of any dtype, read and written.

use std::mem;

use super::moved::{moved, stand_in};
use super::{AnyArray, AnyOperand};
use crate::axes::IntoAxes;
use crate::dtype;
use crate::index::{self, ElementIndex, IntoIndices, offset};
use crate::{Array, Casting, Element, Error, IndexItem, Kind, Result, complex128, iinfo};

impl AnyArray {
    /// The part that an index names, as [`Array::slice`]: a view, or with arrays of positions or masks a copy. These may be
    /// of any dtype as well, as long as it is of integers or `bool`.
    ///
    /// ```
    /// # use array_core::{AnyArray, arange, s};
    /// let a = AnyArray::from(arange(10.0)?);
    /// assert_eq!(a.slice(s![2..4])?, AnyArray::from(arange((2.0, 4.0))?));
    /// let mask = AnyArray::from(arange(10i64)?).cast("bool".parse()?);
    /// assert_eq!(a.slice(s![&mask])?.len(), 9);
    /// assert!(a.slice(s![&a]).unwrap_err().is_dtype());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Array::slice`]; when the dtype of an array in the index is neither of integers nor `bool`.
    pub fn slice(&self, index: impl AsRef<[IndexItem]>) -> Result<AnyArray> {
        let index = index.as_ref();
        moved!(self.clone(), |array, back| array.slice(index).map(back))
    }

    /// `a[index] = values`, as [`Array::assign`]: an array of any dtype, converted to this one, or a number, which an
    /// array of integers must be able to hold.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array, DType, s};
    /// let mut a = AnyArray::zeros(4, DType::UInt8)?;
    /// a.assign(s![1..], 7)?;
    /// a.assign(s![[0, 3]], Array::from([1.9, 2.9]))?;
    /// assert_eq!(a, AnyArray::from(Array::from([1u8, 7, 7, 2])));
    /// assert!(a.assign(s![0], 256).unwrap_err().is_value());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Array::assign`]; when the dtype does not hold the number, or has no complex ones.
    pub fn assign<'a>(
        &mut self,
        index: impl AsRef<[IndexItem]>,
        values: impl Into<AnyOperand<'a>>,
    ) -> Result<()> {
        self.assign_operand(index.as_ref(), values.into())
    }

    fn assign_operand(&mut self, index: &[IndexItem], values: AnyOperand<'_>) -> Result<()> {
        let dtype = self.dtype();
        match values {
            AnyOperand::Complex(_) if matches!(dtype.kind(), Kind::Signed | Kind::Unsigned | Kind::Float) => {
                dtype::check(complex128::DTYPE, dtype, Casting::SameKind)?;
            }
            AnyOperand::Float(value) => {
                let is_held =
                    |info: iinfo| value.is_finite() && (info.min..=info.max).contains(&(value as i128));
                if !iinfo(dtype).map_or(true, is_held) {
                    return Err(Error::value(format!("{value} out of bounds for {dtype}")));
                }
            }
            _ => {}
        }
        let values = values.into_array(dtype)?;
        let values =
            if values.dtype() == dtype { values } else { values.cast_with(dtype, Casting::Unsafe)? };
        // Taken out, so that the stand-in is the buffer's only holder if this array is.
        let array = mem::replace(self, AnyArray::UInt8(Array::from_vec(Vec::new())));
        let outcome;
        (*self, outcome) = moved!(array, |array, back| {
            let mut array = array;
            let outcome = array.assign(index, &stand_in(&values, &array));
            (back(array), outcome)
        });
        outcome
    }

    /// The element at a full index, its dtype known; negative positions count from the end.
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let a = AnyArray::from(array![[1.5, 2.5], [3.5, 4.5]]);
    /// assert_eq!(a.get::<f64>([1, -1])?, 4.5);
    /// assert!(a.get::<f32>([1, -1]).unwrap_err().is_dtype());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it is of another dtype, a position is out of bounds, or there are not as many as axes.
    pub fn get<T: Element>(&self, index: impl ElementIndex) -> Result<T> {
        self.downcast_ref::<T>()?.get(index)
    }

    /// Writes the element at a full index, as [`assign`](Self::assign) does; copies the array first unless it is unique.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let mut a = AnyArray::from(Array::from([1i16, 2]));
    /// a.set([-1], 300)?;
    /// assert_eq!(a.get::<i16>([1])?, 300);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a position is out of bounds, there are not as many as axes, or the dtype does not hold the number.
    pub fn set<'a>(&mut self, index: impl ElementIndex, value: impl Into<AnyOperand<'a>>) -> Result<()> {
        let items: Vec<IndexItem> = index.with_positions(|index| {
            offset(index, self.shape(), self.strides())?;
            Ok(index.iter().map(|&i| IndexItem::Integer(i)).collect())
        })?;
        self.assign_operand(&items, value.into())
    }

    /// The only element of an array of one element, its dtype known.
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// assert_eq!(AnyArray::from(array![[5]]).item::<i32>()?, 5);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is not exactly one, or it is of another dtype.
    pub fn item<T: Element>(&self) -> Result<T> {
        self.downcast_ref::<T>()?.item()
    }

    /// As [`take`](crate::take).
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let a = AnyArray::from(array![10, 20, 30]);
    /// assert_eq!(a.take([2, 0], 0)?.downcast::<i32>()?.to_vec(), [30, 10]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis or a position is out of bounds.
    pub fn take(&self, indices: impl IntoIndices, axis: impl IntoAxes) -> Result<AnyArray> {
        let (indices, axis) = (indices.into_indices()?, axis.into_axes());
        moved!(self.clone(), |array, back| crate::take(&array, &indices, axis.as_deref()).map(back))
    }

    /// As [`nonzero`](crate::nonzero).
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let a = AnyArray::from(array![0, 3, 4]);
    /// assert_eq!(a.nonzero()[0].to_vec(), [1, 2]);
    /// ```
    pub fn nonzero(&self) -> Vec<Array<i64>> {
        index::nonzero(&self.astype::<bool>())
    }
}
