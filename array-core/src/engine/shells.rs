//! One shell per instruction set around a generic loop, and the choice among them.
//!
//! A [`Body`] is inlined into each shell and compiled there with the shell's instructions. The
//! result is a plain function pointer, [`Loop`], whose types are erased: all that works on layouts
//! and threads stands above it and is compiled once.

use super::isa::{self, Isa};

/// A loop over two axes (outer, inner) of `N` operands, the last one or two of which are written.
///
/// The outer axis is walked through in order: what is written at one index, a later one may read.
///
/// Arguments: the operands' addresses, their strides in bytes along the two axes, the two lengths.
///
/// # Safety
/// Every element reached must be valid for reading (inputs) or writing (outputs). An output either
/// shares no byte with another operand at the same index of the outer axis, or is the same memory as one
/// input with the same strides.
///
/// Along the inner axis, of at least one element, outputs are contiguous, and inputs contiguous or
/// constant, but not all of them constant; or, if [`Body::TAKES_STEPS`], inputs all lie two elements apart.
/// Only copies (`copies.rs`) take any strides.
pub(crate) type Loop<const N: usize> = unsafe fn([*mut u8; N], &[[isize; N]; 2], [usize; 2]);

/// A generic loop, to be compiled for each instruction set.
pub(crate) trait Body<const N: usize> {
    /// Whether the loop takes inputs that lie two elements apart, as well as contiguous ones.
    const TAKES_STEPS: bool = false;

    /// The loop itself; always `#[inline(always)]`.
    ///
    /// # Safety
    /// As [`Loop`].
    unsafe fn run<I: Isa>(pointers: [*mut u8; N], strides: &[[isize; N]; 2], lengths: [usize; 2]);
}

macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        $(#[target_feature(enable = $features)])?
        unsafe fn $name<B: Body<N>, const N: usize>(
            pointers: [*mut u8; N],
            strides: &[[isize; N]; 2],
            lengths: [usize; 2],
        ) {
            // SAFETY: the caller keeps the contract of `Loop`, which is that of `run`.
            unsafe { B::run::<isa::$isa>(pointers, strides, lengths) }
        }
    )*};
}

/// Calls a macro with the instruction sets: `name: type, "target features";` of each.
macro_rules! for_each_isa {
    ($shells:ident) => {
        $shells! { baseline: Baseline; }

        #[cfg(target_arch = "x86_64")]
        $shells! {
            avx2: Avx2, "avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c";
            avx512: Avx512, "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c";
        }
    };
}
pub(crate) use for_each_isa;

for_each_isa!(shells);

/// The loop compiled for the instruction set in use.
#[inline]
pub(crate) fn select<B: Body<N>, const N: usize>() -> Loop<N> {
    match isa::level() {
        // `level` never exceeds what the processor was found to have.
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx512 => avx512::<B, N>,
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx2 => avx2::<B, N>,
        _ => baseline::<B, N>,
    }
}
