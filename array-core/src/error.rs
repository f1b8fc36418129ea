//! The one error type of arrays: opaque outside, with a private kind inside.
//!
//! The text carries whatever is needed to mend the input (both shapes, the index and the length);
//! the `is_*` predicates say which family it belongs to. A new kind can be added without breaking
//! anyone who matches on the predicates.

use std::fmt;

use crate::DType;

/// What went wrong with an array operation, and how to mend it.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Kind>);

/// The result of an array operation that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Broadcast(Vec<Vec<usize>>),
    Shape(String),
    Index(String),
    Axis { axis: isize, ndim: usize },
    Value(String),
    DType { expected: DType, found: DType },
    Unsupported(String),
    Casting(String),
    Size { what: String },
    Memory { bytes: usize },
    // What went wrong with a file, and which: the path comes with `Error::at`.
    File { path: String, text: String },
}

impl Error {
    fn new(kind: Kind) -> Self {
        Error(Box::new(kind))
    }

    /// Shapes that cannot be broadcast together.
    #[cold]
    pub fn broadcast(shapes: &[&[usize]]) -> Self {
        Self::new(Kind::Broadcast(shapes.iter().map(|s| s.to_vec()).collect()))
    }

    /// A shape that does not fit; `text` names both shapes.
    #[cold]
    pub fn shape(text: impl Into<String>) -> Self {
        Self::new(Kind::Shape(text.into()))
    }

    /// An index outside its axis, or too many indices; `text` names index and length.
    #[cold]
    pub fn index(text: impl Into<String>) -> Self {
        Self::new(Kind::Index(text.into()))
    }

    /// An axis that the array does not have.
    #[cold]
    pub fn axis(axis: isize, ndim: usize) -> Self {
        Self::new(Kind::Axis { axis, ndim })
    }

    /// An argument whose value makes no sense, such as a step of zero.
    #[cold]
    pub fn value(text: impl Into<String>) -> Self {
        Self::new(Kind::Value(text.into()))
    }

    /// An array of another dtype than was asked for.
    #[cold]
    pub fn dtype(expected: DType, found: DType) -> Self {
        Self::new(Kind::DType { expected, found })
    }

    /// Results of a dtype that an array given for them does not hold.
    #[cold]
    pub fn out(results: DType, out: DType) -> Self {
        Self::new(Kind::Casting(format!(
            "results of {results} do not go into an array of {out}: make the array of {results}, or convert an \
             operand with astype"
        )))
    }

    /// A function that there is not for these dtypes, as in NumPy.
    #[cold]
    pub fn unsupported(function: &str, dtypes: &[DType]) -> Self {
        let names: Vec<&str> = dtypes.iter().map(|dtype| dtype.name()).collect();
        Self::new(Kind::Unsupported(format!(
            "ufunc '{function}' is not supported for {}: convert with astype to a dtype that it takes",
            names.join(" and ")
        )))
    }

    /// A conversion that a rule of casting does not allow; `text` names both dtypes and the rule.
    #[cold]
    pub(crate) fn casting(text: impl Into<String>) -> Self {
        Self::new(Kind::Casting(text.into()))
    }

    /// More elements than an address can count; `what` describes the request.
    #[cold]
    pub fn size(what: impl Into<String>) -> Self {
        Self::new(Kind::Size { what: what.into() })
    }

    /// The system refused this many bytes.
    #[cold]
    pub fn memory(bytes: usize) -> Self {
        Self::new(Kind::Memory { bytes })
    }

    /// A file or stream that the system does not let us read or write.
    #[cold]
    pub fn io(error: std::io::Error) -> Self {
        Self::format(error.to_string())
    }

    /// Data that is damaged, or of a kind that cannot be read.
    #[cold]
    pub fn format(text: impl Into<String>) -> Self {
        Self::new(Kind::File { path: String::new(), text: text.into() })
    }

    /// The same error, which happened with this file.
    #[cold]
    #[must_use]
    pub fn at(self, path: &std::path::Path) -> Self {
        let file = path.display().to_string();
        match *self.0 {
            Kind::File { path, text } if path.is_empty() => Self::new(Kind::File { path: file, text }),
            Kind::Shape(text) => Self::shape(format!("{file}: {text}")),
            Kind::Index(text) => Self::index(format!("{file}: {text}")),
            Kind::Value(text) => Self::value(format!("{file}: {text}")),
            Kind::Size { what } => Self::size(format!("{file}: {what}")),
            kind => Self::new(kind),
        }
    }

    /// Whether shapes are the cause: they do not broadcast, or do not hold as many elements.
    pub fn is_shape(&self) -> bool {
        matches!(*self.0, Kind::Broadcast(_) | Kind::Shape(_))
    }

    /// Whether an index or an axis is out of bounds.
    pub fn is_index(&self) -> bool {
        matches!(*self.0, Kind::Index(_) | Kind::Axis { .. })
    }

    /// Whether an argument's value is the cause.
    pub fn is_value(&self) -> bool {
        matches!(*self.0, Kind::Value(_))
    }

    /// Whether the dtype is the cause.
    pub fn is_dtype(&self) -> bool {
        matches!(*self.0, Kind::DType { .. } | Kind::Unsupported(_) | Kind::Casting(_))
    }

    /// Whether a file or stream is the cause: it cannot be read or written, or is damaged.
    pub fn is_file(&self) -> bool {
        matches!(*self.0, Kind::File { .. })
    }

    /// Whether more memory was asked for than can be had, or than an address can count.
    pub fn is_memory(&self) -> bool {
        matches!(*self.0, Kind::Size { .. } | Kind::Memory { .. })
    }
}

/// For operators and functions that have no way to return an error: the value, or a panic with the
/// error's message at the caller's line.
#[track_caller]
pub(crate) fn or_panic<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(error) => panic!("{error}"),
    }
}

/// A shape as NumPy writes it: `(2, 3)`, `(4,)`, `()`.
pub(crate) struct Shape<'a>(pub(crate) &'a [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [one] => write!(f, "({one},)"),
            many => {
                let items: Vec<String> = many.iter().map(usize::to_string).collect();
                write!(f, "({})", items.join(", "))
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Broadcast(shapes) => {
                write!(f, "shapes")?;
                for shape in shapes {
                    write!(f, " {}", Shape(shape))?;
                }
                write!(
                    f,
                    " do not broadcast together: aligned at the right, each pair of lengths must \
                     be equal or contain a 1"
                )
            }
            Kind::Shape(text)
            | Kind::Index(text)
            | Kind::Value(text)
            | Kind::Unsupported(text)
            | Kind::Casting(text) => f.write_str(text),
            Kind::Axis { axis, ndim: 0 } => {
                write!(f, "axis {axis} is out of bounds: the array is 0-d and has no axes")
            }
            Kind::Axis { axis, ndim } => write!(
                f,
                "axis {axis} is out of bounds for an array of {ndim} dimension(s): it must be in {}..{ndim}",
                -(*ndim as isize)
            ),
            Kind::DType { expected, found } => {
                write!(f, "the array holds {found}, not {expected}; convert it with astype")
            }
            Kind::Size { what } => {
                write!(f, "{what} needs more bytes than an address can count (2^63 - 1)")
            }
            Kind::File { path, text } if path.is_empty() => f.write_str(text),
            Kind::File { path, text } => write!(f, "{path}: {text}"),
            Kind::Memory { bytes } => write!(f, "the system has no {bytes} bytes of memory to give"),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "array_core::Error({self})")
    }
}

impl std::error::Error for Error {}
