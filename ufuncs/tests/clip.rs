//! Limits that are numbers have a loop of their own, and rows of them are made into one: against each element
//! alone, over layouts, in place, and over results too large for a cache.

use array_core::{Array, from_fn, s, zeros};

fn naive(x: i32, lower: i32, upper: i32) -> i32 {
    x.max(lower).min(upper)
}

fn some(shape: &[usize]) -> Array<i32> {
    let mut rng = fastrand::Rng::with_seed(1);
    from_fn(shape, |_: &[usize]| rng.i32(-100..100)).unwrap()
}

fn check(x: &Array<i32>, what: &str) {
    let expected: Vec<i32> = x.view().iter().map(|&x| naive(x, -50, 50)).collect();
    assert_eq!(ufuncs::clip(x, -50, 50).unwrap().to_vec(), expected, "{what}, fresh");
    let mut out: Array<i32> = zeros(x.shape()).unwrap();
    ufuncs::clip::out(x, -50, 50, &mut out).unwrap();
    assert_eq!(out.to_vec(), expected, "{what}");
    let mut wide: Array<f64> = zeros(x.shape()).unwrap();
    ufuncs::clip::out(x, -50, 50, &mut wide).unwrap();
    assert_eq!(wide.astype::<i32>().to_vec(), expected, "{what}, as another dtype");
}

#[test]
fn any_layout() {
    for n in [0, 1, 5, 255, 256, 257, 5000] {
        check(&some(&[n]), "contiguous");
        check(&some(&[2 * n]).slice(s![..;2]).unwrap(), "strided");
        check(&some(&[n]).slice(s![..;-1]).unwrap(), "reversed");
    }
    for shape in [[3, 4], [40, 300], [300, 40], [129, 130]] {
        check(&some(&shape).t(), "transposed");
        check(&some(&shape).slice(s![.., 1..]).unwrap(), "part of rows");
        check(&some(&[shape[1]]).broadcast_to(shape).unwrap(), "broadcast");
    }
}

#[test]
fn limits_that_are_arrays_in_part() {
    let x = some(&[70, 90]);
    let column = some(&[70, 1]);
    let row = some(&[90]);
    let expected: Vec<i32> = (0..70)
        .flat_map(|i| (0..90).map(move |j| (i, j)))
        .map(|(i, j)| naive(x.view()[[i, j]], column.view()[[i, 0]], row.view()[[j]]))
        .collect();
    assert_eq!(ufuncs::clip(&x, &column, &row).unwrap().to_vec(), expected);
    let expected: Vec<i32> = (0..70)
        .flat_map(|i| (0..90).map(move |j| (i, j)))
        .map(|(i, j)| naive(x.view()[[i, j]], column.view()[[i, 0]], 7))
        .collect();
    assert_eq!(ufuncs::clip(&x, &column, 7).unwrap().to_vec(), expected);
    let turned = some(&[90, 70]).t();
    let expected: Vec<i32> = (0..70)
        .flat_map(|i| (0..90).map(move |j| (i, j)))
        .map(|(i, j)| naive(turned.view()[[i, j]], column.view()[[i, 0]], 7))
        .collect();
    assert_eq!(ufuncs::clip(&turned, &column, 7).unwrap().to_vec(), expected, "transposed");
}

#[test]
fn results_too_large_for_a_cache() {
    check(&some(&[3_000_001]), "large");
}
