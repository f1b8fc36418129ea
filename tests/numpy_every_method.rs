//! Every ufunc, called and by its methods `out`, `out_where`, `outer` and `at`, against the real NumPy: over shapes that
//! broadcast and strides of either sign. (By its methods that fold: `numpy_any_reductions.rs`; over all dtypes:
//! `numpy_any.rs`.)

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{Array, Element, ToPy, from_fn};

use common::random::{part_of, whole_numbers};
use common::{Outcome, Tolerance, assert_near, eval, numpy};

/// Functions of floats differ by their roundings.
const NEAR: Tolerance = Tolerance { relative: 8, absolute: 2 };

/// Small numbers.
fn random_array<T: Element>(rng: &mut Rng, shape: &[usize], low: i64) -> Array<T> {
    whole_numbers(rng, shape, low..10)
}

/// That dtype, shape and values are the same.
fn assert_same<T: Element>(ours: &Array<T>, theirs: &Object, what: &str) -> Outcome
where
    Array<T>: ToPy,
{
    assert_near(ours, theirs, NEAR, what)
}

/// That NumPy's call, given a copy of `before` as `out`, leaves `ours`.
fn assert_leaves<T: Element>(
    ours: &Array<T>,
    before: &Array<T>,
    call: &str,
    names: &[(&str, &Object)],
) -> Outcome
where
    Array<T>: ToPy,
{
    let out = eval("out.copy()", &[("out", &before.to_py()?)])?;
    eval(call, &[names, &[("out", &out)]].concat())?;
    let mut what = call.to_owned();
    for (name, object) in names {
        what += &format!("\n{name}: {}", object.repr()?);
    }
    assert_same(ours, &out, &what)
}

/// Functions of one argument, of elements of a dtype from a number on, into arrays of another.
macro_rules! of_one {
    ($type:ident from $low:literal into $out:ident: $($name:ident)*) => {{
        let mut rng = Rng::with_seed(1);
        $(for _ in 0..4 {
            let name = concat!("np.", stringify!($name));
            let shape = [rng.usize(0..5), rng.usize(1..40)];
            let (shape_a, shape_m) = (part_of(&mut rng, &shape), part_of(&mut rng, &shape));
            let a: Array<$type> = random_array(&mut rng, &shape_a, $low);
            let mask = from_fn(&shape_m, |_| rng.bool())?;
            let names = [("a", &a.to_py()?), ("m", &mask.to_py()?)];
            assert_same(&numpypy::$name(&a), &eval(&format!("np.asarray({name}(a))"), &names)?, name)?;
            let before: Array<$out> = random_array(&mut rng, &shape, 0);
            let mut out = before.clone();
            numpypy::$name::out(&a, &mut out)?;
            assert_leaves(&out, &before, &format!("{name}(a, out=out)"), &names)?;
            let mut out = before.clone();
            numpypy::$name::out_where(&a, &mut out, &mask)?;
            assert_leaves(&out, &before, &format!("{name}(a, out=out, where=m)"), &names)?;
            // In place, some elements more than once.
            let before: Array<$out> = random_array(&mut rng, &[9, 2], $low.max(1));
            let indices = from_fn([6], |_| rng.i64(-9..9))?;
            let mut out = before.clone();
            numpypy::$name::at(&mut out, &indices)?;
            assert_leaves(&out, &before, &format!("{name}.at(out, i)"), &[("i", &indices.to_py()?)])?;
        })*
    }};
}

#[test]
fn functions_of_one() -> Outcome {
    numpy();
    of_one! { f64 from -9 into f64:
        absolute arctan arcsinh cbrt ceil conjugate cos deg2rad degrees exp exp2 expm1 fabs floor isfinite isinf isnan
        logical_not negative positive rad2deg radians rint sign signbit sin spacing square tan tanh trunc
    }
    of_one! { f64 from 1 into f64: arccosh log log10 log1p log2 reciprocal sqrt }
    of_one! { f64 from -2 into f64: sinh cosh arcsin arccos arctanh }
    of_one! { f32 from -9 into f64: absolute ceil conjugate floor negative rint sign square }
    of_one! { i64 from -9 into i64: bitwise_count invert absolute sign }
    Ok(())
}

/// Functions of two arguments, as above.
macro_rules! of_two {
    ($left:ident $right:ident from $low:literal into $out:ident: $($name:ident)*) => {{
        let mut rng = Rng::with_seed(2);
        $(for _ in 0..4 {
            let name = concat!("np.", stringify!($name));
            let shape = [rng.usize(0..5), rng.usize(1..40)];
            let shapes = [(); 3].map(|()| part_of(&mut rng, &shape));
            let a: Array<$left> = random_array(&mut rng, &shapes[0], $low);
            let b: Array<$right> = random_array(&mut rng, &shapes[1], $low);
            let mask = from_fn(&shapes[2], |_| rng.bool())?;
            let names = [("a", &a.to_py()?), ("b", &b.to_py()?), ("m", &mask.to_py()?)];
            assert_same(&numpypy::$name(&a, &b)?, &eval(&format!("np.asarray({name}(a, b))"), &names)?, name)?;
            let before: Array<$out> = random_array(&mut rng, &shape, 0);
            let mut out = before.clone();
            numpypy::$name::out(&a, &b, &mut out)?;
            assert_leaves(&out, &before, &format!("{name}(a, b, out=out)"), &names)?;
            let mut out = before.clone();
            numpypy::$name::out_where(&a, &b, &mut out, &mask)?;
            assert_leaves(&out, &before, &format!("{name}(a, b, out=out, where=m)"), &names)?;
            let theirs = eval(&format!("np.asarray({name}.outer(a, b))"), &names)?;
            assert_same(&numpypy::$name::outer(&a, &b)?, &theirs, &format!("{name}.outer"))?;
            let before: Array<$out> = random_array(&mut rng, &[9, 2], $low);
            let indices = from_fn([6], |_| rng.i64(-9..9))?;
            let b: Array<$out> = random_array(&mut rng, &[6, 1], $low);
            let mut out = before.clone();
            numpypy::$name::at(&mut out, &indices, &b)?;
            let names = [("i", &indices.to_py()?), ("b", &b.to_py()?)];
            assert_leaves(&out, &before, &format!("{name}.at(out, i, b)"), &names)?;
        })*
    }};
}

#[test]
fn functions_of_two() -> Outcome {
    numpy();
    of_two! { f64 f64 from -9 into f64:
        add arctan2 copysign equal fmax fmin greater greater_equal heaviside hypot less less_equal logaddexp logaddexp2
        logical_and logical_or logical_xor maximum minimum multiply nextafter not_equal subtract
    }
    of_two! { f64 f64 from 1 into f64: divide floor_divide fmod remainder power float_power }
    of_two! { i32 i64 from 1 into i64:
        bitwise_and bitwise_or bitwise_xor floor_divide fmod gcd lcm left_shift remainder right_shift
    }
    of_two! { i16 f32 from 1 into f64: add multiply divide maximum hypot less power }
    Ok(())
}

/// Those with more results or other arguments.
#[test]
fn other_ufuncs() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    for _ in 0..8 {
        let shape = [rng.usize(1..5), rng.usize(1..40)];
        let a: Array<f64> = random_array(&mut rng, &shape, -9) * 0.375;
        let b: Array<f64> = random_array(&mut rng, &shape[1..], 1);
        let exponents: Array<i32> = random_array(&mut rng, &shape[1..], -9);
        let mask = from_fn(&shape[1..], |_| rng.bool())?;
        let names =
            [("a", &a.to_py()?), ("b", &b.to_py()?), ("e", &exponents.to_py()?), ("m", &mask.to_py()?)];
        let before: Array<f64> = random_array(&mut rng, &shape, 0);
        macro_rules! in_two {
            ($name:ident, ($($operand:expr),*), $second:ident, $text:literal) => {
                let ours = in_two!(@ $name, ($($operand),*));
                let call = format!("np.{}({}", stringify!($name), $text);
                assert_same(&ours.0, &eval(&format!("{call})[0]"), &names)?, &call)?;
                assert_same(&ours.1, &eval(&format!("{call})[1]"), &names)?, &call)?;
                let second = before.astype::<$second>();
                let mut out = (before.clone(), second.clone());
                numpypy::$name::out_where($($operand,)* (&mut out.0, &mut out.1), &mask)?;
                let other = eval("x.copy()", &[("x", &second.to_py()?)])?;
                let names = [&names[..], &[("other", &other)]].concat();
                assert_leaves(&out.0, &before, &format!("{call}, out=(out, other), where=m)"), &names)?;
                assert_same(&out.1, &other, &call)?;
                let mut both = (before.clone(), second.clone());
                numpypy::$name::out($($operand,)* (&mut both.0, &mut both.1))?;
                assert_same(&both.0, &ours.0.to_py()?, &call)?;
                assert_same(&both.1, &ours.1.astype::<$second>().to_py()?, &call)?;
            };
            (@ divmod, ($($operand:expr),*)) => { numpypy::divmod($($operand),*)? };
            (@ $name:ident, ($($operand:expr),*)) => { numpypy::$name($($operand),*) };
        }
        in_two!(modf, (&a), f64, "a");
        in_two!(frexp, (&a), i32, "a");
        in_two!(divmod, (&a, &b), f64, "a, b");
        assert_same(&numpypy::ldexp(&a, &exponents)?, &eval("np.ldexp(a, e)", &names)?, "ldexp")?;
        let mut out = before.clone();
        numpypy::ldexp::out_where(&a, &exponents, &mut out, &mask)?;
        assert_leaves(&out, &before, "np.ldexp(a, e, out=out, where=m)", &names)?;
        assert_same(
            &numpypy::ldexp::outer(&a, &exponents)?,
            &eval("np.ldexp.outer(a, e)", &names)?,
            "ldexp.outer",
        )?;
        let mut out = before.clone();
        numpypy::ldexp::at(&mut out, [0, -1, 0], &exponents.slice([0.into()])?)?;
        assert_leaves(&out, &before, "np.ldexp.at(out, [0, -1, 0], e[0])", &names)?;
    }
    Ok(())
}
