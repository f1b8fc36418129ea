//! Loops over slices, compiled for each instruction set.

use crate::engine::for_each_isa;
use crate::engine::isa;

/// A loop that the compiler is to make vector code of.
pub(super) trait Pass {
    /// What it finds.
    type Output;

    /// The loop; always `#[inline(always)]`, and so is all that it calls.
    fn run(self) -> Self::Output;
}

macro_rules! shells {
    ($($name:ident: $isa:ident $(, $features:literal)?;)*) => {$(
        $(#[target_feature(enable = $features)])?
        unsafe fn $name<P: Pass>(pass: P) -> P::Output {
            pass.run()
        }
    )*};
}
for_each_isa!(shells);

/// Runs the loop as compiled for the instruction set in use.
#[inline]
pub(super) fn run<P: Pass>(pass: P) -> P::Output {
    // SAFETY: `level` never exceeds what the processor was found to have.
    unsafe {
        match isa::level() {
            #[cfg(target_arch = "x86_64")]
            isa::Level::Avx512 => avx512(pass),
            #[cfg(target_arch = "x86_64")]
            isa::Level::Avx2 => avx2(pass),
            _ => baseline(pass),
        }
    }
}
