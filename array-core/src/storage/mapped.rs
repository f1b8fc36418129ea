//! `.npy` files as memory: what is read of the array is read of the file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::ptr::NonNull;

use memmap2::{MmapOptions, MmapRaw};

use super::header::Header;
use super::npy::arranged;
use super::plain::Plain;
use crate::{Array, Buffer, Error, Result};

/// What becomes of writes to a mapped array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapMode {
    /// They copy the array first: NumPy's `"r"`.
    Read,
    /// They go to memory, page by page, and never to the file: NumPy's `"c"`.
    CopyOnWrite,
    /// They go to the file: NumPy's `"r+"`. When, is the system's affair, at the latest when the last
    /// holder lets go.
    ReadWrite,
}

/// The array in an `.npy` file, mapped into memory: opened at once, whatever its size, and read where it
/// is looked at.
///
/// As ever, an array that is shared is copied before a write; in [`ReadWrite`](MapMode::ReadWrite) mode
/// only writes through the one array that holds the file reach it.
///
/// # Errors
/// When the file cannot be mapped, is damaged or shorter than it says, holds another dtype, numbers with their
/// bytes in another order, or bools (any byte may be in a file, not any is a `bool`), or does not align them.
///
/// # Safety
/// For as long as anyone holds the array, nobody else changes the file or makes it shorter: neither another
/// program nor another mapping.
pub unsafe fn load_mapped<T: Plain>(path: impl AsRef<Path>, mode: MapMode) -> Result<Array<T>> {
    let path = path.as_ref();
    // SAFETY: this function's contract is handed on.
    unsafe { mapped(path, mode) }.map_err(|error| error.at(path))
}

/// # Safety
/// As [`load_mapped`].
unsafe fn mapped<T: Plain>(path: &Path, mode: MapMode) -> Result<Array<T>> {
    let write = mode == MapMode::ReadWrite;
    let file = File::options().read(true).write(write).open(path).map_err(Error::io)?;
    let (header, start) = Header::read(&mut BufReader::new(&file))?;
    if header.dtype != T::DTYPE {
        return Err(Error::dtype(T::DTYPE, header.dtype));
    }
    if header.swapped || !T::ANY_BYTES {
        let what = if header.swapped { "numbers in another order of bytes" } else { "bools" };
        return Err(Error::format(format!("a file of {what} cannot be mapped; load reads it")));
    }
    let bytes = crate::layout::byte_size::<T>(&header.shape)?;
    let length = file.metadata().map_err(Error::io)?.len();
    if length < (start as u64).saturating_add(bytes as u64) {
        return Err(Error::format(format!(
            "the file has {length} bytes, but its header announces {bytes} behind the first {start}"
        )));
    }
    if start % align_of::<T>() != 0 {
        return Err(Error::format("the elements are not aligned in the file; load reads it"));
    }
    if bytes == 0 {
        return crate::zeros(&header.shape);
    }
    let mut options = MmapOptions::new();
    options.len(start + bytes);
    // SAFETY: nobody else changes the file, by this function's contract.
    let map: MmapRaw = unsafe {
        match mode {
            MapMode::Read => options.map_raw_read_only(&file),
            MapMode::CopyOnWrite => options.map_copy(&file).map(MmapRaw::from),
            MapMode::ReadWrite => options.map_raw(&file),
        }
    }
    .map_err(Error::io)?;
    let first = NonNull::new(map.as_mut_ptr()).expect("a map has an address").cast::<u8>();
    // SAFETY: the map has `start + bytes` bytes.
    let first = unsafe { first.add(start) };
    // SAFETY: the bytes stay until the map is dropped; nobody else writes or, if they may be written, reads them.
    let buffer = unsafe { Buffer::from_foreign(first, bytes, mode != MapMode::Read, move || drop(map)) };
    let count = bytes / size_of::<T>();
    // SAFETY: the buffer has this many elements, aligned as checked (a map begins at a page); any bytes are one.
    let elements = unsafe { Array::from_raw_parts(buffer, first.as_ptr().cast::<T>(), &[count], &[1]) };
    Ok(arranged(elements, &header.shape, header.fortran_order))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, load, save};

    #[test]
    fn writes_go_where_the_mode_says() {
        let path = std::env::temp_dir().join(format!("numpypy-mapped-{}.npy", std::process::id()));
        save(&path, &arange(6).unwrap().reshape([2, 3]).unwrap().t()).unwrap();
        let first = || load::<i32>(&path).unwrap().get([0, 0]).unwrap();
        // SAFETY: the file is this test's own.
        let open = |mode| unsafe { load_mapped::<i32>(&path, mode).unwrap() };
        for (mode, after) in [(MapMode::Read, 0), (MapMode::CopyOnWrite, 0), (MapMode::ReadWrite, 9)] {
            let mut a = open(mode);
            let address = a.address();
            assert_eq!((a.shape(), a.to_vec()), (&[3, 2][..], vec![0, 3, 1, 4, 2, 5]));
            a.set([0, 0], 9).unwrap();
            assert_eq!(a.get([0, 0]).unwrap(), 9);
            assert_eq!(a.address() == address, mode != MapMode::Read, "{mode:?}");
            drop(a);
            assert_eq!(first(), after, "{mode:?}");
        }
        std::fs::write(&path, &std::fs::read(&path).unwrap()[..140]).unwrap();
        // SAFETY: as above.
        let error = unsafe { load_mapped::<i32>(&path, MapMode::Read) }.unwrap_err();
        assert!(error.is_file() && error.to_string().contains("140 bytes"), "{error}");
        std::fs::remove_file(&path).unwrap();
    }
}
