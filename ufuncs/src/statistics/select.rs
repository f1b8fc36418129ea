//! Elements by their rank, without sorting the others.
//!
//! A few samples, sorted, give two bounds between which the wanted ranks lie all but surely. One pass over
//! the elements then counts those below and keeps those between, which are few (Floyd and Rivest, "Expected time bounds
//! for selection", 1975). If the ranks are not there after all, or the elements are few, they are found by the
//! standard library's selection in a copy.

use std::cmp::Ordering;

use array_core::engine::CastTo;
use array_core::{Element, complex64, complex128, f16};

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

/// The elements of these ranks, ascending and within the lane, appended to `found`. Says whether it met a
/// nan, in which case they are no use; it meets one if there is one.
pub(crate) fn select<T: Ranked>(lane: &[T], ranks: &[usize], room: &mut Vec<T>, found: &mut Vec<T>) -> bool {
    let start = found.len();
    if lane.len() >= MANY {
        let mut rest = ranks;
        while let Some(&first) = rest.first() {
            // Ranks that are neighbours lie between the same bounds.
            let count = rest.iter().take_while(|&&rank| rank - first < 2).count();
            match between_samples(lane, &rest[..count], room, found) {
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
    if T::HAS_NAN && lane.iter().any(|x| x.is_nan()) {
        return true;
    }
    room.clear();
    room.extend_from_slice(lane);
    if lane.len() <= FEW {
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

fn between_samples<T: Ranked>(lane: &[T], ranks: &[usize], room: &mut Vec<T>, found: &mut Vec<T>) -> Outcome {
    let n = lane.len();
    // As many samples as the elements that are kept will be, about.
    let count = ((n as f64).powf(2.0 / 3.0) / 2.0) as usize;
    let step = n / count;
    let mut samples: Vec<T> = (0..count).map(|i| lane[i * step + jitter(i, step)]).collect();
    if samples.iter().any(|x| x.is_nan()) {
        return Outcome::Nan;
    }
    samples.sort_unstable_by(|a, b| T::order(*a, *b));
    let margin = 2.0 * (count as f64).sqrt() + 2.0;
    let place = |rank: usize| rank as f64 / n as f64 * count as f64;
    let low = place(ranks[0]) - margin;
    let high = place(ranks[ranks.len() - 1]) + margin;
    let low = (low >= 0.0).then(|| samples[low as usize]);
    let high = ((high as usize) < count).then(|| samples[high as usize]);
    room.clear();
    let below = match (low, high) {
        (Some(low), Some(high)) => keep(lane, room, |x| T::is_less(x, low), |x| T::is_less(high, x)),
        (Some(low), None) => keep(lane, room, |x| T::is_less(x, low), |_| false),
        (None, Some(high)) => keep(lane, room, |_| false, |x| T::is_less(high, x)),
        (None, None) => return Outcome::Missed,
    };
    if T::HAS_NAN && room.iter().any(|x| x.is_nan()) {
        return Outcome::Nan;
    }
    if ranks[0] < below || ranks[ranks.len() - 1] >= below + room.len() {
        return Outcome::Missed;
    }
    pick(room, below, ranks, found);
    Outcome::Found
}

/// A place within a step that does not follow a pattern, so that one in the elements is not met.
fn jitter(i: usize, step: usize) -> usize {
    ((i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % step
}

/// Keeps the elements that are neither below nor above, nan among them; says how many are below.
#[inline(always)]
fn keep<T: Ranked>(
    lane: &[T],
    room: &mut Vec<T>,
    is_below: impl Fn(T) -> bool,
    is_above: impl Fn(T) -> bool,
) -> usize {
    const BLOCK: usize = 1024;
    let mut below = 0;
    for block in lane.chunks(BLOCK) {
        let mut kept = [T::ZERO; BLOCK];
        let mut count = 0;
        for &x in block {
            // Written whether it is kept or not, so that there is no branch to guess.
            kept[count] = x;
            let less = is_below(x);
            below += less as usize;
            count += (!less & !is_above(x)) as usize;
        }
        room.extend_from_slice(&kept[..count]);
    }
    below
}
