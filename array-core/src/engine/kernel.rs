//! What a kernel is: a function of one element, of two, or of several, as a zero-sized type.
//!
//! A kernel's `call` is plain scalar Rust without branches that have calls or panics in them, so
//! that the compiler turns a loop over it into vector code. What cannot be done that way (huge
//! arguments of `sin`, say) is marked by `is_rare` and computed by `rare`, one element at a time.
//! Which of the two an element gets depends on that element alone: never on its neighbours, on
//! the instruction set's width or on the number of threads.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use super::elements::Elements;
use super::fold::Whole;
use super::isa::Isa;
use crate::Element;

/// Whether a kernel has a loop written by hand, which its callers rely on: they read what it wrote. What one kernel
/// says of itself no other can say.
#[derive(Debug)]
pub struct Wide<K: ?Sized>(bool, PhantomData<fn(&K)>);

impl<K: ?Sized> Wide<K> {
    /// There is none.
    pub const NONE: Self = Wide(false, PhantomData);

    /// There is one.
    ///
    /// # Safety
    /// The kernel's `wide` writes all of its output.
    pub const unsafe fn writes_all() -> Self {
        Wide(true, PhantomData)
    }

    /// Whether there is one.
    pub const fn exists(&self) -> bool {
        self.0
    }
}

/// A function of one element.
pub trait Unary<T: Element>: 'static {
    /// What it gives.
    type Output: Element;

    /// Rough nanoseconds that one element takes on one core: decides when threads pay.
    const COST: f32;

    /// Whether it gives what it takes: then its loop is a copy's, which all share, and `call` is not compiled.
    const COPIES: bool = false;

    /// Whether some inputs need [`rare`](Self::rare).
    const HAS_RARE: bool = false;

    /// The value at `x`, right unless `is_rare(x)`. Always `#[inline(always)]`.
    fn call<I: Isa>(x: T) -> Self::Output;

    /// Whether `call` is not right for `x`. Cheap, and `#[inline(always)]`.
    #[inline(always)]
    fn is_rare(_: T) -> bool {
        false
    }

    /// The value at a rare `x`. `#[cold]`, `#[inline(never)]`.
    fn rare(x: T) -> Self::Output {
        Self::call::<super::isa::Baseline>(x)
    }

    /// Whether there is a [`wide`](Self::wide).
    const WIDE: Wide<Self> = Wide::NONE;

    /// As [`call`](Self::call), of many elements, by instructions of AVX-512 that the compiler would not
    /// choose. Says whether any input was rare. Always `#[inline(always)]`.
    ///
    /// # Safety
    /// The processor has the instruction set [`Avx512`](super::isa::Avx512). The slices are of one length,
    /// a multiple of 16, and all of `y` is written.
    #[inline(always)]
    unsafe fn wide(_x: &[T], _y: &mut [MaybeUninit<Self::Output>]) -> bool {
        unreachable!("WIDE says whether there is one")
    }
}

/// A function of two elements of the same type.
pub trait Binary<T: Element>: 'static {
    /// What it gives.
    type Output: Element;

    /// Rough nanoseconds that one element takes on one core: decides when threads pay.
    const COST: f32;

    /// Whether some inputs need [`rare`](Self::rare). Then, and only then, is the kernel run a tile
    /// at a time.
    const HAS_RARE: bool = false;

    /// The value at `(a, b)`, right unless `is_rare(a, b)`. Always `#[inline(always)]`.
    fn call<I: Isa>(a: T, b: T) -> Self::Output;

    /// Whether `call` is not right for `(a, b)`. Cheap, and `#[inline(always)]`.
    #[inline(always)]
    fn is_rare(_: T, _: T) -> bool {
        false
    }

    /// The value at a rare `(a, b)`. `#[cold]`, `#[inline(never)]`.
    fn rare(a: T, b: T) -> Self::Output {
        Self::call::<super::isa::Baseline>(a, b)
    }

    /// As [`call`](Self::call), where `b` is the same for many `a`: what is made of `b` alone leaves
    /// the loop. Always `#[inline(always)]`.
    #[inline(always)]
    fn call_with_constant<I: Isa>(a: T, b: T) -> Self::Output {
        Self::call::<I>(a, b)
    }

    /// What is made once of a `b` that is the same for many `a`, to be called with each of them: by
    /// default [`call_with_constant`](Self::call_with_constant) with that `b`. For work that the compiler
    /// would not take out of the loop by itself. Always `#[inline(always)]`.
    #[inline(always)]
    fn prepare<I: Isa>(b: T) -> impl Prepared<T, Self::Output> {
        Constant::<Self, T>(b, PhantomData)
    }

    /// Whether, though the kernel is run a tile at a time, [`prepare`](Self::prepare) is worth a loop of its
    /// own. What it gives must be right for all elements, rare ones too.
    const PREPARES: bool = false;

    /// What folds elements by this kernel sooner than one after the other would be, if there is such.
    fn whole() -> Option<Whole<Self::Output>> {
        None
    }

    /// Whether there is a [`wide`](Self::wide); then, too, the kernel is run a tile at a time.
    const WIDE: Wide<Self> = Wide::NONE;

    /// As [`call`](Self::call), of many elements, by instructions of AVX-512 that the compiler would not
    /// choose. Says whether any input was rare. Always `#[inline(always)]`.
    ///
    /// # Safety
    /// The processor has the instruction set [`Avx512`](super::isa::Avx512). The slices are of one length,
    /// a multiple of 16, and all of `y` is written.
    #[inline(always)]
    unsafe fn wide(_a: &[T], _b: &[T], _y: &mut [MaybeUninit<Self::Output>]) -> bool {
        unreachable!("WIDE says whether there is one")
    }
}

/// A function of one to three elements of any dtypes, which gives one or two: each a tuple.
pub trait Several<In: Elements>: 'static {
    /// What it gives.
    type Output: Elements;

    /// Rough nanoseconds that one element takes on one core: decides when threads pay.
    const COST: f32;

    /// The values at `x`, right unless `is_rare(x)`. Always `#[inline(always)]`.
    fn call<I: Isa>(x: In) -> Self::Output;

    /// Whether some inputs need [`rare`](Self::rare).
    const HAS_RARE: bool = false;

    /// Whether `call` is not right for `x`. Cheap, and `#[inline(always)]`.
    #[inline(always)]
    fn is_rare(_: In) -> bool {
        false
    }

    /// The values at a rare `x`. `#[cold]`, `#[inline(never)]`.
    fn rare(x: In) -> Self::Output {
        Self::call::<super::isa::Baseline>(x)
    }

    /// Whether operands that are all the same for many elements, but for the first, are worth a loop of their
    /// own. What [`prepare`](Self::prepare) gives for them must be right for rare inputs too.
    const PREPARES: bool = false;

    /// What is made once of operands that are the same for many `x`, all but the first, to be called with each
    /// of these: by default [`call`](Self::call). Of this `x`, the first operand does not count. Always
    /// `#[inline(always)]`.
    #[inline(always)]
    fn prepare<I: Isa>(_x: In) -> impl Prepared<In, Self::Output> {
        Plain::<Self>(PhantomData)
    }
}

/// A kernel with one operand given.
pub trait Prepared<In, Out> {
    /// The value at `x`, and the operand that was given. Always `#[inline(always)]`.
    fn call<I: Isa>(&self, x: In) -> Out;
}

/// A kernel of two arguments and the second of them.
struct Constant<K: ?Sized, T>(T, PhantomData<K>);

impl<T: Element, K: Binary<T> + ?Sized> Prepared<T, K::Output> for Constant<K, T> {
    #[inline(always)]
    fn call<I: Isa>(&self, a: T) -> K::Output {
        K::call_with_constant::<I>(a, self.0)
    }
}

/// A kernel with no operand given.
pub(crate) struct Plain<K: ?Sized>(pub(crate) PhantomData<K>);

impl<In: Elements, K: Several<In> + ?Sized> Prepared<In, K::Output> for Plain<K> {
    #[inline(always)]
    fn call<I: Isa>(&self, x: In) -> K::Output {
        K::call::<I>(x)
    }
}
