//! An accumulator with its types erased: a table of functions over states and elements in memory.
//!
//! Two or three of them are loops over elements, compiled for each core, dtype and instruction set. The
//! others touch states only, once for each block or output, and are compiled once. All that walks through
//! layouts and shares work among threads stands above the table and knows no types.
//!
//! No closure stands between a shell and a core: the compiler may make a function of it, which would not
//! have the shell's instructions.

use std::marker::PhantomData;
use std::mem::{MaybeUninit, transmute};

use super::kernel::{Accumulate, Core, MOST_STATE, ROWS, Spaced};
use crate::engine::cast;
use crate::engine::isa::{self, Isa};
use crate::engine::shells::{Loop, for_each_isa};
use crate::{DType, Element, Kind};

/// Takes a block into each of some states: `states[i]` gets `lengths[1]` elements that lie side by side, `i`
/// times `step` bytes from the address. The last argument is the position of the first element of each.
type Along = unsafe fn(*mut [u8], *const u8, isize, usize, usize);

/// Takes rows, each with an element for each of the states, into them. The last argument is the first row's
/// position.
type Across = unsafe fn(*mut [u8], *const [*const u8], usize);

/// The functions of a core and of an accumulator that has it.
#[derive(Clone, Copy)]
pub(crate) struct Erased {
    along: Along,
    along_spaced: Option<Along>,
    across: Across,
    fill: unsafe fn(*mut [u8]),
    merge: unsafe fn(*mut [u8], *const u8),
    settled: Option<unsafe fn(*const [u8]) -> bool>,
    finish: unsafe fn(*const [u8], *mut u8, isize, f64),
    /// Bytes of an element as the array has it, of one as the core takes it, of a state, and of a result.
    pub(crate) item: usize,
    pub(crate) work: usize,
    pub(crate) state: usize,
    pub(crate) result: usize,
    /// The loop that converts elements, unless the core takes them as they are.
    pub(crate) convert: Option<Loop<2>>,
    /// Whether partial results may be merged in any grouping, and in any order.
    pub(crate) associative: bool,
    pub(crate) commutative: bool,
    /// Estimated nanoseconds per element.
    pub(crate) cost: f32,
}

impl Erased {
    /// The table of an accumulator on the instruction set in use.
    pub(crate) fn new<K: Accumulate<T>, T: Element>() -> Self {
        let (along, across) = select::<K::Core, K::Work>();
        let settled: unsafe fn(*const [u8]) -> bool = are_settled::<K::Core, K::Work>;
        // SAFETY: pointers to states, whose type is erased, are passed alike whatever they point to.
        let (fill, merge, finish) = unsafe {
            (
                transmute::<Fill<K::Core, K::Work>, unsafe fn(*mut [u8])>(fill::<K::Core, K::Work>),
                transmute::<Merge<K::Core, K::Work>, unsafe fn(*mut [u8], *const u8)>(
                    merge::<K::Core, K::Work>,
                ),
                finish::<K, T> as unsafe fn(*const [u8], *mut u8, isize, f64),
            )
        };
        const {
            assert!(align_of::<StateOf<K::Core, K::Work>>() <= 16, "a state is aligned to 16 bytes at most");
            assert!(
                size_of::<StateOf<K::Core, K::Work>>() <= MOST_STATE,
                "a state has MOST_STATE bytes at most"
            );
        };
        Erased {
            along,
            along_spaced: select_spaced::<K::Core, K::Work>(),
            across,
            fill,
            merge,
            settled: <K::Core as Core<K::Work>>::SETTLES.then_some(settled),
            finish,
            item: size_of::<T>(),
            work: size_of::<K::Work>(),
            state: size_of::<StateOf<K::Core, K::Work>>(),
            result: size_of::<K::Output>(),
            convert: conversion(T::DTYPE, K::Work::DTYPE),
            associative: <K::Core as Core<K::Work>>::ASSOCIATIVE,
            commutative: <K::Core as Core<K::Work>>::COMMUTATIVE,
            cost: <K::Core as Core<K::Work>>::COST,
        }
    }

    /// Makes `n` states those of no elements.
    ///
    /// # Safety
    /// There is room for them.
    pub(crate) unsafe fn fill(&self, states: *mut u8, n: usize) {
        // SAFETY: by this function's contract.
        unsafe { (self.fill)(std::ptr::slice_from_raw_parts_mut(states, n)) }
    }

    /// Whether elements so many bytes apart are taken in from where they are.
    pub(crate) fn takes(&self, stride: isize) -> bool {
        let item = self.item as isize;
        self.convert.is_none() && (stride == item || stride == 2 * item && self.along_spaced.is_some())
    }

    /// Takes `count` elements that lie `stride` bytes apart into each of `n` states; those of one are `step`
    /// bytes from those of the one before, and the first of each has this position.
    ///
    /// # Safety
    /// The states have been filled; the elements can be read, and are those that the core takes, in such steps.
    pub(crate) unsafe fn along(
        &self,
        states: *mut u8,
        n: usize,
        (from, stride): (*const u8, isize),
        step: isize,
        count: usize,
        position: usize,
    ) {
        let along = match self.along_spaced {
            Some(spaced) if stride != self.work as isize => spaced,
            _ => self.along,
        };
        // SAFETY: by this function's contract.
        unsafe { along(std::ptr::slice_from_raw_parts_mut(states, n), from, step, count, position) }
    }

    /// Takes rows of `n` elements that lie side by side into as many states.
    ///
    /// # Safety
    /// As [`along`](Self::along).
    pub(crate) unsafe fn across(&self, states: *mut u8, n: usize, rows: &[*const u8], position: usize) {
        // SAFETY: by this function's contract.
        unsafe { (self.across)(std::ptr::slice_from_raw_parts_mut(states, n), rows, position) }
    }

    /// Merges `n` states, of elements that come later, into those before.
    ///
    /// # Safety
    /// Both have been filled, and share no byte.
    pub(crate) unsafe fn merge(&self, before: *mut u8, after: *const u8, n: usize) {
        // SAFETY: by this function's contract.
        unsafe { (self.merge)(std::ptr::slice_from_raw_parts_mut(before, n), after) }
    }

    /// Whether no further element can change any of `n` states.
    ///
    /// # Safety
    /// They have been filled.
    pub(crate) unsafe fn are_settled(&self, states: *const u8, n: usize) -> bool {
        // SAFETY: by this function's contract.
        self.settled.is_some_and(|settled| unsafe { settled(std::ptr::slice_from_raw_parts(states, n)) })
    }

    /// Writes the results that `n` states give, `stride` bytes apart.
    ///
    /// # Safety
    /// The states have been filled; the results can be written.
    pub(crate) unsafe fn finish(
        &self,
        states: *const u8,
        n: usize,
        output: *mut u8,
        stride: isize,
        divisor: f64,
    ) {
        // SAFETY: by this function's contract.
        unsafe { (self.finish)(std::ptr::slice_from_raw_parts(states, n), output, stride, divisor) }
    }

    /// Writes `n` results of no elements, side by side.
    ///
    /// # Safety
    /// There is room for them.
    pub(crate) unsafe fn nothing(&self, results: *mut u8, n: usize, divisor: f64) {
        let mut state = [const { MaybeUninit::<u128>::uninit() }; MOST_STATE / size_of::<u128>()];
        let state = state.as_mut_ptr().cast();
        // SAFETY: room for one state, and by this function's contract.
        unsafe {
            self.fill(state, 1);
            for i in 0..n {
                self.finish(state, 1, results.add(i * self.result), 0, divisor);
            }
        }
    }
}

/// The loop that converts elements for a core. None where it takes them as they are: integers, and bools as
/// integers, of the same size have the bits that converting them gives.
pub(crate) fn conversion(from: DType, to: DType) -> Option<Loop<2>> {
    let is_integer = |dtype: DType| matches!(dtype.kind(), Kind::Bool | Kind::Signed | Kind::Unsigned);
    let alike = from.item_size() == to.item_size() && is_integer(from) && is_integer(to) && to != DType::Bool;
    (from != to && !alike).then(|| cast::conversion(from, to))
}

type StateOf<C, W> = <C as Core<W>>::State;
type Fill<C, W> = unsafe fn(&mut [StateOf<C, W>]);
type Merge<C, W> = unsafe fn(&mut [StateOf<C, W>], *const StateOf<C, W>);

unsafe fn fill<C: Core<W>, W: Element>(states: &mut [StateOf<C, W>]) {
    states.fill(C::empty());
}

unsafe fn merge<C: Core<W>, W: Element>(before: &mut [StateOf<C, W>], after: *const StateOf<C, W>) {
    // SAFETY: as many states, by the contract of `Erased::merge`.
    let after = unsafe { std::slice::from_raw_parts(after, before.len()) };
    for (before, &after) in before.iter_mut().zip(after) {
        *before = C::merge(*before, after);
    }
}

unsafe fn are_settled<C: Core<W>, W: Element>(states: *const [u8]) -> bool {
    // SAFETY: states, by the contract of `Erased::are_settled`.
    unsafe { std::slice::from_raw_parts(states.cast::<StateOf<C, W>>(), states.len()) }
        .iter()
        .all(C::is_settled)
}

unsafe fn finish<K: Accumulate<T>, T: Element>(
    states: *const [u8],
    output: *mut u8,
    stride: isize,
    divisor: f64,
) {
    for i in 0..states.len() {
        // SAFETY: state and result `i`, by the contract of `Erased::finish`.
        unsafe {
            let state = states.cast::<StateOf<K::Core, K::Work>>().add(i).read();
            output.offset(stride * i as isize).cast::<K::Output>().write(K::finish(state, divisor));
        }
    }
}

struct Body<C, W>(PhantomData<(C, W)>);

impl<C: Core<W>, W: Element> Body<C, W> {
    /// # Safety
    /// As [`Erased::along`].
    #[inline(always)]
    unsafe fn along<I: Isa>(
        states: &mut [StateOf<C, W>],
        from: *const u8,
        step: isize,
        count: usize,
        position: usize,
    ) {
        for (i, state) in states.iter_mut().enumerate() {
            // SAFETY: the elements of state `i`, by this function's contract.
            let x = unsafe { std::slice::from_raw_parts(from.offset(step * i as isize).cast::<W>(), count) };
            *state = C::fold::<I>(*state, x, position);
        }
    }

    /// # Safety
    /// As [`Erased::along`], of elements two elements apart.
    #[inline(always)]
    unsafe fn along_spaced(
        states: &mut [StateOf<C, W>],
        from: *const u8,
        step: isize,
        count: usize,
        position: usize,
    ) {
        let Some(pairs) = count.checked_sub(1) else { return };
        for (i, state) in states.iter_mut().enumerate() {
            let from = from.wrapping_offset(step * i as isize).cast::<Spaced<W>>();
            // SAFETY: the elements of state `i`, by this function's contract; each but the last has one behind
            // it that is left out, and of which nothing is assumed.
            let (x, last) =
                unsafe { (std::slice::from_raw_parts(from, pairs), from.add(pairs).cast::<W>().read()) };
            *state = C::step(C::fold_spaced(*state, x, position), last, position + pairs);
        }
    }

    /// # Safety
    /// As [`Erased::across`].
    #[inline(always)]
    unsafe fn across<I: Isa>(states: &mut [StateOf<C, W>], rows: &[*const u8], position: usize) {
        let mut slices: [&[W]; ROWS] = [&[]; ROWS];
        for (slice, &row) in slices.iter_mut().zip(rows) {
            // SAFETY: an element for each state, by this function's contract.
            *slice = unsafe { std::slice::from_raw_parts(row.cast(), states.len()) };
        }
        C::fold_rows::<I>(states, &slices[..rows.len()], position);
    }
}

/// The two loops of a core for each instruction set, in modules of their names.
macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        mod $name {
            use super::*;

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn along<C: Core<W>, W: Element>(
                states: &mut [StateOf<C, W>],
                from: *const u8,
                step: isize,
                count: usize,
                position: usize,
            ) {
                // SAFETY: as `Erased::along`.
                unsafe { Body::<C, W>::along::<isa::$isa>(states, from, step, count, position) }
            }

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn along_spaced<C: Core<W>, W: Element>(
                states: &mut [StateOf<C, W>],
                from: *const u8,
                step: isize,
                count: usize,
                position: usize,
            ) {
                // SAFETY: as `Erased::along`.
                unsafe { Body::<C, W>::along_spaced(states, from, step, count, position) }
            }

            $(#[target_feature(enable = $features)])?
            pub(super) unsafe fn across<C: Core<W>, W: Element>(
                states: &mut [StateOf<C, W>],
                rows: &[*const u8],
                position: usize,
            ) {
                // SAFETY: as `Erased::across`.
                unsafe { Body::<C, W>::across::<isa::$isa>(states, rows, position) }
            }
        }
    )*};
}
for_each_isa!(shells);

type AlongStates<C, W> = unsafe fn(&mut [StateOf<C, W>], *const u8, isize, usize, usize);

/// The loop over every second element for the instruction set in use, if the core has one.
fn select_spaced<C: Core<W>, W: Element>() -> Option<Along> {
    if !C::SPACED {
        return None;
    }
    let along: AlongStates<C, W> = match isa::level() {
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx512 => avx512::along_spaced::<C, W>,
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx2 => avx2::along_spaced::<C, W>,
        _ => baseline::along_spaced::<C, W>,
    };
    // SAFETY: pointers to states, whose type is erased, are passed alike whatever they point to.
    Some(unsafe { transmute::<AlongStates<C, W>, Along>(along) })
}

/// The loops compiled for the instruction set in use.
fn select<C: Core<W>, W: Element>() -> (Along, Across) {
    type AcrossStates<C, W> = unsafe fn(&mut [StateOf<C, W>], &[*const u8], usize);
    let (along, across): (AlongStates<C, W>, AcrossStates<C, W>) = match isa::level() {
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx512 => (avx512::along::<C, W>, avx512::across::<C, W>),
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx2 => (avx2::along::<C, W>, avx2::across::<C, W>),
        _ => (baseline::along::<C, W>, baseline::across::<C, W>),
    };
    // SAFETY: pointers to states, whose type is erased, are passed alike whatever they point to.
    unsafe { (transmute::<AlongStates<C, W>, Along>(along), transmute::<AcrossStates<C, W>, Across>(across)) }
}
