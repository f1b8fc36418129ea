//! Convolution and correlation of vectors: sums of products at every shift of one against the other.
//!
//! Where the shorter vector lies within the longer one, all sums are the product of a matrix, whose rows are the windows
//! of the longer one and share its memory, by the shorter one; where it juts out, each sum is a dot product of parts.

use array_core::{Array, Element, Error, Promote, Result, flip, sliding_window_view};

use super::products::Common;
use crate::linear::dot::dot;
use crate::linear::number::{Factor, Number, converted, in_dtype};
use crate::linear::plan::{Form, Products, shape_text};

/// At which shifts two vectors are convolved or correlated: of lengths n and m, n the longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shifts {
    /// At all where they overlap: n + m - 1.
    Full,
    /// At the n in the middle of these.
    Same,
    /// At those where they overlap as a whole: n - m + 1.
    Valid,
}

/// The convolution of two vectors: at shift i the sum of `a[k] * v[i - k]` over all k. NumPy's default is
/// [`Shifts::Full`]. Numbers count as vectors of one element.
///
/// It is computed by its definition, as NumPy does: of two long vectors a Fourier transform is faster.
///
/// # Errors
/// When an array has more than one axis, or no elements.
///
/// ```
/// use array_core::array;
/// use ufuncs::{Shifts, convolve};
///
/// let (a, v) = (array![1, 2, 3], array![0, 1, 5]);
/// assert_eq!(convolve(&a, &v, Shifts::Full)?, array![0, 1, 7, 13, 15]);
/// assert_eq!(convolve(&a, &v, Shifts::Same)?, array![1, 7, 13]);
/// assert_eq!(convolve(&a, &v, Shifts::Valid)?, array![7]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn convolve<A, B>(a: &Array<A>, v: &Array<B>, shifts: Shifts) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
{
    let (a, v) = operands::<A, B, <Common<A, B> as Factor>::Computed>("convolve", a, v)?;
    let (a, v) = if v.len() > a.len() { (v, a) } else { (a, v) };
    converted(shifted(&a, &flip(&v, 0)?.try_contiguous()?, shifts)?)
}

/// The correlation of two vectors: at shift i the sum of `a[k + i] * conjugate(v[k])` over all k. NumPy's default is
/// [`Shifts::Valid`]. Numbers count as vectors of one element.
///
/// # Errors
/// When an array has more than one axis, or no elements.
///
/// ```
/// use array_core::array;
/// use ufuncs::{Shifts, correlate};
///
/// let (a, v) = (array![1.0, 2.0, 3.0], array![0.0, 1.0, 0.5]);
/// assert_eq!(correlate(&a, &v, Shifts::Valid)?, array![3.5]);
/// assert_eq!(correlate(&a, &v, Shifts::Full)?, array![0.5, 2.0, 3.5, 3.0, 0.0]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn correlate<A, B>(a: &Array<A>, v: &Array<B>, shifts: Shifts) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
{
    let (a, v) = operands::<A, B, <Common<A, B> as Factor>::Computed>("correlate", a, v)?;
    let v = Number::conjugated(&v);
    if v.len() > a.len() {
        // What is shifted the other way round comes in the other order.
        return converted(flip(&shifted(&v, &a, shifts)?, 0)?);
    }
    converted(shifted(&a, &v, shifts)?)
}

/// The operands as contiguous vectors of the dtype that is computed in.
fn operands<A, B, C>(name: &str, a: &Array<A>, v: &Array<B>) -> Result<(Array<C>, Array<C>)>
where
    A: Element,
    B: Element,
    C: Number,
{
    if a.ndim() > 1 || v.ndim() > 1 || a.is_empty() || v.is_empty() {
        return Err(Error::value(format!(
            "{name} needs two vectors that are not empty, not arrays of shapes {} and {}",
            shape_text(a.shape()),
            shape_text(v.shape())
        )));
    }
    let vector = |array: &Array<C>| array.reshape([array.len()])?.try_contiguous();
    Ok((vector(&*in_dtype::<A, C>(a)?)?, vector(&*in_dtype::<B, C>(v)?)?))
}

/// The sums of products of contiguous vectors, the first no shorter than the second, at each shift.
fn shifted<C: Number>(a: &Array<C>, v: &Array<C>, shifts: Shifts) -> Result<Array<C>> {
    let windows = sliding_window_view(a, v.len(), 0)?;
    let within = Products::new(Form { column: true, ..Form::default() }, &windows, v)?.fresh()?;
    // How many elements of the shorter vector jut out at the first shift and at the last.
    let out = v.len() - 1;
    let [before, after] = match shifts {
        Shifts::Full => [out, out],
        Shifts::Same => [v.len() / 2, out - v.len() / 2],
        Shifts::Valid => return Ok(within),
    };
    let (a, v) = (a.as_slice().expect("made contiguous"), v.as_slice().expect("made contiguous"));
    let mut sums: Vec<C> = Vec::new();
    let count = before + within.len() + after;
    sums.try_reserve_exact(count).map_err(|_| Error::memory(count.saturating_mul(size_of::<C>())))?;
    sums.extend((1..=before).rev().map(|out| dot(&a[..v.len() - out], &v[out..], false)));
    sums.extend(within.as_slice().expect("a fresh vector"));
    sums.extend((1..=after).map(|out| dot(&a[a.len() - v.len() + out..], &v[..v.len() - out], false)));
    Ok(Array::from_vec(sums))
}
