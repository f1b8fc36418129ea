//! Functions of arrays that repeat their elements by strides of zero, more often than any memory holds: they give what
//! needs no memory, or an error. (Of arrays themselves: `array-core/tests/endless/`.)

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use numpypy::*;

#[path = "../ufuncs/tests/common/table.rs"]
mod table;

/// Each expression gives a `Result`: an error must be one of memory. All faults are reported together.
macro_rules! survives {
    ($($source:expr;)*) => {{
        let faults: Vec<String> = [$(fault(stringify!($source), || $source.map(drop))),*].into_iter().flatten().collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }};
}

/// What is wrong with a call, if anything is.
fn fault(source: &str, result: impl FnOnce() -> Result<()>) -> Option<String> {
    println!("{source}");
    match catch_unwind(AssertUnwindSafe(result)) {
        Ok(Ok(())) => None,
        Ok(Err(error)) if error.is_memory() => None,
        Ok(Err(error)) => Some(format!("{source}: {error}")),
        Err(_) => Some(format!("{source} panics")),
    }
}

/// How many elements there are: more bytes than an address has bits for.
const MANY: usize = 1 << 50;

/// A vector of one element so often.
fn vector() -> Array<f64> {
    scalar(1.5).broadcast_to([MANY]).unwrap()
}

/// So many rows of it.
fn matrix(rows: usize) -> Array<f64> {
    scalar(1.5).broadcast_to([rows, MANY / 4]).unwrap()
}

#[test]
fn element_by_element() {
    let (v, few) = (vector(), arange(3.0).unwrap());
    let mask = scalar(true).broadcast_to([MANY]).unwrap();
    let positions = scalar(0i64).broadcast_to([MANY]).unwrap();
    survives! {
        add(&v, 1.0);
        add(v.clone(), 1.0);
        add(&v, &v);
        less(&v, 1.0);
        add::out(&v, 1.0, &mut v.clone());
        sin::out(scalar(1.5), &mut v.clone());
        sin::out_where(scalar(1.5), &mut v.clone(), &mask);
        sin::at(&mut v.clone(), [0]);
        sin::at(&mut few.clone(), &scalar(0i8).broadcast_to([MANY])?);
        add::at(&mut v.clone(), [0], 1.0);
        add::at(&mut v.clone(), ([0],), 1.0);
        add::at(&mut few.clone(), (&positions,), 1.0);
        multiply::outer(&v, &few);
        multiply::outer(&few, &v);
        where_(&mask, &v, 1.0);
        where_(&Array::from([true]), &v, 1.0);
        where_::out(&mask, &v, 1.0, &mut v.clone());
        clip(&v, 0.0, 1.0);
        clip(&v, None, 1.0);
        clip::out(&v, 0.0, 1.0, &mut v.clone());
        round(&v, 1);
        round::out(&v, 1, &mut v.clone());
        divmod(&v, 2.0);
        ldexp(&v, &scalar(2));
        isclose(&v, 1.0, Tolerance::default());
        allclose(&v, 1.0, Tolerance::default());
        array_equal(&v, &v, true);
        array_equiv(&v, &few.slice(s![0])?);
        interp(&v, &few, &few);
        interp(&few, &v, &v);
        unwrap(&v, Unwrap::default());
        vectorize(|x: f64| x + 1.0).call(&v);
        vectorize(|x: f64, y: f64| x + y).outer(&v, &few);
        vectorize(|x: f64| x + 1.0).at(&mut v.clone(), [0]);
    }
}

/// Each function of one argument writes results to an array of the same.
macro_rules! each_of_one {
    ($($name:ident)*, $number:expr, $out:expr) => {
        survives! { $( $name::out(scalar($number), &mut $out.clone()); )* }
    };
}

/// Each function of two arguments makes an array of results.
macro_rules! each_of_two {
    ($($name:ident)*, $a:expr) => {
        survives! { $( $name($a, $a); )* }
    };
}

#[test]
fn each_function_element_by_element() {
    let v = vector();
    let whole = scalar(3i64).broadcast_to([MANY]).unwrap();
    each_of_one! {
        absolute arccos arccosh arcsin arcsinh arctan arctanh cbrt ceil conjugate cos cosh degrees exp exp2 expm1 fabs
        floor i0 log log10 log1p log2 nan_to_num negative positive radians reciprocal rint sign sin sinc sinh spacing
        sqrt square tan tanh trunc isfinite isinf isnan isneginf isposinf iscomplex isreal logical_not signbit, 1.5, v
    }
    each_of_one! { bitwise_count invert, 3i64, whole }
    each_of_two! {
        add arctan2 copysign divide equal float_power floor_divide fmax fmin fmod greater greater_equal heaviside hypot
        less less_equal logaddexp logaddexp2 logical_and logical_or logical_xor maximum minimum multiply nextafter
        not_equal power remainder subtract divmod, &v
    }
    each_of_two! { bitwise_and bitwise_or bitwise_xor gcd lcm left_shift right_shift, &whole }
    survives! {
        frexp::out(scalar(1.5), (&mut v.clone(), &mut whole.clone()));
        modf::out(scalar(1.5), (&mut v.clone(), &mut v.clone()));
    }
}

/// What gives no `Result` panics with the error's message, or needs no memory.
#[test]
fn without_a_result_there_is_a_message() {
    let v = vector();
    let with = Replacements::default();
    let calls: [(&str, &dyn Fn()); 3] = [
        ("sin", &|| drop(sin(&v))),
        ("angle", &|| drop(angle(&v, true))),
        ("nan_to_num_with", &|| drop(nan_to_num_with(&v, with))),
    ];
    for (name, call) in calls {
        let message = catch_unwind(AssertUnwindSafe(call)).expect_err(name);
        let message = message.downcast::<String>().expect("a message");
        assert!(message.contains("the system has no"), "{name}: {message}");
    }
}

#[test]
fn along_axes() {
    let (v, tall) = (vector(), matrix(4));
    let mask = scalar(true).broadcast_to(tall.shape()).unwrap();
    let weights = arange((1.0, 5.0)).unwrap();
    survives! {
        sum(&tall, 0);
        sum(&tall, over(0).where_(&mask));
        max(&tall, 0);
        mean(&tall, 0);
        var(&tall, 0);
        var(&tall, over(0).where_(&mask));
        std(&tall, 0);
        any(&tall, 0);
        any(&v, ..);
        argmax(&tall, 0);
        nanargmin(&tall, 0);
        nansum(&tall, 0);
        nanmean(&tall, 0);
        nanvar(&tall, 0);
        ptp(&tall, 0);
        min(&tall, 0);
        prod(&tall, 0);
        all(&tall, 0);
        argmin(&tall, 0);
        nanargmax(&tall, 0);
        nanprod(&tall, 0);
        nanmin(&tall, 0);
        nanmax(&tall, 0);
        nanstd(&tall, 0);
        nancumprod(&v, 0);
        cumulative_prod(&v, 0, true);
        nanpercentile(&tall, 30.0, 0);
        count_nonzero(&tall, 0);
        cumsum(&v, 0);
        cumsum(&tall, 0);
        cumsum(&tall, ..);
        cumsum(&tall.t(), ..);
        cumprod(&tall, 1);
        nancumsum(&tall, ..);
        cumulative_sum(&tall, 0, true);
        add::reduce(&tall, 0);
        subtract::reduce(&tall, 0);
        add::accumulate(&v, 0);
        subtract::accumulate(&v, 0);
        add::reduceat(&tall, &[0, 2], 0);
        subtract::reduceat(&tall, &[0, 2], 0);
        vectorize(|x: f64, y: f64| x + y).reduce(&tall, 0);
        vectorize(|x: f64, y: f64| x + y).accumulate(&v, 0);
        vectorize(|x: f64, y: f64| x + y).reduceat(&tall, &[0, 2], 0);
        median(&v, ..);
        median(&tall, 0);
        median(&tall.t(), 1);
        nanmedian(&v, ..);
        percentile(&v, 30.0, ..);
        percentile(&tall, [10.0, 90.0], 0);
        quantile(&tall, 0.5, 1);
        nanquantile(&v, 0.5, ..);
        average(&tall, 0, &weights);
        diff(&v, 0);
        diff(&v, along(0).n(3));
        ediff1d(&v);
        gradient(&v, 0, 1.0);
        gradient(&v, 0, spaced(&v));
        trapezoid(&tall, 1.0, 0);
        cov(&tall.t(), ..);
        corrcoef(&tall.t(), ..);
    }
}

#[test]
fn products() {
    let (v, few) = (vector(), arange(4.0).unwrap());
    let tall = matrix(4);
    survives! {
        matmul(&tall.t(), &few);
        matmul(&few, &tall);
        matmul(&tall.t(), &tall);
        matvec(&tall.t(), &few);
        vecmat(&few, &tall);
        outer(&v, &few);
        tensordot(&v, &few, 0);
        dot(&few, &tall);
        inner(&tall.t(), &few);
        vecdot(&tall.t(), &few);
        vdot(&v, &v);
        kron(&v, &few);
        kron(&few, &tall);
        cross(&scalar(1.5).broadcast_to([MANY, 3])?, &arange(3.0)?, -1);
        einsum("i,i->", &[&v, &v]);
        einsum("i,j", &[&v, &few]);
        einsum("ji->ij", &[&tall]);
        einsum("ij->i", &[&tall]);
        trace(&scalar(1.5).broadcast_to([1usize << 50, 8])?, 0, 0, 1);
        convolve(&v, &few, Shifts::Full);
        correlate(&few, &v, Shifts::Same);
        bartlett(MANY);
        blackman(MANY);
        hamming(MANY);
        hanning(MANY);
        kaiser(MANY, 8.0);
    }
}

/// No function is forgotten above.
#[test]
fn every_function_is_called() {
    // They give views.
    let others = ["real", "imag"];
    let called = table::called(include_str!("endless.rs"));
    let mut missing = table::functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ufuncs"));
    missing.retain(|name| !called.contains(name) && !others.contains(&name.as_str()));
    assert!(missing.is_empty(), "never called with arrays larger than memory: {missing:?}");
}
