//! The functions under measurement: a line each, in a file per family.
//!
//! A line makes a case for each dtype: our function, NumPy's of the same name, and the numbers that
//! both get. `kinds` has what functions of one shape have in common, `call` how both sides are called.

#![allow(clippy::type_complexity, reason = "what a function takes is written out where it is taken")]

mod arrays;
mod call;
mod kinds;
mod methods;
mod one_argument;
mod products;
mod reductions;
mod scans;
mod several;
mod statistics;
mod two_arguments;

use numpypy::Element;
use numpypy::foreign::Object;

use crate::Failure;
use crate::clock::Contender;
use crate::operands::{Operand, Operands};
use crate::python::Python;
use crate::record::{Cell, Family, Layout};
use crate::values::{Sample, Values};

/// A function on a dtype.
pub(crate) struct Case {
    /// NumPy's name.
    pub(crate) function: &'static str,
    pub(crate) dtype: &'static str,
    pub(crate) family: Family,
    /// The numbers that each operand has.
    pub(crate) values: &'static [Values],
    /// Layouts beside the contiguous one.
    pub(crate) layouts: &'static [Layout],
    /// Whether it can write into arrays that are there.
    pub(crate) out: bool,
    /// The most elements.
    pub(crate) most: usize,
    prepare: fn(&Setup<'_>) -> Result<Prepared, Failure>,
}

/// What a case is prepared for.
pub(crate) struct Setup<'a> {
    pub(crate) cell: &'a Cell,
    pub(crate) values: &'static [Values],
    pub(crate) python: &'a Python,
    pub(crate) operands: &'a Operands,
}

/// What takes turns in a cell.
pub(crate) struct Prepared {
    pub(crate) ours: Contender<'static>,
    pub(crate) theirs: Contender<'static>,
    /// Bytes that must be read and written.
    pub(crate) bytes: usize,
}

impl Case {
    /// The contenders for a cell.
    pub(crate) fn prepare(&self, setup: &Setup<'_>) -> Result<Prepared, Failure> {
        (self.prepare)(setup)
    }
}

impl Setup<'_> {
    /// The operand in this position.
    pub(crate) fn operand<T: Sample>(&self, position: usize) -> Result<Operand<T>, Failure> {
        self.operands.operand(self.cell, &self.values[position], position)
    }

    /// An array of NumPy's for a result.
    pub(crate) fn result<T: Element>(&self, shape: &[usize], position: usize) -> Result<Object, Failure> {
        self.operands.result::<T>(self.python, shape, position)
    }
}

/// All functions on all their dtypes.
pub(crate) fn all() -> Vec<Case> {
    let families = [
        one_argument::cases(),
        two_arguments::cases(),
        several::cases(),
        reductions::cases(),
        scans::cases(),
        methods::cases(),
        products::cases(),
        statistics::cases(),
        arrays::cases(),
    ];
    families.into_iter().flatten().collect()
}
