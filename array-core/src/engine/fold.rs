//! Folds of any function of two arguments along axes: `reduce`, `accumulate` and `reduceat` without a
//! kernel of their own.
//!
//! Where many results are wanted, the function's loop runs over rows of them, once for each element of
//! the folded axis. Where it is one at a time, its loop takes single elements in turn: the state and an
//! element in, the state out. Either way elements come strictly in order, from the left; unless the kernel
//! says that an accumulator gives the same, or the same more exactly: [`Whole`].

use std::mem::MaybeUninit;

use super::copies;
use super::function::Function;
use super::kernel::Binary;
use super::reduce::kernel::Accumulate;
use super::reduce::plan::{Form, Plan, Reduced, offset};
use super::reduce::{self, AxisSet, Operand, check_mask, plan_of};
use super::scan::{Along, along, in_parts};
use super::shells::Loop;
use super::target::Target;
use crate::{Array, Element, Error, Result};

/// Results that are folded at a time: they, and what they are made of, stay in the inner caches.
const STRIP: usize = 256;

/// As [`STRIP`], of a fold that may settle: so few that all of them have soon.
const SETTLING_STRIP: usize = 64;

/// Elements after which a fold that may settle is looked at.
const LOOK_EVERY: usize = 32;

/// The states of some columns, side by side, and room for a row of elements to be put so too.
struct Strip<T> {
    run: Loop<3>,
    copy: Loop<2>,
    states: [MaybeUninit<T>; STRIP],
    row: [MaybeUninit<T>; STRIP],
}

impl<T: Element> Strip<T> {
    const ITEM: isize = size_of::<T>() as isize;

    fn new(run: Loop<3>) -> Self {
        let empty = [MaybeUninit::uninit(); STRIP];
        Strip { run, copy: copies::copying(size_of::<T>()), states: empty, row: empty }
    }

    /// Takes the first row of elements for the states.
    ///
    /// # Safety
    /// `n` elements, at most a strip, can be read from `from` at this step in bytes.
    unsafe fn begin(&mut self, from: *const u8, step: isize, n: usize) {
        let to = self.states.as_mut_ptr().cast();
        // SAFETY: by this function's contract; the states are apart from all else.
        unsafe { (self.copy)([from.cast_mut(), to], &[[0; 2], [step, Self::ITEM]], [1, n]) };
    }

    /// Folds a row of elements into the states.
    ///
    /// # Safety
    /// As [`begin`](Self::begin), which came before.
    unsafe fn fold(&mut self, from: *const u8, step: isize, n: usize) {
        let states = self.states.as_mut_ptr().cast();
        let mut row = from.cast_mut();
        // SAFETY: by this function's contract; all is contiguous, and the states are both input and output.
        unsafe {
            if step != Self::ITEM {
                row = self.row.as_mut_ptr().cast();
                (self.copy)([from.cast_mut(), row], &[[0; 2], [step, Self::ITEM]], [1, n]);
            }
            (self.run)([states, row, states], &[[0; 3], [Self::ITEM; 3]], [1, n]);
        }
    }

    /// Whether all states have a value.
    ///
    /// # Safety
    /// As [`begin`](Self::begin), which came before.
    unsafe fn are_all(&self, value: T, n: usize) -> bool {
        // SAFETY: by this function's contract.
        self.states[..n].iter().all(|state| unsafe { state.assume_init() } == value)
    }

    /// Copies the states to outputs.
    ///
    /// # Safety
    /// As [`begin`](Self::begin), which came before, for writing.
    unsafe fn write(&mut self, to: *mut u8, step: isize, n: usize) {
        let from = self.states.as_mut_ptr().cast();
        // SAFETY: by this function's contract; the states are apart from all else.
        unsafe { (self.copy)([from, to], &[[0; 2], [Self::ITEM, step]], [1, n]) };
    }
}

/// An accumulator that gives what a fold by a kernel does: as exactly or more so, and sooner.
#[derive(Clone, Copy, Debug)]
pub struct Whole<T> {
    run: unsafe fn(&Plan),
    join: Option<fn(T, T) -> T>,
}

impl<T: Element> Whole<T> {
    /// What the accumulator gives.
    pub fn of<K: Accumulate<T, Output = T>>() -> Self {
        Whole { run: reduce::run_by::<K, T>, join: None }
    }

    /// What `join` makes of the first element and of what the accumulator gives, which takes in that one too.
    pub fn with_first<K: Accumulate<T, Output = T>>(join: fn(T, T) -> T) -> Self {
        Whole { join: Some(join), ..Self::of::<K>() }
    }

    /// # Safety
    /// The plan's elements can be read, its outputs written; there is an element for each output.
    unsafe fn reduce_plan(&self, plan: &Plan) {
        // SAFETY: by this function's contract.
        unsafe { (self.run)(plan) };
        let Some(join) = self.join else { return };
        for (input, output) in plan.indices(0) {
            // SAFETY: the first element of this output, and the output, which has been written.
            unsafe {
                let output = output.cast::<T>();
                output.write(join(input.cast::<T>().read(), output.read()));
            }
        }
    }
}

/// A function of two elements which gives a third of their dtype, to be folded with.
#[derive(Clone, Copy, Debug)]
pub struct Fold<T> {
    run: Loop<3>,
    cost: f32,
    settled: Option<T>,
    whole: Option<Whole<T>>,
}

impl<T: Element> Fold<T> {
    /// The fold that a kernel makes.
    pub fn new<K: Binary<T, Output = T>>() -> Self {
        // One element alone costs what calls and waiting for the one before cost.
        let run = Function::binary::<K, T>().typed_loop();
        Fold { run, cost: K::COST + 1.0, settled: None, whole: K::whole() }
    }

    /// The same fold, told of a value that it never leaves once it has come to it, if there is one.
    #[must_use]
    pub fn settling(self, settled: Option<T>) -> Self {
        Fold { settled, ..self }
    }

    /// Whether an accumulator does it, for which elements have no order.
    pub fn has_no_order(&self) -> bool {
        self.whole.is_some_and(|whole| whole.join.is_none())
    }

    /// Folds a run of elements into the state, one after the other.
    ///
    /// # Safety
    /// `count` elements can be read from `from` on, `stride` bytes apart; the state can be read and written.
    unsafe fn fold_run(&self, state: *mut u8, from: *const u8, stride: isize, count: usize) {
        let item = size_of::<T>() as isize;
        let part = if self.settled.is_some() { LOOK_EVERY } else { count };
        let mut done = 0;
        while done < count {
            let n = part.min(count - done);
            let from = from.wrapping_offset(stride * done as isize).cast_mut();
            // SAFETY: one element at a time of the run, the state in and out.
            unsafe {
                (self.run)([state, from, state], &[[0, stride, 0], [item; 3]], [n, 1]);
                if self.settled.is_some_and(|settled| state.cast::<T>().read() == settled) {
                    return;
                }
            }
            done += n;
        }
    }

    /// Folds the axes of `a` in row-major order, beginning with `initial` or else with the first element.
    /// Reduced axes are left out of the result's shape, or kept with a length of one.
    ///
    /// With a `mask` of `a`'s shape only elements where it is true are taken.
    ///
    /// # Errors
    /// When there is nothing to begin with, the target is of another shape, or the system has no memory for the
    /// result.
    pub fn reduce(
        &self,
        a: &Array<T>,
        axes: &AxisSet,
        keepdims: bool,
        initial: Option<T>,
        mask: Option<&Array<bool>>,
        target: &mut Target<'_, T>,
    ) -> Result<()> {
        let shape = axes.result_shape(a.shape(), keepdims);
        if a.is_empty() {
            return match initial {
                Some(value) => target.fill(&shape, value),
                None if shape.contains(&0) => target.fill(&shape, T::ZERO),
                None => Err(Error::value("no elements to fold, and no initial value")),
            };
        }
        if let Some(mask) = mask {
            let initial =
                initial.ok_or_else(|| Error::value("a fold with a where mask needs an initial value"))?;
            check_mask(&Operand::new(a), mask)?;
            self.reduce_where(a, axes, initial, mask, target.place(&shape)?)?;
            target.written();
            return Ok(());
        }
        let to = target.place(&shape)?.as_mut_ptr().cast();
        let plan = plan_of(&Operand::new(a), to, size_of::<T>(), axes, keepdims, false);
        let time = a.len() as f32 * self.cost;
        match self.whole {
            // SAFETY: `a` is alive and can be read over its shape; the target is unique, and the plan
            // reaches each of its elements once.
            Some(whole) if initial.is_none() => unsafe { whole.reduce_plan(&plan) },
            Some(whole) if whole.join.is_none() => {
                let initial = initial.expect("there is one");
                // SAFETY: as above; then the initial value is the only element of a run, and each output a state.
                unsafe {
                    whole.reduce_plan(&plan);
                    for (_, output) in plan.indices(0) {
                        self.fold_run(output, std::ptr::from_ref(&initial).cast(), 0, 1);
                    }
                }
            }
            // SAFETY: as above. Parts write different outputs.
            _ => in_parts(&plan, time, |part| unsafe { self.reduce_plan(part, initial) }),
        }
        target.written();
        Ok(())
    }

    /// # Safety
    /// The plan's elements can be read, its outputs written; there is an element for each output.
    unsafe fn reduce_plan(&self, plan: &Plan, initial: Option<T>) {
        let (count, begun) = (plan.reduced_count(), initial.is_none() as usize);
        let begin = |input: *const u8, output: *mut u8| {
            // SAFETY: the first element of this output, and the output.
            unsafe {
                let value = initial.unwrap_or_else(|| input.cast::<T>().read());
                output.cast::<T>().write(value);
            }
        };
        if plan.form == Form::Rows {
            let inner = plan.reduced.last().copied().unwrap_or(Reduced { length: 1, stride: 0 });
            let outer = &plan.reduced[..plan.reduced.len().saturating_sub(1)];
            for (input, output) in plan.indices(0) {
                begin(input, output);
                for run in 0..count / inner.length {
                    let skip = if run == 0 { begun } else { 0 };
                    if inner.length == skip {
                        continue;
                    }
                    let from = input.wrapping_offset(offset(outer, run) + inner.stride * skip as isize);
                    // SAFETY: the elements of this run, and the state.
                    unsafe { self.fold_run(output, from, inner.stride, inner.length - skip) };
                }
            }
            return;
        }
        let column = plan.kept.last().expect("columns are kept");
        let width = if self.settled.is_some() { SETTLING_STRIP } else { STRIP };
        for (input, output) in plan.indices(1) {
            for start in (0..column.length).step_by(width) {
                let n = width.min(column.length - start);
                let input = input.wrapping_offset(column.input * start as isize);
                let output = output.wrapping_offset(column.output * start as isize);
                let mut strip = Strip::<T>::new(self.run);
                // SAFETY: `n` columns, at most a strip, of each row of elements, and their outputs.
                unsafe {
                    match initial {
                        Some(value) => strip.states[..n].fill(MaybeUninit::new(value)),
                        None => strip.begin(input, column.input, n),
                    }
                    for i in begun..count {
                        strip.fold(input.wrapping_offset(offset(&plan.reduced, i)), column.input, n);
                        if self.settled.is_some_and(|settled| strip.are_all(settled, n)) {
                            break;
                        }
                    }
                    strip.write(output, column.output, n);
                }
            }
        }
    }

    /// As [`reduce`](Self::reduce), into `result`: elements that are taken are gathered first.
    fn reduce_where(
        &self,
        a: &Array<T>,
        axes: &AxisSet,
        initial: T,
        mask: &Array<bool>,
        result: &mut Array<T>,
    ) -> Result<()> {
        let item = size_of::<T>() as isize;
        let mut results = result.as_slice_mut().iter_mut();
        reduce::taken(&Operand::new(a), mask, axes, &mut |elements, count| {
            let state: *mut T = results.next().expect("one for each group");
            // SAFETY: the state can be read and written once it has been; so many elements can be read.
            unsafe {
                state.write(initial);
                self.fold_run(state.cast(), elements, item, count);
            }
        })
    }

    /// Each element folded with all before it along an axis.
    ///
    /// # Errors
    /// When the axis is out of bounds, the target is of another shape, or the system has no memory for the
    /// result.
    pub fn accumulate(&self, a: &Array<T>, axis: isize, target: &mut Target<'_, T>) -> Result<()> {
        if let Some(Along { plan, step }) = along::<T, T>(a, axis, 0, target)? {
            // SAFETY: `a` is alive and can be read over its shape; the target is unique, and the plan
            // reaches each of its elements once. Parts write different outputs.
            in_parts(&plan, a.len() as f32 * self.cost, |part| unsafe { self.accumulate_plan(part, step) });
        }
        target.written();
        Ok(())
    }

    /// # Safety
    /// As [`reduce_plan`](Self::reduce_plan); from each output on, as many can be written, `step` bytes
    /// apart, as the axis is long.
    unsafe fn accumulate_plan(&self, plan: &Plan, step: isize) {
        let item = size_of::<T>() as isize;
        let count = plan.reduced_count();
        let stride = plan.reduced.last().map_or(0, |axis| axis.stride);
        if plan.form == Form::Rows {
            for (input, output) in plan.indices(0) {
                // SAFETY: the first element and output; then one element at a time, with the output before.
                unsafe {
                    output.cast::<T>().write(input.cast::<T>().read());
                    if count > 1 {
                        let (input, next) =
                            (input.wrapping_offset(stride).cast_mut(), output.wrapping_offset(step));
                        (self.run)([output, input, next], &[[step, stride, step], [item; 3]], [count - 1, 1]);
                    }
                }
            }
            return;
        }
        let column = plan.kept.last().expect("columns are kept");
        for (input, output) in plan.indices(1) {
            for start in (0..column.length).step_by(STRIP) {
                let n = STRIP.min(column.length - start);
                let input = input.wrapping_offset(column.input * start as isize);
                let output = output.wrapping_offset(column.output * start as isize);
                let mut strip = Strip::<T>::new(self.run);
                for i in 0..count as isize {
                    let from = input.wrapping_offset(stride * i);
                    // SAFETY: `n` columns, at most a strip, of each row of elements, and its outputs.
                    unsafe {
                        if i == 0 {
                            strip.begin(from, column.input, n);
                        } else {
                            strip.fold(from, column.input, n);
                        }
                        strip.write(output.wrapping_offset(step * i), column.output, n);
                    }
                }
            }
        }
    }

    /// For each index the fold of the elements from it to the next index, or to the end of the axis; where
    /// the next is not larger, the element there.
    ///
    /// # Errors
    /// When the axis or an index is out of bounds, the target is of another shape, or the system has no memory
    /// for the result.
    pub fn reduceat(
        &self,
        a: &Array<T>,
        name: &str,
        indices: &[usize],
        axis: isize,
        target: &mut Target<'_, T>,
    ) -> Result<()> {
        // SAFETY: by the contract of `segments`.
        reduce::segments(a, name, indices, axis, target, |plan| unsafe {
            match self.whole {
                Some(whole) => whole.reduce_plan(plan),
                None => self.reduce_plan(plan, None),
            }
        })
    }
}
