//! What cannot be done is refused with an error that names its cause: one line for each function and fault. Nothing
//! that returns a `Result` panics, aborts, or goes on for ever.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::*;

/// How a fault is found to be reported wrongly, or `None`.
fn fault<T: Debug>(source: &str, result: impl FnOnce() -> Result<T>, expected: &[&str]) -> Option<String> {
    let Ok(result) = catch_unwind(AssertUnwindSafe(result)) else { return Some(format!("{source} panics")) };
    match result {
        Ok(_) => Some(format!("{source} is taken")),
        Err(error) => {
            let text = error.to_string();
            let missing = expected.iter().find(|part| !text.contains(**part))?;
            Some(format!("{source}: no {missing:?} in: {text}"))
        }
    }
}

/// Each expression is an error whose text contains these parts. All faults are reported together.
macro_rules! refused {
    ($($source:expr => [$($part:expr),*];)*) => {{
        let faults: Vec<String> = [$(fault(stringify!($source), || $source, &[$($part),*])),*]
            .into_iter()
            .flatten()
            .collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }};
}

/// The numbers from 0 on, in a shape.
fn counted<const N: usize>(shape: [usize; N]) -> Array<i64> {
    arange(shape.iter().product::<usize>() as i64).unwrap().reshape(shape).unwrap()
}

/// More elements than any memory holds, over one: nothing must be made of each.
fn endless() -> Array<f64> {
    scalar(1.5).broadcast_to([1usize << 5, 1 << 45]).unwrap()
}

/// No element, along an axis that nothing may walk.
fn hollow() -> Array<f64> {
    zeros([1usize << 57, 0]).unwrap()
}

const HUGE: usize = usize::MAX;

#[test]
fn wrong_shapes() {
    let (v, m, cube) = (counted([3]), counted([2, 3]), counted([2, 2, 2]));
    let (two, four) = (counted([2]), counted([4]));
    let mask = Array::from([true, false]);
    let mut target = m.clone();
    refused! {
        v.reshape([4]) => ["3 element(s)", "(3,)", "(4,)"];
        m.reshape([4, -1]) => ["6 element(s)", "(2, 3)", "-1"];
        m.reshape([-1, -1]) => ["only one length", "-1"];
        m.broadcast_to([3, 3]) => ["(2, 3)", "(3, 3)", "broadcast"];
        m.broadcast_to([3]) => ["(2, 3)", "(3,)"];
        broadcast_arrays(&[&v, &two]) => ["(3,)", "(2,)"];
        broadcast_shapes(&[&[2], &[3]]) => ["(2,)", "(3,)"];
        m.item() => ["exactly one", "6", "(2, 3)"];
        target.assign(s![0], &two) => ["(2,)", "(3,)"];
        target.assign(s![[0, 1]], &cube) => ["(2, 2, 2)", "(2, 3)"];
        m.slice(s![[0, 1], [0, 1, 2]]) => ["(2,)", "(3,)", "broadcast"];
        concat(&[&v, &m], 0) => ["(3,)", "(2, 3)"];
        concat(&[&m, &counted([3, 3])], 1) => ["(2, 3)", "(3, 3)", "axis 1"];
        stack(&[&v, &two], 0) => ["(3,)", "(2,)"];
        vstack(&[&v, &two]) => ["(1, 3)", "(1, 2)"];
        hstack(&[&m, &v]) => ["(2, 3)", "(3,)"];
        dstack(&[&v, &two]) => ["(1, 3, 1)", "(1, 2, 1)"];
        column_stack(&[&v, &two]) => ["(3, 1)", "(2, 1)"];
        block(&[[&m, &m], [&m, &v]]) => ["(2, 3)", "(1, 3)"];
        append(&m, &v, 0) => ["(2, 3)", "(3,)"];
        insert(&m, 1, &two, 0) => ["(1, 2)", "(1, 3)"];
        take_along_axis(&m, &v, 1) => ["(3,)", "(2, 3)"];
        put_along_axis(&mut target, &counted([2, 1]), &cube, 1) => ["(2, 2, 2)"];
        place(&mut target, &mask, &v) => ["place", "(2, 3)", "(2,)"];
        putmask(&mut target, &mask, &v) => ["putmask", "(2, 3)", "(2,)"];
        choose([0, 1, 0], &[&two, &two], OutOfBounds::Error) => ["(2,)", "(3,)"];
        select(&[&mask], &[&v], &scalar(0)) => ["(2,)", "(3,)"];
        select(&[&mask, &mask], &[&two], &scalar(0)) => ["2 condition(s)", "1 array(s)"];
        lexsort(&[&v, &two], 0) => ["(3,)", "(2,)"];
        searchsorted(&m, &v, Side::Left) => ["vector", "(2, 3)"];
        digitize(&v, &m, false) => ["vector"];
        histogram(&v, &counted([2, 2]).astype::<f64>(), None) => ["vector", "(2, 2)"];
        bincount(&m, 0) => ["vector", "2 axes"];
        diag(&cube, 0) => ["3 axes"];
        tril(&scalar(1), 0) => ["0-d"];
        vander(&m, 2, false) => ["vector", "2 axes"];
        meshgrid(&[&m], Indexing::Xy) => ["vectors", "array 0 has 2 axes"];
        fill_diagonal(&mut counted([2, 3, 2]), &v, false) => ["(2, 3, 2)"];
        fill_diagonal(&mut counted([3]), &v, false) => ["two axes"];
        repeat(&v, [1, 2], 0) => ["3 position(s)", "2 are given"];
        pad(&m, [(1, 1); 3], PadMode::Edge) => ["2 axes", "3 are given"];
        sliding_window_view(&m, 4, 1) => ["length 4", "axis 1", "3"];
        sliding_window_view(&m, [1, 1], 0) => ["2 length(s)", "1 axes"];
        split(&four, 3, 0) => ["length 4", "3 equal parts"];
        vsplit(&v, 3) => ["vsplit", "2", "1"];
        dsplit(&m, 1) => ["dsplit", "3", "2"];
        unravel_index([7], [2, 3]) => ["position 7", "(2, 3)"];
        ravel_multi_index(std::slice::from_ref(&v), [2, 3]) => ["1 array(s)", "(2, 3)"];
        savetxt(std::env::temp_dir().join("never written"), &cube.astype(), &TextOptions::default()) => ["(2, 2, 2)"];
        moveaxis(&m, [0, 1], 0) => ["2 axes", "1 places"];
        roll(&m, [1, 2, 3], [0, 1]) => ["3 shift(s)", "2 axes"];
        partition(&v, 1, [0, 0]) => ["axis 0", "twice"];
    }
}

#[test]
fn axes_out_of_range() {
    let a = counted([2, 3]);
    let mut b = a.clone();
    let range = ["axis 2 is out of bounds", "2 dimension(s)", "-2..2"];
    let lowest = ["is out of bounds", "-2..2"];
    macro_rules! at {
        ($axis:expr, $part:expr, |$i:ident| $($source:expr;)*) => {{
            let $i: isize = $axis;
            refused! { $($source => [$part[0], $part[1]];)* }
        }};
    }
    for (axis, parts) in [(2, [range[0], range[2]]), (isize::MAX, lowest), (isize::MIN, lowest), (-3, lowest)]
    {
        at! { axis, parts, |i|
            swapaxes(&a, 0, i);
            moveaxis(&a, i, 0);
            moveaxis(&a, 0, i);
            rollaxis(&a, i, 0);
            a.transpose(&[0, i]);
            permute_dims(&a, &[i, 0]);
            squeeze(&a, i);
            flip(&a, i);
            rot90(&a, 1, [0, i]);
            roll(&a, 1, i);
            concat(&[&a, &a], i);
            append(&a, &a, i);
            split(&a, 1, i);
            array_split(&a, 1, i);
            unstack(&a, i);
            repeat(&a, 1, i);
            delete(&a, 0, i);
            insert(&a, 0, &scalar(1), i);
            sliding_window_view(&a, 1, i);
            take(&a, 0, i);
            take_along_axis(&a, &a, i);
            put_along_axis(&mut b, &a, &scalar(1), i);
            compress(&Array::from([true]), &a, i);
            diagonal(&a, 0, 0, i);
            sort(&a, i);
            argsort(&a, i);
            lexsort(&[&a], i);
            partition(&a, 0, i);
            argpartition(&a, 0, i);
        }
    }
    refused! {
        expand_dims(&a, 3) => ["axis 3 is out of bounds", "-3..3"];
        expand_dims(&a, -4) => ["axis -4 is out of bounds", "-3..3"];
        stack(&[&a], 3) => ["axis 3 is out of bounds"];
        expand_dims(&a, ..) => ["where"];
        flip(&scalar(1), 0) => ["axis 0 is out of bounds", "0-d"];
        sort(&scalar(1), -1) => ["axis -1 is out of bounds", "0-d"];
        fliplr(&arange(3).unwrap()) => ["axis 1 is out of bounds"];
    }
}

#[test]
fn repeated_axes() {
    let a = counted([2, 3, 1]);
    refused! {
        a.transpose(&[0, 1, 1]) => ["each of the array's 3 axes once", "[0, 1, 1]"];
        a.transpose(&[0, 1]) => ["each of the array's 3 axes once", "[0, 1]"];
        moveaxis(&a, [0, 0], [1, 2]) => ["axis 0 is given twice"];
        moveaxis(&a, [0, 1], [2, -1]) => ["axis 2 is given twice", "[2, -1]"];
        expand_dims(&a, [1, 1]) => ["axis 1 is given twice"];
        expand_dims(&a, [0, -5]) => ["axis 0 is given twice"];
        squeeze(&a, [2, -1]) => ["axis 2 is given twice"];
        flip(&a, [0, -3]) => ["axis 0 is given twice"];
        rot90(&a, 1, [1, 1]) => ["axis 1 is given twice"];
        diagonal(&a, 0, 1, -2) => ["1 and -2 are the same"];
        take(&a, 0, [0, 1]) => ["one axis", "2 are given"];
        sort(&a, [0, 1]) => ["one axis", "2 are given"];
    }
}

#[test]
fn sizes_that_cannot_be() {
    let a = counted([2, 3]);
    let v = arange(3.0).unwrap();
    let bytes = "more bytes than an address can count";
    refused! {
        zeros::<f64>([-2]) => ["negative", "-2"];
        zeros::<f64>([2, -1]) => ["-1 is for reshape"];
        ones::<f64>(-7) => ["negative", "-7"];
        full([i64::MIN], 1.0) => ["negative"];
        empty::<u8>([3, i32::MIN]) => ["negative"];
        a.reshape([-2, 3]) => ["negative", "-2"];
        a.broadcast_to([-1, 3]) => ["-1 is for reshape"];
        indices([-2, 2]) => ["negative"];
        tile(&a, [-2]) => ["negative"];
        sliding_window_view(&a, -2, 0) => ["negative"];
        unravel_index([0], [-3]) => ["negative"];

        zeros::<f64>([HUGE]) => ["(18446744073709551615,)", bytes];
        zeros::<u8>([HUGE / 2 + 1]) => [bytes];
        ones::<f64>([1usize << 32, 1 << 32]) => ["(4294967296, 4294967296)", bytes];
        full([HUGE, 0], 1.0) => [bytes];
        zeros::<f64>([0, 1usize << 62]) => ["(0, 4611686018427387904)", "float64", bytes];
        from_fn([HUGE, 2], |_| 1.0) => [bytes];
        a.reshape([HUGE, 3]) => [bytes];
        scalar(1).broadcast_to([HUGE, 3]) => [bytes];
        eye::<f64>(1 << 40, 1 << 40, 0) => [bytes];
        identity::<f64>(HUGE) => [bytes];
        tri::<f64>(1 << 40, 1 << 40, 0) => [bytes];
        diag(&v, isize::MIN) => [bytes];
        diag(&v, isize::MAX) => [bytes];
        diagflat(&v, isize::MAX) => [bytes];
        vander(&v, HUGE, false) => [bytes];
        arange((i64::MIN, i64::MAX)) => [bytes];
        arange(1e300) => ["arange", bytes];
        arange((0.0, 1.0, 1e-300)) => ["arange", bytes];
        linspace(0.0, 1.0, HUGE) => [bytes];
        linspace_exclusive(0.0, 1.0, HUGE) => [bytes];
        logspace(0.0, 1.0, HUGE, 10.0) => [bytes];
        geomspace(1.0, 2.0, HUGE) => [bytes];
        indices([HUGE, 2]) => [bytes];
        mgrid(&[arange(1 << 20).unwrap(), scalar(1).broadcast_to([1usize << 42]).unwrap()]) => [bytes];
        meshgrid(&[scalar(1).broadcast_to([1usize << 40]).unwrap(), scalar(1).broadcast_to([1usize << 40]).unwrap()], Indexing::Ij) => [bytes];
        repeat(&v, HUGE, 0) => [bytes];
        repeat(&v, [HUGE, 1, 1], 0) => [bytes];
        tile(&v, HUGE) => [bytes];
        tile(&v, [1usize << 62, 2]) => [bytes];
        pad(&v, HUGE, PadMode::Edge) => [bytes];
        pad(&v, HUGE / 2, PadMode::Constant(0.0)) => [bytes];
        diag_indices(HUGE, 2) => [bytes];
        tril_indices(1 << 40, 0, 1 << 40) => [bytes];
        triu_indices(1 << 40, 0, 1 << 40) => [bytes];
        unravel_index([0], [HUGE, 2]) => [bytes];
        ravel_multi_index(&[arange(1).unwrap(), arange(1).unwrap()], [HUGE, 2]) => [bytes];
        bincount(&Array::from([i64::MAX]), 0) => [bytes];
        bincount(&Array::from([0]), HUGE) => [bytes];
        histogram(&v, HUGE, None) => [bytes];
        histogram(&v, BinRule::Sqrt, Some((0.0, 1e300))) => [bytes];
        histogram_bin_edges(&v, HUGE, None) => [bytes];
        sliding_window_view(&scalar(1).broadcast_to([1usize << 40]).unwrap(), 1usize << 39, 0) => [bytes];
        concat(&[&zeros::<u8>([1usize << 62, 0]).unwrap(), &zeros([1usize << 62, 0]).unwrap()], 0) => [bytes];
    }
}

/// Sizes that an address can count, but no machine has.
#[test]
fn memory_that_is_not_there() {
    let (e, memory) = (endless(), "the system has no");
    let mask = scalar(true).broadcast_to(e.shape()).unwrap();
    let positions = scalar(0i64).broadcast_to([1usize << 50]).unwrap();
    let one = arange(1.0).unwrap();
    refused! {
        zeros::<f64>([1usize << 50]) => [memory];
        full([1usize << 50], 1.0) => [memory];
        arange(1i64 << 50) => [memory];
        linspace(0.0, 1.0, 1 << 50) => [memory];
        eye::<f64>(1 << 25, 1 << 25, 0) => [memory];
        tri::<f64>(1 << 25, 1 << 25, 0) => [memory];
        tril(&e, 0) => [memory];
        e.reshape([1usize << 50]).and_then(|flat| flat.t().slice(s![..;2])?.reshape([2, -1])).and_then(|a| sort(&a, 0)) => [memory];
        concat(&[&e, &e], 0) => [memory];
        stack(&[&e, &e], 0) => [memory];
        hstack(&[&e, &e]) => [memory];
        tile(&e, 2) => [memory];
        repeat(&e, 2, 0) => [memory];
        roll(&e, 1, 0) => [memory];
        pad(&e, 1, PadMode::Edge) => [memory];
        delete(&e, 0, 0) => [memory];
        insert(&e, 0, &scalar(1.5), 0) => [memory];
        e.slice(s![[0, 1], ..]) => [memory];
        one.slice(s![&positions]) => [memory];
        e.slice(s![&mask]) => [memory];
        take(&one, &positions, 0) => [memory];
        take_with(&one, &positions, 0, OutOfBounds::Wrap) => [memory];
        take_along_axis(&one, &positions, 0) => [memory];
        put(&mut one.clone(), &positions, &one) => [memory];
        sort(&e, 0) => [memory];
        argsort(&e, 0) => [memory];
        lexsort(&[&e], 0) => [memory];
        partition(&e, 0, 0) => [memory];
        argpartition(&e, 0, 0) => [memory];
        searchsorted(&one, &e, Side::Left) => [memory];
        e.clone().assign(s![0, 0], &scalar(1.0)) => [memory];
        e.clone().assign(s![[0], 0], &scalar(1.0)) => [memory];
        e.clone().set([0, 0], 1.0) => [memory];
        e.clone().slice_mut(s![0]).map(drop) => [memory];
        put_along_axis(&mut e.clone(), &counted([1, 1]), &scalar(1.0), 0) => [memory];
        fill_diagonal(&mut e.clone(), &scalar(1.0), false) => [memory];
        digitize(&e, &one, false) => [memory];
        choose(&positions, &[&one], OutOfBounds::Error) => [memory];
        select(&[&mask], &[&e], &scalar(0.0)) => [memory];
        extract(&mask, &e) => [memory];
        compress(&Array::from([true]), &e, 0) => [memory];
        compress(&scalar(true).broadcast_to([1usize << 50]).unwrap(), &e, ..) => [memory];
        array_split(&one, 1 << 58, 0) => [memory];
        unstack(&hollow(), 0) => [memory];
    }
}

#[test]
fn long_axes_without_elements() {
    let h = hollow();
    let length = 1isize << 57;
    assert_eq!(eye::<u8>(1 << 60, 0, 0).unwrap().len(), 0);
    assert_eq!(pad(&h, [(1, 1), (0, 0)], PadMode::LinearRamp(0.0)).unwrap().shape()[0], (1 << 57) + 2);
    assert_eq!(pad(&h, [(1 << 56, 0), (0, 0)], PadMode::Wrap).unwrap().len(), 0);
    assert_eq!(roll(&h, 1, 0).unwrap().len(), 0);
    let mut many = vec![2usize; 60];
    many.push(0);
    assert_eq!(
        roll(&zeros::<u8>(&many[..]).unwrap(), &[1isize; 60][..], &Vec::from_iter(0..60isize)[..])
            .unwrap()
            .len(),
        0
    );
    assert_eq!(flip(&h, ..).unwrap().len(), 0);
    assert_eq!(sort(&h, 0).unwrap().len(), 0);
    assert_eq!(h.slice(s![..;7]).unwrap().len(), 0);
    assert_eq!(tile(&h, 3).unwrap().len(), 0);
    assert_eq!(h.reshape([0, 5]).unwrap().len(), 0);
    assert_eq!(concat(&[&h, &h], 0).unwrap().shape()[0], 1 << 58);
    assert_eq!(nonzero(&h)[0].len(), 0);
    assert_eq!(h.slice(s![length - 1]).unwrap().len(), 0);
    assert_eq!(h.to_string(), "[]");
    assert_eq!(tril(&h, 0).unwrap().len(), 0);
    assert_eq!(split(&h, 4, 0).unwrap().len(), 4);
    assert!(fill_diagonal(&mut zeros::<u8>([0, 1usize << 62]).unwrap(), &scalar(1), false).is_ok());
}

#[test]
fn nothing_to_work_on() {
    let none: Array<f64> = zeros(0).unwrap();
    refused! {
        concat::<f64, Array<f64>>(&[], 0) => ["at least one"];
        stack::<f64, Array<f64>>(&[], 0) => ["at least one"];
        vstack::<f64, Array<f64>>(&[]) => ["at least one"];
        hstack::<f64, Array<f64>>(&[]) => ["at least one"];
        dstack::<f64, Array<f64>>(&[]) => ["at least one"];
        column_stack::<f64, Array<f64>>(&[]) => ["at least one"];
        block::<f64, [Array<f64>; 0], Array<f64>>(&[]) => ["at least one"];
        lexsort::<f64, Array<f64>>(&[], 0) => ["at least one"];
        choose::<f64, Array<f64>>([0], &[], OutOfBounds::Wrap) => ["choose"];
        select::<f64, Array<f64>, Array<bool>>(&[], &[], &scalar(0.0)) => ["at least one"];
        none.item() => ["exactly one", "0"];
        take(&none, 0, 0) => ["index 0 is out of bounds", "0 element(s)"];
        take_with(&none, 0, 0, OutOfBounds::Wrap) => ["no element"];
        partition(&none, 0, 0) => ["index 0 is out of bounds"];
        pad(&none, 1, PadMode::Edge) => ["no elements"];
        split(&none, 0, 0) => ["0 parts"];
        array_split(&none, 0, 0) => ["0 parts"];
        place(&mut arange(3.0).unwrap(), &Array::from([true; 3]), &none) => ["no values"];
        putmask(&mut arange(3.0).unwrap(), &Array::from([true; 3]), &none) => ["no values"];
        histogram(&none, 0, None) => ["at least one bin"];
        unravel_index([0], [0, 3]) => ["position 0", "0 element(s)"];
    }
    // As in NumPy.
    assert_eq!(sort(&none, 0).unwrap().len(), 0);
    assert_eq!(unique(&none).unwrap().len(), 0);
    assert_eq!(histogram(&none, 2, None).unwrap().edges.to_vec(), [0.0, 0.5, 1.0]);
    assert_eq!(bincount(&zeros(0).unwrap(), 2).unwrap().to_vec(), [0, 0]);
    assert_eq!(searchsorted(&none, &scalar(1.0), Side::Left).unwrap().item().unwrap(), 0);
}

#[test]
fn masks_of_the_wrong_length() {
    let (v, m) = (counted([3]), counted([2, 3]));
    let mask = Array::from([true, false, true, true]);
    let square = array![[true, false], [false, true]];
    let mut target = m.clone();
    refused! {
        v.slice(s![&mask]) => ["(4,)", "axis 0", "4 element(s)", "has 3"];
        m.slice(s![.., &mask]) => ["(4,)", "axis 1 of the array", "has 3"];
        m.slice(s![&square]) => ["(2, 2)", "axis 1 has 2", "(2, 3)", "has 3"];
        v.slice(s![&square]) => ["takes 2 axes"];
        target.assign(s![&square], &scalar(1)) => ["(2, 2)", "(2, 3)"];
        delete(&v, &mask, 0) => ["axis 0", "(3,)", "(4,)"];
        compress(&mask, &v, 0) => ["index 3 is out of bounds", "3 element(s)"];
        extract(&mask, &v) => ["index 3 is out of bounds"];
        v.slice(s![scalar(true)]) => ["no axes"];
    }
}

#[test]
fn indices_out_of_bounds() {
    let (v, m) = (counted([3]), counted([2, 3]));
    let mut target = m.clone();
    for i in [3, -4, i64::MAX, i64::MIN] {
        let at = i.to_string();
        let at = at.as_str();
        refused! {
            v.slice(s![i]) => ["index", at, "out of bounds", "axis 0", "3 element(s)"];
            m.slice(s![.., i]) => [at, "axis 1", "3 element(s)"];
            v.slice(s![[0, i]]) => [at, "axis 0", "3 element(s)"];
            v.get([i as isize]) => [at, "axis 0"];
            target.set([0, i as isize], 1) => [at, "axis 1"];
            target.assign(s![.., i], &scalar(1)) => [at, "axis 1"];
            target.assign(s![.., [i]], &scalar(1)) => [at, "axis 1"];
            target.slice_mut(s![.., i]) => [at, "axis 1"];
            take(&v, i, 0) => [at, "3 element(s)"];
            take_along_axis(&v, &Array::from([i]), 0) => [at, "3 element(s)"];
            put_along_axis(&mut v.clone(), &Array::from([i]), &scalar(1), 0) => [at, "3 element(s)"];
            put(&mut v.clone(), i, &v) => [at, "3 element(s)"];
            choose(i, &[&v, &v, &v], OutOfBounds::Error) => [at, "3 element(s)"];
            delete(&v, i as isize, 0) => [at, "3 element(s)"];
            partition(&v, i as isize, 0) => [at, "3 element(s)"];
            argpartition(&v, i as isize, 0) => [at, "3 element(s)"];
            unravel_index(i, [3]) => [at, "3 element(s)"];
            ravel_multi_index(&[Array::from([i])], [3]) => [at, "axis 0"];
        }
        // 3 is where the array ends: there can be inserted.
        if i != 3 {
            refused! { insert(&v, i as isize, &scalar(1), 0) => [at, "3 element(s)"]; }
        }
    }
    refused! {
        m.slice(s![0, 0, 0]) => ["too many indices", "takes 3 axes", "has 2", "(2, 3)"];
        m.slice(s![..., 0, ...]) => ["more than one ellipsis"];
        m.get([0]) => ["(2, 3)", "2 position(s)", "not 1"];
        target.slice_mut(s![[0, 1]]) => ["cannot be seen as a view"];
        bincount(&Array::from([1, -1]), 0) => ["-1 is negative"];
    }
}

#[test]
fn extreme_positions_and_steps() {
    let v = counted([3]);
    let m = counted([2, 3]);
    for (far, steps) in [(isize::MIN, [isize::MIN, -3]), (isize::MAX, [isize::MAX, 3])] {
        for step in steps {
            let part = v.slice([IndexItem::from(..).step(step)]).unwrap();
            assert_eq!(part.to_vec(), [if step < 0 { 2 } else { 0 }]);
        }
        let (to, from) = (v.slice(s![..far]).unwrap(), v.slice(s![far..]).unwrap());
        assert_eq!((to.len(), from.len()), if far < 0 { (0, 3) } else { (3, 0) });
        assert_eq!(eye::<u8>(2, 2, far).unwrap().to_vec(), [0; 4]);
        assert_eq!(tri::<u8>(2, 2, far).unwrap().to_vec(), [u8::from(far > 0); 4]);
        assert_eq!(diagonal(&m, far, 0, 1).unwrap().len(), 0);
        assert_eq!(tril(&m, far).unwrap().to_vec(), if far < 0 { vec![0; 6] } else { m.to_vec() });
        assert_eq!(triu(&m, far).unwrap().to_vec(), if far > 0 { vec![0; 6] } else { m.to_vec() });
        assert_eq!(rot90(&m, far, [0, 1]).unwrap(), rot90(&m, far.rem_euclid(4), [0, 1]).unwrap());
        assert_eq!(roll(&v, far, 0).unwrap(), roll(&v, far.rem_euclid(3), 0).unwrap());
        let twice = (far.rem_euclid(3) * 2).rem_euclid(3);
        assert_eq!(roll(&v, [far, far], [0, 0]).unwrap(), roll(&v, twice, 0).unwrap());
        assert_eq!(roll(&v, [far, far], ..).unwrap(), roll(&v, twice, 0).unwrap());
        let parts = split(&v, [far], 0).unwrap();
        assert_eq!(parts.iter().map(Array::len).collect::<Vec<_>>(), if far < 0 { [0, 3] } else { [3, 0] });
        let wrapped = take_with(&v, far, 0, OutOfBounds::Wrap).unwrap();
        assert_eq!(wrapped.item().unwrap(), (far as i64).rem_euclid(3));
        let clipped = take_with(&v, far, 0, OutOfBounds::Clip).unwrap();
        assert_eq!(clipped.item().unwrap(), if far < 0 { 0 } else { 2 });
        assert_eq!(triu_indices(2, far, 2).unwrap()[0].len(), if far < 0 { 4 } else { 0 });
        assert_eq!(delete(&v, s![far..], 0).unwrap().len(), if far < 0 { 0 } else { 3 });
    }
    refused! {
        v.slice(s![..;0]) => ["step", "zero"];
        delete(&v, s![..;0], 0) => ["step", "zero"];
        arange((0, 5, 0)) => ["step other than zero"];
        arange((0.0, 5.0, 0.0)) => ["step other than zero"];
        arange((0.0, f64::NAN)) => ["arange"];
        geomspace(0.0, 5.0, 3) => ["not zero"];
        geomspace(-1.0, 5.0, 3) => ["one sign"];
    }
    assert_eq!(arange((i64::MIN, i64::MAX, i64::MAX)).unwrap().to_vec(), [i64::MIN, -1, i64::MAX - 1]);
    assert_eq!(arange((5, 0, i64::MIN)).unwrap().to_vec(), [5]);
}

#[test]
fn nan_is_last_and_no_edge() {
    let nan = f64::NAN;
    let a = Array::from([nan, 1.0, nan, 0.0]);
    assert_eq!(sort(&a, 0).unwrap().to_vec()[..2], [0.0, 1.0]);
    assert_eq!(unique(&a).unwrap().len(), 3, "all nan are one");
    assert_eq!(unique_values(&a).unwrap().len(), 4, "each nan is its own");
    let sorted = sort(&a, 0).unwrap();
    assert_eq!(searchsorted(&sorted, &Array::from([nan, 9.0]), Side::Left).unwrap().to_vec(), [2, 2]);
    assert_eq!(searchsorted(&sorted, &scalar(nan), Side::Right).unwrap().item().unwrap(), 4);
    assert_eq!(isin(&a, &a).unwrap().to_vec(), [false, true, false, true]);
    assert_eq!(histogram(&a, 2, Some((0.0, 1.0))).unwrap().counts.to_vec(), [1, 1], "they fall into no bin");
    refused! {
        histogram(&a, 2, None) => ["NaN", "not finite", "give a range"];
        histogram(&Array::from([1.0, f64::INFINITY]), 2, None) => ["inf", "not finite"];
        histogram(&a, 2, Some((0.0, nan))) => ["NaN", "not finite"];
        histogram(&a, 2, Some((1.0, 0.0))) => ["ends, at 0", "begins, at 1"];
        histogram(&a, BinRule::Auto, None) => ["not finite"];
        histogram(&a, &Array::from([1.0, 0.0]), None) => ["ascend", "edge 1 is 0", "less than 1"];
        digitize(&a, &Array::from([1.0, 0.0, 2.0]), false) => ["ascend or descend"];
    }
}

/// Both sides are one memory: the values are those from before.
#[test]
fn assignments_that_overlap() {
    for n in [2, 5, 1000] {
        let fresh = || arange(n).unwrap();
        let before: Vec<i32> = (0..n).collect();
        let mut a = fresh();
        let part = a.slice(s![..-1]).unwrap();
        a.assign(s![1..], &part).unwrap();
        assert_eq!(a.to_vec()[1..], before[..before.len() - 1]);

        let mut a = fresh();
        let part = a.slice(s![1..]).unwrap();
        a.assign(s![..-1], &part).unwrap();
        assert_eq!(a.to_vec()[..before.len() - 1], before[1..]);

        let mut a = fresh();
        let reversed = a.slice(s![..;-1]).unwrap();
        a.assign(s![..], &reversed).unwrap();
        assert!(a.to_vec().iter().rev().eq(&before));

        let mut a = fresh();
        let itself = a.clone();
        a.assign(s![itself.slice(s![..;-1]).unwrap()], &itself).unwrap();
        assert!(a.to_vec().iter().rev().eq(&before));
    }
    let mut square = counted([3, 3]);
    let turned = square.t();
    square.assign(s![...], &turned).unwrap();
    assert_eq!(square, counted([3, 3]).t());
}

/// NumPy ends at 64 axes. Here there may be more.
#[test]
fn any_number_of_axes() {
    for ndim in [32, 63, 64, 65, 100, 300] {
        let mut shape = vec![1; ndim];
        (shape[0], shape[ndim / 2], shape[ndim - 1]) = (2, 3, 2);
        let a = arange(12).unwrap().reshape(&shape).unwrap();
        assert_eq!(a.ndim(), ndim);
        assert_eq!(a.t().t(), a);
        assert_eq!(a.t().copy().t(), a);
        assert_eq!((&a + &a).sum_of(), 132);
        assert_eq!(a.slice(s![1, ..., 0]).unwrap().to_vec(), [6, 8, 10]);
        assert_eq!(a.slice(s![[1, 0], ..., 0]).unwrap().to_vec(), [6, 8, 10, 0, 2, 4]);
        assert_eq!(squeeze(&a, ..).unwrap().shape(), [2, 3, 2]);
        assert_eq!(concat(&[&a, &a], -1).unwrap().len(), 24);
        assert_eq!(flip(&a, ..).unwrap().to_vec()[0], 11);
        assert_eq!(sort(&flip(&a, -1).unwrap(), -1).unwrap(), a);
        assert_eq!(moveaxis(&a, 0, -1).unwrap().shape()[ndim - 1], 2);
        assert_eq!(expand_dims(&a, 0).unwrap().ndim(), ndim + 1);
        assert_eq!(take(&a, [0, 1], 0).unwrap(), a);
        assert_eq!(roll(&a, 12, ..).unwrap(), a);
        assert_eq!(pad(&a, 0, PadMode::Edge).unwrap(), a);
        assert!(a.to_string().ends_with(&"]".repeat(ndim)));
        let mut bytes = Vec::new();
        write_npy(&mut bytes, &a).unwrap();
        assert_eq!(read_npy::<i32>(&mut &bytes[..]).unwrap(), a);
        let mut b = a.clone();
        b.assign(s![0], &scalar(7)).unwrap();
        assert_eq!(b.to_vec()[..7], [7, 7, 7, 7, 7, 7, 6]);
    }
}

trait SumOf {
    fn sum_of(&self) -> i32;
}
impl SumOf for Array<i32> {
    fn sum_of(&self) -> i32 {
        self.to_vec().iter().sum()
    }
}
