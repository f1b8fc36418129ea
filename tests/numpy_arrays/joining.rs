//! Arrays joined, split, repeated, edited and padded.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, numpy};
use crate::random::{Random, array, axis, for_dtypes, shape, with_layout};
use crate::scope::Scope;

for_dtypes! {
    arrays_are_joined_as_by_numpy: joined [f64, i8, bool, complex64];
    arrays_are_split_and_repeated_as_by_numpy: split_and_repeated [f32, u16, complex128];
    arrays_are_edited_and_padded_as_by_numpy: edited [f64, i32, bool, u8, f16, complex128];
}

fn joined<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let i = axis(rng, a.ndim());
    // Mostly alike but for one axis.
    let mut other = a.shape().to_vec();
    if let Some(n) = other.get_mut(i.rem_euclid(a.ndim().max(1) as isize) as usize) {
        *n = rng.usize(0..4);
    }
    if rng.u8(..9) == 0 {
        other = shape(rng, 0..4);
    }
    let b: Array<T> = with_layout(rng, &other);
    let scope = Scope::new().with("a", &a).with("b", &b);
    scope.check(concat(&[&a, &b, &a], i), &format!("np.concatenate([a, b, a], {i})"));
    scope.check(concat(&[&a, &b], ..), "np.concatenate([a, b], None)");
    scope.check(stack(&[&a, &b], i), &format!("np.stack([a, b], {i})"));
    scope.check(stack(&[&a, &a], i), &format!("np.stack([a, a], {i})"));
    scope.check(vstack(&[&a, &b]), "np.vstack([a, b])");
    scope.check(hstack(&[&a, &b]), "np.hstack([a, b])");
    scope.check(dstack(&[&a, &b]), "np.dstack([a, b])");
    scope.check(column_stack(&[&a, &b]), "np.column_stack([a, b])");
    scope.check(append(&a, &b, ..), "np.append(a, b)");
    scope.check(append(&a, &b, i), &format!("np.append(a, b, {i})"));
    if a.ndim() >= 1 && b.ndim() >= 1 {
        scope.check(
            block(&[[&a, &b], [&a, &b]]),
            "np.block([[np.atleast_2d(a), np.atleast_2d(b)], [np.atleast_2d(a), np.atleast_2d(b)]])",
        );
    }
    let both = broadcast_arrays(&[&a, &b]);
    scope.check_view(both.map(|both| both[0].clone()), "np.broadcast_arrays(a, b)[0]");
}

fn split_and_repeated<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let scope = Scope::new().with("a", &a);
    let i = axis(rng, a.ndim());
    let n = rng.usize(0..4);
    let (from, to) = (rng.isize(-6..7), rng.isize(-6..7));
    let nth = |parts: Result<Vec<Array<T>>>, k: usize| {
        parts.and_then(|parts| parts.get(k).cloned().ok_or(Error::value("no such part")))
    };
    scope.check_view(nth(split(&a, n, i), 0), &format!("np.split(a, {n}, {i})[0]"));
    scope.check_view(nth(array_split(&a, n, i), 1), &format!("np.array_split(a, {n}, {i})[1]"));
    let at = format!("np.split(a, [{from}, {to}], {i})");
    for k in 0..3 {
        scope.check_view(nth(split(&a, [from, to], i), k), &format!("{at}[{k}]"));
    }
    scope.check_view(nth(hsplit(&a, [from, to]), 1), &format!("np.hsplit(a, [{from}, {to}])[1]"));
    scope.check_view(nth(vsplit(&a, [from]), 1), &format!("np.vsplit(a, [{from}])[1]"));
    scope.check_view(nth(dsplit(&a, [from]), 0), &format!("np.dsplit(a, [{from}])[0]"));
    scope.check_view(nth(array_split(&a, [to], i), 1), &format!("np.array_split(a, [{to}], {i})[1]"));
    scope.check_view(nth(vsplit(&a, n), 0), &format!("np.vsplit(a, {n})[0]"));
    scope.check_view(nth(hsplit(&a, n), 0), &format!("np.hsplit(a, {n})[0]"));
    scope.check_view(nth(dsplit(&a, n), 0), &format!("np.dsplit(a, {n})[0]"));
    scope.check(nth(unstack(&a, i), 1), &format!("[x for x in np.moveaxis(a, {i}, 0)][1]"));
    scope.check(repeat(&a, n, ..), &format!("np.repeat(a, {n})"));
    scope.check(repeat(&a, n, i), &format!("np.repeat(a, {n}, {i})"));
    let counts: Vec<usize> = (0..rng.usize(0..5)).map(|_| rng.usize(0..3)).collect();
    scope.check(repeat(&a, &counts[..], i), &format!("np.repeat(a, np.array({counts:?}, 'int'), {i})"));
    scope.check(tile(&a, n), &format!("np.tile(a, {n})"));
    scope.check(tile(&a, &counts), &format!("np.tile(a, {counts:?})"));
}

fn edited<T: Random + Pad>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let n = a.ndim();
    let i = axis(rng, n);
    let (p, q) = (rng.isize(-4..5), rng.isize(-4..5));
    let values_shape = match rng.u8(0..3) {
        0 => vec![],
        1 => vec![rng.usize(1..4)],
        _ => a.shape().to_vec(),
    };
    let v: Array<T> = with_layout(rng, &values_shape);
    let scope = Scope::new().with("a", &a).with("v", &v);
    scope.check(delete(&a, p, i), &format!("np.delete(a, {p}, {i})"));
    scope.check(delete(&a, p, ..), &format!("np.delete(a, {p})"));
    scope.check(delete(&a, [p, q], i), &format!("np.delete(a, [{p}, {q}], {i})"));
    scope.check(delete(&a, s![p..q], i), &format!("np.delete(a, np.s_[{p}:{q}], {i})"));
    let flags: Array<bool> =
        with_layout(rng, &[a.shape().get(i.rem_euclid(n.max(1) as isize) as usize).map_or(2, |&n| n)]);
    let step = *rng.choice(&[-2, -1, 1, 2]).unwrap();
    let masked = Scope::new().with("a", &a).with("flags", &flags);
    masked.check(delete(&a, &flags, i), &format!("np.delete(a, flags, {i})"));
    scope.check(delete(&a, s![p..q;step], i), &format!("np.delete(a, np.s_[{p}:{q}:{step}], {i})"));
    scope.check(insert(&a, p, &v, i), &format!("np.insert(a, {p}, v, {i})"));
    scope.check(insert(&a, p, &v, ..), &format!("np.insert(a, {p}, v)"));
    // NumPy does not check several positions.
    let length = a.shape().get(i.rem_euclid(n.max(1) as isize) as usize).map_or(0, |&n| n as isize);
    let (p, q) = (p.clamp(-length, length), q.clamp(-length, length));
    scope.check(insert(&a, [p, q], &v, i), &format!("np.insert(a, [{p}, {q}], v, {i})"));
    scope.check(insert(&a, [p], &v, i), &format!("np.insert(a, [{p}], v, {i})"));
    let widths: Vec<(usize, usize)> = (0..n).map(|_| (rng.usize(0..6), rng.usize(0..6))).collect();
    if n > 0 {
        let of = |mode: &str| format!("np.pad(a, {widths:?}, {mode})");
        let zero = T::ZERO;
        scope.check(pad(&a, &widths[..], PadMode::Constant(zero)), &of("'constant'"));
        scope.check(pad(&a, &widths[..], PadMode::Edge), &of("'edge'"));
        scope.check(pad(&a, &widths[..], PadMode::Reflect), &of("'reflect'"));
        scope.check(pad(&a, &widths[..], PadMode::Symmetric), &of("'symmetric'"));
        scope.check(pad(&a, &widths[..], PadMode::Wrap), &of("'wrap'"));
        let one = T::random(rng);
        let scope = scope.with("one", &scalar(one));
        scope.check(pad(&a, &widths[..], PadMode::Constant(one)), &of("'constant', constant_values=one"));
        // Of numbers with a fraction NumPy's steps are rounded otherwise, by a unit in the last place; of nan, it
        // depends. Whole numbers overflow at the ends of their dtype.
        if matches!(T::DTYPE.kind(), Kind::Signed) {
            scope.check(pad(&a, &widths[..], PadMode::LinearRamp(T::ZERO)), &of("'linear_ramp'"));
        }
        scope.check(pad(&a, 2, PadMode::Edge), "np.pad(a, 2, 'edge')");
        scope.check(pad(&a, (1, 2), PadMode::Constant(one)), "np.pad(a, (1, 2), constant_values=one)");
    }
}
