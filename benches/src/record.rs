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

/// Which table a function stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Family {
    #[default]
    OneArgument,
    TwoArguments,
    Several,
    Reductions,
    Scans,
    Methods,
    Products,
    Statistics,
    Arrays,
    MoreArrays,
}

impl Family {
    pub(crate) const ALL: [Family; 10] = [
        Family::OneArgument,
        Family::TwoArguments,
        Family::Several,
        Family::Reductions,
        Family::Scans,
        Family::Methods,
        Family::Products,
        Family::Statistics,
        Family::Arrays,
        Family::MoreArrays,
    ];

    /// Whether its functions compute nothing: they move, sort and find elements.
    pub(crate) fn moves(self) -> bool {
        matches!(self, Family::Arrays | Family::MoreArrays)
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Family::OneArgument => "one argument",
            Family::TwoArguments => "two arguments",
            Family::Several => "several arguments or results",
            Family::Reductions => "reductions",
            Family::Scans => "scans and differences",
            Family::Methods => "methods of ufuncs",
            Family::Products => "products",
            Family::Statistics => "statistics",
            Family::Arrays => "moving, sorting and finding elements",
            Family::MoreArrays => "more of that",
        }
    }
}

/// How the operands lie in memory, and along what a reduction goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layout {
    /// One after the other.
    Contiguous,
    /// Every second one of twice as many.
    Strided,
    /// A matrix and one row, which repeats.
    Row,
    /// An array and one number.
    Scalar,
    /// A transposed matrix, into one that is not.
    Transposed,
    /// A matrix, along its columns.
    Axis0,
    /// A matrix, along its rows.
    Axis1,
}

impl Layout {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Contiguous => "contiguous",
            Layout::Strided => "strided",
            Layout::Row => "row",
            Layout::Scalar => "scalar",
            Layout::Transposed => "transposed",
            Layout::Axis0 => "axis0",
            Layout::Axis1 => "axis1",
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
        let threads = if self.threads == 1 { String::new() } else { format!(" {} threads", self.threads) };
        format!("{} {} {}{threads}", self.function, self.dtype, self.place())
    }

    /// All but function, dtype and threads.
    pub(crate) fn place(&self) -> String {
        let result = if self.fresh { "fresh" } else { "out" };
        let layout = if self.layout == Layout::Contiguous { "" } else { self.layout.name() };
        let space = if layout.is_empty() { "" } else { " " };
        format!("{layout}{space}{} {result}", crate::report::count(self.n))
    }
}

/// A cell and what was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    #[serde(flatten)]
    pub(crate) cell: Cell,
    #[serde(default)]
    pub(crate) family: Family,
    /// NumPy's time by ours: above one, we are faster.
    pub(crate) ratio: f64,
    /// The ratio's standard error, as a part of it.
    #[serde(default)]
    pub(crate) error: f64,
    /// Bytes that must be read and written.
    #[serde(default)]
    pub(crate) bytes: usize,
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
    /// Nanoseconds of one call in the round that nothing disturbed.
    #[serde(default)]
    pub(crate) least: Option<f64>,
}

impl Outcome {
    /// Nanoseconds per element of a contender.
    pub(crate) fn per_element(&self, name: &str) -> Option<f64> {
        let time = self.times.iter().find(|time| time.name == name)?;
        Some(time.ns / self.cell.n.max(1) as f64)
    }

    /// Nanoseconds of our call.
    pub(crate) fn ours(&self) -> f64 {
        self.times[0].ns
    }

    /// Nanoseconds of our call in the round that nothing disturbed.
    pub(crate) fn ours_undisturbed(&self) -> f64 {
        self.times[0].least.unwrap_or(self.times[0].ns)
    }

    /// Nanoseconds of NumPy's call.
    pub(crate) fn theirs(&self) -> f64 {
        self.times[1].ns
    }
}
