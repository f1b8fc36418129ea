//! The inner loops: one or two inputs, every layout, written once for all kernels.
//!
//! Light kernels (an addition, a square root) run straight over the memory, with a loop for each
//! case that the compiler can make fast: all side by side, one side constant, in place, any
//! strides. Heavy kernels (a sine) have two: over contiguous memory, and through a tile of 64
//! elements in the innermost cache, into which strided, overlapping or left-over elements are
//! packed.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::isa::Isa;
use super::kernel::{Binary, Unary};
use super::shells::Body;
use crate::Element;

/// Elements in a tile: rare inputs are looked for once a tile.
const TILE: usize = 64;
/// Tiles are computed in steps of this many elements: one or two vectors of the widest kind.
const STEP: usize = 16;

/// The loop of a kernel of one argument.
pub(crate) struct UnaryBody<K, T>(PhantomData<(K, T)>);

impl<T: Element, K: Unary<T>> Body<2> for UnaryBody<K, T> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 2], strides: &[[isize; 2]; 2], lengths: [usize; 2]) {
        let [outer, inner] = *strides;
        let contiguous = inner == [size_of::<T>() as isize, size_of::<K::Output>() as isize];
        for row in 0..lengths[0] as isize {
            // SAFETY: by the contract of `Loop`, row `row` of each operand is within it.
            let (x, y) = unsafe { (pointers[0].offset(row * outer[0]), pointers[1].offset(row * outer[1])) };
            let (x, y) = (x.cast::<T>(), y.cast::<K::Output>());
            // SAFETY: by the contract of `Loop`, `lengths[1]` elements can be read and written at
            // these strides, and x and y do not overlap unless they are the same.
            unsafe {
                match (contiguous, x.cast_const().cast() == y.cast_const().cast::<u8>()) {
                    (true, false) => Self::contiguous::<I>(x, y, lengths[1]),
                    (true, true) if !K::HAS_RARE && size_of::<T>() == size_of::<K::Output>() => {
                        Self::in_place::<I>(x, lengths[1]);
                    }
                    _ if K::HAS_RARE => Self::tiles::<I>(x, y, inner, lengths[1]),
                    _ => Self::strided::<I>(x, y, inner, lengths[1]),
                }
            }
        }
    }
}

impl<T: Element, K: Unary<T>> UnaryBody<K, T> {
    /// # Safety
    /// `n` elements at `x` are readable, at `y` writable, and they do not overlap.
    #[inline(always)]
    unsafe fn contiguous<I: Isa>(x: *const T, y: *mut K::Output, n: usize) {
        // SAFETY: by this function's contract.
        let (x, y) = unsafe {
            (
                std::slice::from_raw_parts(x, n),
                std::slice::from_raw_parts_mut(y.cast::<MaybeUninit<K::Output>>(), n),
            )
        };
        if !K::HAS_RARE {
            for (y, &x) in y.iter_mut().zip(x) {
                y.write(K::call::<I>(x));
            }
            return;
        }
        let (x_tiles, x_rest) = x.as_chunks::<TILE>();
        let (y_tiles, y_rest) = y.as_chunks_mut::<TILE>();
        for (x, y) in x_tiles.iter().zip(y_tiles) {
            let mut rare = false;
            for (y, &x) in y.iter_mut().zip(x) {
                rare |= K::is_rare(x);
                y.write(K::call::<I>(x));
            }
            if rare {
                Self::mend(x, y);
            }
        }
        // SAFETY: what is left of both slices, of the same length, below a tile.
        unsafe {
            let strides = [size_of::<T>() as isize, size_of::<K::Output>() as isize];
            Self::tiles::<I>(x_rest.as_ptr(), y_rest.as_mut_ptr().cast(), strides, x_rest.len());
        }
    }

    /// # Safety
    /// `n` elements at `x` are readable as `T` and writable as `K::Output`, which has the same size.
    #[inline(always)]
    unsafe fn in_place<I: Isa>(x: *mut T, n: usize) {
        for i in 0..n {
            // SAFETY: `i < n`.
            unsafe { x.add(i).cast::<K::Output>().write(K::call::<I>(x.add(i).read())) };
        }
    }

    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn strided<I: Isa>(x: *const T, y: *mut K::Output, strides: [isize; 2], n: usize) {
        for i in 0..n as isize {
            // SAFETY: element `i` of each operand, `i < n`.
            unsafe {
                y.byte_offset(i * strides[1]).write(K::call::<I>(x.byte_offset(i * strides[0]).read()))
            };
        }
    }

    /// Packs, computes and unpacks a tile at a time. All of a tile is read before any is written.
    ///
    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn tiles<I: Isa>(x: *const T, y: *mut K::Output, strides: [isize; 2], n: usize) {
        let mut from = [T::ONE; TILE];
        let mut to = [MaybeUninit::<K::Output>::uninit(); TILE];
        let mut start = 0;
        while start < n {
            let count = (n - start).min(TILE);
            for (i, slot) in from[..count].iter_mut().enumerate() {
                // SAFETY: element `start + i < n`.
                *slot = unsafe { x.byte_offset((start + i) as isize * strides[0]).read() };
            }
            let mut rare = false;
            let steps = count.div_ceil(STEP);
            for (x, y) in from.as_chunks::<STEP>().0.iter().zip(to.as_chunks_mut::<STEP>().0).take(steps) {
                for (y, &x) in y.iter_mut().zip(x) {
                    rare |= K::is_rare(x);
                    y.write(K::call::<I>(x));
                }
            }
            if rare {
                Self::mend(&from, &mut to);
            }
            for (i, value) in to[..count].iter().enumerate() {
                // SAFETY: element `start + i < n`, and `to[..count]` was written above.
                unsafe { y.byte_offset((start + i) as isize * strides[1]).write(value.assume_init()) };
            }
            start += count;
        }
    }

    /// Computes the rare inputs of a tile again, properly.
    #[cold]
    #[inline(never)]
    fn mend(x: &[T; TILE], y: &mut [MaybeUninit<K::Output>; TILE]) {
        for (&x, y) in x.iter().zip(y) {
            if K::is_rare(x) {
                y.write(K::rare(x));
            }
        }
    }
}

/// The loop of a kernel of two arguments.
pub(crate) struct BinaryBody<K, T>(PhantomData<(K, T)>);

impl<T: Element, K: Binary<T>> Body<3> for BinaryBody<K, T> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 3], strides: &[[isize; 3]; 2], lengths: [usize; 2]) {
        let [outer, inner] = *strides;
        let n = lengths[1];
        for row in 0..lengths[0] as isize {
            // SAFETY: by the contract of `Loop`, row `row` of each operand is within it.
            let at = |k: usize| unsafe { pointers[k].offset(row * outer[k]) };
            let (a, b, y) = (at(0).cast::<T>(), at(1).cast::<T>(), at(2).cast::<K::Output>());
            // SAFETY: by the contract of `Loop`, `n` elements can be read and written at these
            // strides; an operand is either the output itself or apart from it. Each `row` below
            // reads index `i` of its inputs before it writes index `i`.
            unsafe { Self::row::<I>(a, b, y, inner, n) };
        }
    }
}

impl<T: Element, K: Binary<T>> BinaryBody<K, T> {
    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn row<I: Isa>(a: *const T, b: *const T, y: *mut K::Output, strides: [isize; 3], n: usize) {
        let (item, out) = (size_of::<T>() as isize, size_of::<K::Output>() as isize);
        let same_size = item == out;
        let a_is_y = same_size && std::ptr::addr_eq(a, y);
        let b_is_y = same_size && std::ptr::addr_eq(b, y);
        // SAFETY: strides of one item mean slices of `n` elements; strides of zero mean that the
        // one element at the pointer stands for all. A slice and `y` are apart unless `*_is_y`, and
        // then only `y`'s own pointer is used. `n` is at least one, as nests are never empty.
        unsafe {
            match strides {
                [sa, sb, sy] if sa == item && sb == item && sy == out => match (a_is_y, b_is_y) {
                    (false, false) => {
                        let (a, b) = (std::slice::from_raw_parts(a, n), std::slice::from_raw_parts(b, n));
                        let y = std::slice::from_raw_parts_mut(y.cast::<MaybeUninit<K::Output>>(), n);
                        for ((y, &a), &b) in y.iter_mut().zip(a).zip(b) {
                            y.write(K::call::<I>(a, b));
                        }
                    }
                    (true, false) => {
                        let b = std::slice::from_raw_parts(b, n);
                        Self::in_place(y, n, |i, x| K::call::<I>(x, b[i]));
                    }
                    (false, true) => {
                        let a = std::slice::from_raw_parts(a, n);
                        Self::in_place(y, n, |i, x| K::call::<I>(a[i], x));
                    }
                    (true, true) => Self::in_place(y, n, |_, x| K::call::<I>(x, x)),
                },
                [sa, 0, sy] if sa == item && sy == out => {
                    let b = b.read();
                    Self::with_constant(a, y, n, a_is_y, |x| K::call::<I>(x, b));
                }
                [0, sb, sy] if sb == item && sy == out => {
                    let a = a.read();
                    Self::with_constant(b, y, n, b_is_y, |x| K::call::<I>(a, x));
                }
                [sa, sb, sy] => {
                    for i in 0..n as isize {
                        let value = K::call::<I>(a.byte_offset(i * sa).read(), b.byte_offset(i * sb).read());
                        y.byte_offset(i * sy).write(value);
                    }
                }
            }
        }
    }

    /// # Safety
    /// `n` elements at `y` are readable as `T` and writable as `K::Output`, which has the same
    /// size, and `f` reads none of them.
    #[inline(always)]
    unsafe fn in_place(y: *mut K::Output, n: usize, f: impl Fn(usize, T) -> K::Output) {
        for i in 0..n {
            // SAFETY: `i < n`.
            unsafe { y.add(i).write(f(i, y.add(i).cast::<T>().read())) };
        }
    }

    /// # Safety
    /// `n` elements at `x` are readable and at `y` writable; both are the same if `in_place`, and
    /// apart if not.
    #[inline(always)]
    unsafe fn with_constant(
        x: *const T,
        y: *mut K::Output,
        n: usize,
        in_place: bool,
        f: impl Fn(T) -> K::Output,
    ) {
        if in_place {
            // SAFETY: by this function's contract; `f` reads no memory.
            return unsafe { Self::in_place(y, n, |_, x| f(x)) };
        }
        // SAFETY: by this function's contract.
        let (x, y) = unsafe {
            (
                std::slice::from_raw_parts(x, n),
                std::slice::from_raw_parts_mut(y.cast::<MaybeUninit<K::Output>>(), n),
            )
        };
        for (y, &x) in y.iter_mut().zip(x) {
            y.write(f(x));
        }
    }
}
