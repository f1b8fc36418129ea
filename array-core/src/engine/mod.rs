//! The engine under every element-wise function: instruction sets, kernels, the loop nest, threads.
//!
//! The product *function × dtype × instruction set × layout × threads* is never written out. It is
//! a sum: a [`kernel`] is written once per function; [`isa`] makes one shell per instruction set;
//! the `nest` turns any layout into long inner loops; `parallel` splits a nest over threads above a
//! type-erased loop.

pub mod at;
mod blocks;
pub mod call;
mod cast;
pub mod closure;
pub mod closure_fold;
pub(crate) mod compress;
mod copies;
mod define;
mod elements;
pub mod fold;
pub mod function;
pub mod isa;
pub mod kernel;
mod loops;
pub mod masked;
mod nest;
mod operands;
pub mod outer;
pub(crate) mod parallel;
pub mod reduce;
mod results;
pub mod scan;
mod several;
mod shells;
mod stream;
pub mod target;
mod transpose;
pub mod untyped;

pub use cast::CastTo;
pub use elements::Elements;
pub use parallel::{in_pool, thread_count, with_threads};
pub(crate) use shells::for_each_isa;
