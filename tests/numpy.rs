//! The same questions to us and to the real NumPy, in one process on the same memory: creation,
//! indexing, promotion, printing, and the functions, over random dtypes, shapes and strides.

#![cfg(feature = "python")]

use fastrand::Rng;
use numpypy::foreign::Object;
use numpypy::{
    Array, DType, Element, IndexItem, ToPy, arange, complex64, complex128, f16, from_fn, linspace, py, s,
    zeros,
};

mod common;
#[path = "numpy/elementwise.rs"]
mod elementwise;

use common::{Outcome, eval, numpy};

/// Whether NumPy finds our array to be the same as its own: dtype, shape and every bit but nan's.
fn assert_same<T: Element>(ours: &Array<T>, theirs: &Object, what: &str) -> Outcome
where
    Array<T>: ToPy,
{
    let ours = ours.to_py()?;
    let source = "(a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in 'fc') \
                   and (a.dtype.kind not in 'f' or bool((np.signbit(a) == np.signbit(b))[~np.isnan(a)].all())))";
    let theirs = py!((numpy()).asarray(theirs))?;
    let same: bool = eval(source, &[("a", &ours), ("b", &theirs)])?.extract()?;
    assert!(same, "{what}\nours:   {}\nNumPy's: {}", ours.repr()?, theirs.repr()?);
    Ok(())
}

/// Any bits of any kind that the dtype has, and often its special values.
trait Random: Element {
    fn random(rng: &mut Rng) -> Self;
}

macro_rules! random_integers {
    ($($type:ident)*) => {$(
        impl Random for $type {
            fn random(rng: &mut Rng) -> Self {
                if rng.bool() { rng.$type(..) } else { rng.$type(0..100) }
            }
        }
    )*};
}
random_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

impl Random for bool {
    fn random(rng: &mut Rng) -> Self {
        rng.bool()
    }
}

impl Random for f64 {
    fn random(rng: &mut Rng) -> Self {
        match rng.u8(0..10) {
            0 => f64::from_bits(rng.u64(..)),
            1 => [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN][rng.usize(0..5)],
            2 => rng.i32(-50..50) as f64 / 4.0,
            _ => (rng.f64() - 0.5) * 200.0,
        }
    }
}

macro_rules! random_by_f64 {
    ($($type:ty: |$x:ident, $y:ident| $value:expr;)*) => {$(
        impl Random for $type {
            fn random(rng: &mut Rng) -> Self {
                let ($x, $y) = (f64::random(rng), f64::random(rng));
                let _ = $y;
                $value
            }
        }
    )*};
}
random_by_f64! {
    f16: |x, _y| f16::from_f64(x);
    f32: |x, _y| x as f32;
    complex64: |x, y| complex64::new(x as f32, y as f32);
    complex128: |x, y| complex128::new(x, y);
}

fn random_shape(rng: &mut Rng, longest: usize) -> Vec<usize> {
    (0..rng.usize(0..4)).map(|_| rng.usize(0..=longest)).collect()
}

fn random_array<T: Random>(rng: &mut Rng, longest: usize) -> Array<T> {
    let shape = random_shape(rng, longest);
    let array = from_fn(&shape, |_| T::random(rng)).unwrap();
    if rng.bool() { array.t() } else { array }
}

/// Calls a test body for every dtype.
macro_rules! for_all_dtypes {
    ($body:ident, $($arguments:expr),*) => {
        for_all_dtypes!(@ $body, ($($arguments),*), bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128)
    };
    (@ $body:ident, $arguments:tt, $($type:ident)*) => { $(for_all_dtypes!(@@ $body, $type, $arguments);)* };
    (@@ $body:ident, $type:ident, ($($arguments:expr),*)) => { $body::<$type>($($arguments),*)?; };
}

#[test]
fn arrays_print_as_numpys() -> Outcome {
    numpy();
    fn of<T: Random>(rng: &mut Rng) -> Outcome {
        for round in 0..80 {
            let array: Array<T> = random_array(rng, if round % 10 == 0 { 40 } else { 6 });
            let lent = array.to_py()?;
            assert_eq!(array.to_string(), lent.str()?, "str of {:?} {}", array.shape(), T::DTYPE);
            assert_eq!(format!("{array:?}"), lent.repr()?, "repr of {:?} {}", array.shape(), T::DTYPE);
        }
        Ok(())
    }
    for_all_dtypes!(of, &mut Rng::with_seed(1));
    Ok(())
}

#[test]
fn dtypes_promote_as_numpys() -> Outcome {
    numpy();
    for a in DType::ALL {
        for b in DType::ALL {
            let theirs = py!((numpy()).promote_types(a.name(), b.name()).name)?.to_string();
            assert_eq!(a.promote(*b).name(), theirs, "{a} and {b}");
        }
    }
    Ok(())
}

#[test]
fn conversions_are_numpys() -> Outcome {
    numpy();
    /// Small whole numbers, as what does not fit an integer is undefined in NumPy.
    fn from<S: Random>(rng: &mut Rng) -> Outcome {
        fn to<D: Element>(array: &Array<impl Element>) -> Outcome {
            let lent = array.to_py()?;
            let theirs = eval(&format!("a.astype('{}')", D::DTYPE.name()), &[("a", &lent)])?;
            assert_same(&array.astype::<D>(), &theirs, &format!("{} to {}", array.dtype(), D::DTYPE))
        }
        let numbers = from_fn([3, 40], |_| rng.i64(0..100))?;
        let array = numbers.astype::<S>();
        for_all_dtypes!(to, &array);
        Ok(())
    }
    for_all_dtypes!(from, &mut Rng::with_seed(2));
    Ok(())
}

#[test]
fn ranges_are_numpys() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(3);
    for _ in 0..500 {
        let (start, stop, step) = (rng.i64(-50..50), rng.i64(-50..50), rng.i64(-9..9));
        if step != 0 {
            let theirs = eval(&format!("np.arange({start}, {stop}, {step})"), &[])?;
            assert_same(&arange((start, stop, step))?, &theirs, &format!("arange({start}, {stop}, {step})"))?;
        }
        let (start, stop, step) = (rng.f64() * 10.0 - 5.0, rng.f64() * 10.0 - 5.0, rng.f64() * 2.0 - 1.0);
        let theirs = eval(&format!("np.arange({start:?}, {stop:?}, {step:?})"), &[])?;
        assert_same(&arange((start, stop, step))?, &theirs, &format!("arange({start}, {stop}, {step})"))?;
        let count = rng.usize(0..60);
        let theirs = eval(&format!("np.linspace({start:?}, {stop:?}, {count})"), &[])?;
        assert_same(&linspace(start, stop, count)?, &theirs, &format!("linspace({start}, {stop}, {count})"))?;
        let (start, step) = (start as f32, step as f32);
        let stop = stop as f32;
        let source =
            format!("np.arange({:?}, {:?}, {:?}, dtype='f4')", start as f64, stop as f64, step as f64);
        assert_same(&arange((start, stop, step))?, &eval(&source, &[])?, &source)?;
    }
    Ok(())
}

#[test]
fn indexing_is_numpys() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(4);
    for _ in 0..2000 {
        let array: Array<i32> = random_array(&mut rng, 5);
        let mut index: Vec<IndexItem> = (0..rng.usize(0..5)).map(|_| random_item(&mut rng)).collect();
        index.truncate(5);
        let text: Vec<String> = index
            .iter()
            .map(|item| match item {
                IndexItem::NewAxis => "None".to_owned(),
                item => item.to_string(),
            })
            .collect();
        let source = format!("a[{}]", if text.is_empty() { "()".to_owned() } else { text.join(", ") + "," });
        let lent = array.to_py()?;
        match (array.slice(&index), eval(&source, &[("a", &lent)])) {
            (Ok(ours), Ok(theirs)) => {
                assert_same(&ours, &theirs, &format!("{source} of {:?}", array.shape()))?
            }
            (Err(error), Err(_)) => assert!(error.is_index(), "{error}"),
            (ours, theirs) => panic!("{source} of {:?}: ours {ours:?}, NumPy's {theirs:?}", array.shape()),
        }
    }
    Ok(())
}

fn random_item(rng: &mut Rng) -> IndexItem {
    let bound = |rng: &mut Rng| rng.bool().then(|| rng.isize(-7..8));
    match rng.u8(0..10) {
        0..3 => IndexItem::Integer(rng.isize(-5..5)),
        3 => IndexItem::NewAxis,
        4 => IndexItem::Ellipsis,
        _ => {
            let step = [1, 1, 2, 3, -1, -2][rng.usize(0..6)];
            IndexItem::Slice { start: bound(rng), stop: bound(rng), step }
        }
    }
}

#[test]
fn reshapes_are_numpys() -> Outcome {
    numpy();
    let mut rng = Rng::with_seed(5);
    for _ in 0..500 {
        let array = arange(24)?
            .reshape([2, 3, 4])?
            .transpose(*rng.choice(&[&[0, 1, 2], &[2, 0, 1], &[0, 2, 1]]).unwrap())?;
        let part = array.slice(s![..;*rng.choice(&[1, -1]).unwrap(), ...])?;
        let shape =
            *rng.choice(&[&[24][..], &[4, 6], &[6, 4], &[2, 12], &[12, 2], &[3, 8], &[2, 2, 6]]).unwrap();
        let lent = part.to_py()?;
        let theirs = eval(&format!("a.reshape({shape:?})"), &[("a", &lent)])?;
        let ours = part.reshape(shape)?;
        assert_same(&ours, &theirs, "reshape")?;
        let shared: bool = eval("np.shares_memory(a, b)", &[("a", &lent), ("b", &theirs)])?.extract()?;
        assert_eq!(
            ours.address() == part.address(),
            shared,
            "a view where NumPy makes one: {:?} to {shape:?}",
            part
        );
    }
    Ok(())
}

/// Errors are tested elsewhere; here, that dtypes, shapes and special values are NumPy's, and that
/// values agree to some units in the last place.
fn assert_close(ours: &Object, theirs: &Object, what: &str) -> Outcome {
    let source = "a.dtype == b.dtype and a.shape == b.shape and (a.dtype.kind not in 'fc' and bool((a == b).all()) or \
                  a.dtype.kind in 'fc' and np.allclose(a, b, rtol=8 * np.finfo(a.dtype).eps, \
                  atol=float(np.finfo(a.dtype).smallest_subnormal), equal_nan=True))";
    let same: bool = eval(source, &[("a", ours), ("b", &py!((numpy()).asarray(theirs))?)])?.extract()?;
    assert!(same, "{what}\nours:   {}\nNumPy's: {}", ours.repr()?, theirs.repr()?);
    Ok(())
}

macro_rules! unary_functions {
    ($test:ident, [$($function:ident)*] $types:tt) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(6);
            $(unary_functions!(@ rng, $function $types);)*
            Ok(())
        }
    };
    (@ $rng:ident, $function:ident [$($type:ident)*]) => {$(
        for _ in 0..8 {
            let a: Array<$type> = random_array(&mut $rng, 9);
            let theirs = py!((numpy()).$function(&a))?;
            let what = concat!(stringify!($function), " of ", stringify!($type));
            assert_close(&numpypy::$function(&a).to_py()?, &theirs, what)?;
        }
    )*};
}
unary_functions! { float_functions_are_numpys,
[sin cos tan arcsin arccos arctan exp exp2 expm1 log log2 log10 log1p sinh cosh tanh arcsinh arccosh arctanh
 sqrt cbrt radians degrees deg2rad rad2deg]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] }
unary_functions! { squares_and_reciprocals_are_numpys, [square reciprocal]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] }
unary_functions! { absolute_is_numpys, [absolute]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] }
unary_functions! { negative_is_numpys, [negative]
[i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128] }

macro_rules! binary_functions {
    ($test:ident, [$($function:ident)*] $left:tt $right:tt) => {
        #[test]
        fn $test() -> Outcome {
            numpy();
            let mut rng = Rng::with_seed(7);
            $(binary_functions!(@ rng, $function $left $right);)*
            Ok(())
        }
    };
    (@ $rng:ident, $function:ident [$($left:ident)*] $right:tt) => {
        $(binary_functions!(@@ $rng, $function $left $right);)*
    };
    (@@ $rng:ident, $function:ident $left:ident [$($right:ident)*]) => {$(
        for _ in 0..3 {
            let a: Array<$left> = random_array(&mut $rng, 9);
            let columns = a.shape().last().copied().unwrap_or(1);
            let b: Array<$right> = from_fn(columns, |_| <$right>::random(&mut $rng))?;
            let theirs = py!((numpy()).$function(&a, &b))?;
            let what = concat!(stringify!($function), " of ", stringify!($left), " and ", stringify!($right));
            assert_close(&numpypy::$function(&a, &b)?.to_py()?, &theirs, what)?;
        }
    )*};
}
binary_functions! { sums_and_products_are_numpys, [add multiply]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128]
[bool i8 i32 i64 u16 u64 f16 f32 f64 complex64 complex128] }
binary_functions! { differences_are_numpys, [subtract]
[i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64 complex64 complex128]
[i8 i32 i64 u16 u64 f16 f32 f64 complex64 complex128] }
binary_functions! { float_functions_of_two_are_numpys, [hypot arctan2 logaddexp logaddexp2]
[bool i32 i64 u32 u64 f16 f32 f64] [bool i32 i64 u64 f16 f32 f64] }
binary_functions! { powers_are_numpys, [power] [f16 f32 f64] [f16 f32 f64] }
binary_functions! { float_powers_are_numpys, [float_power]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] [bool i8 i32 i64 u16 u64 f16 f32 f64] }
binary_functions! { quotients_are_numpys, [divide]
[bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64] [bool i8 i32 i64 u16 u64 f16 f32 f64] }

#[test]
fn python_keeps_the_values_it_was_lent() -> Outcome {
    numpy();
    let mut a: Array<f64> = zeros(3)?;
    let lent = a.to_py()?;
    let address = a.address();
    a += 1.0;
    assert_ne!(a.address(), address, "a write copies while Python holds the memory");
    assert_eq!(lent.repr()?, "array([0., 0., 0.])");
    drop(lent);
    let address = a.address();
    a += 1.0;
    assert_eq!(a.address(), address, "and is in place again after");
    Ok(())
}
