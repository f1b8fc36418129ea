//! Where in an array the indices are, and the three ways of computing there (`at.rs`'s head names them).

use std::marker::PhantomData;
use std::ops::ControlFlow;

use super::super::blocks::{BLOCK, Block, Blocks};
use super::super::call::Source;
use super::super::function::{Argument, Function};
use super::super::isa::Isa;
use super::super::kernel::Binary;
use super::super::nest::{Nest, Operand};
use super::super::shells::{Body, Loop};
use super::indices::{Resolved, position};
use crate::layout::PerAxis;
use crate::{Array, DType, Element, Result};

/// The loop over indices: of an array, indices into it, and the other operand. In place of the
/// strides along the outer axis it is given the length of the array's axis.
pub(super) struct IndexedBody<K, T>(PhantomData<(K, T)>);

impl<K: Binary<T>, T: Element> Body<3> for IndexedBody<K, T> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 3], strides: &[[isize; 3]; 2], lengths: [usize; 2]) {
        let [[length, ..], [step, _, step_b]] = *strides;
        let (a, index, b) = (pointers[0].cast::<T>(), pointers[1].cast::<i64>(), pointers[2].cast::<T>());
        let item = size_of::<T>() as isize;
        // SAFETY: every index, counted from the back if it is negative, is within the array's axis. The
        // output's dtype is `T`'s, as `AtFunction` sees to, and so its type.
        unsafe {
            let at = |i: usize| position(index.add(i).read(), length);
            if step == item && step_b == item {
                for i in 0..lengths[1] {
                    let place = a.offset(at(i));
                    place.cast::<K::Output>().write(K::call::<I>(place.read(), b.add(i).read()));
                }
            } else {
                for i in 0..lengths[1] {
                    let place = a.byte_offset(at(i) * step);
                    let b = b.byte_offset(i as isize * step_b).read();
                    place.cast::<K::Output>().write(K::call::<I>(place.read(), b));
                }
            }
        }
    }
}

/// The places in an array that indices name.
pub(super) struct Place<'a> {
    array: Argument<'a>,
    indices: &'a Resolved,
    /// How many indices there are, and the shape at each.
    shape: PerAxis<usize>,
}

/// Indices gathered at a time.
const BATCH: usize = 64;
/// Slots to find out in whether an index comes twice: so many that other indices seldom share one.
const SLOTS: usize = 4096;

impl<'a> Place<'a> {
    /// The array must be unique for what writes to it.
    pub(super) fn new(array: Argument<'a>, indices: &'a Resolved) -> Self {
        let mut shape = PerAxis::from_slice(&[indices.indices.len()]);
        shape.extend_from_slice(&array.shape[indices.axes..]);
        Place { array, indices, shape }
    }

    /// How many indices there are, and the shape at each.
    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// The shape of the indices, if they have not one axis, and then the shape at each.
    pub(super) fn whole(&self) -> Option<Vec<usize>> {
        let indices = self.indices.indices.shape();
        (indices.len() != 1).then(|| indices.iter().chain(&self.shape[1..]).copied().collect())
    }

    pub(super) fn is_one_element(&self) -> bool {
        self.shape[1..].iter().all(|&n| n == 1)
    }

    /// The other operand, of this shape.
    pub(super) fn align<B: Element>(&self, b: Source<'_, B>) -> Result<Array<B>> {
        let b = match b {
            Source::Borrowed(array) => array.clone(),
            Source::Owned(array) => array,
            Source::Scalar(value) => return Ok(crate::scalar(value)),
        };
        match self.whole() {
            Some(whole) => b.broadcast_to(whole)?.reshape(&self.shape[..]),
            None => b.broadcast_to(&self.shape[..]),
        }
    }

    /// Another operand, broadcast to this shape.
    pub(super) fn beside(&self, operand: Argument<'_>) -> (Operand, DType) {
        (operand.broadcast_to(&self.shape), operand.dtype)
    }

    /// The array's part at any index.
    pub(super) fn part(&self) -> (Operand, DType) {
        let item = self.array.dtype.item_size() as isize;
        let mut strides = PerAxis::from_slice(&[0]);
        strides.extend(self.array.strides[self.indices.axes..].iter().map(|stride| stride * item));
        (Operand { pointer: self.array.pointer, strides }, self.array.dtype)
    }

    /// How many bytes on the part at an index begins.
    fn offset(&self, index: usize) -> isize {
        let indices = self.indices.indices.as_slice().expect("made contiguous");
        let item = self.array.dtype.item_size() as isize;
        position(indices[index], self.indices.length) * self.indices.stride * item
    }

    /// # Safety
    /// The array is unique, and of the loop's dtype, as `b` is.
    pub(super) unsafe fn apply_indexed(&self, run: Loop<3>, b: Argument<'_>) {
        let item = self.array.dtype.item_size() as isize;
        let b = b.broadcast_to(&self.shape);
        let pointers = [self.array.pointer, self.indices.indices.as_ptr().cast_mut().cast(), b.pointer];
        let strides = [[self.indices.length, 0, 0], [self.indices.stride * item, 8, b.strides[0]]];
        // SAFETY: by this function's contract; indices are within the array.
        unsafe { run(pointers, &strides, [1, self.shape[0]]) };
    }

    /// Applies a function of these operands; number `array` and the last are this array's part.
    ///
    /// # Safety
    /// The array is unique. The other operands can be read over this shape.
    pub(super) unsafe fn apply<const N: usize>(
        &self,
        function: &Function<N>,
        operands: [(Operand, DType); N],
        array: usize,
    ) {
        let rows = Blocks::for_rows(function, &std::array::from_fn(|k| operands[k].1));
        let operands = operands.map(|operand| operand.0);
        // SAFETY: by this function's contract.
        unsafe {
            if self.is_one_element() {
                self.in_batches(&rows, &operands, array);
            } else {
                self.in_rows(&rows, &operands, array);
            }
        }
    }

    /// One element at each index: batches of indices of which none comes twice.
    ///
    /// # Safety
    /// As [`apply`](Self::apply).
    unsafe fn in_batches<const N: usize>(&self, rows: &Blocks<N>, operands: &[Operand; N], array: usize) {
        let (mut blocks, mut batch) = (Block::each::<N>(), Block::each::<1>());
        let (blocks, [batch]) = (Block::pointers(&mut blocks), Block::pointers(&mut batch));
        let item = self.array.dtype.item_size();
        let is_array = |k: usize| k == array || k + 1 == N;
        let strides =
            std::array::from_fn(|k| if is_array(k) { item as isize } else { operands[k].strides[0] });
        let mut slots = [0u32; SLOTS];
        let mut round = 0u32;
        let mut start = 0;
        while start < self.shape[0] {
            let mut offsets = [0; BATCH];
            let mut count = 0;
            round = round.wrapping_add(1);
            if round == 0 {
                slots.fill(0);
                round = 1;
            }
            while count < BATCH && start + count < self.shape[0] {
                let offset = self.offset(start + count);
                let slot = (offset as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOTS.ilog2());
                // The first of a batch finds every slot free.
                if std::mem::replace(&mut slots[slot as usize], round) == round {
                    break;
                }
                offsets[count] = offset;
                count += 1;
            }
            let pointers = std::array::from_fn(|k| {
                if is_array(k) {
                    batch
                } else {
                    operands[k].pointer.wrapping_offset(strides[k] * start as isize)
                }
            });
            // SAFETY: the offsets are within the array and differ; a batch fits a block.
            unsafe {
                move_items(item, offsets[..count].iter().copied(), |offset, i| {
                    (self.array.pointer.offset(offset), batch.add(i * item))
                });
                rows.row(pointers, &strides, blocks, count);
                move_items(item, offsets[..count].iter().copied(), |offset, i| {
                    (batch.add(i * item), self.array.pointer.offset(offset))
                });
            }
            start += count;
        }
    }

    /// A part at each index, one after the other.
    ///
    /// # Safety
    /// As [`apply`](Self::apply).
    unsafe fn in_rows<const N: usize>(&self, rows: &Blocks<N>, operands: &[Operand; N], array: usize) {
        let mut blocks = Block::each::<N>();
        let blocks = Block::pointers(&mut blocks);
        let parts: [Operand; N] = std::array::from_fn(|k| Operand {
            pointer: operands[k].pointer,
            strides: PerAxis::from_slice(&operands[k].strides[1..]),
        });
        let Some(nest) = Nest::new(&self.shape[1..], &parts) else { return };
        for index in 0..self.shape[0] {
            let offset = self.offset(index);
            let moved: [isize; N] = std::array::from_fn(|k| {
                if k == array || k + 1 == N { offset } else { operands[k].strides[0] * index as isize }
            });
            let _ = nest.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
                for row in 0..lengths[0] as isize {
                    for start in (0..lengths[1]).step_by(BLOCK) {
                        let at = std::array::from_fn(|k| {
                            let step = strides[0][k] * row + strides[1][k] * start as isize;
                            pointers[k].wrapping_offset(step + moved[k])
                        });
                        // SAFETY: so many elements of each operand at these strides.
                        unsafe { rows.row(at, &strides[1], blocks, BLOCK.min(lengths[1] - start)) };
                    }
                }
                ControlFlow::Continue(())
            });
        }
    }
}

/// Copies items of so many bytes, for each offset and its number `(from, to)`.
///
/// # Safety
/// All that `places` names can be read and written, and is apart.
#[inline(always)]
pub(in crate::engine) unsafe fn move_items(
    item: usize,
    offsets: impl Iterator<Item = isize>,
    places: impl Fn(isize, usize) -> (*mut u8, *mut u8),
) {
    macro_rules! of_sizes {
        ($($size:literal)*) => {
            match item {
                $($size => for (i, offset) in offsets.enumerate() {
                    let (from, to) = places(offset, i);
                    // SAFETY: by this function's contract.
                    unsafe { to.cast::<[u8; $size]>().write(from.cast::<[u8; $size]>().read()) };
                },)*
                _ => unreachable!("elements have 1, 2, 4, 8 or 16 bytes"),
            }
        };
    }
    of_sizes! { 1 2 4 8 16 }
}
