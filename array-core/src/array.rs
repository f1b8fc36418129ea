//! The array: a shared buffer and ndarray's view of it.
//!
//! Cloning and slicing share the buffer. Writing goes through [`Array::view_mut`], which copies
//! first if anyone else holds the buffer (another array or a foreign runtime). So a value, once
//! seen, never changes under the one who sees it, and nothing races.

use std::any::Any;
use std::mem::MaybeUninit;

use ndarray::{ArrayView, ArrayViewD, ArrayViewMutD, IxDyn, ShapeBuilder};

use crate::error::or_panic;
use crate::layout::{self, Order, PerAxis};
use crate::{Buffer, DType, Element, Error, Result, error};

/// An array of `T` of any rank, in memory that never moves.
///
/// ```
/// # use array_core::Array;
/// let a = Array::from_vec(vec![1.0, 2.0, 3.0]);
/// let b = a.clone(); // shares the memory
/// assert_eq!(a.address(), b.address());
/// ```
#[derive(Clone)]
pub struct Array<T: Element> {
    buffer: Buffer,
    /// Points into `buffer`, which lives at least as long: the lifetime is erased, and given back
    /// as that of `&self` by `view`.
    view: ArrayView<'static, T, IxDyn>,
}

impl<T: Element> Array<T> {
    /// An array over `buffer` whose first element (index 0, 0, …) is at `pointer`.
    ///
    /// # Safety
    /// Every element that `shape` and `strides` (counted in elements) reach from `pointer` must lie
    /// within `buffer`, be aligned, and be a valid `T`.
    pub unsafe fn from_raw_parts(
        buffer: Buffer,
        pointer: *const T,
        shape: &[usize],
        strides: &[isize],
    ) -> Self {
        // SAFETY: this function's contract is that of `raw_view`; the buffer is kept beside the view.
        let view = unsafe { raw_view(pointer, shape, strides) };
        Array { buffer, view }
    }

    /// An array of `shape` whose elements `fill` writes, all of them, in memory order.
    ///
    /// # Errors
    /// When the shape has more elements than can be addressed, or the system has no such memory.
    ///
    /// # Safety
    /// `fill` must initialise every element.
    pub unsafe fn build(
        shape: &[usize],
        order: Order,
        fill: impl FnOnce(&mut [MaybeUninit<T>]),
    ) -> Result<Self> {
        let buffer = Buffer::uninit(layout::byte_size::<T>(shape)?)?;
        let length = shape.iter().product();
        let pointer: *mut T = buffer.as_ptr().cast_mut().cast();
        // SAFETY: a fresh block of this many elements, aligned to 64 bytes, seen by nobody else.
        fill(unsafe { std::slice::from_raw_parts_mut(pointer.cast(), length) });
        // SAFETY: the strides of a contiguous order stay within the block just filled.
        Ok(unsafe { Self::from_raw_parts(buffer, pointer, shape, &order.strides(shape)) })
    }

    /// An array whose elements are still to be written, all of them, before anyone reads one.
    ///
    /// The strides must be those of a contiguous array, the axes in any order.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(crate) fn uninit(shape: &[usize], strides: &[isize]) -> Result<Self> {
        let buffer = Buffer::uninit(layout::byte_size::<T>(shape)?)?;
        let pointer = buffer.as_ptr().cast();
        // SAFETY: contiguous strides stay within a block of the shape's size.
        Ok(unsafe { Self::from_raw_parts(buffer, pointer, shape, strides) })
    }

    /// This array under another name of the same type.
    pub(crate) fn same_dtype<O: Element>(self) -> Array<O> {
        let mut this = Some(self);
        let same = (&mut this as &mut dyn Any).downcast_mut::<Option<Array<O>>>();
        same.and_then(Option::take).expect("elements are one type for each dtype")
    }

    /// The same buffer seen through another view.
    ///
    /// The view must have been made from `self.static_view()` by ndarray's safe operations, which
    /// never leave the elements that the original reaches.
    pub(crate) fn with_view(&self, view: ArrayView<'static, T, IxDyn>) -> Self {
        Array { buffer: self.buffer.clone(), view }
    }

    /// The view with its lifetime erased: not to leave this crate.
    pub(crate) fn static_view(&self) -> ArrayView<'static, T, IxDyn> {
        self.view.clone()
    }

    /// Lengths of the axes.
    pub fn shape(&self) -> &[usize] {
        self.view.shape()
    }

    /// How far apart neighbours along each axis are, counted in elements; may be zero or negative.
    pub fn strides(&self) -> &[isize] {
        self.view.strides()
    }

    /// How many axes there are.
    pub fn ndim(&self) -> usize {
        self.view.ndim()
    }

    /// How many elements there are: NumPy's `size`.
    pub fn len(&self) -> usize {
        self.view.len()
    }

    /// How many bytes the elements take: their number times a size, whatever lies between them in memory.
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![1.5, 2.5, 3.5].nbytes(), 24);
    /// ```
    pub fn nbytes(&self) -> usize {
        self.len().saturating_mul(size_of::<T>())
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type of the elements, at run time.
    pub fn dtype(&self) -> DType {
        T::DTYPE
    }

    /// The buffer that holds the elements, and perhaps more than these.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// The address of the first element: it stays the same for as long as this buffer lives.
    pub fn address(&self) -> usize {
        self.as_ptr() as usize
    }

    /// The address of the first element (index 0, 0, …), to read from.
    pub fn as_ptr(&self) -> *const T {
        self.view.as_ptr()
    }

    /// Whether writing would not copy: nobody else holds the buffer, and no two elements share a
    /// place in it.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![1, 2];
    /// let b = a.clone();
    /// assert!(!a.is_unique());
    /// drop(b);
    /// assert!(a.is_unique());
    /// ```
    pub fn is_unique(&mut self) -> bool {
        self.buffer.is_unique() && !self.is_broadcast()
    }

    /// Whether elements may share a place in memory: some axis repeats it, or windows overlap.
    pub fn is_broadcast(&self) -> bool {
        if self.is_empty() || self.is_contiguous() {
            return false;
        }
        let mut axes: PerAxis<(usize, usize)> = self
            .shape()
            .iter()
            .zip(self.strides())
            .filter(|&(&n, _)| n > 1)
            .map(|(&n, &stride)| (stride.unsigned_abs(), n))
            .collect();
        axes.sort_unstable();
        // Each axis must step beyond all that the finer ones reach.
        let mut reach = 0;
        axes.into_iter().any(|(stride, n)| {
            let overlaps = stride <= reach;
            reach += stride * (n - 1);
            overlaps
        })
    }

    /// Whether the elements follow one another in row-major order.
    pub fn is_contiguous(&self) -> bool {
        self.view.is_standard_layout()
    }

    /// An ndarray view of the elements, at no cost.
    ///
    /// ```
    /// # use array_core::arange;
    /// let a = arange(6)?.reshape([2, 3])?;
    /// assert_eq!(a.view().sum(), 15);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn view(&self) -> ArrayViewD<'_, T> {
        // `ArrayView` is covariant: the erased lifetime shrinks to that of `self`, which holds the
        // buffer and cannot be written while borrowed.
        self.view.clone()
    }

    /// An ndarray view to write through; copies the elements first unless [`is_unique`](Self::is_unique).
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![1, 2];
    /// a.view_mut().map_inplace(|x| *x *= 10);
    /// assert_eq!(a.to_vec(), [10, 20]);
    /// ```
    pub fn view_mut(&mut self) -> ArrayViewMutD<'_, T> {
        self.make_unique();
        let pointer = self.view.as_ptr().cast_mut();
        // SAFETY: after `make_unique` nobody else holds the buffer and no two elements overlap; the
        // pointer derives from the buffer's own, which may be written, and `self` is borrowed
        // mutably for as long as the view lives.
        unsafe { raw_view_mut(pointer, self.view.shape(), self.view.strides()) }
    }

    /// Part of this array's elements, to write through.
    ///
    /// The part must have been found by slicing this array, and only after `make_unique`.
    pub(crate) fn view_mut_of(
        &mut self,
        pointer: *const T,
        shape: &[usize],
        strides: &[isize],
    ) -> ArrayViewMutD<'_, T> {
        assert!(self.is_unique(), "made unique by the caller");
        // SAFETY: unique, so nobody else holds the buffer and no two elements overlap; the part's
        // elements are among this array's, and `self` is borrowed mutably while the view lives.
        unsafe { raw_view_mut(pointer.cast_mut(), shape, strides) }
    }

    /// The address of the first element, to write to; copies first unless unique.
    pub fn as_mut_ptr(&mut self) -> *mut T {
        self.make_unique();
        self.view.as_ptr().cast_mut()
    }

    /// Copies the elements to a buffer of their own unless this is already the only holder.
    pub(crate) fn make_unique(&mut self) {
        if !self.is_unique() {
            *self = self.copy();
        }
    }

    /// A copy in row-major order, in a buffer of its own.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![1, 2];
    /// assert_eq!(a.copy(), a);
    /// assert_ne!(a.copy().address(), a.address());
    /// ```
    ///
    /// # Panics
    /// When there is no memory for it.
    #[track_caller]
    pub fn copy(&self) -> Self {
        or_panic(crate::copy::to_order(self, Order::RowMajor))
    }

    /// The same elements in row-major order: this array itself if it already is.
    pub fn to_contiguous(&self) -> Self {
        if self.is_contiguous() { self.clone() } else { self.copy() }
    }

    /// The elements as a slice, if they follow one another in row-major order.
    ///
    /// ```
    /// # use array_core::array;
    /// let a = array![[1, 2], [3, 4]];
    /// assert_eq!(a.as_slice(), Some(&[1, 2, 3, 4][..]));
    /// assert_eq!(a.t().as_slice(), None);
    /// ```
    pub fn as_slice(&self) -> Option<&[T]> {
        self.view.as_slice()
    }

    /// The elements as a slice to write to; copies first unless unique and contiguous.
    ///
    /// ```
    /// # use array_core::array;
    /// let mut a = array![3, 1, 2];
    /// a.as_slice_mut().sort();
    /// assert_eq!(a.to_vec(), [1, 2, 3]);
    /// ```
    pub fn as_slice_mut(&mut self) -> &mut [T] {
        or_panic(self.try_slice_mut())
    }

    /// The elements in row-major order, copied.
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![[1, 2], [3, 4]].t().to_vec(), [1, 3, 2, 4]);
    /// ```
    ///
    /// # Panics
    /// When there is no memory for them.
    #[track_caller]
    pub fn to_vec(&self) -> Vec<T> {
        error::or_panic(crate::copy::to_vec(self))
    }

    /// The elements in row-major order. They are not copied if they came from a vector and nobody else holds
    /// them.
    ///
    /// ```
    /// # use array_core::Array;
    /// let vector = vec![1.0, 2.0, 3.0];
    /// let address = vector.as_ptr();
    /// assert_eq!(Array::from_vec(vector).into_vec().as_ptr(), address);
    /// ```
    ///
    /// # Panics
    /// When there is no memory for a copy.
    #[track_caller]
    pub fn into_vec(self) -> Vec<T> {
        error::or_panic(self.try_into_vec())
    }

    /// The buffer as the vector that it was; else, if anyone else holds it or it never was one, this array.
    pub(crate) fn into_own_vec(self) -> Result<Vec<T>, Self> {
        if !self.is_contiguous() || self.as_ptr().cast() != self.buffer.as_ptr() {
            return Err(self);
        }
        let (length, Array { buffer, view }) = (self.len(), self);
        // SAFETY: contiguous from the buffer's beginning on, there are `length` elements.
        unsafe { buffer.into_vec(length) }.map_err(|buffer| Array { buffer, view })
    }

    /// The only element of an array of one element, whatever its rank.
    ///
    /// ```
    /// # use array_core::array;
    /// assert_eq!(array![[5]].item()?, 5);
    /// assert!(array![1, 2].item().is_err());
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is not exactly one.
    pub fn item(&self) -> Result<T> {
        match self.len() {
            1 => Ok(*self.view.first().expect("one element")),
            n => Err(Error::shape(format!(
                "item() needs exactly one element, the array has {n} in shape {}",
                crate::error::Shape(self.shape())
            ))),
        }
    }
}

/// The lowest address that the strides reach from the first element, and the strides' magnitudes.
///
/// ndarray wants views made from there; negative axes are then inverted. Where there are no elements, no
/// axis steps anywhere: else a part of an array of nothing would begin outside its memory.
fn normalised<T>(pointer: *const T, shape: &[usize], strides: &[isize]) -> (*const T, PerAxis<usize>) {
    if shape.contains(&0) {
        return (pointer, PerAxis::from_elem(0, strides.len()));
    }
    let mut lowest = pointer;
    for (&n, &s) in shape.iter().zip(strides) {
        if s < 0 && n > 1 {
            lowest = lowest.wrapping_offset(s * (n as isize - 1));
        }
    }
    (lowest, strides.iter().map(|s| s.unsigned_abs()).collect())
}

/// Which axes are inverted after that.
fn reversed(shape: &[usize], strides: &[isize]) -> impl Iterator<Item = ndarray::Axis> {
    let empty = shape.contains(&0);
    let axes = shape.iter().zip(strides).enumerate();
    axes.filter(move |&(_, (&n, &stride))| stride < 0 && n > 1 && !empty).map(|(axis, _)| ndarray::Axis(axis))
}

/// An ndarray view from raw parts, with strides of any sign.
///
/// # Safety
/// As [`Array::from_raw_parts`], for as long as the view lives.
unsafe fn raw_view<'a, T>(pointer: *const T, shape: &[usize], strides: &[isize]) -> ArrayViewD<'a, T> {
    if !shape.contains(&0) && strides.iter().all(|&stride| stride >= 0) {
        // SAFETY: what has no sign is the same number of either type.
        let strides = unsafe { std::slice::from_raw_parts(strides.as_ptr().cast::<usize>(), strides.len()) };
        // SAFETY: by the caller's contract.
        return unsafe {
            match (shape, strides) {
                // A rank that is known is not looked at again and again: a third of what a small array costs.
                (&[n], &[stride]) => ArrayView::from_shape_ptr([n].strides([stride]), pointer).into_dyn(),
                (&[m, n], &[down, across]) => {
                    ArrayView::from_shape_ptr([m, n].strides([down, across]), pointer).into_dyn()
                }
                _ => ArrayView::from_shape_ptr(IxDyn(shape).strides(IxDyn(strides)), pointer),
            }
        };
    }
    let (lowest, magnitudes) = normalised(pointer, shape, strides);
    // SAFETY: by the caller's contract; the lowest element is one of those reached.
    let mut view = unsafe { ArrayView::from_shape_ptr(IxDyn(shape).strides(IxDyn(&magnitudes)), lowest) };
    reversed(shape, strides).for_each(|axis| view.invert_axis(axis));
    view
}

/// As [`raw_view`], to write through.
///
/// # Safety
/// As [`raw_view`]; besides, nobody else may touch the elements, and no two may overlap.
pub(crate) unsafe fn raw_view_mut<'a, T>(
    pointer: *mut T,
    shape: &[usize],
    strides: &[isize],
) -> ArrayViewMutD<'a, T> {
    if shape.contains(&0) {
        // ndarray takes strides of zero for elements that overlap, though there are none: it is to choose.
        // SAFETY: no element is reached.
        return unsafe { ndarray::ArrayViewMut::from_shape_ptr(IxDyn(shape), pointer) };
    }
    let (lowest, magnitudes) = normalised(pointer.cast_const(), shape, strides);
    let shape_strides = IxDyn(shape).strides(IxDyn(&magnitudes));
    // SAFETY: by the caller's contract; the lowest element is one of those reached.
    let mut view = unsafe { ndarray::ArrayViewMut::from_shape_ptr(shape_strides, lowest.cast_mut()) };
    reversed(shape, strides).for_each(|axis| view.invert_axis(axis));
    view
}

#[cfg(test)]
mod tests {
    use crate::{s, zeros};

    #[test]
    fn parts_of_nothing_stay_where_it_is() {
        let a = zeros::<f64>([4usize, 1 << 55, 0]).unwrap();
        assert_eq!(a.slice(s![3]).unwrap().shape(), [1 << 55, 0]);
        for part in [s![3, -1], s![..;-1, 1usize << 50], s![2.., ..;-2]] {
            assert_eq!(a.slice(part).unwrap().address(), a.address());
        }
        assert_eq!(a.t().copy().strides(), [0; 3]);
        assert_eq!(zeros::<f64>([3, 0]).unwrap().view_mut().shape(), [3, 0]);
        assert_eq!(a.clone().view_mut().shape(), a.shape());
        assert!((&a + &a).is_empty());
    }
}
