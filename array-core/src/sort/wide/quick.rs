//! Quicksort of keys in registers: a pivot from a few samples, then one pass without branches.
//!
//! A pass reads the keys in order, a register at a time. Those less than the pivot are packed and written to
//! the front of the keys' own memory, all others to that of a scratch of the same length; neither overtakes
//! what is still to be read. The others are sorted first, from the scratch to their place behind the lesser
//! ones, the scratch's front again taking their greater ones; then the scratch is free for the lesser ones.
//! So nothing is copied back. Whole registers are written each time, the lanes behind the packed ones to be
//! overwritten by what comes next.
//!
//! Many equal keys: all keys of a part are at least the pivot that split it off. If that is met again as
//! a pivot, the keys equal to it are already in their place, and only greater ones are left.
//!
//! A part that was split too often, which takes malice, is left to the standard library: no input takes
//! more than O(n log n).

use std::mem::MaybeUninit;

use super::network;
use super::vector::Vector;
use crate::engine::{in_pool, thread_count};

/// Rows that the network sorts.
const ROWS: usize = 32;
/// Keys from which on two threads sort the two parts.
const WORTH_SPLITTING: usize = 1 << 16;

/// Whether so few keys are sorted without a scratch.
pub(in super::super) const fn needs_no_scratch<V: Vector>(length: usize) -> bool {
    length <= ROWS * V::LANES
}

/// Sorts the keys. The scratch has their length; it may be empty if [`needs_no_scratch`].
///
/// # Safety
/// The processor has AVX-512 F, BW, CD, DQ and VL.
pub(in super::super) unsafe fn sort<V: Vector>(keys: &mut [V::Key], scratch: &mut [MaybeUninit<V::Key>]) {
    let depth = deepest(keys.len());
    let part = Part { keys, scratch, in_scratch: false, floor: None, depth };
    if part.keys.len() >= WORTH_SPLITTING && thread_count() > 1 {
        // SAFETY: by this function's contract.
        return in_pool(|| unsafe { sort_on_threads::<V>(part) });
    }
    // SAFETY: by this function's contract.
    unsafe { sort_part::<V>(part) }
}

/// How often an input of this length may be split.
pub(super) fn deepest(length: usize) -> u32 {
    2 * (usize::BITS - length.leading_zeros())
}

/// Keys to be sorted into `keys`.
struct Part<'a, K> {
    keys: &'a mut [K],
    /// As many, if there are more than the network sorts.
    scratch: &'a mut [MaybeUninit<K>],
    /// Whether they are in the scratch now.
    in_scratch: bool,
    /// A key that none of them is less than.
    floor: Option<K>,
    /// How often they may still be split.
    depth: u32,
}

/// Sorts on this thread.
///
/// # Safety
/// The processor has AVX-512; the keys are initialised where `in_scratch` says that they are.
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
unsafe fn sort_part<V: Vector>(mut part: Part<'_, V::Key>) {
    // SAFETY: by this function's contract; `split` keeps it for what it leaves.
    unsafe {
        while let Some(Split { lesser, floor }) = split::<V>(&mut part) {
            let (low, high) = part.keys.split_at_mut(lesser);
            let depth = part.depth;
            let scratch = &mut part.scratch[..high.len()];
            sort_part::<V>(Part { keys: high, scratch, in_scratch: true, floor, depth });
            let floor = part.floor;
            part = Part { keys: low, scratch: &mut part.scratch[..lesser], in_scratch: false, floor, depth };
        }
    }
}

/// Sorts on the threads of the pool that this one is in.
///
/// # Safety
/// As [`sort_part`].
unsafe fn sort_on_threads<V: Vector>(mut part: Part<'_, V::Key>) {
    // SAFETY: as of `sort_part`; each part has a scratch of its own, and that of `high` is where its keys are.
    unsafe {
        if part.keys.len() < WORTH_SPLITTING {
            return sort_part::<V>(part);
        }
        let Some(Split { lesser, floor }) = split::<V>(&mut part) else { return };
        let (low, high) = part.keys.split_at_mut(lesser);
        let (scratch, other) = part.scratch.split_at_mut(high.len());
        let depth = part.depth;
        let high = Part { keys: high, scratch, in_scratch: true, floor, depth };
        let low = Part { keys: low, scratch: other, in_scratch: false, floor: part.floor, depth };
        rayon::join(|| sort_on_threads::<V>(high), || sort_on_threads::<V>(low));
    }
}

/// What [`split`] left.
struct Split<K> {
    /// How many keys, in their own memory, belong before the others, which are in the scratch.
    lesser: usize,
    /// What none of the others is less than.
    floor: Option<K>,
}

/// Splits the keys in two, or if they are few, or are not to be split any more, sorts them: then there is
/// nothing left.
///
/// # Safety
/// As [`sort_part`].
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
unsafe fn split<V: Vector>(part: &mut Part<'_, V::Key>) -> Option<Split<V::Key>> {
    let length = part.keys.len();
    let low = part.keys.as_mut_ptr();
    let high = part.scratch.as_mut_ptr().cast();
    let from = if part.in_scratch { high } else { low };
    // SAFETY: by this function's contract.
    unsafe {
        if needs_no_scratch::<V>(length) {
            sort_few::<V>(from, low, length);
            return None;
        }
        if part.depth == 0 {
            low.copy_from(from, length);
            part.keys.sort_unstable();
            return None;
        }
        part.depth -= 1;
        let pivot = pivot::<V>(from, length);
        if part.floor == Some(pivot) {
            // None is less than the pivot: those that equal it are in their place.
            let equal = divide::<V, true>(from, low, high, length, pivot);
            let keys = std::mem::take(&mut part.keys);
            part.keys = &mut keys[equal..];
            part.scratch = &mut std::mem::take(&mut part.scratch)[..length - equal];
            part.in_scratch = true;
            part.floor = None;
            return split::<V>(part);
        }
        let lesser = divide::<V, false>(from, low, high, length, pivot);
        Some(Split { lesser, floor: Some(pivot) })
    }
}

/// The keys less than the pivot to the front of `low`, all others to that of `high`; with `EQUAL` those equal
/// to it to `low` too. How many went to `low`.
///
/// # Safety
/// The processor has AVX-512; so many keys are there, and room for as many at `low` and at `high`, which
/// share no memory with one another; the keys are at one of them or share no memory with either.
#[inline(always)]
pub(super) unsafe fn divide<V: Vector, const EQUAL: bool>(
    keys: *const V::Key,
    low: *mut V::Key,
    high: *mut V::Key,
    length: usize,
    pivot: V::Key,
) -> usize {
    let (low, high) = (low.cast::<MaybeUninit<V::Key>>(), high.cast::<MaybeUninit<V::Key>>());
    let mut lesser = 0;
    let mut at = 0;
    // SAFETY: `lesser` and `at - lesser` are at most `at`, which with the lanes of a register is at most the
    // length: all is within the three, and what is written over has been read.
    unsafe {
        let pivot = V::full(pivot);
        let is_low = |keys: V, all: u32| {
            if EQUAL { !pivot.less(keys) & all } else { keys.less(pivot) & all }
        };
        let all = u32::MAX >> (32 - V::LANES);
        macro_rules! write {
            ($vector:ident) => {
                let mask = is_low($vector, all);
                $vector.packed(mask).store_all(low.add(lesser));
                $vector.packed(!mask & all).store_all(high.add(at - lesser));
                lesser += mask.count_ones() as usize;
                at += V::LANES;
            };
        }
        while length - at >= 4 * V::LANES {
            let from = keys.add(at);
            let (a, b) = (V::load_all(from), V::load_all(from.add(V::LANES)));
            let (c, d) = (V::load_all(from.add(2 * V::LANES)), V::load_all(from.add(3 * V::LANES)));
            write!(a);
            write!(b);
            write!(c);
            write!(d);
        }
        while length - at >= V::LANES {
            let a = V::load_all(keys.add(at));
            write!(a);
        }
        let rest = length - at;
        let last = V::load(keys.add(at), rest);
        let all = !(u32::MAX << rest);
        let mask = is_low(last, all);
        let count = mask.count_ones() as usize;
        last.packed(mask).store(low.add(lesser), count);
        last.packed(!mask & all).store(high.add(at - lesser), rest - count);
        lesser + count
    }
}

/// A key near the middle one, from samples.
///
/// # Safety
/// The processor has AVX-512; so many keys are there, more than the network sorts.
#[inline(always)]
unsafe fn pivot<V: Vector>(keys: *const V::Key, length: usize) -> V::Key {
    // SAFETY: by this function's contract.
    unsafe { if length < 1 << 12 { sample::<V, 4>(keys, length) } else { sample::<V, 8>(keys, length) } }
}

/// # Safety
/// As [`pivot`].
#[inline(always)]
unsafe fn sample<V: Vector, const R: usize>(keys: *const V::Key, length: usize) -> V::Key {
    // SAFETY: by this function's contract there are more keys than samples.
    unsafe {
        let step = length / R;
        let mut rows = [V::full(*keys); R];
        for (i, row) in rows.iter_mut().enumerate() {
            *row = V::load_all(keys.add(i * step + (step - V::LANES) / 2));
        }
        network::sort(&mut rows);
        rows[R / 2].first()
    }
}

/// Sorts so many keys as the network takes from one place to another, or to the same.
///
/// # Safety
/// The processor has AVX-512; so many keys are there, at most [`ROWS`] registers full, and room for them.
#[inline(always)]
pub(super) unsafe fn sort_few<V: Vector>(from: *const V::Key, to: *mut V::Key, length: usize) {
    macro_rules! rows {
        ($($least:literal..=$most:literal),*) => {
            match length.div_ceil(V::LANES) {
                0 => (),
                // SAFETY: by this function's contract.
                $($least..=$most => unsafe { sort_rows::<V, $most, { $least - 1 }>(from, to, length) },)*
                _ => unreachable!("more keys than the network sorts"),
            }
        };
    }
    // More networks would save little and take up room.
    rows!(1..=1, 2..=2, 3..=4, 5..=8, 9..=12, 13..=16, 17..=20, 21..=24, 25..=28, 29..=32)
}

/// Sorts keys that fill `FULL` rows and reach into at most the `R`-th.
///
/// # Safety
/// As [`sort_few`].
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
unsafe fn sort_rows<V: Vector, const R: usize, const FULL: usize>(
    from: *const V::Key,
    to: *mut V::Key,
    length: usize,
) {
    let in_row = |row: usize| length.saturating_sub(row * V::LANES).min(V::LANES);
    // SAFETY: by this function's contract; what is beyond the end is neither read nor written.
    unsafe {
        let mut rows = [V::full(*from); R];
        for (i, row) in rows.iter_mut().enumerate() {
            let from = from.wrapping_add(i * V::LANES);
            *row = if i < FULL { V::load_all(from) } else { V::load(from, in_row(i)) };
        }
        network::sort(&mut rows);
        let to = to.cast::<MaybeUninit<V::Key>>();
        for (i, row) in rows.iter().enumerate() {
            let to = to.wrapping_add(i * V::LANES);
            if i < FULL { row.store_all(to) } else { row.store(to, in_row(i)) }
        }
    }
}
