//! The methods of ufuncs against the real NumPy: `where=`, `outer`, `at`, ufuncs of one's own, and which
//! names there are.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{Array, Element, ToPy, add, complex128, f16, from_fn, vectorize};

use common::random::{part_of, whole_numbers};
use common::{Outcome, Tolerance, assert_near, eval, numpy};

/// Whether NumPy's function, given a copy of `a` to write to, leaves what `ours` is.
fn assert_leaves<T: Element>(ours: &Array<T>, a: &Array<T>, call: &str, names: &[(&str, &Object)]) -> Outcome
where
    Array<T>: ToPy,
{
    let copy = eval("a.copy()", &[("a", &a.to_py()?)])?;
    let mut names = names.to_vec();
    names.push(("a", &copy));
    eval(call, &names)?;
    assert_same(ours, &copy, &format!("{call} of {}", a.to_py()?.repr()?))
}

fn assert_same<T: Element>(ours: &Array<T>, theirs: &Object, what: &str) -> Outcome
where
    Array<T>: ToPy,
{
    assert_near(ours, theirs, Tolerance { relative: 4, absolute: 0 }, what)
}

fn random_array<T: Element>(rng: &mut Rng, shape: &[usize]) -> Array<T> {
    whole_numbers(rng, shape, -9..10)
}

/// Pairs of dtypes, and the dtype of what is written to.
macro_rules! for_dtypes {
    ($check:ident!($rng:ident $functions:tt): $($a:ident $b:ident $out:ident,)*) => {
        $($check!($rng $functions $a $b $out);)*
    };
}

macro_rules! masked {
    ($rng:ident [$($function:ident)*] $a:ident $b:ident $out:ident) => {$(
        for _ in 0..12 {
            let shape = [$rng.usize(0..6), $rng.usize(1..60)];
            let (shape_a, shape_b, shape_m) = (part_of(&mut $rng, &shape), part_of(&mut $rng, &shape), part_of(&mut $rng, &shape));
            let (a, b) = (random_array::<$a>(&mut $rng, &shape_a), random_array::<$b>(&mut $rng, &shape_b));
            let mask = from_fn(&shape_m, |_| $rng.bool())?;
            let out = random_array::<$out>(&mut $rng, &shape);
            let mut ours = out.clone();
            numpypy::$function::out_where(&a, &b, &mut ours, &mask)?;
            let call = concat!("np.", stringify!($function), "(x, y, out=a, where=m)");
            assert_leaves(&ours, &out, call, &[("x", &a.to_py()?), ("y", &b.to_py()?), ("m", &mask.to_py()?)])?;
        }
    )*};
}

#[test]
fn where_with_out() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(1);
    for_dtypes! { masked!(rng [add multiply maximum]):
        bool bool bool, i8 u8 i16, i64 i64 i64, f64 f64 f64, f32 i16 f32, i32 f64 f64, u16 u16 f64,
    }
    for_dtypes! { masked!(rng [hypot less]): f64 f64 f64, i8 f32 f32, u64 i64 f64, }
    macro_rules! of_one {
        ($($function:ident)*) => {$(
            for _ in 0..12 {
                let shape = [rng.usize(0..6), rng.usize(1..60)];
                let (shape_a, shape_m) = (part_of(&mut rng, &shape), part_of(&mut rng, &shape));
                let a = random_array::<f64>(&mut rng, &shape_a);
                let mask = from_fn(&shape_m, |_| rng.bool())?;
                let out = random_array::<f64>(&mut rng, &shape);
                let mut ours = out.clone();
                numpypy::$function::out_where(&a, &mut ours, &mask)?;
                let call = concat!("np.", stringify!($function), "(x, out=a, where=m)");
                assert_leaves(&ours, &out, call, &[("x", &a.to_py()?), ("m", &mask.to_py()?)])?;
            }
        )*};
    }
    of_one!(sin exp sqrt negative isnan floor);
    Ok(())
}

macro_rules! outer {
    ($rng:ident [$($function:ident)*] $a:ident $b:ident $out:ident) => {$(
        for _ in 0..8 {
            let (shape_a, shape_b) = ([3, $rng.usize(0..5)], [$rng.usize(0..9)]);
            let (rank_a, rank_b) = ($rng.usize(0..3), $rng.usize(0..2));
            let a = random_array::<$a>(&mut $rng, &shape_a[..rank_a]);
            let b = random_array::<$b>(&mut $rng, &shape_b[..rank_b]);
            let names = [("x", &a.to_py()?), ("y", &b.to_py()?)];
            let theirs = eval(concat!("np.asarray(np.", stringify!($function), ".outer(x, y))"), &names)?;
            let ours: Array<$out> = numpypy::$function::outer(&a, &b)?;
            assert_same(&ours, &theirs, concat!(stringify!($function), ".outer"))?;
        }
    )*};
}

#[test]
fn outer() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(2);
    for_dtypes! { outer!(rng [add multiply maximum]):
        bool bool bool, i8 u8 i16, i64 i64 i64, f64 f32 f64, i64 u64 f64, f32 i8 f32,
    }
    for_dtypes! { outer!(rng [arctan2 hypot]): f64 f64 f64, i32 u8 f64, }
    for_dtypes! { outer!(rng [equal less]): f64 f64 bool, i64 u64 bool, }
    Ok(())
}

macro_rules! at {
    ($rng:ident [$($function:ident)*] $a:ident $b:ident $index:ident) => {$(
        for _ in 0..10 {
            let (n, count) = ($rng.usize(1..30), $rng.usize(0..80));
            let rest = &[$rng.usize(0..4), 7][..$rng.usize(0..3)];
            let a = random_array::<$a>(&mut $rng, &[&[n], rest].concat());
            let indices = from_fn([count], |_| $rng.i64(0..n as i64) - if stringify!($index).starts_with('u') || $rng.bool() { 0 } else { n as i64 })?;
            let indices = indices.astype::<$index>();
            let shape_b = part_of(&mut $rng, &[&[count], rest].concat());
            let b = random_array::<$b>(&mut $rng, &shape_b);
            let mut ours = a.clone();
            numpypy::$function::at(&mut ours, &indices, &b)?;
            let call = concat!("np.", stringify!($function), ".at(a, i, y)");
            assert_leaves(&ours, &a, call, &[("i", &indices.to_py()?), ("y", &b.to_py()?)])?;
        }
    )*};
}

#[test]
fn at_indices() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    for_dtypes! { at!(rng [add subtract maximum]): i8 i8 i8, i64 i64 i64, f64 f64 i64, f64 i32 u16, f32 f32 u32, u8 u8 i16, }
    for_dtypes! { at!(rng [multiply divide]): f64 f64 i64, f32 f32 i32, }
    for_dtypes! { at!(rng [hypot arctan2 logical_and]): f64 f64 i64, f32 f32 u8, }
    for_dtypes! { at!(rng [add]): complex128 f64 i64, f16 f16 i64, bool bool i64, }
    for _ in 0..30 {
        let (n, m, count) = (rng.usize(1..9), rng.usize(1..9), rng.usize(0..40));
        let a = random_array::<f64>(&mut rng, &[n, m, 2]);
        let (i, j) = (
            from_fn([count], |_| rng.i64(-(n as i64)..n as i64))?,
            from_fn([2, 1], |_| rng.i64(0..m as i64))?,
        );
        let names = [("i", &i.to_py()?), ("j", &j.to_py()?)];
        let mut ours = a.clone();
        add::at(&mut ours, (&i, &j), 0.5)?;
        assert_leaves(&ours, &a, "np.add.at(a, (i, j), 0.5)", &names)?;
        let mut ours = a.clone();
        numpypy::negative::at(&mut ours, &i)?;
        assert_leaves(&ours, &a, "np.negative.at(a, i)", &names)?;
        let mut ours = a.clone();
        numpypy::square::at(&mut ours, (&i, &j))?;
        assert_leaves(&ours, &a, "np.square.at(a, (i, j))", &names)?;
    }
    Ok(())
}

#[test]
fn own_functions() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(4);
    let own = vectorize(|x: i64, y: i64| x.wrapping_mul(3).wrapping_sub(y));
    for _ in 0..30 {
        let shape = [rng.usize(1..9), rng.usize(1..9)];
        let a = random_array::<i64>(&mut rng, &shape);
        let b = random_array::<i32>(&mut rng, &shape[1..]);
        let indices: Vec<usize> = (0..4).map(|_| rng.usize(0..shape[0])).collect();
        let lent = Array::from_vec(indices.iter().map(|&i| i as i64).collect());
        let theirs = |call: &str| {
            let source = format!(
                "np.asarray((lambda f: {call})(np.frompyfunc(lambda x, y: 3 * x - y, 2, 1))).astype('i8')"
            );
            eval(&source, &[("a", &a.to_py()?), ("b", &b.to_py()?), ("i", &lent.to_py()?)])
        };
        assert_same(&own.call(&a, &b)?, &theirs("f(a, b)")?, "call")?;
        assert_same(&own.outer(&a, &b)?, &theirs("f.outer(a, b)")?, "outer")?;
        assert_same(&own.reduce(&a, 0)?, &theirs("f.reduce(a.astype(object), axis=0)")?, "reduce")?;
        assert_same(
            &own.accumulate(&a, -1)?,
            &theirs("f.accumulate(a.astype(object), axis=-1)")?,
            "accumulate",
        )?;
        assert_same(
            &own.reduceat(&a, &indices, 0)?,
            &theirs("f.reduceat(a.astype(object), i, axis=0)")?,
            "reduceat",
        )?;
    }
    Ok(())
}

/// Every ufunc of NumPy's that is about numbers is here, under all its names, as function and as type.
#[test]
fn all_names_are_here() -> Outcome {
    numpy();
    macro_rules! names {
        ($($name:ident)*) => {{
            #[allow(unused_imports, reason = "that they are found is the test")]
            use numpypy::{$($name),*};
            // Of types: a function alone is no path to a size.
            $(let _ = size_of::<numpypy::$name>();)*
            [$(stringify!($name)),*]
        }};
    }
    let ours = names! {
        abs absolute acos acosh add arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh
        bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift
        bitwise_xor cbrt ceil conj conjugate copysign cos cosh deg2rad degrees divide divmod equal exp exp2 expm1
        fabs float_power floor floor_divide fmax fmin fmod frexp gcd greater greater_equal heaviside hypot invert
        isfinite isinf isnan lcm ldexp left_shift less less_equal log log10 log1p log2 logaddexp logaddexp2
        logical_and logical_not logical_or logical_xor maximum minimum mod_ modf multiply negative nextafter
        not_equal positive pow power rad2deg radians reciprocal remainder right_shift rint sign signbit sin sinh
        spacing sqrt square subtract tan tanh true_divide trunc
    };
    // Dates, and products of matrices.
    let others = ["isnat", "matmul", "matvec", "vecdot", "vecmat"];
    let source = "[n for n in dir(np) if isinstance(getattr(np, n), np.ufunc)]";
    let theirs: Vec<String> = eval(source, &[])?.extract()?;
    for name in theirs.iter().map(|name| if name == "mod" { "mod_" } else { name }) {
        assert!(ours.contains(&name) || others.contains(&name), "NumPy has {name}");
    }
    Ok(())
}
