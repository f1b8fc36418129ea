//! How an array is cut into parts: along an axis one by one or several at a time, or into lanes.

use crate::layout::{self, PerAxis};
use crate::{Error, Result};

/// Parts that are alike but for where they begin, and that the last one may be shorter.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// The axes along which the parts lie, in row-major order: lengths and strides.
    outer: PerAxis<(usize, isize)>,
    shape: PerAxis<usize>,
    strides: PerAxis<isize>,
    /// The last part's length along an axis, if it is shorter than the others.
    last: Option<(usize, usize)>,
}

impl Cut {
    /// One part for each position along an axis, which has all other axes.
    pub(super) fn along(shape: &[usize], strides: &[isize], axis: isize) -> Result<Self> {
        let axis = layout::normalise_axis(axis, shape.len())?;
        let outer = PerAxis::from_elem((shape[axis], strides[axis]), 1);
        let (mut shape, mut strides) = (PerAxis::from_slice(shape), PerAxis::from_slice(strides));
        shape.remove(axis);
        strides.remove(axis);
        Ok(Cut { outer, shape, strides, last: None })
    }

    /// The vectors along an axis, one for each position on all other axes.
    pub(super) fn lanes(shape: &[usize], strides: &[isize], axis: isize) -> Result<Self> {
        let axis = layout::normalise_axis(axis, shape.len())?;
        let mut outer: PerAxis<(usize, isize)> = shape.iter().copied().zip(strides.iter().copied()).collect();
        let (n, stride) = outer.remove(axis);
        let (shape, strides) = (PerAxis::from_elem(n, 1), PerAxis::from_elem(stride, 1));
        Ok(Cut { outer, shape, strides, last: None })
    }

    /// Parts of `size` positions along an axis, the last one of as many as remain.
    pub(super) fn chunks(shape: &[usize], strides: &[isize], axis: isize, size: usize) -> Result<Self> {
        let axis = layout::normalise_axis(axis, shape.len())?;
        if size == 0 {
            return Err(Error::value("chunks of size 0: a chunk has one position at least"));
        }
        let (n, stride) = (shape[axis], strides[axis]);
        let size = size.min(n.max(1));
        let outer = PerAxis::from_elem((n.div_ceil(size), stride * size as isize), 1);
        let (mut shape, strides) = (PerAxis::from_slice(shape), PerAxis::from_slice(strides));
        shape[axis] = size;
        let last = (n % size != 0).then_some((axis, n % size));
        Ok(Cut { outer, shape, strides, last })
    }

    /// How many parts there are.
    pub(super) fn count(&self) -> usize {
        self.outer.iter().map(|&(n, _)| n).product()
    }

    /// The offset of part `i`'s first element, its shape and its strides.
    pub(super) fn part(&self, i: usize) -> (isize, PerAxis<usize>, &[isize]) {
        let (mut offset, mut rest) = (0, i);
        for &(n, stride) in self.outer.iter().rev() {
            offset += (rest % n) as isize * stride;
            rest /= n;
        }
        let mut shape = self.shape.clone();
        if let Some((axis, n)) = self.last
            && i + 1 == self.count()
        {
            shape[axis] = n;
        }
        (offset, shape, &self.strides)
    }
}
