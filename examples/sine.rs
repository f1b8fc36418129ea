//! The demonstration of 2011, in Rust: `arange`, `sin`, and matplotlib draws the very same memory.
//!
//! ```text
//! cargo run --release --example sine               # a window; without a display, sine.png
//! cargo run --release --example sine -- curve.png  # a file
//! ```

use std::error::Error;

use numpypy::{ToPy, arange, import, py, require, sin};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1);
    // What 2011 wrote as:          import numpy, pylab
    require(["numpy", "matplotlib"])?;
    if path.is_some() {
        // Saving needs no window, so ask for none.
        py!((import("matplotlib")?).use("agg"))?;
    }
    let plt = import("matplotlib.pyplot")?;

    let a = arange(100)?; //         a = numpy.arange(100)
    let b = sin(&a); //              b = numpy.sin(a)
    py!(plt.plot(&a, &b))?; //       pylab.plot(a, b)

    let lent = b.to_py()?;
    println!("the address of b in Rust:  {:#x}", b.address());
    println!("the address of b in NumPy: {:#x}", py!(lent.ctypes.data)?.extract::<usize>()?);

    py!(plt.title("sin, computed in Rust, drawn by matplotlib on the same memory"))?;
    py!(plt.xlabel("radians"))?;
    py!(plt.ylabel("sin"))?;
    let backend: String = py!(plt.get_backend())?.extract()?;
    match path {
        Some(path) => save(&plt, &path)?,
        None if backend.eq_ignore_ascii_case("agg") => {
            println!("No window can be opened: there is no display, or this Python has no toolkit for one");
            println!("(`pip install PySide6-Essentials` brings one). Saving instead.");
            save(&plt, "sine.png")?;
        }
        None => {
            py!(plt.show())?; //     pylab.show()
        }
    }
    Ok(())
}

fn save(plt: &numpypy::foreign::Object, path: &str) -> Result<(), Box<dyn Error>> {
    py!(plt.savefig(path, dpi = 120))?;
    println!("saved {path}");
    Ok(())
}
