//! The engine under every element-wise function: instruction sets, kernels, the loop nest, threads.
//!
//! The product *function × dtype × instruction set × layout × threads* is never written out. It is
//! a sum: a [`kernel`] is written once per function; [`isa`] makes one shell per instruction set;
//! the `nest` turns any layout into long inner loops; `parallel` splits a nest over threads above a
//! type-erased loop.

pub mod call;
mod cast;
mod define;
mod elements;
pub mod function;
pub mod isa;
pub mod kernel;
mod loops;
mod nest;
mod parallel;
pub mod reduce;
mod several;
mod shells;

pub use cast::CastTo;
pub use elements::Elements;
