//! What the functions' documentation says of their errors, against what was measured.
//!
//! The documentation gives the largest error on any instruction set, rounded up to two digits; the table
//! (`accuracy.tsv`, made by the example `accuracy`) has all digits.

use std::collections::BTreeMap;

const TABLE: &str = include_str!("../accuracy.tsv");
const SOURCES: [&str; 5] = [
    include_str!("../src/functions/arithmetic.rs"),
    include_str!("../src/functions/exponential.rs"),
    include_str!("../src/functions/hyperbolic.rs"),
    include_str!("../src/functions/special.rs"),
    include_str!("../src/functions/trigonometric.rs"),
];

/// By function and dtype, the largest error on any instruction set.
fn measured() -> BTreeMap<(&'static str, &'static str), f64> {
    let mut largest = BTreeMap::new();
    for line in TABLE.lines().filter(|line| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let error: f64 = fields[3].parse().expect("the fourth field is an error in ULP");
        let entry = largest.entry((fields[0], fields[1])).or_insert(error);
        *entry = entry.max(error);
    }
    largest
}

/// By function and dtype, what the documentation says: "at most x ULP for `f64`, y ULP for `f32`".
fn documented() -> BTreeMap<(&'static str, &'static str), f64> {
    let mut said = BTreeMap::new();
    for source in SOURCES {
        let mut figures = Vec::new();
        for line in source.lines().map(str::trim) {
            if let Some(doc) = line.strip_prefix("///") {
                let Some((_, list)) = doc.split_once("at most ") else { continue };
                for part in list.split(", ") {
                    let Some((figure, dtype)) = part.split_once(" ULP for `") else { continue };
                    let figure: f64 = figure.parse().expect("a number before ULP");
                    figures.push((dtype.split('`').next().unwrap_or(dtype), figure));
                }
            } else if let Some((name, _)) = line.split_once(": kernels::") {
                said.extend(figures.drain(..).map(|(dtype, figure)| ((name, dtype), figure)));
            } else {
                figures.clear();
            }
        }
    }
    said
}

#[test]
fn documentation_gives_the_errors_that_were_measured() {
    let said = documented();
    assert!(said.len() > 40, "the documentation's words are no longer understood: {said:?}");
    let mut wrong = Vec::new();
    for ((name, dtype), error) in measured() {
        let figure = (error * 100.0).ceil() / 100.0;
        match said.get(&(name, dtype)) {
            None => wrong.push(format!("{name} does not say {figure:.2} ULP for `{dtype}`")),
            Some(&said) if said < error => {
                wrong.push(format!(
                    "{name} says {said} ULP for `{dtype}`, which has {error}: at most {figure:.2}"
                ));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
