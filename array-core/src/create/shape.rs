//! Shapes as arguments.

use crate::layout::PerAxis;
use crate::{Error, Result};

/// The length of an axis, as any of Rust's usual integers: so that `[2, 3]` and `[-1, 3]` are shapes.
pub trait Length: Copy {
    /// The length; `None` if it is -1, which [`Array::reshape`](crate::Array::reshape) takes for "as many as there are".
    ///
    /// # Errors
    /// When it is negative otherwise.
    fn length(self) -> Result<Option<usize>>;
}

macro_rules! lengths {
    ($($int:ty)*) => {$(
        impl Length for $int {
            #[inline]
            fn length(self) -> Result<Option<usize>> {
                match usize::try_from(self) {
                    Ok(length) => Ok(Some(length)),
                    Err(_) if self.wrapping_add(1) == 0 => Ok(None),
                    Err(_) => Err(Error::value(format!("a negative length of an axis: {self}"))),
                }
            }
        }

        impl IntoShape for $int {
            fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
                f(&[self.length()?])
            }
        }
    )*};
}
lengths! { usize isize i32 i64 }

/// Lengths of axes: an array or slice of them, or one number for one axis.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no shape",
    note = "a shape is one length, an array of them such as `[2, 3]`, a slice or a vector"
)]
pub trait IntoShape: Sized {
    /// The lengths, `None` where -1 is given.
    ///
    /// # Errors
    /// When a length is less than that, or those of `f`.
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R>;

    /// The lengths.
    ///
    /// # Errors
    /// When a length is negative, or those of `f`.
    fn with_shape<R>(self, f: impl FnOnce(&[usize]) -> Result<R>) -> Result<R> {
        self.with_lengths(|lengths| {
            let mut shape: PerAxis<usize> = PerAxis::from_elem(0, lengths.len());
            for (to, length) in shape.iter_mut().zip(lengths) {
                let open = || Error::value("a negative length of an axis: -1 is for reshape only");
                *to = length.ok_or_else(open)?;
            }
            f(&shape)
        })
    }
}

/// Itself: what lengths are made into.
impl Length for Option<usize> {
    fn length(self) -> Result<Option<usize>> {
        Ok(self)
    }
}

impl IntoShape for () {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        f(&[])
    }
}

impl<L: Length> IntoShape for &[L] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        let mut lengths: PerAxis<Option<usize>> = PerAxis::from_elem(None, self.len());
        for (to, length) in lengths.iter_mut().zip(self) {
            *to = length.length()?;
        }
        f(&lengths)
    }
}

impl<L: Length, const N: usize> IntoShape for [L; N] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

impl<L: Length, const N: usize> IntoShape for &[L; N] {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

impl<L: Length> IntoShape for Vec<L> {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}

impl<L: Length> IntoShape for &Vec<L> {
    fn with_lengths<R>(self, f: impl FnOnce(&[Option<usize>]) -> Result<R>) -> Result<R> {
        self[..].with_lengths(f)
    }
}
