//! Means, variances, standard deviations.

use std::convert::Infallible;

use array_core::engine::reduce::kernel::Accumulate;
use array_core::{Array, Element, Result};

use crate::reduce::logic::CountNumbers;
use crate::reduce::moments::Moments;
use crate::reduce::numbers::{Numbers, OfNumbers};
use crate::reduce::over::{Axes, SpreadAxes};
use crate::reduce::run::{Output, reduce_taken};
use crate::reduce::sums::{Divide, Mean, NanSum};

/// The arithmetic mean along some axes: of integers and bools an `f64`; of half precision it is
/// computed in `f32`. The mean of nothing is `nan`.
///
/// # Errors
/// When an axis is out of bounds or given twice, or a mask does not broadcast.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::mean;
/// let a = Array::from([1, 2, 3, 4, 5, 7]).reshape([2, 3])?;
/// assert_eq!(mean(&a, 0)?.to_vec(), [2.5, 3.5, 5.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn mean<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<Output<Mean, T>>>
where
    T: Element,
    Mean: Accumulate<T>,
{
    reduce_taken::<Mean, T, _>(a, &axes.into_over(), |count| count as f64)
}

/// As [`mean`], of the elements that are not `nan`; `nan` where there is none. The sum of half precision
/// is rounded to it before it is divided, as NumPy does.
///
/// # Errors
/// When an axis is out of bounds or given twice, or a mask does not broadcast.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::nanmean;
/// assert_eq!(nanmean(&Array::from([1.0, f64::NAN, 4.0]), ..)?.item()?, 2.5);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn nanmean<'a, T>(
    a: &Array<T>,
    axes: impl Axes<'a, Infallible>,
) -> Result<Array<<OfNumbers<NanSum, T> as Divide>::Quotient>>
where
    T: Element,
    NanSum: Numbers<T, Kernel: Accumulate<T, Output: Divide>>,
{
    let over = axes.into_over();
    let counts = reduce_taken::<CountNumbers, T, _>(a, &over, |_| 1.0)?;
    let sums = reduce_taken::<<NanSum as Numbers<T>>::Kernel, T, _>(a, &over, |_| 1.0)?;
    let pairs = sums.view();
    let counts = counts.as_slice().expect("results are contiguous");
    let mut means = array_core::zeros(sums.shape())?;
    let each = means.as_slice_mut().iter_mut().zip(pairs.iter()).zip(counts);
    each.for_each(|((mean, sum), &count)| *mean = sum.over(count));
    Ok(means)
}

/// Variances and standard deviations.
macro_rules! spreads {
    ($($(#[$doc:meta])* $name:ident: $root:literal, $skip_nan:literal, $a:expr => $value:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// Divided by the count, or with `over(axes).ddof(1)` by one less. Found in one pass, by
        /// blocks, each with a mean of its own; of integers and bools an `f64`, of half precision
        /// computed in `f32`, of complex numbers real.
        ///
        /// # Errors
        /// When an axis is out of bounds or given twice, or a mask does not broadcast.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("use ufuncs::{over, ", stringify!($name), "};")]
        #[doc = concat!("let a = Array::from(", stringify!($a), ");")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, over(..).ddof(1))?.item()?, ", stringify!($value), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, T>(
            a: &Array<T>,
            axes: impl SpreadAxes<'a>,
        ) -> Result<Array<Output<Moments<$root, $skip_nan>, T>>>
        where
            T: Element,
            Moments<$root, $skip_nan>: Accumulate<T>,
        {
            let spread = axes.into_spread();
            reduce_taken::<Moments<$root, $skip_nan>, T, _>(a, &spread.over, |_| spread.ddof)
        }
    )*};
}

spreads! {
    /// The variance along some axes: the mean of the squared distances from the mean.
    var: false, false, [1.0f64, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// The standard deviation along some axes: the root of [`var`].
    std: true, false, [1.0f64, 2.0, 6.0] => 7.0f64.sqrt();

    /// As [`var`], of the elements that are not `nan`.
    nanvar: false, true, [1.0, f64::NAN, 2.0, 4.0, 5.0] => 10.0 / 3.0;

    /// As [`std`](fn@std), of the elements that are not `nan`.
    nanstd: true, true, [1.0, 2.0, f64::NAN, 6.0] => 7.0f64.sqrt();
}
