//! Sorting, searching, sets, counts and histograms.

use fastrand::Rng;
use numpypy::*;

use crate::common::{self, Outcome, Tolerance, numpy};
use crate::random::{Random, array, axis, for_dtypes, with_layout};
use crate::scope::Scope;

for_dtypes! {
    arrays_are_sorted_as_by_numpy: sorted [f64, f16, i8, u64, bool, complex64];
}

fn sorted<T: Random + Sortable>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let i = axis(rng, a.ndim());
    let scope = Scope::new().with("a", &a);
    scope.check(sort(&a, i), &format!("np.sort(a, {i})"));
    scope.check(sort(&a, ..), "np.sort(a, None)");
    scope.check(argsort(&a, i), &format!("np.argsort(a, {i}, kind='stable')"));
    scope.check(argsort(&a, ..), "np.argsort(a, None, kind='stable')");
    let b: Array<T> = with_layout(rng, a.shape());
    let scope = scope.with("b", &b);
    scope.check(lexsort(&[&a, &b], i), &format!("np.lexsort((a, b), {i})"));
    // NumPy does not check the position where there are no elements.
    if !a.is_empty() {
        let k = rng.isize(0..6);
        let at_k = |parted: Result<Array<T>>| parted.and_then(|parted| take(&parted, k, i));
        scope.check(at_k(partition(&a, k, i)), &format!("np.take(np.partition(a, {k}, {i}), {k}, {i})"));
        let found = argpartition(&a, k, i).and_then(|at| take_along_axis(&a, &at, i));
        let numpys = format!("np.take(np.take_along_axis(a, np.argpartition(a, {k}, {i}), {i}), {k}, {i})");
        scope.check(at_k(found), &numpys);
    }
    // One dimension.
    let flat = sort(&a, ..).unwrap();
    let scope = Scope::new().with("a", &a).with("flat", &flat).with("b", &b);
    scope.check(searchsorted(&flat, &b, Side::Left), "np.searchsorted(flat, b)");
    scope.check(searchsorted(&flat, &b, Side::Right), "np.searchsorted(flat, b, 'right')");
    scope.check(unique(&a), "np.unique(a)");
    scope.check(unique_values(&a), "np.unique(a, equal_nan=False)");
    let (values, inverse) = unique_inverse(&a).unwrap();
    let scope = scope.with("values", &values);
    scope.check(Ok(values.clone()), "np.unique_inverse(a).values");
    // Each nan is its own value, and NumPy numbers them in no certain order.
    scope.check(take(&values, &inverse, 0), "np.take(values, np.unique_inverse(a).inverse_indices)");
    let mut in_place = a.clone();
    let done = in_place.sort(i);
    scope.check(done.map(|()| in_place), &format!("(c := a.copy(), c.sort({i}))[0]"));
    let edges = unique(&b).unwrap();
    let numbers = matches!(T::DTYPE.kind(), Kind::Signed | Kind::Unsigned | Kind::Float) && !a.is_empty();
    // NumPy's digitize does not take nan among its bins alike in all versions.
    if numbers && T::DTYPE != DType::Float16 && T::DTYPE != DType::Float64 {
        let scope = scope.with("edges", &edges);
        scope.check(digitize(&a, &edges, true), "np.digitize(a, edges, True)");
        scope.check(digitize(&a, &flip(&edges, 0).unwrap(), false), "np.digitize(a, edges[::-1])");
    }
    let all = unique_all(&a).unwrap();
    scope.check(Ok(all.values), "np.unique_all(a).values");
    scope.check(Ok(all.indices), "np.unique_all(a).indices");
    scope.check(Ok(all.inverse), "np.unique_all(a).inverse_indices");
    scope.check(Ok(all.counts), "np.unique_all(a).counts");
    scope.check(unique_counts(&a).map(|found| found.1), "np.unique_counts(a).counts");
    scope.check(isin(&a, &b), "np.isin(a, b)");
    scope.check(intersect1d(&a, &b), "np.intersect1d(a, b)");
    scope.check(setdiff1d(&a, &b), "np.setdiff1d(a, b)");
    scope.check(setxor1d(&a, &b), "np.setxor1d(a, b)");
    scope.check(union1d(&a, &b), "np.union1d(a, b)");
}

#[test]
fn values_are_counted_as_by_numpy() {
    numpy();
    let rng = &mut Rng::with_seed(5);
    for _ in 0..300 {
        let n = rng.usize(0..60);
        let x: Array<f64> =
            from_fn([n], |_| (rng.f64() * 8.0).round() / [1.0, 3.0][rng.usize(0..2)]).unwrap();
        let whole: Array<i64> = from_fn([n], |_| rng.i64(-2..30)).unwrap();
        let mut edges: Vec<f64> = (0..rng.usize(1..5)).map(|_| rng.f64() * 4.0).collect();
        edges.sort_by(f64::total_cmp);
        if rng.bool() {
            edges.reverse();
        }
        let edges = Array::from_vec(edges);
        let weights: Array<f32> = from_fn([n], |_| rng.f32()).unwrap();
        let scope = Scope::new().with("x", &x).with("n", &whole).with("edges", &edges).with("w", &weights);
        let least = rng.usize(0..9);
        scope.check(bincount(&whole, least), &format!("np.bincount(n, minlength={least})"));
        let narrow = bincount(whole.astype::<i16>(), least);
        scope.check(narrow, &format!("np.bincount(n.astype('i2'), minlength={least})"));
        // NumPy forgets the weights' dtype if there are none.
        if n > 0 {
            scope.check(bincount_with(&whole, &weights, least), &format!("np.bincount(n, w, {least})"));
        }
        for right in [false, true] {
            let python = if right { "True" } else { "False" };
            scope.check(digitize(&x, &edges, right), &format!("np.digitize(x, edges, {python})"));
        }
        let counts = |found: Result<Histogram>| found.map(|found| found.counts);
        let count = rng.usize(0..12);
        scope.check(counts(histogram(&x, count, None)), &format!("np.histogram(x, {count})[0]"));
        scope.check(
            counts(histogram(&x, count, Some((0.5, 2.5)))),
            &format!("np.histogram(x, {count}, (.5, 2.5))[0]"),
        );
        scope.check(histogram_bin_edges(&x, count, None), &format!("np.histogram_bin_edges(x, {count})"));
        scope.check(counts(histogram(&x, &edges, None)), "np.histogram(x, edges)[0]");
        scope.check(counts(histogram(&whole, count, None)), &format!("np.histogram(n, {count})[0]"));
        if n > 0 && count > 0 {
            let found = histogram(&x, count, Some((0.0, 3.0))).unwrap();
            scope.check(Ok(found.edges.clone()), &format!("np.histogram(x, {count}, (0, 3))[1]"));
            let near = Tolerance { relative: 4, absolute: 0 };
            let lent = [("x", &x.to_py().unwrap())];
            let source = format!("np.histogram(x, {count}, (0, 3), density=True)[0]");
            common::assert_is(&found.density(), &source, &lent, near).unwrap();
        }
        let rules = [
            (BinRule::Auto, "auto"),
            (BinRule::FreedmanDiaconis, "fd"),
            (BinRule::Sturges, "sturges"),
            (BinRule::Sqrt, "sqrt"),
            (BinRule::Rice, "rice"),
            (BinRule::Scott, "scott"),
            (BinRule::Doane, "doane"),
        ];
        for (rule, name) in rules {
            scope.check(counts(histogram(&x, rule, None)), &format!("np.histogram(x, '{name}')[0]"));
            scope.check(counts(histogram(&whole, rule, None)), &format!("np.histogram(n, '{name}')[0]"));
        }
    }
}
