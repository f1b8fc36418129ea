//! Any bytes as an `.npz` archive: for each name an error or an array.

#![no_main]

use std::io::Cursor;

use array_core::Npz;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut file) = Npz::new(Cursor::new(bytes)) else { return };
    for name in file.names() {
        if let Err(error) = file.get_any(&name) {
            assert!(!error.to_string().is_empty());
        }
    }
    assert!(file.get_any("there is no such name").is_err());
});
