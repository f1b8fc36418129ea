//! Any bytes as a table of text, under any options: an error or an array, and of an array the same once written.

#![no_main]

use array_core::{TextOptions, loadtxt, savetxt};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [delimiter, columns, rows, text @ ..] = bytes else { return };
    let options = TextOptions {
        delimiter: [None, Some(','), Some(' '), Some('\t'), Some('é')][usize::from(delimiter % 5)],
        skiprows: usize::from(delimiter / 5 % 4),
        usecols: (columns % 2 == 1).then(|| vec![isize::from(*columns as i8) / 2, -1]),
        max_rows: (rows % 2 == 1).then_some(usize::from(rows / 2)),
        decimals: None,
        ..TextOptions::default()
    };
    let path = std::env::temp_dir().join(format!("numpypy-fuzz-{}.txt", std::process::id()));
    std::fs::write(&path, text).expect("the folder for temporary files can be written");
    if let Ok(a) = loadtxt(&path, &options) {
        let plain = TextOptions { decimals: None, ..TextOptions::default() };
        savetxt(&path, &a, &plain).expect("what was read has rows and columns");
        let again = loadtxt(&path, &plain).expect("what was written is read");
        let bits = |a: &array_core::Array<f64>| {
            a.to_vec().iter().map(|x| if x.is_nan() { 0 } else { x.to_bits() }).collect::<Vec<_>>()
        };
        assert_eq!(bits(&a), bits(&again));
    }
});
