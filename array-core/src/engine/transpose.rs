//! A matrix turned over: from where columns are contiguous to where rows are.
//!
//! On x86-64 square tiles of 16 bytes by 16 are turned over in registers. One step serves elements of all
//! sizes: interleave row `i` with row `i + half`, giving rows `2 i` and `2 i + 1`. It moves the number of
//! an element's row and column, read as one number in bits, around by one bit; after as many steps as a
//! row's number has bits, the two have changed places. With AVX-512, tiles of four and eight bytes' elements are
//! a whole cache line long, so that lines are written whole.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use super::isa::Isa;

/// Rows and columns walked through at a time, so that each cache line is used whole while it is near.
const BLOCK: usize = 64;

/// Copies element `(i, j)` for all rows `i` and columns `j`. In the source, rows follow one another
/// without gaps and columns lie `from_step` bytes apart; in the destination it is the other way round.
///
/// # Safety
/// All of them can be read and written, and share no byte.
#[inline(always)]
pub(crate) unsafe fn transpose<I: Isa, const SIZE: usize>(
    from: *const [u8; SIZE],
    from_step: isize,
    to: *mut [u8; SIZE],
    to_step: isize,
    [rows, columns]: [usize; 2],
) {
    let matrix = Matrix { from, from_step, to, to_step };
    for row in (0..rows).step_by(BLOCK) {
        let row_end = rows.min(row + BLOCK);
        for column in (0..columns).step_by(BLOCK) {
            let column_end = columns.min(column + BLOCK);
            // SAFETY: `i < rows` and `j < columns` for all of the block.
            unsafe { matrix.block::<I>([row, row_end], [column, column_end]) };
        }
    }
}

/// Where both matrices are.
#[derive(Clone, Copy)]
struct Matrix<const SIZE: usize> {
    from: *const [u8; SIZE],
    from_step: isize,
    to: *mut [u8; SIZE],
    to_step: isize,
}

impl<const SIZE: usize> Matrix<SIZE> {
    #[inline(always)]
    fn source(&self, i: usize, j: usize) -> *const [u8; SIZE] {
        self.from.wrapping_add(i).wrapping_byte_offset(j as isize * self.from_step)
    }

    #[inline(always)]
    fn target(&self, i: usize, j: usize) -> *mut [u8; SIZE] {
        self.to.wrapping_add(j).wrapping_byte_offset(i as isize * self.to_step)
    }

    /// Turns over these rows and columns, whole blocks by the largest tiles.
    ///
    /// # Safety
    /// They are among the matrix'.
    #[inline(always)]
    unsafe fn block<I: Isa>(self, rows: [usize; 2], columns: [usize; 2]) {
        #[cfg(target_arch = "x86_64")]
        if I::AVX512
            && (SIZE == 4 || SIZE == 8)
            && rows[1] - rows[0] == BLOCK
            && columns[1] - columns[0] == BLOCK
        {
            let side = 64 / SIZE;
            for i in (rows[0]..rows[1]).step_by(side) {
                for j in (columns[0]..columns[1]).step_by(side) {
                    let (source, target) = (self.source(i, j), self.target(i, j));
                    // SAFETY: by this function's contract; loops for this instruction set are only chosen where
                    // the processor has it.
                    unsafe {
                        wide_tile::<SIZE>(source.cast(), self.from_step, target.cast(), self.to_step);
                    }
                }
            }
            return;
        }
        // SAFETY: by this function's contract.
        unsafe { self.small(rows, columns) };
    }

    /// As [`block`](Self::block), by the baseline's tiles.
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    unsafe fn small(self, [row, row_end]: [usize; 2], [column, column_end]: [usize; 2]) {
        let side = side::<SIZE>();
        let whole_columns = column + (column_end - column) / side * side;
        let whole_rows = row + (row_end - row) / side * side;
        // SAFETY: by this function's contract, and so for all of a tile.
        unsafe {
            for j in (column..whole_columns).step_by(side) {
                for i in (row..whole_rows).step_by(side) {
                    let (source, target) = (self.source(i, j), self.target(i, j));
                    tile::<SIZE>(source.cast(), self.from_step, target.cast(), self.to_step);
                }
                for i in whole_rows..row_end {
                    for j in j..j + side {
                        self.target(i, j).write(self.source(i, j).read());
                    }
                }
            }
            for j in whole_columns..column_end {
                for i in row..row_end {
                    self.target(i, j).write(self.source(i, j).read());
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

/// Turns over a tile of cache lines.
///
/// # Safety
/// As [`transpose`], of as many rows and columns as elements of four or eight bytes are in a line; the processor
/// has AVX-512.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn wide_tile<const SIZE: usize>(from: *const u8, from_step: isize, to: *mut u8, to_step: isize) {
    let side = const { 64 / SIZE };
    // SAFETY: `i` is less than a tile's side; the processor has the instructions.
    unsafe {
        let mut lines = [_mm512_setzero_si512(); 16];
        for (i, line) in lines[..side].iter_mut().enumerate() {
            *line = _mm512_loadu_si512(from.offset(i as isize * from_step).cast());
        }
        let first_8 = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
        let second_8 = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
        let first_4 = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        let second_4 = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        let mut length = side;
        while length > 1 {
            let old = lines;
            for i in 0..side / 2 {
                let (a, b) = (old[i], old[i + side / 2]);
                [lines[2 * i], lines[2 * i + 1]] = if SIZE == 4 {
                    [_mm512_permutex2var_epi32(a, first_4, b), _mm512_permutex2var_epi32(a, second_4, b)]
                } else {
                    [_mm512_permutex2var_epi64(a, first_8, b), _mm512_permutex2var_epi64(a, second_8, b)]
                };
            }
            length /= 2;
        }
        for (i, &line) in lines[..side].iter().enumerate() {
            _mm512_storeu_si512(to.offset(i as isize * to_step).cast(), line);
        }
    }
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
