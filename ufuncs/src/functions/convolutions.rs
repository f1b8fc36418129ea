//! Convolution and correlation of vectors: sums of products at every shift of one against the other.
//!
//! Where the shorter vector lies within the longer one, sums are computed side by side, each from the left; where it juts
//! out, and for the few that are left over, each is a dot product.

use array_core::engine::isa::Isa;
use array_core::engine::{in_pool, thread_count};
use array_core::{Array, Element, Error, Promote, Result, flip};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

use super::products::Common;
use crate::linear::number::{Factor, Number, converted, in_dtype};
use crate::linear::plan::shape_text;
use crate::linear::shells::{self, Body};

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
    let v = Number::conjugated(&v)?;
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
    let (a, v) = (a.as_slice().expect("made contiguous"), v.as_slice().expect("made contiguous"));
    let (first, count) = match shifts {
        Shifts::Full => (0, a.len() + v.len() - 1),
        Shifts::Same => (v.len() - 1 - v.len() / 2, a.len()),
        Shifts::Valid => (v.len() - 1, a.len() - v.len() + 1),
    };
    let mut sums: Vec<C> = Vec::new();
    sums.try_reserve_exact(count).map_err(|_| Error::memory(count.saturating_mul(size_of::<C>())))?;
    sums.resize(count, C::ZERO);
    let piece = |(i, sums): (usize, &mut [C])| shells::run(Sums { a, v, first: first + i * PIECE, sums });
    if thread_count() == 1 || count.saturating_mul(v.len()) < WORTH_SPLITTING {
        sums.chunks_mut(PIECE).enumerate().for_each(piece);
    } else {
        in_pool(|| sums.par_chunks_mut(PIECE).enumerate().for_each(piece));
    }
    Ok(Array::from_vec(sums))
}

/// Sums that one thread computes at a time: which are computed side by side does not depend on the number of threads.
const PIECE: usize = 1 << 12;
/// Multiplications from which on threads pay.
const WORTH_SPLITTING: usize = 1 << 21;
/// Sums that are computed side by side.
const TOGETHER: usize = 32;

/// The sums at some shifts, the first of which is so far from where the last element of `v` meets the first of `a`.
struct Sums<'a, C> {
    a: &'a [C],
    v: &'a [C],
    first: usize,
    sums: &'a mut [C],
}

impl<C: Number> Body for Sums<'_, C> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        let Sums { a, v, first, sums } = self;
        let mut i = 0;
        while i < sums.len() {
            // Where the overlap begins in `a`, and in `v`.
            let (start, out) =
                ((first + i + 1).saturating_sub(v.len()), v.len().saturating_sub(first + i + 1));
            let length = (v.len() - out).min(a.len() - start);
            if out > 0 || a.len() - start < v.len() + TOGETHER - 1 || sums.len() - i < TOGETHER {
                sums[i] = C::dot::<I>(&a[start..start + length], &v[out..out + length], false);
                i += 1;
                continue;
            }
            let mut together = [C::ZERO; TOGETHER];
            for (&v, a) in v.iter().zip(a[start..].windows(TOGETHER)) {
                for (sum, &a) in together.iter_mut().zip(a) {
                    *sum = C::multiply_add::<I>(a, v, *sum);
                }
            }
            sums[i..i + TOGETHER].copy_from_slice(&together);
            i += TOGETHER;
        }
    }
}
