//! `.npy` files: one array, as NumPy's `save` and `load` have it.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use super::header::Header;
use super::plain::{self, Plain};
use crate::{AnyArray, Array, Error, Result};

/// Writes an array to an `.npy` file, which is made anew. The path is taken as it is: nothing is added.
///
/// Row-major and column-major arrays are written as they lie, others row by row.
///
/// ```
/// # use array_core::{arange, load, save};
/// # let folder = std::env::temp_dir().join(format!("numpypy-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.npy");
/// let a = arange(6)?.reshape([2, 3])?;
/// save(&path, &a)?;
/// assert_eq!(load::<i32>(&path)?, a);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the file cannot be written; the error names it.
pub fn save<T: Plain>(path: impl AsRef<Path>, a: &Array<T>) -> Result<()> {
    let path = path.as_ref();
    let write = || {
        let mut file = BufWriter::new(File::create(path).map_err(Error::io)?);
        write_npy(&mut file, a)?;
        file.flush().map_err(Error::io)
    };
    write().map_err(|error| error.at(path))
}

/// Reads the array in an `.npy` file.
///
/// ```
/// # use array_core::load;
/// let error = load::<f64>("no/such/file.npy").unwrap_err();
/// assert!(error.is_file() && error.to_string().contains("no/such/file.npy"));
/// ```
///
/// # Errors
/// When the file cannot be read, is damaged, or holds another dtype; the error names it.
pub fn load<T: Plain>(path: impl AsRef<Path>) -> Result<Array<T>> {
    let path = path.as_ref();
    open(path).and_then(|mut file| read_npy(&mut file)).map_err(|error| error.at(path))
}

/// Reads the array in an `.npy` file, whatever its dtype.
///
/// ```
/// # use array_core::{DType, arange, load_any, save};
/// # let folder = std::env::temp_dir().join(format!("numpypy-load-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("a.npy");
/// save(&path, &arange(3.0)?)?;
/// let a = load_any(&path)?;
/// assert_eq!(a.dtype(), DType::Float64);
/// assert_eq!(a.downcast::<f64>()?.to_vec(), [0.0, 1.0, 2.0]);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When the file cannot be read or is damaged; the error names it.
pub fn load_any(path: impl AsRef<Path>) -> Result<AnyArray> {
    let path = path.as_ref();
    open(path).and_then(|mut file| read_npy_any(&mut file)).map_err(|error| error.at(path))
}

fn open(path: &Path) -> Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path).map_err(Error::io)?))
}

/// Writes an array in the `.npy` format.
///
/// ```
/// # use array_core::{arange, read_npy, write_npy};
/// let mut bytes = Vec::new();
/// write_npy(&mut bytes, &arange(3i64)?)?;
/// assert_eq!(read_npy::<i64>(&mut &bytes[..])?.to_vec(), [0, 1, 2]);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When writing fails, or an array in no order of its own is too large to be put into one.
pub fn write_npy<T: Plain>(to: &mut impl Write, a: &Array<T>) -> Result<()> {
    let fortran_order = !a.is_contiguous() && a.t().is_contiguous();
    let header = Header { dtype: T::DTYPE, swapped: false, fortran_order, shape: a.shape().to_vec() };
    header.write(to)?;
    let elements = if fortran_order { a.t() } else { a.try_contiguous()? };
    to.write_all(plain::bytes(elements.as_slice().expect("contiguous as checked"))).map_err(Error::io)
}

/// Reads an array in the `.npy` format.
///
/// Memory is asked for as data arrives, so that a header that promises more than there is costs nothing.
///
/// ```
/// # use array_core::{arange, read_npy, write_npy};
/// let mut bytes = Vec::new();
/// write_npy(&mut bytes, &arange(3i64)?)?;
/// assert_eq!(read_npy::<i64>(&mut &bytes[..])?.to_vec(), [0, 1, 2]);
/// assert!(read_npy::<f64>(&mut &bytes[..]).is_err());
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// When reading fails, the data is damaged or ends too early, or has another dtype.
pub fn read_npy<T: Plain>(from: &mut impl Read) -> Result<Array<T>> {
    let (header, _) = Header::read(from)?;
    elements(from, header)
}

/// As [`read_npy`], whatever the dtype.
///
/// ```
/// # use array_core::{DType, arange, read_npy_any, write_npy};
/// let mut bytes = Vec::new();
/// write_npy(&mut bytes, &arange(3i64)?)?;
/// assert_eq!(read_npy_any(&mut &bytes[..])?.dtype(), DType::Int64);
/// # Ok::<(), array_core::Error>(())
/// ```
///
/// # Errors
/// As [`read_npy`], but for the dtype.
pub fn read_npy_any(from: &mut impl Read) -> Result<AnyArray> {
    let (header, _) = Header::read(from)?;
    macro_rules! by_dtype {
        ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
            match header.dtype { $(crate::DType::$variant => elements::<$type>(from, header)?.into(),)* }
        };
    }
    Ok(crate::for_each_dtype!(by_dtype))
}

/// The elements behind a header.
fn elements<T: Plain>(from: &mut impl Read, header: Header) -> Result<Array<T>> {
    let Header { dtype, swapped, fortran_order, shape } = header;
    if dtype != T::DTYPE {
        return Err(Error::dtype(T::DTYPE, dtype));
    }
    let count = crate::layout::byte_size::<T>(&shape).map(|_| shape.iter().product())?;
    let elements = plain::read(from, count, swapped)?;
    Ok(arranged(Array::from_vec(elements), &shape, fortran_order))
}

/// The array of this shape and order over its elements as they are stored.
pub(super) fn arranged<T: Plain>(elements: Array<T>, shape: &[usize], fortran_order: bool) -> Array<T> {
    let as_many = "as many elements as the shape has";
    if !fortran_order {
        return elements.reshape(shape).expect(as_many);
    }
    let reversed: Vec<usize> = shape.iter().rev().copied().collect();
    elements.reshape(&reversed).expect(as_many).t()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arange, zeros};

    fn bytes<T: Plain>(a: &Array<T>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_npy(&mut bytes, a).unwrap();
        bytes
    }

    #[test]
    fn arrays_come_back_in_their_order() {
        let a = arange(24.0).unwrap().reshape([2, 3, 4]).unwrap();
        for a in [a.clone(), a.t(), a.flip(0).unwrap(), zeros([0, 3]).unwrap(), crate::scalar(2.5)] {
            let back: Array<f64> = read_npy(&mut &bytes(&a)[..]).unwrap();
            assert_eq!(back, a);
            assert_eq!(back.t().is_contiguous(), a.t().is_contiguous());
        }
    }

    #[test]
    fn promises_that_are_not_kept_cost_nothing() {
        let mut header = Vec::new();
        let shape = vec![1 << 40, 1 << 15];
        Header { dtype: crate::DType::Float64, swapped: false, fortran_order: false, shape }
            .write(&mut header)
            .unwrap();
        header.extend([0; 1000]);
        assert!(read_npy::<f64>(&mut &header[..]).unwrap_err().to_string().contains("ends too early"));
        let error = read_npy::<f32>(&mut &bytes(&arange(3).unwrap())[..]).unwrap_err();
        assert!(error.is_dtype() && error.to_string().contains("int32"), "{error}");
    }

    #[test]
    fn foreign_orders_and_bools_are_put_right() {
        let mut swapped = bytes(&Array::from([1u16, 258]));
        let at = swapped.iter().position(|&byte| byte == b'<').unwrap();
        swapped[at] = b'>';
        assert_eq!(read_npy::<u16>(&mut &swapped[..]).unwrap().to_vec(), [256, 513]);
        let mut flags = bytes(&Array::from([false, true]));
        let end = flags.len();
        flags[end - 2..].fill(7);
        assert_eq!(read_npy::<bool>(&mut &flags[..]).unwrap().to_vec(), [true, true]);
    }
}
