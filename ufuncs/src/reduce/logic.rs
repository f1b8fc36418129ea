//! Whether any, whether all, how many elements are not zero.

use array_core::Element;
use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Core, PANEL};

use super::over::WithInitial;

/// Whether any element is not zero; `nan` is not.
#[derive(Debug)]
pub struct Any;
/// Whether no element is zero.
#[derive(Debug)]
pub struct All;
/// How many elements are not zero.
#[derive(Debug)]
pub(crate) struct CountNonzero;
/// How many elements are not `nan`.
#[derive(Debug)]
pub(crate) struct CountNumbers;

impl<T: Element> WithInitial<T> for Any {
    fn with_initial(a: bool, b: bool) -> bool {
        a | b
    }
}

impl<T: Element> Accumulate<T> for Any {
    type Work = T::Alike;
    type Core = Self;
    type Output = bool;
    fn finish(state: bool, _: f64) -> bool {
        state
    }
}

impl<T: Element> Core<T> for Any {
    type State = bool;
    const COST: f32 = 0.1;
    const ASSOCIATIVE: bool = true;
    const SETTLES: bool = true;
    #[inline(always)]
    fn empty() -> bool {
        false
    }
    #[inline(always)]
    fn step(state: bool, x: T, _: usize) -> bool {
        state | (x != T::ZERO)
    }
    #[inline(always)]
    fn merge(a: bool, b: bool) -> bool {
        a | b
    }
    #[inline(always)]
    fn fold<I: Isa>(state: bool, x: &[T], _: usize) -> bool {
        let mut lanes = [0u8; 64];
        let (steps, rest) = x.as_chunks::<64>();
        for step in steps {
            for (lane, &x) in lanes.iter_mut().zip(step) {
                *lane |= (x != T::ZERO) as u8;
            }
        }
        let mut found = state as u8;
        for &x in rest {
            found |= (x != T::ZERO) as u8;
        }
        for lane in lanes {
            found |= lane;
        }
        found != 0
    }
    #[inline(always)]
    fn is_settled(state: &bool) -> bool {
        *state
    }
}

impl<T: Element> WithInitial<T> for All {
    fn with_initial(a: bool, b: bool) -> bool {
        a & b
    }
}

impl<T: Element> Accumulate<T> for All {
    type Work = T::Alike;
    type Core = Self;
    type Output = bool;
    fn finish(state: bool, _: f64) -> bool {
        state
    }
}

impl<T: Element> Core<T> for All {
    type State = bool;
    const COST: f32 = 0.1;
    const ASSOCIATIVE: bool = true;
    const SETTLES: bool = true;
    #[inline(always)]
    fn empty() -> bool {
        true
    }
    #[inline(always)]
    fn step(state: bool, x: T, _: usize) -> bool {
        state & (x != T::ZERO)
    }
    #[inline(always)]
    fn merge(a: bool, b: bool) -> bool {
        a & b
    }
    #[inline(always)]
    fn fold<I: Isa>(state: bool, x: &[T], _: usize) -> bool {
        let mut lanes = [0u8; 64];
        let (steps, rest) = x.as_chunks::<64>();
        for step in steps {
            for (lane, &x) in lanes.iter_mut().zip(step) {
                *lane |= (x == T::ZERO) as u8;
            }
        }
        let mut found = !state as u8;
        for &x in rest {
            found |= (x == T::ZERO) as u8;
        }
        for lane in lanes {
            found |= lane;
        }
        found == 0
    }
    #[inline(always)]
    fn is_settled(state: &bool) -> bool {
        !*state
    }
}

/// Counts, in bytes for as long as those hold, the elements that are wanted.
macro_rules! counter {
    ($kernel:ident, |$x:ident| $wanted:expr) => {
        impl<T: Element> Accumulate<T> for $kernel {
            type Work = T::Alike;
            type Core = Self;
            type Output = i64;
            fn finish(state: i64, _: f64) -> i64 {
                state
            }
        }

        impl<T: Element> Core<T> for $kernel {
            type State = i64;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
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
                // 255 steps of 64 lanes at most.
                x.chunks(255 * 64).fold(state, |state, part| {
                    let mut lanes = [0u8; 64];
                    let (steps, rest) = part.as_chunks::<64>();
                    for step in steps {
                        for (lane, &$x) in lanes.iter_mut().zip(step) {
                            *lane += ($wanted) as u8;
                        }
                    }
                    let rest = rest.iter().map(|&$x| ($wanted) as i64).sum::<i64>();
                    state + rest + lanes.iter().map(|&lane| lane as i64).sum::<i64>()
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
counter! { CountNonzero, |x| x != T::ZERO }
#[allow(clippy::eq_op, reason = "only nan differs from itself")]
mod numbers {
    use super::*;
    counter! { CountNumbers, |x| x == x }
}
