//! Advanced indexing: arrays of positions and masks, alone and mixed with everything else.
//!
//! As in NumPy: positions broadcast together; a mask stands for the positions where it is true; plain
//! integers beside them count as positions. The axes that come of all of them replace theirs if they
//! stand together, and come first if slices stand between them.

use std::mem::MaybeUninit;

use ndarray::Axis;

use super::basic::{axes_taken, clip, position};
use super::gather::{Offsets, checked, combinations, picked};
use super::item::{IndexItem, text};
use super::mask;
use crate::engine::call;
use crate::layout::{self, Order, PerAxis};
use crate::operators::kernels;
use crate::{Array, Element, Error, Result, copy, error, fallible};

/// The elements that an advanced index names.
pub(super) struct Selection {
    /// Offsets of the positions and masks, broadcast together.
    picked: Array<i64>,
    /// Length and stride of the axes that slices leave, and how many come before the picked ones.
    rest: PerAxis<(usize, isize)>,
    place: usize,
    /// Offset of the first element that slices leave.
    start: isize,
    shape: PerAxis<usize>,
}

/// The elements that an advanced index names, copied.
pub(super) fn gather<T: Element>(array: &Array<T>, index: &[IndexItem]) -> Result<Array<T>> {
    // The two commonest have ways of their own.
    match index {
        [IndexItem::Mask(flags)] if flags.shape() == array.shape() && array.ndim() > 0 => {
            let (array, flags) = (array.contiguous()?, flags.contiguous()?);
            let (values, flags) = (array.as_slice(), flags.as_slice());
            mask::compressed(values.expect("made contiguous"), flags.expect("made contiguous"))
        }
        [IndexItem::Integers(positions)] if array.ndim() == 1 => picked(array, positions),
        _ => Selection::new(array, index)?.gather(array),
    }
}

/// Writes where a mask of the array's shape says, and nothing else does; `None` if the index is no such mask.
/// The array is made unique first.
pub(super) fn assign_masked<T: Element, S: Element>(
    array: &mut Array<T>,
    index: &[IndexItem],
    values: &Array<S>,
) -> Option<Result<()>> {
    let [IndexItem::Mask(flags)] = index else { return None };
    if flags.shape() != array.shape() || !array.is_contiguous() || array.ndim() == 0 {
        return None;
    }
    Some(write_masked(array, flags, values))
}

fn write_masked<T: Element, S: Element>(
    array: &mut Array<T>,
    flags: &Array<bool>,
    values: &Array<S>,
) -> Result<()> {
    let flags = flags.contiguous()?;
    let flags = flags.as_slice().expect("made contiguous");
    if values.len() == 1 && values.ndim() <= 1 {
        let value = copy::converted_value(values.item()?)?;
        mask::fill(array.try_slice_mut()?, flags, value);
        return Ok(());
    }
    let values = copy::as_dtype::<S, T>(&super::broadcast_values(values, &[mask::count(flags)])?)?;
    mask::spread(array.try_slice_mut()?, flags, values.as_slice().expect("as converted"));
    Ok(())
}

impl Selection {
    pub(super) fn new<T: Element>(array: &Array<T>, index: &[IndexItem]) -> Result<Self> {
        let taken = axes_taken(array, index)?;
        let mut view = array.static_view();
        let mut rest = PerAxis::new();
        // What each item picks: offsets.
        let mut picks: Vec<Array<i64>> = Vec::new();
        // Where, among the other axes, the picked ones were met; and whether they stood together.
        let (mut place, mut apart, mut last) = (0, false, None);
        let mut axis = 0;
        let whole = |n: usize, stride: isize| (n, stride);
        for (number, item) in index.iter().enumerate() {
            match item {
                IndexItem::NewAxis => rest.push((1, 0)),
                IndexItem::Ellipsis => {
                    for _ in 0..array.ndim() - taken {
                        rest.push(whole(array.shape()[axis], array.strides()[axis]));
                        axis += 1;
                    }
                }
                IndexItem::Slice { start, stop, step } => {
                    view.slice_axis_inplace(Axis(axis), clip(*start, *stop, *step, array.shape()[axis])?);
                    rest.push(whole(view.len_of(Axis(axis)), view.stride_of(Axis(axis))));
                    axis += 1;
                }
                IndexItem::Any(_) => unreachable!("resolved before"),
                IndexItem::Integer(_) | IndexItem::Integers(_) | IndexItem::Mask(_) => {
                    match last {
                        None => place = rest.len(),
                        Some(last) => apart |= last + 1 != number,
                    }
                    last = Some(number);
                    picks.push(match item {
                        IndexItem::Mask(mask) => of_mask(array, mask, axis)?,
                        IndexItem::Integers(positions) => of_positions(array, positions, axis)?,
                        IndexItem::Integer(i) => {
                            let i = position(*i, array.shape()[axis], axis)?;
                            crate::scalar(i as i64 * array.strides()[axis] as i64)
                        }
                        _ => unreachable!("one of the three"),
                    });
                    axis += if let IndexItem::Mask(mask) = item { mask.ndim() } else { 1 };
                }
            }
        }
        for axis in axis..array.ndim() {
            rest.push(whole(array.shape()[axis], array.strides()[axis]));
        }
        let start = (view.as_ptr() as isize - array.as_ptr() as isize) / size_of::<T>() as isize;
        let place = if apart { 0 } else { place };
        let shapes: Vec<&[usize]> = picks.iter().map(Array::shape).collect();
        let picked_shape = layout::broadcast_shapes(&shapes).map_err(|_| {
            let shapes: Vec<String> = shapes.iter().map(|&shape| error::Shape(shape).to_string()).collect();
            Error::index(format!(
                "the arrays of [{}] do not broadcast together: their shapes are {}",
                text(index),
                shapes.join(" ")
            ))
        })?;
        let mut shape: PerAxis<usize> = rest.iter().map(|&(n, _)| n).collect();
        shape.insert_from_slice(place, &picked_shape);
        layout::byte_size::<T>(&shape)?;
        let picked = summed(picks)?;
        Ok(Selection { picked, rest, place, start, shape })
    }

    /// The shape of what is named.
    pub(super) fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// A copy of the elements.
    fn gather<T: Element>(self, array: &Array<T>) -> Result<Array<T>> {
        let shape = self.shape.clone();
        array.gathered(&self.into_offsets()?, &shape)
    }

    /// Where the elements lie, from the array's first.
    pub(super) fn into_offsets(self) -> Result<Offsets> {
        let (outer, inner) = self.rest.split_at(self.place);
        let mut run = 1;
        let mut inner = inner;
        while let [before @ .., (length, stride)] = inner {
            if *length != 1 && *stride != run as isize {
                break;
            }
            run *= length;
            inner = before;
            if run == 0 {
                break;
            }
        }
        let outer = combinations(outer)?.into_iter().map(|offset| offset + self.start).collect();
        let inner = if run == 0 { Vec::new() } else { combinations(inner)? };
        Ok(Offsets { outer, picked: self.picked, inner, run: run.max(1) })
    }
}

/// The offsets of positions along an axis.
fn of_positions<T: Element>(array: &Array<T>, positions: &Array<i64>, axis: usize) -> Result<Array<i64>> {
    let (length, stride) = (array.shape()[axis], array.strides()[axis] as i64);
    let positions = positions.try_contiguous()?;
    let flat = positions.as_slice().expect("made contiguous");
    if !checked(flat, length, axis)? && stride == 1 {
        return Ok(positions);
    }
    let n = length as i64;
    let fill = |out: &mut [MaybeUninit<i64>]| {
        for (out, &i) in out.iter_mut().zip(flat) {
            out.write((i + (n & i >> 63)) * stride);
        }
    };
    // SAFETY: there is a position for each.
    unsafe { Array::build(positions.shape(), Order::RowMajor, fill) }
}

/// The offsets where a mask over the axes from `axis` on is true.
fn of_mask<T: Element>(array: &Array<T>, mask: &Array<bool>, axis: usize) -> Result<Array<i64>> {
    if mask.ndim() == 0 {
        return Err(Error::index("a mask of no axes picks nothing: index with [] or an empty slice instead"));
    }
    for (i, (&found, &expected)) in mask.shape().iter().zip(&array.shape()[axis..]).enumerate() {
        if found != expected {
            return Err(Error::index(format!(
                "the mask of shape {} does not fit: its axis {i} has {found} element(s), axis {} of the array, of \
                 shape {}, has {expected}",
                error::Shape(mask.shape()),
                axis + i,
                error::Shape(array.shape())
            )));
        }
    }
    let axes: Vec<(usize, isize)> =
        (axis..axis + mask.ndim()).map(|axis| (array.shape()[axis], array.strides()[axis])).collect();
    let mask = mask.try_contiguous()?;
    let flags = mask.as_slice().expect("made contiguous");
    if let [(_, stride)] = axes[..] {
        let fill = |out: &mut [MaybeUninit<i64>]| mask::positions(flags, 0, out);
        // SAFETY: a position is written for each flag that is set.
        let mut offsets = unsafe { Array::build(&[mask::count(flags)], Order::RowMajor, fill) }?;
        if stride != 1 {
            offsets.try_slice_mut()?.iter_mut().for_each(|offset| *offset *= stride as i64);
        }
        return Ok(offsets);
    }
    let (last, before) = axes.split_last().expect("a mask has axes");
    let mut offsets = fallible::with_room(mask::count(flags))?;
    if last.0 > 0 {
        for (row, flags) in combinations(before)?.into_iter().zip(flags.chunks_exact(last.0)) {
            let set = flags.iter().enumerate().filter(|flag| *flag.1);
            offsets.extend(set.map(|(i, _)| (row + i as isize * last.1) as i64));
        }
    }
    Ok(Array::from_vec(offsets))
}

/// The items' offsets, which broadcast, added: contiguous.
fn summed(picks: Vec<Array<i64>>) -> Result<Array<i64>> {
    let add = |a, b| call::binary::<kernels::Add, _>((a, b));
    picks.into_iter().map(Ok).reduce(|a, b| add(a?, b?)).expect("a position or a mask")?.try_contiguous()
}
