//! Starts Python inside this process, the way the interpreter's own program would.
//!
//! The stable ABI has no functions for this, so they are taken by name from the library that was
//! loaded. First the locale and the encodings, as the `python` command sets them up; then the
//! program's name, from which Python works out its environment; then the start itself, without
//! signal handlers.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::ptr;

use foreign_abi::Kind;

use super::dl::Library;
use super::probe::Interpreter;
use crate::backend::Backend;
use crate::{Error, Result, Value};

/// Python's `PyStatus`.
#[repr(C)]
struct Status {
    kind: c_int,
    _function: *const c_char,
    message: *const c_char,
    exit_code: c_int,
}

/// Room for Python's `PyPreConfig`, eleven integers at most today. Only Python looks inside.
type PreConfig = [c_int; 64];

/// Starts the interpreter, and lets go of its lock.
pub(super) fn start(library: &Library, interpreter: &Interpreter) -> Result<()> {
    let symbols = Symbols { library, interpreter };
    let _sigint = Sigint::save();
    // SAFETY: each function is called with the types that it has in every version that has it, in
    // the order that Python demands, once in this process.
    unsafe {
        if symbols.get::<unsafe extern "C" fn() -> c_int>(c"Py_IsInitialized")?() == 0 {
            if library.function::<*const c_void>(c"Py_SetProgramName").is_some() {
                start_by_name(&symbols)?;
            } else {
                start_by_config(&symbols)?;
            }
            symbols.get::<unsafe extern "C" fn() -> *mut c_void>(c"PyEval_SaveThread")?();
        }
    }
    Ok(())
}

/// The functions of Python that are not in the stable ABI, or not to be linked.
struct Symbols<'a> {
    library: &'a Library,
    interpreter: &'a Interpreter,
}

impl Symbols<'_> {
    /// # Safety
    /// As [`Library::function`].
    unsafe fn get<F: Copy>(&self, name: &CStr) -> Result<F> {
        // SAFETY: by this function's contract.
        unsafe { self.library.function(name) }
            .ok_or_else(|| self.failed(format!("its library has no function {}", name.to_string_lossy())))
    }

    fn program(&self) -> Result<CString> {
        CString::new(self.interpreter.executable().as_os_str().as_bytes())
            .map_err(|_| self.failed("its path contains a NUL".to_owned()))
    }

    fn failed(&self, why: String) -> Error {
        Error::interpreter(format!("{} cannot be started: {why}", self.interpreter))
    }
}

/// Up to 3.14.
///
/// # Safety
/// Python must not have been started.
unsafe fn start_by_name(symbols: &Symbols<'_>) -> Result<()> {
    // SAFETY: the types are those of the functions.
    unsafe {
        let mut config = MaybeUninit::<PreConfig>::zeroed();
        symbols.get::<unsafe extern "C" fn(*mut PreConfig)>(c"PyPreConfig_InitPythonConfig")?(
            config.as_mut_ptr(),
        );
        let preinitialize =
            symbols.get::<unsafe extern "C" fn(*const PreConfig) -> Status>(c"Py_PreInitialize")?;
        let status = preinitialize(config.as_ptr());
        if status.kind != 0 {
            let why = if status.message.is_null() {
                format!("it gives up with exit code {}", status.exit_code)
            } else {
                CStr::from_ptr(status.message).to_string_lossy().into_owned()
            };
            return Err(symbols.failed(why));
        }
        type DecodeLocale = unsafe extern "C" fn(*const c_char, *mut usize) -> *mut libc::wchar_t;
        let name =
            symbols.get::<DecodeLocale>(c"Py_DecodeLocale")?(symbols.program()?.as_ptr(), ptr::null_mut());
        if name.is_null() {
            return Err(symbols.failed("its path cannot be decoded".to_owned()));
        }
        // Python keeps the pointer, so the name is never freed.
        symbols.get::<unsafe extern "C" fn(*const libc::wchar_t)>(c"Py_SetProgramName")?(name);
        symbols.get::<unsafe extern "C" fn(c_int)>(c"Py_InitializeEx")?(0);
    }
    Ok(())
}

/// From 3.15 on, where names are set through a configuration.
///
/// # Safety
/// Python must not have been started.
unsafe fn start_by_config(symbols: &Symbols<'_>) -> Result<()> {
    type Config = *mut c_void;
    type SetInt = unsafe extern "C" fn(Config, *const c_char, i64) -> c_int;
    type SetStr = unsafe extern "C" fn(Config, *const c_char, *const c_char) -> c_int;
    type GetError = unsafe extern "C" fn(Config, *mut *const c_char) -> c_int;
    // SAFETY: the types are those of the functions.
    unsafe {
        let config = symbols.get::<unsafe extern "C" fn() -> Config>(c"PyInitConfig_Create")?();
        let set_int = symbols.get::<SetInt>(c"PyInitConfig_SetInt")?;
        let set_str = symbols.get::<SetStr>(c"PyInitConfig_SetStr")?;
        let run = symbols.get::<unsafe extern "C" fn(Config) -> c_int>(c"Py_InitializeFromInitConfig")?;
        // It begins isolated. What the `python` command does is the opposite, except for signals.
        let numbers: [(&CStr, i64); 7] = [
            (c"isolated", 0),
            (c"use_environment", 1),
            (c"user_site_directory", 1),
            (c"safe_path", 0),
            (c"configure_locale", 1),
            (c"parse_argv", 0),
            (c"install_signal_handlers", 0),
        ];
        let done = numbers.iter().all(|(name, value)| set_int(config, name.as_ptr(), *value) == 0)
            && set_str(config, c"program_name".as_ptr(), symbols.program()?.as_ptr()) == 0
            && run(config) == 0;
        let mut message = ptr::null();
        let outcome = if done {
            Ok(())
        } else if symbols.get::<GetError>(c"PyInitConfig_GetError")?(config, &mut message) != 0 {
            Err(symbols.failed(CStr::from_ptr(message).to_string_lossy().into_owned()))
        } else {
            Err(symbols.failed("it gives no reason".to_owned()))
        };
        symbols.get::<unsafe extern "C" fn(Config)>(c"PyInitConfig_Free")?(config);
        outcome
    }
}

/// After the plug-in is there: sets what the `python` command sets, and checks what came about.
pub(super) fn settle(backend: &'static dyn Backend, interpreter: &Interpreter) -> Result<()> {
    {
        // Importing this takes SIGINT away from us, once; every later import finds it done.
        let _sigint = Sigint::save();
        backend.release(backend.import("signal")?.handle);
    }
    let system = backend.import("sys")?.handle;
    let program = std::env::args_os().next().unwrap_or_default().to_string_lossy().into_owned();
    backend.set_attr(system, "argv", &Value::List(vec![Value::Str(program)]))?;
    let prefix = backend.get_attr(system, "prefix")?.handle;
    let found = backend.extract(prefix, Kind::Text)?;
    backend.release(prefix);
    backend.release(system);
    if found != Value::Str(interpreter.prefix().to_string_lossy().into_owned()) {
        return Err(Error::interpreter(format!(
            "{interpreter} (chosen by {}) has started, but in another environment: sys.prefix is {found:?}, \
             and run as a program it is {}. Is PYTHONHOME or another PYTHON… variable in its way?",
            interpreter.source,
            interpreter.prefix().display(),
        )));
    }
    Ok(())
}

/// Puts what SIGINT does back to what it was.
struct Sigint(libc::sigaction);

impl Sigint {
    fn save() -> Self {
        let mut action = MaybeUninit::zeroed();
        // SAFETY: only asks; a zeroed action is a valid one should it fail.
        unsafe {
            libc::sigaction(libc::SIGINT, ptr::null(), action.as_mut_ptr());
            Sigint(action.assume_init())
        }
    }
}

impl Drop for Sigint {
    fn drop(&mut self) {
        // SAFETY: an action that was in force before.
        unsafe { libc::sigaction(libc::SIGINT, &self.0, ptr::null_mut()) };
    }
}
