//! Whether a conversion has kept every value: NumPy's `same_value`.
//!
//! Both sides are seen in a type that holds all their values exactly, whole numbers as `i128`, others as `complex128`.

use crate::any::AnyArray;
use crate::{Array, Casting, DType, Error, Kind, Result, complex128};

/// # Errors
/// When an element is not the same number in both arrays, which are of one shape; the error names the first.
pub(crate) fn check(from: &AnyArray, to: &AnyArray) -> Result<()> {
    // To NumPy any number is the same as its truth value.
    if to.dtype() == DType::Bool || from.dtype() == to.dtype() {
        return Ok(());
    }
    let (a, b) = (Exact::of(from)?, Exact::of(to)?);
    let Some(position) = (0..from.len()).find(|&i| !a.get(i).is(b.get(i))) else { return Ok(()) };
    let element = |of: &AnyArray| Ok(of.reshape([-1])?.slice([position.into()])?.to_string());
    Err(Error::value(format!(
        "could not cast 'same_value' {} to {}: element {position}, in row-major order, is {} and would become {}",
        from.dtype(),
        to.dtype(),
        element(from)?,
        element(to)?
    )))
}

/// Elements in a type that holds all of them.
enum Exact {
    Signed(Array<i64>),
    Unsigned(Array<u64>),
    Complex(Array<complex128>),
}

#[derive(Clone, Copy)]
enum Number {
    Whole(i128),
    Complex(complex128),
}

impl Exact {
    fn of(any: &AnyArray) -> Result<Self> {
        Ok(match any.dtype().kind() {
            Kind::Bool | Kind::Unsigned => {
                Exact::Unsigned(any.astype_with(Casting::Unsafe)?.try_contiguous()?)
            }
            Kind::Signed => Exact::Signed(any.astype_with(Casting::Unsafe)?.try_contiguous()?),
            Kind::Float | Kind::Complex => {
                Exact::Complex(any.astype_with(Casting::Unsafe)?.try_contiguous()?)
            }
        })
    }

    fn get(&self, i: usize) -> Number {
        let contiguous = "made contiguous";
        match self {
            Exact::Signed(array) => Number::Whole(array.as_slice().expect(contiguous)[i].into()),
            Exact::Unsigned(array) => Number::Whole(array.as_slice().expect(contiguous)[i].into()),
            Exact::Complex(array) => Number::Complex(array.as_slice().expect(contiguous)[i]),
        }
    }
}

impl Number {
    fn is(self, other: Number) -> bool {
        let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => a == b,
            (Number::Complex(a), Number::Complex(b)) => same(a.re, b.re) && same(a.im, b.im),
            (Number::Whole(whole), Number::Complex(z)) | (Number::Complex(z), Number::Whole(whole)) => {
                z.im == 0.0 && z.re.is_finite() && z.re == z.re.trunc() && z.re as i128 == whole
            }
        }
    }
}
