//! Ours against CPython's NumPy and others, in one process, on the same memory.
//!
//! ```text
//! cargo bench                          the full run
//! cargo bench -- --quick               in a minute and a half
//! cargo bench -- sin f64               only cells that every word fits: function, dtype, size, layout
//! cargo bench -- --compare A.json B.json    two runs
//! cargo bench -- --check               NumPy's times against timeit in a process of its own
//! cargo bench -- --docs                writes BENCHMARKS.md and its pictures
//! ```
//!
//! Results go to `target/bench/`: `latest.json`, `latest.md`, and pictures. Ctrl-C keeps what is done.

mod bandwidth;
mod cases;
mod check;
mod clock;
mod machine;
mod options;
mod ours;
mod pictures;
mod plan;
mod python;
mod record;
mod report;

use std::error::Error;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io};

use clock::{Contender, Timing};
use options::{Command, Options};
use record::{Outcome, Record, Time};

type Failure = Box<dyn Error + Send + Sync>;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn main() -> Result<(), Failure> {
    match options::parse(std::env::args().skip(1))? {
        Command::Run(options) => run(&options),
        Command::Compare(a, b) => check::compare(&a, &b),
        Command::Check => check::against_timeit(),
        Command::Help => {
            println!("{}", options::HELP);
            Ok(())
        }
    }
}

fn run(options: &Options) -> Result<(), Failure> {
    let python = python::Python::start()?;
    ctrlc::set_handler(|| {
        // A second time means it.
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })?;
    let start = Instant::now();
    let mut record = Record {
        machine: machine::machine(&python)?,
        bandwidth: Vec::new(),
        cells: Vec::new(),
        seconds: 0.0,
        interrupted: false,
    };
    let pools = machine::Pools::new(record.machine.threads)?;
    if options.words.is_empty() {
        for threads in 1..=record.machine.threads {
            let effort = options.effort;
            record.bandwidth.push(pools.install(threads, || bandwidth::bandwidth(threads, effort)));
        }
    }
    let cases = cases::all();
    let plan = plan::plan(&cases, options, record.machine.threads);
    if plan.is_empty() {
        return Err(format!("no cell fits {:?}; {}", options.words, options::HELP).into());
    }
    println!("{}", report::HEADER);
    let mut progress = Progress::new(plan.len());
    for planned in &plan {
        if INTERRUPTED.load(Ordering::Relaxed) {
            record.interrupted = true;
            break;
        }
        progress.show(&planned.cell.title());
        let mut contenders = cases[planned.case].contenders(&cases::Setup {
            cell: &planned.cell,
            rivals: planned.rivals,
            python: &python,
        })?;
        let effort = options.effort;
        let timings = pools.install(planned.cell.threads, || clock::measure(&mut contenders, effort));
        let outcome = outcome(planned.cell.clone(), &contenders, &timings);
        progress.clear();
        println!("{}", report::line(&outcome));
        record.cells.push(outcome);
        progress.done();
    }
    record.seconds = start.elapsed().as_secs_f64();
    progress.clear();
    println!("{}", report::summary(&record));
    store(&record, options)
}

fn outcome(cell: record::Cell, contenders: &[Contender<'_>], timings: &[Timing]) -> Outcome {
    let times = contenders.iter().zip(timings);
    let times =
        times.map(|(who, timing)| Time { name: who.name.to_owned(), ns: timing.ns, spread: timing.spread });
    Outcome { cell, ratio: timings[1].ratio, times: times.collect() }
}

/// Writes JSON, Markdown and pictures, and says where.
fn store(record: &Record, options: &Options) -> Result<(), Failure> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("latest.json"), serde_json::to_string_pretty(record)?)?;
    fs::write(folder.join("latest.md"), report::markdown(record))?;
    println!("stored {0}/latest.json and {0}/latest.md", folder.display());
    for picture in pictures::draw(record, &folder)? {
        println!("drew {picture}");
    }
    if options.docs {
        let pictures = root.join("docs/bench");
        fs::create_dir_all(&pictures)?;
        pictures::draw(record, &pictures)?;
        let method = fs::read_to_string(root.join("benches/METHOD.md"))?;
        fs::write(root.join("BENCHMARKS.md"), method + &report::markdown(record))?;
        println!("wrote BENCHMARKS.md");
    }
    Ok(())
}

/// How far the run is and how long it will take, on stderr.
struct Progress {
    start: Instant,
    total: usize,
    done: usize,
    terminal: bool,
}

impl Progress {
    fn new(total: usize) -> Self {
        Progress { start: Instant::now(), total, done: 0, terminal: io::stderr().is_terminal() }
    }

    fn left(&self) -> Duration {
        let per_cell = self.start.elapsed().as_secs_f64() / self.done.max(1) as f64;
        Duration::from_secs_f64(per_cell * (self.total - self.done) as f64)
    }

    fn show(&self, title: &str) {
        let (done, total, left) = (self.done, self.total, self.left().as_secs());
        let left = if done == 0 { String::new() } else { format!("{}:{:02} left, ", left / 60, left % 60) };
        if self.terminal {
            eprint!("\r\x1b[K[{done}/{total}] {left}{title}");
            io::stderr().flush().ok();
        } else if done > 0 && done % (total / 10).max(1) == 0 {
            eprintln!("[{done}/{total}] {left}{title}");
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }

    fn done(&mut self) {
        self.done += 1;
    }
}
