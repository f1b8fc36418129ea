//! Values that are no numbers, where order or bins are asked for.

use array_core::*;

use super::fault;

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
