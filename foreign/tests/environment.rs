//! The environment of numpypy's own: made once, whoever comes first, and filled as needed.
//!
//! Uses a package index of its own, a directory, so that nothing is downloaded; pip takes it from
//! its usual environment variables.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const TASK: &str = "NUMPYPY_TEST_REQUIRE";

/// Does nothing unless this is a child: then requires packages, and tells where they came from.
#[test]
fn child() {
    let Ok(packages) = std::env::var(TASK) else { return };
    match foreign::require(packages.split(' ')) {
        Ok(()) => println!("\nprefix={}", foreign::interpreter().unwrap().prefix().display()),
        Err(error) => println!("failed: {error}"),
    }
}

/// Makes a wheel of a package with nothing in it.
const MAKE_WHEEL: &str = r#"
import sys, zipfile
name, version, folder = sys.argv[1:]
info = f"{name}-{version}.dist-info/"
with zipfile.ZipFile(f"{folder}/{name}-{version}-py3-none-any.whl", "w") as wheel:
    wheel.writestr(f"{name}/__init__.py", "")
    wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(info + "RECORD", "")
"#;

struct World {
    dir: PathBuf,
    python: PathBuf,
}

impl World {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("numpypy-test-environment-{}", std::process::id()));
        fs::create_dir_all(dir.join("wheels")).unwrap();
        let base = foreign::Interpreter::find().expect("the tests need a CPython");
        World { dir, python: base.base_prefix().join("bin") }
    }

    fn wheel(&self, name: &str, version: &str) {
        let status = Command::new(self.python.join("python3"))
            .args(["-c", MAKE_WHEEL, name, version])
            .arg(self.dir.join("wheels"))
            .status();
        assert!(status.unwrap().success());
    }

    fn require(&self, packages: &str) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["child", "--exact", "--nocapture", "--test-threads=1"]);
        for name in ["NUMPYPY_PYTHON", "NUMPYPY_OFFLINE", "VIRTUAL_ENV", "CONDA_PREFIX"] {
            command.env_remove(name);
        }
        command
            .env(TASK, packages)
            .env("PATH", &self.python)
            .env("XDG_CACHE_HOME", self.dir.join("cache"))
            .env("PIP_NO_INDEX", "1")
            .env("PIP_FIND_LINKS", self.dir.join("wheels"))
            .current_dir(&self.dir)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.dir).ok();
    }
}

/// The environment that the child ended up in, and whether it had anything to install.
fn outcome(child: Child) -> (PathBuf, bool) {
    let output = child.wait_with_output().unwrap();
    let (said, shown) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let prefix = said.lines().find_map(|line| line.strip_prefix("prefix="));
    let prefix = prefix.unwrap_or_else(|| panic!("{said}\n{shown}"));
    (Path::new(prefix).to_owned(), shown.contains("numpypy: installing"))
}

#[test]
fn it_is_made_once_and_grows() {
    if std::env::var_os(TASK).is_some() {
        return;
    }
    let world = World::new();
    world.wheel("numpypy_test_one", "1.0");
    world.wheel("numpypy_test_two", "1.0");

    // Two at once: one makes it, the other waits and finds it made.
    let (a, b) = (world.require("numpypy_test_one"), world.require("numpypy_test_one"));
    let ((a, first), (b, second)) = (outcome(a), outcome(b));
    assert_eq!(a, b);
    assert!(a.starts_with(world.dir.join("cache/numpypy")), "{a:?}");
    assert!(first != second, "exactly one of them installs");

    assert_eq!(outcome(world.require("numpypy_test_one")), (a.clone(), false), "nothing is left to do");
    assert_eq!(outcome(world.require("numpypy_test_one numpypy_test_two")), (a.clone(), true), "it grows");

    // A version that is not there: an error with pip's reason, and the environment stays as it was.
    let failed = world.require("numpypy_test_one>=2").wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&failed.stdout);
    assert!(said.contains("failed: pip could not install numpypy_test_one>=2"), "{said}");
    assert!(said.contains("-m pip install 'numpypy_test_one>=2'"), "{said}");
    assert_eq!(outcome(world.require("numpypy_test_one numpypy_test_two")), (a.clone(), false));
    world.wheel("numpypy_test_one", "2.1");
    assert_eq!(outcome(world.require("numpypy_test_one>=2")), (a.clone(), true), "it is updated");

    // Interrupted half-way: it is made anew.
    fs::remove_file(a.join("complete")).unwrap();
    fs::write(a.join("left over"), "").unwrap();
    assert_eq!(outcome(world.require("numpypy_test_two")), (a.clone(), true));
    assert!(!a.join("left over").exists());
}
