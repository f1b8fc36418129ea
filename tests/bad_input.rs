//! What functions refuse, with the cause named: shapes, axes, and nothing to reduce. (Of arrays themselves:
//! `array-core/tests/bad_input/`.)

use numpypy::*;

/// Each expression is an error whose text contains these parts.
macro_rules! refused {
    ($($source:expr => [$($part:expr),*];)*) => {{
        $(match $source {
            Ok(_) => panic!("{} is taken", stringify!($source)),
            Err(error) => {
                let text = error.to_string();
                $(assert!(text.contains($part), "{}: no {:?} in: {text}", stringify!($source), $part);)*
            }
        })*
    }};
}

#[test]
fn nothing_to_reduce() {
    let none: Array<f64> = zeros([0]).unwrap();
    let rows: Array<f64> = zeros([2, 0]).unwrap();
    refused! {
        max(&none, ..) => ["max of no elements", "[0]", "give an initial value"];
        min(&none, ..) => ["min of no elements", "[0]"];
        max(&rows, 1) => ["max of no elements", "[2, 0]"];
        ptp(&none, ..) => ["ptp of no elements", "[0]"];
        nanmax(&none, ..) => ["nanmax of no elements"];
        argmax(&none, ..) => ["argmax of no elements", "[0]"];
        argmin(&rows, 1) => ["argmin of no elements", "[2, 0]"];
        nanargmax(&none, ..) => ["nanargmax of no elements"];
        nanargmin(&Array::from([f64::NAN]), ..) => ["All-NaN", "nanargmin", "[1]"];
        maximum::reduce(&none, 0) => ["maximum", "[0]"];
    }
    // As in NumPy: what has an identity gives it, and an axis that is left may be empty.
    assert_eq!(sum(&none, ..).unwrap().item().unwrap(), 0.0);
    assert_eq!(prod(&none, ..).unwrap().item().unwrap(), 1.0);
    assert!(mean(&none, ..).unwrap().item().unwrap().is_nan());
    assert!(median(&none, ..).unwrap().item().unwrap().is_nan());
    assert_eq!(max(&rows, 0).unwrap().shape(), [0]);
    assert_eq!(max(&none, over(..).initial(3.0)).unwrap().item().unwrap(), 3.0);
}

#[test]
fn axes_that_are_not_there() {
    let a: Array<f64> = zeros([2, 3]).unwrap();
    for axis in [2, -3, isize::MAX, isize::MIN] {
        let name = axis.to_string();
        let name = name.as_str();
        refused! {
            sum(&a, axis) => [name, "out of bounds", "2 dimension(s)"];
            argmax(&a, axis) => [name, "out of bounds"];
            median(&a, axis) => [name, "out of bounds"];
            cumsum(&a, axis) => [name, "out of bounds"];
            gradient(&a, axis, 1.0) => [name, "out of bounds"];
            add::reduce(&a, axis) => [name, "out of bounds"];
            add::accumulate(&a, axis) => [name, "out of bounds"];
        }
    }
    refused! {
        sum(&a, [0, 0]) => ["axis 0", "[0, 0]"];
        sum(&a, [1, -1]) => ["axis 1"];
        argmax(&a, [0, 1]) => ["one axis"];
        gradient(&a.slice(s![..1]).unwrap(), 0, 1.0) => ["axis 0", "too few"];
    }
}

#[test]
fn shapes_that_do_not_fit() {
    let (a, b): (Array<f64>, Array<f64>) = (zeros([2, 3]).unwrap(), zeros([4]).unwrap());
    let mut out: Array<f64> = zeros([3]).unwrap();
    refused! {
        add(&a, &b) => ["(2, 3)", "(4,)"];
        matmul(&a, &a) => ["(2, 3)"];
        where_(&Array::from([true, false]), &a, &b) => ["(2,)", "(2, 3)", "(4,)"];
        sin::out(&a, &mut out) => ["(2, 3)", "(3,)"];
        interp(&a, &b, &out) => ["(4,)", "(3,)"];
        percentile(&a, 101.0, ..) => ["101", "100"];
    }
}
