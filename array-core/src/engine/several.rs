//! The inner loop of kernels and closures of several operands, of any dtypes, with one result or two.
//!
//! One loop over contiguous memory serves all layouts: an operand that is constant or that a result
//! overwrites is first copied, a block at a time, into the innermost cache. Kernels whose operands but the
//! first are often constant have another loop for that.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::elements::Elements;
use super::isa::Isa;
use super::kernel::{Plain, Prepared, Several};
use super::shells::Body;

/// Elements copied at a time.
const BLOCK: usize = 256;
/// Bytes of the largest element.
const LARGEST: usize = 16;

#[repr(align(64))]
struct Block(MaybeUninit<[u8; BLOCK * LARGEST]>);

/// What the loop calls: a kernel, or a closure.
pub(super) trait Callee<In: Elements> {
    /// What it gives.
    type Output: Elements;
    /// How many operands come before the inputs: a closure is at the address of one.
    const BEFORE: usize;
    /// Whether there is a [`prepare`](Self::prepare) that is worth a loop of its own.
    const PREPARES: bool = false;
    /// Whether some inputs need [`rare`](Self::rare), if none is prepared.
    const HAS_RARE: bool = false;
    /// Whether what [`ready`](Self::ready) gives is not right for `x`. Always `#[inline(always)]`.
    #[inline(always)]
    fn is_rare(_: In) -> bool {
        false
    }
    /// The values at a rare `x`.
    fn rare(_: In) -> Self::Output {
        unreachable!("HAS_RARE says whether there are such inputs")
    }
    /// What is called with each element. Always `#[inline(always)]`.
    ///
    /// # Safety
    /// The pointers are a call's operands, and what is returned lives no longer than that call.
    unsafe fn ready(pointers: &[*mut u8]) -> impl Prepared<In, Self::Output>;
    /// As [`ready`](Self::ready), for operands that are the same for all elements, all but the first: those
    /// of `x`. Always `#[inline(always)]`.
    ///
    /// # Safety
    /// As [`ready`](Self::ready).
    #[inline(always)]
    unsafe fn prepare<I: Isa>(pointers: &[*mut u8], _x: In) -> impl Prepared<In, Self::Output> {
        // SAFETY: by this function's contract.
        unsafe { Self::ready(pointers) }
    }
}

/// A kernel, which needs no memory.
pub(super) struct KernelCall<K>(PhantomData<K>);

impl<K: Several<In>, In: Elements> Callee<In> for KernelCall<K> {
    type Output = K::Output;
    const BEFORE: usize = 0;
    const PREPARES: bool = K::PREPARES;
    const HAS_RARE: bool = K::HAS_RARE;
    #[inline(always)]
    fn is_rare(x: In) -> bool {
        K::is_rare(x)
    }
    fn rare(x: In) -> K::Output {
        K::rare(x)
    }
    #[inline(always)]
    unsafe fn ready(_: &[*mut u8]) -> impl Prepared<In, K::Output> {
        Plain::<K>(PhantomData)
    }
    #[inline(always)]
    unsafe fn prepare<I: Isa>(_: &[*mut u8], x: In) -> impl Prepared<In, K::Output> {
        K::prepare::<I>(x)
    }
}

/// The loop of a kernel or closure of several operands.
pub(crate) struct SeveralBody<C, In>(PhantomData<(C, In)>);

impl<C: Callee<In>, In: Elements, const N: usize> Body<N> for SeveralBody<C, In> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; N], strides: &[[isize; N]; 2], lengths: [usize; 2]) {
        let [outer, inner] = *strides;
        let (first, outputs) = (C::BEFORE, C::BEFORE + In::DTYPES.len());
        let by_constants = C::PREPARES && inner[first + 1..outputs].iter().all(|&stride| stride == 0);
        // The operands that must be copied, as they change while the loop runs or stand still.
        let copied: [bool; N] = std::array::from_fn(|k| {
            let still = inner[k] == 0 && !by_constants;
            (first..outputs).contains(&k)
                && (still || (outputs..N).any(|out| std::ptr::eq(pointers[k], pointers[out])))
        });
        for row in 0..lengths[0] as isize {
            let at = std::array::from_fn(|k| pointers[k].wrapping_offset(row * outer[k]));
            // SAFETY: by the contract of `Loop`, `lengths[1]` elements can be read and written, and
            // all are contiguous but the constant ones.
            unsafe {
                let constants = In::read(&at[first..outputs], 0);
                if by_constants {
                    let kernel = C::prepare::<I>(&at, constants);
                    Self::row::<I, N, true>(at, &inner, &copied, lengths[1], constants, &kernel);
                } else {
                    Self::row::<I, N, false>(at, &inner, &copied, lengths[1], constants, &C::ready(&at));
                }
            }
        }
    }
}

impl<C: Callee<In>, In: Elements> SeveralBody<C, In> {
    /// Bytes of an element of operand `k`, which is not before the inputs.
    #[inline(always)]
    fn item_size(k: usize) -> usize {
        let (k, inputs) = (k - C::BEFORE, In::DTYPES.len());
        if k < inputs { In::DTYPES[k].item_size() } else { C::Output::DTYPES[k - inputs].item_size() }
    }

    /// The elements at `i`: all of them, or only the `FIRST`, and the others from the constants.
    ///
    /// # Safety
    /// They can be read.
    #[inline(always)]
    unsafe fn read<const FIRST: bool>(from: &[*mut u8], i: usize, constants: In) -> In {
        // SAFETY: by this function's contract.
        unsafe { if FIRST { constants.with_first(from, i) } else { In::read(from, i) } }
    }

    /// Rare inputs, if the kernel may not be right for them, are looked for once a block. A kernel prepared
    /// for constants, all inputs but the `FIRST`, is right for all.
    ///
    /// # Safety
    /// `n` elements of each operand that is not constant can be read or written; outputs share no byte with
    /// inputs.
    #[inline(always)]
    unsafe fn contiguous<I: Isa, const N: usize, const FIRST: bool>(
        at: [*mut u8; N],
        n: usize,
        constants: In,
        kernel: &impl Prepared<In, C::Output>,
    ) {
        let (from, to) = at[C::BEFORE..].split_at(In::DTYPES.len());
        if FIRST || !C::HAS_RARE {
            for i in 0..n {
                // SAFETY: `i < n`.
                unsafe { kernel.call::<I>(Self::read::<FIRST>(from, i, constants)).write(to, i) };
            }
            return;
        }
        for start in (0..n).step_by(BLOCK) {
            let (mut rare, end) = (false, n.min(start + BLOCK));
            for i in start..end {
                // SAFETY: `i < n`.
                unsafe {
                    let x = In::read(from, i);
                    rare |= C::is_rare(x);
                    kernel.call::<I>(x).write(to, i);
                }
            }
            if rare {
                // SAFETY: as many elements.
                unsafe { Self::mend(from, to, start, end) };
            }
        }
    }

    /// Computes the rare inputs of a block again, properly.
    ///
    /// # Safety
    /// As [`contiguous`](Self::contiguous), of the elements from `start` to `end`.
    #[cold]
    #[inline(never)]
    unsafe fn mend(from: &[*mut u8], to: &[*mut u8], start: usize, end: usize) {
        for i in start..end {
            // SAFETY: by this function's contract.
            unsafe {
                let x = In::read(from, i);
                if C::is_rare(x) {
                    C::rare(x).write(to, i);
                }
            }
        }
    }

    /// # Safety
    /// As [`contiguous`](Self::contiguous), but inputs of stride zero are one element, and those
    /// that are `copied` may be outputs too.
    #[inline(always)]
    unsafe fn row<I: Isa, const N: usize, const FIRST: bool>(
        at: [*mut u8; N],
        strides: &[isize; N],
        copied: &[bool; N],
        n: usize,
        constants: In,
        kernel: &impl Prepared<In, C::Output>,
    ) {
        let mut blocks = [const { Block(MaybeUninit::uninit()) }; N];
        let blocks: [*mut u8; N] = std::array::from_fn(|k| std::ptr::from_mut(&mut blocks[k].0).cast());
        let step = if copied.contains(&true) { BLOCK } else { n };
        for start in (0..n).step_by(step) {
            let count = step.min(n - start);
            let pointers = std::array::from_fn(|k| {
                let here = at[k].wrapping_offset(strides[k] * start as isize);
                if !copied[k] {
                    return here;
                }
                let size = Self::item_size(k);
                // SAFETY: reads `count` elements, or the one that stands for all; writes as many as
                // a block holds.
                unsafe {
                    if strides[k] != 0 {
                        blocks[k].copy_from_nonoverlapping(here, count * size);
                    } else if start == 0 {
                        repeat(here, blocks[k], size, count);
                    }
                }
                blocks[k]
            });
            // SAFETY: inputs that outputs overlap have been copied.
            unsafe { Self::contiguous::<I, N, FIRST>(pointers, count, constants, kernel) };
        }
    }
}

/// Writes one element of `size` bytes `count` times.
///
/// # Safety
/// `from` is readable for `size` bytes, `to` writable for `count * size`, and they are apart.
unsafe fn repeat(from: *const u8, to: *mut u8, size: usize, count: usize) {
    let all = size * count;
    // SAFETY: by this function's contract; what is read of `to` was written before.
    unsafe {
        to.copy_from_nonoverlapping(from, size);
        let mut done = size;
        while done < all {
            let more = done.min(all - done);
            to.add(done).copy_from_nonoverlapping(to, more);
            done += more;
        }
    }
}
