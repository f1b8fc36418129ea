//! Medians, quantiles, averages, covariances, differences, gradients and integrals against the real NumPy:
//! dtype, shape and values, over dtypes, shapes, strides, axes and options.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{
    Array, Covariances, Element, ToPy, along, average, complex128, corrcoef, cov, diff, ediff1d, f16,
    from_fn, gradient, linspace, median, methods, nanmedian, nanpercentile, nanquantile, over, percentile,
    quantile, scalar, spaced, trapezoid,
};

use common::random::random_array;
use common::{OF_SUMS, Outcome, numpy};

/// Whether NumPy gives `ours` for this expression of `np` and the names given: its dtype, its shape, and
/// its values but for the rounding of a few operations.
fn assert_is<O: Element>(ours: &Array<O>, source: &str, names: &[(&str, Object)]) -> Outcome {
    let names: Vec<(&str, &Object)> = names.iter().map(|(name, object)| (*name, object)).collect();
    common::assert_is(ours, source, &names, OF_SUMS)
}

fn shape(rng: &mut Rng) -> Vec<usize> {
    (0..rng.usize(1..4)).map(|_| *rng.choice(&[1, 2, 3, 4, 7, 20]).unwrap()).collect()
}

fn number(rng: &mut Rng) -> f64 {
    rng.i32(-40..40) as f64 / 8.0
}

fn number_or_nan(rng: &mut Rng) -> f64 {
    if rng.u8(..) < 25 { f64::NAN } else { number(rng) }
}

/// Medians, and quantiles by three methods, over each axis and over all.
macro_rules! ranks {
    ($test:ident: $($type:ident: $value:expr),* $(,)?) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(1);
            $(for _ in 0..8 {
                let lengths = shape(&mut rng);
                let a: Array<$type> = random_array(&mut rng, &lengths, $value);
                let names = [("a", a.to_py()?)];
                let q = rng.u8(0..=100) as f64;
                assert_is(&median(&a, ..)?, "np.median(a)", &names)?;
                assert_is(&nanmedian(&a, ..)?, "np.nanmedian(a)", &names)?;
                assert_is(&percentile(&a, q, ..)?, &format!("np.percentile(a, float({q:?}))"), &names)?;
                for axis in -(a.ndim() as isize)..a.ndim() as isize {
                    assert_is(&median(&a, over(axis).keepdims())?, &format!("np.median(a, {axis}, keepdims=True)"), &names)?;
                    assert_is(&nanmedian(&a, axis)?, &format!("np.nanmedian(a, {axis})"), &names)?;
                    let qs = [0.0, 0.31, 0.5, 1.0];
                    assert_is(&quantile(&a, qs, axis)?, &format!("np.quantile(a, np.array({qs:?}), {axis})"), &names)?;
                    let lower = over(axis).keepdims().method(methods::lower);
                    let source = format!("np.quantile(a, np.array({qs:?}), {axis}, method='lower', keepdims=True)");
                    assert_is(&quantile(&a, qs, lower)?, &source, &names)?;
                    let source = format!("np.nanquantile(a, np.array({qs:?}), {axis})");
                    assert_is(&nanquantile(&a, qs, axis)?, &source, &names)?;
                    let source = format!("np.nanpercentile(a, {q:?}, {axis}, method='hazen')");
                    let hazen = over(axis).method(methods::hazen);
                    assert_is(&nanpercentile(&a, q, hazen)?, &source, &names)?;
                }
            })*
            Ok(())
        }
    };
}
ranks! { ranks_of_real_dtypes:
    i16: |rng| rng.i16(-5000..5000), u8: |rng| rng.u8(..), i64: |rng| rng.i64(-999..999),
    f16: |rng| f16::from_f64(number(rng)), f32: |rng| number(rng) as f32, f64: number,
}
ranks! { ranks_beside_nan: f32: |rng| number_or_nan(rng) as f32, f64: number_or_nan }

#[test]
fn medians_of_other_dtypes() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    for _ in 0..20 {
        let lengths = shape(&mut rng);
        let a =
            random_array(&mut rng, &lengths, |rng| complex128::new(rng.i32(0..3) as f64, number_or_nan(rng)));
        assert_is(&median(&a, 0)?, "np.median(a, 0)", &[("a", a.to_py()?)])?;
        let a = random_array(&mut rng, &lengths, |rng| rng.bool());
        assert_is(&median(&a, ..)?, "np.median(a)", &[("a", a.to_py()?)])?;
    }
    let a = numpypy::zeros::<f32>([0, 3])?;
    assert_is(&median(&a, 0)?, "np.median(a, 0)", &[("a", a.to_py()?)])?;
    assert_is(&median(&a, 1)?, "np.median(a, 1)", &[("a", a.to_py()?)])?;
    assert_is(&nanmedian(&a, 0)?, "np.nanmedian(a, 0)", &[("a", a.to_py()?)])?;
    Ok(())
}

#[test]
fn all_methods() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    macro_rules! each {
        ($a:ident, $names:ident, $qs:ident: $($method:ident)*) => {$(
            let options = || over(-1).method(methods::$method);
            let source = format!("np.quantile(a, q, -1, method='{}')", stringify!($method));
            assert_is(&quantile(&$a, &$qs, options())?, &source, &$names)?;
            let source = format!("np.quantile(a, float(q[1]), -1, method='{}')", stringify!($method));
            assert_is(&quantile(&$a, $qs[[1]], options())?, &source, &$names)?;
        )*};
    }
    for n in 1..12 {
        let qs = linspace(0.0, 1.0, 41)?;
        let a = random_array(&mut rng, &[3, n], |rng| number(rng) as f32);
        let names = [("a", a.to_py()?), ("q", qs.to_py()?)];
        each! { a, names, qs: linear lower higher nearest midpoint inverted_cdf averaged_inverted_cdf
        closest_observation interpolated_inverted_cdf hazen weibull median_unbiased normal_unbiased }
        let a = random_array(&mut rng, &[n, 2], |rng| rng.i32(-1_000_000_000..1_000_000_000)).t();
        let names = [("a", a.to_py()?), ("q", qs.to_py()?)];
        each! { a, names, qs: linear nearest inverted_cdf median_unbiased }
    }
    Ok(())
}

#[test]
fn weighted_quantiles() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(4);
    for n in 1..15 {
        let a = random_array(&mut rng, &[n, 4], |rng| rng.i32(0..9) as f64);
        let mut one = random_array(&mut rng, &[n], |rng| rng.u8(0..4) as f64);
        one.set([0], 1.0)?;
        let mut each = random_array(&mut rng, &[n, 4], |rng| rng.u8(0..4) as f64);
        each.slice_mut(numpypy::s![0])?.fill(2.0);
        let qs = linspace(0.0, 1.0, 23)?;
        let names = [("a", a.to_py()?), ("q", qs.to_py()?), ("w", one.to_py()?), ("v", each.to_py()?)];
        let options = over(0).method(methods::inverted_cdf);
        let source = "np.quantile(a, q, axis=0, weights=w, method='inverted_cdf')";
        assert_is(&quantile(&a, &qs, options.clone().weights(&one))?, source, &names)?;
        let source = "np.quantile(a, q, axis=0, weights=v, method='inverted_cdf')";
        assert_is(&quantile(&a, &qs, options.weights(&each))?, source, &names)?;
        let source = "np.quantile(a, q, weights=v, method='inverted_cdf')";
        assert_is(
            &quantile(&a, &qs, over(..).method(methods::inverted_cdf).weights(&each))?,
            source,
            &names,
        )?;
    }
    Ok(())
}

#[test]
fn ranks_of_many_elements() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(5);
    let makers: [fn(&mut Rng) -> f64; 5] = [
        |rng| rng.f64(),
        |rng| rng.u8(0..3) as f64,
        |rng| f64::from_bits(rng.u64(..) & !(1 << 62)),
        |_| 7.0,
        |rng| if rng.u32(..) < 1000 { f64::NAN } else { rng.f64() },
    ];
    for value in makers {
        for n in [2999, 3000, 3001, 40_000, 1_000_000] {
            let a = from_fn([n], |_| value(&mut rng))?;
            for a in
                [a.clone(), a.astype::<f32>().astype::<f64>(), (&a * 1e3).astype::<i64>().astype::<f64>()]
            {
                let names = [("a", a.to_py()?)];
                assert_is(&median(&a, ..)?, "np.median(a)", &names)?;
                let qs = [0.0, 1e-6, 0.25, 0.5, 0.999_999, 1.0];
                assert_is(&quantile(&a, qs, ..)?, &format!("np.quantile(a, np.array({qs:?}))"), &names)?;
            }
        }
    }
    let sorted = linspace(0.0, 1.0, 100_000)?;
    assert_is(&quantile(&sorted, 0.3, ..)?, "np.quantile(a, 0.3)", &[("a", sorted.to_py()?)])?;
    let steps = (&linspace(0.0, 9999.0, 10_000)? % 100.0).copy();
    assert_is(&quantile(&steps, 0.3, ..)?, "np.quantile(a, 0.3)", &[("a", steps.to_py()?)])
}

#[test]
fn quantiles_that_cannot_be_are_errors() -> Outcome {
    numpy();
    let a = linspace(0.0, 1.0, 5)?;
    assert!(percentile(&a, 101.0, ..).unwrap_err().is_value());
    assert!(quantile(&a, f64::NAN, ..).unwrap_err().is_value());
    assert!(quantile(&a, 0.5, 1).unwrap_err().is_index());
    assert!(quantile(&numpypy::zeros::<f64>(0)?, 0.5, ..).unwrap_err().is_value());
    let weights = linspace(-1.0, 1.0, 5)?;
    assert!(
        quantile(&a, 0.5, over(..).method(methods::inverted_cdf).weights(&weights)).unwrap_err().is_value()
    );
    let weights = linspace(0.0, 1.0, 4)?;
    assert!(
        quantile(&a, 0.5, over(..).method(methods::inverted_cdf).weights(&weights)).unwrap_err().is_shape()
    );
    Ok(())
}

#[test]
fn averages() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(6);
    macro_rules! each {
        ($($type:ident, $weight:ident;)*) => {$(
            for _ in 0..8 {
                let a = random_array(&mut rng, &[3, 4, 5], number).astype::<$type>();
                let positive: fn(&mut Rng) -> f64 = |rng| rng.u8(1..9) as f64;
                let all = random_array(&mut rng, &[3, 4, 5], positive).astype::<$weight>();
                let one = random_array(&mut rng, &[4], positive).astype::<$weight>();
                let two = random_array(&mut rng, &[5, 3], positive).astype::<$weight>();
                let names = [("a", a.to_py()?), ("v", all.to_py()?), ("w", one.to_py()?), ("u", two.to_py()?)];
                assert_is(&average(&a, .., &all)?, "np.average(a, weights=v)", &names)?;
                assert_is(&average(&a, over(-1).keepdims(), &all)?, "np.average(a, -1, weights=v, keepdims=True)", &names)?;
                assert_is(&average(&a, [2, 0], &two)?, "np.average(a, (2, 0), weights=u)", &names)?;
                let (ours, total) = average::returned(&a, 1, &one)?;
                assert_is(&ours, "np.average(a, 1, weights=w)", &names)?;
                assert_is(&total, "np.average(a, 1, weights=w, returned=True)[1]", &names)?;
            }
        )*};
    }
    each! { f64, f64; i32, f32; f32, f32; f32, i16; complex128, f64; u8, u8; }
    let a = linspace(0.0, 1.0, 3)?;
    assert!(average(&a, .., &(&a * 0.0)).unwrap_err().is_value());
    assert!(average(&a, 0, &linspace(0.0, 1.0, 4)?).unwrap_err().is_shape());
    Ok(())
}

#[test]
fn covariances() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(7);
    for (rows, columns) in [(1, 5), (2, 3), (4, 10), (30, 200), (3, 1)] {
        let x = random_array(&mut rng, &[rows, columns], number);
        let y = random_array(&mut rng, &[2, columns], number);
        let frequencies = random_array(&mut rng, &[columns], |rng| rng.i64(1..4));
        let weights = random_array(&mut rng, &[columns], |rng| rng.u8(1..9) as f64 / 2.0);
        let z = random_array(&mut rng, &[rows, columns], |rng| complex128::new(number(rng), number(rng)));
        let small = x.astype::<f32>();
        let names = [
            ("x", x.to_py()?),
            ("y", y.to_py()?),
            ("f", frequencies.to_py()?),
            ("w", weights.to_py()?),
            ("z", z.to_py()?),
            ("s", small.to_py()?),
            ("xt", x.t().to_py()?),
            ("yt", y.t().to_py()?),
        ];
        assert_is(&cov(&x, ..)?, "np.cov(x)", &names)?;
        assert_is(&cov(&small, ..)?, "np.cov(s)", &names)?;
        assert_is(&cov(&z, ..)?, "np.cov(z)", &names)?;
        let options = Covariances::new;
        assert_is(&cov(&x, options().bias().y(&y))?, "np.cov(x, y, bias=True)", &names)?;
        // Of one observation NumPy takes `y` for a row.
        if columns > 1 {
            let (xt, yt) = (x.t(), y.t());
            assert_is(&cov(&xt, options().rowvar(false).y(&yt))?, "np.cov(xt, yt, rowvar=False)", &names)?;
        }
        assert_is(&cov(&x, options().ddof(2))?, "np.cov(x, ddof=2)", &names)?;
        assert_is(&cov(&x, options().fweights(&frequencies))?, "np.cov(x, fweights=f)", &names)?;
        let both = options().fweights(&frequencies).aweights(&weights);
        assert_is(&cov(&x, both)?, "np.cov(x, fweights=f, aweights=w)", &names)?;
        let z_options = Covariances::new().aweights(&weights).ddof(0);
        assert_is(&cov(&z, z_options)?, "np.cov(z, aweights=w, ddof=0)", &names)?;
        if columns > 1 {
            assert_is(&corrcoef(&x, ..)?, "np.corrcoef(x)", &names)?;
            assert_is(&corrcoef(&z, ..)?, "np.corrcoef(z)", &names)?;
            assert_is(&corrcoef(&x, options().y(&y))?, "np.corrcoef(x, y)", &names)?;
        }
    }
    let line = linspace(0.0, 1.0, 7)?;
    let names = [("x", line.to_py()?)];
    assert_is(&cov(&line, ..)?, "np.cov(x)", &names)?;
    assert_is(&corrcoef(&line, ..)?, "np.corrcoef(x)", &names)?;
    assert_is(&corrcoef(&line, Covariances::new().y(&line))?, "np.corrcoef(x, x)", &names)?;
    assert!(cov(&numpypy::zeros::<f64>([1, 1, 1])?, ..).unwrap_err().is_shape());
    Ok(())
}

#[test]
fn differences() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(8);
    macro_rules! each {
        ($($type:ident)*) => {$(
            for _ in 0..6 {
                let lengths = shape(&mut rng);
                let a = random_array(&mut rng, &lengths, |rng| rng.u8(..) as f64).astype::<$type>();
                let zero = scalar(<$type as Element>::ONE);
                let names = [("a", a.to_py()?), ("z", zero.to_py()?)];
                for axis in -(a.ndim() as isize)..a.ndim() as isize {
                    for n in 0..4 {
                        assert_is(&diff(&a, along(axis).n(n))?, &format!("np.diff(a, {n}, {axis})"), &names)?;
                    }
                    let ours = diff(&a, along(axis).prepend(&zero).append(&a))?;
                    assert_is(&ours, &format!("np.diff(a, axis={axis}, prepend=z, append=a)"), &names)?;
                }
            }
        )*};
    }
    each! { bool u8 i16 i64 f16 f32 f64 complex128 }
    let a = random_array(&mut rng, &[3, 4], number);
    let names = [("a", a.to_py()?)];
    assert_is(&ediff1d(&a)?, "np.ediff1d(a)", &names)?;
    assert_is(&ediff1d::with_ends(&a, &a, &a)?, "np.ediff1d(a, a, a)", &names)?;
    assert!(diff(&scalar(1.0), 0).is_err());
    assert!(diff(&a, 2).unwrap_err().is_index());
    Ok(())
}

#[test]
fn gradients() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(9);
    macro_rules! each {
        ($($type:ident)*) => {$(
            for _ in 0..6 {
                let lengths = [rng.usize(3..6), rng.usize(3..9), 3];
                let f = random_array(&mut rng, &lengths, number).astype::<$type>();
                for axis in -3..3isize {
                    let n = lengths[axis.rem_euclid(3) as usize];
                    let mut place = 0.0;
                    let places = from_fn([n], |_| { place += rng.u8(1..9) as f64 / 4.0; place })?;
                    let even = linspace(0.0, 1.0 + n as f64, n)?;
                    let names = [("f", f.to_py()?), ("x", places.to_py()?), ("e", even.to_py()?)];
                    for order in [1, 2] {
                        let source = |x: &str| format!("np.gradient(f, {x}, axis={axis}, edge_order={order})");
                        assert_is(&gradient(&f, axis, spaced(0.5).edge_order(order))?, &source("0.5"), &names)?;
                        assert_is(&gradient(&f, axis, spaced(&places).edge_order(order))?, &source("x"), &names)?;
                        assert_is(&gradient(&f, axis, spaced(&even).edge_order(order))?, &source("e"), &names)?;
                    }
                }
                let all = gradient::all(&f, &[spaced(2.0)])?;
                for (i, ours) in all.iter().enumerate() {
                    assert_is(ours, &format!("np.gradient(f, 2.0)[{i}]"), &[("f", f.to_py()?)])?;
                }
            }
        )*};
    }
    each! { u8 i64 f16 f32 f64 complex128 }
    // As many as are computed a few rows at a time.
    for lengths in [&[40_000][..], &[3000, 11], &[20, 2000]] {
        let f = random_array(&mut rng, lengths, number);
        let mut place = 0.0;
        let places = from_fn([lengths[0]], |_| {
            place += rng.u8(1..9) as f64 / 4.0;
            place
        })?;
        let names = [("f", f.to_py()?), ("x", places.to_py()?)];
        assert_is(&gradient(&f, 0, 0.5)?, "np.gradient(f, 0.5, axis=0)", &names)?;
        let ours = gradient(&f, 0, spaced(&places).edge_order(2))?;
        assert_is(&ours, "np.gradient(f, x, axis=0, edge_order=2)", &names)?;
        assert_is(&gradient(&f, -1, 0.5)?, "np.gradient(f, 0.5, axis=-1)", &names)?;
    }
    let two = linspace(0.0, 1.0, 2)?;
    assert_is(&gradient(&two, 0, 1.0)?, "np.gradient(a)", &[("a", two.to_py()?)])?;
    assert!(gradient(&two, 0, spaced(1.0).edge_order(2)).unwrap_err().is_value());
    assert!(gradient(&two, 0, &linspace(0.0, 1.0, 3)?).unwrap_err().is_shape());
    Ok(())
}

#[test]
fn integrals() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(10);
    macro_rules! each {
        ($($type:ident, $place:ident;)*) => {$(
            for _ in 0..6 {
                let y = random_array(&mut rng, &[3, 4, 2], |rng| rng.u8(0..60) as f64).astype::<$type>();
                for axis in -3..3isize {
                    let n = y.shape()[axis.rem_euclid(3) as usize];
                    let line = random_array(&mut rng, &[n], |rng| rng.u8(0..60) as f64).astype::<$place>();
                    let all = random_array(&mut rng, &[3, 4, 2], |rng| rng.u8(0..60) as f64).astype::<$place>();
                    let names = [("y", y.to_py()?), ("x", line.to_py()?), ("v", all.to_py()?)];
                    assert_is(&trapezoid(&y, 0.5, axis)?, &format!("np.trapezoid(y, dx=0.5, axis={axis})"), &names)?;
                    assert_is(&trapezoid(&y, &line, axis)?, &format!("np.trapezoid(y, x, axis={axis})"), &names)?;
                    assert_is(&trapezoid(&y, &all, axis)?, &format!("np.trapezoid(y, v, axis={axis})"), &names)?;
                }
            }
        )*};
    }
    each! { f64, f64; f32, f32; f32, i8; i32, i32; complex128, f64; i8, f32; }
    Ok(())
}
