//! Sums of products over any axes, as one product of matrices.

use array_core::{Array, Element, Error, Promote, Result};

use super::differences::from_front;
use super::products::{Common, product};
use crate::linear::number::Factor;
use crate::linear::plan::{Form, mismatch};

/// Over which axes [`tensordot`](fn@tensordot) multiplies: as many of each operand's, whose lengths agree in pairs.
pub trait TensorAxes {
    /// The axes of operands of these ranks, counted from either end.
    ///
    /// # Errors
    /// When an operand does not have as many axes.
    fn pairs(&self, ranks: [usize; 2]) -> Result<[Vec<isize>; 2]>;
}

/// The last so many axes of the first, the first so many of the second.
impl TensorAxes for usize {
    fn pairs(&self, [a, b]: [usize; 2]) -> Result<[Vec<isize>; 2]> {
        if *self > a.min(b) {
            return Err(Error::value(format!(
                "tensordot over {self} axes needs operands of as many: they have {a} and {b}"
            )));
        }
        Ok([((a - self) as isize..a as isize).collect(), (0..*self as isize).collect()])
    }
}

/// These axes of the first, those of the second.
impl<const N: usize> TensorAxes for ([isize; N], [isize; N]) {
    fn pairs(&self, _: [usize; 2]) -> Result<[Vec<isize>; 2]> {
        Ok([self.0.to_vec(), self.1.to_vec()])
    }
}

/// The sums of products over any pairs of axes: the result has the other axes of `a`, then those of `b`.
///
/// `axes` is how many of the last axes of `a` meet the first of `b`, or an array of axes for each:
/// `([0, 1], [1, 0])`.
///
/// # Errors
/// When the axes of a pair are not of one length; when an axis is out of bounds or given twice.
///
/// ```
/// use array_core::arange;
/// use ufuncs::tensordot;
///
/// let a = arange(60i64)?.reshape([3, 4, 5])?;
/// let b = arange(24i64)?.reshape([4, 3, 2])?;
/// let c = tensordot(&a, &b, ([1, 0], [0, 1]))?;
/// assert_eq!((c.shape(), c[[0, 0]]), (&[5, 2][..], 4400));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn tensordot<A, B>(a: &Array<A>, b: &Array<B>, axes: impl TensorAxes) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
{
    let [axes_a, axes_b] = axes.pairs([a.ndim(), b.ndim()])?;
    let counted = |axes: &[isize], ndim: usize| -> Result<Vec<usize>> {
        let counted: Vec<usize> = axes.iter().map(|&axis| from_front(axis, ndim)).collect::<Result<_>>()?;
        if (1..counted.len()).any(|i| counted[..i].contains(&counted[i])) {
            return Err(Error::value(format!("tensordot: an axis is given twice in {axes:?}")));
        }
        Ok(counted)
    };
    contracted("tensordot", a, b, &counted(&axes_a, a.ndim())?, &counted(&axes_b, b.ndim())?)
}

/// The sums of products over these axes: as one product of matrices.
pub(super) fn contracted<A, B, C>(
    name: &str,
    a: &Array<A>,
    b: &Array<B>,
    axes_a: &[usize],
    axes_b: &[usize],
) -> Result<Array<C>>
where
    A: Element,
    B: Element,
    C: Factor,
{
    for (&axis_a, &axis_b) in axes_a.iter().zip(axes_b) {
        if a.shape()[axis_a] != b.shape()[axis_b] {
            return Err(mismatch(name, a.shape(), axis_a, b.shape(), axis_b));
        }
    }
    let others =
        |ndim: usize, axes: &[usize]| (0..ndim).filter(|axis| !axes.contains(axis)).collect::<Vec<_>>();
    let (others_a, others_b) = (others(a.ndim(), axes_a), others(b.ndim(), axes_b));
    let order = |first: &[usize], then: &[usize]| {
        first.iter().chain(then).map(|&axis| axis as isize).collect::<Vec<_>>()
    };
    let lengths = |shape: &[usize], axes: &[usize]| axes.iter().map(|&axis| shape[axis]).collect::<Vec<_>>();
    let (shape_a, shape_b) = (lengths(a.shape(), &others_a), lengths(b.shape(), &others_b));
    let (m, n): (usize, usize) = (shape_a.iter().product(), shape_b.iter().product());
    let k: usize = lengths(a.shape(), axes_a).iter().product();
    let left = a.transpose(&order(&others_a, axes_a))?.reshape([m, k])?;
    let right = b.transpose(&order(axes_b, &others_b))?.reshape([k, n])?;
    let result = product::<A, B, C>(Form::default(), name, &left, &right)?;
    result.reshape([shape_a, shape_b].concat())
}
