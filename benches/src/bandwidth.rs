//! The ceiling: how fast this machine's memory can be copied, and added (the "triad").

use rayon::prelude::*;

use crate::Failure;
use crate::clock::{Contender, Effort, Turn, measure};
use crate::machine::Pools;
use crate::record::Bandwidth;

/// Numbers in each array: far more than any cache holds.
const LENGTH: usize = 10_000_000;

/// Bytes per nanosecond (10^9 bytes per second) that a copy and a triad move, reads and writes.
pub(crate) fn bandwidth(threads: usize, pools: &Pools, effort: Effort) -> Result<Bandwidth, Failure> {
    // Our own arrays, which lie in huge pages if there are any, as do those of the functions.
    let array = |value: f64| numpypy::full(LENGTH, value);
    let (b, c, mut copied, mut added) = (array(1.0)?, array(2.0)?, array(0.0)?, array(0.0)?);
    let (b, c) = (b.as_slice().expect("it is contiguous"), c.as_slice().expect("it is contiguous"));
    let (copied, added) = (copied.as_slice_mut(), added.as_slice_mut());
    let part = LENGTH.div_ceil(threads);
    let copy = || {
        let parts = copied.par_chunks_mut(part).zip(b.par_chunks(part));
        parts.for_each(|(to, from)| to.copy_from_slice(from));
    };
    let triad = || {
        let parts = added.par_chunks_mut(part).zip(b.par_chunks(part)).zip(c.par_chunks(part));
        parts.for_each(|((a, b), c)| a.iter_mut().zip(b).zip(c).for_each(|((a, b), c)| *a = b + 3.0 * c));
    };
    let mut contenders = [Contender::new("copy", copy), Contender::new("triad", triad)];
    let turns = [0, 1].map(|who| Turn { who, threads });
    let timings = measure(&mut contenders, &turns, pools, effort);
    let bytes = (LENGTH * size_of::<f64>()) as f64;
    Ok(Bandwidth { threads, copy: 2.0 * bytes / timings[0].ns(), triad: 3.0 * bytes / timings[1].ns() })
}
