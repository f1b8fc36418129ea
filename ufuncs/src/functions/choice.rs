//! Choices among elements: where a condition holds, and within limits.

use array_core::engine::call::{self, Common, Pair, Single, Source};
use array_core::engine::function::{Argument, Function};
use array_core::engine::kernel::Several;
use array_core::engine::masked;
#[cfg(feature = "any")]
use array_core::engine::untyped;
#[cfg(feature = "any")]
use array_core::{AnyArray, AnyOperand, DType, Error};
use array_core::{Array, Element, Result};

#[cfg(feature = "any")]
use crate::dynamic;
use crate::kernels;

/// The elements of `x` where the condition holds, those of `y` where not: NumPy's `where`, which is
/// a keyword of Rust's.
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// let x = Array::from([1.0, -2.0]);
/// let positive = ufuncs::greater(&x, 0.0)?;
/// assert_eq!(ufuncs::where_(&positive, &x, 0.0)?, Array::from([1.0, 0.0]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn where_<'a, X, Y>(condition: &Array<bool>, x: X, y: Y) -> Result<Array<Common<'a, (X, Y)>>>
where
    (X, Y): Pair<'a>,
{
    chosen(condition, x, y, call::several)
}

/// What `apply` does with the function and its operands.
fn chosen<'a, X, Y, R>(
    condition: &Array<bool>,
    x: X,
    y: Y,
    apply: impl FnOnce(Function<4>, &[Argument<'_>]) -> Result<R>,
) -> Result<R>
where
    (X, Y): Pair<'a>,
{
    let (x, y) = (x, y).into_sources();
    let function = Function::<4>::several::<kernels::Where, (bool, Common<'a, (X, Y)>, Common<'a, (X, Y)>)>();
    apply(function, &[Source::Borrowed(condition).argument(), x.argument(), y.argument()])
}

/// The other methods of [`where_`](fn@where_).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum where_ {}

impl where_ {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and a number.
    ///
    /// # Errors
    /// When the shapes do not broadcast together, or a whole number does not fit the array's dtype.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let x: AnyArray = Array::from([1.5f32, -2.5]).into();
    /// let chosen = ufuncs::where_::any(&Array::from([true, false]), &x, 0)?;
    /// assert_eq!(chosen.downcast::<f32>()?, Array::from([1.5, 0.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    #[cfg(feature = "any")]
    pub fn any<'a, 'b>(
        condition: &Array<bool>,
        x: impl Into<AnyOperand<'a>>,
        y: impl Into<AnyOperand<'b>>,
    ) -> Result<AnyArray> {
        let (x, y) = (x.into(), y.into());
        let (left, right) = (x.dtype_beside(y.dtype()), y.dtype_beside(x.dtype()));
        let common = left.promote(right);
        macro_rules! function_of {
            ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {
                match common {
                    $(DType::$variant => Function::<4>::several::<kernels::Where, (bool, $type, $type)>(),)*
                    _ => return Err(Error::unsupported("where_", &[left, right])),
                }
            };
        }
        let function = array_core::for_each_dtype!(function_of);
        let (x, y) = (x.into_array(left)?, y.into_array(right)?);
        let condition = Source::Borrowed(condition);
        let operands = [condition.argument(), x.argument(), y.argument()];
        let [result] = untyped::call(function, [common], &operands)?;
        Ok(result)
    }

    /// As the function, into an array that is there.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let mut out = zeros::<i32>(3)?;
    /// ufuncs::where_::out(&Array::from([true, false, true]), &Array::from([1, 2, 3]), 0, &mut out)?;
    /// assert_eq!(out, Array::from([1, 0, 3]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out<'a, X, Y, R>(condition: &Array<bool>, x: X, y: Y, out: &mut Array<R>) -> Result<()>
    where
        (X, Y): Pair<'a>,
        R: Element,
    {
        let results = [<Common<'a, (X, Y)>>::DTYPE];
        chosen(condition, x, y, |function, operands| call::several_out(function, &results, operands, out))
    }

    /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit. The mask broadcasts as the operands do.
    ///
    /// ```
    /// # use array_core::Array;
    /// let mut out = Array::from([9, 9, 9]);
    /// let (condition, mask) = (Array::from([true, false, true]), Array::from([true, true, false]));
    /// ufuncs::where_::out_where(&condition, &Array::from([1, 2, 3]), 0, &mut out, &mask)?;
    /// assert_eq!(out, Array::from([1, 0, 9]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn out_where<'a, X, Y, R>(
        condition: &Array<bool>,
        x: X,
        y: Y,
        out: &mut Array<R>,
        mask: &Array<bool>,
    ) -> Result<()>
    where
        (X, Y): Pair<'a>,
        R: Element,
    {
        let results = [<Common<'a, (X, Y)>>::DTYPE];
        chosen(condition, x, y, |function, operands| {
            masked::out_where(function, &results, operands, out, mask)
        })
    }
}

/// A limit of [`clip`](fn@clip): an array, or one value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no limit for elements of type `{T}`",
    note = "a limit is one number of the array's own dtype, or an array of it, or `None`"
)]
pub trait Limit<'a, T: Element> {
    /// The limit as the engine takes it; if there is none, one that nothing is beyond, at the upper end or the lower.
    fn into_limit(self, is_upper: bool) -> Source<'a, T>;
}

/// A dtype with a least and a greatest value, as [`clip`](fn@clip) compares them: all have.
pub trait Bounded: Element {
    /// Nothing is below it.
    const LEAST: Self;
    /// Nothing is above it.
    const GREATEST: Self;
}

macro_rules! bounded {
    ($(($variant:ident, $type:ty, $name:literal, $kind:ident, $($rest:tt)*))*) => {
        $(impl Bounded for $type { bounded!(@ $kind); })*
    };
    (@ Bool) => { const LEAST: Self = false; const GREATEST: Self = true; };
    (@ Float) => { const LEAST: Self = Self::NEG_INFINITY; const GREATEST: Self = Self::INFINITY; };
    (@ Complex) => {
        const LEAST: Self = Self { re: -1.0 / 0.0, im: -1.0 / 0.0 };
        const GREATEST: Self = Self { re: 1.0 / 0.0, im: 1.0 / 0.0 };
    };
    (@ $integer:ident) => { const LEAST: Self = Self::MIN; const GREATEST: Self = Self::MAX; };
}
array_core::for_each_dtype!(bounded);

/// One number, or no limit at this end.
impl<'a, T: Bounded> Limit<'a, T> for Option<T> {
    fn into_limit(self, is_upper: bool) -> Source<'a, T> {
        Source::Scalar(self.unwrap_or(if is_upper { T::GREATEST } else { T::LEAST }))
    }
}

impl<'a, T: Element> Limit<'a, T> for T {
    fn into_limit(self, _: bool) -> Source<'a, T> {
        Source::Scalar(self)
    }
}

impl<'a, T: Element> Limit<'a, T> for &'a Array<T> {
    fn into_limit(self, _: bool) -> Source<'a, T> {
        Source::Borrowed(self)
    }
}

/// Elements below `lower` as that, above `upper` as that; `nan` stays, and a limit of `nan` gives
/// `nan`. Where the limits cross, `upper` prevails. `None` is no limit.
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// let a = Array::from([-3.0, 0.5, 7.0]);
/// assert_eq!(ufuncs::clip(&a, 0.0, 1.0)?, Array::from([0.0, 0.5, 1.0]));
/// assert_eq!(ufuncs::clip(&a, None, 1.0)?, Array::from([-3.0, 0.5, 1.0]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn clip<'a, 'b, A, L, U>(a: A, lower: L, upper: U) -> Result<Array<A::Item>>
where
    A: Single<'a>,
    L: Limit<'b, A::Item>,
    U: Limit<'b, A::Item>,
    kernels::Clip: Several<(A::Item, A::Item, A::Item), Output = (A::Item,)>,
{
    clipped(a, lower, upper, call::several)
}

/// What `apply` does with the function and its operands.
fn clipped<'a, 'b, A, R>(
    a: A,
    lower: impl Limit<'b, A::Item>,
    upper: impl Limit<'b, A::Item>,
    apply: impl FnOnce(Function<4>, &[Argument<'_>]) -> Result<R>,
) -> Result<R>
where
    A: Single<'a>,
    kernels::Clip: Several<(A::Item, A::Item, A::Item), Output = (A::Item,)>,
{
    let (a, lower, upper) = (a.into_source(), lower.into_limit(false), upper.into_limit(true));
    let function = Function::<4>::several::<kernels::Clip, (A::Item, A::Item, A::Item)>();
    apply(function, &[a.argument(), lower.argument(), upper.argument()])
}

/// The other methods of [`clip`](fn@clip).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum clip {}

impl clip {
    /// As the function, of arrays whose dtypes are known at run time only, or such an array and numbers.
    ///
    /// # Errors
    /// When the function is not for these dtypes, the shapes do not broadcast together, or a whole number
    /// does not fit the arrays' dtype.
    ///
    /// ```
    /// # use array_core::{AnyArray, Array};
    /// let a: AnyArray = Array::from([-3i16, 5, 700]).into();
    /// assert_eq!(ufuncs::clip::any(&a, 0, 100)?.downcast::<i16>()?, Array::from([0i16, 5, 100]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    #[cfg(feature = "any")]
    pub fn any<'a, 'b, 'c>(
        a: impl Into<AnyOperand<'a>>,
        lower: impl Into<AnyOperand<'b>>,
        upper: impl Into<AnyOperand<'c>>,
    ) -> Result<AnyArray> {
        Self::of_any([a.into(), lower.into(), upper.into()])?.array()
    }

    #[cfg(feature = "any")]
    fn of_any(operands: [AnyOperand<'_>; 3]) -> Result<dynamic::Call<4, 3, 1>> {
        dynamic::of_three("clip", dynamic::three!(kernels::Clip), operands)
    }

    /// As [`out`](Self::out), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out`](Self::out).
    #[cfg(feature = "any")]
    pub fn out_any<'a, 'b, 'c>(
        a: impl Into<AnyOperand<'a>>,
        lower: impl Into<AnyOperand<'b>>,
        upper: impl Into<AnyOperand<'c>>,
        out: &mut AnyArray,
    ) -> Result<()> {
        Self::of_any([a.into(), lower.into(), upper.into()])?.out(out, None)
    }

    /// As [`out_where`](Self::out_where), of operands as [`any`](Self::any) takes them.
    ///
    /// # Errors
    /// As of [`any`](Self::any) and [`out_where`](Self::out_where).
    #[cfg(feature = "any")]
    pub fn out_where_any<'a, 'b, 'c>(
        a: impl Into<AnyOperand<'a>>,
        lower: impl Into<AnyOperand<'b>>,
        upper: impl Into<AnyOperand<'c>>,
        out: &mut AnyArray,
        mask: &Array<bool>,
    ) -> Result<()> {
        Self::of_any([a.into(), lower.into(), upper.into()])?.out(out, Some(mask))
    }

    /// As the function, into an array that is there.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let mut out = zeros::<f64>(3)?;
    /// ufuncs::clip::out(&Array::from([-3.0, 0.5, 7.0]), 0.0, 1.0, &mut out)?;
    /// assert_eq!(out, Array::from([0.0, 0.5, 1.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out<'a, 'b, A, L, U, R>(a: A, lower: L, upper: U, out: &mut Array<R>) -> Result<()>
    where
        A: Single<'a>,
        L: Limit<'b, A::Item>,
        U: Limit<'b, A::Item>,
        R: Element,
        kernels::Clip: Several<(A::Item, A::Item, A::Item), Output = (A::Item,)>,
    {
        let results = [A::Item::DTYPE];
        clipped(a, lower, upper, |function, operands| call::several_out(function, &results, operands, out))
    }

    /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds.
    ///
    /// ```
    /// # use array_core::{Array, zeros};
    /// let (mut out, mask) = (zeros::<f64>(3)?, Array::from([false, true, true]));
    /// ufuncs::clip::out_where(&Array::from([-3.0, 0.5, 7.0]), None, 1.0, &mut out, &mask)?;
    /// assert_eq!(out, Array::from([0.0, 0.5, 1.0]));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    pub fn out_where<'a, 'b, A, L, U, R>(
        a: A,
        lower: L,
        upper: U,
        out: &mut Array<R>,
        mask: &Array<bool>,
    ) -> Result<()>
    where
        A: Single<'a>,
        L: Limit<'b, A::Item>,
        U: Limit<'b, A::Item>,
        R: Element,
        kernels::Clip: Several<(A::Item, A::Item, A::Item), Output = (A::Item,)>,
    {
        let results = [A::Item::DTYPE];
        clipped(a, lower, upper, |function, operands| {
            masked::out_where(function, &results, operands, out, mask)
        })
    }
}
