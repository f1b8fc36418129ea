//! Other shapes and orders of the same elements, views where NumPy has views.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, numpy};
use crate::random::{Random, array, axis, for_dtypes};
use crate::scope::Scope;

for_dtypes! {
    arrays_are_rearranged_as_by_numpy: rearranged [f64, i16, bool, u32, complex64];
    arrays_are_reshaped_as_by_numpy: reshaped [f32, i8, complex128];
}

fn rearranged<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let scope = Scope::new().with("a", &a);
    let n = a.ndim();
    let (i, j) = (axis(rng, n), axis(rng, n));
    scope.check_view(Ok(a.ravel()), "a.ravel()");
    scope.check_view(Ok(a.flatten()), "a.flatten()");
    scope.check_view(swapaxes(&a, i, j), &format!("np.swapaxes(a, {i}, {j})"));
    scope.check_view(moveaxis(&a, i, j), &format!("np.moveaxis(a, {i}, {j})"));
    scope.check_view(moveaxis(&a, [i, j], [j, i]), &format!("np.moveaxis(a, [{i}, {j}], [{j}, {i}])"));
    scope.check_view(rollaxis(&a, i, j), &format!("np.rollaxis(a, {i}, {j})"));
    scope.check_view(squeeze(&a, ..), "np.squeeze(a)");
    scope.check_view(squeeze(&a, i), &format!("np.squeeze(a, {i})"));
    scope.check_view(expand_dims(&a, i), &format!("np.expand_dims(a, {i})"));
    scope.check_view(expand_dims(&a, [i, 1]), &format!("np.expand_dims(a, ({i}, 1))"));
    scope.check_view(flip(&a, ..), "np.flip(a)");
    scope.check_view(flip(&a, i), &format!("np.flip(a, {i})"));
    scope.check_view(flipud(&a), "np.flipud(a)");
    scope.check_view(fliplr(&a), "np.fliplr(a)");
    let k = rng.isize(-5..6);
    scope.check_view(rot90(&a, k, [i, j]), &format!("np.rot90(a, {k}, ({i}, {j}))"));
    let (s, t) = (rng.isize(-7..8), rng.isize(-7..8));
    scope.check(roll(&a, s, ..), &format!("np.roll(a, {s})"));
    scope.check(roll(&a, s, i), &format!("np.roll(a, {s}, {i})"));
    scope.check(roll(&a, [s, t], [i, j]), &format!("np.roll(a, ({s}, {t}), ({i}, {j}))"));
    scope.check_view(Ok(atleast_1d(&a)), "np.atleast_1d(a)");
    scope.check_view(Ok(atleast_2d(&a)), "np.atleast_2d(a)");
    scope.check_view(Ok(atleast_3d(&a)), "np.atleast_3d(a)");
    scope.check_view(a.reshape([-1]), "a.reshape(-1)");
    scope.check_view(a.reshape([2, -1]), "a.reshape(2, -1)");
    let w = rng.usize(0..4);
    let windows = format!("np.lib.stride_tricks.sliding_window_view(a, {w}, {i})");
    scope.check_view(sliding_window_view(&a, w, i), &windows);
}

fn reshaped<T: Random>(rng: &mut Rng) {
    let a: Array<T> = array(rng);
    let scope = Scope::new().with("a", &a);
    let n = a.ndim();
    scope.check_view(Ok(a.t()), "a.T");
    let mut order: Vec<isize> = (0..n as isize).collect();
    rng.shuffle(&mut order);
    if rng.bool() {
        order.iter_mut().for_each(|axis| *axis -= n as isize);
    }
    if rng.u8(..9) == 0 {
        order.push(0);
    }
    scope.check_view(a.transpose(&order), &format!("a.transpose({order:?})"));
    scope.check_view(permute_dims(&a, &order), &format!("np.permute_dims(a, {order:?})"));

    // Lengths split and merged, axes of length one here and there, one length left open.
    let mut shape: Vec<isize> = Vec::new();
    for &length in a.shape() {
        match rng.u8(..5) {
            0 if length == 4 => shape.extend([2, 2]),
            1 => shape.extend([length as isize, 1]),
            2 if !shape.is_empty() => *shape.last_mut().unwrap() *= length as isize,
            _ => shape.push(length as isize),
        }
    }
    match rng.u8(..5) {
        0 => shape.push(rng.isize(0..3)),
        1 if !shape.is_empty() => *rng.choice(&mut shape).unwrap() = -1,
        _ => {}
    }
    scope.check_view(a.reshape(&shape), &format!("a.reshape({shape:?})"));
    let by_columns = a.reshape_with(&shape, Order::ColumnMajor);
    scope.check_view(by_columns, &format!("a.reshape({shape:?}, order='F')"));
    scope.check_view(a.ravel_with(Order::ColumnMajor), "a.ravel(order='F')");
    scope.check_view(a.flatten_with(Order::ColumnMajor), "a.flatten(order='F')");
    if n > 1 {
        scope.check_view(matrix_transpose(&a), "np.matrix_transpose(a)");
    }

    let mut wide: Vec<usize> =
        a.shape().iter().map(|&n| if n == 1 && rng.bool() { rng.usize(0..4) } else { n }).collect();
    match rng.u8(..6) {
        0 => wide.push(2),
        1 => wide.insert(0, 0),
        2 | 3 => wide.insert(0, 2),
        _ => {}
    }
    scope.check_view(a.broadcast_to(&wide), &format!("np.broadcast_to(a, {wide:?})"));
    let axes: Vec<isize> = (0..rng.usize(0..3)).map(|_| axis(rng, n)).collect();
    if n > 0 {
        let tuple = format!("tuple({axes:?})");
        scope.check_view(squeeze(&a, &axes[..]), &format!("np.squeeze(a, {tuple})"));
        scope.check_view(flip(&a, &axes[..]), &format!("np.flip(a, {tuple})"));
        scope.check_view(expand_dims(&a, &axes[..]), &format!("np.expand_dims(a, {tuple})"));
        let windows: Vec<usize> = axes.iter().map(|_| rng.usize(0..3)).collect();
        let distinct = axes
            .iter()
            .enumerate()
            .all(|(i, x)| axes[..i].iter().all(|y| (x - y).rem_euclid(n as isize) != 0));
        // NumPy slides along one axis twice; here each is named once.
        if distinct {
            let source = format!("np.lib.stride_tricks.sliding_window_view(a, tuple({windows:?}), {tuple})");
            scope.check_view(sliding_window_view(&a, &windows, &axes[..]), &source);
        }
    }
    for (i, part) in unstack(&a, 0).unwrap_or_default().into_iter().enumerate().take(3) {
        scope.check_view(Ok(part), &format!("np.unstack(a)[{i}]"));
    }
}
