//! Which interpreter is chosen, and what is said when none can be used.
//!
//! A process has one interpreter, so each case is a child process: this very test program, told by an
//! environment variable to run one task.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use foreign::{Interpreter, import, py};

/// Tells the child what to do.
const TASK: &str = "NUMPYPY_TEST_TASK";

/// Does nothing unless this is a child.
#[test]
fn child() {
    let Ok(task) = std::env::var(TASK) else { return };
    let outcome = match task.split_once(' ').unwrap_or((&task, "")) {
        ("start", _) => import("sys").map(|sys| {
            println!("executable={}", sys.getattr("executable").unwrap());
            println!("prefix={}", sys.getattr("prefix").unwrap());
        }),
        ("at", path) => Interpreter::at(path).and_then(Interpreter::start),
        ("two", path) => import("sys").and_then(|_| Interpreter::at(path)?.start()),
        ("require", packages) => foreign::require(packages.split(' ')),
        ("late", packages) => import("sys").and_then(|_| foreign::require(packages.split(' '))),
        ("lend", _) => foreign::ToPy::to_py(&array_core::Array::from(vec![1.0])).map(drop),
        ("exit", _) => import("atexit").map(|atexit| {
            let python = import("sys").unwrap();
            let write = py!(python.stdout.write).unwrap();
            py!(atexit.register(&write, "last words\n")).unwrap();
            py!(write("no newline, no flush; ")).unwrap();
        }),
        ("hog", _) => import("ctypes").map(|ctypes| {
            let library = py!(ctypes.PyDLL(None)).unwrap();
            std::thread::spawn(move || py!(library.sleep(1000)));
            std::thread::sleep(std::time::Duration::from_millis(300));
        }),
        other => panic!("no such task: {other:?}"),
    };
    match outcome {
        Ok(()) => println!("succeeded"),
        Err(error) => println!("failed: {error}"),
    }
}

/// Runs a task in an environment without any Python, to which `set` adds.
fn run(task: &str, set: impl FnOnce(&mut Command)) -> (String, Output) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["child", "--exact", "--nocapture", "--test-threads=1"]).env(TASK, task);
    for name in ["NUMPYPY_PYTHON", "NUMPYPY_PLUGIN", "NUMPYPY_OFFLINE", "VIRTUAL_ENV", "CONDA_PREFIX"] {
        command.env_remove(name);
    }
    command.env("PATH", "/nowhere").current_dir(std::env::temp_dir());
    set(&mut command);
    let output = command.output().unwrap();
    (String::from_utf8_lossy(&output.stdout).into_owned(), output)
}

/// Sets one environment variable.
fn env(name: &'static str, value: impl AsRef<OsStr>) -> impl FnOnce(&mut Command) {
    move |command| {
        command.env(name, value);
    }
}

/// The task fails, ends orderly, and says all of this.
fn fails(task: &str, words: &[&str], set: impl FnOnce(&mut Command)) {
    let (said, output) = run(task, set);
    assert!(
        output.status.success(),
        "{:?}: {said}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains("failed: "), "{said}");
    for word in words {
        assert!(said.contains(word), "lacks {word:?}:\n{said}");
    }
}

/// A directory of this test's own, removed at its end.
struct Dir(PathBuf);

impl Dir {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("numpypy-test-{}-{name}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        Dir(dir.canonicalize().unwrap())
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// A program that answers as an interpreter does.
    fn fake(&self, name: &str, answers: &[&str]) -> PathBuf {
        let answers = answers.join("\\000");
        self.write(name, &format!("#!/bin/sh\nprintf 'noise\\nnumpypy-probe:{answers}\\000'\n"))
    }

    /// A virtual environment of the real interpreter.
    fn environment(&self, name: &str, version: &str) -> PathBuf {
        let base = real().base_prefix().join("bin/python3");
        let dir = self.0.join(name);
        fs::create_dir_all(dir.join("bin")).unwrap();
        symlink(&base, dir.join("bin/python")).unwrap();
        let home = base.parent().unwrap().display();
        fs::write(dir.join("pyvenv.cfg"), format!("home = {home}\nversion = {version}\n")).unwrap();
        dir
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// The interpreter that the tests run with.
fn real() -> Interpreter {
    Interpreter::find().expect("the tests need a CPython")
}

fn real_version() -> String {
    let (major, minor, micro) = real().version();
    format!("{major}.{minor}.{micro}")
}

fn chosen(set: impl FnOnce(&mut Command)) -> PathBuf {
    let (said, output) = run("start", set);
    let prefix = said.lines().find_map(|line| line.strip_prefix("prefix="));
    PathBuf::from(prefix.unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&output.stderr))))
}

#[test]
fn the_order_is_as_documented() {
    let dir = Dir::new("order");
    let version = real_version();
    let [named, venv, conda, dot] =
        ["named", "venv", "conda", "above/.venv"].map(|name| dir.environment(name, &version));
    let below = dir.0.join("above/below");
    fs::create_dir_all(&below).unwrap();
    let program = real().base_prefix().join("bin");
    let set = |steps: usize| {
        let (named, venv, conda, below, program) = (&named, &venv, &conda, &below, &program);
        move |command: &mut Command| {
            command.env("PATH", program);
            if steps >= 1 {
                command.current_dir(below);
            }
            if steps >= 2 {
                command.env("CONDA_PREFIX", conda);
            }
            if steps >= 3 {
                command.env("VIRTUAL_ENV", venv);
            }
            if steps >= 4 {
                command.env("NUMPYPY_PYTHON", named.join("bin/python"));
            }
        }
    };
    assert_eq!(chosen(set(0)), real().base_prefix());
    assert_eq!(chosen(set(1)), dot);
    assert_eq!(chosen(set(2)), conda);
    assert_eq!(chosen(set(3)), venv);
    assert_eq!(chosen(set(4)), named);
    // A directory will do as well.
    assert_eq!(chosen(env("NUMPYPY_PYTHON", &venv)), venv);
}

#[test]
fn what_is_no_python_is_told() {
    let dir = Dir::new("broken");
    let script = dir.write("script", "#!/bin/sh\necho I am no snake >&2\nexit 7\n");
    let set = |path: &Path| env("NUMPYPY_PYTHON", path.to_owned());
    fails(
        "start",
        &["no Python interpreter at /no/such/file", "NUMPYPY_PYTHON"],
        set(Path::new("/no/such/file")),
    );
    fails("start", &["script", "NUMPYPY_PYTHON", "I am no snake", "exit status: 7"], set(&script));
    let text = dir.write("text", "not even a program");
    fails("start", &["text", "cannot be"], set(&text));
    let old = dir.fake("old", &["cpython", "3", "8", "18"]);
    fails("start", &["Python 3.8.18", "3.9 is the oldest"], set(&old));
    let pypy = dir.fake("pypy", &["pypy", "3", "11", "4"]);
    fails("start", &["it is pypy", "CPython"], set(&pypy));
    let exe = dir.0.join("free").display().to_string();
    let free =
        dir.fake("free", &["cpython", "3", "13", "0", &exe, "/p", "/p", "", "", "", "", "", "", "1", "8"]);
    fails("start", &["global interpreter lock", "free-threaded"], set(&free));
    fails(&format!("at {}", pypy.display()), &["chosen by the program", "pypy"], |_| {});
}

#[test]
fn a_missing_shared_library_is_told_with_its_package() {
    let dir = Dir::new("static");
    let set = |path: PathBuf| env("NUMPYPY_PYTHON", path);
    let answers = |base| {
        [
            "cpython",
            "3",
            "99",
            "1",
            "/x/python",
            base,
            base,
            "libpython3.99.a",
            "",
            "/x/lib",
            "",
            "",
            "",
            "0",
            "8",
        ]
    };
    let debian = dir.fake("debian", &answers("/usr"));
    fails(
        "start",
        &["no shared library", "libpython3.99.so", "apt install libpython3.99", "/x/lib"],
        set(debian),
    );
    let pyenv = dir.fake("pyenv", &answers("/home/me/.pyenv/versions/3.99.1"));
    fails("start", &["--enable-shared", "3.99.1"], set(pyenv));
}

#[test]
fn an_environment_for_another_version_is_told() {
    let dir = Dir::new("other");
    let other = dir.environment("old", "3.7.1");
    fails("start", &["VIRTUAL_ENV", "pyvenv.cfg", "3.7.1", &real_version()], |command| {
        command.env("VIRTUAL_ENV", &other);
    });
    fails("start", &["VIRTUAL_ENV", "/no/such/dir", "unset"], |command| {
        command.env("VIRTUAL_ENV", "/no/such/dir");
    });
}

#[test]
fn nothing_to_be_found_is_told_with_all_that_was_looked_at() {
    let words = ["NUMPYPY_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX", ".venv", "PATH", "3.9 or newer"];
    fails("start", &words, |_| {});
    let dir = Dir::new("path");
    dir.fake("python3", &["cpython", "2", "7", "18"]);
    dir.fake("python", &["pypy", "3", "11", "0"]);
    fails("start", &["Python 2.7.18", "it is pypy"], env("PATH", &dir.0));
    // The first that can be used is used.
    let path = format!("{}:{}", dir.0.display(), real().base_prefix().join("bin").display());
    assert_eq!(chosen(env("PATH", path)), real().base_prefix());
}

#[test]
fn a_missing_or_wrong_plug_in_is_told() {
    let dir = Dir::new("plugin");
    let python = real().executable().to_owned();
    let wrong = dir.write("wrong.so", "no library");
    for (plugin, words) in [
        (Path::new("/no/plugin.so"), &["NUMPYPY_PLUGIN", "/no/plugin.so"]),
        (&wrong, &["does not fit", "wrong.so"]),
    ] {
        fails("start", words, |command| {
            command.env("NUMPYPY_PYTHON", &python).env("NUMPYPY_PLUGIN", plugin);
        });
    }
    // The program alone, elsewhere.
    let copy = dir.0.join("program");
    fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    let mut command = Command::new(&copy);
    command.args(["child", "--exact", "--nocapture"]).env(TASK, "start").env("NUMPYPY_PYTHON", &python);
    let output = command.env_remove("LD_LIBRARY_PATH").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    for word in ["failed: ", "is missing", &dir.0.join("deps").display().to_string(), "NUMPYPY_PLUGIN"] {
        assert!(said.contains(word), "lacks {word:?}:\n{said}");
    }
}

/// The plug-in that cargo built beside this program.
fn plugin() -> PathBuf {
    let beside = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let files = fs::read_dir(beside).unwrap().map(|entry| entry.unwrap().path());
    let is_plugin = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy();
        name.starts_with("libnumpypy_cpython") && name.ends_with(".so")
    };
    files
        .into_iter()
        .filter(is_plugin)
        .max_by_key(|path| path.metadata().unwrap().modified().unwrap())
        .unwrap()
}

/// The same plug-in, but saying that it is of another version.
fn of_another_version() -> Vec<u8> {
    let mut bytes = fs::read(plugin()).unwrap();
    let head = [foreign_abi::MAGIC.to_le_bytes().as_slice(), &foreign_abi::VERSION.to_le_bytes()].concat();
    let places: Vec<_> =
        bytes.windows(head.len()).enumerate().filter(|(_, w)| *w == head).map(|(i, _)| i).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place + 8] = 99;
    }
    bytes
}

#[test]
fn a_plug_in_of_another_version_is_passed_over() {
    let dir = Dir::new("versions");
    let program = dir.0.join("bin/program");
    fs::create_dir_all(dir.0.join("bin/deps")).unwrap();
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let python = real().executable().to_owned();
    let run = || {
        let mut command = Command::new(&program);
        command.args(["child", "--exact", "--nocapture"]).env(TASK, "start").env("NUMPYPY_PYTHON", &python);
        let output = command.env_remove("LD_LIBRARY_PATH").output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    fs::write(dir.0.join("bin/libnumpypy_cpython.so"), of_another_version()).unwrap();
    let said = run();
    for word in ["does not fit", "bin/libnumpypy_cpython.so", "version 99", "version 1"] {
        assert!(said.contains(word), "lacks {word:?}:\n{said}");
    }
    // One that fits, and is older, in another directory and with a hash in its name.
    let fitting = dir.0.join("bin/deps/libnumpypy_cpython-0123456789abcdef.so");
    fs::copy(plugin(), &fitting).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().append(true).open(&fitting).unwrap().set_modified(long_ago).unwrap();
    let said = run();
    assert!(said.contains("succeeded"), "{said}");
}

#[test]
fn a_process_has_one_interpreter() {
    let dir = Dir::new("two");
    let version = real_version();
    let (one, two) = (dir.environment("one", &version), dir.environment("two", &version));
    let task = format!("two {}", two.join("bin/python").display());
    let words = [one.to_str().unwrap(), two.to_str().unwrap(), "running already"];
    fails(&task, &words, env("VIRTUAL_ENV", &one));
}

#[test]
fn a_missing_package_is_told_with_the_command() {
    let dir = Dir::new("packages");
    let environment = dir.environment("empty", &real_version());
    let program = environment.join("bin/python").display().to_string();
    let pip = format!("{program} -m pip install numpy");
    // An interpreter that was named is never replaced by another.
    fails("require sys numpy", &["NUMPYPY_PYTHON", "has no numpy", &pip], |command| {
        command.env("NUMPYPY_PYTHON", &program);
    });
    fails("late numpy", &["running already", "has no numpy", "Call require() before"], |command| {
        command.env("VIRTUAL_ENV", &environment);
    });
    fails("lend", &["has no NumPy", &pip], env("VIRTUAL_ENV", &environment));
    fails("require numpy", &["NUMPYPY_OFFLINE", "pip install numpy"], |command| {
        command.env("VIRTUAL_ENV", &environment).env("NUMPYPY_OFFLINE", "1").env("XDG_CACHE_HOME", &dir.0);
    });
    assert!(!dir.0.join("numpypy").join("complete").exists());
}

#[test]
fn at_exit_handlers_run_and_output_is_flushed() {
    let python = real().executable().to_owned();
    let (said, output) = run("exit", |command| {
        command.env("NUMPYPY_PYTHON", &python).env_remove("PYTHONUNBUFFERED");
    });
    assert!(output.status.success());
    assert!(said.contains("no newline, no flush; ") && said.contains("last words\n"), "{said}");
}

#[test]
fn a_thread_that_never_gives_the_lock_back_does_not_keep_the_process() {
    let python = real().executable().to_owned();
    let start = std::time::Instant::now();
    let (said, output) = run("hog", env("NUMPYPY_PYTHON", &python));
    assert!(output.status.success() && said.contains("succeeded"), "{said}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("holds Python's lock"));
    assert!(start.elapsed().as_secs() < 30);
}

#[test]
fn what_interrupts_do_is_left_alone() {
    // SAFETY: asks only, with room for the answer.
    let action = || unsafe {
        let mut action = std::mem::MaybeUninit::<libc::sigaction>::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), action.as_mut_ptr());
        action.assume_init().sa_sigaction
    };
    let before = action();
    import("signal").unwrap();
    import("subprocess").unwrap();
    assert_eq!(action(), before);
}
