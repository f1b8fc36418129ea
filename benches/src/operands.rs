//! The arrays that functions are measured on, lent to Python: made once and shared by all cells that
//! need the same.

use std::any::Any;
use std::cell::RefCell;
use std::collections::HashMap;

use numpypy::foreign::Object;
use numpypy::{Array, DType, Element, ToPy, from_fn, s};

use crate::Failure;
use crate::python::Python;
use crate::record::{Cell, Layout};
use crate::values::{Sample, Values};

/// An array, and the same as Python sees it.
pub(crate) struct Operand<T: Element> {
    pub(crate) array: Array<T>,
    pub(crate) object: Object,
}

impl<T: Element> Operand<T> {
    /// Bytes that it takes to read all of it.
    pub(crate) fn bytes(&self) -> usize {
        self.array.len() * size_of::<T>()
    }
}

impl<T: Element> Clone for Operand<T> {
    fn clone(&self) -> Self {
        Operand { array: self.array.clone(), object: self.object.clone() }
    }
}

/// What makes an operand: its numbers, dtype and shape, whether transposed or strided, and which
/// operand it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    values: &'static str,
    dtype: DType,
    shape: Vec<usize>,
    view: View,
    position: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum View {
    All,
    EverySecond,
    Transposed,
    /// An array of Python's for results.
    Result,
}

struct Kept {
    what: Box<dyn Any>,
    bytes: usize,
    last_used: u64,
}

/// What is kept for later cells, the least recently used going first.
#[derive(Default)]
pub(crate) struct Operands {
    kept: RefCell<(HashMap<Key, Kept>, u64)>,
}

/// Bytes of operands that are kept at most.
const LIMIT: usize = 3 << 30;

impl Operands {
    /// The operand in this position of the function under measurement.
    pub(crate) fn operand<T: Sample>(
        &self,
        cell: &Cell,
        values: &Values,
        position: usize,
    ) -> Result<Operand<T>, Failure> {
        let (n, side) = (cell.n, side(cell.n));
        let (shape, view) = match cell.layout {
            Layout::Contiguous | Layout::Scalar => (vec![n], View::All),
            Layout::Strided => (vec![n], View::EverySecond),
            Layout::Row if position > 0 => (vec![side], View::All),
            Layout::Transposed if position == 0 => (vec![side, side], View::Transposed),
            Layout::Row | Layout::Transposed | Layout::Axis0 | Layout::Axis1 => (vec![side, side], View::All),
        };
        self.with(values, &shape, view, position)
    }

    /// An operand of a shape of its own.
    pub(crate) fn shaped<T: Sample>(
        &self,
        values: &Values,
        shape: &[usize],
        position: usize,
    ) -> Result<Operand<T>, Failure> {
        self.with(values, shape, View::All, position)
    }

    fn with<T: Sample>(
        &self,
        values: &Values,
        shape: &[usize],
        view: View,
        position: usize,
    ) -> Result<Operand<T>, Failure> {
        let key = Key { values: values.name, dtype: T::DTYPE, shape: shape.to_vec(), view, position };
        let bytes = shape.iter().product::<usize>() * size_of::<T>();
        self.keep(key, bytes * if view == View::EverySecond { 2 } else { 1 }, || {
            let mut rng = fastrand::Rng::with_seed(1 + position as u64);
            let mut draw = |_: &[usize]| T::draw(values, &mut rng);
            let array = match view {
                View::EverySecond => from_fn(2 * shape[0], draw)?.slice(s![..;2])?,
                View::Transposed => from_fn(shape, &mut draw)?.t(),
                View::All | View::Result => from_fn(shape, draw)?,
            };
            Ok(Operand { object: array.to_py()?, array })
        })
    }

    /// An array of NumPy's for a result; `position` tells several apart.
    pub(crate) fn result<T: Element>(
        &self,
        python: &Python,
        shape: &[usize],
        position: usize,
    ) -> Result<Object, Failure> {
        let key = Key { values: "", dtype: T::DTYPE, shape: shape.to_vec(), view: View::Result, position };
        let bytes = shape.iter().product::<usize>() * size_of::<T>();
        self.keep(key, bytes, || {
            let numpy = &python.numpy;
            Ok(numpypy::py!(numpy.zeros(shape, T::DTYPE.name()))?)
        })
    }

    fn keep<W: Clone + 'static>(
        &self,
        key: Key,
        bytes: usize,
        make: impl FnOnce() -> Result<W, Failure>,
    ) -> Result<W, Failure> {
        let (kept, clock) = &mut *self.kept.borrow_mut();
        *clock += 1;
        if !kept.contains_key(&key) {
            while kept.values().map(|kept| kept.bytes).sum::<usize>() + bytes > LIMIT && !kept.is_empty() {
                let oldest = kept.iter().min_by_key(|(_, kept)| kept.last_used).map(|(key, _)| key.clone());
                kept.remove(&oldest.expect("it is not empty"));
            }
            kept.insert(key.clone(), Kept { what: Box::new(make()?), bytes, last_used: *clock });
        }
        let found = kept.get_mut(&key).expect("it was just put there");
        found.last_used = *clock;
        Ok(found.what.downcast_ref::<W>().expect("the key tells the type").clone())
    }
}

/// The side of the square matrix nearest to `n` elements.
pub(crate) fn side(n: usize) -> usize {
    (n as f64).sqrt() as usize
}
