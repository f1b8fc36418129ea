//! Copies of elements: to another order, another dtype, another array.

use std::any::Any;
use std::mem::MaybeUninit;

use crate::engine::function::{Argument, Function};
use crate::error::or_panic;
use crate::layout::Order;
use crate::{Array, Element, Result, fallible, layout};

/// A copy of the elements in a buffer of its own.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn to_order<T: Element>(array: &Array<T>, order: Order) -> Result<Array<T>> {
    if order == Order::RowMajor {
        if let Some(elements) = array.as_slice()
            && size_of_val(elements) <= LITTLE
        {
            let fill = |out: &mut [MaybeUninit<T>]| {
                for (to, &element) in out.iter_mut().zip(elements) {
                    to.write(element);
                }
            };
            // SAFETY: there are as many elements.
            return unsafe { Array::build(array.shape(), order, fill) };
        }
        if let (&[rows, columns], &[down, across]) = (array.shape(), array.strides())
            && array.len() <= FEW
        {
            return few(array, [(rows, down), (columns, across)]);
        }
    }
    let mut copy = Array::uninit(array.shape(), &order.strides(array.shape()))?;
    write(array, &mut copy);
    Ok(copy)
}

/// A copy of an array of ndarray's, in row-major order.
///
/// # Errors
/// When there is no memory for it.
pub(crate) fn of_view<T: Element, D: ndarray::Dimension>(view: &ndarray::ArrayRef<T, D>) -> Result<Array<T>> {
    let copy = Array::uninit(view.shape(), &Order::RowMajor.strides(view.shape()))?;
    let function = Function::conversion(T::DTYPE, T::DTYPE);
    // SAFETY: both are alive; `copy` is fresh, so that it shares no byte with the view.
    unsafe { function.apply(&[Argument::of_view(view), Argument::new(&copy)]) };
    Ok(copy)
}

/// The elements in row-major order, in memory that a vector asked for.
///
/// # Errors
/// When there is no memory for them.
pub(crate) fn to_vec<T: Element>(array: &Array<T>) -> Result<Vec<T>> {
    let mut elements = fallible::with_room(array.len())?;
    if let Some(slice) = array.as_slice() {
        elements.extend_from_slice(slice);
        return Ok(elements);
    }
    elements.resize(array.len(), T::ZERO);
    let mut vector = Array::from_vec(elements);
    vector.reshape_in_place(array.shape());
    write(array, &mut vector);
    vector.try_into_vec()
}

/// Bytes of contiguous elements below which neither threads nor anything else helps.
const LITTLE: usize = 1 << 16;

/// Elements of a matrix below which choosing how to copy them takes longer than copying them.
const FEW: usize = 64;

/// A copy of a small matrix, by the lengths and strides of its axes.
fn few<T: Element>(
    array: &Array<T>,
    [(rows, down), (columns, across)]: [(usize, isize); 2],
) -> Result<Array<T>> {
    let fill = |out: &mut [MaybeUninit<T>]| {
        for i in 0..rows {
            for j in 0..columns {
                // SAFETY: an element of the array's, within its shape.
                let value = unsafe { *array.as_ptr().offset(i as isize * down + j as isize * across) };
                out[i * columns + j].write(value);
            }
        }
    };
    // SAFETY: each row and column is written.
    unsafe { Array::build(array.shape(), Order::RowMajor, fill) }
}

/// Writes `from`, converted and broadcast, to every element of `to`, which must be unique and of a
/// shape that `from` broadcasts to.
fn write<S: Element, D: Element>(from: &Array<S>, to: &mut Array<D>) {
    // SAFETY: `to` is unique, so that it shares no byte with `from`.
    unsafe { write_arguments(Argument::new(from), Argument::new(to)) };
}

/// Writes `from`, converted and broadcast, to every element of `to`, which is of a shape that `from` broadcasts to.
///
/// # Safety
/// The elements of `to` may be written, and nobody reads them meanwhile.
pub(crate) unsafe fn write_arguments(from: Argument<'_>, to: Argument<'_>) {
    let function = Function::conversion(from.dtype(), to.dtype());
    // SAFETY: both are alive; the rest is this function's contract.
    unsafe { function.apply(&[from, to]) };
}

/// The elements converted to another dtype, in row-major order.
pub(crate) fn converted<S: Element, D: Element>(from: &Array<S>) -> Result<Array<D>> {
    if S::DTYPE == D::DTYPE {
        return Ok(to_order(from, Order::RowMajor)?.same_dtype());
    }
    let mut result = Array::uninit(from.shape(), &Order::RowMajor.strides(from.shape()))?;
    write(from, &mut result);
    Ok(result)
}

/// As [`converted`]; the array itself if it is of that dtype and in that order.
pub(crate) fn as_dtype<S: Element, D: Element>(from: &Array<S>) -> Result<Array<D>> {
    if S::DTYPE == D::DTYPE { Ok(from.try_contiguous()?.same_dtype()) } else { converted(from) }
}

/// One element converted to another dtype.
pub(crate) fn converted_value<S: Element, D: Element>(value: S) -> Result<D> {
    match (&value as &dyn Any).downcast_ref() {
        Some(same) => Ok(*same),
        None => converted(&crate::scalar(value))?.item(),
    }
}

/// The elements converted to another dtype, in the memory order they are in: NumPy's order `K`.
pub(crate) fn converted_in_order<S: Element, D: Element>(from: &Array<S>) -> Result<Array<D>> {
    let strides = layout::strides_of_copy(from.shape(), from.strides());
    let mut result = Array::uninit(from.shape(), &strides)?;
    write(from, &mut result);
    Ok(result)
}

/// Writes `values`, converted and broadcast, to `part` of an array.
///
/// # Safety
/// The part's elements may be written: its array was unique before it was sliced, and stays
/// borrowed mutably. `values` broadcasts to the part's shape.
pub(crate) unsafe fn write_part<S: Element, T: Element>(values: &Array<S>, part: &Array<T>) {
    let function = Function::conversion(S::DTYPE, T::DTYPE);
    // SAFETY: both are alive; as the array was unique, `values` shares no byte with it.
    unsafe { function.apply(&[Argument::new(values), Argument::new(part)]) };
}

impl<T: Element> Array<T> {
    /// The elements converted to another dtype by NumPy's rules: floats are cut off towards zero,
    /// integers wrap, anything but zero is `true`, complex numbers lose their imaginary part. Where NumPy leaves open
    /// what comes of floats that an integer does not hold, it is the nearest one that it does hold, and of `nan` 0.
    ///
    /// The result is contiguous, its axes in memory in the order of this array's (NumPy's order `K`): a copy of a
    /// transposed array is transposed too.
    ///
    /// Every conversion is allowed; [`astype_with`](Self::astype_with) asks first.
    ///
    /// ```
    /// # use array_core::Array;
    /// let a = Array::from_vec(vec![-1.7, 0.0, 2.5]);
    /// assert_eq!(a.astype::<i32>().to_vec(), [-1, 0, 2]);
    /// assert_eq!(a.astype::<bool>().to_vec(), [true, false, true]);
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn astype<D: Element>(&self) -> Array<D> {
        or_panic(converted_in_order(self))
    }
}

#[cfg(test)]
mod tests {
    use crate::{flip, from_fn, s};

    #[test]
    fn matrices_of_any_size_and_layout_are_copied() {
        for (rows, columns) in [(0, 3), (3, 0), (1, 1), (3, 3), (2, 32), (8, 8), (8, 9), (40, 50)] {
            let a = from_fn([rows, columns], |i| (100 * i[0] + i[1]) as i64).unwrap();
            for a in
                [a.t(), flip(&a, ..).unwrap(), a.slice(s![..;2, ..;-1]).unwrap(), flip(&a.t(), 0).unwrap()]
            {
                let copy = a.copy();
                assert!(copy.is_contiguous() && copy.shape() == a.shape());
                assert!(a.is_empty() || copy.address() != a.address());
                assert!(copy.view().iter().eq(a.view().iter()), "{rows} by {columns}");
            }
        }
    }
}
