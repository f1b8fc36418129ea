//! Borders around an array.

use ndarray::{Axis, Slice};

use super::assemble::{Canvas, assemble};
use crate::layout::PerAxis;
use crate::{Array, Element, Error, Result, complex64, complex128, f16};

/// What a border is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum PadMode<T> {
    /// One value.
    Constant(T),
    /// The outermost element.
    Edge,
    /// A straight line from this value, at the outermost, to the array's outermost element.
    LinearRamp(T),
    /// The elements mirrored at the outermost one, which is not repeated: `c b [a b c] b a`.
    Reflect,
    /// The elements mirrored behind the outermost one: `b a [a b c] c b`.
    Symmetric,
    /// The elements from the other end: `b c [a b c] a b`.
    Wrap,
}

/// How wide borders are: one number for all, `(before, after)` for all axes, or such a pair for each axis.
pub trait PadWidths {
    /// The widths before and after each of so many axes.
    ///
    /// # Errors
    /// When there are pairs for another number of axes.
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>>;
}

impl PadWidths for usize {
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>> {
        Ok(PerAxis::from_elem((*self, *self), ndim))
    }
}

impl PadWidths for (usize, usize) {
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>> {
        Ok(PerAxis::from_elem(*self, ndim))
    }
}

impl PadWidths for [(usize, usize)] {
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>> {
        match self {
            [one] => one.widths(ndim),
            many if many.len() == ndim => Ok(PerAxis::from_slice(many)),
            many => Err(wrong_number(many.len(), ndim)),
        }
    }
}

#[cold]
fn wrong_number(given: usize, ndim: usize) -> Error {
    Error::value(format!(
        "pad needs one pair of widths, or one for each of the array's {ndim} axes: {given} are given"
    ))
}

impl<const N: usize> PadWidths for [(usize, usize); N] {
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>> {
        self[..].widths(ndim)
    }
}

impl<W: PadWidths + ?Sized> PadWidths for &W {
    fn widths(&self, ndim: usize) -> Result<PerAxis<(usize, usize)>> {
        (**self).widths(ndim)
    }
}

/// A dtype that borders can be made of: all of them.
pub trait Pad: Element {
    /// The number at `i` of `n` steps on the straight line from one value to another. Of integers the
    /// next lower one.
    #[doc(hidden)]
    fn between(from: Self, to: Self, i: usize, n: usize) -> Self;
}

macro_rules! between {
    ($($type:ty: |$from:ident, $to:ident, $i:ident, $n:ident| $value:expr;)*) => {$(
        impl Pad for $type {
            fn between($from: Self, $to: Self, $i: usize, $n: usize) -> Self {
                $value
            }
        }
    )*};
}
macro_rules! between_integers {
    ($($type:ty)*) => { between! { $($type: |from, to, i, n| {
        let (from, to) = (from as f64, to as f64);
        ((to - from) / n as f64 * i as f64 + from).floor() as $type
    };)* } };
}
between_integers! { i8 i16 i32 i64 u8 u16 u32 u64 }
between! {
    bool: |from, to, i, n| f64::between(from as u8 as f64, to as u8 as f64, i, n).floor() != 0.0;
    f16: |from, to, i, n| f16::from_f32(f32::between(from.to_f32(), to.to_f32(), i, n));
    f32: |from, to, i, n| (to - from) / n as f32 * i as f32 + from;
    f64: |from, to, i, n| (to - from) / n as f64 * i as f64 + from;
    complex64: |from, to, i, n| (to - from) / n as f32 * i as f32 + from;
    complex128: |from, to, i, n| (to - from) / n as f64 * i as f64 + from;
}

/// The array with a border around it: a copy.
///
/// Axes are padded one after the other, so corners come from the borders of the axes before.
///
/// ```
/// # use array_core::{PadMode, arange, pad};
/// let a = arange((1, 4))?;
/// assert_eq!(pad(&a, 2, PadMode::Constant(0))?.to_vec(), [0, 0, 1, 2, 3, 0, 0]);
/// assert_eq!(pad(&a, (2, 1), PadMode::Edge)?.to_vec(), [1, 1, 1, 2, 3, 3]);
/// assert_eq!(pad(&a, 2, PadMode::Reflect)?.to_vec(), [3, 2, 1, 2, 3, 2, 1]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When there are widths for another number of axes, an axis without elements is to be padded with
/// elements, or there is no memory.
pub fn pad<T: Pad>(a: &Array<T>, widths: impl PadWidths, mode: PadMode<T>) -> Result<Array<T>> {
    let widths = widths.widths(a.ndim())?;
    // A type of the caller's may give what it likes.
    if widths.len() != a.ndim() {
        return Err(wrong_number(widths.len(), a.ndim()));
    }
    if widths.iter().all(|&pair| pair == (0, 0)) {
        return a.try_copy();
    }
    if let PadMode::Constant(value) = mode {
        return framed(a, &widths, value);
    }
    let mut shape = PerAxis::from_slice(a.shape());
    for (axis, &(before, after)) in widths.iter().enumerate().filter(|(_, pair)| **pair != (0, 0)) {
        let length = a.shape()[axis];
        if length == 0 {
            return Err(Error::value(format!(
                "axis {axis} has no elements to pad it with; PadMode::Constant needs none"
            )));
        }
        let total = before.checked_add(length).and_then(|sum| sum.checked_add(after));
        shape[axis] = total.ok_or_else(|| Error::size("the padded array"))?;
    }
    if shape.contains(&0) {
        return crate::zeros(&shape[..]);
    }
    crate::layout::byte_size::<T>(&shape)?;
    // SAFETY: the array itself is put, and along each axis the borders before and after it: along the axes before from
    // end to end, along those behind within the array's lengths. Together that is everything; and what a border is made
    // of has been put before.
    unsafe {
        assemble(&shape, |canvas| {
            let mut start: PerAxis<usize> = widths.iter().map(|&(before, _)| before).collect();
            let mut lengths = PerAxis::from_slice(a.shape());
            canvas.put(&start, a);
            for axis in 0..a.ndim() {
                if widths[axis] != (0, 0) {
                    let inside = canvas.part(&start, &lengths);
                    pad_along(canvas, &inside, &start, axis, shape[axis], mode);
                }
                (start[axis], lengths[axis]) = (0, shape[axis]);
            }
        })
    }
}

/// The array with a border of one value.
fn framed<T: Element>(a: &Array<T>, widths: &[(usize, usize)], value: T) -> Result<Array<T>> {
    let total = |(&n, &(before, after)): (&usize, &(usize, usize))| before.checked_add(n)?.checked_add(after);
    let shape: Option<PerAxis<usize>> = a.shape().iter().zip(widths).map(total).collect();
    let shape = shape.ok_or_else(|| Error::size("the padded array"))?;
    crate::layout::byte_size::<T>(&shape)?;
    let value = crate::scalar(value);
    // SAFETY: the array itself is put; and along each axis what lies before and after it, along the axes before
    // within the array's lengths, along those behind from end to end. Together that is everything.
    unsafe {
        assemble(&shape, |canvas| {
            let inner: PerAxis<usize> = widths.iter().map(|&(before, _)| before).collect();
            canvas.put(&inner, a);
            for (axis, &(before, after)) in widths.iter().enumerate() {
                let mut part = PerAxis::from_slice(&shape);
                let mut start = PerAxis::from_elem(0, shape.len());
                part[..axis].copy_from_slice(&a.shape()[..axis]);
                start[..axis].copy_from_slice(&inner[..axis]);
                for (at, width) in [(0, before), (shape[axis] - after, after)] {
                    (start[axis], part[axis]) = (at, width);
                    canvas.put(&start, &value.broadcast_to(&part[..]).expect("one value repeats"));
                }
            }
        })
    }
}

/// Writes the borders before and after what is at `corner`, along an axis whose length is to be `total`.
fn pad_along<T: Pad>(
    canvas: &mut Canvas<T>,
    inside: &Array<T>,
    corner: &[usize],
    axis: usize,
    total: usize,
    mode: PadMode<T>,
) {
    let (length, before) = (inside.shape()[axis], corner[axis]);
    // The part at these positions, backwards if `step` is -1, the first one only if it is 0.
    let part = |from: usize, count: usize, step: isize| {
        let mut view = inside.static_view();
        let last = if step == 0 { from } else { from + count - 1 };
        view.slice_axis_inplace(
            Axis(axis),
            Slice::new(from as isize, Some(last as isize + 1), step.signum() | 1),
        );
        let part = inside.with_view(view);
        let mut shape = inside.shape().to_vec();
        shape[axis] = count;
        if step == 0 { part.broadcast_to(&shape).expect("an axis of length one repeats") } else { part }
    };
    let mut put = |at: usize, piece: &Array<T>| {
        let mut corner = PerAxis::from_slice(corner);
        corner[axis] = at;
        canvas.put(&corner, piece);
    };
    let ends = [(0..before, 0), (before + length..total, length - 1)];
    match mode {
        PadMode::Constant(_) => unreachable!("a frame of one value is made at once"),
        PadMode::Edge => ends.iter().for_each(|(at, edge)| put(at.start, &part(*edge, at.len(), 0))),
        PadMode::LinearRamp(end) => {
            for (k, (at, edge)) in ends.iter().enumerate() {
                let edge = part(*edge, 1, 1);
                for i in 0..at.len() {
                    let layer = edge.map(|&edge| T::between(end, edge, i, at.len()));
                    put(if k == 0 { i } else { total - 1 - i }, &layer);
                }
            }
        }
        PadMode::Reflect | PadMode::Symmetric | PadMode::Wrap => {
            for at in ends.iter().map(|(at, _)| at.clone()) {
                let mut start = at.start;
                while start < at.end {
                    let (from, step, run) = source(mode, start as isize - before as isize, length);
                    let count = run.min(at.end - start);
                    let from = if step < 0 { from + 1 - count } else { from };
                    put(start, &part(from, count, step));
                    start += count;
                }
            }
        }
    }
}

/// Which element of `length` stands at a position outside, which way its neighbours go from there,
/// and how many can be had before that changes.
fn source<T>(mode: PadMode<T>, position: isize, length: usize) -> (usize, isize, usize) {
    let n = length as isize;
    let (period, mirror) = match mode {
        PadMode::Wrap => (n, n),
        PadMode::Symmetric => (2 * n, n),
        // Reflected at both ends, none of which is repeated.
        _ => ((2 * n - 2).max(1), n),
    };
    let i = position.rem_euclid(period);
    if i < mirror {
        (i as usize, 1, (mirror.min(period) - i) as usize)
    } else {
        let at = if period == 2 * n { period - 1 - i } else { period - i };
        (at as usize, -1, (period - i) as usize)
    }
}

impl<T: Element> Array<T> {
    /// Each element as `f` makes it, in a fresh array of this shape.
    fn map<O: Element>(&self, f: impl Fn(&T) -> O) -> Array<O> {
        Array::from_vec(self.to_vec().iter().map(f).collect())
            .reshape(self.shape())
            .expect("as many elements")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    /// Python's definition, one position after the other.
    fn naive(a: &[i32], before: usize, after: usize, mode: PadMode<i32>) -> Vec<i32> {
        let n = a.len() as isize;
        let at = |i: isize| match mode {
            PadMode::Constant(value) => {
                a.get(usize::try_from(i).unwrap_or(usize::MAX)).copied().unwrap_or(value)
            }
            PadMode::Edge => a[i.clamp(0, n - 1) as usize],
            PadMode::Wrap => a[i.rem_euclid(n) as usize],
            PadMode::Symmetric => {
                let j = i.rem_euclid(2 * n);
                a[if j < n { j } else { 2 * n - 1 - j } as usize]
            }
            _ if n == 1 => a[0],
            _ => {
                let j = i.rem_euclid(2 * n - 2);
                a[if j < n { j } else { 2 * n - 2 - j } as usize]
            }
        };
        (-(before as isize)..n + after as isize).map(at).collect()
    }

    #[test]
    fn borders_of_all_widths() {
        use PadMode::{Constant, Edge, Reflect, Symmetric, Wrap};
        for n in 1..6 {
            let a = arange(n).unwrap();
            for (before, after) in (0..17).flat_map(|before| (0..17).map(move |after| (before, after))) {
                for mode in [Constant(-1), Edge, Reflect, Symmetric, Wrap] {
                    let found = pad(&a, (before, after), mode).unwrap().to_vec();
                    assert_eq!(
                        found,
                        naive(&a.to_vec(), before, after, mode),
                        "{n} {before} {after} {mode:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn frames_of_every_rank() {
        for shape in [&[3][..], &[2, 3], &[2, 0], &[2, 1, 3]] {
            let a = crate::from_fn(shape, |i| i.iter().fold(1, |sum, i| 10 * sum + *i as i32)).unwrap();
            for widths in [(0, 0), (1, 2), (3, 0)] {
                let padded = pad(&a, widths, PadMode::Constant(-1)).unwrap();
                let naive = crate::from_fn(padded.shape(), |i| {
                    let inside: Option<Vec<isize>> = (i.iter().zip(shape))
                        .map(|(&i, &n)| i.checked_sub(widths.0).filter(|&i| i < n).map(|i| i as isize))
                        .collect();
                    inside.map_or(-1, |i| a.get(i).unwrap())
                });
                assert_eq!(padded, naive.unwrap(), "{shape:?} {widths:?}");
            }
        }
        let a = crate::zeros::<f64>([2, 3]).unwrap();
        assert_eq!(
            pad(&a, [(0, 0), (1, 0)], PadMode::Constant(1.0)).unwrap().to_vec(),
            [1., 0., 0., 0., 1., 0., 0., 0.]
        );
    }

    #[test]
    fn what_cannot_be_padded() {
        let empty = zeros::<f64>([0, 2]).unwrap();
        assert_eq!(pad(&empty, [(1, 1), (0, 0)], PadMode::Constant(3.0)).unwrap().to_vec(), [3.0; 4]);
        assert!(pad(&empty, 1, PadMode::Edge).unwrap_err().is_value());
        assert_eq!(pad(&empty, [(0, 0), (1, 0)], PadMode::Edge).unwrap().shape(), [0, 3]);
        assert!(pad(&empty, [(1, 1); 3], PadMode::Edge).unwrap_err().is_value());
        assert!(pad(&arange(2).unwrap(), usize::MAX, PadMode::Edge).unwrap_err().is_memory());
    }

    #[test]
    fn ramps() {
        let a = arange((4, 6)).unwrap();
        assert_eq!(pad(&a, 2, PadMode::LinearRamp(0)).unwrap().to_vec(), [0, 2, 4, 5, 2, 0]);
        assert_eq!(
            pad(&a.astype::<f64>(), (0, 2), PadMode::LinearRamp(0.0)).unwrap().to_vec(),
            [4.0, 5.0, 2.5, 0.0]
        );
    }
}
