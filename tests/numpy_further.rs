//! What NumPy's users reach for beside ufuncs and the array API, against the real NumPy: weighted and joint histograms,
//! searches by way of a sorter, one-sided limits, convolutions, products of vectors, windows, bits, trimming, and functions
//! of vectors along an axis.

#![cfg(feature = "python")]

mod common;
#[path = "numpy_arrays/random.rs"]
mod random;
#[path = "numpy_arrays/scope.rs"]
mod scope;

use fastrand::Rng;
use numpypy::*;

use common::{Outcome, Tolerance, numpy};
use random::{Random, array, axis, for_dtypes, shape, with_layout};
use scope::Scope;

for_dtypes! {
    limits_and_sorters: of_any [f64, f16, i8, u64, bool, complex64];
    vectors_are_convolved: convolved [f64, f32, i8, u16, bool, complex128];
    sums_by_subscripts: of_subscripts [i64, u8, bool, complex64];
    products_of_vectors: products [f64, i64, u8, complex128];
}

/// Whether NumPy's value of this expression is nearly ours.
fn near<T: Element>(scope: &Scope, ours: &Array<T>, source: &str) {
    let (ours, theirs) = (ours.to_py().unwrap(), scope.eval(&format!("np.asarray({source})")).unwrap());
    let is_near = common::is_near(&ours, &theirs, Tolerance { relative: 8, absolute: 8 }).unwrap();
    assert!(is_near, "{source}\nours:   {}\nNumPy's: {}", ours.repr().unwrap(), theirs.repr().unwrap());
}

fn vector<T: Random>(rng: &mut Rng, lengths: std::ops::Range<usize>) -> Array<T> {
    let length = rng.usize(lengths);
    with_layout(rng, &[length])
}

fn of_any<T: Random + Sortable + functions::Bounded>(rng: &mut Rng)
where
    kernels::Clip: array_core::engine::kernel::Several<(T, T, T), Output = (T,)>,
{
    let (a, limit): (Array<T>, T) = (array(rng), T::random(rng));
    let limits = with_layout(rng, a.shape());
    let scope = Scope::new().with("a", &a).with("limit", &scalar(limit)).with("limits", &limits);
    // NumPy makes a scalar of a 0-d array, and clips it to one.
    scope.check(clip(&a, limit, None), "np.clip(a, limit, None)");
    scope.check(clip(&a, None, limit), "np.clip(a, None, limit)");
    scope.check(clip(&a, Some(limit), None), "np.clip(a, a_min=limit, a_max=None)");
    scope.check(clip(&a, None, None), "a");
    if T::DTYPE.kind() != Kind::Complex {
        scope.check(clip(&a, None, &limits), "np.minimum(a, limits)");
        scope.check(clip(&a, &limits, None), "np.maximum(a, limits)");
    }
    let (a, values): (Array<T>, Array<T>) = (vector(rng, 0..200), array(rng));
    let sorter = argsort(&a, 0).unwrap();
    let scope = Scope::new().with("a", &a).with("values", &values).with("sorter", &sorter);
    for (side, name) in [(Side::Left, "left"), (Side::Right, "right")] {
        let numpys = format!("np.searchsorted(a, values, '{name}', sorter)");
        scope.check(searchsorted_with(&a, &values, side, &sorter), &numpys);
    }
    let a: Array<T> = array(rng);
    let (i, lengths) = (axis(rng, a.ndim()), shape(rng, 0..4));
    let scope = Scope::new().with("a", &a);
    let tuple: String = lengths.iter().map(|n| format!("{n}, ")).collect();
    scope.check(resize(&a, &lengths), &format!("np.resize(a, ({tuple}))"));
    let sorted = apply_along_axis(&a, i, |lane: Array<T>| sort(&lane, 0));
    scope.check(sorted, &format!("np.apply_along_axis(np.sort, {i}, a)"));
    let first = apply_along_axis(&a, i, |lane: Array<T>| Ok(scalar(lane.get(0)?)));
    scope.check(first, &format!("np.apply_along_axis(lambda lane: lane[0], {i}, a)"));
    let table = apply_along_axis(&a, i, |lane: Array<T>| lane.broadcast_to([2, lane.len()]));
    scope.check(table, &format!("np.apply_along_axis(lambda lane: np.stack([lane, lane]), {i}, a)"));
    let joined = |index: Result<Vec<Array<i64>>>| index.and_then(|index| stack(&index, 0));
    let k = rng.isize(-3..4);
    scope.check(joined(tril_indices_from(&a, k)), &format!("np.stack(np.tril_indices_from(a, {k}))"));
    scope.check(joined(triu_indices_from(&a, k)), &format!("np.stack(np.triu_indices_from(a, {k}))"));
    scope.check(joined(diag_indices_from(&a)), "np.stack(np.diag_indices_from(a))");
    assert_eq!(a.nbytes() as i64, scope.eval("a.nbytes").unwrap().extract::<i64>().unwrap());
    // Mostly zeros.
    let shape = shape(rng, 0..4);
    let sparse = from_fn(&shape, |_| if rng.u8(0..4) == 0 { T::ONE } else { T::ZERO }).unwrap();
    let scope = Scope::new().with("a", &sparse);
    for (trim, name) in [(Trim::Front, "f"), (Trim::Back, "b"), (Trim::Both, "fb")] {
        scope.check_view(trim_zeros(&sparse, trim, ..), &format!("np.trim_zeros(a, '{name}')"));
        let i = axis(rng, sparse.ndim());
        scope.check(trim_zeros(&sparse, trim, i), &format!("np.trim_zeros(a, '{name}', {i})"));
    }
}

fn convolved<T>(rng: &mut Rng)
where
    T: Random + Factor + Promote<T, Output = T>,
{
    let a: Array<T> = if rng.u8(0..9) == 0 { array(rng) } else { vector(rng, 0..70) };
    let v: Array<T> = if rng.u8(0..9) == 0 { array(rng) } else { vector(rng, 0..20) };
    let scope = Scope::new().with("a", &a).with("v", &v);
    for (shifts, name) in [(Shifts::Full, "full"), (Shifts::Same, "same"), (Shifts::Valid, "valid")] {
        scope.check(convolve(&a, &v, shifts), &format!("np.convolve(a, v, '{name}')"));
        // NumPy takes numbers for vectors here, but not there.
        if a.ndim() > 0 && v.ndim() > 0 {
            scope.check(correlate(&a, &v, shifts), &format!("np.correlate(a, v, '{name}')"));
            scope.check(correlate(&v, &a, shifts), &format!("np.correlate(v, a, '{name}')"));
        }
    }
}

fn products<T>(rng: &mut Rng)
where
    T: Random + Factor + Promote<T, Output = T>,
    array_core::operators::kernels::Multiply: array_core::engine::kernel::Binary<T, Output = T>,
    array_core::operators::kernels::Subtract: array_core::engine::kernel::Binary<T, Output = T>,
{
    let (a, b): (Array<T>, Array<T>) = (array(rng), array(rng));
    let scope = Scope::new().with("a", &a).with("b", &b);
    scope.check(kron(&a, &b), "np.kron(a, b)");
    scope.check(vdot(&a, &b), "np.vdot(a, b)");
    let same: Array<T> = with_layout(rng, &[a.len()]);
    scope.with("b", &same).check(vdot(&a, &same), "np.vdot(a, b)");
    // Vectors of three along some axis, the others broadcast.
    let mut lengths = shape(rng, 0..3);
    let i = rng.usize(0..=lengths.len());
    lengths.insert(i, 3);
    let a: Array<T> = with_layout(rng, &lengths);
    lengths.iter_mut().enumerate().for_each(|(axis, n)| *n = if axis != i && rng.bool() { 1 } else { *n });
    let b: Array<T> = with_layout(rng, &lengths);
    let i = if rng.bool() { i as isize } else { i as isize - a.ndim() as isize };
    Scope::new().with("a", &a).with("b", &b).check(cross(&a, &b, i), &format!("np.cross(a, b, axis={i})"));
}

#[test]
fn diagonals_are_summed_and_bits_packed() {
    numpy();
    for seed in 0..150 {
        let rng = &mut Rng::with_seed(seed);
        let (a, z, flags): (Array<i8>, Array<complex128>, Array<bool>) = (array(rng), array(rng), array(rng));
        let bytes: Array<u8> = array(rng);
        let scope = Scope::new().with("a", &a).with("z", &z).with("flags", &flags).with("bytes", &bytes);
        let (k, i, j) = (rng.isize(-3..4), axis(rng, 3), axis(rng, 3));
        scope.check(trace(&a, k, i, j), &format!("np.trace(a, {k}, {i}, {j})"));
        scope.check(trace(&z, k, i, j), &format!("np.trace(z, {k}, {i}, {j})"));
        for (order, name) in [(BitOrder::Big, "big"), (BitOrder::Little, "little")] {
            let i = axis(rng, flags.ndim());
            scope.check(packbits(&flags, .., order), &format!("np.packbits(flags, None, '{name}')"));
            scope.check(packbits(&flags, i, order), &format!("np.packbits(flags, {i}, '{name}')"));
            let i = axis(rng, bytes.ndim());
            let numpys = format!("np.unpackbits(bytes, {i}, None, '{name}').astype(bool)");
            scope.check(unpackbits(&bytes, i, order), &numpys);
            let numpys = format!("np.unpackbits(bytes, None, None, '{name}').astype(bool)");
            scope.check(unpackbits(&bytes, .., order), &numpys);
        }
    }
}

#[test]
fn windows_are_numpys() {
    numpy();
    let scope = Scope::new();
    for n in [0, 1, 2, 3, 4, 10, 51, 256] {
        near(&scope, &bartlett(n).unwrap(), &format!("np.bartlett({n})"));
        near(&scope, &blackman(n).unwrap(), &format!("np.blackman({n})"));
        near(&scope, &hamming(n).unwrap(), &format!("np.hamming({n})"));
        near(&scope, &hanning(n).unwrap(), &format!("np.hanning({n})"));
        for beta in [0.0, 1.0, 8.6, 14.0] {
            near(&scope, &kaiser(n, beta).unwrap(), &format!("np.kaiser({n}, {beta})"));
        }
    }
}

/// Random subscripts of one to three operands, and operands for them: mostly right.
fn of_subscripts<T>(rng: &mut Rng)
where
    T: Random + Factor + Promote<T, Output = T>,
    array_core::operators::kernels::Multiply: array_core::engine::kernel::Binary<T, Output = T>,
{
    let lengths: Vec<usize> = (0..4).map(|_| rng.usize(1..4)).collect();
    let (mut terms, mut arrays) = (Vec::new(), Vec::new());
    for _ in 0..rng.usize(1..4) {
        let axes: Vec<usize> = (0..rng.usize(0..4)).map(|_| rng.usize(0..4)).collect();
        let mut term: String = axes.iter().map(|&axis| char::from(b"iKja"[axis])).collect();
        let mut shape: Vec<usize> = axes.iter().map(|&axis| lengths[axis]).collect();
        if rng.u8(0..4) == 0 {
            let at = rng.usize(0..=axes.len());
            term.insert_str(at, "...");
            let added: Vec<usize> = (0..rng.usize(0..3)).map(|_| rng.usize(1..3)).collect();
            shape.splice(at..at, added);
        } else if axes.len() == 1 && rng.u8(0..4) == 0 {
            shape[0] = 1;
        }
        terms.push(term);
        arrays.push(with_layout::<T>(rng, &shape));
    }
    let mut subscripts = terms.join(",");
    if rng.bool() {
        let mut letters: Vec<char> = "iKja".chars().filter(|&c| terms.concat().contains(c)).collect();
        rng.shuffle(&mut letters);
        letters.truncate(rng.usize(0..5));
        let ellipsis = if terms.concat().contains('.') { "..." } else { "" };
        subscripts += &format!("->{ellipsis}{}", letters.into_iter().collect::<String>());
    }
    let scope = Scope::new();
    let mut names = String::new();
    for (i, array) in arrays.iter().enumerate() {
        scope.with(&format!("a{i}"), array);
        names += &format!(", a{i}");
    }
    scope.check(einsum(&subscripts, &arrays), &format!("np.einsum('{subscripts}'{names})"));
}

/// Numbers that fall onto edges often, with exact sums.
fn eighths(rng: &mut Rng, n: usize) -> Array<f64> {
    let special = rng.u8(0..9) == 0;
    from_fn([n], |_| if special && rng.bool() { f64::NAN } else { f64::from(rng.i8(-8..40)) / 8.0 }).unwrap()
}

fn weighted<W: Weight>(rng: &mut Rng, x: &Array<f64>, scope: &Scope, edges: &Array<f64>) {
    // Between edges NumPy takes differences of running sums, so that one nan would be in all that comes later.
    let weights = with_layout::<i8>(rng, x.shape()).astype::<W>();
    let scope = scope.with("w", &weights);
    let count = rng.usize(0..9);
    let counts = |found: Result<Histogram<W>>| found.map(|found| found.counts);
    let found = histogram_with(x, count, Some((0.0, 4.0)), &weights);
    scope.check(counts(found.clone()), &format!("np.histogram(x, {count}, (0, 4), weights=w)[0]"));
    if let Ok(found) = found.filter_finite() {
        near(&scope, &found.density(), &format!("np.histogram(x, {count}, (0, 4), True, w)[0]"));
    }
    let found = histogram_with(x, edges, None, &weights);
    scope.check(counts(found), "np.histogram(x, edges, weights=w)[0]");
    let found = histogram_with(x, BinRule::Sturges, None, &weights);
    scope.check(counts(found), "np.histogram(x, 'sturges', weights=w)[0]");
    let wrong = histogram_with(x, 3, Some((0.0, 1.0)), &concat(&[&weights, &weights], 0).unwrap());
    assert!(x.is_empty() || wrong.unwrap_err().is_shape());
}

/// Densities of nothing are nothing's.
trait Finite: Sized {
    fn filter_finite(self) -> Self;
}
impl<W: Weight> Finite for Result<Histogram<W>> {
    fn filter_finite(self) -> Self {
        self.and_then(|found| match count_nonzero(&found.counts.astype::<complex128>(), ..)?.item()? {
            0 => Err(Error::value("all zero")),
            _ => Ok(found),
        })
    }
}

#[test]
fn histograms_are_weighted_and_of_several_coordinates() {
    numpy();
    for seed in 0..150 {
        let rng = &mut Rng::with_seed(seed);
        let n = rng.usize(0..60);
        let (x, y, z) = (eighths(rng, n), eighths(rng, n), eighths(rng, n));
        let mut edges: Vec<f64> = (0..rng.usize(1..6)).map(|_| f64::from(rng.i8(-8..40)) / 8.0).collect();
        edges.sort_by(f64::total_cmp);
        let edges = Array::from_vec(edges);
        let scope = Scope::new().with("x", &x).with("y", &y).with("z", &z).with("edges", &edges);
        weighted::<f64>(rng, &x, &scope, &edges);
        weighted::<f32>(rng, &x, &scope, &edges);
        weighted::<complex64>(rng, &x, &scope, &edges);
        weighted::<i16>(rng, &x, &scope, &edges);
        weighted::<u16>(rng, &x, &scope, &edges);

        let stone = histogram(&x, BinRule::Stone, None).map(|found| found.counts);
        scope.check(stone, "np.histogram(x, 'stone')[0]");
        let near_rule = histogram_bin_edges(&x, BinRule::Stone, Some((-1.0, 6.0)));
        scope.check(near_rule, "np.histogram_bin_edges(x, 'stone', (-1, 6))");

        let (p, q) = (rng.usize(0..6), rng.usize(1..6));
        let weights: Array<f32> = with_layout(rng, &[n]);
        let scope = scope.with("w", &weights);
        let counts = |found: Result<JointHistogram<2>>| found.map(|found| found.counts);
        scope.check(
            counts(histogram2d(&x, &y, [p, q], [None; 2])),
            &format!("np.histogram2d(x, y, [{p}, {q}])[0]"),
        );
        let range = Some((0.5, 2.5));
        let numpys = format!("np.histogram2d(x, y, [{p}, {q}], [(.5, 2.5), (.5, 2.5)], False, w)");
        let found = histogramdd_with([&x, &y], [p, q], [range; 2], &weights);
        scope.check(counts(found.clone()), &format!("{numpys}[0]"));
        if let Ok(found) = found {
            scope.check(Ok(found.edges[1].clone()), &format!("{numpys}[2]"));
            let numpys = format!("np.histogram2d(x, y, [{p}, {q}], [(.5, 2.5), (.5, 2.5)], True, w)[0]");
            near(&scope, &found.density(), &numpys);
        }
        let found = histogramdd(
            [&x, &y, &z],
            [Bins::Edges(&edges), Bins::Count(q), Bins::Edges(&edges)],
            [None, Some((0.0, 3.0)), None],
        );
        let numpys = format!("np.histogramdd((x, y, z), [edges, {q}, edges], [None, (0, 3), None])[0]");
        scope.check(found.map(|found| found.counts), &numpys);
    }
}
