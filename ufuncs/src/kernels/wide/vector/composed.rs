//! What vectors do in several steps: polynomials, sums and products with their rounding errors, larger tables.

use super::{F32x16, F64x8, Operand};

macro_rules! composed {
    ($name:ident: $lane:ident) => {
        // What one family of functions does not use may be of use to the next.
        #[allow(dead_code)]
        impl $name {
            /// The polynomial in `self` with these coefficients, constant term first, by Horner's rule.
            #[inline(always)]
            pub(in crate::kernels) fn polynomial<const N: usize>(self, coefficients: [$lane; N]) -> Self {
                let mut sum = self.of(coefficients[N - 1]);
                for i in (0..N - 1).rev() {
                    sum = sum.mul_add(self, coefficients[i]);
                }
                sum
            }

            /// As [`polynomial`](Self::polynomial), its even and its odd terms apart: the chain of operations is
            /// half as long. `square` is that of `self`.
            #[inline(always)]
            pub(in crate::kernels) fn polynomial_by_halves<const N: usize>(
                self,
                square: Self,
                coefficients: [$lane; N],
            ) -> Self {
                let odd = self.every_second::<1, N>(square, coefficients);
                odd.mul_add(self, self.every_second::<0, N>(square, coefficients))
            }

            /// The sum of every second coefficient times a power of `square`.
            #[inline(always)]
            fn every_second<const FIRST: usize, const N: usize>(
                self,
                square: Self,
                coefficients: [$lane; N],
            ) -> Self {
                let last = FIRST + (N - 1 - FIRST) / 2 * 2;
                let mut sum = self.of(coefficients[last]);
                for i in (FIRST..last).step_by(2).rev() {
                    sum = sum.mul_add(square, coefficients[i]);
                }
                sum
            }

            /// `self * b` and its rounding error, exactly.
            #[inline(always)]
            pub(in crate::kernels) fn two_product(self, b: impl Operand<Self>) -> (Self, Self) {
                let b = b.beside(self);
                let high = self * b;
                (high, self.mul_sub(b, high))
            }

            /// `self + b` and its rounding error, exactly.
            #[inline(always)]
            pub(in crate::kernels) fn two_sum(self, b: impl Operand<Self>) -> (Self, Self) {
                let b = b.beside(self);
                let sum = self + b;
                let b_part = sum - self;
                (sum, (self - (sum - b_part)) + (b - b_part))
            }

            /// [`two_sum`](Self::two_sum) of numbers of which `self` is the larger in size, or 0.
            #[inline(always)]
            pub(in crate::kernels) fn fast_two_sum(self, b: impl Operand<Self>) -> (Self, Self) {
                let b = b.beside(self);
                let sum = self + b;
                (sum, (self - sum) + b)
            }
        }
    };
}
composed! { F64x8: f64 }
composed! { F32x16: f32 }

#[allow(dead_code)]
impl F64x8 {
    /// As [`choose`](Self::choose), of a table of four registers.
    #[inline(always)]
    pub(in crate::kernels) fn choose_of_32(self, table: &[f64; 32]) -> Self {
        let (low, high) = (table[..16].try_into().unwrap(), table[16..].try_into().unwrap());
        self.choose(low).replace(self.has_bits(16), self.choose(high))
    }
}
