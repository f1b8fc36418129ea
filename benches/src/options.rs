//! What was asked for on the command line.

use std::path::PathBuf;
use std::time::Duration;

use crate::Failure;
use crate::clock::Effort;

pub(crate) const HELP: &str = "\
cargo bench -- [--quick] [--docs] [WORD …]
cargo bench -- --compare A.json B.json
cargo bench -- --check

A WORD is a function (sin), a dtype (f64), a size (1e5), a layout (contiguous, strided, row, transposed),
or `fresh` or `out`. Only cells that every word fits are measured.";

/// What to do.
pub(crate) enum Command {
    Run(Options),
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
    Effort { turn: Duration::from_micros(700), rounds: 7, limit: Duration::from_millis(150) };
const FULL: Effort =
    Effort { turn: Duration::from_millis(4), rounds: 21, limit: Duration::from_millis(1500) };

pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, Failure> {
    let mut options = Options { quick: false, docs: false, words: Vec::new(), effort: FULL };
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Added by cargo.
            "--bench" => {}
            "--quick" => (options.quick, options.effort) = (true, QUICK),
            "--docs" => options.docs = true,
            "--check" => return Ok(Command::Check),
            "--compare" => {
                let mut path = || arguments.next().map(PathBuf::from).ok_or("--compare needs two files");
                return Ok(Command::Compare(path()?, path()?));
            }
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
