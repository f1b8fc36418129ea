//! Arrays made from nothing: matrices, ranges, grids.

use fastrand::Rng;
use numpypy::*;

use crate::common::{self, Outcome, Tolerance, numpy};
use crate::random::{Random, array, for_dtypes, with_layout};
use crate::scope::Scope;

for_dtypes! {
    matrices_are_numpys: matrices [f64, i16, bool, u8, f16, complex128];
    axes_keep_numpys_order_in_memory: orders [f64, u8, complex64];
    arrays_of_one_value_are_numpys: values [f32, i64, u32, bool, f16, complex64];
}

fn matrices<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let scope = Scope::new().with("a", &a);
    let (rows, columns, k) = (rng.usize(0..5), rng.usize(0..5), rng.isize(-4..5));
    scope.check(eye::<T>(rows, columns, k), &format!("np.eye({rows}, {columns}, {k}, dtype=a.dtype)"));
    scope.check(tri::<T>(rows, columns, k), &format!("np.tri({rows}, {columns}, {k}, dtype=a.dtype)"));
    scope.check(diag(&a, k), &format!("np.diag(a, {k})"));
    scope.check(diagflat(&a, k), &format!("np.diagflat(a, {k})"));
    if a.ndim() > 0 {
        scope.check(tril(&a, k), &format!("np.tril(a, {k})"));
        scope.check(triu(&a, k), &format!("np.triu(a, {k})"));
    }
    let b: Array<T> = with_layout(rng, &[rows]);
    if a.ndim() == 1 {
        let scope = scope.with("b", &b);
        for (indexing, name) in [(Indexing::Xy, "xy"), (Indexing::Ij, "ij")] {
            let grid = meshgrid(&[&a, &b], indexing).unwrap();
            scope.check(Ok(grid[0].clone()), &format!("np.meshgrid(a, b, indexing='{name}')[0]"));
            scope.check(Ok(grid[1].clone()), &format!("np.meshgrid(a, b, indexing='{name}')[1]"));
        }
    }
    scope.check(indices([rows, columns]), &format!("np.indices(({rows}, {columns}))"));
    let (from, to) = (rng.f64() * 10.0 - 5.0, rng.f64() * 10.0);
    scope.check(
        linspace_exclusive(from, to, rows),
        &format!("np.linspace({from:?}, {to:?}, {rows}, endpoint=False)"),
    );
    if a.ndim() == 1 {
        let (count, python) = (rng.usize(0..5), ["False", "True"]);
        let whole: Array<i64> = from_fn([3], |_| rng.i64(-9..9)).unwrap();
        for increasing in [false, true] {
            let source = format!("np.vander(whole, {count}, {})", python[usize::from(increasing)]);
            Scope::new().with("whole", &whole).check(vander(&whole, count, increasing), &source);
        }
    }
    let at = tril_indices(rows, k, columns).unwrap();
    scope.check(Ok(at[1].clone()), &format!("np.tril_indices({rows}, {k}, {columns})[1]"));
    let at = triu_indices(rows, k, columns).unwrap();
    scope.check(Ok(at[0].clone()), &format!("np.triu_indices({rows}, {k}, {columns})[0]"));
}

/// The strides of what a function gives are NumPy's, but for axes of one element, where they mean nothing.
fn orders<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let (b, c): (Array<f64>, Array<f64>) = (with_layout(rng, a.shape()), with_layout(rng, a.shape()));
    if a.is_empty() {
        return;
    }
    let row = if a.ndim() > 1 { c.slice(s![0]).unwrap() } else { c.clone() };
    let scope = Scope::new().with("a", &a).with("b", &b).with("c", &c).with("row", &row);
    let check = |shape: &[usize], strides: &[isize], source: &str| {
        let counted =
            shape.iter().zip(strides).map(|(&n, &stride)| if n > 1 { stride as i64 } else { 0 }).collect();
        let theirs = format!(
            "np.array([s // r.itemsize if n > 1 else 0 for r in [np.asanyarray({source})] \
             for s, n in zip(r.strides, r.shape)], dtype='int64')"
        );
        scope.check(Ok(counted), &theirs);
    };
    let zeros = zeros_like::<i16>(&a).unwrap();
    check(zeros.shape(), zeros.strides(), "np.zeros_like(a, 'int16')");
    let full = full_like(&a, T::ONE).unwrap();
    check(full.shape(), full.strides(), "np.full_like(a, 1)");
    let converted = a.astype::<bool>();
    check(converted.shape(), converted.strides(), "a.astype('bool')");
    let copied = a.copy();
    check(copied.shape(), copied.strides(), "a.copy()");
    let sums = add(&b, &c).unwrap();
    check(sums.shape(), sums.strides(), "b + c");
    let sums = add(&row, &b).unwrap();
    check(sums.shape(), sums.strides(), "row + b");
    let sums = add(&b, 1.0).unwrap();
    check(sums.shape(), sums.strides(), "b + 1.0");
}

fn values<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let value = T::random(rng);
    let scope = Scope::new().with("a", &a).with("value", &scalar(value));
    let shape = a.shape().to_vec();
    scope.check(zeros::<T>(&shape), &format!("np.zeros({shape:?}, a.dtype)"));
    scope.check(ones::<T>(&shape), &format!("np.ones({shape:?}, a.dtype)"));
    scope.check(full(&shape, value), &format!("np.full({shape:?}, value)"));
    scope.check(zeros_like::<T>(&a), "np.zeros_like(a)");
    scope.check(ones_like::<T>(&a), "np.ones_like(a)");
    scope.check(full_like(&a, value), "np.full_like(a, value)");
    scope.check(zeros_like::<i16>(&a), "np.zeros_like(a, 'int16')");
    scope.check(
        Ok(zeros_like::<T>(&empty_like::<T>(&a).unwrap()).unwrap()),
        "np.zeros_like(np.empty_like(a))",
    );
    scope.check(identity::<T>(shape.len()), &format!("np.identity({}, a.dtype)", shape.len()));
    scope.check_view(asarray(a.clone()), "np.asarray(a)");
    scope.check(asarray(a.to_vec()), "np.array(a.ravel())");
    scope.check(Ok(a.to_vec().into_iter().collect()), "np.fromiter(a.ravel(), a.dtype)");
    scope.check(Ok(a.copy()), "a.copy()");
    let length = rng.usize(0..4);
    let b: Array<T> = with_layout(rng, &[length]);
    if a.ndim() == 1 {
        let scope = scope.with("b", &b);
        let open = ogrid(&[&a, &b]).unwrap();
        scope.check(Ok(open[0].clone()), "np.meshgrid(a, b, indexing='ij', sparse=True)[0]");
        scope.check(Ok(open[1].clone()), "np.meshgrid(a, b, indexing='ij', sparse=True)[1]");
        scope.check(mgrid(&[&a, &b]), "np.stack(np.meshgrid(a, b, indexing='ij'))");
    }
}

/// Sequences with even ratios: NumPy's powers are rounded otherwise, by a few units.
#[test]
fn geometric_sequences_are_nearly_numpys() -> Outcome {
    numpy();
    let rng = &mut Rng::with_seed(8);
    let near = Tolerance { relative: 60, absolute: 0 };
    for _ in 0..200 {
        let (from, to, count) = (rng.f64() * 8.0 - 4.0, rng.f64() * 8.0 - 4.0, rng.usize(0..20));
        let base = rng.f64() * 9.0 + 1.0;
        let source = format!("np.logspace({from:?}, {to:?}, {count}, base={base:?})");
        common::assert_is(&logspace(from, to, count, base)?, &source, &[], near)?;
        let sign = if rng.bool() { 1.0 } else { -1.0 };
        let (from, to) = (sign * 10f64.powf(from * 20.0), sign * 10f64.powf(to * 20.0));
        let source = format!("np.geomspace({from:?}, {to:?}, {count})");
        common::assert_is(&geomspace(from, to, count)?, &source, &[], Tolerance { relative: 400, ..near })?;
    }
    Ok(())
}
