//! Conversion between any two dtypes, by NumPy's rules: floats are cut off towards zero, integers
//! wrap, anything but zero is `true`, complex numbers lose their imaginary part.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use half::f16;

use super::isa::Isa;
use super::shells::{self, Body, Loop};
use crate::{DType, Element, complex64, complex128};

/// A type whose values can be made into `D`.
pub trait CastTo<D> {
    /// The nearest value of `D`, by NumPy's rules of casting.
    fn cast(self) -> D;
}

/// The loop of a conversion from `S` to `D`, over contiguous memory.
struct Cast<S, D>(PhantomData<(S, D)>);

impl<S: Element + CastTo<D>, D: Element> Body<2> for Cast<S, D> {
    #[inline(always)]
    unsafe fn run<I: Isa>([from, to]: [*mut u8; 2], strides: &[[isize; 2]; 2], [rows, columns]: [usize; 2]) {
        for row in 0..rows as isize {
            // SAFETY: by the contract of `Loop`; operands of different dtypes share no byte.
            let (from, to) = unsafe {
                (
                    std::slice::from_raw_parts(from.offset(row * strides[0][0]).cast::<S>(), columns),
                    std::slice::from_raw_parts_mut(
                        to.offset(row * strides[0][1]).cast::<MaybeUninit<D>>(),
                        columns,
                    ),
                )
            };
            for (to, from) in to.iter_mut().zip(from) {
                to.write(from.cast());
            }
        }
    }
}

/// Casts that `as` can do.
macro_rules! casts_by_as {
    ($($from:ty => $to:tt;)*) => { $(casts_by_as!(@ $from => $to);)* };
    (@ $from:ty => [$($to:ty)*]) => {$(
        impl CastTo<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to { self as $to }
        }
    )*};
}

/// Casts to integers, as `as` does them, in a form that the compiler makes vector code of: `as` itself it takes to be
/// expensive, and converts one by one. First to an integer of the size that processors convert to.
macro_rules! casts_to_integers {
    ($($float:ident: $($to:ident by $way:ident)*;)*) => {$($(
        impl CastTo<$to> for $float {
            #[inline(always)]
            fn cast(self) -> $to {
                const LEAST: $float = $to::MIN as $float;
                // Rounded up if not exact: then it is one too large.
                const NEAREST: $float = $to::MAX as $float;
                const EXACT: bool = NEAREST as i128 == $to::MAX as i128;
                const MOST: $float = if EXACT { NEAREST } else { NEAREST.next_down() };
                let within = if self > LEAST { self } else { LEAST };
                let within = if within < MOST { within } else { MOST };
                // SAFETY: the number is within what the integer holds, and so within what the larger one holds.
                let found = unsafe { within.to_int_unchecked::<$way>() } as $to;
                let found = if !EXACT && self >= NEAREST { $to::MAX } else { found };
                if self.is_nan() { 0 } else { found }
            }
        }
    )*)*};
}
casts_to_integers! {
    f32: i8 by i32 i16 by i32 i32 by i32 i64 by i64 u8 by i32 u16 by i32 u32 by u32 u64 by u64;
    f64: i8 by i32 i16 by i32 i32 by i32 i64 by i64 u8 by i32 u16 by i32 u32 by u32 u64 by u64;
}

/// Casts from and to the types that `as` does not know, by way of one that it does.
macro_rules! casts_by_way {
    ($($real:ty)*) => {$(
        impl CastTo<$real> for bool {
            #[inline(always)]
            fn cast(self) -> $real { self as u8 as $real }
        }
        impl CastTo<bool> for $real {
            #[inline(always)]
            fn cast(self) -> bool { self != 0 as $real }
        }
        impl CastTo<$real> for f16 {
            #[inline(always)]
            fn cast(self) -> $real { self.to_f32() as $real }
        }
    )*};
}

/// Casts by way of `f32`, which holds the numbers that are not too large for `f16`, all of their bits.
macro_rules! casts_to_half {
    ($($real:ty)*) => {$(
        impl CastTo<f16> for $real {
            #[inline(always)]
            fn cast(self) -> f16 { f16::from_f32(self as f32) }
        }
    )*};
}

/// Rounds to the nearest of both neighbours whose last bit is set. Rounding that to fewer bits gives the same as rounding
/// the number itself, where rounding to nearest twice would not.
#[inline(always)]
fn rounded_to_odd(x: f64) -> f32 {
    let nearest = x as f32;
    let back = f64::from(nearest);
    let beyond = back.abs() > x.abs();
    // `nan` is not itself, and stays what it is.
    let inexact = back != x;
    f32::from_bits((nearest.to_bits() - u32::from(beyond)) | u32::from(inexact))
}

macro_rules! casts_of_complex {
    ($($complex:ty, $part:ty: $($real:ty)*;)*) => {$($(
        impl CastTo<$complex> for $real {
            #[inline(always)]
            fn cast(self) -> $complex { <$complex>::new(CastTo::<$part>::cast(self), 0.0) }
        }
        impl CastTo<$real> for $complex {
            #[inline(always)]
            fn cast(self) -> $real { CastTo::<$real>::cast(self.re) }
        }
    )*)*};
}

casts_by_as! {
    i8 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    i16 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    i32 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    i64 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    u8 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    u16 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    u32 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    u64 => [i8 i16 i32 i64 u8 u16 u32 u64 f32 f64];
    f32 => [f32 f64];
    f64 => [f32 f64];
    bool => [bool];
}
casts_by_way! { i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 }
casts_to_half! { i8 i16 i32 i64 u8 u16 u32 u64 f32 }
casts_of_complex! {
    complex64, f32: i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64;
    complex128, f64: i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64;
}

macro_rules! cast {
    ($($from:ty => $to:ty: |$x:ident| $value:expr;)*) => {$(
        impl CastTo<$to> for $from {
            #[inline(always)]
            fn cast(self) -> $to {
                let $x = self;
                $value
            }
        }
    )*};
}
cast! {
    f16 => f16: |x| x;
    f64 => f16: |x| f16::from_f32(rounded_to_odd(x));
    f16 => bool: |x| x != f16::ZERO;
    bool => f16: |x| if x { f16::ONE } else { f16::ZERO };
    bool => complex64: |x| complex64::new(x as u8 as f32, 0.0);
    bool => complex128: |x| complex128::new(x as u8 as f64, 0.0);
    complex64 => bool: |x| x != complex64::ZERO;
    complex128 => bool: |x| x != complex128::ZERO;
    complex64 => complex64: |x| x;
    complex64 => complex128: |x| complex128::new(x.re as f64, x.im as f64);
    complex128 => complex64: |x| complex64::new(x.re as f32, x.im as f32);
    complex128 => complex128: |x| x;
}

/// The loop that converts `from` to `to`, on the instruction set in use.
pub(crate) fn conversion(from: DType, to: DType) -> Loop<2> {
    macro_rules! by_source {
        ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
            match from { $(DType::$variant => to_dtype::<$type>(to),)* }
        };
    }
    crate::for_each_dtype!(by_source)
}

macro_rules! to_dtype {
    ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
        /// A dtype whose values can be made into every other.
        trait CastToAll: $(CastTo<$type> +)* {}
        impl<S: $(CastTo<$type> +)*> CastToAll for S {}

        fn to_dtype<S: Element + CastToAll>(to: DType) -> Loop<2> {
            match to { $(DType::$variant => shells::select::<Cast<S, $type>, 2>(),)* }
        }
    };
}
crate::for_each_dtype!(to_dtype);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_the_integers_that_as_makes_of_them() {
        macro_rules! all {
            ($($float:ident: $($to:ident)*;)*) => {$(
                let whole = [$($to::MIN as $float, $to::MAX as $float),*];
                let near = whole.into_iter().chain([0.0, 1.0, 1e30, $float::MAX, $float::INFINITY, $float::MIN_POSITIVE]);
                for x in near.flat_map(|x| [x, x.next_up(), x.next_down(), x + 0.5, x - 0.5, x / 3.0]) {
                    for x in [x, -x, $float::NAN, -$float::NAN] {
                        $(assert_eq!(CastTo::<$to>::cast(x), x as $to, "{x} to {}", stringify!($to));)*
                    }
                }
            )*};
        }
        all! {
            f32: i8 i16 i32 i64 u8 u16 u32 u64;
            f64: i8 i16 i32 i64 u8 u16 u32 u64;
        }
    }

    #[test]
    fn doubles_are_rounded_once_to_halves() {
        // Between two halves, and nearer to the upper one by less than a float can tell.
        let middle = 1.0 + f64::from(f16::EPSILON) / 2.0;
        let cast = |x: f64| CastTo::<f16>::cast(x).to_f64();
        assert_eq!(cast(middle), 1.0);
        assert_eq!(cast(middle + 1e-12), 1.0 + f64::from(f16::EPSILON));
        assert_eq!(cast(-middle - 1e-12), -1.0 - f64::from(f16::EPSILON));
        let odd = 1.0 + 1.5 * f64::from(f16::EPSILON);
        assert_eq!(cast(odd), 1.0 + 2.0 * f64::from(f16::EPSILON));
        assert_eq!(cast(odd - 1e-12), 1.0 + f64::from(f16::EPSILON));
        assert_eq!(
            (cast(65519.9999999), cast(65520.0), cast(-1e300)),
            (65504.0, f64::INFINITY, f64::NEG_INFINITY)
        );
        let least = f64::from(f16::MIN_POSITIVE_SUBNORMAL);
        assert_eq!((cast(least / 2.0), cast(least / 2.0 * (1.0 + 1e-15)), cast(1e-320)), (0.0, least, 0.0));
        assert!(
            cast(f64::NAN).is_nan() && cast(-1e-320).is_sign_negative() && cast(f64::INFINITY).is_infinite()
        );
        for bits in 0..=u16::MAX {
            let half = f16::from_bits(bits);
            let back = CastTo::<f16>::cast(half.to_f64());
            assert!(back.to_bits() == bits || half.is_nan() && back.is_nan(), "{half}");
        }
    }
}
