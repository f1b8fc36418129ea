//! The ceiling: how fast this machine's memory can be copied, and added (the "triad").

use rayon::prelude::*;

use crate::clock::{Contender, Effort, measure};
use crate::record::Bandwidth;

/// Numbers in each array: far more than any cache holds.
const LENGTH: usize = 10_000_000;

/// Bytes per nanosecond (10^9 bytes per second) that a copy and a triad move, reads and writes.
pub(crate) fn bandwidth(threads: usize, effort: Effort) -> Bandwidth {
    let (b, c) = (vec![1.0; LENGTH], vec![2.0; LENGTH]);
    let (mut copied, mut added) = (vec![0.0; LENGTH], vec![0.0; LENGTH]);
    let part = LENGTH.div_ceil(threads);
    let copy = || {
        let parts = copied.par_chunks_mut(part).zip(b.par_chunks(part));
        parts.for_each(|(to, from)| to.copy_from_slice(from));
    };
    let triad = || {
        let parts = added.par_chunks_mut(part).zip(b.par_chunks(part)).zip(c.par_chunks(part));
        parts.for_each(|((a, b), c)| a.iter_mut().zip(b).zip(c).for_each(|((a, b), c)| *a = b + 3.0 * c));
    };
    let timings = measure(&mut [Contender::new("copy", copy), Contender::new("triad", triad)], effort);
    let bytes = (LENGTH * size_of::<f64>()) as f64;
    Bandwidth { threads, copy: 2.0 * bytes / timings[0].ns, triad: 3.0 * bytes / timings[1].ns }
}
