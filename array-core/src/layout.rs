//! Shapes and strides: sizes that fit an address, orders, broadcasting, axes.

use smallvec::SmallVec;

use crate::{Element, Error, Result, error};

/// A few numbers, one per axis, without an allocation for the ranks that people use.
pub(crate) type PerAxis<N> = SmallVec<[N; 6]>;

/// The order in which a contiguous array's elements follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// The last index varies fastest: NumPy's `"C"`.
    #[default]
    RowMajor,
    /// The first index varies fastest: NumPy's `"F"`.
    ColumnMajor,
}

impl Order {
    /// The strides, in elements, of a contiguous array in this order. Of a shape with more elements than can be
    /// counted they mean nothing; who asks for its memory gets an error.
    pub fn strides(self, shape: &[usize]) -> PerAxis<isize> {
        let mut strides = PerAxis::from_elem(0, shape.len());
        let mut next = 1isize;
        let mut assign = |axis: usize| {
            strides[axis] = next;
            next = next.wrapping_mul(shape[axis].max(1) as isize);
        };
        match self {
            Order::RowMajor => (0..shape.len()).rev().for_each(&mut assign),
            Order::ColumnMajor => (0..shape.len()).for_each(&mut assign),
        }
        strides
    }
}

/// The strides of a contiguous array that keeps these arrays' axes in the order in which they lie in memory: NumPy's
/// order `K`. Each is given by its strides, of which those of axes that it repeats are zero and have no say; where they
/// disagree, or none has a say, an axis stays outside of those after it.
pub(crate) fn strides_like(shape: &[usize], arrays: &[&[isize]]) -> PerAxis<isize> {
    if shape.len() < 2 {
        return Order::RowMajor.strides(shape);
    }
    // From the innermost axis outwards, each put as far inside as it goes.
    let mut inwards: PerAxis<usize> = PerAxis::new();
    for axis in (0..shape.len()).rev() {
        let mut place = inwards.len();
        for (at, &inner) in inwards.iter().enumerate().rev() {
            let both =
                arrays.iter().map(|strides| [strides[axis].unsigned_abs(), strides[inner].unsigned_abs()]);
            let mut goes_inside =
                both.filter(|pair| !pair.contains(&0)).map(|[own, other]| own < other).peekable();
            if goes_inside.peek().is_some() {
                if !goes_inside.all(|inside| inside) {
                    break;
                }
                place = at;
            }
        }
        inwards.insert(place, axis);
    }
    in_order(shape, inwards.iter().copied())
}

/// The strides of a new array with one array's shape, in its memory order: NumPy's `zeros_like` with order `K`. Axes that
/// it repeats come innermost.
pub(crate) fn strides_of_copy(shape: &[usize], strides: &[isize]) -> PerAxis<isize> {
    let mut axes: PerAxis<usize> = (0..shape.len()).collect();
    axes.sort_by_key(|&axis| std::cmp::Reverse(strides[axis].unsigned_abs()));
    in_order(shape, axes.iter().rev().copied())
}

/// The strides of a contiguous array whose axes follow one another in this order, the innermost first.
fn in_order(shape: &[usize], inwards: impl Iterator<Item = usize>) -> PerAxis<isize> {
    let mut strides = PerAxis::from_elem(0, shape.len());
    let mut next = 1isize;
    for axis in inwards {
        strides[axis] = next;
        next = next.wrapping_mul(shape[axis].max(1) as isize);
    }
    strides
}

/// How many elements a shape has.
///
/// # Errors
/// When the lengths that are not zero multiply to more than an address can count.
pub(crate) fn element_count(shape: &[usize]) -> Result<usize> {
    shape
        .iter()
        .try_fold(1usize, |product, &n| product.checked_mul(n.max(1)))
        .filter(|&product| product <= isize::MAX as usize)
        .map(|product| if shape.contains(&0) { 0 } else { product })
        .ok_or_else(|| Error::size(format!("an array of shape {}", error::Shape(shape))))
}

/// How many bytes an array of `T` of this shape takes.
///
/// # Errors
/// When that is more than an address can count.
pub(crate) fn byte_size<T: Element>(shape: &[usize]) -> Result<usize> {
    // Lengths of zero do not count: parts of an array of nothing have strides, which must be counted too.
    let count = element_count(shape)?;
    let strides: usize = shape.iter().map(|&n| n.max(1)).product();
    strides
        .checked_mul(size_of::<T>())
        .filter(|&bytes| bytes <= isize::MAX as usize)
        .map(|_| count * size_of::<T>())
        .ok_or_else(|| Error::size(format!("an array of {} {}", error::Shape(shape), T::DTYPE)))
}

/// Whether two shapes, or two arrays' strides, are equal. Of so few numbers a loop is faster than the call
/// of a comparison of memory, and small arrays feel it.
#[inline]
pub(crate) fn same<N: PartialEq>(a: &[N], b: &[N]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b)
}

/// The shape that all of these broadcast to, by NumPy's rule.
///
/// ```
/// # use array_core::broadcast_shapes;
/// assert_eq!(broadcast_shapes(&[&[2, 1], &[3]])?[..], [2, 3]);
/// assert!(broadcast_shapes(&[&[2], &[3]]).is_err());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When they do not; the error names them all.
pub fn broadcast_shapes(shapes: &[&[usize]]) -> Result<PerAxis<usize>> {
    if let [first, rest @ ..] = shapes
        && rest.iter().all(|shape| same(shape, first))
    {
        return Ok(PerAxis::from_slice(first));
    }
    let ndim = shapes.iter().map(|shape| shape.len()).max().unwrap_or(0);
    let mut result = PerAxis::from_elem(1, ndim);
    for shape in shapes {
        for (to, &n) in result[ndim - shape.len()..].iter_mut().zip(*shape) {
            match (*to, n) {
                (a, b) if a == b => {}
                (1, b) => *to = b,
                (_, 1) => {}
                _ => return Err(Error::broadcast(shapes)),
            }
        }
    }
    element_count(&result)?;
    Ok(result)
}

/// The axis counted from the front, where a negative one counts from the back.
///
/// # Errors
/// When the array has no such axis.
pub(crate) fn normalise_axis(axis: isize, ndim: usize) -> Result<usize> {
    let counted = if axis < 0 { axis.checked_add_unsigned(ndim) } else { Some(axis) };
    counted
        .and_then(|axis| usize::try_from(axis).ok())
        .filter(|&axis| axis < ndim)
        .ok_or_else(|| Error::axis(axis, ndim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_of_both_orders() {
        assert_eq!(Order::RowMajor.strides(&[2, 3, 4]).as_slice(), [12, 4, 1]);
        assert_eq!(Order::ColumnMajor.strides(&[2, 3, 4]).as_slice(), [1, 2, 6]);
        assert_eq!(Order::RowMajor.strides(&[]).len(), 0);
        assert_eq!(Order::RowMajor.strides(&[usize::MAX, usize::MAX, 3]).len(), 3);
    }

    #[test]
    fn shapes_broadcast_as_in_numpy() {
        assert_eq!(broadcast_shapes(&[&[3, 1], &[4]]).unwrap().as_slice(), [3, 4]);
        assert_eq!(broadcast_shapes(&[&[], &[0, 5]]).unwrap().as_slice(), [0, 5]);
        assert_eq!(broadcast_shapes(&[&[1], &[0]]).unwrap().as_slice(), [0]);
        let error = broadcast_shapes(&[&[2, 3], &[4]]).unwrap_err();
        assert!(error.is_shape());
        assert!(error.to_string().contains("(2, 3) (4,)"), "{error}");
    }

    #[test]
    fn sizes_that_overflow_are_errors() {
        assert!(element_count(&[usize::MAX, 2]).unwrap_err().is_memory());
        assert!(element_count(&[0, usize::MAX, 2]).is_err(), "as ndarray, which refuses it too");
        assert!(byte_size::<f64>(&[1 << 61]).is_err());
        assert_eq!(byte_size::<f64>(&[0, 7]).unwrap(), 0);
    }

    #[test]
    fn axes_count_from_either_end() {
        assert_eq!(normalise_axis(-1, 3).unwrap(), 2);
        assert!(normalise_axis(3, 3).unwrap_err().is_index());
        assert!(normalise_axis(isize::MIN, 3).is_err());
    }
}
