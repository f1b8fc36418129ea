//! The inner loops of kernels with one input or two, written once for all of them.
//!
//! They know contiguous operands and constant ones; other layouts come to them in blocks (`blocks.rs`).
//! Light kernels (an addition) run straight over the memory, with a loop for each case that the compiler
//! can make fast: all side by side, one side constant, in place. Kernels with rare inputs, costly ones
//! and those with a loop of their own for AVX-512 have one loop, in tiles of 64 elements.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::isa::Isa;
use super::kernel::{Binary, Prepared, Unary};
use super::shells::Body;
use crate::Element;

/// Elements in a tile: rare inputs are looked for once a tile.
const TILE: usize = 64;
/// What is left over is computed in steps of this many elements: one or two of the widest vectors.
const STEP: usize = 16;
/// Nanoseconds per element above which a kernel is run a tile at a time: what is left over of a row would
/// be slow one by one.
const HEAVY: f32 = 0.3;
/// Elements from which on it pays to prepare for a constant operand instead of running a tile at a time.
const WORTH_PREPARING: usize = 32;

/// Whether a light kernel from `T` to `O`, which is as large or a `bool`, has a loop over steps of two elements:
/// of those of eight bytes packing costs a tenth to a quarter more, of sixteen half, of smaller ones nothing.
const fn takes_steps<T, O>() -> bool {
    size_of::<T>() >= 8 && (size_of::<O>() == size_of::<T>() || size_of::<O>() == 1)
}

/// The loop of a kernel of one argument.
pub(crate) struct UnaryBody<K, T>(PhantomData<(K, T)>);

impl<T: Element, K: Unary<T>> Body<2> for UnaryBody<K, T> {
    const TAKES_STEPS: bool = !Self::TILED && takes_steps::<T, K::Output>();

    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 2], strides: &[[isize; 2]; 2], [rows, columns]: [usize; 2]) {
        for row in 0..rows as isize {
            // SAFETY: by the contract of `Loop`: both operands are contiguous, or `x` lies two elements apart.
            unsafe {
                let x = pointers[0].offset(row * strides[0][0]).cast::<T>().cast_const();
                let y = pointers[1].offset(row * strides[0][1]).cast::<K::Output>();
                if Self::TILED {
                    Self::tiles::<I>(x, y, columns);
                } else if Self::TAKES_STEPS && strides[1][0] == 2 * size_of::<T>() as isize {
                    for i in 0..columns {
                        y.add(i).write(K::call::<I>(x.add(2 * i).read()));
                    }
                } else if std::ptr::addr_eq(x, y) && size_of::<T>() == size_of::<K::Output>() {
                    for i in 0..columns {
                        y.add(i).write(K::call::<I>(y.add(i).cast::<T>().read()));
                    }
                } else {
                    Self::apart::<I>(x, y, columns);
                }
            }
        }
    }
}

impl<T: Element, K: Unary<T>> UnaryBody<K, T> {
    const TILED: bool = K::HAS_RARE || K::WIDE.exists() || K::COST > HEAVY;

    /// # Safety
    /// `n` elements at `x` are readable, at `y` writable, and they do not overlap.
    #[inline(always)]
    unsafe fn apart<I: Isa>(x: *const T, y: *mut K::Output, n: usize) {
        // SAFETY: by this function's contract.
        let (x, y) = unsafe {
            (
                std::slice::from_raw_parts(x, n),
                std::slice::from_raw_parts_mut(y.cast::<MaybeUninit<K::Output>>(), n),
            )
        };
        for (y, &x) in y.iter_mut().zip(x) {
            y.write(K::call::<I>(x));
        }
    }

    /// # Safety
    /// As [`apart`](Self::apart), but they may be the same.
    #[inline(always)]
    unsafe fn tiles<I: Isa>(x: *const T, y: *mut K::Output, n: usize) {
        let in_place = std::ptr::addr_eq(x, y);
        let mut copy;
        let whole = n - n % TILE;
        for start in (0..whole).step_by(TILE) {
            // SAFETY: a tile within `n`. Where `x` is `y`, only `y` and the copy are referred to.
            let (x, y) = unsafe {
                let x = if in_place {
                    copy = x.add(start).cast::<[T; TILE]>().read();
                    &copy
                } else {
                    &*x.add(start).cast::<[T; TILE]>()
                };
                (x, &mut *y.add(start).cast::<[MaybeUninit<K::Output>; TILE]>())
            };
            if Self::compute::<I, TILE>(x, y) {
                Self::mend(x, y);
            }
        }
        if whole < n {
            // SAFETY: what is left of `n`.
            unsafe { Self::rest::<I>(x.add(whole), y.add(whole), n - whole) };
        }
    }

    /// Calls the kernel, or its loop for AVX-512. Says whether any input was rare.
    #[inline(always)]
    fn compute<I: Isa, const N: usize>(x: &[T; N], y: &mut [MaybeUninit<K::Output>; N]) -> bool {
        if K::WIDE.exists() && I::AVX512 {
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
    ///
    /// # Safety
    /// As [`tiles`](Self::tiles), with `n` less than a tile.
    #[inline(always)]
    unsafe fn rest<I: Isa>(x: *const T, y: *mut K::Output, n: usize) {
        let mut from = [T::ONE; TILE];
        let mut to = [MaybeUninit::<K::Output>::uninit(); TILE];
        // SAFETY: `n` elements, less than a tile, which is a local of its own.
        unsafe { x.copy_to_nonoverlapping(from.as_mut_ptr(), n) };
        let mut rare = false;
        let steps = from.as_chunks::<STEP>().0.iter().zip(to.as_chunks_mut::<STEP>().0);
        for (x, y) in steps.take(n.div_ceil(STEP)) {
            rare |= Self::compute::<I, STEP>(x, y);
        }
        if rare {
            Self::mend(&from, &mut to);
        }
        // SAFETY: as above; as many elements of `to` were written.
        unsafe { to.as_ptr().cast::<K::Output>().copy_to_nonoverlapping(y, n) };
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
    const TAKES_STEPS: bool = !Self::TILED && takes_steps::<T, K::Output>();

    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 3], strides: &[[isize; 3]; 2], [rows, columns]: [usize; 2]) {
        let [outer, inner] = *strides;
        let constant = [inner[0] == 0, inner[1] == 0];
        if columns == 1 && rows > 1 && Self::FOLDS {
            // SAFETY: by the contract of `Loop`.
            if unsafe { Self::fold::<I>(pointers, outer, rows) } {
                return;
            }
        }
        for row in 0..rows as isize {
            // SAFETY: by the contract of `Loop`, `columns` elements can be read, or the one that stands
            // for all, and written; one input may be the output itself, the others are apart from it.
            unsafe {
                let at = |k: usize| pointers[k].offset(row * outer[k]);
                let (a, b, y) = (at(0).cast::<T>(), at(1).cast::<T>(), at(2).cast::<K::Output>());
                if Self::TILED && K::PREPARES && constant[1] && columns >= WORTH_PREPARING {
                    Self::by_constant::<I>(a, b, y, columns);
                } else if Self::TILED {
                    Self::tiles::<I>([a, b], y, constant, columns);
                } else if Self::TAKES_STEPS && inner[..2] == [2 * size_of::<T>() as isize; 2] {
                    for i in 0..columns {
                        y.add(i).write(K::call::<I>(a.add(2 * i).read(), b.add(2 * i).read()));
                    }
                } else {
                    Self::row::<I>(a, b, y, constant, columns);
                }
            }
        }
    }
}

impl<T: Element, K: Binary<T>> BinaryBody<K, T> {
    const TILED: bool = K::HAS_RARE || K::WIDE.exists();
    /// Whether a result may be the next operand. (A loop for AVX-512 may give other bits than `call`.)
    const FOLDS: bool = !K::WIDE.exists() && T::DTYPE as u8 == <K::Output as Element>::DTYPE as u8;

    /// The commonest calls of one column (`fold.rs`), where each result is the left operand of the next: they
    /// keep it at hand. Says whether it was one of those.
    ///
    /// # Safety
    /// As [`super::shells::Loop`] for one column of `rows` elements; `T` and `K::Output` are the same.
    #[inline(always)]
    unsafe fn fold<I: Isa>([a, b, y]: [*mut u8; 3], steps: [isize; 3], rows: usize) -> bool {
        let reduces = std::ptr::eq(a, y) && steps[0] == 0 && steps[2] == 0;
        let accumulates =
            std::ptr::eq(a.wrapping_offset(steps[2]), y) && steps[0] == steps[2] && steps[2] != 0;
        if !reduces && !accumulates {
            return false;
        }
        // SAFETY: by this function's contract; what is read as `T` is one, or a result, which has the same type.
        unsafe {
            let mut state = a.cast::<T>().read();
            for row in 0..rows as isize {
                let x = b.offset(row * steps[1]).cast::<T>().read();
                let result = if K::HAS_RARE && K::is_rare(state, x) {
                    K::rare(state, x)
                } else {
                    K::call::<I>(state, x)
                };
                state = std::mem::transmute_copy(&result);
                if accumulates {
                    y.offset(row * steps[2]).cast::<T>().write(state);
                }
            }
            if reduces {
                y.cast::<T>().write(state);
            }
        }
        true
    }

    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn row<I: Isa>(a: *const T, b: *const T, y: *mut K::Output, constant: [bool; 2], n: usize) {
        let same_size = size_of::<T>() == size_of::<K::Output>();
        let a_is_y = same_size && std::ptr::addr_eq(a, y);
        let b_is_y = same_size && std::ptr::addr_eq(b, y);
        // SAFETY: inputs that are not constant are slices of `n` elements. A slice and `y` are apart
        // unless `*_is_y`, and then only `y`'s own pointer is used. `n` is at least one.
        unsafe {
            match (constant, a_is_y, b_is_y) {
                ([_, true], ..) => Self::by_constant::<I>(a, b, y, n),
                ([true, _], _, true) => Self::in_place::<I>(y, n, AfterConstant(a.read())),
                ([true, _], ..) => Self::apart::<I>(b, y, n, AfterConstant(a.read())),
                (_, true, _) => Self::in_place::<I>(y, n, Before(std::slice::from_raw_parts(b, n))),
                (_, _, true) => Self::in_place::<I>(y, n, After(std::slice::from_raw_parts(a, n))),
                _ => Self::apart::<I>(a, y, n, Before(std::slice::from_raw_parts(b, n))),
            }
        }
    }

    /// # Safety
    /// As [`row`](Self::row), where `b` is the same for all.
    #[inline(always)]
    unsafe fn by_constant<I: Isa>(a: *const T, b: *const T, y: *mut K::Output, n: usize) {
        // SAFETY: as in `row`.
        unsafe {
            let prepared = WithPrepared(K::prepare::<I>(b.read()));
            if size_of::<T>() == size_of::<K::Output>() && std::ptr::addr_eq(a, y) {
                Self::in_place::<I>(y, n, prepared);
            } else {
                Self::apart::<I>(a, y, n, prepared);
            }
        }
    }

    /// # Safety
    /// `n` elements at `y` are readable as `T` and writable as `K::Output`, which has the same
    /// size, and `other` reads none of them.
    #[inline(always)]
    unsafe fn in_place<I: Isa>(y: *mut K::Output, n: usize, other: impl Other<K, T>) {
        for i in 0..n {
            // SAFETY: `i < n`.
            unsafe { y.add(i).write(other.meet::<I>(i, y.add(i).cast::<T>().read())) };
        }
    }

    /// # Safety
    /// `n` elements at `x` are readable and at `y` writable, and `other` reads none of the latter.
    #[inline(always)]
    unsafe fn apart<I: Isa>(x: *const T, y: *mut K::Output, n: usize, other: impl Other<K, T>) {
        // SAFETY: by this function's contract.
        let (x, y) = unsafe {
            (
                std::slice::from_raw_parts(x, n),
                std::slice::from_raw_parts_mut(y.cast::<MaybeUninit<K::Output>>(), n),
            )
        };
        for (i, (y, &x)) in y.iter_mut().zip(x).enumerate() {
            y.write(other.meet::<I>(i, x));
        }
    }

    /// # Safety
    /// As [`super::shells::Loop`] for one row of `n` elements.
    #[inline(always)]
    unsafe fn tiles<I: Isa>(inputs: [*const T; 2], y: *mut K::Output, constant: [bool; 2], n: usize) {
        let mut copies = [[T::ONE; TILE]; 2];
        let mut to = [MaybeUninit::<K::Output>::uninit(); TILE];
        for k in 0..2 {
            if constant[k] {
                // SAFETY: the one element that stands for all `n`, of which there is at least one.
                copies[k] = [unsafe { inputs[k].read() }; TILE];
            }
        }
        for start in (0..n).step_by(TILE) {
            let count = TILE.min(n - start);
            let from: [*const [T; TILE]; 2] = std::array::from_fn(|k| {
                // SAFETY: elements `start..start + count`, within `n`.
                unsafe {
                    let x = inputs[k].add(if constant[k] { 0 } else { start });
                    if !constant[k] && (count < TILE || std::ptr::addr_eq(inputs[k], y)) {
                        x.copy_to_nonoverlapping(copies[k].as_mut_ptr(), count);
                    } else if !constant[k] {
                        return x.cast();
                    }
                    &raw const copies[k]
                }
            });
            // SAFETY: a whole tile of each, of which `y`'s is apart from the others.
            unsafe {
                let y = y.add(start);
                let result = if count < TILE { &mut to } else { &mut *y.cast() };
                let (a, b) = (&*from[0], &*from[1]);
                let length = count.next_multiple_of(STEP);
                if Self::compute::<I>(&a[..length], &b[..length], &mut result[..length]) {
                    Self::mend(a, b, result);
                }
                if count < TILE {
                    to.as_ptr().cast::<K::Output>().copy_to_nonoverlapping(y, count);
                }
            }
        }
    }

    /// Calls the kernel, or its loop for AVX-512, on a multiple of `STEP` elements. Says whether any input was
    /// rare.
    #[inline(always)]
    fn compute<I: Isa>(a: &[T], b: &[T], y: &mut [MaybeUninit<K::Output>]) -> bool {
        if K::WIDE.exists() && I::AVX512 {
            // SAFETY: loops are only chosen for instruction sets that the processor has; a step is 16 elements.
            return unsafe { K::wide(a, b, y) };
        }
        let mut rare = false;
        let inputs = a.as_chunks::<STEP>().0.iter().zip(b.as_chunks::<STEP>().0);
        for ((a, b), y) in inputs.zip(y.as_chunks_mut::<STEP>().0) {
            for ((&a, &b), y) in a.iter().zip(b).zip(y) {
                rare |= K::is_rare(a, b);
                y.write(K::call::<I>(a, b));
            }
        }
        rare
    }

    /// Computes the rare inputs of a tile again, properly.
    #[cold]
    #[inline(never)]
    fn mend(a: &[T; TILE], b: &[T; TILE], y: &mut [MaybeUninit<K::Output>; TILE]) {
        for ((&a, &b), y) in a.iter().zip(b).zip(y) {
            if K::is_rare(a, b) {
                y.write(K::rare(a, b));
            }
        }
    }
}

/// The operand that an element meets in a loop. Types and not closures: of a closure the compiler may make a
/// function, and that would not have the shell's instructions.
trait Other<K: Binary<T>, T: Element> {
    /// The kernel of `x`, the `i`th element, and what this operand has for it.
    fn meet<I: Isa>(&self, i: usize, x: T) -> K::Output;
}

/// The right operand.
struct Before<'a, T>(&'a [T]);
/// The left operand.
struct After<'a, T>(&'a [T]);
/// A left operand that is the same for all.
struct AfterConstant<T>(T);
/// A right operand that is the same for all.
struct WithPrepared<P>(P);

impl<K: Binary<T>, T: Element> Other<K, T> for Before<'_, T> {
    #[inline(always)]
    fn meet<I: Isa>(&self, i: usize, x: T) -> K::Output {
        K::call::<I>(x, self.0[i])
    }
}
impl<K: Binary<T>, T: Element> Other<K, T> for After<'_, T> {
    #[inline(always)]
    fn meet<I: Isa>(&self, i: usize, x: T) -> K::Output {
        K::call::<I>(self.0[i], x)
    }
}
impl<K: Binary<T>, T: Element> Other<K, T> for AfterConstant<T> {
    #[inline(always)]
    fn meet<I: Isa>(&self, _: usize, x: T) -> K::Output {
        K::call::<I>(self.0, x)
    }
}
impl<K: Binary<T>, T: Element, P: Prepared<T, K::Output>> Other<K, T> for WithPrepared<P> {
    #[inline(always)]
    fn meet<I: Isa>(&self, _: usize, x: T) -> K::Output {
        self.0.call::<I>(x)
    }
}
