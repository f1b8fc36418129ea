//! Programs that mean ill, without any `unsafe` of their own, for functions of arrays: closures that panic or call what
//! is calling them, and arrays that are several operands at once. (Of arrays themselves: `array-core/tests/adversary.rs`.)
//! Run with sanitizers, too (`.ci/sanitizers`).

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use array_core::*;
use ufuncs::*;

fn panics<R>(f: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(f)).is_err()
}

/// On one thread, and on several of a pool.
fn each_way(f: impl Fn() + Sync) {
    with_threads(1, &f);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
    pool.install(&f);
}

/// Nanoseconds that make few elements worth several threads.
const DEAR: f32 = 1e4;

#[test]
fn closures_may_panic_in_every_method() {
    let a = arange(600.0).unwrap().reshape([20, 30]).unwrap();
    let views = [a.clone(), a.t(), flip(&a, ..).unwrap(), a.slice(s![..;2, ..;-3]).unwrap()];
    let odd = (&a % 2.0).astype::<bool>();
    each_way(|| {
        for at in [0.0, 150.0, 599.0] {
            let one =
                vectorize(move |x: f64| if x == at { panic!("on purpose") } else { x + 1000.0 }).cost(DEAR);
            let two = vectorize(move |x: f64, y: f64| if y == at { panic!("on purpose") } else { x + y });
            let two = two.cost(DEAR);
            for a in &views {
                let holds = a.iter().any(|&x| x == at);
                assert_eq!(panics(|| one.call(a)), holds);
                assert_eq!(panics(|| two.call(a, a)), holds);
                assert_eq!(panics(|| two.outer(a, a)), holds);
                let all: Vec<usize> = (0..a.shape()[0]).collect();
                let indices = Array::from_vec(all.iter().map(|&i| i as i64).collect());
                let parts = [
                    a.copy(),
                    a.copy().t().copy().t(),
                    zeros([a.shape()[0], 60]).unwrap().slice(s![.., ..;2]).unwrap(),
                ];
                for mut out in parts.into_iter().filter(|out| out.shape() == a.shape()) {
                    let old = out.copy();
                    // Old or new ones, each of them.
                    let kept = |out: &Array<f64>| {
                        assert!(out.iter().zip(&old).all(|(x, y)| x == y || *x >= 1000.0 || *x == 0.0));
                    };
                    assert_eq!(panics(|| one.out(a, &mut out)), holds);
                    kept(&out);
                    let mask = odd.slice(s![..out.shape()[0] as isize, ..out.shape()[1] as isize]);
                    if let Ok(mask) = mask.and_then(|mask| mask.broadcast_to(out.shape())) {
                        let _ = panics(|| one.out_where(a, &mut out, &mask));
                        kept(&out);
                    }
                    // Held by another: then all is as it was.
                    let held = out.clone();
                    let before = out.copy();
                    assert_eq!(panics(|| one.out(a, &mut out)), holds);
                    assert!(!holds || out == before);
                    assert_eq!(held, before);
                    drop(held);
                    let _ = panics(|| one.at(&mut out, &indices));
                    let _ = panics(|| two.at(&mut out, &indices, a));
                    assert!(out.iter().all(|x| x.is_finite()));
                }
                for axis in [0, 1] {
                    let _ = panics(|| two.reduce(a, axis));
                    let _ = panics(|| two.reduce(a, over(axis).initial(at).where_(&scalar(true))));
                    let _ = panics(|| two.accumulate(a, axis));
                    let _ = panics(|| two.reduceat(a, &[3, 1, 0, 0], axis));
                    let mut out = zeros::<f64>(a.shape()).unwrap();
                    let _ = panics(|| two.accumulate_out(a, axis, &mut out));
                    assert!(out.iter().all(|x| x.is_finite()));
                }
                assert!(!holds || panics(|| two.reduce(a, over(..).initial(0.0))));
            }
        }
    });
}

#[test]
fn closures_may_call_what_calls_them() {
    let a = arange(2000.0).unwrap();
    let calls = AtomicUsize::new(0);
    each_way(|| {
        let nested = vectorize(|x: f64| {
            calls.fetch_add(1, Ordering::Relaxed);
            // The same array, memory of the same size, another count of threads.
            let sums = with_threads(2, || sum(&(&a + x), ..).unwrap().item().unwrap());
            let mut own = a.clone();
            vectorize(|y: f64| y + x).cost(DEAR).out(&a, &mut own).unwrap();
            assert_eq!(sum(&own, ..).unwrap().item().unwrap(), sums);
            sums
        });
        let found = nested.cost(DEAR).call(a.slice(s![..;40]).unwrap()).unwrap();
        let expected = &a.slice(s![..;40]).unwrap() * 2000.0 + 1999.0 * 1000.0;
        assert_eq!(found, expected);
    });
    assert_eq!(calls.load(Ordering::Relaxed), 100);
    assert_eq!(a, arange(2000.0).unwrap());
}

/// Views of an array of 48 by 48, all of that shape.
fn views(a: &Array<f64>) -> Vec<Array<f64>> {
    vec![
        a.clone(),
        a.t(),
        flip(a, ..).unwrap(),
        flip(&a.t(), 0).unwrap(),
        a.slice(s![3]).unwrap().broadcast_to([48, 48]).unwrap(),
        a.slice(s![.., ..1]).unwrap().broadcast_to([48, 48]).unwrap(),
    ]
}

#[test]
fn arrays_may_be_operands_and_results_at_once() {
    let start = (arange(2304.0).unwrap() % 97.0).reshape([48, 48]).unwrap() + 1.0;
    each_way(|| {
        for place in 0..6 {
            for other in 0..6 {
                type Change = fn(&mut Array<f64>, &Array<f64>) -> Result<()>;
                let changes: [Change; 14] = [
                    |out, x| add::out(x, &out.clone(), out),
                    |out, x| divide::out(&out.clone(), x, out),
                    |out, x| sin::out(x, out),
                    |out, x| add::out_where(x, x, out, &(x % 2.0).astype::<bool>()),
                    |out, x| add::at(out, &(x % 48.0).astype::<i64>().slice(s![0])?, x),
                    |out, x| cumsum::out(x, 0, out),
                    |out, x| subtract::accumulate_out(x, 1, out),
                    |out, x| matmul::out(x, &out.clone(), out),
                    |out, x| matmul::out(x, x, out),
                    |out, x| clip::out(x, &x.t(), &out.clone(), out),
                    |out, x| where_::out(&(x % 2.0).astype::<bool>(), x, &x.t(), out),
                    |out, x| vectorize(|x: f64, y: f64| x - 2.0 * y).out(x, out.clone(), out),
                    |out, x| maximum::reduce_out(&broadcast_to_three(x)?, 0, out),
                    |out, x| {
                        let (mut digits, mut exponents) = (out.clone(), out.astype::<i32>());
                        frexp::out(x, (&mut digits, &mut exponents))?;
                        divmod::out(x, &exponents.astype::<f64>(), (out, &mut digits))
                    },
                ];
                for (number, change) in changes.into_iter().enumerate() {
                    let shared = start.copy();
                    let (mut out, x) = (views(&shared).swap_remove(place), views(&shared).swap_remove(other));
                    drop(shared);
                    let (mut apart, x_apart) = (out.copy(), x.copy());
                    let _ = catch_unwind(AssertUnwindSafe(|| change(&mut apart, &x_apart).unwrap()));
                    change(&mut out, &x).unwrap();
                    let same = out
                        .iter()
                        .zip(&apart)
                        .all(|(x, y)| x == y || (x - y).abs() < 1e-6 * y.abs() || x.is_nan());
                    assert!(same, "change {number} of view {place} by view {other}");
                    assert_eq!(x, x_apart, "others keep what they see");
                }
            }
        }
    });
}

fn broadcast_to_three(x: &Array<f64>) -> Result<Array<f64>> {
    x.broadcast_to([3, 48, 48])
}

#[test]
fn two_results_may_be_one_array() {
    let a = arange(1000.0).unwrap() / 7.0;
    let expected = modf(&a);
    each_way(|| {
        let mut both = (a.clone(), a.clone());
        modf::out(&a, (&mut both.0, &mut both.1)).unwrap();
        assert_eq!(both, expected);
        let memory = zeros::<f64>([1000]).unwrap();
        let mut both = (memory.clone(), flip(&memory, 0).unwrap());
        drop(memory);
        modf::out(&both.1.clone(), (&mut both.0, &mut both.1)).unwrap();
        let mask = scalar(true);
        modf::out_where(&a, (&mut both.0, &mut both.1), &mask).unwrap();
        assert_eq!(both, expected);
    });
}

#[test]
fn vectors_longer_than_any_memory_are_not_copied() {
    for length in [1usize << 45, 1 << 50, 1 << 61] {
        let v = scalar(1.5).broadcast_to([length]).unwrap();
        let few = scalar(1.5).broadcast_to([3, length]).unwrap();
        let mask = scalar(true).broadcast_to([length]).unwrap();
        assert!(dot(&v, &v).unwrap_err().is_memory());
        assert!(matvec(&few, &v).unwrap_err().is_memory());
        assert!(vecmat(&v, &few.t()).unwrap_err().is_memory());
        assert!(max(&v, over(..).initial(0.0).where_(&mask)).unwrap_err().is_memory());
        assert!(var(&v, over(..).where_(&mask)).unwrap_err().is_memory());
        let closure = vectorize(|x: f64, y: f64| x + y);
        assert!(closure.reduce(&v, over(..).initial(0.0).where_(&mask)).unwrap_err().is_memory());
    }
}

#[test]
fn results_without_number_are_refused() {
    // Lanes of no elements, one for each address.
    let hollow = zeros::<f64>([1usize << 50, 0]).unwrap();
    assert!(nanmedian(&hollow, 1).unwrap_err().is_memory());
    assert!(median(&hollow, 1).unwrap_err().is_memory());
    assert!(nanquantile(&hollow, [0.25, 0.75], 1).unwrap_err().is_memory());
    let (few, endless) = (arange(5.0).unwrap(), scalar(0.5).broadcast_to([1usize << 50]).unwrap());
    assert!(quantile(&few, &endless, ..).unwrap_err().is_memory());
    assert!(percentile(&few, &endless, 0).unwrap_err().is_memory());
    assert!(round(&endless, 0).unwrap_err().is_memory());
    let weighted = over(..).method(methods::inverted_cdf).weights(&endless);
    assert!(quantile(&few, 0.5, weighted).unwrap_err().is_shape());
    // Complex numbers, which are conjugated first.
    let z = scalar(complex128::new(1.0, 2.0)).broadcast_to([1usize << 50]).unwrap();
    let two = z.broadcast_to([2, 1usize << 50]).unwrap();
    assert!(vecmat(&z, &two.t()).unwrap_err().is_memory());
    assert!(vecdot(&z, &two).unwrap_err().is_memory());
    assert!(cov(&two, ..).unwrap_err().is_memory());
    // So many differences of differences.
    assert_eq!(diff(&few, along(0).n(usize::MAX)).unwrap().shape(), [0]);
    assert_eq!(diff(&few, along(0).n(4)).unwrap(), [0.0]);
    assert_eq!(diff(&few, along(0).n(5)).unwrap().shape(), [0]);
}

#[test]
fn far_numbers_and_none_are_taken() {
    let a = Array::from([1.5, -2.5, 1e300, f64::NAN]);
    let whole = Array::from([i64::MIN, -7, 15, i64::MAX]);
    for decimals in [i32::MIN, -400, 400, i32::MAX] {
        let (found, few) = (round(&a, decimals).unwrap(), round(&a, decimals.clamp(-350, 350)).unwrap());
        assert!(found.iter().zip(&few).all(|(x, y)| x.to_bits() == y.to_bits()), "{decimals}");
        assert_eq!(round(&whole, decimals).unwrap(), round(&whole, decimals.clamp(-350, 350)).unwrap());
    }
    let (nan, five) = (Array::from([f64::NAN]), Array::from([5.0]));
    assert_eq!(interp(&Array::from([1.0, f64::NAN, f64::NEG_INFINITY]), &nan, &five).unwrap(), [5.0; 3]);
    // Points in no order, at whatever numbers: any values will do.
    let mut seed = 7u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    };
    let special = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 5e-324, -0.0];
    for _ in 0..500 {
        let mut numbers = |count: u64| -> Array<f64> {
            (0..count)
                .map(|_| special.get(random() as usize % 20).copied().unwrap_or(random() as f64 % 50.0))
                .collect()
        };
        let (points, values, x) = (numbers(1), numbers(1), numbers(40));
        assert_eq!(interp(&x, &points, &values).unwrap().len(), 40);
        let count = 1 + x.iter().filter(|x| x.is_finite()).count() as u64;
        let (points, values) = (numbers(count), numbers(count));
        assert_eq!(interp(&x, &points, &values).unwrap().len(), 40);
        let repeated = Interp::new(&points, &values).unwrap().period(random() as f64 / 7.0 + 5e-324).unwrap();
        assert_eq!(repeated.at(&x).unwrap().len(), 40);
    }
}
