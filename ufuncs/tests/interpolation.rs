//! Interpolation against a search of all points, one number at a time.

use array_core::Array;
use ufuncs::Interp;

/// The value at `x` of the line through the points, between the first two that it is between.
fn naive(x: f64, xp: &[f64], fp: &[f64], [left, right]: [f64; 2]) -> f64 {
    let last = xp.len() - 1;
    if x.is_nan() {
        return if last == 0 { fp[0] } else { x };
    }
    if x < xp[0] {
        return left;
    }
    if x > xp[last] {
        return right;
    }
    if let Some(i) = xp.iter().rposition(|&point| point == x) {
        return fp[i];
    }
    match (0..last).find(|&i| xp[i] <= x && x < xp[i + 1]) {
        Some(i) => (fp[i + 1] - fp[i]) / (xp[i + 1] - xp[i]) * (x - xp[i]) + fp[i],
        None => fp[last],
    }
}

#[test]
fn numbers_in_any_order_are_found() {
    let mut rng = fastrand::Rng::with_seed(1);
    for points in [1, 2, 3, 7, 8, 9, 100, 1000] {
        let mut xp: Vec<f64> = (0..points).map(|_| rng.f64() * 10.0).collect();
        xp.sort_by(f64::total_cmp);
        // A step, and one down to -0.0, which a sum would lose.
        let middle = points / 2;
        if points > 2 {
            xp[middle] = xp[middle - 1];
        }
        let mut fp: Vec<f64> = (0..points).map(|_| rng.f64()).collect();
        fp[middle] = -0.0;
        let line = Interp::new(&Array::from(xp.clone()), &Array::from(fp.clone())).unwrap();
        let line = line.left(-1.0).right(-2.0);
        for count in [0, 1, 5, 8, 9, 31, 200, 3000] {
            let mut x: Vec<f64> = (0..count).map(|_| rng.f64() * 12.0 - 1.0).collect();
            for i in 0..count / 4 {
                x[rng.usize(..count)] =
                    [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, xp[rng.usize(..points)]][i % 4];
            }
            for order in ["any", "rising", "falling"] {
                let found = line.at(&Array::from(x.clone())).unwrap().to_vec();
                let expected: Vec<f64> = x.iter().map(|&x| naive(x, &xp, &fp, [-1.0, -2.0])).collect();
                let bits = |values: &[f64]| -> Vec<u64> { values.iter().map(|x| x.to_bits()).collect() };
                assert_eq!(
                    bits(&found),
                    bits(&expected),
                    "{points} points, {count} numbers in {order} order"
                );
                if order == "any" { x.sort_by(f64::total_cmp) } else { x.reverse() }
            }
        }
    }
}
