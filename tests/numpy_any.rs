//! Arrays whose dtypes are known at run time only, against the real NumPy: for every function and every
//! dtype, or pair of them, the same dtype or a refusal by both, and the same values.

#![cfg(all(feature = "python", feature = "any"))]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{AnyArray, AnyOperand, DType, ToPy, complex128, from_fn};

use common::{Outcome, Tolerance, eval, is_near, numpy};

/// Small numbers, with strides. (Of complex numbers, quotients by zero are not NumPy's to the letter.)
fn random(rng: &mut Rng, dtype: DType, shape: &[usize]) -> AnyArray {
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let array = from_fn(&reversed, |_| rng.i64(1..12)).unwrap().t();
    AnyArray::from(array).cast(dtype)
}

/// Whether both refuse, or both give the same dtype and nearly the same values.
fn compare(ours: numpypy::Result<AnyArray>, call: &str, names: &[(&str, &Object)]) -> Outcome {
    let theirs = eval(&format!("np.asarray({call})"), names);
    let mut what = format!("{call} of");
    for (_, object) in names {
        what = format!("{what} {}", object.repr()?);
    }
    match (ours, theirs) {
        (Err(ours), Err(theirs)) => {
            assert!(ours.is_dtype() || ours.is_value(), "{what}: {ours}, {theirs}");
            Ok(())
        }
        (Ok(ours), Ok(theirs)) => {
            let ours = ours.to_py()?;
            let same = is_near(&ours, &theirs, Tolerance { relative: 8, absolute: 1 })?;
            assert!(same, "{what}\nours:   {}\nNumPy's: {}", ours.repr()?, theirs.repr()?);
            Ok(())
        }
        (Ok(ours), Err(theirs)) => panic!("{what}\nours: {ours:?}\nNumPy refuses: {theirs}"),
        (Err(ours), Ok(theirs)) => panic!("{what}\nours: {ours}\nNumPy's: {}", theirs.repr()?),
    }
}

#[test]
fn functions_of_one() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(1);
    macro_rules! each {
        ($($name:ident)*) => {$(
            for &dtype in DType::ALL {
                let a = random(&mut rng, dtype, &[3, 5]);
                let ours = numpypy::$name::any(&a);
                compare(ours, concat!("np.", stringify!($name), "(a)"), &[("a", &a.to_py()?)])?;
            }
        )*};
    }
    each! {
        absolute arccos arccosh arcsin arcsinh arctan arctanh bitwise_count cbrt ceil conjugate cos cosh deg2rad
        degrees exp exp2 expm1 fabs floor invert isfinite isinf isnan log log10 log1p log2 logical_not negative
        positive rad2deg radians reciprocal rint sign signbit sin sinh spacing sqrt square tan tanh trunc
    }
    Ok(())
}

#[test]
fn functions_of_two() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    macro_rules! each {
        ($($name:ident)*) => {$(
            for &left in DType::ALL {
                for &right in DType::ALL {
                    let a = random(&mut rng, left, &[2, 5]);
                    let b = random(&mut rng, right, &[5]);
                    let ours = numpypy::$name::any(&a, &b);
                    let call = concat!("np.", stringify!($name), "(a, b)");
                    compare(ours, call, &[("a", &a.to_py()?), ("b", &b.to_py()?)])?;
                }
            }
        )*};
    }
    each! {
        add arctan2 bitwise_and bitwise_or bitwise_xor copysign divide equal floor_divide fmax fmin fmod gcd
        greater greater_equal heaviside hypot lcm left_shift less less_equal logaddexp logaddexp2 logical_and
        logical_or logical_xor maximum minimum multiply nextafter not_equal remainder right_shift subtract
        power float_power
    }
    Ok(())
}

#[test]
fn numbers_beside_arrays() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    let numbers: [(AnyOperand<'_>, &str); 8] = [
        (true.into(), "True"),
        (2.into(), "2"),
        ((-3).into(), "-3"),
        (300.into(), "300"),
        (70_000.into(), "70000"),
        (2.5.into(), "2.5"),
        ((-0.5).into(), "-0.5"),
        (complex128::new(1.0, 2.0).into(), "1+2j"),
    ];
    macro_rules! each {
        ($($name:ident)*) => {$(
            for &dtype in DType::ALL {
                let a = random(&mut rng, dtype, &[4]);
                let lent = a.to_py()?;
                for (number, text) in &numbers {
                    // Of huge complex powers more than the last digit differs.
                    let is_huge = dtype.kind() == numpypy::Kind::Complex && ["300", "70000"].contains(text);
                    if is_huge && stringify!($name).ends_with("power") {
                        continue;
                    }
                    let call = format!("np.{}(a, {text})", stringify!($name));
                    compare(numpypy::$name::any(&a, number.clone()), &call, &[("a", &lent)])?;
                    let call = format!("np.{}({text}, a)", stringify!($name));
                    compare(numpypy::$name::any(number.clone(), &a), &call, &[("a", &lent)])?;
                }
            }
        )*};
    }
    each! { add multiply divide maximum hypot bitwise_and less equal float_power power }
    Ok(())
}

#[test]
fn two_results() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(4);
    for &left in DType::ALL {
        let a = random(&mut rng, left, &[2, 5]);
        let lent = a.to_py()?;
        macro_rules! of_one {
            ($($name:ident)*) => {$(
                let ours = || numpypy::$name::any(&a);
                compare(ours().map(|parts| parts.0), concat!("np.", stringify!($name), "(a)[0]"), &[("a", &lent)])?;
                compare(ours().map(|parts| parts.1), concat!("np.", stringify!($name), "(a)[1]"), &[("a", &lent)])?;
            )*};
        }
        of_one!(modf frexp);
        for &right in DType::ALL {
            let b = random(&mut rng, right, &[5]);
            let names = [("a", &lent), ("b", &b.to_py()?)];
            let ours = || numpypy::divmod::any(&a, &b);
            compare(ours().map(|parts| parts.0), "np.divmod(a, b)[0]", &names)?;
            compare(ours().map(|parts| parts.1), "np.divmod(a, b)[1]", &names)?;
        }
    }
    Ok(())
}
