//! Loops written by hand for AVX-512: for functions whose tables fit in registers.
//!
//! Looking up eight or sixteen numbers in a table of 16 or 32 takes one or two instructions of
//! AVX-512, for which neither scalar Rust nor the compiler has a word; on other instruction sets a table
//! costs a memory access per element and does not pay. `vector` has the vectors `F64x8` and
//! `F32x16` and all `unsafe` of their instructions; `each` has the macros that make a kernel's `wide` loop
//! of a function of one or two vectors; the other files have such functions, a file per family.
//!
//! The functions are called for every element, whatever it is: `vgetexp`, `vgetmant` and `vscalef` know
//! subnormals, zeros and infinities, so that most have no rare inputs. A function that has some gives
//! a mask beside its result, true at least where the kernel's `is_rare` is: otherwise it would depend on
//! its neighbours how an element is computed. (Where the mask alone is true, nothing is computed again.)

#[cfg(target_arch = "x86_64")]
pub(super) mod arctan;
#[cfg(target_arch = "x86_64")]
pub(super) mod arctan2;
#[cfg(target_arch = "x86_64")]
pub(super) mod area;
#[cfg(target_arch = "x86_64")]
pub(super) mod cbrt;
mod each;
#[cfg(target_arch = "x86_64")]
pub(super) mod exp;
#[cfg(target_arch = "x86_64")]
pub(super) mod log;
#[cfg(target_arch = "x86_64")]
pub(super) mod power;
#[cfg(target_arch = "x86_64")]
pub(super) mod sinh_cosh;
#[cfg(target_arch = "x86_64")]
pub(super) mod tanh;
#[cfg(target_arch = "x86_64")]
mod vector;

pub(super) use each::{binary, unary};
#[cfg(target_arch = "x86_64")]
pub(super) use vector::{F32x16, F64x8};
