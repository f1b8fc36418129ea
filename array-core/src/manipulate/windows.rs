//! Windows that slide over an array, as a view.

use crate::axes::{self, IntoAxes};
use crate::create::IntoShape;
use crate::layout::{self, PerAxis};
use crate::{Array, Element, Error, Result};

/// All windows of a shape, one at each position where it fits: a view with the window's axes behind
/// the array's. Over `..` the window has a length for each axis.
///
/// ```
/// # use array_core::{arange, sliding_window_view};
/// let windows = sliding_window_view(&arange(5)?, 3, 0)?;
/// assert_eq!(windows.shape(), [3, 3]);
/// assert_eq!(windows.to_vec(), [0, 1, 2, 1, 2, 3, 2, 3, 4]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are not as many lengths as axes, a window is longer than the array, or there are more elements in
/// all windows than an address can count.
pub fn sliding_window_view<T: Element>(
    a: &Array<T>,
    window: impl IntoShape,
    axes: impl IntoAxes,
) -> Result<Array<T>> {
    let axes: PerAxis<usize> = axes::normalise(axes, a.ndim())?.unwrap_or_else(|| (0..a.ndim()).collect());
    window.with_shape(|window| {
        if window.len() != axes.len() {
            return Err(Error::value(format!(
                "a window needs a length for each axis it slides along: {} length(s) for {} axes",
                window.len(),
                axes.len()
            )));
        }
        let (mut shape, mut strides) = (a.shape().to_vec(), a.strides().to_vec());
        for (&axis, &length) in axes.iter().zip(window) {
            let room = shape[axis].checked_sub(length).ok_or_else(|| {
                Error::value(format!(
                    "a window of length {length} is longer than axis {axis}, which has {}",
                    a.shape()[axis]
                ))
            })?;
            shape[axis] = room + 1;
            shape.push(length);
            strides.push(a.strides()[axis]);
        }
        // Of an array that repeats elements there may be more windows than can be counted.
        layout::element_count(&shape)?;
        // SAFETY: along an axis, position plus place in the window is less than the array's length;
        // where there is no window or no place in it, no element is reached.
        Ok(unsafe { Array::from_raw_parts(a.buffer().clone(), a.as_ptr(), &shape, &strides) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arange;

    #[test]
    fn writing_to_a_window_copies() {
        let a = arange(5).unwrap();
        let mut windows = sliding_window_view(&a, 2, 0).unwrap();
        assert_eq!(windows.address(), a.address());
        drop(a);
        // Nobody else holds the memory, but windows share elements.
        windows.set([0, 1], 9).unwrap();
        assert_eq!(windows.to_vec(), [0, 9, 1, 2, 2, 3, 3, 4]);
    }

    #[test]
    fn windows_must_fit() {
        let a = arange(6).unwrap().reshape([2, 3]).unwrap();
        assert!(sliding_window_view(&a, 4, 1).unwrap_err().is_value());
        assert!(sliding_window_view(&a, [1, 1], 1).unwrap_err().is_value());
        assert_eq!(sliding_window_view(&a, [2, 2], ..).unwrap().to_vec(), [0, 1, 3, 4, 1, 2, 4, 5]);
        assert_eq!(sliding_window_view(&a, 0, 0).unwrap().shape(), [3, 3, 0]);
        // 2³² windows of 2³² elements: counted in 64 bits, none.
        let repeated = crate::scalar(1u8).broadcast_to([(1u64 << 33) as usize - 1]).unwrap();
        assert!(sliding_window_view(&repeated, 1usize << 32, 0).unwrap_err().is_memory());
    }
}
