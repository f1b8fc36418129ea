//! The loops of reductions over layouts, along rows and across columns; compiled once, as they know an
//! accumulator by its table only (`erased.rs`).
//!
//! Along rows: the elements of one output are cut into blocks (`blocks.rs`). If the innermost reduced axis is
//! long, blocks do not cross from one run along it to the next; if it is short, they do. Outputs of one block
//! each are reduced many at a time.
//!
//! Across columns: `PANEL` outputs at a time, in blocks of `ROWS` rows.

use std::ops::Range;

use super::blocks::{Blocks, Tile};
use super::erased::Erased;
use super::kernel::{PACKED_PANEL, PANEL, ROWS};
use super::plan::{Form, Kept, Plan, offset};
use super::tree::Tree;

/// Reduces all of a plan.
///
/// # Safety
/// The plan's elements can be read, its outputs written.
pub(crate) unsafe fn whole(kernel: &Erased, plan: &Plan, divisor: f64) {
    // SAFETY: by this function's contract.
    unsafe { whole_by(plan, divisor, &mut Tile::new(kernel), &mut Tree::new(kernel)) };
}

/// As [`whole`], with a tile and a tree that there are.
///
/// # Safety
/// As [`whole`].
pub(crate) unsafe fn whole_by(plan: &Plan, divisor: f64, tile: &mut Tile<'_>, tree: &mut Tree<'_>) {
    let kernel = tree.kernel();
    if plan.form == Form::Columns {
        let column = plan.kept.last().expect("columns are kept");
        for (input, output) in plan.indices(1) {
            for (start, panel) in panels_of(kernel, column) {
                let start = start as isize;
                let input = input.wrapping_offset(start * panel.input);
                let output = output.wrapping_offset(start * panel.output);
                let blocks = 0..block_count(kernel, plan);
                // SAFETY: elements and outputs of a panel.
                unsafe {
                    columns(kernel, plan, &panel, input, blocks, tile, tree);
                    kernel.finish(tree.finish(), panel.length, output, panel.output, divisor);
                }
            }
        }
        return;
    }
    let blocks = Blocks::new(kernel, &plan.reduced);
    if blocks.count > 1 {
        for (input, output) in plan.indices(0) {
            // SAFETY: elements and output of one index of the kept axes.
            unsafe {
                row(kernel, &blocks, input, 0..blocks.count, tile, tree);
                kernel.finish(tree.finish(), 1, output, 0, divisor);
            }
        }
        return;
    }
    let last = plan.kept.last().copied().unwrap_or(ALONE);
    let at_a_time = blocks.outputs_at_a_time();
    for (input, output) in plan.indices(plan.kept.len().min(1)) {
        for start in (0..last.length).step_by(at_a_time) {
            let n = at_a_time.min(last.length - start);
            let input = input.wrapping_offset(last.input * start as isize);
            let output = output.wrapping_offset(last.output * start as isize);
            tree.clear(n);
            // SAFETY: elements and outputs of `n` indices of the last of the kept axes.
            unsafe {
                let (from, step) = blocks.only(input, last.input, n, tile);
                kernel.along(tree.top(), n, (from, blocks.step), step, blocks.elements, 0);
                kernel.finish(tree.top(), n, output, last.output, divisor);
            }
        }
    }
}

/// Reduces some blocks of a unit, and writes the partial results to `states`.
///
/// # Safety
/// The unit's elements can be read; there is room for a state of each output.
pub(crate) unsafe fn partial(kernel: &Erased, unit: &Plan, blocks: Range<usize>, states: *mut u8) {
    let (mut tile, mut tree) = (Tile::new(kernel), Tree::new(kernel));
    let column = unit.kept.last().copied().unwrap_or(ALONE);
    // SAFETY: by this function's contract.
    unsafe {
        match unit.form {
            Form::Columns => columns(kernel, unit, &column, unit.input, blocks, &mut tile, &mut tree),
            Form::Rows => {
                let all = Blocks::new(kernel, &unit.reduced);
                row(kernel, &all, unit.input, blocks, &mut tile, &mut tree);
            }
        }
        std::ptr::copy_nonoverlapping(tree.finish(), states, column.length * kernel.state);
    }
}

/// Merges a unit's partial results and writes its outputs: `chunks` rows of a state for each output, each row
/// beginning at a multiple of 16 bytes.
///
/// # Safety
/// The outputs can be written; [`partial`] has written the states.
pub(crate) unsafe fn combine(kernel: &Erased, unit: &Plan, chunks: usize, states: *const u8, divisor: f64) {
    let column = unit.kept.last().copied().unwrap_or(ALONE);
    let n = column.length;
    let bytes = (n * kernel.state).next_multiple_of(size_of::<u128>());
    let mut tree = Tree::new(kernel);
    tree.clear(n);
    for chunk in 0..chunks {
        let chunk_states = states.wrapping_add(chunk * bytes);
        if chunk > 0 {
            tree.push();
        }
        // SAFETY: the states of a chunk; the row at the top has been filled, and if there is no other, it has
        // the chunks before.
        unsafe {
            if kernel.associative && chunk > 0 {
                kernel.merge(tree.top(), chunk_states, n);
            } else {
                std::ptr::copy_nonoverlapping(chunk_states, tree.top(), n * kernel.state);
            }
        }
    }
    // SAFETY: by this function's contract.
    unsafe { kernel.finish(tree.finish(), n, unit.output, column.output, divisor) };
}

/// The plan in units: one output each along rows, a panel of outputs each across columns.
pub(crate) fn units(kernel: &Erased, plan: &Plan) -> Vec<Plan> {
    let mut units = Vec::new();
    let panels = plan.form == Form::Columns;
    for (input, output) in plan.indices(panels as usize) {
        let one = Plan { input, output, kept: Default::default(), ..plan.clone() };
        if !panels {
            units.push(one);
            continue;
        }
        for (start, panel) in panels_of(kernel, plan.kept.last().expect("columns are kept")) {
            let mut unit = one.clone();
            unit.input = unit.input.wrapping_offset(panel.input * start as isize);
            unit.output = unit.output.wrapping_offset(panel.output * start as isize);
            unit.kept.push(panel);
            units.push(unit);
        }
    }
    units
}

/// How many blocks a unit has.
pub(crate) fn block_count(kernel: &Erased, plan: &Plan) -> usize {
    match plan.form {
        Form::Rows => Blocks::new(kernel, &plan.reduced).count,
        Form::Columns => plan.reduced_count().div_ceil(ROWS),
    }
}

/// One output.
const ALONE: Kept = Kept { length: 1, input: 0, output: 0 };

/// Where each panel along an axis begins, and the axis it has.
fn panels_of(kernel: &Erased, axis: &Kept) -> impl Iterator<Item = (usize, Kept)> + use<> {
    let axis = *axis;
    let width = if in_place(kernel, &axis) { PANEL } else { PACKED_PANEL };
    let panel = move |start| (start, Kept { length: width.min(axis.length - start), ..axis });
    (0..axis.length).step_by(width).map(panel)
}

/// Whether a core takes rows along these columns from where they are.
fn in_place(kernel: &Erased, column: &Kept) -> bool {
    column.input == kernel.item as isize && kernel.convert.is_none()
}

/// The result of some blocks of one output, in the tree.
///
/// # Safety
/// The elements that the blocks' axes reach from `input` can be read.
unsafe fn row(
    kernel: &Erased,
    blocks: &Blocks<'_>,
    input: *const u8,
    range: Range<usize>,
    tile: &mut Tile<'_>,
    tree: &mut Tree<'_>,
) {
    tree.clear(1);
    let first = range.start;
    for index in range {
        if index > first {
            if tree.is_settled() {
                return;
            }
            tree.push();
        }
        // SAFETY: by this function's contract.
        unsafe {
            let (from, count, position) = blocks.get(input, index, tile);
            blocks.fetch_after(input, index);
            kernel.along(tree.top(), 1, (from, blocks.step), 0, count, position);
        }
    }
}

/// The results of some blocks of rows, one of each column, in the tree.
///
/// # Safety
/// The elements that the plan's reduced axes and `column` reach from `input` can be read.
unsafe fn columns(
    kernel: &Erased,
    plan: &Plan,
    column: &Kept,
    input: *const u8,
    blocks: Range<usize>,
    tile: &mut Tile<'_>,
    tree: &mut Tree<'_>,
) {
    let (count, n) = (plan.reduced_count(), column.length);
    let begin = blocks.start;
    tree.clear(n);
    for block in blocks {
        if block > begin {
            if tree.is_settled() {
                return;
            }
            tree.push();
        }
        let first = block * ROWS;
        let height = ROWS.min(count - first);
        let mut rows = [std::ptr::null(); ROWS];
        let rows = &mut rows[..height];
        for (row, i) in rows.iter_mut().zip(first..) {
            *row = input.wrapping_offset(offset(&plan.reduced, i));
        }
        if !in_place(kernel, column) {
            let to = tile.reserve(height * n);
            if let [axis] = *plan.reduced {
                // SAFETY: rows of the panel, as far apart as the axis says.
                unsafe { tile.place(0, rows[0], [axis.stride, column.input], [height, n]) };
            }
            for (i, row) in rows.iter_mut().enumerate() {
                if plan.reduced.len() != 1 {
                    // SAFETY: a row of the panel.
                    unsafe { tile.place(i * n, *row, [0, column.input], [1, n]) };
                }
                *row = to.wrapping_add(i * n * kernel.work);
            }
        }
        // SAFETY: rows of `n` elements side by side.
        unsafe { kernel.across(tree.top(), n, rows, first) };
    }
}
