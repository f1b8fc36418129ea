//! The loop nest: turns operands of any layout into few, long inner loops.
//!
//! Axes of length one are dropped; the rest are sorted so that the output is walked through in
//! memory order; neighbours that every operand steps through evenly are merged into one. What
//! remains for most arrays is one axis. The two innermost go to the kernel's loop in one call.
//!
//! If an operand moves fastest along an axis that is not the inner one (`a + a.T`), that axis becomes the
//! other of the two: so `blocks` can walk through rectangles of whole cache lines in both directions.

use std::ops::ControlFlow;

use smallvec::SmallVec;

use super::shells::Loop;
use crate::layout::PerAxis;

/// One operand: where it begins and how it steps, in bytes, along each axis of the common shape.
#[derive(Clone, Debug)]
pub(crate) struct Operand {
    /// The address of the first element.
    pub(crate) pointer: *mut u8,
    /// Bytes from one element to the next along each axis; zero where it is broadcast.
    pub(crate) strides: PerAxis<isize>,
}

/// One axis of a nest: its length, and each operand's step along it in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis<const N: usize> {
    pub(crate) length: usize,
    pub(crate) strides: [isize; N],
}

/// What remains of `N` operands' layouts: the axes to loop over, outermost first.
#[derive(Clone, Debug)]
pub(crate) struct Nest<const N: usize> {
    pointers: [*mut u8; N],
    axes: SmallVec<[Axis<N>; 4]>,
}

// SAFETY: a nest is addresses and numbers. It is only sent between threads by `parallel`, which
// hands each thread parts of the operands that do not overlap in what they write.
unsafe impl<const N: usize> Send for Nest<N> {}
// SAFETY: as above.
unsafe impl<const N: usize> Sync for Nest<N> {}

impl<const N: usize> Nest<N> {
    /// The nest over `shape` of these operands, the last of which is the output. `None` if there
    /// is nothing to do.
    pub(crate) fn new(shape: &[usize], operands: &[Operand; N]) -> Option<Self> {
        let pointers = std::array::from_fn(|k| operands[k].pointer);
        let mut axes = SmallVec::new();
        for (axis, &length) in shape.iter().enumerate() {
            match length {
                0 => return None,
                1 => {}
                _ => axes.push(Axis { length, strides: std::array::from_fn(|k| operands[k].strides[axis]) }),
            }
        }
        if axes.len() > 1 {
            // Stable, by what the output does first: row-major arrays stay as they are.
            axes.sort_by(|a, b| {
                let key = |axis: &Axis<N>| axis.strides.map(isize::unsigned_abs);
                let (a, b) = (key(a), key(b));
                b.iter().rev().cmp(a.iter().rev())
            });
            merge(&mut axes);
            bring_opposing_axis(&mut axes);
        }
        Some(Nest { pointers, axes })
    }

    /// The nest over operands that all lie in memory in the same order, without gaps: one axis of
    /// `length` elements, at these strides in bytes.
    pub(crate) fn flat(length: usize, pointers: [*mut u8; N], strides: [isize; N]) -> Option<Self> {
        let axes = SmallVec::from_slice(&[Axis { length, strides }]);
        (length > 0).then_some(Nest { pointers, axes })
    }

    /// Whether there is but one element.
    pub(crate) fn is_single(&self) -> bool {
        self.axes.is_empty()
    }

    /// Where the operands begin.
    pub(crate) fn pointers(&self) -> &[*mut u8; N] {
        &self.pointers
    }

    /// The two axes that loops are given: outer, inner.
    #[inline]
    pub(crate) fn innermost(&self) -> [Axis<N>; 2] {
        let unit = Axis { length: 1, strides: [0; N] };
        match &*self.axes {
            [] => [unit, unit],
            [inner] => [unit, *inner],
            [.., outer, inner] => [*outer, *inner],
        }
    }

    /// How many elements the output has.
    pub(crate) fn element_count(&self) -> usize {
        self.axes.iter().map(|axis| axis.length).product()
    }

    /// About equal parts of the nest, at most `parts` of them, which together are the whole.
    pub(crate) fn split(&self, parts: usize) -> Vec<Self> {
        // The longest axis: the outermost of several, so that parts stay far apart in memory.
        let longest = (0..self.axes.len()).rev().max_by_key(|&i| self.axes[i].length);
        let Some(longest) = longest else { return vec![self.clone()] };
        let length = self.axes[longest].length;
        // Whole cache lines of the smallest element to a part, so that no two threads share one.
        let step = length.div_ceil(parts).next_multiple_of(64);
        (0..length)
            .step_by(step)
            .map(|start| {
                let mut part = self.clone();
                part.axes[longest].length = step.min(length - start);
                part.advance(longest, start);
                part
            })
            .collect()
    }

    fn advance(&mut self, axis: usize, count: usize) {
        let strides = self.axes[axis].strides;
        for (pointer, stride) in self.pointers.iter_mut().zip(strides) {
            *pointer = pointer.wrapping_offset(stride * count as isize);
        }
    }

    /// Runs the loop over all elements.
    ///
    /// # Safety
    /// The operands given to `new` keep the contract of [`Loop`] over the whole shape.
    pub(crate) unsafe fn run(&self, run: Loop<N>) {
        // SAFETY: `for_each_call` hands out parts of the nest, each once.
        let _ = self.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
            // SAFETY: by this function's contract.
            unsafe { run(pointers, strides, lengths) };
            ControlFlow::Continue(())
        });
    }

    /// Calls `body` with two axes at a time (outer, inner) until it breaks.
    pub(crate) fn for_each_call<B>(
        &self,
        mut body: impl FnMut([*mut u8; N], &[[isize; N]; 2], [usize; 2]) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let [outer, inner] = self.innermost();
        let outer_axes = &self.axes[..self.axes.len().saturating_sub(2)];
        let (strides, lengths) = ([outer.strides, inner.strides], [outer.length, inner.length]);
        if outer_axes.is_empty() {
            return body(self.pointers, &strides, lengths);
        }
        let mut index = PerAxis::from_elem(0usize, outer_axes.len());
        let mut pointers = self.pointers;
        loop {
            body(pointers, &strides, lengths)?;
            // The next index, like an odometer.
            let mut axis = outer_axes.len();
            loop {
                if axis == 0 {
                    return ControlFlow::Continue(());
                }
                axis -= 1;
                let Axis { length, strides } = outer_axes[axis];
                index[axis] += 1;
                let back = if index[axis] == length { length as isize - 1 } else { -1 };
                for (pointer, stride) in pointers.iter_mut().zip(strides) {
                    *pointer = pointer.wrapping_offset(-stride * back);
                }
                if index[axis] < length {
                    break;
                }
                index[axis] = 0;
            }
        }
    }
}

/// Merges neighbouring axes that every operand steps through as if they were one.
fn merge<const N: usize>(axes: &mut SmallVec<[Axis<N>; 4]>) {
    let mut kept = 0;
    for next in 1..axes.len() {
        let (outer, inner) = (axes[kept], axes[next]);
        if (0..N).all(|k| outer.strides[k] == inner.strides[k] * inner.length as isize) {
            axes[kept] = Axis { length: outer.length * inner.length, strides: inner.strides };
        } else {
            kept += 1;
            axes[kept] = inner;
        }
    }
    axes.truncate(kept + 1);
}

/// Makes the axis along which an input has its smallest step, if that is not the inner one, the next to it.
fn bring_opposing_axis<const N: usize>(axes: &mut SmallVec<[Axis<N>; 4]>) {
    let Some(inner) = axes.len().checked_sub(1) else { return };
    for k in 0..N {
        let step = |i: usize| axes[i].strides[k].unsigned_abs();
        let nearest = (0..inner).filter(|&i| step(i) != 0).min_by_key(|&i| step(i));
        if let Some(nearest) = nearest.filter(|&i| step(i) < step(inner)) {
            axes[nearest..inner].rotate_left(1);
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operand(strides: &[isize]) -> Operand {
        Operand { pointer: std::ptr::null_mut(), strides: strides.into() }
    }

    fn axes(shape: &[usize], strides: [&[isize]; 2]) -> Vec<(usize, [isize; 2])> {
        let nest = Nest::new(shape, &strides.map(operand)).unwrap();
        nest.axes.iter().map(|axis| (axis.length, axis.strides)).collect()
    }

    #[test]
    fn contiguous_operands_become_one_axis() {
        assert_eq!(axes(&[2, 3, 4], [&[96, 32, 8], &[96, 32, 8]]), [(24, [8, 8])]);
        assert_eq!(axes(&[2, 3, 4], [&[8, 16, 48], &[8, 16, 48]]), [(24, [8, 8])], "column-major");
        assert_eq!(axes(&[1, 5, 1], [&[7, 8, 7], &[7, 8, 7]]), [(5, [8, 8])]);
        assert_eq!(axes(&[], [&[], &[]]), []);
    }

    #[test]
    fn broadcasting_keeps_the_axes_it_needs() {
        assert_eq!(axes(&[4, 3], [&[0, 8], &[24, 8]]), [(4, [0, 24]), (3, [8, 8])]);
        assert_eq!(axes(&[4, 3], [&[0, 0], &[24, 8]]), [(12, [0, 8])]);
    }

    #[test]
    fn an_axis_along_which_an_input_moves_fastest_comes_next_to_the_inner_one() {
        assert_eq!(
            axes(&[5, 4, 3], [&[8, 40, 160], &[96, 24, 8]]),
            [(4, [40, 24]), (5, [8, 96]), (3, [160, 8])]
        );
    }

    #[test]
    fn empty_shapes_have_no_nest() {
        assert!(Nest::new(&[3, 0], &[operand(&[0, 0]), operand(&[0, 0])]).is_none());
    }

    /// Every call of a nest, one element at a time, must be the naive loop over the index.
    #[test]
    fn every_element_is_visited_once_whatever_the_layout() {
        let shapes: [&[usize]; 6] = [&[], &[7], &[3, 1, 5], &[40, 50], &[2, 3, 4, 5], &[70, 2, 33]];
        for shape in shapes {
            let rowwise: Vec<isize> =
                (0..shape.len()).map(|i| shape[i + 1..].iter().product::<usize>() as isize).collect();
            let colwise: Vec<isize> =
                (0..shape.len()).map(|i| -(shape[..i].iter().product::<usize>() as isize) * 100).collect();
            let nest = Nest::new(shape, &[operand(&colwise), operand(&rowwise)]).unwrap();
            let mut expected: Vec<(isize, isize)> = (0..shape.iter().product::<usize>())
                .map(|flat| {
                    let mut rest = flat;
                    let mut at = (0, flat as isize);
                    for axis in (0..shape.len()).rev() {
                        at.0 += colwise[axis] * (rest % shape[axis]) as isize;
                        rest /= shape[axis];
                    }
                    at
                })
                .collect();
            expected.sort_unstable();
            for parts in [1, 2, 3, 7] {
                let mut found = Vec::new();
                for part in nest.split(parts) {
                    let _ = part.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
                        for i in 0..lengths[0] as isize {
                            for j in 0..lengths[1] as isize {
                                let at =
                                    |k: usize| pointers[k] as isize + strides[0][k] * i + strides[1][k] * j;
                                found.push((at(0), at(1)));
                            }
                        }
                        ControlFlow::Continue(())
                    });
                }
                found.sort_unstable();
                assert_eq!(found, expected, "shape {shape:?} in {parts} parts");
            }
        }
    }
}
