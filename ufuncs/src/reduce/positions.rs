//! Where the largest and the smallest element are, the first of several; a `nan` wins, or is left aside.
//!
//! Along a row a block's extreme is found first, as fast as [`super::extremes`] does it. Only if it
//! beats what was found before, which is rare, the block is searched for its place.

use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Core};
use array_core::{Element, complex64, complex128, f16};

use super::extremes::{Max, Min, NanMax, NanMin, is_nan};

/// The position of the first largest element.
#[derive(Debug)]
pub struct ArgMax;
/// The position of the first smallest element.
#[derive(Debug)]
pub struct ArgMin;
/// The position of the first largest element that is not `nan`, [`NOWHERE`] if all are.
#[derive(Debug)]
pub struct NanArgMax;
/// The position of the first smallest element that is not `nan`, [`NOWHERE`] if all are.
#[derive(Debug)]
pub struct NanArgMin;

/// An element and its position; the position is [`NOWHERE`] before the first.
type Place<T> = (T, i64);
pub(crate) const NOWHERE: i64 = -1;
/// Columns at a time, so that values and places stay in the innermost cache.
const STRIP: usize = 256;
/// Elements of a row that are searched at a time.
const CHUNK: usize = 32;

/// The first position of `value` in a row; if it is a `nan`, that of the first `nan`.
///
/// In plain loops: of closures the compiler may make functions without the shell's instructions.
#[inline(always)]
#[allow(clippy::eq_op, reason = "only nan differs from itself")]
fn position<T: Element>(row: &[T], value: T) -> i64 {
    let is_nan = value != value;
    if row.len() < CHUNK {
        for (j, &x) in row.iter().enumerate() {
            if (x == value) | (is_nan & (x != x)) {
                return j as i64;
            }
        }
        return 0;
    }
    let mut start = 0;
    while start < row.len() {
        // The last chunk begins earlier: where it overlaps, nothing was found.
        start = start.min(row.len() - CHUNK);
        let chunk: &[T] = &row[start..start + CHUNK];
        let mut any = false;
        if is_nan {
            for &x in chunk {
                any |= x != x;
            }
        } else {
            for &x in chunk {
                any |= x == value;
            }
        }
        if !any {
            start += CHUNK;
            continue;
        }
        let mut found = 0u32;
        if is_nan {
            for (j, &x) in chunk.iter().enumerate() {
                found |= ((x != x) as u32) << j;
            }
        } else {
            for (j, &x) in chunk.iter().enumerate() {
                found |= ((x == value) as u32) << j;
            }
        }
        return start as i64 + found.trailing_zeros() as i64;
    }
    0
}

macro_rules! places {
    ($kernel:ident, $extreme:ident: $($type:ty, |$a:ident, $b:ident| $better:expr ;)*) => {$(
        impl Core<$type> for $kernel {
            type State = Place<$type>;
            const COST: f32 = 0.2;
            const ASSOCIATIVE: bool = true;
            const COMMUTATIVE: bool = false;

            #[inline(always)]
            fn empty() -> Self::State {
                (<$extreme as Core<$type>>::empty(), NOWHERE)
            }

            #[inline(always)]
            fn step(state: Self::State, x: $type, position: usize) -> Self::State {
                <Self as Core<$type>>::merge(state, (x, position as i64))
            }

            #[inline(always)]
            fn merge(first: Self::State, second: Self::State) -> Self::State {
                let ($a, $b) = (first.0, second.0);
                let second_wins = second.1 != NOWHERE && (first.1 == NOWHERE || $better);
                if second_wins { second } else { first }
            }

            #[inline(always)]
            fn fold<I: Isa>(state: Self::State, x: &[$type], at: usize) -> Self::State {
                let extreme = <$extreme as Core<$type>>::empty();
                let $b = <$extreme as Core<$type>>::fold::<I>(extreme, x, at);
                let $a = state.0;
                if state.1 == NOWHERE || $better { ($b, at as i64 + position(x, $b)) } else { state }
            }

            #[inline(always)]
            fn fold_rows<I: Isa>(states: &mut [Self::State], rows: &[&[$type]], at: usize) {
                // What comes first is there to be beaten, whatever it is.
                let fresh = states.first().is_some_and(|state| state.1 == NOWHERE);
                for (strip, states) in states.chunks_mut(STRIP).enumerate() {
                    let columns = strip * STRIP..strip * STRIP + states.len();
                    let n = states.len();
                    let (mut values, mut places) = ([<$type>::ZERO; STRIP], [at as i64; STRIP]);
                    let (values, places) = (&mut values[..n], &mut places[..n]);
                    if fresh {
                        values.copy_from_slice(&rows[0][columns.clone()]);
                    } else {
                        for ((value, place), state) in values.iter_mut().zip(&mut *places).zip(&*states) {
                            (*value, *place) = *state;
                        }
                    }
                    for (i, row) in rows.iter().enumerate().skip(fresh as usize) {
                        let (row, here) = (&row[columns.clone()][..n], (at + i) as i64);
                        for j in 0..n {
                            let ($a, $b) = (values[j], row[j]);
                            let better = $better;
                            values[j] = if better { $b } else { $a };
                            places[j] = if better { here } else { places[j] };
                        }
                    }
                    for (j, state) in states.iter_mut().enumerate() {
                        *state = (values[j], places[j]);
                    }
                }
            }
        }
    )*};
}

macro_rules! of_integers {
    ($($type:ty)*) => {$(
        places! { ArgMax, Max: $type, |a, b| b > a; }
        places! { ArgMin, Min: $type, |a, b| b < a; }
    )*};
}
of_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! of_floats {
    ($($type:ty)*) => {$(
        // A nan wins, but not over another.
        places! { ArgMax, Max: $type, |a, b| (b.is_nan() | (b > a)) & !a.is_nan(); }
        places! { ArgMin, Min: $type, |a, b| (b.is_nan() | (b < a)) & !a.is_nan(); }
        places! { NanArgMax, NanMax: $type, |a, b| (a.is_nan() & !b.is_nan()) | (b > a); }
        places! { NanArgMin, NanMin: $type, |a, b| (a.is_nan() & !b.is_nan()) | (b < a); }
    )*};
}
of_floats! { f32 f64 }

macro_rules! of_complex {
    ($($type:ty)*) => {$(
        places! { ArgMax, Max: $type, |a, b| <Max as Core<$type>>::merge(a, b) != a && !is_nan!(a); }
        places! { ArgMin, Min: $type, |a, b| <Min as Core<$type>>::merge(a, b) != a && !is_nan!(a); }
        places! {
            NanArgMax, NanMax: $type, |a, b| !is_nan!(b) && <NanMax as Core<$type>>::merge(a, b) != a;
        }
        places! {
            NanArgMin, NanMin: $type, |a, b| !is_nan!(b) && <NanMin as Core<$type>>::merge(a, b) != a;
        }
    )*};
}
of_complex! { complex64 complex128 }

/// Of accumulators that are their own cores: as which dtype elements are compared, and whose position is none.
macro_rules! accumulators {
    ($($kernel:ident, |$x:ident| $nowhere:expr => $($type:ty as $work:ty),*;)*) => {$($(
        impl Accumulate<$type> for $kernel {
            type Work = $work;
            type Core = $kernel;
            type Output = i64;
            fn finish(($x, position): Place<$work>, _: f64) -> i64 {
                let _ = $x;
                if $nowhere { NOWHERE } else { position }
            }
        }
    )*)*};
}
macro_rules! all_dtypes {
    ($($kernel:ident)*) => {
        accumulators! {$(
            $kernel, |x| false => bool as u8, i8 as i8, i16 as i16, i32 as i32, i64 as i64, u8 as u8, u16 as u16,
                u32 as u32, u64 as u64, f16 as f32, f32 as f32, f64 as f64, complex64 as complex64,
                complex128 as complex128;
        )*}
    };
}
all_dtypes! { ArgMax ArgMin }
accumulators! {
    NanArgMax, |x| x.is_nan() => f16 as f32, f32 as f32, f64 as f64;
    NanArgMin, |x| x.is_nan() => f16 as f32, f32 as f32, f64 as f64;
    NanArgMax, |x| is_nan!(x) => complex64 as complex64, complex128 as complex128;
    NanArgMin, |x| is_nan!(x) => complex64 as complex64, complex128 as complex128;
}
