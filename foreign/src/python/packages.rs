//! Which Python packages are there.

use std::process::{Command, Stdio};

use super::probe::Interpreter;
use crate::{Error, Result, global, import};

/// Defines `missing(requirements)`: those of them that are not met. Only what is asked for is
/// imported, so it is quick. A version is compared by pip's own rules, where pip or `packaging` is
/// there; else only presence counts.
const MISSING: &str = r#"
def missing(requirements):
    import importlib.metadata, importlib.util, re
    absent = []
    for text in requirements:
        name = re.match(r"\s*([A-Za-z0-9._-]*)", text).group(1)
        try:
            version = importlib.metadata.version(name)
        except Exception:
            # Perhaps there without its metadata, as a distribution's packages may be.
            version = None
            try:
                found = importlib.util.find_spec(name.replace("-", "_")) is not None
            except Exception:
                found = False
            if found and text.strip() == name:
                continue
            absent.append(text)
            continue
        if text.strip() == name:
            continue
        try:
            try:
                from packaging.requirements import Requirement
            except ImportError:
                from pip._vendor.packaging.requirements import Requirement
        except ImportError:
            continue
        if not Requirement(text).specifier.contains(version, prereleases=True):
            absent.append(text)
    return absent
"#;

/// Asks an interpreter that is not running which of the packages are missing.
pub(super) fn missing_from(interpreter: &Interpreter, packages: &[String]) -> Result<Vec<String>> {
    let script = format!(
        "import sys\nsys.path[:] = [p for p in sys.path if p]\n{MISSING}\n\
         sys.stdout.write('numpypy-missing:' + '\\0'.join(missing(sys.argv[1:])) + '\\n')"
    );
    let output = Command::new(interpreter.executable())
        .args(["-c", &script])
        .args(packages)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Error::interpreter(format!("{interpreter} cannot be run: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let Some((_, answer)) = text.split_once("numpypy-missing:") else {
        return Err(Error::package(format!(
            "{interpreter} could not tell which of {} it has: {}",
            packages.join(", "),
            String::from_utf8_lossy(&output.stderr).trim()
        )));
    };
    Ok(answer.trim_end().split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Checks that the interpreter that is running has the packages.
pub(crate) fn check_running(packages: &[String]) -> Result<()> {
    let Some(running) = global::running() else { return Ok(()) };
    let scope = crate::builtin("dict")?.call(())?;
    crate::builtin("exec")?.call((MISSING, &scope))?;
    // What was installed since Python started is not seen without this.
    import("importlib")?.call_method("invalidate_caches", ())?;
    let absent: Vec<String> = scope.get_item("missing")?.call((packages,))?.extract()?;
    if absent.is_empty() {
        return Ok(());
    }
    Err(Error::package(format!(
        "Python is running already, from {} (chosen by {}), and has no {}",
        running.interpreter,
        running.interpreter.source,
        absent.join(", ")
    ))
    .with_hint(format!(
        "Call require() before anything else uses Python, or install: {}",
        running.interpreter.pip_command(&absent)
    )))
}

/// The package that holds a module, where it is not called the same.
pub(crate) fn package_of(module: &str) -> &str {
    match module {
        "PIL" => "pillow",
        "bs4" => "beautifulsoup4",
        "cv2" => "opencv-python",
        "dateutil" => "python-dateutil",
        "skimage" => "scikit-image",
        "sklearn" => "scikit-learn",
        "yaml" => "pyyaml",
        "mpl_toolkits" => "matplotlib",
        same => same,
    }
}
