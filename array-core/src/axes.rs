//! Axes as arguments: one, several, or `..` for what the function takes when NumPy is given none.

use std::ops::RangeFull;

use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, Result};

/// Which axes a function works along: one, an array of several, or `..` for NumPy's `axis=None`.
/// Negative ones count from the back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no axes",
    note = "axes are `..`, one such as `0` or `-1`, an array such as `[0, 1]`, or a slice of `isize`"
)]
pub trait IntoAxes {
    /// The axes as given; `None` for `..`.
    fn into_axes(self) -> Option<PerAxis<isize>>;
}

impl IntoAxes for isize {
    fn into_axes(self) -> Option<PerAxis<isize>> {
        Some(PerAxis::from_elem(self, 1))
    }
}

impl IntoAxes for RangeFull {
    fn into_axes(self) -> Option<PerAxis<isize>> {
        None
    }
}

impl<const N: usize> IntoAxes for [isize; N] {
    fn into_axes(self) -> Option<PerAxis<isize>> {
        Some(PerAxis::from_slice(&self))
    }
}

impl IntoAxes for &[isize] {
    fn into_axes(self) -> Option<PerAxis<isize>> {
        Some(PerAxis::from_slice(self))
    }
}

/// What axes are made into: `None` stands for `..`.
impl IntoAxes for Option<&[isize]> {
    fn into_axes(self) -> Option<PerAxis<isize>> {
        self.map(PerAxis::from_slice)
    }
}

/// The axes counted from the front, in the order given, or `None` for `..`.
///
/// # Errors
/// When one is out of bounds or given twice.
pub(crate) fn normalise(axes: impl IntoAxes, ndim: usize) -> Result<Option<PerAxis<usize>>> {
    let Some(given) = axes.into_axes() else { return Ok(None) };
    let mut found = PerAxis::new();
    for &axis in &given {
        let axis = layout::normalise_axis(axis, ndim)?;
        if found.contains(&axis) {
            return Err(Error::value(format!("axis {axis} is given twice in {:?}", &given[..])));
        }
        found.push(axis);
    }
    Ok(Some(found))
}

/// The array and the one axis that `name` works along; with `..` its elements in row-major order.
///
/// # Errors
/// When the axis is out of bounds, or there is not just one.
pub(crate) fn one<T: Element>(name: &str, a: &Array<T>, axis: impl IntoAxes) -> Result<(Array<T>, usize)> {
    match normalise(axis, a.ndim())?.as_deref() {
        None => Ok((a.along_one_axis()?, 0)),
        Some(&[axis]) => Ok((a.clone(), axis)),
        Some(axes) => {
            Err(Error::value(format!("{name} takes one axis, or .. for all: {} are given", axes.len())))
        }
    }
}
