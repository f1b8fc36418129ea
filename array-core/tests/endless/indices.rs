//! Indexing, reading and assigning.

use array_core::*;

use super::{MANY, fault, matrix, vector};

#[test]
fn indices_are_found_or_refused() {
    let (v, m, few) = (vector(1.5), matrix(1.5), arange(4.0).unwrap());
    let (positions, mask) = (vector(0i64), vector(true));
    let small = vector(0i8);
    let masks = matrix(true);
    let square = scalar(1.5).broadcast_to([1usize << 20, 1 << 20]).unwrap();
    survives! {
        v.slice(s![1..;3]);
        v.slice(s![[0, 5, -1]]);
        v.slice(s![&positions]);
        few.slice(s![&positions]);
        few.slice(s![&small]);
        few.slice(s![AnyArray::from(small.clone())]);
        few.slice(s![flip(&positions, 0)?]);
        v.slice(s![&mask]);
        v.slice(s![vector(false)]);
        m.slice(s![.., [0, 1]]);
        m.slice(s![[0, 1], ..]);
        m.slice(s![&masks]);
        m.slice(s![few.astype::<i64>(), 0]);
        v.clone().slice_mut(s![..2]).map(drop);
        v.clone().assign(s![0], &scalar(1.0));
        v.clone().assign(s![[0, 1]], &scalar(1.0));
        v.clone().assign(s![&mask], &scalar(1.0));
        few.clone().assign(s![&positions], &scalar(1.0));
        few.clone().assign(s![&small], &v);
        few.clone().assign(s![&positions], &vector(1u8));
        v.get([5]);
        v.clone().set([5], 1.0);
        v.item().or_else(|_| few.item()).or_else(|_| scalar(1.0).item());
        take(&v, [0, 1], 0);
        take(&few, &positions, 0);
        take(&few, &small, 0);
        take(&m, [0, 1], ..);
        take_with(&few, &positions, 0, OutOfBounds::Clip);
        take_with(&few, &small, .., OutOfBounds::Wrap);
        take_along_axis(&few, &positions, 0);
        take_along_axis(&v, &positions, 0);
        take_along_axis(&v, &positions, ..);
        put_along_axis(&mut v.clone(), &positions, &scalar(1.0), 0);
        put_along_axis(&mut few.clone(), &positions, &scalar(1.0), 0);
        put(&mut few.clone(), &positions, &scalar(1.0));
        put(&mut v.clone(), 0, &scalar(1.0));
        put(&mut few.clone(), 0, &v);
        place(&mut v.clone(), &mask, &few);
        place(&mut few.clone(), &Array::from([true; 4]), &v);
        putmask(&mut v.clone(), &mask, &few);
        putmask(&mut few.clone(), &Array::from([true; 4]), &v);
        compress(&mask, &v, 0);
        compress(&mask, &m, ..);
        compress(&Array::from([true, false]), &m, 0);
        extract(&mask, &v);
        choose(&positions, &[&few.slice(s![0])?, &scalar(2.0)], OutOfBounds::Error);
        choose(&small, &[&v, &v], OutOfBounds::Wrap);
        choose([0], &[&v], OutOfBounds::Clip);
        select(&[&mask], &[&v], &scalar(0.0));
        select(&[&Array::from([true])], &[&v], &scalar(0.0));
        diagonal(&m, 0, 0, 1);
        fill_diagonal(&mut m.clone(), &scalar(1.0), false);
        fill_diagonal(&mut zeros([3, 3])?, &v, true);
        unravel_index(&positions, [3, 4]);
        ravel_multi_index(&[positions.clone(), positions.clone()], [3, 4]);
        diag_indices(MANY, 2);
        diag_indices_from(&square);
        tril_indices_from(&scalar(1.5).broadcast_to([1usize << 25, 1 << 25])?, 0);
        triu_indices_from(&scalar(1.5).broadcast_to([1usize << 25, 1 << 25])?, 0);
        tril_indices(1 << 25, 0, 1 << 25);
        triu_indices(1 << 25, 0, 1 << 25);
        ix_([&positions, &few.astype()]);
        few.slice(s![&ix_([&positions])?[0]]);
    }
}
