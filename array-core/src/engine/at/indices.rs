//! The indices of an application in place: found to be within the array before anything is written.

use super::super::isa::Isa;
use super::super::shells::{self, Body};
use crate::layout;
use crate::{Array, Error, IntoIndices, Result};

mod sealed {
    /// What is written through indices without another check must have been found by this file.
    pub trait Sealed {}
}

/// Positions along the first axis of an array, or a tuple of positions along the first two or three,
/// of shapes that broadcast together. Negative ones count from the back. Sealed.
pub trait Indices: sealed::Sealed {
    /// Where they are in an array of this shape and these strides, all within it.
    #[doc(hidden)]
    fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved>;
}

/// Indices that are found to be within an array.
#[derive(Debug)]
pub struct Resolved {
    /// In row-major order; negative ones count from the back.
    pub(super) indices: Array<i64>,
    /// How many elements an index of one is.
    pub(super) stride: isize,
    /// From where negative ones count.
    pub(super) length: isize,
    /// How many of the array's axes they are for.
    pub(super) axes: usize,
}

impl<I: IntoIndices> sealed::Sealed for I {}
impl<I: IntoIndices> Indices for I {
    fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved> {
        if shape.is_empty() {
            return Err(too_many(1, shape));
        }
        let indices = checked(self.into_indices()?, shape[0], 0)?;
        Ok(Resolved { indices, stride: strides[0], length: shape[0] as isize, axes: 1 })
    }
}

macro_rules! tuples_of_indices {
    ($($count:literal: $($name:ident $axis:tt),*;)*) => {$(
        impl<$($name: IntoIndices),*> sealed::Sealed for ($($name,)*) {}
        impl<$($name: IntoIndices),*> Indices for ($($name,)*) {
            fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved> {
                if shape.len() < $count {
                    return Err(too_many($count, shape));
                }
                let indices = ($(self.$axis.into_indices()?,)*);
                let common = layout::broadcast_shapes(&[$(indices.$axis.shape()),*])?;
                let mut offsets = crate::zeros::<i64>(&common[..])?;
                $(
                    let along = checked(indices.$axis, shape[$axis], $axis)?.broadcast_to(&common[..])?;
                    for (offset, &index) in offsets.as_slice_mut().iter_mut().zip(along.view()) {
                        *offset += (position(index, shape[$axis] as isize) * strides[$axis]) as i64;
                    }
                )*
                Ok(Resolved { indices: offsets, stride: 1, length: 0, axes: $count })
            }
        }
    )*};
}
tuples_of_indices! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
}

#[cold]
fn too_many(count: usize, shape: &[usize]) -> Error {
    Error::index(format!(
        "too many indices: {count} for an array of {} dimension(s) (shape {})",
        shape.len(),
        crate::error::Shape(shape)
    ))
}

/// The indices, contiguous, if all are within an axis of this length.
fn checked(indices: Array<i64>, length: usize, axis: usize) -> Result<Array<i64>> {
    let indices = indices.try_contiguous()?;
    let mut is_outside = false;
    let flag = std::ptr::from_mut(&mut is_outside).cast();
    // SAFETY: a contiguous array of that many indices, and a byte.
    unsafe {
        let check = shells::select::<CheckBody, 2>();
        check(
            [indices.as_ptr().cast_mut().cast(), flag],
            &[[length as isize, 0], [8, 0]],
            [1, indices.len()],
        );
    }
    if is_outside {
        let n = length as i64;
        let outside = indices.view().iter().copied().find(|index| !(-n..n).contains(index));
        return Err(Error::index(format!(
            "index {} is out of bounds for axis {axis}, which has {length} element(s)",
            outside.unwrap_or_default()
        )));
    }
    Ok(indices)
}

/// Says whether any index is out of bounds: operands are the indices and a byte; in place of the
/// strides along the outer axis it is given the length of the axis.
struct CheckBody;

impl Body<2> for CheckBody {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 2], strides: &[[isize; 2]; 2], lengths: [usize; 2]) {
        let length = strides[0][0] as u64;
        // SAFETY: so many indices, contiguous, and a byte.
        unsafe {
            let indices = std::slice::from_raw_parts(pointers[0].cast::<i64>(), lengths[1]);
            let outside = |&index: &i64| (index as u64).wrapping_add(length) >= 2 * length;
            let any = indices.iter().fold(false, |any, index| any | outside(index));
            pointers[1].cast::<bool>().write(any);
        }
    }
}

/// An index counted from the front.
#[inline(always)]
pub(super) fn position(index: i64, length: isize) -> isize {
    index as isize + (length & (index >> 63) as isize)
}
