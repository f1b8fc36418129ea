//! Functions of complex numbers against the real NumPy: special values in both parts, on both sides of branch
//! cuts, and random numbers of every layout; and the functions of parts, angles, closeness and lines.

#![cfg(feature = "python")]

mod common;

use std::error::Error;
use std::f64::consts::PI;

use fastrand::Rng;
use numpypy::foreign::{Object, builtin};
use numpypy::{Array, Interp, Replacements, ToPy, Tolerance, Unwrap, complex64, complex128, f16, from_fn, s};

use common::{Outcome, eval, numpy, scope};

/// Where ours and NumPy's differ in kind (`nan`, the sign of an infinity or of a zero) or by more than so many
/// ULP of the number's size. Where one part is `nan`, C99 leaves the other's sign open.
const DIFFERENCES: &str = "
def parts(z):
    return (z.real, z.imag) if z.dtype.kind == 'c' else (z, z)

def differences(ours, theirs, ulps, signs):
    if ours.dtype != theirs.dtype or ours.shape != theirs.shape:
        return [(ours.dtype, ours.shape, theirs.dtype, theirs.shape)]
    (a, b), (c, d) = parts(ours), parts(theirs)
    tiny = float(np.finfo(a.dtype).smallest_subnormal)
    size = np.maximum(np.abs(c), np.abs(d)).astype(float)
    size = np.where(np.isfinite(size), size, 0)
    limit = ulps * (np.finfo(a.dtype).eps * size + tiny)
    open = np.isnan(c) | np.isnan(d)
    wrong = np.zeros(a.shape, bool)
    for x, y in ((a, c), (b, d)):
        number = np.isfinite(x) & np.isfinite(y)
        near = np.abs(np.where(number, x, 0).astype(float) - np.where(number, y, 0)) <= limit
        zeros = (x == 0) & (y == 0)
        same = np.where(zeros & signs & ~open, np.signbit(x) == np.signbit(y), number & near)
        same = np.where(np.isnan(y), np.isnan(x), same)
        wrong |= ~np.where(np.isinf(y), np.isinf(x) & (open | (x == y)), same)
    return list(zip(ours[wrong][:20], theirs[wrong][:20], np.argwhere(wrong)[:20].tolist()))
";

fn differences(ours: &Object, theirs: &Object, ulps: f64, signs: bool) -> Result<String, Box<dyn Error>> {
    let names = scope(&[("ours", ours), ("theirs", theirs)])?;
    builtin("exec")?.call((DIFFERENCES, &names))?;
    let source =
        format!("differences(ours, np.asarray(theirs), {ulps}, {})", if signs { "True" } else { "False" });
    let found = builtin("eval")?.call((source, &names))?;
    Ok(if found.len()? == 0 { String::new() } else { found.repr()? })
}

fn assert_near(ours: &Object, theirs: &Object, ulps: f64, what: &str) -> Outcome {
    let found = differences(ours, theirs, ulps, true)?;
    assert!(found.is_empty(), "{what}: (ours, NumPy's, where)\n{found}");
    Ok(())
}

/// All pairs of these values, and of their negatives, as real and imaginary parts.
fn grid(values: &[f64]) -> Array<complex128> {
    let mut parts = vec![f64::NAN];
    for &value in values {
        parts.extend([value, -value]);
    }
    let n = parts.len();
    from_fn([n, n], |index| complex128::new(parts[index[0]], parts[index[1]])).unwrap()
}

macro_rules! special_values {
    ($($test:ident: [$($function:ident)*] $ulps:literal $values:expr;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            numpy();
            let z = grid(&$values);
            let lent = z.to_py()?;
            $(
                let theirs = eval(concat!("np.", stringify!($function), "(z)"), &[("z", &lent)])?;
                assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, stringify!($function))?;
            )*
            Ok(())
        }
    )*};
}
const INF: f64 = f64::INFINITY;
special_values! {
    logarithms_and_roots_everywhere: [log log2 log10 sqrt] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    inverse_functions_everywhere: [arcsin arccos arctan arcsinh arccosh arctanh] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    circular_functions_everywhere: [sin cos tan sinh cosh tanh exp] 8.0
        [0.0, 5e-324, 1e-310, 1e-160, 1e-20, 0.5, 1.0, 1.0000000000000002, 2.5, 27.0, 400.0, 700.0, 709.0, INF];
    // Where NumPy is exact enough, or means it.
    other_exponentials: [exp2 expm1] 32.0 [0.0, 0.5, 1.0, 2.5, 9.0, INF];
    other_logarithm: [log1p] 32.0 [0.0, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, INF];
    arithmetic: [reciprocal conjugate rint] 4.0 [0.0, 1e-300, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    directions: [sign] 4.0 [0.0, 1e-150, 0.5, 1.0, 2.5, 400.0, 1e16, 1e160, 1e300, INF];
    squares: [square] 4.0 [0.0, 0.5, 1.0, 2.5, 400.0, 1e16, 1e100];
}

/// An array of numbers in the middle, and sometimes anywhere, with every layout.
fn random_array(rng: &mut Rng) -> Array<complex128> {
    let (rows, columns) = (rng.usize(0..6), rng.usize(0..90));
    let scale = *rng.choice(&[1.0, 20.0]).unwrap();
    let a = from_fn([rows, 2 * columns], |_| {
        let mut part = || (rng.f64() - 0.5) * scale;
        complex128::new(part(), part())
    })
    .unwrap();
    match rng.u8(0..5) {
        0 => a.t(),
        1 => a.slice(s![.., ..;2]).unwrap(),
        2 => a.slice(s![..;-1, ..;-1]).unwrap(),
        3 => a.slice(s![0..1, ..]).unwrap().broadcast_to([3, 2 * columns]).unwrap_or(a),
        _ => a,
    }
}

macro_rules! random_values {
    ($($test:ident: [$($function:ident)*] $ulps:literal;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(21);
            $(
                for _ in 0..12 {
                    let z = random_array(&mut rng);
                    let what = stringify!($function);
                    let source = concat!("np.", stringify!($function), "(z)");
                    let theirs = eval(source, &[("z", &z.to_py()?)])?;
                    assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, what)?;
                    let z: Array<complex64> = z.astype();
                    let theirs = eval(source, &[("z", &z.to_py()?)])?;
                    assert_near(&numpypy::$function(&z).to_py()?, &theirs, $ulps, what)?;
                    let mut out: Array<complex64> = z.copy();
                    numpypy::$function::out(&z, &mut out)?;
                    assert_near(&out.to_py()?, &theirs, $ulps, what)?;
                }
            )*
            Ok(())
        }
    )*};
}
random_values! {
    random_exponentials: [exp exp2 expm1 sin cos tan sinh cosh tanh] 40.0;
    random_logarithms: [log log2 log10 sqrt arcsin arccos arctan arcsinh arccosh arctanh] 40.0;
    // Of which NumPy's loses what |1 + z| has in common with 1.
    random_logarithms_near_one: [log1p] 5e4;
    random_arithmetic: [square reciprocal conjugate sign sinc] 40.0;
}

#[test]
fn magnitudes_and_angles() -> Outcome {
    numpy();
    let z = grid(&[0.0, 5e-324, 1e-310, 1e-160, 0.5, 1.0, 2.5, 1e16, 1e160, 1e300, INF]);
    let narrow: Array<complex64> = z.astype();
    for (source, deg) in [("np.angle(z)", false), ("np.angle(z, deg=True)", true)] {
        let theirs = eval(source, &[("z", &z.to_py()?)])?;
        assert_near(&numpypy::angle(&z, deg).to_py()?, &theirs, 4.0, source)?;
        let theirs = eval(source, &[("z", &narrow.to_py()?)])?;
        assert_near(&numpypy::angle(&narrow, deg).to_py()?, &theirs, 4.0, source)?;
    }
    let theirs = eval("np.absolute(z)", &[("z", &z.to_py()?)])?;
    assert_near(&numpypy::absolute(&z).to_py()?, &theirs, 2.0, "absolute")?;
    let theirs = eval("np.absolute(z)", &[("z", &narrow.to_py()?)])?;
    assert_near(&numpypy::absolute(&narrow).to_py()?, &theirs, 2.0, "absolute")?;
    macro_rules! real_angles {
        ($($type:ident)*) => {$(
            let a: Array<$type> = Array::from([0.0, 1.0, 3.0, -2.0]).astype();
            let theirs = eval("np.angle(z)", &[("z", &a.to_py()?)])?;
            assert_near(&numpypy::angle(&a, false).to_py()?, &theirs, 2.0, stringify!($type))?;
        )*};
    }
    real_angles!(bool i8 i16 i32 i64 u8 u64 f16 f32 f64);
    Ok(())
}

#[test]
fn products_and_quotients() -> Outcome {
    numpy();
    let z = grid(&[0.0, 1e-300, 1e-5, 0.5, 1.0, 2.5, 1e16, 1e300, INF]);
    let n = z.len();
    let (a, b) = (z.reshape([n, 1])?, z.reshape([1, n])?);
    let theirs = eval("a / b", &[("a", &a.to_py()?), ("b", &b.to_py()?)])?;
    // NumPy's method to the letter: the same bits, or both nan.
    assert_near(&numpypy::divide(&a, &b)?.to_py()?, &theirs, 0.0, "divide")?;
    assert_near(&(&a / &b).to_py()?, &theirs, 0.0, "divide")?;
    let (a, b): (Array<complex64>, Array<complex64>) = (a.astype(), b.astype());
    let theirs = eval("a / b", &[("a", &a.to_py()?), ("b", &b.to_py()?)])?;
    assert_near(&numpypy::divide(&a, &b)?.to_py()?, &theirs, 0.0, "divide")?;
    Ok(())
}

#[test]
fn powers() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(22);
    for _ in 0..20 {
        let z = random_array(&mut rng);
        let w = from_fn(z.shape(), |_| complex128::new(rng.f64() * 6.0 - 3.0, rng.f64() * 6.0 - 3.0))?;
        let names = [("z", &z.to_py()?), ("w", &w.to_py()?)];
        assert_near(&numpypy::power(&z, &w)?.to_py()?, &eval("np.power(z, w)", &names)?, 200.0, "power")?;
        let theirs = eval("np.float_power(z, w)", &names)?;
        assert_near(&numpypy::float_power(&z, &w)?.to_py()?, &theirs, 200.0, "float_power")?;
        let (z, w): (Array<complex64>, Array<complex64>) = (z.astype(), w.astype());
        let names = [("z", &z.to_py()?), ("w", &w.to_py()?)];
        assert_near(&numpypy::power(&z, &w)?.to_py()?, &eval("np.power(z, w)", &names)?, 400.0, "power")?;
        let theirs = eval("np.float_power(z, w)", &names)?;
        assert_near(&numpypy::float_power(&z, &w)?.to_py()?, &theirs, 200.0, "float_power")?;
    }
    // Whole numbers, alone and among others: the same bits.
    let z = grid(&[0.0, 0.5, 1.0, 3.0, 7.0]);
    let of_nan = |n: usize| z.slice(s![1.., 1..]).unwrap().reshape([n * n]).unwrap();
    let z = of_nan(z.shape()[0] - 1);
    for n in [-5, -2, -1, 0, 1, 2, 3, 4, 5, 9, 100] {
        let whole = complex128::new(f64::from(n), 0.0);
        let ours = numpypy::power(&z, whole)?;
        let mut others = from_fn(z.shape(), |_| whole)?;
        others.set([0], complex128::new(0.5, 0.0))?;
        let among = numpypy::power(&z, &others)?;
        assert_near(&among.slice(s![1..])?.to_py()?, &ours.slice(s![1..])?.to_py()?, 0.0, "among others")?;
        let theirs =
            eval("np.power(z, w)", &[("z", &z.to_py()?), ("w", &from_fn(z.shape(), |_| whole)?.to_py()?)])?;
        let found = differences(&ours.to_py()?, &theirs, 200.0, false)?;
        assert!(found.is_empty(), "z to the {n}: {found}");
        assert_near(&numpypy::power(&z, &Array::from([n]))?.to_py()?, &ours.to_py()?, 0.0, "of integers")?;
    }
    let zero = Array::from([complex128::new(0.0, 0.0)]);
    for (re, im) in [(0.0, 0.0), (1.0, 0.0), (0.5, 0.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (-1.0, 1.0)] {
        let w = Array::from([complex128::new(re, im)]);
        let theirs = eval("np.power(z, w)", &[("z", &zero.to_py()?), ("w", &w.to_py()?)])?;
        assert_near(&numpypy::power(&zero, &w)?.to_py()?, &theirs, 0.0, "of zero")?;
    }
    Ok(())
}

#[test]
fn negative_powers_of_integers_say_where() -> Outcome {
    numpy();
    let exponents = Array::from([1, 2, 3, -4, 5, -6]).reshape([2, 3])?;
    let error = numpypy::power(&Array::from([2, 2, 2]), &exponents).unwrap_err();
    assert!(error.is_value() && error.to_string().contains("[1, 0] is -4"), "{error}");
    let error = numpypy::power(&Array::from([2u8]), 200).err();
    assert!(error.is_none(), "no number of u8 is negative");
    let error = numpypy::power(&Array::from([2]), -1).unwrap_err();
    assert!(error.is_value() && error.to_string().contains("is -1"), "{error}");
    assert_eq!(numpypy::power(&Array::from([2.0, 4.0]), &Array::from([-1, -1]))?, Array::from([0.5, 0.25]));
    assert_eq!(
        numpypy::power(&Array::from([true, false]), &Array::from([false, true]))?,
        Array::from([1i8, 0])
    );
    Ok(())
}

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
