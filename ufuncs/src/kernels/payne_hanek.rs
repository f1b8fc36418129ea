//! Reduction of huge arguments modulo π/2, one at a time, in integers.
//!
//! Method: Payne and Hanek, *Radian reduction for trigonometric functions* (1983). With
//! `x = m · 2^e` and an integer `m` of 53 bits, `x · 2/π` modulo 4 needs only those bits of 2/π
//! whose weight after the shift by `e` is at most 2; 256 of them leave an error below 2^-201. No
//! `f64` comes closer than 2^-62 to a multiple of π/2 (Muller, *Elementary Functions*, table 11.1),
//! so at least 139 significant bits of the remainder are right; 106 of them are returned.

use array_core::engine::isa::{Baseline, Isa};

/// 64 zeros, and the first 1280 bits of 2/π.
const TWO_OVER_PI: [u64; 21] = [
    0,
    0xa2f9836e4e441529,
    0xfc2757d1f534ddc0,
    0xdb6295993c439041,
    0xfe5163abdebbc561,
    0xb7246e3a424dd2e0,
    0x06492eea09d1921c,
    0xfe1deb1cb129a73e,
    0xe88235f52ebb4484,
    0xe99c7026b45f7e41,
    0x3991d639835339f4,
    0x9c845f8bbdf9283b,
    0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f,
    0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d,
    0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08,
    0x56033046fc7b6bab,
    0xf0cfbc209af4361d,
];

/// 64 zeros, and the first 1280 bits of (2/π)·ln 2.
const TWO_LN_2_OVER_PI: [u64; 21] = [
    0,
    0x70f7263dfa5a6eec,
    0xb608582e55fef3dd,
    0x8e13becd1d495c36,
    0x1d72013aea9f8fca,
    0x76e866fc9b48be48,
    0x15f5cb6fd8bee211,
    0x0394db3020d6eb52,
    0x30ffa9ae90cbc735,
    0x51358ced67c0db3c,
    0x490d15bdd91a29f5,
    0x682402af5e8f9c23,
    0xbff15cbc71f05fed,
    0xfe0bb0622a8c8f67,
    0x7309c45a7502282a,
    0xead0c2435c5527bb,
    0x759f345e2d0628e8,
    0xb1a563a253e62918,
    0xea5ffdabeac0d479,
    0xcfedb1b6fc78b439,
    0xa333a25fdc77be31,
];

/// π/2 - `FRAC_PI_2`.
const FRAC_PI_2_LOW: f64 = 6.123233995736766e-17;

/// `(quadrant, high, low)` with `x = quadrant · π/2 + high + low` modulo 2π, and the remainder in
/// [-π/4, π/4]. For finite `x >= 1`.
pub(super) fn reduce(x: f64) -> (u64, f64, f64) {
    reduce_by(&TWO_OVER_PI, x)
}

/// As [`reduce`], of x · ln 2: the angle of 2^ix.
pub(super) fn reduce_doublings(x: f64) -> (u64, f64, f64) {
    reduce_by(&TWO_LN_2_OVER_PI, x)
}

fn reduce_by(digits: &[u64; 21], x: f64) -> (u64, f64, f64) {
    let bits = x.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let exponent = (bits >> 52) as usize; // x = mantissa * 2^(exponent - 1075)

    // Four words of 2/π, from the bit that has the weight 2 in x * 2/π / mantissa.
    let first = exponent + 62 - 1075;
    let (word, shift) = (first / 64, first % 64);
    let window = |i: usize| {
        let pair = u128::from(digits[word + i]) << 64 | u128::from(digits[word + i + 1]);
        ((pair << shift) >> 64) as u64
    };

    // Their product with the mantissa, modulo 2^256: two bits of quadrant, then the fraction.
    let mut product = [0_u64; 4];
    let mut carry = 0_u128;
    for i in (0..4).rev() {
        carry += u128::from(mantissa) * u128::from(window(i));
        product[i] = carry as u64;
        carry >>= 64;
    }
    let quadrant = product[0] >> 62;
    let high = (u128::from(product[0]) << 64 | u128::from(product[1])) << 2 | u128::from(product[2] >> 62);
    let low = product[2] << 2;

    // To the nearest quadrant: a fraction of a half or more becomes a negative one.
    let negative = high >> 127 == 1;
    let (high, low) = if negative { (!high, !low) } else { (high, low) };
    let quadrant = quadrant + u64::from(negative);

    // Its 128 leading bits, as 53 and the rest.
    let zeros = high.leading_zeros().clamp(1, 63);
    let leading = (high << zeros) | u128::from(low >> (64 - zeros));
    let ulp = f64::from_bits(u64::from(1023 - 128 - zeros) << 52);
    let sign = if negative { -ulp } else { ulp };
    const REST: u32 = 128 - 53;
    let high = (leading >> REST << REST) as f64 * sign;
    let low = (leading & ((1 << REST) - 1)) as f64 * sign;

    let (p, error) = Baseline::two_product(high, std::f64::consts::FRAC_PI_2);
    let error = error + (high * FRAC_PI_2_LOW + low * std::f64::consts::FRAC_PI_2);
    let sum = p + error;
    (quadrant, sum, (p - sum) + error)
}
