//! Magnitudes, angles, products, quotients and powers.

use fastrand::Rng;
use numpypy::*;

use crate::common::{Outcome, eval, numpy};
use crate::{INF, assert_near, differences, grid, random_array};

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
