//! Arrays that repeat their elements by strides of zero may be larger than any memory. Every function that returns a
//! `Result` is called with such: it gives what needs no memory, or an error. None panics, aborts, or walks all elements.
//!
//! An abort ends this program without a word of which call did: `--nocapture` shows them as they come.

use std::panic::{AssertUnwindSafe, catch_unwind};

use array_core::*;

/// Each expression gives a `Result`: an error must be one of memory. All faults are reported together.
macro_rules! survives {
    ($($source:expr;)*) => {{
        let faults: Vec<String> = [$(fault(stringify!($source), || $source)),*].into_iter().flatten().collect();
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }};
}

/// What is wrong with a call, if anything is.
fn fault<T>(source: &str, result: impl FnOnce() -> Result<T>) -> Option<String> {
    println!("{source}");
    match catch_unwind(AssertUnwindSafe(result)) {
        Ok(Ok(_)) => None,
        Ok(Err(error)) if error.is_memory() => None,
        Ok(Err(error)) => Some(format!("{source}: {error}")),
        Err(_) => Some(format!("{source} panics")),
    }
}

mod any;
mod arrays;
mod files;
mod indices;
mod sorting;

/// How many elements there are: more bytes than an address has bits for, whatever the dtype.
const MANY: usize = 1 << 50;

/// A vector of one element so often.
fn vector<T: Element>(element: T) -> Array<T> {
    scalar(element).broadcast_to([MANY]).unwrap()
}

/// The same as rows that are long, of which there are several.
fn matrix<T: Element>(element: T) -> Array<T> {
    scalar(element).broadcast_to([4, MANY / 4]).unwrap()
}

/// No public function that returns a `Result` is forgotten above.
#[test]
fn every_function_is_called() {
    // They read files, of which `hostile_files.rs` has bad ones; write what other lines write; or take numbers only.
    let others = [
        "load",
        "load_any",
        "load_mapped",
        "read_npy",
        "read_npy_any",
        "open",
        "new",
        "get_any",
        "loadtxt",
        "save",
        "save_any",
        "savetxt",
        "add",
        "add_any",
        "create",
        "finish",
        "build",
        "into_array",
        "finfo",
        "iinfo",
        "isdtype",
        "result_type",
    ];
    let tests = [
        include_str!("any.rs"),
        include_str!("arrays.rs"),
        include_str!("files.rs"),
        include_str!("indices.rs"),
        include_str!("sorting.rs"),
    ]
    .concat();
    let mut missing = Vec::new();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                // What functions are made of is not called with arrays of a user's alone.
                if !path.ends_with("engine") {
                    folders.push(path);
                }
                continue;
            }
            let source = std::fs::read_to_string(&path).unwrap();
            for signature in source.split("pub fn ").skip(1).filter_map(|rest| rest.split('{').next()) {
                let name = signature.split(['(', '<']).next().unwrap();
                let is_called =
                    [format!("{name}("), format!("{name}::<")].iter().any(|call| tests.contains(call));
                if signature.contains("-> Result<") && !is_called && !others.contains(&name) {
                    missing.push(format!("{}: {name}", path.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "never called with arrays larger than memory: {missing:#?}");
}
