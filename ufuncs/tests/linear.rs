//! Products of matrices of all layouts against three plain loops, and the same bits on any number of threads.

mod common;

use array_core::{complex64, complex128, from_fn, zeros};
use common::random_array;
use fastrand::Rng;
use ufuncs::{dot, matmul, median, quantile, vecdot};

#[test]
fn products_are_those_of_plain_loops() {
    let mut rng = Rng::with_seed(1);
    for round in 0..80 {
        let mut length = || if round % 8 == 0 { rng.usize(0..110) } else { rng.usize(0..24) };
        let (m, k, n) = (length(), length(), length());
        let a = random_array(&mut rng, &[m, k], |rng| rng.i64(-99..99));
        let b = random_array(&mut rng, &[k, n], |rng| rng.i64(-99..99));
        let (view_a, view_b) = (a.view(), b.view());
        let expected =
            from_fn([m, n], |at| (0..k).map(|p| view_a[[at[0], p]] * view_b[[p, at[1]]]).sum()).unwrap();
        macro_rules! each {
            ($($type:ident)*) => {$(
                let (x, y) = (a.astype::<$type>(), b.astype::<$type>());
                // `astype` makes rows; here are the strides of before.
                let (x, y) = if rng.bool() { (x.t().copy().t(), y) } else { (x, y.t().copy().t()) };
                assert_eq!(matmul(&x, &y).unwrap(), expected.astype::<$type>(), "{m} {k} {n}");
                let mut out = zeros::<$type>([n, m]).unwrap().t();
                matmul::out(&x, &y, &mut out).unwrap();
                assert_eq!(out, expected.astype::<$type>(), "{m} {k} {n}");
            )*};
        }
        assert_eq!(matmul(&a, &b).unwrap(), expected, "{m} {k} {n}");
        each! { i32 u64 i8 f64 complex64 complex128 }
        let mut every_other = zeros::<i64>([2 * m, 3 * n]).unwrap();
        every_other = every_other.slice(array_core::s![..;2, ..;-3]).unwrap();
        matmul::out(&a, &b, &mut every_other).unwrap();
        assert_eq!(every_other, expected);
    }
}

#[test]
fn a_shared_out_leaves_the_other_holder_alone() {
    let a = from_fn([3, 3], |at| (at[0] + 2 * at[1]) as f64).unwrap();
    let mut out = a.clone();
    matmul::out(&a, &a.t(), &mut out).unwrap();
    assert_eq!(out, matmul(&a, &a.t()).unwrap());
    assert_eq!(a[[1, 1]], 3.0);
}

/// What `f` gives on one thread, on two and on seven.
fn on_threads<R: Send>(f: impl Fn() -> R + Sync) -> [R; 3] {
    [1, 2, 7].map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(&f))
}

#[test]
fn results_do_not_depend_on_threads() {
    let mut rng = Rng::with_seed(2);
    let shapes =
        [[450, 300, 451], [1, 3000, 700], [700, 3000, 1], [1, 3_000_001, 1], [3, 900, 800], [800, 900, 2]];
    for shape in shapes {
        macro_rules! each {
            ($($type:ty: $value:expr;)*) => {$(
                let a = random_array::<$type>(&mut rng, &[shape[0], shape[1]], $value);
                let b = random_array::<$type>(&mut rng, &[shape[1], shape[2]], $value);
                let [one, two, seven] = on_threads(|| matmul(&a, &b).unwrap());
                assert!(one == two && one == seven, "{} of {shape:?}", stringify!($type));
            )*};
        }
        each! {
            f32: |rng| rng.f32() - 0.5;
            f64: |rng| rng.f64() - 0.5;
            complex128: |rng| complex128::new(rng.f64() - 0.5, rng.f64() - 0.5);
        }
    }
    let a = random_array(&mut rng, &[500, 300], |rng| rng.f64() - 0.5);
    let [one, two, seven] = on_threads(|| matmul(&a, &a.t()).unwrap());
    assert!(one == two && one == seven);
    assert_eq!(one, matmul(&a, &a.t().copy()).unwrap(), "its own transpose, or a copy of it");
    let batch = random_array(&mut rng, &[400, 30, 7], |rng| rng.f64() - 0.5);
    let [one, two, seven] = on_threads(|| matmul(&batch, &batch.transpose(&[0, 2, 1]).unwrap()).unwrap());
    assert!(one == two && one == seven);
    let [one, two, seven] = on_threads(|| vecdot(&batch, &batch).unwrap());
    assert!(one == two && one == seven);
    let [one, two, seven] =
        on_threads(|| (median(&batch, 0).unwrap(), quantile(&batch, [0.1, 0.7], 1).unwrap()));
    assert!(one == two && one == seven);
    let line = random_array(&mut rng, &[2_000_000], |rng| rng.f64() - 0.5);
    let [one, two, seven] = on_threads(|| dot(&line, &line).unwrap());
    assert!(one == two && one == seven);
}
