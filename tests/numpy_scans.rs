//! Running sums, the methods of ufuncs that fold, and masks, against the real NumPy: dtype, shape and
//! values.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::{
    Array, Element, ToPy, add, bitwise_and, bitwise_or, bitwise_xor, complex64, complex128, copysign, divide,
    equal, f16, fmax, fmin, fmod, from_fn, gcd, hypot, lcm, less, logaddexp2, logical_and, logical_or,
    logical_xor, maximum, minimum, multiply, over, power, remainder, right_shift, s, subtract,
};

use common::{Outcome, Tolerance, numpy};

/// Whether NumPy gives `ours` for this expression of `np`, `a` and `m`, a mask: its dtype, shape and
/// values, but for so many units in the last place.
fn assert_is<T: Element, O: Element>(
    ours: &Array<O>,
    source: &str,
    a: &Array<T>,
    mask: &Array<bool>,
    units: usize,
) -> Outcome {
    let tolerance = Tolerance { relative: units, absolute: units };
    common::assert_is(ours, source, &[("a", &a.to_py()?), ("m", &mask.to_py()?)], tolerance)
}

/// An array and a mask of its shape, in one of the layouts that slicing and transposing give.
fn random_array<T: Element>(rng: &mut Rng, value: fn(&mut Rng) -> T) -> (Array<T>, Array<bool>) {
    let lengths = [0, 1, 2, 3, 7, 20, 33];
    let mut shape: Vec<usize> = (0..rng.usize(1..4)).map(|_| *rng.choice(&lengths[1..]).unwrap()).collect();
    if rng.u8(..8) == 0 {
        shape[0] = 0;
    }
    let mask = from_fn(&shape, |_| rng.u8(..3) > 0).unwrap();
    shape[0] *= 2;
    let array = from_fn(&shape, |_| value(rng)).unwrap();
    let array = match rng.u8(..3) {
        0 => array.slice(s![..;2]).unwrap(),
        1 => array.slice(s![..;-2]).unwrap(),
        _ => array.slice(s![..(shape[0] / 2) as isize]).unwrap(),
    };
    if rng.bool() { (array.t(), mask.t()) } else { (array, mask) }
}

/// Each function of each line over some arrays of each dtype, along each axis.
macro_rules! compare {
    ($test:ident, $units:literal, [$($dtype:ty: $value:expr),* $(,)?], $names:tt $lines:tt) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(1);
            $(compare! { @ rng, $units, $dtype, $value, $names $lines })*
            Ok(())
        }
    };
    (@ $rng:ident, $units:literal, $dtype:ty, $value:expr, ($a:ident, $axis:ident, $m:ident) {
        $($ours:expr => $theirs:expr;)*
    }) => {
        for _ in 0..6 {
            let ($a, $m): (Array<$dtype>, _) = random_array(&mut $rng, $value);
            for $axis in 0..$a.ndim() as isize {
                $(
                    let source = $theirs.replace("AXIS", &$axis.to_string());
                    // What NumPy refuses, we do.
                    match $ours {
                        Ok(ours) => assert_is(&ours, &source, &$a, &$m, $units)?,
                        Err(error) => {
                            let text = format!("{source} of shape {:?}: {error}", $a.shape());
                            assert!($a.shape().contains(&0), "{text}");
                        }
                    }
                )*
            }
        }
    };
}

fn small(rng: &mut Rng) -> f64 {
    if rng.u8(..) < 8 { f64::NAN } else { rng.i32(-40..40) as f64 / 8.0 }
}

compare! { running_sums_have_the_same_bits, 0,
    [bool: |rng| rng.bool(), i8: |rng| rng.i8(..), i32: |rng| rng.i32(..), i64: |rng| rng.i64(..),
     u8: |rng| rng.u8(..), u32: |rng| rng.u32(..), u64: |rng| rng.u64(..),
     f32: |rng| rng.f32() - 0.25, f64: |rng| if rng.u8(..) < 8 { f64::NAN } else { rng.f64() - 0.25 }],
    (a, axis, _m) {
    numpypy::cumsum(&a, axis) => "np.cumsum(a, axis=AXIS)";
    numpypy::cumsum(&a, ..) => "np.cumsum(a)";
    numpypy::cumprod(&a, axis) => "np.cumprod(a, axis=AXIS)";
    numpypy::nancumsum(&a, axis) => "np.nancumsum(a, axis=AXIS)";
    numpypy::nancumprod(&a, axis) => "np.nancumprod(a, axis=AXIS)";
    add::accumulate(&a, axis) => "np.add.accumulate(a, axis=AXIS)";
    multiply::accumulate(&a, axis) => "np.multiply.accumulate(a, axis=AXIS)";
    maximum::accumulate(&a, axis) => "np.maximum.accumulate(a, axis=AXIS)";
    minimum::accumulate(&a, axis) => "np.minimum.accumulate(a, axis=AXIS)";
    fmax::accumulate(&a, axis) => "np.fmax.accumulate(a, axis=AXIS)";
    logical_and::accumulate(&a, axis) => "np.logical_and.accumulate(a, axis=AXIS)";
    logical_xor::reduce(&a, axis) => "np.logical_xor.reduce(a, axis=AXIS)";
    logical_and::reduce(&a, axis) => "np.logical_and.reduce(a, axis=AXIS)";
    logical_or::reduce(&a, over(axis).keepdims()) => "np.logical_or.reduce(a, axis=AXIS, keepdims=True)";
    fmax::reduce(&a, axis) => "np.fmax.reduce(a, axis=AXIS)";
    fmin::reduce(&a, axis) => "np.fmin.reduce(a, axis=AXIS)";
    numpypy::nanmax(&a, axis) => "np.fmax.reduce(a, axis=AXIS)";
    maximum::reduce(&a, axis) => "np.maximum.reduce(a, axis=AXIS)";
    }
}

compare! { folds_of_integers, 0,
    [i8: |rng| rng.i8(1..), i64: |rng| rng.i64(-9..99), u16: |rng| rng.u16(..40)],
    (a, axis, m) {
    subtract::reduce(&a, axis) => "np.subtract.reduce(a, axis=AXIS)";
    subtract::accumulate(&a, axis) => "np.subtract.accumulate(a, axis=AXIS)";
    subtract::reduce(&a, over(axis).initial(5)) => "np.subtract.reduce(a, axis=AXIS, initial=5)";
    subtract::reduce(&a, over(axis).initial(5).where_(&m)) => "np.subtract.reduce(a, axis=AXIS, initial=5, where=m)";
    divide::reduce(&a, axis) => "np.divide.reduce(a, axis=AXIS)";
    remainder::reduce(&a, axis) => "np.remainder.reduce(a, axis=AXIS)";
    gcd::reduce(&a, ..) => "np.gcd.reduce(a, axis=None)";
    gcd::reduce(&a, over(axis).where_(&m)) => "np.gcd.reduce(a, axis=AXIS, where=m)";
    lcm::accumulate(&a, axis) => "np.lcm.accumulate(a, axis=AXIS)";
    right_shift::reduce(&a, axis) => "np.right_shift.reduce(a, axis=AXIS)";
    bitwise_and::reduce(&a, axis) => "np.bitwise_and.reduce(a, axis=AXIS)";
    bitwise_or::reduce(&a, over(..).where_(&m)) => "np.bitwise_or.reduce(a, axis=None, where=m)";
    bitwise_xor::accumulate(&a, axis) => "np.bitwise_xor.accumulate(a, axis=AXIS)";
    add::reduce(&a, over(axis).initial(7)) => "np.add.reduce(a, axis=AXIS, initial=7)";
    multiply::reduce(&a, over(axis).where_(&m)) => "np.multiply.reduce(a, axis=AXIS, where=m)";
    maximum::reduce(&a, over(axis).where_(&m).initial(3)) => "np.maximum.reduce(a, axis=AXIS, where=m, initial=3)";
    hypot::reduce(&a, over(axis).where_(&m)).map(|x| x.astype::<bool>()) => "np.hypot.reduce(a, axis=AXIS, where=m).astype(bool)";
    }
}

// NumPy fuses multiplications of complex numbers.
compare! { running_sums_of_complex_numbers, 40,
    [complex64: |rng| complex64::new(rng.f32(), rng.f32()),
     complex128: |rng| complex128::new(small(rng), rng.f64())],
    (a, axis, _m) {
    numpypy::cumsum(&a, axis) => "np.cumsum(a, axis=AXIS)";
    numpypy::cumprod(&a, axis) => "np.cumprod(a, axis=AXIS)";
    numpypy::nancumsum(&a, ..) => "np.nancumsum(a)";
    multiply::accumulate(&a, axis) => "np.multiply.accumulate(a, axis=AXIS)";
    }
}

compare! { folds_of_bools, 0, [bool: |rng| rng.bool()],
    (a, axis, m) {
    equal::reduce(&a, axis) => "np.equal.reduce(a, axis=AXIS)";
    less::accumulate(&a, axis) => "np.less.accumulate(a, axis=AXIS)";
    bitwise_xor::reduce(&a, axis) => "np.bitwise_xor.reduce(a, axis=AXIS)";
    bitwise_and::reduce(&a, over(axis).where_(&m)) => "np.bitwise_and.reduce(a, axis=AXIS, where=m)";
    }
}

compare! { folds_of_floats, 8,
    [f32: |rng| 0.5 + rng.f32(), f64: |rng| 0.5 + rng.f64()],
    (a, axis, m) {
    subtract::reduce(&a, axis) => "np.subtract.reduce(a, axis=AXIS)";
    divide::accumulate(&a, axis) => "np.divide.accumulate(a, axis=AXIS)";
    hypot::reduce(&a, axis) => "np.hypot.reduce(a, axis=AXIS)";
    hypot::reduce(&a, over(..).where_(&m)) => "np.hypot.reduce(a, axis=None, where=m)";
    logaddexp2::reduce(&a, axis) => "np.logaddexp2.reduce(a, axis=AXIS)";
    copysign::reduce(&a, axis) => "np.copysign.reduce(a, axis=AXIS)";
    fmod::reduce(&a, axis) => "np.fmod.reduce(a, axis=AXIS)";
    }
}

compare! { powers, 200, [f64: |rng| 0.9 + rng.f64() / 8.0],
    (a, axis, _m) {
    // Not by NumPy's own method: on processors with AVX-512 it forgets all elements but two.
        power::reduce(&a, axis) => "__import__('functools').reduce(np.power, np.moveaxis(a, AXIS, 0))";
    }
}

compare! { masks, 100,
    [f32: |rng| small(rng) as f32, f64: small, complex128: |rng| complex128::new(small(rng), rng.f64())],
    (a, axis, m) {
    numpypy::sum(&a, over(axis).where_(&m)) => "np.sum(a, axis=AXIS, where=m)";
    numpypy::mean(&a, over(axis).where_(&m)) => "np.mean(a, axis=AXIS, where=m)";
    numpypy::mean(&a, over(..).where_(&m).keepdims()) => "np.mean(a, where=m, keepdims=True)";
    numpypy::var(&a, over(axis).where_(&m)) => "np.var(a, axis=AXIS, where=m)";
    numpypy::var(&a, axis) => "np.var(a, axis=AXIS)";
    numpypy::std(&a, over(..)) => "np.std(a)";
    numpypy::nansum(&a, over(axis).where_(&m)) => "np.nansum(a, axis=AXIS, where=m)";
    numpypy::nanprod(&a, over(axis)) => "np.nanprod(a, axis=AXIS)";
    numpypy::nanmean(&a, axis) => "np.nanmean(a, axis=AXIS)";
    numpypy::nanmean(&a, over(axis).where_(&m)) => "np.nanmean(a, axis=AXIS, where=m)";
    numpypy::nanvar(&a, over(axis).ddof(1)) => "np.where((~np.isnan(a)).sum(axis=AXIS) > 1, np.nanvar(a, axis=AXIS, ddof=1), ours)";
    numpypy::any(&a, over(axis).where_(&m)) => "np.any(a, axis=AXIS, where=m)";
    numpypy::all(&a, over(axis).where_(&m)) => "np.all(a, axis=AXIS, where=m)";
    }
}

compare! { of_integers_without_nan, 8,
    [bool: |rng| rng.bool(), i16: |rng| rng.i16(..), u64: |rng| rng.u64(..99)],
    (a, axis, _m) {
    numpypy::nansum(&a, axis) => "np.nansum(a, axis=AXIS)";
    numpypy::nanmean(&a, axis) => "np.nanmean(a, axis=AXIS)";
    numpypy::nanvar(&a, axis) => "np.nanvar(a, axis=AXIS)";
    numpypy::nanargmax(&a, axis) => "np.nanargmax(a, axis=AXIS)";
    numpypy::nanmin(&a, axis) => "np.nanmin(a, axis=AXIS)";
    }
}

compare! { half_precision, 3, [f16: |rng| f16::from_f64(rng.i32(-9..9) as f64 / 4.0)],
    (a, axis, m) {
    numpypy::cumsum(&a, axis) => "np.cumsum(a, axis=AXIS)";
    numpypy::sum(&a, over(axis).where_(&m)) => "np.sum(a, axis=AXIS, where=m)";
    numpypy::nansum(&a, axis) => "np.nansum(a, axis=AXIS)";
    numpypy::max(&a, axis) => "np.max(a, axis=AXIS)";
    numpypy::nanmin(&a, axis) => "np.nanmin(a, axis=AXIS)";
    numpypy::argmax(&a, axis) => "np.argmax(a, axis=AXIS)";
    numpypy::nanargmin(&a, axis) => "np.nanargmin(a, axis=AXIS)";
    numpypy::count_nonzero(&a, axis) => "np.count_nonzero(a, axis=AXIS)";
    numpypy::ptp(&a, axis) => "np.ptp(a, axis=AXIS)";
    }
}

#[test]
fn reduceat_takes_segments() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    for _ in 0..20 {
        let (a, mask) = random_array(&mut rng, |rng| rng.i32(-99..99));
        for axis in 0..a.ndim() {
            let length = a.shape()[axis];
            let count = if length == 0 { 0 } else { rng.usize(0..7) };
            let indices: Vec<usize> = (0..count).map(|_| rng.usize(0..length)).collect();
            let along = axis as isize;
            let call =
                |name: &str| format!("np.{name}.reduceat(a, np.array({indices:?}, dtype=int), axis={axis})");
            assert_is(&add::reduceat(&a, &indices, along)?, &call("add"), &a, &mask, 0)?;
            assert_is(&maximum::reduceat(&a, &indices, along)?, &call("maximum"), &a, &mask, 0)?;
            assert_is(&subtract::reduceat(&a, &indices, along)?, &call("subtract"), &a, &mask, 0)?;
            assert_is(&logical_or::reduceat(&a, &indices, along)?, &call("logical_or"), &a, &mask, 0)?;
        }
    }
    Ok(())
}
