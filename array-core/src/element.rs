//! What an array may hold: the sealed trait [`Element`] and its name at run time, [`DType`].
//!
//! The dtypes are listed once, in the macro `for_each_dtype!`; everything that varies by dtype is
//! made from that list.

use std::fmt;

use num_complex::Complex;

use crate::print::Print;

/// Complex numbers of two `f32`: NumPy's `complex64`.
#[allow(non_camel_case_types, reason = "named as its dtype, like the primitive types")]
pub type complex64 = Complex<f32>;
/// Complex numbers of two `f64`: NumPy's `complex128`.
#[allow(non_camel_case_types, reason = "named as its dtype, like the primitive types")]
pub type complex128 = Complex<f64>;

mod sealed {
    pub trait Sealed {}
}

/// A type that arrays can hold: NumPy's numeric dtypes and `bool`.
///
/// Sealed. Every implementor is plain data: `Copy`, no padding, and all-zero bytes are its zero.
#[diagnostic::on_unimplemented(
    message = "arrays hold no elements of type `{Self}`",
    note = "they hold bool, i8 to i64, u8 to u64, f16, f32, f64, complex64 and complex128; for `usize` and `isize` take `i64`"
)]
pub trait Element:
    sealed::Sealed + Print + Copy + Default + PartialEq + fmt::Debug + fmt::Display + Send + Sync + 'static
{
    /// The name of this type at run time.
    const DTYPE: DType;
    /// Zero, or `false`.
    const ZERO: Self;
    /// One, or `true`.
    const ONE: Self;

    /// The dtype in whose place elements may be asked whether they are zero or `nan`: what serves several
    /// dtypes is compiled once.
    #[doc(hidden)]
    type Alike: Bits;
}

/// An element whose bits tell whether it is zero.
#[doc(hidden)]
pub trait Bits: Element {
    /// An integer of its size, or of its parts'.
    type Word: Copy
        + Default
        + PartialEq
        + From<bool>
        + Into<u64>
        + std::ops::BitOr<Output = Self::Word>
        + std::ops::Add<Output = Self::Word>;

    /// A number that is zero if the element is.
    fn word(self) -> Self::Word;
}

macro_rules! bits {
    ($($type:ty as $word:ty: |$x:ident| $value:expr;)*) => {$(
        impl Bits for $type {
            type Word = $word;
            #[inline(always)]
            fn word(self) -> $word {
                let $x = self;
                $value
            }
        }
    )*};
}
// A shift takes the sign away, as -0 is zero too.
bits! {
    u8 as u8: |x| x;
    u16 as u16: |x| x;
    u32 as u32: |x| x;
    u64 as u64: |x| x;
    f32 as u32: |x| x.to_bits() << 1;
    f64 as u64: |x| x.to_bits() << 1;
    complex64 as u32: |x| (x.re.to_bits() | x.im.to_bits()) << 1;
    complex128 as u64: |x| (x.re.to_bits() | x.im.to_bits()) << 1;
}

/// Calls a macro with the list of all dtypes: `(Variant, type, "numpy name", kind, zero, one)`, after
/// what else is to be given to it.
#[macro_export]
macro_rules! for_each_dtype {
    ($($callback:ident)::+ $(, $($more:tt)*)?) => {
        $($callback)::+! {
            $($($more)*)?
            (Bool, bool, "bool", Bool, false, true)
            (Int8, i8, "int8", Signed, 0, 1)
            (Int16, i16, "int16", Signed, 0, 1)
            (Int32, i32, "int32", Signed, 0, 1)
            (Int64, i64, "int64", Signed, 0, 1)
            (UInt8, u8, "uint8", Unsigned, 0, 1)
            (UInt16, u16, "uint16", Unsigned, 0, 1)
            (UInt32, u32, "uint32", Unsigned, 0, 1)
            (UInt64, u64, "uint64", Unsigned, 0, 1)
            (Float16, $crate::f16, "float16", Float, $crate::f16::ZERO, $crate::f16::ONE)
            (Float32, f32, "float32", Float, 0.0, 1.0)
            (Float64, f64, "float64", Float, 0.0, 1.0)
            (Complex64, $crate::complex64, "complex64", Complex,
                $crate::complex64::new(0.0, 0.0), $crate::complex64::new(1.0, 0.0))
            (Complex128, $crate::complex128, "complex128", Complex,
                $crate::complex128::new(0.0, 0.0), $crate::complex128::new(1.0, 0.0))
        }
    };
}

/// The family that a dtype belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `bool`.
    Bool,
    /// Integers without a sign.
    Unsigned,
    /// Integers with a sign.
    Signed,
    /// Real floating-point numbers.
    Float,
    /// Pairs of floating-point numbers.
    Complex,
}

/// See [`Element::Alike`]: integers by their size, half precision as `f32`.
macro_rules! alike {
    (Bool, $_:ty) => {
        u8
    };
    (Int8, $_:ty) => {
        u8
    };
    (Int16, $_:ty) => {
        u16
    };
    (Int32, $_:ty) => {
        u32
    };
    (Int64, $_:ty) => {
        u64
    };
    (Float16, $_:ty) => {
        f32
    };
    ($variant:ident, $type:ty) => {
        $type
    };
}

macro_rules! define_dtypes {
    ($(($variant:ident, $type:ty, $name:literal, $kind:ident, $zero:expr, $one:expr))*) => {
        /// The type of an array's elements, at run time.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DType {
            $(#[doc = concat!("NumPy's `", $name, "`.")] $variant,)*
        }

        impl DType {
            /// All dtypes, in NumPy's order of kinds and sizes.
            pub const ALL: &[DType] = &[$(DType::$variant),*];

            /// NumPy's name of it: `"float64"`.
            pub const fn name(self) -> &'static str {
                match self { $(DType::$variant => $name,)* }
            }

            /// Bytes that one element takes.
            pub const fn item_size(self) -> usize {
                match self { $(DType::$variant => size_of::<$type>(),)* }
            }

            /// The alignment in bytes that an element's address must have.
            pub const fn alignment(self) -> usize {
                match self { $(DType::$variant => align_of::<$type>(),)* }
            }

            /// The family that it belongs to.
            pub const fn kind(self) -> Kind {
                match self { $(DType::$variant => Kind::$kind,)* }
            }
        }

        $(
            impl sealed::Sealed for $type {}
            impl Element for $type {
                const DTYPE: DType = DType::$variant;
                const ZERO: Self = $zero;
                const ONE: Self = $one;
                type Alike = alike!($variant, $type);
            }
        )*
    };
}

for_each_dtype!(define_dtypes);

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
