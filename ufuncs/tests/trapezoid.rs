//! Integrals of long arrays, which are computed piece by piece.

use array_core::{Array, Element, Result, complex128, from_fn, s, with_threads};
use rayon::ThreadPoolBuilder;
use ufuncs::trapezoid;

/// Around the lengths at which there is one piece more.
const LENGTHS: [usize; 7] = [16_383, 16_384, 16_385, 16_386, 32_769, 32_770, 100_001];

fn samples<T: Element>(n: usize, value: fn(f64) -> T) -> Result<Array<T>> {
    from_fn([n], |at| value((at[0] as f64 * 0.37).sin()))
}

#[test]
fn long_arrays_give_the_sum_of_all_strips() -> Result<()> {
    for n in LENGTHS {
        let y = samples(n, |y| y)?;
        let x = from_fn([n], |at| at[0] as f64 * 0.5 + (at[0] % 3) as f64 * 0.1)?;
        let (ys, xs) = (y.to_vec(), x.to_vec());
        let heights: Vec<f64> = ys.windows(2).map(|y| (y[0] + y[1]) / 2.0).collect();
        let even: f64 = heights.iter().map(|height| 0.25 * height).sum();
        let uneven: f64 = heights.iter().zip(xs.windows(2)).map(|(height, x)| (x[1] - x[0]) * height).sum();
        assert!((trapezoid(&y, 0.25, -1)?.item()? - even).abs() < 1e-9, "{n}");
        assert!((trapezoid(&y, &x, 0)?.item()? - uneven).abs() < 1e-9, "{n}");
        // Every second element, from the last on.
        let reversed = from_fn([2 * n], |at| ys[n - 1 - at[0] / 2])?.slice(s![..;2])?.slice(s![..;-1])?;
        assert_eq!(trapezoid(&reversed, 0.25, -1)?, trapezoid(&y, 0.25, -1)?);
        // Integers are integrated as `f64`.
        let whole = samples(n, |y| (100.0 * y) as i32)?;
        assert_eq!(trapezoid(&whole, 1.0, 0)?, trapezoid(&whole.astype::<f64>(), 1.0, 0)?);
    }
    Ok(())
}

#[test]
fn places_must_be_as_many() {
    let y = samples(100_001, |y| y).unwrap();
    for n in [3, 16_385, 50_000, 98_306, 100_000, 100_002] {
        assert!(trapezoid(&y, &samples(n, |y| y).unwrap(), 0).is_err(), "{n}");
    }
}

#[test]
fn threads_change_no_bit() -> Result<()> {
    let y = samples(100_001, |y| complex128::new(y, 0.5 - y))?;
    let alone = with_threads(1, || trapezoid(&y, 0.1, 0))?;
    for threads in [2, 3, 7] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| trapezoid(&y, 0.1, 0))?, alone);
        assert_eq!(pool.install(|| with_threads(2, || trapezoid(&y, 0.1, 0)))?, alone);
    }
    Ok(())
}
