//! A matrix turned over: from where columns are contiguous to where rows are.
//!
//! On x86-64 square tiles of 16 bytes by 16 are turned over in registers. One step serves elements of all
//! sizes: interleave row `i` with row `i + half`, giving rows `2 i` and `2 i + 1`. It moves the number of
//! an element's row and column, read as one number in bits, around by one bit; after as many steps as a
//! row's number has bits, the two have changed places.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

/// Rows and columns walked through at a time, so that each cache line is used whole while it is near.
const BLOCK: usize = 64;

/// Copies element `(i, j)` for all rows `i` and columns `j`. In the source, rows follow one another
/// without gaps and columns lie `from_step` bytes apart; in the destination it is the other way round.
///
/// # Safety
/// All of them can be read and written, and share no byte.
#[inline(always)]
pub(crate) unsafe fn transpose<const SIZE: usize>(
    from: *const [u8; SIZE],
    from_step: isize,
    to: *mut [u8; SIZE],
    to_step: isize,
    [rows, columns]: [usize; 2],
) {
    let side = side::<SIZE>();
    for row in (0..rows).step_by(BLOCK) {
        let row_end = rows.min(row + BLOCK);
        for column in (0..columns).step_by(BLOCK) {
            let column_end = columns.min(column + BLOCK);
            let whole_columns = column + (column_end - column) / side * side;
            let whole_rows = row + (row_end - row) / side * side;
            // SAFETY: `i < rows` and `j < columns`, and so for all of a tile.
            unsafe {
                let source = |i: usize, j: usize| from.add(i).byte_offset(j as isize * from_step);
                let target = |i: usize, j: usize| to.add(j).byte_offset(i as isize * to_step);
                for j in (column..whole_columns).step_by(side) {
                    for i in (row..whole_rows).step_by(side) {
                        tile::<SIZE>(source(i, j).cast(), from_step, target(i, j).cast(), to_step);
                    }
                    for i in whole_rows..row_end {
                        for j in j..j + side {
                            target(i, j).write(source(i, j).read());
                        }
                    }
                }
                for j in whole_columns..column_end {
                    for i in row..row_end {
                        target(i, j).write(source(i, j).read());
                    }
                }
            }
        }
    }
}

/// Elements along a tile's side.
#[cfg(target_arch = "x86_64")]
const fn side<const SIZE: usize>() -> usize {
    16 / SIZE
}

#[cfg(not(target_arch = "x86_64"))]
const fn side<const SIZE: usize>() -> usize {
    1
}

/// Turns over one tile.
///
/// # Safety
/// As [`transpose`], of as many rows and columns as a tile's side has.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn tile<const SIZE: usize>(from: *const u8, from_step: isize, to: *mut u8, to_step: isize) {
    let side = const { side::<SIZE>() };
    // SAFETY: `i` is less than a tile's side; the instructions are the baseline's.
    unsafe {
        let mut lines = [_mm_setzero_si128(); 16];
        for (i, line) in lines[..side].iter_mut().enumerate() {
            *line = _mm_loadu_si128(from.offset(i as isize * from_step).cast());
        }
        let mut length = side;
        while length > 1 {
            let old = lines;
            for i in 0..side / 2 {
                [lines[2 * i], lines[2 * i + 1]] = interleave::<SIZE>(old[i], old[i + side / 2]);
            }
            length /= 2;
        }
        for (i, &line) in lines[..side].iter().enumerate() {
            _mm_storeu_si128(to.offset(i as isize * to_step).cast(), line);
        }
    }
}

#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
unsafe fn tile<const SIZE: usize>(from: *const u8, _: isize, to: *mut u8, _: isize) {
    // SAFETY: by this function's contract.
    unsafe { from.copy_to_nonoverlapping(to, SIZE) };
}

/// The elements of both in turns: of their first halves, and of their second.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn interleave<const SIZE: usize>(a: __m128i, b: __m128i) -> [__m128i; 2] {
    // SAFETY: the instructions are the baseline's.
    #[allow(unused_unsafe, reason = "safe in newer versions of the standard library")]
    unsafe {
        match SIZE {
            1 => [_mm_unpacklo_epi8(a, b), _mm_unpackhi_epi8(a, b)],
            2 => [_mm_unpacklo_epi16(a, b), _mm_unpackhi_epi16(a, b)],
            4 => [_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b)],
            8 => [_mm_unpacklo_epi64(a, b), _mm_unpackhi_epi64(a, b)],
            _ => [a, b],
        }
    }
}
