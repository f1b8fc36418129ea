//! Whether integers are among others, by a table of flags: one look for each, however many there are.

use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::keys::Coded;
use super::passes::{self, Pass};
use crate::engine::{in_pool, thread_count};
use crate::{Result, fallible};

/// Flags for each value and wanted value that a table may have: NumPy's limit.
const FLAGS_EACH: u64 = 6;

/// Values from which on threads pay, and how many one takes at a time.
const WORTH_SPLITTING: usize = 1 << 18;
const PIECE: usize = 1 << 15;

/// Writes whether each value is among the wanted ones, unless these are too far apart for a table: then `false`.
///
/// # Errors
/// When there is no memory for the table.
pub(super) fn look_up<T: Coded>(wanted: &[T], values: &[T], found: &mut [bool]) -> Result<bool> {
    let Some(first) = wanted.first().map(|value| value.rank()) else {
        found.fill(false);
        return Ok(true);
    };
    let wider = |(low, high): (i64, i64), value: &T| (low.min(value.rank()), high.max(value.rank()));
    let (low, high) = wanted.iter().fold((first, first), wider);
    let range = high.wrapping_sub(low) as u64;
    if range > FLAGS_EACH * (wanted.len() as u64).saturating_add(values.len() as u64) {
        return Ok(false);
    }
    let mut table = fallible::repeated(false, range as usize + 1)?;
    for value in wanted {
        table[value.rank().wrapping_sub(low) as usize] = true;
    }
    let table = &table[..];
    if values.len() < WORTH_SPLITTING || thread_count() == 1 {
        passes::run(Look { table, low, values, found });
    } else {
        let pieces = values.par_chunks(PIECE).zip(found.par_chunks_mut(PIECE));
        in_pool(|| pieces.for_each(|(values, found)| passes::run(Look { table, low, values, found })));
    }
    Ok(true)
}

/// Looks up whether the flag of each value is set.
struct Look<'a, T> {
    table: &'a [bool],
    /// The value of the first flag.
    low: i64,
    values: &'a [T],
    found: &'a mut [bool],
}

impl<T: Coded> Pass for Look<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        let last = self.table.len() - 1;
        for (found, value) in self.found.iter_mut().zip(self.values) {
            let at = value.rank().wrapping_sub(self.low) as u64;
            // Without a branch: a value beyond the table looks at its end, and is not there.
            *found = self.table[(at as usize).min(last)] & (at <= last as u64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::order::Sortable;
    use crate::{Array, isin};

    fn agrees<T: Sortable>(values: &[T], wanted: &[T]) {
        let naive: Vec<bool> = values.iter().map(|x| wanted.contains(x)).collect();
        let (a, test) = (Array::from_vec(values.to_vec()), Array::from_vec(wanted.to_vec()));
        assert_eq!(isin(&a, &test).unwrap().to_vec(), naive, "{} in {wanted:?}", values.len());
    }

    #[test]
    fn integers_of_any_range_are_found() {
        for wanted in [&[][..], &[7], &[3, 5, 3], &[-128, 127], &[0, 9, -1]] {
            let values: Vec<i8> = (-128..=127).collect();
            agrees(&values, wanted);
            let all = |numbers: &[i8]| -> Vec<i64> { numbers.iter().map(|&x| x.into()).collect() };
            agrees(&all(&values), &all(wanted));
            let unsigned = |numbers: &[i8]| -> Vec<u16> { numbers.iter().map(|&x| x as u8 as u16).collect() };
            agrees(&unsigned(&values), &unsigned(wanted));
        }
        agrees(&[i64::MIN, -1, 0, i64::MAX], &[i64::MAX, i64::MIN]);
        agrees(&[i64::MIN, -1, 0, i64::MAX], &[i64::MAX, i64::MAX - 1]);
        agrees(&[u64::MAX, 0, 1 << 63], &[1 << 63, (1 << 63) - 1]);
        agrees(&[u64::MAX, 0, 1 << 63], &[0, u64::MAX]);
        agrees(&[true, false], &[true]);
        agrees(&[1.0, f64::NAN], &[f64::NAN, 1.0]);
        let many: Vec<i32> = (0..300_000).map(|i| i % 5003 * 7919 % 1009).collect();
        agrees(&many, &[3, 5, 1008, 2000]);
    }
}
