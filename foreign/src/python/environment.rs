//! Environments of numpypy's own, for packages that the user's interpreter lacks.
//!
//! One for each base interpreter, in the user's cache directory. It is made and changed under a
//! lock on a file beside it. The last thing written is a marker; an environment without one was
//! interrupted half-way, and is made anew. (It cannot be made elsewhere and then moved: its scripts
//! contain its path.)

use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::discover::{self, Source, program_of, variable};
use super::packages::missing_from;
use super::probe::{Interpreter, probe};
use crate::{Error, Result};

/// The interpreter that will be used by a program that needs these packages.
pub(crate) fn find_with(packages: &[String]) -> Result<Interpreter> {
    let found = discover::find()?;
    let missing = missing_from(&found, packages)?;
    if missing.is_empty() {
        return Ok(found);
    }
    if found.source.is_explicit() {
        return Err(Error::package(format!(
            "{found} was named by {} and has no {}",
            found.source,
            missing.join(", ")
        ))
        .with_hint(format!(
            "To install: {}\n(without {} an environment of numpypy's own would be used)",
            found.pip_command(&missing),
            found.source
        )));
    }
    Environment::for_base_of(&found)?.with(packages)
}

/// An environment of numpypy's own, which may not exist yet.
struct Environment {
    dir: PathBuf,
    /// The interpreter that it is made from.
    base: Interpreter,
}

impl Environment {
    fn for_base_of(found: &Interpreter) -> Result<Self> {
        let base = if found.is_virtual() { base_of(found)? } else { found.clone() };
        let cache = variable("XDG_CACHE_HOME")
            .filter(|dir| dir.is_absolute())
            .or_else(|| std::env::home_dir().map(|home| home.join(".cache")));
        let Some(cache) = cache else {
            return Err(Error::package(
                "there is no cache directory to make an environment in: neither XDG_CACHE_HOME nor HOME is set",
            ));
        };
        let (major, minor, micro) = base.version();
        let key = fnv1a(base.base_prefix().as_os_str().as_bytes());
        let name = format!("python-{major}.{minor}.{micro}-{key:016x}");
        Ok(Environment { dir: cache.join("numpypy").join(name), base })
    }

    /// Makes it, if need be, and installs what it lacks.
    fn with(&self, packages: &[String]) -> Result<Interpreter> {
        // Reading needs no lock, as long as everything is there.
        if let Some(ready) = self.ready()
            && missing_from(&ready, packages)?.is_empty()
        {
            return Ok(ready);
        }
        let parent = self.dir.parent().expect("a directory in the cache");
        fs::create_dir_all(parent).map_err(|error| self.failed("create its directory", error))?;
        let mut name = self.dir.clone().into_os_string();
        name.push(".lock");
        let lock = File::create(name);
        let lock = lock.map_err(|error| self.failed("create its lock file", error))?;
        lock.lock().map_err(|error| self.failed("lock it", error))?;
        // Another process may have been here while we waited.
        let missing = match self.ready() {
            Some(ready) => missing_from(&ready, packages)?,
            None => packages.to_vec(),
        };
        if !missing.is_empty() {
            self.check_allowed(&missing)?;
            self.complete(&missing)?;
        }
        drop(lock);
        self.ready()
            .ok_or_else(|| Error::package(format!("{} was made, and yet is not usable", self.dir.display())))
    }

    /// Makes it if it is not there to the end, and installs packages.
    fn complete(&self, packages: &[String]) -> Result<()> {
        let existing = self.ready();
        let installed = match &existing {
            Some(interpreter) => {
                // Should we be killed half-way, it must not pass for complete.
                fs::remove_file(self.marker()).map_err(|error| self.failed("change it", error))?;
                self.install(interpreter, packages)
            }
            None => self.make().and_then(|interpreter| self.install(&interpreter, packages)),
        };
        // When pip finds that it cannot install something, it has not changed anything yet.
        if installed.is_ok() || existing.is_some() {
            fs::write(self.marker(), "").map_err(|error| self.failed("mark it complete", error))?;
        }
        installed
    }

    fn marker(&self) -> PathBuf {
        self.dir.join("complete")
    }

    /// Its interpreter, if it was made to the end.
    fn ready(&self) -> Option<Interpreter> {
        let program = program_of(&self.dir);
        (self.marker().is_file() && program.exists()).then(|| probe(&program, Source::Own).ok())?
    }

    fn check_allowed(&self, missing: &[String]) -> Result<()> {
        if variable("NUMPYPY_OFFLINE").is_none_or(|value| value == Path::new("0")) {
            return Ok(());
        }
        Err(Error::package(format!(
            "{} has no {}, and NUMPYPY_OFFLINE forbids to download what is missing",
            self.base,
            missing.join(", ")
        ))
        .with_hint(format!(
            "To install: {}\n(or unset NUMPYPY_OFFLINE, and numpypy installs into an environment of its own)",
            self.base.pip_command(missing)
        )))
    }

    fn make(&self) -> Result<Interpreter> {
        eprintln!("numpypy: making a Python environment in {}", self.dir.display());
        if self.dir.exists() {
            fs::remove_dir_all(&self.dir).map_err(|error| self.failed("remove what is left of it", error))?;
        }
        let (major, minor, _) = self.base.version();
        let venv = |options: &[&str]| self.run(self.base.executable(), options, &[self.dir.as_path()]);
        if venv(&["-m", "venv"]).is_err() {
            // Debian keeps pip's installer in a package of its own. An environment without pip can
            // still be filled by the base interpreter's pip.
            fs::remove_dir_all(&self.dir).ok();
            venv(&["-m", "venv", "--without-pip"]).map_err(|why| {
                Error::package(format!("{} cannot make an environment: {why}", self.base)).with_hint(format!(
                    "Debian, Ubuntu: apt install python{major}.{minor}-venv; or make one yourself, install \
                     the packages, and set VIRTUAL_ENV or NUMPYPY_PYTHON"
                ))
            })?;
        }
        probe(&program_of(&self.dir), Source::Own)
    }

    fn install(&self, interpreter: &Interpreter, packages: &[String]) -> Result<()> {
        eprintln!("numpypy: installing {} into {}", packages.join(", "), self.dir.display());
        let has_pip = missing_from(interpreter, &["pip".to_owned()])?.is_empty();
        let install = ["-m", "pip", "install", "--disable-pip-version-check"];
        let outcome = if has_pip {
            self.run(interpreter.executable(), &install, packages)
        } else {
            let (major, minor, _) = interpreter.version();
            if !missing_from(&self.base, &["pip".to_owned()])?.is_empty() {
                return Err(Error::package(format!("{} has no pip, nor what makes one", self.base))
                    .with_hint(format!("Debian, Ubuntu: apt install python{major}.{minor}-venv")));
            }
            let target = self.dir.join(format!("lib/python{major}.{minor}/site-packages"));
            let options: Vec<&Path> =
                install.iter().map(Path::new).chain([Path::new("--target"), target.as_path()]).collect();
            self.run(self.base.executable(), &options, packages)
        };
        outcome.map_err(|why| {
            let command = if has_pip { interpreter } else { &self.base }.pip_command(packages);
            Error::package(format!("pip could not install {}: {why}", packages.join(", ")))
                .with_hint(format!("Its own messages are above. The command was: {command}"))
        })
    }

    /// Runs a program, what it prints shown on stderr.
    fn run(
        &self,
        program: &Path,
        options: &[impl AsRef<std::ffi::OsStr>],
        arguments: &[impl AsRef<std::ffi::OsStr>],
    ) -> Result<(), String> {
        let status = Command::new(program)
            .args(options)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(std::io::stderr())
            .status();
        match status {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("it ended with {status}")),
            Err(error) => Err(error.to_string()),
        }
    }

    fn failed(&self, what: &str, error: std::io::Error) -> Error {
        Error::package(format!(
            "numpypy's own Python environment, {}: cannot {what}: {error}",
            self.dir.display()
        ))
    }
}

/// A hash that is the same whatever compiler built us, as the standard library's need not be.
fn fnv1a(bytes: &[u8]) -> u64 {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// The interpreter that a virtual environment was made from.
fn base_of(environment: &Interpreter) -> Result<Interpreter> {
    let (major, minor, _) = environment.version();
    let bin = environment.base_prefix().join("bin");
    let names = [format!("python{major}.{minor}"), format!("python{major}"), "python".to_owned()];
    let programs = names.iter().map(|name| bin.join(name));
    match programs.into_iter().find(|program| program.exists()) {
        Some(program) => probe(&program, environment.source),
        None => Err(Error::interpreter(format!(
            "{environment} is based on {}, where there is no {}",
            environment.base_prefix().display(),
            names.join(" or ")
        ))),
    }
}
