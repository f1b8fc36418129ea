//! Random arrays whose axes lie in memory in any order, in steps of any length and either sign.

use std::ops::Range;

use fastrand::Rng;
use numpypy::{Array, Element, IndexItem, from_fn};

/// An array of this shape, over elements that `value` makes.
pub(crate) fn random_array<T: Element>(
    rng: &mut Rng,
    shape: &[usize],
    mut value: impl FnMut(&mut Rng) -> T,
) -> Array<T> {
    with_strides(rng, shape, |rng, lengths| from_fn(lengths, |_| value(rng)).unwrap())
}

/// An array of this shape, of whole numbers.
pub(crate) fn whole_numbers<T: Element>(rng: &mut Rng, shape: &[usize], range: Range<i64>) -> Array<T> {
    with_strides(rng, shape, |rng, lengths| {
        from_fn(lengths, |_| rng.i64(range.clone())).unwrap().astype::<T>()
    })
}

/// An array of this shape in contiguous memory of another, which `memory` makes.
fn with_strides<T: Element>(
    rng: &mut Rng,
    shape: &[usize],
    memory: impl FnOnce(&mut Rng, &[usize]) -> Array<T>,
) -> Array<T> {
    let rank = shape.len();
    let mut axes: Vec<usize> = (0..rank).collect();
    rng.shuffle(&mut axes);
    // Axis `i` of the memory becomes axis `axes[i]` of the array, stepped and reversed on the way.
    let steps: Vec<isize> = axes.iter().map(|_| *rng.choice(&[1, 1, 1, 2, -1, -2]).unwrap()).collect();
    let lengths: Vec<usize> =
        axes.iter().zip(&steps).map(|(&axis, step)| shape[axis] * step.unsigned_abs()).collect();
    let slices: Vec<IndexItem> = steps.iter().map(|&step| IndexItem::from(..).step(step)).collect();
    let mut inverse = vec![0; rank];
    axes.iter().enumerate().for_each(|(i, &axis)| inverse[axis] = i as isize);
    memory(rng, &lengths).slice(slices).unwrap().transpose(&inverse).unwrap()
}

/// A shape that broadcasts to `shape`.
pub(crate) fn part_of(rng: &mut Rng, shape: &[usize]) -> Vec<usize> {
    let dropped = rng.usize(0..=shape.len());
    shape[dropped..].iter().map(|&n| if rng.u8(..) < 60 { 1 } else { n }).collect()
}
