//! What was found, in pictures, drawn by matplotlib through `foreign`.

use std::path::Path;

use numpypy::foreign::Object;
use numpypy::{Array, import, py};

use crate::Failure;
use crate::record::{Layout, Outcome, Record};
use crate::report::{Columns, count, one_thread};

/// Draws all pictures for which there are measurements, and names their files.
pub(crate) fn draw(record: &Record, folder: &Path) -> Result<Vec<String>, Failure> {
    py!((import("matplotlib")?).use("agg"))?;
    let plt = import("matplotlib.pyplot")?;
    let mut drawn = Vec::new();
    let mut picture =
        |name: &str, draw: fn(&Record, &Object) -> Result<bool, Failure>| -> Result<(), Failure> {
            if draw(record, &plt)? {
                let path = folder.join(name).display().to_string();
                py!(plt.savefig(&path, dpi = 110, bbox_inches = "tight"))?;
                drawn.push(path);
            }
            py!(plt.close("all"))?;
            Ok(())
        };
    picture("ratio.png", ratios)?;
    picture("time.png", times)?;
    picture("threads.png", threads)?;
    Ok(drawn)
}

/// Cells of one thread, into `out`, contiguous.
fn plain(outcome: &&Outcome) -> bool {
    outcome.cell.threads == 1 && !outcome.cell.fresh && outcome.cell.layout == Layout::Contiguous
}

/// Dots: how many times as fast as NumPy, a row for each function, one colour a size. A triangle at the edge
/// stands for what is beyond.
fn ratios(record: &Record, plt: &Object) -> Result<bool, Failure> {
    const SIZES: [(usize, &str); 4] =
        [(10, "#9ecae1"), (1_000, "#4292c6"), (100_000, "#08306b"), (10_000_000, "#d94801")];
    const PANELS: usize = 3;
    // The few cells beyond would squeeze all others.
    const SHOWN: [f64; 2] = [0.4, 60.0];
    const TICKS: [f64; 7] = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
    let columns = Columns::new(record);
    let cells: Vec<&Outcome> = one_thread(record)
        .filter(|o| o.cell.layout == Layout::Contiguous && columns.first(o))
        .filter(|o| ["float64", "int64"].contains(&&*o.cell.dtype))
        .collect();
    let of_floats =
        |function: &str| cells.iter().any(|o| o.cell.function == function && o.cell.dtype == "float64");
    // Integers only where there are no floats.
    let cells: Vec<&Outcome> =
        cells.iter().filter(|o| o.cell.dtype == "float64" || !of_floats(&o.cell.function)).copied().collect();
    let mut functions: Vec<(&str, f64)> = cells
        .iter()
        .filter(|outcome| outcome.cell.n == 100_000)
        .map(|outcome| (outcome.cell.function.as_str(), outcome.ratio))
        .collect();
    if functions.is_empty() {
        return Ok(false);
    }
    functions.sort_by(|a, b| b.1.total_cmp(&a.1));
    let rows = functions.len().div_ceil(PANELS);
    let height = 1.6 + 0.17 * rows as f64;
    let figure = py!(plt.figure(figsize = (13.0, height)))?;
    py!(figure.subplots(1, PANELS, sharex = true))?;
    for (panel, functions) in functions.chunks(rows).enumerate() {
        let axes = py!(figure.axes)?.get_item(panel)?;
        for (n, colour) in SIZES {
            let found = |function: &str| {
                cells.iter().find(|o| o.cell.n == n && o.cell.function == function).map(|o| o.ratio)
            };
            let dots: Vec<(usize, f64)> = functions
                .iter()
                .enumerate()
                .filter_map(|(row, (function, _))| Some((row, found(function)?)))
                .collect();
            let draw = |marker: &str, label: &str, shown: &dyn Fn(f64) -> bool| -> Result<(), Failure> {
                let dots = dots.iter().filter(|(_, ratio)| shown(*ratio));
                let (rows, ratios): (Vec<f64>, Vec<f64>) =
                    dots.map(|(row, ratio)| (*row as f64, ratio.clamp(SHOWN[0], SHOWN[1]))).unzip();
                let (rows, ratios) = (Array::from_vec(rows), Array::from_vec(ratios));
                py!(axes.scatter(
                    &ratios,
                    &rows,
                    s = 16,
                    color = colour,
                    marker = marker,
                    label = label,
                    zorder = 3,
                    clip_on = false
                ))?;
                Ok(())
            };
            draw("o", &format!("N = {}", count(n)), &|ratio| (SHOWN[0]..=SHOWN[1]).contains(&ratio))?;
            draw("<", "_", &|ratio| ratio < SHOWN[0])?;
            draw(">", "_", &|ratio| ratio > SHOWN[1])?;
        }
        py!(axes.set_xscale("log"))?;
        py!(axes.set_xlim(SHOWN))?;
        py!(axes.set_xticks(TICKS, labels = TICKS.map(|tick| format!("{tick}×")), fontsize = 8))?;
        py!(axes.minorticks_off())?;
        py!(axes.axvline(1.0, color = "black", linewidth = 1.0))?;
        let names: Vec<&str> = functions.iter().map(|(function, _)| *function).collect();
        py!(axes.set_yticks((0..names.len()).collect::<Vec<_>>(), labels = names, fontsize = 8))?;
        py!(axes.set_ylim(rows as f64 - 0.4, -0.6))?;
        py!(axes.grid(alpha = 0.35))?;
    }
    let explained = "NumPy's time by ours (right of 1: ours is faster; a triangle: beyond the edge)";
    py!(figure.supxlabel(explained, fontsize = 10))?;
    let title =
        "One thread, contiguous float64 (int64 where there is no float), into out where the function has it";
    py!(figure.suptitle(title, fontsize = 11))?;
    let first = py!(figure.axes)?.get_item(0)?;
    let shown = py!(first.get_legend_handles_labels())?;
    let (handles, labels) = (shown.get_item(0)?, shown.get_item(1)?);
    py!(figure.legend(
        handles,
        labels,
        loc = "upper center",
        ncols = 4,
        bbox_to_anchor = (0.5, 1.0 - 0.35 / height),
        frameon = false
    ))?;
    py!(figure.tight_layout(rect = (0.0, 0.0, 1.0, 1.0 - 0.3 / height)))?;
    Ok(true)
}

/// The functions whose time is drawn against the size, and their colours.
const CHOSEN: [(&str, &str); 4] = [("sin", "C0"), ("exp", "C1"), ("log", "C2"), ("add", "C3")];

/// Lines: nanoseconds per element against the size, and what the memory allows.
fn times(record: &Record, plt: &Object) -> Result<bool, Failure> {
    let cells: Vec<&Outcome> =
        record.cells.iter().filter(plain).filter(|o| o.cell.dtype == "float64").collect();
    let figure = py!(plt.figure(figsize = (9.0, 6.0)))?;
    let axes = py!(figure.add_subplot())?;
    let mut any = false;
    for (function, colour) in CHOSEN {
        let mut of: Vec<&&Outcome> =
            cells.iter().filter(|outcome| outcome.cell.function == function).collect();
        of.sort_by_key(|outcome| outcome.cell.n);
        if of.len() < 2 {
            continue;
        }
        any = true;
        let sizes: Array<f64> = of.iter().map(|outcome| outcome.cell.n as f64).collect();
        for (name, style) in [("ours", "o-"), ("NumPy", "s--")] {
            let ns: Array<f64> = of.iter().filter_map(|outcome| outcome.per_element(name)).collect();
            let label = format!("{function}, {name}");
            py!(axes.plot(&sizes, &ns, style, color = colour, markersize = 4.0, label = label))?;
        }
    }
    if let Some(bandwidth) = record.bandwidth.iter().find(|bandwidth| bandwidth.threads == 1) {
        // An element read, an element written.
        let floor = 16.0 / bandwidth.copy;
        let label = format!("copy from memory to memory, {:.1} GB/s", bandwidth.copy);
        py!(axes.axhline(floor, color = "gray", linestyle = ":", label = label))?;
    }
    py!(axes.set_xscale("log"))?;
    py!(axes.set_yscale("log"))?;
    py!(axes.set_xlabel("N, elements"))?;
    py!(axes.set_ylabel("ns per element"))?;
    py!(axes.set_title("float64, one thread, contiguous, into out"))?;
    py!(axes.grid(alpha = 0.4))?;
    py!(axes.legend(ncols = 2))?;
    Ok(any)
}

/// Lines: how much faster more threads are than one, at the largest size.
fn threads(record: &Record, plt: &Object) -> Result<bool, Failure> {
    let figure = py!(plt.figure(figsize = (7.0, 5.0)))?;
    let axes = py!(figure.add_subplot())?;
    let mut any = false;
    let most = record.machine.threads;
    for (function, colour) in CHOSEN {
        let mut of: Vec<(usize, f64)> = record
            .cells
            .iter()
            .filter(|o| o.cell.function == function && o.cell.dtype == "float64" && o.cell.n == 10_000_000)
            .filter(|o| !o.cell.fresh && o.cell.layout == Layout::Contiguous)
            .map(|outcome| (outcome.cell.threads, outcome.ours_undisturbed()))
            .collect();
        of.sort_by_key(|(threads, _)| *threads);
        let [(1, alone), _, ..] = of[..] else { continue };
        any = true;
        let counts: Array<f64> = of.iter().map(|(threads, _)| *threads as f64).collect();
        let factors: Array<f64> = of.iter().map(|(_, ns)| alone / ns).collect();
        py!(axes.plot(&counts, &factors, "o-", color = colour, label = function))?;
    }
    let bandwidth = |threads| record.bandwidth.iter().find(|b| b.threads == threads).map(|b| b.copy);
    if let (Some(one), Some(all)) = (bandwidth(1), bandwidth(most)) {
        let label = format!("copy bandwidth, {one:.1} to {all:.1} GB/s");
        py!(axes.plot([1, most], [1.0, all / one], ":", color = "gray", label = label))?;
    }
    py!(axes.plot(
        [1, most],
        [1, most],
        "-",
        color = "black",
        linewidth = 0.7,
        label = "as many threads, as fast"
    ))?;
    py!(axes.set_xticks((1..=most).collect::<Vec<usize>>()))?;
    py!(axes.set_xlabel("threads"))?;
    py!(axes.set_ylabel("times as fast as one thread"))?;
    py!(axes.set_title("float64, N = 1e7, into out"))?;
    py!(axes.grid(alpha = 0.4))?;
    py!(axes.legend())?;
    Ok(any)
}
