//! Arrays as arguments: lent, without a copy.
//!
//! Python gets a real `numpy.ndarray` over the array's own memory, with its shape and strides. The
//! ndarray's base object owns one count of the buffer, so either side may let go first. It is
//! read-only, and for as long as it lives a write to the Rust array copies first: neither side ever
//! sees the other change anything under it.

use std::ffi::c_void;
use std::panic::{self, AssertUnwindSafe};

use array_core::{AnyArray, Array, Buffer, DType, Element};
use foreign_abi::{ElementType, Lend, Slice};

use crate::{Error, Object, Result, ToPy, Value, global};

/// Lent without a copy, as a read-only `numpy.ndarray`.
impl<T: Element> ToPy for Array<T> {
    fn to_value(&self) -> Result<Value> {
        self.to_py().map(Value::Object)
    }

    /// # Errors
    /// When no interpreter can be started, or it has no NumPy.
    fn to_py(&self) -> Result<Object> {
        let backend = global::backend()?;
        let size = size_of::<T>() as isize;
        with_strides(self.strides(), size, |strides| {
            let owner = Owner(self.buffer().clone().into_raw());
            let lend = Lend {
                address: self.as_ptr().cast(),
                element: element_type(T::DTYPE)?,
                shape: Slice::new(self.shape()),
                strides: Slice::new(strides),
                owner: owner.0.cast(),
                release,
            };
            // SAFETY: shape and strides are borrowed until after the call. `owner` is a count of the
            // very buffer that the array's elements are in: for as long as it is held, the memory
            // stays where it is, and nobody writes to it, as the buffer is not unique.
            let found = unsafe { backend.lend(&lend) }?;
            std::mem::forget(owner); // Python's now.
            Ok(Object::own(backend, found))
        })
    }
}

macro_rules! lend_any {
    ($(($variant:ident, $($rest:tt)*))*) => {
        /// As the array of its dtype.
        impl ToPy for AnyArray {
            fn to_value(&self) -> Result<Value> {
                self.to_py().map(Value::Object)
            }

            fn to_py(&self) -> Result<Object> {
                match self {
                    $(AnyArray::$variant(array) => array.to_py(),)*
                    _ => unreachable!("the list has all dtypes"),
                }
            }
        }
    };
}
array_core::for_each_dtype!(lend_any);

/// A count of a buffer on its way to Python: given back if it does not arrive.
struct Owner(*const ());

impl Drop for Owner {
    fn drop(&mut self) {
        // SAFETY: the count came from `into_raw` and was not given away.
        drop(unsafe { Buffer::from_raw(self.0) });
    }
}

/// Called by the plug-in when Python lets go of a lent buffer, on any thread, with no lock held.
unsafe extern "C" fn release(owner: *const c_void) {
    // A buffer may be somebody else's memory, whose owner's code runs now. Were it to panic, the
    // panic could not leave this function; the hook has already reported it.
    let _ = panic::catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the count came from `into_raw`, and the plug-in gives it back once.
        drop(unsafe { Buffer::from_raw(owner.cast()) });
    }));
}

/// Passes on strides in bytes, which NumPy counts in; on the stack as long as they are few.
///
/// Only the stride of an axis that has fewer than two elements, which no element is found by, may be
/// too large for that; it may become anything.
fn with_strides<R>(strides: &[isize], size: isize, then: impl FnOnce(&[isize]) -> R) -> R {
    const FEW: usize = 8;
    if strides.len() <= FEW {
        let mut bytes = [0; FEW];
        for (bytes, stride) in bytes.iter_mut().zip(strides) {
            *bytes = stride.wrapping_mul(size);
        }
        then(&bytes[..strides.len()])
    } else {
        then(&strides.iter().map(|stride| stride.wrapping_mul(size)).collect::<Vec<_>>())
    }
}

fn element_type(dtype: DType) -> Result<ElementType> {
    Ok(match dtype {
        DType::Bool => ElementType::Bool,
        DType::Int8 => ElementType::Int8,
        DType::Int16 => ElementType::Int16,
        DType::Int32 => ElementType::Int32,
        DType::Int64 => ElementType::Int64,
        DType::UInt8 => ElementType::UInt8,
        DType::UInt16 => ElementType::UInt16,
        DType::UInt32 => ElementType::UInt32,
        DType::UInt64 => ElementType::UInt64,
        DType::Float16 => ElementType::Float16,
        DType::Float32 => ElementType::Float32,
        DType::Float64 => ElementType::Float64,
        DType::Complex64 => ElementType::Complex64,
        DType::Complex128 => ElementType::Complex128,
        // `DType` may grow.
        other => {
            return Err(Error::conversion(format!("NumPy has no dtype that equals {}", other.name())));
        }
    })
}
