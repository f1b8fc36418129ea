//! Reductions of arrays whose dtypes are known at run time only, against the real NumPy: for every function and every
//! dtype the same dtype or a refusal by both, and the same values.

#![cfg(all(feature = "python", feature = "any"))]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{AnyArray, AnyOperand, Array, DType, Kind, ToPy, from_fn, over};

use common::{Differences, OF_SUMS, Outcome, compare, numpy};

/// Small numbers.
fn random(rng: &mut Rng, dtype: DType, shape: &[usize]) -> AnyArray {
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    let array = from_fn(&reversed, |_| rng.i64(0..4)).unwrap().t();
    AnyArray::from(array).cast(dtype)
}

/// What is wrong with `check` of a small array of each dtype, if anything is.
fn each_dtype(seed: u64, mut check: impl FnMut(&AnyArray, &Object, &mut Differences) -> Outcome) -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(seed), Differences::beyond(OF_SUMS));
    for &dtype in DType::ALL {
        let a = random(&mut rng, dtype, &[3, 5]);
        check(&a, &a.to_py()?, &mut wrong)?;
    }
    wrong.none()
}

/// Compares calls of functions with NumPy's: of an array, which NumPy knows as `lent`, with each of these options.
macro_rules! each {
    ($of:tt, $options:tt; $($name:ident $(as $type:ident)?),*) => {$(
        each! { @ $of, $options, $name, $name $($type)? }
    )*};
    (@ $of:tt, $options:tt, $name:ident, $same:ident $type:ident) => {
        each! { @ $of, $options, $name, $type }
    };
    (@ ($a:ident, $lent:ident, $wrong:ident), [$($text:literal => $over:expr),*], $name:ident, $type:ident) => {$(
        let call = format!("np.{}(a{})", stringify!($name), $text.replace("MASK", MASK));
        compare(numpypy::$type::any($a, $over), &call, &[("a", $lent)], $wrong)?;
    )*};
}

/// What is taken in both by us, and by NumPy in a call.
const MASK: &str = "where=[[True, False, True, False, True], [False] * 5, [True] * 5]";

fn mask() -> Array<bool> {
    from_fn([3, 5], |i| i[0] == 2 || (i[0] == 0 && i[1] % 2 == 0)).unwrap()
}

#[test]
fn functions() -> Outcome {
    each_dtype(1, |a, lent, wrong| {
        each! {
            (a, lent, wrong), [", axis=1" => 1, "" => ..];
            sum, prod, any, all, count_nonzero, min, max, mean, var, std as std_, ptp, nansum, nanprod, nanmin, nanmax,
            nanmean, nanvar, nanstd, argmin, argmax, nanargmin, nanargmax, median, nanmedian, cumsum, cumprod,
            nancumsum, nancumprod
        }
        let names = [("a", lent)];
        macro_rules! quantiles {
            ($($name:ident)*) => {$(
                let call = concat!("np.", stringify!($name), "(a, [0.25, 0.5], axis=0)");
                compare(numpypy::$name::any(a, [0.25, 0.5], 0), call, &names, wrong)?;
                let call = concat!("np.", stringify!($name), "(a, 0.25, axis=0)");
                compare(numpypy::$name::any(a, 0.25, 0), call, &names, wrong)?;
            )*};
        }
        quantiles!(quantile percentile nanquantile nanpercentile);
        let ours = numpypy::quantile::any(a, 0.25, over(1).method(numpypy::methods::nearest));
        compare(ours, "np.quantile(a, 0.25, axis=1, method='nearest')", &names, wrong)?;
        let ours = numpypy::cumulative_sum::any(a, 1, true);
        compare(ours, "np.cumulative_sum(a, axis=1, include_initial=True)", &names, wrong)?;
        let ours = numpypy::cumulative_prod::any(a, 0, false);
        compare(ours, "np.cumulative_prod(a, axis=0)", &names, wrong)?;
        let mask = Array::from([true, false, true]).reshape([3, 1])?;
        let ours = numpypy::sum::any(a, over(0).keepdims().where_(&mask).initial(2.into()));
        let call = "np.sum(a, axis=0, keepdims=True, where=[[True], [False], [True]], initial=2)";
        compare(ours, call, &names, wrong)?;
        compare(numpypy::var::any(a, over(0).ddof(1)), "np.var(a, axis=0, ddof=1)", &names, wrong)
    })
}

#[test]
fn options() -> Outcome {
    let mask = mask();
    each_dtype(3, |a, lent, wrong| {
        each! {
            (a, lent, wrong), [", axis=1, keepdims=True, MASK" => over(1).keepdims().where_(&mask)];
            mean, any, all, nanmean, var, std as std_, nanvar, nanstd, sum, prod, nansum, nanprod
        }
        each! { (a, lent, wrong), [", axis=(1, 0), MASK" => over([1, 0]).where_(&mask)]; mean, sum, any, nanvar }
        each! {
            (a, lent, wrong), [", axis=1, keepdims=True" => over(1).keepdims()];
            median, nanmedian, ptp, argmin, argmax, nanargmin, nanargmax, min, nanmax
        }
        each! {
            (a, lent, wrong), [", axis=0, initial=2, MASK" => over(0).initial(2.into()).where_(&mask)];
            sum, prod, min, max, nansum, nanprod, nanmin, nanmax
        }
        Ok(())
    })
}

#[test]
fn methods() -> Outcome {
    let mask = mask();
    each_dtype(2, |a, lent, wrong| {
        let names = [("a", lent)];
        let kind = a.dtype().kind();
        macro_rules! methods {
            ($($name:ident)*) => {$(
                let name = stringify!($name);
                // Of complex numbers quotients by zero and powers of zero are not NumPy's to the letter.
                if !(kind == Kind::Complex && ["divide", "power", "float_power"].contains(&name)) {
                    let ours = numpypy::$name::accumulate_any(a, 1);
                    compare(ours, &format!("np.{name}.accumulate(a, axis=1)"), &names, wrong)?;
                    // NumPy's loops of these functions of floats take several elements at a time, also where each
                    // needs the one before: `np.power.reduce([[2.0], [3.0], [1.0]])` can be 2.
                    if name != "arctan2" && !(name == "power" && kind == Kind::Float) {
                        let ours = numpypy::$name::reduce_any(a, 0);
                        compare(ours, &format!("np.{name}.reduce(a, axis=0)"), &names, wrong)?;
                        let first = if kind == Kind::Bool { AnyOperand::Bool(true) } else { 3.into() };
                        let options = over(1).keepdims().initial(first).where_(&mask);
                        let ours = numpypy::$name::reduce_any(a, options);
                        let first = if kind == Kind::Bool { "True" } else { "3" };
                        let options = format!("axis=1, keepdims=True, initial={first}, {MASK}");
                        compare(ours, &format!("np.{name}.reduce(a, {options})"), &names, wrong)?;
                        let ours = numpypy::$name::reduceat_any(a, &[0, 2, 1], 1);
                        compare(ours, &format!("np.{name}.reduceat(a, [0, 2, 1], axis=1)"), &names, wrong)?;
                    }
                }
            )*};
        }
        methods! {
            add multiply maximum minimum fmax fmin logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor
            subtract divide floor_divide remainder fmod power float_power left_shift right_shift gcd lcm hypot arctan2
            logaddexp logaddexp2 copysign heaviside nextafter
            equal not_equal less less_equal greater greater_equal
        }
        Ok(())
    })
}

#[test]
fn initial_values() -> Outcome {
    numpy();
    let a = AnyArray::from(Array::from([1i8, 5, 3]));
    assert_eq!(numpypy::max::any(&a, over(0).initial(9.into()))?, AnyArray::from(numpypy::scalar(9i8)));
    let ten = AnyArray::from(Array::from([10i32]));
    assert_eq!(
        numpypy::sum::any(&a, over(..).initial((&ten).into()))?,
        AnyArray::from(numpypy::scalar(19i64))
    );
    // Neither a float nor a large number is an `i8`.
    assert!(numpypy::max::any(&a, over(0).initial(1.5.into())).unwrap_err().is_dtype());
    assert!(numpypy::max::any(&a, over(0).initial(1000.into())).unwrap_err().is_value());
    assert!(numpypy::add::reduce_any(&a, over(0).initial((&a).into())).unwrap_err().is_shape());
    let error = numpypy::bitwise_or::reduce_any(&AnyArray::from(Array::from([1.5])), 0).unwrap_err();
    assert!(
        error.to_string().contains("bitwise_or.reduce") && error.to_string().contains("float64"),
        "{error}"
    );
    assert!(
        numpypy::argmax::any(&AnyArray::from(Array::<f64>::from_vec(vec![])), ..).unwrap_err().is_value()
    );
    Ok(())
}
