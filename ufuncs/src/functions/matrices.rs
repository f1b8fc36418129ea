//! Products and sums of vectors and matrices that are made of other functions.

use array_core::engine::call;
use array_core::engine::kernel::Binary;
use array_core::operators::kernels::{Multiply, Subtract};
use array_core::{Array, Element, Error, Promote, Result, diagonal, moveaxis, s, stack};

use super::products::{Common, product};
use crate::functions::sum;
use crate::linear::number::Factor;
use crate::linear::plan::{Form, mismatch, shape_text};
use crate::reduce::reduction::{Reduced, Reduction};
use crate::reduce::sums::Sum;

/// The sum of a diagonal of a matrix, which lies along two axes: the `offset`th, above the main one if positive. Of more axes,
/// the sums of all matrices.
///
/// # Errors
/// When an axis is out of bounds, or both are one.
///
/// ```
/// use array_core::array;
/// use ufuncs::trace;
///
/// let a = array![[1i64, 2], [3, 4]];
/// assert_eq!(trace(&a, 0, 0, 1)?.item()?, 5);
/// assert_eq!(trace(&a, 1, 0, 1)?.item()?, 2);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn trace<T>(a: &Array<T>, offset: isize, axis1: isize, axis2: isize) -> Result<Array<Reduced<Sum, T>>>
where
    T: Element,
    Sum: Reduction<T>,
{
    sum(&diagonal(a, offset, axis1, axis2)?, -1)
}

/// The sum of the products of all elements, in row-major order, the first operand's conjugated.
///
/// # Errors
/// When the operands do not have as many elements.
///
/// ```
/// use array_core::{array, complex128};
/// use ufuncs::vdot;
///
/// let z = array![complex128::new(3.0, 4.0)];
/// assert_eq!(vdot(&z, &z)?.item()?, complex128::new(25.0, 0.0));
/// assert_eq!(vdot(&array![[1i64, 2], [3, 4]], &array![1i64, 0, 0, 1])?.item()?, 5);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn vdot<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Factor,
{
    let (a, b) = (a.reshape([a.len()])?, b.reshape([b.len()])?);
    if a.len() != b.len() {
        return Err(mismatch("vdot", a.shape(), 0, b.shape(), 0));
    }
    product(Form { row: true, column: true, conjugate: true }, "vdot", &a, &b)
}

/// Kronecker's product: each element of `a` times the whole of `b`, in blocks. Axes that one operand has fewer are added in
/// front.
///
/// # Errors
/// When there is no memory for it.
///
/// ```
/// use array_core::array;
/// use ufuncs::kron;
///
/// assert_eq!(kron(&array![1, 10], &array![5, 6, 7])?, array![5, 6, 7, 50, 60, 70]);
/// assert_eq!(kron(&array![[1, 0], [0, 1]], &array![[1, 2]])?, array![[1, 2, 0, 0], [0, 0, 1, 2]]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn kron<A, B>(a: &Array<A>, b: &Array<B>) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
{
    let ndim = a.ndim().max(b.ndim());
    let lengths = |shape: &[usize]| [vec![1; ndim - shape.len()], shape.to_vec()].concat();
    let (lengths_a, lengths_b) = (lengths(a.shape()), lengths(b.shape()));
    let spread_a: Vec<usize> = lengths_a.iter().flat_map(|&n| [n, 1]).collect();
    let spread_b: Vec<usize> = lengths_b.iter().flat_map(|&n| [1, n]).collect();
    let blocks = call::binary::<Multiply, _>((&a.reshape(spread_a)?, &b.reshape(spread_b)?))?;
    let shape: Vec<usize> = lengths_a.iter().zip(lengths_b).map(|(m, n)| m * n).collect();
    blocks.reshape(shape)
}

/// The cross products of vectors of three elements, which lie along an axis of both operands, and then of the result; the
/// other axes broadcast.
///
/// # Errors
/// When the axis is out of bounds or not of length 3, or the others do not broadcast together. (NumPy still takes vectors of
/// two elements, and warns: their product is `x1 * y2 - y1 * x2`.)
///
/// ```
/// use array_core::array;
/// use ufuncs::cross;
///
/// assert_eq!(cross(&array![1, 2, 3], &array![4, 5, 6], -1)?, array![-3, 6, -3]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn cross<A, B>(a: &Array<A>, b: &Array<B>, axis: isize) -> Result<Array<Common<A, B>>>
where
    A: Promote<B>,
    B: Element,
    Common<A, B>: Promote<Common<A, B>, Output = Common<A, B>>,
    Multiply: Binary<Common<A, B>, Output = Common<A, B>>,
    Subtract: Binary<Common<A, B>, Output = Common<A, B>>,
{
    let (a, b) = (moveaxis(a, axis, -1)?, moveaxis(b, axis, -1)?);
    if a.shape().last() != Some(&3) || b.shape().last() != Some(&3) {
        return Err(Error::shape(format!(
            "cross needs vectors of 3 elements along axis {axis}: with it as the last one, shapes are {} and {}",
            shape_text(a.shape()),
            shape_text(b.shape())
        )));
    }
    let times =
        |i: isize, j: isize| call::binary::<Multiply, _>((&a.slice(s![..., i])?, &b.slice(s![..., j])?));
    let part = |i, j| call::binary::<Subtract, _>((times(i, j)?, times(j, i)?));
    moveaxis(&stack(&[part(1, 2)?, part(2, 0)?, part(0, 1)?], -1)?, -1, axis)
}
