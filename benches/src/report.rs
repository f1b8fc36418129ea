//! What was found, in words for the terminal: a line per cell while it runs, and a summary.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::clock::geometric_mean;
use crate::record::{Family, Layout, Outcome, Record};

/// A count as people write it: `10`, `1e5`.
pub(crate) fn count(n: usize) -> String {
    let exponent = n.checked_ilog10().unwrap_or(0);
    if exponent >= 3 && 10usize.pow(exponent) == n { format!("1e{exponent}") } else { n.to_string() }
}

/// A ratio, so that one below 1 is not written as 1.
pub(crate) fn ratio(ratio: f64) -> String {
    match ratio {
        ratio if (0.995..1.0).contains(&ratio) => format!("{:.3}", ratio.min(0.999)),
        ratio if ratio < 10.0 => format!("{ratio:.2}"),
        ratio => format!("{ratio:.1}"),
    }
}

/// Nanoseconds, in the unit that reads best.
pub(crate) fn time(ns: f64) -> String {
    match ns {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.1} ms", ns / 1e6),
    }
}

pub(crate) const HEADER: &str =
    "function         dtype      layout           N result threads      NumPy       ours   ratio";

/// One cell.
pub(crate) fn line(outcome: &Outcome) -> String {
    let cell = &outcome.cell;
    let mut text = format!(
        "{:<16} {:<10} {:<10} {:>7} {:<6} {:>7} {:>10} {:>10} {:>6.2}×",
        cell.function,
        cell.dtype,
        cell.layout.name(),
        count(cell.n),
        if cell.fresh { "fresh" } else { "out" },
        cell.threads,
        time(outcome.theirs()),
        time(outcome.ours()),
        outcome.ratio,
    );
    for rival in &outcome.times[2..] {
        write!(text, "  {} {}", rival.name, time(rival.ns)).expect("writing to a string");
    }
    text
}

/// The cells of one thread where NumPy is faster, by function in the table's order.
pub(crate) fn losses(record: &Record) -> Vec<(&str, Vec<&Outcome>)> {
    let mut losses: Vec<(&str, Vec<&Outcome>)> = Vec::new();
    for outcome in one_thread(record).filter(|outcome| outcome.ratio < 1.0) {
        let function = outcome.cell.function.as_str();
        match losses.iter_mut().find(|(name, _)| *name == function) {
            Some((_, cells)) => cells.push(outcome),
            None => losses.push((function, vec![outcome])),
        }
    }
    losses
}

pub(crate) fn one_thread(record: &Record) -> impl Iterator<Item = &Outcome> {
    record.cells.iter().filter(|outcome| outcome.cell.threads == 1)
}

/// A column of a table: layout, whether fresh beside cells that are not, size.
pub(crate) type Column = (Layout, bool, usize);

/// In which columns cells stand.
pub(crate) struct Columns<'a> {
    /// Functions, by dtype, that write into `out`. What others do afresh stands in the same columns.
    with_out: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(record: &'a Record) -> Self {
        let with_out = record.cells.iter().map(|outcome| &outcome.cell).filter(|cell| !cell.fresh);
        Columns { with_out: with_out.map(|cell| (&*cell.function, &*cell.dtype)).collect() }
    }

    /// Whether this is how the function is called first: into `out` if it can do that.
    pub(crate) fn first(&self, outcome: &Outcome) -> bool {
        !outcome.cell.fresh || !self.with_out.contains(&(&*outcome.cell.function, &*outcome.cell.dtype))
    }

    /// The column that a cell stands in; `None` for sizes that are only drawn.
    pub(crate) fn of(&self, outcome: &Outcome) -> Option<Column> {
        let cell = &outcome.cell;
        let drawn =
            [1, 100, 10_000].contains(&cell.n) || cell.n == 1_000_000 && outcome.family < Family::Methods;
        (!drawn).then_some((cell.layout, !self.first(outcome), cell.n))
    }
}

/// A column's heading.
pub(crate) fn heading((layout, fresh, n): Column) -> String {
    let fresh = if fresh { "fresh " } else { "" };
    match layout {
        Layout::Contiguous => format!("{fresh}{}", count(n)),
        layout => format!("{fresh}{}", layout.name()),
    }
}

/// Geometric means of the ratios on one thread, by family and column.
pub(crate) fn means(record: &Record) -> BTreeMap<(Family, Column), (f64, usize)> {
    let mut groups: BTreeMap<(Family, Column), Vec<f64>> = BTreeMap::new();
    let columns = Columns::new(record);
    for outcome in one_thread(record) {
        if let Some(column) = columns.of(outcome) {
            groups.entry((outcome.family, column)).or_default().push(outcome.ratio);
        }
    }
    let mean = |ratios: Vec<f64>| (geometric_mean(ratios.iter().copied()), ratios.len());
    groups.into_iter().map(|(key, ratios)| (key, mean(ratios))).collect()
}

/// Of the functions that compute, or of those that only move, sort and find elements: how many cells of one
/// thread there are, the geometric mean of their ratios, how many are below one, and how many of these by more
/// than the error of measurement.
pub(crate) fn totals(record: &Record, moves: bool) -> (usize, f64, usize, usize) {
    let cells: Vec<&Outcome> = one_thread(record).filter(|outcome| outcome.family.moves() == moves).collect();
    let mean = geometric_mean(cells.iter().map(|outcome| outcome.ratio));
    let below = cells.iter().filter(|outcome| outcome.ratio < 1.0);
    let surely = below.clone().filter(|outcome| outcome.ratio < 1.0 - (2.0 * outcome.error).max(0.02));
    (cells.len(), mean, below.count(), surely.count())
}

/// The size that counts for what call overhead does not decide.
const NOT_SMALL: usize = 1_000;

/// Of each of the functions that move, sort and find elements and are to be twice as fast as NumPy's, and of
/// all of them, the geometric mean of the ratios on one thread from a thousand elements on, and the least.
pub(crate) fn twice_as_fast(record: &Record) -> Vec<(&str, f64, f64)> {
    let wanted = |outcome: &&Outcome| {
        let cell = &outcome.cell;
        outcome.family == Family::Arrays && cell.layout == Layout::Contiguous && cell.n >= NOT_SMALL
    };
    let cells: Vec<&Outcome> = one_thread(record).filter(wanted).collect();
    let mut functions: Vec<&str> = cells.iter().map(|outcome| outcome.cell.function.as_str()).collect();
    functions.dedup();
    let summed_up = |name, cells: Vec<&Outcome>| {
        let ratios = cells.iter().map(|outcome| outcome.ratio);
        (name, geometric_mean(ratios.clone()), ratios.fold(f64::INFINITY, f64::min))
    };
    let of = |function: &str| cells.iter().filter(|o| o.cell.function == function).copied().collect();
    let mut rows: Vec<_> = functions.iter().map(|&function| summed_up(function, of(function))).collect();
    if !rows.is_empty() {
        rows.push(summed_up("all", cells));
    }
    rows
}

/// The end of a run, for the terminal.
pub(crate) fn summary(record: &Record) -> String {
    let mut text = String::from("\nGeometric means of the ratios on one thread (above 1: ours is faster)\n");
    for ((family, column), (mean, cells)) in means(record) {
        writeln!(text, "  {mean:>6.2}×  {}, {} ({cells} cells)", family.title(), heading(column))
            .expect("writing to a string");
    }
    let parts = [("that compute", totals(record, false)), ("that move, sort and find", totals(record, true))];
    for (title, (cells, mean, below, surely)) in parts.into_iter().filter(|(_, (cells, ..))| *cells > 0) {
        writeln!(
            text,
            "  {mean:>6.2}×  all functions {title} ({cells} cells): {below} slower than NumPy, {surely} by more than \
             the error of measurement"
        )
        .expect("as above");
    }
    for (function, mean, least) in twice_as_fast(record) {
        writeln!(text, "  {mean:>6.2}×  {function}, from 1e3 elements on; least {least:.2}×")
            .expect("as above");
    }
    for (function, losses) in losses(record) {
        let cells = losses.iter().map(|o| format!("{} {} {}", o.cell.dtype, o.cell.place(), ratio(o.ratio)));
        writeln!(text, "  {function}: {}", cells.collect::<Vec<_>>().join(", ")).expect("as above");
    }
    for bandwidth in &record.bandwidth {
        let (threads, copy, triad) = (bandwidth.threads, bandwidth.copy, bandwidth.triad);
        writeln!(text, "memory, {threads} thread(s): copy {copy:.1} GB/s, triad {triad:.1} GB/s")
            .expect("as above");
    }
    let seconds = record.seconds;
    writeln!(text, "in {:.0} min {:.0} s", (seconds / 60.0).floor(), seconds % 60.0).expect("as above");
    text
}
