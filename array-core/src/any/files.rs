//! Arrays of any dtype written to files.

use std::io::{Seek, Write};
use std::path::Path;

use super::AnyArray;
use crate::{Result, storage};

/// As [`save`](crate::save), an array of any dtype.
///
/// ```
/// # use array_core::{AnyArray, arange, load_any, save_any};
/// # let folder = std::env::temp_dir().join(format!("numpypy-any-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.npy");
/// let a = AnyArray::from(arange(6)?);
/// save_any(&path, &a)?;
/// assert_eq!(load_any(&path)?, a);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the file cannot be written; the error names it.
pub fn save_any(path: impl AsRef<Path>, a: &AnyArray) -> Result<()> {
    let path = path.as_ref();
    each!(a, a => storage::save(path, a))
}

/// As [`write_npy`](crate::write_npy), an array of any dtype.
///
/// ```
/// # use array_core::{AnyArray, arange, read_npy_any, write_npy_any};
/// let (a, mut bytes) = (AnyArray::from(arange(3)?), Vec::new());
/// write_npy_any(&mut bytes, &a)?;
/// assert_eq!(read_npy_any(&mut &bytes[..])?, a);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When writing fails.
pub fn write_npy_any(to: &mut impl Write, a: &AnyArray) -> Result<()> {
    let mut to: &mut dyn Write = to;
    each!(a, a => storage::write_npy(&mut to, a))
}

#[cfg(feature = "npz")]
impl<W: Write + Seek> crate::NpzWriter<W> {
    /// As [`add`](Self::add), an array of any dtype.
    ///
    /// ```
    /// # use array_core::{AnyArray, Npz, NpzWriter, arange};
    /// # use std::io::Cursor;
    /// let a = AnyArray::from(arange(3)?);
    /// let mut bytes = Cursor::new(Vec::new());
    /// let mut file = NpzWriter::new(&mut bytes);
    /// file.add_any("x", &a)?;
    /// file.finish()?;
    /// assert_eq!(Npz::new(bytes)?.get_any("x")?, a);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When writing fails, or the name is there already.
    pub fn add_any(&mut self, name: &str, a: &AnyArray) -> Result<()> {
        each!(a, a => self.add(name, a))
    }
}
