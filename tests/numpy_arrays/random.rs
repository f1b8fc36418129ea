//! Random arrays: elements, shapes with lengths of 0 and 1, strides of any kind.

use fastrand::Rng;
use numpypy::*;

/// Elements that are easy to tell apart.
pub(crate) trait Random: Element {
    fn random(rng: &mut Rng) -> Self;
}
macro_rules! random {
    ($($type:ty: |$rng:ident| $value:expr;)*) => {$(
        impl Random for $type {
            fn random($rng: &mut Rng) -> Self { $value }
        }
    )*};
}
random! {
    bool: |rng| rng.bool();
    i8: |rng| rng.i8(..);
    i16: |rng| rng.i16(-99..99);
    i32: |rng| rng.i32(-99..99);
    i64: |rng| rng.i64(..);
    u8: |rng| rng.u8(..);
    u16: |rng| rng.u16(0..9);
    u32: |rng| rng.u32(..);
    u64: |rng| if rng.bool() { rng.u64(..) } else { rng.u64(0..9) };
    f16: |rng| if rng.u8(..9) == 0 { f16::NAN } else { f16::from_f32(rng.i8(..) as f32 / 8.0) };
    f32: |rng| rng.i8(..) as f32 / 8.0;
    f64: |rng| if rng.u8(..9) == 0 { f64::NAN } else { rng.i16(..) as f64 / 8.0 };
    complex64: |rng| complex64::new(rng.i8(-3..3) as f32, rng.i8(-3..3) as f32);
    complex128: |rng| complex128::new(rng.i8(..) as f64, rng.i8(..) as f64);
}

/// An array of this shape with strides of any kind.
pub(crate) fn with_layout<T: Random>(rng: &mut Rng, shape: &[usize]) -> Array<T> {
    let fresh = |rng: &mut Rng, shape: &[usize]| from_fn(shape, |_| T::random(rng)).unwrap();
    match rng.u8(0..7) {
        0 => {
            let reversed: Vec<usize> = shape.iter().rev().copied().collect();
            fresh(rng, &reversed).t()
        }
        1 => flip(&fresh(rng, shape), ..).unwrap(),
        2 if !shape.is_empty() => {
            let mut wide = shape.to_vec();
            *wide.last_mut().unwrap() *= 2;
            fresh(rng, &wide).slice(s![..., ..;2]).unwrap()
        }
        3 if shape.len() > 1 => {
            // The axes in another order.
            let mut turned = shape.to_vec();
            turned.rotate_left(1);
            moveaxis(&fresh(rng, &turned), -1, 0).unwrap()
        }
        4 if !shape.is_empty() => {
            // One axis repeats the same elements.
            let mut thin = shape.to_vec();
            *rng.choice(&mut thin).unwrap() = 1;
            fresh(rng, &thin).broadcast_to(shape).unwrap()
        }
        _ => fresh(rng, shape),
    }
}

pub(crate) fn shape(rng: &mut Rng, ranks: std::ops::Range<usize>) -> Vec<usize> {
    (0..rng.usize(ranks)).map(|_| *rng.choice(&[0, 1, 2, 3, 4, 5]).unwrap()).collect()
}

pub(crate) fn array<T: Random>(rng: &mut Rng) -> Array<T> {
    let shape = shape(rng, 0..4);
    with_layout(rng, &shape)
}

/// An axis, mostly one that the array has.
pub(crate) fn axis(rng: &mut Rng, ndim: usize) -> isize {
    if ndim == 0 {
        // NumPy lets some functions take axis 0 of a 0-d array.
        return 3;
    }
    let n = ndim as isize;
    let beyond = isize::from(rng.u8(..8) == 0);
    rng.isize(-n - beyond..(n + beyond).max(1))
}

/// A test for each line, whose body is called with each of the dtypes. Every dtype is somewhere; all of them
/// everywhere would take too long to build.
macro_rules! for_dtypes {
    ($($test:ident: $body:ident $types:tt;)*) => {$(
        for_dtypes! { @ $test $body $types }
    )*};
    (@ $test:ident $body:ident [$($type:ty),*]) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            for seed in 0..150 {
                let rng = &mut Rng::with_seed(seed);
                $($body::<$type>(rng);)*
            }
            Ok(())
        }
    };
}
pub(crate) use for_dtypes;
