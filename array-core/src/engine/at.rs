//! A function in place, at indices, one after the other: an index that comes twice is computed twice.
//!
//! Three ways, by what there is to compute at an index. One element, of a function that is a few
//! instructions: one loop over the indices. One element of any other function: as many indices as
//! follow without one coming twice are gathered, computed at once, and scattered. Whole rows: the
//! nest over a row, for each index.

mod indices;
mod place;

use self::place::{IndexedBody, Place};
use super::call::{self, Out, Pair, Source};
use super::function::{Argument, Function};
use super::kernel::Binary;
use super::shells::{self, Loop};
use crate::{AnyArray, Array, DType, Element, Error, Result};

pub use self::indices::{Indices, Resolved};
pub(super) use self::place::move_items;

/// A function of two operands, for use in place at indices.
#[derive(Clone, Copy, Debug)]
pub struct AtFunction {
    function: Function<3>,
    /// The loop for arrays of the function's own dtype, where there is one.
    indexed: Option<Loop<3>>,
}

impl From<Function<3>> for AtFunction {
    fn from(function: Function<3>) -> Self {
        AtFunction { function, indexed: None }
    }
}

impl AtFunction {
    /// The function that a kernel computes. It has a loop of its own if the kernel is simple.
    pub fn binary<K: Binary<T>, T: Element>() -> Self {
        let is_simple = const { !K::HAS_RARE && !K::WIDE.exists() } && K::Output::DTYPE == T::DTYPE;
        let indexed = is_simple.then(shells::select::<IndexedBody<K, T>, 3>);
        AtFunction { function: Function::binary::<K, T>(), indexed }
    }
}

/// `a[indices] = f(a[indices])`, index by index. The result would be of dtype `result`.
///
/// # Errors
/// When an index is out of bounds, or the result is of a higher kind than `a`'s dtype. Then nothing is
/// changed.
pub fn unary_at(function: Function<2>, result: DType, a: &mut impl Out, indices: impl Indices) -> Result<()> {
    function.assert_inputs(1);
    let resolved = prepare(result, a, indices)?;
    let place = Place::new(a.argument(), &resolved);
    // SAFETY: `a` is unique, and the indices are within it.
    unsafe { place.apply(&function, [place.part(), place.part()], 0) };
    Ok(())
}

/// `a[indices] = f(a[indices], b)`, index by index, where `b` is the right one of a pair whose left one
/// is of `a`'s dtype. The result would be of dtype `result`.
///
/// # Errors
/// As [`unary_at`], and when `b` does not broadcast to the shape of `a[indices]`.
pub fn binary_at<'b, T: Element, P: Pair<'b, Left = T>>(
    at: AtFunction,
    result: DType,
    a: &mut Array<T>,
    indices: impl Indices,
    pair: P,
) -> Result<()> {
    at.function.assert_inputs(2);
    let resolved = prepare(result, a, indices)?;
    let place = Place::new(Argument::new(a), &resolved);
    let b = place.align(pair.into_sources().1)?;
    let b = Argument::new(&b);
    if let Some(indexed) = at.indexed
        && place.is_one_element()
        && [T::DTYPE, b.dtype, T::DTYPE] == at.function.dtypes
    {
        // SAFETY: `a` is unique, the indices are within it, and `b` has an element for each; both are of
        // the loop's dtype.
        unsafe { place.apply_indexed(indexed, b) };
        return Ok(());
    }
    // SAFETY: as above.
    unsafe { place.apply(&at.function, [place.part(), place.beside(b), place.part()], 0) };
    Ok(())
}

/// As [`binary_at`], of arrays whose dtypes are known at run time only.
///
/// # Errors
/// As [`binary_at`].
pub fn binary_at_any(
    function: Function<3>,
    result: DType,
    a: &mut AnyArray,
    indices: impl Indices,
    b: AnyArray,
) -> Result<()> {
    function.assert_inputs(2);
    let resolved = prepare(result, a, indices)?;
    let place = Place::new(a.argument(), &resolved);
    let b = match place.whole() {
        Some(whole) => b.broadcast_to(whole)?.reshape(place.shape())?,
        None => b.broadcast_to(place.shape())?,
    };
    // SAFETY: `a` is unique, and the indices are within it; `b` has the shape of what they name.
    unsafe { place.apply(&function, [place.part(), place.beside(b.argument()), place.part()], 0) };
    Ok(())
}

/// As [`unary_at`], of a function whose first operand is a closure.
///
/// # Errors
/// As [`unary_at`].
pub fn closure_at<T: Element>(
    function: Function<3>,
    closure: Argument<'_>,
    a: &mut Array<T>,
    indices: impl Indices,
) -> Result<()> {
    function.assert_closure();
    function.assert_inputs(2);
    let resolved = prepare(function.output_dtypes()[0], a, indices)?;
    let place = Place::new(Argument::new(a), &resolved);
    // SAFETY: `a` is unique, and the indices are within it.
    unsafe { place.apply(&function, [place.beside(closure), place.part(), place.part()], 1) };
    Ok(())
}

/// As [`binary_at`], of a function whose first operand is a closure.
///
/// # Errors
/// As [`binary_at`].
pub fn closure_at_with<T: Element, B: Element>(
    function: Function<4>,
    closure: Argument<'_>,
    a: &mut Array<T>,
    indices: impl Indices,
    b: Source<'_, B>,
) -> Result<()> {
    function.assert_closure();
    function.assert_inputs(3);
    let resolved = prepare(function.output_dtypes()[0], a, indices)?;
    let place = Place::new(Argument::new(a), &resolved);
    let b = place.align(b)?;
    let operands = [place.beside(closure), place.part(), place.beside(Argument::new(&b)), place.part()];
    // SAFETY: `a` is unique, the indices are within it, and `b` has the shape of what they name.
    unsafe { place.apply(&function, operands, 1) };
    Ok(())
}

/// `a` made unique, and where in it the indices are.
fn prepare(result: DType, a: &mut impl Out, indices: impl Indices) -> Result<Resolved> {
    let dtype = a.argument().dtype();
    if result.kind() > dtype.kind() {
        return Err(Error::out(result, dtype));
    }
    call::copy_if_shared(a)?;
    let a = a.argument();
    indices.resolve(a.shape(), a.strides())
}
