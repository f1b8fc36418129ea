//! Which cells are measured, and in which order.

use crate::cases::Case;
use crate::options::Options;
use crate::record::{Cell, Layout};
use crate::report::count;

/// Cells that are measured together: of one function on the same operands, on one thread or more.
pub(crate) struct Planned {
    pub(crate) case: usize,
    pub(crate) cells: Vec<Cell>,
}

/// Functions measured at more sizes and numbers of threads, for the pictures.
const CHOSEN: [&str; 4] = ["sin", "exp", "log", "add"];
/// The size at which layouts are measured.
pub(crate) const MIDDLE: usize = 100_000;
/// Far more than any cache holds.
pub(crate) const LARGE: usize = 10_000_000;

/// The plan, the smallest cells first: cells that are neighbours share operands.
pub(crate) fn plan(cases: &[Case], options: &Options, threads: usize) -> Vec<Planned> {
    let mut plan = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let chosen = CHOSEN.contains(&case.function) && case.dtype == "float64";
        let mut add = |layout, n: usize, fresh, all: bool| {
            let cell = |threads| {
                let (function, dtype) = (case.function.to_owned(), case.dtype.to_owned());
                Cell { function, dtype, layout, n, fresh, threads }
            };
            let mut cells = vec![cell(1)];
            cells.extend((2..=threads).filter(|&some| all && (some == threads || chosen)).map(cell));
            cells.retain(|cell| options.words.iter().all(|word| fits(cell, word)));
            if n <= case.most && !cells.is_empty() {
                plan.push(Planned { case: index, cells });
            }
        };
        let sizes: &[usize] = match (options.quick, chosen) {
            (true, _) => &[10, MIDDLE],
            (false, false) => &[10, 1_000, MIDDLE, LARGE],
            (false, true) => &[1, 10, 100, 1_000, 10_000, MIDDLE, 1_000_000, LARGE],
        };
        for &n in sizes {
            add(Layout::Contiguous, n, !case.out, n == LARGE);
        }
        if options.quick {
            continue;
        }
        if case.out {
            [10, MIDDLE, LARGE].into_iter().for_each(|n| add(Layout::Contiguous, n, true, false));
        }
        case.layouts.iter().for_each(|&layout| add(layout, MIDDLE, !case.out, false));
        // The largest that there is, if that is less.
        if case.most < LARGE && !sizes.contains(&case.most) {
            add(Layout::Contiguous, case.most, !case.out, true);
        }
    }
    plan.sort_by_key(|planned| (planned.cells[0].n, cases[planned.case].dtype));
    plan
}

fn fits(cell: &Cell, word: &str) -> bool {
    let result = if cell.fresh { "fresh" } else { "out" };
    [cell.function.as_str(), &cell.dtype, cell.layout.name(), &count(cell.n), result].contains(&word)
}
