//! Sorting the dtypes of one and two bytes by counting how often each value comes.

use super::keys::{self, Coded};
use crate::{Kind, Result, fallible};

/// Elements from which on it pays to count values of two bytes.
const MANY: usize = 1 << 14;

/// Sorts values of at most two bytes.
///
/// # Errors
/// When there is no memory for the counts.
pub(super) fn sort<T: Coded<Key = i32>>(values: &mut [T]) -> Result<()> {
    let bits = 8 * size_of::<T>();
    if values.len() < if bits == 8 { 64 } else { MANY } || u32::try_from(values.len()).is_err() {
        return keys::with_keys(values, |keys| keys::sort(keys, 0, 32));
    }
    let is_unsigned = matches!(T::DTYPE.kind(), Kind::Bool | Kind::Unsigned);
    let least = if is_unsigned { 0 } else { -1i32 << (bits - 1) };
    // Half the size of an address, so that the cache holds them.
    let mut counts = fallible::repeated(0u32, 1 << bits)?;
    for value in values.iter() {
        counts[(T::encode(value.bits()) - least) as usize] += 1;
    }
    let mut rest = values;
    for (key, &count) in (least..).zip(&counts) {
        let (run, after) = std::mem::take(&mut rest).split_at_mut(count as usize);
        run.fill(T::from_bits(T::decode(key)));
        rest = after;
    }
    Ok(())
}
