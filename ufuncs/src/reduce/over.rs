//! The options of a reduction: which axes, and what else.

use std::convert::Infallible;
use std::ops::RangeFull;

use array_core::engine::reduce::kernel::Accumulate;
use array_core::engine::reduce::{AxisSet, Options};
use array_core::{Array, Element, Result};

/// Over which axes, and how: made by [`over`].
#[derive(Clone, Debug)]
pub struct Over<'a, O> {
    /// `None`: all.
    pub(crate) axes: Option<Vec<isize>>,
    pub(crate) keepdims: bool,
    pub(crate) initial: Option<O>,
    pub(crate) mask: Option<&'a Array<bool>>,
    /// By how much the divisor of a variance is less than the count.
    pub(crate) ddof: f64,
}

/// What the last argument of a reduction may be: `..` for all axes, an axis, an array of axes,
/// or [`over`] with options. Negative axes count from the back.
///
/// `O` is the dtype of an initial value, [`Infallible`] where there can be none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no axes",
    note = "axes are `..`, one such as `0` or `-1`, an array such as `[0, 1]`, a slice of `isize`, or `over(axes)` with options"
)]
pub trait Axes<'a, O> {
    /// All of it as options.
    fn into_over(self) -> Over<'a, O>;
}

/// The axes of a reduction, to which options can be added.
///
/// ```
/// use array_core::{Array, arange};
/// use ufuncs::{over, sum};
///
/// let a = arange(6i64)?.reshape([2, 3])?;
/// assert_eq!(sum(&a, over(0).keepdims())?.shape(), [1, 3]);
/// assert_eq!(sum(&a, over(..).initial(100))?.item()?, 115);
/// let odd = Array::from([false, true, false]);
/// assert_eq!(sum(&a, over(-1).where_(&odd))?, Array::from([1, 4]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn over<'a, O>(axes: impl Axes<'a, O>) -> Over<'a, O> {
    axes.into_over()
}

impl<'a, O> Over<'a, O> {
    fn new(axes: Option<Vec<isize>>) -> Self {
        Over { axes, keepdims: false, initial: None, mask: None, ddof: 0.0 }
    }

    /// Keeps reduced axes with a length of one, so that the result broadcasts against the operand.
    #[must_use]
    pub fn keepdims(mut self) -> Self {
        self.keepdims = true;
        self
    }

    /// Begins with this value: what the result of no elements is.
    #[must_use]
    pub fn initial(mut self, value: O) -> Self {
        self.initial = Some(value);
        self
    }

    /// Takes in only the elements where the mask, broadcast to the operand's shape, is true.
    #[must_use]
    pub fn where_(mut self, mask: &'a Array<bool>) -> Self {
        self.mask = Some(mask);
        self
    }

    /// What the engine knows of these.
    pub(crate) fn options(&self) -> Options<'_> {
        Options { axes: self.axes.as_deref(), keepdims: self.keepdims, mask: self.mask }
    }

    /// The axes of an array of this rank.
    pub(crate) fn axis_set(&self, ndim: usize) -> Result<AxisSet> {
        AxisSet::new(self.axes.as_deref(), ndim)
    }
}

impl<'a, O> Axes<'a, O> for Over<'a, O> {
    fn into_over(self) -> Over<'a, O> {
        self
    }
}

impl<'a, O> Axes<'a, O> for RangeFull {
    fn into_over(self) -> Over<'a, O> {
        Over::new(None)
    }
}

impl<'a, O> Axes<'a, O> for isize {
    fn into_over(self) -> Over<'a, O> {
        Over::new(Some(vec![self]))
    }
}

impl<'a, O, const N: usize> Axes<'a, O> for [isize; N] {
    fn into_over(self) -> Over<'a, O> {
        Over::new(Some(self.to_vec()))
    }
}

impl<'a, O> Axes<'a, O> for &[isize] {
    fn into_over(self) -> Over<'a, O> {
        Over::new(Some(self.to_vec()))
    }
}

/// [`Over`] for variances: with the degrees of freedom that the divisor is less.
#[derive(Clone, Debug)]
pub struct Spread<'a> {
    pub(crate) over: Over<'a, Infallible>,
}

impl<'a> Over<'a, Infallible> {
    /// Divides by the count less `ddof`, "delta degrees of freedom": 1 for an unbiased variance.
    #[must_use]
    pub fn ddof(mut self, ddof: impl Into<f64>) -> Spread<'a> {
        self.ddof = ddof.into();
        Spread { over: self }
    }
}

/// What the last argument of a variance may be: axes as in [`Axes`], or `over(axes).ddof(1)`.
pub trait SpreadAxes<'a> {
    /// All of it as options.
    fn into_spread(self) -> Spread<'a>;

    /// These options, with the degrees of freedom among them.
    #[doc(hidden)]
    fn into_options(self) -> Over<'a, Infallible>
    where
        Self: Sized,
    {
        self.into_spread().over
    }
}

impl<'a> SpreadAxes<'a> for Spread<'a> {
    fn into_spread(self) -> Spread<'a> {
        self
    }
}

macro_rules! spread_axes {
    ($($type:ty $(, const $n:ident)?;)*) => {$(
        impl<'a $(, const $n: usize)?> SpreadAxes<'a> for $type {
            fn into_spread(self) -> Spread<'a> {
                Spread { over: self.into_over() }
            }
        }
    )*};
}
spread_axes! { Over<'a, Infallible>; RangeFull; isize; [isize; N], const N; &[isize]; }

/// An accumulator whose result can be continued from a value.
pub trait WithInitial<T: Element>: Accumulate<T> {
    /// The result of elements that come after `initial`.
    fn with_initial(initial: Self::Output, result: Self::Output) -> Self::Output;
}
