//! Arrays made of arrays: rearranged, joined, split, repeated, edited and padded, under NumPy's names.
//!
//! What only looks at the elements in another way shares the memory; what cannot is copied, a part at
//! a time, by the engine's own nest (`assemble`).

mod assemble;
mod edit;
mod join;
mod pad;
mod rearrange;
mod repeat;
mod split;
mod windows;

pub use edit::{append, delete, insert};
/// NumPy's older name of [`concat`](fn@concat).
pub use join::concat as concatenate;
pub use join::{block, column_stack, concat, dstack, hstack, stack, vstack};
pub use pad::{Pad, PadMode, PadWidths, pad};
pub use rearrange::{
    atleast_1d, atleast_2d, atleast_3d, broadcast_arrays, broadcast_to, expand_dims, flip, fliplr, flipud,
    matrix_transpose, moveaxis, permute_dims, ravel, reshape, roll, rollaxis, rot90, squeeze, swapaxes,
    transpose,
};
pub use repeat::{Repeats, repeat, tile};
pub use split::{Sections, array_split, dsplit, hsplit, split, unstack, vsplit};
pub use windows::sliding_window_view;
