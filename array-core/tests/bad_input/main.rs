//! What cannot be done is refused with an error that names its cause: one line for each function and fault. Nothing
//! that returns a `Result` panics, aborts, or goes on for ever.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::*;

/// How a fault is found to be reported wrongly, or `None`.
fn fault<T: Debug>(source: &str, result: impl FnOnce() -> Result<T>, expected: &[&str]) -> Option<String> {
    let Ok(result) = catch_unwind(AssertUnwindSafe(result)) else { return Some(format!("{source} panics")) };
    match result {
        Ok(_) => Some(format!("{source} is taken")),
        Err(error) => {
            let text = error.to_string();
            let missing = expected.iter().find(|part| !text.contains(**part))?;
            Some(format!("{source}: no {missing:?} in: {text}"))
        }
    }
}

/// Each expression is an error whose text contains these parts. All faults are reported together.
macro_rules! refused {
    ($($source:expr => [$($part:expr),*];)*) => {{
        let faults: Vec<String> = [$(fault(stringify!($source), || $source, &[$($part),*])),*]
            .into_iter()
            .flatten()
            .collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }};
}

mod indices;
mod shapes;
mod sizes;
mod values;

/// The numbers from 0 on, in a shape.
fn counted<const N: usize>(shape: [usize; N]) -> Array<i64> {
    arange(shape.iter().product::<usize>() as i64).unwrap().reshape(shape).unwrap()
}
