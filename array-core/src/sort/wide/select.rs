//! Selecting among keys in registers: passes that leave few of them, from a pivot just beyond the position.
//!
//! Samples are sorted; the key that belongs at the position is most likely between two of them, a few standard
//! deviations apart (R. W. Floyd and R. L. Rivest, "Expected time bounds for selection", 1975). The pivot is the one on
//! the side where more keys are, so that a pass does away with nearly all of that side, and the next one, which
//! then finds the position near the end, with nearly all of the other.
//!
//! The first pass may read the keys from elsewhere: then nothing need be copied before.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::quick::{deepest, divide, needs_no_scratch, sort, sort_few};
use super::vector::Vector;

/// Registers full of samples.
const ROWS: usize = 64;
/// The most keys in them.
const SAMPLES: usize = 16 * ROWS;
/// Keys from which on [`divide_from`] pays.
pub(in super::super) const MANY: usize = 16 * SAMPLES;
/// Standard deviations between the position and the pivot.
const DEVIATIONS: f64 = 3.0;

/// Puts the key at `position` where sorting would put it, none that is greater before, none less after. The
/// scratch is as for [`sort`].
///
/// # Safety
/// As [`sort`]; the position is one of the keys'.
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
pub(in super::super) unsafe fn select<V: Vector>(
    mut keys: &mut [V::Key],
    scratch: &mut [MaybeUninit<V::Key>],
    mut position: usize,
) {
    let mut floor = None;
    for _ in 0..deepest(keys.len()) {
        let length = keys.len();
        let from = keys.as_mut_ptr();
        // SAFETY: by this function's contract.
        unsafe {
            if needs_no_scratch::<V>(length) {
                return sort_few::<V>(from, from, length);
            }
            let scratch = scratch[..length].as_mut_ptr().cast();
            let pivot = pivot::<V>(from, length, position);
            let found = floor == Some(pivot);
            let low = if found {
                divide::<V, true>(from, from, scratch, length, pivot)
            } else {
                divide::<V, false>(from, from, scratch, length, pivot)
            };
            from.add(low).copy_from_nonoverlapping(scratch, length - low);
            if position < low {
                if found {
                    return;
                }
                keys = &mut keys[..low];
            } else {
                keys = &mut keys[low..];
                position -= low;
                floor = (!found).then_some(pivot);
            }
        }
    }
    keys.select_nth_unstable(position);
}

/// The keys from elsewhere, those less than some pivot first. Where among them the one is that sorting would put
/// at `position`: none greater comes before, none less after.
///
/// # Safety
/// The processor has AVX-512; there are at least [`MANY`] keys to read and there is room for as many, which share no
/// memory; the position is one of theirs.
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
pub(in super::super) unsafe fn divide_from<V: Vector>(
    from: *const V::Key,
    to: *mut V::Key,
    length: usize,
    position: usize,
) -> Range<usize> {
    let to = to.cast::<MaybeUninit<V::Key>>();
    let (mut low, mut high, mut at) = (0, length, 0);
    // SAFETY: as many keys were read as are written, so that a register's lanes are free before `high` whenever one
    // more is read; what is written there behind the lesser ones is written over.
    unsafe {
        let pivot = V::full(pivot::<V>(from, length, position));
        let all = u32::MAX >> (32 - V::LANES);
        while length - at >= V::LANES {
            let keys = V::load_all(from.add(at));
            let mask = keys.less(pivot) & all;
            let lesser = mask.count_ones() as usize;
            keys.packed(mask).store_all(to.add(low));
            low += lesser;
            high -= V::LANES - lesser;
            keys.packed(!mask & all).store(to.add(high), V::LANES - lesser);
            at += V::LANES;
        }
        let rest = length - at;
        let keys = V::load(from.add(at), rest);
        let all = !(u32::MAX << rest);
        let mask = keys.less(pivot) & all;
        let lesser = mask.count_ones() as usize;
        keys.packed(mask).store(to.add(low), lesser);
        keys.packed(!mask & all).store(to.add(low + lesser), rest - lesser);
        low += lesser;
    }
    if position < low { 0..low } else { low..length }
}

/// A key that most likely comes after the one at `position`, if that is in the first half, or else before it; not
/// far from it.
///
/// # Safety
/// The processor has AVX-512; so many keys are there, more than the network sorts.
#[inline(always)]
unsafe fn pivot<V: Vector>(keys: *const V::Key, length: usize, position: usize) -> V::Key {
    let rows = if length < MANY { 4 } else { ROWS };
    let count = rows * V::LANES;
    let mut samples = [const { MaybeUninit::<V::Key>::uninit() }; SAMPLES];
    let mut scratch = [const { MaybeUninit::uninit() }; SAMPLES];
    let step = length / rows;
    // SAFETY: by this function's contract there are more keys than samples; all that are sorted were written.
    let samples = unsafe {
        for row in 0..rows {
            let from = keys.add(row * step + (step - V::LANES) / 2);
            V::load_all(from).store_all(samples.as_mut_ptr().add(row * V::LANES));
        }
        let samples = std::slice::from_raw_parts_mut(samples.as_mut_ptr().cast::<V::Key>(), count);
        sort::<V>(samples, &mut scratch[..count]);
        samples
    };
    let (share, count) = (position as f64 / length as f64, count as f64);
    let gap = 1.0 + DEVIATIONS * (count * share * (1.0 - share)).sqrt();
    let rank = count * share + if share < 0.5 { gap } else { -gap };
    samples[(rank as usize).min(samples.len() - 1)]
}
