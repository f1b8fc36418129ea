//! Calls Python from Rust, and lends it arrays without a copy.
//!
//! Nothing here links Python. On first use an interpreter is found (see [`Interpreter::find`]), its
//! shared library is loaded, and it is started on its own environment, so that whatever `pip
//! install`ed there can be imported. The same binary runs with every CPython from 3.9 on.
//!
//! ```
//! use foreign::{import, py};
//!
//! let math = import("math")?;
//! let root: f64 = py!(math.sqrt(2.0))?.extract()?;
//! assert_eq!(root, 2f64.sqrt());
//! # Ok::<(), foreign::Error>(())
//! ```
//!
//! An array is lent by naming it as an argument, or by [`ToPy::to_py`]. Python gets a real
//! `numpy.ndarray`, read-only, over the very same memory; either side may let go first.
//!
//! ```no_run
//! # fn main() -> foreign::Result<()> {
//! # let (x, y): (array_core::Array<f64>, array_core::Array<f64>) = unimplemented!();
//! use foreign::{py, require};
//!
//! require(["numpy", "matplotlib"])?;
//! let plt = foreign::import("matplotlib.pyplot")?;
//! py!(plt.plot(&x, &y, "r--", linewidth = 2.0))?;
//! py!(plt.savefig("sine.png"))?;
//! # Ok(()) }
//! ```
//!
//! # What safety rests on
//! Rust may assume that lent memory does not change, and Python keeps to that as far as it honours
//! NumPy's flag `writeable`, which no Python code can set again. What does not honour it must be kept
//! away from lent arrays; give it a copy (`py!(a.copy())`):
//! - `ctypes`, and any extension that takes an array's address and ignores the flag, as
//!   `torch.from_numpy` does with a mere warning;
//! - `numpy.add.at` and the `at` of every other ufunc before NumPy 2.5;
//! - in NumPy 2.5, assigning to `real` or `imag` of an array of no dimensions.
//!
//! Python sets environment variables (`os.environ["A"] = "b"`) without knowing of the lock by which
//! Rust reads them; as with any C library, do so only while no other thread of yours reads any.
//!
//! # Threads
//! Everything here may be used from any thread. Each call takes the interpreter's lock by itself and
//! gives it back before it returns, and code of yours never runs while it is held; so calls from
//! rayon cannot deadlock. Dropping an [`Object`] never waits for the lock. A thread of Rust's has a
//! quarter of the stack that Python reckons with: one that runs deeply recursive Python code wants
//! [`stack_size`](std::thread::Builder::stack_size)`(8 << 20)`.
//!
//! # Environment variables
//! | variable | meaning |
//! |---|---|
//! | `NUMPYPY_PYTHON` | the interpreter to use, or its environment; see [`Interpreter::find`] |
//! | `NUMPYPY_OFFLINE` | `1`: [`require`] downloads nothing |
//! | `NUMPYPY_PLUGIN` | the file of numpypy's plug-in, `libnumpypy_cpython.so`, if it is not beside the program |
//! | `XDG_CACHE_HOME` | where [`require`] keeps its environments; `~/.cache` if not set |
//!
//! Python's own variables, such as `PYTHONPATH`, and pip's mean what they always do.
//!
//! # The process
//! The interpreter is started once and never ended. At exit its `atexit` handlers run and its
//! streams are flushed. Ctrl-C keeps doing what it did before.

mod backend;
mod call;
mod error;
mod extract;
mod global;
mod lend;
mod macros;
mod object;
mod python;
mod slice;
mod to_py;
mod value;

pub use call::{Args, Call, Kwargs};
pub use error::{Error, Result};
pub use extract::FromPy;
pub use global::{builtin, import, interpreter, none, require};
pub use object::{Iter, Object};
pub use python::Interpreter;
pub use to_py::ToPy;
pub use value::Value;

#[doc(hidden)]
pub use macros::Chain;
