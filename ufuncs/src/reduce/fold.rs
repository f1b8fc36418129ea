//! Folds by the element-wise kernels of functions of two arguments, whose result has the operands'
//! dtype: in which dtype they are done, and with which options.

use std::marker::PhantomData;

use array_core::engine::fold::Fold;
use array_core::engine::kernel::Binary;
use array_core::engine::target::{Target, fresh};
use array_core::{
    Array, Casting, Element, Error, IndexItem, Result, ToFloat, complex64, complex128, f16, scalar,
};

use super::over::Over;
use super::reduction::{Accumulation, Reduction, Segmentation};
use super::run::{check_some, masked};
use crate::kernels::{IntegerPower, Power};
use crate::operand::{AsFloats, AsTheirFloats, AsTheyAre, Real};
use crate::powers::{AsDoubles, ToDouble, check_exponents};

/// What finds elements that may not stand at the right of a function, if there are such.
pub(crate) type Check<T> = Option<fn(&Array<T>) -> Result<()>>;

/// How a kernel `K` folds elements of type `T`.
pub trait Folds<T: Element, K> {
    /// The dtype that elements are folded in.
    type Computed: Element;
    /// The dtype of the result.
    type Result: Element;
    /// The fold.
    #[doc(hidden)]
    fn fold() -> Fold<Self::Computed>;
    /// An error if some of these elements may not stand at the right of the function: none where all may.
    #[doc(hidden)]
    const CHECK: Check<T> = None;
}

impl<T: Element, K: Binary<T, Output = T>> Folds<T, K> for AsTheyAre {
    type Computed = T;
    type Result = T;
    fn fold() -> Fold<T> {
        Fold::new::<K>()
    }
}

impl<T: Real, K: Binary<T::Computed, Output = T::Computed>> Folds<T, K> for AsFloats {
    type Computed = T::Computed;
    type Result = T::Float;
    fn fold() -> Fold<T::Computed> {
        Fold::new::<K>()
    }
}

impl<T: ToFloat, K: Binary<T::Float, Output = T::Float>> Folds<T, K> for AsTheirFloats {
    type Computed = T::Float;
    type Result = T::Float;
    fn fold() -> Fold<T::Float> {
        Fold::new::<K>()
    }
}

impl<T: ToDouble, K: Binary<T::Double, Output = T::Double>> Folds<T, K> for AsDoubles {
    type Computed = T::Double;
    type Result = T::Double;
    fn fold() -> Fold<T::Double> {
        Fold::new::<K>()
    }
}

/// As powers: of integers as integers, where no exponent may be negative; of floats as [`AsFloats`] has it.
#[derive(Debug)]
pub struct AsPowers;

macro_rules! powers {
    ($($type:ty => $result:ty: $kernel:ident of $computed:ty;)*) => {$(
        impl Folds<$type, Power> for AsPowers {
            type Computed = $computed;
            type Result = $result;
            const CHECK: Check<$type> = Some(check_exponents);
            fn fold() -> Fold<$computed> {
                Fold::new::<$kernel>()
            }
        }
    )*};
}
powers! {
    bool => i8: IntegerPower of i8;
    i8 => i8: IntegerPower of i8;
    i16 => i16: IntegerPower of i16;
    i32 => i32: IntegerPower of i32;
    i64 => i64: IntegerPower of i64;
    u8 => u8: IntegerPower of u8;
    u16 => u16: IntegerPower of u16;
    u32 => u32: IntegerPower of u32;
    u64 => u64: IntegerPower of u64;
    f16 => f16: Power of f32;
    f32 => f32: Power of f32;
    f64 => f64: Power of f64;
    complex64 => complex64: Power of complex128;
    complex128 => complex128: Power of complex128;
}

/// As bools: anything but zero is true.
#[derive(Debug)]
pub struct AsBools;

impl<T: Element, K: Binary<bool, Output = bool>> Folds<T, K> for AsBools {
    type Computed = bool;
    type Result = bool;
    fn fold() -> Fold<bool> {
        Fold::new::<K>()
    }
}

/// As they are, but integers and bools as `f64`.
#[derive(Debug)]
pub struct AsQuotients;

/// A dtype whose quotients are of another.
pub trait Quotient: Element {
    /// The dtype of quotients.
    type Of: Element;
}

macro_rules! quotients {
    ($($of:ident: $($type:ident)*;)*) => {$($(impl Quotient for $type { type Of = $of; })*)*};
}
quotients! {
    f64: bool i8 i16 i32 i64 u8 u16 u32 u64 f64;
    f16: f16;
    f32: f32;
    complex64: complex64;
    complex128: complex128;
}

impl<T: Quotient, K: Binary<T::Of, Output = T::Of>> Folds<T, K> for AsQuotients {
    type Computed = T::Of;
    type Result = T::Of;
    fn fold() -> Fold<T::Of> {
        Fold::new::<K>()
    }
}

/// As they are, but bools as `i8`: of functions that NumPy has for integers and not for bools.
#[derive(Debug)]
pub struct AsNumbers;

/// A dtype that is computed in as itself or, of bools, as a number.
pub trait Numeric: Element {
    /// The dtype of the numbers.
    type As: Element;
}

macro_rules! numbers {
    ($($number:ident: $($type:ident)*;)*) => {$($(impl Numeric for $type { type As = $number; })*)*};
}
numbers! {
    i8: bool i8;
    i16: i16;
    i32: i32;
    i64: i64;
    u8: u8;
    u16: u16;
    u32: u32;
    u64: u64;
    f16: f16;
    f32: f32;
    f64: f64;
}

impl<T: Numeric, K: Binary<T::As, Output = T::As>> Folds<T, K> for AsNumbers {
    type Computed = T::As;
    type Result = T::As;
    fn fold() -> Fold<T::As> {
        Fold::new::<K>()
    }
}

/// What a function is to folds: its name, what the fold of nothing gives, whether it may be folded over
/// several axes, as the order does not matter, and which value is not left any more.
#[derive(Clone, Copy, Debug)]
pub struct Nature {
    pub(crate) name: &'static str,
    pub(crate) identity: Option<f64>,
    pub(crate) reorderable: bool,
    pub(crate) settled: Option<f64>,
}

/// A function that folds.
pub trait HasNature {
    /// What it is to folds.
    #[doc(hidden)]
    const NATURE: Nature;
}

/// The folds of the function `U` by the element-wise kernel `K`, as `F` has it.
#[derive(Debug)]
pub struct ByKernel<U, F, K>(PhantomData<(U, F, K)>);

impl<U: HasNature, F: Folds<T, K>, K, T: Element> Reduction<T> for ByKernel<U, F, K> {
    type Initial = F::Result;
    type Output = F::Result;

    fn reduce(
        _: &str,
        a: &Array<T>,
        over: Over<'_, F::Result>,
        target: &mut Target<'_, F::Result>,
    ) -> Result<()> {
        reduce(U::NATURE, F::fold(), F::CHECK, a, over, target)
    }
}

impl<U, F: Folds<T, K>, K, T: Element> Accumulation<T> for ByKernel<U, F, K> {
    type Output = F::Result;

    fn accumulate(a: &Array<T>, axis: isize, target: &mut Target<'_, F::Result>) -> Result<()> {
        accumulate(F::fold(), F::CHECK, a, axis, target)
    }
}

impl<U, F: Folds<T, K>, K, T: Element> Segmentation<T> for ByKernel<U, F, K> {
    type Output = F::Result;

    fn reduceat(
        name: &str,
        a: &Array<T>,
        indices: &[usize],
        axis: isize,
        target: &mut Target<'_, F::Result>,
    ) -> Result<()> {
        reduceat(F::fold(), F::CHECK, name, a, indices, axis, target)
    }
}

/// The fold of the elements along some axes.
fn reduce<T: Element, C: Element, R: Element>(
    nature: Nature,
    fold: Fold<C>,
    check: Check<T>,
    a: &Array<T>,
    over: Over<'_, R>,
    target: &mut Target<'_, R>,
) -> Result<()> {
    let Nature { name, identity, reorderable, settled } = nature;
    let axes = over.axis_set(a.ndim())?;
    if !reorderable && (0..a.ndim()).filter(|&axis| axes.contains(axis)).count() > 1 {
        return Err(Error::value(format!(
            "reduction operation '{name}' is not reorderable, so at most one axis may be specified"
        )));
    }
    let mut initial = match over.initial {
        Some(value) => Some(converted(value)?),
        None => None,
    };
    if let (None, Some(identity)) = (initial, identity) {
        // Elements alone need none.
        if over.mask.is_some() || axes.count(a.shape()) == 0 {
            initial = Some(converted(identity)?);
        }
    } else {
        check_some(name, a, &over)?;
    }
    let mask = match over.mask {
        Some(mask) => Some(mask.broadcast_to(a.shape())?),
        None => None,
    };
    match (check, &mask, initial) {
        (None, ..) => {}
        (Some(check), Some(mask), _) => check(&masked(a, mask, T::ZERO)?)?,
        (Some(check), None, Some(_)) => check(a)?,
        // The first is at the left.
        (Some(check), None, None) => {
            if let Some(axis) = (0..a.ndim()).find(|&axis| axes.contains(axis)) {
                check_from(check, a, axis, 1..a.shape()[axis])?;
            }
        }
    }
    let (mut computed, mut mask) = (as_dtype::<T, C>(a)?, mask);
    if let (Some(identity), true) = (identity, fold.has_no_order())
        && let Some(mask) = mask.take()
    {
        // What makes no difference may as well be taken in.
        computed = masked(&computed, &mask, converted(identity)?)?;
    }
    let settled = settled.map(converted).transpose()?;
    let fold = fold.settling(settled);
    converted_to(target, |target| {
        fold.reduce(&computed, &axes, over.keepdims, initial, mask.as_ref(), target)
    })
}

/// That these elements along an axis may stand at the right of the function.
fn check_from<T: Element>(
    check: fn(&Array<T>) -> Result<()>,
    a: &Array<T>,
    axis: usize,
    range: std::ops::Range<usize>,
) -> Result<()> {
    if range.is_empty() {
        return Ok(());
    }
    let mut part = vec![IndexItem::from(..); a.ndim()];
    part[axis] = range.into();
    check(&a.slice(part)?)
}

/// Each element folded with all before it along an axis.
fn accumulate<T: Element, C: Element, R: Element>(
    fold: Fold<C>,
    check: Check<T>,
    a: &Array<T>,
    axis: isize,
    target: &mut Target<'_, R>,
) -> Result<()> {
    // A wrong axis is the fold's to tell.
    if let (Some(check), Some(along)) = (check, along(a, axis)) {
        check_from(check, a, along, 1..a.shape()[along])?;
    }
    converted_to(target, |target| fold.accumulate(&as_dtype::<T, C>(a)?, axis, target))
}

/// Folds of segments of an axis.
fn reduceat<T: Element, C: Element, R: Element>(
    fold: Fold<C>,
    check: Check<T>,
    name: &str,
    a: &Array<T>,
    indices: &[usize],
    axis: isize,
    target: &mut Target<'_, R>,
) -> Result<()> {
    if let (Some(check), Some(along)) = (check, along(a, axis)) {
        for (i, &start) in indices.iter().enumerate() {
            let end = indices.get(i + 1).copied().unwrap_or(a.shape()[along]);
            check_from(check, a, along, start + 1..end.min(a.shape()[along]))?;
        }
    }
    converted_to(target, |target| fold.reduceat(&as_dtype::<T, C>(a)?, name, indices, axis, target))
}

/// Results of the dtype that a fold is done in, converted if the target is of another.
fn converted_to<C: Element, R: Element>(
    target: &mut Target<'_, R>,
    write: impl FnOnce(&mut Target<'_, C>) -> Result<()>,
) -> Result<()> {
    match target.same_dtype() {
        Some(target) => write(target),
        None => target.put(as_dtype(&fresh(write)?)?),
    }
}

/// An axis counted from the front, if there is such.
fn along<T: Element>(a: &Array<T>, axis: isize) -> Option<usize> {
    let axis = if axis < 0 { axis.checked_add(a.ndim() as isize)? } else { axis };
    usize::try_from(axis).ok().filter(|&axis| axis < a.ndim())
}

/// The array as it is if it has the dtype, else converted.
///
/// # Errors
/// When there is no memory for it.
fn as_dtype<T: Element, D: Element>(a: &Array<T>) -> Result<Array<D>> {
    let any: &dyn std::any::Any = a;
    match any.downcast_ref::<Array<D>>() {
        Some(same) => Ok(same.clone()),
        None => a.astype_with::<D>(Casting::Unsafe),
    }
}

/// One value in another dtype.
fn converted<T: Element, D: Element>(value: T) -> Result<D> {
    scalar(value).astype::<D>().item()
}
