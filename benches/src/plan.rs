//! Which cells are measured.

use crate::cases::Case;
use crate::options::Options;
use crate::record::{Cell, Layout};
use crate::report::count;

/// A cell, the case that it belongs to, and whether rivals take part.
pub(crate) struct Planned {
    pub(crate) case: usize,
    pub(crate) cell: Cell,
    pub(crate) rivals: bool,
}

/// Functions measured at more sizes and numbers of threads, for the pictures.
const CHOSEN: [&str; 4] = ["sin", "exp", "log", "add"];
/// The size at which layouts and fresh results are measured.
const MIDDLE: usize = 100_000;
const LARGE: usize = 10_000_000;

pub(crate) fn plan(cases: &[Case], options: &Options, threads: usize) -> Vec<Planned> {
    let mut plan = Vec::new();
    for (index, case) in cases.iter().enumerate() {
        let cell = |layout, n, fresh, threads| {
            let (function, dtype) = (case.function.to_owned(), case.dtype.to_owned());
            Cell { function, dtype, layout, n, fresh, threads }
        };
        let out = |n| cell(Layout::Contiguous, n, false, 1);
        let chosen = CHOSEN.contains(&case.function) && case.dtype == "float64";
        let sizes: &[usize] = match (options.quick, chosen) {
            (true, _) => &[10, MIDDLE],
            (false, false) => &[1, 10, 1_000, MIDDLE, LARGE],
            (false, true) => &[1, 10, 100, 1_000, 10_000, MIDDLE, 1_000_000, LARGE],
        };
        let mut cells: Vec<Cell> = sizes.iter().map(|&n| out(n)).collect();
        if !options.quick {
            cells.extend([10, MIDDLE, LARGE].map(|n| cell(Layout::Contiguous, n, true, 1)));
            cells.push(cell(Layout::Strided, MIDDLE, false, 1));
            if case.operands == 2 {
                cells.push(cell(Layout::Row, MIDDLE, false, 1));
            }
            cells.push(cell(Layout::Transposed, MIDDLE, false, 1));
        }
        if threads > 1 {
            let large = if options.quick { MIDDLE } else { LARGE };
            cells.extend([MIDDLE, large].map(|n| cell(Layout::Contiguous, n, false, threads)));
            cells.dedup();
            if chosen && !options.quick {
                cells.extend((2..threads).map(|threads| cell(Layout::Contiguous, LARGE, false, threads)));
            }
        }
        cells.retain(|cell| options.words.iter().all(|word| fits(cell, word)));
        plan.extend(cells.into_iter().map(|cell| {
            let float = cell.dtype.starts_with("float");
            let contiguous = cell.layout == Layout::Contiguous;
            let rivals = !options.quick && float && contiguous && [MIDDLE, LARGE].contains(&cell.n);
            Planned { case: index, cell, rivals }
        }));
    }
    plan
}

fn fits(cell: &Cell, word: &str) -> bool {
    let result = if cell.fresh { "fresh" } else { "out" };
    [cell.function.as_str(), &cell.dtype, cell.layout.name(), &count(cell.n), result].contains(&word)
}
