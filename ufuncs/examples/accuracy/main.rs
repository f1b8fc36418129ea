//! Measures the kernels' largest errors, on every instruction set that this processor has.
//!
//! ```sh
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --store   # all, into the table of the docs
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --store sin cos --f32
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --f64 1e9
//! cargo run --release -p numpypy-ufuncs --example accuracy -- --speed
//! ```
//!
//! Prints a Markdown table; progress goes to stderr. Functions of one argument are measured at every
//! `f32`, and at 10^8 random `f64` of chosen ranges; functions of two at as many random pairs. Names
//! choose functions, `--f32` and `--f64` a dtype, a number the count of random arguments. `--store`
//! puts what was measured into the table that is stored beside the crate, `accuracy.tsv`, and writes
//! `accuracy.md` from it: so a long measurement can be done in pieces. `--best` measures the best
//! instruction set only, `--every-16th` a sixteenth of the `f32`; neither is stored.

mod functions;
mod oracle;
mod shells;
mod speed;
mod table;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use functions::{DOUBLES, DOUBLES_OF_TWO, Double, Random, SINGLES, SINGLES_OF_TWO, Single, Worst};
use shells::{Level, levels};
use table::{Entry, Table};

/// What is measured.
struct Choice {
    names: Vec<String>,
    double: bool,
    single: bool,
    levels: Vec<Level>,
    /// Random arguments of a function.
    count: u64,
    /// Every how manieth of the `f32`.
    step: u64,
}

impl Choice {
    fn wants(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|wanted| wanted == name)
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let is_name = |argument: &&String| !argument.starts_with("--") && argument.parse::<f64>().is_err();
    let both = has("--f32") == has("--f64");
    let choice = Choice {
        names: arguments.iter().filter(is_name).cloned().collect(),
        double: both || has("--f64"),
        single: both || has("--f32"),
        levels: if has("--best") { vec![*levels().last().unwrap()] } else { levels() },
        count: arguments.iter().find_map(|argument| argument.parse::<f64>().ok()).unwrap_or(1e8) as u64,
        step: if has("--every-16th") { 16 } else { 1 },
    };
    if has("--speed") {
        return speed::print(&choice);
    }
    let stored = has("--store") && !has("--best") && !has("--every-16th");
    let mut table = if stored { Table::read() } else { Table::default() };
    let start = Instant::now();
    println!("{}", Table::HEADER);
    let mut found = |entries: Vec<Entry>| {
        entries.iter().for_each(|entry| println!("{}", entry.line()));
        table.merge(entries);
        if stored {
            table.write();
        }
    };
    if choice.double {
        DOUBLES.iter().filter(|f| choice.wants(f.name)).for_each(|f| found(doubles(f, &choice)));
        DOUBLES_OF_TWO.iter().filter(|f| choice.wants(f.name)).for_each(|f| found(doubles(f, &choice)));
    }
    if choice.single {
        SINGLES.iter().filter(|f| choice.wants(f.name)).for_each(|f| found(singles(f, &choice)));
        SINGLES_OF_TWO
            .iter()
            .filter(|f| choice.wants(f.name))
            .for_each(|f| found(singles_of_two(f, &choice)));
    }
    if stored {
        // Also where nothing was measured: its text may have changed.
        table.write();
    }
    eprintln!("{:.0} s in all", start.elapsed().as_secs_f64());
}

/// Arguments measured at a time: what is kept of them fits into a second-level cache.
const BLOCK: usize = 1 << 14;

fn doubles<const N: usize>(function: &Double<N>, choice: &Choice) -> Vec<Entry> {
    let blocks = choice.count.div_ceil(BLOCK as u64);
    let measured = on_all_cores(function.name, &choice.levels, blocks, |block| {
        let (_, draw) = function.ranges[block as usize % function.ranges.len()];
        let mut random = Random(block << 32);
        let x: Vec<[f64; N]> = (0..BLOCK).map(|_| draw(&mut random)).collect();
        function.measure(&choice.levels, &x)
    });
    let ranges: Vec<&str> = function.ranges.iter().map(|(name, _)| *name).collect();
    let how = format!("{:.0e} random: {}", (blocks * BLOCK as u64) as f64, ranges.join(", "));
    Entry::of(function.name, "f64", function.bound, &how, &choice.levels, &measured)
}

fn singles(function: &Single<1>, choice: &Choice) -> Vec<Entry> {
    // The positive ones; each is measured with its negative.
    let count = (1 << 31) / choice.step;
    let measured = on_all_cores(function.name, &choice.levels, count / BLOCK as u64, |block| {
        let argument = |i: u64| {
            let bits = (i * choice.step) | (i / 7 % choice.step);
            [f32::from_bits(bits as u32)]
        };
        let first = block * BLOCK as u64;
        let x: Vec<[f32; 1]> = (first..first + BLOCK as u64).map(argument).collect();
        function.measure_both(&choice.levels, &x)
    });
    let how = if choice.step == 1 { "every f32".to_owned() } else { format!("every {}th f32", choice.step) };
    Entry::of(function.name, "f32", function.bound, &how, &choice.levels, &measured)
}

fn singles_of_two(function: &Single<2>, choice: &Choice) -> Vec<Entry> {
    let blocks = choice.count.div_ceil(BLOCK as u64);
    let measured = on_all_cores(function.name, &choice.levels, blocks, |block| {
        let mut random = Random(block << 32);
        let x: Vec<[f32; 2]> = (0..BLOCK)
            .map(|i| {
                [0, 32].map(|shift| {
                    let bits = (random.bits() >> shift) as u32;
                    f32::from_bits(if i & 64 == 0 { bits } else { (bits & 0x87ff_ffff) + 0x3c00_0000 })
                })
            })
            .collect();
        function.measure(&choice.levels, &x)
    });
    let how = format!("{:.0e} random: half any bits, half 1/128 to 512", (blocks * BLOCK as u64) as f64);
    Entry::of(function.name, "f32", function.bound, &how, &choice.levels, &measured)
}

/// The largest errors over `blocks` calls of `measure`.
fn on_all_cores<const N: usize>(
    name: &str,
    levels: &[Level],
    blocks: u64,
    measure: impl Fn(u64) -> Vec<Worst<N>> + Sync,
) -> Vec<Worst<N>> {
    let start = Instant::now();
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
                    if block > 0 && block.is_multiple_of((blocks / 4).max(1)) {
                        eprintln!(
                            "{name}: {:3} %, {:.0} s",
                            block * 100 / blocks,
                            start.elapsed().as_secs_f64()
                        );
                    }
                    let measured = measure(block);
                    for (all, worst) in all.lock().unwrap().iter_mut().zip(measured) {
                        all.see(worst.error, worst.at);
                    }
                }
            });
        }
    });
    eprintln!("{name}: {:.1} s", start.elapsed().as_secs_f64());
    all.into_inner().unwrap()
}
