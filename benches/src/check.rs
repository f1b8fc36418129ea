//! Whether the benchmark can be believed: two runs against each other, and NumPy's times against
//! those of `timeit` in a process of its own.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use numpypy::foreign;

use crate::Failure;
use crate::clock::{Effort, Turn, geometric_mean, measure, quantile};
use crate::machine::Pools;
use crate::operands::Operands;
use crate::python::Python;
use crate::record::Record;
use crate::values::{POSITIVE, Sample};

/// Prints how far two runs differ.
pub(crate) fn compare(a: &Path, b: &Path) -> Result<(), Failure> {
    let read =
        |path: &Path| -> Result<Record, Failure> { Ok(serde_json::from_str(&fs::read_to_string(path)?)?) };
    let (a, b) = (read(a)?, read(b)?);
    let mut changes: Vec<(f64, String)> = Vec::new();
    for cell in &a.cells {
        if let Some(other) = b.cells.iter().find(|other| other.cell == cell.cell) {
            changes.push((other.ratio / cell.ratio, cell.cell.title()));
        }
    }
    if changes.is_empty() {
        return Err("the two runs have no cell in common".into());
    }
    changes.sort_by(|a, b| a.0.ln().abs().total_cmp(&b.0.ln().abs()).reverse());
    let mean = geometric_mean(changes.iter().map(|(change, _)| *change));
    let typical = quantile(changes.iter().map(|(change, _)| change.ln().abs()).collect(), 0.5);
    println!("{} cells in common", changes.len());
    println!("the geometric mean of the ratios changed by {:+.2} %", (mean - 1.0) * 100.0);
    println!("half of the cells changed by less than {:.1} %; the most:", typical.exp_m1() * 100.0);
    for (change, title) in changes.iter().take(10) {
        println!("  {:+6.1} %  {title}", (change - 1.0) * 100.0);
    }
    Ok(())
}

/// What is timed on both sides: a function, its number of operands, a dtype and a size.
const CHECKED: [(&str, usize, &str, usize); 6] = [
    ("sin", 1, "float64", 100_000),
    ("exp", 1, "float32", 100_000),
    ("add", 2, "float64", 1_000),
    ("add", 2, "float32", 100_000),
    ("sqrt", 1, "float64", 10),
    ("multiply", 2, "float64", 10_000_000),
];

/// Rounds in which both sides take their turn.
const ROUNDS: usize = 5;
/// What both may differ by.
const TOLERANCE: f64 = 0.15;

/// NumPy as the benchmark times it, against `timeit` in a process of its own.
pub(crate) fn against_timeit() -> Result<(), Failure> {
    let python = Python::start()?;
    let mut differ = false;
    println!("ns per call         function  dtype         N      here    timeit  difference");
    for (function, operands, dtype, n) in CHECKED {
        let (here, timeit): (Vec<f64>, Vec<f64>) = (0..ROUNDS)
            .map(|_| {
                let here = match dtype {
                    "float32" => here::<f32>(&python, function, operands, n),
                    _ => here::<f64>(&python, function, operands, n),
                };
                Ok((here?, timeit(function, operands, dtype, n)?))
            })
            .collect::<Result<Vec<_>, Failure>>()?
            .into_iter()
            .unzip();
        let (here, timeit) = (quantile(here, 0.5), quantile(timeit, 0.5));
        let difference = here / timeit - 1.0;
        differ |= difference.abs() > TOLERANCE;
        let size = crate::report::count(n);
        println!(
            "{function:>28} {dtype:>8} {size:>7} {here:>9.0} {timeit:>9.0} {:>+10.1} %",
            difference * 100.0
        );
    }
    if differ { Err(format!("more than {:.0} % apart", TOLERANCE * 100.0).into()) } else { Ok(()) }
}

fn here<T: Sample>(python: &Python, function: &str, operands: usize, n: usize) -> Result<f64, Failure> {
    let store = Operands::default();
    let mut named = Vec::new();
    for (position, name) in ["x", "y"].into_iter().enumerate().take(operands) {
        named.push((name, store.shaped::<T>(&POSITIVE, &[n], position)?.object));
    }
    named.push(("out", store.result::<T>(python, &[n], 0)?));
    let text = ["f(x, out)", "f(x, y, out)"][operands - 1];
    let mut contender = [python.contender(function, text, &named)?];
    let effort =
        Effort { turn: Duration::from_millis(20), rounds: (9, 9), limit: Duration::from_secs(2), error: 0.0 };
    let turn = Turn { who: 0, threads: 1 };
    Ok(measure(&mut contender, &[turn], &Pools::new(1)?, effort)[0].ns())
}

fn timeit(function: &str, operands: usize, dtype: &str, n: usize) -> Result<f64, Failure> {
    let arguments = ["x, out", "x, y, out"][operands - 1];
    // Aligned as our buffers are, which NumPy's own need not be; names are local, as in our loop.
    let script = format!(
        "import statistics, timeit, numpy as np\n\
         def aligned(a):\n\
         \x20   memory = np.empty(a.nbytes + 64, 'u1')\n\
         \x20   start = -memory.ctypes.data % 64\n\
         \x20   copy = memory[start:start + a.nbytes].view(a.dtype)\n\
         \x20   copy[:] = a\n\
         \x20   return copy\n\
         rng = np.random.default_rng(1)\n\
         X, Y = (aligned(rng.uniform(0.01, 100, {n}).astype('{dtype}')) for _ in range(2))\n\
         OUT = np.zeros({n}, '{dtype}')\n\
         timer = timeit.Timer('f({arguments})', 'f, x, y, out = np.{function}, X, Y, OUT', globals=globals())\n\
         count = max(1, int(0.02 / (timer.timeit(3) / 3)))\n\
         print(statistics.median(timer.repeat(9, count)) / count * 1e9)"
    );
    let output = Command::new(foreign::interpreter()?.executable()).arg("-c").arg(script).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}
