//! Masks of the array's own shape: how many flags are set, the elements there, and writing to them.

use std::mem::MaybeUninit;

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::engine::{compress, parallel};
use crate::layout::Order;
use crate::{Array, Element, Result};

/// Flags below which threads do not pay.
const WORTH_SPLITTING: usize = 1 << 18;
/// Flags that one thread packs at a time.
const PART: usize = 1 << 16;

/// How many flags are set.
pub(crate) fn count(flags: &[bool]) -> usize {
    /// Words of eight counts each, none of which exceeds a byte.
    const WORDS: usize = 255;
    // SAFETY: a flag is a byte, 0 or 1, and a word has no invalid value.
    let (head, words, tail) = unsafe { flags.align_to::<u64>() };
    let one_by_one = |flags: &[bool]| flags.iter().filter(|&&flag| flag).count();
    let in_words = words.chunks(WORDS).map(|words| {
        let sums: u64 = words.iter().sum();
        let pairs = (sums & 0x00ff_00ff_00ff_00ff) + (sums >> 8 & 0x00ff_00ff_00ff_00ff);
        (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
    });
    one_by_one(head) + one_by_one(tail) + in_words.sum::<usize>()
}

/// Memory that several threads write to, each a part of its own.
struct Target(*mut u8);
// SAFETY: no two threads write to the same part.
unsafe impl Sync for Target {}

/// Writes what is packed of the flags from one position on to an address, given how many of them are set.
///
/// `pack` writes no more than as many elements of `size` bytes.
fn packed(
    flags: &[bool],
    out: &mut [MaybeUninit<u8>],
    size: usize,
    pack: impl Fn(usize, &[bool], *mut u8, usize) + Sync,
) {
    let to = Target(out.as_mut_ptr().cast());
    if flags.len() < WORTH_SPLITTING || parallel::thread_count() == 1 {
        return pack(0, flags, to.0, out.len() / size);
    }
    let to = &to;
    parallel::in_pool(|| {
        let counts: Vec<usize> = (0..flags.len().div_ceil(PART))
            .into_par_iter()
            .map(|part| count(&flags[part * PART..flags.len().min((part + 1) * PART)]))
            .collect();
        let starts: Vec<usize> = counts
            .iter()
            .scan(0, |sum, count| {
                *sum += count;
                Some(*sum - count)
            })
            .collect();
        counts.into_par_iter().zip(starts).enumerate().for_each(|(part, (count, start))| {
            let flags = &flags[part * PART..flags.len().min((part + 1) * PART)];
            pack(part * PART, flags, to.0.wrapping_add(start * size), count);
        });
    });
}

/// A slice's memory as bytes.
fn bytes<T>(slice: &mut [MaybeUninit<T>]) -> &mut [MaybeUninit<u8>] {
    // SAFETY: the same memory; what need not be initialised has no invalid value, of any type.
    unsafe { std::slice::from_raw_parts_mut(slice.as_mut_ptr().cast(), size_of_val(slice)) }
}

/// The elements whose flags are set.
///
/// # Errors
/// When there is no memory for them.
pub(super) fn compressed<T: Element>(values: &[T], flags: &[bool]) -> Result<Array<T>> {
    assert_eq!(values.len(), flags.len(), "a flag for each element");
    let run = compress::compressing(size_of::<T>());
    let fill = |out: &mut [MaybeUninit<T>]| {
        packed(flags, bytes(out), size_of::<T>(), |start, flags, to, count| {
            let from = values[start..start + flags.len()].as_ptr().cast_mut().cast();
            // SAFETY: an element for each flag, of which `count` are set; room for as many at `to`.
            unsafe { run([from, flags.as_ptr().cast_mut().cast(), to], &[[0; 3]; 2], [count, flags.len()]) };
        });
    };
    // SAFETY: as many elements are written as flags are set.
    unsafe { Array::build(&[count(flags)], Order::RowMajor, fill) }
}

/// Writes the positions of set flags, as many as there is room for, counted from `first`.
pub(super) fn positions(flags: &[bool], first: i64, out: &mut [MaybeUninit<i64>]) {
    assert_eq!(count(flags), out.len(), "room for each");
    let run = compress::finding();
    packed(flags, bytes(out), size_of::<i64>(), |start, flags, to, count| {
        let first = first as isize + start as isize;
        // SAFETY: `count` of the flags are set; there is room for as many positions at `to`.
        unsafe { run([flags.as_ptr().cast_mut().cast(), to], &[[first; 2], [0; 2]], [count, flags.len()]) };
    });
}

/// Writes one value where flags are set.
pub(super) fn fill<T: Element>(elements: &mut [T], flags: &[bool], value: T) {
    assert_eq!(elements.len(), flags.len(), "a flag for each element");
    let run = compress::filling(size_of::<T>());
    let value = std::ptr::from_ref(&value).cast_mut().cast();
    let pointers = [value, flags.as_ptr().cast_mut().cast(), elements.as_mut_ptr().cast()];
    // SAFETY: a flag for each element, which are borrowed mutably; the value outlives the call.
    unsafe { run(pointers, &[[0; 3]; 2], [1, flags.len()]) };
}

/// Writes the values, of which there are as many, where flags are set.
pub(super) fn spread<T: Element>(elements: &mut [T], flags: &[bool], values: &[T]) {
    let mut k = 0;
    for (element, &flag) in elements.iter_mut().zip(flags) {
        // After the last one no flag is set.
        let Some(&value) = values.get(k) else { return };
        *element = if flag { value } else { *element };
        k += usize::from(flag);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{complex128, from_fn};

    /// Flags of several densities, in patterns that have runs, gaps and single ones.
    fn flags(n: usize, density: usize) -> Vec<bool> {
        let mut state = 1 + n as u64 * 31 + density as u64;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % 100 < density as u64
            })
            .collect()
    }

    fn agrees<T: Element + PartialEq>(make: fn(usize) -> T) {
        for n in (0..300).chain([1000, 4096, WORTH_SPLITTING + 77]) {
            for density in [0, 1, 50, 97, 100] {
                let flags = flags(n, density);
                let values: Vec<T> = (0..n).map(make).collect();
                let naive: Vec<T> =
                    values.iter().zip(&flags).filter(|pair| *pair.1).map(|pair| *pair.0).collect();
                assert_eq!(count(&flags), naive.len());
                // From an odd place, so that nothing is aligned.
                let found = compressed(&values, &flags).unwrap().to_vec();
                assert!(found == naive, "{n} elements of {}, {density} %", T::DTYPE);
                let offset = n.min(3);
                let found = compressed(&values[offset..], &flags[offset..]).unwrap().to_vec();
                let skipped = count(&flags[..offset]);
                assert!(found == naive[skipped..], "{n} elements of {}, {density} %, shifted", T::DTYPE);
                let mut written = vec![T::ZERO; n];
                spread(&mut written, &flags, &naive);
                let expected: Vec<T> =
                    values.iter().zip(&flags).map(|(&v, &flag)| if flag { v } else { T::ZERO }).collect();
                assert!(written == expected, "{n} elements of {}, {density} %, spread", T::DTYPE);
                fill(&mut written, &flags, T::ONE);
                assert!((0..n).all(|i| written[i] == if flags[i] { T::ONE } else { T::ZERO }));
            }
        }
    }

    #[test]
    fn elements_of_every_size_are_packed_as_one_by_one() {
        agrees::<u8>(|i| i as u8);
        agrees::<i16>(|i| i as i16);
        agrees::<f32>(|i| i as f32);
        agrees::<i64>(|i| i as i64);
        agrees::<complex128>(|i| complex128::new(i as f64, -1.0));
    }

    #[test]
    fn positions_are_those_of_set_flags() {
        for n in (0..200).chain([WORTH_SPLITTING + 5]) {
            for density in [0, 2, 50, 100] {
                let flags = flags(n, density);
                let naive: Vec<i64> =
                    (0..n).filter(|&i| flags[i]).map(|i| i as i64 + 1_000_000_000_000).collect();
                let fill = |out: &mut [MaybeUninit<i64>]| positions(&flags, 1_000_000_000_000, out);
                // SAFETY: a position is written for each.
                let found = unsafe { Array::build(&[naive.len()], Order::RowMajor, fill) }.unwrap();
                assert_eq!(found.to_vec(), naive, "{n} flags, {density} %");
            }
        }
    }

    #[test]
    fn masks_on_every_number_of_threads_give_the_same() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(4).use_current_thread().build().unwrap();
        // This thread is in the pool: what goes in and out of one ThreadSanitizer cannot follow.
        pool.install(|| {
            let n = 3 * WORTH_SPLITTING;
            let x: Array<f64> = from_fn([n], |i| i[0] as f64).unwrap();
            let mask: Array<bool> = Array::from_vec(flags(n, 30));
            let alone = crate::with_threads(1, || x.slice(crate::s![&mask]).unwrap());
            assert_eq!(x.slice(crate::s![&mask]).unwrap(), alone);
        });
    }
}
