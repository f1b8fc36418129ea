//! The inner loops: one or two inputs, every layout, written once for all kernels.
//!
//! Light kernels (an addition) run straight over the memory, with a loop for each case that the
//! compiler can make fast: all side by side, one side constant, in place, any strides. Heavy ones
//! (a sine) have one loop, over contiguous memory in tiles of 64 elements; elements that lie
//! otherwise are first packed, some hundred at a time, into the innermost cache. Heavy kernels of two
//! arguments (a power) always go through tiles.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::isa::Isa;
use super::kernel::{Binary, Unary};
use super::shells::Body;
use crate::Element;

/// Elements in a tile: rare inputs are looked for once a tile.
const TILE: usize = 64;
/// What is left over is computed in steps of this many elements: one or two of the widest vectors.
const STEP: usize = 16;
/// Elements packed at a time: many more than a tile, so that they have left the processor's store
/// queue, where vectors cannot be loaded from, when they are needed.
const PACKED: usize = 512;
/// Nanoseconds per element above which a kernel is heavy: packing costs about as much.
const HEAVY: f32 = 0.3;

/// The loop of a kernel of one argument.
pub(crate) struct UnaryBody<K, T>(PhantomData<(K, T)>);

impl<T: Element, K: Unary<T>> Body<2> for UnaryBody<K, T> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 2], strides: &[[isize; 2]; 2], lengths: [usize; 2]) {
        let (x, y) = (pointers[0].cast::<T>().cast_const(), pointers[1].cast::<K::Output>());
        // SAFETY: by the contract of `Loop`, which these share.
        unsafe {
            if Self::TILED {
                Self::heavy::<I>(x, y, strides, lengths);
            } else {
                for row in 0..lengths[0] as isize {
                    let (x, y) = (x.byte_offset(row * strides[0][0]), y.byte_offset(row * strides[0][1]));
                    Self::light_row::<I>(x, y, strides[1], lengths[1]);
                }
            }
        }
    }
}

impl<T: Element, K: Unary<T>> UnaryBody<K, T> {
    /// Whether the kernel is run a tile at a time.
    const TILED: bool = K::HAS_RARE || K::WIDE || K::COST > HEAVY;

    /// The strides, in bytes, of contiguous operands.
    const UNIT: [isize; 2] = [size_of::<T>() as isize, size_of::<K::Output>() as isize];

    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn light_row<I: Isa>(x: *const T, y: *mut K::Output, strides: [isize; 2], n: usize) {
        // SAFETY: by this function's contract.
        unsafe {
            match (strides == Self::UNIT, std::ptr::addr_eq(x, y)) {
                (true, false) => Self::contiguous::<I>(x, y, n),
                (true, true) if size_of::<T>() == size_of::<K::Output>() => {
                    for i in 0..n {
                        y.add(i).write(K::call::<I>(y.add(i).cast::<T>().read()));
                    }
                }
                _ => {
                    for i in 0..n as isize {
                        let value = K::call::<I>(x.byte_offset(i * strides[0]).read());
                        y.byte_offset(i * strides[1]).write(value);
                    }
                }
            }
        }
    }

    /// Whole rows if both operands are contiguous, else blocks of some rows and columns, packed.
    ///
    /// # Safety
    /// As [`super::shells::Loop`].
    #[inline(always)]
    unsafe fn heavy<I: Isa>(
        x: *const T,
        y: *mut K::Output,
        strides: &[[isize; 2]; 2],
        [rows, columns]: [usize; 2],
    ) {
        let mut packed_x = [MaybeUninit::<T>::uninit(); PACKED];
        let mut packed_y = [MaybeUninit::<K::Output>::uninit(); PACKED];
        // Written in place, the output must not be written before the input is packed.
        let direct =
            [strides[1][0] == Self::UNIT[0] && !std::ptr::addr_eq(x, y), strides[1][1] == Self::UNIT[1]];
        let pack = direct != [true, true] || (columns < TILE && rows > 1);
        let width = if pack { columns.min(PACKED) } else { columns };
        let height = if pack { (PACKED / width.max(1)).max(1) } else { 1 };
        for row in (0..rows).step_by(height) {
            for column in (0..columns).step_by(width.max(1)) {
                let [r, c] = [height.min(rows - row), width.min(columns - column)];
                let offset = |k: usize| strides[0][k] * row as isize + strides[1][k] * column as isize;
                // SAFETY: rows `row..row + r` and columns `column..column + c` are among those of
                // the contract; a block has at most `PACKED` elements where it is packed.
                unsafe {
                    let (x, y) = (x.byte_offset(offset(0)), y.byte_offset(offset(1)));
                    let at = |k: usize, i: usize, j: usize| {
                        strides[0][k] * i as isize + strides[1][k] * j as isize
                    };
                    let from = if direct[0] && r == 1 {
                        x
                    } else {
                        for i in 0..r {
                            for j in 0..c {
                                packed_x[i * c + j].write(x.byte_offset(at(0, i, j)).read());
                            }
                        }
                        packed_x.as_ptr().cast()
                    };
                    let scatter = !(direct[1] && r == 1);
                    let to = if scatter { packed_y.as_mut_ptr().cast() } else { y };
                    Self::contiguous::<I>(from, to, r * c);
                    if scatter {
                        for i in 0..r {
                            for j in 0..c {
                                y.byte_offset(at(1, i, j)).write(packed_y[i * c + j].assume_init());
                            }
                        }
                    }
                }
            }
        }
    }

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
        if !Self::TILED {
            for (y, &x) in y.iter_mut().zip(x) {
                y.write(K::call::<I>(x));
            }
            return;
        }
        let (x_tiles, x_rest) = x.as_chunks::<TILE>();
        let (y_tiles, y_rest) = y.as_chunks_mut::<TILE>();
        for (x, y) in x_tiles.iter().zip(y_tiles) {
            if Self::compute::<I, TILE>(x, y) {
                Self::mend(x, y);
            }
        }
        if !x_rest.is_empty() {
            Self::rest::<I>(x_rest, y_rest);
        }
    }

    /// Calls the kernel, or its loop for AVX-512. Says whether any input was rare.
    #[inline(always)]
    fn compute<I: Isa, const N: usize>(x: &[T; N], y: &mut [MaybeUninit<K::Output>; N]) -> bool {
        if K::WIDE && I::AVX512 {
            // SAFETY: loops are only chosen for instruction sets that the processor has; tiles and steps
            // are multiples of 16 elements.
            return unsafe { K::wide(x, y) };
        }
        let mut rare = false;
        for (y, &x) in y.iter_mut().zip(x) {
            rare |= K::is_rare(x);
            y.write(K::call::<I>(x));
        }
        rare
    }

    /// Less than a tile, in whole steps: one at a time would be slow.
    #[inline(always)]
    fn rest<I: Isa>(x: &[T], y: &mut [MaybeUninit<K::Output>]) {
        let mut from = [T::ONE; TILE];
        let mut to = [MaybeUninit::<K::Output>::uninit(); TILE];
        from[..x.len()].copy_from_slice(x);
        let mut rare = false;
        let steps = from.as_chunks::<STEP>().0.iter().zip(to.as_chunks_mut::<STEP>().0);
        for (x, y) in steps.take(x.len().div_ceil(STEP)) {
            rare |= Self::compute::<I, STEP>(x, y);
        }
        if rare {
            Self::mend(&from, &mut to);
        }
        y.copy_from_slice(&to[..x.len()]);
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
            // reads index `i` of its inputs before it writes index `i`, and `tiles` all of a tile.
            unsafe {
                if K::HAS_RARE || K::WIDE {
                    Self::tiles::<I>(a, b, y, inner, n);
                } else {
                    Self::row::<I>(a, b, y, inner, n);
                }
            }
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
                    Self::with_constant(a, y, n, a_is_y, |x| K::call_with_constant::<I>(x, b));
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

    /// Calls the kernel, or its loop for AVX-512. Says whether any input was rare.
    #[inline(always)]
    fn compute<I: Isa>(a: &[T; STEP], b: &[T; STEP], y: &mut [MaybeUninit<K::Output>; STEP]) -> bool {
        if K::WIDE && I::AVX512 {
            // SAFETY: loops are only chosen for instruction sets that the processor has; a step is 16 elements.
            return unsafe { K::wide(a, b, y) };
        }
        let mut rare = false;
        for ((&a, &b), y) in a.iter().zip(b).zip(y) {
            rare |= K::is_rare(a, b);
            y.write(K::call::<I>(a, b));
        }
        rare
    }

    /// Packs, computes and unpacks a tile at a time. All of a tile is read before any is written.
    ///
    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn tiles<I: Isa>(a: *const T, b: *const T, y: *mut K::Output, strides: [isize; 3], n: usize) {
        let mut from = [[T::ONE; TILE]; 2];
        let mut to = [MaybeUninit::<K::Output>::uninit(); TILE];
        for (tile, (x, stride)) in from.iter_mut().zip([(a, strides[0]), (b, strides[1])]) {
            if stride == 0 {
                // SAFETY: the one element that stands for all `n`, of which there is at least one.
                *tile = [unsafe { x.read() }; TILE];
            }
        }
        let mut start = 0;
        while start < n {
            let count = (n - start).min(TILE);
            for (tile, (x, stride)) in from.iter_mut().zip([(a, strides[0]), (b, strides[1])]) {
                // SAFETY: elements `start..start + count`, within `n`.
                unsafe { pack(x.byte_offset(start as isize * stride), stride, &mut tile[..count]) };
            }
            let steps = count.div_ceil(STEP);
            let (a_steps, b_steps) = (from[0].as_chunks::<STEP>().0, from[1].as_chunks::<STEP>().0);
            let mut rare = false;
            for ((a, b), y) in a_steps.iter().zip(b_steps).zip(to.as_chunks_mut::<STEP>().0).take(steps) {
                rare |= Self::compute::<I>(a, b, y);
            }
            if rare {
                Self::mend(&from, &mut to);
            }
            // SAFETY: elements `start..start + count`, within `n`; as many of `to` were written above.
            unsafe { unpack(&to[..count], y.byte_offset(start as isize * strides[2]), strides[2]) };
            start += count;
        }
    }

    /// Computes the rare inputs of a tile again, properly.
    #[cold]
    #[inline(never)]
    fn mend([a, b]: &[[T; TILE]; 2], y: &mut [MaybeUninit<K::Output>; TILE]) {
        for ((&a, &b), y) in a.iter().zip(b).zip(y) {
            if K::is_rare(a, b) {
                y.write(K::rare(a, b));
            }
        }
    }
}

/// Copies the elements at `x` into a tile, unless one of them stands for all.
///
/// # Safety
/// As many elements as the tile has can be read from `x` at this stride.
#[inline(always)]
unsafe fn pack<T: Element>(x: *const T, stride: isize, tile: &mut [T]) {
    if stride == size_of::<T>() as isize {
        // SAFETY: by this function's contract; the tile is a local of its own.
        unsafe { x.copy_to_nonoverlapping(tile.as_mut_ptr(), tile.len()) };
    } else if stride != 0 {
        for (i, slot) in tile.iter_mut().enumerate() {
            // SAFETY: element `i` of as many as the tile has.
            *slot = unsafe { x.byte_offset(i as isize * stride).read() };
        }
    }
}

/// Copies a tile to the elements at `y`.
///
/// # Safety
/// The tile is initialised, and as many elements as it has can be written to `y` at this stride.
#[inline(always)]
unsafe fn unpack<T: Element>(tile: &[MaybeUninit<T>], y: *mut T, stride: isize) {
    if stride == size_of::<T>() as isize {
        // SAFETY: by this function's contract; the tile is a local of its own.
        unsafe { tile.as_ptr().cast::<T>().copy_to_nonoverlapping(y, tile.len()) };
    } else {
        for (i, value) in tile.iter().enumerate() {
            // SAFETY: element `i` of as many as the tile has, which is initialised.
            unsafe { y.byte_offset(i as isize * stride).write(value.assume_init()) };
        }
    }
}
