//! What a reduction's kernel is: an accumulator, as a zero-sized type, in plain scalar Rust.
//!
//! An accumulator has two parts. Its [`Core`] says how one element is taken in and how two partial results
//! become one: that is what is compiled for each instruction set. [`Accumulate`] says for each dtype which
//! core does the work, on elements of which dtype, and what is made of the core's result. So a few cores
//! serve all dtypes: the sums of all integers are those of `i64`, half precision is reduced as `f32`, the
//! mean and the variance of integers are those of `f64`.
//!
//! The loops decide the order, and that order depends on the operand's shape and strides only:
//!
//! - along a row, a block is cut into pieces, and each is spread over the lanes of four vectors of
//!   accumulators; the lanes of all pieces are merged in halves; a short block has eight accumulators;
//! - across rows, each column has an accumulator of its own, for a block of rows;
//! - blocks are merged in a tree, the same for any number of threads.
//!
//! The number of lanes is fixed for a kernel, not taken from the instruction set: so all of them
//! give the same bits.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;

use crate::Element;
#[doc(hidden)]
pub use crate::element::Bits;
use crate::engine::isa::Isa;

/// Bytes of accumulators that a row is spread over: four of the widest vectors, so that additions
/// need not wait for one another.
const LANE_BYTES: usize = 256;
/// How many elements in a row an accumulator takes in. With it sums of floats are as exact as
/// NumPy's: rounding errors grow with this, and else with the logarithm of the count.
const PER_LANE: usize = 16;
/// Accumulators that are merged in halves.
const LANES: usize = 64;
/// Elements of a row that make a block.
pub(crate) const BLOCK: usize = 4096;
/// Elements of a row that make a block where they are packed or converted first: so few that the processor
/// reads what comes next while it takes them in.
pub(crate) const PACKED: usize = 1024;
/// Rows in a block, whose results are merged in a tree.
pub(crate) const ROWS: usize = 64;
/// Columns reduced at a time, at most: their accumulators stay in the innermost cache.
pub const PANEL: usize = 2048;
/// As [`PANEL`] where rows are packed or converted first: these stay in a cache too.
pub(crate) const PACKED_PANEL: usize = 512;

/// Bytes of a partial result at most. A block's elements are spread over some eighty of them, which lie on the stack of
/// whatever thread takes them in.
pub const MOST_STATE: usize = 1024;

/// An element of every second one, and the one that is left out, which may be written meanwhile, by another
/// thread.
#[derive(Debug)]
#[repr(C)]
pub struct Spaced<T> {
    /// The element.
    pub value: T,
    left_out: UnsafeCell<MaybeUninit<T>>,
}

/// An accumulator over elements of type `T`: a core, and what it takes and gives.
pub trait Accumulate<T: Element>: 'static {
    /// The dtype that elements are converted to, by NumPy's rules of casting. Integers and bools of the same
    /// size are taken as they are.
    type Work: Element;
    /// What takes them in.
    type Core: Core<Self::Work>;
    /// What it gives in the end.
    type Output: Element;

    /// The result. `divisor` is the caller's: the count for a mean, and unused by most.
    fn finish(state: <Self::Core as Core<Self::Work>>::State, divisor: f64) -> Self::Output;
}

/// A partial result of an accumulator.
pub type State<K, T> = <<K as Accumulate<T>>::Core as Core<<K as Accumulate<T>>::Work>>::State;

/// How elements of type `T` are taken in, and partial results merged.
pub trait Core<T: Element>: 'static {
    /// A partial result: at most [`MOST_STATE`] bytes, which need no greater alignment than 16. What is larger does
    /// not compile.
    type State: Copy + Send + Sync + 'static;

    /// Rough nanoseconds that one element takes on one core: decides when threads pay.
    const COST: f32;

    /// Whether partial results may be merged in any grouping (not in any order) without a
    /// difference: then blocks need no tree.
    const ASSOCIATIVE: bool;

    /// Whether running results take in four elements at a time, merged with one another first: so that those
    /// after them need not wait for each. Only where merging may be in any grouping.
    const SCANS_BY_FOUR: bool = Self::ASSOCIATIVE;

    /// Whether elements may be taken in any order. If not, they come in the order of the axis.
    const COMMUTATIVE: bool = true;

    /// The result of no elements; merging it changes nothing.
    fn empty() -> Self::State;

    /// The result of one element, where that is not quite what [`step`](Self::step) makes of no elements
    /// and it. Always `#[inline(always)]`.
    #[inline(always)]
    fn first(x: T) -> Self::State {
        Self::step(Self::empty(), x, 0)
    }

    /// Takes in one element, the one at `position` (in [`fold`](Self::fold) as it is provided: where
    /// the block begins). Always `#[inline(always)]`.
    fn step(state: Self::State, x: T, position: usize) -> Self::State;

    /// Two partial results in one, the second of elements after those of the first. Always
    /// `#[inline(always)]`.
    fn merge(first: Self::State, second: Self::State) -> Self::State;

    /// Whether some states are settled for good.
    const SETTLES: bool = false;

    /// Whether no further element can change the result.
    #[inline(always)]
    fn is_settled(_: &Self::State) -> bool {
        false
    }

    /// Takes in a block of a row, the elements from `position` on. Always `#[inline(always)]`.
    #[inline(always)]
    fn fold<I: Isa>(state: Self::State, x: &[T], position: usize) -> Self::State {
        if Self::ASSOCIATIVE {
            // The compiler spreads it over vectors by itself, and takes lanes written out amiss: it
            // gathers each from all over the block.
            let mut state = state;
            for (i, &x) in x.iter().enumerate() {
                state = Self::step(state, x, position + i);
            }
            return state;
        }
        let step = |lane, x: &T| Self::step(lane, *x, position);
        let block = match lane_count::<Self::State>() {
            64 => fold_lanes::<_, _, 16>(x, Self::empty(), step, Self::merge),
            32 => fold_lanes::<_, _, 8>(x, Self::empty(), step, Self::merge),
            _ => fold_lanes::<_, _, 4>(x, Self::empty(), step, Self::merge),
        };
        Self::merge(state, block)
    }

    /// Whether elements that lie two elements apart are taken in from where they are, by
    /// [`fold_spaced`](Self::fold_spaced): of light cores, packing them first is a fifth of the time.
    const SPACED: bool = false;

    /// Takes in a block of every second element of a row, as [`fold`](Self::fold) does. Always
    /// `#[inline(always)]`.
    #[inline(always)]
    fn fold_spaced(state: Self::State, x: &[Spaced<T>], position: usize) -> Self::State {
        if Self::ASSOCIATIVE {
            let mut state = state;
            for (i, x) in x.iter().enumerate() {
                state = Self::step(state, x.value, position + i);
            }
            return state;
        }
        let step = |lane, x: &Spaced<T>| Self::step(lane, x.value, position);
        Self::merge(state, fold_lanes::<_, _, 4>(x, Self::empty(), step, Self::merge))
    }

    /// Takes in a block of rows, each as long as `states` and at most [`PANEL`]: an accumulator for each column. The
    /// first row is at `position`. Always `#[inline(always)]`.
    #[inline(always)]
    fn fold_rows<I: Isa>(states: &mut [Self::State], rows: &[&[T]], position: usize) {
        let n = states.len();
        let (fours, rest) = rows.as_chunks::<4>();
        for (i, [a, b, c, d]) in fours.iter().enumerate() {
            let at = position + 4 * i;
            let (a, b, c, d) = (&a[..n], &b[..n], &c[..n], &d[..n]);
            for (j, state) in states.iter_mut().enumerate() {
                let two = Self::step(Self::step(*state, a[j], at), b[j], at + 1);
                *state = Self::step(Self::step(two, c[j], at + 2), d[j], at + 3);
            }
        }
        for (i, row) in rest.iter().enumerate() {
            for (state, &x) in states.iter_mut().zip(*row) {
                *state = Self::step(*state, x, position + 4 * fours.len() + i);
            }
        }
    }
}

/// How many accumulators a row is spread over.
const fn lane_count<S>() -> usize {
    match LANE_BYTES / if size_of::<S>() == 0 { 1 } else { size_of::<S>() } {
        0..=31 => 16,
        32..=63 => 32,
        _ => 64,
    }
}

/// A block, in pieces of `4 * W * PER_LANE` elements, each spread over four vectors of `W`
/// accumulators; these are merged in halves.
///
/// The four are written out, as the compiler keeps arrays in registers only if they are short.
#[inline(always)]
pub fn fold_lanes<S: Copy, T, const W: usize>(
    x: &[T],
    empty: S,
    step: impl Fn(S, &T) -> S,
    merge: impl Fn(S, S) -> S,
) -> S {
    const { assert!(LANES.is_multiple_of(W) && BLOCK <= 4 * LANES * PER_LANE) };
    if x.len() < 4 * W {
        return fold_short(x, empty, step, merge);
    }
    let mut lanes = [empty; LANES];
    for (piece, lanes) in x.chunks(4 * W * PER_LANE).zip(lanes.as_chunks_mut::<W>().0) {
        let (mut a, mut b, mut c, mut d) = ([empty; W], [empty; W], [empty; W], [empty; W]);
        let (vectors, rest) = piece.as_chunks::<W>();
        let (steps, vectors) = vectors.as_chunks::<4>();
        for [x, y, z, w] in steps {
            for j in 0..W {
                a[j] = step(a[j], &x[j]);
            }
            for j in 0..W {
                b[j] = step(b[j], &y[j]);
            }
            for j in 0..W {
                c[j] = step(c[j], &z[j]);
            }
            for j in 0..W {
                d[j] = step(d[j], &w[j]);
            }
        }
        for x in vectors {
            for j in 0..W {
                a[j] = step(a[j], &x[j]);
            }
        }
        for j in 0..W {
            lanes[j] = merge(merge(a[j], c[j]), merge(b[j], d[j]));
        }
        for (lane, x) in lanes.iter_mut().zip(rest) {
            *lane = step(*lane, x);
        }
    }
    let mut half = if x.len() <= 4 * W * PER_LANE { W / 2 } else { LANES / 2 };
    while half > 0 {
        for j in 0..half {
            lanes[j] = merge(lanes[j], lanes[j + half]);
        }
        half /= 2;
    }
    lanes[0]
}

/// As [`fold_lanes`], of so few elements that to merge many accumulators would take longer than they: over
/// eight, and what is left over one by one.
#[inline(always)]
fn fold_short<S: Copy, T>(x: &[T], empty: S, step: impl Fn(S, &T) -> S, merge: impl Fn(S, S) -> S) -> S {
    let (eights, rest) = x.as_chunks::<8>();
    let mut state = empty;
    if !eights.is_empty() {
        let mut lanes = [empty; 8];
        for eight in eights {
            for j in 0..8 {
                lanes[j] = step(lanes[j], &eight[j]);
            }
        }
        let mut half = 4;
        while half > 0 {
            for j in 0..half {
                lanes[j] = merge(lanes[j], lanes[j + half]);
            }
            half /= 2;
        }
        state = lanes[0];
    }
    for x in rest {
        state = step(state, x);
    }
    state
}

/// A block with two accumulators beside each other: spread over `W` lanes, which are merged in halves.
///
/// The lanes are in memory, and four rows of them are taken at a time: what the compiler would make of lanes
/// in registers depends on its mood where there are two for each element. If elements may be taken in
/// `TWICE`, the last ones are, instead of what is left over one by one.
#[inline(always)]
pub fn fold_pairs<A: Copy, B: Copy, T: Copy, const W: usize, const TWICE: bool>(
    x: &[T],
    empty: (A, B),
    step: impl Fn(A, B, T) -> (A, B),
    merge_first: impl Fn(A, A) -> A,
    merge_second: impl Fn(B, B) -> B,
) -> (A, B) {
    let (mut first, mut second) = ([empty.0; W], [empty.1; W]);
    let (rows, rest) = x.as_chunks::<W>();
    let (fours, rows) = rows.as_chunks::<4>();
    for [x, y, z, w] in fours {
        for j in 0..W {
            let (a, b) = step(first[j], second[j], x[j]);
            let (a, b) = step(a, b, y[j]);
            let (a, b) = step(a, b, z[j]);
            (first[j], second[j]) = step(a, b, w[j]);
        }
    }
    for x in rows {
        for j in 0..W {
            (first[j], second[j]) = step(first[j], second[j], x[j]);
        }
    }
    match x.last_chunk::<W>() {
        Some(x) if TWICE && !rest.is_empty() => {
            for j in 0..W {
                (first[j], second[j]) = step(first[j], second[j], x[j]);
            }
        }
        _ => {
            for (j, &x) in rest.iter().enumerate() {
                (first[j], second[j]) = step(first[j], second[j], x);
            }
        }
    }
    let mut half = W / 2;
    while half > 0 {
        for j in 0..half {
            first[j] = merge_first(first[j], first[j + half]);
            second[j] = merge_second(second[j], second[j + half]);
        }
        half /= 2;
    }
    (first[0], second[0])
}
