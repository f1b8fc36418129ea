//! What typed calls take: arrays that the caller keeps or gives away, plain numbers, and pairs of these.

use super::function::Argument;
use crate::promote::Promote;
use crate::{Array, Element};

/// An operand of a function: borrowed, given away (its memory may be reused), or one value.
pub enum Source<'a, T: Element> {
    /// An array that the caller keeps.
    Borrowed(&'a Array<T>),
    /// An array whose memory may hold the result.
    Owned(Array<T>),
    /// One value, which broadcasts to any shape.
    Scalar(T),
}

impl<T: Element> Source<'_, T> {
    /// The operand with its type erased.
    pub fn argument(&self) -> Argument<'_> {
        match self {
            Source::Borrowed(array) => Argument::new(array),
            Source::Owned(array) => Argument::new(array),
            Source::Scalar(value) => Argument::scalar(value),
        }
    }

    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Source::Borrowed(array) => array.shape(),
            Source::Owned(array) => array.shape(),
            Source::Scalar(_) => &[],
        }
    }

    /// Whether the result fits into this array's memory, which nobody else needs.
    pub(super) fn can_hold<O: Element>(&mut self, shape: &[usize]) -> bool {
        match self {
            Source::Owned(a) => O::DTYPE == T::DTYPE && a.shape() == shape && a.is_unique(),
            _ => false,
        }
    }

    /// This array, found able to hold the result and now holding it.
    pub(super) fn into_result<O: Element>(self) -> Array<O> {
        match self {
            Source::Owned(array) => array.same_dtype(),
            _ => unreachable!("only an owned operand can hold a result"),
        }
    }
}

/// An operand by itself: `&Array<T>` or `Array<T>`.
pub trait Single<'a> {
    /// The type of its elements.
    type Item: Element;
    /// The operand as the engine takes it.
    fn into_source(self) -> Source<'a, Self::Item>;
}

impl<'a, T: Element> Single<'a> for &'a Array<T> {
    type Item = T;
    fn into_source(self) -> Source<'a, T> {
        Source::Borrowed(self)
    }
}

impl<'a, T: Element> Single<'a> for Array<T> {
    type Item = T;
    fn into_source(self) -> Source<'a, T> {
        Source::Owned(self)
    }
}

/// Two operands that meet in a common dtype: two arrays, or an array and a scalar.
///
/// A scalar is weak, as in NumPy 2: it takes the array's dtype. As the array decides it, a literal
/// beside an `Array<f32>` is an `f32`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are no two operands that meet",
    note = "a number beside an array is of the array's dtype: `2.0` beside floats, `2` beside integers, \
            `complex128::new(2.0, 0.0)` beside complex numbers; `astype` converts an array"
)]
pub trait Pair<'a> {
    /// The left operand's dtype.
    type Left: Promote<Self::Right>;
    /// The right operand's dtype.
    type Right: Element;
    /// The operands as the engine takes them.
    fn into_sources(self) -> (Source<'a, Self::Left>, Source<'a, Self::Right>);
}

/// Operands that have been taken apart already.
impl<'a, A: Promote<B>, B: Element> Pair<'a> for (Source<'a, A>, Source<'a, B>) {
    type Left = A;
    type Right = B;
    fn into_sources(self) -> (Source<'a, A>, Source<'a, B>) {
        self
    }
}

/// The dtype in which a pair's operands meet.
pub type Common<'a, P> = <<P as Pair<'a>>::Left as Promote<<P as Pair<'a>>::Right>>::Output;

macro_rules! pairs_of_arrays {
    ($($left:ty, $right:ty;)*) => {$(
        impl<'a, A: Promote<B>, B: Element> Pair<'a> for ($left, $right) {
            type Left = A;
            type Right = B;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, B>) {
                (self.0.into_source(), self.1.into_source())
            }
        }
    )*};
}
pairs_of_arrays! {
    &'a Array<A>, &'a Array<B>;
    &'a Array<A>, Array<B>;
    Array<A>, &'a Array<B>;
    Array<A>, Array<B>;
}

macro_rules! pairs_with_a_scalar {
    ($($array:ty;)*) => {$(
        impl<'a, A: Promote<A>> Pair<'a> for ($array, A) {
            type Left = A;
            type Right = A;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, A>) {
                (self.0.into_source(), Source::Scalar(self.1))
            }
        }
        impl<'a, A: Promote<A>> Pair<'a> for (A, $array) {
            type Left = A;
            type Right = A;
            fn into_sources(self) -> (Source<'a, A>, Source<'a, A>) {
                (Source::Scalar(self.0), self.1.into_source())
            }
        }
    )*};
}
pairs_with_a_scalar! { &'a Array<A>; Array<A>; }
