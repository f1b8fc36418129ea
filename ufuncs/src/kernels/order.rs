//! What comparisons, extremes and truth are made of: order and zero for every dtype.
//!
//! Complex numbers are in NumPy's lexicographic order: first by their real parts, then, where these
//! are equal, by their imaginary ones; a `nan` in either part makes all but `!=` false.

use array_core::{Element, complex64, complex128, f16};

/// Elements as NumPy orders them.
pub(super) trait Ordered: Element {
    /// Whether they are equal.
    fn same(self, other: Self) -> bool;
    /// Whether the first is smaller.
    fn before(self, other: Self) -> bool;
    /// As [`before`](Self::before), but of complex numbers whose imaginary part is `nan` too: this is how
    /// NumPy's `clip` sees them.
    #[inline(always)]
    fn below(self, other: Self) -> bool {
        self.before(other)
    }
    /// Whether the first is not larger: false for `nan`.
    fn up_to(self, other: Self) -> bool;
    /// Whether it is, or has a part that is, not a number.
    fn nan(self) -> bool;
    /// Whether it is anything but zero.
    fn truth(self) -> bool;
}

macro_rules! ordered {
    ($($type:ty: |$a:ident, $b:ident| $same:expr, $before:expr, $up_to:expr, |$x:ident| $nan:expr, $truth:expr;)*) => {$(
        impl Ordered for $type {
            #[inline(always)]
            fn same(self, other: Self) -> bool {
                let ($a, $b) = (self, other);
                $same
            }
            #[inline(always)]
            fn before(self, other: Self) -> bool {
                let ($a, $b) = (self, other);
                $before
            }
            #[inline(always)]
            fn up_to(self, other: Self) -> bool {
                let ($a, $b) = (self, other);
                $up_to
            }
            #[inline(always)]
            fn nan(self) -> bool {
                let $x = self;
                let _ = $x;
                $nan
            }
            #[inline(always)]
            fn truth(self) -> bool {
                let $x = self;
                $truth
            }
        }
    )*};
}

macro_rules! by_operators {
    ($($type:ty, |$x:ident| $nan:expr, $truth:expr;)*) => {
        ordered! { $($type: |a, b| a == b, a < b, a <= b, |$x| $nan, $truth;)* }
    };
}
by_operators! {
    i8, |x| false, x != 0; i16, |x| false, x != 0; i32, |x| false, x != 0; i64, |x| false, x != 0;
    u8, |x| false, x != 0; u16, |x| false, x != 0; u32, |x| false, x != 0; u64, |x| false, x != 0;
    f32, |x| x.is_nan(), x != 0.0;
    f64, |x| x.is_nan(), x != 0.0;
}
ordered! {
    bool: |a, b| !(a ^ b), !a & b, !a | b, |x| false, x;
    f16: |a, b| (key(a) == key(b)) & !a.is_nan() & !b.is_nan(), (key(a) < key(b)) & !a.is_nan() & !b.is_nan(),
         (key(a) <= key(b)) & !a.is_nan() & !b.is_nan(), |x| x.is_nan(), x.to_bits() & 0x7fff != 0;
}

/// Numbers in two parts.
macro_rules! complex {
    ($($type:ty)*) => {$(
        impl Ordered for $type {
            #[inline(always)]
            fn same(self, other: Self) -> bool {
                (self.re == other.re) & (self.im == other.im)
            }
            #[inline(always)]
            fn before(self, other: Self) -> bool {
                let first = (self.re < other.re) & !self.im.is_nan() & !other.im.is_nan();
                first | ((self.re == other.re) & (self.im < other.im))
            }
            #[inline(always)]
            fn below(self, other: Self) -> bool {
                (self.re < other.re) | ((self.re == other.re) & (self.im < other.im))
            }
            #[inline(always)]
            fn up_to(self, other: Self) -> bool {
                let first = (self.re < other.re) & !self.im.is_nan() & !other.im.is_nan();
                first | ((self.re == other.re) & (self.im <= other.im))
            }
            #[inline(always)]
            fn nan(self) -> bool {
                self.re.is_nan() | self.im.is_nan()
            }
            #[inline(always)]
            fn truth(self) -> bool {
                (self.re != 0.0) | (self.im != 0.0)
            }
        }
    )*};
}
complex! { complex64 complex128 }

/// An integer in the order of the floats, but for `nan`: both zeros are 0.
#[inline(always)]
fn key(x: f16) -> i16 {
    let size = (x.to_bits() & 0x7fff) as i16;
    if x.to_bits() >> 15 == 0 { size } else { -size }
}
