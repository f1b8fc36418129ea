//! Sorting integers digit by digit, the last one first: for processors without AVX-512.
//!
//! Each pass counts a digit's values and moves the keys to where those counts say, in the order they are in.
//! Digits that all keys share take no pass.

use std::mem::MaybeUninit;

use super::keys::Key;

/// Keys below which comparing is faster.
pub(super) const WORTH_COUNTING: usize = 200;
/// Keys from which on the counts of wide digits pay.
const MANY: usize = 1 << 14;

/// Sorts keys that differ in their lowest `bits` bits and the sign only, by the bits from `lowest` on, stably:
/// if those below are ascending, all is sorted. The scratch has the keys' length.
pub(super) fn sort<K: Key>(keys: &mut [K], scratch: &mut [MaybeUninit<K>], lowest: u32, bits: u32) {
    let Some(&first) = keys.first() else { return };
    let width = if keys.len() < MANY { 8 } else { 11 };
    let has_sign = bits < K::BITS && keys.iter().any(|&key| key < K::ZERO);
    let bits = if has_sign { K::BITS } else { bits };
    let mut counts = [0usize; 1 << 11];
    let counts = &mut counts[..1 << width];
    // SAFETY: only keys are written to either.
    let keys = unsafe { &mut *(std::ptr::from_mut(keys) as *mut [MaybeUninit<K>]) };
    let (mut from, mut to, mut moved) = (keys, scratch, false);
    for shift in (lowest..bits).step_by(width) {
        // SAFETY: the keys are in `from`, all of them.
        let source = unsafe { &*(std::ptr::from_ref(&*from) as *const [K]) };
        let digit = |key: K| key.digits(shift) & ((1 << width) - 1);
        counts.fill(0);
        source.iter().for_each(|&key| counts[digit(key)] += 1);
        if counts[digit(first)] == source.len() {
            continue;
        }
        let mut start = 0;
        for count in counts.iter_mut() {
            start += std::mem::replace(count, start);
        }
        for &key in source {
            let place = &mut counts[digit(key)];
            to[*place].write(key);
            *place += 1;
        }
        std::mem::swap(&mut from, &mut to);
        moved = !moved;
    }
    if moved {
        to.copy_from_slice(from);
    }
}
