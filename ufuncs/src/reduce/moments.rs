//! Variances and standard deviations, in one pass over memory.
//!
//! Along rows a part of a block is summed up as deviations, and their squares, from the mean of its first
//! elements: as these are among those whose variance is sought, the difference between that mean and the
//! right one costs no more than a few bits. Across rows deviations are from the block's first row. Blocks
//! are merged as Chan, Golub and LeVeque show ("Updating formulae and a pairwise algorithm for
//! computing sample variances", 1979).
//!
//! No multiplication is fused with an addition, so that all instruction sets give the same bits.

use array_core::engine::CastTo;
use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Core, fold_lanes, fold_pairs};
use array_core::{complex64, complex128, f16};

use super::extremes::is_nan;

/// Columns at a time, so that their sums stay in the innermost cache.
const STRIP: usize = 256;
/// Elements of a row at a time: so few are added to each lane.
const PART: usize = 2048;

/// The variance, or its root, of all elements or of those that are not `nan`.
#[derive(Debug)]
pub struct Moments<const ROOT: bool, const SKIP_NAN: bool>;

/// A number or a complex number, and what is needed to make a variance of it.
pub trait Deviation:
    Copy + Send + Sync + 'static + std::ops::Add<Output = Self> + std::ops::Sub<Output = Self>
{
    /// No deviation.
    const NONE: Self;
    /// Its squared magnitude.
    fn squared(self) -> f64;
    /// Some of it.
    fn times(self, share: f64) -> Self;
}

impl Deviation for f64 {
    const NONE: f64 = 0.0;
    #[inline(always)]
    fn squared(self) -> f64 {
        self * self
    }
    #[inline(always)]
    fn times(self, share: f64) -> f64 {
        self * share
    }
}

impl Deviation for complex128 {
    const NONE: complex128 = complex128::new(0.0, 0.0);
    #[inline(always)]
    fn squared(self) -> f64 {
        self.re * self.re + self.im * self.im
    }
    #[inline(always)]
    fn times(self, share: f64) -> complex128 {
        complex128::new(self.re * share, self.im * share)
    }
}

/// How many, their mean, the sum of their squared deviations from it.
#[derive(Clone, Copy, Debug)]
pub struct State<M> {
    count: f64,
    mean: M,
    squares: f64,
}

impl<M: Deviation> State<M> {
    const EMPTY: Self = State { count: 0.0, mean: M::NONE, squares: 0.0 };

    /// From sums of deviations from `shift` and of their squares.
    #[inline(always)]
    fn shifted(count: f64, shift: M, sum: M, squares: f64) -> Self {
        if count == 0.0 {
            return Self::EMPTY;
        }
        let correction = sum.times(1.0 / count);
        let squares = squares - correction.squared() * count;
        // Not below zero, where rounding might have led.
        let squares = if squares < 0.0 { 0.0 } else { squares };
        State { count, mean: shift + correction, squares }
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
            mean: a.mean + apart.times(share),
            squares: a.squares + b.squares + apart.squared() * (a.count * share),
        }
    }

    #[inline(always)]
    fn variance(self, ddof: f64) -> f64 {
        self.squares / (self.count - ddof).max(0.0)
    }
}

/// The core: counts, means and squares of all elements or of those that are not `nan`.
#[derive(Debug)]
pub struct Squares<const SKIP_NAN: bool>;

/// Of each dtype: in which one squares of deviations are summed (`part`), what a mean is, the lanes of a
/// vector; what is `nan`, and so on.
macro_rules! squares {
    ($($type:ident, $part:ident, $mean:ident, $lanes:literal,
       |$x:ident| nan: $nan:expr, finite: $finite:expr, square: |$d:ident| $square:expr,
       mean: $to_mean:expr;)*) => {$(
        impl<const SKIP_NAN: bool> Core<$type> for Squares<SKIP_NAN> {
            type State = State<$mean>;
            const COST: f32 = 0.3;
            const ASSOCIATIVE: bool = false;

            #[inline(always)]
            fn empty() -> Self::State {
                State::EMPTY
            }

            #[inline(always)]
            fn step(state: Self::State, $x: $type, _: usize) -> Self::State {
                let alone = State { count: 1.0, mean: $to_mean, squares: 0.0 };
                if SKIP_NAN && $nan { state } else { State::merge(state, alone) }
            }

            #[inline(always)]
            fn merge(first: Self::State, second: Self::State) -> Self::State {
                State::merge(first, second)
            }

            #[inline(always)]
            fn fold<I: Isa>(mut state: Self::State, x: &[$type], _: usize) -> Self::State {
                let zero = <$type>::default();
                let add = |a: $type, b: $type| a + b;
                let total = |sum: $type, x: &$type| sum + *x;
                for part in x.chunks(PART) {
                    let part_state = if !SKIP_NAN {
                        let first = part.first_chunk::<{ 4 * $lanes }>().map_or(part, |first| first);
                        let shift = fold_lanes::<_, _, $lanes>(first, zero, total, add) / (first.len() as $part);
                        let take = |sum: $type, squares: $part, x: $type| {
                            let $d = x - shift;
                            (sum + $d, squares + $square)
                        };
                        let (sum, squares) = fold_pairs::<_, _, _, { 2 * $lanes }, false>(
                            part,
                            (zero, 0.0),
                            take,
                            add,
                            |a, b| a + b,
                        );
                        let mean = |$x: $type| -> $mean { $to_mean };
                        State::shifted(part.len() as f64, mean(shift), mean(sum), squares as f64)
                    } else {
                        let left_out = |$x: $type| -> bool { $nan };
                        let count = |count: $part, x: &$type| if left_out(*x) { count } else { count + 1.0 };
                        let count = fold_lanes::<_, _, $lanes>(part, 0.0, count, |a, b| a + b);
                        let total = |sum: $type, x: &$type| if left_out(*x) { sum } else { sum + *x };
                        let $x = fold_lanes::<_, _, $lanes>(part, zero, total, add) / count;
                        let mean: $type = $x;
                        let deviation = |squares: $part, x: &$type| {
                            let $d = if left_out(*x) { zero } else { *x - mean };
                            squares + $square
                        };
                        let squares = fold_lanes::<_, _, $lanes>(part, 0.0, deviation, |a, b| a + b);
                        State { count: count as f64, mean: $to_mean, squares: squares as f64 }
                    };
                    state = State::merge(state, part_state);
                }
                state
            }

            #[inline(always)]
            fn fold_rows<I: Isa>(states: &mut [Self::State], rows: &[&[$type]], _: usize) {
                let left_out = |$x: $type| -> bool { SKIP_NAN && $nan };
                let square = |$d: $type| -> $part { $square };
                for (strip, states) in states.chunks_mut(STRIP).enumerate() {
                    let n = states.len();
                    let columns = strip * STRIP..strip * STRIP + n;
                    let zero = <$type>::default();
                    let (mut shifts, mut sums) = ([zero; STRIP], [zero; STRIP]);
                    let (mut counts, mut squares) = ([0.0 as $part; STRIP], [0.0 as $part; STRIP]);
                    // Deviations from the first row: in each column as near the mean as any.
                    for (shift, &x) in shifts.iter_mut().zip(&rows[0][columns.clone()]) {
                        let $x = x;
                        *shift = if $finite { $x } else { zero };
                    }
                    let (sums, squares) = (&mut sums[..n], &mut squares[..n]);
                    let (shifts, counts) = (&shifts[..n], &mut counts[..n]);
                    // Several rows at a time, so that sums are read and written less often.
                    let (fours, rest) = rows.as_chunks::<4>();
                    for four in fours {
                        let [a, b, c, d] = four.map(|row| &row[columns.clone()][..n]);
                        for j in 0..n {
                            let (mut sum, mut total, mut count) = (sums[j], squares[j], counts[j]);
                            for x in [a[j], b[j], c[j], d[j]] {
                                                                let skip = left_out(x);
                                let d = if skip { zero } else { x - shifts[j] };
                                sum += d;
                                total += square(d);
                                count += if skip { 0.0 } else { 1.0 };
                            }
                            (sums[j], squares[j]) = (sum, total);
                            if SKIP_NAN {
                                counts[j] = count;
                            }
                        }
                    }
                    for row in rest {
                        let row = &row[columns.clone()][..n];
                        for j in 0..n {
                            let x = row[j];
                            let skip = left_out(x);
                            let d = if skip { zero } else { x - shifts[j] };
                            sums[j] += d;
                            squares[j] += square(d);
                            counts[j] += if skip { 0.0 } else { 1.0 };
                        }
                    }
                    let mean = |$x: $type| -> $mean { $to_mean };
                    for (j, state) in states.iter_mut().enumerate() {
                        let count = if SKIP_NAN { counts[j] as f64 } else { rows.len() as f64 };
                        let here = State::shifted(count, mean(shifts[j]), mean(sums[j]), squares[j] as f64);
                        *state = State::merge(*state, here);
                    }
                }
            }
        }
    )*};
}

macro_rules! of_reals {
    ($($type:ident, $lanes:literal;)*) => {
        squares! {$(
            $type, $type, f64, $lanes, |x| nan: x.is_nan(), finite: x.is_finite(), square: |d| d * d,
            mean: x as f64;
        )*}
    };
}
of_reals! { f32, 16; f64, 8; }
squares! {
    complex64, f32, complex128, 8, |x| nan: is_nan!(x), finite: x.re.is_finite() && x.im.is_finite(),
    square: |d| d.re * d.re + d.im * d.im, mean: complex128::new(x.re as f64, x.im as f64);
    complex128, f64, complex128, 4, |x| nan: is_nan!(x), finite: x.re.is_finite() && x.im.is_finite(),
    square: |d| d.re * d.re + d.im * d.im, mean: x;
}

/// Of each dtype: as which it is computed, what a mean is, the result's dtype and how that is made of an `f64`.
macro_rules! moments {
    ($($type:ty as $work:ty, $mean:ty => $out:ty: |$v:ident| $result:expr;)*) => {$(
        impl<const ROOT: bool, const SKIP_NAN: bool> Accumulate<$type> for Moments<ROOT, SKIP_NAN> {
            type Work = $work;
            type Core = Squares<SKIP_NAN>;
            type Output = $out;

            fn finish(state: State<$mean>, ddof: f64) -> $out {
                let variance = state.variance(ddof);
                let $v = if ROOT { variance.sqrt() } else { variance };
                $result
            }
        }
    )*};
}
moments! {
    bool as f64, f64 => f64: |v| v;
    i8 as f64, f64 => f64: |v| v;
    i16 as f64, f64 => f64: |v| v;
    i32 as f64, f64 => f64: |v| v;
    i64 as f64, f64 => f64: |v| v;
    u8 as f64, f64 => f64: |v| v;
    u16 as f64, f64 => f64: |v| v;
    u32 as f64, f64 => f64: |v| v;
    u64 as f64, f64 => f64: |v| v;
    f16 as f32, f64 => f16: |v| CastTo::<f16>::cast(v);
    f32 as f32, f64 => f32: |v| v as f32;
    f64 as f64, f64 => f64: |v| v;
    complex64 as complex64, complex128 => f32: |v| v as f32;
    complex128 as complex128, complex128 => f64: |v| v;
}
