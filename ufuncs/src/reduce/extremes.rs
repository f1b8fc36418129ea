//! The largest and the smallest element.
//!
//! A `nan` wins, as in NumPy. Along rows of floats the extreme is found as if there were none, and
//! beside it the sum: only if that is `nan`, a second look tells whether an element is.

use array_core::engine::isa::Isa;
use array_core::engine::reduce::kernel::{Accumulate, Core, fold_lanes, fold_pairs};
use array_core::{Element, complex64, complex128, f16};

use super::over::WithInitial;

/// The largest element, or `nan` if there is one.
#[derive(Debug)]
pub struct Max;
/// The smallest element, or `nan` if there is one.
#[derive(Debug)]
pub struct Min;
/// The largest element that is not `nan`, if there is one.
#[derive(Debug)]
pub struct NanMax;
/// The smallest element that is not `nan`, if there is one.
#[derive(Debug)]
pub struct NanMin;

/// Fewer elements than this are compared one by one.
const SHORT: usize = 16;

/// A core that chooses one of two elements, and may have something of its own besides.
macro_rules! choose {
    ($kernel:ident: $type:ty, $empty:expr, |$a:ident, $b:ident| $chosen:expr $(; $($own:item)+)?) => {
        impl Core<$type> for $kernel {
            type State = $type;
            const COST: f32 = 0.1;
            const ASSOCIATIVE: bool = true;
            #[inline(always)]
            fn empty() -> $type { $empty }
            #[inline(always)]
            fn step($a: $type, $b: $type, _: usize) -> $type { $chosen }
            #[inline(always)]
            fn merge($a: $type, $b: $type) -> $type { $chosen }
            $($($own)+)?
        }
    };
}

/// Of accumulators that are their own cores: as which dtype elements of a dtype are compared, how they are
/// made into that one, and how back.
macro_rules! accumulators {
    ($($kernel:ident [$($type:ty as $work:ty, |$x:ident| $to:expr, |$w:ident| $from:expr;)*])*) => {$($(
        impl Accumulate<$type> for $kernel {
            type Work = $work;
            type Core = $kernel;
            type Output = $type;
            #[inline(always)]
            fn finish($w: $work, _: f64) -> $type { $from }
        }

        impl WithInitial<$type> for $kernel {
            fn with_initial(a: $type, b: $type) -> $type {
                let make = |$x: $type| -> $work { $to };
                let $w = <$kernel as Core<$work>>::merge(make(a), make(b));
                $from
            }
        }
    )*)*};
}
macro_rules! as_they_are {
    ($($kernel:ident: $($type:ty)*;)*) => {
        accumulators! { $($kernel [$($type as $type, |x| x, |x| x;)*])* }
    };
}
as_they_are! {
    Max: i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 complex64 complex128;
    Min: i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 complex64 complex128;
    NanMax: f32 f64 complex64 complex128;
    NanMin: f32 f64 complex64 complex128;
}
accumulators! {
    Max [bool as u8, |x| x as u8, |w| w != 0; f16 as f32, |x| x.to_f32(), |w| f16::from_f32(w);]
    Min [bool as u8, |x| x as u8, |w| w != 0; f16 as f32, |x| x.to_f32(), |w| f16::from_f32(w);]
    NanMax [f16 as f32, |x| x.to_f32(), |w| f16::from_f32(w);]
    NanMin [f16 as f32, |x| x.to_f32(), |w| f16::from_f32(w);]
}

macro_rules! of_integers {
    ($($type:ty)*) => {$(
        // Whether a running extreme changes is foreseen: then nothing waits.
        choose! {
            Max: $type, <$type>::MIN, |a, b| a.max(b);
            const SCANS_BY_FOUR: bool = false;
            const SPACED: bool = size_of::<$type>() == 8;
        }
        choose! {
            Min: $type, <$type>::MAX, |a, b| a.min(b);
            const SCANS_BY_FOUR: bool = false;
            const SPACED: bool = size_of::<$type>() == 8;
        }
    )*};
}
of_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! of_floats {
    ($($type:ident, $lanes:literal;)*) => {$(
        of_floats! { @ Max, $type, $lanes, -$type::INFINITY, >, NanMax }
        of_floats! { @ Min, $type, $lanes, $type::INFINITY, <, NanMin }
    )*};
    (@ $kernel:ident, $type:ident, $lanes:literal, $empty:expr, $better:tt, $nan_kernel:ident) => {
        choose! {
            $kernel: $type, $empty, |a, b| {
                let better = if b $better a { b } else { a };
                if b.is_nan() { b } else { better }
            };
            #[inline(always)]
            fn fold<I: Isa>(state: $type, x: &[$type], _: usize) -> $type {
                if x.len() < SHORT {
                    return x.iter().fold(state, |state, &x| <Self as Core<$type>>::step(state, x, 0));
                }
                let better = |a: $type, b: $type| if b $better a { b } else { a };
                let (best, sum) = best_and_sum::<$type, $lanes>(x, $empty, better);
                // Or an infinity met another.
                if sum.is_nan() && x.iter().fold(false, |found, x| found | x.is_nan()) {
                    return $type::NAN;
                }
                <Self as Core<$type>>::step(state, best, 0)
            }
        }
        choose! {
            $nan_kernel: $type, $type::NAN, |a, b| if a.is_nan() | (b $better a) { b } else { a };
            #[inline(always)]
            fn fold<I: Isa>(state: $type, x: &[$type], _: usize) -> $type {
                let better = |a: $type, b: $type| <Self as Core<$type>>::merge(a, b);
                let take = |a: $type, b: &$type| better(a, *b);
                better(state, fold_lanes::<_, _, { $lanes / 2 }>(x, $type::NAN, take, better))
            }
        }
    };
}
of_floats! { f32, 32; f64, 16; }

/// The best element of a row, `nan` left aside, and the sum of all, some of them twice: spread over `W` lanes.
#[inline(always)]
fn best_and_sum<T: Element + std::ops::Add<Output = T>, const W: usize>(
    x: &[T],
    empty: T,
    better: impl Fn(T, T) -> T,
) -> (T, T) {
    let take = |best: T, sum: T, x: T| (better(best, x), sum + x);
    fold_pairs::<_, _, _, W, true>(x, (empty, T::ZERO), take, &better, |a, b| a + b)
}

/// Whether either part of a complex number is `nan`.
macro_rules! is_nan {
    ($x:expr) => {
        ($x.re.is_nan() || $x.im.is_nan())
    };
}
pub(super) use is_nan;

/// Complex numbers are compared by their real parts, then by their imaginary parts.
macro_rules! of_complex {
    ($($type:ident: $part:ident;)*) => {$(
        choose! {
            Max: $type, $type::new(-$part::INFINITY, -$part::INFINITY),
            |a, b| if !is_nan!(a) && (is_nan!(b) || b.re > a.re || (b.re == a.re && b.im > a.im)) { b } else { a }
        }
        choose! {
            Min: $type, $type::new($part::INFINITY, $part::INFINITY),
            |a, b| if !is_nan!(a) && (is_nan!(b) || b.re < a.re || (b.re == a.re && b.im < a.im)) { b } else { a }
        }
        choose! {
            NanMax: $type, $type::new($part::NAN, $part::NAN),
            |a, b| if is_nan!(a) || (!is_nan!(b) && (b.re > a.re || (b.re == a.re && b.im > a.im))) { b } else { a }
        }
        choose! {
            NanMin: $type, $type::new($part::NAN, $part::NAN),
            |a, b| if is_nan!(a) || (!is_nan!(b) && (b.re < a.re || (b.re == a.re && b.im < a.im))) { b } else { a }
        }
    )*};
}
of_complex! { complex64: f32; complex128: f64; }
