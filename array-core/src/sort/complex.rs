//! Complex numbers in order: by their real parts as real numbers are sorted, and those that share one by the imaginary.
//!
//! So they have what sorting of real numbers has, which comparing both parts of each two numbers has not. What has a
//! `nan` in it is rare and is put behind the others first.

use std::mem::MaybeUninit;
use std::ops::Range;

use super::order::Sortable;
use crate::{Result, complex64, complex128, fallible};

/// A complex dtype.
pub(super) trait Complex: Sortable {
    /// The dtype of its parts.
    type Part: Sortable;
    /// The real part.
    fn real(&self) -> Self::Part;
    /// The imaginary part.
    fn imag(&self) -> Self::Part;
}

macro_rules! complex {
    ($($type:ident of $part:ident;)*) => {$(
        impl Complex for $type {
            type Part = $part;
            fn real(&self) -> $part {
                self.re
            }
            fn imag(&self) -> $part {
                self.im
            }
        }
    )*};
}
complex! { complex64 of f32; complex128 of f64; }

/// Up to how many numbers are sorted by comparing.
const FEW: usize = 32;

/// Sorts numbers.
pub(super) fn sort<C: Complex>(lane: &mut [C]) -> Result<()> {
    if lane.len() <= FEW {
        lane.sort_unstable_by(C::order);
        return Ok(());
    }
    let numbers = put_last_apart(lane);
    let (numbers, last) = lane.split_at_mut(numbers);
    last.sort_unstable_by(C::order);
    sort_by(numbers, C::real)?;
    for run in numbers.chunk_by_mut(|a, b| a.real() == b.real()) {
        match run.len() {
            1 => {}
            ..=FEW => run.sort_unstable_by(C::order),
            _ => sort_by(run, C::imag)?,
        }
    }
    Ok(())
}

/// Moves what has a `nan` behind all that has none. How many have none.
fn put_last_apart<C: Complex>(lane: &mut [C]) -> usize {
    let mut numbers = 0;
    for i in 0..lane.len() {
        if !lane[i].is_last() {
            lane.swap(numbers, i);
            numbers += 1;
        }
    }
    numbers
}

/// Sorts numbers by one of their parts.
fn sort_by<C: Complex>(lane: &mut [C], part: impl Fn(&C) -> C::Part) -> Result<()> {
    let parts = fallible::collected(lane.iter().map(part))?;
    let mut order = fallible::repeated(0, lane.len())?;
    C::Part::argsort_lane(&parts, &mut order)?;
    let sorted = fallible::collected(order.iter().map(|&i| lane[i as usize]))?;
    lane.copy_from_slice(&sorted);
    Ok(())
}

/// Puts the items at some positions, which ascend, where sorting by their numbers would.
pub(super) fn partition<I: Copy, C: Complex>(
    items: &mut [I],
    kth: &[usize],
    number: impl Fn(&I) -> C,
) -> Result<()> {
    let mut numbers = 0;
    for i in 0..items.len() {
        if !number(&items[i]).is_last() {
            items.swap(numbers, i);
            numbers += 1;
        }
    }
    let (before, after) = kth.split_at(kth.partition_point(|&k| k < numbers));
    let (first, last) = items.split_at_mut(numbers);
    let mut done = 0;
    for &k in before.iter() {
        let rest = &mut first[done..];
        let equal = select(rest, k - done, |item| number(item).real())?;
        // Those that share a real part with it are in order by the imaginary one.
        select(&mut rest[equal.clone()], k - done - equal.start, |item| number(item).imag())?;
        done = k + 1;
    }
    if !after.is_empty() {
        last.sort_unstable_by(|a, b| number(a).order(&number(b)));
    }
    Ok(())
}

/// Puts the item at a position where sorting by a part would. Where those are that share it.
fn select<I: Copy, P: Sortable>(items: &mut [I], k: usize, part: impl Fn(&I) -> P) -> Result<Range<usize>> {
    if let [_] = items {
        return Ok(0..1);
    }
    let parts = fallible::collected(items.iter().map(&part))?;
    let mut parted = fallible::repeated(MaybeUninit::uninit(), parts.len())?;
    P::partition_lane(&parts, &mut parted, &[k])?;
    // SAFETY: all were written.
    let pivot = unsafe { parted[k].assume_init() };
    let (less, equal) = parts.iter().fold((0, 0), |(less, equal), part| {
        (less + usize::from(part.is_before::<false>(&pivot)), equal + usize::from(*part == pivot))
    });
    // Where the next one goes that is less, equal, greater.
    let mut places = [0, less, less + equal];
    let from = fallible::collected(items.iter().copied())?;
    for (item, part) in from.iter().zip(&parts) {
        let which =
            usize::from(!part.is_before::<false>(&pivot)) + usize::from(pivot.is_before::<false>(part));
        items[places[which]] = *item;
        places[which] += 1;
    }
    Ok(less..less + equal)
}

/// Writes the positions that sort numbers, stably.
pub(super) fn argsort<C: Complex>(lane: &[C], positions: &mut [i64]) -> Result<()> {
    let numbers = lane.iter().filter(|value| !value.is_last()).count();
    let (first, last) = positions.split_at_mut(numbers);
    let (mut to_first, mut to_last) = (first.iter_mut(), last.iter_mut());
    for (i, value) in (0..).zip(lane) {
        let to = if value.is_last() { &mut to_last } else { &mut to_first };
        *to.next().expect("as many as counted") = i;
    }
    sort_positions(first, |i| lane[i as usize].real())?;
    for run in first.chunk_by_mut(|&a, &b| lane[a as usize].real() == lane[b as usize].real()) {
        if run.len() > 1 {
            sort_positions(run, |i| lane[i as usize].imag())?;
        }
    }
    last.sort_unstable_by(|&a, &b| lane[a as usize].order(&lane[b as usize]).then(a.cmp(&b)));
    Ok(())
}

/// Sorts positions by the number at each, stably.
fn sort_positions<P: Sortable>(positions: &mut [i64], number: impl Fn(i64) -> P) -> Result<()> {
    if positions.len() <= FEW {
        positions.sort_by(|&a, &b| number(a).order(&number(b)));
        return Ok(());
    }
    let numbers = fallible::collected(positions.iter().map(|&i| number(i)))?;
    let mut order = fallible::repeated(0, positions.len())?;
    P::argsort_lane(&numbers, &mut order)?;
    let sorted = fallible::collected(order.iter().map(|&i| positions[i as usize]))?;
    positions.copy_from_slice(&sorted);
    Ok(())
}
