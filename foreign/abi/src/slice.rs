//! A run of items with a C layout: what `&[T]` is in Rust.

use std::fmt;

/// `len` items from `data` on. Says nothing about who owns them.
#[repr(C)]
pub struct Slice<T> {
    data: *const T,
    len: usize,
}

impl<T> Slice<T> {
    /// No items.
    pub const EMPTY: Slice<T> = Slice { data: std::ptr::null(), len: 0 };

    /// Borrows items; the borrow is not tracked.
    pub const fn new(items: &[T]) -> Self {
        Slice { data: items.as_ptr(), len: items.len() }
    }

    /// Gives the items away; [`Slice::into_boxed`] takes them back.
    pub fn from_boxed(items: Box<[T]>) -> Self {
        if items.is_empty() {
            return Self::EMPTY;
        }
        let items = Box::leak(items);
        Slice { data: items.as_mut_ptr(), len: items.len() }
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The items.
    ///
    /// # Safety
    /// They must be alive, and unchanged, for as long as the result is used.
    pub unsafe fn as_slice<'a>(&self) -> &'a [T] {
        if self.is_empty() {
            return &[];
        }
        // SAFETY: not empty, so made from a slice, which by the contract is still alive.
        unsafe { std::slice::from_raw_parts(self.data, self.len) }
    }

    /// Takes back what [`Slice::from_boxed`] gave away.
    ///
    /// # Safety
    /// It must come from `from_boxed` in this same library, and be taken back only once.
    pub unsafe fn into_boxed(self) -> Box<[T]> {
        if self.is_empty() {
            return Box::new([]);
        }
        // SAFETY: not empty, so leaked by `from_boxed`, and by the contract ours again.
        unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.data.cast_mut(), self.len)) }
    }
}

impl Slice<u8> {
    /// Borrows text; the borrow is not tracked.
    pub const fn text(text: &str) -> Self {
        Slice::new(text.as_bytes())
    }

    /// Text, with anything that is not UTF-8 replaced.
    ///
    /// # Safety
    /// As [`Slice::as_slice`].
    pub unsafe fn to_text(&self) -> String {
        // SAFETY: by this function's contract.
        String::from_utf8_lossy(unsafe { self.as_slice() }).into_owned()
    }
}

impl<T> Clone for Slice<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slice<T> {}

impl<T> fmt::Debug for Slice<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slice({:p}, {})", self.data, self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxed_items_come_back() {
        let slice = Slice::from_boxed(Box::from([1, 2, 3]));
        // SAFETY: given away above, and taken back once below.
        assert_eq!(unsafe { slice.as_slice() }, [1, 2, 3]);
        // SAFETY: as above.
        assert_eq!(*unsafe { slice.into_boxed() }, [1, 2, 3]);
        // SAFETY: an empty slice owns nothing.
        assert!(unsafe { Slice::<u8>::EMPTY.into_boxed() }.is_empty());
    }
}
