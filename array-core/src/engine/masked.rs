//! A function where a mask is true: elsewhere the outputs keep what they hold.
//!
//! The mask is one more operand of the nest. It is looked at a block at a time: where all of a block
//! is true, or long runs of it, the function writes straight to the outputs; where true and false
//! alternate, it computes the whole block aside and the true elements are copied; where few are true,
//! these are gathered. All of that stands
//! above the type-erased loop, so that it is compiled once for each number of operands.

use std::mem::MaybeUninit;
use std::ops::ControlFlow;

use super::at::move_items;
use super::blocks::{BLOCK, Block, Blocks};
use super::call::{Outs, PerOperand, all_operands};
use super::function::{Argument, Function};
use super::nest::{Nest, Operand};
use super::parallel;
use crate::layout::PerAxis;
use crate::{Array, DType, Result};

/// The operands of a nest: the function's last, the mask before them, and before it none.
const OPERANDS: usize = 6;

/// Elements that computing is worth to have a call less.
const WORTH_A_CALL: usize = 16;
/// Below this length on average, runs are better gathered than computed one by one.
const SHORT_RUN: usize = 8;

/// A function, into arrays that the caller gives, where `mask` is true. The results would be of the
/// dtypes `results`.
///
/// # Errors
/// When operands and mask do not broadcast to the outputs' shape, or a result's dtype is of a higher
/// kind than its output's.
pub fn out_where<const N: usize>(
    function: Function<N>,
    results: &[DType],
    operands: &[Argument<'_>],
    mut outs: impl Outs,
    mask: &Array<bool>,
) -> Result<()> {
    function.assert_inputs(operands.len());
    let mut shapes: PerOperand<&[usize]> = operands.iter().map(Argument::shape).collect();
    shapes.push(mask.shape());
    outs.prepare_to_keep(&shapes, results)?;
    let (arguments, count) = outs.arguments();
    let function = function.rounding_to(results);
    // SAFETY: each out array is unique, so that it shares no byte with another operand, and of the
    // shape that all broadcast to.
    unsafe {
        function.apply_where(&Argument::new(mask), &all_operands(operands, &arguments[..count]));
    }
    Ok(())
}

impl<const N: usize> Function<N> {
    /// Applies the function where `mask` is true.
    ///
    /// # Safety
    /// As [`apply`](Self::apply); the mask, too, broadcasts to the last argument's shape.
    unsafe fn apply_where(&self, mask: &Argument<'_>, arguments: &[Argument<'_>; N]) {
        const { assert!(N < OPERANDS, "the mask needs a place") };
        let shape = arguments[N - 1].shape;
        let operands = std::array::from_fn(|k| match (k + N).checked_sub(OPERANDS) {
            Some(k) => arguments[k].broadcast_to(shape),
            None if k + N + 1 == OPERANDS => mask.broadcast_to(shape),
            None => Operand { pointer: std::ptr::null_mut(), strides: PerAxis::from_elem(0, shape.len()) },
        });
        let Some(nest) = Nest::<OPERANDS>::new(shape, &operands) else { return };
        let dtypes = arguments.map(|argument| argument.dtype);
        let masked = Masked { function: self, rows: Blocks::for_rows(self, &dtypes), dtypes };
        // SAFETY: by this function's contract; parts do not overlap.
        parallel::for_each_part(&nest, self.cost + 0.5, |part| unsafe { masked.run(part) });
    }
}

struct Masked<'a, const N: usize> {
    function: &'a Function<N>,
    rows: Blocks<N>,
    dtypes: [DType; N],
}

impl<const N: usize> Masked<'_, N> {
    /// # Safety
    /// As [`Nest::run`], of operands laid out as [`OPERANDS`] says.
    unsafe fn run(&self, nest: &Nest<OPERANDS>) {
        let (mut blocks, mut aside) = (Block::each::<N>(), Block::each::<N>());
        let (blocks, aside) = (Block::pointers(&mut blocks), Block::pointers(&mut aside));
        let mut copied = [false; BLOCK];
        let _ = nest.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
            let steps = std::array::from_fn(|k| strides[1][k + OPERANDS - N]);
            for row in 0..lengths[0] as isize {
                for start in (0..lengths[1]).step_by(BLOCK) {
                    let count = BLOCK.min(lengths[1] - start);
                    let at = |k: usize| {
                        pointers[k].wrapping_offset(strides[0][k] * row + strides[1][k] * start as isize)
                    };
                    let (from, step) = (at(OPERANDS - N - 1).cast::<bool>(), strides[1][OPERANDS - N - 1]);
                    // SAFETY: the mask has `count` elements from here on, at this step.
                    let mask = unsafe {
                        if step == 1 {
                            std::slice::from_raw_parts(from, count)
                        } else {
                            for (i, taken) in copied[..count].iter_mut().enumerate() {
                                *taken = from.offset(i as isize * step).read();
                            }
                            &copied[..count]
                        }
                    };
                    let at = std::array::from_fn(|k| at(k + OPERANDS - N));
                    // SAFETY: `count` elements of each operand at these strides.
                    unsafe { self.block(mask, at, &steps, blocks, aside) };
                }
            }
            ControlFlow::Continue(())
        });
    }

    /// One block, of as many elements as the mask has.
    ///
    /// # Safety
    /// As [`Blocks::row`].
    unsafe fn block(
        &self,
        mask: &[bool],
        at: [*mut u8; N],
        strides: &[isize; N],
        blocks: [*mut u8; N],
        aside: [*mut u8; N],
    ) {
        let bits = match Bits::of(mask) {
            Mask::None => return,
            // SAFETY: by this function's contract.
            Mask::All => return unsafe { self.rows.row(at, strides, blocks, mask.len()) },
            Mask::Some(bits) => bits,
        };
        let (taken, runs) = bits.count();
        let left_out = mask.len() - taken;
        if self.function.closures == 0 && left_out < runs.saturating_sub(1) * WORTH_A_CALL {
            let inputs = self.function.inputs;
            let (mut pointers, mut steps) = (at, *strides);
            for k in inputs..N {
                pointers[k] = aside[k];
                steps[k] = self.dtypes[k].item_size() as isize;
            }
            // SAFETY: inputs are as they were; outputs are blocks of their own.
            unsafe {
                self.rows.row(pointers, &steps, blocks, mask.len());
                for k in inputs..N {
                    copy_where(mask, self.dtypes[k], pointers[k], at[k], strides[k]);
                }
            }
            return;
        }
        if taken < runs * SHORT_RUN {
            // SAFETY: by this function's contract.
            return unsafe { self.gathered(&bits, at, strides, blocks, aside) };
        }
        bits.for_each_run(|start, count| {
            let pointers = std::array::from_fn(|k| at[k].wrapping_offset(strides[k] * start as isize));
            // SAFETY: some of the block's elements.
            unsafe { self.rows.row(pointers, strides, blocks, count) };
        });
    }
}

impl<const N: usize> Masked<'_, N> {
    /// The elements of a block that are taken, gathered, computed at once, and scattered.
    ///
    /// # Safety
    /// As [`Blocks::row`].
    unsafe fn gathered(
        &self,
        bits: &Bits,
        at: [*mut u8; N],
        strides: &[isize; N],
        blocks: [*mut u8; N],
        aside: [*mut u8; N],
    ) {
        let mut taken = [MaybeUninit::<u16>::uninit(); BLOCK];
        let mut count = 0;
        bits.for_each(|i| {
            taken[count].write(i as u16);
            count += 1;
        });
        // SAFETY: so many were written.
        let taken = unsafe { std::slice::from_raw_parts(taken.as_ptr().cast::<u16>(), count) };
        let (mut pointers, mut steps) = (at, *strides);
        // SAFETY: elements of the block; blocks aside have room for all of it.
        unsafe {
            for k in (0..N).filter(|&k| k >= self.function.inputs || strides[k] != 0) {
                let item = self.dtypes[k].item_size();
                (pointers[k], steps[k]) = (aside[k], item as isize);
                if k < self.function.inputs {
                    move_items(item, taken.iter().map(|&i| i as isize), |i, number| {
                        (at[k].offset(i * strides[k]), aside[k].add(number * item))
                    });
                }
            }
            self.rows.row(pointers, &steps, blocks, count);
            for k in self.function.inputs..N {
                let item = self.dtypes[k].item_size();
                move_items(item, taken.iter().map(|&i| i as isize), |i, number| {
                    (aside[k].add(number * item), at[k].offset(i * strides[k]))
                });
            }
        }
    }
}

/// A bit for each of sixteen, the first in the lowest.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn pack(mask: &[bool; 16]) -> u64 {
    use std::arch::x86_64::{_mm_loadu_si128, _mm_movemask_epi8, _mm_slli_epi16};
    // SAFETY: every x86-64 has SSE2; sixteen bytes are read.
    unsafe { _mm_movemask_epi8(_mm_slli_epi16::<7>(_mm_loadu_si128(mask.as_ptr().cast()))) as u64 }
}

/// A bit for each of sixteen, the first in the lowest.
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
fn pack(mask: &[bool; 16]) -> u64 {
    let [low, high] = [0, 8].map(|start| {
        let word = u64::from_le_bytes(std::array::from_fn(|i| u8::from(mask[start + i])));
        // Each byte lands in a bit of the highest byte, without carries.
        word.wrapping_mul(0x0102_0408_1020_4080) >> 56
    });
    low | high << 8
}

/// What a block of a mask holds.
enum Mask {
    None,
    All,
    Some(Bits),
}

const WORDS: usize = BLOCK / 64;

/// A block of a mask, a bit for each element, with room for an end to the last run.
struct Bits([u64; WORDS + 1]);

impl Bits {
    fn of(mask: &[bool]) -> Mask {
        let (words, rest) = mask.as_chunks::<64>();
        let mut bits = [0; WORDS + 1];
        for (bits, word) in bits.iter_mut().zip(words) {
            let [a, b, c, d] = word.as_chunks::<16>().0 else { unreachable!("64 are four times 16") };
            *bits = pack(a) | pack(b) << 16 | pack(c) << 32 | pack(d) << 48;
        }
        for (i, &taken) in rest.iter().enumerate() {
            bits[words.len()] |= u64::from(taken) << i;
        }
        if bits == [0; WORDS + 1] {
            return Mask::None;
        }
        match bits.map(u64::count_ones).iter().sum::<u32>() {
            count if count as usize == mask.len() => Mask::All,
            _ => Mask::Some(Bits(bits)),
        }
    }

    /// How many are true, and in how many runs.
    fn count(&self) -> (usize, usize) {
        let (mut taken, mut runs, mut last) = (0, 0, 0);
        for bits in self.0 {
            taken += bits.count_ones();
            runs += (bits & !(bits << 1 | last)).count_ones();
            last = bits >> 63;
        }
        (taken as usize, runs as usize)
    }

    /// Calls `body` with the place of each that is true.
    #[inline(always)]
    fn for_each(&self, mut body: impl FnMut(usize)) {
        for (i, &bits) in self.0.iter().enumerate() {
            let mut rest = bits;
            while rest != 0 {
                body(i * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }

    /// Calls `body` with the start and length of each run.
    fn for_each_run(&self, mut body: impl FnMut(usize, usize)) {
        let mut start = None;
        for (i, &bits) in self.0.iter().enumerate() {
            // Bits that differ from the one before them: where runs begin and end.
            let before = if i == 0 { 0 } else { self.0[i - 1] >> 63 };
            let mut changes = bits ^ (bits << 1 | before);
            while changes != 0 {
                let at = i * 64 + changes.trailing_zeros() as usize;
                match start.take() {
                    None => start = Some(at),
                    Some(start) => body(start, at - start),
                }
                changes &= changes - 1;
            }
        }
    }
}

/// Copies the elements where the mask is true, from contiguous memory.
///
/// # Safety
/// As many elements as the mask has can be read from `from`, and written to `to` at this stride.
unsafe fn copy_where(mask: &[bool], dtype: DType, from: *const u8, to: *mut u8, stride: isize) {
    /// # Safety
    /// As `copy_where`, of elements that are as large as `T`.
    unsafe fn copy<T: Copy>(mask: &[bool], from: *const T, to: *mut T, stride: isize) {
        // SAFETY: by this function's contract. Elements may be less aligned than `T`.
        unsafe {
            if stride == size_of::<T>() as isize {
                for (i, &taken) in mask.iter().enumerate() {
                    let (new, old) = (from.add(i).read_unaligned(), to.add(i).read_unaligned());
                    to.add(i).write_unaligned(if taken { new } else { old });
                }
            } else {
                for (i, _) in mask.iter().enumerate().filter(|(_, taken)| **taken) {
                    to.byte_offset(i as isize * stride).write_unaligned(from.add(i).read_unaligned());
                }
            }
        }
    }
    // SAFETY: by this function's contract.
    unsafe {
        match dtype.item_size() {
            1 => copy::<u8>(mask, from, to, stride),
            2 => copy::<u16>(mask, from.cast(), to.cast(), stride),
            4 => copy::<u32>(mask, from.cast(), to.cast(), stride),
            8 => copy::<u64>(mask, from.cast(), to.cast(), stride),
            _ => copy::<[u64; 2]>(mask, from.cast(), to.cast(), stride),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_tell_runs() {
        for length in [1, 7, 8, 63, 64, 65, 100, 511, 512] {
            for pattern in 0..40u64 {
                let mask: Vec<bool> = (0..length as u64)
                    .map(|i| match pattern {
                        0 => false,
                        1 => true,
                        2 => i + 1 == length as u64,
                        _ => (i * i / pattern + i * 7) % pattern < pattern / 2,
                    })
                    .collect();
                let mut expected = Vec::new();
                for (i, _) in mask.iter().enumerate().filter(|(_, taken)| **taken) {
                    match expected.last_mut() {
                        Some((start, count)) if *start + *count == i => *count += 1,
                        _ => expected.push((i, 1)),
                    }
                }
                let mut found = Vec::new();
                match Bits::of(&mask) {
                    Mask::None => {}
                    Mask::All => found.push((0, length)),
                    Mask::Some(bits) => {
                        bits.for_each_run(|start, count| found.push((start, count)));
                        let taken = mask.iter().filter(|&&taken| taken).count();
                        assert_eq!(bits.count(), (taken, expected.len()));
                    }
                }
                assert_eq!(found, expected, "{mask:?}");
            }
        }
    }
}
