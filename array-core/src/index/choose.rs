//! Elements chosen from among several arrays.

use std::borrow::Borrow;
use std::mem::MaybeUninit;

use super::item::IntoIndices;
use super::take::OutOfBounds;
use crate::layout::{self, Order};
use crate::{Array, Element, Error, Result};

/// From each place the element of the array that `selector` says, all broadcast together.
///
/// ```
/// # use array_core::{array, choose, OutOfBounds};
/// let a = choose([1, 0, 1], &[array![1, 2, 3], array![10, 20, 30]], OutOfBounds::Error)?;
/// assert_eq!(a.to_vec(), [10, 2, 30]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are no arrays, shapes do not broadcast, or a selector is out of bounds and that is an error.
pub fn choose<T: Element, A: Borrow<Array<T>>>(
    selector: impl IntoIndices,
    choices: &[A],
    mode: OutOfBounds,
) -> Result<Array<T>> {
    if choices.is_empty() {
        return Err(Error::value("choose needs arrays to choose from"));
    }
    let selector = selector.into_indices()?;
    let negative = |&&i: &&i64| i < 0;
    if mode == OutOfBounds::Error
        && let Some(i) = selector.try_contiguous()?.as_slice().expect("made contiguous").iter().find(negative)
    {
        return Err(Error::index(format!(
            "choose's selector: index {i} is out of bounds for {} element(s), which are counted from 0 on",
            choices.len()
        )));
    }
    let selector = mode.apply(selector, choices.len(), "choose's selector")?;
    let shapes: Vec<&[usize]> =
        choices.iter().map(|a| a.borrow().shape()).chain([selector.shape()]).collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    let selector = selector.broadcast_to(&shape[..])?.try_contiguous()?;
    let selector = selector.as_slice().expect("made contiguous");
    let choices = on_shape(choices, &shape)?;
    let slices: Vec<&[T]> = choices.iter().map(|a| a.as_slice().expect("made contiguous")).collect();
    let fill = |out: &mut [MaybeUninit<T>]| {
        for (i, (out, &choice)) in out.iter_mut().zip(selector).enumerate() {
            out.write(slices[choice as usize][i]);
        }
    };
    // SAFETY: the selector is of the result's shape.
    unsafe { Array::build(&shape, Order::RowMajor, fill) }
}

/// From each place the element of the first array whose condition holds there, or `default`, all broadcast
/// together.
///
/// ```
/// # use array_core::{array, scalar, select};
/// let a = select(&[array![true, false, false], array![true, true, false]], &[array![1, 2, 3], array![4, 5, 6]], &scalar(0))?;
/// assert_eq!(a.to_vec(), [1, 5, 0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are not as many conditions as arrays, or none, or shapes do not broadcast.
pub fn select<T: Element, A: Borrow<Array<T>>, C: Borrow<Array<bool>>>(
    conditions: &[C],
    choices: &[A],
    default: &Array<T>,
) -> Result<Array<T>> {
    if conditions.len() != choices.len() || choices.is_empty() {
        return Err(Error::value(format!(
            "select needs a condition for each array, and at least one: {} condition(s) for {} array(s)",
            conditions.len(),
            choices.len()
        )));
    }
    let shapes: Vec<&[usize]> = choices
        .iter()
        .map(|a| a.borrow().shape())
        .chain(conditions.iter().map(|a| a.borrow().shape()))
        .chain([default.shape()])
        .collect();
    let shape = layout::broadcast_shapes(&shapes)?;
    let mut chosen = default.broadcast_to(&shape[..])?.try_copy()?;
    let choices = on_shape(choices, &shape)?;
    let conditions = on_shape(conditions, &shape)?;
    let result = chosen.as_slice_mut();
    for (choice, condition) in choices.iter().zip(&conditions).rev() {
        let choice = choice.as_slice().expect("made contiguous");
        let condition = condition.as_slice().expect("made contiguous");
        for ((result, &value), &holds) in result.iter_mut().zip(choice).zip(condition) {
            *result = if holds { value } else { *result };
        }
    }
    Ok(chosen)
}

/// The arrays broadcast to a shape, contiguous.
fn on_shape<T: Element, A: Borrow<Array<T>>>(arrays: &[A], shape: &[usize]) -> Result<Vec<Array<T>>> {
    arrays.iter().map(|a| a.borrow().broadcast_to(shape)?.try_contiguous()).collect()
}
