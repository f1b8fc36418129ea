//! Reductions by a closure of two elements, along axes, from their first element to their last: the
//! closure need be neither associative nor commutative.
//!
//! Along a long axis each lane is folded in a register; across a short one the closure is applied to
//! whole slices, as an element-wise function.

use ndarray::Axis;

use super::call::like;
use super::closure::{self, Closure};
use super::function::{Argument, Function};
use super::reduce::{AxisSet, Operand, taken};
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, IndexItem, Result};

/// `f(… f(f(a[0], a[1]), a[2]) …)` along some axes, in row-major order; or, if there is an `initial` value,
/// beginning with `f(initial, a[0])`. Reduced axes are left out of the result's shape, or kept with a length of
/// one. With a `mask` of `a`'s shape only elements where it is true are taken.
///
/// # Errors
/// When there is nothing to begin with, the mask has another shape, or there is no memory for the result.
pub fn reduce<F: Closure<(T, T), Output = T>, T: Element>(
    f: &F,
    cost: f32,
    a: &Array<T>,
    axes: &AxisSet,
    keepdims: bool,
    initial: Option<T>,
    mask: Option<&Array<bool>>,
) -> Result<Array<T>> {
    let shape = axes.result_shape(a.shape(), keepdims);
    if let Some(mask) = mask {
        let initial = initial.ok_or_else(|| {
            Error::value(
                "a function of one's own has no identity: with a where mask it needs an initial value",
            )
        })?;
        let mut result = crate::full(&shape, initial)?;
        if a.is_empty() {
            return Ok(result);
        }
        let mut results = result.as_slice_mut().iter_mut();
        taken(&Operand::new(a), mask, axes, &mut |elements, count| {
            // SAFETY: so many elements, which were taken from `a`.
            let elements = unsafe { std::slice::from_raw_parts(elements.cast::<T>(), count) };
            let result = results.next().expect("one for each group");
            *result = elements.iter().fold(initial, |state, &x| f.call((state, x)));
        })?;
        return Ok(result);
    }
    // The reduced axes as one, which is the last.
    let (reduced, mut order): (Vec<isize>, Vec<isize>) =
        (0..a.ndim() as isize).partition(|&axis| axes.contains(axis as usize));
    order.extend(reduced);
    let mut joined = axes.result_shape(a.shape(), false);
    joined.push(axes.count(a.shape()));
    let joined = a.transpose(&order)?.reshape(&joined[..])?;
    reduce_last(f, cost, &joined, initial)?.reshape(&shape[..])
}

/// [`reduce`] along the last axis.
fn reduce_last<F: Closure<(T, T), Output = T>, T: Element>(
    f: &F,
    cost: f32,
    a: &Array<T>,
    initial: Option<T>,
) -> Result<Array<T>> {
    let axis = a.ndim() - 1;
    let shape = without(a.shape(), axis);
    let (length, lanes) = (a.shape()[axis], layout::element_count(&shape)?);
    if length == 0 && lanes > 0 && initial.is_none() {
        return Err(Error::value(
            "a function of one's own has no identity: where there are no elements it needs an initial value",
        ));
    }
    let mut result = crate::full(&shape[..], initial.unwrap_or(T::ZERO))?;
    if length > lanes {
        let view = a.view();
        for (lane, out) in view.lanes(Axis(axis)).into_iter().zip(result.as_slice_mut()) {
            let mut elements = lane.iter().copied();
            let first = initial.unwrap_or_else(|| elements.next().expect("not empty"));
            *out = elements.fold(first, |state, x| f.call((state, x)));
        }
        return Ok(result);
    }
    if length > 0 {
        let strides = without(a.strides(), axis);
        let slice = |index| slice_at(a, index * a.strides()[axis], &shape, &strides);
        // SAFETY: `result` is unique and has the shape of `a`'s slices; the function is given `f`.
        unsafe {
            let function = closure::function::<F, (T, T), 4>(cost);
            let whole = Argument::new(&result);
            if initial.is_none() {
                Function::conversion(T::DTYPE, T::DTYPE).apply(&[slice(0), whole]);
            }
            for index in initial.is_none() as isize..length as isize {
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
    // SAFETY: the function is given `f`, and slices of `result`, which is unique: they are apart unless they are the
    // same.
    unsafe {
        let (function, closure) = (closure::function::<F, (T, T), 4>(cost), closure::operand(f));
        for index in 1..length {
            function.apply(&[closure, slice(index - 1), slice(index), slice(index)]);
        }
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
        let along = AxisSet::new(Some(&[axis as isize]), a.ndim())?;
        let part = reduce(f, cost, &a.slice(&at)?, &along, false, None, None)?;
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
