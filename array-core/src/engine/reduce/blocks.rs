//! How the elements of one output are cut into blocks, and how a core gets to see them.
//!
//! A core sees elements of its own dtype that lie side by side, or if it can every second one. Others are
//! packed and converted first, into a tile in an inner cache, by the loops that element-wise functions use for
//! that: so neither layouts nor dtypes add to what is compiled for a core.

use smallvec::SmallVec;

use super::erased::Erased;
use super::kernel::{BLOCK, PACKED};
use super::plan::{Reduced, offset};
use crate::engine::copies;
use crate::engine::shells::Loop;
use crate::{Error, Result};

/// A cache line: what the tile is made of, so that vectors lie well in it.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Line([std::mem::MaybeUninit<u8>; 64]);

/// Memory for tiles: that of small ones is where the tile is.
pub(crate) type Lines = SmallVec<[Line; 4]>;

/// Makes room for so many bytes, and says where. What was there is not kept.
pub(crate) fn room(lines: &mut Lines, bytes: usize) -> *mut u8 {
    lines.clear();
    lines.reserve(bytes.div_ceil(size_of::<Line>()));
    lines.as_mut_ptr().cast()
}

/// As [`room`], where there may be none for so many bytes.
pub(crate) fn try_room(lines: &mut Lines, bytes: usize) -> Result<*mut u8> {
    lines.clear();
    lines.try_reserve(bytes.div_ceil(size_of::<Line>())).map_err(|_| Error::memory(bytes))?;
    Ok(lines.as_mut_ptr().cast())
}

/// Where elements are packed and converted to.
pub(crate) struct Tile<'k> {
    kernel: &'k Erased,
    copy: Loop<2>,
    packed: Lines,
    work: Lines,
}

impl<'k> Tile<'k> {
    pub(crate) fn new(kernel: &'k Erased) -> Self {
        Tile { kernel, copy: copies::copying(kernel.item), packed: Lines::new(), work: Lines::new() }
    }

    /// Makes room for so many elements, and says where the first will be.
    pub(crate) fn reserve(&mut self, count: usize) -> *const u8 {
        room(&mut self.work, count * self.kernel.work);
        if self.kernel.convert.is_some() {
            room(&mut self.packed, count * self.kernel.item);
        }
        self.work.as_ptr().cast()
    }

    /// Places `lengths[0]` rows of `lengths[1]` elements side by side, from the element `at` on. Strides are in
    /// bytes, from row to row and from element to element.
    ///
    /// # Safety
    /// The elements can be read; there is room for them, and at least one.
    pub(crate) unsafe fn place(
        &mut self,
        at: usize,
        from: *const u8,
        strides: [isize; 2],
        lengths: [usize; 2],
    ) {
        let (item, work) = (self.kernel.item as isize, self.kernel.work as isize);
        let to = self.work.as_mut_ptr().cast::<u8>().wrapping_add(at * self.kernel.work);
        let length = lengths[1] as isize;
        let ([outer, inner], from) = (strides, from.cast_mut());
        // SAFETY: by this function's contract; tiles share no byte with the elements.
        unsafe {
            match self.kernel.convert {
                None => (self.copy)([from, to], &[[outer, length * work], [inner, work]], lengths),
                Some(convert) if inner == item => {
                    convert([from, to], &[[outer, length * work], [item, work]], lengths);
                }
                Some(convert) => {
                    let packed = self.packed.as_mut_ptr().cast();
                    (self.copy)([from, packed], &[[outer, length * item], [inner, item]], lengths);
                    let all = [1, lengths[0] * lengths[1]];
                    convert([packed, to], &[[0; 2], [item, work]], all);
                }
            }
        }
    }
}

/// How the elements of one output are cut into blocks.
pub(crate) struct Blocks<'a> {
    axes: &'a [Reduced],
    /// Bytes from one element of a run to the next.
    stride: isize,
    /// The same once they are where the core takes them from.
    pub(crate) step: isize,
    /// Whether elements are taken from where they are.
    pub(crate) in_place: bool,
    /// Blocks for each run of the innermost axis; zero if blocks cross from run to run.
    per_run: usize,
    /// Elements in a run.
    run: usize,
    /// Elements in a block, at most.
    block: usize,
    pub(crate) count: usize,
    pub(crate) elements: usize,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(kernel: &Erased, axes: &'a [Reduced]) -> Self {
        let elements: usize = axes.iter().map(|axis| axis.length).product();
        let inner = axes.last().copied().unwrap_or(Reduced { length: 1, stride: kernel.item as isize });
        let (run, stride) = (inner.length, inner.stride);
        let crosses = axes.len() > 1 && run < BLOCK / 16;
        let in_place = !crosses && kernel.takes(stride);
        let block = if in_place { BLOCK } else { PACKED };
        let per_run = if crosses { 0 } else { run.div_ceil(block) };
        let count = match axes {
            _ if crosses => elements.div_ceil(block),
            [] | [_] => per_run,
            _ => elements / run * per_run,
        };
        let step = if in_place { stride } else { kernel.work as isize };
        Blocks { axes, stride, step, in_place, per_run, run, block, count, elements }
    }

    /// Where the elements of block `index` lie, [`step`](Self::step) bytes apart, how many these are, and the
    /// position of the first.
    ///
    /// # Safety
    /// The elements that the axes reach from `input` can be read.
    pub(crate) unsafe fn get(
        &self,
        input: *const u8,
        index: usize,
        tile: &mut Tile<'_>,
    ) -> (*const u8, usize, usize) {
        let outer = &self.axes[..self.axes.len().saturating_sub(1)];
        if self.per_run == 0 {
            let position = index * self.block;
            let count = self.block.min(self.elements - position);
            let to = tile.reserve(count);
            let axis = outer.last().copied().unwrap_or(Reduced { length: 1, stride: 0 });
            let (mut filled, mut run, mut start) = (0, position / self.run, position % self.run);
            while filled < count {
                let from = input.wrapping_offset(offset(outer, run) + self.stride * start as isize);
                // A part of a run, or whole runs as far as the next axis goes.
                let whole = ((count - filled) / self.run).min(axis.length - run % axis.length);
                let lengths = match (start, whole) {
                    (0, 1..) => [whole, self.run],
                    _ => [1, (self.run - start).min(count - filled)],
                };
                // SAFETY: so many elements, as the axes reach them.
                unsafe { tile.place(filled, from, [axis.stride, self.stride], lengths) };
                filled += lengths[0] * lengths[1];
                run += if start == 0 && whole > 0 { whole } else { 1 };
                start = 0;
            }
            return (to, count, position);
        }
        let (run, part) = match outer {
            [] => (0, index),
            _ => (index / self.per_run, index % self.per_run),
        };
        let start = part * self.block;
        let count = self.block.min(self.run - start);
        let from = input.wrapping_offset(offset(outer, run) + self.stride * start as isize);
        let position = run * self.run + start;
        if self.in_place {
            return (from, count, position);
        }
        let to = tile.reserve(count);
        // SAFETY: `count` elements of this run, as the axes reach them.
        unsafe { tile.place(0, from, [0, self.stride], [1, count]) };
        (to, count, position)
    }

    /// Asks for the first elements of the block after `index`, if they have to be packed: so that memory is not
    /// idle while the core takes in what has been.
    pub(crate) fn fetch_after(&self, input: *const u8, index: usize) {
        const LINES: isize = 24;
        let start = (index + 1) * self.block;
        if self.in_place || self.stride == 0 || self.axes.len() != 1 || start >= self.elements {
            return;
        }
        let next = input.wrapping_offset(self.stride * start as isize);
        let step = self.stride.signum() * self.stride.abs().max(size_of::<Line>() as isize);
        let lines = LINES.min(((self.elements - start) as isize * self.stride) / step + 1);
        for line in 0..lines {
            fetch(next.wrapping_offset(step * line));
        }
    }

    /// The only blocks of `n` outputs, whose elements begin `step` bytes apart: where those of the first lie,
    /// [`step`](Self::step) bytes apart, and how many bytes further those of the next.
    ///
    /// # Safety
    /// As [`get`](Self::get), for each output.
    pub(crate) unsafe fn only(
        &self,
        input: *const u8,
        step: isize,
        n: usize,
        tile: &mut Tile<'_>,
    ) -> (*const u8, isize) {
        if self.in_place {
            return (input, step);
        }
        let width = tile.kernel.work * self.elements;
        if let [] | [_] = self.axes {
            let to = tile.reserve(n * self.elements);
            // SAFETY: by this function's contract.
            unsafe { tile.place(0, input, [step, self.stride], [n, self.elements]) };
            return (to, width as isize);
        }
        debug_assert_eq!(n, 1, "runs are packed for one output at a time");
        // SAFETY: as above.
        (unsafe { self.get(input, 0, tile) }.0, width as isize)
    }

    /// How many outputs [`only`](Self::only) takes at a time.
    pub(crate) fn outputs_at_a_time(&self) -> usize {
        match self.axes {
            _ if self.in_place => OUTPUTS,
            [] | [_] => (PACKED / self.elements).clamp(1, OUTPUTS),
            _ => 1,
        }
    }
}

/// Outputs of one block each that are reduced at a time, at most.
const OUTPUTS: usize = 64;

/// Asks for the cache line of an address, which need not be valid.
#[inline(always)]
fn fetch(address: *const u8) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a hint, which reads nothing.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}
