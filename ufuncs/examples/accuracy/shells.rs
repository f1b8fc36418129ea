//! Runs a kernel over a slice with a given instruction set: the engine's shells in miniature.

use array_core::Element;
use array_core::engine::isa::{Avx2, Avx512, Baseline, Isa};
use array_core::engine::kernel::Unary;

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

/// `y[i] = K(x[i])`, computed with the instruction set `level`, one of [`levels`].
pub(crate) fn run<T: Element, K: Unary<T>>(level: Level, x: &[T], y: &mut [K::Output]) {
    assert_eq!(x.len(), y.len());
    match level {
        Level::Baseline => body::<T, K, Baseline>(x, y),
        // SAFETY: `levels` found these instructions on this processor.
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => unsafe { avx2::<T, K>(x, y) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => unsafe { avx512::<T, K>(x, y) },
        #[cfg(not(target_arch = "x86_64"))]
        _ => unreachable!("not one of `levels`"),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn avx2<T: Element, K: Unary<T>>(x: &[T], y: &mut [K::Output]) {
    body::<T, K, Avx2>(x, y);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt")]
fn avx512<T: Element, K: Unary<T>>(x: &[T], y: &mut [K::Output]) {
    body::<T, K, Avx512>(x, y);
}

const TILE: usize = 64;

#[inline(always)]
fn body<T: Element, K: Unary<T>, I: Isa>(x: &[T], y: &mut [K::Output]) {
    let (x_tiles, x_rest) = x.as_chunks::<TILE>();
    let (y_tiles, y_rest) = y.as_chunks_mut::<TILE>();
    for (x, y) in x_tiles.iter().zip(y_tiles) {
        tile::<T, K, I>(x, y);
    }
    if !x_rest.is_empty() {
        let mut x = [T::ONE; TILE];
        let mut y = [K::Output::ZERO; TILE];
        x[..x_rest.len()].copy_from_slice(x_rest);
        tile::<T, K, I>(&x, &mut y);
        y_rest.copy_from_slice(&y[..x_rest.len()]);
    }
}

#[inline(always)]
fn tile<T: Element, K: Unary<T>, I: Isa>(x: &[T; TILE], y: &mut [K::Output; TILE]) {
    let mut rare = false;
    for (y, &x) in y.iter_mut().zip(x) {
        rare |= K::HAS_RARE && K::is_rare(x);
        *y = K::call::<I>(x);
    }
    if rare {
        mend::<T, K>(x, y);
    }
}

#[cold]
#[inline(never)]
fn mend<T: Element, K: Unary<T>>(x: &[T; TILE], y: &mut [K::Output; TILE]) {
    for (y, &x) in y.iter_mut().zip(x) {
        if K::is_rare(x) {
            *y = K::rare(x);
        }
    }
}
