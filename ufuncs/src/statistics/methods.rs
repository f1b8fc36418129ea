//! The methods of quantiles, by NumPy's names: between which ranks a quantile lies. Nine are those of Hyndman
//! and Fan, "Sample Quantiles in Statistical Packages", 1996.
//!
//! Each is a type, as it decides the dtype of the result: the methods that take an element as it is give
//! that element's dtype, those that interpolate give a float.

use array_core::Element;

use super::options::Probabilities;
use super::select::Interpolates;

/// Where a quantile lies among the sorted elements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// At this rank.
    At(usize),
    /// So far between these two ranks.
    Between(usize, usize, f64),
}

/// A method of quantiles. Sealed, as the trait that its result comes from cannot be named outside.
pub trait QuantileMethod: Copy {
    /// The dtype of the result, for elements of type `T` and probabilities `Q`.
    type Result<T: Interpolates, Q: Probabilities>: Element;

    /// Where the quantile of probability `q` lies among `n` elements (at least one).
    fn place(n: usize, q: f64) -> Place;

    /// The quantile, of elements `a` and `b` and how far it is from one to the other.
    fn value<T: Interpolates, Q: Probabilities>(a: T, b: T, t: f64) -> Self::Result<T, Q>;
}

/// The methods that take an element.
macro_rules! discrete {
    ($($(#[$doc:meta])* $name:ident: |$n:ident, $q:ident| $rank:expr;)*) => {$(
        $(#[$doc])*
        #[allow(non_camel_case_types, reason = "NumPy's name")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl QuantileMethod for $name {
            type Result<T: Interpolates, Q: Probabilities> = T;
            fn place(n: usize, $q: f64) -> Place {
                let $n = n as f64;
                let rank: f64 = $rank;
                Place::At((rank.max(0.0) as usize).min(n - 1))
            }
            fn value<T: Interpolates, Q: Probabilities>(a: T, _: T, _: f64) -> T {
                a
            }
        }
    )*};
}
discrete! {
    /// The element at or before the place of [`linear`].
    lower: |n, q| ((n - 1.0) * q).floor();
    /// The element at or after the place of [`linear`].
    higher: |n, q| ((n - 1.0) * q).ceil();
    /// The element nearest to the place of [`linear`]; half way, the one of even rank.
    nearest: |n, q| ((n - 1.0) * q).round_ties_even();
    /// The first element at which the share of elements so far reaches the probability. The only method
    /// that takes weights.
    inverted_cdf: |n, q| {
        let index = n * q - 1.0;
        if index == index.floor() { index } else { index.floor() + 1.0 }
    };
    /// The element whose share is nearest to the probability; half way, the one of odd rank.
    closest_observation: |n, q| {
        let index = n * q - 1.5;
        let is_odd = index.floor().rem_euclid(2.0) == 1.0;
        if index == index.floor() && is_odd { index } else { index.floor() + 1.0 }
    };
}

/// The methods that interpolate: the place, and what is made of how far it is from the rank before it.
macro_rules! continuous {
    ($($(#[$doc:meta])* $name:ident: |$n:ident, $q:ident| $place:expr, |$t:ident, $index:ident| $weight:expr;)*) => {$(
        $(#[$doc])*
        #[allow(non_camel_case_types, reason = "NumPy's name")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl QuantileMethod for $name {
            type Result<T: Interpolates, Q: Probabilities> = Q::Interpolated<T>;
            fn place(n: usize, $q: f64) -> Place {
                let $n = n as f64;
                let $index: f64 = $place;
                let (first, second, from) = if $index >= $n - 1.0 {
                    // NumPy counts it from one before the first; there is nothing to interpolate.
                    (n - 1, n - 1, -1.0)
                } else if $index < 0.0 {
                    (0, 0, 0.0)
                } else {
                    ($index.floor() as usize, $index.floor() as usize + 1, $index.floor())
                };
                let $t = $index - from;
                Place::Between(first, second, $weight)
            }
            fn value<T: Interpolates, Q: Probabilities>(a: T, b: T, t: f64) -> Q::Interpolated<T> {
                Q::between(a, b, t)
            }
        }
    )*};
}

/// A place by the two parameters of Hyndman and Fan.
fn place(n: f64, q: f64, alpha: f64, beta: f64) -> f64 {
    n * q + (alpha + q * (1.0 - alpha - beta)) - 1.0
}

continuous! {
    /// What is meant if nothing is said: the probability as a share of the way from the first to the last.
    linear: |n, q| (n - 1.0) * q, |t, index| t;
    /// The middle between [`lower`] and [`higher`].
    midpoint: |n, q| 0.5 * (((n - 1.0) * q).floor() + ((n - 1.0) * q).ceil()),
        |t, index| if index % 1.0 == 0.0 { 0.0 * t } else { 0.5 };
    /// As [`inverted_cdf`], but where the share is met exactly, the mean of that element and the next.
    averaged_inverted_cdf: |n, q| n * q - 1.0, |t, index| if t == 0.0 { 0.5 } else { 1.0 };
    /// As [`inverted_cdf`], with lines between the steps.
    interpolated_inverted_cdf: |n, q| place(n, q, 0.0, 1.0), |t, index| t;
    /// Lines between the middles of the steps.
    hazen: |n, q| place(n, q, 0.5, 0.5), |t, index| t;
    /// Each element at the expected share of its rank, if the shares are uniform.
    weibull: |n, q| place(n, q, 0.0, 0.0), |t, index| t;
    /// About the median of the quantile, whatever the distribution.
    median_unbiased: |n, q| place(n, q, 1.0 / 3.0, 1.0 / 3.0), |t, index| t;
    /// About the mean of the quantile, if the distribution is normal.
    normal_unbiased: |n, q| place(n, q, 3.0 / 8.0, 3.0 / 8.0), |t, index| t;
}
