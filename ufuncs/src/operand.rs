//! In which dtype a function of one argument is computed, and in which its result is given. For
//! functions of two, `pair` does the same.

use array_core::engine::at::{self, Indices};
use array_core::engine::call::{self, Source};
use array_core::engine::function::Function;
use array_core::engine::kernel::Unary;
use array_core::engine::masked;
use array_core::{Array, Element, Result, ToFloat, complex64, complex128, f16};

/// How a kernel `K` takes elements of type `T`.
#[diagnostic::on_unimplemented(
    message = "there is no such function of `{T}`",
    note = "as in NumPy; convert the array with `astype`"
)]
pub trait Takes<T: Element, K> {
    /// The dtype of the result.
    type Result: Element;
    /// The function that computes it, perhaps of another dtype.
    fn function() -> Function<2>;
    /// The function, in a fresh array or the operand's own memory.
    ///
    /// # Panics
    /// When there is no memory for the result.
    #[track_caller]
    fn call(a: Source<'_, T>) -> Array<Self::Result> {
        call::unary_with(Self::function(), a)
    }
    /// The function, into an array that the caller gives.
    ///
    /// # Errors
    /// When shape or dtype do not fit.
    fn out<R: Element>(a: Source<'_, T>, out: &mut Array<R>) -> Result<()> {
        call::unary_out_with(Self::function(), Self::Result::DTYPE, a, out)
    }
    /// As [`out`](Self::out), where the mask is true.
    ///
    /// # Errors
    /// When shapes or dtypes do not fit.
    fn out_where<R: Element>(a: Source<'_, T>, out: &mut Array<R>, mask: &Array<bool>) -> Result<()> {
        masked::out_where(Self::function(), &[Self::Result::DTYPE], &[a.argument()], out, mask)
    }
    /// The function, in place at indices.
    ///
    /// # Errors
    /// When an index is out of bounds, or the result's dtype does not fit.
    fn at(a: &mut Array<T>, indices: impl Indices) -> Result<()> {
        at::unary_at(Self::function(), Self::Result::DTYPE, a, indices)
    }
}

/// As they are.
#[derive(Debug)]
pub struct AsTheyAre;

impl<T: Element, K: Unary<T>> Takes<T, K> for AsTheyAre {
    type Result = K::Output;
    fn function() -> Function<2> {
        Function::unary::<K, T>()
    }
}

/// As floats, for functions such as [`sin`](fn@crate::sin): the result has the dtype that NumPy gives
/// it ([`ToFloat`]), `f32` for `f32`, `f64` for `i64`, half precision for `i8`. Half precision is
/// computed in `f32` and rounded once more, `complex64` in `complex128`.
#[derive(Debug)]
pub struct AsFloats;

/// A dtype that float functions take: complex ones only some.
pub trait Real: ToFloat {
    /// The dtype that the kernel computes in.
    type Computed: Element;
}

macro_rules! computed_in {
    ($($computed:ident: $($operand:ident)*;)*) => {$($(
        impl Real for $operand { type Computed = $computed; }
    )*)*};
}
computed_in! {
    f32: bool i8 u8 f16 i16 u16 f32;
    f64: i32 u32 i64 u64 f64;
    complex128: complex64 complex128;
}

impl<T: Real, K: Unary<T::Computed>> Takes<T, K> for AsFloats {
    type Result = T::Float;
    fn function() -> Function<2> {
        Function::unary::<K, T::Computed>()
    }
}

/// As floats, each dtype in the float that NumPy gives it, half precision too: for functions that
/// ask for a float's bits, such as [`spacing`](fn@crate::spacing). The result has the kernel's dtype.
#[derive(Debug)]
pub struct AsTheirFloats;

impl<T: ToFloat, K: Unary<T::Float>> Takes<T, K> for AsTheirFloats {
    type Result = K::Output;
    fn function() -> Function<2> {
        Function::unary::<K, T::Float>()
    }
}
