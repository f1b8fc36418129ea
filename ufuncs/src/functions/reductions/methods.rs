//! The methods `reduce`, `accumulate` and `reduceat` of the ufuncs of two arguments whose result has
//! their dtype.
//!
//! A few have accumulators of their own. The others are folded with their element-wise kernels, strictly
//! from the left, or by an accumulator that such a kernel names.

use array_core::engine::target::{fresh, into_out};
use array_core::operators::kernels as operators;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand};
use array_core::{Array, Casting, Element, Result};

use crate::functions::*;
use crate::kernels;
use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre};
use crate::powers::AsDoubles;
use crate::reduce::bits::{BitsOfAll, BitsOfAny, BitsOfOdd};
#[cfg(feature = "any")]
use crate::reduce::dynamic;
use crate::reduce::extremes::{Max, Min, NanMax, NanMin};
use crate::reduce::fold::{AsBools, AsNumbers, AsPowers, AsQuotients, ByKernel, HasNature, Nature};
use crate::reduce::logic::{All, Any};
use crate::reduce::over::Axes;
use crate::reduce::reduction::{Accumulation, Initial, Reduced, Reduction, Running, Segmentation};
use crate::reduce::sums::{Product, Sum};

/// What [`Accumulation`] gives.
type Accumulated<W, T> = <W as Accumulation<T>>::Output;
/// What [`Segmentation`] gives.
type InSegments<W, T> = <W as Segmentation<T>>::Output;

/// `reduce` and `reduceat`, and these with `out`. The examples' array is one of integers that all functions take.
macro_rules! reduce {
    ($ufunc:ident by $by:ty, $a:expr) => {
        impl $ufunc {
            #[doc = concat!("The function [`", stringify!($ufunc), "`](fn@", stringify!($ufunc), ") between all elements along some axes.")]
            /// Where the order of the elements matters they are taken from the left, and along one axis only.
            ///
            /// # Errors
            /// When an axis is out of bounds or given twice, or a mask does not broadcast; when there is
            /// nothing to begin with and the function has no identity; when there are several axes and the
            /// order of the elements matters.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ").reshape([2, 2])?;")]
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::reduce(&a, 0)?.shape(), [2]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduce<'a, T>(
                a: &Array<T>,
                axes: impl Axes<'a, Initial<$by, T>>,
            ) -> Result<Array<Reduced<$by, T>>>
            where
                T: Element,
                $by: Reduction<T>,
            {
                fresh(|target| {
                    <$by as Reduction<T>>::reduce(stringify!($ufunc), a, axes.into_over(), target)
                })
            }

            /// As [`reduce`](Self::reduce), into an array that is there: of the result's shape, and of any dtype,
            /// to which the result is converted as by [`astype`](Array::astype). It may be part of the operand.
            ///
            /// # Errors
            /// As [`reduce`](Self::reduce); when the shape does not fit. Then nothing is written.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ").reshape([2, 2])?;")]
            /// let mut out = zeros::<f64>(2)?;
            #[doc = concat!(stringify!($ufunc), "::reduce_out(&a, 0, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ", stringify!($ufunc), "::reduce(&a, 0)?.astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduce_out<'a, T, R>(
                a: &Array<T>,
                axes: impl Axes<'a, Initial<$by, T>>,
                out: &mut Array<R>,
            ) -> Result<()>
            where
                T: Element,
                R: Element,
                $by: Reduction<T>,
            {
                let (name, over) = (concat!(stringify!($ufunc), ".reduce"), axes.into_over());
                into_out(name, out, Casting::Unsafe, |target| {
                    <$by as Reduction<T>>::reduce(stringify!($ufunc), a, over, target)
                })
            }

            /// As [`reduce`](Self::reduce), of an array whose dtype is known at run time only; the result has NumPy's
            /// dtype. An initial value is a number or an array of one element: `over(0).initial(1.into())`.
            ///
            /// # Errors
            /// As [`reduce`](Self::reduce); when the function is not for this dtype or gives another, or an initial
            /// value does not fit the result's.
            #[cfg(feature = "any")]
            pub fn reduce_any<'a>(a: &AnyArray, axes: impl Axes<'a, AnyOperand<'a>>) -> Result<AnyArray> {
                let reduce = dynamic::find!(reduce, $by, concat!(stringify!($ufunc), ".reduce"), a);
                reduce(stringify!($ufunc), a, axes.into_over())
            }

            /// As [`reduce`](Self::reduce) along an axis, in segments: for each index the elements from it to the
            /// next index, or to the end of the axis; where the next is not larger, the element there.
            ///
            /// # Errors
            /// When the axis or an index is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::reduceat(&a, &[0, 2, 1], 0)?.shape(), [3]);")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduceat<T>(
                a: &Array<T>,
                indices: &[usize],
                axis: isize,
            ) -> Result<Array<InSegments<$by, T>>>
            where
                T: Element,
                $by: Segmentation<T>,
            {
                fresh(|target| {
                    <$by as Segmentation<T>>::reduceat(stringify!($ufunc), a, indices, axis, target)
                })
            }

            /// As [`reduceat`](Self::reduceat), into an array that is there: of the result's shape, and of any
            /// dtype, as [`reduce_out`](Self::reduce_out). It may be part of the operand.
            ///
            /// # Errors
            /// As [`reduceat`](Self::reduceat); when the shape does not fit. Then nothing is written.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            /// let mut out = zeros::<f64>(2)?;
            #[doc = concat!(stringify!($ufunc), "::reduceat_out(&a, &[0, 2], 0, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ", stringify!($ufunc), "::reduceat(&a, &[0, 2], 0)?.astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn reduceat_out<T, R>(
                a: &Array<T>,
                indices: &[usize],
                axis: isize,
                out: &mut Array<R>,
            ) -> Result<()>
            where
                T: Element,
                R: Element,
                $by: Segmentation<T>,
            {
                into_out(concat!(stringify!($ufunc), ".reduceat"), out, Casting::Unsafe, |target| {
                    <$by as Segmentation<T>>::reduceat(stringify!($ufunc), a, indices, axis, target)
                })
            }

            /// As [`reduceat`](Self::reduceat), of an array whose dtype is known at run time only; the result has
            /// NumPy's dtype.
            ///
            /// # Errors
            /// As [`reduceat`](Self::reduceat); when the function is not for this dtype or gives another.
            #[cfg(feature = "any")]
            pub fn reduceat_any(a: &AnyArray, indices: &[usize], axis: isize) -> Result<AnyArray> {
                let reduceat = dynamic::find!(reduceat, $by, concat!(stringify!($ufunc), ".reduceat"), a);
                reduceat(stringify!($ufunc), a, indices, axis)
            }
        }
    };
}

/// `accumulate`, and that with `out`.
macro_rules! accumulate {
    ($ufunc:ident by $by:ty, $a:expr) => {
        impl $ufunc {
            /// Each element with all before it along an axis, taken in one after the other, from the left.
            ///
            /// # Errors
            /// When the axis is out of bounds.
            ///
            /// ```
            /// # use array_core::Array;
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            #[doc = concat!("assert_eq!(", stringify!($ufunc), "::accumulate(&a, 0)?.shape(), a.shape());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn accumulate<T>(a: &Array<T>, axis: isize) -> Result<Array<Accumulated<$by, T>>>
            where
                T: Element,
                $by: Accumulation<T>,
            {
                fresh(|target| <$by as Accumulation<T>>::accumulate(a, axis, target))
            }

            /// As [`accumulate`](Self::accumulate), into an array that is there: of the operand's shape, and of
            /// any dtype, to which the result is converted as by [`astype`](Array::astype). It may be part of the
            /// operand.
            ///
            /// # Errors
            /// As [`accumulate`](Self::accumulate); when the shape does not fit. Then nothing is written.
            ///
            /// ```
            /// # use array_core::{Array, zeros};
            #[doc = concat!("use ufuncs::", stringify!($ufunc), ";")]
            #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
            /// let mut out = zeros::<f64>(4)?;
            #[doc = concat!(stringify!($ufunc), "::accumulate_out(&a, 0, &mut out)?;")]
            #[doc = concat!("assert_eq!(out, ", stringify!($ufunc), "::accumulate(&a, 0)?.astype::<f64>());")]
            /// # Ok::<(), array_core::Error>(())
            /// ```
            pub fn accumulate_out<T, R>(a: &Array<T>, axis: isize, out: &mut Array<R>) -> Result<()>
            where
                T: Element,
                R: Element,
                $by: Accumulation<T>,
            {
                into_out(concat!(stringify!($ufunc), ".accumulate"), out, Casting::Unsafe, |target| {
                    <$by as Accumulation<T>>::accumulate(a, axis, target)
                })
            }

            /// As [`accumulate`](Self::accumulate), of an array whose dtype is known at run time only; the result has
            /// NumPy's dtype.
            ///
            /// # Errors
            /// As [`accumulate`](Self::accumulate); when the function is not for this dtype or gives another.
            #[cfg(feature = "any")]
            pub fn accumulate_any(a: &AnyArray, axis: isize) -> Result<AnyArray> {
                dynamic::find!(accumulate, $by, concat!(stringify!($ufunc), ".accumulate"), a)(a, axis)
            }
        }
    };
}

/// Ufuncs with accumulators of their own.
macro_rules! by_accumulators {
    ($($ufunc:ident: $kernel:ident;)*) => {$(
        reduce! { $ufunc by $kernel, [7i64, 3, 9, 1] }
    )*};
}

/// Ufuncs whose accumulators' states are what `accumulate` gives.
macro_rules! accumulate_by_accumulators {
    ($($ufunc:ident: $kernel:ident;)*) => {$(
        accumulate! { $ufunc by Running<$kernel>, [7i64, 3, 9, 1] }
    )*};
}

/// Ufuncs whose `accumulate` folds with an element-wise kernel.
macro_rules! accumulate_by_kernels {
    ($($ufunc:ident: $kernel:ty as $takes:ty;)*) => {$(
        accumulate! { $ufunc by ByKernel<$ufunc, $takes, $kernel>, [7i64, 3, 9, 1] }
    )*};
}

/// Ufuncs that are folded with their element-wise kernels: the result of nothing, whether the order of elements
/// makes no difference, and which result no further element changes.
macro_rules! by_kernels {
    ($($ufunc:ident: $kernel:ty as $takes:ty, $identity:expr, $reorderable:literal $(until $settled:literal)?, $a:expr;)*) => {$(
        impl HasNature for $ufunc {
            const NATURE: Nature = Nature {
                name: stringify!($ufunc),
                identity: $identity,
                reorderable: $reorderable,
                settled: [$(Some($settled),)? None][0],
            };
        }
        reduce! { $ufunc by ByKernel<$ufunc, $takes, $kernel>, $a }
        accumulate! { $ufunc by ByKernel<$ufunc, $takes, $kernel>, $a }
    )*};
}

by_accumulators! {
    add: Sum;
    multiply: Product;
    maximum: Max;
    minimum: Min;
    fmax: NanMax;
    fmin: NanMin;
    logical_and: All;
    logical_or: Any;
    bitwise_and: BitsOfAll;
    bitwise_or: BitsOfAny;
    bitwise_xor: BitsOfOdd;
}
accumulate_by_accumulators! { add: Sum; multiply: Product; maximum: Max; minimum: Min; }
accumulate_by_kernels! {
    fmax: kernels::Fmax as AsTheyAre;
    fmin: kernels::Fmin as AsTheyAre;
    logical_and: kernels::LogicalAnd as AsBools;
    logical_or: kernels::LogicalOr as AsBools;
    bitwise_and: operators::BitwiseAnd as AsTheyAre;
    bitwise_or: operators::BitwiseOr as AsTheyAre;
    bitwise_xor: operators::BitwiseXor as AsTheyAre;
}
by_kernels! {
    subtract: operators::Subtract as AsTheyAre, None, false, [7i64, 3, 9, 1];
    divide: operators::Divide as AsQuotients, None, false, [7.0, 3.0, 2.0, 1.0];
    floor_divide: operators::FloorDivide as AsNumbers, None, false, [7i64, 3, 9, 1];
    remainder: operators::Remainder as AsNumbers, None, false, [7i64, 3, 9, 1];
    fmod: operators::Fmod as AsNumbers, None, false, [7i64, 3, 9, 1];
    power: kernels::Power as AsPowers, None, false, [2i64, 3, 2, 1];
    float_power: kernels::Power as AsDoubles, None, false, [7.0, 3.0, 2.0, 1.0];
    left_shift: operators::LeftShift as AsNumbers, None, false, [1i64, 2, 3, 1];
    right_shift: operators::RightShift as AsNumbers, None, false, [7i64, 3, 9, 1];
    gcd: kernels::Gcd as AsTheyAre, Some(0.0), true until 1.0, [7i64, 3, 9, 1];
    lcm: kernels::Lcm as AsTheyAre, None, false, [7i64, 3, 9, 1];
    logical_xor: kernels::LogicalXor as AsBools, Some(0.0), true, [7i64, 3, 9, 1];
    equal: kernels::Equal as AsTheyAre, None, false, [true, false, false, true];
    not_equal: kernels::NotEqual as AsTheyAre, None, false, [true, false, false, true];
    less: kernels::Less as AsTheyAre, None, false, [true, false, false, true];
    less_equal: kernels::LessEqual as AsTheyAre, None, false, [true, false, false, true];
    greater: kernels::Greater as AsTheyAre, None, false, [true, false, false, true];
    greater_equal: kernels::GreaterEqual as AsTheyAre, None, false, [true, false, false, true];
    hypot: kernels::Hypot as AsFloats, Some(0.0), true, [7.0, 3.0, 2.0, 1.0];
    arctan2: kernels::Arctan2 as AsFloats, None, false, [7.0, 3.0, 2.0, 1.0];
    logaddexp: kernels::Logaddexp as AsFloats, Some(f64::NEG_INFINITY), true, [7.0, 3.0, 2.0, 1.0];
    logaddexp2: kernels::Logaddexp2 as AsFloats, Some(f64::NEG_INFINITY), true, [7.0, 3.0, 2.0, 1.0];
    copysign: kernels::Copysign as AsTheirFloats, None, false, [7.0, 3.0, 2.0, 1.0];
    heaviside: kernels::Heaviside as AsTheirFloats, None, false, [7.0, 3.0, 2.0, 1.0];
    nextafter: kernels::Nextafter as AsTheirFloats, None, false, [7.0, 3.0, 2.0, 1.0];
}
