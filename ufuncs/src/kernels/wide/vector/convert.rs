//! `f32` to `f64` and back, and comparisons of their bits.

use std::arch::x86_64::*;

use super::{F32x16, F64x8};

#[allow(dead_code)]
impl F32x16 {
    /// Where the bits, as integers, are at least those of `least` and below those of `most`, both positive.
    #[inline(always)]
    pub(in crate::kernels) fn is_between(self, least: f32, most: f32) -> __mmask16 {
        // SAFETY: there are vectors.
        unsafe {
            let offset = _mm512_castps_si512(self.sub_bits(least).0);
            _mm512_cmplt_epu32_mask(offset, _mm512_set1_epi32((most.to_bits() - least.to_bits()) as i32))
        }
    }

    /// The same numbers as `f64`: the lower eight, the upper eight.
    #[inline(always)]
    pub(in crate::kernels) fn widen(self) -> [F64x8; 2] {
        // SAFETY: there are vectors.
        unsafe {
            let upper = _mm512_extractf32x8_ps::<1>(self.0);
            [F64x8(_mm512_cvtps_pd(_mm512_castps512_ps256(self.0))), F64x8(_mm512_cvtps_pd(upper))]
        }
    }

    /// The nearest `f32` of two vectors, the reverse of [`widen`](Self::widen).
    #[inline(always)]
    pub(in crate::kernels) fn narrow([lower, upper]: [F64x8; 2]) -> Self {
        // SAFETY: there are vectors.
        unsafe {
            let (lower, upper) = (_mm512_cvtpd_ps(lower.0), _mm512_cvtpd_ps(upper.0));
            F32x16(_mm512_insertf32x8::<1>(_mm512_castps256_ps512(lower), upper))
        }
    }
}
