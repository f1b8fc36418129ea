//! Sizes that no memory has, or that are none.

use array_core::*;

use super::{counted, fault};

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
        bincount(Array::from([i64::MAX]), 0) => [bytes];
        bincount(Array::from([0]), HUGE) => [bytes];
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
    assert_eq!(bincount(zeros::<i64>(0).unwrap(), 2).unwrap().to_vec(), [0, 0]);
    assert_eq!(searchsorted(&none, &scalar(1.0), Side::Left).unwrap().item().unwrap(), 0);
}
