//! Reductions by a closure of two elements, along one axis, from its first element to its last: the
//! closure need be neither associative nor commutative.
//!
//! Along a long axis each lane is folded in a register; across a short one the closure is applied to
//! whole slices, as an element-wise function.

use ndarray::Axis;

use super::call::like;
use super::closure::{self, Closure};
use super::function::{Argument, Function};
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, IndexItem, Result};

/// `f(… f(f(a[0], a[1]), a[2]) …)` along an axis, which the result has not.
///
/// # Errors
/// When there is no such axis, or it is empty and the result is not.
pub fn reduce<F: Closure<(T, T), Output = T>, T: Element>(
    f: &F,
    cost: f32,
    a: &Array<T>,
    axis: isize,
) -> Result<Array<T>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let shape = without(a.shape(), axis);
    let (length, lanes) = (a.shape()[axis], layout::element_count(&shape)?);
    if length == 0 && lanes > 0 {
        return Err(Error::value(format!(
            "a function of one's own has no identity: axis {axis} of an array of shape {} must not be empty",
            crate::error::Shape(a.shape())
        )));
    }
    let mut result = crate::zeros::<T>(&shape[..])?;
    if length > lanes {
        let view = a.view();
        for (lane, out) in view.lanes(Axis(axis)).into_iter().zip(result.as_slice_mut()) {
            *out = lane.iter().copied().reduce(|a, b| f.call((a, b))).expect("not empty");
        }
        return Ok(result);
    }
    if length > 0 {
        let strides = without(a.strides(), axis);
        let slice = |index| slice_at(a, index * a.strides()[axis], &shape, &strides);
        let function = closure::function::<F, (T, T), 4>(cost);
        // SAFETY: `result` is unique and has the shape of `a`'s slices.
        unsafe {
            let whole = Argument::new(&result);
            Function::conversion(T::DTYPE, T::DTYPE).apply(&[slice(0), whole]);
            for index in 1..length as isize {
                function.apply(&[closure::operand(f), whole, slice(index), whole]);
            }
        }
    }
    Ok(result)
}

/// All results of [`reduce`] on the way, each in its place: of `a`'s shape.
///
/// # Errors
/// When there is no such axis, or no memory for the result.
pub fn accumulate<F: Closure<(T, T), Output = T>, T: Element>(
    f: &F,
    cost: f32,
    a: &Array<T>,
    axis: isize,
) -> Result<Array<T>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let shape = without(a.shape(), axis);
    let (length, lanes) = (a.shape()[axis], layout::element_count(&shape)?);
    let mut result: Array<T> = like(a.shape(), &[Argument::new(a)])?;
    // SAFETY: `result` is fresh and has `a`'s shape.
    unsafe {
        Function::conversion(T::DTYPE, T::DTYPE).apply(&[Argument::new(a), Argument::new(&result)]);
    }
    if length > lanes {
        for mut lane in result.view_mut().lanes_mut(Axis(axis)) {
            let mut values = lane.iter_mut();
            let Some(&mut mut last) = values.next() else { continue };
            for value in values {
                last = f.call((last, *value));
                *value = last;
            }
        }
        return Ok(result);
    }
    let strides = without(result.strides(), axis);
    let slice = |index: usize| slice_at(&result, index as isize * result.strides()[axis], &shape, &strides);
    let function = closure::function::<F, (T, T), 4>(cost);
    for index in 1..length {
        let operands = [closure::operand(f), slice(index - 1), slice(index), slice(index)];
        // SAFETY: slices of `result`, which is unique: they are apart unless they are the same.
        unsafe { function.apply(&operands) };
    }
    Ok(result)
}

/// [`reduce`] of parts of an axis: from each index to the next one, the last to the end; or, where the
/// next index is not larger, the one element at the index.
///
/// # Errors
/// When there is no such axis, or an index is out of bounds.
pub fn reduceat<F: Closure<(T, T), Output = T>, T: Element>(
    f: &F,
    cost: f32,
    a: &Array<T>,
    indices: &[usize],
    axis: isize,
) -> Result<Array<T>> {
    let axis = layout::normalise_axis(axis, a.ndim())?;
    let length = a.shape()[axis];
    if let Some(index) = indices.iter().find(|&&index| index >= length) {
        return Err(Error::index(format!(
            "index {index} is out of bounds for axis {axis}, which has {length} element(s)"
        )));
    }
    let mut shape = a.shape().to_vec();
    shape[axis] = indices.len();
    let mut result = crate::zeros(&shape[..])?;
    let mut at = vec![IndexItem::from(..); a.ndim()];
    for (i, &start) in indices.iter().enumerate() {
        let end = indices.get(i + 1).copied().unwrap_or(length).max(start + 1);
        at[axis] = (start..end).into();
        let part = reduce(f, cost, &a.slice(&at)?, axis as isize)?;
        at[axis] = i.into();
        result.slice_mut(&at)?.assign(&part.view());
    }
    Ok(result)
}

fn without<N: Copy>(per_axis: &[N], axis: usize) -> PerAxis<N> {
    per_axis.iter().enumerate().filter(|&(i, _)| i != axis).map(|(_, &n)| n).collect()
}

/// The slice that begins so many elements on.
fn slice_at<'a, T: Element>(
    array: &Array<T>,
    offset: isize,
    shape: &'a [usize],
    strides: &'a [isize],
) -> Argument<'a> {
    let pointer = array.as_ptr().wrapping_offset(offset).cast_mut().cast();
    Argument { pointer, dtype: T::DTYPE, shape, strides }
}
