//! Matrix products: what the functions in `functions/products.rs` are made of.
//!
//! `number` says in which dtype a product is computed, `shells` compiles a loop for each
//! instruction set, `dot`, `vectors`, `small` and `integers` are our own loops (whose inner ones are in `lanes`, of the
//! vectors in `register`), floating-point matrices go to the crate `matrixmultiply`. `plan` brings batches of any shapes and
//! strides to single products, on threads; `one` has the ways that those go.
//!
//! Every element of a result is computed by the same operations in the same order whatever part of
//! the result a thread has, so results do not depend on the number of threads.

mod complex;
pub(crate) mod dot;
mod integers;
mod lanes;
pub(crate) mod number;
mod one;
pub(crate) mod plan;
mod register;
pub(crate) mod shells;
mod small;
mod vectors;
