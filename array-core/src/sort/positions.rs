//! The positions that sort values: each value's rank and position in one integer, which is then sorted.
//!
//! Equal values then are in the order they were in, as the positions below decide. Ranks are counted from the
//! least one; if they and the positions have more bits than an integer, the ranks' lowest bits are left out.
//! That rarely matters. Where it does, neighbours with equal upper bits are sorted once more among
//! themselves: now the ranks differ in those lowest bits only, for which there is room.

use super::keys::{self, Coded};
use super::partition::select;
use super::passes::{self, Pass};

/// Bits of a packed integer: none is negative.
const BITS: u32 = i64::BITS - 1;
/// Positions that are unpacked at a time.
const BLOCK: usize = 1 << 10;
/// Neighbours that are sorted by comparing.
const FEW: usize = 24;

/// Writes positions of which those at `kth`, which ascend, are where sorting would put them: none of a greater
/// value before, none of a lesser one after.
pub(super) fn partition<T: Coded>(values: &[T], kth: &[usize], positions: &mut [i64]) {
    if values.len() >= 1 << 31 {
        return sort(values, positions);
    }
    let Some((least, greatest)) = passes::run(Range(values)) else { return };
    let layout = Packing::of(least, greatest, values.len());
    passes::run(Pack { values, positions, layout });
    select(positions, kth, keys::select);
    // Ranks that are equal as far as they are packed may be on the wrong sides of one another.
    let is_open = |&k: &usize| passes::run(Sharing { packed: positions, with: positions[k], layout }) > 1;
    if layout.dropped > 0 && kth.iter().any(is_open) {
        return sort(values, positions);
    }
    passes::run(Unpack { packed: positions, layout });
}

/// Writes the positions that sort the values, stably.
pub(super) fn sort<T: Coded>(values: &[T], positions: &mut [i64]) {
    if values.len() >= 1 << 31 {
        // Two positions and a bit would not fit in one integer.
        positions.iter_mut().zip(0..).for_each(|(position, i)| *position = i);
        return positions.sort_unstable_by_key(|&position| (values[position as usize].rank(), position));
    }
    let Some((least, greatest)) = passes::run(Range(values)) else { return };
    if values.is_sorted_by_key(|value| value.rank()) {
        return positions.iter_mut().zip(0..).for_each(|(position, i)| *position = i);
    }
    let layout = Packing::of(least, greatest, values.len());
    passes::run(Pack { values, positions, layout });
    keys::sort(positions, layout.bits, layout.bits + layout.kept);
    unpack(values, positions, layout);
}

/// Where in an integer rank and position are.
#[derive(Clone, Copy)]
struct Packing {
    /// The least rank.
    least: i64,
    /// How many bits positions have.
    bits: u32,
    /// How many of the ranks' lowest bits are left out.
    dropped: u32,
    /// How many are not.
    kept: u32,
}

impl Packing {
    fn of(least: i64, greatest: i64, length: usize) -> Self {
        let bits = usize::BITS - (length - 1).leading_zeros();
        let width = u64::BITS - (greatest.wrapping_sub(least) as u64).leading_zeros();
        let dropped = (bits + width).saturating_sub(BITS);
        Packing { least, bits, dropped, kept: width - dropped }
    }

    #[inline(always)]
    fn pack(self, rank: i64, position: usize) -> i64 {
        let rank = rank.wrapping_sub(self.least) as u64 >> self.dropped;
        (rank << self.bits) as i64 | position as i64
    }

    #[inline(always)]
    fn position(self, packed: i64) -> i64 {
        packed & ((1 << self.bits) - 1)
    }

    #[inline(always)]
    fn share_rank(self, a: i64, b: i64) -> bool {
        (a ^ b) >> self.bits == 0
    }
}

/// The least and the greatest rank.
struct Range<'a, T>(&'a [T]);

impl<T: Coded> Pass for Range<'_, T> {
    type Output = Option<(i64, i64)>;
    #[inline(always)]
    fn run(self) -> Self::Output {
        let first = self.0.first()?.rank();
        let wider = |(least, greatest): (i64, i64), value: &T| {
            let rank = value.rank();
            (least.min(rank), greatest.max(rank))
        };
        Some(self.0.iter().fold((first, first), wider))
    }
}

/// Writes each value's rank and position.
struct Pack<'a, T> {
    values: &'a [T],
    positions: &'a mut [i64],
    layout: Packing,
}

impl<T: Coded> Pass for Pack<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        for (i, (value, position)) in self.values.iter().zip(self.positions).enumerate() {
            *position = self.layout.pack(value.rank(), i);
        }
    }
}

/// Leaves the positions of what is sorted.
fn unpack<T: Coded>(values: &[T], packed: &mut [i64], layout: Packing) {
    let mut settled = 0;
    for start in (0..packed.len()).step_by(BLOCK) {
        let end = packed.len().min(start + BLOCK);
        if layout.dropped > 0 {
            // With the first one of the next block.
            let seen = &packed[start..packed.len().min(end + 1)];
            if end > settled && passes::run(SharesRank { packed: seen, layout }) {
                settled = settle(values, packed, layout, start.max(settled), end);
            }
        }
        passes::run(Unpack { packed: &mut packed[start..end], layout });
    }
}

/// Sorts neighbours that share a rank as far as it is packed; all those that begin before `end`. Where the
/// last of them end.
fn settle<T: Coded>(values: &[T], packed: &mut [i64], layout: Packing, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        let first = packed[at];
        let length = packed[at..].iter().take_while(|&&other| layout.share_rank(first, other)).count();
        let run = &mut packed[at..at + length];
        at += length;
        if length == 1 {
            continue;
        }
        // What they share is put back afterwards.
        let shared = first & !((1 << layout.bits) - 1);
        let rank = |packed: i64| values[layout.position(packed) as usize].rank();
        if length <= FEW {
            run.sort_unstable_by_key(|&packed| (rank(packed), packed));
            continue;
        }
        let ranks = || run.iter().map(|&packed| rank(packed));
        let (least, greatest) = (ranks().min().expect("several"), ranks().max().expect("several"));
        if least == greatest {
            continue;
        }
        let width = u64::BITS - (greatest.wrapping_sub(least) as u64).leading_zeros();
        let inner = Packing { least, bits: layout.bits, dropped: 0, kept: width };
        run.iter_mut()
            .for_each(|packed| *packed = inner.pack(rank(*packed), layout.position(*packed) as usize));
        // Positions ascend already, as those that share a rank are in their order.
        keys::sort(run, inner.bits, inner.bits + inner.kept);
        run.iter_mut().for_each(|packed| *packed = shared | inner.position(*packed));
    }
    at
}

/// Whether any two neighbours share a rank.
struct SharesRank<'a> {
    packed: &'a [i64],
    layout: Packing,
}

impl Pass for SharesRank<'_> {
    type Output = bool;
    #[inline(always)]
    fn run(self) -> bool {
        let others = &self.packed[1..];
        let shared = |shared: bool, (&a, &b): (&i64, &i64)| shared | self.layout.share_rank(a, b);
        self.packed.iter().zip(others).fold(false, shared)
    }
}

/// How many share the rank of one.
struct Sharing<'a> {
    packed: &'a [i64],
    with: i64,
    layout: Packing,
}

impl Pass for Sharing<'_> {
    type Output = usize;
    #[inline(always)]
    fn run(self) -> usize {
        self.packed.iter().map(|&packed| usize::from(self.layout.share_rank(packed, self.with))).sum()
    }
}

/// Takes the ranks away.
struct Unpack<'a> {
    packed: &'a mut [i64],
    layout: Packing,
}

impl Pass for Unpack<'_> {
    type Output = ();
    #[inline(always)]
    fn run(self) {
        self.packed.iter_mut().for_each(|packed| *packed = self.layout.position(*packed));
    }
}
