//! Accumulators applied with their options: axes, a mask, an initial value.

use array_core::engine::reduce::kernel::Accumulate;
use array_core::engine::reduce::{AxisSet, reduce};
use array_core::engine::target::Target;
use array_core::{Array, Element, Error, Result};

use super::over::{Over, WithInitial};

/// What an accumulator makes of elements of type `T`.
pub(crate) type Output<K, T> = <K as Accumulate<T>>::Output;

/// A reduction with an identity, perhaps with a mask and an initial value.
///
/// If masked elements can be replaced by a `neutral` one they are: then the loops do the rest.
pub(crate) fn reduce_over<K, T>(
    a: &Array<T>,
    over: Over<'_, K::Output>,
    neutral: Option<T>,
    target: &mut Target<'_, K::Output>,
) -> Result<()>
where
    K: WithInitial<T>,
    T: Element,
{
    let (filled, mut options) = (with_neutral(a, over.mask, neutral)?, over.options());
    if filled.is_some() {
        options.mask = None;
    }
    reduce::<K, T>(filled.as_ref().unwrap_or(a), &options, &|_| 1.0, target)?;
    if let Some(initial) = over.initial {
        for value in target.reduced() {
            *value = K::with_initial(initial, *value);
        }
    }
    Ok(())
}

/// What [`masked`] gives, if there is a mask and a neutral element.
fn with_neutral<T: Element>(
    a: &Array<T>,
    mask: Option<&Array<bool>>,
    neutral: Option<T>,
) -> Result<Option<Array<T>>> {
    match (mask, neutral) {
        (Some(mask), Some(neutral)) => masked(a, mask, neutral).map(Some),
        _ => Ok(None),
    }
}

/// A copy of `a` with `neutral` where the mask is false.
pub(crate) fn masked<T: Element>(a: &Array<T>, mask: &Array<bool>, neutral: T) -> Result<Array<T>> {
    let mask = mask.broadcast_to(a.shape())?.try_contiguous()?;
    let mut copy = a.try_copy()?;
    let mask = mask.as_slice().expect("made contiguous");
    for (value, &taken) in copy.as_slice_mut().iter_mut().zip(mask) {
        *value = if taken { *value } else { neutral };
    }
    Ok(copy)
}

/// That a reduction without an identity has something to begin with.
pub(crate) fn check_some<T: Element, O>(name: &str, a: &Array<T>, over: &Over<'_, O>) -> Result<()> {
    if over.initial.is_some() {
        return Ok(());
    }
    if over.mask.is_some() {
        return Err(Error::value(format!(
            "{name} needs an initial value beside a where mask, which may leave no element: \
             `over(axes).initial(value)`"
        )));
    }
    if is_empty_fold(a, &over.axis_set(a.ndim())?) {
        return Err(Error::value(format!(
            "{name} of no elements has no result, in an array of shape {:?}: give an initial value, \
             `over(axes).initial(value)`",
            a.shape()
        )));
    }
    Ok(())
}

/// Whether there are results, but no elements to make them of.
pub(crate) fn is_empty_fold<T: Element>(a: &Array<T>, axes: &AxisSet) -> bool {
    axes.count(a.shape()) == 0 && !axes.result_shape(a.shape(), false).contains(&0)
}

/// The options, unless there is a mask.
pub(crate) fn unmasked<'a, O>(name: &str, over: Over<'a, O>) -> Result<Over<'a, O>> {
    match over.mask {
        None => Ok(over),
        Some(_) => Err(Error::value(format!("{name} takes no where mask"))),
    }
}

/// The options, unless they keep reduced axes.
pub(crate) fn unkept<'a, O>(name: &str, over: Over<'a, O>) -> Result<Over<'a, O>> {
    if over.keepdims {
        return Err(Error::value(format!("{name} keeps its axis in any case: leave out keepdims")));
    }
    Ok(over)
}

/// The only axis, or `None` for all of the flattened array.
pub(crate) fn one_axis<O>(name: &str, over: &Over<'_, O>) -> Result<Option<isize>> {
    match over.axes.as_deref() {
        None => Ok(None),
        Some(&[axis]) => Ok(Some(axis)),
        Some(_) => Err(Error::value(format!("{name} takes one axis, or .. for the flattened array"))),
    }
}
