//! Running sums and the methods `reduce`, `accumulate` and `reduceat` over any layout and axis give what
//! a naive walk over the elements gives, and the same bits on any number of threads.

mod common;

use array_core::{Array, Element, Result, arange, complex128, f16, from_fn, s, scalar, zeros};
use common::random_array;
use fastrand::Rng;
use ufuncs::{
    add, arctan2, bitwise_and, bitwise_xor, cumprod, cumsum, cumulative_prod, cumulative_sum, divide, equal,
    fmax, gcd, hypot, lcm, logaddexp, logical_and, logical_xor, maximum, minimum, multiply, nanargmax,
    nanargmin, nancumprod, nancumsum, nanmean, nanvar, over, power, std, subtract, sum, var,
};

fn random_shape(rng: &mut Rng) -> Vec<usize> {
    common::random_shape(rng, 1..4, &[0, 1, 2, 3, 5, 9, 17, 70, 300], 30_000)
}

/// The runs of elements along an axis, in row-major order of the others.
fn runs<T: Element>(a: &Array<T>, axis: usize) -> Vec<Vec<T>> {
    let last = (0..a.ndim() as isize).filter(|&i| i != axis as isize).chain([axis as isize]);
    let rows = a.transpose(&last.collect::<Vec<_>>()).unwrap();
    let count = if a.shape()[axis] == 0 { 0 } else { a.len() / a.shape()[axis] };
    let flat = rows.to_vec();
    (0..count).map(|i| flat[i * a.shape()[axis]..][..a.shape()[axis]].to_vec()).collect()
}

fn check_runs<T: Element, O: Element>(
    what: &str,
    a: &Array<T>,
    axis: usize,
    found: &Array<O>,
    expected: impl Fn(&[T]) -> Vec<O>,
) {
    // nan is as good as nan.
    let text = |runs: Vec<Vec<O>>| format!("{runs:?}");
    let expected: Vec<Vec<O>> = runs(a, axis).iter().map(|run| expected(run)).collect();
    let found = if expected.iter().all(Vec::is_empty) { expected.clone() } else { runs(found, axis) };
    assert!(
        text(found) == text(expected),
        "{what} of shape {:?}, strides {:?}, along {axis}",
        a.shape(),
        a.strides()
    );
}

/// Each with all before it, from the left.
fn scanned<T: Copy>(run: &[T], f: impl Fn(T, T) -> T) -> Vec<T> {
    let mut state = None;
    let mut next = |&x: &T| {
        state = Some(state.map_or(x, |state| f(state, x)));
        state.unwrap()
    };
    run.iter().map(&mut next).collect()
}

/// The segments of `reduceat`, each folded.
fn segments<T: Copy>(run: &[T], indices: &[usize], f: impl Fn(T, T) -> T) -> Vec<T> {
    let end = |i: usize| indices.get(i + 1).copied().unwrap_or(run.len());
    let segment =
        |i: usize| if end(i) > indices[i] { &run[indices[i]..end(i)] } else { &run[indices[i]..][..1] };
    (0..indices.len()).map(|i| segment(i).iter().copied().reduce(&f).unwrap()).collect()
}

#[test]
fn running_sums_over_any_layout() {
    let mut rng = Rng::with_seed(1);
    for _ in 0..200 {
        let shape = random_shape(&mut rng);
        let axis = rng.usize(0..shape.len());
        let along = if rng.bool() { axis as isize } else { axis as isize - shape.len() as isize };
        let a =
            random_array(&mut rng, &shape, |rng| if rng.u8(..) == 0 { f64::NAN } else { rng.f64() - 0.25 });
        let wide = |run: &[f64]| run.iter().map(|&x| if x.is_nan() { 0.0 } else { x }).collect::<Vec<_>>();
        check_runs("cumsum", &a, axis, &cumsum(&a, along).unwrap(), |run| scanned(run, |a, b| a + b));
        check_runs("cumprod", &a, axis, &cumprod(&a, along).unwrap(), |run| scanned(run, |a, b| a * b));
        check_runs("nancumsum", &a, axis, &nancumsum(&a, along).unwrap(), |run| {
            scanned(&wide(run), |a, b| a + b)
        });
        let ones = |run: &[f64]| run.iter().map(|&x| if x.is_nan() { 1.0 } else { x }).collect::<Vec<_>>();
        check_runs("nancumprod", &a, axis, &nancumprod(&a, along).unwrap(), |run| {
            scanned(&ones(run), |a, b| a * b)
        });
        let larger = |a: f64, b: f64| if a.is_nan() || a >= b { a } else { b };
        let found = maximum::accumulate(&a, along).unwrap();
        check_runs("maximum.accumulate", &a, axis, &found, |run| scanned(run, larger));
        let i: Array<i32> = random_array(&mut rng, &shape, |rng| rng.i32(..));
        let wide = |run: &[i32]| run.iter().map(|&x| x as i64).collect::<Vec<_>>();
        check_runs("cumsum", &i, axis, &cumsum(&i, along).unwrap(), |run| {
            scanned(&wide(run), i64::wrapping_add)
        });
        check_runs("minimum.accumulate", &i, axis, &minimum::accumulate(&i, along).unwrap(), |run| {
            scanned(run, i32::min)
        });
        let flat = cumsum(&i, ..).unwrap();
        assert_eq!(flat.to_vec(), scanned(&wide(&i.to_vec()), i64::wrapping_add));
        let longer = cumulative_sum(&i, along, true).unwrap();
        check_runs("cumulative_sum", &i, axis, &longer, |run| {
            scanned(&[&[0], &wide(run)[..]].concat(), i64::wrapping_add)
        });
    }
}

#[test]
fn folds_by_kernels_over_any_layout() {
    let mut rng = Rng::with_seed(2);
    for _ in 0..150 {
        let shape = random_shape(&mut rng);
        let axis = rng.usize(0..shape.len());
        let along = axis as isize;
        let a = random_array(&mut rng, &shape, |rng| 1.0 + rng.f64());
        let i: Array<i64> = random_array(&mut rng, &shape, |rng| rng.i64(-60..60));
        let b = random_array(&mut rng, &shape, |rng| rng.bool());
        let last = |run: Vec<f64>| run.last().map(|&x| vec![x]).unwrap();
        let shorter = over(along).keepdims();
        if shape[axis] > 0 && !shape.contains(&0) {
            let found = subtract::reduce(&a, shorter.clone()).unwrap();
            check_runs("subtract.reduce", &a, axis, &found, |run| last(scanned(run, |a, b| a - b)));
            let found = divide::reduce(&i, over(along).keepdims()).unwrap();
            check_runs("divide.reduce", &i, axis, &found, |run| {
                let run: Vec<f64> = run.iter().map(|&x| x as f64).collect();
                last(scanned(&run, |a, b| a / b))
            });
            let found = lcm::reduce(&i, over(along).keepdims()).unwrap();
            assert_eq!(found.shape().len(), shape.len());
            let odd = logical_xor::reduce(&i, over(along).keepdims()).unwrap();
            check_runs("logical_xor.reduce", &i, axis, &odd, |run| {
                vec![run.iter().filter(|&&x| x != 0).count() % 2 == 1]
            });
            let found = equal::reduce(&b, over(along).keepdims()).unwrap();
            check_runs("equal.reduce", &b, axis, &found, |run| {
                vec![*scanned(run, |a, b| a == b).last().unwrap()]
            });
            // The mask leaves elements out, and needs something to begin with.
            let found = subtract::reduce(&a, over(along).keepdims().initial(100.0).where_(&b)).unwrap();
            let pairs = ufuncs::where_(&b, &a, f64::NAN).unwrap();
            check_runs("subtract.reduce of some", &pairs, axis, &found, |run| {
                vec![run.iter().filter(|x| !x.is_nan()).fold(100.0, |a, b| a - b)]
            });
            let indices: Vec<usize> = (0..rng.usize(0..6)).map(|_| rng.usize(0..shape[axis])).collect();
            let found = subtract::reduceat(&a, &indices, along).unwrap();
            check_runs("subtract.reduceat", &a, axis, &found, |run| segments(run, &indices, |a, b| a - b));
            let found = add::reduceat(&i, &indices, along).unwrap();
            check_runs("add.reduceat", &i, axis, &found, |run| segments(run, &indices, i64::wrapping_add));
            let found = bitwise_xor::reduceat(&i, &indices, along).unwrap();
            check_runs("bitwise_xor.reduceat", &i, axis, &found, |run| segments(run, &indices, |a, b| a ^ b));
        }
        let found = subtract::accumulate(&a, along).unwrap();
        check_runs("subtract.accumulate", &a, axis, &found, |run| scanned(run, |a, b| a - b));
        let found = bitwise_xor::accumulate(&i, along).unwrap();
        check_runs("bitwise_xor.accumulate", &i, axis, &found, |run| scanned(run, |a, b| a ^ b));
        let found = bitwise_and::reduce(&i, over(along).keepdims()).unwrap();
        check_runs("bitwise_and.reduce", &i, axis, &found, |run| vec![run.iter().fold(-1, |a, b| a & b)]);
    }
}

#[test]
fn functions_of_floats_fold_like_their_elements() {
    let mut rng = Rng::with_seed(3);
    for shape in [&[40usize][..], &[30, 7], &[7, 300], &[3, 40, 5]] {
        let a = random_array(&mut rng, shape, |rng| 1.0 + rng.f64());
        for axis in 0..shape.len() {
            let along = axis as isize;
            let step = |f: fn(&Array<f64>, &Array<f64>) -> Result<Array<f64>>| {
                move |run: &[f64]| scanned(run, |a, b| f(&scalar(a), &scalar(b)).unwrap().item().unwrap())
            };
            check_runs("hypot", &a, axis, &hypot::accumulate(&a, along).unwrap(), step(|a, b| hypot(a, b)));
            check_runs("power", &a, axis, &power::accumulate(&a, along).unwrap(), step(|a, b| power(a, b)));
            let found = arctan2::accumulate(&a, along).unwrap();
            check_runs("arctan2", &a, axis, &found, step(|a, b| arctan2(a, b)));
            let found = hypot::reduce(&a, over(along).keepdims()).unwrap();
            let by_steps = step(|a, b| hypot(a, b));
            check_runs("hypot.reduce", &a, axis, &found, |run| vec![*by_steps(run).last().unwrap()]);
            let found = logaddexp::accumulate(&a, along).unwrap();
            check_runs("logaddexp", &a, axis, &found, step(|a, b| logaddexp(a, b)));
        }
    }
}

#[test]
fn masks_leave_elements_out() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..60 {
        let shape = random_shape(&mut rng);
        if shape.contains(&0) {
            continue;
        }
        let axis = rng.usize(0..shape.len());
        let a = random_array(&mut rng, &shape, |rng| if rng.u8(..5) == 0 { f64::NAN } else { rng.f64() });
        let mask = random_array(&mut rng, &shape, |rng| rng.u8(..3) > 0);
        let pairs =
            from_fn(&shape, |index| complex128::new(a.view()[index], mask.view()[index] as u8 as f64))
                .unwrap();
        let taken =
            |run: &[complex128]| -> Vec<f64> { run.iter().filter(|x| x.im != 0.0).map(|x| x.re).collect() };
        let numbers =
            |run: &[complex128]| -> Vec<f64> { taken(run).into_iter().filter(|x| !x.is_nan()).collect() };
        let options = || over(axis as isize).keepdims().where_(&mask);
        let near = |what: &str, found: &Array<f64>, expected: &dyn Fn(&[complex128]) -> f64| {
            for (found, run) in runs(found, axis).iter().zip(runs(&pairs, axis)) {
                let expected = expected(&run);
                let same = found[0] == expected || (found[0].is_nan() && expected.is_nan());
                assert!(same || (found[0] - expected).abs() < 1e-12, "{what}: {found:?}, not {expected}");
            }
        };
        let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
        let variance = |x: &[f64], ddof: f64| {
            let mean = mean(x);
            x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (x.len() as f64 - ddof).max(0.0)
        };
        near("mean", &ufuncs::mean(&a, options()).unwrap(), &|run| mean(&taken(run)));
        near("nanmean", &nanmean(&a, options()).unwrap(), &|run| mean(&numbers(run)));
        near("var", &var(&a, options().ddof(1)).unwrap(), &|run| variance(&taken(run), 1.0));
        near("nanvar", &nanvar(&a, options()).unwrap(), &|run| variance(&numbers(run), 0.0));
        near("nansum", &ufuncs::nansum(&a, over(axis as isize).keepdims().where_(&mask)).unwrap(), &|run| {
            numbers(run).iter().sum::<f64>() + 0.0
        });
        let options = over(axis as isize).keepdims().where_(&mask).initial(-1.0);
        near("nanmax", &ufuncs::nanmax(&a, options).unwrap(), &|run| {
            numbers(run).into_iter().fold(-1.0, f64::max)
        });
    }
}

#[test]
fn scans_do_not_depend_on_the_number_of_threads() {
    let mut rng = Rng::with_seed(5);
    let shapes: [&[usize]; 4] = [&[400_001], &[1201, 503], &[40, 30, 501], &[100_007, 5]];
    for shape in shapes {
        let a = random_array(&mut rng, shape, |rng| (rng.f64() - 0.5) * 1e3f64.powi(rng.i32(-3..3)));
        let single = a.astype::<f32>();
        let on_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let mut bits = cumsum(&a, ..).unwrap().to_vec();
                for axis in 0..shape.len() as isize {
                    bits.extend(cumsum(&a, axis).unwrap().to_vec());
                    bits.extend(cumsum(&single, axis).unwrap().astype::<f64>().to_vec());
                    bits.extend(hypot::accumulate(&a, axis).unwrap().to_vec());
                    bits.extend(subtract::reduce(&a, axis).unwrap().to_vec());
                    bits.extend(add::reduceat(&a, &[0, 3, 1], axis).unwrap().to_vec());
                }
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
fn half_precision_and_complex_numbers() -> Result<()> {
    let h = Array::from([1.5f32, -2.0, 0.25, 7.0]).astype::<f16>();
    let z = Array::from([complex128::new(1.0, 2.0), complex128::new(0.0, -1.0), complex128::new(3.0, 0.5)]);
    assert_eq!(cumsum(&h, ..)?.astype::<f64>().to_vec(), [1.5, -0.5, -0.25, 6.75]);
    assert_eq!(hypot::reduce(&h, ..)?.item()?, f16::from_f64(7.4372));
    assert_eq!(ufuncs::nanmax(&h, ..)?.item()?.to_f64(), 7.0);
    assert_eq!(nanargmin(&h, ..)?.item()?, 1);
    assert_eq!(multiply::accumulate(&z, 0)?.to_vec()[1], complex128::new(2.0, -1.0));
    assert_eq!(multiply::reduce(&z, 0)?.item()?, complex128::new(6.5, -2.0));
    assert_eq!(subtract::reduce(&z, 0)?.item()?, complex128::new(-2.0, 2.5));
    // The squared distances from (4 + 1.5i) / 3.
    let expected = [(-1.0f64, 4.5), (-4.0, -4.5), (5.0, 0.0)].map(|(x, y)| (x * x + y * y) / 9.0);
    assert!((var(&z, ..)?.item()? - expected.iter().sum::<f64>() / 3.0).abs() < 1e-14);
    assert!((std(&z, over(..).ddof(1))?.item()?.powi(2) - expected.iter().sum::<f64>() / 2.0).abs() < 1e-14);
    let holes =
        Array::from([complex128::new(1.0, 0.0), complex128::new(f64::NAN, 1.0), complex128::new(3.0, 0.0)]);
    assert_eq!(nanvar(&holes, ..)?.item()?, 1.0);
    assert_eq!(nanmean(&holes, ..)?.item()?, complex128::new(2.0, 0.0));
    assert_eq!(nanargmax(&holes, ..)?.item()?, 2);
    let columns = holes.reshape([3, 1])?.broadcast_to([3, 20])?;
    assert_eq!(nanvar(&columns, 0)?.to_vec(), [1.0; 20]);
    Ok(())
}

#[test]
fn corners() -> Result<()> {
    assert_eq!(cumsum(&scalar(3i64), ..)?.to_vec(), [3]);
    assert_eq!(cumsum(&scalar(3i64), 0)?.shape(), [1]);
    assert!(add::accumulate(&scalar(3i64), 0).unwrap_err().is_index());
    assert_eq!(cumulative_sum(&zeros::<f64>([0])?, .., true)?.to_vec(), [0.0]);
    assert_eq!(cumulative_prod(&arange((1i64, 4))?, .., true)?.to_vec(), [1, 1, 2, 6]);
    assert_eq!(cumulative_prod(&zeros::<f64>([3, 0])?, 1, true)?.to_vec(), [1.0; 3]);
    let a = arange(8i64)?;
    assert_eq!(add::reduceat(&a, &[0, 4, 1, 5, 2, 6, 3, 7], 0)?.to_vec(), [6, 4, 10, 5, 14, 6, 18, 7]);
    assert_eq!(logical_and::reduceat(&a, &[0, 1], 0)?.to_vec(), [false, true]);
    assert_eq!(gcd::reduce(&zeros::<i64>([0])?, ..)?.item()?, 0);
    assert_eq!(logaddexp::reduce(&zeros::<f64>([0])?, ..)?.item()?, f64::NEG_INFINITY);
    assert_eq!(bitwise_and::reduce(&zeros::<u8>([0])?, ..)?.item()?, 255);
    assert_eq!(fmax::reduce(&arange(5i64)?.slice(s![..;2])?, ..)?.item()?, 4);
    assert!(sum(&Array::from([-0.0f64]), ..)?.item()?.is_sign_positive());
    assert!(cumsum(&Array::from([-0.0f64]), ..)?.item()?.is_sign_negative());
    let grid = a.reshape([2, 4])?;
    let text = |error: array_core::Error| error.to_string();
    let found = text(subtract::reduce(&grid, ..).unwrap_err());
    assert!(found.contains("'subtract' is not reorderable"), "{found}");
    let found = text(subtract::reduce(&zeros::<f64>([0, 2])?, 0).unwrap_err());
    assert!(found.contains("subtract of no elements has no result, in an array of shape [0, 2]"), "{found}");
    assert_eq!(subtract::reduce(&zeros::<f64>([0, 2])?, 1)?.shape(), [0]);
    let mask = Array::from([true, false, true, true]);
    let found = text(subtract::reduce(&grid, over(1).where_(&mask)).unwrap_err());
    assert!(found.contains("subtract needs an initial value beside a where mask"), "{found}");
    assert_eq!(subtract::reduce(&grid, over(1).where_(&mask).initial(10))?.to_vec(), [5, -7]);
    assert_eq!(gcd::reduce(&grid, over(1).where_(&mask))?.to_vec(), [1, 1]);
    let found = text(add::reduceat(&a, &[0, 9], 0).unwrap_err());
    assert!(found.contains("index 9 out-of-bounds in add.reduceat [0, 8)"), "{found}");
    let holes = Array::from([f64::NAN, f64::NAN, 1.0, f64::NAN]).reshape([2, 2])?;
    assert!(text(nanargmax(&holes, 1).unwrap_err()).contains("All-NaN slice encountered"));
    assert!(nanargmax(&holes, 0).unwrap_err().is_value());
    assert!(cumsum(&grid, [0, 1]).unwrap_err().is_value());
    assert!(cumulative_sum(&grid, .., false).unwrap_err().is_value());
    Ok(())
}

#[test]
fn powers_of_integers_are_folded() -> Result<()> {
    let a = Array::from([2i32, 3, 2, 1]);
    assert_eq!(power::reduce(&a, 0)?.item()?, 64);
    assert_eq!(power::reduce(&a, over(0).initial(-3))?.item()?, 531_441);
    assert_eq!(power::accumulate(&a, 0)?.to_vec(), [2, 8, 64, 64]);
    assert_eq!(power::reduceat(&a, &[0, 2], 0)?.to_vec(), [8, 2]);
    assert_eq!(power::reduce(&Array::from([true, false]), 0)?, scalar(1i8));
    // The first is a base and no exponent.
    let b = Array::from([-2i64, 3, -1]);
    assert_eq!(power::reduceat(&b, &[0, 2], 0)?.to_vec(), [-8, -1]);
    assert!(power::reduce(&b, 0).unwrap_err().is_value());
    assert!(power::accumulate(&b, 0).unwrap_err().is_value());
    let mask = Array::from([false, true, false]);
    assert_eq!(power::reduce(&b, over(0).initial(2).where_(&mask))?.item()?, 8);
    Ok(())
}

#[test]
fn common_divisors_stop_at_one() -> Result<()> {
    let mut values = vec![12i64; 500];
    assert_eq!(gcd::reduce(&Array::from_vec(values.clone()), 0)?.item()?, 12);
    values[100] = 18;
    assert_eq!(gcd::reduce(&Array::from_vec(values.clone()), 0)?.item()?, 6);
    values[300] = -35;
    assert_eq!(gcd::reduce(&Array::from_vec(values), 0)?.item()?, 1);
    Ok(())
}
