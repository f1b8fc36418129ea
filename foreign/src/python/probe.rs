//! Asks an interpreter what it is, by running it once.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::discover::Source;
use crate::{Error, Result, global};

/// What comes before the answers, in case the interpreter prints anything else.
const MARK: &str = "numpypy-probe:";

/// What the interpreter is made to run. Also Python 2 must understand it, to be told that it is old.
/// The current directory is no place to import from.
const QUESTIONS: &str = r#"
import sys
sys.path[:] = [p for p in sys.path if p]
import os, sysconfig
get = sysconfig.get_config_var
try:
    implementation = sys.implementation.name
except AttributeError:
    implementation = "cpython" if "PyPy" not in sys.version else "pypy"
answers = [implementation] + list(sys.version_info[:3]) + [
    sys.executable, sys.prefix, getattr(sys, "base_prefix", sys.prefix),
    get("INSTSONAME"), get("LDLIBRARY"), get("LIBDIR"), get("LIBPL"), get("MULTIARCH"),
    get("PYTHONFRAMEWORKPREFIX"), get("Py_GIL_DISABLED") or 0, get("SIZEOF_VOID_P") or 0,
]
sys.stdout.write("numpypy-probe:" + "\0".join("" if a is None else str(a) for a in answers) + "\0")
sys.stdout.flush()
"#;

/// A CPython that can be embedded.
///
/// Usually there is no need to name one: it is [found](Interpreter::find) on first use.
///
/// ```no_run
/// foreign::Interpreter::at("/opt/python/bin/python3")?.start()?;
/// # Ok::<(), foreign::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Interpreter {
    pub(super) source: Source,
    executable: PathBuf,
    version: (u8, u8, u8),
    prefix: PathBuf,
    base_prefix: PathBuf,
    /// The file names that it gives its shared library, which may not be one.
    pub(super) library_names: Vec<String>,
    /// The directories in which it says that the library may be.
    pub(super) library_dirs: Vec<PathBuf>,
    /// Debian's name for the platform, part of its directories.
    pub(super) multiarch: Option<String>,
}

impl Interpreter {
    /// The interpreter at this path, or of this name on `PATH`.
    ///
    /// ```
    /// # use foreign::Interpreter;
    /// let error = Interpreter::at("/no/such/python").unwrap_err();
    /// assert!(error.is_interpreter());
    /// ```
    ///
    /// # Errors
    /// When there is none, or it cannot be used: it is no CPython, older than 3.9, built without
    /// the global interpreter lock, or its virtual environment was made for another version.
    pub fn at(path: impl AsRef<Path>) -> Result<Self> {
        super::discover::explicit(path.as_ref())
    }

    /// The interpreter that will be used when none is named.
    ///
    /// The first of these that exists decides, and if it cannot be used, that is an error rather
    /// than a reason to look on:
    /// 1. `NUMPYPY_PYTHON`, the path of an interpreter;
    /// 2. `VIRTUAL_ENV`, an activated virtual environment;
    /// 3. `CONDA_PREFIX`, an activated conda environment;
    /// 4. a `.venv` in the current directory or one above it;
    /// 5. `python3` or `python` on `PATH`: the first that can be used.
    ///
    /// ```
    /// # use foreign::Interpreter;
    /// let interpreter = Interpreter::find()?;
    /// println!("{interpreter}: {}", interpreter.prefix().display());
    /// # Ok::<(), foreign::Error>(())
    /// ```
    ///
    /// # Errors
    /// When there is none, or it cannot be used.
    pub fn find() -> Result<Self> {
        super::discover::find()
    }

    /// Starts it. From then on it is the one interpreter of this process.
    ///
    /// # Errors
    /// When its shared library is missing, when it fails to start, or when another interpreter is
    /// running already: there can be only one in a process.
    pub fn start(self) -> Result<()> {
        let wanted = self.executable.clone();
        let running = global::start(|| Ok(self))?;
        if running.interpreter.executable != wanted {
            return Err(Error::interpreter(format!(
                "Python is running already, from {} (chosen by {}), and a process can have only one: \
                 choose {} before anything else uses Python",
                running.interpreter.executable.display(),
                running.interpreter.source,
                wanted.display(),
            )));
        }
        Ok(())
    }

    /// Its program: Python's `sys.executable`.
    pub fn executable(&self) -> &Path {
        &self.executable
    }

    /// Its version: major, minor, micro.
    pub fn version(&self) -> (u8, u8, u8) {
        self.version
    }

    /// Its environment: Python's `sys.prefix`.
    pub fn prefix(&self) -> &Path {
        &self.prefix
    }

    /// The installation that its environment is based on: Python's `sys.base_prefix`.
    pub fn base_prefix(&self) -> &Path {
        &self.base_prefix
    }

    /// Whether its environment is a virtual one.
    pub(super) fn is_virtual(&self) -> bool {
        self.prefix != self.base_prefix
    }

    /// The command that installs packages into its environment.
    pub(crate) fn pip_command(&self, packages: &[impl AsRef<str>]) -> String {
        let packages: Vec<_> = packages.iter().map(|package| quote(package.as_ref())).collect();
        let program = self.executable.display().to_string();
        format!("{} -m pip install {}", quote(&program), packages.join(" "))
    }
}

impl fmt::Display for Interpreter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor, micro) = self.version;
        write!(f, "CPython {major}.{minor}.{micro} at {}", self.executable.display())
    }
}

/// A word as a shell reads it.
fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=,:@%~".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Runs the program, and checks that what it is can be embedded.
pub(super) fn probe(program: &Path, source: Source) -> Result<Interpreter> {
    let fail = |why: String| {
        Error::interpreter(format!("{} (chosen by {source}) cannot be used: {why}", program.display()))
    };
    let output = Command::new(program).args(["-c", QUESTIONS]).stdin(Stdio::null()).output();
    let output = output.map_err(|error| fail(format!("it cannot be run: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let Some((_, answers)) = text.split_once(MARK) else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let complaint = complaint.trim().lines().last().unwrap_or("it says nothing");
        // Some programs repeat their argument, which is long.
        let complaint: String = complaint.chars().take(200).collect();
        return Err(fail(format!(
            "it does not answer as a Python interpreter does ({}): {complaint}",
            output.status
        )));
    };
    let mut answers = answers.split('\0').map(str::to_owned);
    let mut next = || answers.next().unwrap_or_default();
    let implementation = next();
    let mut number = || next().parse::<u8>().unwrap_or(0);
    let version = (number(), number(), number());
    let (major, minor, micro) = version;
    let executable = PathBuf::from(next());
    let (prefix, base_prefix) = (PathBuf::from(next()), PathBuf::from(next()));
    let library_names = vec![next(), next()];
    let mut library_dirs: Vec<PathBuf> = vec![next().into(), next().into()];
    let multiarch = Some(next()).filter(|name| !name.is_empty());
    library_dirs.push(next().into());
    library_dirs.retain(|dir| !dir.as_os_str().is_empty());
    let (free_threaded, pointer) = (next(), next());

    if implementation != "cpython" {
        return Err(fail(format!(
            "it is {implementation}, whose memory model numpypy's plug-in does not fit; name a CPython, \
             for instance by NUMPYPY_PYTHON"
        )));
    }
    if (major, minor) < (3, 9) {
        return Err(fail(format!(
            "it is Python {major}.{minor}.{micro}, and 3.9 is the oldest that is supported; name a \
             newer one, for instance by NUMPYPY_PYTHON"
        )));
    }
    if free_threaded == "1" {
        return Err(fail(
            "it is built without the global interpreter lock (free-threaded), where extensions for the \
             stable ABI do not load; name a normal build, for instance by NUMPYPY_PYTHON"
                .to_owned(),
        ));
    }
    if !pointer.is_empty() && pointer != "0" && pointer != size_of::<usize>().to_string() {
        return Err(fail(format!(
            "its pointers have {pointer} bytes, and those of this program {}",
            size_of::<usize>()
        )));
    }
    let interpreter = Interpreter {
        source,
        executable,
        version,
        prefix,
        base_prefix,
        library_names,
        library_dirs,
        multiarch,
    };
    check_environment(&interpreter).map_err(fail)?;
    Ok(interpreter)
}

/// A virtual environment made for another version starts all the same, and then finds no package.
fn check_environment(interpreter: &Interpreter) -> Result<(), String> {
    let file = interpreter.prefix.join("pyvenv.cfg");
    let Ok(text) = std::fs::read_to_string(&file) else { return Ok(()) };
    let settings = text.lines().filter_map(|line| line.split_once('='));
    let made_for = settings
        .map(|(key, value)| (key.trim(), value.trim()))
        .find(|(key, _)| matches!(*key, "version" | "version_info"))
        .map(|(_, value)| value);
    let (major, minor, micro) = interpreter.version;
    let Some(made_for) = made_for else { return Ok(()) };
    let mut parts = made_for.split('.').map(|part| part.parse::<u8>().ok());
    if (parts.next().flatten(), parts.next().flatten()) == (Some(major), Some(minor)) {
        return Ok(());
    }
    Err(format!(
        "{} says that the environment was made for Python {made_for}, but its interpreter is \
         {major}.{minor}.{micro}, which would find none of its packages; make it anew: {} -m venv --clear {}",
        file.display(),
        interpreter.base_prefix.join("bin/python3").display(),
        interpreter.prefix.display(),
    ))
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn words_are_quoted_where_a_shell_needs_it() {
        assert_eq!(quote("numpy"), "numpy");
        assert_eq!(quote("numpy>=2"), "'numpy>=2'");
        assert_eq!(quote("it's"), r"'it'\''s'");
    }
}
