//! Parts and angles of complex numbers.

#[cfg(feature = "any")]
use array_core::AnyArray;
use array_core::engine::at::Indices;
use array_core::engine::call::Single;
use array_core::{Array, Element, Parts, Result, ToFloat};

use crate::default_float::{AsAngles, HasAngle};
#[cfg(feature = "any")]
use crate::dynamic;
use crate::operand::{AsFloats, AsTheyAre, Real, Takes};
use crate::{define, kernels};

/// The real parts of an array in its own memory, as [`Array::real`].
///
/// ```
/// # use array_core::{Array, complex128};
/// let a = Array::from([complex128::new(1.0, 2.0)]);
/// assert_eq!(ufuncs::real(&a), Array::from([1.0]));
/// ```
pub fn real<T: Parts>(a: &Array<T>) -> Array<T::Part> {
    a.real()
}

/// The imaginary parts of an array in its own memory, as [`Array::imag`]; of real numbers zeros.
///
/// ```
/// # use array_core::{Array, complex128};
/// let a = Array::from([complex128::new(1.0, 2.0)]);
/// assert_eq!(ufuncs::imag(&a), Array::from([2.0]));
/// ```
pub fn imag<T: Parts>(a: &Array<T>) -> Array<T::Part> {
    a.imag()
}

/// The angle of each number in the complex plane, in radians or in degrees: in [-π, π], by the signs of both
/// parts. Of a negative real number, a negative zero among them, it is π.
///
/// Error: at most 0.65 ULP for `complex128`, 0.63 ULP for `complex64`; in degrees 1.2 ULP.
///
/// ```
/// # use array_core::{Array, complex128};
/// let z = Array::from([complex128::new(0.0, 1.0), complex128::new(-1.0, 0.0)]);
/// assert_eq!(ufuncs::angle(&z, true), Array::from([90.0, 180.0]));
/// assert_eq!(ufuncs::angle(&Array::from([2.0, -2.0]), false), Array::from([0.0, std::f64::consts::PI]));
/// ```
#[track_caller]
pub fn angle<'a, A, F>(z: A, deg: bool) -> Array<F>
where
    A: Single<'a, Item: HasAngle>,
    F: Real + ToFloat<Float = F>,
    AsAngles: Takes<A::Item, kernels::Angle, Result = F>,
    AsFloats: Takes<F, kernels::Degrees, Result = F>,
{
    let radians = <AsAngles as Takes<A::Item, kernels::Angle>>::call(z.into_source());
    if deg { crate::degrees(radians) } else { radians }
}

define::unary! {
    /// Whether the imaginary part is zero: true of real numbers.
    isreal: kernels::Isreal, AsTheyAre, [1.0, 2.0] => [true, true];

    /// Whether the imaginary part is not zero: false of real numbers.
    iscomplex: kernels::Iscomplex, AsTheyAre, [1.0, 2.0] => [false, false];
}
