//! Division of integers with a whole quotient, by floats that hold them exactly.
//!
//! Division by zero gives zero, and the smallest number divided by -1 is itself.
//!
//! Integers of up to 32 bits are divided as floats that hold them exactly, which vector units can:
//! where `a / b` is not whole, it is farther from the next whole number than the rounding error (for
//! quotients of `n`-bit numbers by a factor of 2^-n, against 2^-24 or 2^-53), so that rounding never
//! reaches it. Those of 64 bits are divided as doubles where both are below 2^51, which the doubles hold and
//! whose products with quotients they hold too; where one is not, by the processor's division, which
//! takes ten times as long.

/// Integers as NumPy divides them.
pub(super) trait IntegerDivision: Copy {
    /// Whether the functions below are not right for some: those then do not count.
    const HAS_RARE: bool = false;
    /// Whether they are not right for these.
    #[inline(always)]
    fn is_rare(_a: Self, _b: Self) -> bool {
        false
    }
    /// The quotient rounded down and the remainder: both zero if `b` is.
    fn floor_and_remainder(a: Self, b: Self) -> (Self, Self);
    /// What is left after a division that is rounded towards zero: zero if `b` is.
    fn rest_towards_zero(a: Self, b: Self) -> Self;
    /// The same, of the remainder that has the divisor's sign.
    fn towards_zero(a: Self, b: Self, remainder: Self) -> Self;
    /// [`floor_and_remainder`](Self::floor_and_remainder) of any.
    #[inline(always)]
    fn floor_and_remainder_of_any(a: Self, b: Self) -> (Self, Self) {
        Self::floor_and_remainder(a, b)
    }
    /// [`rest_towards_zero`](Self::rest_towards_zero) of any.
    #[inline(always)]
    fn rest_towards_zero_of_any(a: Self, b: Self) -> Self {
        Self::rest_towards_zero(a, b)
    }
}

/// The method of this name.
macro_rules! towards_zero {
    (unsigned $type:ident) => {
        #[inline(always)]
        fn towards_zero(_a: $type, _b: $type, remainder: $type) -> $type {
            remainder
        }
    };
    (signed $type:ident) => {
        #[inline(always)]
        fn towards_zero(a: $type, b: $type, remainder: $type) -> $type {
            if remainder != 0 && (a < 0) != (b < 0) { remainder.wrapping_sub(b) } else { remainder }
        }
    };
}

/// Integers whose quotients are taken of floats.
macro_rules! by_floats {
    ($($float:ident, |$quotient:ident| $whole:expr => $($signedness:ident $type:ident)*;)*) => {$($(
        impl IntegerDivision for $type {
            #[inline(always)]
            fn floor_and_remainder(a: $type, b: $type) -> ($type, $type) {
                let $quotient = (a as $float / b as $float).floor();
                let q = if b == 0 { 0 } else { $whole as $type };
                (q, if b == 0 { 0 } else { a.wrapping_sub(q.wrapping_mul(b)) })
            }
            #[inline(always)]
            fn rest_towards_zero(a: $type, b: $type) -> $type {
                Self::towards_zero(a, b, Self::floor_and_remainder(a, b).1)
            }
            towards_zero!($signedness $type);
        }
    )*)*};
}

/// 1.5 · 2^52: in the lowest bits of a sum with it stands a whole number below 2^51 in magnitude.
const WHOLE: f64 = 6_755_399_441_055_744.0;

by_floats! {
    // Sums in whose lowest bits the whole number stands: cheaper than a cast, which saturates.
    f32, |q| (q + 12_582_912.0).to_bits() => signed i8 unsigned u8 signed i16 unsigned u16;
    f64, |q| (q + WHOLE).to_bits() => signed i32 unsigned u32;
}

/// Integers of 64 bits, of which most are small enough for doubles.
macro_rules! by_doubles {
    ($($signedness:ident $type:ident, |$a:ident| $is_large:expr, |$x:ident, $y:ident| $floor:expr, $rest:expr;)*) => {$(
        impl IntegerDivision for $type {
            const HAS_RARE: bool = true;
            #[inline(always)]
            fn is_rare(a: $type, b: $type) -> bool {
                let is_large = |$a: $type| $is_large;
                is_large(a) | is_large(b)
            }
            #[inline(always)]
            fn floor_and_remainder(a: $type, b: $type) -> ($type, $type) {
                let (x, y) = (to_double(a as u64), to_double(b as u64));
                let quotient = (x / y).floor();
                let (q, rest) = (from_double(quotient), from_double(x - quotient * y));
                if b == 0 { (0, 0) } else { (q as $type, rest as $type) }
            }
            #[inline(always)]
            fn rest_towards_zero(a: $type, b: $type) -> $type {
                let (x, y) = (to_double(a as u64), to_double(b as u64));
                let rest = from_double(x - (x / y).trunc() * y);
                if b == 0 { 0 } else { rest as $type }
            }
            #[inline(always)]
            fn floor_and_remainder_of_any($x: $type, $y: $type) -> ($type, $type) {
                if $y == 0 { (0, 0) } else { $floor }
            }
            #[inline(always)]
            fn rest_towards_zero_of_any($x: $type, $y: $type) -> $type {
                if $y == 0 { 0 } else { $rest }
            }
            towards_zero!($signedness $type);
        }
    )*};
}
by_doubles! {
    signed i64, |a| a.wrapping_add(1 << 51) as u64 >> 52 != 0, |a, b| {
        let q = a.wrapping_div(b);
        let r = a.wrapping_sub(q.wrapping_mul(b));
        let down = r != 0 && (r < 0) != (b < 0);
        (q - down as i64, if down { r + b } else { r })
    }, a.wrapping_rem(b);
    unsigned u64, |a| a >> 51 != 0, |a, b| (a / b, a % b), a % b;
}

/// A whole number, from -2^51 to below 2^51, as a double.
#[inline(always)]
fn to_double(x: u64) -> f64 {
    f64::from_bits(x.wrapping_add(WHOLE.to_bits())) - WHOLE
}

/// A double that is a whole number, from -2^51 to 2^51.
#[inline(always)]
fn from_double(x: f64) -> u64 {
    // Of 2^51 the sum is 2^53, the bits of which follow those of the numbers below.
    (x + WHOLE).to_bits().wrapping_sub(WHOLE.to_bits())
}
