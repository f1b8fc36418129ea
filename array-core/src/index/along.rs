//! Elements at positions of their own in each lane along an axis: what `argsort` and its kin find.

use std::mem::MaybeUninit;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::gather::{self, Base, combinations};
use crate::axes::{self, IntoAxes};
use crate::engine::parallel;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Element, Error, Result, error, moveaxis};

/// For each place of `indices` the element at that position of its own lane along the axis: what [`argsort`](crate::argsort)
/// and `argmax` give. The other axes broadcast.
///
/// ```
/// # use array_core::{array, take_along_axis};
/// let a = array![[30, 10, 20], [5, 6, 4]];
/// assert_eq!(take_along_axis(&a, &array![[1i64, 2, 0], [2, 0, 1]], 1)?, array![[10, 20, 30], [4, 5, 6]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When ranks differ, other axes do not broadcast, or an index is out of bounds.
pub fn take_along_axis<T: Element>(
    a: &Array<T>,
    indices: &Array<i64>,
    axis: impl IntoAxes,
) -> Result<Array<T>> {
    let (a, axis) = axes::one("take_along_axis", a, axis)?;
    let lanes = Lanes::new(&a, indices, axis)?;
    moveaxis(&lanes.taken(&a)?, -1, axis as isize)
}

/// The counterpart of [`take_along_axis`]: writes `values`, which broadcast to `indices`, to those places.
///
/// ```
/// # use array_core::{array, put_along_axis, scalar};
/// let mut a = array![[10, 30, 20], [60, 40, 50]];
/// put_along_axis(&mut a, &array![[1i64], [0]], &scalar(99), 1)?;
/// assert_eq!(a, array![[10, 99, 20], [99, 40, 50]]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`take_along_axis`]; when the values do not broadcast, or the indices' other axes make the array repeat.
pub fn put_along_axis<T: Element>(
    a: &mut Array<T>,
    indices: &Array<i64>,
    values: &Array<T>,
    axis: isize,
) -> Result<()> {
    let along = layout::normalise_axis(axis, a.ndim())?;
    a.try_make_unique()?;
    let lanes = Lanes::new(a, indices, along)?;
    lanes.check()?;
    let mut in_place = lanes.positions.shape().to_vec();
    let last = in_place.pop().expect("the axis itself");
    in_place.insert(along, last);
    let values = moveaxis(&super::broadcast_values(values, &in_place)?, axis, -1)?;
    lanes.put(a, &values)
}

/// Positions that one thread takes at a time.
const PIECE: usize = 1 << 15;

/// Whether so many positions are worth more than one thread, and there are more.
fn is_split(count: usize) -> bool {
    count >= gather::WORTH_SPLITTING && parallel::thread_count() > 1
}

/// The address of an array's first element, which several threads write from.
struct Place<T>(*mut T);
// SAFETY: threads write to different elements, while the array is borrowed mutably.
unsafe impl<T: Element> Sync for Place<T> {}

/// Writes values to the positions of a lane of `length` elements that lie `stride` apart, those of them that are among
/// some places. Of several for one place the last counts.
///
/// # Safety
/// The lane is there, nobody else reads or writes those places, and the positions are within the lane, counted from its
/// front or its end.
unsafe fn put_within<T: Element>(
    lane: *mut T,
    stride: isize,
    length: usize,
    positions: &[i64],
    values: &[T],
    places: Range<usize>,
) {
    if places.len() == length {
        // SAFETY: by this function's contract.
        return unsafe { gather::put(lane, [stride, length as isize], positions, values.iter().copied()) };
    }
    // Others are written elsewhere: a branch would be guessed wrong.
    let mut elsewhere = T::ZERO;
    let elsewhere = &raw mut elsewhere;
    let place = |i: i64| {
        let i = if i < 0 { i + length as i64 } else { i };
        let is_here = (i as usize).wrapping_sub(places.start) < places.len();
        std::hint::select_unpredictable(is_here, lane.wrapping_offset(i as isize * stride), elsewhere)
    };
    for (k, (&i, &value)) in positions.iter().zip(values).enumerate() {
        if let Some(&soon) = positions.get(k + gather::AHEAD) {
            gather::fetch(place(soon));
        }
        // SAFETY: by this function's contract, or this function's own memory.
        unsafe { *place(i) = value };
    }
}

/// An array's lanes along an axis, and the positions in each.
struct Lanes {
    axis: usize,
    /// How many elements a lane has, and how far apart they are.
    length: usize,
    stride: isize,
    /// Offsets of the lanes' first elements.
    starts: Vec<isize>,
    /// Positions, as many for each lane, contiguous, the axis last.
    positions: Array<i64>,
}

impl Lanes {
    fn new<T: Element>(a: &Array<T>, indices: &Array<i64>, axis: usize) -> Result<Self> {
        if indices.ndim() != a.ndim() {
            return Err(Error::shape(format!(
                "indices along an axis must have the array's rank: their shape is {}, the array's {}",
                error::Shape(indices.shape()),
                error::Shape(a.shape())
            )));
        }
        // The last axis is then the one that is asked for.
        let (lanes, indices) = (moveaxis(a, axis as isize, -1)?, moveaxis(indices, axis as isize, -1)?);
        let others = a.ndim() - 1;
        let outer = layout::broadcast_shapes(&[&lanes.shape()[..others], &indices.shape()[..others]])?;
        let with_axis = |length: usize| -> PerAxis<usize> { outer.iter().copied().chain([length]).collect() };
        let (length, stride) = (a.shape()[axis], a.strides()[axis]);
        let lanes = lanes.broadcast_to(&with_axis(length)[..])?;
        let steps: PerAxis<(usize, isize)> =
            outer.iter().copied().zip(lanes.strides().iter().copied()).collect();
        let positions = indices.broadcast_to(&with_axis(indices.shape()[others])[..])?.try_contiguous()?;
        let starts = if positions.is_empty() { Vec::new() } else { combinations(&steps)? };
        Ok(Lanes { axis, length, stride, starts, positions })
    }

    /// The positions, and how many there are for each lane.
    fn flat(&self) -> (&[i64], usize) {
        let flat = self.positions.as_slice().expect("made contiguous");
        (flat, flat.len() / self.starts.len().max(1))
    }

    /// An error if a position is out of bounds.
    fn check(&self) -> Result<()> {
        let flat = self.flat().0;
        let part = |part: &[i64]| gather::checked(part, self.length, self.axis).map(drop);
        if !is_split(flat.len()) {
            return part(flat);
        }
        // Of several that are outside the error names the first, whichever thread found one.
        let all_inside = parallel::in_pool(|| flat.par_chunks(PIECE).all(|piece| part(piece).is_ok()));
        if all_inside { Ok(()) } else { part(flat) }
    }

    /// The elements of the array at the positions, the axis last.
    fn taken<T: Element>(&self, a: &Array<T>) -> Result<Array<T>> {
        let (positions, count) = self.flat();
        let base = Base(a.as_ptr());
        let (base, outside) = (&base, AtomicBool::new(false));
        let piece = |start: isize, positions: &[i64], out: &mut [MaybeUninit<T>]| {
            // SAFETY: the lanes, of so many elements so far apart, are within the array, which is borrowed; `out` is
            // another block.
            let found = unsafe {
                gather::pick_checked(base.0.wrapping_offset(start), self.stride, self.length, positions, out)
            };
            if !found {
                outside.store(true, Ordering::Relaxed);
            }
        };
        let fill = |out: &mut [MaybeUninit<T>]| {
            if out.is_empty() {
                return;
            }
            if !is_split(out.len()) {
                let lanes = self.starts.iter().zip(positions.chunks_exact(count));
                let lanes = lanes.zip(out.chunks_exact_mut(count));
                return lanes.for_each(|((&start, positions), out)| piece(start, positions, out));
            }
            let lanes = self.starts.par_iter().zip(positions.par_chunks_exact(count));
            let lanes = lanes.zip(out.par_chunks_exact_mut(count));
            parallel::in_pool(|| {
                lanes.for_each(|((&start, positions), out)| {
                    if positions.len() <= PIECE {
                        return piece(start, positions, out);
                    }
                    let pieces = positions.par_chunks(PIECE).zip(out.par_chunks_mut(PIECE));
                    pieces.for_each(|(positions, out)| piece(start, positions, out));
                });
            });
        };
        // SAFETY: every element is written, by a zero where there is none.
        let found = unsafe { Array::build(self.positions.shape(), Order::RowMajor, fill) }?;
        if outside.into_inner() {
            self.check()?;
        }
        Ok(found)
    }

    /// Writes values, in the order of the positions, which were checked, to the array, which is unique. Of several
    /// for one place the last counts.
    fn put<T: Element>(&self, a: &mut Array<T>, values: &Array<T>) -> Result<()> {
        let values = values.contiguous()?;
        let values = values.as_slice().expect("made contiguous");
        let (positions, count) = self.flat();
        assert_eq!(values.len(), positions.len(), "a value for each place");
        assert!(a.is_unique(), "made unique by the caller");
        if values.is_empty() {
            return Ok(());
        }
        let base = Place(a.as_mut_ptr());
        let base = &base;
        let lane = |(&start, (positions, values)): (&isize, (&[i64], &[T])), places: Range<usize>| {
            // SAFETY: the positions were found to be within the lane, and the lane is within the array, which is
            // unique and borrowed mutably; no other thread writes to these places.
            unsafe {
                put_within(base.0.wrapping_offset(start), self.stride, self.length, positions, values, places)
            };
        };
        let lanes = positions.chunks_exact(count).zip(values.chunks_exact(count));
        // Lanes that the array repeats are written to more than once.
        let are_different = self.starts.len() * self.length == a.len();
        if !is_split(positions.len()) || !are_different {
            self.starts.iter().zip(lanes).for_each(|each| lane(each, 0..self.length));
        } else if count < gather::WORTH_SPLITTING {
            let lanes = positions.par_chunks_exact(count).zip(values.par_chunks_exact(count));
            let lanes = self.starts.par_iter().zip(lanes);
            parallel::in_pool(|| lanes.for_each(|each| lane(each, 0..self.length)));
        } else {
            // Each thread has places of its own, for which it goes through all positions.
            let threads = parallel::thread_count();
            let step = self.length.div_ceil(threads);
            parallel::in_pool(|| {
                self.starts.iter().zip(lanes).for_each(|each| {
                    let part = |i: usize| i * step..((i + 1) * step).min(self.length);
                    (0..threads).into_par_iter().for_each(|i| lane(each, part(i)));
                });
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, argsort, flip, from_fn, s, scalar, sort, zeros};

    #[test]
    fn lanes_of_any_layout_are_taken_and_put_as_one_by_one() {
        let all = from_fn([6, 5, 4], |i| ((i[0] * 31 + i[1] * 17 + i[2] * 7) % 23) as f64).unwrap();
        let other = all.transpose(&[2, 0, 1]).unwrap();
        for a in [all.clone(), other, flip(&all, ..).unwrap(), all.slice(s![..;2, .., ..;-1]).unwrap()] {
            for axis in -3..3 {
                let order = argsort(&a, axis).unwrap();
                let sorted = sort(&a, axis).unwrap();
                assert_eq!(take_along_axis(&a, &order, axis).unwrap(), sorted);
                let from_end = &order - a.shape()[layout::normalise_axis(axis, 3).unwrap()] as i64;
                assert_eq!(take_along_axis(&a, &from_end, axis).unwrap(), sorted);
                let mut back = a.clone();
                back.view_mut().fill(-1.0);
                put_along_axis(&mut back, &from_end, &sorted, axis).unwrap();
                assert_eq!(back, a);
                let first = order.slice(s![..1, ..1, ..1]).unwrap();
                assert_eq!(take_along_axis(&a, &first, axis).unwrap().get([0, 0, 0]), sorted.get([0, 0, 0]));
            }
        }
    }

    #[test]
    fn many_positions_on_any_number_of_threads() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).use_current_thread().build().unwrap();
        let mut state = 1u64;
        let mut next = |limit: i64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i64 % limit
        };
        for shape in [[1, 150_000], [3, 140_000], [900, 200], [150_000, 1]] {
            let n = shape[1] as i64;
            let a = from_fn(shape, |i| (i[0] * 7 + i[1]) as i32).unwrap();
            // Some places several times, others never.
            let at = from_fn(shape, |_| next(2 * n) - n).unwrap();
            let values = from_fn(shape, |_| next(1 << 30) as i32).unwrap();
            let mut put = a.copy();
            for i in 0..shape[0] {
                for j in 0..shape[1] {
                    let place = at[[i, j]];
                    put.set([i, (if place < 0 { place + n } else { place }) as usize], values[[i, j]])
                        .unwrap();
                }
            }
            let taken = from_fn(shape, |i| {
                let place = at[[i[0], i[1]]];
                put[[i[0], (if place < 0 { place + n } else { place }) as usize]]
            });
            let taken = taken.unwrap();
            for threads in [1, 2, 3] {
                // This thread is in the pool: what goes in and out of one ThreadSanitizer cannot follow.
                pool.install(|| {
                    crate::with_threads(threads, || {
                        for (a, axis) in [(a.clone(), 1), (a.t().copy(), 0)] {
                            let turn = |x: &Array<i64>| if axis == 1 { x.clone() } else { x.t() };
                            let turn_back = |x: Array<i32>| if axis == 1 { x } else { x.t() };
                            let given = if axis == 1 { values.clone() } else { values.t() };
                            let mut found = a.copy();
                            put_along_axis(&mut found, &turn(&at), &given, axis).unwrap();
                            let all = take_along_axis(&found, &turn(&at), axis).unwrap();
                            assert_eq!(turn_back(found), put, "{shape:?} on {threads}");
                            assert_eq!(turn_back(all), taken, "{shape:?} on {threads}");
                        }
                        let mut wrong = at.copy();
                        wrong.set([shape[0] - 1, shape[1] - 1], n).unwrap();
                        let mut untouched = a.copy();
                        assert!(put_along_axis(&mut untouched, &wrong, &values, 1).unwrap_err().is_index());
                        assert!(take_along_axis(&a, &wrong, 1).unwrap_err().is_index());
                        assert_eq!(untouched, a);
                    })
                });
            }
        }
    }

    #[test]
    fn positions_outside_are_errors_and_nothing_is_written() {
        let mut a = arange(6).unwrap().reshape([2, 3]).unwrap();
        for wrong in [3, -4, i64::MAX, i64::MIN] {
            let at = Array::from_vec(vec![0, wrong]).reshape([2, 1]).unwrap();
            let message = take_along_axis(&a, &at, 1).unwrap_err().to_string();
            assert!(message.contains(&format!("index {wrong} is out of bounds")), "{message}");
            assert!(put_along_axis(&mut a, &at, &scalar(9), 1).unwrap_err().is_index());
        }
        assert_eq!(a.to_vec(), [0, 1, 2, 3, 4, 5]);
        let none = zeros::<i64>([2, 0]).unwrap();
        assert_eq!(take_along_axis(&a, &none, 1).unwrap().shape(), [2, 0]);
        put_along_axis(&mut a, &none, &scalar(9), 1).unwrap();
        assert!(take_along_axis(&zeros::<f64>([0, 3]).unwrap(), &zeros([1, 3]).unwrap(), 0).is_err());
    }
}
