//! Arrays made of arrays: rearranged, joined, split, repeated, edited and padded, under NumPy's names.
//!
//! What only looks at the elements in another way shares the memory; what cannot is copied, a part at
//! a time, by the engine's own nest (`assemble`).

mod apply;
mod assemble;
mod bits;
mod dimensions;
mod edit;
mod flip;
mod join;
mod pad;
mod repeat;
mod reshape;
mod roll;
mod split;
mod transpose;
mod trim;
mod windows;

pub use apply::apply_along_axis;
pub use bits::{BitOrder, packbits, unpackbits};
pub use dimensions::{atleast_1d, atleast_2d, atleast_3d, expand_dims, squeeze};
pub use edit::{append, delete, insert};
pub use flip::{flip, fliplr, flipud, rot90};
/// NumPy's older name of [`concat`](fn@concat).
pub use join::concat as concatenate;
pub use join::{block, column_stack, concat, dstack, hstack, stack, vstack};
pub use pad::{Pad, PadMode, PadWidths, pad};
pub use repeat::{Repeats, repeat, resize, tile};
pub use reshape::{broadcast_arrays, broadcast_to, ravel, reshape};
pub use roll::roll;
pub use split::{Sections, array_split, dsplit, hsplit, split, unstack, vsplit};
pub use transpose::{matrix_transpose, moveaxis, permute_dims, rollaxis, swapaxes, transpose};
pub use trim::{Trim, trim_zeros};
pub use windows::sliding_window_view;
