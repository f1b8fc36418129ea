//! Products of vectors and matrices. Matrices are square; N counts the elements of one.

use numpypy::{Array, Promote, Result, complex128};

use super::call::{Results, fresh};
use super::kinds::line;
use super::{Case, Prepared, Setup};
use crate::operands::side;
use crate::plan::{LARGE, MIDDLE};
use crate::values::Sample;
use crate::{Failure, ours, values};

/// The shapes of both operands.
#[derive(Clone, Copy)]
enum Shapes {
    Matrices,
    MatrixVector,
    VectorMatrix,
    Vectors,
}

fn product<T: Sample + Promote<T>, R: Results + 'static>(
    setup: &Setup<'_>,
    shapes: Shapes,
    call: fn(&(Array<T>, Array<T>)) -> Result<R>,
) -> Result<Prepared, Failure> {
    let (n, side) = (setup.cell.n, side(setup.cell.n));
    let (matrix, vector, whole): (&[usize], &[usize], &[usize]) = (&[side, side], &[side], &[n]);
    let (a, b) = match shapes {
        Shapes::Matrices => (matrix, matrix),
        Shapes::MatrixVector => (matrix, vector),
        Shapes::VectorMatrix => (vector, matrix),
        Shapes::Vectors => (whole, whole),
    };
    let x = setup.operands.shaped(&setup.values[0], a, 0)?;
    let y = setup.operands.shaped(&setup.values[0], b, 1)?;
    fresh(setup, setup.theirs("f(x, y)"), (x, y).into(), call)
}

macro_rules! products {
    ($cases:ident: $($name:ident: $($type:ident)*, $shapes:ident, $most:expr;)*) => {$(
        line!($cases, stringify!($name), Products, [$($type)*], &[values::ANY], &[], false, $most,
              |setup, T| product::<T, _>(setup, Shapes::$shapes, |(a, b)| ours::$name(a, b)));
    )*};
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    products! { cases:
        matmul: f32 f64 complex128, Matrices, 1_000_000;
        // NumPy's of integers takes a second beyond.
        matmul: i32 i64, Matrices, MIDDLE;
        matvec: f32 f64 i32 i64 complex128, MatrixVector, LARGE;
        vecmat: f32 f64 i32 i64 complex128, VectorMatrix, LARGE;
        vecdot: f32 f64 i32 i64 complex128, Vectors, LARGE;
    }
    cases
}
