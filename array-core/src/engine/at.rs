//! A function in place, at indices, one after the other: an index that comes twice is computed twice.
//!
//! Three ways, by what there is to compute at an index. One element, of a function that is a few
//! instructions: one loop over the indices. One element of any other function: as many indices as
//! follow without one coming twice are gathered, computed at once, and scattered. Whole rows: the
//! nest over a row, for each index.

use std::marker::PhantomData;
use std::ops::ControlFlow;

use super::blocks::{BLOCK, Block, Blocks};
use super::call::{self, Pair, Source};
use super::function::{Argument, Function};
use super::isa::Isa;
use super::kernel::Binary;
use super::nest::{Nest, Operand};
use super::shells::{self, Body, Loop};
use crate::layout::{self, PerAxis};
use crate::{Array, DType, Element, Error, IntoIndices, Result};

/// A function of two operands, for use in place at indices.
#[derive(Clone, Copy, Debug)]
pub struct AtFunction {
    function: Function<3>,
    /// The loop for arrays of the function's own dtype, where there is one.
    indexed: Option<Loop<3>>,
}

impl From<Function<3>> for AtFunction {
    fn from(function: Function<3>) -> Self {
        AtFunction { function, indexed: None }
    }
}

impl AtFunction {
    /// The function that a kernel computes. It has a loop of its own if the kernel is simple.
    pub fn binary<K: Binary<T>, T: Element>() -> Self {
        let is_simple = const { !K::HAS_RARE && !K::WIDE } && K::Output::DTYPE == T::DTYPE;
        let indexed = is_simple.then(shells::select::<IndexedBody<K, T>, 3>);
        AtFunction { function: Function::binary::<K, T>(), indexed }
    }
}

/// The loop over indices: of an array, indices into it, and the other operand. In place of the
/// strides along the outer axis it is given the length of the array's axis.
struct IndexedBody<K, T>(PhantomData<(K, T)>);

impl<K: Binary<T>, T: Element> Body<3> for IndexedBody<K, T> {
    #[inline(always)]
    unsafe fn run<I: Isa>(pointers: [*mut u8; 3], strides: &[[isize; 3]; 2], lengths: [usize; 2]) {
        let [[length, ..], [step, _, step_b]] = *strides;
        let (a, index, b) = (pointers[0].cast::<T>(), pointers[1].cast::<i64>(), pointers[2].cast::<T>());
        let item = size_of::<T>() as isize;
        // SAFETY: every index, counted from the back if it is negative, is within the array's axis. The
        // output's dtype is `T`'s, as `AtFunction` sees to, and so its type.
        unsafe {
            let at = |i: usize| position(index.add(i).read(), length);
            if step == item && step_b == item {
                for i in 0..lengths[1] {
                    let place = a.offset(at(i));
                    place.cast::<K::Output>().write(K::call::<I>(place.read(), b.add(i).read()));
                }
            } else {
                for i in 0..lengths[1] {
                    let place = a.byte_offset(at(i) * step);
                    let b = b.byte_offset(i as isize * step_b).read();
                    place.cast::<K::Output>().write(K::call::<I>(place.read(), b));
                }
            }
        }
    }
}

/// An index counted from the front.
#[inline(always)]
fn position(index: i64, length: isize) -> isize {
    index as isize + (length & (index >> 63) as isize)
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

/// Positions along the first axis of an array, or a tuple of positions along the first two or three,
/// of shapes that broadcast together. Negative ones count from the back.
pub trait Indices {
    /// Where they are in an array of this shape and these strides, all within it.
    #[doc(hidden)]
    fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved>;
}

/// Indices that are found to be within an array.
#[derive(Debug)]
pub struct Resolved {
    /// In row-major order; negative ones count from the back.
    indices: Array<i64>,
    /// How many elements an index of one is.
    stride: isize,
    /// From where negative ones count.
    length: isize,
    /// How many of the array's axes they are for.
    axes: usize,
}

impl<I: IntoIndices> Indices for I {
    fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved> {
        if shape.is_empty() {
            return Err(too_many(1, shape));
        }
        let indices = checked(self.into_indices(), shape[0], 0)?;
        Ok(Resolved { indices, stride: strides[0], length: shape[0] as isize, axes: 1 })
    }
}

macro_rules! tuples_of_indices {
    ($($count:literal: $($name:ident $axis:tt),*;)*) => {$(
        impl<$($name: IntoIndices),*> Indices for ($($name,)*) {
            fn resolve(self, shape: &[usize], strides: &[isize]) -> Result<Resolved> {
                if shape.len() < $count {
                    return Err(too_many($count, shape));
                }
                let indices = ($(self.$axis.into_indices(),)*);
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
    let indices = indices.to_contiguous();
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

/// `a[indices] = f(a[indices])`, index by index. The result would be of dtype `result`.
///
/// # Errors
/// When an index is out of bounds, or the result is of a higher kind than `a`'s dtype. Then nothing is
/// changed.
pub fn unary_at<T: Element>(
    function: Function<2>,
    result: DType,
    a: &mut Array<T>,
    indices: impl Indices,
) -> Result<()> {
    function.assert_inputs(1);
    let resolved = prepare(result, a, indices)?;
    let place = Place::new(a, &resolved);
    // SAFETY: `a` is unique, and the indices are within it.
    unsafe { place.apply(&function, [place.part(), place.part()], 0) };
    Ok(())
}

/// `a[indices] = f(a[indices], b)`, index by index, where `b` is the right one of a pair whose left one
/// is of `a`'s dtype. The result would be of dtype `result`.
///
/// # Errors
/// As [`unary_at`], and when `b` does not broadcast to the shape of `a[indices]`.
pub fn binary_at<'b, T: Element, P: Pair<'b, Left = T>>(
    at: AtFunction,
    result: DType,
    a: &mut Array<T>,
    indices: impl Indices,
    pair: P,
) -> Result<()> {
    at.function.assert_inputs(2);
    let resolved = prepare(result, a, indices)?;
    let place = Place::new(a, &resolved);
    let b = place.align(pair.into_sources().1)?;
    let b = Argument::new(&b);
    if let Some(indexed) = at.indexed
        && place.is_one_element()
        && [T::DTYPE, b.dtype, T::DTYPE] == at.function.dtypes
    {
        // SAFETY: `a` is unique, the indices are within it, and `b` has an element for each; both are of
        // the loop's dtype.
        unsafe { place.apply_indexed(indexed, b) };
        return Ok(());
    }
    // SAFETY: as above.
    unsafe { place.apply(&at.function, [place.part(), place.beside(b), place.part()], 0) };
    Ok(())
}

/// As [`unary_at`], of a function whose first operand is a closure.
///
/// # Errors
/// As [`unary_at`].
pub fn closure_at<T: Element>(
    function: Function<3>,
    closure: Argument<'_>,
    a: &mut Array<T>,
    indices: impl Indices,
) -> Result<()> {
    function.assert_inputs(2);
    let resolved = prepare(function.output_dtypes()[0], a, indices)?;
    let place = Place::new(a, &resolved);
    // SAFETY: `a` is unique, and the indices are within it.
    unsafe { place.apply(&function, [place.beside(closure), place.part(), place.part()], 1) };
    Ok(())
}

/// As [`binary_at`], of a function whose first operand is a closure.
///
/// # Errors
/// As [`binary_at`].
pub fn closure_at_with<T: Element, B: Element>(
    function: Function<4>,
    closure: Argument<'_>,
    a: &mut Array<T>,
    indices: impl Indices,
    b: Source<'_, B>,
) -> Result<()> {
    function.assert_inputs(3);
    let resolved = prepare(function.output_dtypes()[0], a, indices)?;
    let place = Place::new(a, &resolved);
    let b = place.align(b)?;
    let operands = [place.beside(closure), place.part(), place.beside(Argument::new(&b)), place.part()];
    // SAFETY: `a` is unique, the indices are within it, and `b` has the shape of what they name.
    unsafe { place.apply(&function, operands, 1) };
    Ok(())
}

/// `a` made unique, and where in it the indices are.
fn prepare<T: Element>(result: DType, a: &mut Array<T>, indices: impl Indices) -> Result<Resolved> {
    if result.kind() > T::DTYPE.kind() {
        return Err(Error::dtype(result, T::DTYPE));
    }
    call::copy_if_shared(a)?;
    indices.resolve(a.shape(), a.strides())
}

/// The places in an array that indices name.
struct Place<'a> {
    array: Argument<'a>,
    indices: &'a Resolved,
    /// How many indices there are, and the shape at each.
    shape: PerAxis<usize>,
}

/// Indices gathered at a time.
const BATCH: usize = 64;
/// Slots to find out in whether an index comes twice: so many that other indices seldom share one.
const SLOTS: usize = 4096;

impl<'a> Place<'a> {
    /// `a` must be unique for what writes to it.
    fn new<T: Element>(a: &'a Array<T>, indices: &'a Resolved) -> Self {
        let mut shape = PerAxis::from_slice(&[indices.indices.len()]);
        shape.extend_from_slice(&a.shape()[indices.axes..]);
        Place { array: Argument::new(a), indices, shape }
    }

    fn is_one_element(&self) -> bool {
        self.shape[1..].iter().all(|&n| n == 1)
    }

    /// The other operand, of this shape.
    fn align<B: Element>(&self, b: Source<'_, B>) -> Result<Array<B>> {
        let b = match b {
            Source::Borrowed(array) => array.clone(),
            Source::Owned(array) => array,
            Source::Scalar(value) => return Ok(crate::scalar(value)),
        };
        let indices = self.indices.indices.shape();
        if indices.len() == 1 {
            return b.broadcast_to(&self.shape[..]);
        }
        let whole: Vec<usize> = indices.iter().chain(&self.shape[1..]).copied().collect();
        b.broadcast_to(&whole[..])?.reshape(&self.shape[..])
    }

    /// Another operand, broadcast to this shape.
    fn beside(&self, operand: Argument<'_>) -> (Operand, DType) {
        (operand.broadcast_to(&self.shape), operand.dtype)
    }

    /// The array's part at any index.
    fn part(&self) -> (Operand, DType) {
        let item = self.array.dtype.item_size() as isize;
        let mut strides = PerAxis::from_slice(&[0]);
        strides.extend(self.array.strides[self.indices.axes..].iter().map(|stride| stride * item));
        (Operand { pointer: self.array.pointer, strides }, self.array.dtype)
    }

    /// How many bytes on the part at an index begins.
    fn offset(&self, index: usize) -> isize {
        let indices = self.indices.indices.as_slice().expect("made contiguous");
        let item = self.array.dtype.item_size() as isize;
        position(indices[index], self.indices.length) * self.indices.stride * item
    }

    /// # Safety
    /// The array is unique, and of the loop's dtype, as `b` is.
    unsafe fn apply_indexed(&self, run: Loop<3>, b: Argument<'_>) {
        let item = self.array.dtype.item_size() as isize;
        let b = b.broadcast_to(&self.shape);
        let pointers = [self.array.pointer, self.indices.indices.as_ptr().cast_mut().cast(), b.pointer];
        let strides = [[self.indices.length, 0, 0], [self.indices.stride * item, 8, b.strides[0]]];
        // SAFETY: by this function's contract; indices are within the array.
        unsafe { run(pointers, &strides, [1, self.shape[0]]) };
    }

    /// Applies a function of these operands; number `array` and the last are this array's part.
    ///
    /// # Safety
    /// The array is unique. The other operands can be read over this shape.
    unsafe fn apply<const N: usize>(
        &self,
        function: &Function<N>,
        operands: [(Operand, DType); N],
        array: usize,
    ) {
        let rows = Blocks::for_rows(function, &std::array::from_fn(|k| operands[k].1));
        let operands = operands.map(|operand| operand.0);
        // SAFETY: by this function's contract.
        unsafe {
            if self.is_one_element() {
                self.in_batches(&rows, &operands, array);
            } else {
                self.in_rows(&rows, &operands, array);
            }
        }
    }

    /// One element at each index: batches of indices of which none comes twice.
    ///
    /// # Safety
    /// As [`apply`](Self::apply).
    unsafe fn in_batches<const N: usize>(&self, rows: &Blocks<N>, operands: &[Operand; N], array: usize) {
        let (mut blocks, mut batch) = (Block::each::<N>(), Block::each::<1>());
        let (blocks, [batch]) = (Block::pointers(&mut blocks), Block::pointers(&mut batch));
        let item = self.array.dtype.item_size();
        let is_array = |k: usize| k == array || k + 1 == N;
        let strides =
            std::array::from_fn(|k| if is_array(k) { item as isize } else { operands[k].strides[0] });
        let mut slots = [0u32; SLOTS];
        let mut round = 0u32;
        let mut start = 0;
        while start < self.shape[0] {
            let mut offsets = [0; BATCH];
            let mut count = 0;
            round = round.wrapping_add(1);
            if round == 0 {
                slots.fill(0);
                round = 1;
            }
            while count < BATCH && start + count < self.shape[0] {
                let offset = self.offset(start + count);
                let slot = (offset as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOTS.ilog2());
                // The first of a batch finds every slot free.
                if std::mem::replace(&mut slots[slot as usize], round) == round {
                    break;
                }
                offsets[count] = offset;
                count += 1;
            }
            let pointers = std::array::from_fn(|k| {
                if is_array(k) {
                    batch
                } else {
                    operands[k].pointer.wrapping_offset(strides[k] * start as isize)
                }
            });
            // SAFETY: the offsets are within the array and differ; a batch fits a block.
            unsafe {
                move_items(item, offsets[..count].iter().copied(), |offset, i| {
                    (self.array.pointer.offset(offset), batch.add(i * item))
                });
                rows.row(pointers, &strides, blocks, count);
                move_items(item, offsets[..count].iter().copied(), |offset, i| {
                    (batch.add(i * item), self.array.pointer.offset(offset))
                });
            }
            start += count;
        }
    }

    /// A part at each index, one after the other.
    ///
    /// # Safety
    /// As [`apply`](Self::apply).
    unsafe fn in_rows<const N: usize>(&self, rows: &Blocks<N>, operands: &[Operand; N], array: usize) {
        let mut blocks = Block::each::<N>();
        let blocks = Block::pointers(&mut blocks);
        let parts: [Operand; N] = std::array::from_fn(|k| Operand {
            pointer: operands[k].pointer,
            strides: PerAxis::from_slice(&operands[k].strides[1..]),
        });
        let Some(nest) = Nest::new(&self.shape[1..], &parts) else { return };
        for index in 0..self.shape[0] {
            let offset = self.offset(index);
            let moved: [isize; N] = std::array::from_fn(|k| {
                if k == array || k + 1 == N { offset } else { operands[k].strides[0] * index as isize }
            });
            let _ = nest.for_each_call(|pointers, strides, lengths| -> ControlFlow<()> {
                for row in 0..lengths[0] as isize {
                    for start in (0..lengths[1]).step_by(BLOCK) {
                        let at = std::array::from_fn(|k| {
                            let step = strides[0][k] * row + strides[1][k] * start as isize;
                            pointers[k].wrapping_offset(step + moved[k])
                        });
                        // SAFETY: so many elements of each operand at these strides.
                        unsafe { rows.row(at, &strides[1], blocks, BLOCK.min(lengths[1] - start)) };
                    }
                }
                ControlFlow::Continue(())
            });
        }
    }
}

/// Copies items of so many bytes, for each offset and its number `(from, to)`.
///
/// # Safety
/// All that `places` names can be read and written, and is apart.
#[inline(always)]
pub(super) unsafe fn move_items(
    item: usize,
    offsets: impl Iterator<Item = isize>,
    places: impl Fn(isize, usize) -> (*mut u8, *mut u8),
) {
    macro_rules! of_sizes {
        ($($size:literal)*) => {
            match item {
                $($size => for (i, offset) in offsets.enumerate() {
                    let (from, to) = places(offset, i);
                    // SAFETY: by this function's contract.
                    unsafe { to.cast::<[u8; $size]>().write(from.cast::<[u8; $size]>().read()) };
                },)*
                _ => unreachable!("elements have 1, 2, 4, 8 or 16 bytes"),
            }
        };
    }
    of_sizes! { 1 2 4 8 16 }
}
