//! Results too large for any cache, written around them.
//!
//! Before an ordinary store the processor reads the line that it will overwrite. When a result will have
//! left the caches before anyone reads it, that is a third of an addition's traffic for nothing. Such a
//! result is computed a piece at a time in the innermost cache, and written from there by stores that go
//! past the caches (non-temporal ones), whole lines at a time, while what comes next is fetched.
//! Of results that fit a cache it would be a loss. Results of operands that are packed are written so by `blocks.rs`,
//! which asks here when it pays.

use std::mem::MaybeUninit;
use std::ops::ControlFlow;

use super::function::Function;
use super::isa::Isa;
use super::nest::Nest;
use super::shells::{self, Body, Loop};
use crate::DType;

/// Bytes of a cache line.
const LINE: usize = 64;
/// Bytes of the result computed at a time: as few as pay for the calls, as the memory that is read and the
/// one that is written take turns.
const PIECE: usize = 1024;
/// Bytes ahead of which a single input is fetched, if others are constant. Of several, only the next piece is (as measured).
const AHEAD: usize = 8192;
/// Nanoseconds that memory takes for a byte, about, and per element below which a kernel is light anyhow.
/// One that waits for its arithmetic and not for memory gains nothing.
const BYTE: f32 = 0.025;
const LIGHT: f32 = 0.3;
/// Bytes of all operands from which results are streamed: the caches of most machines hold less.
const LARGE: usize = 32 << 20;

#[repr(align(64))]
struct Piece(MaybeUninit<[u8; PIECE]>);

/// Bytes of memory that an element takes of operands which together are too large for any cache.
pub(super) struct Traffic {
    /// Of the inputs.
    pub(super) read: usize,
    /// Of all operands.
    all: usize,
}

impl Traffic {
    /// That of operands whose elements have so many bytes. `None` if caches hold them, or they do not lie in long
    /// rows.
    pub(super) fn of<const N: usize>(inputs: usize, items: &[usize; N], nest: &Nest<N>) -> Option<Self> {
        if nest.element_count() < LARGE / 64 {
            return None;
        }
        let [outer, inner] = nest.innermost();
        // Whole lines are read of what lies apart, nothing more of what repeats.
        let bytes = |k: usize| match inner.strides[k].unsigned_abs() {
            0 => 0,
            step => step.clamp(items[k], LINE),
        };
        let read = (0..inputs).map(bytes).sum();
        let all = read + (inputs..N).map(bytes).sum::<usize>();
        let in_rows = |k: usize| {
            let (far, near) = (outer.strides[k].unsigned_abs(), inner.strides[k].unsigned_abs());
            far == 0 || near <= far
        };
        let is_far = nest.element_count().saturating_mul(all) >= LARGE
            && inner.length * items[N - 1] >= 4 * PIECE
            && (0..N).all(in_rows);
        is_far.then_some(Traffic { read, all })
    }

    /// Whether a kernel of this cost waits for it, rather than it for the kernel.
    pub(super) fn is_awaited(&self, cost: f32) -> bool {
        cost < 3.0 * BYTE * self.all as f32
    }

    /// Whether it pays to stream the result.
    pub(super) fn streams<const N: usize>(
        &self,
        function: &Function<N>,
        items: &[usize; N],
        nest: &Nest<N>,
    ) -> bool {
        let Function { inputs, cost, closures, .. } = *function;
        let item = items[N - 1];
        cfg!(target_arch = "x86_64")
            && inputs == N - 1
            && closures == 0
            && (cost < LIGHT || cost < BYTE * self.all as f32)
            // Where the result is a small part of the traffic, there is little to save.
            && 4 * item >= self.all
            && nest.innermost()[1].strides[N - 1] == item as isize
            && !nest.pointers()[..inputs].contains(&nest.pointers()[N - 1])
    }
}

/// The copy of bytes past the caches, on the instruction set in use.
pub(super) fn storing() -> Loop<2> {
    shells::select::<Store, 2>()
}

/// A loop whose result is streamed.
pub(crate) struct Streamed<const N: usize> {
    run: Loop<N>,
    store: Loop<2>,
    /// Bytes of an element of the result.
    item: usize,
}

impl<const N: usize> Streamed<N> {
    /// `None` if it does not pay. The function's loop takes all operands as they lie.
    #[inline]
    pub(crate) fn new(function: &Function<N>, nest: &Nest<N>) -> Option<Self> {
        let large = nest.element_count() >= LARGE / 64;
        (cfg!(target_arch = "x86_64") && large).then(|| Self::large(function, nest))?
    }

    #[cold]
    fn large(function: &Function<N>, nest: &Nest<N>) -> Option<Self> {
        let Function { run, inputs, any_strides, .. } = *function;
        let items = function.dtypes.map(DType::item_size);
        let traffic = Traffic::of(inputs, &items, nest)?;
        // Copies are the system's, which knows better.
        let streams = !any_strides && traffic.streams(function, &items, nest);
        streams.then(|| Streamed { run, store: storing(), item: items[N - 1] })
    }

    /// Runs the loop over all elements of a nest or of a part of it.
    ///
    /// # Safety
    /// As [`Nest::run`].
    pub(crate) unsafe fn run(&self, nest: &Nest<N>) {
        let mut piece = Piece(MaybeUninit::uninit());
        let piece: *mut u8 = std::ptr::from_mut(&mut piece.0).cast();
        let [_, inner] = nest.innermost();
        let moving = inner.strides[..N - 1].iter().filter(|&&stride| stride != 0).count();
        let ahead = if moving == 1 { AHEAD } else { 0 };
        let _ = nest.for_each_call(|pointers, strides, [rows, columns]| -> ControlFlow<()> {
            for row in 0..rows as isize {
                let mut at: [*mut u8; N] =
                    std::array::from_fn(|k| pointers[k].wrapping_offset(strides[0][k] * row));
                let mut done = 0;
                while done < columns {
                    // At first what leads to the next line of the result.
                    let head = at[N - 1].align_offset(LINE) / self.item;
                    let count = if head == 0 { PIECE / self.item } else { head }.min(columns - done);
                    let result = at[N - 1];
                    at[N - 1] = piece;
                    // SAFETY: `count` elements of the nest's, and of the piece, which holds as many.
                    unsafe { (self.run)(at, &[[0; N], strides[1]], [1, count]) };
                    at[N - 1] = result;
                    for (pointer, stride) in at.iter_mut().zip(strides[1]) {
                        *pointer = pointer.wrapping_offset(stride * count as isize);
                    }
                    for (input, &stride) in at[..N - 1].iter().zip(&strides[1]) {
                        prefetch(input.wrapping_add(ahead), stride, count);
                    }
                    // SAFETY: as many bytes of the piece were written as the result's elements have.
                    unsafe { (self.store)([piece, result], &[[0; 2], [1; 2]], [1, count * self.item]) };
                    done += count;
                }
            }
            ControlFlow::Continue(())
        });
        finish();
    }
}

/// Has the processor fetch elements, of any step in bytes, that will be read soon. Addresses that are not there do no harm.
#[inline]
pub(super) fn prefetch(from: *const u8, step: isize, count: usize) {
    #[cfg(target_arch = "x86_64")]
    for distance in (0..count * step.unsigned_abs()).step_by(step.unsigned_abs().max(LINE)) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let line = from.wrapping_offset(distance as isize * step.signum());
        // SAFETY: the instruction is the baseline's, and reads nothing that can be seen.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(line.cast()) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (from, step, count);
}

/// Waits until what this thread has streamed can be seen by all.
pub(super) fn finish() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the instruction is the baseline's.
    #[allow(unused_unsafe, reason = "safe in newer versions of the standard library")]
    unsafe {
        std::arch::x86_64::_mm_sfence();
    }
}

/// Copies rows of elements that lie side by side past the caches; what is less than a line at either end, as usual.
struct Store;

impl Body<2> for Store {
    #[inline(always)]
    unsafe fn run<I: Isa>([from, to]: [*mut u8; 2], strides: &[[isize; 2]; 2], [rows, columns]: [usize; 2]) {
        let bytes = columns * strides[1][1] as usize;
        for row in 0..rows as isize {
            let (from, to) =
                (from.wrapping_offset(row * strides[0][0]), to.wrapping_offset(row * strides[0][1]));
            let head = to.align_offset(LINE).min(bytes);
            let end = head + (bytes - head) / LINE * LINE;
            // SAFETY: by the contract of `Loop`; the lines between are aligned.
            unsafe {
                from.copy_to_nonoverlapping(to, head);
                for line in (head..end).step_by(LINE) {
                    store_line::<I>(from.add(line), to.add(line));
                }
                from.add(end).copy_to_nonoverlapping(to.add(end), bytes - end);
            }
        }
    }
}

/// Copies a line past the caches.
///
/// # Safety
/// A line can be read and written, and `to` is aligned to one.
#[inline(always)]
unsafe fn store_line<I: Isa>(from: *const u8, to: *mut u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: by this function's contract; the instructions are the baseline's, or those of an instruction
    // set for which loops are only chosen where the processor has it.
    unsafe {
        use std::arch::x86_64::*;
        if I::AVX512 {
            _mm512_stream_si512(to.cast(), _mm512_loadu_si512(from.cast()));
        } else {
            for part in (0..LINE).step_by(16) {
                _mm_stream_si128(to.add(part).cast(), _mm_loadu_si128(from.add(part).cast()));
            }
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    // SAFETY: by this function's contract.
    unsafe {
        from.copy_to_nonoverlapping(to, LINE);
    }
}
