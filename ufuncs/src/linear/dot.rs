//! The sum of the products of two vectors, by blocks that do not depend on the number of threads.

use array_core::engine::isa::Isa;
use array_core::engine::{in_pool, thread_count};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

use super::number::Number;
use super::shells::{self, Body};

/// Elements per block.
pub(super) const BLOCK: usize = 1 << 15;
/// Elements from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 20;

struct Dot<'a, T> {
    a: &'a [T],
    b: &'a [T],
    conjugate: bool,
}

impl<T: Number> Body for Dot<'_, T> {
    type Output = T;
    #[inline(always)]
    fn run<I: Isa>(self) -> T {
        T::dot::<I>(self.a, self.b, self.conjugate)
    }
}

/// The dot product of two slices of one length, the first conjugated if asked for.
pub(crate) fn dot<T: Number>(a: &[T], b: &[T], conjugate: bool) -> T {
    let block = |(a, b)| shells::run(Dot { a, b, conjugate });
    if a.len() <= BLOCK {
        return block((a, b));
    }
    let sums: Vec<T> = if a.len() < WORTH_SPLITTING || thread_count() == 1 {
        a.chunks(BLOCK).zip(b.chunks(BLOCK)).map(block).collect()
    } else {
        in_pool(|| a.par_chunks(BLOCK).zip(b.par_chunks(BLOCK)).map(block).collect())
    };
    sums.into_iter().reduce(T::plus).unwrap_or(T::ZERO)
}

/// Dot products of many pairs of short vectors, each pair and each result so far from the next.
pub(super) struct Dots<T> {
    pub(super) count: usize,
    pub(super) length: usize,
    pub(super) a: (*const T, isize),
    pub(super) b: (*const T, isize),
    pub(super) c: (*mut T, isize),
    pub(super) conjugate: bool,
}

impl<T: Number> Body for Dots<T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let &Dots { count, length, a, b, c, conjugate } = &self;
        if length < T::FOUR_BELOW {
            for first in (0..count).step_by(4) {
                // Pairs that are not there are the last one again.
                let (mut rows, mut vectors) = ([a.0; 4], [b.0; 4]);
                for r in 0..4 {
                    let i = (first + r).min(count - 1) as isize;
                    rows[r] = a.0.wrapping_offset(i * a.1);
                    vectors[r] = b.0.wrapping_offset(i * b.1);
                }
                // SAFETY: the maker says that these vectors can be read and these results be written.
                unsafe {
                    let sums = T::four_dots::<I>(length, rows, vectors);
                    for (r, &sum) in sums.iter().enumerate().take(count - first) {
                        *c.0.wrapping_offset((first + r) as isize * c.1) = sum;
                    }
                }
            }
            return;
        }
        for i in 0..count as isize {
            // SAFETY: as above.
            unsafe {
                let a = std::slice::from_raw_parts(a.0.wrapping_offset(i * a.1), length);
                let b = std::slice::from_raw_parts(b.0.wrapping_offset(i * b.1), length);
                *c.0.wrapping_offset(i * c.1) = T::dot::<I>(a, b, conjugate);
            }
        }
    }
}
