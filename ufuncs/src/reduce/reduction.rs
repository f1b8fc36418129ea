//! Reductions as types: what the function, its `out` and its `any` have in common is written once for each.

use std::convert::Infallible;
use std::marker::PhantomData;

use array_core::engine::isa::Baseline;
use array_core::engine::kernel::Binary;
use array_core::engine::reduce::kernel::Accumulate;
use array_core::engine::reduce::{reduce, reduceat};
use array_core::engine::scan::{Scan, scan};
use array_core::engine::target::{Target, fresh};
use array_core::operators::kernels::Subtract;
use array_core::{Array, Casting, Element, Error, Kind, Result, scalar};

use super::bits::{BitsOfAll, BitsOfAny, BitsOfOdd};
use super::extremes::{Max, Min, NanMax, NanMin};
use super::logic::{All, Any, CountNonzero, CountNumbers};
use super::moments::Moments;
use super::numbers::{Numbers, OfNumbers};
use super::over::{Over, WithInitial};
use super::positions::{ArgMax, ArgMin, NOWHERE, NanArgMax, NanArgMin};
use super::run::{Output, check_some, is_empty_fold, masked, one_axis, reduce_over, unkept, unmasked};
use super::sums::{Divide, Mean, NanProduct, NanSum, Product, Sum};
use crate::statistics::quantiles;
use crate::statistics::select::Ranked;

/// A reduction of elements of type `T` along some axes, or what takes the same arguments.
pub trait Reduction<T: Element> {
    /// What an initial value is, [`Infallible`] where there can be none.
    type Initial;
    /// The dtype of the result.
    type Output: Element;
    /// To which dtypes it may be converted, as in NumPy. There, what is written last by a ufunc's own call, not
    /// by its `reduce`, must be of the same kind.
    #[doc(hidden)]
    const CASTING: Casting = Casting::Unsafe;

    /// Reduces; `name` is the function's, for errors.
    ///
    /// # Errors
    /// When options do not fit the array, or the result does not fit the target. Then nothing is written.
    #[doc(hidden)]
    fn reduce(
        name: &str,
        a: &Array<T>,
        over: Over<'_, Self::Initial>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()>;
}

/// What a reduction gives.
pub(crate) type Reduced<R, T> = <R as Reduction<T>>::Output;
/// What a reduction may begin with.
pub(crate) type Initial<R, T> = <R as Reduction<T>>::Initial;

/// Each element joined with all before it along an axis.
pub trait Accumulation<T: Element> {
    /// The dtype of the result.
    type Output: Element;

    /// Joins them.
    ///
    /// # Errors
    /// As [`Reduction::reduce`].
    #[doc(hidden)]
    fn accumulate(a: &Array<T>, axis: isize, target: &mut Target<'_, Self::Output>) -> Result<()>;
}

/// A reduction of segments of an axis.
pub trait Segmentation<T: Element> {
    /// The dtype of the result.
    type Output: Element;

    /// Reduces each; `name` is the function's, for errors.
    ///
    /// # Errors
    /// As [`Reduction::reduce`].
    #[doc(hidden)]
    fn reduceat(
        name: &str,
        a: &Array<T>,
        indices: &[usize],
        axis: isize,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()>;
}

/// What an accumulator begins with.
#[derive(Clone, Copy, Debug)]
pub enum Beginning {
    /// An element that makes no difference: zero.
    Zero,
    /// An element that makes no difference: one.
    One,
    /// What is not an element.
    Other,
    /// Nothing: there must be an element, or an initial value.
    Nothing,
}

/// An accumulator that begins with something, and may have an initial value.
pub trait Begins {
    /// What it begins with.
    #[doc(hidden)]
    const WITH: Beginning;
}

macro_rules! begin {
    ($($kernel:ident: $with:expr;)*) => {$(
        impl Begins for $kernel {
            const WITH: Beginning = $with;
        }
    )*};
}
begin! {
    Sum: Beginning::Zero;
    NanSum: Beginning::Zero;
    Product: Beginning::One;
    NanProduct: Beginning::One;
    Any: Beginning::Zero;
    All: Beginning::One;
    BitsOfAll: Beginning::Other;
    BitsOfAny: Beginning::Zero;
    BitsOfOdd: Beginning::Zero;
    Max: Beginning::Nothing;
    Min: Beginning::Nothing;
    NanMax: Beginning::Nothing;
    NanMin: Beginning::Nothing;
}

impl<K: Begins + Numbers<T, Kernel: WithInitial<T>>, T: Element> Reduction<T> for K {
    type Initial = OfNumbers<K, T>;
    type Output = OfNumbers<K, T>;

    fn reduce(
        name: &str,
        a: &Array<T>,
        over: Over<'_, Self::Initial>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        let neutral = match K::WITH {
            Beginning::Zero => Some(T::ZERO),
            Beginning::One => Some(T::ONE),
            Beginning::Other => None,
            Beginning::Nothing => {
                check_some(name, a, &over)?;
                None
            }
        };
        reduce_over::<K::Kernel, T>(a, over, neutral, target)
    }
}

impl<K: Begins + Numbers<T>, T: Element> Segmentation<T> for K {
    type Output = OfNumbers<K, T>;

    fn reduceat(
        name: &str,
        a: &Array<T>,
        indices: &[usize],
        axis: isize,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        reduceat::<K::Kernel, T>(a, name, indices, axis, target)
    }
}

impl<T: Element> Reduction<T> for Mean
where
    Mean: Accumulate<T>,
{
    type Initial = Infallible;
    type Output = Output<Mean, T>;

    fn reduce(
        _: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        reduce::<Mean, T>(a, &over.options(), &|count| count as f64, target)
    }
}

/// To which dtypes NumPy converts means and variances without `nan`: those of floats to floats only.
const fn without_nan<T: Element>() -> Casting {
    match T::DTYPE.kind() {
        Kind::Float | Kind::Complex => Casting::SameKind,
        _ => Casting::Unsafe,
    }
}

/// The mean of what is not `nan`.
#[derive(Debug)]
pub struct NanMean;

impl<T: Element> Reduction<T> for NanMean
where
    NanSum: Numbers<T, Kernel: Accumulate<T, Output: Divide>>,
{
    type Initial = Infallible;
    type Output = <OfNumbers<NanSum, T> as Divide>::Quotient;
    const CASTING: Casting = without_nan::<T>();

    fn reduce(
        _: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        let options = over.options();
        let counts = fresh(|counts| reduce::<CountNumbers, T>(a, &options, &|_| 1.0, counts))?;
        let sums = fresh(|sums| reduce::<<NanSum as Numbers<T>>::Kernel, T>(a, &options, &|_| 1.0, sums))?;
        let counts = counts.as_slice().expect("results are contiguous");
        let mut means = array_core::zeros(sums.shape())?;
        let each = means.as_slice_mut().iter_mut().zip(sums.view()).zip(counts);
        each.for_each(|((mean, sum), &count)| *mean = sum.over(count));
        target.put(means)
    }
}

impl<T: Element, const ROOT: bool, const SKIP_NAN: bool> Reduction<T> for Moments<ROOT, SKIP_NAN>
where
    Moments<ROOT, SKIP_NAN>: Accumulate<T>,
{
    type Initial = Infallible;
    type Output = Output<Self, T>;
    const CASTING: Casting = match (ROOT, SKIP_NAN) {
        (true, _) => Casting::SameKind,
        (false, true) => without_nan::<T>(),
        (false, false) => Casting::Unsafe,
    };

    fn reduce(
        _: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        reduce::<Self, T>(a, &over.options(), &|_| over.ddof, target)
    }
}

/// So few elements are counted sooner than it is settled how to count many.
const FEW: usize = 16;

impl<T: Element> Reduction<T> for CountNonzero {
    type Initial = Infallible;
    type Output = i64;

    fn reduce(
        _: &str,
        a: &Array<T>,
        mut over: Over<'_, Infallible>,
        target: &mut Target<'_, i64>,
    ) -> Result<()> {
        let Some(mask) = over.mask.take() else {
            if let Some(elements) = a.as_slice()
                && elements.len() <= FEW
                && over.axes.is_none()
                && !over.keepdims
            {
                return target.put(scalar(elements.iter().filter(|&&x| x != T::ZERO).count() as i64));
            }
            return reduce::<CountNonzero, T>(a, &over.options(), &|_| 1.0, target);
        };
        reduce::<CountNonzero, T>(&masked(a, mask, T::ZERO)?, &over.options(), &|_| 1.0, target)
    }
}

/// The largest less the smallest.
#[derive(Debug)]
pub struct PeakToPeak;

impl<T: Element> Reduction<T> for PeakToPeak
where
    Max: Reduction<T, Initial = T, Output = T>,
    Min: Reduction<T, Initial = T, Output = T>,
    Subtract: Binary<T, Output = T>,
{
    type Initial = Infallible;
    type Output = T;
    const CASTING: Casting = Casting::SameKind;

    fn reduce(
        name: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, T>,
    ) -> Result<()> {
        let over = unmasked(name, over)?;
        if is_empty_fold(a, &over.axis_set(a.ndim())?) {
            return Err(Error::value(format!(
                "{name} of no elements has no result, in an array of shape {:?}",
                a.shape()
            )));
        }
        let initial = None;
        let over = Over { axes: over.axes, keepdims: over.keepdims, initial, mask: None, ddof: 0.0 };
        // First what may fail without having written.
        let lowest = fresh(|lowest| Min::reduce(name, a, over.clone(), lowest))?;
        Max::reduce(name, a, over, target)?;
        let lowest = lowest.as_slice().expect("results are contiguous");
        for (high, &low) in target.reduced().iter_mut().zip(lowest) {
            *high = Subtract::call::<Baseline>(*high, low);
        }
        Ok(())
    }
}

macro_rules! positions {
    ($($kernel:ident)*) => {$(
        impl<T: Element> Reduction<T> for $kernel
        where
            $kernel: Numbers<T, Kernel: Accumulate<T, Output = i64>>,
        {
            type Initial = Infallible;
            type Output = i64;
            const CASTING: Casting = Casting::SameKind;

            fn reduce(
                name: &str,
                a: &Array<T>,
                over: Over<'_, Infallible>,
                target: &mut Target<'_, i64>,
            ) -> Result<()> {
                position::<<$kernel as Numbers<T>>::Kernel, T>(name, a, over, target)
            }
        }
    )*};
}
positions! { ArgMax ArgMin NanArgMax NanArgMin }

fn position<K: Accumulate<T, Output = i64>, T: Element>(
    name: &str,
    a: &Array<T>,
    over: Over<'_, Infallible>,
    target: &mut Target<'_, i64>,
) -> Result<()> {
    let over = unmasked(name, over)?;
    let axis = one_axis(name, &over)?;
    if is_empty_fold(a, &over.axis_set(a.ndim())?) {
        return Err(Error::value(format!(
            "{name} of no elements has no position, in an array of shape {:?}",
            a.shape()
        )));
    }
    // Positions count in row-major order.
    let rows = if axis.is_none() { &a.try_contiguous()? } else { a };
    if !name.starts_with("nan") {
        return reduce::<K, T>(rows, &over.options(), &|_| 1.0, target);
    }
    let found = fresh(|found| reduce::<K, T>(rows, &over.options(), &|_| 1.0, found))?;
    if found.view().iter().any(|&position| position == NOWHERE) {
        return Err(Error::value(format!(
            "All-NaN slice encountered: {name} of shape {:?} over {:?}",
            a.shape(),
            over.axes
        )));
    }
    target.put(found)
}

/// The middle of the sorted elements, of all or of those that are not `nan`.
#[derive(Debug)]
pub struct Median<const SKIP_NAN: bool>;

impl<T: Ranked, const SKIP_NAN: bool> Reduction<T> for Median<SKIP_NAN> {
    type Initial = Infallible;
    type Output = T::Median;

    fn reduce(
        name: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, T::Median>,
    ) -> Result<()> {
        target.put(quantiles::median(name, a, &over, SKIP_NAN)?)
    }
}

/// All states of an accumulator on the way.
#[derive(Debug)]
pub struct Running<K>(PhantomData<K>);

impl<K: Numbers<T, Kernel: Scan<T>>, T: Element> Accumulation<T> for Running<K> {
    type Output = OfNumbers<K, T>;

    fn accumulate(a: &Array<T>, axis: isize, target: &mut Target<'_, Self::Output>) -> Result<()> {
        scan::<K::Kernel, T>(a, axis, None, target)
    }
}

impl<K: Numbers<T, Kernel: Scan<T>>, T: Element> Reduction<T> for Running<K> {
    type Initial = Infallible;
    type Output = OfNumbers<K, T>;

    fn reduce(
        name: &str,
        a: &Array<T>,
        over: Over<'_, Infallible>,
        target: &mut Target<'_, Self::Output>,
    ) -> Result<()> {
        running::<K::Kernel, T>(name, a, over, None, target)
    }
}

/// All states of an accumulator on the way, along one axis or through all elements in row-major order; beginning
/// with the value `before`, if there is one.
pub(crate) fn running<K: Scan<T>, T: Element>(
    name: &str,
    a: &Array<T>,
    over: Over<'_, Infallible>,
    before: Option<K::Output>,
    target: &mut Target<'_, K::Output>,
) -> Result<()> {
    let over = unkept(name, unmasked(name, over)?)?;
    match one_axis(name, &over)? {
        // A view where one is possible: what is strided is taken from where it lies.
        None => scan::<K, T>(&a.reshape([a.len()])?, 0, before, target),
        // As in NumPy, a scalar has one axis here.
        Some(axis) if a.ndim() == 0 => scan::<K, T>(&a.reshape([1])?, axis, before, target),
        Some(axis) => scan::<K, T>(a, axis, before, target),
    }
}
