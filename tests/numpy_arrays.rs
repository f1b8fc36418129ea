//! Making, indexing, shaping and joining arrays, against the real NumPy over random dtypes, shapes and
//! strides: the same values, dtype and shape, an error where NumPy has one, a view where it gives a view.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::{Object, builtin};
use numpypy::*;

use common::{Outcome, numpy};

/// Names for Python source: `np`, and arrays of ours.
struct Scope(Object);

impl Scope {
    fn new() -> Self {
        Scope(common::scope(&[]).unwrap())
    }

    fn with<T: Element>(&self, name: &str, a: &Array<T>) -> Self {
        self.0.set_item(name, a.to_py().unwrap()).unwrap();
        Scope(self.0.clone())
    }

    fn eval(&self, source: &str) -> std::result::Result<Object, foreign::Error> {
        builtin("eval")?.call((source, &self.0))
    }

    /// Whether NumPy has the same result, or an error too.
    fn check<T: Element>(&self, ours: Result<Array<T>>, source: &str) {
        let shown = || {
            self.eval("{k: (v.shape, v.strides, v) for k, v in locals().items() if k not in ('np', 'ours', 'theirs', '__builtins__')}").and_then(|o| o.repr()).unwrap_or_default()
        };
        let theirs = self.eval(&format!("np.asarray({source})"));
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => {
                self.0.set_item("ours", ours.to_py().unwrap()).unwrap();
                self.0.set_item("theirs", &theirs).unwrap();
                let test = "ours.dtype == theirs.dtype and ours.shape == theirs.shape and \
                            np.array_equal(ours, theirs, equal_nan=ours.dtype.kind in 'fc')";
                let same: bool = self.eval(test).unwrap().extract().unwrap();
                assert!(
                    same,
                    "{source}\nours:   {}\nNumPy's: {}\nof {}",
                    ours.to_py().unwrap().repr().unwrap(),
                    theirs.repr().unwrap(),
                    shown()
                );
            }
            (Err(_), Err(_)) => {}
            (Ok(ours), Err(theirs)) => {
                panic!("{source}: NumPy refuses: {theirs}\nours: {ours:?}\nof {}", shown())
            }
            (Err(ours), Ok(theirs)) => {
                panic!("{source}: we refuse: {ours}\nNumPy's: {}\nof {}", theirs.repr().unwrap(), shown())
            }
        }
    }

    /// As `check`, and a view of `a` if and only if NumPy's is one.
    fn check_view<T: Element>(&self, ours: Result<Array<T>>, source: &str) {
        let ndim = ours.as_ref().map_or(0, |ours| ours.ndim());
        let lent = ours.as_ref().map(|ours| ours.to_py().unwrap()).ok();
        self.check(ours, source);
        // NumPy's 0-d results are scalars mostly.
        if let Some(lent) = lent.filter(|_| ndim > 0) {
            self.0.set_item("ours", &lent).unwrap();
            let test = format!("np.shares_memory(ours, a) == np.shares_memory({source}, a)");
            let same: bool = self.eval(&test).unwrap().extract().unwrap();
            assert!(same, "{source}: a view there, a copy here, or the other way round");
        }
    }
}

/// Elements that are easy to tell apart.
trait Random: Element {
    fn random(rng: &mut Rng) -> Self;
}
macro_rules! random {
    ($($type:ty: |$rng:ident| $value:expr;)*) => {$(
        impl Random for $type {
            fn random($rng: &mut Rng) -> Self { $value }
        }
    )*};
}
random! {
    bool: |rng| rng.bool();
    u8: |rng| rng.u8(..);
    i32: |rng| rng.i32(-99..99);
    i64: |rng| rng.i64(..);
    f32: |rng| rng.i8(..) as f32 / 8.0;
    f64: |rng| if rng.u8(..9) == 0 { f64::NAN } else { rng.i16(..) as f64 / 8.0 };
    complex128: |rng| complex128::new(rng.i8(..) as f64, rng.i8(..) as f64);
}

/// An array of this shape with strides of any kind.
fn with_layout<T: Random>(rng: &mut Rng, shape: &[usize]) -> Array<T> {
    let fresh = |rng: &mut Rng, shape: &[usize]| from_fn(shape, |_| T::random(rng)).unwrap();
    match rng.u8(0..5) {
        0 => {
            let reversed: Vec<usize> = shape.iter().rev().copied().collect();
            fresh(rng, &reversed).t()
        }
        1 => flip(&fresh(rng, shape), ..).unwrap(),
        2 if !shape.is_empty() => {
            let mut wide = shape.to_vec();
            *wide.last_mut().unwrap() *= 2;
            fresh(rng, &wide).slice(s![..., ..;2]).unwrap()
        }
        _ => fresh(rng, shape),
    }
}

fn shape(rng: &mut Rng, ranks: std::ops::Range<usize>) -> Vec<usize> {
    (0..rng.usize(ranks)).map(|_| *rng.choice(&[0, 1, 2, 3, 4, 5]).unwrap()).collect()
}

fn array<T: Random>(rng: &mut Rng) -> Array<T> {
    let shape = shape(rng, 0..4);
    with_layout(rng, &shape)
}

/// An axis, mostly one that the array has.
fn axis(rng: &mut Rng, ndim: usize) -> isize {
    if ndim == 0 {
        // NumPy lets some functions take axis 0 of a 0-d array.
        return 3;
    }
    let n = ndim as isize;
    let beyond = isize::from(rng.u8(..8) == 0);
    rng.isize(-n - beyond..(n + beyond).max(1))
}

macro_rules! for_dtypes {
    ($($test:ident: $body:ident;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            numpy();
            for seed in 0..150 {
                let rng = &mut Rng::with_seed(seed);
                $body::<f64>(rng);
                $body::<i32>(rng);
                $body::<bool>(rng);
                $body::<u8>(rng);
                $body::<complex128>(rng);
            }
            Ok(())
        }
    )*};
}
for_dtypes! {
    arrays_are_rearranged_as_by_numpy: rearranged;
    arrays_are_joined_as_by_numpy: joined;
    arrays_are_split_and_repeated_as_by_numpy: split_and_repeated;
    arrays_are_edited_and_padded_as_by_numpy: edited;
    arrays_are_indexed_as_by_numpy: indexed;
    elements_are_taken_as_by_numpy: taken;
    matrices_are_numpys: matrices;
    arrays_are_sorted_as_by_numpy: sorted;
}

fn rearranged<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let scope = Scope::new().with("a", &a);
    let n = a.ndim();
    let (i, j) = (axis(rng, n), axis(rng, n));
    scope.check_view(Ok(a.ravel()), "a.ravel()");
    scope.check_view(Ok(a.flatten()), "a.flatten()");
    scope.check_view(swapaxes(&a, i, j), &format!("np.swapaxes(a, {i}, {j})"));
    scope.check_view(moveaxis(&a, i, j), &format!("np.moveaxis(a, {i}, {j})"));
    scope.check_view(moveaxis(&a, [i, j], [j, i]), &format!("np.moveaxis(a, [{i}, {j}], [{j}, {i}])"));
    scope.check_view(rollaxis(&a, i, j), &format!("np.rollaxis(a, {i}, {j})"));
    scope.check_view(squeeze(&a, ..), "np.squeeze(a)");
    scope.check_view(squeeze(&a, i), &format!("np.squeeze(a, {i})"));
    scope.check_view(expand_dims(&a, i), &format!("np.expand_dims(a, {i})"));
    scope.check_view(expand_dims(&a, [i, 1]), &format!("np.expand_dims(a, ({i}, 1))"));
    scope.check_view(flip(&a, ..), "np.flip(a)");
    scope.check_view(flip(&a, i), &format!("np.flip(a, {i})"));
    scope.check_view(flipud(&a), "np.flipud(a)");
    scope.check_view(fliplr(&a), "np.fliplr(a)");
    let k = rng.isize(-5..6);
    scope.check_view(rot90(&a, k, [i, j]), &format!("np.rot90(a, {k}, ({i}, {j}))"));
    let (s, t) = (rng.isize(-7..8), rng.isize(-7..8));
    scope.check(roll(&a, s, ..), &format!("np.roll(a, {s})"));
    scope.check(roll(&a, s, i), &format!("np.roll(a, {s}, {i})"));
    scope.check(roll(&a, [s, t], [i, j]), &format!("np.roll(a, ({s}, {t}), ({i}, {j}))"));
    scope.check_view(Ok(atleast_1d(&a)), "np.atleast_1d(a)");
    scope.check_view(Ok(atleast_2d(&a)), "np.atleast_2d(a)");
    scope.check_view(Ok(atleast_3d(&a)), "np.atleast_3d(a)");
    scope.check_view(a.reshape([-1]), "a.reshape(-1)");
    scope.check_view(a.reshape([2, -1]), "a.reshape(2, -1)");
    let w = rng.usize(0..4);
    let windows = format!("np.lib.stride_tricks.sliding_window_view(a, {w}, {i})");
    scope.check_view(sliding_window_view(&a, w, i), &windows);
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
    }
}

/// An item of an index, and how Python writes it.
fn item<T: Element>(rng: &mut Rng, a: &Array<T>, axis: usize) -> (IndexItem, String, usize) {
    let n = a.shape().get(axis).copied().unwrap_or(1) as isize;
    let position = |rng: &mut Rng| {
        let beyond = isize::from(rng.u8(..30) == 0);
        rng.isize(-n - beyond..n.max(1) + beyond)
    };
    match rng.u8(0..9) {
        0 => {
            let i = position(rng);
            (i.into(), i.to_string(), 1)
        }
        1 => (newaxis, "None".into(), 0),
        2 | 3 => {
            let (from, to) = (rng.isize(-6..7), rng.isize(-6..7));
            let step = [-2, -1, 1, 2, 3][rng.usize(0..5)];
            (IndexItem::from(from..to).step(step), format!("{from}:{to}:{step}"), 1)
        }
        4 | 5 => {
            let shape = [vec![], vec![3], vec![1], vec![2, 3], vec![0]][rng.usize(0..5)].clone();
            let positions = from_fn(&shape, |_| position(rng) as i64).unwrap();
            let source = format!("np.array({:?}, 'int64').reshape({shape:?})", positions.to_vec());
            (positions.into(), source, 1)
        }
        6 if !a.is_empty() => {
            let rank = rng.usize(1..3).min(a.ndim().saturating_sub(axis)).max(1);
            let mut shape: Vec<usize> = a.shape()[axis.min(a.ndim())..].iter().take(rank).copied().collect();
            if shape.is_empty() || rng.u8(..20) == 0 {
                shape = vec![2];
            }
            let mask = from_fn(&shape, |_| rng.bool()).unwrap();
            let flags: Vec<u8> = mask.to_vec().into_iter().map(u8::from).collect();
            let (source, taken) = (format!("np.array({flags:?}, bool).reshape({shape:?})"), mask.ndim());
            (mask.into(), source, taken)
        }
        _ => (IndexItem::from(..), ":".into(), 1),
    }
}

fn indexed<T: Random>(rng: &mut Rng) {
    let shape: Vec<usize> = (0..rng.usize(1..4)).map(|_| *rng.choice(&[1, 2, 3, 4, 0]).unwrap()).collect();
    let a: Array<T> = with_layout(rng, &shape);
    let (mut index, mut source, mut at) = (Vec::new(), Vec::new(), 0);
    for _ in 0..rng.usize(1..4) {
        if rng.u8(..6) == 0 && !index.iter().any(|item| matches!(item, IndexItem::Ellipsis)) {
            index.push(IndexItem::Ellipsis);
            source.push("...".to_owned());
            continue;
        }
        let (item, text, taken) = item(rng, &a, at);
        index.push(item);
        source.push(text);
        at += taken;
    }
    let scope = Scope::new().with("a", &a);
    let text = source.join(", ");
    let ours = a.slice(&index);
    scope.check_view(ours.clone(), &format!("a[{text},]"));
    // Assignment: a value, or as many as there are places.
    let values: Array<T> = match &ours {
        Ok(part) if rng.bool() => with_layout(rng, part.shape()),
        _ => scalar(T::random(rng)),
    };
    let mut assigned = a.clone();
    let done = assigned.assign(&index, &values);
    let scope = scope.with("v", &values);
    scope.check(
        done.map(|()| assigned),
        &format!("(b := a.copy(), b.__setitem__(({},), v))[0]", py_index(&source)),
    );
}

/// Items as Python writes them outside of brackets.
fn py_index(items: &[String]) -> String {
    let slice = |item: &String| {
        if item == ":" {
            return "slice(None)".to_owned();
        }
        match item.split(':').collect::<Vec<_>>()[..] {
            [from, to, step] => format!("slice({from}, {to}, {step})"),
            _ => item.clone(),
        }
    };
    items.iter().map(slice).collect::<Vec<_>>().join(", ")
}

fn taken<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let n = a.ndim();
    let i = axis(rng, n);
    let length = a.shape().get(i.rem_euclid(n.max(1) as isize) as usize).copied().unwrap_or(1);
    let reach = length as i64 + (rng.u8(..20) == 0) as i64;
    let at_shape = if length == 0 || a.is_empty() { vec![0] } else { shape(rng, 0..3) };
    let at = from_fn(&at_shape, |_| if reach > 0 { rng.i64(-reach..reach) } else { 0 }).unwrap();
    let scope = Scope::new().with("a", &a).with("at", &at);
    scope.check(take(&a, &at, i), &format!("np.take(a, at, {i})"));
    scope.check(take(&a, &at, ..), "np.take(a, at)");
    scope.check(
        take_with(&a, &(&at * 3), i, OutOfBounds::Wrap),
        &format!("np.take(a, at * 3, {i}, mode='wrap')"),
    );
    scope.check(
        take_with(&a, &(&at * 3), i, OutOfBounds::Clip),
        &format!("np.take(a, at * 3, {i}, mode='clip')"),
    );
    let v: Array<T> = with_layout(rng, &[3]);
    let scope = scope.with("v", &v);
    let mut b = a.clone();
    let done = put(&mut b, &at, &v);
    scope.check(done.map(|()| b), "(b := a.copy(), np.put(b, at, v))[0]");
    // Along an axis, the other axes as they are or of length one.
    let mut lanes = a.shape().to_vec();
    for (k, lane) in lanes.iter_mut().enumerate() {
        if k as isize == i.rem_euclid(n.max(1) as isize) {
            *lane = rng.usize(0..4);
        } else if rng.u8(..4) == 0 {
            *lane = 1;
        }
    }
    if n > 0 {
        let along = from_fn(&lanes, |_| if reach > 0 { rng.i64(-reach..reach) } else { 0 }).unwrap();
        let scope = Scope::new().with("a", &a).with("at", &along).with("v", &v);
        scope.check(take_along_axis(&a, &along, i), &format!("np.take_along_axis(a, at, {i})"));
        let mut b = a.clone();
        let one = scalar(T::random(rng));
        let done = put_along_axis(&mut b, &along, &one, i);
        let scope = scope.with("one", &one);
        scope.check(done.map(|()| b), &format!("(b := a.copy(), np.put_along_axis(b, at, one, {i}))[0]"));
    }
    let mask: Array<bool> = with_layout(rng, a.shape());
    let flags: Array<bool> = with_layout(rng, &[length]);
    let scope = Scope::new().with("a", &a).with("mask", &mask).with("v", &v).with("flags", &flags);
    scope.check(compress(&flags, &a, i), &format!("np.compress(flags, a, {i})"));
    scope.check(extract(&mask, &a), "np.extract(mask, a)");
    let mut b = a.clone();
    let done = place(&mut b, &mask, &v);
    scope.check(done.map(|()| b), "(b := a.copy(), np.place(b, mask, v))[0]");
    let mut b = a.clone();
    let done = putmask(&mut b, &mask, &v);
    scope.check(done.map(|()| b), "(b := a.copy(), np.putmask(b, mask, v))[0]");
    scope.check(select(&[&mask], &[&a], &scalar(T::ZERO)), "np.select([mask], [a], np.zeros((), a.dtype))");
    let all = nonzero(&a);
    scope.check(Ok(flatnonzero(&a)), "np.flatnonzero(a)");
    scope.check(Ok(argwhere(&a)), "np.argwhere(a)");
    if n > 0 {
        scope.check(Ok(all[n - 1].clone()), "np.nonzero(a)[-1]");
        let selector: Array<i64> = from_fn(a.shape(), |_| rng.i64(0..2)).unwrap();
        let flipped = flip(&a, ..).unwrap();
        let scope = scope.with("which", &selector);
        let chosen = choose(&selector, &[&a, &flipped], OutOfBounds::Error);
        scope.check(chosen, "np.choose(which, [a, np.flip(a)])");
    }
    let j = axis(rng, n);
    let k = rng.isize(-3..4);
    scope.check_view(diagonal(&a, k, i, j), &format!("np.diagonal(a, {k}, {i}, {j})"));
    if a.ndim() == 2 {
        let mut b = a.clone();
        let wrap = rng.bool();
        let done = fill_diagonal(&mut b, &v, wrap);
        let python = if wrap { "True" } else { "False" };
        scope.check(done.map(|()| b), &format!("(b := a.copy(), np.fill_diagonal(b, v, {python}))[0]"));
    }
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
    let at = tril_indices(rows, k, columns).unwrap();
    scope.check(Ok(at[1].clone()), &format!("np.tril_indices({rows}, {k}, {columns})[1]"));
    let at = triu_indices(rows, k, columns).unwrap();
    scope.check(Ok(at[0].clone()), &format!("np.triu_indices({rows}, {k}, {columns})[0]"));
}

#[test]
fn positions_are_raveled_as_by_numpy() {
    numpy();
    let rng = &mut Rng::with_seed(3);
    for _ in 0..200 {
        let dims: Vec<usize> = (0..rng.usize(1..4)).map(|_| rng.usize(1..5)).collect();
        let count = dims.iter().product::<usize>() as i64;
        let end = count + i64::from(rng.u8(..20) == 0);
        let flat = from_fn([4], |_| rng.i64(0..end)).unwrap();
        let scope = Scope::new().with("flat", &flat);
        let found = unravel_index(&flat, &dims);
        let source = format!("np.stack(np.unravel_index(flat, {dims:?}))");
        scope.check(found.clone().and_then(|found| stack(&found, 0)), &source);
        if let Ok(found) = found {
            assert_eq!(ravel_multi_index(&found, &dims).unwrap(), flat);
        }
    }
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
        let scope = Scope::new().with("x", &x).with("n", &whole).with("edges", &edges);
        let least = rng.usize(0..9);
        scope.check(bincount(&whole, least), &format!("np.bincount(n, minlength={least})"));
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

/// Files that either side writes are read by the other, for every dtype and order.
#[test]
fn files_are_numpys() -> Outcome {
    numpy();
    let folder = std::env::temp_dir().join(format!("numpypy-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (npy, npz) = (folder.join("a.npy"), folder.join("a.npz"));
    let rng = &mut Rng::with_seed(4);

    fn of<T: Random + Plain>(rng: &mut Rng, npy: &std::path::Path, npz: &std::path::Path) -> Outcome {
        for _ in 0..12 {
            let a: Array<T> = array(rng);
            let scope = Scope::new().with("a", &a);
            let (npy_name, npz_name) = (format!("{:?}", npy), format!("{:?}", npz));
            save(npy, &a)?;
            scope.check(Ok(a.clone()), &format!("np.load({npy_name})"));
            for order in ["C", "F"] {
                for swap in ["", ".astype(a.dtype.newbyteorder())"] {
                    scope.eval(&format!("np.save({npy_name}, np.asarray(a, order='{order}'){swap})"))?;
                    scope.check(load::<T>(npy), "a");
                }
            }
            for function in ["savez", "savez_compressed"] {
                scope.eval(&format!("np.{function}({npz_name}, x=a, y=np.arange(3))"))?;
                let mut file = Npz::open(npz)?;
                assert_eq!(file.names(), ["x", "y"]);
                scope.check(file.get::<T>("x"), "a");
            }
            for compressed in [false, true] {
                let file = NpzWriter::create(npz)?;
                let mut file = if compressed { file.compressed() } else { file };
                file.add("x", &a)?;
                file.add("y", &arange(3)?)?;
                file.finish()?;
                scope.check(Ok(a.clone()), &format!("np.load({npz_name})['x']"));
            }
        }
        Ok(())
    }
    of::<bool>(rng, &npy, &npz)?;
    of::<u8>(rng, &npy, &npz)?;
    of::<i32>(rng, &npy, &npz)?;
    of::<i64>(rng, &npy, &npz)?;
    of::<f32>(rng, &npy, &npz)?;
    of::<f64>(rng, &npy, &npz)?;
    of::<complex128>(rng, &npy, &npz)?;

    let text = folder.join("a.txt");
    let name = format!("{:?}", text);
    for _ in 0..30 {
        let shape = [rng.usize(1..4), rng.usize(1..4)];
        let a: Array<f64> = from_fn(shape, |_| (rng.f64() - 0.5) * 10f64.powi(rng.i32(-300..300)))?;
        let scope = Scope::new().with("a", &a);
        savetxt(&text, &a, &TextOptions::default())?;
        scope.check(Ok(squeeze(&a, ..)?), &format!("np.loadtxt({name})"));
        let ours = std::fs::read_to_string(&text)?;
        scope.eval(&format!("np.savetxt({name}, a)"))?;
        assert_eq!(ours, std::fs::read_to_string(&text)?);
        scope.check(loadtxt(&text, &TextOptions::default()), &format!("np.loadtxt({name})"));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
