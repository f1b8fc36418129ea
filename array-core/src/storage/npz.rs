//! `.npz` files: several named arrays in a zip archive, plain or compressed.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::npy::{read_npy, read_npy_any, write_npy};
use super::plain::Plain;
use crate::{AnyArray, Array, Error, Result};

/// The arrays in an `.npz` file, read one by one as they are asked for.
///
/// ```
/// # use array_core::{arange, Npz, NpzWriter};
/// # let folder = std::env::temp_dir().join(format!("numpypy-npz-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.npz");
/// let mut file = NpzWriter::create(&path)?.compressed();
/// file.add("x", &arange(3)?)?;
/// file.add("y", &arange(2.0)?)?;
/// file.finish()?;
///
/// let mut file = Npz::open(&path)?;
/// assert_eq!(file.names(), ["x", "y"]);
/// assert_eq!(file.get::<f64>("y")?.to_vec(), [0.0, 1.0]);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
pub struct Npz<R: Read + Seek = BufReader<File>> {
    /// Empty for what is no file.
    path: PathBuf,
    archive: ZipArchive<R>,
}

impl Npz {
    /// Opens a file.
    ///
    /// ```
    /// # use array_core::Npz;
    /// let message = Npz::open("no/such/file.npz").err().unwrap().to_string();
    /// assert!(message.contains("no/such/file.npz"));
    /// ```
    ///
    /// # Errors
    /// When it cannot be read or is no zip archive; the error names it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref().to_owned();
        let file = File::open(&path).map_err(|error| Error::io(error).at(&path))?;
        let archive = ZipArchive::new(BufReader::new(file)).map_err(|error| of_zip(error).at(&path))?;
        Ok(Npz { path, archive })
    }
}

impl<R: Read + Seek> Npz<R> {
    /// Reads from anything that can seek, such as a [`Cursor`](std::io::Cursor) over bytes.
    ///
    /// ```
    /// # use array_core::{Npz, NpzWriter, arange};
    /// # use std::io::Cursor;
    /// let mut bytes = Cursor::new(Vec::new());
    /// let mut file = NpzWriter::new(&mut bytes);
    /// file.add("x", &arange(3)?)?;
    /// file.finish()?;
    /// assert_eq!(Npz::new(bytes)?.names(), ["x"]);
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When it cannot be read or is no zip archive.
    pub fn new(from: R) -> Result<Self> {
        Ok(Npz { path: PathBuf::new(), archive: ZipArchive::new(from).map_err(of_zip)? })
    }

    /// The names of the arrays, in the file's order.
    pub fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().filter_map(std::result::Result::ok);
        names.map(|name| name.strip_suffix(".npy").unwrap_or(&name).to_owned()).collect()
    }

    /// The array of this name.
    ///
    /// ```
    /// # use array_core::{Npz, NpzWriter, arange};
    /// # use std::io::Cursor;
    /// let mut bytes = Cursor::new(Vec::new());
    /// let mut file = NpzWriter::new(&mut bytes);
    /// file.add("x", &arange(3)?)?;
    /// file.finish()?;
    /// let mut file = Npz::new(bytes)?;
    /// assert_eq!(file.get::<i32>("x")?.to_vec(), [0, 1, 2]);
    /// assert!(file.get::<i32>("y").unwrap_err().to_string().contains("\"y\""));
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is none, it cannot be read, is damaged, or has another dtype; the error names file and array.
    pub fn get<T: Plain>(&mut self, name: &str) -> Result<Array<T>> {
        self.entry(name, |entry| read_npy(entry))
    }

    /// The array of this name, whatever its dtype.
    ///
    /// ```
    /// # use array_core::{Npz, NpzWriter, arange};
    /// # use std::io::Cursor;
    /// let mut bytes = Cursor::new(Vec::new());
    /// let mut file = NpzWriter::new(&mut bytes);
    /// file.add("x", &arange(3)?)?;
    /// file.finish()?;
    /// assert_eq!(Npz::new(bytes)?.get_any("x")?.dtype().name(), "int32");
    /// # Ok::<(), array_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`get`](Self::get), but for the dtype.
    pub fn get_any(&mut self, name: &str) -> Result<AnyArray> {
        self.entry(name, |entry| read_npy_any(entry))
    }

    fn entry<A>(&mut self, name: &str, read: impl FnOnce(&mut &mut dyn Read) -> Result<A>) -> Result<A> {
        let file_name = format!("{name}.npy");
        let named = if self.archive.index_for_name(&file_name).is_some() { &file_name } else { name };
        let Some(index) = self.archive.index_for_name(named) else {
            let names = self.names().join(", ");
            let error = Error::value(format!("there is no array {name:?} in the file, but: {names}"));
            return Err(if self.path.as_os_str().is_empty() { error } else { error.at(&self.path) });
        };
        let place = self.path.join(named);
        let entry = self.archive.by_index(index).map_err(|error| of_zip(error).at(&place))?;
        let mut entry = BufReader::new(entry);
        let found = read(&mut (&mut entry as &mut dyn Read)).map_err(|error| error.at(&place))?;
        // To the end, where the checksum is compared.
        std::io::copy(&mut entry, &mut std::io::sink()).map_err(|error| Error::io(error).at(&place))?;
        Ok(found)
    }
}

/// Writes named arrays to an `.npz` file.
///
/// ```
/// # use array_core::{NpzWriter, arange};
/// # let folder = std::env::temp_dir().join(format!("numpypy-writer-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.npz");
/// let mut file = NpzWriter::create(&path)?;
/// file.add("x", &arange(3)?)?;
/// file.add("y", &arange(2.0)?)?;
/// file.finish()?; // np.load(path)["x"]
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
pub struct NpzWriter<W: Write + Seek = BufWriter<File>> {
    archive: ZipWriter<W>,
    method: CompressionMethod,
}

impl NpzWriter {
    /// Makes a file anew.
    ///
    /// # Errors
    /// When it cannot be made; the error names it.
    pub fn create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let file = File::create(path).map_err(|error| Error::io(error).at(path))?;
        Ok(NpzWriter::new(BufWriter::new(file)))
    }
}

impl<W: Write + Seek> NpzWriter<W> {
    /// Writes to anything that can seek.
    pub fn new(to: W) -> Self {
        NpzWriter { archive: ZipWriter::new(to), method: CompressionMethod::Stored }
    }

    /// Compresses what is added from now on: NumPy's `savez_compressed`.
    #[must_use]
    pub fn compressed(mut self) -> Self {
        self.method = CompressionMethod::Deflated;
        self
    }

    /// Adds an array.
    ///
    /// # Errors
    /// When writing fails, or the name is there already.
    pub fn add<T: Plain>(&mut self, name: &str, a: &Array<T>) -> Result<()> {
        let large = a.len() > (1 << 31) / size_of::<T>();
        let options = SimpleFileOptions::default().compression_method(self.method).large_file(large);
        self.archive.start_file(format!("{name}.npy"), options).map_err(of_zip)?;
        write_npy(&mut self.archive, a)
    }

    /// Writes the archive's index: without it the file cannot be read.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> Result<()> {
        self.archive.finish().map_err(of_zip)?.flush().map_err(Error::io)
    }
}

fn of_zip(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => Error::io(error),
        error => Error::format(format!("the .npz archive: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arange;

    #[test]
    fn names_are_given_once() {
        let mut file = NpzWriter::new(std::io::Cursor::new(Vec::new()));
        file.add("x", &arange(3).unwrap()).unwrap();
        assert!(file.add("x", &arange(3).unwrap()).unwrap_err().is_file());
    }

    #[test]
    fn what_is_missing_is_named() {
        let path = std::env::temp_dir().join(format!("numpypy-missing-{}.npz", std::process::id()));
        let message = Npz::open(&path).err().unwrap().to_string();
        assert!(message.contains("numpypy-missing"), "{message}");
        let mut file = NpzWriter::create(&path).unwrap();
        file.add("here", &arange(3).unwrap()).unwrap();
        file.finish().unwrap();
        let message = Npz::open(&path).unwrap().get::<i32>("there").unwrap_err().to_string();
        assert!(message.contains("\"there\"") && message.contains("here"), "{message}");
        std::fs::remove_file(&path).unwrap();
    }
}
