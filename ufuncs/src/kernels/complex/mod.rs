//! Functions of complex numbers.
//!
//! **Method.** A result's parts are written as sums, products and quotients in which nothing cancels, of
//! real functions that give pairs of `f64`: so each part is right to its last place or nearly, not only
//! the larger one. Where a formula has no such form, its file says so. Everything is free of branches and
//! runs in vectors; what is huge, tiny, infinite or `nan` is rare and goes through scalar code. The errors that
//! the functions' docs give are those against GNU MPC, in samples of 6,000 in each of five ranges and of 1,000 in seven
//! more; where a part of argument or result is beyond 10^±140, it may be 1.4 ULP.
//!
//! **Special values** (signed zeros, infinities, `nan`, the sides of branch cuts) are those of C99, annex G,
//! which are NumPy's too.
//!
//! `complex64` is computed in `complex128` and rounded at the end: half an ULP, and no code of its own.
//! Only arithmetic has loops for both.

mod area;
mod arithmetic;
mod exponential;
mod hyperbolic;
mod inverse_tangent;
mod logarithm;
mod magnitude;
mod power;
mod root;

pub use power::WholePower;

/// Implements [`Unary`](array_core::engine::kernel::Unary) of `complex128` by functions of the two parts:
/// one for vectors, whether its arguments are rare, and one for what is.
macro_rules! kernels {
    ($($kernel:ident, $cost:literal: $function:ident, $is_rare:ident, $rare:ident, |$x:ident, $y:ident| ($a:expr, $b:expr), |$re:ident, $im:ident| ($c:expr, $d:expr);)*) => {$(
        impl array_core::engine::kernel::Unary<array_core::complex128> for super::super::$kernel {
            type Output = array_core::complex128;
            const COST: f32 = $cost;
            const HAS_RARE: bool = true;

            #[inline(always)]
            fn call<I: array_core::engine::isa::Isa>(z: array_core::complex128) -> array_core::complex128 {
                let ($x, $y) = (z.re, z.im);
                let ($re, $im) = $function::<I>($a, $b);
                array_core::complex128::new($c, $d)
            }

            #[inline(always)]
            fn is_rare(z: array_core::complex128) -> bool {
                let ($x, $y) = (z.re, z.im);
                $is_rare($a, $b)
            }

            #[cold]
            #[inline(never)]
            fn rare(z: array_core::complex128) -> array_core::complex128 {
                let ($x, $y) = (z.re, z.im);
                let ($re, $im) = $rare($a, $b);
                array_core::complex128::new($c, $d)
            }
        }
    )*};
    ($($kernel:ident, $cost:literal: $function:ident, $is_rare:ident, $rare:ident;)*) => {
        $crate::kernels::complex::kernels! {
            $($kernel, $cost: $function, $is_rare, $rare, |x, y| (x, y), |re, im| (re, im);)*
        }
    };
}
use kernels;
