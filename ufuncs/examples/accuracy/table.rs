//! The table of errors that the documentation carries: stored as `accuracy.tsv`, shown as `accuracy.md`,
//! both in the crate's folder.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::functions::{DOUBLES, DOUBLES_OF_TWO, SINGLES, SINGLES_OF_TWO, Worst};
use crate::shells::Level;

/// The largest error of a function on a dtype and an instruction set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    function: String,
    dtype: String,
    level: String,
    /// In ULP; 0.5 stands for "correctly rounded everywhere".
    error: f64,
    /// What it may be.
    bound: f64,
    /// The arguments there.
    at: String,
    /// What was measured.
    how: String,
}

impl Entry {
    /// One for each instruction set.
    pub(crate) fn of<const N: usize>(
        function: &str,
        dtype: &str,
        bound: f64,
        how: &str,
        levels: &[Level],
        measured: &[Worst<N>],
    ) -> Vec<Entry> {
        let entry = |(level, worst): (&Level, &Worst<N>)| Entry {
            function: function.to_owned(),
            dtype: dtype.to_owned(),
            level: format!("{level:?}").to_lowercase(),
            error: worst.error,
            bound,
            at: if worst.at.iter().any(|x| x.is_nan()) && worst.error <= 0.5 {
                String::new()
            } else {
                worst.at.map(|x| format!("{x:e}")).join(", ")
            },
            how: how.to_owned(),
        };
        levels.iter().zip(measured).map(entry).collect()
    }

    /// As a row of Markdown.
    pub(crate) fn line(&self) -> String {
        let Entry { function, dtype, level, error, bound, at, how } = self;
        let verdict = if error <= bound { "" } else { " too much" };
        format!("| {function} | {dtype} | {level} | {error:.4}{verdict} | {at} | {how} |")
    }

    fn key(&self) -> (&str, &str, &str) {
        (&self.function, &self.dtype, &self.level)
    }

    fn to_tsv(&self) -> String {
        let Entry { function, dtype, level, error, bound, at, how } = self;
        format!("{function}\t{dtype}\t{level}\t{error}\t{bound}\t{at}\t{how}")
    }

    fn of_tsv(line: &str) -> Option<Entry> {
        let [function, dtype, level, error, bound, at, how] = line.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        let [function, dtype, level, at, how] = [function, dtype, level, at, how].map(str::to_owned);
        Some(Entry {
            function,
            dtype,
            level,
            error: error.parse().ok()?,
            bound: bound.parse().ok()?,
            at,
            how,
        })
    }
}

/// All entries known, in the order of the functions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table(Vec<Entry>);

const LEVELS: [(&str, &str); 3] = [("baseline", "baseline"), ("avx2", "AVX2"), ("avx512", "AVX-512")];

impl Table {
    pub(crate) const HEADER: &str = "| function | dtype | instruction set | largest error (ULP) | at | measured |\n|---|---|---|---|---|---|";

    fn file(name: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    /// What is stored.
    pub(crate) fn read() -> Self {
        let text = fs::read_to_string(Self::file("accuracy.tsv")).unwrap_or_default();
        let line =
            |line: &str| Entry::of_tsv(line).unwrap_or_else(|| panic!("accuracy.tsv has a line {line:?}"));
        Table(text.lines().map(line).collect())
    }

    /// Puts new entries in the place of those for the same function, dtype and instruction set.
    pub(crate) fn merge(&mut self, entries: Vec<Entry>) {
        self.0.retain(|old| entries.iter().all(|new| new.key() != old.key()));
        self.0.extend(entries);
        let names: Vec<&str> =
            DOUBLES.iter().map(|f| f.name).chain(DOUBLES_OF_TWO.iter().map(|f| f.name)).collect();
        let place = |entry: &Entry| names.iter().position(|name| *name == entry.function);
        let level = |entry: &Entry| LEVELS.iter().position(|(level, _)| *level == entry.level);
        self.0.sort_by_key(|entry| (place(entry), entry.dtype == "f32", level(entry)));
    }

    /// Stores it, and what is shown of it.
    pub(crate) fn write(&self) {
        let lines: Vec<String> = self.0.iter().map(Entry::to_tsv).collect();
        fs::write(Self::file("accuracy.tsv"), lines.join("\n") + "\n")
            .expect("the crate's folder is writable");
        fs::write(Self::file("accuracy.md"), self.markdown()).expect("the crate's folder is writable");
    }

    /// A row for each function and dtype.
    fn markdown(&self) -> String {
        let mut text = TEXT.to_owned();
        let mut rows: Vec<Vec<&Entry>> = Vec::new();
        for entry in &self.0 {
            match rows.last_mut() {
                Some(row) if (&row[0].function, &row[0].dtype) == (&entry.function, &entry.dtype) => {
                    row.push(entry)
                }
                _ => rows.push(vec![entry]),
            }
        }
        // Ranges, and the functions measured over them.
        let mut of_ranges: Vec<((&String, &str), String)> = Vec::new();
        for row in &rows {
            let error = |(level, _): (&str, &str)| {
                let entry = row.iter().find(|entry| entry.level == level);
                entry.map_or("–".to_owned(), |entry| format!("{:.4}", entry.error))
            };
            let worst = row.iter().max_by(|a, b| a.error.total_cmp(&b.error)).expect("a row has entries");
            let at = if worst.at.is_empty() { "" } else { &worst.at };
            let [baseline, avx2, avx512] = LEVELS.map(error);
            let (function, dtype) = (&worst.function, &worst.dtype);
            let (count, ranges) = worst.how.split_once(": ").unwrap_or((&worst.how, ""));
            if !ranges.is_empty() {
                match of_ranges.iter_mut().find(|(known, ..)| *known == (dtype, ranges)) {
                    Some((_, functions)) => *functions += &format!(" `{function}`"),
                    None => of_ranges.push(((dtype, ranges), format!("`{function}`"))),
                }
            }
            writeln!(text, "| `{function}` | {dtype} | {baseline} | {avx2} | {avx512} | {at} | {count} |")
                .expect("writing to a string");
        }
        let wide =
            |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
        let doubles = DOUBLES.iter().filter(|f| f.wide).map(|f| f.name);
        let doubles = doubles.chain(DOUBLES_OF_TWO.iter().filter(|f| f.wide).map(|f| f.name)).collect();
        let singles = SINGLES.iter().filter(|f| f.wide).map(|f| f.name);
        let singles = singles.chain(SINGLES_OF_TWO.iter().filter(|f| f.wide).map(|f| f.name)).collect();
        writeln!(
            text,
            "\nWith AVX-512 some have loops of their own: of `f64` {}; of `f32` {}. All others give the same bits with \
             AVX2 and with AVX-512.",
            wide(doubles),
            wide(singles)
        )
        .expect("as above");
        text
    }
}

const TEXT: &str = "\
# Accuracy

How far results are from the exact values at most, in ULP: units in the last place of the exact value, as a
number of the result's dtype. 0.5 is what correct rounding reaches. `0.5000` without an argument beside it means
that every result measured was the correctly rounded one; an error below a half is not told from a half.

- `f32`, one argument: **every** one of the 2³² is measured. Results are compared with CORE-MATH's correctly rounded
  ones; where they differ, the error is taken against its correctly rounded `f64`. Of odd and even functions the
  negative half is compared with the mirrored positive one, bit by bit, and where that differs as any other.
- `f64`: as many random arguments as stand in the last column, the same number from each of the ranges named below:
  any bits, ends of ranges, subnormal numbers, neighbours of multiples of π/2 and of 1. Results are compared with
  CORE-MATH's; where they differ, the error is taken against a value of more than 65 bits, computed in pairs of `f64`.
- Two arguments: as many random pairs as stand there.
- `nan` and infinities count as infinitely wrong where they should not be, and where they should be and are not.
- The baseline is what every processor of the target has: on x86-64, SSE2. AVX2 means AVX2 with FMA.
- Arithmetic, `sqrt`, rounding, comparisons and all integer functions are exact or correctly rounded. `float_power` is
  the `power` of `f64`. Half precision is computed in `f32` and rounded once more.

Made by `cargo run --release -p numpypy-ufuncs --example accuracy -- --store`, whose sources tell the rest.

| function | dtype | baseline | AVX2 | AVX-512 | largest at | measured |
|---|---|---|---|---|---|---|
";
