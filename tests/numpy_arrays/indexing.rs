//! Reading and writing by indices of any mixture, and taking, putting, choosing.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, numpy};
use crate::random::{Random, array, axis, for_dtypes, shape, with_layout};
use crate::scope::Scope;

for_dtypes! {
    arrays_are_indexed_as_by_numpy: indexed [f64, i32, bool, f16, complex64];
    elements_are_taken_as_by_numpy: taken [f64, i8, bool, u64, complex128];
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
    let other: Array<bool> = with_layout(rng, a.shape());
    let one = scalar(T::random(rng));
    let scope = scope.with("other", &other).with("one", &one);
    scope.check(
        select(&[&mask, &other], &[&a, &one], &scalar(T::ZERO)),
        "np.select([mask, other], [a, one], np.zeros((), a.dtype))",
    );
    let which: Array<i64> = from_fn(a.shape(), |_| rng.i64(-5..9)).unwrap();
    let scope = scope.with("which", &which);
    let both = [&a, &one];
    scope.check(choose(&which, &both, OutOfBounds::Wrap), "np.choose(which, [a, one], mode='wrap')");
    scope.check(choose(&which, &both, OutOfBounds::Clip), "np.choose(which, [a, one], mode='clip')");
    scope.check(choose(&which, &both, OutOfBounds::Error), "np.choose(which, [a, one])");
    scope.check(compress(&flags, &a, ..), "np.compress(flags, a)");
    scope.check(take_with(&a, -1, .., OutOfBounds::Wrap), "np.take(a, -1, mode='wrap')");
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
        let beyond = i64::from(rng.u8(..9) == 0);
        let rows: Vec<Array<i64>> =
            dims.iter().map(|&n| from_fn([3], |_| rng.i64(0..n as i64 + beyond)).unwrap()).collect();
        let scope = scope.with("rows", &stack(&rows, 0).unwrap());
        scope.check(ravel_multi_index(&rows, &dims), &format!("np.ravel_multi_index(tuple(rows), {dims:?})"));
        if let Ok(found) = found {
            assert_eq!(ravel_multi_index(&found, &dims).unwrap(), flat);
        }
        let (n, ndim) = (rng.usize(0..4), rng.usize(1..4));
        scope.check(
            stack(&diag_indices(n, ndim).unwrap(), 0),
            &format!("np.stack(np.diag_indices({n}, {ndim}))"),
        );
        let a: Array<f64> = with_layout(rng, &dims);
        let (first, second) = (from_fn([2], |_| rng.i64(0..dims[0] as i64)).unwrap(), arange(1).unwrap());
        let scope = Scope::new().with("a", &a).with("first", &first).with("second", &second);
        if dims.len() > 1 {
            let [first, second] = ix_([&first, &second.astype()]).unwrap();
            scope.check(a.slice(s![&first, &second]), "a[np.ix_(first, second)]");
        }
        // Assigned values are converted.
        let mut b: Array<i32> = with_layout(rng, &dims);
        let whole = from_fn(&dims, |_| rng.i8(..) as f64).unwrap();
        let scope = Scope::new().with("b", &b).with("v", &whole);
        let done = b.assign(s![..;-1], &whole);
        scope.check(done.map(|()| b), "(c := b.copy(), c.__setitem__(slice(None, None, -1), v))[0]");
    }
}
