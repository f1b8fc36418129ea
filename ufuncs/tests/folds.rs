//! Folds that are not done one element after the other give what that would give: sums of exponentials,
//! differences of integers, greatest common divisors, parts of an axis of every length, and bools as numbers.

use array_core::{Array, Element, Result, from_fn, s};
use fastrand::Rng;
use ufuncs::{
    add, floor_divide, fmod, gcd, left_shift, logaddexp, logaddexp2, maximum, over, remainder, right_shift,
    subtract,
};

/// An array of two axes in one of some layouts.
fn laid_out<T: Element>(
    rng: &mut Rng,
    shape: [usize; 2],
    value: impl FnMut(&mut Rng) -> T,
) -> Result<Array<T>> {
    let mut value = value;
    let [rows, columns] = shape;
    Ok(match rng.u8(..4) {
        0 => from_fn(shape, |_| value(rng))?,
        1 => from_fn([columns, rows], |_| value(rng))?.t(),
        2 => from_fn([rows, 2 * columns], |_| value(rng))?.slice(s![.., ..;2])?,
        _ => from_fn([2 * rows, columns], |_| value(rng))?.slice(s![..;-2])?,
    })
}

/// The elements along an axis, at each index of the other.
fn runs<T: Element>(a: &Array<T>, axis: usize) -> Vec<Vec<T>> {
    let rows = if axis == 1 { a.clone() } else { a.t() };
    rows.to_vec().chunks(rows.shape()[1]).map(<[T]>::to_vec).collect()
}

const SHAPES: [[usize; 2]; 8] = [[1, 1], [1, 7], [2, 3], [5, 64], [70, 9], [3, 1025], [130, 200], [2, 9001]];

/// The sum with what rounding lost of it added in the end.
fn exact_sum(x: impl Iterator<Item = f64>) -> f64 {
    let (sum, lost) = x.fold((0.0, 0.0), |(sum, lost), x| {
        let more: f64 = sum + x;
        let kept = more - sum;
        (more, lost + ((sum - (more - kept)) + (x - kept)))
    });
    sum + lost
}

/// The logarithm of the sum of powers of a base.
fn log_sum(run: &[f64], power: fn(f64) -> f64, log_1p: fn(f64) -> f64) -> f64 {
    if run.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    let mut run = run.to_vec();
    run.sort_by(f64::total_cmp);
    let most = run.pop().unwrap();
    if most.is_infinite() {
        return most;
    }
    most + log_1p(exact_sum(run.iter().map(|x| power(x - most))))
}

fn natural(run: &[f64]) -> f64 {
    log_sum(run, f64::exp, f64::ln_1p)
}

fn binary(run: &[f64]) -> f64 {
    log_sum(run, f64::exp2, |x| x.ln_1p() * std::f64::consts::LOG2_E)
}

fn assert_near(found: &[f64], expected: &[f64], scale: f64, what: &str) {
    for (&found, &expected) in found.iter().zip(expected) {
        let same = found == expected || (found.is_nan() && expected.is_nan());
        let error = (found - expected).abs();
        // Next to 0 the largest element and the logarithm of the rest nearly cancel.
        assert!(same || error <= scale * expected.abs().max(1.0), "{what}: {found:e}, not {expected:e}");
    }
}

#[test]
fn sums_of_exponentials_are_those_of_their_definition() -> Result<()> {
    let mut rng = Rng::with_seed(1);
    for shape in SHAPES {
        for spread in [0.0, 1.0, 30.0, 1000.0] {
            let special = rng.bool();
            let a = laid_out(&mut rng, shape, |rng| match rng.u16(..2000) {
                0 if special => f64::NAN,
                1 if special => f64::INFINITY,
                2..20 if special => f64::NEG_INFINITY,
                _ => (rng.f64() - 0.5) * spread,
            })?;
            let single: Array<f32> = a.astype();
            let double: Array<f64> = single.astype();
            for axis in 0..2 {
                let what = format!("{shape:?} along {axis}, spread over {spread}");
                let along = axis as isize;
                let of = |a: &Array<f64>, f: fn(&[f64]) -> f64| -> Vec<f64> {
                    runs(a, axis).iter().map(|run| f(run)).collect()
                };
                let found = logaddexp::reduce(&a, along)?;
                assert_near(&found.to_vec(), &of(&a, natural), 1e-15, &what);
                let found = logaddexp2::reduce(&a, along)?;
                assert_near(&found.to_vec(), &of(&a, binary), 1e-15, &what);
                let found: Array<f64> = logaddexp::reduce(&single, along)?.astype();
                assert_near(&found.to_vec(), &of(&double, natural), 1e-7, &what);
                let mask = from_fn(shape, |_| rng.u8(..4) > 0)?;
                let taken: Vec<f64> = runs(&a, axis)
                    .iter()
                    .zip(runs(&mask, axis))
                    .map(|(run, mask)| run.iter().zip(mask).filter(|(_, taken)| *taken).map(|(x, _)| *x))
                    .map(|taken| natural(&taken.chain([1.25]).collect::<Vec<_>>()))
                    .collect();
                let found = logaddexp::reduce(&a, over(along).where_(&mask).initial(1.25))?;
                assert_near(&found.to_vec(), &taken, 1e-15, &what);
                let nothing = logaddexp::reduce(&a, over(along).where_(&from_fn(shape, |_| false)?))?;
                assert!(nothing.to_vec().iter().all(|&x| x == f64::NEG_INFINITY));
            }
        }
    }
    Ok(())
}

#[test]
fn small_powers_beside_the_largest_are_not_lost() -> Result<()> {
    let natural = |x: &[f64]| logaddexp::reduce(&Array::from_vec(x.to_vec()), ..).unwrap().item().unwrap();
    let binary = |x: &[f64]| logaddexp2::reduce(&Array::from_vec(x.to_vec()), ..).unwrap().item().unwrap();
    let near = |found: f64, expected: f64| {
        assert!((found / expected - 1.0).abs() < 1e-15, "{found:e}, not {expected:e}");
    };
    let infinity = f64::INFINITY;
    near(natural(&[-46.0, 0.0]), (-46.0f64).exp());
    near(natural(&[0.0, -80.0, -80.0, -infinity]), 2.0 * (-80.0f64).exp());
    near(natural(&[-720.0, 0.0]), (-720.0f64).exp()); // subnormal
    near(binary(&[-100.0, 0.0]), 2f64.powi(-100) * std::f64::consts::LOG2_E);
    assert_eq!(binary(&[3.0, 3.0, 4.0]), 5.0);
    assert_eq!(natural(&[1e308, 1e308]), 1e308);
    assert_eq!(natural(&[-5.25]), -5.25);
    assert_eq!(natural(&[-infinity; 70]), -infinity);
    assert_eq!(natural(&[-infinity, infinity, infinity]), infinity);
    assert!(natural(&[infinity, f64::NAN]).is_nan());
    assert!(natural(&[f64::NAN; 3]).is_nan());
    Ok(())
}

#[test]
fn sums_of_exponentials_do_not_depend_on_the_number_of_threads() -> Result<()> {
    let mut rng = Rng::with_seed(2);
    for shape in [[1, 600_000], [701, 503], [60_001, 9]] {
        let a = from_fn(shape, |_| (rng.f64() - 0.5) * 40.0)?;
        let on_threads = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let bits = |axis| logaddexp::reduce(&a, axis).unwrap().to_vec().into_iter().map(f64::to_bits);
            pool.install(|| bits(0).chain(bits(1)).collect::<Vec<_>>())
        };
        let alone = on_threads(1);
        for threads in [2, 5] {
            assert!(on_threads(threads) == alone, "{shape:?} on {threads} threads");
        }
    }
    Ok(())
}

#[test]
fn differences_of_integers_wrap() -> Result<()> {
    fn check<T: Element + Eq>(
        a: &Array<T>,
        found: impl Fn(&Array<T>, isize) -> Result<Array<T>>,
        minus: fn(T, T) -> T,
    ) -> Result<()> {
        for axis in 0..2 {
            let expected: Vec<T> =
                runs(a, axis).iter().map(|run| run.iter().copied().reduce(minus).unwrap()).collect();
            assert_eq!(found(a, axis as isize)?.to_vec(), expected, "{:?} along {axis}", a.shape());
        }
        Ok(())
    }
    let mut rng = Rng::with_seed(3);
    for shape in SHAPES {
        macro_rules! check {
            ($($type:ident)*) => {$(
                let a = laid_out(&mut rng, shape, |rng| rng.$type(..))?;
                check(&a, |a, axis| subtract::reduce(a, axis), $type::wrapping_sub)?;
                check(&a, |a, axis| subtract::reduceat(a, &[0], axis)?.reshape([-1isize]), $type::wrapping_sub)?;
            )*};
        }
        check! { i32 i64 u32 u64 i8 u16 }
    }
    Ok(())
}

#[test]
fn common_divisors_of_columns_stop_at_one() -> Result<()> {
    let divisor = |a: i64, b: i64| {
        let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a as i64
    };
    let mut rng = Rng::with_seed(4);
    for shape in SHAPES {
        for factor in [0, 1, 6] {
            // Some columns never come to one.
            let a = from_fn(shape, |index| rng.i64(-500..500) * if index[1] % 5 == 0 { factor } else { 1 })?;
            for axis in 0..2 {
                let expected: Vec<i64> =
                    runs(&a, axis).iter().map(|run| run.iter().copied().fold(0, divisor)).collect();
                let found = gcd::reduce(&a, axis as isize)?.to_vec();
                assert_eq!(found.iter().map(|x| x.abs()).collect::<Vec<_>>(), expected, "{shape:?}");
            }
        }
    }
    Ok(())
}

#[test]
fn parts_of_any_length() -> Result<()> {
    let mut rng = Rng::with_seed(5);
    let part = |run: &[i64], indices: &[usize], i: usize| -> Vec<i64> {
        let end = indices.get(i + 1).copied().unwrap_or(run.len());
        run[indices[i]..end.max(indices[i] + 1)].to_vec()
    };
    for round in 0..90 {
        let (shape, axis) =
            [([1, 20_000], 1), ([20_000, 1], 0), ([3, 400], 1), ([3, 400], 0), ([400, 3], 0), ([50, 12], 1)]
                [round % 6];
        let a = laid_out(&mut rng, shape, |rng| rng.i64(-1000..1000))?;
        let length = a.shape()[axis];
        // Increasing, in short steps and long ones, and now and then back.
        let mut indices = Vec::new();
        let mut at = 0;
        let step = *rng.choice(&[1, 4, 12, 90, 1500, 6000]).unwrap();
        while at < length && indices.len() < 3000 {
            indices.push(at);
            at = if rng.u8(..20) == 0 { rng.usize(0..length) } else { at + rng.usize(0..=step) };
        }
        let floats: Array<f64> = a.astype();
        let single: Array<f32> = a.astype();
        let narrow: Array<i16> = a.astype();
        let sums = add::reduceat(&a, &indices, axis as isize)?;
        let most = maximum::reduceat(&floats, &indices, axis as isize)?;
        let (found_sums, found_most) = (runs(&sums, axis), runs(&most, axis));
        for (i, run) in runs(&a, axis).iter().enumerate() {
            let expected: Vec<i64> =
                (0..indices.len()).map(|i| part(run, &indices, i).iter().sum()).collect();
            assert_eq!(found_sums[i], expected, "{shape:?}, indices {indices:?}");
            let expected: Vec<f64> =
                (0..indices.len()).map(|i| *part(run, &indices, i).iter().max().unwrap() as f64).collect();
            assert_eq!(found_most[i], expected, "{shape:?}, indices {indices:?}");
        }
        // Exact, whatever the order.
        assert_eq!(add::reduceat(&floats, &indices, axis as isize)?.astype::<i64>().to_vec(), sums.to_vec());
        assert_eq!(add::reduceat(&single, &indices, axis as isize)?.astype::<i64>().to_vec(), sums.to_vec());
        assert_eq!(add::reduceat(&narrow, &indices, axis as isize)?.to_vec(), sums.to_vec());
    }
    Ok(())
}

#[test]
fn bools_are_folded_as_numbers() -> Result<()> {
    let a = Array::from([[true, true, false], [true, false, true]]);
    let numbers = a.astype::<i8>();
    macro_rules! check {
        ($($ufunc:ident: $of_rows:expr, $of_parts:expr;)*) => {$(
            assert_eq!($ufunc::reduce(&a, 1)?, Array::from($of_rows), stringify!($ufunc));
            assert_eq!($ufunc::reduceat(&a, &[0, 2], 1)?, Array::from($of_parts), stringify!($ufunc));
            assert_eq!($ufunc::accumulate(&a, 1)?, $ufunc::accumulate(&numbers, 1)?, stringify!($ufunc));
            let begun = $ufunc::reduce(&a, over(0).initial(5))?;
            assert_eq!(begun, $ufunc::reduce(&numbers, over(0).initial(5))?, stringify!($ufunc));
        )*};
    }
    // As NumPy has it.
    check! {
        floor_divide: [0i8, 0], [[1i8, 0], [0, 1]];
        remainder: [0i8, 0], [[0i8, 0], [0, 1]];
        fmod: [0i8, 0], [[0i8, 0], [0, 1]];
        left_shift: [2i8, 2], [[2i8, 0], [1, 1]];
        right_shift: [0i8, 0], [[0i8, 0], [1, 1]];
    }
    Ok(())
}
