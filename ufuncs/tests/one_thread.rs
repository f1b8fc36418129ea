//! With a limit of one thread, products and what is made of them stay on the calling thread: no other is started.

#![cfg(target_os = "linux")]

use array_core::{Array, complex128, from_fn, with_threads};
use ufuncs::{corrcoef, cov, dot, inner, matmul, matvec, outer, tensordot, vecdot, vecmat};

/// How many threads this process has.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

macro_rules! all_products {
    ($a:expr) => {{
        let (a, row) = ($a, $a.slice(array_core::s![0]).unwrap());
        matmul(&a, &a.t()).unwrap();
        matmul(&a.t(), &a).unwrap();
        let mut out = matvec(&a, &row).unwrap();
        vecmat(&row, &a.t()).unwrap();
        vecdot(&a, &a).unwrap();
        dot(&a, &a.t()).unwrap();
        inner(&a, &a).unwrap();
        outer(&row, &a.ravel()).unwrap();
        tensordot(&a, &a, 2).unwrap();
        matvec::out(&a, &row, &mut out).unwrap();
    }};
}

#[test]
fn products_stay_on_the_calling_thread() {
    let a: Array<f64> = from_fn([300, 320], |i| (i[0] * 7 + i[1] * 3) as f64 % 11.0).unwrap();
    let before = threads();
    with_threads(1, || {
        all_products!(a.clone());
        all_products!(a.astype::<f32>());
        all_products!(a.astype::<i64>());
        all_products!(a.astype::<i8>());
        all_products!(a.astype::<complex128>());
        cov(&a, ..).unwrap();
        corrcoef(&a, ..).unwrap();
        assert_eq!(threads(), before);
    });
    // Without the limit they are on several: else this would prove nothing.
    matmul(&a, &a.t()).unwrap();
    if std::thread::available_parallelism().is_ok_and(|count| count.get() > 1) {
        assert!(threads() > before);
    }
}
