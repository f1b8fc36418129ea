//! Functions of the user's own: a closure as a [`Function`], with all that functions can do.
//!
//! A loop is a plain function pointer, and a closure has an address: that is one more operand, the
//! first, which broadcasts. The loop reads the closure there and is compiled for each instruction
//! set, as those of kernels are. A closure may panic: it unwinds through the loop, and memory not
//! yet written is let go of without being read.

use super::elements::Elements;
use super::function::{Argument, Function};
use super::isa::Isa;
use super::kernel::Prepared;
use super::several::{Callee, SeveralBody};
use super::shells;
use crate::{DType, Element};

/// A closure of one to three elements that gives one.
pub trait Closure<In: Elements>: Sync {
    /// What it gives.
    type Output: Element;
    /// The value at `x`.
    fn call(&self, x: In) -> Self::Output;
}

macro_rules! closures {
    ($($($name:ident $x:ident),*;)*) => {$(
        impl<F, $($name,)* O> Closure<($($name,)*)> for F
        where
            F: Fn($($name),*) -> O + Sync,
            $($name: Element,)*
            O: Element,
        {
            type Output = O;
            #[inline(always)]
            fn call(&self, ($($x,)*): ($($name,)*)) -> O {
                self($($x),*)
            }
        }
    )*};
}
closures! {
    A a;
    A a, B b;
    A a, B b, C c;
}

/// A closure at the address of the first operand.
struct At<F>(*const F);

impl<F: Closure<In>, In: Elements> Prepared<In, (F::Output,)> for At<F> {
    #[inline(always)]
    fn call<I: Isa>(&self, x: In) -> (F::Output,) {
        // SAFETY: `ready` was given the operands of a call, during which the closure is borrowed; it
        // may be called on several threads.
        (unsafe { &*self.0 }.call(x),)
    }
}

impl<F: Closure<In>, In: Elements> Callee<In> for At<F> {
    type Output = (F::Output,);
    const BEFORE: usize = 1;
    #[inline(always)]
    unsafe fn ready(pointers: &[*mut u8]) -> impl Prepared<In, (F::Output,)> {
        At::<F>(pointers[0].cast_const().cast())
    }
}

/// The function that calls closures of this type; its first operand is the closure, [`operand`].
///
/// `cost` is the rough time of one call in nanoseconds.
///
/// # Safety
/// Whoever calls the function gives it the [`operand`] of a closure of this type, and of nothing else.
pub unsafe fn function<F: Closure<In>, In: Elements, const N: usize>(cost: f32) -> Function<N> {
    const { assert!(In::DTYPES.len() + 2 == N, "N counts the closure, the inputs and the output") };
    let inputs = 1 + In::DTYPES.len();
    let dtypes = std::array::from_fn(|k| match k {
        0 => DType::UInt8,
        _ if k < inputs => In::DTYPES[k - 1],
        _ => F::Output::DTYPE,
    });
    let run = shells::select::<SeveralBody<At<F>, In>, N>();
    Function { run, dtypes, inputs, cost, any_strides: false, takes_steps: false, closures: 1, rounded: None }
}

/// A closure as an operand.
///
/// # Safety
/// It is given to a [`function`] that calls closures of this type, as the first operand, and to nothing else, which
/// would read it as a number.
pub unsafe fn operand<F>(closure: &F) -> Argument<'_> {
    let pointer = std::ptr::from_ref(closure).cast_mut().cast();
    Argument { pointer, dtype: DType::UInt8, shape: &[], strides: &[] }
}
