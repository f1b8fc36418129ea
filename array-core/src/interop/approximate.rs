//! Comparison by the crate `approx`: equal within a tolerance.

use approx::{AbsDiffEq, RelativeEq, UlpsEq};

use super::compare::all;
use crate::{Array, Element};

/// Equal shapes, and elements that are equal within `epsilon`: for `assert_abs_diff_eq!`.
///
/// ```
/// # use array_core::Array;
/// let a = Array::from([1.0, 2.0]);
/// approx::assert_abs_diff_eq!(a, &a + 1e-9, epsilon = 1e-8);
/// approx::assert_relative_eq!(a, &a * 1.000001, max_relative = 1e-5);
/// ```
impl<T: Element + AbsDiffEq<Epsilon: Copy>> AbsDiffEq for Array<T> {
    type Epsilon = T::Epsilon;

    fn default_epsilon() -> T::Epsilon {
        T::default_epsilon()
    }

    fn abs_diff_eq(&self, other: &Self, epsilon: T::Epsilon) -> bool {
        all(self, other, |a, b| a.abs_diff_eq(b, epsilon))
    }
}

/// Equal shapes, and elements that are equal within `max_relative` of the larger.
impl<T: Element + RelativeEq<Epsilon: Copy>> RelativeEq for Array<T> {
    fn default_max_relative() -> T::Epsilon {
        T::default_max_relative()
    }

    fn relative_eq(&self, other: &Self, epsilon: T::Epsilon, max_relative: T::Epsilon) -> bool {
        all(self, other, |a, b| a.relative_eq(b, epsilon, max_relative))
    }
}

/// Equal shapes, and elements that are at most `max_ulps` floating-point numbers apart.
impl<T: Element + UlpsEq<Epsilon: Copy>> UlpsEq for Array<T> {
    fn default_max_ulps() -> u32 {
        T::default_max_ulps()
    }

    fn ulps_eq(&self, other: &Self, epsilon: T::Epsilon, max_ulps: u32) -> bool {
        all(self, other, |a, b| a.ulps_eq(b, epsilon, max_ulps))
    }
}

#[cfg(test)]
mod tests {
    use crate::arange;

    #[test]
    fn arrays_approximate() {
        let a = arange(3.0).unwrap();
        let b = &a + 1e-9;
        approx::assert_abs_diff_eq!(a, b, epsilon = 1e-8);
        approx::assert_relative_eq!(
            a.t(),
            b.slice(crate::s![..;-1]).unwrap().slice(crate::s![..;-1]).unwrap(),
            epsilon = 1e-8
        );
        assert!(approx::abs_diff_ne!(a, b, epsilon = 1e-10));
        assert!(approx::ulps_ne!(a, a.reshape([3, 1]).unwrap()));
        assert!(approx::ulps_eq!(a, &a * (1.0 + f64::EPSILON), max_ulps = 1));
    }
}
