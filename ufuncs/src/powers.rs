//! In which dtype powers are computed: of integers in their common one, which has no negative powers; of
//! floats and complex numbers in that float, and half precision in single.

use array_core::engine::at::{self, Indices};
use array_core::engine::call::{self, Common, Pair, Source};
use array_core::engine::function::Function;
use array_core::engine::kernel::Binary;
use array_core::engine::{masked, outer};
#[cfg(feature = "any")]
use array_core::{AnyArray, DType};
use array_core::{Array, Element, Error, Kind, Result, broadcast_shapes, complex64, complex128, f16};

use crate::kernels::{IntegerPower, Power, WholePower};
use crate::pair::TakesPair;

/// In the dtype that both have in common, or one that holds it, after a look at the exponents: integers must
/// not be negative, and whole ones of complex numbers are faster.
#[derive(Debug)]
pub struct Powers;

/// A dtype that powers are taken in. All are.
pub trait Raise: Element {
    /// The dtype of the result.
    type Power: Element;
    /// The function that computes powers.
    #[doc(hidden)]
    fn function() -> Function<3>;
    /// Whether it is a negative integer.
    #[doc(hidden)]
    fn is_negative(self) -> bool;
    /// Whether it is a whole number of at most 100 in size.
    #[doc(hidden)]
    fn is_whole(self) -> bool;
}

macro_rules! raise {
    ($($type:ident => $power:ident: $kernel:ident of $computed:ident, |$x:ident| $negative:expr, $whole:expr;)*) => {$(
        impl Raise for $type {
            type Power = $power;
            fn function() -> Function<3> {
                Function::binary::<$kernel, $computed>()
            }
            #[inline(always)]
            fn is_negative(self) -> bool {
                let $x = self;
                let _ = $x;
                $negative
            }
            #[inline(always)]
            fn is_whole(self) -> bool {
                let $x = self;
                let _ = $x;
                $whole
            }
        }
    )*};
}
raise! {
    bool => i8: IntegerPower of i8, |x| false, true;
    i8 => i8: IntegerPower of i8, |x| x < 0, (-100..=100).contains(&x);
    i16 => i16: IntegerPower of i16, |x| x < 0, (-100..=100).contains(&x);
    i32 => i32: IntegerPower of i32, |x| x < 0, (-100..=100).contains(&x);
    i64 => i64: IntegerPower of i64, |x| x < 0, (-100..=100).contains(&x);
    u8 => u8: IntegerPower of u8, |x| false, x <= 100;
    u16 => u16: IntegerPower of u16, |x| false, x <= 100;
    u32 => u32: IntegerPower of u32, |x| false, x <= 100;
    u64 => u64: IntegerPower of u64, |x| false, x <= 100;
    f16 => f16: Power of f32, |x| false, x.to_f32().is_whole();
    f32 => f32: Power of f32, |x| false, x.abs() <= 100.0 && x == x.round_ties_even();
    f64 => f64: Power of f64, |x| false, x.abs() <= 100.0 && x == x.round_ties_even();
    complex64 => complex64: Power of complex128, |x| false, x.im == 0.0 && x.re.is_whole();
    complex128 => complex128: Power of complex128, |x| false, x.im == 0.0 && x.re.is_whole();
}

/// The first element in row-major order of which the question is true: its place, and itself.
fn find<T: Element>(operand: &Source<'_, T>, question: impl Fn(T) -> bool) -> Option<(Vec<usize>, T)> {
    let array = match operand {
        Source::Scalar(value) => return question(*value).then(|| (vec![], *value)),
        Source::Borrowed(array) => *array,
        Source::Owned(array) => array,
    };
    let view = array.view();
    // Whether there is one is soon known of the first few, or else of many at a time.
    if !view.iter().take(16).any(|&value| question(value)) {
        let any = |any, &value: &T| any | question(value);
        let is_there = match view.as_slice_memory_order() {
            Some(slice) => slice.chunks(256).any(|block| block.iter().fold(false, any)),
            None => view.iter().fold(false, any),
        };
        if !is_there {
            return None;
        }
    }
    let (place, value) = view.iter().enumerate().find(|(_, value)| question(**value))?;
    Some((index_of(place, array.shape()), *value))
}

/// The index of the element at this place in row-major order.
fn index_of(mut place: usize, shape: &[usize]) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for (at, &length) in index.iter_mut().zip(shape).rev() {
        *at = place % length;
        place /= length;
    }
    index
}

/// As [`find`], of the elements that count as they and the mask broadcast together. (Where they do not, that
/// is somebody else's error.)
fn find_where<T: Element>(
    operand: &Source<'_, T>,
    mask: &Array<bool>,
    question: impl Fn(T) -> bool,
) -> Option<(Vec<usize>, T)> {
    let scalar;
    let array = match operand {
        Source::Scalar(value) => {
            scalar = array_core::scalar(*value);
            &scalar
        }
        Source::Borrowed(array) => *array,
        Source::Owned(array) => array,
    };
    let shape = broadcast_shapes(&[array.shape(), mask.shape()]).ok()?;
    let (array, mask) = (array.broadcast_to(&*shape).ok()?, mask.broadcast_to(&*shape).ok()?);
    let (view, mask) = (array.view(), mask.view());
    let mut elements = view.iter().zip(mask.iter()).enumerate();
    let (place, (&value, _)) = elements.find(|(_, (value, taken))| **taken && question(**value))?;
    Some((index_of(place, &shape), value))
}

/// The function for these exponents, which meet their bases in a dtype of this kind: mostly `function`.
///
/// # Errors
/// For negative powers of integers.
fn choose<T: Raise>(kind: Kind, function: Function<3>, exponents: &Source<'_, T>) -> Result<Function<3>> {
    choose_where(kind, function, exponents, None)
}

/// As [`choose`], where the exponents count only where the mask, if there is one, is true.
fn choose_where<T: Raise>(
    kind: Kind,
    function: Function<3>,
    exponents: &Source<'_, T>,
    mask: Option<&Array<bool>>,
) -> Result<Function<3>> {
    let integers = kind == Kind::Signed && T::DTYPE.kind() == Kind::Signed;
    let negative = integers.then(|| find(exponents, Raise::is_negative)).flatten();
    let negative = match mask {
        Some(mask) if negative.is_some() => find_where(exponents, mask, Raise::is_negative),
        _ => negative,
    };
    if let Some((index, value)) = negative {
        let place = if index.is_empty() { String::new() } else { format!(" at {index:?}") };
        return Err(Error::value(format!(
            "integers have no negative powers, and the exponent{place} is {value}: convert one operand to a \
             float with astype"
        )));
    }
    if kind == Kind::Complex && find(exponents, |exponent| !exponent.is_whole()).is_none() {
        return Ok(Function::binary::<WholePower, complex128>());
    }
    Ok(function)
}

/// That no exponent of integers is negative.
///
/// # Errors
/// When one is.
pub(crate) fn check_exponents<T: Raise>(exponents: &Array<T>) -> Result<()> {
    choose(T::DTYPE.kind(), T::function(), &Source::Borrowed(exponents)).map(drop)
}

/// As [`choose`], for the operands of a pair.
fn choose_for<'a, P: Pair<'a, Right: Raise>>(exponents: &Source<'_, P::Right>) -> Result<Function<3>>
where
    Common<'a, P>: Raise,
{
    choose(<Common<'a, P>>::DTYPE.kind(), <Common<'a, P> as Raise>::function(), exponents)
}

/// As [`choose_where`], of exponents whose dtype is known at run time only.
#[cfg(feature = "any")]
pub(crate) fn choose_any(
    function: Function<3>,
    common: DType,
    exponents: &AnyArray,
    mask: Option<&Array<bool>>,
) -> Result<Function<3>> {
    if common.kind() == Kind::Float {
        return Ok(function);
    }
    macro_rules! chosen {
        ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {
            match exponents {
                $(AnyArray::$variant(exponents) => {
                    choose_where(common.kind(), function, &Source::Borrowed(exponents), mask)
                })*
                _ => Ok(function),
            }
        };
    }
    array_core::for_each_dtype!(chosen)
}

impl<'a, P> TakesPair<'a, P, Power> for Powers
where
    P: Pair<'a, Right: Raise>,
    Common<'a, P>: Raise,
{
    type Result = <Common<'a, P> as Raise>::Power;
    /// The function if the exponents are not negative integers.
    fn function() -> Function<3> {
        <Common<'a, P> as Raise>::function()
    }
    fn call(pair: P) -> Result<Array<Self::Result>> {
        let pair = pair.into_sources();
        call::binary_with(choose_for::<P>(&pair.1)?, pair)
    }
    fn out<R: Element>(pair: P, out: &mut Array<R>) -> Result<()> {
        let pair = pair.into_sources();
        call::binary_out_with(choose_for::<P>(&pair.1)?, Self::Result::DTYPE, pair, out)
    }
    fn out_where<R: Element>(pair: P, out: &mut Array<R>, mask: &Array<bool>) -> Result<()> {
        let (a, b) = pair.into_sources();
        let kind = <Common<'a, P>>::DTYPE.kind();
        let function = choose_where(kind, <Common<'a, P> as Raise>::function(), &b, Some(mask))?;
        masked::out_where(function, &[Self::Result::DTYPE], &[a.argument(), b.argument()], out, mask)
    }
    fn outer(pair: P) -> Result<Array<Self::Result>> {
        let pair = pair.into_sources();
        outer::outer(choose_for::<P>(&pair.1)?, pair)
    }
    fn at(a: &mut Array<P::Left>, indices: impl Indices, pair: P) -> Result<()> {
        let pair = pair.into_sources();
        at::binary_at(choose_for::<P>(&pair.1)?.into(), Self::Result::DTYPE, a, indices, pair)
    }
}

/// Always in `f64`, or `complex128` where an operand is complex.
#[derive(Debug)]
pub struct AsDoubles;

/// A dtype that is computed in the widest float.
pub trait ToDouble: Element {
    /// `f64` or `complex128`.
    type Double: Element;
}

macro_rules! doubles {
    ($($double:ident: $($type:ident)*;)*) => {$($(impl ToDouble for $type { type Double = $double; })*)*};
}
doubles! {
    f64: bool i8 i16 i32 i64 u8 u16 u32 u64 f16 f32 f64;
    complex128: complex64 complex128;
}

impl<'a, P, K, D> TakesPair<'a, P, K> for AsDoubles
where
    P: Pair<'a>,
    Common<'a, P>: ToDouble<Double = D>,
    D: Element,
    K: Binary<D>,
{
    type Result = K::Output;
    fn function() -> Function<3> {
        Function::binary::<K, D>()
    }
}
