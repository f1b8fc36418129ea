//! The names of all public functions, as the sources have them: so that a test that is to call each of them fails if
//! one is forgotten.

use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// The names of the functions in the table of `ufuncs`, whose root this is: written out at the left margin, or as lines of a macro, below
/// their documentation.
pub(crate) fn functions(crate_root: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut folders = vec![crate_root.join("src/functions")];
    while let Some(folder) = folders.pop() {
        for entry in read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let source = read_to_string(&path).unwrap();
            let mut is_documented = false;
            for line in source.lines() {
                names.extend(line.strip_prefix("pub fn ").map(first_word));
                if is_documented {
                    names.extend(in_table(line));
                }
                is_documented = line.starts_with("    ///");
            }
        }
    }
    assert!(names.contains("add") && names.contains("sum") && names.contains("matmul"), "{names:?}");
    names
}

/// The function of a line such as `sin: kernels::Sin, … ;` or `mean by Mean, …]`.
fn in_table(line: &str) -> Option<String> {
    let line = line.strip_prefix("    ")?;
    let name = first_word(line);
    let rest = &line[name.len()..];
    let is_line = (rest.starts_with(": ") || rest.starts_with(" as ")) && line.ends_with([';', '{']);
    let is_reduction = rest.starts_with(" by ") && line.ends_with(']');
    (!name.is_empty() && (is_line || is_reduction)).then_some(name)
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// What a test calls: each word before `(` or `::`, and in the lists of macros whose names begin with `each`.
pub(crate) fn called(test: &str) -> BTreeSet<String> {
    let code: Vec<&str> = test.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut called = BTreeSet::new();
    for (i, _) in code.match_indices(['(', ':']) {
        let before = code[..i].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_');
        // Neither a method nor another function's: `a.name(`, `add::name(`.
        let is_own = !before.ends_with('.') && (!before.ends_with("::") || before.ends_with("np::"));
        called.extend(is_own.then(|| code[before.len()..i].to_string()));
    }
    for list in code.split("each").skip(1) {
        let Some((head, list)) = list.split_once("! {") else { continue };
        if head.len() < 12 && !head.contains(' ') {
            let list = list.split('}').next().unwrap_or_default();
            called.extend(list.split_whitespace().map(|word| word.trim_end_matches(',').to_string()));
        }
    }
    called
}
