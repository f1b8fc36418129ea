//! The largest, the smallest, and how far they are apart.

use std::convert::Infallible;

use array_core::engine::isa::Baseline;
use array_core::engine::kernel::Binary;
use array_core::operators::kernels::Subtract;
use array_core::{Array, Element, Result};

use crate::reduce::extremes::{Max, Min, NanMax, NanMin};
use crate::reduce::numbers::Numbers;
use crate::reduce::over::{Axes, Over, WithInitial};
use crate::reduce::run::{reduce_some, unmasked};

/// Reductions of nothing to nothing: there must be an element, or an initial value.
macro_rules! without_identity {
    ($($(#[$doc:meta])* $name:ident: $kernel:ident, $numpy:literal, $a:expr => $all:expr, $rows:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When there are no elements and no `initial` value, or a mask without one; when an axis is
        /// out of bounds or given twice.
        ///
        /// ```
        /// # use array_core::Array;
        #[doc = concat!("use ufuncs::", stringify!($name), ";")]
        #[doc = concat!("let a = Array::from(", stringify!($a), ").reshape([2, 3])?;")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, ..)?.item()?, ", stringify!($all), ");")]
        #[doc = concat!("assert_eq!(", stringify!($name), "(&a, -1)?.to_vec(), ", stringify!($rows), ");")]
        /// # Ok::<(), array_core::Error>(())
        /// ```
        pub fn $name<'a, T>(a: &Array<T>, axes: impl Axes<'a, T>) -> Result<Array<T>>
        where
            T: Element,
            $kernel: Numbers<T, Kernel: WithInitial<T, Output = T>>,
        {
            reduce_some::<<$kernel as Numbers<T>>::Kernel, T>($numpy, a, axes.into_over())
        }
    )*};
}

without_identity! {
    /// The largest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    max: Max, "maximum", [1, 5, 3, 4, 2, 6] => 6, [5, 6];

    /// The smallest element along some axes; `nan` if there is one. Complex numbers are compared by
    /// their real parts, then by their imaginary parts.
    min: Min, "minimum", [1, 5, 3, 4, 2, 6] => 1, [1, 2];

    /// The largest element along some axes that is not `nan`; `nan` if all are.
    nanmax: NanMax, "fmax", [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 6.0, [3.0, 6.0];

    /// The smallest element along some axes that is not `nan`; `nan` if all are.
    nanmin: NanMin, "fmin", [1.0, f64::NAN, 3.0, 4.0, 5.0, 6.0] => 1.0, [1.0, 4.0];
}

/// Peak to peak: the largest element along some axes less the smallest. Integers wrap.
///
/// # Errors
/// As [`max`]; when there is a mask, which it does not take.
///
/// ```
/// # use array_core::Array;
/// assert_eq!(ufuncs::ptp(&Array::from([3, -2, 5]), ..)?.item()?, 7);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn ptp<'a, T>(a: &Array<T>, axes: impl Axes<'a, Infallible>) -> Result<Array<T>>
where
    T: Element,
    Max: WithInitial<T, Output = T>,
    Min: WithInitial<T, Output = T>,
    Subtract: Binary<T, Output = T>,
{
    let Over { axes, keepdims, .. } = unmasked("ptp", axes.into_over())?;
    let over = Over { axes, keepdims, initial: None, mask: None };
    let mut highest = reduce_some::<Max, T>("maximum", a, over.clone())?;
    let lowest = reduce_some::<Min, T>("minimum", a, over)?;
    let lowest = lowest.as_slice().expect("results are contiguous");
    for (high, &low) in highest.as_slice_mut().iter_mut().zip(lowest) {
        *high = Subtract::call::<Baseline>(*high, low);
    }
    Ok(highest)
}
