//! Differences of neighbours, and integrals by the trapezoidal rule.

use array_core::engine::kernel::Binary;
use array_core::engine::{call, in_pool, thread_count};
use array_core::operators::kernels::Subtract;
use array_core::{Array, Element, Error, IndexItem, Promote, Result, concat, s, scalar};

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

use crate::functions::statistics::Averages;
use crate::linear::number::{converted, in_dtype};
use crate::linear::plan::shape_text;
use crate::over;
use crate::statistics::arithmetic::{Arithmetic, Differs};

/// The axis counted from the front.
pub(super) fn from_front(axis: isize, ndim: usize) -> Result<usize> {
    let counted = if axis < 0 { axis.checked_add_unsigned(ndim) } else { Some(axis) };
    let inside = counted.and_then(|axis| usize::try_from(axis).ok()).filter(|&axis| axis < ndim);
    inside.ok_or_else(|| Error::axis(axis, ndim))
}

/// An index of one axis, that takes the others whole.
pub(super) fn along_axis(axis: usize, item: impl Into<IndexItem>) -> Vec<IndexItem> {
    let mut index = vec![IndexItem::from(..); axis];
    index.push(item.into());
    index
}

/// Later neighbours less earlier ones.
fn neighbours<T: Differs>(a: &Array<T>, axis: usize) -> Result<Array<T>> {
    T::difference(&a.slice(along_axis(axis, 1..))?, &a.slice(along_axis(axis, ..-1))?)
}

/// Along which axis [`diff`](fn@diff) goes, how often, and between which ends: made by [`along`]. `A` is what the
/// ends are in, an array of a dtype or of any.
#[derive(Clone, Debug)]
pub struct Along<'a, A> {
    pub(crate) axis: isize,
    pub(crate) n: usize,
    pub(crate) prepend: Option<&'a A>,
    pub(crate) append: Option<&'a A>,
}

/// The axis of a [`diff`](fn@diff), to which options can be added.
///
/// ```
/// use array_core::{Array, scalar};
/// use ufuncs::{along, diff};
///
/// let a = Array::from([1, 4, 9, 16]);
/// assert_eq!(diff(&a, along(-1).n(2))?, Array::from([2, 2]));
/// assert_eq!(diff(&a, along(-1).prepend(&scalar(0)))?, Array::from([1, 3, 5, 7]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn along<'a, A>(axis: isize) -> Along<'a, A> {
    Along { axis, n: 1, prepend: None, append: None }
}

impl<'a, A> Along<'a, A> {
    /// So many times, one after the other.
    #[must_use]
    pub fn n(mut self, n: usize) -> Self {
        self.n = n;
        self
    }

    /// With these elements before the first; a number counts as one along the axis.
    #[must_use]
    pub fn prepend(mut self, elements: &'a A) -> Self {
        self.prepend = Some(elements);
        self
    }

    /// With these elements after the last; a number counts as one along the axis.
    #[must_use]
    pub fn append(mut self, elements: &'a A) -> Self {
        self.append = Some(elements);
        self
    }
}

impl<A> From<isize> for Along<'_, A> {
    fn from(axis: isize) -> Self {
        along(axis)
    }
}

/// The differences of neighbours along an axis, later less earlier: one less than there are elements.
/// Integers wrap; of bools it is whether they are different.
///
/// The last argument is an axis, or [`along`] with options.
///
/// # Errors
/// When the axis is out of bounds, or what comes before or after has another shape beside the axis.
///
/// ```
/// use array_core::Array;
/// use ufuncs::diff;
///
/// assert_eq!(diff(&Array::from([1, 4, 9, 16]), -1)?, Array::from([3, 5, 7]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn diff<'a, T: Differs>(a: &Array<T>, options: impl Into<Along<'a, Array<T>>>) -> Result<Array<T>> {
    let Along { axis, n, prepend, append } = options.into();
    if n == 0 {
        return Ok(a.clone());
    }
    if a.ndim() == 0 {
        return Err(Error::value("diff needs an array of at least one dimension"));
    }
    let axis = from_front(axis, a.ndim())?;
    let mut a = match (prepend, append) {
        (None, None) => a.clone(),
        _ => joined(prepend, a, append, axis)?,
    };
    // Of as many differences as there are elements none is left.
    for _ in 0..n.min(a.shape()[axis]) {
        a = neighbours(&a, axis)?;
    }
    Ok(a)
}

/// The elements with others before and after them along an axis.
fn joined<T: Element>(
    before: Option<&Array<T>>,
    a: &Array<T>,
    after: Option<&Array<T>>,
    axis: usize,
) -> Result<Array<T>> {
    let spread = |end: &Array<T>| {
        let mut shape = a.shape().to_vec();
        if end.ndim() == 0 {
            shape[axis] = 1;
            return end.broadcast_to(&shape);
        }
        shape[axis] = end.shape().get(axis).copied().unwrap_or(0);
        if end.shape() == shape {
            return Ok(end.clone());
        }
        Err(Error::shape(format!(
            "diff: elements of shape {} cannot stand before or after an array of shape {} along axis {axis}",
            shape_text(end.shape()),
            shape_text(a.shape())
        )))
    };
    let mut parts = Vec::new();
    parts.extend(before.map(spread).transpose()?);
    parts.push(a.clone());
    parts.extend(after.map(spread).transpose()?);
    // Rows along the axis first: then the parts follow one another in memory.
    let mut order: Vec<isize> = (0..a.ndim() as isize).collect();
    order.remove(axis);
    order.insert(0, axis as isize);
    let rows: Vec<Array<T>> = parts.iter().map(|part| part.transpose(&order)).collect::<Result<_>>()?;
    let mut back: Vec<isize> = (1..a.ndim() as isize).collect();
    back.insert(axis, 0);
    concat(&rows, 0)?.transpose(&back)
}

/// The differences of neighbours of all elements, in row-major order.
///
/// # Errors
/// When there is no memory for them.
///
/// ```
/// use array_core::Array;
/// use ufuncs::ediff1d;
///
/// let a = Array::from([1, 2, 4, 7]);
/// assert_eq!(ediff1d(&a)?, Array::from([1, 2, 3]));
/// let with_ends = ediff1d::with_ends(&a, &Array::from([-9]), &Array::from([88, 99]))?;
/// assert_eq!(with_ends, Array::from([-9, 1, 2, 3, 88, 99]));
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn ediff1d<T>(a: &Array<T>) -> Result<Array<T>>
where
    T: Promote<T, Output = T>,
    Subtract: Binary<T, Output = T>,
{
    let a = a.reshape(a.len())?;
    call::binary::<Subtract, _>((&a.slice(s![1..])?, &a.slice(s![..-1])?))
}

/// The other method of [`ediff1d`](fn@ediff1d).
#[allow(non_camel_case_types, reason = "named as its function")]
#[derive(Debug)]
pub enum ediff1d {}

impl ediff1d {
    /// The differences, with other elements before and after them.
    ///
    /// ```
    /// # use array_core::array;
    /// let with_ends = ufuncs::ediff1d::with_ends(&array![1, 2, 4], &array![0], &array![9])?;
    /// assert_eq!(with_ends, array![0, 1, 2, 9]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn with_ends<T>(a: &Array<T>, to_begin: &Array<T>, to_end: &Array<T>) -> Result<Array<T>>
    where
        T: Promote<T, Output = T>,
        Subtract: Binary<T, Output = T>,
    {
        concat(&[to_begin, &ediff1d(a)?, to_end], ..)
    }
}

/// How far apart samples are: the same everywhere (a number), or as the places in an array have it.
pub trait Abscissas<Y: Element> {
    /// The dtype of integrals over them.
    type Integral: Arithmetic;
    /// The distances of neighbours, in a shape that broadcasts to theirs.
    ///
    /// # Errors
    /// When the places do not fit the samples.
    fn distances(self, shape: &[usize], axis: usize) -> Result<Array<Self::Integral>>;
}

impl<Y: Averages<Base: Arithmetic>> Abscissas<Y> for f64 {
    type Integral = Y::Base;
    fn distances(self, _: &[usize], _: usize) -> Result<Array<Y::Base>> {
        converted(scalar(self))
    }
}

impl<X, Y> Abscissas<Y> for &Array<X>
where
    X: Element,
    Y: Promote<X, Output: Averages<Base: Arithmetic>>,
{
    type Integral = <Y::Output as Averages>::Base;
    fn distances(self, shape: &[usize], axis: usize) -> Result<Array<Self::Integral>> {
        let x = in_dtype::<X, Self::Integral>(self)?;
        let along = if x.ndim() == 1 { 0 } else { from_front(axis as isize, x.ndim())? };
        let later = x.slice(along_axis(along, 1..))?;
        let distances = Arithmetic::minus(&later, &x.slice(along_axis(along, ..-1))?)?;
        if x.ndim() != 1 {
            return Ok(distances);
        }
        let mut lengths = vec![1; shape.len()];
        lengths[axis] = distances.len();
        distances.reshape(&lengths)
    }
}

/// The integral along an axis by the trapezoidal rule. Integers are integrated in `f64`.
///
/// `x` is how far apart the samples are, or an array of their places: of one axis, or of a shape that
/// broadcasts to that of `y`.
///
/// # Errors
/// When the axis is out of bounds or the places do not fit.
///
/// ```
/// use array_core::Array;
/// use ufuncs::trapezoid;
///
/// let y = Array::from([1.0f64, 2.0, 3.0]);
/// assert_eq!(trapezoid(&y, 1.0, -1)?.item()?, 4.0);
/// assert_eq!(trapezoid(&y, &Array::from([4i64, 6, 8]), -1)?.item()?, 8.0);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn trapezoid<Y: Element, X: Abscissas<Y>>(y: &Array<Y>, x: X, axis: isize) -> Result<Array<X::Integral>> {
    let axis = from_front(axis, y.ndim())?;
    let distances = x.distances(y.shape(), axis)?;
    let fits = distances.len() == 1 || distances.len() + 1 == y.len();
    if y.ndim() > 1 || distances.ndim() > 1 || !fits || y.len() <= PIECE {
        return strips(&*in_dtype(y)?, &distances, axis);
    }
    let piece = |start: usize| {
        let end = (start + PIECE).min(y.len() - 1) as isize;
        let start = start as isize;
        let y = y.slice(s![start..end + 1])?;
        let distances = if distances.len() > 1 { &distances.slice(s![start..end])? } else { &distances };
        strips(&*in_dtype::<Y, X::Integral>(&y)?, distances, 0)?.item()
    };
    let starts = 0..y.len() - 1;
    let sums: Result<Vec<X::Integral>> = match thread_count() {
        1 => starts.step_by(PIECE).map(piece).collect(),
        _ => in_pool(|| starts.into_par_iter().step_by(PIECE).map(piece).collect()),
    };
    Arithmetic::total(&Array::from_vec(sums?), over(0))
}

/// Samples of one axis whose strips are computed and summed before the next: they stay in a cache. Where pieces
/// begin does not depend on threads.
const PIECE: usize = 1 << 14;

/// The sum of all strips between neighbours along an axis.
fn strips<T: Arithmetic>(y: &Array<T>, distances: &Array<T>, axis: usize) -> Result<Array<T>> {
    let (later, earlier) = (y.slice(along_axis(axis, 1..))?, y.slice(along_axis(axis, ..-1))?);
    let strips = Arithmetic::times(distances, &Arithmetic::plus(&later, &earlier)?)?;
    let halves = Arithmetic::over(&strips, &converted(scalar(2.0))?)?;
    // Places of more axes than the samples have come first.
    Arithmetic::total(&halves, over(axis as isize + (halves.ndim() - y.ndim()) as isize))
}
