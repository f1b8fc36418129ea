//! Methods of ufuncs, a few of each kind: all that have no kernel of their own go the same way.

use super::Case;
use super::kinds::{line, lines_along, of_one_and};
use crate::plan::LARGE;
use crate::record::Layout::{self, Axis0, Axis1, Strided};
use crate::{ours, values};

const LAYOUTS: &[Layout] = &[Strided, Axis0, Axis1];

/// Accumulations, and reductions that are no function of their own.
macro_rules! along {
    ($cases:ident: $($text:literal $name:ident::$method:ident($whole:expr): $($type:ident)*, $values:ident;)*) => {$(
        lines_along! { $cases, Methods, LAYOUTS;
            $text, $($type)*, $values, "f(x)" |x| ours::$name::$method(x, $whole), "f(x, AXIS)" |x, axis| ours::$name::$method(x, axis);
        }
    )*};
}

/// Reductions of every part of a hundredth.
macro_rules! parts {
    ($cases:ident: $($text:literal $name:ident: $($type:ident)*, $values:ident;)*) => {$(
        line!($cases, $text, Methods, [$($type)*], &[values::$values], &[Strided], false, LARGE,
              |setup, T| {
                  let indices: Vec<usize> = (0..setup.cell.n).step_by((setup.cell.n / 100).max(1)).collect();
                  let named = ("indices", numpypy::Array::from_vec(indices.iter().map(|&i| i as i64).collect()));
                  of_one_and(setup, "f(x, indices)", named, move |x: &numpypy::Array<T>| {
                      ours::$name::reduceat(x, &indices, 0)
                  })
              });
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    along! { cases:
        "maximum.accumulate" maximum::accumulate(0): f32 f64 i32 i64, ANY;
        "subtract.accumulate" subtract::accumulate(0): f32 f64 i32 i64, ANY;
        "hypot.accumulate" hypot::accumulate(0): f32 f64, ANY;
        "subtract.reduce" subtract::reduce(..): f32 f64 i32 i64, ANY;
        "hypot.reduce" hypot::reduce(..): f32 f64, ANY;
        "logaddexp.reduce" logaddexp::reduce(..): f32 f64, ANY;
        "bitwise_or.reduce" bitwise_or::reduce(..): i32 i64, BITS;
        "gcd.reduce" gcd::reduce(..): i32 i64, COUNTS;
    }
    parts! { cases:
        "add.reduceat" add: f32 f64 i32 i64, ANY;
        "maximum.reduceat" maximum: f32 f64 i32 i64, ANY;
    }
    cases
}
