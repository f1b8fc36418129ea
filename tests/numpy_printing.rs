//! Printed arrays against the real NumPy, to the letter: `str` and `repr` of random arrays of every dtype and of ranks 0 to
//! 5, long ones summarised, under random print options.

#![cfg(feature = "python")]

mod common;

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{
    Array, Element, FloatMode, PrintOptions, PrintSign, ToPy, array_repr, array_str, complex64, complex128,
    f16, flip, from_fn, py, s,
};

use common::{Outcome, eval, numpy};

/// Which numbers an array is made of: one kind for all, as it decides how all are written.
#[derive(Clone, Copy)]
enum Numbers {
    AnyBits,
    Small,
    Quarters,
    ManyMagnitudes,
    Special,
    Subnormal,
    NearPowersOfTen,
}

impl Numbers {
    const ALL: [Numbers; 7] = [
        Numbers::AnyBits,
        Numbers::Small,
        Numbers::Quarters,
        Numbers::ManyMagnitudes,
        Numbers::Special,
        Numbers::Subnormal,
        Numbers::NearPowersOfTen,
    ];
}

trait Random: Element {
    fn random(rng: &mut Rng, numbers: Numbers) -> Self;
}

macro_rules! random_integers {
    ($($type:ident)*) => {$(
        impl Random for $type {
            fn random(rng: &mut Rng, numbers: Numbers) -> Self {
                match numbers {
                    Numbers::AnyBits => rng.$type(..),
                    Numbers::Small => rng.$type(0..2),
                    Numbers::Special => [<$type>::MIN, <$type>::MAX, 0, 1][rng.usize(0..4)],
                    Numbers::Subnormal => 7,
                    Numbers::NearPowersOfTen => [9, 10, 99, 100, 101][rng.usize(0..5)],
                    Numbers::Quarters | Numbers::ManyMagnitudes => rng.$type(0..100) >> rng.u32(0..7),
                }
            }
        }
    )*};
}
random_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

impl Random for bool {
    fn random(rng: &mut Rng, _: Numbers) -> Self {
        rng.bool()
    }
}

macro_rules! random_floats {
    ($($type:ty, $bits:ident, $subnormal:expr, $highest:expr, |$x:ident| $narrow:expr;)*) => {$(
        impl Random for $type {
            fn random(rng: &mut Rng, numbers: Numbers) -> Self {
                let $x: f64 = match numbers {
                    Numbers::AnyBits => return <$type>::from_bits(rng.$bits(..)),
                    Numbers::Small => rng.f64() - 0.5,
                    Numbers::Quarters => rng.i32(-4000..4000) as f64 / 4.0,
                    Numbers::ManyMagnitudes => (rng.f64() - 0.5) * 10f64.powi(rng.i32(-$highest..$highest)),
                    Numbers::Special if rng.bool() => {
                        [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN][rng.usize(0..5)]
                    }
                    Numbers::Special => rng.i32(0..1000) as f64 / 8.0,
                    Numbers::Subnormal => return <$type>::from_bits(rng.$bits(0..$subnormal)),
                    Numbers::NearPowersOfTen => {
                        let power = 10f64.powi(rng.i32(-6..18)) * [1.0, -1.0, 0.5, 0.99999999][rng.usize(0..4)];
                        f64::from_bits(power.to_bits() + rng.u64(0..3) - 1)
                    }
                };
                $narrow
            }
        }
    )*};
}
random_floats! {
    f16, u16, 1024, 5, |x| f16::from_f64(x);
    f32, u32, 1 << 23, 38, |x| x as f32;
    f64, u64, 1 << 52, 300, |x| x;
}

macro_rules! random_complex {
    ($($type:ident $of:ty;)*) => {$(
        impl Random for $type {
            fn random(rng: &mut Rng, numbers: Numbers) -> Self {
                let other = if rng.u8(..3) == 0 { Numbers::Special } else { numbers };
                $type::new(<$of>::random(rng, numbers), <$of>::random(rng, other))
            }
        }
    )*};
}
random_complex! { complex64 f32; complex128 f64; }

/// An array of a rank from 0 to 5, now and then longer than what is written in full, in any layout.
fn array<T: Random>(rng: &mut Rng) -> Array<T> {
    let rank = rng.usize(0..6);
    let longest = [30, 12, 6, 5, 4][rank.saturating_sub(1)];
    let mut shape: Vec<usize> = (0..rank).map(|_| rng.usize(1..=longest)).collect();
    if rank > 0 {
        let axis = rng.usize(0..rank);
        match rng.u8(..12) {
            0 => shape[axis] = 0,
            1 | 2 => shape[axis] = 1,
            3 => shape[axis] = rng.usize(0..1200 / shape.iter().product::<usize>().max(1) + 20),
            _ => {}
        }
    }
    let numbers = *rng.choice(&Numbers::ALL).unwrap();
    let array = from_fn(&shape, |_| T::random(rng, numbers)).unwrap();
    match rng.u8(..4) {
        0 => array.t(),
        1 => flip(&array, ..).unwrap(),
        2 if rank > 0 => array.slice(s![..;2]).unwrap(),
        _ => array,
    }
}

/// Print options, and NumPy's keywords for them.
fn options(rng: &mut Rng) -> (PrintOptions, String) {
    let mut options = PrintOptions::default();
    if rng.bool() {
        options = options.precision(rng.usize(0..20));
    }
    if rng.bool() {
        options = options.threshold(*rng.choice(&[0, 1, 5, 20, 100]).unwrap());
    }
    if rng.bool() {
        options = options.edge_items(rng.usize(0..5));
    }
    if rng.bool() {
        options = options.line_width(*rng.choice(&[0, 1, 10, 20, 40, 100, 200]).unwrap());
    }
    if rng.bool() {
        options = options.suppress(true);
    }
    let (sign, sign_name) = *rng
        .choice(&[(PrintSign::Negative, "-"), (PrintSign::Always, "+"), (PrintSign::Space, " ")])
        .unwrap();
    let modes = [
        (FloatMode::Fixed, "fixed"),
        (FloatMode::Unique, "unique"),
        (FloatMode::MaxPrec, "maxprec"),
        (FloatMode::MaxPrecEqual, "maxprec_equal"),
    ];
    let (mode, mode_name) = *rng.choice(&modes).unwrap();
    options = options.sign(sign).float_mode(mode);
    let keywords = format!(
        "precision={}, threshold={}, edgeitems={}, linewidth={}, suppress={}, sign='{sign_name}', \
         floatmode='{mode_name}'",
        options.precision,
        options.threshold,
        options.edge_items,
        options.line_width,
        if options.suppress { "True" } else { "False" },
    );
    (options, keywords)
}

fn check<T: Random>(rng: &mut Rng) -> Outcome {
    for _ in 0..150 {
        let a: Array<T> = array(rng);
        let lent = a.to_py()?;
        assert_eq!(a.to_string(), lent.str()?, "str of {} {:?}", T::DTYPE, a.shape());
        assert_eq!(format!("{a:?}"), lent.repr()?, "repr of {} {:?}", T::DTYPE, a.shape());

        let (options, keywords) = options(rng);
        let theirs = with_options(&lent, &keywords)?;
        let (str, repr): (String, String) = (py!(theirs[0])?.extract()?, py!(theirs[1])?.extract()?);
        assert_eq!(array_str(&a, &options), str, "str of {} {:?} with {keywords}", T::DTYPE, a.shape());
        assert_eq!(array_repr(&a, &options), repr, "repr of {} {:?} with {keywords}", T::DTYPE, a.shape());
    }
    Ok(())
}

/// NumPy's `str` and `repr` under options, which are for its whole process (or thread) otherwise.
fn with_options(a: &Object, keywords: &str) -> Result<Object, Box<dyn std::error::Error>> {
    let source = format!(
        "(lambda options: (options.__enter__(), str(a), repr(a), options.__exit__(None, None, None))[1:3])\
         (np.printoptions({keywords}))"
    );
    eval(&source, &[("a", a)])
}

/// One test, as NumPy's options may be those of the whole process.
#[test]
fn arrays_print_as_numpys() -> Outcome {
    numpy();
    let rng = &mut Rng::with_seed(1);
    check::<bool>(rng)?;
    check::<i8>(rng)?;
    check::<i16>(rng)?;
    check::<i32>(rng)?;
    check::<i64>(rng)?;
    check::<u8>(rng)?;
    check::<u16>(rng)?;
    check::<u32>(rng)?;
    check::<u64>(rng)?;
    check::<f16>(rng)?;
    check::<f32>(rng)?;
    check::<f64>(rng)?;
    check::<complex64>(rng)?;
    check::<complex128>(rng)
}
