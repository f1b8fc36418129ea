//! Linear interpolation between points.

use std::array;

use array_core::engine::{in_pool, thread_count};
use array_core::{Array, Element, Error, Result, complex128, zeros};
use rayon::iter::{IndexedParallelIterator, ParallelIterator};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use crate::linear::number::converted;
use crate::linear::plan::shape_text;

mod places;
use places::{TOGETHER, places};

/// Numbers that one thread takes at a time. Where pieces begin does not depend on threads.
const PIECE: usize = 1 << 14;

/// The values at `x` of the broken line through the points (`xp`, `fp`), as `f64` or `complex128`: before the
/// first point the first `fp`, behind the last the last. [`Interp`] has the options.
///
/// `xp` must increase; if it does not, the results mean nothing, as in NumPy.
///
/// # Errors
/// When `xp` and `fp` are not one-dimensional, of one length, or have no points; when `x` or `xp` are complex.
///
/// ```
/// # use array_core::Array;
/// let (xp, fp) = (Array::from([1.0, 2.0, 3.0]), Array::from([3.0, 2.0, 0.0]));
/// let y = ufuncs::interp(&Array::from([0.0, 1.5, 2.5, 9.0]), &xp, &fp)?;
/// assert_eq!(y, Array::from([3.0, 2.5, 1.0, 0.0]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn interp<X, P, F>(x: &Array<X>, xp: &Array<P>, fp: &Array<F>) -> Result<Array<F::Value>>
where
    X: Element,
    P: Element,
    F: Interpolate,
{
    Interp::new(xp, fp)?.at(x)
}

/// A broken line through points, with options: [`interp`](fn@interp) in steps.
///
/// ```
/// # use array_core::Array;
/// use ufuncs::Interp;
///
/// let (xp, fp) = (Array::from([0.0, 90.0, 180.0]), Array::from([0.0, 1.0, 0.0]));
/// let line = Interp::new(&xp, &fp)?.left(-1.0).right(f64::NAN);
/// assert_eq!(line.at(&Array::from([-1.0, 45.0]))?, Array::from([-1.0, 0.5]));
/// let angles = Interp::new(&xp, &fp)?.period(360.0)?;
/// assert_eq!(angles.at(&Array::from([405.0]))?, Array::from([0.5]));
/// # Ok::<(), array_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Interp<V: Value> {
    /// Contiguous, as are the values.
    xp: Array<f64>,
    fp: Array<V>,
    left: V,
    right: V,
    period: Option<f64>,
}

/// A dtype that values of a broken line have: real ones as `f64`, complex ones as `complex128`.
pub trait Interpolate: Element {
    /// `f64` or `complex128`.
    type Value: Value;
}

/// `f64` or `complex128`.
pub trait Value: Element {
    /// The slope between two points, as NumPy rounds it.
    #[doc(hidden)]
    fn slope(from: (f64, Self), to: (f64, Self)) -> Self;
    /// The value at `x` on the line through a point with that slope, as NumPy rounds it.
    #[doc(hidden)]
    fn from_point(from: (f64, Self), slope: Self, x: f64) -> Self;
    /// Whether the value or a part of it is `nan`.
    #[doc(hidden)]
    fn is_nan(&self) -> bool;
    /// The value at `x` on the line through two points, given its slope: from the first, or if that gives `nan`,
    /// from the second.
    #[doc(hidden)]
    fn on_line(points: [(f64, Self); 2], slope: Self, x: f64) -> Self;
    /// A real number as one of these.
    #[doc(hidden)]
    fn of(x: f64) -> Self;
}

fn on_real_line([(x0, y0), (x1, y1)]: [(f64, f64); 2], slope: f64, x: f64) -> f64 {
    let value = f64::from_point((x0, y0), slope, x);
    if !value.is_nan() {
        return value;
    }
    // From the other point, and if both are the same infinity, that.
    let value = f64::from_point((x1, y1), slope, x);
    if value.is_nan() && y0 == y1 { y0 } else { value }
}

impl Value for f64 {
    #[inline(always)]
    fn slope(from: (f64, f64), to: (f64, f64)) -> f64 {
        (to.1 - from.1) / (to.0 - from.0)
    }
    #[inline(always)]
    fn from_point((x0, y0): (f64, f64), slope: f64, x: f64) -> f64 {
        slope * (x - x0) + y0
    }
    #[inline(always)]
    fn is_nan(&self) -> bool {
        f64::is_nan(*self)
    }
    #[inline(always)]
    fn on_line(points: [(f64, f64); 2], slope: f64, x: f64) -> f64 {
        on_real_line(points, slope, x)
    }
    fn of(x: f64) -> f64 {
        x
    }
}

impl Value for complex128 {
    #[inline(always)]
    fn slope(from: (f64, complex128), to: (f64, complex128)) -> complex128 {
        let steepness = 1.0 / (to.0 - from.0);
        complex128::new((to.1.re - from.1.re) * steepness, (to.1.im - from.1.im) * steepness)
    }
    #[inline(always)]
    fn from_point((x0, y0): (f64, complex128), slope: complex128, x: f64) -> complex128 {
        complex128::new(slope.re * (x - x0) + y0.re, slope.im * (x - x0) + y0.im)
    }
    #[inline(always)]
    fn is_nan(&self) -> bool {
        self.re.is_nan() | self.im.is_nan()
    }
    #[inline(always)]
    fn on_line([(x0, y0), (x1, y1)]: [(f64, complex128); 2], slope: complex128, x: f64) -> complex128 {
        complex128::new(
            on_real_line([(x0, y0.re), (x1, y1.re)], slope.re, x),
            on_real_line([(x0, y0.im), (x1, y1.im)], slope.im, x),
        )
    }
    fn of(x: f64) -> complex128 {
        complex128::new(x, 0.0)
    }
}

macro_rules! interpolate {
    ($($value:ident: $($type:ty)*;)*) => {$($(impl Interpolate for $type { type Value = $value; })*)*};
}
interpolate! {
    f64: bool i8 i16 i32 i64 u8 u16 u32 u64 array_core::f16 f32 f64;
    complex128: array_core::complex64 complex128;
}

impl<V: Value> Interp<V> {
    /// The broken line through the points.
    ///
    /// # Errors
    /// As [`interp`](fn@interp).
    pub fn new<P, F>(xp: &Array<P>, fp: &Array<F>) -> Result<Self>
    where
        P: Element,
        F: Interpolate<Value = V>,
    {
        if xp.ndim() != 1 || fp.ndim() != 1 || xp.len() != fp.len() {
            return Err(Error::shape(format!(
                "interp needs xp and fp of one dimension and one length: they are of shapes {} and {}",
                shape_text(xp.shape()),
                shape_text(fp.shape())
            )));
        }
        let (xp, fp) = (contiguous::<P, f64>(xp)?, contiguous::<F, V>(fp)?);
        let (Some(&left), Some(&right)) = (elements(&fp).first(), elements(&fp).last()) else {
            return Err(Error::value("interp needs at least one point: xp and fp are empty"));
        };
        Ok(Interp { xp, fp, left, right, period: None })
    }

    /// What is before the first point, instead of the first value.
    #[must_use]
    pub fn left(mut self, value: V) -> Self {
        self.left = value;
        self
    }

    /// What is behind the last point, instead of the last value.
    #[must_use]
    pub fn right(mut self, value: V) -> Self {
        self.right = value;
        self
    }

    /// That the line repeats itself: `xp` need not increase, and what is left and right is of no account.
    ///
    /// # Errors
    /// When the period is zero or not finite.
    pub fn period(mut self, period: f64) -> Result<Self> {
        let period = period.abs();
        if period == 0.0 || !period.is_finite() {
            return Err(Error::value(format!("a period of {period}: it must be a number other than zero")));
        }
        let mut points: Vec<(f64, V)> = elements(&self.xp)
            .iter()
            .map(|&x| within(x, period))
            .zip(elements(&self.fp).iter().copied())
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (first, last) = (points[0], points[points.len() - 1]);
        points.insert(0, (last.0 - period, last.1));
        points.push((first.0 + period, first.1));
        (self.left, self.right) = (points[0].1, points[points.len() - 1].1);
        let (xp, fp) = points.into_iter().unzip();
        (self.xp, self.fp) = (Array::from_vec(xp), Array::from_vec(fp));
        self.period = Some(period);
        Ok(self)
    }

    /// The values at `x`, of any shape.
    ///
    /// # Errors
    /// When `x` is complex; when there is no memory for them.
    pub fn at<X: Element>(&self, x: &Array<X>) -> Result<Array<V>> {
        let x = contiguous::<X, f64>(x)?;
        let mut values = zeros::<V>(x.shape())?;
        let points = Points { xp: elements(&self.xp), fp: elements(&self.fp) };
        // Where there are many numbers, each slope is found once.
        let slopes: Option<Vec<V>> = (x.len() >= points.xp.len()).then(|| points.slopes());
        let fill = |(values, x): (&mut [V], &[f64])| match &slopes {
            Some(slopes) => self.fill(points, |i| slopes[i], values, x),
            None => self.fill(points, |i| points.slope(i), values, x),
        };
        let (to, from) = (values.as_slice_mut(), elements(&x));
        match if to.len() > PIECE { thread_count() } else { 1 } {
            1 => to.chunks_mut(PIECE).zip(from.chunks(PIECE)).for_each(fill),
            _ => in_pool(|| to.par_chunks_mut(PIECE).zip(from.par_chunks(PIECE)).for_each(fill)),
        }
        Ok(values)
    }

    /// The values at `x`, some at a time, each looked for near the place of those before.
    fn fill(&self, points: Points<'_, V>, slope: impl Fn(usize) -> V, values: &mut [V], x: &[f64]) {
        let mut place = 0;
        let mut next = |some: &[f64; TOGETHER]| match self.period {
            Some(period) => self.some(points, &slope, &some.map(|x| within(x, period)), &mut place),
            None => self.some(points, &slope, some, &mut place),
        };
        let (groups, rest) = x.as_chunks();
        let (to, to_rest) = values.as_chunks_mut();
        for (to, x) in to.iter_mut().zip(groups) {
            *to = next(x);
        }
        if let Some(&last) = rest.last() {
            let mut some = [last; TOGETHER];
            some[..rest.len()].copy_from_slice(rest);
            to_rest.copy_from_slice(&next(&some)[..rest.len()]);
        }
    }

    /// The values at some numbers, looked for near a place, which becomes that of the last one.
    #[inline(always)]
    fn some(
        &self,
        points: Points<'_, V>,
        slope: impl Fn(usize) -> V,
        x: &[f64; TOGETHER],
        place: &mut usize,
    ) -> [V; TOGETHER] {
        // Without branches, unless something is wrong with a value.
        if points.are_between(*place, x) {
            let ([from, _], slope) = (points.from(*place), slope(*place));
            let values = x.map(|x| V::from_point(from, slope, x));
            if !values.iter().fold(false, |any, value| any | value.is_nan()) {
                return values;
            }
        }
        let places = places(points.xp, x, *place);
        *place = places[TOGETHER - 1];
        if points.are_inside(x) {
            let values: [V; TOGETHER] =
                array::from_fn(|k| V::from_point(points.at(places[k]), slope(places[k]), x[k]));
            if !values.iter().fold(false, |any, value| any | value.is_nan()) {
                // As in `value`.
                return array::from_fn(|k| {
                    let (at, value) = points.at(places[k]);
                    if at == x[k] { value } else { values[k] }
                });
            }
        }
        array::from_fn(|k| self.value(points, x[k], places[k], &slope))
    }

    /// The value at `x`, which is between the points at `i` and the next, or outside of all.
    #[inline]
    fn value(&self, points: Points<'_, V>, x: f64, i: usize, slope: impl Fn(usize) -> V) -> V {
        let Points { xp, fp } = points;
        let last = xp.len() - 1;
        if x.is_nan() {
            return if last == 0 { fp[0] } else { V::of(x) };
        }
        if x < xp[0] {
            return self.left;
        }
        if x >= xp[last] {
            return if x > xp[last] { self.right } else { fp[last] };
        }
        if xp[i] == x || last == 0 {
            // No slope where there is no need: it may be infinite. Where the only point is at `nan`, there is none.
            return fp[i];
        }
        V::on_line(points.from(i), slope(i), x)
    }
}

/// The points of a line.
#[derive(Clone, Copy)]
struct Points<'a, V> {
    xp: &'a [f64],
    fp: &'a [V],
}

impl<V: Value> Points<'_, V> {
    /// The point at `i`.
    #[inline(always)]
    fn at(&self, i: usize) -> (f64, V) {
        (self.xp[i], self.fp[i])
    }

    /// The point at `i` and the next.
    #[inline]
    fn from(&self, i: usize) -> [(f64, V); 2] {
        [self.at(i), self.at(i + 1)]
    }

    fn slope(&self, i: usize) -> V {
        let [from, to] = self.from(i);
        V::slope(from, to)
    }

    fn slopes(&self) -> Vec<V> {
        let pairs = self.xp.windows(2).zip(self.fp.windows(2));
        pairs.map(|(x, y)| V::slope((x[0], y[0]), (x[1], y[1]))).collect()
    }

    /// Whether all these numbers are between the point at `i` and the next, and on neither.
    #[inline]
    fn are_between(&self, i: usize, x: &[f64; TOGETHER]) -> bool {
        i + 1 < self.xp.len() && {
            let (from, to) = (self.xp[i], self.xp[i + 1]);
            x.iter().fold(true, |all, &x| all & (from < x) & (x < to))
        }
    }

    /// Whether all these numbers are between two points, or on one before the last.
    #[inline]
    fn are_inside(&self, x: &[f64; TOGETHER]) -> bool {
        let (first, last) = (self.xp[0], self.xp[self.xp.len() - 1]);
        x.iter().fold(true, |all, &x| all & (first <= x) & (x < last))
    }
}

/// The array in another dtype and without gaps: itself if it is like that.
///
/// # Errors
/// When complex numbers are to be real; when there is no memory for it.
fn contiguous<T: Element, D: Element>(array: &Array<T>) -> Result<Array<D>> {
    if T::DTYPE.kind() > D::DTYPE.kind() {
        return Err(Error::dtype(D::DTYPE, T::DTYPE));
    }
    let array = converted::<T, D>(array.clone())?;
    if array.as_slice().is_some() { Ok(array) } else { array.try_copy() }
}

/// The elements of an array that is contiguous.
fn elements<T: Element>(array: &Array<T>) -> &[T] {
    array.as_slice().expect("made contiguous")
}

/// The remainder as NumPy has it: from 0 up to the period.
fn within(x: f64, period: f64) -> f64 {
    let rest = x % period;
    if rest < 0.0 { rest + period } else { rest + 0.0 }
}
