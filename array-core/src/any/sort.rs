//! Arrays of any dtype sorted and searched. Compiled for each dtype, so only with the feature `any`.

use super::AnyArray;
use crate::axes::IntoAxes;
use crate::sort::{self, Side};
use crate::{Array, Result, result_type};

impl AnyArray {
    /// As [`sort`](crate::sort): a copy.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let a = AnyArray::from(Array::from([3u8, 1, 2]));
    /// assert_eq!(a.sort(0)?, AnyArray::from(Array::from([1u8, 2, 3])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory.
    pub fn sort(&self, axis: impl IntoAxes) -> Result<AnyArray> {
        self.sorted(axis.into_axes().as_deref())
    }

    fn sorted(&self, axis: Option<&[isize]>) -> Result<AnyArray> {
        each!(self, a => sort::sort(a, axis).map(AnyArray::from))
    }

    /// As [`argsort`](crate::argsort).
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let a = AnyArray::from(array![3.0, 1.0, 2.0]);
    /// assert_eq!(a.argsort(0)?.to_vec(), [1, 2, 0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the axis is out of bounds, or there is no memory.
    pub fn argsort(&self, axis: impl IntoAxes) -> Result<Array<i64>> {
        self.argsorted(axis.into_axes().as_deref())
    }

    fn argsorted(&self, axis: Option<&[isize]>) -> Result<Array<i64>> {
        each!(self, a => sort::argsort(a, axis))
    }

    /// As [`unique`](crate::unique).
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let a = AnyArray::from(array![3, 1, 3]);
    /// assert_eq!(a.unique()?.downcast::<i32>()?.to_vec(), [1, 3]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory.
    pub fn unique(&self) -> Result<AnyArray> {
        each!(self, a => sort::unique(a).map(AnyArray::from))
    }

    /// As [`searchsorted`](crate::searchsorted), in the dtype in which both meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, Side, array};
    /// let a = AnyArray::from(array![10, 20, 30]);
    /// let found = a.searchsorted(&AnyArray::from(array![20.5, 10.0]), Side::Left)?;
    /// assert_eq!(found.to_vec(), [2, 0]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When this array has not one axis.
    pub fn searchsorted(&self, values: &AnyArray, side: Side) -> Result<Array<i64>> {
        let dtype = result_type((self, values))?;
        let values = values.converted(dtype)?;
        each!(&self.converted(dtype)?, a => sort::searchsorted(a, values.downcast_ref()?, side))
    }
}
