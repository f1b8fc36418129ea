//! Variances and standard deviations, in one pass over memory.
//!
//! Along rows a block's mean and sum of squared deviations are found while it is in the innermost
//! cache; across rows deviations are from the block's first row. Blocks are merged as Chan, Golub and LeVeque show ("Updating formulae and a pairwise algorithm
//! for computing sample variances", 1979).

use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, fold_lanes};
use array_core::f16;

/// Columns at a time, so that their sums stay in the innermost cache.
const STRIP: usize = 256;

/// The variance, or its root, of all elements or of those that are not `nan`.
#[derive(Debug)]
pub struct Moments<const ROOT: bool, const SKIP_NAN: bool>;

/// How many, their mean, the sum of their squared deviations from it.
#[derive(Clone, Copy, Debug)]
pub struct State {
    count: f64,
    mean: f64,
    squares: f64,
}

impl State {
    /// From sums of deviations from `shift` and of their squares.
    #[inline(always)]
    fn shifted(count: f64, shift: f64, sum: f64, squares: f64) -> Self {
        if count == 0.0 {
            return State { count, mean: 0.0, squares: 0.0 };
        }
        let correction = sum / count;
        State { count, mean: shift + correction, squares: positive(squares - sum * correction) }
    }

    #[inline(always)]
    fn merge(a: Self, b: Self) -> Self {
        let count = a.count + b.count;
        if b.count == 0.0 {
            return a;
        }
        if a.count == 0.0 {
            return b;
        }
        let (share, apart) = (b.count / count, b.mean - a.mean);
        State {
            count,
            mean: a.mean + apart * share,
            squares: a.squares + b.squares + apart * apart * (a.count * share),
        }
    }

    #[inline(always)]
    fn variance(self, ddof: f64) -> f64 {
        self.squares / (self.count - ddof).max(0.0)
    }
}

macro_rules! moments {
    ($($type:ty => $wide:ident => $out:ty, $lanes:literal, |$x:ident| $widen:expr, |$v:ident| $result:expr;)*) => {$(
        impl<const ROOT: bool, const SKIP_NAN: bool> Accumulate<$type> for Moments<ROOT, SKIP_NAN> {
            type State = State;
            type Output = $out;
            const COST: f32 = 0.4;
            const ASSOCIATIVE: bool = false;

            #[inline(always)]
            fn empty() -> State {
                State { count: 0.0, mean: 0.0, squares: 0.0 }
            }

            #[inline(always)]
            fn step(state: State, $x: $type, _: usize) -> State {
                let x: $wide = $widen;
                let alone = State { count: 1.0, mean: x as f64, squares: 0.0 };
                if SKIP_NAN && x.is_nan() { state } else { State::merge(state, alone) }
            }

            #[inline(always)]
            fn merge(first: State, second: State) -> State {
                State::merge(first, second)
            }

            #[inline(always)]
            fn finish(state: State, ddof: f64) -> $out {
                let variance = state.variance(ddof);
                let $v = if ROOT { variance.sqrt() } else { variance };
                $result
            }

            #[inline(always)]
            fn fold<I: Isa>(mut state: State, x: &[$type], _: usize) -> State {
                let zero: $wide = 0.0;
                // In parts that stay in the innermost cache for the second look.
                for part in x.chunks(2048) {
                    let add = |a: $wide, b: $wide| a + b;
                    let count = if SKIP_NAN {
                        let count = |count: $wide, $x: $type| {
                            let x: $wide = $widen;
                            if x.is_nan() { count } else { count + 1.0 }
                        };
                        fold_lanes::<_, _, $lanes>(part, zero, count, add)
                    } else {
                        part.len() as $wide
                    };
                    let total = |sum: $wide, $x: $type| {
                        let x: $wide = $widen;
                        if SKIP_NAN && x.is_nan() { sum } else { sum + x }
                    };
                    let mean = fold_lanes::<_, _, $lanes>(part, zero, total, add) / count;
                    let deviation = |squares: $wide, $x: $type| {
                        let x: $wide = $widen;
                        let d = if SKIP_NAN && x.is_nan() { 0.0 } else { x - mean };
                        squares + d * d
                    };
                    let squares = fold_lanes::<_, _, $lanes>(part, zero, deviation, add);
                    let (count, mean, squares) = (count as f64, mean as f64, squares as f64);
                    state = State::merge(state, State { count, mean, squares });
                }
                state
            }

            #[inline(always)]
            fn fold_rows<I: Isa>(states: &mut [State], rows: &[&[$type]], _: usize) {
                for (strip, states) in states.chunks_mut(STRIP).enumerate() {
                    let columns = strip * STRIP..strip * STRIP + states.len();
                    let n = states.len();
                    let zeros = [0.0 as $wide; STRIP];
                    let (mut shifts, mut counts, mut sums, mut squares) = (zeros, zeros, zeros, zeros);
                    // Deviations from the first row: in each column as near the mean as any.
                    for (shift, &$x) in shifts.iter_mut().zip(&rows[0][columns.clone()]) {
                        let x: $wide = $widen;
                        *shift = if x.is_finite() { x } else { 0.0 };
                    }
                    for row in rows {
                        let row = &row[columns.clone()][..n];
                        let (sums, squares) = (&mut sums[..n], &mut squares[..n]);
                        let (shifts, counts) = (&shifts[..n], &mut counts[..n]);
                        for j in 0..n {
                            let $x = row[j];
                            let x: $wide = $widen;
                            let skip = SKIP_NAN && x.is_nan();
                            let d = if skip { 0.0 } else { x - shifts[j] };
                            sums[j] += d;
                            squares[j] += d * d;
                            if SKIP_NAN {
                                counts[j] += if skip { 0.0 } else { 1.0 };
                            }
                        }
                    }
                    for (j, state) in states.iter_mut().enumerate() {
                        let count = if SKIP_NAN { counts[j] as f64 } else { rows.len() as f64 };
                        let (sum, squares) = (sums[j] as f64, squares[j] as f64);
                        *state = State::merge(*state, State::shifted(count, shifts[j] as f64, sum, squares));
                    }
                }
            }
        }
    )*};
}

/// Not below zero, where rounding might have led.
#[inline(always)]
fn positive(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}

moments! {
    f32 => f32 => f32, 16, |x| x, |v| v as f32;
    f64 => f64 => f64, 8, |x| x, |v| v;
    f16 => f32 => f16, 16, |x| x.to_f32(), |v| f16::from_f64(v);
    bool => f64 => f64, 8, |x| x as u8 as f64, |v| v;
    i8 => f64 => f64, 8, |x| x as f64, |v| v;
    i16 => f64 => f64, 8, |x| x as f64, |v| v;
    i32 => f64 => f64, 8, |x| x as f64, |v| v;
    i64 => f64 => f64, 8, |x| x as f64, |v| v;
    u8 => f64 => f64, 8, |x| x as f64, |v| v;
    u16 => f64 => f64, 8, |x| x as f64, |v| v;
    u32 => f64 => f64, 8, |x| x as f64, |v| v;
    u64 => f64 => f64, 8, |x| x as f64, |v| v;
}
