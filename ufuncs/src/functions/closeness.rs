//! Whether numbers, or whole arrays, are equal or as good as.

use array_core::engine::call::{self, Pair, Source};
use array_core::engine::function::Function;
use array_core::engine::kernel::Several;
use array_core::{Array, Element, Promote, Result, broadcast_shapes, complex128};

use crate::default_float::ToDefaultFloat;
use crate::pair::{Exactly, TakesPair};
use crate::{all, equal, kernels};

/// How close is close: |a - b| ≤ `atol` + `rtol`·|b|. The default is NumPy's, 10^-5 relative to b and 10^-8
/// beside that, and `nan` is close to nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Relative to the size of b.
    pub rtol: f64,
    /// Whatever the size of b.
    pub atol: f64,
    /// Whether a `nan` is close to a `nan`.
    pub equal_nan: bool,
}

impl Default for Tolerance {
    fn default() -> Self {
        Tolerance { rtol: 1e-5, atol: 1e-8, equal_nan: false }
    }
}

/// The float in which two dtypes are compared: their common one, the right one's integers as `f64`.
pub type ComparedIn<A, B> = <A as Promote<<B as ToDefaultFloat>::Default>>::Output;

/// Whether elements are close, by a [`Tolerance`]: |a - b| ≤ atol + rtol·|b|, so not the same of (b, a).
/// Infinities are close to themselves.
///
/// Computed in the operands' common float, half precision in half precision.
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::{Tolerance, isclose};
///
/// let a = Array::from([1.0, 100.0, f64::NAN]);
/// let b = Array::from([1.000001, 101.0, f64::NAN]);
/// assert_eq!(isclose(&a, &b, Tolerance::default())?, Array::from([true, false, false]));
/// let loose = Tolerance { rtol: 0.1, equal_nan: true, ..Tolerance::default() };
/// assert_eq!(isclose(&a, &b, loose)?, Array::from([true, true, true]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn isclose<'a, A, B, L, R, F>(a: A, b: B, tolerance: Tolerance) -> Result<Array<bool>>
where
    (A, B): Pair<'a, Left = L, Right = R>,
    L: Promote<R> + Promote<R::Default, Output = F>,
    R: ToDefaultFloat,
    F: Element,
    kernels::IsClose<false>: Several<(F, F, complex128), Output = (bool,)>,
    kernels::IsClose<true>: Several<(F, F, complex128), Output = (bool,)>,
{
    let (a, b) = (a, b).into_sources();
    let limits = Source::Scalar(complex128::new(tolerance.rtol, tolerance.atol));
    let function = if tolerance.equal_nan {
        Function::<4>::several::<kernels::IsClose<true>, (F, F, complex128)>()
    } else {
        Function::<4>::several::<kernels::IsClose<false>, (F, F, complex128)>()
    };
    call::several(function, &[a.argument(), b.argument(), limits.argument()])
}

/// Whether all elements are close, as [`isclose`](fn@isclose).
///
/// # Errors
/// When the shapes do not broadcast together.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::{Tolerance, allclose};
///
/// assert!(allclose(&Array::from([1e10, 1e-7]), &Array::from([1.00001e10, 1e-8]), Tolerance { atol: 1e-7, ..Tolerance::default() })?);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn allclose<'a, A, B, L, R, F>(a: A, b: B, tolerance: Tolerance) -> Result<bool>
where
    (A, B): Pair<'a, Left = L, Right = R>,
    L: Promote<R> + Promote<R::Default, Output = F>,
    R: ToDefaultFloat,
    F: Element,
    kernels::IsClose<false>: Several<(F, F, complex128), Output = (bool,)>,
    kernels::IsClose<true>: Several<(F, F, complex128), Output = (bool,)>,
{
    all(&isclose(a, b, tolerance)?, ..)?.item()
}

/// Whether two arrays have the same shape and equal elements, whatever their dtypes.
///
/// With `equal_nan` a `nan` is equal to another.
///
/// # Errors
/// When there is no memory for what is compared.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::array_equal;
///
/// assert!(array_equal(&Array::from([1, 2]), &Array::from([1.0, 2.0]), false)?);
/// assert!(!array_equal(&Array::from([f64::NAN]), &Array::from([f64::NAN]), false)?);
/// assert!(array_equal(&Array::from([f64::NAN]), &Array::from([f64::NAN]), true)?);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn array_equal<'a, A, B>(a: &'a Array<A>, b: &'a Array<B>, equal_nan: bool) -> Result<bool>
where
    A: Promote<B>,
    B: Element,
    Exactly: TakesPair<'a, (&'a Array<A>, &'a Array<B>), kernels::Equal, Result = bool>,
{
    if a.shape() != b.shape() {
        return Ok(false);
    }
    let same = equal(a, b)?;
    if !equal_nan {
        return all(&same, ..)?.item();
    }
    let (of_a, of_b) = (a.view(), b.view());
    Ok(same
        .view()
        .iter()
        .zip(of_a.iter().zip(of_b.iter()))
        .all(|(&same, (x, y))| same || is_nan(x) && is_nan(y)))
}

/// A `nan` is what is not equal to itself.
fn is_nan<T: PartialEq>(x: &T) -> bool {
    let itself = x;
    *x != *itself
}

/// Whether two arrays have equal elements once they are broadcast together: not if their shapes do not
/// broadcast.
///
/// # Errors
/// When there is no memory for what is compared.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::array_equiv;
///
/// assert!(array_equiv(&Array::from([1, 1]), &Array::from([1]))?);
/// assert!(!array_equiv(&Array::from([1, 1]), &Array::from([1, 1, 1]))?);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn array_equiv<'a, A, B>(a: &'a Array<A>, b: &'a Array<B>) -> Result<bool>
where
    A: Promote<B>,
    B: Element,
    Exactly: TakesPair<'a, (&'a Array<A>, &'a Array<B>), kernels::Equal, Result = bool>,
{
    if broadcast_shapes(&[a.shape(), b.shape()]).is_err() {
        return Ok(false);
    }
    all(&equal(a, b)?, ..)?.item()
}
