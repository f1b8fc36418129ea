//! How long a lend and a call take. Run with `--release`.

use std::time::Instant;

use array_core::Array;
use foreign::{Result, ToPy, builtin, py};

/// The best of several rounds, in nanoseconds for one.
fn measure<R>(name: &str, mut work: impl FnMut() -> Result<R>) -> Result<()> {
    const ROUND: u32 = 100_000;
    let mut best = f64::INFINITY;
    for _ in 0..10 {
        let start = Instant::now();
        for _ in 0..ROUND {
            std::hint::black_box(work()?);
        }
        best = best.min(start.elapsed().as_nanos() as f64 / f64::from(ROUND));
    }
    println!("{name:40} {best:6.0} ns");
    Ok(())
}

fn main() -> Result<()> {
    foreign::require(["numpy"])?;
    println!("{}, NumPy {}", foreign::interpreter()?, foreign::import("numpy")?.getattr("__version__")?);
    let array = Array::from(vec![1.0f64; 1000]);
    let (abs, len) = (builtin("abs")?, builtin("len")?);
    let math = foreign::import("math")?;
    let object = array.to_py()?;
    measure("lend an array, drop it", || array.to_py())?;
    measure("py!(abs(-1))", || py!(abs(-1)))?;
    measure("py!(abs(-1))?.extract::<i64>()", || py!(abs(-1))?.extract::<i64>())?;
    measure("py!(len(object))?.extract::<usize>()", || py!(len(object))?.extract::<usize>())?;
    measure("object.len()", || object.len())?;
    measure("py!(math.sqrt(2.0))?.extract::<f64>()", || py!(math.sqrt(2.0))?.extract::<f64>())?;
    measure("getattr", || math.getattr("sqrt"))?;
    measure("lend as an argument: py!(len(&array))", || py!(len(&array)))?;
    Ok(())
}
