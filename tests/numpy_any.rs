//! Ufuncs of arrays whose dtypes are known at run time only, against the real NumPy: each function, by each of its
//! methods, of every dtype or pair of them, over shapes that broadcast and strides of either sign. The same dtype or a
//! refusal by both, and the same values. (By the methods that fold: `numpy_any_reductions.rs`.)

#![cfg(all(feature = "python", feature = "any"))]

mod common;

use fastrand::Rng;
use numpypy::{
    AnyArray, AnyOperand, Array, DType, Error, IndexItem, Kind, Result, ToPy, complex128, from_fn, multiply,
};

use common::{Differences, Outcome, Tolerance, compare, numpy};

/// Functions of floats differ by their roundings.
const NEAR: Tolerance = Tolerance { relative: 8, absolute: 2 };

/// Computed again and again from their own results, they differ by more; powers of complex numbers at once.
const LOOSE: Tolerance = Tolerance { relative: 200, absolute: 50 };

/// Small numbers, with every layout that transposing, reversing and stepping give; complex ones with both parts.
fn random(rng: &mut Rng, dtype: DType, shape: &[usize], low: i64) -> AnyArray {
    let step = *rng.choice(&[1isize, 2, -1]).unwrap();
    let lengths: Vec<usize> = shape.iter().rev().map(|n| n * step.unsigned_abs()).collect();
    let memory = AnyArray::from(from_fn(&lengths, |_| rng.i64(low..10)).unwrap()).cast(dtype);
    let memory = match dtype.kind() {
        Kind::Complex => multiply::any(&memory, complex128::new(1.0, -0.5)).unwrap(),
        _ => memory,
    };
    memory.t().slice(vec![IndexItem::from(..).step(step); shape.len()]).unwrap()
}

/// How near results are that have a dtype's digits and go into an array of another.
fn into(tolerance: Tolerance, result: DType, out: DType) -> Tolerance {
    let digits = |dtype| match dtype {
        DType::Float16 => 10,
        DType::Float32 | DType::Complex64 => 23,
        _ => 52,
    };
    let times = 1 << usize::saturating_sub(digits(out), digits(result));
    Tolerance { relative: tolerance.relative * times, absolute: tolerance.absolute * times }
}

/// A shape, and some that broadcast to it.
fn random_shapes<const N: usize>(rng: &mut Rng) -> (Vec<usize>, [Vec<usize>; N]) {
    let shape = vec![rng.usize(0..4), rng.usize(1..20)];
    let parts = [(); N].map(|()| {
        let dropped = rng.usize(0..=shape.len());
        shape[dropped..].iter().map(|&n| if rng.u8(..) < 60 { 1 } else { n }).collect()
    });
    (shape, parts)
}

fn random_mask(rng: &mut Rng, shape: &[usize]) -> Array<bool> {
    from_fn(shape, |_| rng.bool()).unwrap()
}

fn random_dtype(rng: &mut Rng) -> DType {
    *rng.choice(DType::ALL).unwrap()
}

/// What `write` leaves in this array, or in a copy with gaps that nobody else holds: the same, and what it was if that
/// is an error.
fn written(before: &AnyArray, write: impl Fn(&mut AnyArray) -> Result<()>) -> Result<AnyArray> {
    let twice = [&[2], before.shape()].concat();
    let mut own = before.broadcast_to(&twice)?.cast(before.dtype()).slice([0.into()])?;
    let mut shared = before.clone();
    let result = write(&mut shared);
    assert_eq!(write(&mut own).is_ok(), result.is_ok());
    assert!(numpypy::array_equal::any(&own, &shared, true)?, "{own:?}, {shared:?}");
    assert!(result.is_ok() || shared == *before, "changed, and then {}", result.unwrap_err());
    result.map(|()| shared)
}

/// NumPy's call in place at indices `i` of a copy of `out`. NumPy converts any result to the array's dtype there; for us
/// the rule is the same as for `out`.
fn at(name: &str, rest: &str) -> String {
    format!(
        "({name}.at(o := out.copy(), i{rest}), o)[1] \
         if np.can_cast({name}(out[i]{rest}).dtype, out.dtype, 'same_kind') else refused"
    )
}

/// A function of one argument and its methods.
struct OfOne {
    name: &'static str,
    any: fn(&AnyArray) -> Result<AnyArray>,
    out: fn(&AnyArray, &mut AnyArray) -> Result<()>,
    out_where: fn(&AnyArray, &mut AnyArray, &Array<bool>) -> Result<()>,
    at: fn(&mut AnyArray, &Array<i64>) -> Result<()>,
}

macro_rules! of_one {
    ($($name:ident)*) => {
        [$(OfOne {
            name: concat!("np.", stringify!($name)),
            any: numpypy::$name::any,
            out: numpypy::$name::out_any,
            out_where: numpypy::$name::out_where_any,
            at: |a, indices| numpypy::$name::at_any(a, indices),
        }),*]
    };
}

/// Compares functions of elements from a number on.
fn compare_of_one(functions: &[OfOne], low: i64, wrong: &mut Differences) -> Outcome {
    let mut rng = Rng::with_seed(1);
    for OfOne { name, any, out, out_where, at: in_place } in functions {
        for &dtype in DType::ALL {
            let (shape, [shape_a, shape_m]) = random_shapes(&mut rng);
            let a = random(&mut rng, dtype, &shape_a, low);
            let mask = random_mask(&mut rng, &shape_m);
            compare(any(&a), &format!("{name}(a)"), &[("a", &a)], wrong)?;
            let like = any(&a).map_or(dtype, |result| result.dtype());
            for of in [like, random_dtype(&mut rng), random_dtype(&mut rng)] {
                let before = random(&mut rng, of, &shape, 0);
                let names = [("a", &a), ("out", &before), ("m", &AnyArray::of(&mask))];
                wrong.within(into(NEAR, like, of));
                let ours = written(&before, |before| out(&a, before));
                compare(ours, &format!("{name}(a, out=out.copy())"), &names, wrong)?;
                let ours = written(&before, |before| out_where(&a, before, &mask));
                compare(ours, &format!("{name}(a, out=out.copy(), where=m)"), &names, wrong)?;
            }
            // Some elements more than once.
            let before = random(&mut rng, dtype, &[9, 2], low.max(1));
            wrong.within(NEAR);
            let before = if dtype.kind() < Kind::Float { before } else { multiply::any(&before, 0.125)? };
            let indices = from_fn([6], |_| rng.i64(-9..9))?;
            let ours = written(&before, |before| in_place(before, &indices));
            let names = [("out", &before), ("i", &AnyArray::of(&indices))];
            compare(ours, &at(name, ""), &names, wrong.within(LOOSE))?;
            wrong.within(NEAR);
        }
    }
    Ok(())
}

#[test]
fn functions_of_one() -> Outcome {
    numpy();
    let mut wrong = Differences::beyond(NEAR);
    let of_all = of_one! {
        absolute arctan arcsinh cbrt ceil conjugate cos deg2rad degrees exp exp2 expm1 fabs floor isfinite isinf isnan
        logical_not negative positive rad2deg radians rint sign signbit sin spacing square tan tanh trunc
        bitwise_count invert
    };
    compare_of_one(&of_all, -9, &mut wrong)?;
    compare_of_one(&of_one! { arccosh log log10 log1p log2 reciprocal sqrt }, 1, &mut wrong)?;
    compare_of_one(&of_one! { sinh cosh arcsin arccos arctanh }, -2, &mut wrong)?;
    wrong.none()
}

/// A function of two arguments and its methods.
struct OfTwo {
    name: &'static str,
    any: fn(&AnyArray, &AnyArray) -> Result<AnyArray>,
    out: fn(&AnyArray, &AnyArray, &mut AnyArray) -> Result<()>,
    out_where: fn(&AnyArray, &AnyArray, &mut AnyArray, &Array<bool>) -> Result<()>,
    outer: fn(&AnyArray, &AnyArray) -> Result<AnyArray>,
    at: fn(&mut AnyArray, &Array<i64>, &AnyArray) -> Result<()>,
}

macro_rules! of_two {
    ($($name:ident)*) => {
        [$(OfTwo {
            name: concat!("np.", stringify!($name)),
            any: |a, b| numpypy::$name::any(a, b),
            out: |a, b, out| numpypy::$name::out_any(a, b, out),
            out_where: |a, b, out, mask| numpypy::$name::out_where_any(a, b, out, mask),
            outer: numpypy::$name::outer_any,
            at: |a, indices, b| numpypy::$name::at_any(a, indices, b),
        }),*]
    };
}

/// Compares functions of elements from a number on.
fn compare_of_two(functions: &[OfTwo], low: i64, wrong: &mut Differences) -> Outcome {
    let mut rng = Rng::with_seed(2);
    for OfTwo { name, any, out, out_where, outer, at: in_place } in functions {
        for (&left, &right) in
            DType::ALL.iter().flat_map(|left| DType::ALL.iter().map(move |right| (left, right)))
        {
            let (shape, [shape_a, shape_b, shape_m]) = random_shapes(&mut rng);
            let (a, b) = (random(&mut rng, left, &shape_a, low), random(&mut rng, right, &shape_b, low));
            let mask = random_mask(&mut rng, &shape_m);
            let names = [("a", &a), ("b", &b)];
            let near = if name.ends_with("power") { LOOSE } else { NEAR };
            wrong.within(near);
            compare(any(&a, &b), &format!("{name}(a, b)"), &names, wrong)?;
            compare(outer(&a, &b), &format!("{name}.outer(a, b)"), &names, wrong)?;
            let like = any(&a, &b).map_or(left, |result| result.dtype());
            let of = if rng.bool() { like } else { random_dtype(&mut rng) };
            let before = random(&mut rng, of, &shape, 0);
            let names = [("a", &a), ("b", &b), ("out", &before), ("m", &AnyArray::of(&mask))];
            wrong.within(into(near, like, of));
            let ours = written(&before, |before| out(&a, &b, before));
            compare(ours, &format!("{name}(a, b, out=out.copy())"), &names, wrong)?;
            let ours = written(&before, |before| out_where(&a, &b, before, &mask));
            compare(ours, &format!("{name}(a, b, out=out.copy(), where=m)"), &names, wrong)?;
            // Powers of powers of complex numbers are too large.
            if name.ends_with("power") && left.promote(right).kind() == Kind::Complex {
                continue;
            }
            let before = random(&mut rng, left, &[9, 2], low);
            let (indices, b) = (from_fn([6], |_| rng.i64(-9..9))?, random(&mut rng, right, &[6, 1], low));
            let ours = written(&before, |before| in_place(before, &indices, &b));
            let names = [("out", &before), ("i", &AnyArray::of(&indices)), ("b", &b)];
            compare(ours, &at(name, ", b"), &names, wrong.within(LOOSE))?;
        }
    }
    Ok(())
}

#[test]
fn functions_of_two() -> Outcome {
    numpy();
    let mut wrong = Differences::beyond(NEAR);
    let of_all = of_two! {
        add arctan2 bitwise_and bitwise_or bitwise_xor copysign equal fmax fmin gcd greater greater_equal heaviside hypot
        lcm left_shift less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum multiply
        nextafter not_equal right_shift subtract
    };
    compare_of_two(&of_all, -9, &mut wrong)?;
    // Of complex numbers quotients by zero are not NumPy's to the letter.
    let of_some = of_two! { divide floor_divide fmod remainder power float_power ldexp };
    compare_of_two(&of_some, 1, &mut wrong)?;
    wrong.none()
}

/// Functions with two results.
#[test]
fn two_results() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(4), Differences::beyond(NEAR));
    for &left in DType::ALL {
        for &right in DType::ALL {
            let (shape, [shape_a, shape_b, shape_m]) = random_shapes(&mut rng);
            let (a, b) = (random(&mut rng, left, &shape_a, -9), random(&mut rng, right, &shape_b, 1));
            let mask = random_mask(&mut rng, &shape_m);
            let before = [random_dtype(&mut rng), right].map(|dtype| random(&mut rng, dtype, &shape, 0));
            let lent = AnyArray::of(&mask);
            let names = [("a", &a), ("b", &b), ("x", &before[0]), ("y", &before[1]), ("m", &lent)];
            macro_rules! each {
                ($($name:ident($($operand:ident),*) $text:literal;)*) => {$(
                    let call = format!("np.{}({}", stringify!($name), $text);
                    let mut both = |ours: Result<(AnyArray, AnyArray)>, rest: &str| -> Outcome {
                        let (first, second) = match ours {
                            Ok((first, second)) => (Ok(first), Ok(second)),
                            Err(error) => (Err(error), Err(Error::value("as before"))),
                        };
                        compare(first, &format!("{call}{rest})[0]"), &names, &mut wrong)?;
                        compare(second, &format!("{call}{rest})[1]"), &names, &mut wrong)
                    };
                    both(numpypy::$name::any($(&$operand),*), "")?;
                    let [mut x, mut y] = before.clone();
                    let ours = numpypy::$name::out_any($(&$operand,)* (&mut x, &mut y));
                    both(ours.map(|()| (x, y)), ", out=(x.copy(), y.copy())")?;
                    let [mut x, mut y] = before.clone();
                    let ours = numpypy::$name::out_where_any($(&$operand,)* (&mut x, &mut y), &mask);
                    both(ours.map(|()| (x, y)), ", out=(x.copy(), y.copy()), where=m")?;
                )*};
            }
            each! {
                modf(a) "a";
                frexp(a) "a";
                divmod(a, b) "a, b";
            }
            let ours = || numpypy::divmod::outer_any(&a, &b);
            compare(ours().map(|both| both.0), "np.divmod.outer(a, b)[0]", &names, &mut wrong)?;
            compare(ours().map(|both| both.1), "np.divmod.outer(a, b)[1]", &names, &mut wrong)?;
        }
    }
    wrong.none()
}

/// Limits, of NumPy's ufunc behind `clip`.
#[test]
fn limits() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(5), Differences::beyond(NEAR));
    for &left in DType::ALL {
        for &right in DType::ALL {
            let (shape, [shape_a, shape_b, shape_m]) = random_shapes(&mut rng);
            let (a, b) = (random(&mut rng, left, &shape_a, -9), random(&mut rng, right, &shape_b, 1));
            let mask = random_mask(&mut rng, &shape_m);
            let dtype = random_dtype(&mut rng);
            let before = random(&mut rng, dtype, &shape, 0);
            let names = [("a", &a), ("b", &b), ("out", &before), ("m", &AnyArray::of(&mask))];
            compare(numpypy::clip::any(&a, 2, &b), "np.clip(a, 2, b)", &names, &mut wrong)?;
            let ours = written(&before, |out| numpypy::clip::out_any(&a, &b, 7, out));
            compare(ours, "np.clip(a, b, 7, out=out.copy())", &names, &mut wrong)?;
            let ours = written(&before, |out| numpypy::clip::out_where_any(&a, &b, &b, out, &mask));
            compare(ours, "np.clip(a, b, b, out=out.copy(), where=m)", &names, &mut wrong)?;
        }
    }
    wrong.none()
}

#[test]
fn numbers_beside_arrays() -> Outcome {
    numpy();
    let (mut rng, mut wrong) = (Rng::with_seed(3), Differences::beyond(NEAR));
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
                let a = random(&mut rng, dtype, &[4], 1);
                let lent = a.to_py()?;
                for (number, text) in &numbers {
                    // Of huge complex powers more than the last digit differs.
                    let is_huge = dtype.kind() == Kind::Complex && ["300", "70000"].contains(text);
                    if is_huge && stringify!($name).ends_with("power") {
                        continue;
                    }
                    wrong.within(if stringify!($name).ends_with("power") { LOOSE } else { NEAR });
                    let call = format!("np.{}(a, {text})", stringify!($name));
                    compare(numpypy::$name::any(&a, number.clone()), &call, &[("a", &lent)], &mut wrong)?;
                    let call = format!("np.{}({text}, a)", stringify!($name));
                    compare(numpypy::$name::any(number.clone(), &a), &call, &[("a", &lent)], &mut wrong)?;
                }
            }
        )*};
    }
    each! { add multiply divide maximum hypot bitwise_and less equal float_power power }
    wrong.none()
}
