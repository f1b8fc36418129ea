//! Ufuncs of one's own: a closure over elements, as a function over arrays with all methods.

use std::marker::PhantomData;

use array_core::engine::at::{self, Indices};
use array_core::engine::call::{self, Source};
use array_core::engine::closure::{self, Closure};
use array_core::engine::function::{Argument, Function};
use array_core::engine::target::into_out;
use array_core::engine::{Elements, closure_fold, masked, outer};
use array_core::{Array, Casting, Element, Promote, Result};

use crate::reduce::over::Axes;

/// Nanoseconds that a call of a closure is taken for, if nothing else is said.
const COST: f32 = 1.0;

/// A ufunc of one's own: a closure of one to three elements, applied to arrays element by element.
///
/// Operands broadcast and are of the closure's dtypes, or of dtypes that these hold exactly as NumPy has
/// it (an `i32` where it takes an `f64`). The loop around the closure is compiled for each instruction
/// set and is as fast as one written by hand; long arrays are computed on all cores, so the order of
/// calls is not fixed. If the closure panics, the call does; arrays given as `out` may then hold some
/// of the results.
///
/// ```
/// use array_core::Array;
/// use ufuncs::vectorize;
///
/// let polynomial = vectorize(|x: f64| x * x + 1.0);
/// assert_eq!(polynomial.call(&Array::from([1.0, 2.0]))?, Array::from([2.0, 5.0]));
///
/// let collatz = vectorize(|n: i64| if n % 2 == 0 { n / 2 } else { 3 * n + 1 });
/// assert_eq!(collatz.call(&Array::from([6i64, 7]))?, Array::from([3i64, 22]));
///
/// let concat = vectorize(|a: u32, b: u32| 10 * a + b);
/// let digits = Array::from([4u32, 0, 7]);
/// assert_eq!(concat.reduce(&digits, 0)?.item()?, 407);
/// assert_eq!(concat.accumulate(&digits, 0)?, Array::from([4u32, 40, 407]));
/// assert_eq!(concat.outer(&digits, &digits)?.shape(), [3, 3]);
/// # Ok::<(), array_core::Error>(())
/// ```
pub fn vectorize<In: Elements, F: Closure<In>>(closure: F) -> Vectorized<F, In> {
    Vectorized { closure, cost: COST, inputs: PhantomData }
}

/// A ufunc of one's own, made by [`vectorize`].
#[derive(Clone, Copy, Debug)]
pub struct Vectorized<F, In> {
    closure: F,
    cost: f32,
    inputs: PhantomData<fn(In)>,
}

/// An operand where elements of type `T` are wanted: an array of them, or of a dtype that `T` holds, or
/// one value.
pub trait Operand<'a, T: Element> {
    /// The dtype of the operand.
    type Item: Element;
    /// The operand as the engine takes it.
    fn into_operand(self) -> Source<'a, Self::Item>;
}

impl<'a, T: Element, U: Promote<T, Output = T>> Operand<'a, T> for &'a Array<U> {
    type Item = U;
    fn into_operand(self) -> Source<'a, U> {
        Source::Borrowed(self)
    }
}

impl<'a, T: Element, U: Promote<T, Output = T>> Operand<'a, T> for Array<U> {
    type Item = U;
    fn into_operand(self) -> Source<'a, U> {
        Source::Owned(self)
    }
}

macro_rules! scalars {
    ($(($variant:ident, $type:ty, $($rest:tt)*))*) => {$(
        impl<'a> Operand<'a, $type> for $type {
            type Item = $type;
            fn into_operand(self) -> Source<'a, $type> {
                Source::Scalar(self)
            }
        }
    )*};
}
array_core::for_each_dtype!(scalars);

impl<F, In: Elements> Vectorized<F, In>
where
    F: Closure<In>,
{
    /// The rough time of one call in nanoseconds, 1 if nothing is said: decides from which length on an
    /// array is computed on several cores.
    #[must_use]
    pub fn cost(mut self, nanoseconds: f32) -> Self {
        self.cost = nanoseconds;
        self
    }

    fn function<const N: usize>(&self) -> Function<N> {
        // SAFETY: wherever it is called, it is given `self.operand()`.
        unsafe { closure::function::<F, In, N>(self.cost) }
    }

    fn operand(&self) -> Argument<'_> {
        // SAFETY: wherever it is called, it is given to `self.function()`.
        unsafe { closure::operand(&self.closure) }
    }
}

/// The methods that all have, whatever the number of operands.
macro_rules! methods {
    ($($count:literal: $($type:ident $operand:ident $x:ident),*;)*) => {$(
        impl<F, $($type),*> Vectorized<F, ($($type,)*)>
        where
            F: Closure<($($type,)*)>,
            $($type: Element),*
        {
            /// The closure's result for each element, in a fresh array.
            ///
            /// # Errors
            /// When the shapes do not broadcast together.
            pub fn call<'a, $($operand: Operand<'a, $type>),*>(&self, $($x: $operand),*) -> Result<Array<F::Output>> {
                $(let $x = $x.into_operand();)*
                call::several(self.function::<$count>(), &[self.operand(), $($x.argument()),*])
            }

            /// As [`call`](Self::call), into an array that is there: of any dtype that holds the result's
            /// kind, of a shape that the operands broadcast to.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            pub fn out<'a, $($operand: Operand<'a, $type>,)* R: Element>(
                &self,
                $($x: $operand,)*
                out: &mut Array<R>,
            ) -> Result<()> {
                $(let $x = $x.into_operand();)*
                let operands = [self.operand(), $($x.argument()),*];
                call::several_out(self.function::<$count>(), &[F::Output::DTYPE], &operands, out)
            }

            /// As [`out`](Self::out), where the mask is true: elsewhere `out` keeps what it holds, and
            /// the closure is not called.
            ///
            /// # Errors
            /// When shapes or dtypes do not fit.
            pub fn out_where<'a, $($operand: Operand<'a, $type>,)* R: Element>(
                &self,
                $($x: $operand,)*
                out: &mut Array<R>,
                mask: &Array<bool>,
            ) -> Result<()> {
                $(let $x = $x.into_operand();)*
                let operands = [self.operand(), $($x.argument()),*];
                masked::out_where(self.function::<$count>(), &[F::Output::DTYPE], &operands, out, mask)
            }
        }
    )*};
}
methods! {
    3: A X x;
    4: A X x, B Y y;
    5: A X x, B Y y, C Z z;
}

impl<F, A> Vectorized<F, (A,)>
where
    F: Closure<(A,)>,
    A: Element,
{
    /// In place, of the elements at these indices, one after the other: an index that comes twice is
    /// computed twice.
    ///
    /// # Errors
    /// When an index is out of bounds, or the result is of a higher kind than the array's dtype.
    pub fn at<T: Promote<A, Output = A>>(&self, a: &mut Array<T>, indices: impl Indices) -> Result<()> {
        at::closure_at(self.function::<3>(), self.operand(), a, indices)
    }
}

impl<F, A, B> Vectorized<F, (A, B)>
where
    F: Closure<(A, B)>,
    A: Element,
    B: Element,
{
    /// Of each element of the left operand with each of the right: the result's shape is the left one's,
    /// then the right one's.
    ///
    /// # Errors
    /// When there is no memory for the result.
    pub fn outer<'a, X: Operand<'a, A>, Y: Operand<'a, B>>(&self, x: X, y: Y) -> Result<Array<F::Output>> {
        let (x, y) = (x.into_operand(), y.into_operand());
        outer::outer_after(self.function::<4>(), &[self.operand()], x.argument(), y.argument())
    }

    /// In place, of the elements at these indices and those of `b`, one after the other: an index that
    /// comes twice is computed twice.
    ///
    /// # Errors
    /// When an index is out of bounds, `b` does not broadcast to what the indices name, or the result is
    /// of a higher kind than the array's dtype.
    pub fn at<'a, T: Promote<A, Output = A>, Y: Operand<'a, B>>(
        &self,
        a: &mut Array<T>,
        indices: impl Indices,
        b: Y,
    ) -> Result<()> {
        at::closure_at_with(self.function::<4>(), self.operand(), a, indices, b.into_operand())
    }
}

/// Reductions take the elements from first to last: the closure need be neither associative nor
/// commutative.
impl<F, T> Vectorized<F, (T, T)>
where
    F: Closure<(T, T), Output = T>,
    T: Element,
{
    /// `f(… f(f(a[0], a[1]), a[2]) …)` along some axes, in row-major order: `..` for all, an axis, an array of
    /// axes, or [`over`](crate::over) with options. With an initial value, from `f(initial, a[0])` on.
    ///
    /// # Errors
    /// When an axis is out of bounds or given twice; when there are no elements, or a mask, and no initial
    /// value; when a mask does not broadcast.
    ///
    /// ```
    /// # use array_core::Array;
    /// use ufuncs::{over, vectorize};
    /// let digits = Array::from([4u32, 0, 7, 1, 2, 3]).reshape([2, 3])?;
    /// let concat = vectorize(|a: u32, b: u32| 10 * a + b);
    /// assert_eq!(concat.reduce(&digits, ..)?.item()?, 407_123);
    /// assert_eq!(concat.reduce(&digits, over(1).keepdims())?.shape(), [2, 1]);
    /// assert_eq!(concat.reduce(&digits, over(1).initial(9))?.to_vec(), [9_407, 9_123]);
    /// let odd = Array::from([false, true, true]);
    /// assert_eq!(concat.reduce(&digits, over(1).initial(0).where_(&odd))?.to_vec(), [7, 23]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    pub fn reduce<'a>(&self, a: &Array<T>, axes: impl Axes<'a, T>) -> Result<Array<T>> {
        let over = axes.into_over();
        let set = over.axis_set(a.ndim())?;
        let mask = match over.mask {
            Some(mask) => Some(mask.broadcast_to(a.shape())?),
            None => None,
        };
        closure_fold::reduce(&self.closure, self.cost, a, &set, over.keepdims, over.initial, mask.as_ref())
    }

    /// As [`reduce`](Self::reduce), into an array that is there: of the result's shape, and of any dtype, to
    /// which the result is converted as by [`astype`](Array::astype). It may be part of the operand.
    ///
    /// # Errors
    /// As [`reduce`](Self::reduce); when the shape does not fit. Then nothing is written.
    pub fn reduce_out<'a, R: Element>(
        &self,
        a: &Array<T>,
        axes: impl Axes<'a, T>,
        out: &mut Array<R>,
    ) -> Result<()> {
        into_out("reduce", out, Casting::Unsafe, |target| target.put(self.reduce(a, axes)?))
    }

    /// What [`reduce`](Self::reduce) has after each element, in an array of the same shape.
    ///
    /// # Errors
    /// When there is no such axis.
    pub fn accumulate(&self, a: &Array<T>, axis: isize) -> Result<Array<T>> {
        closure_fold::accumulate(&self.closure, self.cost, a, axis)
    }

    /// As [`accumulate`](Self::accumulate), into an array that is there: of the operand's shape, and of any dtype,
    /// to which the result is converted as by [`astype`](Array::astype). It may be part of the operand.
    ///
    /// # Errors
    /// As [`accumulate`](Self::accumulate); when the shape does not fit. Then nothing is written.
    pub fn accumulate_out<R: Element>(&self, a: &Array<T>, axis: isize, out: &mut Array<R>) -> Result<()> {
        into_out("accumulate", out, Casting::Unsafe, |target| target.put(self.accumulate(a, axis)?))
    }

    /// Reductions of parts of an axis: from each index to the next one, the last to the end; or, where
    /// the next index is not larger, the one element at the index.
    ///
    /// # Errors
    /// When there is no such axis, or an index is out of bounds; negative ones are.
    pub fn reduceat(&self, a: &Array<T>, indices: &[usize], axis: isize) -> Result<Array<T>> {
        closure_fold::reduceat(&self.closure, self.cost, a, indices, axis)
    }
    /// As [`reduceat`](Self::reduceat), into an array that is there: of the result's shape, and of any dtype, to
    /// which the result is converted as by [`astype`](Array::astype). It may be part of the operand.
    ///
    /// # Errors
    /// As [`reduceat`](Self::reduceat); when the shape does not fit. Then nothing is written.
    pub fn reduceat_out<R: Element>(
        &self,
        a: &Array<T>,
        indices: &[usize],
        axis: isize,
        out: &mut Array<R>,
    ) -> Result<()> {
        into_out("reduceat", out, Casting::Unsafe, |target| target.put(self.reduceat(a, indices, axis)?))
    }
}
