//! Products of small matrices, where copying operands into panels costs more than it saves.

use array_core::engine::isa::Isa;

use super::number::{Matrix, Number};
use super::shells::Body;

/// A product of small matrices.
pub(super) struct Small<'a, T> {
    pub(super) lengths: [usize; 3],
    pub(super) a: Matrix<*const T>,
    /// In row-major order.
    pub(super) b: &'a [T],
    pub(super) c: Matrix<*mut T>,
}

impl<T: Number> Body for Small<'_, T> {
    type Output = ();
    #[inline(always)]
    fn run<I: Isa>(self) {
        T::small::<I>(self.lengths, self.a, self.b, self.c);
    }
}
