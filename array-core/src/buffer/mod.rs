//! One allocation that never moves and never grows while it lives.
//!
//! Because it cannot move, its address may be given away as an integer: a foreign runtime can read
//! the same bytes for as long as it holds a count of the buffer. The count is atomic, so either
//! side may let go first, on any thread. All of this crate's allocation is in this folder.
//!
//! Whether anyone else holds the buffer is asked before every write (see [`Buffer::is_unique`]);
//! that is what makes writing safe although the memory is shared.

mod recycle;

use std::alloc::{self, Layout};
use std::fmt;
use std::mem::ManuallyDrop;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use recycle::set_limit as set_cache_limit;

use crate::{Element, Error, Result};

/// The alignment of memory that we allocate ourselves: a cache line, and the widest vector.
pub const ALIGNMENT: usize = 64;

/// How many buffers live in this process, for tests of leaks.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Shared ownership of one allocation that never moves. Cloning counts, it does not copy.
#[derive(Clone)]
pub struct Buffer(Arc<Block>);

struct Block {
    pointer: NonNull<u8>,
    bytes: usize,
    owner: Owner,
}

/// Who gives the memory back, and how.
enum Owner {
    /// Nobody: there are no bytes.
    Empty,
    /// The global allocator, which gave `base` with this layout: our own block, or that of a `Vec`
    /// taken over.
    Heap { base: NonNull<u8>, layout: Layout },
    /// Somebody else, who is told through this callback, on whatever thread drops last.
    Foreign { release: Option<Box<dyn FnOnce() + Send + Sync>>, writable: bool },
}

// SAFETY: a `Block` is an address, a length and an owner whose callback is `Send + Sync`. The bytes
// behind the address are only written through a `Buffer` that is unique (`pointer_mut`), so shared
// access from several threads is read-only.
unsafe impl Send for Block {}
// SAFETY: as above.
unsafe impl Sync for Block {}

// A panic leaves no buffer half-made: the callback, the one part with insides, is only called once.
impl UnwindSafe for Buffer {}
impl RefUnwindSafe for Buffer {}

impl Buffer {
    /// A block of `bytes` bytes, aligned to [`ALIGNMENT`], whose contents are not initialised: one
    /// that was used before, if there is one that fits.
    ///
    /// # Errors
    /// When `bytes` exceeds `isize::MAX`, or the system has no such memory.
    pub fn uninit(bytes: usize) -> Result<Self> {
        if bytes == 0 {
            return Ok(Self::empty());
        }
        let layout =
            recycle::layout(bytes).ok_or_else(|| Error::size(format!("a block of {bytes} bytes")))?;
        let (pointer, layout) = match recycle::take(layout) {
            Some(spare) => spare,
            None => {
                // SAFETY: the layout has a size above zero.
                let pointer =
                    NonNull::new(unsafe { alloc::alloc(layout) }).ok_or_else(|| Error::memory(bytes))?;
                recycle::advise(pointer, layout);
                (pointer, layout)
            }
        };
        Ok(Self::new(Block { pointer, bytes, owner: Owner::Heap { base: pointer, layout } }))
    }

    /// A block of zero bytes. Large ones come from the system already zeroed, and pages of which
    /// nothing is ever written cost nothing.
    ///
    /// # Errors
    /// As [`Buffer::uninit`].
    pub fn zeroed(bytes: usize) -> Result<Self> {
        if bytes <= recycle::SMALL {
            let buffer = Self::uninit(bytes)?;
            // SAFETY: a fresh block of this many bytes, which nobody else has seen.
            unsafe { buffer.0.pointer.write_bytes(0, bytes) };
            return Ok(buffer);
        }
        // Only for small alignments does the allocator leave the clearing to the system.
        let layout = bytes
            .checked_add(ALIGNMENT)
            .and_then(|bytes| Layout::from_size_align(bytes, 16).ok())
            .ok_or_else(|| Error::size(format!("a block of {bytes} bytes")))?;
        // SAFETY: the layout has a size above zero.
        let base =
            NonNull::new(unsafe { alloc::alloc_zeroed(layout) }).ok_or_else(|| Error::memory(bytes))?;
        recycle::advise(base, layout);
        // SAFETY: the block has room for `bytes` from the next multiple of the alignment on.
        let pointer = unsafe { base.add(base.align_offset(ALIGNMENT)) };
        Ok(Self::new(Block { pointer, bytes, owner: Owner::Heap { base, layout } }))
    }

    fn empty() -> Self {
        let pointer = NonNull::without_provenance(std::num::NonZero::new(ALIGNMENT).expect("64"));
        Self::new(Block { pointer, bytes: 0, owner: Owner::Empty })
    }

    fn new(block: Block) -> Self {
        LIVE.fetch_add(1, Ordering::Relaxed);
        Buffer(Arc::new(block))
    }

    /// Takes a vector's memory over, without copying.
    pub fn from_vec<T: Element>(vector: Vec<T>) -> Self {
        let mut vector = ManuallyDrop::new(vector);
        if vector.capacity() == 0 {
            return Self::empty();
        }
        let pointer = NonNull::new(vector.as_mut_ptr().cast()).expect("a vector's pointer is never null");
        let layout = Layout::array::<T>(vector.capacity()).expect("the vector was allocated with it");
        let bytes = vector.len() * size_of::<T>();
        Self::new(Block { pointer, bytes, owner: Owner::Heap { base: pointer, layout } })
    }

    /// The memory as a vector of `length` elements, without copying: if it may be a vector's, and nobody else
    /// holds it. Else the buffer.
    ///
    /// # Safety
    /// The buffer must begin with `length` elements of `T`, all initialised.
    pub(crate) unsafe fn into_vec<T: Element>(mut self, length: usize) -> Result<Vec<T>, Self> {
        let Some(block) = Arc::get_mut(&mut self.0) else { return Err(self) };
        let Owner::Heap { base, layout } = block.owner else { return Err(self) };
        let capacity = layout.size() / size_of::<T>();
        if base != block.pointer || Layout::array::<T>(capacity) != Ok(layout) {
            return Err(self);
        }
        block.owner = Owner::Empty;
        // SAFETY: the global allocator gave the memory with the layout of a vector of this capacity; nobody else
        // holds it, and the block no longer owns it. The elements are there by the caller's contract, so that
        // they are not more than the capacity either.
        Ok(unsafe { Vec::from_raw_parts(base.as_ptr().cast(), length, capacity) })
    }

    /// Takes over memory that somebody else owns, without copying.
    ///
    /// `release` is called once, when the last holder lets go, on whatever thread that happens.
    /// With `writable` false the buffer never counts as unique, so that a write copies first.
    ///
    /// # Safety
    /// From `pointer`, `bytes` bytes must stay where they are and readable until `release` is
    /// called, nobody else may write to them in that time, and if `writable`, nobody else may read
    /// them either.
    pub unsafe fn from_foreign(
        pointer: NonNull<u8>,
        bytes: usize,
        writable: bool,
        release: impl FnOnce() + Send + Sync + 'static,
    ) -> Self {
        let release = Some(Box::new(release) as Box<_>);
        Self::new(Block { pointer, bytes, owner: Owner::Foreign { release, writable } })
    }

    /// Where the block begins; never changes while anyone holds it.
    pub fn address(&self) -> usize {
        self.0.pointer.as_ptr() as usize
    }

    /// Where the block begins, to read from.
    pub fn as_ptr(&self) -> *const u8 {
        self.0.pointer.as_ptr()
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.0.bytes
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.0.bytes == 0
    }

    /// Whether this is the only holder of memory that may be written.
    pub fn is_unique(&mut self) -> bool {
        let writable = !matches!(self.0.owner, Owner::Foreign { writable: false, .. });
        writable && Arc::get_mut(&mut self.0).is_some()
    }

    /// Where the block begins, to write to, if [`is_unique`](Self::is_unique).
    pub fn pointer_mut(&mut self) -> Option<*mut u8> {
        self.is_unique().then(|| self.0.pointer.as_ptr())
    }

    /// Gives one count away as an opaque pointer; [`Buffer::from_raw`] takes it back.
    pub fn into_raw(self) -> *const () {
        Arc::into_raw(self.0).cast()
    }

    /// Takes back a count that [`Buffer::into_raw`] gave away.
    ///
    /// # Safety
    /// `raw` must come from `into_raw` and not have been taken back before.
    pub unsafe fn from_raw(raw: *const ()) -> Self {
        // SAFETY: by this function's contract the pointer came from `Arc::into_raw` of this type
        // and stands for a count that is still owed.
        Buffer(unsafe { Arc::from_raw(raw.cast()) })
    }

    /// How many buffers live in this process: a figure for tests of leaks.
    pub fn live_count() -> usize {
        LIVE.load(Ordering::Relaxed)
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        match &mut self.owner {
            Owner::Empty => {}
            // SAFETY: the block came from the global allocator with exactly this layout, and the
            // last holder is going away.
            Owner::Heap { base, layout } => unsafe { recycle::give(*base, *layout) },
            Owner::Foreign { release, .. } => {
                if let Some(release) = release.take() {
                    release();
                }
            }
        }
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owner = match &self.0.owner {
            Owner::Empty => "empty",
            Owner::Heap { .. } => "heap",
            Owner::Foreign { writable: true, .. } => "foreign",
            Owner::Foreign { writable: false, .. } => "foreign, read-only",
        };
        write!(f, "Buffer({:#x}, {} bytes, {owner})", self.address(), self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_blocks_are_aligned_and_never_move() {
        let buffer = Buffer::zeroed(1000).unwrap();
        let clone = buffer.clone();
        assert_eq!(buffer.address() % ALIGNMENT, 0);
        assert_eq!(clone.address(), buffer.address());
    }

    #[test]
    fn impossible_sizes_are_errors() {
        assert!(Buffer::uninit(usize::MAX).unwrap_err().is_memory());
        assert!(Buffer::uninit(isize::MAX as usize - 64).unwrap_err().is_memory());
    }

    #[test]
    fn uniqueness_follows_the_count() {
        let mut buffer = Buffer::from_vec(vec![1.0f64; 3]);
        assert!(buffer.is_unique());
        let raw = buffer.clone().into_raw();
        assert!(buffer.pointer_mut().is_none());
        // SAFETY: given away one line above, taken back once.
        drop(unsafe { Buffer::from_raw(raw) });
        assert!(buffer.is_unique());
    }

    #[test]
    fn a_vector_keeps_its_address() {
        let vector = vec![1i32, 2, 3];
        let address = vector.as_ptr() as usize;
        assert_eq!(Buffer::from_vec(vector).address(), address);
        assert_eq!(Buffer::from_vec(Vec::<f64>::new()).len(), 0);
    }

    #[test]
    fn foreign_memory_is_released_once_by_the_last_holder() {
        let released = Arc::new(AtomicUsize::new(0));
        let told = Arc::clone(&released);
        let memory = Box::leak(Box::new([1u8, 2, 3]));
        let pointer = NonNull::from(&mut *memory).cast::<u8>();
        let release = move || {
            told.fetch_add(1, Ordering::SeqCst);
        };
        // SAFETY: the box is leaked until after the release below.
        let mut buffer = unsafe { Buffer::from_foreign(pointer, 3, false, release) };
        assert!(!buffer.is_unique(), "read-only memory is never ours to write");
        let other = buffer.clone();
        drop(buffer);
        assert_eq!(released.load(Ordering::SeqCst), 0);
        std::thread::spawn(move || drop(other)).join().unwrap();
        assert_eq!(released.load(Ordering::SeqCst), 1);
        // SAFETY: the pointer came from `Box::leak` of this type.
        drop(unsafe { Box::from_raw(pointer.as_ptr().cast::<[u8; 3]>()) });
    }
}
