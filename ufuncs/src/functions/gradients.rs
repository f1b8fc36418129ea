//! Gradients: differences of neighbours over their distances.

use std::mem::MaybeUninit;

use array_core::engine::{in_pool, thread_count};
use array_core::{Array, Error, Order, Promote, Result, scalar, zeros};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::differences::{along_axis, from_front};
use super::statistics::Averages;
use crate::linear::number::{converted, in_dtype};
use crate::linear::plan::shape_text;
use crate::statistics::arithmetic::Arithmetic;

/// How far apart the samples of a [`gradient`](fn@gradient) are, and how it is found at the ends.
#[derive(Clone, Debug)]
pub struct Spacing<'a> {
    places: Places<'a>,
    edge_order: usize,
}

#[derive(Clone, Debug)]
enum Places<'a> {
    Even(f64),
    At(&'a Array<f64>),
}

impl From<f64> for Spacing<'_> {
    fn from(distance: f64) -> Self {
        Spacing { places: Places::Even(distance), edge_order: 1 }
    }
}

impl<'a> From<&'a Array<f64>> for Spacing<'a> {
    fn from(places: &'a Array<f64>) -> Self {
        Spacing { places: Places::At(places), edge_order: 1 }
    }
}

impl Spacing<'_> {
    /// Differences of first or of second order at the ends.
    #[must_use]
    pub fn edge_order(mut self, order: usize) -> Self {
        self.edge_order = order;
        self
    }
}

/// The spacing of a [`gradient`](fn@gradient), to which options can be added: a distance, or an array of places.
///
/// ```
/// # use array_core::Array;
/// # use ufuncs::{gradient, spaced};
/// let squares = Array::from([0.0, 1.0, 4.0]);
/// assert_eq!(gradient(&squares, 0, spaced(1.0).edge_order(2))?.to_vec(), [0.0, 2.0, 4.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn spaced<'a>(places: impl Into<Spacing<'a>>) -> Spacing<'a> {
    places.into()
}

/// The gradient along an axis: central differences of second order, and at the ends one-sided ones. Of
/// integers and bools it is computed in `f64`.
///
/// The last argument is how far apart the samples are, an array of their places, or [`spaced`] with
/// options. [`gradient::all`] has the gradients along all axes.
///
/// # Errors
/// When the axis is out of bounds or has too few samples (two, or three for differences of second order at
/// the ends), when the places are not as many as the samples, or the order is neither 1 nor 2.
///
/// ```
/// use array_core::Array;
/// use ufuncs::{gradient, spaced};
///
/// let f = Array::from([1.0, 2.0, 4.0, 7.0, 11.0, 16.0]);
/// assert_eq!(gradient(&f, 0, 1.0)?.to_vec(), [1.0, 1.5, 2.5, 3.5, 4.5, 5.0]);
/// assert_eq!(gradient(&f, 0, spaced(1.0).edge_order(2))?.to_vec(), [0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn gradient<'a, T>(f: &Array<T>, axis: isize, spacing: impl Into<Spacing<'a>>) -> Result<Array<T::Base>>
where
    T: Averages<Base: Arithmetic + Promote<f64, Output: Arithmetic>>,
{
    let spacing = spacing.into();
    let axis = from_front(axis, f.ndim())?;
    let n = f.shape()[axis];
    if !(1..=2).contains(&spacing.edge_order) {
        return Err(Error::value(format!("gradient: edge_order must be 1 or 2, not {}", spacing.edge_order)));
    }
    if n < spacing.edge_order + 1 {
        return Err(Error::value(format!(
            "gradient: axis {axis} of shape {} has too few samples: edge_order {} needs {}",
            shape_text(f.shape()),
            spacing.edge_order,
            spacing.edge_order + 1
        )));
    }
    let distances = match spacing.places {
        Places::Even(distance) => vec![distance],
        Places::At(places) => {
            if places.shape() != [n] {
                return Err(Error::shape(format!(
                    "gradient: places of shape {} for {n} samples along axis {axis}",
                    shape_text(places.shape())
                )));
            }
            let distances: Vec<f64> = places.try_vec()?.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let even = distances.iter().all(|distance| *distance == distances[0]);
            if even { vec![distances[0]] } else { distances }
        }
    };
    // Beside an array of places NumPy computes in `f64`, also where it was found to be even.
    match (spacing.places, &distances[..]) {
        (Places::Even(_), _) => along_one(&*in_dtype(f)?, axis, &distances, spacing.edge_order),
        _ => {
            let wide = in_dtype::<T, <T::Base as Promote<f64>>::Output>(f)?;
            converted(along_one(&wide, axis, &distances, spacing.edge_order)?)
        }
    }
}

/// The other method of [`gradient`](fn@gradient).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum gradient {}

impl gradient {
    /// The gradients along all axes: with a spacing for each, or one for all.
    ///
    /// # Errors
    /// As [`gradient`](fn@gradient), or when there is another number of spacings.
    pub fn all<T>(f: &Array<T>, spacings: &[Spacing<'_>]) -> Result<Vec<Array<T::Base>>>
    where
        T: Averages<Base: Arithmetic + Promote<f64, Output: Arithmetic>>,
    {
        if spacings.len() != 1 && spacings.len() != f.ndim() {
            return Err(Error::value(format!(
                "gradient: {} spacings for {} axes: give one for all, or one for each",
                spacings.len(),
                f.ndim()
            )));
        }
        let one = |axis: usize| gradient(f, axis as isize, spacings[axis % spacings.len()].clone());
        (0..f.ndim()).map(one).collect()
    }
}

/// Elements that are computed at a time, if there are more: they stay in the cache.
const CACHED: usize = 1 << 14;

/// The gradient, with one distance for all neighbours or one for each.
fn along_one<W: Arithmetic>(
    f: &Array<W>,
    axis: usize,
    distances: &[f64],
    edge_order: usize,
) -> Result<Array<W>> {
    let n = f.shape()[axis] as isize;
    let number = |x: f64| -> Array<W> { scalar(x).astype() };
    let at = |i: isize| f.slice(along_axis(axis, i..i + 1));
    let sum_of = |terms: [(Array<W>, Array<W>); 3]| -> Result<Array<W>> {
        let [a, b, c] = terms;
        let two = W::plus(&W::times(&a.0, &a.1)?, &W::times(&b.0, &b.1)?)?;
        W::plus(&two, &W::times(&c.0, &c.1)?)
    };
    let inner = |from: isize, to: isize| -> Result<Array<W>> {
        let part = |shift: isize| f.slice(along_axis(axis, from + shift..to + shift));
        if let [distance] = distances {
            return W::over_number(W::minus(&part(1)?, &part(-1)?)?, 2.0 * distance);
        }
        let mut lengths = vec![1; f.ndim()];
        lengths[axis] = (to - from) as usize;
        let weights = |weight: fn(f64, f64) -> f64| -> Result<Array<W>> {
            let pairs = distances[from as usize - 1..to as usize].windows(2);
            let values: Vec<f64> = pairs.map(|d| weight(d[0], d[1])).collect();
            converted(Array::from_vec(values).reshape(&lengths)?)
        };
        sum_of([
            (weights(|d, e| -e / (d * (d + e)))?, part(-1)?),
            (weights(|d, e| (e - d) / (d * e))?, part(0)?),
            (weights(|d, e| d / (e * (d + e)))?, part(1)?),
        ])
    };
    let (first, last) = (distances[0], distances[distances.len() - 1]);
    let (start, end) = if edge_order == 1 {
        (
            W::over(&W::minus(&at(1)?, &at(0)?)?, &number(first))?,
            W::over(&W::minus(&at(n - 1)?, &at(n - 2)?)?, &number(last))?,
        )
    } else {
        let [a, b, c] = if let [d] = distances {
            [-1.5 / d, 2.0 / d, -0.5 / d]
        } else {
            let (d, e) = (distances[0], distances[1]);
            [-(2.0 * d + e) / (d * (d + e)), (d + e) / (d * e), -d / (e * (d + e))]
        };
        let [p, q, r] = if let [d] = distances {
            [0.5 / d, -2.0 / d, 1.5 / d]
        } else {
            let (d, e) = (distances[distances.len() - 2], last);
            [e / (d * (d + e)), -(e + d) / (d * e), (2.0 * e + d) / (e * (d + e))]
        };
        (
            sum_of([(number(a), at(0)?), (number(b), at(1)?), (number(c), at(2)?)])?,
            sum_of([(number(p), at(n - 3)?), (number(q), at(n - 2)?), (number(r), at(n - 1)?)])?,
        )
    };
    if f.len() <= CACHED || axis != 0 {
        let mut result = zeros::<W>(f.shape())?;
        if n > 2 {
            W::put(&mut result, &along_axis(axis, 1..n - 1), &inner(1, n - 1)?)?;
        }
        W::put(&mut result, &along_axis(axis, 0..1), &start)?;
        W::put(&mut result, &along_axis(axis, n - 1..n), &end)?;
        return Ok(result);
    }
    // A few rows at a time, so that they stay in the cache between the operations.
    let others = f.len() / n as usize;
    let step = (CACHED / others.max(1)).max(1);
    let write = |out: &mut [MaybeUninit<W>], part: Array<W>| -> Result<()> {
        let part = part.try_contiguous()?;
        for (to, &x) in out.iter_mut().zip(part.as_slice().expect("made contiguous")) {
            to.write(x);
        }
        Ok(())
    };
    let rows = |(i, out): (usize, &mut [MaybeUninit<W>])| -> Result<()> {
        let from = 1 + (i * step) as isize;
        write(out, inner(from, (from + step as isize).min(n - 1))?)
    };
    let mut written = Ok(());
    let fill = |out: &mut [MaybeUninit<W>]| {
        let (first, later) = out.split_at_mut(others);
        let (between, last) = later.split_at_mut(later.len() - others);
        written = write(first, start).and_then(|()| write(last, end)).and_then(|()| match thread_count() {
            1 => between.chunks_mut(step * others).enumerate().try_for_each(rows),
            _ => in_pool(|| between.par_chunks_mut(step * others).enumerate().try_for_each(rows)),
        });
        if written.is_err() {
            out.fill(MaybeUninit::new(W::ZERO));
        }
    };
    // SAFETY: the ends and what is between them are all elements, which are written, here or above.
    let result = unsafe { Array::build(f.shape(), Order::RowMajor, fill)? };
    written.map(|()| result)
}
