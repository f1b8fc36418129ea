//! Loading a shared library at run time: the few lines of `dlopen` that are needed.

use std::ffi::{CStr, CString, OsStr, c_int, c_void};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// A library that is loaded, for the rest of the process unless [`close`](Self::close)d.
pub(super) struct Library(*mut c_void);

/// Who can see a library's symbols.
#[derive(Clone, Copy)]
pub(super) enum Visibility {
    /// All libraries loaded after it.
    Global,
    /// Only those that ask for them.
    Local,
}

impl Library {
    /// Loads a file, all its symbols resolved.
    ///
    /// # Safety
    /// What the library does while it is being loaded must be sound.
    pub(super) unsafe fn open(path: &Path, visibility: Visibility) -> Result<Self, String> {
        let name = CString::new(path.as_os_str().as_bytes())
            .map_err(|_| format!("{} has a NUL in its name", path.display()))?;
        let scope: c_int = match visibility {
            Visibility::Global => libc::RTLD_GLOBAL,
            Visibility::Local => libc::RTLD_LOCAL,
        };
        // SAFETY: the name ends with a NUL; the rest is this function's contract.
        let handle = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | scope) };
        if handle.is_null() { Err(last_error()) } else { Ok(Library(handle)) }
    }

    /// What is visible to all libraries that are loaded from now on: the one that comes first of each name.
    pub(super) fn global() -> Self {
        Library(libc::RTLD_DEFAULT)
    }

    /// The address of a function, as a pointer to it.
    ///
    /// # Safety
    /// `F` must be the type of a pointer to the function of that name.
    pub(super) unsafe fn function<F: Copy>(&self, name: &CStr) -> Option<F> {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
        // SAFETY: the handle is open, as only `close` closes it, which takes it, or it is the one that
        // stands for all; and the name ends with a NUL.
        let address = unsafe { libc::dlsym(self.0, name.as_ptr()) };
        if address.is_null() {
            return None;
        }
        // SAFETY: by this function's contract a pointer to it is an `F`; the sizes are equal.
        Some(unsafe { std::mem::transmute_copy(&address) })
    }

    /// Lets go of the library.
    ///
    /// # Safety
    /// Nothing of it may be in use.
    pub(super) unsafe fn close(self) {
        // SAFETY: open until now, and by the contract not in use.
        unsafe { libc::dlclose(self.0) };
    }
}

/// The file that holds this address.
pub(super) fn file_of(address: *const c_void) -> String {
    let mut found = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: there is room for the answer, of which all zero is a valid one. The name is null or a
    // string that lives as long as the library that it names, which holds a symbol just found.
    unsafe {
        libc::dladdr(address, found.as_mut_ptr());
        let name = found.assume_init().dli_fname;
        if name.is_null() {
            "this program".to_owned()
        } else {
            CStr::from_ptr(name).to_string_lossy().into_owned()
        }
    }
}

fn last_error() -> String {
    // SAFETY: gives null or a string that lives until the next call on this thread, and is copied.
    unsafe {
        let message = libc::dlerror();
        if message.is_null() {
            "the loader gives no reason".to_owned()
        } else {
            OsStr::from_bytes(CStr::from_ptr(message).to_bytes()).to_string_lossy().into_owned()
        }
    }
}
