//! Sorting the dtypes of one and two bytes by counting how often each value comes.

use super::keys::{self, Coded};
use crate::{Result, fallible};

/// Elements from which on it pays to count values of two bytes.
const MANY: usize = 1 << 14;

/// Sorts values of at most two bytes.
///
/// # Errors
/// When there is no memory for the counts.
pub(super) fn sort<T: Coded<Key = i32>>(values: &mut [T]) -> Result<()> {
    // Keys are from the least signed to the largest unsigned integer of the values' size.
    let (least, range) = if size_of::<T>() == 1 { (-0x80, 0x180) } else { (-0x8000, 0x18000) };
    if values.len() < if size_of::<T>() == 1 { 64 } else { MANY } {
        return keys::with_keys(values, |keys| keys::sort(keys, 0, 32));
    }
    let mut counts = fallible::repeated(0usize, range)?;
    for value in values.iter() {
        counts[(T::encode(value.bits()) - least) as usize] += 1;
    }
    let mut rest = values;
    for (key, &count) in (least..).zip(&counts) {
        let (run, after) = std::mem::take(&mut rest).split_at_mut(count);
        run.fill(T::from_bits(T::decode(key)));
        rest = after;
    }
    Ok(())
}
