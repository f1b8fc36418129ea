//! How many values fall into each of some bins.

use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use super::bins::Places;
use super::order::Sortable;
use super::weights::Weight;
use crate::engine::{CastTo, in_pool, thread_count};
use crate::index::IntoIndices;
use crate::{Array, Element, Error, Result, copy, error, fallible, linspace};

/// Values from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 17;
/// Values that one thread takes at a time.
const PIECE: usize = 1 << 16;

/// What closures make of the pieces of values and of that: on several threads if there are many values.
fn in_pieces<T: Sync, R: Send>(
    values: &[T],
    of_piece: impl Fn(&[T]) -> R + Sync,
    both: impl Fn(R, R) -> R + Sync,
) -> R {
    if values.len() < WORTH_SPLITTING || thread_count() == 1 {
        return of_piece(values);
    }
    let found = in_pool(|| values.par_chunks(PIECE).map(&of_piece).reduce_with(&both));
    found.expect("there are pieces")
}

/// Counts that `count` adds up: on several threads, each with counts of its own, if that is worth it.
fn counted<T: Sync>(
    values: &[T],
    length: usize,
    count: impl Fn(&[T], &mut [i64]) + Sync,
) -> Result<Vec<i64>> {
    let mut counts = fallible::repeated(0i64, length)?;
    let threads = thread_count();
    if values.len() < WORTH_SPLITTING || threads == 1 || length > values.len() / (4 * threads) {
        count(values, &mut counts);
        return Ok(counts);
    }
    let of_part = |part: &[T]| {
        let mut counts = vec![0; length];
        count(part, &mut counts);
        counts
    };
    let parts: Vec<Vec<i64>> =
        in_pool(|| values.par_chunks(values.len().div_ceil(threads)).map(of_part).collect());
    for part in parts {
        counts.iter_mut().zip(part).for_each(|(sum, count)| *sum += count);
    }
    Ok(counts)
}

/// How many of each of the numbers 0, 1, 2, … there are, up to the largest or to `least` of them.
/// They are of any dtype of integers but `u64`.
///
/// ```
/// # use array_core::{array, bincount};
/// assert_eq!(bincount(&array![0, 1, 1, 3], 0)?.to_vec(), [1, 2, 0, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the array is no vector or has a negative number, or there is no memory.
pub fn bincount(x: impl IntoIndices, least: usize) -> Result<Array<i64>> {
    let x = x.into_indices()?;
    if x.ndim() != 1 {
        return Err(Error::value(format!("bincount counts a vector, the array has {} axes", x.ndim())));
    }
    let x = x.try_contiguous()?;
    let x = x.as_slice().expect("made contiguous");
    let ends = |x: &[i64]| x.iter().fold((0, -1), |(low, high), &i| (i.min(low), i.max(high)));
    let (lowest, highest) = in_pieces(x, ends, |a, b| (a.0.min(b.0), a.1.max(b.1)));
    if lowest < 0 {
        return Err(Error::value(format!("bincount counts numbers from 0 on: {lowest} is negative")));
    }
    let length = (highest.wrapping_add(1) as usize).max(least);
    crate::layout::byte_size::<i64>(&[length])?;
    let counts = counted(x, length, |x, counts| x.iter().for_each(|&i| counts[i as usize] += 1))?;
    Ok(Array::from_vec(counts))
}

/// How the number of bins is found from the data, for [`histogram`]: NumPy's rules, under its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BinRule {
    /// The narrower of [`Sturges`](Self::Sturges)' and [`FreedmanDiaconis`](Self::FreedmanDiaconis)' bins, but
    /// no more than twice as many as [`Sqrt`](Self::Sqrt) would make.
    Auto,
    /// Width 2·IQR / n^⅓: `"fd"`.
    FreedmanDiaconis,
    /// log2(n) + 1 bins.
    Sturges,
    /// √n bins.
    Sqrt,
    /// 2·n^⅓ bins.
    Rice,
    /// Width (24·√π / n)^⅓ times the standard deviation.
    Scott,
    /// As Sturges, with the skewness taken into account.
    Doane,
    /// As many bins as let the least error be expected, by leaving out each value in turn; not more than 100 or √n.
    /// Counts once for each number of bins.
    Stone,
}

/// The bins of a histogram: so many equal ones, edges that ascend, or a rule to find how many.
pub enum Bins<'a> {
    /// So many of equal width.
    Count(usize),
    /// From each edge to the next; the last one included.
    Edges(&'a Array<f64>),
    /// As many as the rule finds.
    Rule(BinRule),
}

impl From<usize> for Bins<'_> {
    fn from(count: usize) -> Self {
        Bins::Count(count)
    }
}

impl<'a> From<&'a Array<f64>> for Bins<'a> {
    fn from(edges: &'a Array<f64>) -> Self {
        Bins::Edges(edges)
    }
}

impl From<BinRule> for Bins<'_> {
    fn from(rule: BinRule) -> Self {
        Bins::Rule(rule)
    }
}

/// Counts, or sums of weights of a dtype, and the edges between them: what [`histogram`] gives.
#[derive(Clone, Debug)]
pub struct Histogram<W: Element = i64> {
    /// How many values fall into each bin, or the sum of their weights.
    pub counts: Array<W>,
    /// The bins' edges: one more than there are bins.
    pub edges: Array<f64>,
}

impl<W: Weight> Histogram<W> {
    /// The counts divided by how many there are in all and by the bins' widths: NumPy's `density=True`. Complex
    /// weights give a `complex128`, all others an `f64`.
    ///
    /// ```
    /// # use array_core::{array, histogram};
    /// let found = histogram(&array![0.0, 1.0, 3.0, 4.0], 2, None)?;
    /// assert_eq!(found.density(), array![0.25, 0.25]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn density(&self) -> Array<W::Density> {
        let (counts, edges) = (self.counts.astype::<W::Density>().to_vec(), self.edges.to_vec());
        let total = counts.iter().fold(W::Density::ZERO, |sum, &count| sum + count);
        counts.iter().zip(edges.windows(2)).map(|(&n, edge)| n / (edge[1] - edge[0]) / total).collect()
    }
}

/// How many values of the flattened array fall into each bin; values outside of all count nowhere.
///
/// Equal bins reach from the least to the largest value, or over `range`. A bin includes its left edge, the
/// last one both.
///
/// ```
/// # use array_core::{array, histogram};
/// let found = histogram(&array![1.0, 2.0, 2.5, 4.0], 3, None)?;
/// assert_eq!(found.counts.to_vec(), [1, 2, 1]);
/// assert_eq!(found.edges.to_vec(), [1.0, 2.0, 3.0, 4.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are to be no bins, or so many that no numbers are between their edges; when edges do not ascend, the range is
/// not finite or the wrong way round, a rule is given for values that are not finite, or there is no memory.
pub fn histogram<'a, T: Element + CastTo<f64>>(
    a: &Array<T>,
    bins: impl Into<Bins<'a>>,
    range: Option<(f64, f64)>,
) -> Result<Histogram> {
    let values = copy::as_dtype::<T, f64>(a)?;
    let values = values.as_slice().expect("as converted");
    let (edges, ends) = edges_of::<T>(values, &bins.into(), range)?;
    let counts = places(values, &edges, ends)?.counts(values)?;
    Ok(Histogram { counts: Array::from_vec(counts), edges: Array::from_vec(edges) })
}

/// The bins between these edges, equal ones if their ends are given.
pub(super) fn places<'a>(values: &[f64], edges: &'a [f64], ends: Option<(f64, f64)>) -> Result<Places<'a>> {
    match ends {
        Some((first, last)) => Ok(Places::equal(first, last, edges)),
        None => Places::between(edges, values.len()),
    }
}

/// The edges of bins for values that were of dtype `T`, and the ends of bins that are equal.
#[allow(clippy::type_complexity, reason = "edges, and two ends")]
pub(super) fn edges_of<T: Element>(
    values: &[f64],
    bins: &Bins<'_>,
    range: Option<(f64, f64)>,
) -> Result<(Vec<f64>, Option<(f64, f64)>)> {
    if let Bins::Edges(edges) = bins {
        return Ok((ascending(edges)?, None));
    }
    let (first, last, count) = equal_bins(values, bins, range, T::DTYPE.kind() != crate::Kind::Float)?;
    let edges = linspace(first, last, count + 1)?.try_into_vec()?;
    if edges.windows(2).any(|edge| edge[0] >= edge[1]) {
        return Err(Error::value(format!(
            "{count} bins are too many from {first} to {last}: their edges are not different numbers"
        )));
    }
    Ok((edges, Some((first, last))))
}

/// The edges of the bins that [`histogram`] would count into.
///
/// ```
/// # use array_core::{array, histogram_bin_edges};
/// let edges = histogram_bin_edges(&array![0.0, 1.0, 4.0], 4, None)?;
/// assert_eq!(edges.to_vec(), [0.0, 1.0, 2.0, 3.0, 4.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`histogram`].
pub fn histogram_bin_edges<'a, T: Element + CastTo<f64>>(
    a: &Array<T>,
    bins: impl Into<Bins<'a>>,
    range: Option<(f64, f64)>,
) -> Result<Array<f64>> {
    let bins = bins.into();
    let values = match bins {
        Bins::Edges(_) => crate::zeros([0])?,
        _ => copy::as_dtype::<T, f64>(a)?,
    };
    let (edges, _) = edges_of::<T>(values.as_slice().expect("as converted"), &bins, range)?;
    Ok(Array::from_vec(edges))
}

fn ascending(edges: &Array<f64>) -> Result<Vec<f64>> {
    if edges.ndim() != 1 {
        return Err(Error::value(format!(
            "edges are a vector, not of shape {}",
            error::Shape(edges.shape())
        )));
    }
    let values = edges.try_vec()?;
    if let Some(i) = values.windows(2).position(|pair| pair[0] > pair[1]) {
        return Err(Error::value(format!(
            "edges must ascend: edge {} is {}, less than {} before it",
            i + 1,
            values[i + 1],
            values[i]
        )));
    }
    Ok(values)
}

/// The ends of what has these ends; `nan` if any is.
fn wider(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    if b.0.is_nan() {
        b
    } else if a.0.is_nan() {
        a
    } else {
        (a.0.min(b.0), a.1.max(b.1))
    }
}

/// The least and the greatest value; `nan` if there is one.
fn ends(values: &[f64]) -> (f64, f64) {
    /// Values side by side, so that the compiler makes vector code of it.
    const SIDE: usize = 8;
    let wider = |low: &mut f64, high: &mut f64, x: f64| {
        *low = if x < *low { x } else { *low };
        *high = if x > *high { x } else { *high };
    };
    let (mut low, mut high, mut numbers) = ([f64::INFINITY; SIDE], [f64::NEG_INFINITY; SIDE], [true; SIDE]);
    let (groups, rest) = values.as_chunks::<SIDE>();
    for group in groups {
        for i in 0..SIDE {
            wider(&mut low[i], &mut high[i], group[i]);
            numbers[i] &= !group[i].is_nan();
        }
    }
    for (i, &x) in rest.iter().enumerate() {
        wider(&mut low[i], &mut high[i], x);
        numbers[i] &= !x.is_nan();
    }
    if numbers != [true; SIDE] {
        return (f64::NAN, f64::NAN);
    }
    (low.into_iter().fold(f64::INFINITY, f64::min), high.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

/// The ends and the number of equal bins.
fn equal_bins(
    values: &[f64],
    bins: &Bins<'_>,
    range: Option<(f64, f64)>,
    whole_numbers: bool,
) -> Result<(f64, f64, usize)> {
    let (first, last) = match range {
        Some((first, last)) if first > last => {
            return Err(Error::value(format!(
                "the range of bins ends, at {last}, before it begins, at {first}"
            )));
        }
        Some(range) => range,
        None if values.is_empty() => (0.0, 1.0),
        None => in_pieces(values, ends, wider),
    };
    if !first.is_finite() || !last.is_finite() {
        return Err(Error::value(format!("bins from {first} to {last} are not finite: give a range")));
    }
    let (first, last) = if first == last { (first - 0.5, last + 0.5) } else { (first, last) };
    let count = match bins {
        Bins::Count(0) => return Err(Error::value("a histogram needs at least one bin")),
        Bins::Count(count) => *count,
        Bins::Rule(rule) => {
            let inside: Vec<f64> = match range {
                Some(_) => {
                    let mut inside = fallible::with_room(values.len())?;
                    inside.extend(values.iter().filter(|x| (first..=last).contains(x)));
                    inside
                }
                None => fallible::collected(values.iter().copied())?,
            };
            rule.count(inside, (first, last), whole_numbers)?
        }
        Bins::Edges(_) => unreachable!("the caller has dealt with edges"),
    };
    if count >= isize::MAX as usize {
        return Err(Error::size(format!("a histogram of {count} bins")));
    }
    Ok((first, last, count))
}

impl BinRule {
    /// How many bins from the one to the other.
    ///
    /// # Errors
    /// When there is no memory for sorting.
    fn count(self, mut values: Vec<f64>, (first, last): (f64, f64), whole_numbers: bool) -> Result<usize> {
        if values.is_empty() {
            return Ok(1);
        }
        f64::sort_lane(&mut values)?;
        let n = values.len() as f64;
        let spread = values[values.len() - 1] - values[0];
        let mean = values.iter().sum::<f64>() / n;
        let moment = |power: i32| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
        let quantile = |q: f64| {
            let at = q * (n - 1.0);
            let (low, part) = (at.floor() as usize, at.fract());
            values[low] + (values[(low + 1).min(values.len() - 1)] - values[low]) * part
        };
        let sturges = spread / (n.log2() + 1.0);
        let freedman = 2.0 * (quantile(0.75) - quantile(0.25)) * n.powf(-1.0 / 3.0);
        let width = match self {
            BinRule::Sturges => sturges,
            BinRule::FreedmanDiaconis => freedman,
            // Not more than twice as many as of √n.
            BinRule::Auto => freedman.max(spread / n.sqrt() / 2.0).min(sturges),
            BinRule::Sqrt => spread / n.sqrt(),
            BinRule::Rice => spread / (2.0 * n.powf(1.0 / 3.0)),
            BinRule::Scott => (24.0 * std::f64::consts::PI.sqrt() / n).powf(1.0 / 3.0) * moment(2).sqrt(),
            BinRule::Doane if n > 2.0 => {
                let sigma = moment(2).sqrt();
                let unit = (6.0 * (n - 2.0) / ((n + 1.0) * (n + 3.0))).sqrt();
                match sigma > 0.0 {
                    true => {
                        let skew = (moment(3) / sigma.powi(3)).abs();
                        spread / (1.0 + n.log2() + (1.0 + skew / unit).log2())
                    }
                    false => 0.0,
                }
            }
            BinRule::Doane => 0.0,
            BinRule::Stone if n > 1.0 && spread > 0.0 => {
                let mut best = (f64::INFINITY, 1);
                for bins in 1..=(n.sqrt() as usize).max(100) {
                    let edges = linspace(first, last, bins + 1)?.try_into_vec()?;
                    let counts = Places::equal(first, last, &edges).counts(&values)?;
                    let shares = counts.into_iter().map(|count| (count as f64 / n).powi(2)).sum::<f64>();
                    let error = (2.0 - (n + 1.0) * shares) / (spread / bins as f64);
                    if error < best.0 {
                        best = (error, bins);
                    }
                }
                spread / best.1 as f64
            }
            BinRule::Stone => 0.0,
        };
        // Of whole numbers no bin is narrower than one.
        let width = if whole_numbers && width > 0.0 && width < 1.0 { 1.0 } else { width };
        Ok(if width > 0.0 { (((last - first) / width).ceil() as usize).max(1) } else { 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_the_least_and_the_greatest() {
        for length in 1..40 {
            let values: Vec<f64> = (0..length).map(|i| ((i * 37 + 5) % 41) as f64 - 20.0).collect();
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            assert_eq!(ends(&values), (least, greatest));
            for i in 0..length {
                let mut values = values.clone();
                values[i] = f64::NAN;
                assert!(ends(&values).0.is_nan() && ends(&values).1.is_nan());
            }
        }
    }

    #[test]
    fn counts_do_not_depend_on_threads() {
        let values: Array<f64> = (0..300_000i64).map(|i| (i * 7919 % 1009) as f64).collect();
        let edges = Array::from([0.0, 10.0, 500.0, 1008.0]);
        let on = |threads| {
            crate::with_threads(threads, || {
                let counts = bincount(values.astype::<i64>(), 0).unwrap();
                let equal = histogram(&values, 10, None).unwrap();
                (counts, equal.counts, equal.edges, histogram(&values, &edges, None).unwrap().counts)
            })
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(7).use_current_thread().build().unwrap();
        // This thread is in the pool: what goes in and out of one ThreadSanitizer cannot follow.
        pool.install(|| {
            let alone = on(1);
            assert_eq!((alone.0.len(), alone.0.to_vec()[0]), (1009, 298));
            assert_eq!(alone.1.to_vec().iter().sum::<i64>(), 300_000);
            assert!([2, 3, 7].into_iter().all(|threads| on(threads) == alone));
        });
    }

    #[test]
    fn blocks_are_counted_into_edges_together() {
        let values: Array<f64> = (0..200_000).map(|i| (i * 7919 % 1000) as f64).collect();
        let found = histogram(&values, &Array::from([0.0, 10.0, 500.0, 999.0]), None).unwrap();
        assert_eq!(found.counts.to_vec(), [2000, 98_000, 100_000]);
    }
}
