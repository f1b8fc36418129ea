//! Reductions against the real NumPy: dtype, shape and values, over dtypes, layouts and axes.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::{Array, Element, ToPy, from_fn};

use common::{OF_SUMS, Outcome, numpy};

/// Whether NumPy gives `ours` for this expression of `np` and `a`: its dtype, its shape, its values
/// but for the rounding of sums.
fn assert_is<T: Element, O: Element>(ours: &Array<O>, source: &str, a: &Array<T>) -> Outcome {
    common::assert_is(ours, source, &[("a", &a.to_py()?)], OF_SUMS)
}

/// Small numbers, with every layout that transposing gives.
fn random_array<T: Element>(rng: &mut Rng, value: fn(&mut Rng) -> T) -> Array<T> {
    let lengths = [1, 2, 3, 7, 20, 65];
    let shape: Vec<usize> = (0..rng.usize(1..4)).map(|_| *rng.choice(&lengths).unwrap()).collect();
    let array = from_fn(&shape, |_| value(rng)).unwrap();
    if rng.bool() { array.t() } else { array }
}

macro_rules! reductions {
    ($test:ident, $functions:tt $($type:ident: $value:expr),* $(,)?) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(1);
            $(reductions!(@ rng, $functions $type, $value);)*
            Ok(())
        }
    };
    (@ $rng:ident, [$($function:ident)*] $type:ident, $value:expr) => {$(
        for _ in 0..6 {
            let a: Array<$type> = random_array(&mut $rng, $value);
            assert_is(&numpypy::$function(&a, ..)?, concat!("np.", stringify!($function), "(a)"), &a)?;
            for axis in -(a.ndim() as isize)..a.ndim() as isize {
                let source = format!("np.{}(a, axis={axis})", stringify!($function));
                assert_is(&numpypy::$function(&a, axis)?, &source, &a)?;
                let source = format!("np.{}(a, axis={axis}, keepdims=True)", stringify!($function));
                assert_is(&numpypy::$function(&a, numpypy::over(axis).keepdims())?, &source, &a)?;
            }
        }
    )*};
}

fn small(rng: &mut Rng) -> f64 {
    rng.i32(-40..40) as f64 / 8.0
}

reductions! { of_all_real_dtypes, [sum mean max min any all argmax argmin count_nonzero var std]
    bool: |rng| rng.bool(),
    i8: |rng| rng.i8(..), i16: |rng| rng.i16(..), i32: |rng| rng.i32(-9999..9999), i64: |rng| rng.i64(-9999..9999),
    u8: |rng| rng.u8(..), u16: |rng| rng.u16(..), u32: |rng| rng.u32(..9999), u64: |rng| rng.u64(..9999),
    f32: |rng| small(rng) as f32, f64: small,
}
reductions! { products, [prod]
    bool: |rng| rng.bool(), i8: |rng| rng.i8(..), i32: |rng| rng.i32(..), u8: |rng| rng.u8(..), u64: |rng| rng.u64(..),
    f32: |rng| 1.0 + rng.f32() / 64.0, f64: |rng| 1.0 + rng.f64() / 64.0,
}
reductions! { with_nan, [max min argmax argmin nanmax nanmin nansum nanmean nanvar nanstd any all sum]
    f32: |rng| if rng.u8(..) < 30 { f32::NAN } else { small(rng) as f32 },
    f64: |rng| if rng.u8(..) < 30 { f64::NAN } else { small(rng) },
}
