//! The loops of scans, written once for all accumulators: along rows and down columns.
//!
//! Along a row each state needs the one before, so that the compiler makes no vectors of it. Down
//! columns it does: a strip of columns has its states in the innermost cache.

use std::marker::PhantomData;

use crate::Element;
use crate::engine::isa::{self, Level};
use crate::engine::reduce::kernel::Accumulate;
use crate::engine::reduce::plan::{Form, Kept, Plan};
use crate::engine::shells::for_each_isa;

/// Columns at a time.
const STRIP: usize = 256;

/// A scan's loops over a plan, whose outputs lie as many bytes apart along the axis.
///
/// # Safety
/// The plan's elements can be read, and from each of its outputs on as many can be written.
pub(crate) type Run = unsafe fn(&Plan, isize);

struct Body<K, T>(PhantomData<(K, T)>);

macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        $(#[target_feature(enable = $features)])?
        unsafe fn $name<K: Accumulate<T>, T: Element>(plan: &Plan, step: isize) {
            // SAFETY: the caller keeps the contract of `Run`, which is that of `run`.
            unsafe { Body::<K, T>::run(plan, step) }
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

impl<T: Element, K: Accumulate<T>> Body<K, T> {
    /// # Safety
    /// As [`Run`].
    #[inline(always)]
    unsafe fn run(plan: &Plan, step: isize) {
        let count = plan.reduced_count();
        let stride = plan.reduced.last().map_or(0, |axis| axis.stride);
        if plan.form == Form::Rows {
            for (input, output) in plan.indices(0) {
                // SAFETY: elements and outputs of one index of the kept axes.
                unsafe { Self::row(input, stride, output, step, count) };
            }
            return;
        }
        let column = plan.kept.last().expect("columns are kept");
        for (input, output) in plan.indices(1) {
            for start in (0..column.length).step_by(STRIP) {
                let strip = Kept { length: STRIP.min(column.length - start), ..*column };
                let start = start as isize;
                let (input, output) = (
                    input.wrapping_offset(start * strip.input),
                    output.wrapping_offset(start * strip.output),
                );
                // SAFETY: elements and outputs of a strip of columns.
                unsafe { Self::strip(&strip, input, stride, output, step, count) };
            }
        }
    }

    /// # Safety
    /// `count` elements, at least one, can be read and outputs written at these strides.
    #[inline(always)]
    unsafe fn row(input: *const u8, stride: isize, output: *mut u8, step: isize, count: usize) {
        let run = |stride: isize, step: isize| {
            // SAFETY: element and output `i`, by this function's contract.
            let read = |i: isize| unsafe { input.offset(stride * i).cast::<T>().read() };
            let write = |i: isize, value| {
                // SAFETY: as above.
                unsafe { output.offset(step * i).cast::<K::Output>().write(value) }
            };
            let mut state = K::first(read(0));
            write(0, K::finish(state, 1.0));
            for i in 1..count as isize {
                state = K::step(state, read(i), i as usize);
                write(i, K::finish(state, 1.0));
            }
        };
        // Strides that the compiler knows cost nothing.
        let (item, item_out) = (size_of::<T>() as isize, size_of::<K::Output>() as isize);
        if (stride, step) == (item, item_out) { run(item, item_out) } else { run(stride, step) }
    }

    /// # Safety
    /// As [`row`](Self::row), for each column of the strip.
    #[inline(always)]
    unsafe fn strip(
        columns: &Kept,
        input: *const u8,
        stride: isize,
        output: *mut u8,
        step: isize,
        count: usize,
    ) {
        let n = columns.length;
        let (item, item_out) = (size_of::<T>() as isize, size_of::<K::Output>() as isize);
        let mut states = [K::empty(); STRIP];
        let states = &mut states[..n];
        let side_by_side = (columns.input, columns.output) == (item, item_out);
        for i in 0..count as isize {
            let (from, to) = (input.wrapping_offset(stride * i), output.wrapping_offset(step * i));
            if side_by_side {
                // SAFETY: row `i` of the strip, whose elements and outputs lie side by side; the
                // outputs are fresh memory.
                let (row, to) = unsafe {
                    (
                        std::slice::from_raw_parts(from.cast::<T>(), n),
                        std::slice::from_raw_parts_mut(to.cast::<std::mem::MaybeUninit<K::Output>>(), n),
                    )
                };
                for ((state, &x), to) in states.iter_mut().zip(row).zip(to) {
                    *state = if i == 0 { K::first(x) } else { K::step(*state, x, i as usize) };
                    to.write(K::finish(*state, 1.0));
                }
            } else {
                for (j, state) in states.iter_mut().enumerate() {
                    let j = j as isize;
                    // SAFETY: row `i`, column `j`.
                    let x = unsafe { from.offset(columns.input * j).cast::<T>().read() };
                    *state = if i == 0 { K::first(x) } else { K::step(*state, x, i as usize) };
                    // SAFETY: as above.
                    unsafe {
                        to.offset(columns.output * j).cast::<K::Output>().write(K::finish(*state, 1.0))
                    };
                }
            }
        }
    }
}
