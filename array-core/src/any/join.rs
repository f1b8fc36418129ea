//! Arrays of any dtypes joined: in the dtype in which all of them meet, as NumPy does.

use std::borrow::Borrow;

use super::moved::{moved, stand_in};
use super::{AnyArray, AnyOperand};
use crate::axes::IntoAxes;
use crate::manipulate;
use crate::{Array, DType, Element, Result, result_type};

impl AnyArray {
    /// The arrays one after the other along an axis that they have; with `..`, all flattened: [`concat`](crate::concat)
    /// in the dtype in which they meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array, DType};
    /// let a = AnyArray::from(Array::from([1i8, 2]));
    /// let b = AnyArray::from(Array::from([0.5f32]));
    /// let both = AnyArray::concat(&[&a, &b], 0)?;
    /// assert_eq!(both, AnyArray::from(Array::from([1.0f32, 2.0, 0.5])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`concat`](crate::concat).
    pub fn concat(arrays: &[impl Borrow<AnyArray>], axis: impl IntoAxes) -> Result<AnyArray> {
        let axis = axis.into_axes();
        joined(&borrowed(arrays), &|arrays| {
            let [first, ..] = arrays else {
                return manipulate::concat(&[] as &[Array<u8>], 0).map(AnyArray::from);
            };
            moved!(first.clone(), |first, back| manipulate::concat(&alike(arrays, &first), axis.as_deref())
                .map(back))
        })
    }

    /// The arrays, all of one shape, along a new axis at this place of the result: [`stack`](crate::stack) in the dtype
    /// in which they meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, DType, array};
    /// let (a, b) = (AnyArray::from(array![1, 2]), AnyArray::from(array![0.5, 1.5]));
    /// let both = AnyArray::stack(&[&a, &b], 0)?;
    /// assert_eq!((both.shape(), both.dtype()), (&[2, 2][..], DType::Float64));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`stack`](crate::stack).
    pub fn stack(arrays: &[impl Borrow<AnyArray>], axis: isize) -> Result<AnyArray> {
        joined(&borrowed(arrays), &|arrays| {
            let [first, ..] = arrays else {
                return manipulate::stack(&[] as &[Array<u8>], 0).map(AnyArray::from);
            };
            moved!(first.clone(), |first, back| manipulate::stack(&alike(arrays, &first), axis).map(back))
        })
    }

    /// Above one another: [`vstack`](crate::vstack) in the dtype in which they meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let (a, b) = (AnyArray::from(array![1, 2]), AnyArray::from(array![0.5, 1.5]));
    /// assert_eq!(AnyArray::vstack(&[&a, &b])?.downcast::<f64>()?, array![[1.0, 2.0], [0.5, 1.5]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`concat`](Self::concat).
    pub fn vstack(arrays: &[impl Borrow<AnyArray>]) -> Result<AnyArray> {
        let raised = |a: &AnyArray| match a.shape() {
            [] => a.reshape([1, 1]),
            &[n] => a.reshape([1, n]),
            _ => Ok(a.clone()),
        };
        let arrays: Vec<AnyArray> = arrays.iter().map(|a| raised(a.borrow())).collect::<Result<_>>()?;
        Self::concat(&arrays, 0)
    }

    /// Side by side: [`hstack`](crate::hstack) in the dtype in which they meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, array};
    /// let (a, b) = (AnyArray::from(array![1, 2]), AnyArray::from(array![0.5, 1.5]));
    /// assert_eq!(AnyArray::hstack(&[&a, &b])?.downcast::<f64>()?, array![1.0, 2.0, 0.5, 1.5]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`concat`](Self::concat).
    pub fn hstack(arrays: &[impl Borrow<AnyArray>]) -> Result<AnyArray> {
        let raised = |a: &AnyArray| if a.ndim() == 0 { a.reshape([1]) } else { Ok(a.clone()) };
        let arrays: Vec<AnyArray> = arrays.iter().map(|a| raised(a.borrow())).collect::<Result<_>>()?;
        let axis = if arrays.first().is_some_and(|a| a.ndim() == 1) { 0 } else { 1 };
        Self::concat(&arrays, axis)
    }

    /// From each place the element of the first array whose condition holds there, or `default`, an array or a number:
    /// [`select`](crate::select) in the dtype in which all of them meet.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let (small, large) = (Array::from([true, false, false]), Array::from([false, false, true]));
    /// let (a, b) = (AnyArray::from(Array::from([1i8, 2, 3])), AnyArray::from(Array::from([0.5f32, 1.5, 2.5])));
    /// let chosen = AnyArray::select(&[small, large], &[a, b], -1)?;
    /// assert_eq!(chosen, AnyArray::from(Array::from([1.0f32, -1.0, 2.5])));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`select`](crate::select); when a whole number does not fit the arrays' dtype.
    pub fn select<'a>(
        conditions: &[impl Borrow<Array<bool>>],
        choices: &[impl Borrow<AnyArray>],
        default: impl Into<AnyOperand<'a>>,
    ) -> Result<AnyArray> {
        let conditions: Vec<&Array<bool>> = conditions.iter().map(Borrow::borrow).collect();
        let (choices, default) = (borrowed(choices), default.into());
        let dtype = default.dtype_beside(choices.iter().map(|a| a.dtype()).reduce(DType::promote));
        let default = default.into_array(dtype)?;
        joined(&[&choices[..], &[&default]].concat(), &|arrays| {
            let (default, choices) = arrays.split_last().expect("the default is among them");
            moved!(default.clone(), |default, back| {
                let choices = alike(choices, &default);
                crate::select(&conditions, &choices, &default).map(back)
            })
        })
    }
}

fn borrowed(arrays: &[impl Borrow<AnyArray>]) -> Vec<&AnyArray> {
    arrays.iter().map(Borrow::borrow).collect()
}

/// The arrays, in the dtype in which they meet, joined.
fn joined(arrays: &[&AnyArray], join: &dyn Fn(&[AnyArray]) -> Result<AnyArray>) -> Result<AnyArray> {
    if arrays.is_empty() {
        return join(&[]);
    }
    let dtype = result_type(arrays)?;
    let converted = |a: &&AnyArray| if a.dtype() == dtype { Ok((*a).clone()) } else { a.converted(dtype) };
    join(&arrays.iter().map(converted).collect::<Result<Vec<_>>>()?)
}

/// The arrays, of one dtype, as stand-ins like this one.
fn alike<S: Element>(arrays: &[AnyArray], like: &Array<S>) -> Vec<Array<S>> {
    arrays.iter().map(|a| stand_in(a, like)).collect()
}
