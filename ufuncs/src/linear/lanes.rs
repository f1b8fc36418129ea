//! Inner loops of dot products and of products of small matrices, in lanes of one vector register each.
//!
//! The four accumulators are written out, as the compiler keeps arrays in registers only if they are
//! short, and pass through a `black_box` at the end where single lanes are asked for: if the compiler sees what
//! becomes of these, it takes the whole loop apart into narrower vectors. Nothing in a loop is a closure: the compiler
//! may make a function of one, and that would not have the instruction set of the shell around these loops.
//!
//! A complex number is two real ones, its parts `P`. A product of complex numbers is made of two real ones: with a
//! factor's real part, and with its imaginary part, which come together at the very end.

use std::hint::black_box;

use array_core::engine::isa::Isa;

use super::number::{Matrix, Number};
use super::register::{self, Real};

/// Adds products to the lanes of an accumulator.
macro_rules! add_products {
    ($sums:ident, $x:expr, $y:expr) => {
        $sums = register::add_products::<I, _, LANES>($x, $y, $sums);
    };
}

/// The sum of the products of two slices of one length. Of integers a plain loop, which the compiler spreads
/// over vectors by itself; lanes written out it takes amiss.
#[inline(always)]
pub(super) fn dot<I: Isa, T: Real, const LANES: usize>(a: &[T], b: &[T]) -> T {
    if T::EXACT {
        let mut sum = T::ZERO;
        for (&x, &y) in a.iter().zip(b) {
            sum = T::multiply_add::<I>(x, y, sum);
        }
        return sum;
    }
    let ((vectors_a, rest_a), (vectors_b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let ((fours_a, few_a), (fours_b, few_b)) = (vectors_a.as_chunks::<4>(), vectors_b.as_chunks::<4>());
    let mut sums = [T::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for ([x, y, z, w], [p, q, r, s]) in fours_a.iter().zip(fours_b) {
        add_products!(sums, *x, *p);
        add_products!(second, *y, *q);
        add_products!(third, *z, *r);
        add_products!(fourth, *w, *s);
    }
    for (x, y) in few_a.iter().zip(few_b) {
        add_products!(sums, *x, *y);
    }
    (sums, second, third, fourth) = black_box((sums, second, third, fourth));
    for j in 0..LANES {
        sums[j] = T::plus(T::plus(sums[j], third[j]), T::plus(second[j], fourth[j]));
    }
    // SAFETY: slices can be read.
    let [x, y] = unsafe {
        [
            register::load::<I, T, LANES>(rest_a.as_ptr(), rest_a.len()),
            register::load::<I, T, LANES>(rest_b.as_ptr(), rest_a.len()),
        ]
    };
    add_products!(sums, x, y);
    register::sum(black_box(sums))
}

/// The sums of the products of four pairs of vectors, all of one length; each by itself, whatever the others. Of vectors
/// shorter than four registers they are those that [`dot`] gives.
///
/// # Safety
/// The vectors can be read.
#[inline(always)]
pub(super) unsafe fn four_dots<I: Isa, T: Real, const LANES: usize>(
    length: usize,
    a: [*const T; 4],
    b: [*const T; 4],
) -> [T; 4] {
    let mut sums = [T::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for start in (0..length).step_by(LANES) {
        let count = (length - start).min(LANES);
        macro_rules! load {
            ($from:expr) => {
                // SAFETY: the vectors have these elements.
                unsafe { register::load::<I, T, LANES>($from.wrapping_add(start), count) }
            };
        }
        add_products!(sums, load!(a[0]), load!(b[0]));
        add_products!(second, load!(a[1]), load!(b[1]));
        add_products!(third, load!(a[2]), load!(b[2]));
        add_products!(fourth, load!(a[3]), load!(b[3]));
    }
    if !I::AVX512 {
        (sums, second, third, fourth) = black_box((sums, second, third, fourth));
    }
    register::four_sums::<I, T, LANES>([sums, second, third, fourth])
}

/// How many parts a number has.
const fn parts<T, P>() -> usize {
    size_of::<T>() / size_of::<P>()
}

/// The sums of the products of a vector with four vectors or, of complex numbers, with two: as their parts.
///
/// # Safety
/// The vectors can be read.
#[inline(always)]
unsafe fn rows_at_a_time<I: Isa, T: Number, P: Real, const LANES: usize>(
    length: usize,
    a: [*const T; 4],
    x: *const T,
) -> [P; 4] {
    let mut sums = [P::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for start in (0..length).step_by(LANES / parts::<T, P>()) {
        let count = (length - start).min(LANES / parts::<T, P>()) * parts::<T, P>();
        macro_rules! load {
            ($from:expr) => {
                // SAFETY: the vectors have these elements.
                unsafe { register::load::<I, P, LANES>($from.wrapping_add(start).cast(), count) }
            };
        }
        let b = load!(x);
        let (row, other) = (load!(a[0]), load!(a[1]));
        register::fetch_ahead(a[0].wrapping_add(start));
        register::fetch_ahead(a[1].wrapping_add(start));
        if parts::<T, P>() == 2 {
            let swapped = register::swapped::<I, P, LANES>(b);
            add_products!(sums, row, b);
            add_products!(second, row, swapped);
            add_products!(third, other, b);
            add_products!(fourth, other, swapped);
        } else {
            register::fetch_ahead(a[2].wrapping_add(start));
            register::fetch_ahead(a[3].wrapping_add(start));
            add_products!(sums, row, b);
            add_products!(second, other, b);
            add_products!(third, load!(a[2]), b);
            add_products!(fourth, load!(a[3]), b);
        }
    }
    if !I::AVX512 {
        (sums, second, third, fourth) = black_box((sums, second, third, fourth));
    }
    if parts::<T, P>() == 2 {
        // Products of two imaginary parts count with the other sign.
        sums = register::conjugated::<I, P, LANES>(sums);
        third = register::conjugated::<I, P, LANES>(third);
    }
    register::four_sums::<I, P, LANES>([sums, second, third, fourth])
}

/// The product of an m × k matrix, whose rows' elements follow one another, and a vector.
///
/// # Safety
/// The operands can be read, and the result be written.
#[inline(always)]
pub(super) unsafe fn rows<I: Isa, T: Number, P: Real, const LANES: usize>(
    [m, k]: [usize; 2],
    (a, row): (*const T, isize),
    x: *const T,
    (y, step): (*mut T, isize),
) {
    let together = 4 / parts::<T, P>();
    for first in (0..m).step_by(together) {
        // Rows that are not there are the last one again.
        let mut rows = [a; 4];
        for (r, from) in rows.iter_mut().enumerate() {
            *from = a.wrapping_offset((first + r).min(m - 1) as isize * row);
        }
        // SAFETY: by this function's contract.
        let sums = unsafe { rows_at_a_time::<I, T, P, LANES>(k, rows, x) };
        let sums = sums.as_ptr().cast::<T>();
        for r in 0..together.min(m - first) {
            // SAFETY: the result has this element; a number is its parts.
            unsafe { *y.wrapping_offset((first + r) as isize * step) = *sums.add(r) };
        }
    }
}

/// Four sums of products of numbers with lines as wide as a register: of `x[r]` and what follows at a step with
/// the line at `lines[r]` and those that follow at a step, of which only so many elements count. If lines are read
/// for the first time, what comes after them is fetched.
///
/// # Safety
/// All that can be read.
#[inline(always)]
unsafe fn tile<I: Isa, P: Real, const LANES: usize, const FETCHES: bool>(
    steps: usize,
    (x, x_step): ([*const P; 4], isize),
    (lines, line_step): ([*const P; 4], isize),
    counts: [usize; 4],
) -> [[P; LANES]; 4] {
    let mut sums = [P::ZERO; LANES];
    let (mut second, mut third, mut fourth) = (sums, sums, sums);
    for p in 0..steps as isize {
        macro_rules! add {
            ($sums:ident, $r:literal) => {
                let line = lines[$r].wrapping_offset(p * line_step);
                if FETCHES {
                    register::fetch_ahead(line);
                }
                // SAFETY: by this function's contract.
                let (x, line) = unsafe {
                    (*x[$r].wrapping_offset(p * x_step), register::load::<I, P, LANES>(line, counts[$r]))
                };
                add_products!($sums, [x; LANES], line);
            };
        }
        add!(sums, 0);
        add!(second, 1);
        add!(third, 2);
        add!(fourth, 3);
    }
    [sums, second, third, fourth]
}

/// Sums of products with real parts and with imaginary parts, as complex numbers.
#[inline(always)]
fn combined<P: Real, const LANES: usize>(with_real: [P; LANES], with_imaginary: [P; LANES]) -> [P; LANES] {
    let mut sums = with_real;
    for j in 0..LANES / 2 {
        sums[2 * j] = with_real[2 * j] - with_imaginary[2 * j + 1];
        sums[2 * j + 1] = P::plus(with_real[2 * j + 1], with_imaginary[2 * j]);
    }
    sums
}

/// Writes a register's first numbers, at a step.
///
/// # Safety
/// They can be written.
#[inline(always)]
unsafe fn write<I: Isa, T: Number, P: Real, const LANES: usize>(
    (to, step): (*mut T, isize),
    count: usize,
    lanes: [P; LANES],
) {
    // SAFETY: by this function's contract; a number is its parts.
    unsafe {
        if step == 1 {
            return register::store::<I, P, LANES>(to.cast(), count * parts::<T, P>(), lanes);
        }
        let lanes = black_box(lanes);
        for i in 0..count {
            *to.wrapping_offset(i as isize * step) = *lanes.as_ptr().cast::<T>().add(i);
        }
    }
}

/// The product of a vector and a k × n matrix, whose rows' elements follow one another: a few registers of columns at a
/// time, so that long pieces of rows are read.
///
/// # Safety
/// The operands can be read, and the result be written.
#[inline(always)]
pub(super) unsafe fn columns<I: Isa, T: Number, P: Real, const LANES: usize>(
    [k, n]: [usize; 2],
    (x, x_step): (*const T, isize),
    (b, row): (*const T, isize),
    (y, step): (*mut T, isize),
) {
    let parts = parts::<T, P>();
    let (wide, scale) = (LANES / parts, parts as isize);
    let mut factors = [x.cast::<P>(); 4];
    for (r, from) in factors.iter_mut().enumerate() {
        *from = x.cast::<P>().wrapping_add(r % parts);
    }
    for left in (0..n).step_by(4 * wide / parts) {
        let (mut lines, mut widths) = ([b.cast::<P>(); 4], [0; 4]);
        for r in 0..4 {
            let first = left + r / parts * wide;
            lines[r] = b.wrapping_add(first).cast();
            widths[r] = n.saturating_sub(first).min(wide);
        }
        let counts = widths.map(|width| width * parts);
        // SAFETY: by this function's contract.
        unsafe {
            let (factors, lines) = ((factors, x_step * scale), (lines, row * scale));
            let mut sums = tile::<I, P, LANES, true>(k, factors, lines, counts);
            if parts == 2 || !I::AVX512 {
                sums = black_box(sums);
            }
            if parts == 2 {
                (sums[0], sums[1]) = (combined(sums[0], sums[1]), combined(sums[2], sums[3]));
            }
            for r in 0..4 / parts {
                let first = left + r * wide;
                if first < n {
                    let to = y.wrapping_offset(first as isize * step);
                    write::<I, T, P, LANES>((to, step), widths[r * parts], sums[r]);
                }
            }
        }
    }
}

/// The product of small matrices, the second of whose rows' elements follow one another, in tiles of a few rows and one
/// register of columns.
///
/// # Safety
/// The matrices can be read, and the result be written. If the second is padded, its rows have as many elements as fill
/// registers.
#[inline(always)]
pub(super) unsafe fn small<I: Isa, T: Number, P: Real, const LANES: usize>(
    [m, k, n]: [usize; 3],
    a: Matrix<*const T>,
    (b, row, is_padded): (*const T, isize, bool),
    c: Matrix<*mut T>,
) {
    let parts = parts::<T, P>();
    let together = 4 / parts;
    let scale = parts as isize;
    for top in (0..m).step_by(together) {
        // Rows that are not there are the last one again.
        let mut factors = [a.pointer.cast::<P>(); 4];
        for (r, from) in factors.iter_mut().enumerate() {
            let i = (top + r / parts).min(m - 1) as isize;
            *from = a.pointer.wrapping_offset(i * a.row).cast::<P>().wrapping_add(r % parts);
        }
        for left in (0..n).step_by(LANES / parts) {
            let width = (n - left).min(LANES / parts);
            let counts = [if is_padded { LANES } else { width * parts }; 4];
            let lines = ([b.wrapping_add(left).cast(); 4], row * scale);
            // SAFETY: by this function's contract.
            unsafe {
                let mut sums = tile::<I, P, LANES, false>(k, (factors, a.column * scale), lines, counts);
                if parts == 2 || !I::AVX512 {
                    sums = black_box(sums);
                }
                if parts == 2 {
                    (sums[0], sums[1]) = (combined(sums[0], sums[1]), combined(sums[2], sums[3]));
                }
                for (r, &sums) in sums.iter().enumerate().take(together.min(m - top)) {
                    let start = (top + r) as isize * c.row + left as isize * c.column;
                    write::<I, T, P, LANES>((c.pointer.wrapping_offset(start), c.column), width, sums);
                }
            }
        }
    }
}
