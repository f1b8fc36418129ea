//! Medians and quantiles of the lanes of an array: those elements that one result is made of.

use std::convert::Infallible;

use array_core::engine::reduce::AxisSet;
use array_core::engine::{in_pool, thread_count};
use array_core::{Array, Element, Error, Result};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use super::methods::{Place, QuantileMethod};
use super::options::{OverQuantiles, Probabilities};
use super::select::{Interpolates, Ranked, nan_count, select};
use crate::linear::plan::shape_text;
use crate::reduce::over::Over;

/// Elements from which on threads pay.
const WORTH_SPLITTING: usize = 50_000;

/// Lanes, one after the other in memory.
struct Lanes<T: Element> {
    elements: Array<T>,
    length: usize,
    count: usize,
    /// The result's shape.
    shape: Vec<usize>,
}

/// The lanes of an array over some axes. Copies the elements unless they already lie like that.
fn lanes<T: Element>(a: &Array<T>, axes: &AxisSet, keepdims: bool) -> Result<Lanes<T>> {
    let (reduced, kept): (Vec<usize>, Vec<usize>) = (0..a.ndim()).partition(|&axis| axes.contains(axis));
    let order: Vec<isize> = kept.iter().chain(&reduced).map(|&axis| axis as isize).collect();
    let length = axes.count(a.shape());
    let shape = axes.result_shape(a.shape(), keepdims);
    let count = shape.iter().product();
    Ok(Lanes { elements: a.transpose(&order)?.try_contiguous()?, length, count, shape })
}

/// Memory that lanes use one after the other.
struct Rooms<T> {
    copies: Vec<T>,
    found: Vec<T>,
}

impl<T> Default for Rooms<T> {
    fn default() -> Self {
        Rooms { copies: Vec::new(), found: Vec::new() }
    }
}

/// So many results for each lane: `compute` appends them.
///
/// # Errors
/// When there is no memory for them: of no elements there may be as many lanes as an address can count.
fn map_lanes<T: Element, R: Element>(
    lanes: &Lanes<T>,
    each: usize,
    compute: impl Fn(usize, &[T], &mut Rooms<T>, &mut Vec<R>) + Sync,
) -> Result<Vec<R>> {
    let (mut results, count) = (Vec::new(), lanes.count.saturating_mul(each));
    results.try_reserve_exact(count).map_err(|_| Error::memory(count.saturating_mul(size_of::<R>())))?;
    let elements = lanes.elements.as_slice().expect("lanes are contiguous");
    let lane = |i: usize| &elements[i * lanes.length..(i + 1) * lanes.length];
    let threads = thread_count();
    if elements.len() < WORTH_SPLITTING || threads == 1 || lanes.count < 2 {
        let mut rooms = Rooms::default();
        (0..lanes.count).for_each(|i| compute(i, lane(i), &mut rooms, &mut results));
        return Ok(results);
    }
    let chunk = lanes.count.div_ceil(4 * threads);
    let part = |part: Vec<usize>| {
        let (mut rooms, mut results) = (Rooms::default(), Vec::new());
        part.into_iter().for_each(|i| compute(i, lane(i), &mut rooms, &mut results));
        results
    };
    let parts: Vec<Vec<R>> = in_pool(|| (0..lanes.count).into_par_iter().chunks(chunk).map(part).collect());
    parts.iter().for_each(|part| results.extend_from_slice(part));
    Ok(results)
}

/// An error if there is a mask, which quantiles do not take.
fn unmasked(name: &str, over: &Over<'_, Infallible>) -> Result<()> {
    match over.mask {
        None => Ok(()),
        Some(_) => Err(Error::value(format!("{name} takes no where mask"))),
    }
}

/// The median of each lane.
pub(crate) fn median<T: Ranked>(
    name: &str,
    a: &Array<T>,
    over: &Over<'_, Infallible>,
    skip_nan: bool,
) -> Result<Array<T::Median>> {
    unmasked(name, over)?;
    let lanes = lanes(a, &over.axis_set(a.ndim())?, over.keepdims)?;
    let results = map_lanes(&lanes, 1, |_, lane, Rooms { copies, found }, results: &mut Vec<T::Median>| {
        let nans = skip_nan.then(|| nan_count(lane));
        let n = lane.len() - nans.unwrap_or(0);
        let ranks = if n % 2 == 0 { &[(n / 2).wrapping_sub(1), n / 2][..] } else { &[n / 2] };
        found.clear();
        let is_nan = n == 0 || select(lane, nans, ranks, copies, found);
        results.push(match found[..] {
            _ if is_nan => T::nan(),
            [one] => one.alone(),
            [a, b] => T::middle(a, b),
            _ => unreachable!("one or two ranks"),
        });
    })?;
    Array::from_vec(results).reshape(&lanes.shape)
}

/// Which probabilities are of the lane's `which`-th rank.
type Places = Vec<(usize, usize, f64)>;

/// Ranks without repetition, and where each probability lies among them.
fn places<M: QuantileMethod>(n: usize, probabilities: &[f64]) -> (Vec<usize>, Places) {
    let ends: Vec<(usize, usize, f64)> = probabilities
        .iter()
        .map(|&q| match M::place(n, q) {
            Place::At(rank) => (rank, rank, 0.0),
            Place::Between(first, second, t) => (first, second, t),
        })
        .collect();
    let mut ranks: Vec<usize> = ends.iter().flat_map(|end| [end.0, end.1]).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let index = |rank: usize| ranks.binary_search(&rank).expect("among the ranks");
    let places = ends.iter().map(|&(first, second, t)| (index(first), index(second), t)).collect();
    (ranks, places)
}

/// The quantiles of each lane; their axes come first.
pub(crate) fn quantile<T, Q, M>(
    name: &str,
    a: &Array<T>,
    probabilities: &Q,
    options: &OverQuantiles<'_, M>,
    skip_nan: bool,
    full: f64,
) -> Result<Array<M::Result<T, Q>>>
where
    T: Interpolates,
    Q: Probabilities,
    M: QuantileMethod,
{
    let OverQuantiles { over, weights, .. } = options;
    unmasked(name, over)?;
    let axes = over.axis_set(a.ndim())?;
    let mut values = probabilities.values()?;
    values.iter_mut().for_each(|q| *q /= full);
    if let Some(q) = values.iter().find(|q| !(0.0..=1.0).contains(*q)) {
        return Err(Error::value(format!("{name}: {} is not in the range from 0 to {full}", q * full)));
    }
    let lanes = lanes(a, &axes, over.keepdims)?;
    if lanes.length == 0 && lanes.count > 0 && !(skip_nan && T::HAS_NAN) {
        return Err(Error::value(format!(
            "{name} of no elements: the array's shape is {:?}; there must be at least one",
            a.shape()
        )));
    }
    let weights = weights.map(|weights| weights_of_lanes(name, weights, a.shape(), &axes)).transpose()?;
    let whole = places::<M>(lanes.length.max(1), &values);
    let nan = || M::value::<T, Q>(T::a_nan(), T::a_nan(), 0.0);
    let results =
        map_lanes(&lanes, values.len(), |i, lane, Rooms { copies, found }, results: &mut Vec<_>| {
            if let Some(weights) = &weights {
                let weights = weights.elements.as_slice().expect("lanes are contiguous");
                let weights = &weights[i * lane.len()..(i + 1) * lane.len()];
                let found = weighted(lane, weights, &values, skip_nan);
                return results
                    .extend(found.into_iter().map(|x| x.map_or_else(nan, |x| M::value::<T, Q>(x, x, 0.0))));
            }
            let nans = skip_nan.then(|| nan_count(lane));
            let n = lane.len() - nans.unwrap_or(0);
            let fewer = (n < lane.len()).then(|| places::<M>(n.max(1), &values));
            let (ranks, places) = fewer.as_ref().unwrap_or(&whole);
            found.clear();
            if n == 0 || select(lane, nans, ranks, copies, found) {
                return results.extend(values.iter().map(|_| nan()));
            }
            let value =
                |&(first, second, t): &(usize, usize, f64)| M::value::<T, Q>(found[first], found[second], t);
            results.extend(places.iter().map(value));
        })?;
    // Probabilities are the last axis so far.
    let by_lane = Array::from_vec(results).reshape([lanes.count, values.len()])?;
    by_lane.t().try_contiguous()?.reshape([probabilities.shape(), lanes.shape].concat())
}

/// The weights in the order of the lanes.
fn weights_of_lanes(name: &str, weights: &Array<f64>, shape: &[usize], axes: &AxisSet) -> Result<Lanes<f64>> {
    let reduced: Vec<usize> = (0..shape.len()).filter(|&axis| axes.contains(axis)).collect();
    let full = if weights.shape() == shape {
        weights.clone()
    } else if let ([axis], [length]) = (&reduced[..], weights.shape())
        && *length == shape[*axis]
    {
        let mut lengths = vec![1; shape.len()];
        lengths[*axis] = *length;
        weights.reshape(&lengths)?.broadcast_to(shape)?
    } else {
        return Err(Error::shape(format!(
            "{name}: weights of shape {} do not fit an array of shape {}: they must have its shape, or that of the \
             one axis",
            shape_text(weights.shape()),
            shape_text(shape)
        )));
    };
    let lanes = lanes(&full, axes, false)?;
    let elements = lanes.elements.as_slice().expect("lanes are contiguous");
    if elements.iter().any(|&weight| weight < 0.0) {
        return Err(Error::value(format!("{name}: weights must not be negative")));
    }
    let bad = |lane: &[f64]| !(lane.iter().sum::<f64>() > 0.0 && lane.iter().sum::<f64>().is_finite());
    if lanes.length > 0 && elements.chunks(lanes.length).any(bad) {
        return Err(Error::value(format!("{name}: weights included nan or inf, or were all zero")));
    }
    Ok(lanes)
}

/// The weighted quantiles of a lane; `None` where there is a nan, or nothing.
fn weighted<T: Ranked>(lane: &[T], weights: &[f64], probabilities: &[f64], skip_nan: bool) -> Vec<Option<T>> {
    let mut pairs: Vec<(T, f64)> = lane.iter().copied().zip(weights.iter().copied()).collect();
    if skip_nan {
        pairs.retain(|(x, _)| !x.is_nan());
    }
    if pairs.is_empty() || pairs.iter().any(|(x, _)| x.is_nan()) {
        return vec![None; probabilities.len()];
    }
    // Stable, so that equal elements keep their order.
    pairs.sort_by(|a, b| T::order(a.0, b.0));
    let mut total = 0.0;
    for (_, weight) in &mut pairs {
        total += *weight;
        *weight = total;
    }
    let index = |q: f64| {
        // Elements of no weight at the front are never taken.
        let before = |share: f64| share == 0.0 || share < q;
        pairs.partition_point(|(_, sum)| before(*sum / total)).min(pairs.len() - 1)
    };
    probabilities.iter().map(|&q| Some(pairs[index(q)].0)).collect()
}
