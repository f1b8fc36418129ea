//! Division of integers by a constant one, without a division for each.
//!
//! The quotient is the high half of a product with a number made of the divisor once (Granlund and Montgomery,
//! "Division by invariant integers using multiplication", 1994, figures 4.1 and 6.1; the latter for divisors of
//! either sign).

use crate::engine::isa::Isa;

/// A divisor, and what divides by it without a division.
pub(super) struct Divisor<T, Unsigned> {
    pub(super) divisor: T,
    multiplier: Unsigned,
    /// The multiplier's lower and upper half, if it has 64 bits.
    halves: (u32, u32),
    /// Of signed numbers, all ones if the divisor is 1 or -1, whose multiplier would be too large.
    whole: Unsigned,
    first_shift: u32,
    second_shift: u32,
    /// All ones, or zero if the divisor is: what remainders by zero, and quotients of signed numbers, are masked with.
    /// (Of a condition the compiler would make a loop of its own.)
    mask: T,
}

macro_rules! magnitude {
    (unsigned $x:expr) => {
        $x
    };
    (signed $x:expr) => {
        $x.unsigned_abs()
    };
}

/// The lowest bits of 2^(n + log) / magnitude and one; of signed numbers, 2^(n - 1 + log) / magnitude and one, but
/// zero for a magnitude of 1.
macro_rules! multiplier {
    (unsigned $magnitude:expr, $log:expr, $unsigned:ident, $wide:ident) => {{
        let power = ((1 as $wide) << $log).wrapping_sub($magnitude as $wide);
        (((power << <$unsigned>::BITS) / $magnitude as $wide) as $unsigned).wrapping_add(1)
    }};
    (signed $magnitude:expr, $log:expr, $unsigned:ident, $wide:ident) => {
        if $magnitude == 1 {
            0
        } else {
            (((1 as $wide) << (<$unsigned>::BITS - 1 + $log)) / $magnitude as $wide) as $unsigned + 1
        }
    };
}

macro_rules! floor {
    (unsigned $divisor:expr, $a:expr, $isa:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let (a, high) = ($a, high_half!($a, $divisor, $isa, $unsigned, $wide));
        high.wrapping_add(a.wrapping_sub(high) >> $divisor.first_shift) >> $divisor.second_shift
    }};
    // As -1 - x is !x, floor(a / d) is !floor(!a / d) for negative a, and for negative d, of magnitude D, it is
    // !floor((a - 1) / D) or, if a is not positive, floor(!(a - 1) / D). So what is divided is never negative and
    // at most 2^(n-1), and a multiplier of n bits is enough.
    (signed $divisor:expr, $a:expr, $isa:ident, $type:ident, $unsigned:ident, $wide:ident) => {{
        let last = <$type>::BITS - 1;
        let sign = $divisor.divisor >> last;
        let a = $a.wrapping_add(sign);
        // Whether it is to be inverted: all ones where it is. (Of the smallest number, `a` has wrapped.)
        let negative = (a | $a) >> last;
        let magnitude = (a ^ negative) as $unsigned;
        let high = high_half!(magnitude, $divisor, $isa, $unsigned, $wide);
        let quotient = high.wrapping_add(magnitude & $divisor.whole) >> $divisor.second_shift;
        (quotient as $type ^ negative ^ sign) & $divisor.mask
    }};
}

/// The halves of a multiplier of 64 bits. The compiler must not know them for that: it would take the
/// product of halves for one of 64 bits, of which vector units have no high half.
macro_rules! halves {
    ($multiplier:ident, u64) => {
        (std::hint::black_box($multiplier as u32), std::hint::black_box(($multiplier >> 32) as u32))
    };
    ($multiplier:ident, $unsigned:ident) => {
        (0, 0)
    };
}

/// The high half of a product with a divisor's multiplier.
macro_rules! high_half {
    ($a:expr, $divisor:expr, $isa:ident, u64, $wide:ident) => {
        if cfg!(target_arch = "x86_64") && $isa::FMA {
            // Of halves: vector units multiply 32 bits by 32 bits, with AVX2 at twice the speed of one by one.
            let low = u32::MAX as u64;
            let (b0, b1) = ($divisor.halves.0 as u64, $divisor.halves.1 as u64);
            let (a0, a1) = ($a & low, $a >> 32);
            let middle = a1 * b0 + ((a0 * b0) >> 32);
            let other = a0 * b1 + (middle & low);
            a1 * b1 + (middle >> 32) + (other >> 32)
        } else {
            (($a as u128 * $divisor.multiplier as u128) >> 64) as u64
        }
    };
    ($a:expr, $divisor:expr, $isa:ident, $unsigned:ident, $wide:ident) => {
        (($a as $wide * $divisor.multiplier as $wide) >> <$unsigned>::BITS) as $unsigned
    };
}

macro_rules! of_integers {
    ($signedness:ident: $($type:ident, $unsigned:ident, $wide:ident;)*) => {$(
        impl Divisor<$type, $unsigned> {
            #[inline(always)]
            pub(super) fn new(divisor: $type) -> Self {
                let magnitude = magnitude!($signedness divisor).max(1);
                let log = <$unsigned>::BITS - (magnitude - 1).leading_zeros();
                let multiplier = multiplier!($signedness magnitude, log, $unsigned, $wide);
                let mask = if divisor == 0 { 0 } else { !0 };
                let whole = if magnitude == 1 { !0 } else { 0 };
                let (first_shift, second_shift) = (log.min(1), log.saturating_sub(1));
                // A divisor of zero, which leaves nothing of any number: that takes no mask.
                let (multiplier, first_shift, second_shift) = if divisor == 0 {
                    (0, 1, <$unsigned>::BITS - 1)
                } else {
                    (multiplier, first_shift, second_shift)
                };
                let halves = halves!(multiplier, $unsigned);
                Divisor { divisor, multiplier, halves, whole, first_shift, second_shift, mask }
            }

            /// The quotient, rounded down.
            #[allow(clippy::extra_unused_type_parameters, reason = "of 64 bits it counts")]
            #[inline(always)]
            pub(super) fn floor<I: Isa>(&self, a: $type) -> $type {
                floor!($signedness self, a, I, $type, $unsigned, $wide)
            }

            /// What is left of `a` after [`floor`](Self::floor), which gave `quotient`.
            #[inline(always)]
            pub(super) fn remainder(&self, a: $type, quotient: $type) -> $type {
                a.wrapping_sub(quotient.wrapping_mul(self.divisor)) & self.mask
            }
        }
    )*};
}

of_integers! { unsigned: u8, u8, u16; u16, u16, u32; u32, u32, u64; u64, u64, u128; }
of_integers! { signed: i8, u8, u16; i16, u16, u32; i32, u32, u64; i64, u64, u128; }
