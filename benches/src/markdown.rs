//! What was found, as it stands in `BENCHMARKS.md`: a summary first, then all cells.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::clock::geometric_mean;
use crate::plan::{LARGE, MIDDLE};
use crate::record::{Family, Layout, Outcome, Record};
use crate::report::{Column, Columns, count, heading, losses, means, one_thread, totals, twice_as_fast};

/// Functions that are to be five times as fast as NumPy's.
const FIVE_TIMES: [&str; 5] = ["sin", "cos", "hypot", "cumsum", "var"];

/// A table of Markdown.
fn table(headings: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", headings.join(" | "), "---|".repeat(headings.len()));
    rows.for_each(|row| writeln!(text, "| {} |", row.join(" | ")).expect("writing to a string"));
    text
}

fn strings<const N: usize>(items: [&str; N]) -> Vec<String> {
    items.map(str::to_owned).to_vec()
}

/// A ratio, heavy where NumPy is faster.
fn ratio(ratio: f64) -> String {
    let text = crate::report::ratio(ratio);
    if ratio < 1.0 { format!("**{text}**") } else { text }
}

/// The whole of it.
pub(crate) fn markdown(record: &Record) -> String {
    let machine = &record.machine;
    let (cells, mean, below, surely) = totals(record, false);
    let mut text = format!(
        "Measured on {} with {} thread(s), instruction set {}, {}, NumPy {}, in {:.0} min.\n",
        machine.processor,
        machine.threads,
        machine.instruction_set,
        machine.python,
        machine.numpy,
        record.seconds / 60.0
    );
    for bandwidth in &record.bandwidth {
        let (threads, copy, triad) = (bandwidth.threads, bandwidth.copy, bandwidth.triad);
        write!(text, "Memory, {threads} thread(s): copy {copy:.1} GB/s, triad {triad:.1} GB/s. ")
            .expect("a string");
    }
    write!(
        text,
        "\n\nAll figures but times are **NumPy's time by ours**: 2 means twice as fast. Over {cells} cells on one \
         thread the geometric mean is **{mean:.2}**. {below} of them are below 1, {surely} by more than the error of \
         measurement. "
    )
    .expect("a string");
    let (cells, mean, below, surely) = totals(record, true);
    if cells > 0 {
        write!(
            text,
            "These are cells of functions that compute. Over {cells} cells of functions that move, sort and find \
             elements it is **{mean:.2}**; {below} of them are below 1, {surely} by more than the error of \
             measurement."
        )
        .expect("a string");
    }
    text += "\n\n### Geometric means, one thread\n\n";
    text += &means_table(record);
    text += "\n### What is to be five times as fast, float64\n\n";
    text += &targets(record);
    let arrays = twice_as_fast(record);
    if !arrays.is_empty() {
        text += "\n### What moves, sorts and finds elements and is to be twice as fast, from N = 1e3 on\n\n";
        text += &table(
            &strings(["function", "geometric mean", "least"]),
            arrays.into_iter().map(|(name, mean, least)| vec![name.to_owned(), ratio(mean), ratio(least)]),
        );
    }
    text += "\n### Where NumPy is faster\n\n";
    text += &losses_table(record);
    if machine.threads > 1 {
        text += "\n### All threads, N = 1e7\n\n";
        text += &threads(record);
    }
    text += "\n### Rivals: ns per element\n\n";
    text += &rivals(record);
    text += "\n## All cells, one thread\n";
    for family in Family::ALL {
        if record.cells.iter().any(|outcome| outcome.family == family) {
            let title = family.title();
            let (first, rest) = title.split_at(1);
            write!(text, "\n### {}{rest}\n\n", first.to_uppercase()).expect("a string");
            text += &all_cells(record, family);
        }
    }
    text
}

fn means_table(record: &Record) -> String {
    let means = means(record);
    let mut columns: Vec<Column> = means.keys().map(|(_, column)| *column).collect();
    columns.sort();
    columns.dedup();
    let headings = strings(["functions of", "cells"]).into_iter().chain(columns.iter().copied().map(heading));
    let families = Family::ALL.into_iter().filter(|family| means.keys().any(|(of, _)| of == family));
    table(
        &headings.collect::<Vec<_>>(),
        families.map(|family| {
            let of = |column: &Column| means.get(&(family, *column));
            let cells: usize = columns.iter().filter_map(of).map(|(_, cells)| cells).sum();
            let ratios =
                columns.iter().map(|column| of(column).map_or(String::new(), |(mean, _)| ratio(*mean)));
            [family.title().to_owned(), cells.to_string()].into_iter().chain(ratios).collect()
        }),
    )
}

fn targets(record: &Record) -> String {
    let columns = Columns::new(record);
    let found = |function: &str, n: usize| {
        one_thread(record).find(|outcome| {
            let cell = &outcome.cell;
            (&*cell.function, &*cell.dtype) == (function, "float64")
                && (cell.n, cell.layout) == (n, Layout::Contiguous)
                && columns.first(outcome)
        })
    };
    let sizes = [1_000, MIDDLE, LARGE];
    let headings = strings(["function"]).into_iter().chain(sizes.map(|n| format!("N = {}", count(n))));
    table(
        &headings.collect::<Vec<_>>(),
        FIVE_TIMES.into_iter().map(|function| {
            let ratios =
                sizes.map(|n| found(function, n).map_or(String::new(), |outcome| ratio(outcome.ratio)));
            strings([function]).into_iter().chain(ratios).collect()
        }),
    )
}

fn losses_table(record: &Record) -> String {
    let losses = losses(record);
    if losses.is_empty() {
        return "Nowhere.\n".to_owned();
    }
    table(
        &strings(["function", "cells"]),
        losses.into_iter().map(|(function, cells)| {
            let mut by_dtype: Vec<(&str, Vec<String>)> = Vec::new();
            for outcome in cells {
                let text = format!("{} {}", outcome.cell.place(), crate::report::ratio(outcome.ratio));
                match by_dtype.last_mut() {
                    Some((dtype, cells)) if *dtype == outcome.cell.dtype => cells.push(text),
                    _ => by_dtype.push((&outcome.cell.dtype, vec![text])),
                }
            }
            let texts = by_dtype.into_iter().map(|(dtype, cells)| format!("{dtype}: {}", cells.join(", ")));
            vec![function.to_owned(), texts.collect::<Vec<_>>().join("; ")]
        }),
    )
}

/// Our time on all threads against our time on one.
struct Scaling<'a> {
    all: &'a Outcome,
    limit: Limit,
}

/// What bounds a cell.
enum Limit {
    /// Computing: how many times as fast as on one thread.
    Computing(f64),
    /// Memory: the bytes moved, as a part of what a copy moves at best.
    Memory(f64),
    /// Nothing: the result is a view.
    View,
}

impl Limit {
    fn text(&self) -> String {
        match self {
            Limit::Computing(speedup) => format!("{speedup:.2}×"),
            Limit::Memory(share) => format!("{:.0} %", share * 100.0),
            Limit::View => "a view".to_owned(),
        }
    }
}

/// What a call moves on one thread, as a part of what a copy moves, if memory is its limit.
const MEMORY_BOUND: f64 = 0.5;
/// Nanoseconds in which nothing is done for each element.
const OF_A_VIEW: f64 = 2_000.0;

fn scalings(record: &Record) -> Vec<Scaling<'_>> {
    let threads = record.machine.threads;
    let copy = |threads| record.bandwidth.iter().find(|b| b.threads == threads).map(|b| b.copy);
    let all =
        record.cells.iter().filter(|outcome| outcome.cell.threads == threads && outcome.cell.n == LARGE);
    let scalings = all.filter_map(|all| {
        let alone = one_thread(record).find(|outcome| {
            let (a, b) = (&outcome.cell, &all.cell);
            (&a.function, &a.dtype, a.layout, a.n, a.fresh) == (&b.function, &b.dtype, b.layout, b.n, b.fresh)
        })?;
        let moved = |outcome: &Outcome| outcome.bytes as f64 / outcome.ours();
        let bound = copy(1).is_some_and(|copy| moved(alone) > MEMORY_BOUND * copy);
        let limit = match copy(threads).filter(|_| bound) {
            _ if alone.ours() < OF_A_VIEW => Limit::View,
            Some(copy) => Limit::Memory(moved(all) / copy),
            None => Limit::Computing(alone.ours_undisturbed() / all.ours_undisturbed()),
        };
        Some(Scaling { all, limit })
    });
    scalings.collect()
}

fn threads(record: &Record) -> String {
    let scalings = scalings(record);
    let (mut speedups, mut shares) = (Vec::new(), Vec::new());
    for scaling in &scalings {
        match scaling.limit {
            Limit::Computing(speedup) => speedups.push(speedup),
            Limit::Memory(share) => shares.push(share),
            Limit::View => {}
        }
    }
    let mut text = String::new();
    if !speedups.is_empty() {
        write!(
            text,
            "{} cells are bound by computing: on {} threads they are {:.2} times as fast as on one. ",
            speedups.len(),
            record.machine.threads,
            geometric_mean(speedups.iter().copied())
        )
        .expect("a string");
    }
    if !shares.is_empty() {
        write!(
            text,
            "{} cells are bound by memory: on one thread they already move over {:.0} % of what a copy moves. On {} \
             threads they move {:.0} % of what a copy on as many moves. (More than all of it is possible: what only \
             reads is faster than a copy.) ",
            shares.len(),
            MEMORY_BOUND * 100.0,
            record.machine.threads,
            geometric_mean(shares.iter().copied()) * 100.0
        )
        .expect("a string");
    }
    text += "Below, `×` is the speed-up over our own single thread, `%` the share of a copy's bandwidth.\n\n";
    let mut dtypes: Vec<&str> = Vec::new();
    let mut rows: Vec<(&str, BTreeMap<&str, String>)> = Vec::new();
    for scaling in &scalings {
        let (function, dtype) = (scaling.all.cell.function.as_str(), scaling.all.cell.dtype.as_str());
        if !dtypes.contains(&dtype) {
            dtypes.push(dtype);
        }
        if rows.last().is_none_or(|(last, _)| *last != function) {
            rows.push((function, BTreeMap::new()));
        }
        rows.last_mut().expect("just pushed").1.insert(dtype, scaling.limit.text());
    }
    text += &table(
        &strings(["function"])
            .into_iter()
            .chain(dtypes.iter().map(|dtype| (*dtype).to_owned()))
            .collect::<Vec<_>>(),
        rows.into_iter().map(|(function, mut cells)| {
            let texts = dtypes.iter().map(|dtype| cells.remove(dtype).unwrap_or_default());
            strings([function]).into_iter().chain(texts).collect()
        }),
    );
    text
}

/// A row for each function and dtype.
fn all_cells(record: &Record, family: Family) -> String {
    let of = Columns::new(record);
    let mut columns: Vec<Column> = Vec::new();
    type Row<'a> = ((&'a str, &'a str), BTreeMap<Column, f64>);
    let mut rows: Vec<Row<'_>> = Vec::new();
    for outcome in one_thread(record).filter(|outcome| outcome.family == family) {
        let Some(column) = of.of(outcome) else { continue };
        if !columns.contains(&column) {
            columns.push(column);
        }
        let row = (outcome.cell.function.as_str(), outcome.cell.dtype.as_str());
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, BTreeMap::new()));
        }
        rows.last_mut().expect("just pushed").1.insert(column, outcome.ratio);
    }
    columns.sort();
    let headings = strings(["function", "dtype"]).into_iter().chain(columns.iter().copied().map(heading));
    table(
        &headings.collect::<Vec<_>>(),
        rows.into_iter().map(|((function, dtype), cells)| {
            let ratios = columns.iter().map(|column| cells.get(column).map_or(String::new(), |r| ratio(*r)));
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
