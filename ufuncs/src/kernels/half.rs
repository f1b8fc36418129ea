//! Half precision to single and back, without branches: the compiler turns both into vector code
//! on every instruction set.

use array_core::f16;

/// The same number in single precision.
#[inline(always)]
pub(super) fn widen(x: f16) -> f32 {
    let bits = x.to_bits() as u32;
    let size = (bits & 0x7fff) << 13;
    // The exponents' offsets differ by 112; subnormal halves become normal in the product.
    let number = (f32::from_bits(size) * f32::from_bits((112 + 127) << 23)).to_bits();
    let size = if size >= 0x1f << 23 { size | 0x7f80_0000 } else { number };
    f32::from_bits(size | ((bits & 0x8000) << 16))
}

/// The nearest half, ties to even.
#[inline(always)]
pub(super) fn narrow(x: f32) -> f16 {
    let sign = (x.to_bits() >> 16) & 0x8000;
    let size = x.to_bits() & 0x7fff_ffff;
    // The addition rounds at a subnormal half's last digit.
    let subnormal = (f32::from_bits(size) + 0.5).to_bits().wrapping_sub(0.5f32.to_bits());
    let normal = size.wrapping_sub(112 << 23).wrapping_add(0xfff).wrapping_add((size >> 13) & 1) >> 13;
    let special = if size > 0x7f80_0000 { 0x7e00 } else { 0x7c00 };
    let half = if size < 113 << 23 { subnormal } else { normal };
    let half = if size >= 143 << 23 { special } else { half };
    f16::from_bits((half | sign) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_survives_and_rounding_is_to_even() {
        for bits in 0..=u16::MAX {
            let half = f16::from_bits(bits);
            if half.is_nan() {
                assert!(widen(half).is_nan() && narrow(widen(half)).is_nan());
                continue;
            }
            assert_eq!(widen(half), half.to_f32());
            for near in [-0x1001i32, -0x1000, -0xfff, -1, 0, 1, 0xfff, 0x1000, 0x1001] {
                let x = f32::from_bits(widen(half).to_bits().wrapping_add_signed(near));
                assert!(x.is_nan() || narrow(x).to_bits() == f16::from_f32(x).to_bits(), "{x:e}");
            }
        }
    }
}
