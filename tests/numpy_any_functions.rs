//! Products, statistics and other functions of arrays whose dtypes are known at run time only, against the real NumPy:
//! for every dtype, or pair of them, the same dtype or a refusal by both, and the same values.

#![cfg(all(feature = "python", feature = "any"))]

mod common;

use fastrand::Rng;
use numpypy::{
    AnyArray, Array, Covariances, DType, Kind, Replacements, Tolerance, Unwrap, along, complex128, from_fn,
    spaced,
};

use common::{Differences, OF_SUMS, Outcome, compare, numpy};

/// Small numbers, of any strides; complex ones with both parts.
fn random(rng: &mut Rng, dtype: DType, shape: &[usize]) -> AnyArray {
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let array = AnyArray::from(from_fn(&reversed, |_| rng.i64(0..4)).unwrap().t()).cast(dtype);
    if dtype.kind() != Kind::Complex {
        return array;
    }
    numpypy::multiply::any(&array, complex128::new(1.0, -0.5)).unwrap()
}

fn pairs() -> impl Iterator<Item = (DType, DType)> {
    DType::ALL.iter().flat_map(|&left| DType::ALL.iter().map(move |&right| (left, right)))
}

fn one(value: bool) -> AnyArray {
    numpypy::scalar(value).into()
}

#[test]
fn products() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(1), Differences::beyond(OF_SUMS));
    for (left, right) in pairs() {
        let (a, b) = (random(&mut rng, left, &[3, 4]), random(&mut rng, right, &[4, 3]));
        let (v, w) = (random(&mut rng, right, &[4]), random(&mut rng, left, &[4]));
        let number = random(&mut rng, right, &[]);
        let names = [("a", &a), ("b", &b), ("v", &v), ("w", &w), ("n", &number)];
        macro_rules! each {
            ($($ours:expr, $theirs:literal;)*) => {$(
                compare($ours, concat!("np.", $theirs), &names, &mut wrong)?;
            )*};
        }
        each! {
            numpypy::matmul::any(&a, &b), "matmul(a, b)";
            numpypy::matmul::any(&a, &v), "matmul(a, v)";
            numpypy::matmul::any(&a, &a), "matmul(a, a)";
            numpypy::matmul::any(&a, &number), "matmul(a, n)";
            numpypy::matvec::any(&a, &v), "matvec(a, v)";
            numpypy::vecmat::any(&w, &b), "vecmat(w, b)";
            numpypy::vecdot::any(&w, &v), "vecdot(w, v)";
            numpypy::vecdot::any(&a, &v), "vecdot(a, v)";
            numpypy::dot::any(&a, &b), "dot(a, b)";
            numpypy::dot::any(&w, &v), "dot(w, v)";
            numpypy::dot::any(&a, &number), "dot(a, n)";
            numpypy::inner::any(&a, &v), "inner(a, v)";
            numpypy::inner::any(&number, &v), "inner(n, v)";
            numpypy::outer::any(&w, &b), "outer(w, b)";
            numpypy::tensordot::any(&a, &b, 1), "tensordot(a, b, 1)";
            numpypy::tensordot::any(&a, &b, ([0, 1], [1, 0])), "tensordot(a, b, ([0, 1], [1, 0]))";
            numpypy::tensordot::any(&a, &b, 0), "tensordot(a, b, 0)";
            numpypy::add::outer_any(&w, &b), "add.outer(w, b)";
            numpypy::subtract::outer_any(&w, &v), "subtract.outer(w, v)";
            numpypy::less::outer_any(&number, &b), "less.outer(n, b)";
        }
    }
    wrong.none()
}

#[test]
fn averages_and_covariances() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(2), Differences::beyond(OF_SUMS));
    for (left, right) in pairs() {
        let (a, b) = (random(&mut rng, left, &[3, 5]), random(&mut rng, right, &[3, 5]));
        let weights = random(&mut rng, right, &[5]);
        let names = [("a", &a), ("b", &b), ("w", &weights)];
        let ours = numpypy::average::any(&a, 1, &weights);
        compare(ours, "np.average(a, axis=1, weights=w)", &names, &mut wrong)?;
        let ours = numpypy::average::returned_any(&a, .., &b).map(|both| both.0);
        compare(ours, "np.average(a, weights=b)", &names, &mut wrong)?;
        let ours = numpypy::average::returned_any(&a, 1, &weights).map(|both| both.1);
        compare(ours, "np.average(a, axis=1, weights=w, returned=True)[1]", &names, &mut wrong)?;
        let ours = numpypy::cov::any(&a, Covariances::new().y(&b).ddof(0));
        compare(ours, "np.cov(a, b, ddof=0)", &names, &mut wrong)?;
    }
    for &dtype in DType::ALL {
        let a = random(&mut rng, dtype, &[3, 6]);
        let fweights = Array::from([1i64, 2, 1, 0, 1, 3]);
        let aweights = Array::from([1.5, 0.5, 1.0, 2.0, 0.25, 1.0]);
        compare(numpypy::cov::any(&a, ..), "np.cov(a)", &[("a", &a)], &mut wrong)?;
        compare(numpypy::corrcoef::any(&a, ..), "np.corrcoef(a)", &[("a", &a)], &mut wrong)?;
        let ours = numpypy::cov::any(&a, Covariances::new().fweights(&fweights).aweights(&aweights));
        let (fweights, aweights) = (fweights.into(), aweights.into());
        let names = [("a", &a), ("f", &fweights), ("w", &aweights)];
        compare(ours, "np.cov(a, fweights=f, aweights=w)", &names, &mut wrong)?;
        let ours = numpypy::cov::any(&a, Covariances::new().rowvar(false).bias());
        compare(ours, "np.cov(a, rowvar=False, bias=True)", &names, &mut wrong)?;
    }
    wrong.none()
}

#[test]
fn differences() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(3), Differences::beyond(OF_SUMS));
    for (left, right) in pairs() {
        let (a, end) = (random(&mut rng, left, &[3, 5]), random(&mut rng, right, &[3, 2]));
        let number = random(&mut rng, right, &[]);
        let places = AnyArray::from(numpypy::arange(5i64)?).cast(right);
        let names = [("a", &a), ("end", &end), ("n", &number), ("x", &places)];
        let ours = numpypy::diff::any(&a, along(1).prepend(&end).append(&number));
        compare(ours, "np.diff(a, axis=1, prepend=end, append=n)", &names, &mut wrong)?;
        let ours = numpypy::ediff1d::with_ends_any(&a, &number.reshape([1])?, &end.ravel());
        compare(ours, "np.ediff1d(a, to_begin=n, to_end=end)", &names, &mut wrong)?;
        // NumPy adds bools as bools, and subtracts them as such; for us they are numbers here.
        if left != DType::Bool && right != DType::Bool {
            let ours = numpypy::trapezoid::any(&a, &places, 1);
            compare(ours, "np.trapezoid(a, x, axis=1)", &names, &mut wrong)?;
        }
    }
    for &dtype in DType::ALL {
        let a = random(&mut rng, dtype, &[4, 5]);
        let places = Array::from([0.0, 0.5, 2.0, 3.0, 5.0]);
        let lent = AnyArray::from(places.clone());
        let names = [("a", &a), ("x", &lent)];
        compare(numpypy::diff::any(&a, 0), "np.diff(a, axis=0)", &names, &mut wrong)?;
        compare(numpypy::diff::any(&a, along(-1).n(2)), "np.diff(a, n=2)", &names, &mut wrong)?;
        compare(numpypy::ediff1d::any(&a), "np.ediff1d(a)", &names, &mut wrong)?;
        if dtype == DType::Bool {
            continue;
        }
        compare(numpypy::trapezoid::any(&a, 2.5, 0), "np.trapezoid(a, dx=2.5, axis=0)", &names, &mut wrong)?;
        compare(numpypy::trapezoid::any(&a, 2, 0), "np.trapezoid(a, dx=2, axis=0)", &names, &mut wrong)?;
        compare(numpypy::gradient::any(&a, 1, 1.0), "np.gradient(a, axis=1)", &names, &mut wrong)?;
        let ours = numpypy::gradient::any(&a, 1, spaced(&places).edge_order(2));
        compare(ours, "np.gradient(a, x, axis=1, edge_order=2)", &names, &mut wrong)?;
        let ours = numpypy::gradient::all_any(&a, &[2.0.into(), (&places).into()]);
        compare(ours.map(|all| all[1].clone()), "np.gradient(a, 2.0, x)[1]", &names, &mut wrong)?;
    }
    wrong.none()
}

#[test]
fn comparisons() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(4), Differences::beyond(OF_SUMS));
    let loose = Tolerance { rtol: 0.1, atol: 0.5, equal_nan: true };
    for (left, right) in pairs() {
        let (a, b) = (random(&mut rng, left, &[2, 5]), random(&mut rng, right, &[5]));
        let same = a.cast(right);
        let names = [("a", &a), ("b", &b), ("same", &same)];
        let ours = numpypy::isclose::any(&a, &b, loose);
        compare(ours, "np.isclose(a, b, rtol=0.1, atol=0.5, equal_nan=True)", &names, &mut wrong)?;
        let ours = numpypy::allclose::any(&a, &same, Tolerance::default()).map(one);
        compare(ours, "np.allclose(a, same)", &names, &mut wrong)?;
        let ours = numpypy::array_equal::any(&a, &same, false).map(one);
        compare(ours, "np.array_equal(a, same)", &names, &mut wrong)?;
        let ours = numpypy::array_equal::any(&a, &same, true).map(one);
        compare(ours, "np.array_equal(a, same, equal_nan=True)", &names, &mut wrong)?;
        let ours = numpypy::array_equal::any(&a, &b, true).map(one);
        compare(ours, "np.array_equal(a, b)", &names, &mut wrong)?;
        let ours = numpypy::array_equiv::any(&a, &b.flip(0)?).map(one);
        compare(ours, "np.array_equiv(a, b[::-1])", &names, &mut wrong)?;
    }
    for &dtype in DType::ALL {
        let a = random(&mut rng, dtype, &[2, 5]);
        let names = [("a", &a)];
        let ours = numpypy::isclose::any(&a, 2, Tolerance::default());
        compare(ours, "np.isclose(a, 2)", &names, &mut wrong)?;
        let ours = numpypy::isclose::any(1.5, &a, loose);
        compare(ours, "np.isclose(1.5, a, rtol=0.1, atol=0.5, equal_nan=True)", &names, &mut wrong)?;
        let ours = numpypy::isclose::any(&a, complex128::new(1.0, -0.5), Tolerance::default());
        compare(ours, "np.isclose(a, 1-0.5j)", &names, &mut wrong)?;
    }
    wrong.none()
}

#[test]
fn others() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(5), Differences::beyond(OF_SUMS));
    for (left, right) in pairs() {
        let (x, fp) = (random(&mut rng, left, &[2, 3]), random(&mut rng, right, &[4]));
        let xp = AnyArray::from(Array::from([0.0f32, 0.5, 1.75, 2.5]));
        let ours = numpypy::interp::any(&x, &xp, &fp);
        compare(ours, "np.interp(x, xp, fp)", &[("x", &x), ("xp", &xp), ("fp", &fp)], &mut wrong)?;
        let (small, large) = (xp.cast(left), fp.clone());
        let names = [("small", &small), ("large", &large), ("n", &x.ravel())];
        let conditions = [Array::from([true, false, false, true]), Array::from([true, true, false, false])];
        let ours = AnyArray::select(&conditions, &[&small, &large], 3);
        let call = "np.select([[True, False, False, True], [True, True, False, False]], [small, large], 3)";
        compare(ours, call, &names, &mut wrong)?;
        let places = AnyArray::from(numpypy::arange(4i64)?).cast(left);
        let ours = numpypy::interp::any(&xp, &places, &fp);
        // Whether bools increase is not looked at.
        if left != DType::Bool {
            compare(ours, "np.interp(xp, x, fp)", &[("x", &places), ("xp", &xp), ("fp", &fp)], &mut wrong)?;
        }
    }
    for &dtype in DType::ALL {
        let a = random(&mut rng, dtype, &[3, 5]);
        let names = [("a", &a)];
        // NumPy takes differences of integers without a sign modulo 2^n.
        if dtype.kind() != Kind::Unsigned {
            let options = Unwrap { period: 2.5, axis: 0, ..Unwrap::default() };
            compare(
                numpypy::unwrap::any(&a, options),
                "np.unwrap(a, period=2.5, axis=0)",
                &names,
                &mut wrong,
            )?;
            compare(numpypy::unwrap::any(&a, Unwrap::default()), "np.unwrap(a)", &names, &mut wrong)?;
        }
        compare(numpypy::angle::any(&a, false), "np.angle(a)", &names, &mut wrong)?;
        compare(numpypy::angle::any(&a, true), "np.angle(a, deg=True)", &names, &mut wrong)?;
        compare(numpypy::real::any(&a), "np.real(a)", &names, &mut wrong)?;
        compare(numpypy::imag::any(&a), "np.imag(a)", &names, &mut wrong)?;
        let special = match dtype.kind() {
            Kind::Float | Kind::Complex => {
                AnyArray::from(Array::from([f64::NAN, f64::INFINITY, -f64::INFINITY, 1.5])).cast(dtype)
            }
            _ => a.clone(),
        };
        let with = Replacements { nan: 2.0, posinf: Some(7.0), neginf: None };
        let ours = numpypy::nan_to_num_with::any(&special, with);
        compare(ours, "np.nan_to_num(a, nan=2.0, posinf=7.0)", &[("a", &special)], &mut wrong)?;
    }
    wrong.none()
}
