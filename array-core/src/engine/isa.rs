//! Instruction sets: which one this machine runs, and the one difference that kernels can see.
//!
//! A kernel is written once, in plain scalar Rust, generic over [`Isa`]. The shells in
//! `shells` compile it once for each instruction set and the compiler vectorises it there.
//! A kernel may ask of its instruction set whether a fused multiply-add is one instruction: with it
//! products are exact in two operations, without it they take seventeen. [`Avx2`] and [`Avx512`] both
//! fuse, so they give the same bits, but for the few kernels that have a loop of their own for
//! [`Avx512`], whose tables in registers the compiler has no word for.

use std::sync::OnceLock;

/// One instruction set, as a type: what a kernel may know about where it runs.
pub trait Isa: Copy + 'static {
    /// Whether `a * b + c` is one instruction with one rounding.
    const FMA: bool;

    /// Whether the instructions of AVX-512 may be written by hand.
    const AVX512: bool = false;

    /// `a * b + c`: rounded once where the instruction set fuses, twice where it does not.
    #[inline(always)]
    fn mul_add(a: f64, b: f64, c: f64) -> f64 {
        if Self::FMA { a.mul_add(b, c) } else { a * b + c }
    }

    /// [`mul_add`](Self::mul_add) of `f32`.
    #[inline(always)]
    fn mul_add_f32(a: f32, b: f32, c: f32) -> f32 {
        if Self::FMA { a.mul_add(b, c) } else { a * b + c }
    }

    /// `a * b` and its rounding error, exactly: `a * b == high + low` unless it over- or underflows.
    #[inline(always)]
    fn two_product(a: f64, b: f64) -> (f64, f64) {
        let high = a * b;
        if Self::FMA {
            return (high, a.mul_add(b, -high));
        }
        // Dekker's product: halves of 26 bits multiply without rounding.
        let split = |x: f64| {
            let t = 134_217_729.0 * x; // 2^27 + 1
            let top = t - (t - x);
            (top, x - top)
        };
        let ((a1, a2), (b1, b2)) = (split(a), split(b));
        (high, ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2)
    }
}

/// What every processor of the target has: SSE2 on x86-64, NEON on aarch64.
#[derive(Clone, Copy, Debug)]
pub struct Baseline;
/// AVX2 with FMA (x86-64-v3).
#[derive(Clone, Copy, Debug)]
pub struct Avx2;
/// AVX-512 F, BW, CD, DQ and VL (x86-64-v4).
#[derive(Clone, Copy, Debug)]
pub struct Avx512;

impl Isa for Baseline {
    // aarch64 always fuses; x86-64's baseline never does.
    const FMA: bool = cfg!(any(target_arch = "aarch64", target_feature = "fma"));
}
impl Isa for Avx2 {
    const FMA: bool = true;
}
impl Isa for Avx512 {
    const FMA: bool = true;
    const AVX512: bool = true;
}

/// Which instruction set is used, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// [`Baseline`].
    Baseline = 1,
    /// [`Avx2`].
    Avx2 = 2,
    /// [`Avx512`].
    Avx512 = 3,
}

/// The instruction set in use: the best that this processor has, or less if the environment
/// variable `NUMPYPY_ISA` (`baseline`, `avx2` or `avx512`) caps it. Decided once.
#[inline]
pub fn level() -> Level {
    static LEVEL: OnceLock<Level> = OnceLock::new();
    *LEVEL.get_or_init(|| {
        let cap = match std::env::var("NUMPYPY_ISA").as_deref() {
            Ok("baseline") => Level::Baseline,
            Ok("avx2") => Level::Avx2,
            _ => Level::Avx512,
        };
        detect().min(cap)
    })
}

#[cfg(target_arch = "x86_64")]
fn detect() -> Level {
    use std::arch::is_x86_feature_detected as has;
    let avx2 = has!("avx2")
        && has!("fma")
        && has!("bmi1")
        && has!("bmi2")
        && has!("lzcnt")
        && has!("popcnt")
        && has!("f16c");
    let avx512 =
        has!("avx512f") && has!("avx512bw") && has!("avx512cd") && has!("avx512dq") && has!("avx512vl");
    match (avx2, avx512) {
        (true, true) => Level::Avx512,
        (true, false) => Level::Avx2,
        _ => Level::Baseline,
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn detect() -> Level {
    Level::Baseline
}
