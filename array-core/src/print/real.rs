//! What printing needs to know of each floating-point type: its bits, and NumPy's thresholds.

use num_traits::Float;

use super::digits::Parts;
use crate::f16;

/// A binary floating-point type.
pub(super) trait Real: Float {
    /// Arrays are in scientific notation if a magnitude reaches this (`10^min(8, digits)`).
    const LARGE_IN_ARRAY: f64;
    /// Scalars are in scientific notation if their magnitude reaches this.
    const LARGE_SCALAR: f64;
    /// Scalars are in scientific notation if their magnitude is below this.
    const SMALL_SCALAR: f64 = 1e-4;

    /// Sign, mantissa and exponent. The value must be finite.
    fn parts(self) -> Parts;

    /// The same value as `f64`.
    fn widen(self) -> f64;

    /// 0.0001 and 1000, rounded to this type: arrays are in scientific notation if a magnitude is
    /// below the first, or if the ratio of two, rounded to this type, is above the second.
    fn smallest_and_ratio() -> (Self, Self);
}

macro_rules! impl_real {
    ($((
        $type:ty, $fraction_bits:literal, $exponent_bits:literal, $large_in_array:literal, $large_scalar:literal
    ))*) => {$(
        impl Real for $type {
            const LARGE_IN_ARRAY: f64 = $large_in_array;
            const LARGE_SCALAR: f64 = $large_scalar;

            fn parts(self) -> Parts {
                Parts::from_bits(self.to_bits().into(), $fraction_bits, $exponent_bits)
            }

            fn widen(self) -> f64 {
                self.into()
            }

            fn smallest_and_ratio() -> (Self, Self) {
                let round = |value: f64| <Self as num_traits::NumCast>::from(value).expect("in range");
                (round(1e-4), round(1e3))
            }
        }
    )*};
}
impl_real! {
    (f16, 10, 5, 1e3, 1e3)
    (f32, 23, 8, 1e6, 1e6)
    (f64, 52, 11, 1e8, 1e16)
}
