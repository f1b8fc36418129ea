//! Products of matrices of all layouts against three plain loops, and the same bits on any number of threads.

mod common;

use array_core::{Array, complex64, complex128, from_fn, s, zeros};
use common::random_array;
use fastrand::Rng;
use ufuncs::{dot, matmul, matvec, median, quantile, vecdot, vecmat};

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

/// Of all lengths around those of registers; what lies beside the operands' rows would spoil every sum.
#[test]
fn batches_of_small_matrices_and_vectors() {
    let mut rng = Rng::with_seed(6);
    let lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 67, 129];
    for round in 0..60 {
        let [m, k] = [(); 2].map(|()| lengths[rng.usize(..lengths.len())]);
        let [step, turned] = [rng.usize(1..3), round % 2];
        let value = |at: &[usize]| (at.iter().fold(7, |sum, &i| sum * 31 + i) % 19) as i64 - 9;
        let sum = |of: &dyn Fn(usize) -> i64| (0..k).map(of).sum::<i64>();
        macro_rules! each {
            ($($type:ident beside $beside:expr;)*) => {$(
                let of = |x: i64| x.to_string().parse::<$type>().unwrap();
                // Matrices of m rows or of m columns, with as many elements beside as they have.
                let (rows, columns) = if turned == 1 { (k, m) } else { (m, k) };
                let matrices = from_fn([6, 2 * rows, 2 * columns], |at| {
                    let [i, j] = if turned == 1 { [at[2], at[1]] } else { [at[1], at[2]] };
                    if i < m && j < k { of(value(&[at[0], i, j])) } else { $beside }
                });
                let matrices = matrices.unwrap().slice(s![.., ..rows, ..columns]).unwrap();
                let matrices = if turned == 1 { matrices.swapaxes(1, 2).unwrap() } else { matrices };
                let vectors = from_fn([6, 2 * k + 1], |at| {
                    let is_there = at[1] % step == 0 && at[1] / step < k;
                    if is_there { of(value(&[at[0], at[1] / step])) } else { $beside }
                });
                let vectors = vectors.unwrap().slice(s![.., ..k * step; step as isize]).unwrap();
                let expected = from_fn([6, m], |at| {
                    of(sum(&|p| value(&[at[0], at[1], p]) * value(&[at[0], p])))
                });
                let expected = expected.unwrap();
                let name = format!("{} {m} {k} {step} {turned}", stringify!($type));
                assert_eq!(matvec(&matrices, &vectors).unwrap(), expected, "{name}");
                let across = matrices.swapaxes(1, 2).unwrap();
                assert_eq!(vecmat(&vectors, &across).unwrap(), expected, "{name}");
                let mut out = zeros::<$type>([m, 6]).unwrap().t();
                vecmat::out(&vectors, &across, &mut out).unwrap();
                assert_eq!(out, expected, "{name}");
                let squares = from_fn([6], |at| of(sum(&|p| value(&[at[0], p]) * value(&[at[0], p]))));
                assert_eq!(vecdot(&vectors, &vectors).unwrap(), squares.unwrap(), "{name}");
                let one = matrices.slice(s![4]).unwrap();
                assert_eq!(matvec(&one, &vectors.slice(s![4]).unwrap()).unwrap(), expected.slice(s![4]).unwrap());
                let products = matmul(&matrices, &across).unwrap();
                let found = products.slice(s![3, m - 1, 0]).unwrap().item().unwrap();
                let last = sum(&|p| value(&[3, m - 1, p]) * value(&[3, 0, p]));
                assert_eq!(found, of(last), "{name}");
            )*};
        }
        each! {
            f32 beside f32::NAN;
            f64 beside f64::INFINITY;
            complex64 beside complex64::new(f32::NAN, 0.0);
            complex128 beside complex128::new(0.0, f64::NAN);
            i32 beside i32::MAX;
            i64 beside i64::MAX;
        }
    }
}

#[test]
fn small_products_of_complex_numbers() {
    let mut rng = Rng::with_seed(7);
    for [m, k, n] in [[1, 9, 1], [3, 5, 2], [8, 8, 8], [9, 17, 5], [4, 33, 20], [21, 6, 19]] {
        macro_rules! each {
            ($($type:ident $part:ident)*) => {$(
                let mut make = |shape: &[usize]| random_array(&mut rng, shape, |rng| {
                    $type::new(rng.i8(-9..9) as $part, rng.i8(-9..9) as $part)
                });
                let (a, b, x) = (make(&[3, m, k]), make(&[3, k, n]), make(&[3, k]));
                let sum = |of: &dyn Fn(usize) -> $type| (0..k).map(of).sum::<$type>();
                let (u, v, w) = (a.view(), b.view(), x.view());
                let products =
                    from_fn([3, m, n], |at| sum(&|p| u[[at[0], at[1], p]] * v[[at[0], p, at[2]]])).unwrap();
                assert_eq!(matmul(&a, &b).unwrap(), products, "{m} {k} {n}");
                let with_vectors =
                    from_fn([3, m], |at| sum(&|p| u[[at[0], at[1], p]] * w[[at[0], p]])).unwrap();
                assert_eq!(matvec(&a, &x).unwrap(), with_vectors, "{m} {k}");
                let of_vectors =
                    from_fn([3, n], |at| sum(&|p| w[[at[0], p]].conj() * v[[at[0], p, at[1]]])).unwrap();
                assert_eq!(vecmat(&x, &b).unwrap(), of_vectors, "{k} {n}");
            )*};
        }
        each! { complex64 f32 complex128 f64 }
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
    let [one, two, seven] = on_threads(|| matvec(&batch, &batch.slice(s![.., 0]).unwrap()).unwrap());
    assert!(one == two && one == seven);
    let large = random_array(&mut rng, &[40, 200, 150], |rng| rng.f64() - 0.5);
    let [one, two, seven] = on_threads(|| vecmat(&large.slice(s![.., .., 0]).unwrap(), &large).unwrap());
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

#[test]
fn complex_rows_that_are_copied_are_so_in_parts() {
    let entry =
        |i: &[usize]| complex128::new((i[0] * 7 + i[1]) as f64 % 11.0, (i[0] + i[1] * 5) as f64 % 13.0);
    let a = from_fn([300, 2100], entry).unwrap().t();
    let b = from_fn([300, 5], entry).unwrap();
    let expected = matmul(&a.copy(), &b).unwrap();
    assert_eq!(matmul(&a, &b).unwrap(), expected);
    let mut out = zeros::<complex128>([2100, 10]).unwrap().slice(s![.., ..;2]).unwrap();
    matmul::out(&a, &b, &mut out).unwrap();
    assert_eq!(out, expected);
    let repeated = b.slice(s![..1, ..1]).unwrap().broadcast_to([2100, 300]).unwrap();
    assert_eq!(matmul(&repeated, &b).unwrap(), matmul(&repeated.copy(), &b).unwrap());
}
