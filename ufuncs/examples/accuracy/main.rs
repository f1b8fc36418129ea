//! Measures the kernels' largest errors, on every instruction set that this processor has.
//!
//! ```sh
//! cargo run --release -p numpypy-ufuncs --example accuracy              # every f32, 10^8 f64
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --f64 1e9
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --speed
//! ```
//!
//! Prints Markdown tables; progress goes to stderr. `--f32` and `--f64` measure one dtype only;
//! `--best` the best instruction set only, `--every-16th` a sixteenth of the `f32`; a number is the count of arguments per function of `f64` or
//! of two arguments; names, the functions to measure.

mod functions;
mod oracle;
mod shells;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use functions::{DOUBLES, DOUBLES_OF_TWO, Double, Random, SINGLES, SINGLES_OF_TWO, Single, Worst};
use shells::{Level, levels};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let count = arguments.iter().find_map(|argument| argument.parse::<f64>().ok()).unwrap_or(1e8);
    let named =
        arguments.iter().any(|argument| !argument.starts_with("--") && argument.parse::<f64>().is_err());
    let wanted = |name: &str| !named || has(name);
    let both = has("--f32") == has("--f64");
    let (double, single) = (both || has("--f64"), both || has("--f32"));
    let levels = if has("--best") { vec![*levels().last().unwrap()] } else { levels() };

    if has("--speed") {
        println!("| function | dtype | instruction set | ns per element |\n|---|---|---|---|");
        DOUBLES.iter().filter(|f| double && wanted(f.name)).for_each(|f| double_speed(f, &levels));
        DOUBLES_OF_TWO.iter().filter(|f| double && wanted(f.name)).for_each(|f| double_speed(f, &levels));
        let usual = |name: &str| DOUBLES.iter().find(|f| f.name == name).unwrap().ranges.last().unwrap().1;
        SINGLES
            .iter()
            .filter(|f| single && wanted(f.name))
            .for_each(|f| single_speed(f, usual(f.name), &levels));
        let usual =
            |name: &str| DOUBLES_OF_TWO.iter().find(|f| f.name == name).unwrap().ranges.last().unwrap().1;
        SINGLES_OF_TWO
            .iter()
            .filter(|f| single && wanted(f.name))
            .for_each(|f| single_speed(f, usual(f.name), &levels));
        return;
    }
    println!("| function | dtype | instruction set | largest error (ULP) | at |\n|---|---|---|---|---|");
    DOUBLES.iter().filter(|f| double && wanted(f.name)).for_each(|f| doubles(f, &levels, count as u64));
    DOUBLES_OF_TWO
        .iter()
        .filter(|f| double && wanted(f.name))
        .for_each(|f| doubles(f, &levels, count as u64));
    let step = if has("--every-16th") { 16 } else { 1 };
    SINGLES.iter().filter(|f| single && wanted(f.name)).for_each(|f| {
        singles(f, &levels, (1 << 32) / step, |_, i| {
            [f32::from_bits((i * step) as u32 | (i / 7 % step) as u32)]
        });
    });
    SINGLES_OF_TWO.iter().filter(|f| single && wanted(f.name)).for_each(|f| {
        // Half of them any bits, half of them of ordinary size.
        singles(f, &levels, count as u64, |random, i| {
            [0, 32].map(|shift| {
                let bits = (random.bits() >> shift) as u32;
                f32::from_bits(if i & 64 == 0 { bits } else { (bits & 0x87ff_ffff) + 0x3c00_0000 })
            })
        });
    });
}

/// Arguments measured at a time.
const BLOCK: usize = 1 << 16;

fn doubles<const N: usize>(function: &Double<N>, levels: &[Level], count: u64) {
    let blocks = count.div_ceil(BLOCK as u64);
    let measured = on_all_cores(function.name, levels, blocks, |block| {
        let (_, draw) = function.ranges[block as usize % function.ranges.len()];
        let mut random = Random(block << 32);
        let x: Vec<[f64; N]> = (0..BLOCK).map(|_| draw(&mut random)).collect();
        function.measure(levels, &x)
    });
    print(function.name, "f64", function.bound, levels, &measured);
}

fn singles<const N: usize>(
    function: &Single<N>,
    levels: &[Level],
    count: u64,
    draw: impl Fn(&mut Random, u64) -> [f32; N] + Sync,
) {
    let measured = on_all_cores(function.name, levels, count.div_ceil(BLOCK as u64), |block| {
        let mut random = Random(block << 32);
        let x: Vec<[f32; N]> =
            (0..BLOCK as u64).map(|i| draw(&mut random, block * BLOCK as u64 + i)).collect();
        function.measure(levels, &x)
    });
    print(function.name, "f32", function.bound, levels, &measured);
}

fn print<const N: usize>(name: &str, dtype: &str, bound: f64, levels: &[Level], measured: &[Worst<N>]) {
    for (level, worst) in levels.iter().zip(measured) {
        let verdict = if worst.error <= bound { "" } else { " too much" };
        println!("| {name} | {dtype} | {level:?} | {:.4}{verdict} | {:?} |", worst.error, worst.at);
    }
}

/// The largest errors over `blocks` calls of `measure`.
fn on_all_cores<const N: usize>(
    name: &str,
    levels: &[Level],
    blocks: u64,
    measure: impl Fn(u64) -> Vec<Worst<N>> + Sync,
) -> Vec<Worst<N>> {
    let next = AtomicU64::new(0);
    let all = Mutex::new(vec![Worst::default(); levels.len()]);
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

/// Elements of the arrays whose time is taken.
const N: usize = 100_000;

fn double_speed<const K: usize>(function: &Double<K>, levels: &[Level]) {
    let mut random = Random(1);
    let (_, draw) = function.ranges.last().unwrap();
    let x: Vec<[f64; K]> = (0..N).map(|_| draw(&mut random)).collect();
    let columns: [Vec<f64>; K] = std::array::from_fn(|k| x.iter().map(|x| x[k]).collect());
    let mut y = vec![0.0; N];
    for &level in levels {
        let time = nanoseconds(|| (function.run)(level, columns.each_ref().map(Vec::as_slice), &mut y));
        println!("| {} | f64 | {level:?} | {time:.3} |", function.name);
    }
}

fn single_speed<const K: usize>(function: &Single<K>, draw: functions::Range<K>, levels: &[Level]) {
    let mut random = Random(1);
    let x: Vec<[f64; K]> = (0..N).map(|_| draw(&mut random)).collect();
    let columns: [Vec<f32>; K] = std::array::from_fn(|k| x.iter().map(|x| x[k] as f32).collect());
    let mut y = vec![0.0; N];
    for &level in levels {
        let time = nanoseconds(|| (function.run)(level, columns.each_ref().map(Vec::as_slice), &mut y));
        println!("| {} | f32 | {level:?} | {time:.3} |", function.name);
    }
}

/// Nanoseconds that one element takes at best, of arguments in a usual range.
fn nanoseconds(mut run: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..300 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best * 1e9 / N as f64
}
