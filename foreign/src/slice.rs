//! Rust's ranges as Python's slices, for use as keys: `py!(list[1..3])`.
//!
//! Bounds count as Python counts them: a negative one from the end, one that is too large is clipped.

use std::ops::{Range, RangeFrom, RangeFull, RangeTo};

use crate::{Result, ToPy, Value, builtin};

/// `slice(start, stop)`
fn slice(start: Value, stop: Value) -> Result<Value> {
    builtin("slice")?.call((start, stop)).map(Value::Object)
}

impl<T: ToPy> ToPy for Range<T> {
    fn to_value(&self) -> Result<Value> {
        slice(self.start.to_value()?, self.end.to_value()?)
    }
}

impl<T: ToPy> ToPy for RangeFrom<T> {
    fn to_value(&self) -> Result<Value> {
        slice(self.start.to_value()?, Value::None)
    }
}

impl<T: ToPy> ToPy for RangeTo<T> {
    fn to_value(&self) -> Result<Value> {
        slice(Value::None, self.end.to_value()?)
    }
}

impl ToPy for RangeFull {
    fn to_value(&self) -> Result<Value> {
        slice(Value::None, Value::None)
    }
}
