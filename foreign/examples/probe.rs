//! Tells which interpreter would be used, starts it, and says what came of it.
//!
//! A help when it is not the one that was expected, and the program that the tests of discovery run
//! with all sorts of broken environments. Arguments name packages to require.

use std::process::ExitCode;

use foreign::{Interpreter, Result};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let packages: Vec<String> = std::env::args().skip(1).collect();
    if packages.is_empty() {
        println!("found {}", Interpreter::find()?);
    } else {
        foreign::require(&packages)?;
    }
    let system = foreign::import("sys")?;
    for name in ["executable", "prefix", "base_prefix", "version", "argv", "path"] {
        println!("sys.{name} = {:?}", system.getattr(name)?);
    }
    for package in &packages {
        let module = foreign::import(package)?;
        let version = module.getattr("__version__").map_or_else(|_| "no version".into(), |v| v.to_string());
        println!("{package} {version}: {}", module.getattr("__file__")?);
    }
    Ok(())
}
