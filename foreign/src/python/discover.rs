//! Chooses an interpreter. The order is documented at [`Interpreter::find`].

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

use super::probe::{Interpreter, probe};
use crate::{Error, Result};

/// Who chose an interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The program itself.
    Code,
    /// An environment variable that holds the interpreter.
    Python,
    /// An environment variable that holds a virtual environment.
    VirtualEnv,
    /// An environment variable that holds a conda environment.
    Conda,
    /// A virtual environment in the current directory or above it.
    DotVenv,
    /// An environment of numpypy's own.
    Own,
    /// The search path.
    Path,
}

impl Source {
    /// Whether the user named just this interpreter, so that no other may take its place.
    pub(super) fn is_explicit(self) -> bool {
        matches!(self, Source::Code | Source::Python)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Source::Code => "the program",
            Source::Python => "NUMPYPY_PYTHON",
            Source::VirtualEnv => "VIRTUAL_ENV",
            Source::Conda => "CONDA_PREFIX",
            Source::DotVenv => ".venv in the current directory or above",
            Source::Own => "numpypy's own environment",
            Source::Path => "PATH",
        })
    }
}

/// An environment variable that is set to something.
pub(super) fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The program of a virtual or conda environment.
pub(super) fn program_of(environment: &Path) -> PathBuf {
    let names = ["bin/python3", "bin/python"];
    let found = names.iter().map(|name| environment.join(name)).find(|program| program.exists());
    found.unwrap_or_else(|| environment.join("bin/python"))
}

pub(super) fn explicit(path: &Path) -> Result<Interpreter> {
    named(path, Source::Code)
}

fn named(path: &Path, source: Source) -> Result<Interpreter> {
    let is_plain_name = path.components().count() == 1 && !path.is_absolute();
    if is_plain_name && let Some(program) = on_path(&path.to_string_lossy()).next() {
        return probe(&program, source);
    }
    if path.is_dir() {
        return probe(&program_of(path), source);
    }
    if !path.exists() {
        return Err(Error::interpreter(format!(
            "there is no Python interpreter at {} (chosen by {source}); correct the path{}",
            path.display(),
            if source == Source::Python { ", or unset NUMPYPY_PYTHON to have one found" } else { "" },
        )));
    }
    probe(path, source)
}

pub(super) fn find() -> Result<Interpreter> {
    if let Some(path) = variable("NUMPYPY_PYTHON") {
        return named(&path, Source::Python);
    }
    for (name, source) in [("VIRTUAL_ENV", Source::VirtualEnv), ("CONDA_PREFIX", Source::Conda)] {
        if let Some(environment) = variable(name) {
            return in_environment(&environment, source);
        }
    }
    let here = env::current_dir().unwrap_or_default();
    if let Some(environment) =
        here.ancestors().map(|dir| dir.join(".venv")).find(|dir| dir.join("pyvenv.cfg").is_file())
    {
        return in_environment(&environment, Source::DotVenv);
    }
    search_path(&here)
}

fn in_environment(environment: &Path, source: Source) -> Result<Interpreter> {
    let program = program_of(environment);
    if !program.exists() {
        return Err(Error::interpreter(format!(
            "{source} names {}, but there is no {}; make the environment anew, or unset the variable, or \
             name an interpreter by NUMPYPY_PYTHON",
            environment.display(),
            program.display()
        )));
    }
    probe(&program, source)
}

/// The first program on `PATH` that can be used; if none can, tells why for each.
fn search_path(here: &Path) -> Result<Interpreter> {
    let mut refused = Vec::new();
    for program in ["python3", "python"].iter().flat_map(|name| on_path(name)) {
        match probe(&program, Source::Path).and_then(|found| super::libpython::find(&found).map(|_| found)) {
            Ok(interpreter) => return Ok(interpreter),
            Err(error) => refused.push(format!("  {error}")),
        }
    }
    let mut message = format!(
        "no Python interpreter can be used. Looked at, in this order: NUMPYPY_PYTHON, VIRTUAL_ENV and \
         CONDA_PREFIX (not set), .venv in {} and above (none), python3 and python on PATH",
        here.display()
    );
    if refused.is_empty() {
        message += " (none).\nInstall one with its shared library (Debian, Ubuntu: apt install python3 libpython3-dev), \
                    or set NUMPYPY_PYTHON to the path of a CPython of version 3.9 or newer";
    } else {
        message += &format!(
            ":\n{}\nSet NUMPYPY_PYTHON to the path of a CPython of version 3.9 or newer",
            refused.join("\n")
        );
    }
    Err(Error::interpreter(message))
}

/// All files of this name on `PATH`, each once.
fn on_path(name: &str) -> impl Iterator<Item = PathBuf> {
    let dirs: Vec<PathBuf> =
        env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let mut seen = Vec::new();
    let name = name.to_owned();
    dirs.into_iter().map(move |dir| dir.join(&name)).filter(move |program| {
        let Ok(real) = program.canonicalize() else { return false };
        let is_new = real.is_file() && !seen.contains(&real);
        seen.push(real);
        is_new
    })
}
