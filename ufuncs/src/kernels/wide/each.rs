//! From a function of vectors to the `wide` loop of a kernel.
//!
//! The macros stand inside `impl Unary<f64> for ...` and the like. The function is named, not passed: a
//! closure or pointer might become a function of its own, without the shell's instructions.

/// `WIDE` and `wide` of a kernel of one argument, by a function from [`F64x8`](super::F64x8) to the same,
/// or from [`F32x16`](super::F32x16): `unary! { f64: exp }`. With `rare`, the function gives a pair of the
/// result and the mask of rare inputs: `unary! { f64, rare: tan }`.
macro_rules! unary {
    (f64: $function:path) => {
        $crate::kernels::wide::unary! { @ f64, F64x8, |x| ($function(x), 0) }
    };
    (f32: $function:path) => {
        $crate::kernels::wide::unary! { @ f32, F32x16, |x| ($function(x), 0) }
    };
    (f64, rare: $function:path) => {
        $crate::kernels::wide::unary! { @ f64, F64x8, |x| $function(x) }
    };
    (f32, rare: $function:path) => {
        $crate::kernels::wide::unary! { @ f32, F32x16, |x| $function(x) }
    };
    (@ $type:ident, $vector:ident, |$x:ident| $value:expr) => {
        #[cfg(target_arch = "x86_64")]
        const WIDE: array_core::engine::kernel::Wide<Self> =
            // SAFETY: every whole vector is stored, and lengths are multiples of theirs.
            unsafe { array_core::engine::kernel::Wide::writes_all() };

        #[cfg(target_arch = "x86_64")]
        #[inline(always)]
        unsafe fn wide(x: &[$type], y: &mut [std::mem::MaybeUninit<$type>]) -> bool {
            use $crate::kernels::wide::$vector as Vector;
            let mut rare = 0;
            for (x, y) in x.as_chunks().0.iter().zip(y.as_chunks_mut().0) {
                // SAFETY: the processor has AVX-512, by this function's contract.
                let $x = unsafe { Vector::load(x) };
                let (value, is_rare) = $value;
                value.store(y);
                rare |= is_rare;
            }
            rare != 0
        }
    };
}
pub(in crate::kernels) use unary;

/// As [`unary`](super::unary), of a kernel of two arguments.
macro_rules! binary {
    (f64: $function:path) => {
        $crate::kernels::wide::binary! { @ f64, F64x8, |a, b| ($function(a, b), 0) }
    };
    (f32: $function:path) => {
        $crate::kernels::wide::binary! { @ f32, F32x16, |a, b| ($function(a, b), 0) }
    };
    (f64, rare: $function:path) => {
        $crate::kernels::wide::binary! { @ f64, F64x8, |a, b| $function(a, b) }
    };
    (f32, rare: $function:path) => {
        $crate::kernels::wide::binary! { @ f32, F32x16, |a, b| $function(a, b) }
    };
    (@ $type:ident, $vector:ident, |$a:ident, $b:ident| $value:expr) => {
        #[cfg(target_arch = "x86_64")]
        const WIDE: array_core::engine::kernel::Wide<Self> =
            // SAFETY: every whole vector is stored, and lengths are multiples of theirs.
            unsafe { array_core::engine::kernel::Wide::writes_all() };

        #[cfg(target_arch = "x86_64")]
        #[inline(always)]
        unsafe fn wide(a: &[$type], b: &[$type], y: &mut [std::mem::MaybeUninit<$type>]) -> bool {
            use $crate::kernels::wide::$vector as Vector;
            let mut rare = 0;
            for ((a, b), y) in a.as_chunks().0.iter().zip(b.as_chunks().0).zip(y.as_chunks_mut().0) {
                // SAFETY: the processor has AVX-512, by this function's contract.
                let ($a, $b) = unsafe { (Vector::load(a), Vector::load(b)) };
                let (value, is_rare) = $value;
                value.store(y);
                rare |= is_rare;
            }
            rare != 0
        }
    };
}
pub(in crate::kernels) use binary;
