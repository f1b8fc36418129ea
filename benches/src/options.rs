//! What was asked for on the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::Failure;
use crate::clock::Effort;

pub(crate) const HELP: &str = "\
cargo bench -- [--quick] [--docs] [WORD …]
cargo bench -- --list
cargo bench -- --report A.json
cargo bench -- --compare A.json B.json
cargo bench -- --check

A WORD is a function (sin), a dtype (f64), a size (1e5), a layout (contiguous, strided, row, scalar, transposed,
axis0, axis1), or `fresh` or `out`. Only cells that every word fits are measured.";

/// What to do.
pub(crate) enum Command {
    Run(Options),
    List,
    Report(PathBuf),
    Compare(PathBuf, PathBuf),
    Check,
    Help,
}

/// How to run.
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) docs: bool,
    pub(crate) words: Vec<String>,
    pub(crate) effort: Effort,
}

const QUICK: Effort =
    Effort { turn: Duration::from_millis(1), rounds: (5, 9), limit: Duration::from_millis(60), error: 0.02 };
const FULL: Effort = Effort {
    turn: Duration::from_millis(3),
    rounds: (7, 21),
    limit: Duration::from_millis(600),
    error: 0.007,
};

pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, Failure> {
    let mut options = Options { quick: false, docs: false, words: Vec::new(), effort: FULL };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut path =
            |what: &str| arguments.next().map(PathBuf::from).ok_or(format!("{argument} needs {what}"));
        match argument.as_str() {
            // Added by cargo.
            "--bench" => {}
            "--quick" => (options.quick, options.effort) = (true, QUICK),
            "--docs" => options.docs = true,
            "--list" => return Ok(Command::List),
            "--check" => return Ok(Command::Check),
            "--report" => return Ok(Command::Report(path("a file")?)),
            "--compare" => return Ok(Command::Compare(path("two files")?, path("two files")?)),
            "--help" | "-h" => return Ok(Command::Help),
            flag if flag.starts_with('-') => return Err(format!("{flag} is no option\n{HELP}").into()),
            word => options.words.push(long_name(word).to_owned()),
        }
    }
    Ok(Command::Run(options))
}

/// NumPy's name of a dtype that is given by Rust's.
fn long_name(word: &str) -> &str {
    match word {
        "f32" => "float32",
        "f64" => "float64",
        "i32" => "int32",
        "i64" => "int64",
        word => word,
    }
}
