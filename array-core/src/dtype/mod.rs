//! What NumPy says of dtypes: their names, the numbers they hold, what may be converted to what, and in which dtype
//! several meet.
//!
//! The dtypes themselves are in `element`, the table of where two meet in `promote`.

mod casting;
mod limits;
mod names;
mod result_type;
mod same_value;

pub(crate) use casting::check;
pub use casting::{Casting, can_cast};
pub use limits::{Inexact, Integer, finfo, iinfo};
pub use names::{DTypeKinds, isdtype};
pub use result_type::{TypeArgument, TypeArguments, WeakKind, min_scalar_type, promote_types, result_type};
pub(crate) use same_value::check as check_values;
