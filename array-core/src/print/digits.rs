//! The decimal digits of a binary floating-point number: as few as tell it from its neighbours.
//!
//! Rust's own `{:e}` finds them too, but not for `f16`, and it breaks ties differently; NumPy's
//! choice in every case needs NumPy's algorithm. That is Dragon4: Steele and White, "How to print
//! floating-point numbers accurately" (PLDI 1990), as improved by Burger and Dybvig, "Printing
//! floating-point numbers quickly and accurately" (PLDI 1996):
//!
//! ```text
//! write the value, and half its distance to each neighbour, as fractions over one `scale`
//! multiply or divide by a power of ten so that the value is in [1, 10)
//! repeat: the integer part is the next digit; keep the rest, ten times
//! until cutting here, or cutting here and adding one, stays nearer to the value than to a
//! neighbour, or the last place that is wanted has been reached
//! round the last digit to whichever of the two is allowed, or nearer if both or neither are
//! ```

use std::cmp::Ordering;

use super::natural::Natural;

/// A finite number, taken apart: `± mantissa · 2^exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub(super) negative: bool,
    mantissa: u64,
    exponent: i32,
    /// Whether the next number below is only half as far away as the next above, as it is for
    /// powers of two.
    lower_is_nearer: bool,
}

impl Parts {
    /// Takes apart the IEEE 754 number with these bits, of which so many are fraction and exponent.
    pub(super) fn from_bits(bits: u64, fraction_bits: u32, exponent_bits: u32) -> Self {
        let fraction = bits & ((1 << fraction_bits) - 1);
        let biased = (bits >> fraction_bits) & ((1 << exponent_bits) - 1);
        let bias = (1 << (exponent_bits - 1)) - 1 + fraction_bits as i32;
        Parts {
            negative: bits >> (fraction_bits + exponent_bits) != 0,
            mantissa: if biased == 0 { fraction } else { fraction | 1 << fraction_bits },
            exponent: biased.max(1) as i32 - bias,
            lower_is_nearer: fraction == 0 && biased > 1,
        }
    }
}

/// How many digits are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Limit {
    /// As many as make the number unique.
    Unique,
    /// At most so many after the decimal point.
    Fraction(i32),
    /// At most so many in all.
    AtMost(i32),
    /// So many, even past those that make the number unique; fewer only if the others are zeros.
    Exactly(i32),
    /// As `Exactly`, counted after the decimal point.
    ExactFraction(i32),
    /// The number's exact value, rounded to so many digits in all; fewer only if the others are zeros.
    Value(i32),
    /// As `Value`, counted after the decimal point.
    ValueFraction(i32),
}

/// A decimal number `d.ddd · 10^exponent`, without sign.
#[derive(Debug, PartialEq)]
pub(super) struct Decimal {
    pub(super) digits: String,
    pub(super) exponent: i32,
}

/// The digits of a number, rounded half to even where `limit` cuts it.
pub(super) fn decimal(parts: Parts, limit: Limit) -> Decimal {
    if parts.mantissa == 0 {
        return Decimal { digits: "0".into(), exponent: 0 };
    }
    // rest / scale is the value; low / scale and high / scale are half the distances to the
    // neighbours. Everything is doubled, and again if the distances differ, to have no fractions.
    let (left, right) = (parts.exponent.max(0) as u32, (-parts.exponent).max(0) as u32);
    let doublings = 1 + u32::from(parts.lower_is_nearer);
    let mut rest = Natural::shifted(parts.mantissa, left + doublings);
    let mut scale = Natural::shifted(1, right + doublings);
    let mut low = Natural::shifted(1, left);
    let mut high = Natural::shifted(1, left + doublings - 1);

    // The place (power of ten) of the first digit is `place - 1`. This guess is right or one short.
    let log2 = parts.exponent + parts.mantissa.ilog2() as i32;
    let mut place = (f64::from(log2) * std::f64::consts::LOG10_2 - 0.69).ceil() as i32;
    if let Limit::Fraction(wanted) | Limit::ExactFraction(wanted) | Limit::ValueFraction(wanted) = limit {
        place = place.max(1 - wanted);
    }
    if place > 0 {
        scale.multiply_by_power_of_ten(place as u32);
    } else {
        for number in [&mut rest, &mut low, &mut high] {
            number.multiply_by_power_of_ten(-place as u32);
        }
    }
    if rest.cmp(&scale) == Ordering::Less {
        for number in [&mut rest, &mut low, &mut high] {
            number.multiply(10);
        }
    } else {
        place += 1;
    }

    let last = match limit {
        Limit::Unique => i32::MIN,
        Limit::Fraction(wanted) | Limit::ExactFraction(wanted) | Limit::ValueFraction(wanted) => -wanted,
        Limit::AtMost(wanted) | Limit::Exactly(wanted) | Limit::Value(wanted) => place - wanted,
    };
    let all = matches!(limit, Limit::Exactly(_) | Limit::ExactFraction(_));
    // Of the value itself neighbours are none of the business: it may be cut only where nothing is left.
    let value = matches!(limit, Limit::Value(_) | Limit::ValueFraction(_));
    // The interval that rounds to this number includes its ends if the mantissa is even.
    let tie = parts.mantissa.is_multiple_of(2);
    let mut exponent = place - 1;
    let mut digits = String::with_capacity(18);
    loop {
        place -= 1;
        let digit = rest.divide(&scale);
        digits.push(char::from(b'0' + digit));
        let to_low = rest.cmp(&low);
        let may_cut = to_low == Ordering::Less || tie && to_low == Ordering::Equal;
        let to_high = rest.cmp_sum(&high, &scale);
        let may_add = to_high == Ordering::Greater || tie && to_high == Ordering::Equal;
        let done = if value { rest.is_zero() } else { !all && (may_cut || may_add) };
        if place == last || done {
            let add = if may_cut != may_add && !value {
                may_add
            } else {
                match rest.cmp_sum(&rest, &scale) {
                    Ordering::Less => false,
                    Ordering::Equal => digit % 2 == 1,
                    Ordering::Greater => true,
                }
            };
            if add {
                exponent += increment(&mut digits);
            }
            return Decimal { digits, exponent };
        }
        for number in [&mut rest, &mut low, &mut high] {
            number.multiply(10);
        }
    }
}

/// Adds one to the last digit, dropping the zeros that carrying leaves. Returns 1 if the number of
/// places grew, as from 99 to 1(00), and 0 otherwise.
fn increment(digits: &mut String) -> i32 {
    digits.truncate(digits.trim_end_matches('9').len());
    match digits.pop() {
        Some(digit) => {
            digits.push(char::from(digit as u8 + 1));
            0
        }
        None => {
            digits.push('1');
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::real::Real;
    use super::*;
    use crate::f16;

    fn text(value: impl Real, limit: Limit) -> String {
        let Decimal { digits, exponent } = decimal(value.parts(), limit);
        format!("{digits}e{exponent}")
    }

    #[test]
    fn unique_digits_parse_back() {
        // Every finite f16, which no other crate prints uniquely.
        for bits in 0..0x7c00_u16 {
            let value = f16::from_bits(bits);
            let Decimal { digits, exponent } = decimal(value.parts(), Limit::Unique);
            let scientific = |digits: &str, exponent: i32| format!("0.{digits}e{}", exponent + 1);
            let parsed: f64 = scientific(&digits, exponent).parse().unwrap();
            assert_eq!(f16::from_f64(parsed), value, "{digits}e{exponent}");
            // One digit fewer does not do.
            if digits.len() > 1 {
                let shorter: u64 = digits[..digits.len() - 1].parse().unwrap();
                for candidate in [shorter, shorter + 1] {
                    let candidate = format!("{candidate:0width$}", width = digits.len() - 1);
                    let grown = (candidate.len() - (digits.len() - 1)) as i32;
                    let parsed: f64 = scientific(&candidate, exponent + grown).parse().unwrap();
                    assert_ne!(f16::from_f64(parsed), value, "{digits}e{exponent} is not shortest");
                }
            }
        }
    }

    /// As many digits as the standard library finds, and they parse back. One number in thousands
    /// is a tie, which the standard library rounds up, so the digits may differ.
    fn check_unique<F: Real + std::fmt::LowerExp + std::fmt::Debug + std::str::FromStr>(value: F) {
        let Decimal { digits, exponent } = decimal(value.parts(), Limit::Unique);
        let theirs = format!("{value:e}").replace('.', "");
        assert_eq!(format!("{digits}e{exponent}").len(), theirs.len());
        let parsed = format!("0.{digits}e{}", exponent + 1).parse().ok();
        assert_eq!(parsed, Some(value), "{theirs}");
    }

    #[test]
    fn agrees_with_the_standard_library() {
        let mut bits = 1_u64;
        for _ in 0..20_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let (double, single) = (f64::from_bits(bits >> 1), f32::from_bits((bits >> 33) as u32));
            if double.is_finite() {
                check_unique(double);
                let Decimal { mut digits, exponent } = decimal(double.parts(), Limit::Exactly(12));
                digits.extend(std::iter::repeat_n('0', 12 - digits.len()));
                assert_eq!(format!("{digits}e{exponent}"), format!("{double:.11e}").replace('.', ""));
            }
            if single.is_finite() {
                check_unique(single);
            }
        }
    }

    #[test]
    fn extremes() {
        assert_eq!(text(5e-324, Limit::Unique), "5e-324");
        assert_eq!(text(f64::MAX, Limit::Unique), "17976931348623157e308");
        assert_eq!(text(f64::MIN_POSITIVE, Limit::Unique), "22250738585072014e-308");
        assert_eq!(text(f32::MAX, Limit::Unique), "34028235e38");
        assert_eq!(text(f16::MAX, Limit::Unique), "655e4");
        // Exactly between 40323712 and 40323713.
        assert_eq!(text(16_129_485.0_f32 / 4.0, Limit::Unique), "40323712e6");
    }

    #[test]
    fn limits() {
        assert_eq!(text(0.5, Limit::Fraction(0)), "0e0");
        assert_eq!(text(1.5, Limit::Fraction(0)), "2e0");
        assert_eq!(text(2.5, Limit::Fraction(0)), "2e0");
        assert_eq!(text(0.999, Limit::Fraction(2)), "1e0");
        assert_eq!(text(0.000_06, Limit::Fraction(4)), "1e-4");
        assert_eq!(text(0.000_04, Limit::Fraction(4)), "0e-4");
        assert_eq!(text(2.0 / 3.0, Limit::AtMost(3)), "667e-1");
        assert_eq!(text(0.1, Limit::AtMost(3)), "1e-1");
        assert_eq!(text(0.1, Limit::Exactly(20)), "10000000000000000555e-1");
        assert_eq!(text(9.99, Limit::Exactly(2)), "1e1");
        assert_eq!(text(0.1, Limit::ExactFraction(18)), "100000000000000006e-1");
        assert_eq!(text(0.5, Limit::Value(9)), "5e-1");
        assert_eq!(text(0.1, Limit::ValueFraction(20)), "10000000000000000555e-1");
    }
}
