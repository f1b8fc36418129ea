//! Between which points numbers are, some numbers at a time: by counting among the points next to the last number's
//! place, else by halving, in a part of the points or in all.

use std::hint::select_unpredictable;

/// Numbers that are looked for side by side.
pub(super) const TOGETHER: usize = 8;
/// Points among which numbers are counted.
const WINDOW: usize = 8;
/// How far before the last number's place, and behind, the next ones are looked for at first: they mostly go on.
const REACHES: [[usize; 2]; 2] = [[4, 12], [256, 256]];

/// For each number the point before it, or the first, or for what is behind all points the last but one; near the
/// place of an earlier number if all of them are there.
#[inline(always)]
pub(super) fn places(xp: &[f64], x: &[f64; TOGETHER], near: usize) -> [usize; TOGETHER] {
    close(xp, x, near).unwrap_or_else(|| farther(xp, x, near))
}

/// As [`places`], by searches.
#[inline]
fn farther(xp: &[f64], x: &[f64; TOGETHER], near: usize) -> [usize; TOGETHER] {
    let last = xp.len().saturating_sub(2);
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for &x in x {
        least = if x < least { x } else { least };
        most = if x > most { x } else { most };
    }
    for [before, behind] in REACHES {
        let (start, end) = (near.saturating_sub(before), xp.len().min(near + behind));
        if (start == 0 || xp[start] <= least) && (end == xp.len() || most < xp[end]) {
            return find(&xp[start..end], x).map(|place| (start + place).min(last));
        }
    }
    find(xp, x).map(|place| place.min(last))
}

/// For each number the point before it, by counting, if all are next to the place of an earlier one. That takes
/// no branches, which would be mistaken for as often as numbers go from one place to the next.
#[inline(always)]
fn close(xp: &[f64], x: &[f64; TOGETHER], near: usize) -> Option<[usize; TOGETHER]> {
    let start = near.saturating_sub(WINDOW / 2 - 1).min(xp.len().saturating_sub(WINDOW));
    let window: &[f64; WINDOW] = xp[start..].first_chunk()?;
    let [first, between @ .., last] = window;
    if !x.iter().fold(true, |all, x| all & (first <= x) & (x < last)) {
        return None;
    }
    // Counted in eight bytes, as numbers have.
    let mut places = [start as u64; TOGETHER];
    for point in between {
        for (place, x) in places.iter_mut().zip(x) {
            *place += u64::from(point <= x);
        }
    }
    Some(places.map(|place| place as usize))
}

/// For each of some numbers the last place whose number is at most that, or 0. By halves, without branches, and
/// side by side: a processor can do steps of several searches at once.
#[inline]
fn find<const N: usize>(sorted: &[f64], x: &[f64; N]) -> [usize; N] {
    let (mut starts, mut length) = ([0; N], sorted.len());
    while length > 1 {
        let half = length / 2;
        for (start, &x) in starts.iter_mut().zip(x) {
            let middle = *start + half;
            *start = select_unpredictable(sorted[middle] <= x, middle, *start);
        }
        length -= half;
    }
    starts
}
