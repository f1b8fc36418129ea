//! What tests over any layout share: random shapes, and arrays whose axes lie in memory in any order, in
//! steps of any length and either sign.
#![allow(dead_code, reason = "not every test file needs all of it")]

pub(crate) mod table;

use std::ops::Range;

use array_core::{Array, Element, IndexItem, from_fn};
use fastrand::Rng;

/// The elements in row-major order, by ndarray's own iteration: the oracle's way to read.
pub(crate) fn elements<T: Element>(array: &Array<T>) -> Vec<T> {
    array.view().iter().copied().collect()
}

/// As many axes as `ranks` allows, each as long as one of `lengths`, with at most so many elements in all.
pub(crate) fn random_shape(rng: &mut Rng, ranks: Range<usize>, lengths: &[usize], most: usize) -> Vec<usize> {
    let mut shape: Vec<usize> = (0..rng.usize(ranks)).map(|_| *rng.choice(lengths).unwrap()).collect();
    while shape.iter().product::<usize>() > most {
        shape.pop();
    }
    shape
}

/// A shape that broadcasts to `shape`: leading axes dropped, others of length one.
pub(crate) fn shape_to_broadcast(rng: &mut Rng, shape: &[usize]) -> Vec<usize> {
    let dropped = if rng.bool() { 0 } else { rng.usize(0..=shape.len()) };
    shape[dropped..].iter().map(|&n| if rng.u8(0..4) == 0 { 1 } else { n }).collect()
}

/// An array of this shape with random strides, over values that `value` makes.
pub(crate) fn random_array<T: Element>(
    rng: &mut Rng,
    shape: &[usize],
    mut value: impl FnMut(&mut Rng) -> T,
) -> Array<T> {
    let rank = shape.len();
    let mut axes: Vec<isize> = (0..rank as isize).collect();
    rng.shuffle(&mut axes);
    // Axis `i` of the memory becomes axis `axes[i]` of the array, stepped and reversed on the way.
    let steps: Vec<isize> = (0..rank).map(|_| *rng.choice(&[1, 1, 1, 2, 3, -1, -2]).unwrap()).collect();
    let lengths: Vec<usize> =
        axes.iter().zip(&steps).map(|(&axis, step)| shape[axis as usize] * step.unsigned_abs()).collect();
    let memory = from_fn(&lengths, |_| value(rng)).unwrap();
    let slices: Vec<IndexItem> = steps.iter().map(|&step| IndexItem::from(..).step(step)).collect();
    let mut inverse = vec![0; rank];
    axes.iter().enumerate().for_each(|(i, &axis)| inverse[axis as usize] = i as isize);
    let array = memory.slice(slices).unwrap().transpose(&inverse).unwrap();
    assert_eq!(array.shape(), shape);
    array
}
