//! Measures the kernels' largest errors, on every instruction set that this processor has.
//!
//! ```sh
//! cargo run --release -p numpypy-ufuncs --example accuracy              # every f32, 10^8 f64
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --f64 1e9
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --speed
//! ```
//!
//! Prints Markdown tables; progress goes to stderr. `--f32` and `--f64` measure one dtype only;
//! a number is the count of `f64` arguments per function; a name, the one function to measure.

mod functions;
mod oracle;
mod shells;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use array_core::Element;
use array_core::engine::kernel::Unary;
use functions::{DOUBLES, Double, Random, SINGLES, Single, Worst};
use shells::{Level, levels, run};
use ufuncs::kernels::{Cos, Exp, Log, Sin};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if has("--speed") {
        return speed();
    }
    let count = arguments.iter().find_map(|argument| argument.parse::<f64>().ok()).unwrap_or(1e8);
    let named =
        arguments.iter().any(|argument| !argument.starts_with("--") && argument.parse::<f64>().is_err());
    let wanted = |name: &str| !named || has(name);
    let both = has("--f32") == has("--f64");

    println!("| function | dtype | instruction set | largest error (ULP) | at |\n|---|---|---|---|---|");
    for function in DOUBLES.iter().filter(|function| (both || has("--f64")) && wanted(function.name)) {
        doubles(function, count as u64);
    }
    for function in SINGLES.iter().filter(|function| (both || has("--f32")) && wanted(function.name)) {
        singles(function);
    }
}

/// Arguments measured at a time.
const BLOCK: usize = 1 << 16;

fn doubles(function: &Double, count: u64) {
    let blocks = count.div_ceil(BLOCK as u64);
    let measured = on_all_cores(function.name, blocks, |block| {
        let (_, draw) = function.ranges[block as usize % function.ranges.len()];
        let mut random = Random(block << 32);
        let x: Vec<f64> = (0..BLOCK).map(|_| draw(&mut random)).collect();
        function.measure(&levels(), &x)
    });
    print(function.name, "f64", &measured);
}

fn singles(function: &Single) {
    let measured = on_all_cores(function.name, (1 << 32) / BLOCK as u64, |block| {
        let x: Vec<f32> =
            (0..BLOCK as u64).map(|i| f32::from_bits((block * BLOCK as u64 + i) as u32)).collect();
        function.measure(&levels(), &x)
    });
    print(function.name, "f32", &measured);
}

fn print(name: &str, dtype: &str, measured: &[Worst]) {
    for (level, worst) in levels().iter().zip(measured) {
        println!("| {name} | {dtype} | {level:?} | {:.4} | {:e} |", worst.error, worst.at);
    }
}

/// The largest errors over `blocks` calls of `measure`.
fn on_all_cores(name: &str, blocks: u64, measure: impl Fn(u64) -> Vec<Worst> + Sync) -> Vec<Worst> {
    let next = AtomicU64::new(0);
    let all = Mutex::new(vec![Worst::default(); levels().len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    if block >= blocks {
                        break;
                    }
                    if block.is_multiple_of((blocks / 20).max(1)) {
                        eprintln!("{name}: {:3} %", block * 100 / blocks);
                    }
                    let measured = measure(block);
                    for (all, worst) in all.lock().unwrap().iter_mut().zip(measured) {
                        all.see(worst.error, worst.at);
                    }
                }
            });
        }
    });
    all.into_inner().unwrap()
}

fn speed() {
    const N: usize = 100_000;
    let mut random = Random(1);
    let mut draw =
        |least: f64, most: f64| -> Vec<f64> { (0..N).map(|_| random.between(least, most)).collect() };
    let (turns, powers, positive) = (draw(-10.0, 10.0), draw(-10.0, 10.0), draw(0.01, 100.0));
    let narrow = |x: &[f64]| -> Vec<f32> { x.iter().map(|&x| x as f32).collect() };

    println!(
        "| ns per element | sin f64 | cos | exp | log | sin f32 | cos | exp | log |\n|---|---|---|---|---|---|---|---|---|"
    );
    for level in levels() {
        let times = [
            nanoseconds::<f64, Sin>(level, &turns),
            nanoseconds::<f64, Cos>(level, &turns),
            nanoseconds::<f64, Exp>(level, &powers),
            nanoseconds::<f64, Log>(level, &positive),
            nanoseconds::<f32, Sin>(level, &narrow(&turns)),
            nanoseconds::<f32, Cos>(level, &narrow(&turns)),
            nanoseconds::<f32, Exp>(level, &narrow(&powers)),
            nanoseconds::<f32, Log>(level, &narrow(&positive)),
        ];
        let cells: Vec<String> = times.iter().map(|time| format!("{time:.3}")).collect();
        println!("| {level:?} | {} |", cells.join(" | "));
    }
}

/// Nanoseconds that one element takes at best, of arguments in a common range.
fn nanoseconds<T: Element, K: Unary<T>>(level: Level, x: &[T]) -> f64 {
    let mut y = vec![K::Output::ZERO; x.len()];
    let mut best = f64::INFINITY;
    for _ in 0..300 {
        let start = Instant::now();
        run::<T, K>(level, std::hint::black_box(x), std::hint::black_box(&mut y));
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / x.len() as f64
}
