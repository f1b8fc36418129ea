//! Ours against CPython's NumPy and others, in one process, on the same memory.
//!
//! ```text
//! cargo bench                          the full run
//! cargo bench -- --quick               in a minute
//! cargo bench -- sin f64               only cells that every word fits: function, dtype, size, layout
//! cargo bench -- --list                what is measured, and whether something was forgotten
//! cargo bench -- --compare A.json B.json    two runs
//! cargo bench -- --report A.json       BENCHMARKS.md and its pictures of a stored run
//! cargo bench -- --check               NumPy's times against timeit in a process of its own
//! cargo bench -- --docs                writes BENCHMARKS.md and its pictures
//! ```
//!
//! Results go to `target/bench/`: `latest.json`, `latest.md`, and pictures. Ctrl-C keeps what is done.

mod bandwidth;
mod cases;
mod check;
mod clock;
mod coverage;
mod machine;
mod markdown;
mod operands;
mod options;
mod ours;
mod pictures;
mod plan;
mod python;
mod record;
mod report;
mod rivals;
mod values;

use std::error::Error;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io};

use clock::Turn;
use options::{Command, Options};
use record::{Outcome, Record, Time};

type Failure = Box<dyn Error + Send + Sync>;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

fn main() -> Result<(), Failure> {
    match options::parse(std::env::args().skip(1))? {
        Command::Run(options) => run(&options),
        Command::List => coverage::list(&cases::all()),
        Command::Report(path) => store(&serde_json::from_str(&fs::read_to_string(path)?)?, true),
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
            record.bandwidth.push(bandwidth::bandwidth(threads, &pools, options.effort)?);
        }
    }
    let cases = cases::all();
    let plan = plan::plan(&cases, options, record.machine.threads);
    if plan.is_empty() {
        return Err(format!("no cell fits {:?}; {}", options.words, options::HELP).into());
    }
    println!("{}", report::HEADER);
    let operands = operands::Operands::default();
    let mut progress = Progress::new(plan.iter().map(|planned| planned.cells.len()).sum());
    // Of each cell, the place of its case in the table.
    let mut places = Vec::new();
    let mut failures = Vec::new();
    for planned in &plan {
        if INTERRUPTED.load(Ordering::Relaxed) {
            record.interrupted = true;
            break;
        }
        let (case, cell) = (&cases[planned.case], &planned.cells[0]);
        progress.show(&cell.title());
        let setup = cases::Setup { cell, values: case.values, python: &python, operands: &operands };
        let outcomes = match cells(case, planned, &setup, &pools, options) {
            Ok(outcomes) => outcomes,
            Err(error) => {
                // The rest is worth having.
                progress.clear();
                let failure = format!("{}: {error}", cell.title());
                eprintln!("{failure}");
                failures.push(failure);
                planned.cells.iter().for_each(|_| progress.done());
                continue;
            }
        };
        progress.clear();
        for outcome in outcomes {
            println!("{}", report::line(&outcome));
            places.push(planned.case);
            record.cells.push(outcome);
            progress.done();
        }
    }
    // Measured by size, shown by function.
    let mut cells: Vec<_> = places.into_iter().zip(record.cells).collect();
    cells.sort_by_key(|(place, _)| *place);
    record.cells = cells.into_iter().map(|(_, cell)| cell).collect();
    record.seconds = start.elapsed().as_secs_f64();
    progress.clear();
    println!("{}", report::summary(&record));
    store(&record, options.docs)?;
    match failures.len() {
        0 => Ok(()),
        count => Err(format!("{count} cell(s) could not be measured: {}", failures.join("; ")).into()),
    }
}

/// Measures cells of the same function on the same operands together: NumPy's time is taken once.
fn cells(
    case: &cases::Case,
    planned: &plan::Planned,
    setup: &cases::Setup<'_>,
    pools: &machine::Pools,
    options: &Options,
) -> Result<Vec<Outcome>, Failure> {
    let (cells, cell) = (&planned.cells, setup.cell);
    let prepared = case.prepare(setup)?;
    let mut contenders = vec![prepared.ours, prepared.theirs];
    let mut turns = vec![Turn { who: 0, threads: cell.threads }, Turn { who: 1, threads: 1 }];
    // Which turns belong to which cell, beside NumPy's.
    let mut of_cells = vec![vec![0]];
    for more in &cells[1..] {
        of_cells.push(vec![turns.len()]);
        turns.push(Turn { who: 0, threads: more.threads });
    }
    if !options.quick {
        for (cell, turns_of_it) in cells.iter().zip(&mut of_cells) {
            for rival in rivals::rivals(&cases::Setup { cell, ..*setup })? {
                turns_of_it.push(turns.len());
                turns.push(Turn { who: contenders.len(), threads: cell.threads });
                contenders.push(rival);
            }
        }
    }
    let timings = clock::measure(&mut contenders, &turns, pools, options.effort);
    let time = |turn: usize| {
        let (who, timing) = (&contenders[turns[turn].who], &timings[turn]);
        let (ns, spread, least) = (timing.ns(), timing.spread(), Some(timing.least()));
        Time { name: who.name.to_owned(), ns, spread, least }
    };
    let outcomes = cells.iter().zip(of_cells).map(|(cell, turns)| {
        let (ratio, error) = timings[1].ratio(&timings[turns[0]]);
        let times = [turns[0], 1].into_iter().chain(turns[1..].iter().copied()).map(time).collect();
        Outcome { cell: cell.clone(), family: case.family, ratio, error, bytes: prepared.bytes, times }
    });
    Ok(outcomes.collect())
}

/// Writes JSON, Markdown and pictures, and says where.
fn store(record: &Record, docs: bool) -> Result<(), Failure> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("latest.json"), serde_json::to_string_pretty(record)?)?;
    fs::write(folder.join("latest.md"), markdown::markdown(record))?;
    println!("stored {0}/latest.json and {0}/latest.md", folder.display());
    for picture in pictures::draw(record, &folder)? {
        println!("drew {picture}");
    }
    if docs {
        let pictures = root.join("docs/bench");
        fs::create_dir_all(&pictures)?;
        pictures::draw(record, &pictures)?;
        let method = fs::read_to_string(root.join("benches/METHOD.md"))?;
        fs::write(root.join("BENCHMARKS.md"), method + &markdown::markdown(record))?;
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
