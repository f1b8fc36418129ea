//! Counts in which each number has a weight.

use std::ops::{Add, Div};

use super::bins::{BLOCK, Places};
use super::histogram::{self, Bins, Histogram, bincount};
use crate::engine::CastTo;
use crate::index::IntoIndices;
use crate::{Array, Element, Error, Result, complex128, copy, error, fallible, for_each_dtype};

/// A dtype of weights: all are.
pub trait Weight: Element {
    /// What weights are added up in: integers, where sums wrap, or the widest floats. The sum is of their own dtype.
    #[doc(hidden)]
    type Sum: Sum;
    /// The dtype of a [`density`](Histogram::density) of them.
    type Density: Element
        + Add<Output = Self::Density>
        + Div<Output = Self::Density>
        + Div<f64, Output = Self::Density>;
}

/// A dtype that weights are added up in.
#[doc(hidden)]
pub trait Sum: Element {
    /// `self + other`.
    fn plus(self, other: Self) -> Self;
}

impl Sum for i64 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
}
impl Sum for f64 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }
}
impl Sum for complex128 {
    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

macro_rules! weights {
    ($(($variant:ident, $type:ty, $name:literal, $kind:ident, $($rest:tt)*))*) => {
        $(impl Weight for $type { weights!(@ $kind); })*
    };
    (@ Float) => { type Sum = f64; type Density = f64; };
    (@ Complex) => { type Sum = complex128; type Density = complex128; };
    (@ $integers:ident) => { type Sum = i64; type Density = f64; };
}
for_each_dtype!(weights);

/// As [`histogram`](fn@crate::histogram), where each value counts as much as its weight:
/// `numpy.histogram(a, bins, range, weights=weights)`. The sums are of the weights' dtype.
///
/// Integers are added up exactly, and wrap; floats in `f64`, one after the other, and rounded once. (Between edges, NumPy takes
/// differences of running sums, which are less exact.)
///
/// ```
/// # use array_core::{array, histogram_with};
/// let found = histogram_with(&array![1.0, 2.0, 2.5, 4.0], 3, None, &array![1.0, 0.5, 0.25, 2.0])?;
/// assert_eq!(found.counts, array![1.0, 0.75, 2.0]);
/// assert_eq!(found.edges, array![1.0, 2.0, 3.0, 4.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As there; when the weights are not of the values' shape, or the bins are by a rule, which knows of no weights.
pub fn histogram_with<'a, T: Element + CastTo<f64>, W: Weight>(
    a: &Array<T>,
    bins: impl Into<Bins<'a>>,
    range: Option<(f64, f64)>,
    weights: &Array<W>,
) -> Result<Histogram<W>> {
    let bins = bins.into();
    if let Bins::Rule(rule) = bins {
        return Err(Error::value(format!(
            "the rule {rule:?} for the number of bins knows of no weights: give a number of bins, or edges"
        )));
    }
    same_shape("histogram_with", weights.shape(), a.shape())?;
    let values = copy::as_dtype::<T, f64>(a)?;
    let values = values.as_slice().expect("as converted");
    let weights = copy::as_dtype::<W, W::Sum>(weights)?;
    let (edges, ends) = histogram::edges_of::<T>(values, &bins, range)?;
    let places = histogram::places(values, &edges, ends)?;
    let sums = sums(&places, values, weights.as_slice().expect("as converted"))?;
    let counts = copy::as_dtype::<W::Sum, W>(&Array::from_vec(sums))?;
    Ok(Histogram { counts, edges: Array::from_vec(edges) })
}

/// The sum of the weights of the values in each bin. Always in the values' order, whatever the threads.
fn sums<S: Sum>(places: &Places<'_>, values: &[f64], weights: &[S]) -> Result<Vec<S>> {
    let bins = places.count();
    if bins == 0 {
        return Ok(Vec::new());
    }
    // One more for what falls into none.
    let mut sums = fallible::repeated(S::ZERO, bins + 1)?;
    let mut found = [0; BLOCK];
    for (values, weights) in values.chunks(BLOCK).zip(weights.chunks(BLOCK)) {
        places.find(values, &mut found);
        for (&i, &weight) in found.iter().zip(weights) {
            let sum = &mut sums[i as usize];
            *sum = sum.plus(weight);
        }
    }
    sums.truncate(bins);
    Ok(sums)
}

/// An error unless there is a weight for each value.
pub(super) fn same_shape(name: &str, weights: &[usize], values: &[usize]) -> Result<()> {
    if weights == values {
        return Ok(());
    }
    Err(Error::shape(format!(
        "{name} needs a weight for each number: there are weights of shape {} for numbers of shape {}",
        error::Shape(weights),
        error::Shape(values)
    )))
}

/// As [`bincount`], where each number counts as much as its weight: `numpy.bincount(x, weights, least)`.
///
/// ```
/// # use array_core::{array, bincount_with};
/// assert_eq!(bincount_with(&array![0, 1, 1], &array![0.5, 1.5, 2.0], 0)?, [0.5, 3.5]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As there; when there are not as many weights as numbers.
pub fn bincount_with<W: Element + CastTo<f64>>(
    x: impl IntoIndices,
    weights: &Array<W>,
    least: usize,
) -> Result<Array<f64>> {
    let x = x.into_indices()?.try_contiguous()?;
    let counts = bincount(&x, least)?;
    same_shape("bincount_with", weights.shape(), x.shape())?;
    let weights = copy::converted::<W, f64>(weights)?.try_contiguous()?;
    let weights = weights.as_slice().expect("made contiguous");
    let mut sums = crate::zeros::<f64>([counts.len()])?;
    let slots = sums.as_slice_mut();
    for (&i, &weight) in x.as_slice().expect("made contiguous").iter().zip(weights) {
        slots[i as usize] += weight;
    }
    Ok(sums)
}
