//! Every ufunc, reduction and method gives the same bits on 1, 2, 3 and 7 threads, of arrays that are split
//! among them.

mod common;

use std::path::Path;
use std::sync::LazyLock;

use array_core::{Array, Plain, Result, complex128, from_fn, linspace, s, write_npy};
use fastrand::Rng;
use rayon::{ThreadPool, ThreadPoolBuilder};
use ufuncs as np;

/// Results of which each bit counts.
trait Bytes {
    fn bytes(&self) -> Vec<u8>;
}

impl<T: Plain> Bytes for Array<T> {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_npy(&mut bytes, self).unwrap();
        bytes
    }
}

impl<A: Bytes, B: Bytes> Bytes for (A, B) {
    fn bytes(&self) -> Vec<u8> {
        [self.0.bytes(), self.1.bytes()].concat()
    }
}

impl<A: Bytes> Bytes for Result<A> {
    fn bytes(&self) -> Vec<u8> {
        self.as_ref().unwrap().bytes()
    }
}

fn check<R: Bytes>(name: &str, call: impl Fn() -> R + Sync) {
    static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
        let pool = |&threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        [1, 2, 3, 7].iter().map(pool).collect()
    });
    let on = |pool: &ThreadPool| pool.install(|| call().bytes());
    let alone = on(&POOLS[0]);
    for pool in &POOLS[1..] {
        assert!(on(pool) == alone, "{name} on {} threads", pool.current_num_threads());
    }
}

/// Calls `check` for each function, of the same operands.
macro_rules! each {
    ($($name:ident)*, $operands:tt) => {$(
        check(stringify!($name), || np::$name $operands);
    )*};
}

/// Elements enough that each function splits them.
const SHAPE: [usize; 3] = [3, 701, 301];

/// Every second row of a matrix, read from its end.
fn reals(seed: u64) -> Array<f64> {
    let mut rng = Rng::with_seed(seed);
    let [planes, rows, columns] = SHAPE;
    let number = |rng: &mut Rng| match rng.u8(..) {
        0 => f64::NAN,
        1 => f64::INFINITY,
        2 => 0.0,
        3 => (rng.f64() - 0.5) * 1e300,
        4..100 => rng.f64() * 2.0 - 1.0,
        _ => (rng.f64() - 0.5) * 100.0,
    };
    let all = from_fn([planes, 2 * rows, columns], |_| number(&mut rng)).unwrap();
    all.slice(s![.., ..;2, ..;-1]).unwrap()
}

fn integers(seed: u64, low: i64, high: i64) -> Array<i64> {
    let mut rng = Rng::with_seed(seed);
    from_fn(SHAPE, |_| rng.i64(low..high)).unwrap()
}

fn complex(seed: u64) -> Array<complex128> {
    let mut rng = Rng::with_seed(seed);
    let mut part = || (rng.f64() - 0.5) * if rng.bool() { 2.0 } else { 50.0 };
    from_fn(SHAPE, |_| complex128::new(part(), part())).unwrap()
}

/// Numbers near one, of which many can be multiplied.
fn factors() -> Array<f64> {
    let mut rng = Rng::with_seed(9);
    from_fn(SHAPE, |_| 1.0 + (rng.f64() - 0.5) * 1e-3).unwrap()
}

#[test]
fn functions_of_one_real() {
    let a = &reals(1);
    each! {
        absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conjugate cos cosh degrees exp exp2 expm1
        fabs floor isfinite isinf isnan isneginf isposinf iscomplex isreal log log10 log1p log2 logical_not
        negative positive radians reciprocal rint sign signbit sin sinc sinh spacing sqrt square tan tanh trunc
        frexp modf nan_to_num i0, (a)
    }
    let single = &a.astype::<f32>();
    each! {
        arccos arccosh arcsin arcsinh arctan arctanh cbrt cos cosh degrees exp exp2 expm1 log log10 log1p log2
        radians reciprocal sin sinc sinh spacing sqrt tan tanh frexp modf, (single)
    }
    check("round", || np::round(a, 2));
    check("angle", || np::angle(a, false));
    check("real", || np::real(a));
    check("imag", || np::imag(a));
}

#[test]
fn functions_of_one_integer() {
    let a = &integers(1, -1000, 1000);
    each! {
        absolute bitwise_count ceil conjugate exp fabs floor invert isfinite logical_not negative positive
        reciprocal rint sign sin spacing sqrt square trunc, (a)
    }
}

#[test]
fn functions_of_one_complex_number() {
    let a = &complex(1);
    each! {
        absolute arccos arccosh arcsin arcsinh arctan arctanh conjugate cos cosh exp exp2 expm1 isfinite isinf
        isnan log log10 log1p log2 logical_not negative positive reciprocal rint sign sin sinc sinh sqrt square
        tan tanh nan_to_num, (a)
    }
    check("angle", || np::angle(a, true));
}

#[test]
fn functions_of_two_reals() {
    let (a, b) = (&reals(1), &reals(2));
    each! {
        add arctan2 copysign divide equal float_power floor_divide fmax fmin fmod greater greater_equal heaviside
        hypot less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum multiply
        nextafter not_equal power remainder subtract divmod, (a, b)
    }
    let (a, b) = (&a.astype::<f32>(), &b.astype::<f32>());
    each! { add arctan2 divide divmod fmod hypot logaddexp power, (a, b) }
    let row = &linspace(-3.0, 3.0, SHAPE[2]).unwrap();
    check("add of a row", || np::add(a, row));
    check("clip", || np::clip(a, -0.5f32, 0.5f32));
    check("where_", || np::where_(&np::less(a, 0.0f32).unwrap(), a, b));
    check("ldexp", || np::ldexp(a, &integers(3, -5, 5).astype::<i32>()));
    check("interp", || np::interp(a, row, row));
    check("unwrap", || np::unwrap(a, np::Unwrap::default()));
    let with = np::Replacements { nan: 1.0, ..np::Replacements::default() };
    check("nan_to_num_with", || np::nan_to_num_with(a, with));
    check("isclose", || np::isclose(a, b, np::Tolerance::default()));
}

#[test]
fn functions_of_two_integers() {
    let (a, b) = (&integers(1, -1000, 1000), &integers(2, 0, 9));
    each! {
        add bitwise_and bitwise_or bitwise_xor divide equal floor_divide fmod gcd lcm left_shift less maximum
        minimum multiply power remainder right_shift subtract divmod, (a, b)
    }
}

#[test]
fn functions_of_two_complex_numbers() {
    let (a, b) = (&complex(1), &complex(2));
    each! { add divide equal less maximum multiply power float_power subtract, (a, b) }
}

#[test]
fn methods() {
    let (a, b) = (&reals(1), &reals(2));
    let positive = &np::greater(a, 0.0).unwrap();
    let indices = &integers(3, -700, 700).ravel();
    check("out_where", || {
        let mut out = b.copy();
        np::exp::out_where(a, &mut out, positive).map(|()| out)
    });
    check("outer", || np::arctan2::outer(&a.ravel().slice(s![..900])?, &b.ravel().slice(s![..900])?));
    check("at", || {
        let mut sums: Array<f64> = linspace(0.0, 1.0, 701)?;
        np::add::at(&mut sums, indices, &factors().ravel()).map(|()| sums)
    });
    let own = np::vectorize(|x: f64, y: f64| x * y + 1.0);
    check("a closure", || own.call(a, b));
}

/// Along each axis, and all of them.
macro_rules! each_along {
    ($($name:ident)*, $a:expr) => {$(
        check(concat!(stringify!($name), " of all"), || np::$name($a, ..));
        for axis in 0..3 {
            check(concat!(stringify!($name), " along an axis"), || np::$name($a, axis));
        }
    )*};
}

/// Methods, along each axis.
macro_rules! each_fold {
    ($($name:ident)*, $a:expr) => {$(
        for axis in 0..3 {
            check(concat!(stringify!($name), "::reduce"), || np::$name::reduce($a, axis));
            check(concat!(stringify!($name), "::accumulate"), || np::$name::accumulate($a, axis));
            check(concat!(stringify!($name), "::reduceat"), || np::$name::reduceat($a, &[0, 2, 1], axis));
        }
    )*};
}

#[test]
fn reductions() {
    let a = &reals(1);
    each_along! {
        sum mean var std max min ptp argmax argmin any all count_nonzero nansum nanmean nanvar nanstd nanmax nanmin
        nanargmax nanargmin median nanmedian cumsum nancumsum, a
    }
    let single = &factors().astype::<f32>();
    each_along! { sum mean var std prod nanprod cumprod nancumprod max median, single }
    let whole = &integers(1, -1000, 1000);
    each_along! { sum mean var prod max argmin any count_nonzero median cumsum, whole }
    let z = &complex(1);
    each_along! { sum mean var prod max any count_nonzero cumsum, z }
    let factors = &factors();
    each_along! { prod nanprod cumprod nancumprod, factors }
    each_fold! { add subtract multiply divide maximum fmin hypot logaddexp arctan2 power, factors }
    each_fold! { gcd bitwise_xor logical_and floor_divide lcm, whole }
}

#[test]
fn statistics_and_products() {
    let a = &factors();
    for axis in 0..3 {
        check("percentile", || np::percentile(a, [10.0, 75.0], axis));
        check("quantile", || np::quantile(a, 0.3, axis));
        check("nanpercentile", || np::nanpercentile(a, 10.0, axis));
        check("nanquantile", || np::nanquantile(a, 0.3, axis));
        check("diff", || np::diff(a, axis));
        check("gradient", || np::gradient(a, axis, 1.0));
        check("trapezoid", || np::trapezoid(a, 1.0, axis));
        check("average", || np::average(a, axis, a));
        check("cumulative_sum", || np::cumulative_sum(a, axis, true));
        check("cumulative_prod", || np::cumulative_prod(a, axis, true));
    }
    check("percentile of all", || np::percentile(a, [10.0, 75.0], ..));
    check("nanquantile of all", || np::nanquantile(&reals(1), [0.3, 0.9], ..));
    let few = &a.reshape([3, 211_001]).unwrap();
    check("cov of few", || np::cov(few, ..));
    check("corrcoef of few", || np::corrcoef(few, ..));
    check("ediff1d", || np::ediff1d(a));
    let matrix = &a.reshape([2103, 301]).unwrap();
    check("cov", || np::cov(&matrix.t(), ..));
    check("corrcoef", || np::corrcoef(&matrix.t(), ..));
    check("matmul", || np::matmul(&matrix.t(), matrix));
    check("matmul in a batch", || np::matmul(a, &a.transpose(&[0, 2, 1])?));
    check("matvec", || np::matvec(matrix, &matrix.slice(s![0])?));
    check("vecmat", || np::vecmat(&matrix.slice(s![.., 0])?, matrix));
    check("vecdot", || np::vecdot(a, a));
    check("dot", || np::dot(matrix, &matrix.t()));
    check("inner", || np::inner(matrix, matrix));
    check("tensordot", || np::tensordot(a, a, ([0, 1], [0, 1])));
    let long = &a.reshape([a.len()]).unwrap();
    check("vdot", || np::vdot(a, a));
    check("kron", || np::kron(&a.slice(s![0, 0])?, long));
    check("cross", || np::cross(&few.slice(s![.., ..200_000])?, &few.slice(s![.., 1..200_001])?, 0));
    check("einsum", || np::einsum("aij,ajk->aik", &[a, &a.transpose(&[0, 2, 1])?]));
    check("einsum of sums", || np::einsum("aij->ja", &[a]));
    check("trace", || np::trace(matrix, 1, 0, 1));
    check("convolve", || np::convolve(long, &long.slice(s![..300])?, np::Shifts::Full));
    check("correlate", || np::correlate(long, &long.slice(s![..31])?, np::Shifts::Same));
    check("bartlett", || np::bartlett(300_000));
    check("blackman", || np::blackman(300_000));
    check("hamming", || np::hamming(300_000));
    check("hanning", || np::hanning(300_000));
    check("kaiser", || np::kaiser(300_000, 8.0));
    check("outer", || np::outer(&matrix.slice(s![0])?, &matrix.slice(s![.., 0])?));
    let whole = &integers(1, -9, 9).reshape([2103, 301]).unwrap();
    check("matmul of integers", || np::matmul(&whole.t(), whole));
    let z = &complex(1).reshape([2103, 301]).unwrap();
    check("matmul of complex numbers", || np::matmul(&z.t(), z));
    check("vecdot of complex numbers", || np::vecdot(z, z));
}

/// No function is forgotten above.
#[test]
fn every_function_is_called() {
    // Options; what looks at whole arrays by functions that are called; what only moves elements.
    let others = ["along", "spaced", "vectorize", "allclose", "array_equal", "array_equiv"];
    let called = common::table::called(include_str!("threads.rs"));
    let mut missing = common::table::functions(Path::new(env!("CARGO_MANIFEST_DIR")));
    missing.retain(|name| !called.contains(name) && !others.contains(&name.as_str()));
    assert!(missing.is_empty(), "never called on several threads: {missing:?}");
}
