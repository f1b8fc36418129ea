//! The options of quantiles: which probabilities, over which axes, by which method, with which weights.

use std::convert::Infallible;
use std::marker::PhantomData;
use std::ops::RangeFull;

use array_core::{Array, Element, Result};

use super::methods::{QuantileMethod, inverted_cdf, linear};
use super::select::Interpolates;
use crate::reduce::over::{Axes, Over};

/// Which quantiles are asked for: a number, or an array of them, whose axes come first in the result.
pub trait Probabilities {
    /// What is interpolated for elements of type `T`: as in NumPy a number leaves floats their dtype, and an array
    /// makes an `f64` of them.
    type Interpolated<T: Interpolates>: Element;
    /// The shape of the probabilities.
    fn shape(&self) -> Vec<usize>;
    /// The probabilities in row-major order.
    ///
    /// # Errors
    /// When there is no memory for them.
    fn values(&self) -> Result<Vec<f64>>;
    /// From `a` to `b`, `t` of the way.
    fn between<T: Interpolates>(a: T, b: T, t: f64) -> Self::Interpolated<T>;
}

impl Probabilities for f64 {
    type Interpolated<T: Interpolates> = T::Float;
    fn shape(&self) -> Vec<usize> {
        Vec::new()
    }
    fn values(&self) -> Result<Vec<f64>> {
        Ok(vec![*self])
    }
    fn between<T: Interpolates>(a: T, b: T, t: f64) -> T::Float {
        T::between(a, b, t)
    }
}

macro_rules! arrays_of_probabilities {
    ($($type:ty $(, const $n:ident)?: |$q:ident| $shape:expr, $values:expr;)*) => {$(
        impl $(<const $n: usize>)? Probabilities for $type {
            type Interpolated<T: Interpolates> = f64;
            fn shape(&self) -> Vec<usize> {
                let $q = self;
                $shape
            }
            fn values(&self) -> Result<Vec<f64>> {
                let $q = self;
                $values
            }
            fn between<T: Interpolates>(a: T, b: T, t: f64) -> f64 {
                T::between_in_f64(a, b, t)
            }
        }
    )*};
}
arrays_of_probabilities! {
    [f64; N], const N: |q| vec![q.len()], Ok(q.to_vec());
    &[f64]: |q| vec![q.len()], Ok(q.to_vec());
    &Array<f64>: |q| Array::shape(q).to_vec(), q.try_vec();
}

/// [`Over`] for quantiles: with a method, and perhaps weights.
#[derive(Clone, Debug)]
pub struct OverQuantiles<'a, M> {
    pub(crate) over: Over<'a, Infallible>,
    method: PhantomData<M>,
    pub(crate) weights: Option<&'a Array<f64>>,
}

impl<'a> Over<'a, Infallible> {
    /// Quantiles by another method than [`linear`]: one of [`methods`](crate::methods).
    ///
    /// ```
    /// use array_core::Array;
    /// use ufuncs::{methods, over, percentile};
    ///
    /// let a = Array::from([1i64, 2, 3, 4]);
    /// assert_eq!(percentile(&a, 50.0, ..)?.item()?, 2.5);
    /// assert_eq!(percentile(&a, 50.0, over(..).method(methods::lower))?.item()?, 2);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    #[must_use]
    pub fn method<M: QuantileMethod>(self, _: M) -> OverQuantiles<'a, M> {
        OverQuantiles { over: self, method: PhantomData, weights: None }
    }
}

impl<'a, M> OverQuantiles<'a, M> {
    /// Keeps reduced axes with a length of one.
    #[must_use]
    pub fn keepdims(mut self) -> Self {
        self.over = self.over.keepdims();
        self
    }
}

impl<'a> OverQuantiles<'a, inverted_cdf> {
    /// Counts each element so many times: weights of the array's shape, or as long as the one axis.
    #[must_use]
    pub fn weights(mut self, weights: &'a Array<f64>) -> Self {
        self.weights = Some(weights);
        self
    }
}

/// What the last argument of a quantile may be: axes as in [`Axes`], or `over(axes).method(…)`.
pub trait QuantileAxes<'a> {
    /// The method.
    type Method: QuantileMethod;
    /// All of it as options.
    fn into_quantiles(self) -> OverQuantiles<'a, Self::Method>;
}

impl<'a, M: QuantileMethod> QuantileAxes<'a> for OverQuantiles<'a, M> {
    type Method = M;
    fn into_quantiles(self) -> OverQuantiles<'a, M> {
        self
    }
}

macro_rules! quantile_axes {
    ($($type:ty $(, const $n:ident)?;)*) => {$(
        impl<'a $(, const $n: usize)?> QuantileAxes<'a> for $type {
            type Method = linear;
            fn into_quantiles(self) -> OverQuantiles<'a, linear> {
                Axes::<Infallible>::into_over(self).method(linear)
            }
        }
    )*};
}
quantile_axes! { Over<'a, Infallible>; RangeFull; isize; [isize; N], const N; &[isize]; }
