//! In which dtype products are computed, and what that dtype must be able to do.

use std::any::Any;
use std::borrow::Cow;
use std::slice::from_raw_parts;

use array_core::engine::call::{self, Source};
use array_core::engine::function::Function;
use array_core::engine::isa::Isa;
use array_core::{Array, Casting, Element, Kind, Result, complex64, complex128, f16};

use super::{complex, integers, lanes};
use crate::kernels;

/// A dtype of which there are matrix products: all of NumPy's.
pub trait Factor: Element {
    /// The dtype in which they are computed; its elements hold those of `Self`.
    ///
    /// Small integers wrap as if they were multiplied and added in their own dtype, half precision is
    /// rounded once at the end, and of bools it is asked whether the sum is zero, which a sum of
    /// floats that are not negative tells however many there are.
    type Computed: Number;
}

macro_rules! computed_in {
    ($($computed:ident: $($factor:ident)*;)*) => {$($(
        impl Factor for $factor { type Computed = $computed; }
    )*)*};
}
computed_in! {
    f32: bool f16 f32;
    i32: i8 i16 i32;
    u32: u8 u16 u32;
    i64: i64;
    u64: u64;
    f64: f64;
    complex64: complex64;
    complex128: complex128;
}

/// A matrix in memory: its first element, and how far apart rows and columns are, in elements.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<P> {
    pub(crate) pointer: P,
    pub(crate) row: isize,
    pub(crate) column: isize,
}

/// A dtype that products are computed in.
pub trait Number: Element {
    /// Whether the order of additions changes nothing.
    const EXACT: bool = matches!(Self::DTYPE.kind(), Kind::Signed | Kind::Unsigned);
    /// Rough nanoseconds of one multiplication and addition in a product of matrices.
    const COST: f32;
    /// `a * b + c`. Always `#[inline(always)]`.
    fn multiply_add<I: Isa>(a: Self, b: Self, c: Self) -> Self;

    /// The sum of the products of two slices of one length, `a` conjugated if asked for. Always
    /// `#[inline(always)]`.
    fn dot<I: Isa>(a: &[Self], b: &[Self], conjugate: bool) -> Self;

    /// Vectors shorter than this are multiplied four pairs at a time.
    const FOUR_BELOW: usize = 0;

    /// As [`dot`](Self::dot), of four pairs of vectors, which are not conjugated; each by itself, whatever the others.
    ///
    /// # Safety
    /// The vectors can be read.
    #[inline(always)]
    unsafe fn four_dots<I: Isa>(length: usize, a: [*const Self; 4], b: [*const Self; 4]) -> [Self; 4] {
        let mut sums = [Self::ZERO; 4];
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            // SAFETY: by this function's contract.
            let (a, b) = unsafe { (from_raw_parts(a, length), from_raw_parts(b, length)) };
            *sum = Self::dot::<I>(a, b, false);
        }
        sums
    }

    /// The product of an m × k matrix, whose rows' elements follow one another, and a vector.
    ///
    /// # Safety
    /// The operands can be read, and the result be written.
    unsafe fn rows<I: Isa>(
        lengths: [usize; 2],
        a: (*const Self, isize),
        x: *const Self,
        y: (*mut Self, isize),
    );

    /// The product of a vector and a small k × n matrix, whose rows' elements follow one another.
    ///
    /// # Safety
    /// The operands can be read, and the result be written.
    unsafe fn columns<I: Isa>(
        lengths: [usize; 2],
        x: (*const Self, isize),
        b: (*const Self, isize),
        y: (*mut Self, isize),
    );

    /// How many columns of a small product are computed at a time.
    const COLUMNS: usize;

    /// The product of small matrices, the second of whose rows' elements follow one another: so far from row to row, and
    /// padded or not.
    ///
    /// # Safety
    /// The matrices can be read, and the result be written. If the second is padded, its rows have a multiple
    /// of [`COLUMNS`](Self::COLUMNS) elements.
    unsafe fn small<I: Isa>(
        lengths: [usize; 3],
        a: Matrix<*const Self>,
        b: (*const Self, isize, bool),
        c: Matrix<*mut Self>,
    );

    /// `a + b`.
    fn plus(a: Self, b: Self) -> Self;

    /// The conjugates of complex numbers; real numbers are their own.
    ///
    /// # Errors
    /// When there is no memory for them.
    fn conjugated(a: &Array<Self>) -> Result<Array<Self>> {
        Ok(a.clone())
    }

    /// The product of an m × k matrix and a k × n one, none of the lengths zero.
    ///
    /// # Safety
    /// The matrices' elements can be read and written; `c` shares none with the others, and all of
    /// its own are different.
    unsafe fn matrices(
        lengths: [usize; 3],
        a: Matrix<*const Self>,
        b: Matrix<*const Self>,
        c: Matrix<*mut Self>,
    );
}

/// Loops over the parts of numbers, in so many lanes.
macro_rules! loops {
    ($type:ident, $part:ident, $lanes:literal) => {
        #[inline(always)]
        unsafe fn rows<I: Isa>(
            lengths: [usize; 2],
            a: (*const $type, isize),
            x: *const $type,
            y: (*mut $type, isize),
        ) {
            // SAFETY: by this function's contract.
            unsafe { lanes::rows::<I, $type, $part, $lanes>(lengths, a, x, y) }
        }
        const COLUMNS: usize = 64 / size_of::<$type>();
        #[inline(always)]
        unsafe fn columns<I: Isa>(
            lengths: [usize; 2],
            x: (*const $type, isize),
            b: (*const $type, isize),
            y: (*mut $type, isize),
        ) {
            // SAFETY: by this function's contract.
            unsafe { lanes::columns::<I, $type, $part, $lanes>(lengths, x, b, y) }
        }
        #[inline(always)]
        unsafe fn small<I: Isa>(
            lengths: [usize; 3],
            a: Matrix<*const $type>,
            b: (*const $type, isize, bool),
            c: Matrix<*mut $type>,
        ) {
            // SAFETY: by this function's contract.
            unsafe { lanes::small::<I, $type, $part, $lanes>(lengths, a, b, c) }
        }
    };
}

/// The loops of real numbers, in so many lanes.
macro_rules! real_loops {
    ($type:ident, $lanes:literal) => {
        #[inline(always)]
        fn dot<I: Isa>(a: &[$type], b: &[$type], _conjugate: bool) -> $type {
            lanes::dot::<I, $type, $lanes>(a, b)
        }
        const FOUR_BELOW: usize = 4 * $lanes;
        #[inline(always)]
        unsafe fn four_dots<I: Isa>(length: usize, a: [*const $type; 4], b: [*const $type; 4]) -> [$type; 4] {
            // SAFETY: by this function's contract.
            unsafe { lanes::four_dots::<I, $type, $lanes>(length, a, b) }
        }
        loops! { $type, $type, $lanes }
    };
}

macro_rules! floats {
    ($($type:ident, $cost:literal, $lanes:literal, $mul_add:ident, $gemm:ident;)*) => {$(
        impl Number for $type {
            const COST: f32 = $cost;
            #[inline(always)]
            fn multiply_add<I: Isa>(a: $type, b: $type, c: $type) -> $type {
                I::$mul_add(a, b, c)
            }
            #[inline(always)]
            fn plus(a: $type, b: $type) -> $type {
                a + b
            }
            real_loops! { $type, $lanes }
            unsafe fn matrices(
                [m, k, n]: [usize; 3],
                a: Matrix<*const $type>,
                b: Matrix<*const $type>,
                c: Matrix<*mut $type>,
            ) {
                // SAFETY: by this function's contract.
                unsafe {
                    matrixmultiply::$gemm(
                        m, k, n, 1.0, a.pointer, a.row, a.column, b.pointer, b.row, b.column, 0.0, c.pointer,
                        c.row, c.column,
                    )
                }
            }
        }
    )*};
}
floats! {
    f32, 0.012, 16, mul_add_f32, sgemm;
    f64, 0.024, 8, mul_add, dgemm;
}

macro_rules! integers {
    ($($type:ident as $wrapping:ident, $cost:literal, $lanes:literal;)*) => {$(
        impl Number for $type {
            const COST: f32 = $cost;
            #[inline(always)]
            fn multiply_add<I: Isa>(a: $type, b: $type, c: $type) -> $type {
                a.wrapping_mul(b).wrapping_add(c)
            }
            #[inline(always)]
            fn plus(a: $type, b: $type) -> $type {
                a.wrapping_add(b)
            }
            real_loops! { $type, $lanes }
            unsafe fn matrices(
                lengths: [usize; 3],
                a: Matrix<*const $type>,
                b: Matrix<*const $type>,
                c: Matrix<*mut $type>,
            ) {
                let input = |x: Matrix<*const $type>| Matrix {
                    pointer: x.pointer.cast::<$wrapping>(), row: x.row, column: x.column,
                };
                let c = Matrix { pointer: c.pointer.cast::<$wrapping>(), row: c.row, column: c.column };
                // SAFETY: by this function's contract; wrapped products have the same bits with a sign
                // and without.
                unsafe { integers::matrices(lengths, input(a), input(b), c) }
            }
        }
    )*};
}
integers! {
    i32 as u32, 0.04, 16;
    u32 as u32, 0.04, 16;
    i64 as u64, 0.08, 8;
    u64 as u64, 0.08, 8;
}

macro_rules! complexes {
    ($($type:ident, $part:ident, $cost:literal, $lanes:literal, $mul_add:ident, $gemm:ident;)*) => {$(
        impl Number for $type {
            const COST: f32 = $cost;
            #[inline(always)]
            fn multiply_add<I: Isa>(a: $type, b: $type, c: $type) -> $type {
                $type {
                    re: I::$mul_add(-a.im, b.im, I::$mul_add(a.re, b.re, c.re)),
                    im: I::$mul_add(a.im, b.re, I::$mul_add(a.re, b.im, c.im)),
                }
            }
            #[inline(always)]
            fn plus(a: $type, b: $type) -> $type {
                a + b
            }
            fn conjugated(a: &Array<$type>) -> Result<Array<$type>> {
                call::try_unary_with(Function::unary::<kernels::Conjugate, $type>(), Source::Borrowed(a))
            }
            #[inline(always)]
            fn dot<I: Isa>(a: &[$type], b: &[$type], conjugate: bool) -> $type {
                if a.len() < 4 {
                    let mut sum = $type::new(0.0, 0.0);
                    for (&x, &y) in a.iter().zip(b) {
                        let x = if conjugate { x.conj() } else { x };
                        sum = Self::multiply_add::<I>(x, y, sum);
                    }
                    return sum;
                }
                let [same, other] = complex::dots::<I, $part, $lanes>(complex::parts(a), complex::parts(b));
                if conjugate {
                    $type::new(same[0] + same[1], other[0] - other[1])
                } else {
                    $type::new(same[0] - same[1], other[0] + other[1])
                }
            }
            loops! { $type, $part, $lanes }
            unsafe fn matrices(
                lengths: [usize; 3],
                a: Matrix<*const $type>,
                b: Matrix<*const $type>,
                c: Matrix<*mut $type>,
            ) {
                // SAFETY: by this function's contract.
                unsafe { complex::matrices::<$part>(lengths, a, b, c, matrixmultiply::$gemm) }
            }
        }
    )*};
}
complexes! {
    complex64, f32, 0.05, 16, mul_add_f32, sgemm;
    complex128, f64, 0.1, 8, mul_add, dgemm;
}

/// The array in another dtype: itself if it already is of it.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn converted<A: Element, C: Element>(a: Array<A>) -> Result<Array<C>> {
    in_dtype(&a).map(Cow::into_owned)
}

/// As [`converted`], of an array that somebody keeps.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn in_dtype<A: Element, C: Element>(a: &Array<A>) -> Result<Cow<'_, Array<C>>> {
    match (a as &dyn Any).downcast_ref() {
        Some(same) => Ok(Cow::Borrowed(same)),
        None => a.astype_with::<C>(Casting::Unsafe).map(Cow::Owned),
    }
}
