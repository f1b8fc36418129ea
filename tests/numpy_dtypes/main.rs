//! Dtypes, conversions between them and arrays of any dtype, against the real NumPy: every pair of dtypes.

#![cfg(feature = "python")]

mod any_arrays;
#[path = "../common/mod.rs"]
mod common;
mod conversions;
mod rules;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{AnyArray, Array, DType, Kind, complex128, from_fn, zeros};

use common::eval;

/// Whether dtypes, shapes and all values are the same, `nan`s too, but for the signs of zeros.
fn is_same(ours: &Object, theirs: &Object) -> Result<bool, Box<dyn std::error::Error>> {
    let test = "bool(ours.dtype == theirs.dtype and ours.shape == theirs.shape and \
                np.array_equal(ours, theirs, equal_nan=ours.dtype.kind in 'fc'))";
    Ok(eval(test, &[("ours", ours), ("theirs", theirs)])?.extract()?)
}

/// Numbers of this dtype of all sizes, with some that stand out.
fn numbers(rng: &mut Rng, dtype: DType, shape: [usize; 2]) -> AnyArray {
    let random = |rng: &mut Rng| match rng.u8(0..12) {
        0 => 0.0,
        1 => -0.0,
        2 => f64::NAN,
        3 => f64::INFINITY,
        4 => -1.0 / 3.0,
        5 => rng.i64(..) as f64,
        6 => f64::from(rng.i32(..)) * 1e30,
        7..9 => f64::from(rng.i8(..)) / 4.0,
        _ => f64::from(rng.i16(..)) + rng.f64(),
    };
    let real = from_fn(shape, |_| random(rng)).unwrap();
    match dtype.kind() {
        Kind::Complex => {
            let mut both: Array<complex128> = zeros(shape).unwrap();
            both.view_mut().iter_mut().for_each(|z| *z = complex128::new(random(rng), random(rng)));
            AnyArray::from(both).cast(dtype)
        }
        Kind::Float => AnyArray::from(real).cast(dtype),
        // Bits of every kind.
        _ => AnyArray::from(from_fn(shape, |_| rng.u64(..) >> rng.u32(..64)).unwrap()).cast(dtype),
    }
}
