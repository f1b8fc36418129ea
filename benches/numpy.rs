//! Ours against CPython's NumPy, in one process, on the same memory.
//!
//! `cargo bench` prints nanoseconds per element and the ratio, one thread, results written to an
//! array that is there. The two sides take turns (A B A B …) so that both see the same machine, and
//! what is shown is the median. The input is lent, not copied: NumPy reads our buffer.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use numpypy::foreign::{Object, builtin};
use numpypy::{Array, ToPy, import, linspace, py, require, zeros};

type Failure = Box<dyn Error + Send + Sync>;

/// Turns that each side takes.
const TURNS: usize = 15;
/// How long one turn should take at least.
const TURN: Duration = Duration::from_millis(4);

fn main() -> Result<(), Failure> {
    require(["numpy"])?;
    let numpy = import("numpy")?;
    println!("NumPy {}, one thread, out given; ns per element, medians of {TURNS}", py!(numpy.__version__)?);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| functions(&numpy))?;
    overheads()
}

fn functions(numpy: &Object) -> Result<(), Failure> {
    println!("{:>10} {:>9} {:>10} {:>9} {:>9} {:>7}", "function", "dtype", "N", "NumPy", "ours", "ratio");
    for n in [1_000, 100_000, 10_000_000] {
        let x: Array<f64> = linspace(0.01, 100.0, n)?;
        let y = linspace(1.0, 2.0, n)?;
        let (x32, y32) = (x.astype::<f32>(), y.astype::<f32>());
        let (mut out, mut out32): (Array<f64>, Array<f32>) = (zeros(n)?, zeros(n)?);
        macro_rules! unary {
            ($($name:ident)*) => {$(
                compare(numpy, stringify!($name), &[&x], || numpypy::$name::out(&x, &mut out))?;
                compare(numpy, stringify!($name), &[&x32], || numpypy::$name::out(&x32, &mut out32))?;
            )*};
        }
        unary! { sin cos exp log sqrt absolute negative }
        macro_rules! binary {
            ($($name:ident)*) => {$(
                compare(numpy, stringify!($name), &[&x, &y], || numpypy::$name::out(&x, &y, &mut out))?;
                compare(numpy, stringify!($name), &[&x32, &y32], || numpypy::$name::out(&x32, &y32, &mut out32))?;
            )*};
        }
        binary! { add subtract multiply divide }
    }
    Ok(())
}

/// Times a function of ours against NumPy's of the same name on the same operands.
fn compare<T: numpypy::Element>(
    numpy: &Object,
    name: &str,
    operands: &[&Array<T>],
    mut ours: impl FnMut() -> numpypy::Result<()>,
) -> Result<(), Failure> {
    let n = operands[0].len();
    let function = numpy.getattr(name)?;
    let lent: Vec<Object> = operands.iter().map(|operand| operand.to_py()).collect::<Result<_, _>>()?;
    let out = py!(numpy.empty_like(&lent[0]))?;
    // As `numpy.sin(x, out)`: positional, which is NumPy's fastest call.
    let arguments: Vec<Object> = lent.into_iter().chain([out]).collect();
    let theirs = || match &arguments[..] {
        [x, out] => function.call((x, out)).map(drop),
        [x, y, out] => function.call((x, y, out)).map(drop),
        _ => unreachable!("functions have one operand or two"),
    };
    theirs()?;
    ours()?;
    let (repeat_theirs, repeat_ours) =
        (repetitions(&mut || theirs().unwrap()), repetitions(&mut || ours().unwrap()));
    let (mut times_theirs, mut times_ours) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        times_theirs.push(turn(repeat_theirs, &mut || theirs().unwrap()));
        times_ours.push(turn(repeat_ours, &mut || ours().unwrap()));
    }
    let (theirs, ours) = (median(times_theirs) / n as f64, median(times_ours) / n as f64);
    println!("{name:>10} {:>9} {n:>10} {theirs:>9.3} {ours:>9.3} {:>6.2}×", T::DTYPE.name(), theirs / ours);
    Ok(())
}

/// What crossing to Python and back costs.
fn overheads() -> Result<(), Failure> {
    let array: Array<f64> = zeros(100)?;
    let abs = builtin("abs")?;
    let mut lend = || drop(black_box(array.to_py().unwrap()));
    let mut call = || drop(black_box(abs.call((-1,)).unwrap()));
    for (what, f) in [("lend and drop an array", &mut lend as &mut dyn FnMut()), ("call abs(-1)", &mut call)]
    {
        let repeat = repetitions(f);
        let times = (0..TURNS).map(|_| turn(repeat, f)).collect();
        println!("{what}: {:.0} ns", median(times));
    }
    Ok(())
}

/// How often to call `f` for a turn.
fn repetitions(f: &mut dyn FnMut()) -> usize {
    let mut count = 1;
    loop {
        let start = Instant::now();
        (0..count).for_each(|_| f());
        if start.elapsed() >= TURN {
            return count;
        }
        count *= 2;
    }
}

/// Nanoseconds of one call.
fn turn(repeat: usize, f: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    (0..repeat).for_each(|_| f());
    start.elapsed().as_secs_f64() * 1e9 / repeat as f64
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
