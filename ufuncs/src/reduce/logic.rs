//! Whether any, whether all, how many elements are not zero.

use array_core::Element;
use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Bits, Core, PANEL};

use super::over::WithInitial;

/// Elements at a time.
const LANES: usize = 32;

/// Whether any element is not zero; `nan` is not.
#[derive(Debug)]
pub struct Any;
/// Whether no element is zero.
#[derive(Debug)]
pub struct All;
/// How many elements are not zero.
#[derive(Debug)]
pub struct CountNonzero;
/// How many elements are not `nan`.
#[derive(Debug)]
pub(crate) struct CountNumbers;

/// An accumulator that asks elements' bits, and whose state is what it gives.
macro_rules! by_bits {
    ($kernel:ident => $output:ident) => {
        impl<T: Element> Accumulate<T> for $kernel {
            type Work = T::Alike;
            type Core = Self;
            type Output = $output;
            fn finish(state: $output, _: f64) -> $output {
                state
            }
        }
    };
}

/// A core whose state is one answer, which is settled once it is not the one of no elements.
macro_rules! answer {
    ($kernel:ident: $empty:literal $join:tt |$x:ident| $one:expr, |$many:ident| $all:expr;) => {
        impl<T: Element> WithInitial<T> for $kernel {
            fn with_initial(a: bool, b: bool) -> bool {
                a $join b
            }
        }

        by_bits! { $kernel => bool }

        impl<T: Bits> Core<T> for $kernel {
            type State = bool;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            const SETTLES: bool = true;
            #[inline(always)]
            fn empty() -> bool {
                $empty
            }
            #[inline(always)]
            fn step(state: bool, $x: T, _: usize) -> bool {
                state $join $one
            }
            #[inline(always)]
            fn merge(a: bool, b: bool) -> bool {
                a $join b
            }
            #[inline(always)]
            fn fold<I: Isa>(state: bool, $many: &[T], _: usize) -> bool {
                state $join $all
            }
            #[inline(always)]
            fn is_settled(state: &bool) -> bool {
                *state != $empty
            }
        }
    };
}
answer! {
    Any: false | |x| is_nonzero(x),
    |x| if has_parts::<T>() { found(x, |x| x.word()) } else { any_is(x, |x| x != T::ZERO) };
}
answer! {
    All: true & |x| is_nonzero(x),
    |x| !if has_parts::<T>() { found(x, |x| is_zero(x).into()) } else { any_is(x, |x| x == T::ZERO) };
}

/// Whether elements have two parts, whose bits are put together before they are asked.
const fn has_parts<T: Bits>() -> bool {
    size_of::<T::Word>() < size_of::<T>()
}

/// Whether the bits of an element of two parts are all zero.
#[inline(always)]
fn is_zero<T: Bits>(x: T) -> bool {
    x.word() == T::Word::default()
}

/// Whether an element is not zero.
#[inline(always)]
fn is_nonzero<T: Bits>(x: T) -> bool {
    if has_parts::<T>() { !is_zero(x) } else { x != T::ZERO }
}

/// What 64 bytes become of which each takes in every 64th element, and the elements that are left: the compiler makes
/// vectors of that by itself.
#[inline(always)]
fn in_bytes<T: Bits>(x: &[T], take: impl Fn(&mut u8, T)) -> ([u8; 64], &[T]) {
    let mut lanes = [0; 64];
    let (rows, rest) = x.as_chunks::<64>();
    for row in rows {
        for (lane, &x) in lanes.iter_mut().zip(row) {
            take(lane, x);
        }
    }
    (lanes, rest)
}

/// Whether any element answers the question.
#[inline(always)]
fn any_is<T: Bits>(x: &[T], question: impl Fn(T) -> bool) -> bool {
    let (lanes, rest) = in_bytes(x, |lane, x| *lane |= question(x) as u8);
    let mut found = 0;
    for &x in rest {
        found |= question(x) as u8;
    }
    for lane in lanes {
        found |= lane;
    }
    found != 0
}

/// Whether any word that is made of an element is not zero: for elements of two parts.
#[inline(always)]
fn found<T: Bits>(x: &[T], word: impl Fn(T) -> T::Word) -> bool {
    let none = T::Word::default();
    let mut lanes = [none; LANES];
    let (rows, rest) = x.as_chunks::<LANES>();
    for row in rows {
        for j in 0..LANES {
            lanes[j] = lanes[j] | word(row[j]);
        }
    }
    match x.last_chunk::<LANES>() {
        // Some once more.
        Some(row) if !rest.is_empty() => {
            for j in 0..LANES {
                lanes[j] = lanes[j] | word(row[j]);
            }
        }
        Some(_) => {}
        None => {
            for (lane, &x) in lanes.iter_mut().zip(rest) {
                *lane = word(x);
            }
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        for j in 0..half {
            lanes[j] = lanes[j] | lanes[j + half];
        }
        half /= 2;
    }
    lanes[0] != none
}

/// Counts, in numbers as small as the elements for as long as those hold, the elements that are wanted.
macro_rules! counter {
    ($kernel:ident, |$x:ident| $wanted:expr) => {
        by_bits! { $kernel => i64 }

        impl<T: Bits> Core<T> for $kernel {
            type State = i64;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            const SPACED: bool = size_of::<T>() == 8 && !has_parts::<T>();
            #[inline(always)]
            fn empty() -> i64 {
                0
            }
            #[inline(always)]
            fn step(state: i64, $x: T, _: usize) -> i64 {
                state + ($wanted) as i64
            }
            #[inline(always)]
            fn merge(a: i64, b: i64) -> i64 {
                a + b
            }
            #[inline(always)]
            fn fold<I: Isa>(state: i64, x: &[T], _: usize) -> i64 {
                if !has_parts::<T>() {
                    // 255 steps of 64 lanes at most.
                    return x.chunks(255 * 64).fold(state, |state, part| {
                        let (lanes, rest) = in_bytes(part, |lane, $x| *lane += ($wanted) as u8);
                        let rest = rest.iter().map(|&$x| ($wanted) as i64).sum::<i64>();
                        state + rest + lanes.iter().map(|&lane| lane as i64).sum::<i64>()
                    });
                }
                // At most 255 steps, as many as a byte holds.
                x.chunks(255 * LANES).fold(state, |state, part| {
                    let mut lanes = [T::Word::default(); LANES];
                    let (rows, rest) = part.as_chunks::<LANES>();
                    for row in rows {
                        for j in 0..LANES {
                            let $x = row[j];
                            lanes[j] = lanes[j] + T::Word::from($wanted);
                        }
                    }
                    let (eights, rest) = rest.as_chunks::<8>();
                    let mut more = [T::Word::default(); 8];
                    for eight in eights {
                        for j in 0..8 {
                            let $x = eight[j];
                            more[j] = more[j] + T::Word::from($wanted);
                        }
                    }
                    let rest = rest.iter().map(|&$x| ($wanted) as i64).sum::<i64>();
                    let total = |lanes: &[T::Word]| lanes.iter().map(|&lane| lane.into() as i64).sum::<i64>();
                    state + rest + total(&lanes) + total(&more)
                })
            }
            #[inline(always)]
            fn fold_rows<I: Isa>(states: &mut [i64], rows: &[&[T]], _: usize) {
                for rows in rows.chunks(255) {
                    let mut counts = [0u8; PANEL];
                    let counts = &mut counts[..states.len()];
                    for row in rows {
                        for (count, &$x) in counts.iter_mut().zip(*row) {
                            *count += ($wanted) as u8;
                        }
                    }
                    for (state, &count) in states.iter_mut().zip(&*counts) {
                        *state += count as i64;
                    }
                }
            }
        }
    };
}
counter! { CountNonzero, |x| is_nonzero(x) }
#[allow(clippy::eq_op, reason = "only nan differs from itself")]
mod numbers {
    use super::*;
    counter! { CountNumbers, |x| x == x }
}
