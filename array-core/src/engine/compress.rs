//! What stands where flags are set, without gaps: the elements there, or their positions.
//!
//! Without a branch for each flag, which no processor could foresee: every element is written, and the next one
//! over it unless its flag was set. AVX-512 has an instruction that does this within a register, for elements of
//! four and eight bytes. As copies, these loops are compiled for sizes of elements, not for dtypes.
//!
//! They have the form of [`Loop`] and a contract of their own. Addresses are of the elements (unless positions
//! are asked for), the flags and the result; the last two numbers say how many flags are set, and how many there are.
//! Nothing is written beyond as many elements as flags are set.

use std::marker::PhantomData;

use super::isa::Isa;
use super::shells::{self, Body, Loop};

/// The loop that writes the elements, of `size` bytes, whose flags are set.
pub(crate) fn compressing(size: usize) -> Loop<3> {
    match size {
        1 => shells::select::<Compressing<[u8; 1]>, 3>(),
        2 => shells::select::<Compressing<[u8; 2]>, 3>(),
        4 => shells::select::<Compressing<[u8; 4]>, 3>(),
        8 => shells::select::<Compressing<[u8; 8]>, 3>(),
        16 => shells::select::<Compressing<[u8; 16]>, 3>(),
        _ => unreachable!("no dtype has {size} bytes"),
    }
}

/// The loop that writes the positions of set flags as `i64`; the first stride is the first flag's position.
pub(crate) fn finding() -> Loop<2> {
    shells::select::<Finding, 2>()
}

struct Compressing<T>(PhantomData<T>);

impl<const SIZE: usize> Body<3> for Compressing<[u8; SIZE]> {
    #[inline(always)]
    unsafe fn run<I: Isa>([from, flags, to]: [*mut u8; 3], _: &[[isize; 3]; 2], [count, n]: [usize; 2]) {
        let source = Elements(from.cast_const().cast::<[u8; SIZE]>());
        // SAFETY: by the contract above.
        unsafe { pack::<I, _, SIZE>(source, flags, to, count, n) };
    }
}

struct Finding;

impl Body<2> for Finding {
    #[inline(always)]
    unsafe fn run<I: Isa>([flags, to]: [*mut u8; 2], strides: &[[isize; 2]; 2], [count, n]: [usize; 2]) {
        // SAFETY: by the contract above.
        unsafe { pack::<I, _, 8>(Numbers(strides[0][0] as i64), flags, to, count, n) };
    }
}

/// The loop that writes one element, of `size` bytes, wherever a flag is set, and nothing elsewhere that was not
/// there: addresses are of the element, the flags and what is written to.
pub(crate) fn filling(size: usize) -> Loop<3> {
    match size {
        1 => shells::select::<Filling<u8>, 3>(),
        2 => shells::select::<Filling<u16>, 3>(),
        4 => shells::select::<Filling<u32>, 3>(),
        8 => shells::select::<Filling<u64>, 3>(),
        16 => shells::select::<Filling<[u64; 2]>, 3>(),
        _ => unreachable!("no dtype has {size} bytes"),
    }
}

struct Filling<T>(PhantomData<T>);

impl<T: Copy> Body<3> for Filling<T> {
    #[inline(always)]
    unsafe fn run<I: Isa>([value, flags, to]: [*mut u8; 3], _: &[[isize; 3]; 2], [_, n]: [usize; 2]) {
        // SAFETY: by the contract above: there are `n` flags and elements to write to, aligned for their dtype.
        unsafe {
            let value = value.cast::<T>().read_unaligned();
            for i in 0..n {
                let to = to.cast::<T>().add(i);
                // Of bits, so that there is no branch.
                let old = to.read_unaligned();
                to.write_unaligned(if *flags.add(i) != 0 { value } else { old });
            }
        }
    }
}

/// What flags choose from.
trait Source<const SIZE: usize>: Copy {
    /// What stands at a position.
    ///
    /// # Safety
    /// There are elements at the positions asked for.
    unsafe fn one(self, i: usize) -> [u8; SIZE];

    /// What stands at a vector's worth of positions, of those whose bit in `mask` is set at least.
    ///
    /// # Safety
    /// As [`one`](Self::one); the processor has AVX-512.
    #[cfg(target_arch = "x86_64")]
    unsafe fn vector(self, i: usize, mask: u64) -> std::arch::x86_64::__m512i;
}

/// Elements in memory.
#[derive(Clone, Copy)]
struct Elements<T>(*const T);

impl<const SIZE: usize> Source<SIZE> for Elements<[u8; SIZE]> {
    #[inline(always)]
    unsafe fn one(self, i: usize) -> [u8; SIZE] {
        // SAFETY: by this function's contract.
        unsafe { self.0.add(i).read() }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn vector(self, i: usize, mask: u64) -> std::arch::x86_64::__m512i {
        use std::arch::x86_64::*;
        // SAFETY: by this function's contract; what the mask leaves out is not read.
        unsafe {
            let from = self.0.wrapping_add(i);
            match SIZE {
                4 => _mm512_maskz_loadu_epi32(mask as u16, from.cast()),
                _ => _mm512_maskz_loadu_epi64(mask as u8, from.cast()),
            }
        }
    }
}

/// The positions themselves, counted from a number.
#[derive(Clone, Copy)]
struct Numbers(i64);

impl Source<8> for Numbers {
    #[inline(always)]
    unsafe fn one(self, i: usize) -> [u8; 8] {
        (self.0 + i as i64).to_ne_bytes()
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    unsafe fn vector(self, i: usize, _: u64) -> std::arch::x86_64::__m512i {
        use std::arch::x86_64::*;
        // SAFETY: by this function's contract.
        unsafe {
            _mm512_add_epi64(_mm512_set1_epi64(self.0 + i as i64), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7))
        }
    }
}

/// Writes what stands where flags are set.
///
/// # Safety
/// There are `n` elements and flags, `count` of which are set, and room for as many elements.
#[inline(always)]
unsafe fn pack<I: Isa, S: Source<SIZE>, const SIZE: usize>(
    source: S,
    flags: *const u8,
    to: *mut u8,
    count: usize,
    n: usize,
) {
    #[cfg(target_arch = "x86_64")]
    if I::AVX512 && (SIZE == 4 || SIZE == 8) {
        // SAFETY: by this function's contract; loops for this instruction set are only chosen where the
        // processor has it.
        return unsafe { pack_vectors::<S, SIZE>(source, flags, to, count, n) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = n;
    let to = to.cast::<[u8; SIZE]>();
    let (mut i, mut k) = (0, 0);
    // SAFETY: by this function's contract. While fewer are written than flags are set, there is a flag
    // that is set ahead, and while eight are to come, there are eight.
    unsafe {
        while k + 8 <= count {
            for i in i..i + 8 {
                to.add(k).write(source.one(i));
                k += usize::from(*flags.add(i));
            }
            i += 8;
        }
        while k < count {
            to.add(k).write(source.one(i));
            k += usize::from(*flags.add(i));
            i += 1;
        }
    }
}

/// As [`pack`], for elements of four or eight bytes.
///
/// # Safety
/// As [`pack`]; the processor has AVX-512.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn pack_vectors<S: Source<SIZE>, const SIZE: usize>(
    source: S,
    flags: *const u8,
    to: *mut u8,
    count: usize,
    n: usize,
) {
    use std::arch::x86_64::*;
    /// Flags looked at together.
    const FLAGS: usize = 64;
    let lanes = FLAGS / SIZE;
    let all = u64::MAX >> (FLAGS - lanes);
    let to = to.cast::<[u8; SIZE]>();
    let mut k = 0;
    // SAFETY: by this function's contract. Flags and elements beyond the last are masked out. Whole vectors are
    // written only where that many elements are still to come.
    unsafe {
        for i in (0..n).step_by(FLAGS) {
            let there = if i + FLAGS <= n { u64::MAX } else { u64::MAX >> (i + FLAGS - n) };
            let some = _mm512_maskz_loadu_epi8(there, flags.add(i).cast());
            let set = _mm512_test_epi8_mask(some, some);
            if set == 0 {
                continue;
            }
            let whole = k + FLAGS <= count;
            for part in (0..FLAGS).step_by(lanes) {
                let mask = set >> part & all;
                // What is whole may be read whole, which is a plain load.
                let read = if there == u64::MAX { all } else { mask };
                let found = mask.count_ones() as usize;
                let from = source.vector(i + part, read);
                let packed = match SIZE {
                    4 => _mm512_maskz_compress_epi32(mask as u16, from),
                    _ => _mm512_maskz_compress_epi64(mask as u8, from),
                };
                let at = to.add(k);
                if whole {
                    _mm512_storeu_si512(at.cast(), packed);
                } else if SIZE == 4 {
                    _mm512_mask_storeu_epi32(at.cast(), ((1u32 << found) - 1) as u16, packed);
                } else {
                    _mm512_mask_storeu_epi64(at.cast(), ((1u32 << found) - 1) as u8, packed);
                }
                k += found;
            }
        }
    }
    debug_assert_eq!(k, count, "as many as were counted");
}
