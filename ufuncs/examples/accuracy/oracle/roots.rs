//! Roots.

use super::pair::{Pair, scaled, square_root, two_product};

/// The cube root of a finite x.
pub(crate) fn cbrt(x: f64) -> (Pair, i32) {
    let (x, k) = match x.abs() {
        a if a < 1e-200 => (scaled(x, 600), -200),
        a if a > 1e200 => (scaled(x, -600), 200),
        _ => (x, 0),
    };
    let root = core_math::cbrt(x);
    let cube = two_product(root, root).times(Pair(root, 0.0));
    let rest = Pair(x, 0.0).plus(Pair(-cube.0, -cube.1));
    (Pair(root, 0.0).plus(Pair(rest.0 / (3.0 * root * root), 0.0)), k)
}

/// √(x² + y²) for finite x and y.
pub(crate) fn hypot(x: f64, y: f64) -> (Pair, i32) {
    let k = match x.abs().max(y.abs()) {
        a if a > 1e100 => 550,
        a if a < 1e-100 => -550,
        _ => 0,
    };
    let (x, y) = (scaled(x, -k), scaled(y, -k));
    (square_root(two_product(x, x).plus(two_product(y, y))), k)
}
