//! Arrays in files: NumPy's `.npy` and `.npz`, and tables of text.
//!
//! Files may come from anywhere. Nothing in them is trusted: lengths are checked before memory is asked for,
//! pickled objects are refused, and what does not fit is an error that names the file.

mod header;
#[cfg(feature = "mapped")]
mod mapped;
mod npy;
#[cfg(feature = "npz")]
mod npz;
mod plain;
mod text;

#[cfg(feature = "mapped")]
pub use mapped::{MapMode, load_mapped};
pub use npy::{load, load_any, read_npy, read_npy_any, save, write_npy};
#[cfg(feature = "npz")]
pub use npz::{Npz, NpzWriter};
pub use plain::Plain;
pub use text::{TextOptions, loadtxt, savetxt};
