//! Reductions: functions of all elements along some axes.
//!
//! The last argument says along which: `..` for all, an axis, an array of axes, or
//! [`over`](crate::over) with options. Results do not depend on the number of threads.

mod averages;
pub(super) mod define;
mod extremes;
mod methods;
mod positions;
mod running;
mod totals;

pub use averages::*;
pub use extremes::*;
pub use positions::*;
pub use running::*;
pub use totals::*;
