//! The loops of reductions, written once for all kernels: along rows and across columns.
//!
//! No closure stands between a shell and a kernel: the compiler may make a function of it, which
//! would not have the shell's instructions.
//!
//! A kernel sees slices only. What does not lie side by side is packed into a tile in the
//! innermost cache first: the reduced elements of one output in their order, or the rows of a panel
//! of columns.
//!
//! Along rows: the elements of one output are cut into blocks. If the innermost reduced axis is
//! long, blocks do not cross from one run along it to the next; if it is short, they do.
//!
//! Across columns: `PANEL` outputs at a time, in blocks of `ROWS` rows.

use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;

use super::kernel::{Accumulate, BLOCK, PACKED, PANEL};
use super::plan::{Form, Kept, Plan, Reduced, offset};
use super::tree::Tree;
use crate::Element;
use crate::engine::isa::{self, Isa, Level};
use crate::engine::shells::for_each_isa;

/// Rows in a block, whose results are merged in a tree.
const ROWS: usize = 64;

/// What to do of a plan.
#[derive(Clone)]
pub(crate) enum Job {
    /// All of it.
    Whole,
    /// Some blocks of the only unit: writes the unit's partial results to `states`.
    Partial { blocks: Range<usize>, states: *mut u8 },
    /// Merges `chunks` partial results of each output of the only unit, and writes the outputs.
    Combine { chunks: usize, states: *const u8 },
}

/// A reduction's loops over a plan. The last argument goes to `Accumulate::finish`.
///
/// # Safety
/// The plan's elements can be read, its outputs written; for the partial jobs the plan is one unit
/// (see [`units`]), and `states` has room for an accumulator of each output (and chunk).
pub(crate) type Run = unsafe fn(&Plan, &Job, f64);

struct Body<K, T>(PhantomData<(K, T)>);

macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        $(#[target_feature(enable = $features)])?
        unsafe fn $name<K: Accumulate<T>, T: Element>(plan: &Plan, job: &Job, divisor: f64) {
            // SAFETY: the caller keeps the contract of `Run`, which is that of `run`.
            unsafe { Body::<K, T>::run::<isa::$isa>(plan, job, divisor) }
        }
    )*};
}
for_each_isa!(shells);

/// The loops compiled for the instruction set in use.
pub(crate) fn select<K: Accumulate<T>, T: Element>() -> Run {
    match isa::level() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => avx512::<K, T>,
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => avx2::<K, T>,
        _ => baseline::<K, T>,
    }
}

/// The plan in units: one output each along rows, at most [`PANEL`] outputs each across columns.
pub(crate) fn units(plan: &Plan) -> Vec<Plan> {
    let mut units = Vec::new();
    let panels = plan.form == Form::Columns;
    for (input, output) in plan.indices(panels as usize) {
        let one = Plan { input, output, kept: Default::default(), ..plan.clone() };
        if !panels {
            units.push(one);
            continue;
        }
        for (start, panel) in panels_of(plan.kept.last().expect("columns are kept")) {
            let mut unit = one.clone();
            unit.input = unit.input.wrapping_offset(panel.input * start as isize);
            unit.output = unit.output.wrapping_offset(panel.output * start as isize);
            unit.kept.push(panel);
            units.push(unit);
        }
    }
    units
}

/// Where each panel along an axis begins, and the axis it has.
fn panels_of(axis: &Kept) -> impl Iterator<Item = (usize, Kept)> {
    let axis = *axis;
    let panel = move |start| (start, Kept { length: PANEL.min(axis.length - start), ..axis });
    (0..axis.length).step_by(PANEL).map(panel)
}

/// How many blocks a unit has.
pub(crate) fn block_count<T: Element>(plan: &Plan) -> usize {
    match plan.form {
        Form::Rows => Blocks::new::<T>(&plan.reduced).count,
        Form::Columns => plan.reduced_count().div_ceil(ROWS),
    }
}

/// How the elements of one output are cut into blocks.
struct Blocks<'a> {
    axes: &'a [Reduced],
    /// Blocks for each run of the innermost axis; zero if blocks cross from run to run.
    per_run: usize,
    /// Elements in a run.
    run: usize,
    /// Elements in a block, at most.
    block: usize,
    count: usize,
    elements: usize,
}

impl<'a> Blocks<'a> {
    #[inline(always)]
    fn new<T: Element>(axes: &'a [Reduced]) -> Self {
        let elements: usize = axes.iter().map(|axis| axis.length).product();
        let inner = axes.last().copied().unwrap_or(Reduced { length: 1, stride: size_of::<T>() as isize });
        let run = inner.length;
        let block = if inner.stride == size_of::<T>() as isize { BLOCK } else { PACKED };
        if axes.len() > 1 && run < BLOCK / 16 {
            return Blocks { axes, per_run: 0, run, block, count: elements.div_ceil(block), elements };
        }
        let per_run = run.div_ceil(block);
        Blocks { axes, per_run, run, block, count: elements / run * per_run, elements }
    }

    /// The elements of block `index` and the position of the first.
    ///
    /// # Safety
    /// The elements that the axes reach from `input` can be read for as long as `tile` is borrowed.
    #[inline(always)]
    unsafe fn get<'t, T: Element>(
        &self,
        input: *const u8,
        index: usize,
        tile: &'t mut [MaybeUninit<T>; BLOCK],
    ) -> (&'t [T], usize) {
        let stride = self.axes.last().map_or(size_of::<T>() as isize, |axis| axis.stride);
        let outer = &self.axes[..self.axes.len().saturating_sub(1)];
        if self.per_run == 0 {
            let position = index * self.block;
            let count = self.block.min(self.elements - position);
            let (mut filled, mut run, mut start) = (0, position / self.run, position % self.run);
            while filled < count {
                let n = (self.run - start).min(count - filled);
                let from = input.wrapping_offset(offset(outer, run) + stride * start as isize);
                // SAFETY: `n` elements of this run, as the axes reach them.
                unsafe { pack(from, stride, &mut tile[filled..filled + n]) };
                (filled, run, start) = (filled + n, run + 1, 0);
            }
            // SAFETY: `count` elements were packed.
            return (unsafe { initialised(&tile[..count]) }, position);
        }
        let (run, part) = match outer {
            [] => (0, index),
            _ => (index / self.per_run, index % self.per_run),
        };
        let start = part * self.block;
        let count = self.block.min(self.run - start);
        let from = input.wrapping_offset(offset(outer, run) + stride * start as isize);
        let position = run * self.run + start;
        // SAFETY: `count` elements of this run, as the axes reach them.
        unsafe {
            if stride == size_of::<T>() as isize {
                return (std::slice::from_raw_parts(from.cast(), count), position);
            }
            pack(from, stride, &mut tile[..count]);
            (initialised(&tile[..count]), position)
        }
    }
}

/// # Safety
/// All of it has been written.
#[inline(always)]
unsafe fn initialised<T>(tile: &[MaybeUninit<T>]) -> &[T] {
    // SAFETY: the same elements, by this function's contract.
    unsafe { std::slice::from_raw_parts(tile.as_ptr().cast(), tile.len()) }
}

/// Copies elements that are `stride` bytes apart.
///
/// # Safety
/// As many elements as `to` has can be read from `from` on.
#[inline(always)]
unsafe fn pack<T: Element>(from: *const u8, stride: isize, to: &mut [MaybeUninit<T>]) {
    let mut at = |stride: isize| {
        for (i, to) in to.iter_mut().enumerate() {
            // SAFETY: element `i`, by this function's contract.
            to.write(unsafe { from.offset(stride * i as isize).cast::<T>().read() });
        }
    };
    // A stride that the compiler knows becomes vector loads and shuffles.
    let item = size_of::<T>() as isize;
    match stride {
        _ if stride == 2 * item => at(2 * item),
        _ if stride == 3 * item => at(3 * item),
        _ => at(stride),
    }
}

impl<T: Element, K: Accumulate<T>> Body<K, T> {
    /// # Safety
    /// As [`Run`].
    #[inline(always)]
    unsafe fn run<I: Isa>(plan: &Plan, job: &Job, divisor: f64) {
        let (blocks, partial) = match job {
            Job::Whole => (0..block_count::<T>(plan), None),
            Job::Partial { blocks, states } => (blocks.clone(), Some(states.cast::<K::State>())),
            Job::Combine { chunks, states } => {
                // SAFETY: by the contract of `Run`.
                return unsafe { Self::combine(plan, *chunks, *states, divisor) };
            }
        };
        if plan.form == Form::Rows {
            let all = Blocks::new::<T>(&plan.reduced);
            let mut tile = [MaybeUninit::uninit(); BLOCK];
            for (input, output) in plan.indices(0) {
                // SAFETY: elements and output of one index of the kept axes; `states` has room for
                // one.
                unsafe {
                    let state = Self::row::<I>(&all, input, blocks.clone(), &mut tile);
                    match partial {
                        None => output.cast::<K::Output>().write(K::finish(state, divisor)),
                        Some(states) => states.write(state),
                    }
                }
            }
            return;
        }
        let column = plan.kept.last().expect("columns are kept");
        let mut panels = Panels::new();
        for (input, output) in plan.indices(1) {
            for (start, panel) in panels_of(column) {
                let start = start as isize;
                let output = output.wrapping_offset(start * panel.output);
                // SAFETY: elements and outputs of a panel; `states` has room for one panel.
                unsafe {
                    let input = input.wrapping_offset(start * panel.input);
                    Self::panel::<I>(plan, &panel, input, blocks.clone(), &mut panels);
                    match partial {
                        None => write::<K, T>(&panels.result, output, panel.output, divisor),
                        Some(states) => {
                            std::ptr::copy_nonoverlapping(panels.result.as_ptr(), states, panel.length);
                        }
                    }
                }
            }
        }
    }

    /// Merges the partial results of the only unit.
    ///
    /// # Safety
    /// As [`Run`].
    #[inline(never)]
    unsafe fn combine(plan: &Plan, chunks: usize, states: *const u8, divisor: f64) {
        let column = plan.kept.last().copied().unwrap_or(Kept { length: 1, input: 0, output: 0 });
        // SAFETY: so many partial results were written by partial jobs.
        let states = unsafe { std::slice::from_raw_parts(states.cast::<K::State>(), chunks * column.length) };
        let mut merged = Vec::with_capacity(column.length);
        for j in 0..column.length {
            let mut tree = Tree::new();
            for chunk in 0..chunks {
                tree.push(states[chunk * column.length + j], K::merge);
            }
            merged.push(tree.finish(K::merge).unwrap_or_else(K::empty));
        }
        // SAFETY: the unit's outputs.
        unsafe { write::<K, T>(&merged, plan.output, column.output, divisor) };
    }

    /// The result of some blocks of one output.
    ///
    /// # Safety
    /// The elements that the blocks' axes reach from `input` can be read.
    #[inline(always)]
    unsafe fn row<I: Isa>(
        blocks: &Blocks<'_>,
        input: *const u8,
        range: Range<usize>,
        tile: &mut [MaybeUninit<T>; BLOCK],
    ) -> K::State {
        let in_tree = !K::ASSOCIATIVE && range.len() > 1;
        let mut tree = Tree::new();
        let mut state = K::empty();
        for index in range {
            // SAFETY: by this function's contract.
            let (x, at) = unsafe { blocks.get(input, index, tile) };
            state = K::fold::<I>(if in_tree { K::empty() } else { state }, x, at);
            if in_tree {
                tree.push(state, K::merge);
            } else if K::is_settled(&state) {
                break;
            }
        }
        tree.finish(K::merge).unwrap_or(state)
    }

    /// The results of some blocks of rows, one of each column, in `panels.result`.
    ///
    /// # Safety
    /// The elements that the plan's reduced axes and `column` reach from `input` can be read.
    #[inline(always)]
    unsafe fn panel<I: Isa>(
        plan: &Plan,
        column: &Kept,
        input: *const u8,
        blocks: Range<usize>,
        panels: &mut Panels<K::State, T>,
    ) {
        let count = plan.reduced_count();
        let n = column.length;
        let side_by_side = column.input == size_of::<T>() as isize;
        let mut tree = Tree::new();
        let mut states = panels.take(n, K::empty());
        for block in blocks {
            let first = block * ROWS;
            let height = ROWS.min(count - first);
            let mut rows: [&[T]; ROWS] = [&[]; ROWS];
            let addresses = (first..first + height).map(|i| input.wrapping_offset(offset(&plan.reduced, i)));
            if side_by_side {
                for (row, from) in rows.iter_mut().zip(addresses) {
                    // SAFETY: a row of the panel, whose elements lie side by side.
                    *row = unsafe { std::slice::from_raw_parts(from.cast(), n) };
                }
            } else {
                panels.tile.resize(ROWS * PANEL, MaybeUninit::uninit());
                let tiles = panels.tile.chunks_exact_mut(PANEL);
                for ((row, from), tile) in rows.iter_mut().zip(addresses).zip(tiles) {
                    // SAFETY: a row of the panel is packed into the tile.
                    *row = unsafe {
                        pack(from, column.input, &mut tile[..n]);
                        initialised(&tile[..n])
                    };
                }
            }
            K::fold_rows::<I>(&mut states, &rows[..height], first);
            if !K::ASSOCIATIVE {
                let mut spare = std::mem::take(&mut panels.spare);
                tree.push(states, |before: Vec<K::State>, after| {
                    let merged = merge::<K, T>(before, &after);
                    spare.push(after);
                    merged
                });
                panels.spare = spare;
                states = panels.take(n, K::empty());
            } else if states.iter().all(K::is_settled) {
                break;
            }
        }
        if !K::ASSOCIATIVE {
            states = tree.finish(|before, after| merge::<K, T>(before, &after)).unwrap_or(states);
        }
        panels.spare.push(std::mem::replace(&mut panels.result, states));
    }
}

#[inline(always)]
fn merge<K: Accumulate<T>, T: Element>(mut before: Vec<K::State>, after: &[K::State]) -> Vec<K::State> {
    for (before, &after) in before.iter_mut().zip(after) {
        *before = K::merge(*before, after);
    }
    before
}

/// # Safety
/// As many outputs as there are states can be written at this stride.
#[inline(always)]
unsafe fn write<K: Accumulate<T>, T: Element>(
    states: &[K::State],
    output: *mut u8,
    stride: isize,
    divisor: f64,
) {
    for (j, &state) in states.iter().enumerate() {
        // SAFETY: output `j`, by this function's contract.
        unsafe { output.offset(stride * j as isize).cast::<K::Output>().write(K::finish(state, divisor)) };
    }
}

/// Memory of the columns' loops, used again for each panel.
struct Panels<S, T> {
    result: Vec<S>,
    spare: Vec<Vec<S>>,
    tile: Vec<MaybeUninit<T>>,
}

impl<S: Copy, T> Panels<S, T> {
    fn new() -> Self {
        Panels { result: Vec::new(), spare: Vec::new(), tile: Vec::new() }
    }

    /// Accumulators for `n` columns, all `empty`.
    fn take(&mut self, n: usize, empty: S) -> Vec<S> {
        let mut states = self.spare.pop().unwrap_or_default();
        states.clear();
        states.resize(n, empty);
        states
    }
}
