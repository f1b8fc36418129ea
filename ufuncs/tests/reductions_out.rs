//! Reductions, running sums and folds into arrays that are there, against the same in fresh arrays: whatever the
//! layout and the dtype of either array, and whoever else holds its memory.

mod common;

use array_core::{Array, Element, Result, arange, from_fn, full, s, zeros};
use common::random_array;
use fastrand::Rng;
use ufuncs::{
    add, cumulative_sum, dot, logical_and, maximum, mean, methods, outer, over, power, quantile, subtract,
    sum, vectorize,
};

fn random_shape(rng: &mut Rng) -> Vec<usize> {
    common::random_shape(rng, 0..4, &[0, 1, 2, 3, 17, 40, 300], 30_000)
}

/// Whether elements are the same, `nan` beside `nan`.
fn same<T: Element>(a: &Array<T>, b: &Array<T>) -> bool {
    a.shape() == b.shape() && format!("{:?}", a.to_vec()) == format!("{:?}", b.to_vec())
}

/// That `into` writes what `fresh` gives, into any array it may, and refuses others without writing.
fn check<O: Element>(
    rng: &mut Rng,
    what: &str,
    fresh: Result<Array<O>>,
    into: &dyn Fn(&mut Array<O>) -> Result<()>,
) {
    let Ok(fresh) = fresh else {
        let mut out = zeros::<O>([2, 3, 4, 5, 6]).unwrap();
        assert!(into(&mut out).is_err(), "{what}");
        return;
    };
    let mut out = random_array(rng, fresh.shape(), |_| O::ONE);
    let (address, strides) = (out.address(), out.strides().to_vec());
    into(&mut out).unwrap();
    assert!(same(&out, &fresh), "{what}: {out:?} {fresh:?}");
    assert_eq!((out.address(), out.strides()), (address, &strides[..]), "{what}");
    // Somebody else holds it.
    let held = full(fresh.shape(), O::ONE).unwrap();
    let mut out = held.clone();
    into(&mut out).unwrap();
    assert!(same(&out, &fresh) && held.view().iter().all(|&x| x == O::ONE), "{what}");
    // It repeats one element.
    let mut out = array_core::scalar(O::ONE).broadcast_to(fresh.shape()).unwrap();
    into(&mut out).unwrap();
    assert!(same(&out, &fresh), "{what}");
    // Other shapes.
    for shape in [[fresh.shape(), &[1]].concat(), [&[2][..], fresh.shape()].concat()] {
        let mut out = full(&shape[..], O::ONE).unwrap();
        let error = into(&mut out).unwrap_err();
        assert!(error.is_shape() && error.to_string().contains("zeros("), "{what}: {error}");
        assert!(out.view().iter().all(|&x| x == O::ONE), "{what}");
    }
}

macro_rules! each {
    ($rng:ident, $a:ident, $axes:expr; $($name:ident $(as $type:ident)?),*) => {$(
        each! { @ $rng, $a, $axes, $name, $name $($type)? }
    )*};
    (@ $rng:ident, $a:ident, $axes:expr, $name:ident, $same:ident $type:ident) => {
        each! { @ $rng, $a, $axes, $name, $type }
    };
    (@ $rng:ident, $a:ident, $axes:expr, $name:ident, $type:ident) => {
        check(
            &mut $rng,
            &format!("{} of {:?} over {}", stringify!($name), $a.shape(), stringify!($axes)),
            ufuncs::$name(&$a, $axes),
            &|out| ufuncs::$type::out(&$a, $axes, out),
        )
    };
}

macro_rules! all_reductions {
    ($rng:ident, $a:ident, $axes:expr) => {
        each! {
            $rng, $a, $axes;
            sum, prod, any, all, count_nonzero, min, max, mean, var, std as std_, nansum, nanprod, nanmin, nanmax,
            nanmean, nanvar, nanstd, ptp, median, nanmedian
        }
    };
}

fn random_float(rng: &mut Rng) -> f64 {
    if rng.u8(..) < 10 { f64::NAN } else { rng.i32(-40..40) as f64 / 7.0 }
}

#[test]
fn reductions() {
    let mut rng = Rng::with_seed(1);
    for round in 0..120 {
        let shape = random_shape(&mut rng);
        let a = random_array(&mut rng, &shape, random_float);
        each! { rng, a, ..; argmin, argmax, nanargmin, nanargmax, cumsum, cumprod, nancumsum, nancumprod }
        let axes: Vec<isize> = (0..shape.len() as isize).filter(|_| rng.bool()).collect();
        all_reductions!(rng, a, over(&axes[..]));
        if let [axis] = axes[..] {
            each! { rng, a, axis; argmin, cumsum, nancumprod }
        }
        if round % 4 == 0 {
            let b = random_array(&mut rng, &shape, |rng| rng.i16(..));
            each! { rng, b, over(&axes[..]); sum, max, mean, nanmean }
        }
    }
}

#[test]
fn options() {
    let mut rng = Rng::with_seed(2);
    for _ in 0..60 {
        let shape = [rng.usize(1..20), rng.usize(1..20)];
        let a = random_array(&mut rng, &shape, random_float);
        let mask = from_fn(shape, |_| rng.bool()).unwrap();
        all_reductions!(rng, a, over(0).keepdims());
        each! { rng, a, over(&[1][..]).where_(&mask).initial(2.5); sum, prod, min, max, nansum, nanmax }
        each! { rng, a, over(&[1][..]).where_(&mask); any, all, mean, var, nanstd, nanmean, count_nonzero, max }
        each! { rng, a, over(0).where_(&mask).initial(true); any, all }
        each! { rng, a, over(..).ddof(1); var, std as std_, nanvar, nanstd }
        for q in [0.25, 0.5] {
            check(&mut rng, "quantile", quantile(&a, q, over(1).method(methods::nearest)), &|out| {
                quantile::out(&a, q, over(1).method(methods::nearest), out)
            });
        }
        check(&mut rng, "nanpercentile", ufuncs::nanpercentile(&a, [10.0, 20.0, 90.0], 0), &|out| {
            ufuncs::nanpercentile::out(&a, [10.0, 20.0, 90.0], 0, out)
        });
        check(&mut rng, "cumulative_sum", cumulative_sum(&a, 1, true), &|out| {
            cumulative_sum::out(&a, 1, true, out)
        });
    }
}

macro_rules! methods {
    ($rng:ident, $a:ident, $axis:expr, $indices:expr; $($ufunc:ident)*) => {$(
        let what = format!("{} of {:?} along {}", stringify!($ufunc), $a.shape(), $axis);
        check(
            &mut $rng,
            &what,
            $ufunc::reduce(&$a, $axis),
            &|out| $ufunc::reduce_out(&$a, $axis, out),
        );
        check(
            &mut $rng,
            &what,
            $ufunc::accumulate(&$a, $axis),
            &|out| $ufunc::accumulate_out(&$a, $axis, out),
        );
        check(
            &mut $rng,
            &what,
            $ufunc::reduceat(&$a, $indices, $axis),
            &|out| $ufunc::reduceat_out(&$a, $indices, $axis, out),
        );
    )*};
}

#[test]
fn methods_of_ufuncs() {
    let mut rng = Rng::with_seed(3);
    for round in 0..80 {
        let mut shape = random_shape(&mut rng);
        shape.push(rng.usize(1..50));
        let axis = rng.isize(0..shape.len() as isize);
        let length = shape[axis as usize];
        let indices: Vec<usize> = (0..rng.usize(0..5)).map(|_| rng.usize(0..length.max(1))).collect();
        let a = random_array(&mut rng, &shape, random_float);
        methods! { rng, a, axis, &indices; add maximum subtract logical_and }
        if round % 4 == 0 {
            let b = random_array(&mut rng, &shape, |rng| array_core::f16::from_f32(rng.f32()));
            methods! { rng, b, axis, &indices; add }
            let c = random_array(&mut rng, &shape, |rng| rng.i8(1..3));
            methods! { rng, c, axis, &indices; power }
        }
        let minus = vectorize(|a: f64, b: f64| a - b);
        check(&mut rng, "a closure", minus.reduce(&a, over(axis).initial(1.0)), &|out| {
            minus.reduce_out(&a, over(axis).initial(1.0), out)
        });
        check(&mut rng, "a closure", minus.accumulate(&a, axis), &|out| minus.accumulate_out(&a, axis, out));
        check(&mut rng, "a closure", minus.reduceat(&a, &indices, axis), &|out| {
            minus.reduceat_out(&a, &indices, axis, out)
        });
    }
}

#[test]
fn products() {
    let mut rng = Rng::with_seed(4);
    let shapes: [[&[usize]; 2]; 7] = [
        [&[], &[3]],
        [&[4], &[4]],
        [&[2, 4], &[4]],
        [&[4], &[4, 3]],
        [&[2, 4], &[4, 5]],
        [&[3, 2, 4], &[5, 4, 2]],
        [&[0, 4], &[4, 0]],
    ];
    for [left, right] in shapes {
        let a = random_array(&mut rng, left, |rng| rng.i32(-9..9));
        let b = random_array(&mut rng, right, |rng| rng.i32(-9..9));
        check(&mut rng, "dot", dot(&a, &b), &|out| dot::out(&a, &b, out));
        check(&mut rng, "outer", outer(&a, &b), &|out| outer::out(&a, &b, out));
    }
}

#[test]
fn out_may_be_part_of_the_operand() {
    let a = arange(12i64).unwrap().reshape([3, 4]).unwrap();
    let mut all = a.clone();
    // In place, as it is the operand itself.
    add::accumulate_out(&all.clone(), 0, &mut all).unwrap();
    assert_eq!(all, add::accumulate(&a, 0).unwrap());
    let b = a.copy();
    let mut row = b.slice(s![1]).unwrap();
    sum::out(&b, 0, &mut row).unwrap();
    assert_eq!((row, b), (sum(&a, 0).unwrap(), a));
}

#[test]
fn what_does_not_fit_is_not_written() {
    let a = arange(12.0).unwrap().reshape([3, 4]).unwrap();
    let mut integers = full([4], 7i64).unwrap();
    assert!(ufuncs::std_::out(&a, 0, &mut integers).unwrap_err().is_dtype());
    assert!(ufuncs::ptp::out(&a, 0, &mut integers).unwrap_err().is_dtype());
    assert!(ufuncs::quantile::out(&a, 0.5, 0, &mut integers).unwrap_err().is_dtype());
    assert!(ufuncs::nanmean::out(&a, 0, &mut full([4], true).unwrap()).unwrap_err().is_dtype());
    assert!(add::reduce_out(&a, 5, &mut integers).is_err());
    let mut three = full([3], 7.0).unwrap();
    let error = sum::out(&a, 0, &mut three).unwrap_err().to_string();
    assert_eq!(
        error,
        "sum: a result of shape (4,) does not fit into an out array of shape (3,): make it with zeros((4,))"
    );
    let error = subtract::accumulate_out(&a, 0, &mut three).unwrap_err().to_string();
    assert!(error.starts_with("subtract.accumulate: a result of shape (3, 4)"), "{error}");
    let nans = Array::from([1.0, f64::NAN, 2.0, f64::NAN]).reshape([2, 2]).unwrap();
    let mut two = full([2], 7i64).unwrap();
    assert!(ufuncs::nanargmax::out(&nans, 0, &mut two).unwrap_err().is_value());
    let mask = Array::from([true, false, true]);
    assert!(sum::out(&a, over(0).where_(&mask), &mut three).unwrap_err().is_shape());
    assert!(ufuncs::max::out(&zeros::<f64>([0, 3]).unwrap(), 0, &mut three).unwrap_err().is_value());
    let negative = Array::from([2i64, -1, 2, -1]).reshape([2, 2]).unwrap();
    assert!(power::reduce_out(&negative, 1, &mut two).unwrap_err().is_value());
    assert!([integers.to_vec(), two.to_vec()].concat().iter().all(|&x| x == 7));
    assert_eq!(three.to_vec(), [7.0; 3]);
    // Another dtype, also of a lower kind where NumPy takes that.
    mean::out(&(&a + 0.75), 0, &mut integers).unwrap();
    assert_eq!(integers.to_vec(), [4, 5, 6, 7]);
    let mut flags = full([4], true).unwrap();
    sum::out(&(&a - &a), 0, &mut flags).unwrap();
    assert_eq!(flags.to_vec(), [false; 4]);
    let mut complex = zeros::<array_core::complex128>([4, 3]).unwrap().t();
    ufuncs::cumsum::out(&a, 0, &mut complex).unwrap();
    assert_eq!(complex, ufuncs::cumsum(&a, 0).unwrap().astype());
    let mut complex = complex.slice(s![1]).unwrap();
    sum::out(&a, 0, &mut complex).unwrap();
    assert_eq!(complex, sum(&a, 0).unwrap().astype());
    let bools = Array::from([true, false]);
    logical_and::reduce_out(&bools, 0, &mut integers.slice(s![0]).unwrap()).unwrap();
    assert!(maximum::reduce_out(&bools, 0, &mut three).unwrap_err().is_shape());
}

#[test]
fn large_results_on_threads() {
    let a = from_fn([700, 900], |i| (i[0] * 31 + i[1] * 17) as f64 % 1013.0 / 7.0).unwrap();
    for threads in [1, 2] {
        array_core::with_threads(threads, || {
            for (axis, length) in [(0, 900), (1, 700)] {
                let mut out = zeros::<f64>([length]).unwrap();
                sum::out(&a, axis, &mut out).unwrap();
                assert_eq!(out, sum(&a, axis).unwrap());
                let mut out = zeros::<f64>([900, 700]).unwrap().t();
                ufuncs::cumsum::out(&a, axis, &mut out).unwrap();
                assert_eq!(out, ufuncs::cumsum(&a, axis).unwrap());
                subtract::accumulate_out(&a, axis, &mut out).unwrap();
                assert_eq!(out, subtract::accumulate(&a, axis).unwrap());
            }
        });
    }
}
