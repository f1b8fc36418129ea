//! Any bytes as an `.npy` file: an error or an array, and of an array the same again once written.

#![no_main]

use array_core::{AnyArray, DType, for_each_dtype, read_npy_any, write_npy};
use libfuzzer_sys::fuzz_target;

fn written(a: &AnyArray) -> Vec<u8> {
    let mut bytes = Vec::new();
    macro_rules! by_dtype {
        ($(($variant:ident, $type:ty, $($_:tt)*))*) => {
            match a.dtype() {
                $(DType::$variant => write_npy(&mut bytes, a.downcast_ref::<$type>().expect("its dtype")),)*
                #[allow(unreachable_patterns, reason = "there may come to be more")]
                _ => unreachable!("all dtypes are listed"),
            }
        };
    }
    for_each_dtype!(by_dtype).expect("memory takes all");
    bytes
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(a) = read_npy_any(&mut &bytes[..]) else { return };
    let first = written(&a);
    let again = read_npy_any(&mut &first[..]).expect("what was written is read");
    assert_eq!((a.dtype(), a.shape()), (again.dtype(), again.shape()));
    assert_eq!(first, written(&again));
    // Printing looks at numbers of any bits.
    assert!(!a.to_string().is_empty() && !format!("{a:?}").is_empty());
});
