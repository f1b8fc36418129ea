//! Operands that a kernel's loop cannot take as they lie, a block at a time.
//!
//! A kernel's loop knows contiguous operands and constant ones, of its own dtypes. Whatever lies or is
//! otherwise (stepped, reversed, transposed, of another dtype) is copied or converted into a block in the
//! innermost cache before, or from one after: without any temporary array. What copies knows only the
//! elements' size (`copies.rs`), so that all this is compiled once, not for each kernel.
//!
//! What comes from beyond the caches is fetched some blocks ahead, in smaller blocks, so that the memory is never idle.
//!
//! A block is some rows and columns of a nest's two innermost axes: a long piece of one row, many short
//! rows, or, where operands run in opposite directions, a rectangle of whole cache lines in both.

use std::mem::MaybeUninit;
use std::ops::ControlFlow;

use super::cast;
use super::copies;
use super::function::Function;
use super::nest::{Axis, Nest};
use super::shells::Loop;
use super::stream::{self, Traffic};
use crate::DType;

/// Bytes of a block: those of five operands fit the innermost cache.
const BYTES: usize = 8192;
/// Elements of any dtype that a block holds at least.
pub(super) const BLOCK: usize = BYTES / 16;
/// Rows shorter than this are packed together; of costly kernels, those of less than a tile.
const SHORT_ROW: usize = 16;
const SHORT_COSTLY_ROW: usize = 64;
/// Nanoseconds per element from which a kernel is costly.
const COSTLY: f32 = 0.3;
/// Bytes of memory that a block is packed from, if they come from beyond the caches; and how many blocks before
/// its turn they are fetched.
const FETCHED: usize = 2048;
const AHEAD: usize = 2;

/// Room for [`BLOCK`] elements of any dtype.
#[repr(align(64))]
pub(super) struct Block(MaybeUninit<[u8; BYTES]>);

impl Block {
    /// As many of them as there are operands.
    pub(super) const fn each<const N: usize>() -> [Self; N] {
        [const { Block(MaybeUninit::uninit()) }; N]
    }

    /// Where each begins.
    pub(super) fn pointers<const N: usize>(blocks: &mut [Self; N]) -> [*mut u8; N] {
        std::array::from_fn(|k| std::ptr::from_mut(&mut blocks[k].0).cast())
    }
}

/// How one operand gets to the loop, or from it.
#[derive(Clone, Copy)]
struct Way {
    /// Bytes of an element of the array.
    outside: isize,
    /// Bytes of an element as the loop knows it.
    inside: isize,
    /// By way of a block, contiguous there. Otherwise it is taken where it lies, contiguous or constant.
    packed: bool,
    convert: Option<Loop<2>>,
    copy: Loop<2>,
    /// To a dtype of fewer digits, and back.
    round: Option<[Loop<2>; 2]>,
}

/// A function's loop, and the way of each operand.
pub(crate) struct Blocks<const N: usize> {
    run: Loop<N>,
    inputs: usize,
    /// How many inputs are closures, which have no elements.
    closures: usize,
    ways: [Way; N],
    /// Elements that a block of each operand holds.
    capacity: usize,
    /// Whether inputs are fetched before they are packed.
    fetches: bool,
    /// Whether the result, by way of a block, is written past the caches.
    streams: bool,
}

impl<const N: usize> Blocks<N> {
    /// How operands of these dtypes over this nest get to a function's loop. `None` if it takes them all as
    /// they are.
    pub(crate) fn new(function: &Function<N>, outside: &[DType; N], nest: &Nest<N>) -> Option<Self> {
        let Function { dtypes: ref inside, inputs, cost, takes_steps, closures, .. } = *function;
        let [outer, inner] = nest.innermost();
        let apart = |k: usize| {
            let item = outside[k].item_size() as isize;
            if outside[k] == inside[k] && inner.strides[k] % item == 0 { inner.strides[k] / item } else { -1 }
        };
        let steps = takes_steps && (0..N).all(|k| apart(k) == if k < inputs { 2 } else { 1 });
        let mut packed: [bool; N] = std::array::from_fn(|k| {
            let constant = k < inputs && inner.strides[k] == 0;
            !(constant || apart(k) == 1 || (k < inputs && steps)) || function.rounds(k, outside[k]).is_some()
        });
        // Loops need something to step through, and take but one input where it is overwritten.
        packed[closures] |= (0..inputs).all(|k| inner.strides[k] == 0);
        let mut overwritten = false;
        for (k, packed) in packed.iter_mut().enumerate().take(inputs).skip(closures) {
            let overwrites = nest.pointers()[inputs..].contains(&nest.pointers()[k]);
            *packed |= overwrites && overwritten;
            overwritten |= overwrites;
        }
        let short = if cost > COSTLY { SHORT_COSTLY_ROW } else { SHORT_ROW };
        if inner.length < short && outer.length > 1 {
            packed[closures..].fill(true);
        }
        if packed == [false; N] && outside == inside {
            return None;
        }
        let mut blocks = Self::with(function, outside, packed);
        let items = outside.map(DType::item_size);
        if let Some(traffic) = Traffic::of(inputs, &items, nest).filter(|traffic| traffic.is_awaited(cost)) {
            blocks.fetches = true;
            // Whole lines of any result.
            blocks.capacity = (FETCHED / traffic.read.max(1)).next_multiple_of(64).min(blocks.capacity);
            blocks.streams = traffic.streams(function, &items, nest);
            if blocks.streams {
                let result = &mut blocks.ways[N - 1];
                (result.packed, result.copy) = (true, stream::storing());
            }
        }
        Some(blocks)
    }

    /// For [`row`](Self::row)s, of operands of these dtypes.
    pub(super) fn for_rows(function: &Function<N>, outside: &[DType; N]) -> Self {
        Self::with(function, outside, [false; N])
    }

    fn with(function: &Function<N>, outside: &[DType; N], packed: [bool; N]) -> Self {
        let Function { run, dtypes: ref inside, inputs, closures, .. } = *function;
        let items = |dtypes: &[DType; N]| dtypes.map(DType::item_size);
        let largest = items(outside).into_iter().chain(items(inside)).max().unwrap_or(1);
        let ways = std::array::from_fn(|k| {
            let (from, to) = if k < inputs { (outside[k], inside[k]) } else { (inside[k], outside[k]) };
            Way {
                outside: outside[k].item_size() as isize,
                inside: inside[k].item_size() as isize,
                packed: packed[k],
                convert: (from != to).then(|| cast::conversion(from, to)),
                copy: copies::copying(outside[k].item_size()),
                round: function.rounds(k, outside[k]).map(|rounded| {
                    [cast::conversion(inside[k], rounded), cast::conversion(rounded, inside[k])]
                }),
            }
        });
        Blocks { run, inputs, closures, ways, capacity: BYTES / largest, fetches: false, streams: false }
    }

    /// Runs the loop over one row of elements, whatever their steps in bytes.
    ///
    /// # Safety
    /// `count` elements of each operand, one to [`BLOCK`], are reached from `at`; blocks are such as
    /// [`Block::pointers`] gives. An output shares no byte with an operand but with one input, whose steps
    /// and dtype are the same.
    pub(super) unsafe fn row(
        &self,
        at: [*mut u8; N],
        strides: &[isize; N],
        blocks: [*mut u8; N],
        count: usize,
    ) {
        let mut ways = self.ways;
        for (k, way) in ways.iter_mut().enumerate().skip(self.closures) {
            let constant = k < self.inputs && strides[k] == 0;
            way.packed =
                !constant && (way.convert.is_some() || way.round.is_some() || strides[k] != way.outside);
        }
        // As in `new`.
        ways[self.closures].packed |= strides[..self.inputs].iter().all(|&stride| stride == 0);
        // SAFETY: by this function's contract.
        unsafe { Blocks { ways, ..*self }.block(at, &[[0; N], *strides], blocks, [1, count]) };
    }

    /// Runs the loop over all elements of a nest or of a part of it.
    ///
    /// # Safety
    /// As [`Nest::run`], with the dtypes given to `new`.
    pub(crate) unsafe fn run(&self, nest: &Nest<N>) {
        let mut blocks = Block::each::<N>();
        let blocks = Block::pointers(&mut blocks);
        let [outer, inner] = nest.innermost();
        let [height, width] = self.shape(&outer, &inner);
        let _ = nest.for_each_call(|pointers, strides, [rows, columns]| -> ControlFlow<()> {
            for row in (0..rows).step_by(height) {
                for column in (0..columns).step_by(width) {
                    let at: [*mut u8; N] = std::array::from_fn(|k| {
                        let offset = strides[0][k] * row as isize + strides[1][k] * column as isize;
                        pointers[k].wrapping_offset(offset)
                    });
                    let lengths = [height.min(rows - row), width.min(columns - column)];
                    // SAFETY: some rows and columns of those that the nest hands out; blocks hold as
                    // many elements.
                    unsafe { self.block(at, strides, blocks, lengths) };
                }
            }
            ControlFlow::Continue(())
        });
        if self.streams {
            stream::finish();
        }
    }

    /// How many rows and columns make a block.
    fn shape(&self, outer: &Axis<N>, inner: &Axis<N>) -> [usize; 2] {
        let opposing = (0..N).any(|k| {
            let (far, near) = (inner.strides[k].unsigned_abs(), outer.strides[k].unsigned_abs());
            near != 0 && far > near
        });
        let height = if opposing && outer.length > 1 {
            // Two lines of the smallest rows, and the rest of the block in columns.
            (self.capacity / 64).clamp(16, 64).min(outer.length)
        } else {
            (self.capacity / inner.length).clamp(1, outer.length)
        };
        [height, (self.capacity / height).min(inner.length)]
    }

    /// Packs inputs, computes, unpacks outputs.
    ///
    /// # Safety
    /// The rows and columns of each operand are reached from `at`, and not more than `capacity`; each of
    /// the blocks has `BYTES`.
    unsafe fn block(
        &self,
        at: [*mut u8; N],
        strides: &[[isize; N]; 2],
        blocks: [*mut u8; N],
        [rows, columns]: [usize; 2],
    ) {
        let mut scratch = Block(MaybeUninit::uninit());
        let scratch: *mut u8 = std::ptr::from_mut(&mut scratch.0).cast();
        let count = rows * columns;
        if self.fetches {
            for k in self.closures..self.inputs {
                let stride = strides[1][k];
                stream::prefetch(at[k].wrapping_offset(stride * (AHEAD * columns) as isize), stride, columns);
            }
        }
        let mut pointers = at;
        let mut steps = *strides;
        for k in 0..N {
            let Way { outside, inside, packed, convert, copy, .. } = self.ways[k];
            let [outer, inner] = [strides[0][k], strides[1][k]];
            // Of a constant operand, one element of each row.
            let width = if packed { columns } else { 1 };
            if packed || convert.is_some() {
                pointers[k] = blocks[k];
                steps[0][k] = width as isize * inside;
                steps[1][k] = if packed { inside } else { 0 };
            }
            if k >= self.inputs || !(packed || convert.is_some()) {
                continue;
            }
            // SAFETY: reads the operand's elements, writes as many to blocks that hold them.
            unsafe {
                let mut from = at[k];
                if convert.is_none() || !(rows == 1 && (width == 1 || inner == outside)) {
                    let to = if convert.is_some() { scratch } else { blocks[k] };
                    let dense = [width as isize * outside, outside];
                    copy([from, to], &[[outer, dense[0]], [inner, dense[1]]], [rows, width]);
                    from = to;
                }
                if let Some(convert) = convert {
                    convert([from, blocks[k]], &[[0; 2], [outside, inside]], [1, rows * width]);
                }
            }
        }
        // One row is made of rows that are packed, beside what is one element for all of them.
        let merges = |k: usize| {
            let one_element = k < self.inputs && strides[0][k] == 0 && strides[1][k] == 0;
            self.ways[k].packed || one_element
        };
        let one_row = rows == 1 || (0..N).all(merges);
        let lengths = if one_row { [1, count] } else { [rows, columns] };
        // SAFETY: every operand is itself or a block that holds `count` elements, contiguous or constant.
        unsafe { (self.run)(pointers, &steps, lengths) };
        for k in self.inputs..N {
            let Way { outside, inside, packed, convert, copy, round } = self.ways[k];
            if !packed {
                continue;
            }
            let [outer, inner] = [strides[0][k], strides[1][k]];
            let mut from = blocks[k];
            // SAFETY: reads elements of the block just written, writes the output's.
            unsafe {
                if let Some([there, back]) = round {
                    // Contiguous: these loops know how far apart elements of their dtypes are then.
                    there([from, scratch], &[[0; 2]; 2], [1, count]);
                    back([scratch, from], &[[0; 2]; 2], [1, count]);
                }
                if let Some(convert) = convert {
                    let direct = rows == 1 && inner == outside && !self.streams;
                    let to = if direct { at[k] } else { scratch };
                    convert([from, to], &[[0; 2], [inside, outside]], [1, count]);
                    if direct {
                        continue;
                    }
                    from = to;
                }
                let dense = [columns as isize * outside, outside];
                copy([from, at[k]], &[[dense[0], outer], [dense[1], inner]], [rows, columns]);
            }
        }
    }
}
