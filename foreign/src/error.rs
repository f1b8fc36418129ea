//! What can go wrong, told so that it can be mended.

use std::fmt;

use crate::Object;

/// The result of talking to Python.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why talking to Python did not succeed.
///
/// It is opaque; the `is_…` methods tell its kind. Written out, it says what was looked at and how
/// to mend it, and for an exception it ends with Python's own traceback.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    message: String,
    hint: Option<String>,
}

enum Kind {
    Exception { type_name: String, traceback: String, exception: Option<Object>, package: bool },
    Conversion,
    Interpreter,
    Plugin,
    Package,
    Array(array_core::Error),
    Internal,
}

impl Error {
    /// Whether Python raised an exception.
    pub fn is_exception(&self) -> bool {
        matches!(self.0.kind, Kind::Exception { .. })
    }

    /// Whether Python raised an exception of this type, or of one derived from it: what
    /// `except OSError:` would catch is an exception of `"OSError"`.
    ///
    /// ```
    /// # use foreign::import;
    /// let error = import("os")?.call_method("stat", ("/no/such/file",)).unwrap_err();
    /// assert!(error.is_exception_of("FileNotFoundError") && error.is_exception_of("OSError"));
    /// # Ok::<(), foreign::Error>(())
    /// ```
    pub fn is_exception_of(&self, type_name: &str) -> bool {
        self.type_name() == Some(type_name) || self.is_derived_from(type_name).unwrap_or(false)
    }

    fn is_derived_from(&self, type_name: &str) -> Result<bool> {
        let Some(exception) = self.exception() else { return Ok(false) };
        for base in exception.getattr("__class__")?.getattr("__mro__")?.iter()? {
            if base?.getattr("__name__")?.extract::<String>()? == type_name {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a value was not of the type that was asked for, or has no equal on the other side.
    ///
    /// ```
    /// # use foreign::ToPy;
    /// assert!(300.to_py()?.extract::<u8>().unwrap_err().is_conversion());
    /// # Ok::<(), foreign::Error>(())
    /// ```
    pub fn is_conversion(&self) -> bool {
        matches!(self.0.kind, Kind::Conversion)
    }

    /// Whether no interpreter was found, or the one found cannot be used.
    pub fn is_interpreter(&self) -> bool {
        matches!(self.0.kind, Kind::Interpreter)
    }

    /// Whether numpypy's own plug-in file is missing or does not fit.
    pub fn is_plugin(&self) -> bool {
        matches!(self.0.kind, Kind::Plugin)
    }

    /// Whether a Python package is missing, and was not or must not be installed.
    pub fn is_missing_package(&self) -> bool {
        matches!(self.0.kind, Kind::Package | Kind::Exception { package: true, .. })
    }

    /// Whether this is an error of `array_core`'s, passed on by `?`.
    pub fn is_array(&self) -> bool {
        matches!(self.0.kind, Kind::Array(_))
    }

    /// The exception's type, such as `ValueError`, if this is an exception.
    ///
    /// ```
    /// # use foreign::import;
    /// let error = import("no_such_module").unwrap_err();
    /// assert_eq!(error.type_name(), Some("ModuleNotFoundError"));
    /// assert_eq!(error.message(), "No module named 'no_such_module'");
    /// assert!(error.is_missing_package() && error.hint().unwrap().contains("pip install"));
    /// ```
    pub fn type_name(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Exception { type_name, .. } => Some(type_name),
            _ => None,
        }
    }

    /// What went wrong: for an exception, its message only.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// How to mend it, where that is known.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Python's formatted traceback, if this is an exception.
    pub fn traceback(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Exception { traceback, .. } => Some(traceback),
            _ => None,
        }
    }

    /// The exception itself, if this is one.
    ///
    /// ```
    /// # use foreign::builtin;
    /// let error = builtin("int")?.call(("x",)).unwrap_err();
    /// assert!(error.exception().unwrap().getattr("args")?.len()? == 1);
    /// # Ok::<(), foreign::Error>(())
    /// ```
    pub fn exception(&self) -> Option<&Object> {
        match &self.0.kind {
            Kind::Exception { exception, .. } => exception.as_ref(),
            _ => None,
        }
    }

    #[cold]
    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), hint: None }))
    }

    #[cold]
    pub(crate) fn raised(
        type_name: String,
        message: String,
        traceback: String,
        exception: Option<Object>,
    ) -> Self {
        Self::new(Kind::Exception { type_name, traceback, exception, package: false }, message)
    }

    #[cold]
    pub(crate) fn conversion(message: impl Into<String>) -> Self {
        Self::new(Kind::Conversion, message)
    }

    #[cold]
    pub(crate) fn interpreter(message: impl Into<String>) -> Self {
        Self::new(Kind::Interpreter, message)
    }

    #[cold]
    pub(crate) fn plugin(message: impl Into<String>) -> Self {
        Self::new(Kind::Plugin, message)
    }

    #[cold]
    pub(crate) fn package(message: impl Into<String>) -> Self {
        Self::new(Kind::Package, message)
    }

    #[cold]
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, message)
    }

    #[cold]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Marks an exception as telling of a missing package.
    #[cold]
    pub(crate) fn about_package(mut self) -> Self {
        if let Kind::Exception { package, .. } = &mut self.0.kind {
            *package = true;
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { kind, message, hint } = &*self.0;
        match kind {
            Kind::Exception { type_name, .. } => write!(f, "Python raised {type_name}: {message}")?,
            Kind::Internal => write!(f, "numpypy itself is at fault: {message}")?,
            _ => f.write_str(message)?,
        }
        if let Some(hint) = hint {
            write!(f, "\n{hint}")?;
        }
        match self.traceback() {
            // One without a frame would only say the same again.
            Some(traceback) if traceback.trim_end().lines().count() > message.lines().count().max(1) => {
                write!(f, "\n{}", traceback.trim_end())
            }
            _ => Ok(()),
        }
    }
}

/// As `Display`: this is what a `main` that returns the error prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            Kind::Array(error) => Some(error),
            _ => None,
        }
    }
}

/// So that a function may make arrays and call Python, with one type of error for both.
impl From<array_core::Error> for Error {
    fn from(error: array_core::Error) -> Self {
        let message = error.to_string();
        Self::new(Kind::Array(error), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exception_is_written_with_hint_and_traceback() {
        let traceback = "Traceback …\nKeyError: 'a'\n";
        let error =
            Error::raised("KeyError".into(), "'a'".into(), traceback.into(), None).with_hint("Try b.");
        assert_eq!(error.to_string(), "Python raised KeyError: 'a'\nTry b.\nTraceback …\nKeyError: 'a'");
        assert!(error.is_exception_of("KeyError") && !error.is_missing_package());
        assert!(error.about_package().is_missing_package());
    }
}
