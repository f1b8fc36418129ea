//! Histograms of several coordinates at once: how many points fall into each cell of a grid.
//!
//! The bin of each coordinate is found as that of a histogram's values, a block of points at a time; a point's bins
//! together are its cell.

use super::bins::{BLOCK, Places};
use super::histogram::{self, Bins};
use super::weights::same_shape;
use crate::engine::CastTo;
use crate::{Array, Element, Error, Result, copy, fallible, layout};

/// Counts in a grid, and the edges along each axis: what [`histogramdd`] gives.
#[derive(Clone, Debug)]
pub struct JointHistogram<const N: usize> {
    /// How many points fall into each cell, or the sum of their weights: an axis for each coordinate.
    pub counts: Array<f64>,
    /// The edges of the bins along each axis: one more than there are bins.
    pub edges: [Array<f64>; N],
}

impl<const N: usize> JointHistogram<N> {
    /// The counts divided by how many there are in all and by the cells' sizes: NumPy's `density=True`.
    ///
    /// ```
    /// # use array_core::{array, histogram2d};
    /// let found = histogram2d(&array![0.0, 2.0], &array![0.0, 1.0], [2, 1], [None; 2])?;
    /// assert_eq!(found.density(), array![[0.5], [0.5]]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn density(&self) -> Array<f64> {
        let mut density = self.counts.copy();
        let total = self.counts.to_vec().iter().sum::<f64>();
        let cells = density.as_slice_mut();
        let mut step = cells.len();
        for edges in &self.edges {
            let edges = edges.to_vec();
            let widths: Vec<f64> = edges.windows(2).map(|edge| edge[1] - edge[0]).collect();
            step /= widths.len().max(1);
            cells.iter_mut().enumerate().for_each(|(i, cell)| *cell /= widths[i / step % widths.len()]);
        }
        cells.iter_mut().for_each(|cell| *cell /= total);
        density
    }
}

/// How many points, given by an array of each coordinate, fall into each cell of a grid; those outside count nowhere.
///
/// The bins along each axis are as of [`histogram`](fn@crate::histogram): a number of equal ones, from the least to the
/// largest coordinate or over a range, or edges. A bin includes its left edge, the last one both.
///
/// ```
/// # use array_core::{array, histogramdd};
/// let (x, y, z) = (array![0.0, 1.0, 1.0], array![0.0, 0.0, 2.0], array![5.0, 5.0, 6.0]);
/// let found = histogramdd([&x, &y, &z], [2, 1, 2], [None, Some((0.0, 1.0)), None])?;
/// assert_eq!(found.counts, array![[[1.0, 0.0]], [[1.0, 0.0]]]);
/// assert_eq!(found.edges[0], array![0.0, 0.5, 1.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As of `histogram`, for each coordinate; when the arrays are not of one shape, or there are none.
pub fn histogramdd<'a, T: Element + CastTo<f64>, B: Into<Bins<'a>>, const N: usize>(
    coordinates: [&Array<T>; N],
    bins: [B; N],
    ranges: [Option<(f64, f64)>; N],
) -> Result<JointHistogram<N>> {
    joint(coordinates, bins, ranges, None)
}

/// As [`histogramdd`], where each point counts as much as its weight.
///
/// ```
/// # use array_core::{array, histogramdd_with};
/// let (x, y) = (array![0.0, 1.0, 1.0], array![0.0, 0.0, 2.0]);
/// let found = histogramdd_with([&x, &y], [2, 2], [None; 2], &array![1.0, 0.5, 0.25])?;
/// assert_eq!(found.counts, array![[1.0, 0.0], [0.5, 0.25]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As there; when the weights are not of the coordinates' shape.
pub fn histogramdd_with<
    'a,
    T: Element + CastTo<f64>,
    B: Into<Bins<'a>>,
    W: Element + CastTo<f64>,
    const N: usize,
>(
    coordinates: [&Array<T>; N],
    bins: [B; N],
    ranges: [Option<(f64, f64)>; N],
    weights: &Array<W>,
) -> Result<JointHistogram<N>> {
    for coordinate in coordinates {
        same_shape("histogramdd_with", weights.shape(), coordinate.shape())?;
    }
    joint(coordinates, bins, ranges, Some(copy::as_dtype::<W, f64>(weights)?))
}

/// How many points of these coordinates fall into each cell of a grid: [`histogramdd`] of two.
///
/// ```
/// # use array_core::{array, histogram2d};
/// let (x, y) = (array![0.0, 1.0, 1.0], array![0.0, 0.0, 2.0]);
/// let found = histogram2d(&x, &y, [2, 2], [None; 2])?;
/// assert_eq!(found.counts, array![[1.0, 0.0], [1.0, 1.0]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As there.
pub fn histogram2d<'a, T: Element + CastTo<f64>, B: Into<Bins<'a>>>(
    x: &Array<T>,
    y: &Array<T>,
    bins: [B; 2],
    ranges: [Option<(f64, f64)>; 2],
) -> Result<JointHistogram<2>> {
    histogramdd([x, y], bins, ranges)
}

fn joint<'a, T: Element + CastTo<f64>, B: Into<Bins<'a>>, const N: usize>(
    coordinates: [&Array<T>; N],
    bins: [B; N],
    ranges: [Option<(f64, f64)>; N],
    weights: Option<Array<f64>>,
) -> Result<JointHistogram<N>> {
    let Some(first) = coordinates.first() else {
        return Err(Error::value("histogramdd needs the points' coordinates: none are given"));
    };
    if let Some(other) = coordinates.iter().find(|other| other.shape() != first.shape()) {
        return Err(Error::shape(format!(
            "histogramdd needs as many of each coordinate: arrays of shapes {:?} and {:?} are given",
            first.shape(),
            other.shape()
        )));
    }
    let mut values = fallible::with_room(N)?;
    let (mut edges, mut ends) = (fallible::with_room(N)?, fallible::with_room(N)?);
    for ((coordinate, bins), range) in coordinates.into_iter().zip(bins).zip(ranges) {
        let along = copy::as_dtype::<T, f64>(coordinate)?;
        let found = histogram::edges_of::<T>(along.as_slice().expect("as converted"), &bins.into(), range)?;
        values.push(along);
        edges.push(found.0);
        ends.push(found.1);
    }
    let values: Vec<&[f64]> = values.iter().map(|along| along.as_slice().expect("as converted")).collect();
    let places = values.iter().zip(edges.iter().zip(ends));
    let places: Vec<Places<'_>> = places
        .map(|(values, (edges, ends))| histogram::places(values, edges, ends))
        .collect::<Result<_>>()?;
    let shape: Vec<usize> = places.iter().map(Places::count).collect();
    layout::byte_size::<f64>(&shape)?;
    let counts = cells(&places, &values, weights.as_ref().and_then(Array::as_slice))?;
    let edges: Vec<Array<f64>> = edges.into_iter().map(Array::from_vec).collect();
    Ok(JointHistogram {
        counts: Array::from_vec(counts).reshape(shape)?,
        edges: edges.try_into().expect("edges along each axis"),
    })
}

/// The number of points in each cell, or the sum of their weights, in row-major order.
fn cells(places: &[Places<'_>], values: &[&[f64]], weights: Option<&[f64]>) -> Result<Vec<f64>> {
    let count: usize = places.iter().map(Places::count).product();
    // One more for what falls into none.
    let mut sums = fallible::repeated(0.0, count + 1)?;
    let (mut found, mut cell) = ([0; BLOCK], [0; BLOCK]);
    let points = if count == 0 { 0 } else { values[0].len() };
    for start in (0..points).step_by(BLOCK) {
        let end = (start + BLOCK).min(points);
        cell.fill(0);
        for (places, values) in places.iter().zip(values) {
            let bins = places.count() as i64;
            places.find(&values[start..end], &mut found);
            for (cell, &bin) in cell.iter_mut().zip(&found) {
                // Once outside, outside for good.
                *cell = if bin == bins || *cell < 0 { -1 } else { *cell * bins + bin };
            }
        }
        for (i, &cell) in (start..end).zip(&cell) {
            let cell = if cell < 0 { count } else { cell as usize };
            sums[cell] += weights.map_or(1.0, |weights| weights[i]);
        }
    }
    sums.truncate(count);
    Ok(sums)
}
