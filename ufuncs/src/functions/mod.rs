//! The table of ufuncs: a line each, with its documentation, its kernel and an example, in a file
//! per family.

mod arithmetic;
mod choice;
mod comparison;
mod division;
mod exponential;
mod hyperbolic;
mod logic;
mod parts;
mod reductions;
mod rounding;
mod trigonometric;

pub use arithmetic::*;
pub use choice::*;
pub use comparison::*;
pub use division::*;
pub use exponential::*;
pub use hyperbolic::*;
pub use logic::*;
pub use parts::*;
pub use reductions::*;
pub use rounding::*;
pub use trigonometric::*;
