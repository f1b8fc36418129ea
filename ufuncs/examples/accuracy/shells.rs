//! Runs a kernel over a slice with a given instruction set: the engine's shells in miniature.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use array_core::Element;
use array_core::engine::isa::{Avx2, Avx512, Baseline, Isa};
use array_core::engine::kernel::{Binary, Unary};

/// An instruction set that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// What every processor of the target has.
    Baseline,
    /// AVX2 and FMA.
    Avx2,
    /// AVX-512.
    Avx512,
}

/// The instruction sets that this processor has.
pub(crate) fn levels() -> Vec<Level> {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::is_x86_feature_detected as has;
        let mut levels = vec![Level::Baseline];
        if has!("avx2") && has!("fma") && has!("bmi1") && has!("bmi2") && has!("lzcnt") {
            levels.push(Level::Avx2);
            if has!("avx512f") && has!("avx512bw") && has!("avx512cd") && has!("avx512dq") && has!("avx512vl")
            {
                levels.push(Level::Avx512);
            }
        }
        levels
    }
    #[cfg(not(target_arch = "x86_64"))]
    vec![Level::Baseline]
}

/// A kernel of one or two arguments over slices: so that both go through the same shells.
pub(crate) trait Kernel<const N: usize> {
    /// What it takes.
    type Input: Element;
    /// What it gives.
    type Output: Element;
    const HAS_RARE: bool;
    fn call<I: Isa>(x: [Self::Input; N]) -> Self::Output;
    fn is_rare(x: [Self::Input; N]) -> bool;
    fn rare(x: [Self::Input; N]) -> Self::Output;
    const WIDE: bool;
    /// # Safety
    /// As the kernel's.
    unsafe fn wide(x: [&[Self::Input]; N], y: &mut [MaybeUninit<Self::Output>]) -> bool;
}

/// A kernel of one argument.
pub(crate) struct One<K, T>(PhantomData<(K, T)>);
/// A kernel of two arguments.
pub(crate) struct Two<K, T>(PhantomData<(K, T)>);

impl<T: Element, K: Unary<T>> Kernel<1> for One<K, T> {
    type Input = T;
    type Output = K::Output;
    const HAS_RARE: bool = K::HAS_RARE;
    #[inline(always)]
    fn call<I: Isa>([x]: [T; 1]) -> K::Output {
        K::call::<I>(x)
    }
    #[inline(always)]
    fn is_rare([x]: [T; 1]) -> bool {
        K::is_rare(x)
    }
    fn rare([x]: [T; 1]) -> K::Output {
        K::rare(x)
    }
    const WIDE: bool = K::WIDE.exists();
    #[inline(always)]
    unsafe fn wide([x]: [&[T]; 1], y: &mut [MaybeUninit<K::Output>]) -> bool {
        // SAFETY: by this function's contract.
        unsafe { K::wide(x, y) }
    }
}

impl<T: Element, K: Binary<T>> Kernel<2> for Two<K, T> {
    type Input = T;
    type Output = K::Output;
    const HAS_RARE: bool = K::HAS_RARE;
    #[inline(always)]
    fn call<I: Isa>([a, b]: [T; 2]) -> K::Output {
        K::call::<I>(a, b)
    }
    #[inline(always)]
    fn is_rare([a, b]: [T; 2]) -> bool {
        K::is_rare(a, b)
    }
    fn rare([a, b]: [T; 2]) -> K::Output {
        K::rare(a, b)
    }
    const WIDE: bool = K::WIDE.exists();
    #[inline(always)]
    unsafe fn wide([a, b]: [&[T]; 2], y: &mut [MaybeUninit<K::Output>]) -> bool {
        // SAFETY: by this function's contract.
        unsafe { K::wide(a, b, y) }
    }
}

/// Whether all of these are rare.
pub(crate) fn all_rare<K: Kernel<N>, const N: usize>(x: [&[K::Input]; N]) -> bool {
    K::HAS_RARE && (0..x[0].len()).all(|i| K::is_rare(x.map(|x| x[i])))
}

/// `y[i] = K(x[..][i])`, computed with the instruction set `level`, one of [`levels`].
pub(crate) fn run<K: Kernel<N>, const N: usize>(level: Level, x: [&[K::Input]; N], y: &mut [K::Output]) {
    assert!(x.iter().all(|x| x.len() == y.len()));
    match level {
        Level::Baseline => body::<K, N, Baseline>(x, y),
        // SAFETY: `levels` found these instructions on this processor.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { avx2::<K, N>(x, y) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { avx512::<K, N>(x, y) },
        #[cfg(not(target_arch = "x86_64"))]
        _ => unreachable!("not one of `levels`"),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<K: Kernel<N>, const N: usize>(x: [&[K::Input]; N], y: &mut [K::Output]) {
    body::<K, N, Avx2>(x, y);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn avx512<K: Kernel<N>, const N: usize>(x: [&[K::Input]; N], y: &mut [K::Output]) {
    body::<K, N, Avx512>(x, y);
}

const TILE: usize = 64;

#[inline(always)]
fn body<K: Kernel<N>, const N: usize, I: Isa>(x: [&[K::Input]; N], y: &mut [K::Output]) {
    let x_tiles = x.map(|x| x.as_chunks::<TILE>());
    let (y_tiles, y_rest) = y.as_chunks_mut::<TILE>();
    for (i, y) in y_tiles.iter_mut().enumerate() {
        tile::<K, N, I>(x_tiles.map(|(tiles, _)| &tiles[i]), y);
    }
    if !y_rest.is_empty() {
        let mut x = [[K::Input::ONE; TILE]; N];
        let mut y = [K::Output::ZERO; TILE];
        for (x, (_, rest)) in x.iter_mut().zip(x_tiles) {
            x[..rest.len()].copy_from_slice(rest);
        }
        tile::<K, N, I>(x.each_ref(), &mut y);
        y_rest.copy_from_slice(&y[..y_rest.len()]);
    }
}

#[inline(always)]
fn tile<K: Kernel<N>, const N: usize, I: Isa>(x: [&[K::Input; TILE]; N], y: &mut [K::Output; TILE]) {
    let mut rare = false;
    if K::WIDE && I::AVX512 {
        // SAFETY: `MaybeUninit` is laid out as what it may be; nothing uninitialised is written.
        let y = unsafe { &mut *std::ptr::from_mut(y).cast::<[MaybeUninit<K::Output>; TILE]>() };
        // SAFETY: `levels` found AVX-512 on this processor; a tile is a multiple of 16 elements.
        rare = unsafe { K::wide(x.map(|x| x.as_slice()), y) };
    } else {
        for i in 0..TILE {
            let x = x.map(|x| x[i]);
            rare |= K::HAS_RARE && K::is_rare(x);
            y[i] = K::call::<I>(x);
        }
    }
    if rare {
        mend::<K, N>(x, y);
    }
}

#[cold]
#[inline(never)]
fn mend<K: Kernel<N>, const N: usize>(x: [&[K::Input; TILE]; N], y: &mut [K::Output; TILE]) {
    for (i, y) in y.iter_mut().enumerate() {
        let x = x.map(|x| x[i]);
        if K::is_rare(x) {
            *y = K::rare(x);
        }
    }
}
