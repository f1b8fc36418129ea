//! Where the elements of an array are, in row-major order, from either end.

use std::ops::Range;

use crate::layout::PerAxis;

/// The offsets of elements from the first one, in row-major order. Inside a row they are stepped through; where
/// a row begins is computed from its position alone, so that the walk may begin, end and be split anywhere.
#[derive(Clone, Debug)]
pub(super) struct Offsets {
    /// The axes outside the rows, those merged that are one axis in memory: lengths and strides.
    outer: PerAxis<(usize, isize)>,
    /// Length and stride of a row.
    row: usize,
    pub(super) step: isize,
    /// Positions in row-major order that are left.
    left: Range<usize>,
    /// The offset of the next element, and how many its row still has from there; 0 if not known.
    front: (isize, usize),
    /// The offset of the last element, and how many its row has up to it; 0 if not known.
    back: (isize, usize),
}

impl Offsets {
    pub(super) fn new(shape: &[usize], strides: &[isize]) -> Self {
        let mut outer: PerAxis<(usize, isize)> = PerAxis::new();
        for (&n, &stride) in shape.iter().zip(strides).filter(|&(&n, _)| n != 1) {
            match outer.last_mut() {
                Some(last) if last.1 == stride * n as isize => *last = (last.0 * n, stride),
                _ => outer.push((n, stride)),
            }
        }
        let (row, step) = outer.pop().unwrap_or((1, 1));
        let left = 0..shape.iter().product();
        Offsets { outer, row, step, left, front: (0, 0), back: (0, 0) }
    }

    pub(super) fn len(&self) -> usize {
        self.left.len()
    }

    /// The offset of the element at this position.
    fn at(&self, position: usize) -> isize {
        let mut offset = (position % self.row) as isize * self.step;
        let mut row = position / self.row;
        for &(n, stride) in self.outer.iter().rev() {
            offset += (row % n) as isize * stride;
            row /= n;
        }
        offset
    }

    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<isize> {
        if self.left.is_empty() {
            return None;
        }
        if self.front.1 == 0 {
            self.enter_front();
        }
        let offset = self.front.0;
        self.front = (offset.wrapping_add(self.step), self.front.1 - 1);
        self.left.start += 1;
        Some(offset)
    }

    #[inline(always)]
    pub(super) fn next_back(&mut self) -> Option<isize> {
        if self.left.is_empty() {
            return None;
        }
        if self.back.1 == 0 {
            self.enter_back();
        }
        let offset = self.back.0;
        self.back = (offset.wrapping_sub(self.step), self.back.1 - 1);
        self.left.end -= 1;
        Some(offset)
    }

    #[inline(never)]
    fn enter_front(&mut self) {
        let position = self.left.start;
        self.front = (self.at(position), self.row - position % self.row);
    }

    #[inline(never)]
    fn enter_back(&mut self) {
        let position = self.left.end - 1;
        self.back = (self.at(position), position % self.row + 1);
    }

    /// Leaves out so many elements, or all if there are no more.
    pub(super) fn skip(&mut self, count: usize) {
        self.left.start += count.min(self.left.len());
        self.front.1 = 0;
    }

    /// The offset of the next element, and how many follow it by steps; all of them count as taken.
    pub(super) fn next_run(&mut self) -> Option<(isize, usize)> {
        if self.left.is_empty() {
            return None;
        }
        if self.front.1 == 0 {
            self.enter_front();
        }
        let (offset, in_row) = self.front;
        let count = in_row.min(self.left.len());
        self.skip(count);
        Some((offset, count))
    }

    /// The first `count` offsets, and the others.
    pub(super) fn split_at(self, count: usize) -> (Self, Self) {
        assert!(count <= self.len(), "split within the elements that are left");
        let middle = self.left.start + count;
        let (front, back) = (self.left.start..middle, middle..self.left.end);
        let first = Offsets { left: front, back: (0, 0), ..self.clone() };
        (first, Offsets { left: back, front: (0, 0), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Offsets by counting up an index.
    fn naive(shape: &[usize], strides: &[isize]) -> Vec<isize> {
        shape.iter().zip(strides).fold(vec![0], |outer, (&n, &stride)| {
            let inner = |&start: &isize| (0..n as isize).map(move |i| start + i * stride);
            outer.iter().flat_map(inner).collect()
        })
    }

    #[test]
    fn every_layout_from_either_end_and_split_anywhere() {
        let mut seed = 1u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..2000 {
            let shape: Vec<usize> = (0..random(5)).map(|_| [0, 1, 2, 3, 5][random(5)]).collect();
            let mut strides: Vec<isize> = vec![1; shape.len()];
            let contiguous = random(2) == 0;
            for axis in (0..shape.len()).rev() {
                strides[axis] = match shape.get(axis + 1) {
                    Some(&n) if contiguous => strides[axis + 1] * n as isize,
                    _ => random(19) as isize - 9,
                };
            }
            let expected = naive(&shape, &strides);
            let mut offsets = Offsets::new(&shape, &strides);
            assert_eq!(offsets.len(), expected.len());
            let (first, last) = offsets.clone().split_at(random(expected.len() + 1));
            let mut runs = Vec::new();
            for mut part in [first, last] {
                while let Some((offset, count)) = part.next_run() {
                    runs.extend((0..count as isize).map(|i| offset + i * part.step));
                }
            }
            assert_eq!(runs, expected, "{shape:?} {strides:?}");
            // From both ends, and now and then some left out.
            let mut left = 0..expected.len();
            while !left.is_empty() {
                match random(5) {
                    0 | 1 => assert_eq!(offsets.next(), left.next().map(|i| expected[i])),
                    2 | 3 => assert_eq!(offsets.next_back(), left.next_back().map(|i| expected[i])),
                    _ => {
                        let count = random(3);
                        offsets.skip(count);
                        left.start = (left.start + count).min(left.end);
                    }
                }
                assert_eq!(offsets.len(), left.len());
            }
            assert_eq!((offsets.next(), offsets.next_back(), offsets.next_run()), (None, None, None));
        }
    }
}
