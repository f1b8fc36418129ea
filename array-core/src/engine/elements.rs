//! Tuples of elements: what a kernel of several operands takes and gives.

use crate::{DType, Element};

mod sealed {
    pub trait Sealed {}
}

/// One to three elements, each of a dtype of its own. Sealed.
pub trait Elements: sealed::Sealed + Copy + 'static {
    /// The dtypes, in order.
    const DTYPES: &'static [DType];

    /// The elements at `index` of contiguous operands.
    ///
    /// # Safety
    /// There is a pointer for each element, and its `index`th element can be read.
    #[doc(hidden)]
    unsafe fn read(pointers: &[*mut u8], index: usize) -> Self;

    /// As [`read`](Self::read), but of the first operand only: the other elements are these.
    ///
    /// # Safety
    /// There is a pointer, and its `index`th element can be read.
    #[doc(hidden)]
    unsafe fn with_first(self, pointers: &[*mut u8], index: usize) -> Self;

    /// Writes the elements at `index` of contiguous operands.
    ///
    /// # Safety
    /// There is a pointer for each element, and its `index`th element can be written.
    #[doc(hidden)]
    unsafe fn write(self, pointers: &[*mut u8], index: usize);
}

macro_rules! tuples {
    ($($first:ident $(, $name:ident $index:tt)*;)*) => {$(
        impl<$first: Element, $($name: Element),*> sealed::Sealed for ($first, $($name,)*) {}
        impl<$first: Element, $($name: Element),*> Elements for ($first, $($name,)*) {
            const DTYPES: &'static [DType] = &[$first::DTYPE, $($name::DTYPE),*];

            #[inline(always)]
            unsafe fn read(pointers: &[*mut u8], index: usize) -> Self {
                // SAFETY: by this function's contract.
                unsafe {
                    (
                        pointers[0].cast::<$first>().add(index).read(),
                        $(pointers[$index].cast::<$name>().add(index).read(),)*
                    )
                }
            }

            #[inline(always)]
            unsafe fn with_first(self, pointers: &[*mut u8], index: usize) -> Self {
                // SAFETY: by this function's contract.
                (unsafe { pointers[0].cast::<$first>().add(index).read() }, $(self.$index,)*)
            }

            #[inline(always)]
            unsafe fn write(self, pointers: &[*mut u8], index: usize) {
                // SAFETY: by this function's contract.
                unsafe {
                    pointers[0].cast::<$first>().add(index).write(self.0);
                    $(pointers[$index].cast::<$name>().add(index).write(self.$index);)*
                }
            }
        }
    )*};
}
tuples! {
    A;
    A, B 1;
    A, B 1, C 2;
}
