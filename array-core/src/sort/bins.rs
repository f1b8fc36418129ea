//! Into which bin of a histogram each value falls, without sorting them: a block at a time, in loops that are vector
//! code; and how many fall into each, by one count more for each of these.

use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use super::order::Sortable;
use super::passes::{self, Pass};
use super::search::Side;
use crate::engine::{in_pool, thread_count};
use crate::{Result, fallible};

/// Values whose bins are found at a time.
pub(super) const BLOCK: usize = 512;
/// How many tables of counts there are side by side at most, so that no count waits for itself to be written: few counts
/// come again soon, and their tables take little of the cache.
const SIDE: usize = 16;
/// How many values are looked for side by side.
const TOGETHER: usize = 16;

/// Counts that are raised one by one, in any order.
struct Counts {
    /// A table, or several side by side.
    tables: Vec<i64>,
    length: usize,
}

impl Counts {
    fn new(length: usize) -> Result<Self> {
        let tables = match length {
            0..=64 => SIDE,
            65..=1024 => SIDE / 4,
            _ => 1,
        };
        let length_of_all = length.saturating_mul(tables);
        Ok(Counts { tables: fallible::repeated(0, length_of_all)?, length })
    }

    /// One more of each of these.
    fn add(&mut self, found: &[i64]) {
        if self.tables.len() == self.length {
            return found.iter().for_each(|&i| self.tables[i as usize] += 1);
        }
        let last = self.tables.len() / self.length - 1;
        let (groups, rest) = found.as_chunks::<SIDE>();
        for group in groups {
            for (k, &i) in group.iter().enumerate() {
                self.tables[(k & last) * self.length + i as usize] += 1;
            }
        }
        rest.iter().for_each(|&i| self.tables[i as usize] += 1);
    }

    /// The counts of all tables together.
    fn total(mut self) -> Vec<i64> {
        let (total, others) = self.tables.split_at_mut(self.length);
        for other in others.chunks_exact(self.length) {
            total.iter_mut().zip(other).for_each(|(total, other)| *total += other);
        }
        self.tables.truncate(self.length);
        self.tables
    }
}

/// Values from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 17;

/// Bins, and how the one of a value is found.
pub(super) enum Places<'a> {
    /// Equal bins from `first` to `last`, which begin at these edges, the last of which is where the last bin ends.
    Equal { first: f64, last: f64, edges: &'a [f64] },
    /// Bins between edges that ascend; the last one includes its right edge.
    Between { edges: &'a [f64], cells: Option<Cells> },
}

impl<'a> Places<'a> {
    /// Equal bins that reach from `first` to `last` and begin at these edges, the last of which is where the last bin ends.
    pub(super) fn equal(first: f64, last: f64, edges: &'a [f64]) -> Self {
        Places::Equal { first, last, edges }
    }

    /// The bins between edges that ascend, for so many values.
    ///
    /// # Errors
    /// When there is no memory for a table.
    pub(super) fn between(edges: &'a [f64], values: usize) -> Result<Self> {
        Ok(Places::Between { edges, cells: Cells::new(edges, values)? })
    }

    /// How many bins there are.
    pub(super) fn count(&self) -> usize {
        let (Places::Equal { edges, .. } | Places::Between { edges, .. }) = self;
        edges.len().saturating_sub(1)
    }

    /// Writes the bins of at most as many values: the number of bins for those in none. There must be a bin.
    pub(super) fn find(&self, values: &[f64], found: &mut [i64; BLOCK]) {
        match self {
            &Places::Equal { first, last, edges } => {
                passes::run(Divide { values, first, last, edges, found });
            }
            Places::Between { edges, cells } => {
                match cells {
                    Some(cells) => passes::run(Find { values, cells, found }),
                    None => f64::search_lane(edges, values, &mut found[..values.len()], Side::Right),
                }
                passes::run(Number { values, edges, found });
            }
        }
    }

    /// How many of the values fall into each bin: on several threads, each with counts of its own, if there are many.
    ///
    /// # Errors
    /// When there is no memory for the counts.
    pub(super) fn counts(&self, values: &[f64]) -> Result<Vec<i64>> {
        let threads = thread_count();
        if values.len() < WORTH_SPLITTING || threads == 1 {
            return self.counts_of_part(values);
        }
        let part = |values| self.counts_of_part(values);
        let parts =
            || values.par_chunks(values.len().div_ceil(threads)).map(part).collect::<Result<Vec<_>>>();
        let mut parts = in_pool(parts)?.into_iter();
        let mut counts = parts.next().expect("values");
        parts.for_each(|part| counts.iter_mut().zip(part).for_each(|(sum, count)| *sum += count));
        Ok(counts)
    }

    fn counts_of_part(&self, values: &[f64]) -> Result<Vec<i64>> {
        let bins = self.count();
        if bins == 0 {
            return Ok(Vec::new());
        }
        // One more for what falls into none.
        let mut counts = Counts::new(bins + 1)?;
        let mut found = [0; BLOCK];
        for values in values.chunks(BLOCK) {
            self.find(values, &mut found);
            counts.add(&found[..values.len()]);
        }
        let mut counts = counts.total();
        counts.truncate(bins);
        Ok(counts)
    }
}

/// Finds the bins of at most as many values by a division: the number of bins for those in none.
struct Divide<'a> {
    values: &'a [f64],
    first: f64,
    last: f64,
    edges: &'a [f64],
    found: &'a mut [i64; BLOCK],
}

impl Pass for Divide<'_> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        let Divide { values, first, last, edges, found } = self;
        let bins = edges.len() - 1;
        for (found, &x) in found.iter_mut().zip(values) {
            let inside = x >= first && x <= last;
            // In NumPy's order, so that it is rounded alike.
            let part = (x - first) / (last - first) * bins as f64;
            // The least of both; the last bin's for what is no number.
            let part = if part < (bins - 1) as f64 { part } else { (bins - 1) as f64 };
            let part = if inside { part } else { 0.0 };
            // SAFETY: from 0 to the last bin's number.
            let bin = unsafe { part.to_int_unchecked::<i64>() };
            // The quotient is rounded: the edges decide.
            // SAFETY: as above; there is one more edge than bins.
            let (from, to) =
                unsafe { (*edges.get_unchecked(bin as usize), *edges.get_unchecked(bin as usize + 1)) };
            let is_after = x >= to && bin < bins as i64 - 1;
            let bin = bin - i64::from(x < from) + i64::from(is_after);
            *found = if inside { bin } else { bins as i64 };
        }
    }
}

/// Makes of how many edges are not beyond a value the number of its bin: that of bins for those in none.
struct Number<'a> {
    values: &'a [f64],
    edges: &'a [f64],
    found: &'a mut [i64; BLOCK],
}

impl Pass for Number<'_> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        let Number { values, edges, found } = self;
        let (bins, last) = (edges.len() as i64 - 1, edges[edges.len() - 1]);
        for (found, &x) in found.iter_mut().zip(values) {
            // As sorting has it: `nan` is the same as `nan`.
            let is_at_end = x == last || (x.is_nan() && last.is_nan());
            let bin = if *found == 0 || *found > bins { bins } else { *found - 1 };
            *found = if is_at_end { bins - 1 } else { bin };
        }
    }
}

/// Where to look for a value's bin: equal cells, and for each how many edges are in those before it. A value's edges are
/// in its own cell or in earlier ones, as numbers keep their order when their cells are computed.
pub(super) struct Cells {
    first: f64,
    /// Cells for each unit.
    scale: f64,
    before: Vec<i64>,
    /// The edges, and after them numbers that no value reaches.
    edges: Vec<f64>,
    /// No cell has more edges than one less than two to this.
    steps: u32,
}

impl Cells {
    /// `None` where it does not pay, or edges are not finite.
    fn new(edges: &[f64], values: usize) -> Result<Option<Self>> {
        let (Some(&first), Some(&last)) = (edges.first(), edges.last()) else { return Ok(None) };
        let count = 4 * edges.len();
        let scale = count as f64 / (last - first);
        let is_finite = edges.iter().all(|edge| edge.is_finite()) && scale.is_finite() && scale > 0.0;
        if !is_finite || values < 4 * count {
            return Ok(None);
        }
        let mut cells =
            Cells { first, scale, before: fallible::repeated(0, count + 1)?, edges: Vec::new(), steps: 0 };
        for &edge in edges {
            let cell = cells.cell(edge);
            cells.before[cell + 1] += 1;
        }
        let most = cells.before.iter().copied().max().unwrap_or(0);
        cells.steps = (most + 1).ilog2() + u32::from(!((most + 1) as u64).is_power_of_two());
        for i in 0..count {
            cells.before[i + 1] += cells.before[i];
        }
        cells.edges = fallible::with_room(edges.len() + (1 << cells.steps))?;
        cells.edges.extend(edges);
        cells.edges.resize(edges.len() + (1 << cells.steps), f64::NAN);
        Ok(Some(cells))
    }

    /// The cell of a value: of one beyond the edges the first or the last, of `nan` the first.
    #[inline(always)]
    fn cell(&self, x: f64) -> usize {
        let most = (self.before.len() - 2) as f64;
        let part = (x - self.first) * self.scale;
        let part = if part > 0.0 { part } else { 0.0 };
        let part = if part < most { part } else { most };
        // SAFETY: from 0 to the last cell's number.
        unsafe { part.to_int_unchecked::<i64>() as usize }
    }
}

/// Finds how many edges are not beyond each of at most as many values; none for `nan`.
struct Find<'a> {
    values: &'a [f64],
    cells: &'a Cells,
    found: &'a mut [i64; BLOCK],
}

impl Pass for Find<'_> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        let Find { values, cells, found } = self;
        let mut block = [f64::NAN; BLOCK];
        block[..values.len()].copy_from_slice(values);
        let (groups, _) = block.as_chunks::<TOGETHER>();
        for (values, found) in groups.iter().zip(found.as_chunks_mut::<TOGETHER>().0) {
            for (found, &x) in found.iter_mut().zip(values) {
                // SAFETY: a cell's number.
                *found = unsafe { *cells.before.get_unchecked(cells.cell(x)) };
            }
            // Halving what is left of the cell's edges.
            for step in (0..cells.steps).rev() {
                let half = 1i64 << step;
                for (found, &x) in found.iter_mut().zip(values) {
                    // SAFETY: at most all edges come before, and by each step less than there are numbers after them.
                    let edge = unsafe { *cells.edges.get_unchecked((*found + half - 1) as usize) };
                    *found += if edge <= x { half } else { 0 };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By NumPy's definition.
    fn naive(values: &[f64], edges: &[f64]) -> Vec<i64> {
        let of_bin = |(i, edge): (usize, &[f64])| {
            let is_last = i + 2 == edges.len();
            values.iter().filter(|&&x| x >= edge[0] && (x < edge[1] || is_last && x == edge[1])).count()
                as i64
        };
        edges.windows(2).enumerate().map(of_bin).collect()
    }

    fn values(count: usize) -> Vec<f64> {
        let special =
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.0, 2.0, 100.0, -3.0, 1e300, -1e300];
        (0..count).map(|i| special.get(i).copied().unwrap_or((i * 7919 % 1031) as f64 / 8.0 - 10.0)).collect()
    }

    #[test]
    fn values_between_edges_are_counted_as_one_by_one() {
        let ascending = |n: i32, f: fn(f64) -> f64| (0..n).map(|i| f(i.into())).collect::<Vec<f64>>();
        for edges in [
            vec![],
            vec![1.0],
            vec![0.0, 1.0],
            vec![1.0, 1.0],
            vec![0.0, 1.0, 1.0, 1.0, 2.0, 2.0],
            vec![f64::NEG_INFINITY, 0.0, f64::INFINITY],
            vec![-1e308, 0.0, 1e308],
            ascending(30, |i| i),
            ascending(31, |i| i * i),
            ascending(300, |i| (i / 20.0).exp2() / 10.0),
            ascending(200, |i| 3.0 + i * f64::EPSILON),
        ] {
            for count in [0, 5, 40, 3000, 20_000] {
                let values = values(count);
                let places = Places::between(&edges, values.len()).unwrap();
                assert_eq!(places.counts(&values).unwrap(), naive(&values, &edges), "{count} in {edges:?}");
            }
        }
    }

    #[test]
    fn equal_bins_are_counted_as_one_by_one() {
        for (first, last) in [(0.0, 1.0), (-10.0, 100.0), (0.1, 0.7), (-1e300, 1e300), (1.0, 1.0 + 1e-12)] {
            for bins in [1, 2, 7, 10, 100, 3000] {
                let edges = crate::linspace(first, last, bins + 1).unwrap().to_vec();
                let mut values = values(3000);
                values.extend(&edges);
                values.extend(edges.iter().map(|edge| edge.next_up()));
                values.extend(edges.iter().map(|edge| edge.next_down()));
                if edges.windows(2).all(|edge| edge[0] < edge[1]) {
                    assert_eq!(
                        Places::equal(first, last, &edges).counts(&values).unwrap(),
                        naive(&values, &edges),
                        "{bins}"
                    );
                }
            }
        }
    }
}
