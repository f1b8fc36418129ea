//! The logarithm of the sum of many exponentials, to the bases e and 2: what `logaddexp.reduce` gives, but with
//! one logarithm for all elements, not one for each.
//!
//! The state is the largest element, and what the others' exponentials add up to over that of the largest: so
//! none overflows, and a small sum beside the 1 of the largest loses nothing. A block is taken in in two passes,
//! which look for its largest element and add up. All is `f64`, and no instruction is fused: results have the
//! same bits on all instruction sets. The error is that of one logarithm and of a sum, which grows far slower
//! than if each element's were rounded.

use std::marker::PhantomData;

use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Core};

use crate::kernels::logaddexp::{Base, logarithm, summand};

/// The logarithm of the sum of exponentials.
pub(crate) struct LogSum<B>(PhantomData<B>);

/// A sum of powers of the base: `1 + others` times the power `most`. A `nan` is among the others.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Powers {
    most: f64,
    others: f64,
}

/// Elements, or columns, at a time.
const LANES: usize = 64;

/// Sums beside one another, each with an element that is the largest of its own.
struct Lanes {
    most: [f64; LANES],
    /// How many are as large.
    equal: [f64; LANES],
    /// What the smaller ones add up to.
    smaller: [f64; LANES],
}

impl Lanes {
    #[inline(always)]
    fn new() -> Self {
        Lanes { most: [f64::NEG_INFINITY; LANES], equal: [0.0; LANES], smaller: [0.0; LANES] }
    }

    /// At most as many elements as there are lanes, and minus infinity for others.
    #[inline(always)]
    fn padded(x: &[f64]) -> [f64; LANES] {
        let mut row = [f64::NEG_INFINITY; LANES];
        row[..x.len()].copy_from_slice(x);
        row
    }

    /// The first pass.
    #[inline(always)]
    fn look(&mut self, row: &[f64; LANES]) {
        for (most, &x) in self.most.iter_mut().zip(row) {
            *most = if x > *most { x } else { *most };
        }
    }

    /// The second pass.
    #[inline(always)]
    fn add<B: Base>(&mut self, row: &[f64; LANES]) {
        let sums = self.equal.iter_mut().zip(&mut self.smaller);
        for ((&x, &most), (equal, smaller)) in row.iter().zip(&self.most).zip(sums) {
            let power = summand::<B>(x - most);
            // Of infinities the difference is nan.
            *equal += if x == most { 1.0 } else { 0.0 };
            *smaller += if x == most { 0.0 } else { power };
        }
    }

    /// The sum in a lane.
    #[inline(always)]
    fn powers(&self, lane: usize) -> Powers {
        Powers { most: self.most[lane], others: self.smaller[lane] + (self.equal[lane] - 1.0) }
    }
}

impl<B: Base> Core<f64> for LogSum<B> {
    type State = Powers;
    const COST: f32 = 1.0;
    const ASSOCIATIVE: bool = false;

    #[inline(always)]
    fn empty() -> Powers {
        Powers { most: f64::NEG_INFINITY, others: 0.0 }
    }

    #[inline(always)]
    fn step(state: Powers, x: f64, _: usize) -> Powers {
        let most = if x.is_nan() { f64::NEG_INFINITY } else { x };
        Self::merge(state, Powers { most, others: if x.is_nan() { x } else { 0.0 } })
    }

    #[inline(always)]
    fn merge(a: Powers, b: Powers) -> Powers {
        let (large, small) = if b.most > a.most { (b, a) } else { (a, b) };
        let power = if small.most == large.most { 1.0 } else { summand::<B>(small.most - large.most) };
        Powers { most: large.most, others: large.others + power * (1.0 + small.others) }
    }

    #[inline(always)]
    fn fold<I: Isa>(state: Powers, x: &[f64], _: usize) -> Powers {
        let mut lanes = Lanes::new();
        for row in x.chunks(LANES) {
            lanes.look(&Lanes::padded(row));
        }
        let most = lanes.most.iter().fold(f64::NEG_INFINITY, |most, &x| if x > most { x } else { most });
        lanes.most = [most; LANES];
        for row in x.chunks(LANES) {
            lanes.add::<B>(&Lanes::padded(row));
        }
        let mut half = LANES / 2;
        while half > 0 {
            for j in 0..half {
                lanes.equal[j] += lanes.equal[j + half];
                lanes.smaller[j] += lanes.smaller[j + half];
            }
            half /= 2;
        }
        Self::merge(state, lanes.powers(0))
    }

    #[inline(always)]
    fn fold_rows<I: Isa>(states: &mut [Powers], rows: &[&[f64]], _: usize) {
        for (i, states) in states.chunks_mut(LANES).enumerate() {
            let part = |row: &[f64]| Lanes::padded(&row[i * LANES..i * LANES + states.len()]);
            let mut lanes = Lanes::new();
            for row in rows {
                lanes.look(&part(row));
            }
            for row in rows {
                lanes.add::<B>(&part(row));
            }
            for (lane, state) in states.iter_mut().enumerate() {
                *state = Self::merge(*state, lanes.powers(lane));
            }
        }
    }
}

macro_rules! accumulators {
    ($($type:ident)*) => {$(
        impl<B: Base> Accumulate<$type> for LogSum<B> {
            type Work = f64;
            type Core = Self;
            type Output = $type;
            fn finish(state: Powers, _: f64) -> $type {
                logarithm::<B>(state.most, state.others) as $type
            }
        }
    )*};
}
accumulators! { f32 f64 }
