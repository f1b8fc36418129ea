//! The table of ufuncs: a line each, with its documentation, its kernel and an example, in a file
//! per family.

mod arithmetic;
mod choice;
mod closeness;
mod comparison;
mod complex;
mod contractions;
mod covariances;
mod differences;
mod division;
mod exponential;
mod gradients;
mod hyperbolic;
mod interpolation;
mod logic;
mod parts;
mod phase;
mod products;
mod reductions;
mod rounding;
mod special;
mod statistics;
mod trigonometric;

pub use arithmetic::*;
pub use choice::*;
pub use closeness::*;
pub use comparison::*;
pub use complex::*;
pub use contractions::*;
pub use covariances::*;
pub use differences::*;
pub use division::*;
pub use exponential::*;
pub use gradients::*;
pub use hyperbolic::*;
pub use interpolation::*;
pub use logic::*;
pub use parts::*;
pub use phase::*;
pub use products::*;
pub use reductions::*;
pub use rounding::*;
pub use special::*;
pub use statistics::*;
pub use trigonometric::*;
