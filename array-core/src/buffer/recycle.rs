//! Blocks kept for the next array: what `a + b` costs most is getting memory.
//!
//! **Small** blocks (up to 16 KiB), where the allocator's own work would be most of a call's time, are
//! kept by each thread, a few of each size. **Large** ones (from 64 KiB), whose fresh pages the
//! system would have to clear and map one by one, are kept in one list, up to a limit in bytes that
//! [`set_limit`] changes. What lies between goes straight to the allocator.

use std::alloc::{self, Layout};
use std::cell::RefCell;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::ALIGNMENT;

/// From the allocator, with this layout; of nobody's use just now.
struct Spare {
    pointer: NonNull<u8>,
    layout: Layout,
}

// SAFETY: a spare block belongs to whoever has it, and is only memory.
unsafe impl Send for Spare {}

impl Drop for Spare {
    fn drop(&mut self) {
        // SAFETY: by the contract of `give`, from which every spare comes.
        unsafe { alloc::dealloc(self.pointer.as_ptr(), self.layout) };
    }
}

/// Bytes of the largest small block.
pub(super) const SMALL: usize = 16 << 10;
/// Bytes up to which small blocks are of any multiple of [`ALIGNMENT`]; beyond, they are multiples of this.
const FINE: usize = 1 << 10;
/// How many sizes of small blocks there are.
const SIZES: usize = FINE / ALIGNMENT + SMALL / FINE - 1;
/// Small blocks of one size that a thread keeps.
const FEW: usize = 8;
/// Bytes of the smallest large block.
const LARGE: usize = 64 << 10;
/// Bytes of large blocks that are kept unless [`set_limit`] says otherwise.
const DEFAULT_LIMIT: usize = 256 << 20;
/// Bytes from which on the system is asked for huge pages: twice their size.
const HUGE: usize = 4 << 20;

thread_local! {
    /// Of each size some blocks.
    static NEAR: RefCell<[Vec<Spare>; SIZES]> = const { RefCell::new([const { Vec::new() }; _]) };
}

/// Large blocks, the one kept last at the end.
struct Far {
    spares: Vec<Spare>,
    bytes: usize,
}

static FAR: Mutex<Far> = Mutex::new(Far { spares: Vec::new(), bytes: 0 });

fn far() -> MutexGuard<'static, Far> {
    FAR.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes of large blocks to keep. With zero no small ones are kept either.
fn limit() -> &'static AtomicUsize {
    static LIMIT: OnceLock<AtomicUsize> = OnceLock::new();
    LIMIT.get_or_init(|| {
        let limit = std::env::var("NUMPYPY_CACHE").ok().and_then(|bytes| bytes.parse().ok());
        AtomicUsize::new(limit.unwrap_or(DEFAULT_LIMIT))
    })
}

/// The layout of a block that holds `bytes`, a little more if that makes it fit for others.
pub(super) fn layout(bytes: usize) -> Option<Layout> {
    let rounded = match bytes {
        _ if bytes <= FINE => bytes.next_multiple_of(ALIGNMENT),
        _ if bytes <= SMALL => bytes.next_multiple_of(FINE),
        LARGE.. => bytes.checked_next_multiple_of(4096)?,
        _ => bytes,
    };
    Layout::from_size_align(rounded, ALIGNMENT).ok()
}

/// Which of the sizes of small blocks this one is.
fn near(size: usize) -> usize {
    if size <= FINE { size / ALIGNMENT - 1 } else { FINE / ALIGNMENT + size / FINE - 2 }
}

/// A spare block of this layout, or of one not much larger.
pub(super) fn take(layout: Layout) -> Option<(NonNull<u8>, Layout)> {
    let spare = match layout.size() {
        size @ 1..=SMALL => NEAR.try_with(|spares| spares.borrow_mut()[near(size)].pop()).ok().flatten(),
        size @ LARGE.. => {
            let mut far = far();
            let fits = |spare: &Spare| (size..=size + size / 4).contains(&spare.layout.size());
            let found = far.spares.iter().rposition(fits).map(|i| far.spares.remove(i));
            far.bytes -= found.as_ref().map_or(0, |spare| spare.layout.size());
            found
        }
        _ => None,
    }?;
    let found = (spare.pointer, spare.layout);
    std::mem::forget(spare);
    Some(found)
}

/// Keeps a block for the next one who asks, or gives it back to the allocator.
///
/// # Safety
/// The block came from the global allocator with this layout, and nobody uses it any longer.
pub(super) unsafe fn give(pointer: NonNull<u8>, layout: Layout) {
    let spare = Spare { pointer, layout };
    let limit = limit().load(Ordering::Relaxed);
    if layout.align() != ALIGNMENT || limit == 0 {
        return; // A vector's, or not wanted: dropped.
    }
    match layout.size() {
        size @ 1..=SMALL if self::layout(size) == Some(layout) => {
            // While a thread ends it keeps nothing more; the block is dropped with the closure.
            let _ = NEAR.try_with(|spares| {
                let spares = &mut spares.borrow_mut()[near(size)];
                if spares.len() < FEW {
                    spares.push(spare);
                }
            });
        }
        size @ LARGE.. => {
            let mut dropped = Vec::new();
            let mut far = far();
            if size <= limit {
                far.bytes += size;
                far.spares.push(spare);
            }
            far.trim(limit, &mut dropped);
            drop(far);
            // Given back with the lock released: unmapping takes long.
            drop(dropped);
        }
        _ => {}
    }
}

impl Far {
    /// Takes out the oldest blocks, until what is left is within the limit.
    fn trim(&mut self, limit: usize, out: &mut Vec<Spare>) {
        let mut over = self.bytes.saturating_sub(limit);
        let count = self.spares.iter().take_while(|spare| {
            let excess = over > 0;
            over = over.saturating_sub(spare.layout.size());
            excess
        });
        let count = count.count();
        out.extend(self.spares.drain(..count));
        self.bytes -= out.iter().map(|spare| spare.layout.size()).sum::<usize>();
    }
}

/// How many bytes of large blocks, no longer used by any array, are kept for the next one: 256 MiB
/// unless set here or by the environment variable `NUMPYPY_CACHE`. With zero nothing is kept.
pub fn set_limit(bytes: usize) {
    limit().store(bytes, Ordering::Relaxed);
    let mut dropped = Vec::new();
    let mut far = far();
    far.trim(bytes, &mut dropped);
}

/// Asks the system for huge pages under a fresh large block: a hundredth of the faults.
pub(super) fn advise(pointer: NonNull<u8>, layout: Layout) {
    #[cfg(target_os = "linux")]
    if layout.size() >= HUGE {
        let page = 4096;
        let start = pointer.as_ptr().align_offset(page);
        let length = (layout.size() - start) / page * page;
        // SAFETY: whole pages within the block. The advice changes no contents; that it may fail
        // does no harm.
        unsafe { libc::madvise(pointer.as_ptr().add(start).cast(), length, libc::MADV_HUGEPAGE) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (pointer, layout, HUGE);
}

#[cfg(test)]
mod tests {
    use crate::Buffer;

    #[test]
    fn what_is_dropped_is_found_again() {
        if super::limit().load(super::Ordering::Relaxed) == 0 {
            return; // As under sanitizers: nothing is kept.
        }
        for bytes in [1, 64, 1000, 1025, 9000, 16 << 10, 3_333_333, 11 << 20] {
            let address = Buffer::uninit(bytes).unwrap().address();
            let again = Buffer::uninit(bytes).unwrap();
            assert_eq!(again.address(), address, "{bytes} bytes");
            let other = Buffer::uninit(bytes).unwrap();
            assert_ne!(other.address(), address, "{bytes} bytes, while it is used");
        }
    }

    #[test]
    fn zeroed_blocks_are_zero_however_they_were_used() {
        for bytes in [64, 1000, 5000, 100_000] {
            let mut buffer = Buffer::uninit(bytes).unwrap();
            let pointer = buffer.pointer_mut().unwrap();
            // SAFETY: the block has these bytes, and nobody else has it.
            unsafe { pointer.write_bytes(0xff, bytes) };
            drop(buffer);
            let buffer = Buffer::zeroed(bytes).unwrap();
            // SAFETY: as above; zeroed blocks are initialised.
            let contents = unsafe { std::slice::from_raw_parts(buffer.as_ptr(), bytes) };
            assert!(contents.iter().all(|&byte| byte == 0), "{bytes} bytes");
        }
    }
}
