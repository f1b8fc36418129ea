//! Natural numbers of any size, with the few operations that finding digits needs.
//!
//! The largest number met is about 2^1130 (the denominator of the smallest `f64`), so nothing here
//! is clever: schoolbook loops over at most 18 limbs.

use std::cmp::Ordering;

/// A natural number: limbs of 64 bits, the least significant first, the last one not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Natural(Vec<u64>);

impl Natural {
    /// `value · 2^shift`.
    pub(super) fn shifted(value: u64, shift: u32) -> Self {
        let mut limbs = vec![0; (shift / 64) as usize];
        let wide = u128::from(value) << (shift % 64);
        limbs.extend([wide as u64, (wide >> 64) as u64]);
        let mut natural = Natural(limbs);
        natural.normalise();
        natural
    }

    fn normalise(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// Whether it is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|&limb| limb == 0)
    }

    /// Multiplies by `factor`.
    pub(super) fn multiply(&mut self, factor: u64) {
        let mut carry = 0;
        for limb in &mut self.0 {
            let product = u128::from(*limb) * u128::from(factor) + carry;
            *limb = product as u64;
            carry = product >> 64;
        }
        if carry != 0 {
            self.0.push(carry as u64);
        }
    }

    /// Multiplies by `10^exponent`.
    pub(super) fn multiply_by_power_of_ten(&mut self, mut exponent: u32) {
        const MOST: u32 = 19; // 10^19 is the largest power of ten in a limb.
        while exponent > MOST {
            self.multiply(10_u64.pow(MOST));
            exponent -= MOST;
        }
        self.multiply(10_u64.pow(exponent));
    }

    /// Replaces itself with the remainder of the division by `divisor`, and returns the quotient,
    /// which must be small: it is found by subtracting.
    pub(super) fn divide(&mut self, divisor: &Natural) -> u8 {
        let mut quotient = 0;
        while (*self).cmp(divisor) != Ordering::Less {
            self.subtract(divisor);
            quotient += 1;
        }
        quotient
    }

    /// Subtracts `other`, which must not be larger.
    fn subtract(&mut self, other: &Natural) {
        let mut borrow = false;
        for (index, limb) in self.0.iter_mut().enumerate() {
            let Some(&subtrahend) = other.0.get(index).or(borrow.then_some(&0)) else { break };
            let (difference, under) = limb.overflowing_sub(subtrahend);
            let (difference, under_again) = difference.overflowing_sub(u64::from(borrow));
            *limb = difference;
            borrow = under | under_again;
        }
        debug_assert!(!borrow, "the difference is negative");
        self.normalise();
    }

    /// How `self` compares with `other`.
    pub(super) fn cmp(&self, other: &Natural) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// How `self + addend` compares with `other`.
    pub(super) fn cmp_sum(&self, addend: &Natural, other: &Natural) -> Ordering {
        let (long, short) = if self.0.len() < addend.0.len() { (addend, self) } else { (self, addend) };
        let mut sum = long.clone();
        let mut carry = false;
        for (index, limb) in sum.0.iter_mut().enumerate() {
            let Some(&summand) = short.0.get(index).or(carry.then_some(&0)) else { break };
            let (total, over) = limb.overflowing_add(summand);
            let (total, over_again) = total.overflowing_add(u64::from(carry));
            *limb = total;
            carry = over | over_again;
        }
        if carry {
            sum.0.push(1);
        }
        sum.cmp(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn natural(value: u128) -> Natural {
        let mut natural = Natural(vec![value as u64, (value >> 64) as u64]);
        natural.normalise();
        natural
    }

    #[test]
    fn agrees_with_u128() {
        // A multiplicative generator: any full-range numbers do.
        let mut state = 1_u128;
        let mut next = move || {
            state =
                state.wrapping_mul(0xda94_2042_e4dd_58b5_0000_0000_0000_0001 ^ 0x5f).wrapping_add(1 << 77);
            state >> (state % 120)
        };
        for _ in 0..2000 {
            let (a, b, c) = (next() >> 8, next() >> 8, next() >> 8);
            assert_eq!(natural(a).cmp(&natural(b)), a.cmp(&b));
            assert_eq!(natural(a).cmp_sum(&natural(b), &natural(c)), (a + b).cmp(&c));
            assert_eq!(natural(a).cmp_sum(&natural(b), &natural(a + b)), Ordering::Equal);

            let mut product = natural(a >> 64);
            product.multiply(b as u64);
            assert_eq!(product, natural((a >> 64) * u128::from(b as u64)));

            let digit = (c % 10) as u8;
            let divisor = (b >> 4) + 1;
            let remainder = a % divisor;
            let mut dividend = natural(divisor * u128::from(digit) + remainder);
            assert_eq!(dividend.divide(&natural(divisor)), digit);
            assert_eq!(dividend, natural(remainder));
        }
    }

    #[test]
    fn scales() {
        assert_eq!(Natural::shifted(0, 70), Natural(vec![]));
        assert_eq!(Natural::shifted(3, 127), Natural(vec![0, 1 << 63, 1]));
        let mut power = Natural::shifted(1, 0);
        power.multiply_by_power_of_ten(38);
        assert_eq!(power, natural(10_u128.pow(38)));
    }
}
