//! Finds and loads numpypy's own plug-in, the shared library that talks to Python.
//!
//! Cargo builds it with the crate, into the directory of the program's dependencies; a program that
//! is installed elsewhere takes it along.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use foreign_abi::{Entry, MAGIC, SYMBOL, Table, VERSION, build};

use super::discover::variable;
use super::dl::{Library, Visibility};
use crate::{Error, Result};

/// What the file's name begins with. A hash may follow.
const STEM: &str = "libnumpypy_cpython";

/// The files that may be the plug-in, the likeliest first. At least one.
pub(super) fn candidates() -> Result<Vec<PathBuf>> {
    if let Some(path) = variable("NUMPYPY_PLUGIN") {
        if path.is_file() {
            return Ok(vec![path]);
        }
        return Err(Error::plugin(format!(
            "NUMPYPY_PLUGIN names {}, which is no file; correct it, or unset it to have the plug-in found",
            path.display()
        )));
    }
    let (beside, search) = dirs();
    // A program that was moved but whose libraries stay in the search path prefers what is beside it.
    let files: Vec<_> = newest_first(&beside).into_iter().chain(newest_first(&search)).collect();
    if !files.is_empty() {
        return Ok(files);
    }
    let looked: Vec<_> = beside.iter().chain(&search).map(|dir| format!("  {}", dir.display())).collect();
    Err(Error::plugin(format!(
        "numpypy's plug-in for Python, {STEM}{}, is missing. Looked for it in:\n{}\nCargo builds it into \
         target/debug/deps or target/release/deps: copy it beside the program, or set NUMPYPY_PLUGIN to its path",
        env::consts::DLL_SUFFIX,
        looked.join("\n"),
    )))
}

/// The directories around the program, and those of the loader's search path, where cargo puts the
/// dependencies of what it runs.
fn dirs() -> (Vec<PathBuf>, Vec<PathBuf>) {
    let program = env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).map_or_else(Vec::new, |dir| {
        let parent = dir.parent().unwrap_or(dir);
        vec![dir.to_owned(), dir.join("deps"), parent.join("deps"), parent.join("lib")]
    });
    let variable = if cfg!(target_os = "macos") { "DYLD_FALLBACK_LIBRARY_PATH" } else { "LD_LIBRARY_PATH" };
    let search = env::var_os(variable).map_or_else(Vec::new, |path| env::split_paths(&path).collect());
    (beside, search)
}

fn newest_first(dirs: &[PathBuf]) -> Vec<PathBuf> {
    let entries = dirs.iter().filter_map(|dir| dir.read_dir().ok()).flatten().flatten();
    let is_plugin = |name: &OsStr| {
        name.to_str().is_some_and(|name| name.starts_with(STEM) && name.ends_with(env::consts::DLL_SUFFIX))
    };
    let mut files: Vec<_> = entries
        .filter(|entry| is_plugin(&entry.file_name()))
        .map(|entry| {
            let changed = entry.metadata().and_then(|data| data.modified());
            (changed.unwrap_or(SystemTime::UNIX_EPOCH), entry.path())
        })
        .collect();
    files.sort_by(|a, b| b.cmp(a));
    files.into_iter().map(|(_, path)| path).collect()
}

/// Loads the first file that fits. Python must be running.
pub(super) fn load(files: &[PathBuf]) -> Result<&'static Table> {
    let mut refused = Vec::new();
    for file in files {
        match load_one(file) {
            Ok(table) => return Ok(table),
            Err(why) => refused.push(format!("  {}: {why}", file.display())),
        }
    }
    Err(Error::plugin(format!(
        "numpypy's plug-in for Python does not fit:\n{}\nBuild it anew together with the program, or set \
         NUMPYPY_PLUGIN to the path of one that fits",
        refused.join("\n")
    )))
}

fn load_one(file: &Path) -> Result<&'static Table, String> {
    // SAFETY: the file is named as our plug-in, which does nothing when it is loaded.
    let library = unsafe { Library::open(file, Visibility::Local) }?;
    // SAFETY: a plug-in's entry has this type.
    let Some(entry) = (unsafe { library.function::<Entry>(SYMBOL) }) else {
        return Err(format!("it has no function {}", SYMBOL.to_string_lossy()));
    };
    // SAFETY: the entry may be called at any time.
    let table = unsafe { entry() };
    if table.is_null() {
        return Err("it has no table of functions".to_owned());
    }
    // SAFETY: the table is static, and the library stays loaded. Magic, version and size come first in
    // every version, and are checked before the rest is used.
    let (magic, version, size) = unsafe { ((*table).magic, (*table).version, (*table).size) };
    if magic != MAGIC {
        return Err("it is no plug-in of numpypy's".to_owned());
    }
    if version != VERSION {
        return Err(format!("it is of version {version}, and this program needs version {VERSION}"));
    }
    if (size as usize) < size_of::<Table>() {
        return Err(format!(
            "it is older than this program: its table has {size} bytes, of {} that are needed",
            size_of::<Table>()
        ));
    }
    // SAFETY: static, of our version, and at least as large as ours.
    let table: &'static Table = unsafe { &*table };
    if table.build & build::PYPY != 0 {
        return Err("it was built for PyPy; build it with a CPython, or none, on PATH".to_owned());
    }
    if table.build & build::FREE_THREADED != 0 {
        return Err(
            "it was built for a free-threaded Python; build it with another, or none, on PATH".to_owned()
        );
    }
    if table.build & build::STABLE == 0 {
        return Err("it was not built for the stable ABI (PyO3's feature abi3-py39)".to_owned());
    }
    Ok(table)
}
