//! Methods of ufuncs, a few of each kind: all that have no kernel of their own go the same way.

use super::Case;
use super::kinds::{along, line};
use crate::plan::LARGE;
use crate::record::Layout::{self, Axis0, Axis1, Strided};
use crate::{ours, values};

const LAYOUTS: &[Layout] = &[Strided, Axis0, Axis1];

/// Accumulations: of an array of one axis, and along an axis.
macro_rules! accumulations {
    ($cases:ident: $($text:literal $name:ident: $($type:ident)*, $values:ident;)*) => {$(
        line!($cases, $text, Methods, [$($type)*], &[values::$values], LAYOUTS, false, LARGE,
              |setup, T| along::<T, _>(
                  setup,
                  ("f(x)", |x| ours::$name::accumulate(x, 0)),
                  ("f(x, AXIS)", |x, axis| ours::$name::accumulate(x, axis)),
              ));
    )*};
}

/// Reductions that are no function of their own.
macro_rules! reductions {
    ($cases:ident: $($text:literal $name:ident: $($type:ident)*, $values:ident;)*) => {$(
        line!($cases, $text, Methods, [$($type)*], &[values::$values], LAYOUTS, false, LARGE,
              |setup, T| along::<T, _>(
                  setup,
                  ("f(x)", |x| ours::$name::reduce(x, ..)),
                  ("f(x, AXIS)", |x, axis| ours::$name::reduce(x, axis)),
              ));
    )*};
}

/// Reductions of every part of a hundredth.
macro_rules! parts {
    ($cases:ident: $($text:literal $name:ident: $($type:ident)*, $values:ident;)*) => {$(
        line!($cases, $text, Methods, [$($type)*], &[values::$values], &[Strided], false, LARGE,
              |setup, T| {
                  let indices: Vec<usize> = (0..setup.cell.n).step_by((setup.cell.n / 100).max(1)).collect();
                  let named = ("indices", numpypy::Array::from_vec(indices.iter().map(|&i| i as i64).collect()));
                  super::kinds::of_one_and(setup, "f(x, indices)", named, move |x: &numpypy::Array<T>| {
                      ours::$name::reduceat(x, &indices, 0)
                  })
              });
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    accumulations! { cases:
        "maximum.accumulate" maximum: f32 f64 i32 i64, ANY;
        "subtract.accumulate" subtract: f32 f64 i32 i64, ANY;
        "hypot.accumulate" hypot: f32 f64, ANY;
    }
    reductions! { cases:
        "subtract.reduce" subtract: f32 f64 i32 i64, ANY;
        "hypot.reduce" hypot: f32 f64, ANY;
        "logaddexp.reduce" logaddexp: f32 f64, ANY;
        "bitwise_or.reduce" bitwise_or: i32 i64, BITS;
        "gcd.reduce" gcd: i32 i64, COUNTS;
    }
    parts! { cases:
        "add.reduceat" add: f32 f64 i32 i64, ANY;
        "maximum.reduceat" maximum: f32 f64 i32 i64, ANY;
    }
    cases
}
