//! The methods `reduce`, `accumulate` and `reduceat` of the ufuncs of two arguments whose result has
//! their dtype.
//!
//! A few have accumulators of their own. The others are folded with their element-wise kernels, strictly
//! from the left.

use array_core::engine::reduce;
use array_core::engine::scan::{Scan, scan};
use array_core::operators::kernels as operators;
use array_core::{Array, Element, Result};

use crate::functions::*;
use crate::kernels;
use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre};
use crate::powers::AsDoubles;
use crate::reduce::bits::{BitsOfAll, BitsOfAny, BitsOfOdd};
use crate::reduce::extremes::{Max, Min, NanMax, NanMin};
use crate::reduce::fold::{self, AsBools, AsPowers, AsQuotients, Folded, Folds, Nature};
use crate::reduce::logic::{All, Any};
use crate::reduce::numbers::{Numbers, OfNumbers};
use crate::reduce::over::{Axes, WithInitial};
use crate::reduce::run::{Output, check_some, reduce_over};
use crate::reduce::sums::{Product, Sum};

/// `reduce` and `reduceat` by an accumulator.
macro_rules! by_accumulators {
    ($($ufunc:ident: $kernel:ident, $check:ident;)*) => {$(
        impl $ufunc {
            #[doc = concat!("The function [`", stringify!($ufunc), "`](fn@", stringify!($ufunc), ") between all elements along some axes.")]
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or a mask does not broadcast; when there is
            /// nothing to begin with and the function has no identity.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            /// let a = Array::from([true, false, true, true]).reshape([2, 2])?;
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::reduce(&a, 0)?.shape(), [2]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduce<'a, T>(
                a: &Array<T>,
                axes: impl Axes<'a, OfNumbers<$kernel, T>>,
            ) -> Result<Array<OfNumbers<$kernel, T>>>
            where
                T: Element,
                $kernel: Numbers<T, Kernel: WithInitial<T>>,
            {
                let over = axes.into_over();
                by_accumulators!(@ $check $ufunc a over);
                reduce_over::<<$kernel as Numbers<T>>::Kernel, T>(a, over, None)
            }

            /// As `reduce` along an axis, in segments: for each index the elements from it to the next
            /// index, or to the end of the axis; where the next is not larger, the element there.
            ///
            /// # Errors
            /// When the axis or an index is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            /// let a = Array::from([true, false, true, true]);
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::reduceat(&a, &[0, 2, 1], 0)?.shape(), [3]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduceat<T>(
                a: &Array<T>,
                indices: &[usize],
                axis: isize,
            ) -> Result<Array<OfNumbers<$kernel, T>>>
            where
                T: Element,
                $kernel: Numbers<T>,
            {
                reduce::reduceat::<<$kernel as Numbers<T>>::Kernel, T>(a, stringify!($ufunc), indices, axis)
            }
        }
    )*};
    (@ any $ufunc:ident $a:ident $over:ident) => {};
    (@ some $ufunc:ident $a:ident $over:ident) => { check_some(stringify!($ufunc), $a, &$over)? };
}
by_accumulators! {
    add: Sum, any;
    multiply: Product, any;
    maximum: Max, some;
    minimum: Min, some;
    fmax: NanMax, some;
    fmin: NanMin, some;
    logical_and: All, any;
    logical_or: Any, any;
    bitwise_and: BitsOfAll, any;
    bitwise_or: BitsOfAny, any;
    bitwise_xor: BitsOfOdd, any;
}

/// `accumulate` by an accumulator.
macro_rules! accumulate_by_accumulators {
    ($($ufunc:ident: $kernel:ident;)*) => {$(
        impl $ufunc {
            /// Each element with all before it along an axis. Elements are taken in one after the other.
            ///
            /// # Errors
            /// When the axis is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            /// let a = Array::from([2.0, 1.0, 3.0]);
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::accumulate(&a, 0)?.shape(), [3]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn accumulate<T>(a: &Array<T>, axis: isize) -> Result<Array<Output<$kernel, T>>>
            where
                T: Element,
                $kernel: Scan<T>,
            {
                scan::<$kernel, T>(a, axis, None)
            }
        }
    )*};
}
accumulate_by_accumulators! { add: Sum; multiply: Product; maximum: Max; minimum: Min; }

/// `accumulate` by an element-wise kernel.
macro_rules! accumulate_by_kernels {
    ($($ufunc:ident: $kernel:ty as $takes:ty, $a:expr;)*) => {$(
        impl $ufunc {
            /// Each element folded with all before it along an axis, from the left.
            ///
            /// # Errors
            /// When the axis is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(ufuncs::", stringify!($ufunc), "::accumulate(&a, 0)?.shape(), a.shape());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn accumulate<T>(a: &Array<T>, axis: isize) -> Result<Array<Folded<$takes, T, $kernel>>>
            where
                T: Element,
                $takes: Folds<T, $kernel>,
            {
                fold::accumulate::<$takes, T, $kernel>(a, axis)
            }
        }
    )*};
}

/// `reduce` and `reduceat` by an element-wise kernel.
macro_rules! by_kernels {
    ($($ufunc:ident: $kernel:ty as $takes:ty, $identity:expr, $reorderable:literal, $a:expr => $value:expr;)*) => {$(
        impl $ufunc {
            #[doc = concat!("The function [`", stringify!($ufunc), "`](fn@", stringify!($ufunc), ") between all elements along an axis, from the left.")]
            ///
            /// # Errors
            /// When an axis is out of bounds, or a mask does not broadcast; when there is nothing to
            /// begin with and the function has no identity; when there are several axes and the order
            /// of the elements matters.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(ufuncs::", stringify!($ufunc), "::reduce(&a, 0)?.item()?, ", stringify!($value), ");")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduce<'a, T>(
                a: &Array<T>,
                axes: impl Axes<'a, Folded<$takes, T, $kernel>>,
            ) -> Result<Array<Folded<$takes, T, $kernel>>>
            where
                T: Element,
                $takes: Folds<T, $kernel>,
            {
                let nature = Nature {
                    name: stringify!($ufunc),
                    identity: $identity,
                    reorderable: $reorderable,
                    // No common divisor is less than one.
                    settled: (stringify!($ufunc) == "gcd").then_some(1.0),
                };
                fold::reduce::<$takes, T, $kernel>(nature, a, axes.into_over())
            }

            /// As `reduce` along an axis, in segments: for each index the elements from it to the next
            /// index, or to the end of the axis; where the next is not larger, the element there.
            ///
            /// # Errors
            /// When the axis or an index is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(ufuncs::", stringify!($ufunc), "::reduceat(&a, &[0, 1], 0)?.len(), 2);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduceat<T>(
                a: &Array<T>,
                indices: &[usize],
                axis: isize,
            ) -> Result<Array<Folded<$takes, T, $kernel>>>
            where
                T: Element,
                $takes: Folds<T, $kernel>,
            {
                fold::reduceat::<$takes, T, $kernel>(stringify!($ufunc), a, indices, axis)
            }
        }
        accumulate_by_kernels! { $ufunc: $kernel as $takes, $a; }
    )*};
}
accumulate_by_kernels! {
    fmax: kernels::Fmax as AsTheyAre, [1.0f64, 3.0, 2.0];
    fmin: kernels::Fmin as AsTheyAre, [1.0f64, 3.0, 2.0];
    logical_and: kernels::LogicalAnd as AsBools, [1i64, 0, 2];
    logical_or: kernels::LogicalOr as AsBools, [1i64, 0, 2];
    bitwise_and: operators::BitwiseAnd as AsTheyAre, [7i64, 3, 9];
    bitwise_or: operators::BitwiseOr as AsTheyAre, [7i64, 3, 9];
    bitwise_xor: operators::BitwiseXor as AsTheyAre, [7i64, 3, 9];
}
by_kernels! {
    subtract: operators::Subtract as AsTheyAre, None, false, [7i64, 2, 1] => 4;
    divide: operators::Divide as AsQuotients, None, false, [8.0f64, 2.0, 4.0] => 1.0;
    floor_divide: operators::FloorDivide as AsTheyAre, None, false, [17i64, 3, 2] => 2;
    remainder: operators::Remainder as AsTheyAre, None, false, [17i64, 10, 4] => 3;
    fmod: operators::Fmod as AsTheyAre, None, false, [-17i64, 10, 4] => -3;
    power: kernels::Power as AsPowers, None, false, [2.0f64, 3.0, 2.0] => 64.0;
    float_power: kernels::Power as AsDoubles, None, false, [2.0f64, 3.0, 2.0] => 64.0;
    left_shift: operators::LeftShift as AsTheyAre, None, false, [1i64, 2, 3] => 32;
    right_shift: operators::RightShift as AsTheyAre, None, false, [32i64, 2, 1] => 4;
    gcd: kernels::Gcd as AsTheyAre, Some(0.0), true, [12i64, 18, 8] => 2;
    lcm: kernels::Lcm as AsTheyAre, None, false, [2i64, 3, 4] => 12;
    logical_xor: kernels::LogicalXor as AsBools, Some(0.0), true, [1i64, 0, 5] => false;
    equal: kernels::Equal as AsTheyAre, None, false, [true, false, false] => true;
    not_equal: kernels::NotEqual as AsTheyAre, None, false, [true, false, false] => true;
    less: kernels::Less as AsTheyAre, None, false, [true, false, false] => false;
    less_equal: kernels::LessEqual as AsTheyAre, None, false, [true, false, false] => true;
    greater: kernels::Greater as AsTheyAre, None, false, [true, false, false] => true;
    greater_equal: kernels::GreaterEqual as AsTheyAre, None, false, [true, false, false] => true;
    hypot: kernels::Hypot as AsFloats, Some(0.0), true, [3.0f64, 4.0, 12.0] => 13.0;
    arctan2: kernels::Arctan2 as AsFloats, None, false, [0.0f64, 1.0, 1.0] => 0.0;
    logaddexp: kernels::Logaddexp as AsFloats, Some(f64::NEG_INFINITY), true, [0.0f64, 0.0] => 0.6931471805599453;
    logaddexp2: kernels::Logaddexp2 as AsFloats, Some(f64::NEG_INFINITY), true, [3.0f64, 3.0, 4.0] => 5.0;
    copysign: kernels::Copysign as AsTheirFloats, None, false, [3.0f64, -1.0, -2.0] => -3.0;
    heaviside: kernels::Heaviside as AsTheirFloats, None, false, [1.0f64, 5.0, 2.0] => 1.0;
    nextafter: kernels::Nextafter as AsTheirFloats, None, false, [1.0f64, 2.0] => 1.0000000000000002;
}
