//! A loop compiled for each instruction set, and the choice among them.

use array_core::engine::isa::{self, Isa};

/// A loop with its arguments.
pub(crate) trait Body {
    /// What it gives.
    type Output;
    /// The loop; always `#[inline(always)]`.
    fn run<I: Isa>(self) -> Self::Output;
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
fn avx512<B: Body>(body: B) -> B::Output {
    body.run::<isa::Avx512>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt,popcnt,f16c")]
fn avx2<B: Body>(body: B) -> B::Output {
    body.run::<isa::Avx2>()
}

/// Runs a loop with the instruction set in use.
#[inline]
pub(crate) fn run<B: Body>(body: B) -> B::Output {
    match isa::level() {
        // SAFETY: `level` never exceeds what the processor was found to have.
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx512 => unsafe { avx512(body) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        isa::Level::Avx2 => unsafe { avx2(body) },
        _ => body.run::<isa::Baseline>(),
    }
}
