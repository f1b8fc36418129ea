//! Iteration: over elements, rows, the parts along an axis, and chunks, one after the other or on rayon's threads.
//!
//! All of it is two iterators. [`Elements`] walks elements in row-major order, whatever the strides; [`Parts`]
//! walks parts that are alike but for where they begin. What they give depends on what they walk over: a
//! borrowed array, one that is given away, or one borrowed to be written, which is made unique first, so that
//! other holders of its memory keep what they see. Both know their length, run from either end and can be split
//! anywhere, and that is all that rayon needs ([`Parallel`]).

mod along;
mod cut;
mod elements;
mod offsets;
mod parallel;
mod parts;

pub use elements::{Elements, IntoIter, Iter, IterMut, Place};
pub use parallel::{Parallel, Splittable};
pub use parts::{ArrayParts, Parts, PartsMut, Source};

use std::marker::PhantomData;

use crate::{Array, Element};

/// The memory of an array that was made unique, for as long as it is borrowed.
#[derive(Debug)]
pub struct Unique<'a, T: Element> {
    first: *mut T,
    array: PhantomData<&'a mut Array<T>>,
}

// SAFETY: stands for a mutable borrow of elements, which are `Send`.
unsafe impl<T: Element> Send for Unique<'_, T> {}
// SAFETY: as above; shared, it gives nothing away without an unsafe call.
unsafe impl<T: Element> Sync for Unique<'_, T> {}

impl<'a, T: Element> Unique<'a, T> {
    fn new(array: &'a mut Array<T>) -> Self {
        Unique { first: array.as_mut_ptr(), array: PhantomData }
    }

    /// The same memory, for another part of it.
    fn again(&self) -> Self {
        Unique { first: self.first, array: PhantomData }
    }
}
