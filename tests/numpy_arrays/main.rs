//! Making, indexing, shaping, joining, sorting and storing arrays, against the real NumPy over random dtypes, shapes and
//! strides: the same values, dtype and shape, an error where NumPy has one, a view where it gives a view.

#![cfg(feature = "python")]

#[path = "../common/mod.rs"]
mod common;
mod creation;
mod files;
mod indexing;
mod joining;
mod random;
mod scope;
mod shaping;
mod sorting;
