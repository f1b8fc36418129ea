//! Vectorised functions over arrays.
