//! Elements by their rank, without sorting the others.
//!
//! A few samples, sorted, give two bounds between which the wanted ranks lie all but surely. One pass over
//! the elements then counts those below and keeps those between, which are few (Floyd and Rivest, "Expected time bounds
//! for selection", 1975); of those, if they are still many, in the same way. If the ranks are not there after all, or
//! the elements are few, they are found by the standard library's selection in a copy.
//!
//! The pass goes through pieces of a long lane on all threads. What it keeps is put together in the order of the
//! pieces, and elements of one rank have the same bits anyway, so that threads make no difference.

use std::cmp::Ordering;

use array_core::engine::isa::Isa;
use array_core::engine::{CastTo, in_pool, thread_count};
use array_core::{Element, complex64, complex128, f16};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use crate::linear::shells::{self, Body};

/// A dtype whose elements have an order.
pub trait Ranked: Element {
    /// What a median is given in: floats and complex numbers as themselves, others as `f64`.
    type Median: Element;
    /// Whether it has a nan.
    const HAS_NAN: bool;
    /// The order of elements that are not nan.
    fn order(a: Self, b: Self) -> Ordering;
    /// Whether `a < b`; false of a nan.
    fn is_less(a: Self, b: Self) -> bool;
    /// Whether this is a nan.
    fn is_nan(self) -> bool;
    /// The mean of two.
    fn middle(a: Self, b: Self) -> Self::Median;
    /// A nan.
    fn nan() -> Self::Median;
    /// The element as a median.
    fn alone(self) -> Self::Median;
}

/// A real dtype: one that can be interpolated.
pub trait Interpolates: Ranked {
    /// What NumPy interpolates in beside one number: floats in their own dtype, others in `f64`.
    type Float: Element;
    /// A nan, or zero where there is none.
    fn a_nan() -> Self;
    /// From `a` to `b`, which is not less, `t` of the way.
    fn between(a: Self, b: Self, t: f64) -> Self::Float;
    /// As [`between`](Self::between), in `f64`: what NumPy does beside an array of numbers.
    fn between_in_f64(a: Self, b: Self, t: f64) -> f64;
}

macro_rules! integers {
    ($($type:ident as $unsigned:ident;)*) => {$(
        impl Ranked for $type {
            type Median = f64;
            const HAS_NAN: bool = false;
            #[inline(always)]
            fn order(a: Self, b: Self) -> Ordering { a.cmp(&b) }
            #[inline(always)]
            fn is_less(a: Self, b: Self) -> bool { a < b }
            #[inline(always)]
            fn is_nan(self) -> bool { false }
            fn middle(a: Self, b: Self) -> f64 { (a.alone() + b.alone()) / 2.0 }
            fn nan() -> f64 { f64::NAN }
            fn alone(self) -> f64 { integers!(@ $type self) }
        }
        impl Interpolates for $type {
            type Float = f64;
            fn a_nan() -> Self { Self::ZERO }
            fn between(a: Self, b: Self, t: f64) -> f64 { Self::between_in_f64(a, b, t) }
            fn between_in_f64(a: Self, b: Self, t: f64) -> f64 {
                // `b` is not less, so that the difference has no sign.
                lerp(a.alone(), b.alone(), (b as $unsigned).wrapping_sub(a as $unsigned) as f64, t, 1.0 - t)
            }
        }
    )*};
    (@ bool $x:expr) => { f64::from($x) };
    (@ $type:ident $x:expr) => { $x as f64 };
}
integers! {
    bool as u8; i8 as u8; i16 as u16; i32 as u32; i64 as u64; u8 as u8; u16 as u16; u32 as u32; u64 as u64;
}

/// NumPy's interpolation, from the nearer end.
fn lerp<F>(a: F, b: F, difference: F, t: F, rest: F) -> F
where
    F: Copy + PartialOrd + std::ops::Add<Output = F> + std::ops::Sub<Output = F> + std::ops::Mul<Output = F>,
{
    if t >= rest { b - difference * rest } else { a + difference * t }
}

macro_rules! floats {
    ($($type:ident: |$a:ident, $b:ident| $middle:expr, |$x:ident| $cast:expr, |$y:ident| $wide:expr;)*) => {$(
        impl Ranked for $type {
            type Median = $type;
            const HAS_NAN: bool = true;
            #[inline(always)]
            fn order(a: Self, b: Self) -> Ordering {
                a.total_cmp(&b)
            }
            #[inline(always)]
            fn is_less(a: Self, b: Self) -> bool { a < b }
            #[inline(always)]
            fn is_nan(self) -> bool { $type::is_nan(self) }
            fn middle($a: Self, $b: Self) -> $type { $middle }
            fn nan() -> $type { $type::NAN }
            fn alone(self) -> $type { self }
        }
        impl Interpolates for $type {
            type Float = $type;
            fn a_nan() -> Self { $type::NAN }
            fn between(a: Self, b: Self, t: f64) -> $type {
                let cast = |$x: f64| -> $type { $cast };
                // Which end is nearer NumPy asks of the number before it is rounded.
                let (near, far) = (cast(t), cast(1.0 - t));
                if t >= 0.5 { b - (b - a) * far } else { a + (b - a) * near }
            }
            fn between_in_f64(a: Self, b: Self, t: f64) -> f64 {
                let wide = |$y: $type| -> f64 { $wide };
                lerp(wide(a), wide(b), wide(b - a), t, 1.0 - t)
            }
        }
    )*};
}
floats! {
    f16: |a, b| f16::from_f32((a.to_f32() + b.to_f32()) / 2.0), |x| CastTo::<f16>::cast(x), |x| x.to_f64();
    f32: |a, b| (a + b) / 2.0, |x| x as f32, |x| x as f64;
    f64: |a, b| (a + b) / 2.0, |x| x, |x| x;
}

macro_rules! complexes {
    ($($type:ident, $part:ident;)*) => {$(
        impl Ranked for $type {
            type Median = $type;
            const HAS_NAN: bool = true;
            #[inline(always)]
            fn order(a: Self, b: Self) -> Ordering {
                a.re.total_cmp(&b.re).then(a.im.total_cmp(&b.im))
            }
            #[inline(always)]
            fn is_less(a: Self, b: Self) -> bool { a.re < b.re || (a.re == b.re && a.im < b.im) }
            #[inline(always)]
            fn is_nan(self) -> bool { self.re.is_nan() || self.im.is_nan() }
            fn middle(a: Self, b: Self) -> $type { (a + b) / 2.0 }
            fn nan() -> $type { $type::new($part::NAN, $part::NAN) }
            fn alone(self) -> $type { self }
        }
    )*};
}
complexes! { complex64, f32; complex128, f64; }

/// Up to so many elements are sorted.
const FEW: usize = 20;
/// Elements from which on samples pay.
const MANY: usize = 3000;
/// Elements from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 18;
/// Elements that one thread takes at a time.
const PIECE: usize = 1 << 16;

/// How many elements are nan.
pub(crate) fn nan_count<T: Ranked>(lane: &[T]) -> usize {
    let count = |piece: &[T]| piece.iter().filter(|x| x.is_nan()).count();
    match T::HAS_NAN {
        false => 0,
        true if is_split(lane) => in_pool(|| lane.par_chunks(PIECE).map(count).sum()),
        true => count(lane),
    }
}

/// Whether a pass through the lane is worth more than one thread, and there are more.
fn is_split<T>(lane: &[T]) -> bool {
    lane.len() >= WORTH_SPLITTING && thread_count() > 1
}

/// The elements of these ranks, ascending and within the lane, appended to `found`. Says whether it met a
/// nan, in which case they are no use; it meets one if there is one. If it is told how many nans there are, the
/// ranks are those of the other elements.
pub(crate) fn select<T: Ranked>(
    lane: &[T],
    nans: Option<usize>,
    ranks: &[usize],
    room: &mut Vec<T>,
    found: &mut Vec<T>,
) -> bool {
    let start = found.len();
    if lane.len() - nans.unwrap_or(0) >= MANY {
        let mut rest = ranks;
        while let Some(&first) = rest.first() {
            // Ranks that are neighbours lie between the same bounds.
            let count = rest.iter().take_while(|&&rank| rank - first < 2).count();
            match between_samples(lane, nans, &rest[..count], room, found) {
                Outcome::Found => rest = &rest[count..],
                Outcome::Nan => return true,
                Outcome::Missed => break,
            }
        }
        if rest.is_empty() {
            return false;
        }
        found.truncate(start);
    }
    room.clear();
    match nans {
        None if nan_count(lane) > 0 => return true,
        None | Some(0) => room.extend_from_slice(lane),
        Some(_) => room.extend(lane.iter().filter(|x| !x.is_nan())),
    }
    if room.len() <= FEW {
        room.sort_unstable_by(|a, b| T::order(*a, *b));
        found.extend(ranks.iter().map(|&rank| room[rank]));
    } else {
        pick(room, 0, ranks, found);
    }
    false
}

/// The elements of these ranks, of which `below` are less than all that are here.
fn pick<T: Ranked>(elements: &mut [T], below: usize, ranks: &[usize], found: &mut Vec<T>) {
    let (mut elements, mut below) = (elements, below);
    for (i, &rank) in ranks.iter().enumerate() {
        if i > 0 && rank == ranks[i - 1] {
            found.push(found[found.len() - 1]);
            continue;
        }
        let (_, element, above) = elements.select_nth_unstable_by(rank - below, |a, b| T::order(*a, *b));
        found.push(*element);
        (elements, below) = (above, rank + 1);
    }
}

enum Outcome {
    Found,
    Missed,
    Nan,
}

fn between_samples<T: Ranked>(
    lane: &[T],
    nans: Option<usize>,
    ranks: &[usize],
    room: &mut Vec<T>,
    found: &mut Vec<T>,
) -> Outcome {
    let n = lane.len() - nans.unwrap_or(0);
    // As many samples as the elements that are kept will be, about.
    let count = ((n as f64).powf(2.0 / 3.0) / 2.0) as usize;
    let step = lane.len() / count;
    let mut samples: Vec<T> = (0..count).map(|i| lane[i * step + jitter(i, step)]).collect();
    match nans {
        None if samples.iter().any(|x| x.is_nan()) => return Outcome::Nan,
        None | Some(0) => {}
        Some(_) => samples.retain(|x| !x.is_nan()),
    }
    let count = samples.len();
    samples.sort_unstable_by(|a, b| T::order(*a, *b));
    let margin = 2.0 * (count as f64).sqrt() + 2.0;
    let place = |rank: usize| rank as f64 / n as f64 * count as f64;
    let low = place(ranks[0]) - margin;
    let high = place(ranks[ranks.len() - 1]) + margin;
    let low = (low >= 0.0).then(|| samples[low as usize]);
    let high = ((high as usize) < count).then(|| samples[high as usize]);
    if low.is_none() && high.is_none() {
        return Outcome::Missed;
    }
    room.clear();
    let below = keep(lane, Bounds { low, high, skip_nan: nans.is_some_and(|count| count > 0) }, room);
    if T::HAS_NAN && nans.is_none() && room.iter().any(|x| x.is_nan()) {
        return Outcome::Nan;
    }
    if ranks[0] < below || ranks[ranks.len() - 1] >= below + room.len() {
        return Outcome::Missed;
    }
    if room.len() >= MANY && room.len() <= n / 4 {
        // The same again, of fewer.
        let ranks: Vec<usize> = ranks.iter().map(|rank| rank - below).collect();
        if let Outcome::Found = between_samples(room, Some(0), &ranks, &mut Vec::new(), found) {
            return Outcome::Found;
        }
    }
    pick(room, below, ranks, found);
    Outcome::Found
}

/// A place within a step that does not follow a pattern, so that one in the elements is not met.
fn jitter(i: usize, step: usize) -> usize {
    ((i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % step
}

/// Which elements are kept: those that are neither less than one bound nor greater than the other, nan among them
/// unless those are to be skipped.
#[derive(Clone, Copy)]
struct Bounds<T> {
    low: Option<T>,
    high: Option<T>,
    skip_nan: bool,
}

/// Keeps the elements within bounds, in their order; says how many are below.
fn keep<T: Ranked>(lane: &[T], bounds: Bounds<T>, room: &mut Vec<T>) -> usize {
    if !is_split(lane) {
        return shells::run(Keep { piece: lane, bounds, room });
    }
    let of_piece = |piece: &[T]| {
        let mut room = Vec::new();
        (shells::run(Keep { piece, bounds, room: &mut room }), room)
    };
    let pieces: Vec<(usize, Vec<T>)> = in_pool(|| lane.par_chunks(PIECE).map(of_piece).collect());
    pieces.iter().for_each(|(_, kept)| room.extend_from_slice(kept));
    pieces.iter().map(|(below, _)| below).sum()
}

/// [`keep`] on one thread.
struct Keep<'a, T> {
    piece: &'a [T],
    bounds: Bounds<T>,
    room: &'a mut Vec<T>,
}

impl<T: Ranked> Body for Keep<'_, T> {
    type Output = usize;
    #[inline(always)]
    fn run<I: Isa>(self) -> usize {
        const BLOCK: usize = 1024;
        let Keep { piece, bounds: Bounds { low, high, skip_nan }, room } = self;
        let (has_low, has_high) = (low.is_some(), high.is_some());
        let (low, high) = (low.unwrap_or(T::ZERO), high.unwrap_or(T::ZERO));
        let mut below = 0;
        let (mut flags, mut kept) = ([0u8; BLOCK], [T::ZERO; BLOCK]);
        for block in piece.chunks(BLOCK) {
            // Flags first, which the compiler makes vector code of.
            let (mut less, mut within) = (0u32, 0u32);
            for (flag, &x) in flags.iter_mut().zip(block) {
                let is_below = has_low & T::is_less(x, low);
                let is_within = !is_below & !(has_high & T::is_less(high, x));
                less += is_below as u32;
                within += is_within as u32;
                *flag = is_within as u8;
            }
            below += less as usize;
            let mut count = 0;
            if within as usize > block.len() / 8 {
                for (&flag, &x) in flags.iter().zip(block) {
                    // Written whether it is kept or not, so that there is no branch to guess.
                    kept[count] = x;
                    count += flag as usize;
                }
            } else {
                flags[block.len()..].fill(0);
                for (group, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
                    let mut bits = u64::from_le_bytes(*eight);
                    while bits != 0 {
                        kept[count] = block[8 * group + bits.trailing_zeros() as usize / 8];
                        count += 1;
                        bits &= bits - 1;
                    }
                }
            }
            if skip_nan {
                let within = count;
                count = 0;
                for i in 0..within {
                    let x = kept[i];
                    kept[count] = x;
                    count += !x.is_nan() as usize;
                }
            }
            room.extend_from_slice(&kept[..count]);
        }
        below
    }
}
