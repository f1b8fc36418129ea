//! The loops of scans: along rows and down columns.
//!
//! Along a row each state needs the one before, so that the compiler makes no vectors of it; where merging may
//! be in any grouping, it is only each fourth. Down
//! columns it does: a strip of columns has its states in the innermost cache.
//!
//! As in reductions, two inner loops are compiled for each core, dtype and instruction set, and what walks
//! through layouts and converts elements is compiled once.

use std::hint::black_box;
use std::marker::PhantomData;
use std::mem::transmute;

use crate::Element;
use crate::engine::copies;
use crate::engine::isa;
use crate::engine::reduce::blocks::{Lines, Tile, room};
use crate::engine::reduce::erased::{Erased, conversion};
use crate::engine::reduce::kernel::{Accumulate, Core};
use crate::engine::reduce::plan::{Form, Kept, Plan};
use crate::engine::shells::{Loop, for_each_isa};

use super::Scan;

/// Columns at a time.
const STRIP: usize = 256;
/// Elements of a row that are converted at a time.
const PART: usize = 1024;

/// A row: the state, elements and outputs with their strides in bytes, how many, whether the first begins.
type Along = unsafe fn(*mut u8, *const u8, isize, *mut u8, isize, usize, bool);
/// Columns: their states, a row of elements and one of outputs, which lie side by side, whether it begins.
type Across = unsafe fn(*mut [u8], *const u8, *mut u8, bool);

/// A scan with its types erased.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    along: Along,
    across: Across,
    /// What elements are taken and converted by.
    kernel: Erased,
    /// The loop that makes an output of a state, unless it is one.
    finish: Option<Loop<2>>,
}

impl Table {
    /// The table of an accumulator on the instruction set in use.
    pub(crate) fn new<K: Scan<T>, T: Element>() -> Self {
        let (along, across) = select::<<K as Accumulate<T>>::Core, K::Work>();
        let finish = conversion(K::Work::DTYPE, K::Output::DTYPE);
        Table { along, across, kernel: Erased::new::<K, T>(), finish }
    }

    /// Scans a plan, whose outputs lie `step` bytes apart along the axis.
    ///
    /// # Safety
    /// The plan's elements can be read, and from each of its outputs on as many can be written.
    pub(crate) unsafe fn run(&self, plan: &Plan, step: isize) {
        let mut run = Running {
            table: self,
            tile: Tile::new(&self.kernel),
            states: Lines::new(),
            results: Lines::new(),
            outputs: Lines::new(),
            copy: copies::copying(self.kernel.result),
        };
        let count = plan.reduced_count();
        let stride = plan.reduced.last().map_or(0, |axis| axis.stride);
        if plan.form == Form::Rows {
            for (input, output) in plan.indices(0) {
                // SAFETY: elements and outputs of one index of the kept axes.
                unsafe { run.row(input, stride, output, step, count) };
            }
            return;
        }
        let column = plan.kept.last().expect("columns are kept");
        for (input, output) in plan.indices(1) {
            for start in (0..column.length).step_by(STRIP) {
                let strip = Kept { length: STRIP.min(column.length - start), ..*column };
                let start = start as isize;
                let input = input.wrapping_offset(start * strip.input);
                let output = output.wrapping_offset(start * strip.output);
                // SAFETY: elements and outputs of a strip of columns.
                unsafe { run.strip(&strip, input, stride, output, step, count) };
            }
        }
    }
}

/// A scan, and what it needs on its way.
struct Running<'k> {
    table: &'k Table,
    tile: Tile<'k>,
    states: Lines,
    results: Lines,
    outputs: Lines,
    copy: Loop<2>,
}

impl Running<'_> {
    /// # Safety
    /// `count` elements, at least one, can be read and outputs written at these strides.
    unsafe fn row(&mut self, input: *const u8, stride: isize, output: *mut u8, step: isize, count: usize) {
        let Table { along, kernel, finish, .. } = *self.table;
        let state = room(&mut self.states, kernel.state);
        if kernel.convert.is_none() && finish.is_none() {
            // SAFETY: by this function's contract.
            return unsafe { along(state, input, stride, output, step, count, true) };
        }
        let item = kernel.work as isize;
        for start in (0..count).step_by(PART) {
            let n = PART.min(count - start);
            let input = input.wrapping_offset(stride * start as isize);
            let output = output.wrapping_offset(step * start as isize);
            let from = self.tile.reserve(n);
            let results = room(&mut self.results, n * kernel.state);
            let (to, by) = if finish.is_some() { (results, item) } else { (output, step) };
            // SAFETY: a part of the row; there is room for it in the tiles.
            unsafe {
                self.tile.place(0, input, [0, stride], [1, n]);
                along(state, from, item, to, by, n, start == 0);
                if finish.is_some() {
                    self.write(results, n, output, step);
                }
            }
        }
    }

    /// # Safety
    /// As [`row`](Self::row), for each column of the strip.
    unsafe fn strip(
        &mut self,
        columns: &Kept,
        input: *const u8,
        stride: isize,
        output: *mut u8,
        step: isize,
        count: usize,
    ) {
        let Table { across, kernel, finish, .. } = *self.table;
        let n = columns.length;
        let states = std::ptr::slice_from_raw_parts_mut(room(&mut self.states, n * kernel.state), n);
        let takes = kernel.convert.is_none() && columns.input == kernel.item as isize;
        let gives = finish.is_none() && columns.output == self.table.kernel.result as isize;
        let results = room(&mut self.results, n * kernel.state);
        let placed = self.tile.reserve(n);
        for i in 0..count as isize {
            let (from, to) = (input.wrapping_offset(stride * i), output.wrapping_offset(step * i));
            // SAFETY: row `i` of the strip; there is room for it in the tiles.
            unsafe {
                if !takes {
                    self.tile.place(0, from, [0, columns.input], [1, n]);
                }
                across(states, if takes { from } else { placed }, if gives { to } else { results }, i == 0);
                if !gives {
                    self.write(results, n, to, columns.output);
                }
            }
        }
    }

    /// Makes outputs of `n` results that lie side by side.
    ///
    /// # Safety
    /// The results can be read, the outputs written.
    unsafe fn write(&mut self, results: *mut u8, n: usize, output: *mut u8, step: isize) {
        let (work, item) = (self.table.kernel.work as isize, self.table.kernel.result as isize);
        // SAFETY: by this function's contract; there is room for as many outputs between.
        unsafe {
            match self.table.finish {
                Some(finish) if step == item => finish([results, output], &[[0; 2], [work, item]], [1, n]),
                Some(finish) => {
                    let between = room(&mut self.outputs, n * self.table.kernel.result);
                    finish([results, between], &[[0; 2], [work, item]], [1, n]);
                    (self.copy)([between, output], &[[0; 2], [item, step]], [1, n]);
                }
                None => (self.copy)([results, output], &[[0; 2], [item, step]], [1, n]),
            }
        }
    }
}

struct Body<C, W>(PhantomData<(C, W)>);

impl<C: Core<W, State = W>, W: Element> Body<C, W> {
    /// # Safety
    /// As [`Along`] says.
    #[inline(always)]
    unsafe fn along(
        state: *mut W,
        input: *const u8,
        stride: isize,
        output: *mut u8,
        step: isize,
        count: usize,
        begins: bool,
    ) {
        let item = size_of::<W>() as isize;
        let side_by_side = (stride, step) == (item, item);
        // SAFETY: element and output `i`, by this function's contract.
        unsafe {
            let mut last = if begins {
                C::first(input.cast::<W>().read())
            } else {
                C::step(*state, input.cast::<W>().read(), 0)
            };
            output.cast::<W>().write(last);
            let mut i = 1;
            if C::SCANS_BY_FOUR {
                // Four are merged with one another, while the four before are with all that come before these.
                while i + 4 <= count as isize {
                    let x: [W; 4] = std::array::from_fn(|k| {
                        C::first(input.offset(stride * (i + k as isize)).cast::<W>().read())
                    });
                    let two = C::merge(x[0], x[1]);
                    let three = C::merge(two, x[2]);
                    // The compiler must not see that it could as well begin with `last`.
                    let four = black_box(C::merge(two, C::merge(x[2], x[3])));
                    let states = [x[0], two, three, four].map(|state| C::merge(last, state));
                    for (k, state) in states.into_iter().enumerate() {
                        output.offset(step * (i + k as isize)).cast::<W>().write(state);
                    }
                    last = states[3];
                    i += 4;
                }
            }
            if side_by_side {
                // Strides that the compiler knows cost nothing.
                for i in i as usize..count {
                    last = C::step(last, input.cast::<W>().add(i).read(), 0);
                    output.cast::<W>().add(i).write(last);
                }
            } else {
                for i in i..count as isize {
                    last = C::step(last, input.offset(stride * i).cast::<W>().read(), 0);
                    output.offset(step * i).cast::<W>().write(last);
                }
            }
            state.write(last);
        }
    }

    /// # Safety
    /// As [`Across`] says.
    #[inline(always)]
    unsafe fn across(states: &mut [W], row: *const W, to: *mut W, begins: bool) {
        // SAFETY: as many elements and outputs as there are states, by this function's contract; outputs are
        // fresh memory or a tile.
        let (row, to) = unsafe {
            (
                std::slice::from_raw_parts(row, states.len()),
                std::slice::from_raw_parts_mut(to.cast::<std::mem::MaybeUninit<W>>(), states.len()),
            )
        };
        for ((state, &x), to) in states.iter_mut().zip(row).zip(to) {
            *state = if begins { C::first(x) } else { C::step(*state, x, 0) };
            to.write(*state);
        }
    }
}

/// The two loops of a core for each instruction set, in modules of their names.
macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        mod $name {
            use super::*;

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn along<C: Core<W, State = W>, W: Element>(
                state: *mut W,
                input: *const u8,
                stride: isize,
                output: *mut u8,
                step: isize,
                count: usize,
                begins: bool,
            ) {
                // SAFETY: as `Along` says.
                unsafe { Body::<C, W>::along(state, input, stride, output, step, count, begins) }
            }

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn across<C: Core<W, State = W>, W: Element>(
                states: &mut [W],
                row: *const W,
                to: *mut W,
                begins: bool,
            ) {
                // SAFETY: as `Across` says.
                unsafe { Body::<C, W>::across(states, row, to, begins) }
            }
        }
    )*};
}
for_each_isa!(shells);

/// The loops compiled for the instruction set in use.
fn select<C: Core<W, State = W>, W: Element>() -> (Along, Across) {
    type AlongStates<W> = unsafe fn(*mut W, *const u8, isize, *mut u8, isize, usize, bool);
    type AcrossStates<W> = unsafe fn(&mut [W], *const W, *mut W, bool);
    let (along, across): (AlongStates<W>, AcrossStates<W>) = match isa::level() {
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx512 => (avx512::along::<C, W>, avx512::across::<C, W>),
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx2 => (avx2::along::<C, W>, avx2::across::<C, W>),
        _ => (baseline::along::<C, W>, baseline::across::<C, W>),
    };
    // SAFETY: pointers to states, whose type is erased, are passed alike whatever they point to.
    unsafe { (transmute::<AlongStates<W>, Along>(along), transmute::<AcrossStates<W>, Across>(across)) }
}
