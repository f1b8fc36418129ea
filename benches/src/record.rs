//! What was measured, as it is stored in `target/bench/*.json`.

use serde::{Deserialize, Serialize};

/// A whole run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) machine: Machine,
    pub(crate) bandwidth: Vec<Bandwidth>,
    pub(crate) cells: Vec<Outcome>,
    /// Seconds that it took.
    pub(crate) seconds: f64,
    /// Whether it was ended before its time.
    pub(crate) interrupted: bool,
}

/// Where it was measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) threads: usize,
    pub(crate) instruction_set: String,
    pub(crate) python: String,
    pub(crate) numpy: String,
}

/// Memory bandwidth, in 10^9 bytes per second, reads and writes counted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bandwidth {
    pub(crate) threads: usize,
    pub(crate) copy: f64,
    pub(crate) triad: f64,
}

/// How the operands lie in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layout {
    /// One after the other.
    Contiguous,
    /// Every second one of twice as many.
    Strided,
    /// A matrix and one row, which repeats.
    Row,
    /// A transposed matrix, into one that is not.
    Transposed,
}

impl Layout {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Contiguous => "contiguous",
            Layout::Strided => "strided",
            Layout::Row => "row",
            Layout::Transposed => "transposed",
        }
    }
}

/// What is measured: one cell of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cell {
    pub(crate) function: String,
    pub(crate) dtype: String,
    pub(crate) layout: Layout,
    pub(crate) n: usize,
    /// Whether the result is a fresh array, not `out`.
    pub(crate) fresh: bool,
    pub(crate) threads: usize,
}

impl Cell {
    pub(crate) fn title(&self) -> String {
        let result = if self.fresh { "fresh" } else { "out" };
        format!(
            "{} {} {} {} {result} {} thread(s)",
            self.function,
            self.dtype,
            self.layout.name(),
            crate::report::count(self.n),
            self.threads
        )
    }
}

/// A cell and what was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) cell: Cell,
    /// NumPy's time by ours: above one, we are faster.
    pub(crate) ratio: f64,
    pub(crate) times: Vec<Time>,
}

/// One contender's time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Time {
    pub(crate) name: String,
    /// Nanoseconds of one call.
    pub(crate) ns: f64,
    /// Half the width of the middle half, as a part of it.
    pub(crate) spread: f64,
}

impl Outcome {
    /// Nanoseconds per element of a contender.
    pub(crate) fn per_element(&self, name: &str) -> Option<f64> {
        let time = self.times.iter().find(|time| time.name == name)?;
        Some(time.ns / self.cell.n.max(1) as f64)
    }
}
