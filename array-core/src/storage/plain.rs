//! Elements as bytes, and bytes as elements.

use std::io::{ErrorKind, Read};

use crate::{Element, Error, Result, complex64, complex128, f16};

mod sealed {
    /// Elements of which some bytes are none must not be read as they come.
    pub trait Sealed {}
}

/// An element that files can hold: all are. Sealed.
pub trait Plain: Element + sealed::Sealed {
    /// Whether any bytes are one.
    #[doc(hidden)]
    const ANY_BYTES: bool;
    /// The length, in bytes, of the numbers that it is made of.
    #[doc(hidden)]
    const NUMBER: usize;
}

macro_rules! plain {
    ($($type:ty: $number:ty;)*) => {$(
        impl sealed::Sealed for $type {}
        impl Plain for $type {
            const ANY_BYTES: bool = true;
            const NUMBER: usize = size_of::<$number>();
        }
    )*};
}
plain! {
    i8: i8; i16: i16; i32: i32; i64: i64; u8: u8; u16: u16; u32: u32; u64: u64; f16: f16; f32: f32; f64: f64;
    complex64: f32; complex128: f64;
}
impl sealed::Sealed for bool {}
impl Plain for bool {
    const ANY_BYTES: bool = false;
    const NUMBER: usize = 1;
}

/// The elements as they lie in memory.
pub(super) fn bytes<T: Plain>(elements: &[T]) -> &[u8] {
    // SAFETY: elements are plain data without padding.
    unsafe { std::slice::from_raw_parts(elements.as_ptr().cast(), size_of_val(elements)) }
}

/// Bytes asked for before any has arrived.
const FIRST: usize = 1 << 12;

/// Reads `count` elements, as this machine has them or with their numbers' bytes `swapped`.
pub(super) fn read<T: Plain>(from: &mut impl Read, count: usize, swapped: bool) -> Result<Vec<T>> {
    let mut elements: Vec<T> = Vec::new();
    while elements.len() < count {
        // Never more than as much again as has arrived.
        let start = elements.len();
        let more = (count - start).min(start.max(FIRST / size_of::<T>()));
        elements.try_reserve_exact(more).map_err(|_| Error::memory(more * size_of::<T>()))?;
        elements.resize(start + more, T::ZERO);
        fill(from, &mut elements[start..]).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => Error::format(format!(
                "the data ends too early: {count} element(s) of {} were announced",
                T::DTYPE
            )),
            _ => Error::io(error),
        })?;
    }
    if swapped {
        swap(&mut elements);
    }
    Ok(elements)
}

/// Reads as many elements as there are.
fn fill<T: Plain>(from: &mut impl Read, elements: &mut [T]) -> std::io::Result<()> {
    let length = size_of_val(elements);
    // SAFETY: elements are plain data; what is read makes valid elements or is corrected below, before
    // anyone reads one.
    let bytes = unsafe { std::slice::from_raw_parts_mut(elements.as_mut_ptr().cast::<u8>(), length) };
    if T::ANY_BYTES {
        return from.read_exact(bytes);
    }
    // Only `bool`: through memory of another type, as a byte of 7 would be none.
    let mut numbers = vec![0u8; length];
    from.read_exact(&mut numbers)?;
    bytes.iter_mut().zip(numbers).for_each(|(byte, number)| *byte = u8::from(number != 0));
    Ok(())
}

/// Turns the bytes of each number round.
fn swap<T: Plain>(elements: &mut [T]) {
    let length = size_of_val(elements);
    // SAFETY: as in `fill`; elements of several bytes may be made of any.
    let bytes = unsafe { std::slice::from_raw_parts_mut(elements.as_mut_ptr().cast::<u8>(), length) };
    if T::ANY_BYTES {
        bytes.chunks_exact_mut(T::NUMBER).for_each(<[u8]>::reverse);
    }
}
