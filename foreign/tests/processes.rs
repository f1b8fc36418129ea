//! What needs a process of its own: how processes end, what comes first in them, and what is in them
//! before us.
//!
//! Each case is run by this same program, on its main thread, as a child. A child that ends by a
//! signal, hangs, or ends otherwise than it should, fails.

use std::ffi::{CString, OsStr};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::ptr::NonNull;
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use array_core::{Array, Buffer, full};
use foreign::{Object, ToPy, import, py};

/// Names the case to a child.
const CASE: &str = "NUMPYPY_TEST_CASE";

/// What a child does that shall only start Python, or say why not.
const START: &str = "start";

/// Tells a child which libpython the parent runs.
const LIBPYTHON: &str = "NUMPYPY_TEST_LIBPYTHON";

/// No case takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A case: its name, what the child does, and the exit code that it must end with.
type Case = (&'static str, fn(), i32);

const CASES: [Case; 9] = [
    ("a lock that is never to be had does not keep the main thread", hogged, 0),
    ("threads call and lend while the process ends", busy, 0),
    ("a panic goes by lent arrays and objects", panicking, 101),
    ("the process ends while memory is released", exit_in_release, 7),
    ("many threads lend their first array at once", first_lends, 0),
    ("each array holds the next", chain, 0),
    ("another table is not taken for NumPy's", wrong_table, 0),
    ("another libpython is in the process", other_libpython, 0),
    ("paths in the environment may be anything", odd_variables, 0),
];

fn main() {
    if let Ok(name) = std::env::var(CASE) {
        if name == START {
            // Whether it starts or not: the error is orderly.
            assert!(import("sys").err().is_none_or(|error| error.is_interpreter() || error.is_plugin()));
            return;
        }
        let (_, work, _) = CASES.iter().find(|case| case.0 == name).expect("one of the cases");
        return work();
    }
    foreign_numpy();
    let failed = CASES.iter().filter(|case| !passes(case)).count();
    println!("{} of {} cases passed", CASES.len() - failed, CASES.len());
    assert_eq!(failed, 0);
}

/// Sees to NumPy before any child needs it.
fn foreign_numpy() {
    foreign::require(["numpy"]).expect("the tests need a Python with NumPy, or pip to get it");
}

fn passes((name, _, code): &Case) -> bool {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env(CASE, name).env("NUMPYPY_PYTHON", foreign::interpreter().unwrap().executable());
    command.env(LIBPYTHON, libpython());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().unwrap();
    let passes = output.status.code() == Some(*code);
    println!("{name} … {}", if passes { "ok" } else { "FAILED" });
    if !passes {
        println!("{}, signal {:?}", output.status, output.status.signal());
        println!("{}", String::from_utf8_lossy(&output.stdout));
        println!("{}", String::from_utf8_lossy(&output.stderr));
    }
    passes
}

/// The file of the libpython that is running.
fn libpython() -> PathBuf {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut files = maps.lines().filter_map(|line| line.find('/').map(|at| Path::new(&line[at..])));
    let is_libpython = |name: &OsStr| name.to_string_lossy().starts_with("libpython");
    files.find(|file| file.file_name().is_some_and(is_libpython)).expect("it is running").to_owned()
}

fn hogged() {
    thread::spawn(|| import("sys").unwrap()).join().unwrap();
    let library = py!((import("ctypes").unwrap()).PyDLL(None)).unwrap();
    thread::spawn(move || py!(library.sleep(1000)));
    thread::sleep(Duration::from_millis(300));
}

fn busy() {
    thread_local! {
        static LAST: Mutex<Option<Object>> = const { Mutex::new(None) };
    }
    foreign_numpy();
    let np = import("numpy").unwrap();
    let register = py!((import("atexit").unwrap()).register).unwrap();
    let slow = py!(np.linalg.svd).unwrap();
    py!(register(&slow, full([60, 60], 1.0).unwrap())).unwrap();
    for n in 0..6 {
        let np = np.clone();
        thread::spawn(move || {
            loop {
                let mut a = full([10_000], f64::from(n)).unwrap();
                let sum = py!(np.sum(&a)).unwrap();
                LAST.with(|last| *last.lock().unwrap() = Some(a.to_py().unwrap()));
                a.view_mut().fill(1.0);
                drop(sum);
                if n % 2 == 0 {
                    let lent = a.to_py().unwrap();
                    thread::spawn(move || LAST.with(|last| *last.lock().unwrap() = Some(lent)));
                }
            }
        });
    }
    thread::sleep(Duration::from_millis(300));
}

fn panicking() {
    foreign_numpy();
    let a = Array::from(vec![1.0, 2.0]);
    let lent = a.to_py().unwrap();
    let error = py!(lent.nothing).unwrap_err();
    let _kept = (a, lent, error);
    panic!("as it should");
}

/// An array whose memory is leaked, and that does this when it is released.
fn with_release(release: impl FnOnce() + Send + Sync + 'static) -> Array<f64> {
    let memory = NonNull::from(Box::leak(Box::new(1.0))).cast::<u8>();
    // SAFETY: the memory is leaked, and has room for one element.
    unsafe {
        let buffer = Buffer::from_foreign(memory, 8, false, release);
        Array::from_raw_parts(buffer, memory.as_ptr().cast(), &[1], &[1])
    }
}

fn exit_in_release() {
    foreign_numpy();
    let array = with_release(|| std::process::exit(7));
    let lent = array.to_py().unwrap();
    drop(array);
    // Released within a call.
    let list = vec![lent].to_py().unwrap();
    py!(list.clear()).unwrap();
    unreachable!();
}

fn first_lends() {
    foreign_numpy();
    let start = Barrier::new(16);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let a = Array::from(vec![1.0, 2.0]);
                start.wait();
                let lent = a.to_py().unwrap();
                assert_eq!(lent.extract::<Vec<f64>>().unwrap(), [1.0, 2.0]);
            });
        }
    });
}

fn chain() {
    foreign_numpy();
    let mut next: Option<Object> = None;
    for _ in 0..200_000 {
        let held = Mutex::new(next.take());
        next = Some(with_release(move || drop(held)).to_py().unwrap());
    }
    let live = Buffer::live_count();
    drop(next);
    assert_eq!(Buffer::live_count(), live - 200_000);
}

fn wrong_table() {
    foreign_numpy();
    let np = import("numpy").unwrap();
    let inner = ["numpy._core._multiarray_umath", "numpy.core._multiarray_umath"];
    let inner = inner.iter().find_map(|name| import(name).ok()).unwrap();
    let right = inner.getattr("_ARRAY_API").unwrap();
    let date = py!((import("datetime").unwrap()).datetime_CAPI).unwrap();
    for wrong in [inner.getattr("_UFUNC_API").unwrap(), date, np, 5.to_py().unwrap()] {
        inner.setattr("_ARRAY_API", &wrong).unwrap();
        let error = Array::from(vec![1.0]).to_py().unwrap_err();
        assert!(error.is_exception() && error.is_missing_package(), "{error}");
    }
    inner.setattr("_ARRAY_API", right).unwrap();
    assert_eq!(Array::from(vec![1.0]).to_py().unwrap().len().unwrap(), 1);
}

fn other_libpython() {
    let library = std::env::var_os(LIBPYTHON).expect("set by the parent");
    // A copy of it is another to the loader.
    let copy = std::env::temp_dir().join(format!("numpypy-test-{}.so", std::process::id()));
    std::fs::copy(library, &copy).unwrap();
    let name = CString::new(copy.as_os_str().as_bytes()).unwrap();
    // SAFETY: a libpython does nothing by itself when it is loaded.
    assert!(!unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) }.is_null());
    std::fs::remove_file(&copy).unwrap();
    for _ in 0..2 {
        let error = import("sys").unwrap_err();
        let text = error.to_string();
        assert!(error.is_interpreter() && text.contains("in this process already"), "{text}");
        assert!(text.contains(copy.to_str().unwrap()), "{text}");
    }
}

fn odd_variables() {
    let long = "x/".repeat(50_000);
    let odd = [long.as_bytes(), b"/\xff\xfe", b"\n", b"-", b"/", b"."];
    for name in ["NUMPYPY_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX", "NUMPYPY_PLUGIN", "PATH", "PYTHONHOME"] {
        for value in odd.map(OsStr::from_bytes) {
            let mut command = Command::new(std::env::current_exe().unwrap());
            if name != "NUMPYPY_PLUGIN" && name != "PYTHONHOME" {
                command.env_remove("NUMPYPY_PYTHON").env_remove("VIRTUAL_ENV");
            }
            let output = command.env(CASE, START).env(name, value).output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{name}={value:?}: {output:?}");
        }
    }
}
