//! Counts in which each number has a weight.

use super::histogram::bincount;
use crate::engine::CastTo;
use crate::index::IntoIndices;
use crate::{Array, Element, Error, Result, copy, error};

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
    if weights.shape() != x.shape() {
        return Err(Error::shape(format!(
            "bincount_with needs a weight for each number: there are weights of shape {} for numbers of shape {}",
            error::Shape(weights.shape()),
            error::Shape(x.shape())
        )));
    }
    let weights = copy::converted::<W, f64>(weights)?.try_contiguous()?;
    let weights = weights.as_slice().expect("made contiguous");
    let mut sums = crate::zeros::<f64>([counts.len()])?;
    let slots = sums.as_slice_mut();
    for (&i, &weight) in x.as_slice().expect("made contiguous").iter().zip(weights) {
        slots[i as usize] += weight;
    }
    Ok(sums)
}
