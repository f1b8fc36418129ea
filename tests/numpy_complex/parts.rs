//! Real and imaginary parts, closeness, and the functions that take both real and complex numbers.

use std::f64::consts::PI;

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::{INF, assert_near, grid, random_array};

#[test]
fn parts_share_their_memory() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(23);
    for _ in 0..40 {
        let z = random_array(&mut rng);
        for (ours, source) in [(z.real(), "z.real"), (numpypy::imag(&z), "z.imag")] {
            let lent = z.to_py()?;
            let names = [("z", &lent), ("p", &ours.to_py()?)];
            assert!(eval(&format!("np.array_equal(p, {source})"), &names)?.extract::<bool>()?);
            let shared = format!(
                "p.size == 0 or np.shares_memory(p, z) and p.ctypes.data == {source}.ctypes.data and p.strides == {source}.strides"
            );
            assert!(
                eval(&shared, &names)?.extract::<bool>()?,
                "{source} of {:?} {:?}",
                z.shape(),
                z.strides()
            );
        }
    }
    // What is written to a part is written elsewhere while the whole is there.
    let z = Array::from([complex128::new(1.0, 2.0), complex128::new(3.0, 4.0)]);
    let mut re = z.real();
    re += 1.0;
    assert_eq!((re, z.real()), (Array::from([2.0, 4.0]), Array::from([1.0, 3.0])));
    let mut im = Array::from([1, 2, 3]).imag();
    im += 1;
    assert_eq!(im, Array::from([1, 1, 1]));
    Ok(())
}

#[test]
fn closeness() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(24);
    macro_rules! of {
        ($($left:ident $right:ident,)*) => {$(
            for _ in 0..20 {
                let near = |rng: &mut Rng| {
                    let base = [0.0, 1.0, 2.0, 1e4, f64::NAN, f64::INFINITY, -3.0][rng.usize(0..7)];
                    base * (1.0 + [0.0, 1e-3, 1e-7, 1e-2][rng.usize(0..4)])
                };
                let a: Array<$left> = from_fn([3, 40], |_| near(&mut rng))?.astype();
                let b: Array<$right> = from_fn([40], |_| near(&mut rng))?.astype();
                let tolerance = Tolerance {
                    rtol: [1e-5, 1e-2, 0.0][rng.usize(0..3)],
                    atol: [1e-8, 1e-3, 0.0][rng.usize(0..3)],
                    equal_nan: rng.bool(),
                };
                let options = format!("rtol={:?}, atol={:?}, equal_nan={}", tolerance.rtol, tolerance.atol,
                                      if tolerance.equal_nan { "True" } else { "False" });
                let names = [("a", &a.to_py()?), ("b", &b.to_py()?)];
                let theirs = eval(&format!("np.isclose(a, b, {options})"), &names)?;
                let ours = numpypy::isclose(&a, &b, tolerance)?;
                let same: bool = eval("np.array_equal(a, b)", &[("a", &ours.to_py()?), ("b", &theirs)])?.extract()?;
                assert!(same, "{options} of {} and {}", names[0].1.repr()?, names[1].1.repr()?);
                let all: bool = eval(&format!("np.allclose(a, b, {options})"), &names)?.extract()?;
                assert_eq!(numpypy::allclose(&a, &b, tolerance)?, all);
                assert_eq!(numpypy::array_equiv(&a, &b)?, eval("np.array_equiv(a, b)", &names)?.extract::<bool>()?);
                let names = [("a", &a.to_py()?), ("b", &a.astype::<$right>().to_py()?)];
                for (nan, source) in [(false, "np.array_equal(a, b)"), (true, "np.array_equal(a, b, equal_nan=True)")] {
                    let ours = numpypy::array_equal(&a, &a.astype::<$right>(), nan)?;
                    assert_eq!(ours, eval(source, &names)?.extract::<bool>()?, "{source} {}", names[0].1.repr()?);
                }
            }
        )*};
    }
    of!(f64 f64, f32 f32, f16 f16, f32 f64, i64 f64, f16 f32, complex64 complex64, complex128 f64, i8 f32,);
    Ok(())
}

#[test]
fn replacements() -> Outcome {
    numpy();
    macro_rules! of {
        ($($type:ident)*) => {$(
            let a: Array<$type> = Array::from([f64::NAN, INF, -INF, 1.5, 0.0]).astype();
            for (with, source) in [
                (Replacements::default(), "np.nan_to_num(a)"),
                (Replacements { nan: 3.0, posinf: Some(4.0), neginf: None }, "np.nan_to_num(a, nan=3, posinf=4)"),
                (Replacements { neginf: Some(-1.0), ..Replacements::default() }, "np.nan_to_num(a, neginf=-1)"),
            ] {
                let theirs = eval(source, &[("a", &a.to_py()?)])?;
                assert_near(&numpypy::nan_to_num_with(&a, with).to_py()?, &theirs, 0.0, source)?;
            }
            let mut b = a.copy();
            b = numpypy::nan_to_num_with(b, Replacements::default());
            assert_eq!(b, numpypy::nan_to_num(&a));
        )*};
    }
    of!(f16 f32 f64 complex64 complex128);
    Ok(())
}

#[test]
fn lines() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(25);
    for round in 0..200 {
        let n = rng.usize(1..30);
        let mut points: Vec<f64> = (0..n).map(|_| rng.i32(-20..20) as f64 / 4.0).collect();
        points.sort_by(f64::total_cmp);
        points.dedup();
        let xp = Array::from_vec(points);
        let any = |rng: &mut Rng| if rng.u8(0..15) == 0 { INF } else { rng.f64() * 9.0 };
        let fp = from_fn([xp.len()], |_| any(&mut rng))?;
        let x =
            from_fn([2, 40], |_| if rng.u8(0..20) == 0 { f64::NAN } else { rng.i32(-50..50) as f64 / 8.0 })?
                .t();
        let names = [("x", &x.to_py()?), ("xp", &xp.to_py()?), ("fp", &fp.to_py()?)];
        let line = Interp::new(&xp, &fp)?;
        match round % 4 {
            0 => assert_near(&line.at(&x)?.to_py()?, &eval("np.interp(x, xp, fp)", &names)?, 0.0, "interp")?,
            1 => {
                let theirs = eval("np.interp(x, xp, fp, left=-7, right=9)", &names)?;
                assert_near(&line.left(-7.0).right(9.0).at(&x)?.to_py()?, &theirs, 0.0, "interp")?;
            }
            2 if xp.len() < 8 => {
                // Points that are one a period later have no order.
                let theirs = eval("np.interp(x, xp, fp, period=-11)", &names)?;
                assert_near(&line.period(-11.0)?.at(&x)?.to_py()?, &theirs, 0.0, "interp")?;
            }
            _ => {
                let fp = from_fn([xp.len()], |_| complex128::new(any(&mut rng), any(&mut rng)))?;
                let names = [("x", &x.to_py()?), ("xp", &xp.to_py()?), ("fp", &fp.to_py()?)];
                let theirs = eval("np.interp(x, xp, fp)", &names)?;
                assert_near(&numpypy::interp(&x, &xp, &fp)?.to_py()?, &theirs, 0.0, "interp")?;
            }
        }
    }
    let (three, two, none) =
        (Array::from([1.0, 2.0, 3.0]), Array::from([1.0, 2.0]), Array::<f64>::from_vec(vec![]));
    assert!(numpypy::interp(&three, &three, &two).unwrap_err().is_shape());
    assert!(numpypy::interp(&three, &none, &none).unwrap_err().is_value());
    assert!(Interp::new(&three, &three)?.period(0.0).unwrap_err().is_value());
    Ok(())
}

#[test]
fn phases() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(26);
    macro_rules! of {
        ($($type:ident $ulps:literal,)*) => {$(
            for _ in 0..20 {
                let shape = [rng.usize(0..4), rng.usize(1..30)];
                let a: Array<$type> = from_fn(shape, |_| [rng.f64() * 40.0 - 20.0, 0.0, PI, -PI][usize::from(rng.u8(0..4))])?.astype();
                let lent = a.to_py()?;
                for (options, source) in [
                    (Unwrap::default(), "np.unwrap(a)"),
                    (Unwrap { axis: 0, ..Unwrap::default() }, "np.unwrap(a, axis=0)"),
                    (Unwrap { discont: Some(5.0), period: 4.0, ..Unwrap::default() }, "np.unwrap(a, discont=5.0, period=4.0)"),
                ] {
                    let ours = numpypy::unwrap(&a, options)?.to_py()?;
                    assert_near(&ours, &eval(source, &[("a", &lent)])?, $ulps, source)?;
                }
            }
        )*};
    }
    of!(f64 64.0, f32 64.0, i64 64.0,);
    assert!(
        numpypy::unwrap(&Array::from([1.0]), Unwrap { axis: 1, ..Unwrap::default() }).unwrap_err().is_index()
    );
    Ok(())
}

#[test]
fn special_functions() -> Outcome {
    numpy();
    macro_rules! of {
        ($($type:ident $ulps:literal,)*) => {$(
            let a: Array<$type> = numpypy::linspace(-30.0, 30.0, 241)?.astype();
            let lent = a.to_py()?;
            assert_near(&numpypy::i0(&a).to_py()?, &eval("np.i0(a)", &[("a", &lent)])?, $ulps, "i0")?;
            let ours = numpypy::sinc(&a).to_py()?;
            let theirs = eval("np.sinc(a)", &[("a", &lent)])?;
            let near: bool = eval("a.dtype == b.dtype and np.allclose(a, b, rtol=1e-6, atol=4 * np.finfo(a.dtype).eps)",
                                  &[("a", &ours), ("b", &theirs)])?.extract()?;
            assert!(near, "sinc of {}", stringify!($type));
        )*};
    }
    of!(f64 64.0, f32 64.0, i64 64.0, i8 64.0, bool 64.0,);
    // Half precision is not NumPy's worst case, but its own.
    let a: Array<f16> = Array::from([0.0, 0.5, 1.0, 4.0]).astype();
    assert_eq!(numpypy::i0(&a), numpypy::i0(&a.astype::<f64>()).astype::<f16>());
    Ok(())
}

#[test]
fn questions() -> Outcome {
    numpy();
    let z = grid(&[0.0, 1.0, INF]);
    for (ours, source) in [
        (numpypy::isreal(&z), "np.isreal(z)"),
        (numpypy::iscomplex(&z), "np.iscomplex(z)"),
        (numpypy::isnan(&z), "np.isnan(z)"),
        (numpypy::isinf(&z), "np.isinf(z)"),
        (numpypy::isfinite(&z), "np.isfinite(z)"),
        (numpypy::isposinf(&z.real()), "np.isposinf(z.real)"),
        (numpypy::isneginf(&z.imag()), "np.isneginf(z.imag)"),
        (numpypy::isreal(&z.imag()), "np.isreal(z.imag)"),
    ] {
        let theirs = eval(source, &[("z", &z.to_py()?)])?;
        let same: bool = eval("np.array_equal(a, b)", &[("a", &ours.to_py()?), ("b", &theirs)])?.extract()?;
        assert!(same, "{source}");
    }
    let bools = Array::from([true, false]);
    let theirs = eval("np.round(a)", &[("a", &bools.to_py()?)])?;
    assert_near(&numpypy::round(&bools, 0)?.to_py()?, &theirs, 0.0, "round")?;
    assert!(numpypy::round(&bools, 1).unwrap_err().is_value());
    Ok(())
}
