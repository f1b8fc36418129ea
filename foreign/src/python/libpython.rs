//! Finds and loads the shared library of an interpreter.

use std::ffi::{CStr, c_char, c_void};
use std::path::{Path, PathBuf};

use super::dl::{Library, Visibility, file_of};
use super::probe::Interpreter;
use crate::{Error, Result};

/// The shared library that belongs to the interpreter.
pub(super) fn find(interpreter: &Interpreter) -> Result<PathBuf> {
    let (names, dirs) = (names(interpreter), dirs(interpreter));
    let files = dirs.iter().flat_map(|dir| names.iter().map(move |name| dir.join(name)));
    match files.into_iter().find(|file| file.is_file()) {
        Some(file) => Ok(file),
        None => Err(missing(interpreter, &names, &dirs)),
    }
}

fn names(interpreter: &Interpreter) -> Vec<String> {
    let (major, minor, _) = interpreter.version();
    let suffix = std::env::consts::DLL_SUFFIX;
    let mut names: Vec<String> = Vec::new();
    let reported = interpreter.library_names.iter().cloned();
    // An interpreter may be linked statically and still have a shared library, as in Debian and conda.
    let usual =
        [format!("libpython{major}.{minor}{suffix}.1.0"), format!("libpython{major}.{minor}{suffix}")];
    for name in reported.chain(usual) {
        if !name.is_empty() && !name.ends_with(".a") && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn dirs(interpreter: &Interpreter) -> Vec<PathBuf> {
    let base = interpreter.base_prefix();
    let mut dirs = interpreter.library_dirs.clone();
    dirs.push(base.join("lib"));
    dirs.push(base.join("lib64"));
    if let Some(multiarch) = &interpreter.multiarch {
        dirs.push(base.join("lib").join(multiarch));
    }
    // The system's own directories hold the library of the system's own interpreter. That of
    // another, even of the same version, may differ in how it was built.
    if base == Path::new("/usr") {
        let arch = std::env::consts::ARCH;
        dirs.extend(
            [format!("/usr/lib/{arch}-linux-gnu"), "/usr/lib64".into(), "/usr/lib".into()].map(PathBuf::from),
        );
    }
    let mut seen = Vec::new();
    dirs.retain(|dir| {
        let is_new = !seen.contains(dir);
        seen.push(dir.clone());
        is_new
    });
    dirs
}

fn missing(interpreter: &Interpreter, names: &[String], dirs: &[PathBuf]) -> Error {
    let (major, minor, micro) = interpreter.version();
    let dirs: Vec<_> = dirs.iter().map(|dir| dir.display().to_string()).collect();
    let base = interpreter.base_prefix();
    let mend = if base == Path::new("/usr") {
        format!(
            "Debian, Ubuntu: apt install libpython{major}.{minor}; Fedora: dnf install python3-libs; elsewhere \
             the package that holds {}",
            names[0]
        )
    } else if base.components().any(|part| part.as_os_str() == ".pyenv" || part.as_os_str() == "pyenv") {
        format!(
            "build it with one: PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install --force {major}.{minor}.{micro}"
        )
    } else {
        "use an interpreter that was configured with --enable-shared".to_owned()
    };
    Error::interpreter(format!(
        "{interpreter} (chosen by {}) has no shared library, which is needed to run it inside this program: \
         there is no {} in {}.\nTo mend it: {mend}",
        interpreter.source,
        names.join(" or "),
        dirs.join(", "),
    ))
}

/// Loads the library, its symbols visible to the plug-in and to extension modules.
pub(super) fn load(path: &Path, interpreter: &Interpreter) -> Result<Library> {
    let fail = |why: String| {
        Error::interpreter(format!("{} of {interpreter} cannot be used: {why}", path.display()))
    };
    // SAFETY: a libpython does nothing by itself when it is loaded. That this file is one, the
    // interpreter that the user chose has said.
    let library = unsafe { Library::open(path, Visibility::Global) }.map_err(fail)?;
    type GetVersion = unsafe extern "C" fn() -> *const c_char;
    // SAFETY: this is the function's type in every version.
    let get_version = unsafe { library.function::<GetVersion>(c"Py_GetVersion") };
    let Some(get_version) = get_version else { return Err(fail("it is no libpython".to_owned())) };
    // The plug-in, and whatever Python imports, would take their symbols from a libpython that is in
    // this process already, and run one interpreter with the functions of another.
    // SAFETY: the address is only compared.
    let seen = unsafe { Library::global().function::<*const c_void>(c"Py_GetVersion") };
    if let Some(other) = seen.filter(|&seen| seen != get_version as *const c_void) {
        // SAFETY: nothing of it has been kept.
        unsafe { library.close() };
        return Err(fail(format!(
            "{} is in this process already, and there can be only one; name its interpreter, for \
             instance by NUMPYPY_PYTHON",
            file_of(other)
        )));
    }
    // SAFETY: may be called before Python has started, and gives a static string.
    let version = unsafe { CStr::from_ptr(get_version()) }.to_string_lossy().into_owned();
    let number = version.split_whitespace().next().unwrap_or_default();
    let (major, minor, micro) = interpreter.version();
    // Such as 3.14.0rc1, of which the probe tells the first three numbers.
    let rest = number.strip_prefix(&format!("{major}.{minor}.{micro}"));
    if rest.is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        // SAFETY: nothing of it has been kept.
        unsafe { library.close() };
        return Err(fail(format!("it is of version {number}")));
    }
    Ok(library)
}
