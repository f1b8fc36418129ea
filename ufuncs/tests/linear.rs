//! Products of matrices of all layouts against three plain loops, and the same bits on any number of threads.

mod common;

use array_core::{Array, complex64, complex128, from_fn, s, zeros};
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

/// The product of two matrices by three plain loops.
fn plain(a: &Array<i64>, b: &Array<i64>) -> Array<i64> {
    let (a, b) = (a.view(), b.view());
    let k = a.shape()[1];
    from_fn([a.shape()[0], b.shape()[1]], |at| (0..k).map(|p| a[[at[0], p]] * b[[p, at[1]]]).sum()).unwrap()
}

#[test]
fn batches_of_small_matrices_are_products_one_by_one() {
    let mut rng = Rng::with_seed(3);
    for [m, k, n] in
        [[1; 3], [2; 3], [3; 3], [4; 3], [5; 3], [9; 3], [1, 3, 1], [2, 3, 4], [4, 0, 4], [17, 2, 3]]
    {
        for turned in [false, true] {
            let mut make = |shape: [usize; 4]| {
                let [.., rows, columns] = shape;
                let (first, last) = if turned { (columns, rows) } else { (rows, columns) };
                let all = random_array(&mut rng, &[shape[0], shape[1], first, last], |rng| rng.i64(-99..99));
                if turned { all.swapaxes(2, 3).unwrap() } else { all }
            };
            let (a, b) = (make([70, 2, m, k]), make([1, 2, k, n]));
            macro_rules! each {
                ($($type:ident)*) => {$(
                    let found = matmul(&a.astype::<$type>(), &b.astype::<$type>()).unwrap().astype::<i64>();
                    for i in 0..70 {
                        for j in 0..2 {
                            let one = plain(&a.slice(s![i, j]).unwrap(), &b.slice(s![0, j]).unwrap());
                            assert_eq!(found.slice(s![i, j]).unwrap(), one, "{m} {k} {n} {turned}");
                        }
                    }
                )*};
            }
            each! { i32 i64 f32 f64 complex64 complex128 }
        }
    }
}

#[test]
fn matrices_by_their_own_transposes() {
    let mut rng = Rng::with_seed(4);
    for (m, k) in [(10, 7), (30, 30), (65, 40), (110, 20), (200, 9)] {
        let a = random_array(&mut rng, &[m, k], |rng| rng.i64(-99..99));
        let expected = plain(&a, &a.t());
        macro_rules! each {
            ($($type:ident)*) => {$(
                for a in [a.astype::<$type>(), a.t().astype::<$type>().copy().t()] {
                    assert_eq!(matmul(&a, &a.t()).unwrap().astype::<i64>(), expected, "{m} {k}");
                    // Another matrix of a batch is not by its own transpose.
                    let other = (&a + &a).copy();
                    let both = array_core::stack(&[&a, &other], 0).unwrap();
                    let first = both.slice(s![0]).unwrap();
                    let found = matmul(&both, &first.t()).unwrap();
                    assert_eq!(found.slice(s![0]).unwrap().astype::<i64>(), expected);
                    assert_eq!(found.slice(s![1]).unwrap().astype::<i64>(), &expected + &expected);
                }
            )*};
        }
        each! { i32 i64 f32 f64 complex64 complex128 }
    }
}

#[test]
fn long_rows_by_long_columns() {
    let mut rng = Rng::with_seed(5);
    for [m, k, n] in [[4, 65_536, 4], [2, 70_001, 5], [2, 66_000, 1], [1, 66_000, 3]] {
        let a = random_array(&mut rng, &[m, k], |rng| rng.i64(-9..9));
        let b = random_array(&mut rng, &[k, n], |rng| rng.i64(-9..9));
        let expected = plain(&a, &b);
        macro_rules! each {
            ($($type:ident)*) => {$(
                let (a, b) = (a.astype::<$type>(), b.astype::<$type>());
                let [one, two, seven] = on_threads(|| matmul(&a, &b).unwrap());
                assert!(one == two && one == seven);
                assert_eq!(one.astype::<i64>(), expected, "{m} {k} {n}");
            )*};
        }
        each! { i32 f32 f64 complex128 }
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
    let turning =
        random_array(&mut rng, &[300, 200], |rng| complex128::new(rng.f64() - 0.5, rng.f64() - 0.5));
    let [one, two, seven] = on_threads(|| matmul(&turning, &turning.t()).unwrap());
    assert!(one == two && one == seven);
    for (a, b) in [([30_000, 3, 3], [30_000, 3, 3]), ([9000, 6, 5], [1, 5, 7])] {
        let (a, b) =
            (random_array(&mut rng, &a, |rng| rng.f64()), random_array(&mut rng, &b, |rng| rng.f64()));
        let [one, two, seven] = on_threads(|| matmul(&a, &b).unwrap());
        assert!(one == two && one == seven);
    }
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
