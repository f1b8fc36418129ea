//! The functions that are exact: every bit must be NumPy's, but for the sign of zero where NumPy's own
//! loops differ in it.

use super::*;

/// Small whole numbers, so that elements are often equal (of unsigned dtypes wrapped around), or
/// anything.
fn operand<T: Random>(rng: &mut Rng, shape: &[usize]) -> Array<T> {
    if rng.bool() {
        return from_fn(shape, |_| T::random(rng)).unwrap();
    }
    from_fn(shape, |_| rng.i64(-3..4)).unwrap().astype()
}

/// A pair that broadcasts, sometimes with strides.
fn operands<A: Random, B: Random>(rng: &mut Rng) -> (Array<A>, Array<B>) {
    let (rows, columns) = (rng.usize(0..5), rng.usize(1..40));
    let left = operand(rng, &[rows, columns]);
    match rng.u8(0..5) {
        0 => (left, operand(rng, &[columns])),
        1 => (left, operand(rng, &[rows, 1])),
        2 => (left, operand(rng, &[])),
        3 => (left.slice(s![.., ..;-1]).unwrap(), operand(rng, &[columns, rows]).t()),
        _ => (left, operand(rng, &[rows, columns])),
    }
}

/// As [`assert_same`], but zeros are equal whatever their signs.
fn assert_equal<T: Element>(ours: &Array<T>, theirs: &Object, what: &str) -> Outcome
where
    Array<T>: ToPy,
{
    let theirs = eval("np.asarray(a) + np.zeros((), a.dtype)", &[("a", theirs)])?;
    let ours = ours.to_py()?;
    let ours = eval("np.asarray(a) + np.zeros((), a.dtype)", &[("a", &ours)])?;
    let same: bool = eval(
        "a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in 'fc')",
        &[("a", &ours), ("b", &theirs)],
    )?
    .extract()?;
    assert!(same, "{what}\nours:   {}\nNumPy's: {}", ours.repr()?, theirs.repr()?);
    Ok(())
}

macro_rules! of_one {
    ($($test:ident: [$($function:ident)*] $types:tt;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            let mut rng = Rng::with_seed(8);
            $(of_one!(@ rng, $function $types);)*
            Ok(())
        }
    )*};
    (@ $rng:ident, $function:ident [$($type:ident)*]) => {$(
        for _ in 0..10 {
            let (a, _) = operands::<$type, $type>(&mut $rng);
            let lent = a.to_py()?;
            let theirs = eval(concat!("np.", stringify!($function), "(a)"), &[("a", &lent)])?;
            let what = format!("{} of {} {}", stringify!($function), stringify!($type), lent.repr()?);
            assert_same(&numpypy::$function(&a), &theirs, &what)?;
        }
    )*};
}
of_one! {
    questions: [isnan isinf isfinite logical_not]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128];
    signs_of_real_numbers: [signbit fabs spacing rint trunc floor ceil nan_to_num]
        [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64];
    numbers: [sign positive] [i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64];
    conjugates: [conjugate conj real imag] [bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128];
    complex_numbers: [rint positive nan_to_num] [complex64 complex128];
    other_bits: [invert bitwise_not bitwise_count] [bool i8 i16 i32 i64 u8 u16 u32 u64];
}

/// Functions of pairs of dtypes. A kernel is the same text for all dtypes of a family, and each that is
/// named here is compiled for it: so not every function is tried with every dtype.
macro_rules! of_two {
    ($($test:ident $assert:ident: [$($function:ident)*] $pairs:tt;)*) => {$(
        #[test]
        fn $test() -> Outcome {
            let mut rng = Rng::with_seed(9);
            $(of_two!(@ rng, $assert $function $pairs);)*
            Ok(())
        }
    )*};
    (@ $rng:ident, $assert:ident $function:ident [$($left:ident $right:ident,)*]) => {$(
        for _ in 0..12 {
            let (a, b) = operands::<$left, $right>(&mut $rng);
            let (lent_a, lent_b) = (a.to_py()?, b.to_py()?);
            let names = [("a", &lent_a), ("b", &lent_b)];
            let theirs = eval(concat!("np.", stringify!($function), "(a, b)"), &names)?;
            let what = format!("{} of {} {}\nand {} {}", stringify!($function), stringify!($left), lent_a.repr()?,
                               stringify!($right), lent_b.repr()?);
            $assert(&numpypy::$function(&a, &b)?, &theirs, &what)?;
        }
    )*};
}
of_two! {
    orders assert_same: [equal less] [
        bool bool, i8 i8, i16 i16, i32 i32, i64 i64, u8 u8, u16 u16, u32 u32, u64 u64, f16 f16, f32 f32, f64 f64,
        complex64 complex64, complex128 complex128, i64 u64, u64 i8, i16 u8, u32 i64, f16 i8, f32 i64, bool u16,
        complex64 i64,
    ];
    other_orders assert_same: [not_equal less_equal greater greater_equal]
        [bool bool, i32 i32, u64 u64, f16 f16, f64 f64, complex64 complex64, i32 u64, u64 i64, u8 f64,];
    truths assert_same: [logical_and logical_or logical_xor]
        [bool bool, i32 i32, f16 f16, f32 f32, complex64 complex64, bool i32, i8 f32,];
    extremes assert_equal: [maximum fmin] [
        bool bool, i8 i8, i16 i16, i32 i32, i64 i64, u8 u8, u16 u16, u32 u32, u64 u64, f16 f16, f32 f32, f64 f64,
        complex64 complex64, complex128 complex128, i64 u64, i8 u8, bool f16, complex64 f64,
    ];
    other_extremes assert_equal: [minimum fmax] [bool bool, i64 i64, f16 f16, f64 f64, complex128 complex128,];
    signs_of_others assert_same: [copysign heaviside nextafter] [
        bool bool, i8 i8, i8 u8, i16 u16, i32 i32, i64 u64, f16 f16, f32 f32, f64 f64, f16 i16, bool f32, f64 u8,
    ];
    bits assert_same: [bitwise_and bitwise_or bitwise_xor left_shift right_shift]
        [bool bool, i8 i8, i16 i16, i32 i32, i64 i64, u8 u8, u16 u16, u32 u32, u64 u64, i8 u8, u32 i32, bool u64,];
    divisors assert_same: [gcd lcm]
        [i8 i8, i16 i16, i32 i32, i64 i64, u8 u8, u16 u16, u32 u32, u64 u64, i8 u8, u32 i32, bool u64,];
    whole_quotients assert_same: [floor_divide remainder fmod] [
        bool bool, i8 i8, i16 i16, i32 i32, i64 i64, u8 u8, u16 u16, u32 u32, u64 u64, f16 f16, f32 f32, f64 f64,
        i8 u8, bool i16, i64 u64, u32 i32, f16 u8, i16 f32, f64 bool,
    ];
}

#[test]
fn signs_of_complex_numbers() -> Outcome {
    let mut rng = Rng::with_seed(10);
    for _ in 0..50 {
        let (a, _) = operands::<complex128, bool>(&mut rng);
        let lent = a.to_py()?;
        let theirs = eval("np.sign(a)", &[("a", &lent)])?;
        assert_close(&numpypy::sign(&a).to_py()?, &theirs, &format!("sign of {}", lent.repr()?))?;
    }
    Ok(())
}

#[test]
fn divisors_that_are_scalars() -> Outcome {
    macro_rules! of {
        ($rng:ident, $($type:ident)*) => {$(
            for _ in 0..40 {
                let (a, _) = operands::<$type, bool>(&mut $rng);
                let b: Array<$type> = operand(&mut $rng, &[]);
                let names = [("a", &a.to_py()?), ("b", &b.to_py()?)];
                let what = format!("{} by {}", names[0].1.repr()?, names[1].1.repr()?);
                let b = b.item()?;
                assert_same(&numpypy::floor_divide(&a, b)?, &eval("a // b", &names)?, &what)?;
                assert_same(&(&a % b), &eval("a % b", &names)?, &what)?;
                assert_same(&(b % &a), &eval("b % a", &names)?, &what)?;
                assert_same(&numpypy::fmod(&a, b)?, &eval("np.fmod(a, b)", &names)?, &what)?;
            }
        )*};
    }
    let mut rng = Rng::with_seed(11);
    of!(rng, bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64);
    Ok(())
}

#[test]
fn two_results() -> Outcome {
    macro_rules! of_one {
        ($rng:ident, $($type:ident)*) => {$(
            for _ in 0..20 {
                let (a, _) = operands::<$type, bool>(&mut $rng);
                let lent = a.to_py()?;
                let what = format!("of {} {}", stringify!($type), lent.repr()?);
                let (rest, whole) = numpypy::modf(&a);
                assert_same(&rest, &eval("np.modf(a)[0]", &[("a", &lent)])?, &format!("modf[0] {what}"))?;
                assert_same(&whole, &eval("np.modf(a)[1]", &[("a", &lent)])?, &format!("modf[1] {what}"))?;
                let (digits, exponents) = numpypy::frexp(&a);
                assert_same(&digits, &eval("np.frexp(a)[0]", &[("a", &lent)])?, &format!("frexp[0] {what}"))?;
                assert_same(&exponents, &eval("np.where(np.isfinite(a), np.frexp(a)[1], 0).astype('i4')", &[("a", &lent)])?, &format!("frexp[1] {what}"))?;
            }
        )*};
    }
    macro_rules! of_two {
        ($rng:ident, $($left:ident $right:ident,)*) => {$(
            for _ in 0..20 {
                let (a, b) = operands::<$left, $right>(&mut $rng);
                let (lent_a, lent_b) = (a.to_py()?, b.to_py()?);
                let what = format!("of {} {} and {} {}", stringify!($left), lent_a.repr()?, stringify!($right), lent_b.repr()?);
                let (quotient, rest) = numpypy::divmod(&a, &b)?;
                let names = [("a", &lent_a), ("b", &lent_b)];
                assert_same(&quotient, &eval("np.divmod(a, b)[0]", &names)?, &format!("divmod[0] {what}"))?;
                assert_same(&rest, &eval("np.divmod(a, b)[1]", &names)?, &format!("divmod[1] {what}"))?;
            }
        )*};
    }
    let mut rng = Rng::with_seed(12);
    of_one!(rng, bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64);
    of_two!(rng, bool bool, i8 i8, i8 u8, i64 u64, i32 i64, u16 u8, u64 u64, f16 f16, f32 f32, f64 f64, f32 i32,);
    Ok(())
}

#[test]
fn powers_of_two() -> Outcome {
    macro_rules! of {
        ($rng:ident, $($left:ident $right:ident,)*) => {$(
            for _ in 0..20 {
                let (a, b) = operands::<$left, $right>(&mut $rng);
                let (lent_a, lent_b) = (a.to_py()?, b.to_py()?);
                let theirs = eval("np.ldexp(a, b)", &[("a", &lent_a), ("b", &lent_b)])?;
                let what = format!("ldexp of {} and {}", lent_a.repr()?, lent_b.repr()?);
                assert_same(&numpypy::ldexp(&a, &b)?, &theirs, &what)?;
            }
        )*};
    }
    let mut rng = Rng::with_seed(13);
    of!(rng, f16 i8, f16 i64, f32 i32, f32 i64, f64 bool, f64 i8, f64 i16, f64 i64, f64 u32, i8 i8, i16 i32, i64 i16,);
    for exponent in -2200..2200i64 {
        let a = Array::from([1.0, -3.7, 4.9e-324, 2.3e-308, f64::MAX, 0.1]);
        let names = [("a", &a.to_py()?), ("b", &exponent.to_py()?)];
        assert_same(
            &numpypy::ldexp(&a, &numpypy::scalar(exponent))?,
            &eval("np.ldexp(a, b)", &names)?,
            "ldexp",
        )?;
    }
    Ok(())
}

#[test]
fn powers_of_integers() -> Outcome {
    macro_rules! of {
        ($rng:ident, $($left:ident $right:ident,)*) => {$(
            for round in 0..30 {
                let (a, _) = operands::<$left, $right>(&mut $rng);
                let b = from_fn(a.shape(), |_| $rng.i64(if round % 10 == 0 { -1 } else { 0 }..20))?.astype::<$right>();
                let names = [("a", &a.to_py()?), ("b", &b.to_py()?)];
                match (numpypy::power(&a, &b), eval("np.power(a, b)", &names)) {
                    (Ok(ours), Ok(theirs)) => assert_same(&ours, &theirs, "power")?,
                    (Err(error), Err(_)) => assert!(error.is_value()),
                    (ours, theirs) => panic!("ours {ours:?}, NumPy's {theirs:?}"),
                }
            }
        )*};
    }
    let mut rng = Rng::with_seed(14);
    of!(rng, i8 i8, u8 u8, i16 u8, i32 i64, u64 u64, u32 i8, i64 i64, u8 i8,);
    for exponent in 0..6 {
        let (a, _) = operands::<i32, i32>(&mut rng);
        let theirs = eval(&format!("np.power(a, {exponent})"), &[("a", &a.to_py()?)])?;
        assert_same(&numpypy::power(&a, exponent)?, &theirs, "power")?;
    }
    Ok(())
}

#[test]
fn rounded_decimals() -> Outcome {
    macro_rules! of {
        ($rng:ident, $($type:ident)*) => {$(
            for _ in 0..30 {
                let (mut a, _) = operands::<$type, bool>(&mut $rng);
                if matches!(<$type>::DTYPE, DType::Int64 | DType::UInt64) {
                    // What is rounded beyond 64 bits is undefined in NumPy.
                    a = a.astype::<u32>().astype();
                }
                let decimals = $rng.i32(-3..5);
                let lent = a.to_py()?;
                let theirs = eval(&format!("np.round(a, {decimals})"), &[("a", &lent)])?;
                let what = format!("round of {} {} to {decimals}", stringify!($type), lent.repr()?);
                assert_same(&numpypy::round(&a, decimals)?, &theirs, &what)?;
            }
        )*};
    }
    let mut rng = Rng::with_seed(15);
    of!(rng, i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128);
    Ok(())
}

#[test]
fn choices() -> Outcome {
    macro_rules! of {
        ($rng:ident, $($left:ident $right:ident,)*) => {$(
            for round in 0..20 {
                let (a, b) = operands::<$left, $right>(&mut $rng);
                let condition = operand::<bool>(&mut $rng, &[a.shape()[1]]);
                let names = [("c", &condition.to_py()?), ("a", &a.to_py()?), ("b", &b.to_py()?)];
                let ours = numpypy::where_(&condition, &a, &b)?;
                assert_same(&ours, &eval("np.where(c, a, b)", &names)?, "where")?;
                let (lower, upper): (Array<$left>, Array<$left>) = (operand(&mut $rng, &[]), operand(&mut $rng, &[a.shape()[1]]));
                let names = [("a", &a.to_py()?), ("l", &lower.to_py()?), ("u", &upper.to_py()?)];
                let what = format!("clip of {} by {} and {}", names[0].1.repr()?, names[1].1.repr()?, names[2].1.repr()?);
                if round % 2 == 0 {
                    assert_equal(&numpypy::clip(&a, &lower, &upper)?, &eval("np.clip(a, l, u)", &names)?, &what)?;
                } else {
                    let theirs = eval("np.clip(a, u, l)", &names)?;
                    assert_equal(&numpypy::clip(&a, &upper, lower.item()?)?, &theirs, &what)?;
                }
            }
        )*};
    }
    let mut rng = Rng::with_seed(16);
    of!(rng, bool bool, i8 u8, i16 i16, i32 f32, i64 u64, u8 u8, u16 i64, u32 bool, u64 u64, f16 f16, f32 f64, f64 i8,
        complex64 complex64, complex128 f32,);
    Ok(())
}
