//! Where the results of reductions, running sums and folds go: to a fresh array, or to one that is there.
//!
//! Which shape results have only the one who makes them knows: so it is handed a [`Target`], and asks that for
//! a place once all else has been checked. An array that is there is written straight if it has the results'
//! dtype and a layout that they can be computed in, and if nobody else holds its memory: else results go to a
//! fresh array first, from which they are converted or copied.

use std::any::Any;
use std::fmt;

use ndarray::ArrayViewMutD;

use super::call::{self, Source};
use super::function::Function;
use crate::layout::{self, Order, PerAxis};
use crate::{Array, Casting, Element, Error, Result, can_cast, error};

/// Where results of a dtype go: made by [`fresh`] and [`into_out`].
pub struct Target<'o, O: Element> {
    fresh: Option<Array<O>>,
    /// Whether the fresh array may be read: one who writes to it may panic, and whoever has this target catch that.
    is_written: bool,
    /// An array that can be written straight.
    given: Option<&'o mut Array<O>>,
    /// Of which function, and which shape, they must be.
    expected: Option<(&'o str, &'o [usize])>,
}

/// The results, in a fresh array.
///
/// # Errors
/// Those of `write`.
pub fn fresh<O: Element>(write: impl FnOnce(&mut Target<'_, O>) -> Result<()>) -> Result<Array<O>> {
    let mut target = Target { fresh: None, is_written: false, given: None, expected: None };
    write(&mut target)?;
    Ok(target.into_fresh().expect("what succeeds has written"))
}

/// The results of the function `name`, in an array that the caller gives: of their shape, and of any dtype that
/// `casting` allows.
///
/// # Errors
/// When shape or dtype do not fit, and those of `write`. Then nothing is written.
pub fn into_out<O: Element, R: Element>(
    name: &str,
    out: &mut Array<R>,
    casting: Casting,
    write: impl FnOnce(&mut Target<'_, O>) -> Result<()>,
) -> Result<()> {
    if !can_cast(O::DTYPE, R::DTYPE, casting) {
        return Err(Error::casting(format!(
            "{name}: a result of {} does not go into an out array of {}: make one of {0}, and convert that with astype",
            O::DTYPE,
            R::DTYPE
        )));
    }
    let shape = PerAxis::from_slice(out.shape());
    let expected = Some((name, &shape[..]));
    let is_unique = out.is_unique();
    let given: &mut dyn Any = out;
    let given = given.downcast_mut().filter(|_| is_unique);
    let mut target = Target { fresh: None, is_written: false, given, expected };
    write(&mut target)?;
    let Some(results) = target.into_fresh() else { return Ok(()) };
    let given: &mut dyn Any = out;
    match given.downcast_mut() {
        Some(out) if !is_unique => *out = results,
        _ => {
            let conversion = Function::conversion(O::DTYPE, R::DTYPE);
            call::unary_out_with(conversion, R::DTYPE, Source::Borrowed(&results), out)?;
        }
    }
    Ok(())
}

impl<'o, O: Element> Target<'o, O> {
    /// This target, if results are of that type, which is then the same by another name.
    pub fn same_dtype<C: Element>(&mut self) -> Option<&mut Target<'o, C>> {
        // SAFETY: there is one type for each dtype, so these are the same type.
        (O::DTYPE == C::DTYPE).then(|| unsafe { &mut *std::ptr::from_mut(self).cast() })
    }

    /// The fresh array, if there is one.
    fn into_fresh(self) -> Option<Array<O>> {
        assert!(self.is_written || self.fresh.is_none(), "results were begun and never written");
        self.fresh
    }

    /// Says that all of the array that [`place`](Self::place) or [`place_anyhow`](Self::place_anyhow) gave has been
    /// written.
    pub(crate) fn written(&mut self) {
        self.is_written = true;
    }

    /// That results of this shape are wanted.
    fn check(&self, shape: &[usize]) -> Result<()> {
        match &self.expected {
            Some((name, expected)) if *expected != shape => Err(Error::shape(format!(
                "{name}: a result of shape {} does not fit into an out array of shape {}: make it with zeros({0})",
                error::Shape(shape),
                error::Shape(expected)
            ))),
            _ => Ok(()),
        }
    }

    /// An array of this shape in row-major order, perhaps not initialised: it is to be written, and then
    /// [`written`](Self::written) to be called.
    ///
    /// # Errors
    /// When another shape is wanted, or there is no memory for it.
    pub(crate) fn place(&mut self, shape: &[usize]) -> Result<&mut Array<O>> {
        self.check(shape)?;
        match &mut self.given {
            Some(given) if given.is_contiguous() => Ok(given),
            _ => {
                layout::byte_size::<O>(shape)?;
                self.is_written = false;
                Ok(self.fresh.insert(Array::uninit(shape, &Order::RowMajor.strides(shape))?))
            }
        }
    }

    /// As [`place`](Self::place), with strides of any kind: if it is fresh, these.
    pub(crate) fn place_anyhow(&mut self, shape: &[usize], strides: &[isize]) -> Result<&mut Array<O>> {
        self.check(shape)?;
        match &mut self.given {
            Some(given) => Ok(given),
            None => {
                self.is_written = false;
                Ok(self.fresh.insert(Array::uninit(shape, strides)?))
            }
        }
    }

    /// One value, wherever there is a result.
    pub(crate) fn fill(&mut self, shape: &[usize], value: O) -> Result<()> {
        self.check(shape)?;
        match &mut self.given {
            Some(given) => given.view_mut().fill(value),
            None => self.put(crate::full(shape, value)?)?,
        }
        Ok(())
    }

    /// Takes results that have been computed.
    ///
    /// # Errors
    /// When another shape is wanted.
    pub fn put(&mut self, results: Array<O>) -> Result<()> {
        self.check(results.shape())?;
        self.fresh = Some(results);
        self.is_written = true;
        Ok(())
    }

    /// The results that have been written, to be changed. A view, so that the array stays the one that it is.
    pub fn results(&mut self) -> ArrayViewMutD<'_, O> {
        match (&mut self.fresh, &mut self.given) {
            (Some(results), _) if self.is_written => results.view_mut(),
            (None, Some(results)) => results.view_mut(),
            _ => panic!("nothing has been written"),
        }
    }

    /// As [`results`](Self::results), of a reduction, which writes them side by side.
    ///
    /// # Panics
    /// When they are not.
    pub fn reduced(&mut self) -> &mut [O] {
        self.results().into_slice().expect("reductions write side by side")
    }
}

/// A target whose dtype is erased.
pub(crate) trait Place {
    /// Where results of this shape go, side by side in row-major order: all are to be written, and then
    /// [`written`](Self::written) to be called.
    ///
    /// # Errors
    /// As [`Target::place`].
    fn place(&mut self, shape: &[usize]) -> Result<*mut u8>;

    /// As [`Target::written`].
    fn written(&mut self);
}

impl<O: Element> Place for Target<'_, O> {
    fn place(&mut self, shape: &[usize]) -> Result<*mut u8> {
        Ok(Target::place(self, shape)?.as_mut_ptr().cast())
    }

    fn written(&mut self) {
        Target::written(self);
    }
}

impl<O: Element> fmt::Debug for Target<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target of {} (written: {})", O::DTYPE, self.is_written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DType, arange, s, zeros};

    #[test]
    fn results_go_straight_where_they_can() {
        let write = |target: &mut Target<'_, i64>| {
            target.place(&[2, 3])?.assign(s![..], &arange(6)?.reshape([2, 3])?)?;
            target.written();
            Ok(())
        };
        let results = fresh(write).unwrap();
        let mut out = zeros::<i64>([2, 3]).unwrap();
        let address = out.address();
        into_out("f", &mut out, Casting::SameKind, write).unwrap();
        assert_eq!((&out, out.address()), (&results, address));

        // Of another layout.
        let mut columns = zeros::<i64>([3, 2]).unwrap().t();
        let address = columns.address();
        into_out("f", &mut columns, Casting::SameKind, write).unwrap();
        assert_eq!((&columns, columns.address(), columns.strides()), (&results, address, &[1, 2][..]));
        // Of another dtype.
        let mut floats = zeros::<f32>([2, 3]).unwrap();
        into_out("f", &mut floats, Casting::SameKind, write).unwrap();
        assert_eq!(floats, results.astype::<f32>());
        // Held by others.
        let held = out.clone();
        into_out("f", &mut out, Casting::SameKind, |target| target.fill(&[2, 3], 7)).unwrap();
        assert_eq!((held, out.to_vec()), (results, vec![7; 6]));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut out = zeros::<i64>([2]).unwrap();
        let error = into_out("f", &mut out, Casting::SameKind, |target| target.fill(&[3], 1u8)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "f: a result of shape (3,) does not fit into an out array of shape (2,): make it with zeros((3,))"
        );
        assert!(
            into_out("f", &mut out, Casting::SameKind, |target| target.put(zeros::<bool>([2, 1])?))
                .unwrap_err()
                .is_shape()
        );
        let float = |target: &mut Target<'_, f32>| target.fill(&[2], -1.5);
        let error = into_out("f", &mut out, Casting::SameKind, float).unwrap_err();
        assert!(error.is_dtype());
        assert_eq!(
            error.to_string(),
            "f: a result of float32 does not go into an out array of int64: make one of float32, and convert that with astype"
        );
        assert_eq!((out.to_vec(), out.dtype()), (vec![0; 2], DType::Int64));
        into_out("f", &mut out, Casting::Unsafe, float).unwrap();
        assert_eq!(out.to_vec(), [-1; 2]);
    }
}
