//! What was found, in words: a line per cell while it runs, a summary, and Markdown for the docs.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::clock::geometric_mean;
use crate::record::{Layout, Outcome, Record};

/// A count as people write it: `10`, `1e5`.
pub(crate) fn count(n: usize) -> String {
    let exponent = n.checked_ilog10().unwrap_or(0);
    if exponent >= 3 && 10usize.pow(exponent) == n { format!("1e{exponent}") } else { n.to_string() }
}

/// Nanoseconds, in the unit that reads best.
fn time(ns: f64) -> String {
    match ns {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.1} µs", ns / 1e3),
        ns => format!("{:.1} ms", ns / 1e6),
    }
}

pub(crate) const HEADER: &str =
    "function    dtype     layout            N result threads      NumPy       ours   ratio";

/// One cell.
pub(crate) fn line(outcome: &Outcome) -> String {
    let cell = &outcome.cell;
    let mut text = format!(
        "{:<11} {:<9} {:<11} {:>7} {:<6} {:>7} {:>10} {:>10} {:>6.2}×",
        cell.function,
        cell.dtype,
        cell.layout.name(),
        count(cell.n),
        if cell.fresh { "fresh" } else { "out" },
        cell.threads,
        time(outcome.times[1].ns),
        time(outcome.times[0].ns),
        outcome.ratio,
    );
    for rival in &outcome.times[2..] {
        write!(text, "  {} {}", rival.name, time(rival.ns)).expect("writing to a string");
    }
    text
}

/// The cells where NumPy is faster, the worst first.
fn losses(record: &Record) -> Vec<&Outcome> {
    let mut losses: Vec<&Outcome> = record.cells.iter().filter(|outcome| outcome.ratio < 1.0).collect();
    losses.sort_by(|a, b| a.ratio.total_cmp(&b.ratio));
    losses
}

/// Geometric means of the ratios, by what the cells have in common.
pub(crate) fn means(record: &Record) -> Vec<(String, f64, usize)> {
    let mut groups: BTreeMap<(usize, bool, Layout, usize), Vec<f64>> = BTreeMap::new();
    for Outcome { cell, ratio, .. } in &record.cells {
        groups.entry((cell.threads, cell.fresh, cell.layout, cell.n)).or_default().push(*ratio);
    }
    let mut means: Vec<(String, f64, usize)> = groups
        .into_iter()
        .map(|((threads, fresh, layout, n), ratios)| {
            let result = if fresh { "fresh" } else { "out" };
            let title = format!("{}, N = {}, {result}, {threads} thread(s)", layout.name(), count(n));
            (title, geometric_mean(ratios.iter().copied()), ratios.len())
        })
        .collect();
    let all = record.cells.iter().map(|outcome| outcome.ratio);
    means.push(("all".to_owned(), geometric_mean(all), record.cells.len()));
    means
}

/// The end of a run, for the terminal.
pub(crate) fn summary(record: &Record) -> String {
    let mut text = String::from("\nGeometric means of the ratios (above 1: ours is faster)\n");
    for (title, mean, cells) in means(record) {
        writeln!(text, "  {mean:>6.2}×  {title} ({cells} cells)").expect("writing to a string");
    }
    let losses = losses(record);
    writeln!(text, "\n{} of {} cells are slower than NumPy", losses.len(), record.cells.len())
        .expect("as above");
    for outcome in losses.iter().take(20) {
        writeln!(text, "  {:.2}×  {}", outcome.ratio, outcome.cell.title()).expect("as above");
    }
    for bandwidth in &record.bandwidth {
        let (threads, copy, triad) = (bandwidth.threads, bandwidth.copy, bandwidth.triad);
        writeln!(text, "memory, {threads} thread(s): copy {copy:.1} GB/s, triad {triad:.1} GB/s")
            .expect("as above");
    }
    text
}

/// A table of Markdown.
fn table(headings: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", headings.join(" | "), "---|".repeat(headings.len()));
    rows.for_each(|row| writeln!(text, "| {} |", row.join(" | ")).expect("writing to a string"));
    text
}

fn strings<const N: usize>(items: [&str; N]) -> Vec<String> {
    items.map(str::to_owned).to_vec()
}

/// The tables, as they stand in `BENCHMARKS.md`.
pub(crate) fn markdown(record: &Record) -> String {
    let machine = &record.machine;
    let mut text = format!(
        "Measured on {} with {} thread(s), instruction set {}, {}, NumPy {}, in {:.0} s.\n",
        machine.processor,
        machine.threads,
        machine.instruction_set,
        machine.python,
        machine.numpy,
        record.seconds
    );
    for bandwidth in &record.bandwidth {
        let (threads, copy, triad) = (bandwidth.threads, bandwidth.copy, bandwidth.triad);
        write!(text, "Memory, {threads} thread(s): copy {copy:.1} GB/s, triad {triad:.1} GB/s. ")
            .expect("a string");
    }
    text += "\n\n### Where NumPy is faster\n\n";
    let losses = losses(record);
    text += &if losses.is_empty() {
        "Nowhere.\n".to_owned()
    } else {
        table(
            &strings(["cell", "NumPy", "ours", "ratio"]),
            losses.iter().map(|outcome| {
                let [ours, theirs] = [0, 1].map(|i| time(outcome.times[i].ns));
                vec![outcome.cell.title(), theirs, ours, format!("{:.2}", outcome.ratio)]
            }),
        )
    };
    text += "\n### Geometric means\n\n";
    text += &table(
        &strings(["cells", "number", "NumPy's time by ours"]),
        means(record)
            .into_iter()
            .map(|(title, mean, cells)| vec![title, cells.to_string(), format!("{mean:.2}")]),
    );
    text += "\n### One thread, into `out`, contiguous: NumPy's time by ours\n\n";
    text += &by_size(record, |outcome| {
        (outcome.cell.threads == 1 && !outcome.cell.fresh && outcome.cell.layout == Layout::Contiguous)
            .then(|| count(outcome.cell.n))
    });
    text += "\n### One thread, other layouts and fresh results: NumPy's time by ours\n\n";
    text += &by_size(record, |outcome| {
        let cell = &outcome.cell;
        let what = if cell.fresh { "fresh" } else { cell.layout.name() };
        (cell.threads == 1 && (cell.fresh || cell.layout != Layout::Contiguous))
            .then(|| format!("{what} {}", count(cell.n)))
    });
    text += "\n### All threads, into `out`, contiguous: NumPy's time by ours\n\n";
    text += &by_size(record, |outcome| {
        let cell = &outcome.cell;
        (cell.threads == machine.threads && cell.threads > 1).then(|| count(cell.n))
    });
    text += "\n### Call overhead: one element, one thread, into `out`\n\n";
    text += &table(
        &strings(["function", "dtype", "NumPy", "ours"]),
        record.cells.iter().filter(|outcome| outcome.cell.n == 1).map(|outcome| {
            let [ours, theirs] = [0, 1].map(|i| time(outcome.times[i].ns));
            vec![outcome.cell.function.clone(), outcome.cell.dtype.clone(), theirs, ours]
        }),
    );
    text += "\n### Rivals: ns per element\n\n";
    text += &rivals(record);
    text
}

/// A row for each function and dtype, a column for each key.
fn by_size(record: &Record, key: impl Fn(&Outcome) -> Option<String>) -> String {
    let mut columns: Vec<String> = Vec::new();
    type Row<'a> = ((&'a str, &'a str), BTreeMap<String, f64>);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for outcome in &record.cells {
        let Some(column) = key(outcome) else { continue };
        if !columns.contains(&column) {
            columns.push(column.clone());
        }
        let row = (outcome.cell.function.as_str(), outcome.cell.dtype.as_str());
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, BTreeMap::new()));
        }
        rows.last_mut().expect("just pushed").1.insert(column, outcome.ratio);
    }
    let headings: Vec<String> = strings(["function", "dtype"]).into_iter().chain(columns.clone()).collect();
    table(
        &headings,
        rows.into_iter().map(|((function, dtype), cells)| {
            let ratios =
                columns.iter().map(|column| cells.get(column).map_or(String::new(), |r| format!("{r:.2}")));
            strings([function, dtype]).into_iter().chain(ratios).collect()
        }),
    )
}

fn rivals(record: &Record) -> String {
    const NAMES: [&str; 6] = ["ours", "NumPy", "numexpr", "ndarray", "nalgebra", "plain loop"];
    let headings: Vec<String> =
        strings(["function", "dtype", "N", "result", "threads"]).into_iter().chain(strings(NAMES)).collect();
    table(
        &headings,
        record.cells.iter().filter(|outcome| outcome.times.len() > 2).map(|outcome| {
            let cell = &outcome.cell;
            let result = if cell.fresh { "fresh" } else { "out" };
            let named = [&cell.function, &cell.dtype, &count(cell.n), result, &cell.threads.to_string()];
            let named = named.map(str::to_owned);
            let times =
                NAMES.map(|name| outcome.per_element(name).map_or(String::new(), |ns| format!("{ns:.3}")));
            named.into_iter().chain(times).collect()
        }),
    )
}
