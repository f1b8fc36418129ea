//! Copies of elements between any two layouts: what operands are packed and unpacked with.
//!
//! A copy does not depend on what the elements mean, only on how many bytes they have: so its loops are
//! compiled for five sizes, not for each dtype, and not at all for each kernel. A copy is the same
//! whichever of its two axes is called the outer one; the cases are sorted accordingly:
//!
//! | source | destination | how |
//! |---|---|---|
//! | contiguous | contiguous | rows as they are |
//! | contiguous along the other axis | contiguous | transposed (`transpose.rs`) |
//! | steps of 2, 3, 4, -1 or -2 elements | contiguous | loops in which the step is a constant: shuffles |
//! | repeated | contiguous | one value written many times; so often that it is few: a constant number of times |
//! | any | any | one at a time |

use std::marker::PhantomData;

use super::isa::Isa;
use super::shells::{self, Body, Loop};
use super::transpose;

/// Elements in a row below which it is copied one by one: a call costs more.
const SHORT: usize = 16;

/// The copy of elements of `size` bytes, on the instruction set in use. It takes operands of any strides,
/// aligned or not, which share no byte or are the same.
pub(crate) fn copying(size: usize) -> Loop<2> {
    match size {
        1 => shells::select::<Copying<[u8; 1]>, 2>(),
        2 => shells::select::<Copying<[u8; 2]>, 2>(),
        4 => shells::select::<Copying<[u8; 4]>, 2>(),
        8 => shells::select::<Copying<[u8; 8]>, 2>(),
        16 => shells::select::<Copying<[u8; 16]>, 2>(),
        _ => unreachable!("no dtype has {size} bytes"),
    }
}

struct Copying<T>(PhantomData<T>);

impl<const SIZE: usize> Body<2> for Copying<[u8; SIZE]> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 2], strides: &[[isize; 2]; 2], [rows, columns]: [usize; 2]) {
        if std::ptr::eq(pointers[0], pointers[1]) {
            // The same memory with the same strides, by the contract of `Loop`: a kernel that gives what it takes.
            return;
        }
        let item = SIZE as isize;
        let mut axes = [(strides[0], rows), (strides[1], columns)];
        let contiguous = |(strides, length): ([isize; 2], usize), k: usize| strides[k] == item && length > 1;
        // The inner axis is the one along which the destination is contiguous, else the source.
        let by_destination = contiguous(axes[0], 1) && !contiguous(axes[1], 1);
        let by_source = !contiguous(axes[1], 1) && contiguous(axes[0], 0) && !contiguous(axes[1], 0);
        if by_destination || by_source || axes[1].1 == 1 {
            axes.swap(0, 1);
        }
        let [(outer, rows), (inner, columns)] = axes;
        let (from, to) = (pointers[0].cast_const().cast::<[u8; SIZE]>(), pointers[1].cast::<[u8; SIZE]>());
        // SAFETY: the axes are those of `Loop`'s contract, whichever comes first.
        unsafe {
            let gapless = inner[1] == item && outer[1] == item * columns as isize;
            match columns {
                2 if gapless && inner[0] == 0 => return repeated::<SIZE, 2>(from, outer[0], to, rows),
                3 if gapless && inner[0] == 0 => return repeated::<SIZE, 3>(from, outer[0], to, rows),
                4 if gapless && inner[0] == 0 => return repeated::<SIZE, 4>(from, outer[0], to, rows),
                _ => {}
            }
            if inner[1] == item && outer[0] == item && inner[0] != item && rows > 1 {
                return transpose::transpose::<I, SIZE>(from, inner[0], to, outer[1], [rows, columns]);
            }
            for row in 0..rows as isize {
                let (from, to) = (from.byte_offset(row * outer[0]), to.byte_offset(row * outer[1]));
                if inner[1] != item {
                    one_by_one(from, inner[0], to, inner[1], columns);
                } else if inner[0] == item && columns >= SHORT {
                    from.copy_to_nonoverlapping(to, columns);
                } else {
                    match inner[0] / item * (inner[0] % item == 0) as isize {
                        2 => stepped::<SIZE, 2>(from, to, columns),
                        3 => stepped::<SIZE, 3>(from, to, columns),
                        4 => stepped::<SIZE, 4>(from, to, columns),
                        -1 => stepped::<SIZE, -1>(from, to, columns),
                        -2 => stepped::<SIZE, -2>(from, to, columns),
                        _ if inner[0] == 0 => stepped::<SIZE, 0>(from, to, columns),
                        _ => one_by_one(from, inner[0], to, item, columns),
                    }
                }
            }
        }
    }
}

/// Copies `n` elements that lie `STEP` elements apart, to where they lie side by side.
///
/// # Safety
/// They can be read and written, and share no byte.
#[inline(always)]
unsafe fn stepped<const SIZE: usize, const STEP: isize>(
    from: *const [u8; SIZE],
    to: *mut [u8; SIZE],
    n: usize,
) {
    for i in 0..n as isize {
        // SAFETY: by this function's contract; `i < n`.
        unsafe { to.offset(i).write(from.offset(i * STEP).read()) };
    }
}

/// Copies each of `n` elements, whose step is counted in bytes, to so many places side by side.
///
/// # Safety
/// As [`stepped`].
#[inline(always)]
unsafe fn repeated<const SIZE: usize, const TIMES: usize>(
    from: *const [u8; SIZE],
    from_step: isize,
    to: *mut [u8; SIZE],
    n: usize,
) {
    if SIZE == 16 {
        // A register is filled by each: more of them side by side would be put together in memory first.
        for i in 0..n {
            // SAFETY: by this function's contract; `i < n`.
            unsafe {
                let element = from.byte_offset(i as isize * from_step).read();
                (0..TIMES).for_each(|k| to.add(i * TIMES + k).write(element));
            }
        }
        return;
    }
    let to = to.cast::<[[u8; SIZE]; TIMES]>();
    if from_step == SIZE as isize {
        // The commonest step as a constant, so that vectors are made of it.
        for i in 0..n {
            // SAFETY: by this function's contract; `i < n`.
            unsafe { to.add(i).write([from.add(i).read(); TIMES]) };
        }
        return;
    }
    for i in 0..n {
        // SAFETY: as above.
        unsafe { to.add(i).write([from.byte_offset(i as isize * from_step).read(); TIMES]) };
    }
}

/// Copies `n` elements of any steps, counted in bytes.
///
/// # Safety
/// As [`stepped`].
#[inline(always)]
unsafe fn one_by_one<const SIZE: usize>(
    from: *const [u8; SIZE],
    from_step: isize,
    to: *mut [u8; SIZE],
    to_step: isize,
    n: usize,
) {
    for i in 0..n as isize {
        // SAFETY: by this function's contract; `i < n`.
        unsafe { to.byte_offset(i * to_step).write(from.byte_offset(i * from_step).read()) };
    }
}
