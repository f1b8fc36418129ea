//! Shapes that do not fit, and axes that are not there, too many or named twice.

use array_core::*;

use super::{counted, fault};

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
