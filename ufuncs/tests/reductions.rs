//! Every reduction over any layout and any axes gives what a naive walk over the elements gives,
//! and the same bits on any number of threads.

mod common;

use array_core::{Array, Element, arange, from_fn, full, linspace, s, scalar, zeros};
use common::random_array;
use fastrand::Rng;
use ufuncs::{
    add, all, any, argmax, argmin, count_nonzero, max, mean, min, multiply, nanmax, nanmean, nanmin, nanstd,
    nansum, nanvar, over, prod, ptp, std, sum, var,
};

fn random_shape(rng: &mut Rng) -> Vec<usize> {
    common::random_shape(rng, 0..5, &[0, 1, 1, 2, 3, 5, 9, 17, 70, 300, 5000], 60_000)
}

/// Some axes of an array of this rank, counted from either end.
fn random_axes(rng: &mut Rng, rank: usize) -> Vec<isize> {
    let mut axes: Vec<isize> = (0..rank as isize).filter(|_| rng.bool()).collect();
    rng.shuffle(&mut axes);
    axes.iter().map(|&axis| if rng.bool() { axis } else { axis - rank as isize }).collect()
}

/// The elements of each result, in row-major order.
fn groups<T: Element>(a: &Array<T>, axes: &[isize]) -> Vec<Vec<T>> {
    let rank = a.ndim() as isize;
    let reduced = |axis: usize| axes.iter().any(|&a| a.rem_euclid(rank.max(1)) == axis as isize);
    let kept: Vec<usize> = (0..a.ndim()).filter(|&axis| !reduced(axis)).collect();
    let count = kept.iter().map(|&axis| a.shape()[axis]).product();
    let mut groups = vec![Vec::new(); count];
    for (index, &value) in a.view().indexed_iter() {
        let group = kept.iter().fold(0, |group, &axis| group * a.shape()[axis] + index[axis]);
        groups[group].push(value);
    }
    groups
}

fn check<T: Element, O: Element>(
    what: &str,
    a: &Array<T>,
    axes: &[isize],
    found: &Array<O>,
    expected: impl Fn(&[T]) -> O,
    same: impl Fn(O, O) -> bool,
) {
    let expected: Vec<O> = groups(a, axes).iter().map(|group| expected(group)).collect();
    let found = found.to_vec();
    assert_eq!(found.len(), expected.len(), "{what} of {:?} over {axes:?}", a.shape());
    for (&found, &expected) in found.iter().zip(&expected) {
        assert!(
            same(found, expected),
            "{what} of shape {:?}, strides {:?}, over {axes:?}: {found}, not {expected}",
            a.shape(),
            a.strides()
        );
    }
}

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

fn close(a: f64, b: f64) -> bool {
    same(a, b) || (a - b).abs() <= 1e-12 * (1.0 + b.abs())
}

fn variance(x: &[f64], ddof: f64) -> f64 {
    let mean = x.iter().sum::<f64>() / x.len() as f64;
    let divisor = (x.len() as f64 - ddof).max(0.0);
    x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / divisor
}

#[test]
fn floats_over_any_layout_and_axes() {
    let mut rng = Rng::with_seed(1);
    for _ in 0..150 {
        let shape = random_shape(&mut rng);
        let axes = random_axes(&mut rng, shape.len());
        let a = random_array(&mut rng, &shape, |rng| rng.f64() - 0.25);
        let axes = &axes[..];
        check("sum", &a, axes, &sum(&a, axes).unwrap(), |x| x.iter().sum::<f64>() + 0.0, close);
        check("mean", &a, axes, &mean(&a, axes).unwrap(), |x| x.iter().sum::<f64>() / x.len() as f64, close);
        check("var", &a, axes, &var(&a, axes).unwrap(), |x| variance(x, 0.0), close);
        let spread = over(axes).ddof(1);
        check("std", &a, axes, &std(&a, spread).unwrap(), |x| variance(x, 1.0).sqrt(), close);
        let near_one = &a * 1e-3 + 1.0;
        let product = |x: &[f64]| x.iter().product::<f64>();
        check("prod", &near_one, axes, &prod(&near_one, axes).unwrap(), product, |a, b| {
            same(a, b) || (a - b).abs() <= 1e-10 * b.abs()
        });
    }
}

#[test]
fn extremes_and_their_positions_over_any_layout() {
    let mut rng = Rng::with_seed(2);
    for round in 0..150 {
        let shape = random_shape(&mut rng);
        let axes = random_axes(&mut rng, shape.len());
        // Few values, so that the first of several matters; sometimes nan.
        let nans = if round % 3 == 0 { 40 } else { 100_000 };
        let value = move |rng: &mut Rng| match rng.u32(0..nans) {
            0 => f64::NAN,
            1 => f64::NEG_INFINITY,
            _ => rng.i8(..) as f64,
        };
        let a = random_array(&mut rng, &shape, value);
        let integers = a.astype::<i32>();
        let propagate = |x: &[f64], better: fn(f64, f64) -> bool| {
            x.iter().copied().reduce(|a, b| if a.is_nan() || !(b.is_nan() || better(b, a)) { a } else { b })
        };
        let ignore = |x: &[f64], better: fn(f64, f64) -> bool| {
            let numbers = x.iter().copied().filter(|x| !x.is_nan());
            numbers.reduce(|a, b| if better(b, a) { b } else { a }).unwrap_or(f64::NAN)
        };
        let position = |x: &[f64], better: fn(f64, f64) -> bool| {
            let best = propagate(x, better).unwrap();
            x.iter().position(|&x| same(x, best)).unwrap() as i64
        };
        let more = |a: f64, b: f64| a > b;
        let less = |a: f64, b: f64| a < b;
        if groups(&a, &axes).iter().all(|group| !group.is_empty()) {
            let axes = &axes[..];
            check("max", &a, axes, &max(&a, axes).unwrap(), |x| propagate(x, more).unwrap(), same);
            check("min", &a, axes, &min(&a, axes).unwrap(), |x| propagate(x, less).unwrap(), same);
            check("nanmax", &a, axes, &nanmax(&a, axes).unwrap(), |x| ignore(x, more), same);
            check("nanmin", &a, axes, &nanmin(&a, axes).unwrap(), |x| ignore(x, less), same);
            let largest = |x: &[i32]| *x.iter().max().unwrap();
            check("max", &integers, axes, &max(&integers, axes).unwrap(), largest, |a, b| a == b);
        } else {
            assert!(max(&a, &axes[..]).unwrap_err().is_value());
        }
        if !a.is_empty() {
            let whole: Vec<isize> = (0..shape.len() as isize).collect();
            check("argmax", &a, &whole, &argmax(&a, ..).unwrap(), |x| position(x, more), |a, b| a == b);
            check("argmin", &a, &whole, &argmin(&a, ..).unwrap(), |x| position(x, less), |a, b| a == b);
            for axis in 0..shape.len() as isize {
                let found = argmax(&a, axis).unwrap();
                check("argmax", &a, &[axis], &found, |x| position(x, more), |a, b| a == b);
                let first = |x: &[i32]| {
                    let least = x.iter().min().unwrap();
                    x.iter().position(|x| x == least).unwrap() as i64
                };
                let found = argmin(&integers, axis).unwrap();
                check("argmin", &integers, &[axis], &found, first, |a, b| a == b);
            }
        }
    }
}

#[test]
fn integers_and_bools_over_any_layout() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..100 {
        let shape = random_shape(&mut rng);
        let axes = random_axes(&mut rng, shape.len());
        let axes = &axes[..];
        let a = random_array(&mut rng, &shape, |rng| rng.i8(..));
        check("sum", &a, axes, &sum(&a, axes).unwrap(), |x| x.iter().map(|&x| x as i64).sum(), |a, b| a == b);
        let wrapped = |x: &[i8]| x.iter().fold(1i64, |p, &x| p.wrapping_mul(x as i64));
        check("prod", &a, axes, &prod(&a, axes).unwrap(), wrapped, |a, b| a == b);
        let average = |x: &[i8]| x.iter().map(|&x| x as f64).sum::<f64>() / x.len() as f64;
        check("mean", &a, axes, &mean(&a, axes).unwrap(), average, close);
        let b = random_array(&mut rng, &shape, |rng| rng.u8(0..10) == 0);
        check("any", &b, axes, &any(&b, axes).unwrap(), |x| x.contains(&true), |a, b| a == b);
        check("all", &b, axes, &all(&b, axes).unwrap(), |x| !x.contains(&false), |a, b| a == b);
        let count = |x: &[bool]| x.iter().filter(|x| **x).count() as i64;
        check("count_nonzero", &b, axes, &count_nonzero(&b, axes).unwrap(), count, |a, b| a == b);
        check("sum", &b, axes, &sum(&b, axes).unwrap(), count, |a, b| a == b);
    }
}

#[test]
fn nans_are_left_out() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..100 {
        let shape = random_shape(&mut rng);
        let axes = random_axes(&mut rng, shape.len());
        let axes = &axes[..];
        let a = random_array(&mut rng, &shape, |rng| if rng.u8(0..4) == 0 { f64::NAN } else { rng.f64() });
        let numbers = |x: &[f64]| x.iter().copied().filter(|x| !x.is_nan()).collect::<Vec<_>>();
        let total = |x: &[f64]| numbers(x).iter().sum::<f64>() + 0.0;
        check("nansum", &a, axes, &nansum(&a, axes).unwrap(), total, close);
        let average = |x: &[f64]| total(x) / numbers(x).len() as f64;
        check("nanmean", &a, axes, &nanmean(&a, axes).unwrap(), average, close);
        check("nanvar", &a, axes, &nanvar(&a, axes).unwrap(), |x| variance(&numbers(x), 0.0), close);
        let root = |x: &[f64]| variance(&numbers(x), 0.0).sqrt();
        check("nanstd", &a, axes, &nanstd(&a, axes).unwrap(), root, |a, b| {
            same(a, b) || (a - b).abs() < 1e-7
        });
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let mut rng = Rng::with_seed(5);
    let shapes: [&[usize]; 5] = [&[1_300_001], &[1201, 1003], &[40, 30, 1001], &[300_007, 5], &[5, 300_007]];
    for shape in shapes {
        let a = random_array(&mut rng, shape, |rng| (rng.f64() - 0.5) * 1e3f64.powi(rng.i32(-3..3)));
        let single = a.astype::<f32>();
        let on_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let mut bits = Vec::new();
                let all_axes: Vec<isize> = (0..shape.len() as isize).collect();
                let choices = all_axes.chunks(1).chain([&all_axes[..]]);
                for axes in choices {
                    bits.extend(sum(&a, axes).unwrap().to_vec());
                    bits.extend(sum(&single, axes).unwrap().astype::<f64>().to_vec());
                    bits.extend(var(&a, axes).unwrap().to_vec());
                    bits.extend(mean(&a, axes).unwrap().to_vec());
                    bits.extend(max(&a, axes).unwrap().to_vec());
                    bits.extend(prod(&a, axes).unwrap().to_vec());
                }
                bits.extend(argmax(&a, 0).unwrap().astype::<f64>().to_vec());
                bits.extend(argmin(&a, ..).unwrap().astype::<f64>().to_vec());
                bits.into_iter().map(f64::to_bits).collect::<Vec<_>>()
            })
        };
        let alone = on_threads(1);
        for threads in [2, 3, 7] {
            assert!(on_threads(threads) == alone, "{shape:?} on {threads} threads");
        }
    }
}

#[test]
fn options() -> array_core::Result<()> {
    let a = arange(6i64)?.reshape([2, 3])?;
    assert_eq!(sum(&a, over(1).keepdims())?.shape(), [2, 1]);
    assert_eq!(sum(&a, over(..).keepdims())?.shape(), [1, 1]);
    assert_eq!(sum(&a, over(..).initial(7))?.item()?, 22);
    assert_eq!(add::reduce(&a, 0)?.to_vec(), [3, 5, 7]);
    assert_eq!(multiply::reduce(&a, over(-1).initial(2))?.to_vec(), [0, 120]);
    let mask = Array::from([true, false, true]);
    assert_eq!(sum(&a, over(0).where_(&mask))?.to_vec(), [3, 0, 7]);
    assert_eq!(mean(&a, over(1).where_(&mask))?.to_vec(), [1.0, 4.0]);
    assert_eq!(max(&a, over(1).where_(&mask).initial(-1))?.to_vec(), [2, 5]);
    assert_eq!(count_nonzero(&a, over(..).where_(&mask))?.item()?, 3);
    assert_eq!(ptp(&a, 0)?.to_vec(), [3, 3, 3]);
    assert_eq!(argmax(&a, over(0).keepdims())?.shape(), [1, 3]);
    assert_eq!(sum(&scalar(2.5f64), ..)?.item()?, 2.5);
    assert_eq!(sum(&a, [])?, a);
    Ok(())
}

#[test]
fn nothing_at_all() {
    let a: Array<f64> = zeros([0, 3]).unwrap();
    assert_eq!(sum(&a, 0).unwrap().to_vec(), [0.0; 3]);
    assert!(sum(&a, ..).unwrap().item().unwrap().is_sign_positive());
    assert_eq!(sum(&a, 1).unwrap().len(), 0);
    assert_eq!(prod(&a, ..).unwrap().item().unwrap(), 1.0);
    assert!(all(&a, ..).unwrap().item().unwrap());
    assert!(mean(&a, ..).unwrap().item().unwrap().is_nan());
    assert!(var(&a, ..).unwrap().item().unwrap().is_nan());
    assert_eq!(max(&a, 1).unwrap().len(), 0);
    assert_eq!(max(&a, over(0).initial(1.0)).unwrap().to_vec(), [1.0; 3]);
}

#[test]
fn errors_say_what_is_wrong() {
    let a: Array<f64> = zeros([2, 0]).unwrap();
    let text = max(&a, 1).unwrap_err().to_string();
    assert!(
        text.starts_with("max of no elements has no result, in an array of shape [2, 0]: give an initial"),
        "{text}"
    );
    let text = argmin(&a, ..).unwrap_err().to_string();
    assert!(text.starts_with("argmin of no elements has no position"), "{text}");
    assert!(sum(&a, 2).unwrap_err().is_index());
    assert!(sum(&a, [0, -2]).unwrap_err().to_string().starts_with("duplicate value in axes [0, -2]"));
    assert!(argmax(&a, [0, 1]).unwrap_err().is_value());
    let mask = Array::from([true, false, true]);
    assert!(sum(&a, over(..).where_(&mask)).unwrap_err().is_shape());
    let mask = Array::from([true]);
    let text = max(&ones_like(), over(..).where_(&mask)).unwrap_err().to_string();
    assert!(text.contains("max needs an initial value beside a where mask"), "{text}");
}

fn ones_like() -> Array<f64> {
    full([3], 1.0).unwrap()
}

#[test]
fn broadcast_views_repeat() {
    let row: Array<f64> = linspace(0.0, 1.0, 11).unwrap();
    let many = row.broadcast_to([100_000, 11]).unwrap();
    assert!((sum(&many, ..).unwrap().item().unwrap() - 5.5e5).abs() < 1e-6);
    assert!(
        sum(&many, 0).unwrap().to_vec().iter().zip(row.to_vec()).all(|(s, x)| (s - 1e5 * x).abs() < 1e-6)
    );
    assert_eq!(max(&many, 1).unwrap(), full(100_000, 1.0).unwrap());
    assert_eq!(argmax(&many.slice(s![.., ..;-1]).unwrap(), 1).unwrap(), zeros(100_000).unwrap());
}

#[test]
fn sums_and_variances_are_exact_enough() {
    // A tenth, ten million times: adding one by one is off by 1.6e-4.
    let a: Array<f64> = full(10_000_000, 0.1).unwrap();
    assert!((sum(&a, ..).unwrap().item().unwrap() - 1e6).abs() < 1e-8);
    let single: Array<f32> = full(10_000_000, 0.1).unwrap();
    assert!((sum(&single, ..).unwrap().item().unwrap() - 1e6).abs() < 2.0);
    // A small spread far from zero.
    let a = from_fn([100_000, 3], |index| 1e9 + (index[0] % 2) as f64).unwrap();
    assert!((var(&a, ..).unwrap().item().unwrap() - 0.25).abs() < 1e-9);
    assert!(var(&a, 0).unwrap().to_vec().iter().all(|v| (v - 0.25).abs() < 1e-9));
}
