//! Positions, masks and slices that lead outside, and assignments of an array to a part of itself.

use array_core::*;

use super::{counted, fault};

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
        bincount(Array::from([1, -1]), 0) => ["-1 is negative"];
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
